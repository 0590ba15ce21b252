"""What is remembered of somebody is held to the mark of his assignments and duties, which goes with every change."""

import dataclasses
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from domain.oversight.record import Duty
from domain.ports import Footing, Kept, Look, Outdated, Query
from domain.records import KINDS
from domain.schemes.record import Scheme
from persistence.store import PostgresStore
from tests import servers
from tests.persistence import samples
from tests.persistence.drawn import Drawn
from tests.persistence.samples import EVERYWHERE, entry, new
from tests.servers import Urls

_AN_ENTRY = (
    "insert into ledger (id, at, bytes, shown_at, readable_from, role, shown_act, outcome, closed)"
    " values (gen_random_uuid(), now(), '', now(), now(), 'OPERATOR', 'NONE', 'DONE', false)"
)


def of(actor: UUID, kind: str, number: int = 0, **given: Any) -> Any:
    """A record on which this actor's capacities rest."""
    whose = {"actor": "id", "assignment": "holder", "duty": "author"}[kind]
    made: Any = Drawn(actor.int).record(KINDS[kind], number)
    return dataclasses.replace(made, **{"id": uuid4(), whose: actor, **given})


def on(footing: Footing | None) -> Look:
    """A look that holds a footing."""
    return dataclasses.replace(samples.look(), footing=footing)


@pytest.mark.parametrize("kind", ["actor", "assignment", "duty"])
async def test_the_mark_changes_with_whatever_capacities_rest_on(store: Any, kind: str) -> None:
    """Made, changed or erased: another mark each time, and nobody else's moves."""
    actor, other = uuid4(), uuid4()
    assert await store.mark(actor) is None
    kept = of(actor, kind)
    await store.settle(entry(), [new(kept)], EVERYWHERE)
    await store.settle(entry(), [new(of(other, kind))], EVERYWHERE)
    others = await store.mark(other)
    marks = [await store.mark(actor)]
    await store.settle(entry(), [Kept(kept, 1)], EVERYWHERE)
    marks.append(await store.mark(actor))
    await store.settle(entry(), [Kept(kept, 2, erased=True)], EVERYWHERE)
    marks.append(await store.mark(actor))
    assert len(set(marks)) == 3
    assert (marks[-1] is None) is (kind == "actor")  # which takes its mark along
    assert await store.mark(other) == others is not None


async def test_a_look_holds_the_footing_and_finds_what_it_would_without(store: Any) -> None:
    """One record, several, or none: with the mark as it is, what a look without it finds; with another, or of an actor
    without any, `Outdated`, whether or not there was something to find."""
    prison, actor = samples.new_prison(), uuid4()
    schemes = [samples.scheme(prison, name=name) for name in ("a", "b", "c")]
    await store.settle(entry(prison=prison), [new(s) for s in schemes], EVERYWHERE)
    await store.settle(entry(), [new(of(actor, "assignment"))], EVERYWHERE)
    mark: Any = await store.mark(actor)
    here, nowhere = (Query(equal={"prison": p}, order="name") for p in (prison, samples.new_prison()))
    for query in (here, nowhere):
        assert await store.find(Scheme, query, on(Footing(actor, mark))) == await store.find(Scheme, query, on(None))
    for id in (schemes[0].id, uuid4()):
        assert await store.get(Scheme, id, on(Footing(actor, mark))) == await store.get(Scheme, id, on(None))
    for stale in (Footing(actor, uuid4()), Footing(uuid4(), mark)):
        for query in (here, nowhere):
            with pytest.raises(Outdated):
                await store.find(Scheme, query, on(stale))
        with pytest.raises(Outdated):
            await store.get(Scheme, schemes[0].id, on(stale))


async def test_an_operator_s_own_statement_moves_the_mark_too(postgres: PostgresStore, ready: Urls) -> None:
    """Whoever ends an assignment by hand, at night, in plain SQL, has ended it for the next request."""
    actor = uuid4()
    held = of(actor, "assignment")
    await postgres.settle(entry(), [new(held)], EVERYWHERE)
    before = await postgres.mark(actor)
    servers.run_sql(ready, f"begin; {_AN_ENTRY}; update assignment set ended_at = now() where id = '{held.id}'; commit")
    assert await postgres.mark(actor) not in (before, None)


async def test_a_mark_is_seen_only_with_the_change_that_moved_it(postgres: PostgresStore, owner: Any) -> None:
    """As long as a change is not committed, mark and row are both as before: there is no instant at which the one has
    moved and the other has not."""
    actor = uuid4()
    await postgres.settle(entry(), [new(of(actor, "actor", id=actor)), new(of(actor, "duty"))], EVERYWHERE)
    before: Any = await postgres.mark(actor)
    open = owner.transaction()
    await open.start()
    await owner.execute(_AN_ENTRY)
    await owner.execute("delete from duty where author = $1", actor)
    during = await postgres.find(Duty, Query(equal={"author": actor}), on(Footing(actor, before)))
    assert len(during) == 1
    await open.commit()
    with pytest.raises(Outdated):
        await postgres.find(Duty, Query(equal={"author": actor}), on(Footing(actor, before)))


async def test_no_mark_is_moved_back_without_an_entry(postgres: PostgresStore, app: Any) -> None:
    """The application's own login writes marks only beside an entry: by hand, nobody revives unseen what was taken."""
    actor = uuid4()
    await postgres.settle(entry(), [new(of(actor, "assignment"))], EVERYWHERE)
    for statement in (
        "update footing set mark = gen_random_uuid() where actor = $1",
        "delete from footing where actor = $1",
    ):
        with pytest.raises(asyncpg.PostgresError, match="without an entry"):
            await app.execute(statement, actor)

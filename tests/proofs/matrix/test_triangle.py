"""The item rule is the list rule is `covers` is the SQL (X27): over records and viewers drawn at random, for every
grant and every kind of record that a verb reads, by the acts themselves."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from domain.act import Act, Begin
from domain.confidentiality.about import ABOUT
from domain.confidentiality.disclosure import tagger
from domain.confidentiality.entry import Family
from domain.confidentiality.grants import GRANTS
from domain.confidentiality.policy import Decision
from domain.confidentiality.record import Record
from domain.confidentiality.verbs import Verb
from domain.confidentiality.viewer import Viewer
from domain.kernel.errors import Absent
from domain.looking import many, one
from domain.ports import Look, Query, Store
from domain.records import KINDS
from persistence.ledger.line import line_of
from persistence.memory import MemoryStore
from tests.http.operations import OPERATIONS
from tests.persistence import samples
from tests.persistence.conftest import copied, opened
from tests.persistence.drawn import Drawn
from tests.persistence.samples import EVERYWHERE, NOW, entry, new
from tests.proofs.matrix import players
from tests.proofs.matrix.account import Counted
from tests.servers import drop_database

SEED = 20260314
ROWS = 24
KEPT = "kept"
READING = sorted(v for v, about in ABOUT.items() if about.family is Family.LOOK and about.kind is not None)
LINES = [(g, v, KINDS[str(ABOUT[v].kind)]) for g in GRANTS for v in READING if v in g.may]
OF_NO_PRISON = 28_189_210
"""Draws a viewer who has no prison, and facts besides: what Hypothesis draws hangs on what else is imported."""
_tag = tagger(b"tags" * 8)


@dataclass(repr=False)
class World:
    """A store with rows of every kind, and the same rows as records."""

    runner: asyncio.Runner
    store: Store
    records: dict[str, list[Record]]
    items: int
    """How many of each kind are asked for one by one: a statement each, where it is a database."""
    lines: int
    """How many lines the ledger had before any look."""

    def __repr__(self) -> str:
        """Without its rows: whoever tells of a failure would tell them all."""
        return f"World over {type(self.store).__name__}"

    def forget(self) -> None:
        """Let go of the lines of the looks that were taken: in memory each look reads all of them."""
        if isinstance(self.store, MemoryStore):
            del self.store.entries[self.lines :]


@pytest.fixture(scope="module", params=["memory", "pg18"])
def world(request: pytest.FixtureRequest) -> Iterator[World]:
    """Rows of every kind, in memory and in PostgreSQL."""
    drawn = Drawn(SEED)
    records = {name: [drawn.record(kind, n) for n in range(ROWS)] for name, kind in samples.RECORDS.items()}
    urls = copied("18") if request.param == "pg18" else None
    with asyncio.Runner() as runner:
        store: Any = MemoryStore() if urls is None else runner.run(opened(urls, size=1))
        for found in records.values():
            runner.run(store.settle(entry(), [new(r) for r in found], EVERYWHERE))
        lines = [
            entry(
                prison=drawn.draw.choice([*drawn.prisons, None]),
                actor=drawn.draw.choice([*drawn.ids, None]),
                client=KEPT,
            )
            for _ in range(ROWS)
        ]
        for line in lines:
            runner.run(store.abandon(line))
        records["ledger-line"] = [line_of(line) for line in lines]
        yield World(runner, store, records, 8 if urls is None else 2, len(samples.RECORDS) + ROWS)
        if urls is not None:
            runner.run(store.close())
    if urls is not None:
        drop_database(urls)


def begun(world: World, decision: Decision) -> Begin:
    """How an act by this decision begins."""
    return Begin(decision, world.store, lambda: NOW, uuid4, _tag)


async def listed(world: World, decision: Decision, kind: type[Record]) -> set[Any]:
    """The ids that the list act shows, from page to page."""
    found: set[Any] = set()
    # Of the ledger only the lines that were there: every look of this test adds another.
    equal = {"client": KEPT} if kind is KINDS["ledger-line"] else {}
    after = None
    while True:
        page = await many(begun(world, decision), decision.verb, kind, Query(equal=equal, limit=100, after=after))
        world.forget()
        found |= {view.id for view in page.items}
        after = page.next
        if after is None:
            return found


async def shown(world: World, decision: Decision, record: Record) -> bool:
    """Whether the item act shows it."""
    try:
        view = await one(begun(world, decision), decision.verb, type(record), record.id)
    except Absent:
        return False
    finally:
        world.forget()
    assert view.id == record.id
    return True


async def differing(world: World, viewer: Viewer, number: int) -> list[str]:
    """Where the four readings are not one, for one viewer in every line of the policy that reads."""
    found: list[str] = []
    for grant, verb, kind in LINES:
        decision = Decision(viewer, verb, grant)
        there = world.records[kind.shape.kind]
        ids = {r.id for r in there}
        reached = {r.id for r in there if players.reaches(decision, r, NOW)}
        in_list = await listed(world, decision, kind) & ids
        if in_list != reached:
            found.append(f"{grant.rule} {verb}: the list and covers")
        # Some of those that are in the list, and some that are not.
        some = sorted(there, key=lambda r: ((r.id in in_list) is bool(number % 2), hash((number, r.id))))
        for record in some[: world.items]:
            if await shown(world, decision, record) is not (record.id in in_list):
                found.append(f"{grant.rule} {verb}: the item and the list")
    return found


def drawn_viewer(number: int) -> Viewer:
    """The viewer of this number."""
    drawn = Drawn(SEED)
    drawn.draw.seed(number)
    return samples.viewer(**drawn.facts())


@settings(max_examples=4, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(number=st.integers(0, 2**32))
@example(number=OF_NO_PRISON)
def test_item_list_covers_and_sql_are_one_rule(world: World, number: int) -> None:
    """A record is shown by the item act if and only if it is in the list, if and only if `covers` holds it (and the
    scope opens), which in PostgreSQL is read as SQL."""
    assert world.runner.run(differing(world, drawn_viewer(number), number)) == []


@pytest.mark.nightly
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(number=st.integers(0, 2**32))
def test_item_list_covers_and_sql_are_one_rule_for_many_viewers(world: World, number: int) -> None:
    """The same for as many viewers as a night has room for."""
    assert world.runner.run(differing(world, drawn_viewer(number), number)) == []


def test_every_kind_that_is_listed_and_shown_is_held_so(world: World, counted: Counted) -> None:
    """Read off the routes: each verb with a list and an item is among those of the property. And each line of the
    policy reaches some rows and not others, for some viewer, or the property would hold of nothing."""
    lists = {o.verb for o in OPERATIONS if o.method == "GET" and not o.of_one and ABOUT[o.verb].kind is not None}
    items = {o.verb for o in OPERATIONS if o.method == "GET" and o.of_one}
    assert lists | items <= {*READING, Verb.READ_KIND}
    assert len(lists & items) >= 8
    viewers = [drawn_viewer(n) for n in range(120)]
    for grant, verb, kind in LINES:
        decisions = [Decision(viewer, verb, grant) for viewer in viewers]
        held = {players.reaches(d, r, NOW) for d in decisions for r in world.records[kind.shape.kind]}
        assert held == {True, False}, (grant.rule, verb)
    counted("lines of the policy that read, each held as item, list, covers and SQL", len(LINES), at_least=30)


# --- that it can fail -------------------------------------------------------------------------------------------------


def _a_list_without_its_walls(act: Act, kind: type[Record]) -> Look:
    """The look of an act whose reach has lost its walls."""
    real = _REAL(act, kind)
    return Look(act.decision.grant.within.value, real.viewer, real.now, real.scope)


_REAL: Callable[[Act, type[Record]], Look] = Act._look


def test_a_list_whose_walls_are_gone_is_found(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lists and items that reach one's own file, or a closed scheme's, are not what `covers` holds."""
    monkeypatch.setattr(Act, "_look", _a_list_without_its_walls)
    assert any(world.runner.run(differing(world, drawn_viewer(n), n)) for n in range(3))


def test_an_item_that_is_not_its_list_is_found(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the item alone forgets its reach, the item and the list differ."""
    real = Act.fetch

    async def fetch(self: Act, kind: Any, id: Any, *, seen: Any = None) -> Any:
        found = await self.known_one(kind, id)
        return found if found is not None else await real(self, kind, id, seen=seen)

    monkeypatch.setattr(Act, "fetch", fetch)
    found = [d for n in range(2) for d in world.runner.run(differing(world, drawn_viewer(n), n))]
    assert any(d.endswith("the item and the list") for d in found)

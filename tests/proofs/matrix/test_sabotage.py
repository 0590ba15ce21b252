"""The second line, with the first one gone (A6): the domain's filter is taken out of every statement, and row security
alone keeps one prison's rows from another's people, on both versions of PostgreSQL."""

import asyncio
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest

from domain import scopes
from domain.act import Begin
from domain.confidentiality.about import ABOUT
from domain.confidentiality.classification import Classification
from domain.confidentiality.grants import GRANTS
from domain.confidentiality.policy import Decision, reach_of
from domain.confidentiality.roles import Purpose
from domain.confidentiality.verbs import Verb
from domain.confidentiality.within import fields_of
from domain.looking import many
from domain.oversight import jobs
from domain.oversight.record import Job
from domain.ports import Query, Scope
from domain.records import KINDS
from persistence import reach, statements
from persistence.store import PostgresStore
from tests.http.cast import CAST
from tests.http.operations import OF_RECORDS, OPERATIONS, Operation
from tests.http.world import theatre
from tests.persistence.conftest import ready as ready  # a fixture for the tests here, by being here
from tests.proofs.matrix import cells, players
from tests.proofs.matrix.account import Counted
from tests.proofs.matrix.asgi import Stand
from tests.proofs.matrix.standing import furnish, stand_over, store_over
from tests.servers import Urls

READING = [
    o
    for o in OPERATIONS
    if (o.of_one or o in OF_RECORDS)
    and o.method == "GET"
    and (about := ABOUT[o.verb].kind) is not None
    and "prison" in KINDS[about].shape.fields
]
"""What shows records of a prison: the second line is about prisons, and what is of none is reach's alone to hold."""


@pytest.fixture(scope="module")
def furnished(ready: Urls) -> Urls:
    """A database with three prisons in it."""
    asyncio.run(furnish(ready))
    return ready


@pytest.fixture
def sabotaged(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """No statement has any condition of a reach; nor is it asked again of a job whether its place is in reach still."""
    monkeypatch.setattr(reach, "conditions", lambda *_: [])
    monkeypatch.setattr(jobs, "fetched", lambda act, id: act.fetch(Job, id))
    forget()
    yield monkeypatch
    monkeypatch.undo()
    forget()


def forget() -> None:
    """Whatever was worked out once: statements, what a viewer's facts put into them, and how wide his looks open."""
    statements.look.cache_clear()
    reach._FILLED.clear()
    scopes._of.cache_clear()


def foreign(operation: Operation, prisons: frozenset[Any]) -> str:
    """The address of a record of another prison, of the kind that the operation shows."""
    kind = ABOUT[operation.verb].kind
    there = (r for r in cells.standing().values() if r.shape.kind == kind)
    return operation.path_to(next(r for r in there if getattr(r, "prison", None) not in prisons))


class Looks:
    """What came back of every list and every read, to everybody who is bounded to prisons."""

    def __init__(self) -> None:
        self.number = 0
        self.rows = 0
        self.foreign: dict[str, int] = dict.fromkeys((o.name for o in READING), 0)
        self.beyond = 0

    async def look(self, stand: Stand) -> None:
        """Each operation as each member, for each purpose."""
        for who in CAST:
            for operation in READING:
                for purpose in Purpose:
                    decision = players.decided(who, operation.verb, purpose)
                    prisons = None if isinstance(decision, int) else decision.viewer.fact("prisons")
                    if isinstance(decision, Decision) and prisons is not None:
                        headers = {"Purpose-Of-Use": purpose.value}
                        await self._one(stand, who, operation, decision, prisons, headers)

    async def _one(
        self, stand: Stand, who: str, operation: Operation, decision: Decision, prisons: frozenset[Any], headers: Any
    ) -> None:
        self.number += 1
        if operation.of_one:
            reply = await stand.send(who, "GET", foreign(operation, prisons), headers=headers)
            # 409 is of what is not printed or made, 403 of what is for other roles: it was seen all the same.
            assert reply.status in (200, 403, 404, 409), reply.content
            self.foreign[operation.name] += reply.status != 404
            return
        query = "" if operation.verb is Verb.READ_BOARD else "?limit=100"
        reply = await stand.send(who, "GET", operation.path + query, headers=headers)
        if reply.status == 404:
            # Under a scheme of another prison there is no list: the database shows not even the scheme.
            assert operation.example.values, operation
            assert "MDI" not in prisons, operation
            return
        assert reply.status == 200, reply.content
        items = reply.said["items"]
        self.rows += len(items)
        self.foreign[operation.name] += sum(item["prison"] not in prisons for item in items)
        if operation.verb is not Verb.READ_LEDGER:
            known = cells.in_reach(decision, list(cells.standing().values()))
            self.beyond += sum(item["id"] not in known for item in items)


@pytest.mark.usefixtures("sabotaged")
async def test_without_the_domain_s_filter_no_foreign_row_is_shown(furnished: Urls, counted: Counted) -> None:
    """Every list and every read, as everybody who is bounded to a prison: rows beyond his reach come back, for the
    filter is gone, and none of them is of another prison."""
    looks = Looks()
    async with stand_over(furnished) as (stand, _):
        await looks.look(stand)
    assert looks.beyond > 0, "the filter was not gone"
    assert looks.foreign == dict.fromkeys(looks.foreign, 0)
    counted(f"looks with the filter gone, PostgreSQL {furnished.version}, 0 foreign rows", looks.number, at_least=300)


async def test_with_the_scope_widened_too_foreign_rows_are_shown(
    furnished: Urls, sabotaged: pytest.MonkeyPatch
) -> None:
    """The same looks see it when the second line is gone as well: every operation shows what is of other prisons."""
    sabotaged.setattr(scopes, "Scope", lambda *_: Scope(None, True))
    forget()
    looks = Looks()
    async with stand_over(furnished) as (stand, _):
        await looks.look(stand)
    assert [name for name, rows in looks.foreign.items() if not rows] == []


def begun(store: PostgresStore, decision: Decision) -> Begin:
    """How an act by this decision begins, whatever the policy says of it."""
    runtime = theatre().runtime
    return Begin(decision, store, runtime.clock, uuid4, runtime.tag)


@pytest.mark.usefixtures("sabotaged")
async def test_without_the_filter_no_participation_is_shown_to_who_may_not_know_of_it(
    furnished: Urls, sabotaged: pytest.MonkeyPatch
) -> None:
    """A grant that does not see participation, asked for every kind whose existence is participation: no row; and
    with the scope widened all of them."""
    hidden = [KINDS[n] for n in sorted(KINDS) if KINDS[n].shape.existence is Classification.PARTICIPATION]
    blind = [g for g in GRANTS if Classification.PARTICIPATION not in g.sees]
    viewer = players.capacities("governor")[0]
    asked = [
        (g, k, next(v for v in Verb if ABOUT[v].kind == k.shape.kind))
        for g in blind
        for k in hidden
        if fields_of(reach_of(g, k)) <= set(k.shape.fields)
    ]
    assert {k.shape.kind for _, k, _ in asked} >= {"request", "induction", "enrolment", "session", "feedback"}
    async with store_over(furnished) as store:
        for grant, kind, verb in asked:
            page = await many(begun(store, Decision(viewer, verb, grant)), verb, kind, Query(limit=100))
            assert page.items == [], (grant.rule, kind.shape.kind)
        sabotaged.setattr(scopes, "Scope", lambda *_: Scope(None, True))
        forget()
        for grant, kind, verb in asked[:5]:
            page = await many(begun(store, Decision(viewer, verb, grant)), verb, kind, Query(limit=100))
            assert page.items, (grant.rule, kind.shape.kind)


# --- one connection, two prisons --------------------------------------------------------------------------------------

_LEFT = (
    "select coalesce(current_setting('peer_support.prisons', true), '') as prisons,"
    " coalesce(current_setting('peer_support.participation', true), '') as participation,"
    " (select count(*) from scheme) as rows"
)


async def left(store: PostgresStore) -> tuple[str, str, int]:
    """What the last borrower of the connection left to the next: settings, and rows that they open."""
    row = (await store.engine.fetch(_LEFT, []))[0]
    return row["prisons"], row["participation"], row["rows"]


@pytest.mark.usefixtures("sabotaged")
@pytest.mark.parametrize("statements_run", [500, pytest.param(10_000, marks=pytest.mark.nightly)], ids=["500", "10000"])
async def test_two_prisons_on_one_connection_see_their_own(
    furnished: Urls, statements_run: int, counted: Counted
) -> None:
    """Reads and serial acts of Moorland and of Leeds take turns on the only connection, without the
    domain's filter: each sees rows of its own prison alone, and nothing is left in between."""
    async with stand_over(furnished, size=1) as (stand, store):
        ran = 0
        real = store.engine.fetch

        async def fetch(sql: str, arguments: Any) -> list[Any]:
            nonlocal ran
            ran += 1
            return await real(sql, arguments)

        store.engine.fetch = fetch  # type: ignore[method-assign]
        turn = 0
        while ran < statements_run:
            who, prison = (("coordinator", "MDI"), ("far-coordinator", "LEI"))[turn % 2]
            for path in ("/v1/schemes?limit=100", "/v1/supporters?limit=100", "/v1/enrolments?limit=100"):
                items = (await stand.send(who, "GET", path)).said["items"]
                assert {item["prison"] for item in items} == {prison}
            serial = {"enrolment": str(next(iter(cells.standing()))[1]), "startsAt": "2026-11-26T10:00:00Z"}
            reply = await stand.send(who, "POST", "/v1/sessions", body={**serial, "endsAt": "2026-11-26T10:20:00Z"})
            assert reply.status == 404
            assert await left(store) == ("", "", 0), who
            turn += 1
    counted(f"statements of two prisons on one connection, PostgreSQL {furnished.version}, nothing left", ran)


async def test_a_setting_for_the_session_is_left_and_found(furnished: Urls) -> None:
    """Planted: a `set` that is not for its transaction alone. The next borrower finds it, and every row with it."""
    async with store_over(furnished, size=1) as store:
        assert await left(store) == ("", "", 0)
        await store.engine.fetch("set peer_support.prisons = '*'", [])
        prisons, _, rows = await left(store)
        assert prisons == "*"
        assert rows > 0

"""Many at once over PostgreSQL: one key is one effect (R5), and of many changes of one version one is kept (R6)."""

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest

from domain.confidentiality.entry import Entry
from domain.confidentiality.verbs import Verb
from domain.ports import KeyUse, Raced
from persistence.store import PostgresStore
from tests.http.operations import MOVES, OPERATIONS, Operation, operation
from tests.http.watched import Seen, Watched
from tests.http.world import theatre
from tests.proofs.ledger import reckoning
from tests.proofs.ledger.attempts import example
from tests.proofs.ledger.books import Books, OfPostgres
from tests.proofs.ledger.house import Database, database, told

AT_ONCE = 100
WRITERS = 50
ROUNDS = 20
CREATES = [o for o in OPERATIONS if o.method == "POST" and not o.moves and o.verb is not Verb.SIGN_OUT]
"""A sign-out reads no key."""
ASK = operation("askForSupport")


class Together(Seen):
    """What a store sees, where nobody settles before all have looked: else the first would be done before the others
    begin, and nothing would race. Acts that hold a connection meanwhile cannot all be there; those who can are."""

    def __init__(self, many: int) -> None:
        super().__init__()
        self.many = many
        self.met = 0
        self.open = False

    async def write(self, what: str) -> None:
        await super().write(what)
        if what != "settle" or self.open:
            return
        self.met += 1
        while self.met < self.many and not self.open:
            before = self.met
            await asyncio.sleep(0.3)
            self.open = self.open or self.met == before
        self.open = True


@pytest.fixture
async def patient(monkeypatch: pytest.MonkeyPatch) -> AsyncGenerator[Database]:
    """The furnished database. Who waits for a connection waits as long as it takes: the race is about rows."""
    monkeypatch.setattr("persistence.engine.SECONDS_TO_BORROW", 60.0)
    async with database() as made:
        yield made


async def raced(made: Database, of: Operation, n: int, kind: type[PostgresStore] = PostgresStore) -> list[str]:
    """The operation's example sent `n` times at once: what moves a record with one tag, whatever else with one key.
    What did not hold."""
    await made.put_back()
    reader, house = OfPostgres(made.owner), theatre()
    store = await made.store(kind, size=8, clock=house.stage.clock)
    try:
        async with told(store, house) as world:
            attempt = example(of, of.example.by, 0)
            if of.moves:
                headers = {**attempt.headers, "If-Match": await world[of.example.by].tag(attempt.place)}
            else:
                headers = {**attempt.headers, "Idempotency-Key": "a-hundred-at-once"}
            attempt = replace(attempt, headers=headers)
            before = await reader.read()
            together = Together(n)
            world.stage.store = Watched(store, together)
            answers = await asyncio.gather(*(attempt.send(world) for _ in range(n)))
            after = await reader.read()
    finally:
        await store.close()
    statuses = Counter(answer.status_code for answer in answers)
    done = [answer for answer in answers if answer.is_success]
    print(f"{of}: {n} at once, {together.met} of them in step, {dict(statuses)}")
    wrong = [*reckoning.unlike(before, after), *_once(before, after, n)]
    if together.met < 2:
        wrong.append("nobody met anybody")
    if len({answer.content for answer in done}) != 1 or (of.moves and len(done) != 1):
        wrong.append(f"{len(done)} were told that it was done, in {len({a.content for a in done})} ways")
    if not statuses.keys() <= ({200, 409, 412} if of.moves else {200, 201, 202, 204, 409}):
        wrong.append(f"answered {dict(statuses)}")
    return [f"{of}: {what}" for what in wrong]


def _once(before: Books, after: Books, n: int) -> list[str]:
    """One act done, and a line for each attempt."""
    lines = [line.entry for line in after.since(before) if not line.of_the_service]
    outcomes = Counter(entry["outcome"] for entry in lines)
    wrong: list[str] = []
    if len(lines) != n:
        wrong.append(f"{n} attempts have {len(lines)} lines")
    if outcomes["DONE"] != 1:
        wrong.append(f"it was done {outcomes['DONE']} times: {dict(outcomes)}")
    return wrong


@pytest.mark.parametrize("rounds", [1, pytest.param(ROUNDS, marks=pytest.mark.nightly)])
async def test_a_hundred_with_one_key_are_one(patient: Database, rounds: int) -> None:
    """A hundred devices send one request with one key at one instant: it is made once, one line says so, ninety-nine
    say what they were; all who are told that it was made are told the same bytes, and the others 409."""
    for _ in range(rounds):
        assert await raced(patient, ASK, AT_ONCE) == []


@pytest.mark.nightly
@pytest.mark.parametrize("of", CREATES, ids=str)
async def test_a_hundred_with_one_key_are_one_wherever_a_key_is_taken(patient: Database, of: Operation) -> None:
    """The same of everything that is made or handed in."""
    assert await raced(patient, of, AT_ONCE) == []


@pytest.mark.parametrize("of", MOVES, ids=str)
async def test_of_fifty_who_change_one_version_one_does(patient: Database, of: Operation) -> None:
    """Fifty who read the same version change it at one instant: one change is kept and told, and forty-nine are told
    412 or 409. Nobody's change is lost under another's."""
    assert await raced(patient, of, WRITERS) == []


@pytest.mark.nightly
@pytest.mark.parametrize("of", MOVES, ids=str)
async def test_of_many_races_none_is_lost(patient: Database, of: Operation) -> None:
    """The same, many times over: ten thousand racing changes in all."""
    for _ in range(-(-10_000 // (WRITERS * len(MOVES)))):
        assert await raced(patient, of, WRITERS) == []


class HonoursNoKey(PostgresStore):
    """Every time is the first."""

    async def settle(self, entry: Entry, kept: Any, scope: Any, key: KeyUse | None = None, letters: Any = ()) -> None:
        await super().settle(entry, kept, scope, None, letters)


class KeepsTheLast(PostgresStore):
    """Whoever writes last has it, whatever he read."""

    async def settle(self, entry: Entry, kept: Any, scope: Any, key: KeyUse | None = None, letters: Any = ()) -> None:
        for _ in range(WRITERS):
            now = [replace(one, before=await self._version(one)) if one.before else one for one in kept]
            with suppress(Raced):
                return await super().settle(entry, now, scope, key, letters)
        raise Raced

    async def _version(self, one: Any) -> int:
        rows = await self.engine.fetch(
            "with s as materialized (select set_config('peer_support.prisons', '*', true) as p)"
            f" select r.version from s, lateral (select version from {one.record.shape.kind} where id = $1"
            " and s.p is not null) r",
            [one.record.id],
        )
        return rows[0]["version"] if rows else one.before


async def test_a_store_that_honours_no_key_is_found_out(patient: Database) -> None:
    """It makes as many as are sent."""
    assert await raced(patient, ASK, 8, HonoursNoKey)


async def test_a_store_that_keeps_the_last_is_found_out(patient: Database) -> None:
    """It loses what others wrote."""
    assert await raced(patient, operation("amendScheme"), 8, KeepsTheLast)

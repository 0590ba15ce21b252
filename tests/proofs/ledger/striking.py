"""One operation, and a fault at each of its statements in turn: what must hold whatever goes wrong.

All of the act, or none of it but at most a line. An answer that says so, and shows nothing. The same request again has
its effect exactly once, whether the first one had it or not. And the service is well afterwards, without a restart and
with every connection that it had.
"""

import re
from collections import Counter
from collections.abc import AsyncGenerator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any
from uuid import UUID

import httpx
import pytest

from domain.confidentiality.principal import Principal, PrincipalKind
from persistence import driver
from persistence.engine import Engine
from persistence.store import PostgresStore
from tests.http.cast import STAFF
from tests.http.operations import Operation
from tests.http.world import World
from tests.proofs.ledger import reckoning
from tests.proofs.ledger.attempts import TAG, Attempt, example
from tests.proofs.ledger.books import Books, OfPostgres
from tests.proofs.ledger.faulty import AGAIN, Kind, Plan, planned
from tests.proofs.ledger.house import Database, database, told
from tests.proofs.ledger.telling import DO_THIS_NOW, PROBLEM, alone

NEWCOMER = "somebody-whom-nobody-knows"
_USED_YESTERDAY = """
    set session_replication_role = replica;
    update assignment set last_used_on = last_used_on - 1;
    set session_replication_role = origin
"""
_DOES = re.compile(r"\b(?:begin|commit|rollback|set|select|insert(?: into ledger)?|update|delete|unnest|lock)\b")
WRITES = re.compile(r"\binsert into ledger\b", re.IGNORECASE)
SIZE = 2
"""Connections of the pool: a single one that is not given back is missed."""
Effect = tuple[tuple[tuple[str, int | None], ...], int, int]
NOTHING: Effect = ((), 0, 0)


@dataclass(slots=True)
class Struck:
    """What was done, to be printed and held against what there is."""

    done: list[tuple[str, int, Kind]] = field(default_factory=list[tuple[str, int, Kind]])
    answers: Counter[str] = field(default_factory=Counter[str])
    statements: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    forms: dict[tuple[str, ...], str] = field(default_factory=dict[tuple[str, ...], str])
    """By which ways through the database, and by whom first: what each statement does, whatever it does it to, and
    however often it looks in between."""

    def like(self, name: str) -> str:
        """The first operation that went the same way."""
        does = (" ".join(sorted(set(_DOES.findall(sql.lower())))) for sql in self.statements[name])
        return self.forms.setdefault(tuple(what for what, _ in groupby(does)), name)

    def __str__(self) -> str:
        kinds = Counter(kind.name for _, _, kind in self.done)
        return (
            f"{len(self.statements)} operations, {sum(map(len, self.statements.values()))} statements, "
            f"{len(self.done)} faults {dict(kinds)}, answers {dict(self.answers)}"
        )


@dataclass(frozen=True, slots=True)
class Scene:
    """Where an operation is struck."""

    database: Database
    store: Any
    plan: Plan
    struck: Struck

    async def strike(self, of: Operation, kinds: Sequence[Kind], turn: int | None = None) -> list[str]:
        """Every statement of the operation, each with all `kinds` of fault; with a `turn`, each with one of them, the
        next statement with the next, and nothing of one that goes a way on which another was struck. What did not
        hold."""
        return await self.strike_attempt(of.name, example(of, of.example.by, 0), kinds, turn)

    async def strike_attempt(
        self, name: str, attempt: Attempt, kinds: Sequence[Kind], turn: int | None = None
    ) -> list[str]:
        """The same for an attempt that is no operation's example."""
        whole = await self._done_well(name, attempt)
        wrong: list[str] = []
        if turn is not None and self.struck.like(name) != name:
            return wrong
        for at in range(len(self.struck.statements[name])):
            for kind in kinds if turn is None else [kinds[(turn + at) % len(kinds)]]:
                told_of = f"{name} at statement {at} ({kind}): "
                wrong += [told_of + what for what in await self._struck(attempt, at, kind, whole)]
                self.struck.done.append((name, at, kind))
        return wrong

    @asynccontextmanager
    async def _world(self) -> AsyncGenerator[World]:
        """The furnished world, on the day after everybody used his assignment, with somebody whom nobody knows."""
        await self.database.put_back()
        await self.database.owner.execute(_USED_YESTERDAY)
        async with told(self.store) as world:
            world.stage.tokens[NEWCOMER] = Principal(STAFF, NEWCOMER, PrincipalKind.STAFF)
            yield world

    async def _done_well(self, name: str, plain: Attempt) -> Effect:
        """Count the statements of the operation, and see what it does when nothing goes wrong."""
        async with self._world() as world:
            attempt = await self._attempt(world, plain)
            before = await self._books()
            answer = await self._sent(world, attempt, None, Kind.REFUSED)
            after = await self._books()
        assert answer.is_success, answer.text
        self.struck.statements[name] = list(self.plan.sent)
        written = sum(bool(WRITES.search(sql)) for sql in self.plan.sent)
        assert written == len(after.since(before)) > 0, f"{name} wrote lines by a way that is not struck"
        assert not reckoning.unlike(before, after), reckoning.unlike(before, after)
        return _effect(before, after)

    async def _struck(self, plain: Attempt, at: int, kind: Kind, whole: Effect) -> list[str]:
        async with self._world() as world:
            attempt = await self._attempt(world, plain)
            before = await self._books()
            answer = await self._sent(world, attempt, at, kind)
            after = await self._books()
            if not self.plan.struck:
                return ["was not reached"]
            self.struck.answers[f"{kind.name} {answer.status_code}"] += 1
            wrong = [*_told(answer, kind, self.plan.sent[at]), *reckoning.unlike(before, after)]
            effect = _effect(before, after)
            lines = sum(not line.of_the_service for line in after.since(before))
            if effect not in (whole, NOTHING) or (answer.is_success and effect != whole):
                wrong.append(f"answered {answer.status_code}, and did {effect} of {whole}")
            if lines > 1 or (answer.is_success and lines != 1):
                wrong.append(f"answered {answer.status_code} with {lines} lines")
            again = await attempt.send(world)
            stands = (again.status_code == 412 and attempt.key is None) or _shown_once(again)
            if not (again.is_success or (stands and effect == whole)):
                wrong.append(f"sent again: {again.status_code} {again.text}")
            twice = _effect(before, await self._books())
            if twice != whole:
                wrong.append(f"sent again, and it was done {twice}, which is not once {whole}")
        return wrong + await self._unwell()

    async def _attempt(self, world: World, attempt: Attempt) -> Attempt:
        """With its tag read and a key that is the same each time."""
        if attempt.operation.method == "POST":
            attempt = replace(attempt, headers={**attempt.headers, "Idempotency-Key": "struck-by-lightning"})
        if attempt.headers.get("If-Match") == TAG:
            tag = await world[str(attempt.by)].tag(attempt.place)
            attempt = replace(attempt, headers={**attempt.headers, "If-Match": tag})
        return attempt

    async def _sent(self, world: World, attempt: Attempt, at: int | None, kind: Kind) -> httpx.Response:
        self.plan.arm(at, kind)
        try:
            return alone(await attempt.send(world))
        finally:
            self.plan.disarm()

    async def _books(self) -> Books:
        return await OfPostgres(self.database.owner).read()

    async def _unwell(self) -> list[str]:
        """Whether a connection was lost for good: as many as there were can be used at once."""
        engine: Engine = self.store.engine
        try:
            async with AsyncExitStack() as held:
                for _ in range(SIZE):
                    open = await held.enter_async_context(engine.transaction())
                    await open.fetch("select 1", [])
        except Exception as error:
            return [f"a connection is missing: {type(error).__name__}"]
        return []


def _shown_once(answer: httpx.Response) -> bool:
    """Whether it says that what was made was shown once and is kept nowhere (sheets of codes)."""
    return answer.status_code == 409 and [each["code"] for each in answer.json()["failures"]] == ["SHEET_SHOWN_ONCE"]


def _told(answer: httpx.Response, kind: Kind, sql: str) -> list[str]:
    """Done, or 503 with nothing of a record. A change, or what shares a transaction with one, that another transaction
    won over is tried again, and done; a look before the act, or a line by itself, is as good as away."""
    if answer.is_success:
        return []
    changes = re.search(r"\b(insert|update|delete|begin|commit)\b", sql, re.IGNORECASE) and "unnest" not in sql
    if answer.status_code != 503 or (kind in AGAIN and changes):
        return [f"answered {answer.status_code}: {answer.text}"]
    said = set(answer.json())
    headers = {"etag", "location", "link"} & set(answer.headers)
    if not PROBLEM <= said <= PROBLEM | DO_THIS_NOW or answer.json()["failures"] or headers:
        return [f"503 says {said}, with {headers}"]
    return []


def _effect(before: Books, after: Books) -> Effect:
    """What acts did: the kinds and versions of what changed, the keys used, the letters handed in. What the service
    keeps for itself (an actor first seen, an assignment used today) is told by its own lines."""
    own: set[tuple[str, UUID]] = set()
    for line in after.since(before):
        if line.of_the_service:
            own |= {(c["kind"], UUID(c["id"])) for c in line.entry["changes"]}
    places = {*before.records, *after.records} - own
    moved = [
        (p[0], after.records[p].version if p in after.records else None) for p in places if _moved(before, after, p)
    ]
    return tuple(sorted(moved, key=str)), after.keys - before.keys, after.letters - before.letters


def _moved(before: Books, after: Books, place: tuple[str, UUID]) -> bool:
    return before.records.get(place) != after.records.get(place)


@asynccontextmanager
async def scene(
    monkeypatch: pytest.MonkeyPatch, version: str = "18", kind: type[PostgresStore] = PostgresStore
) -> AsyncGenerator[Scene]:
    """A furnished database, and a store over it whose every connection has one plan."""
    async with database(version) as made:
        owner = await driver.connect(made.urls.owner_url, timeout=5)

        async def cut(pid: int) -> None:
            await owner.fetchval("select pg_terminate_backend($1, 5000)", pid)

        with planned(monkeypatch) as plan:
            plan.cut = cut
            store = await made.store(kind, size=SIZE)
            try:
                yield Scene(made, store, plan, Struck())
            finally:
                await store.close()
                await owner.close()

"""The last free supporter is never offered twice, over PostgreSQL (F31, X19; DESIGN: limits are enforced inside the
write).

Two Listeners serve; one is asked for another call already, so of the other there is one. Some officers, each with a
call of his own, offer at one instant: the next, or him by name. In half of the races nobody writes before all have
looked, so that every one of them has found him free, and only the database can tell them apart; in the other half they
run as they come. After each race he is offered once: whoever has him was told so, and all others were told one of two
things that a caller can rely on, that nobody is available (409) or to come again (503), and nothing of theirs was kept.

It can fail: over a store whose serial acts are no more than transactions, or see one snapshot and no more, he is
offered several times in one race (`ReadsWhatIsCommitted`, `SeesOneSnapshot` below).
"""

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from random import Random
from typing import Any
from uuid import UUID

import httpx
import pytest

from domain.confidentiality.entry import Outcome
from domain.ports import Store
from persistence import driver, migrate
from persistence.engine import open_engine
from persistence.keys import Keys, generate
from persistence.store import PostgresStore, _Serial  # pyright: ignore[reportPrivateUsage]
from tests import servers
from tests.http import cast, tale
from tests.http.watched import Seen, Watched
from tests.http.world import World, problem, theatre
from tests.proofs.ledger.house import told

RACES, NIGHTLY = 200, 10_000
MOST = 4
"""As many as ever race."""
_KEYS = Keys.parse(generate())
_KEEP = "create schema kept; create table kept.request as table public.request"
_PUT_BACK = """
    set session_replication_role = replica;
    delete from public.request;
    insert into public.request select * from kept.request;
    set session_replication_role = origin
"""
_AS_THEY_STAND = "select id, version, state, offered_to from request"
_BUSY = ("OFFERED", "ACCEPTED", "IN_PROGRESS")


class Abreast(Seen):
    """What a store sees, where nobody keeps anything before all `many` are about to."""

    def __init__(self, many: int) -> None:
        super().__init__()
        self.left = many
        self.all_there = asyncio.Event()

    async def write(self, what: str) -> None:
        await super().write(what)
        if what != "settle" or self.all_there.is_set():
            return
        self.left -= 1
        if self.left == 0:
            self.all_there.set()
        async with asyncio.timeout(10):
            await self.all_there.wait()


class Night:
    """Ten past two: one Listener is taken, one is free, and there are calls for him."""

    def __init__(self, world: World, owner: Any, free: str) -> None:
        self.world = world
        self.owner = owner
        self.free = UUID(id_in(free))
        self.calls: list[tuple[str, str, str]] = []
        """Who offers, the path of his call, and its tag."""
        self.before: dict[UUID, tuple[Any, ...]] = {}

    async def begin(self) -> None:
        """The calls, each by whoever will offer it, and what stands when a race begins."""
        for number in range(MOST):
            who = ("officer", "oscar", "second-officer")[number % 3]
            path = await tale.asked(self.world, key=f"last-free-{number}")
            self.calls.append((who, path, await self.world[who].tag(path)))
        await self.owner.execute(_KEEP)
        self.before = await self.stand()

    async def stand(self) -> dict[UUID, tuple[Any, ...]]:
        """How each call stands."""
        rows = await self.owner.fetch(_AS_THEY_STAND)
        return {UUID(int=r["id"].int): (r["version"], r["state"], r["offered_to"]) for r in rows}

    async def race(self, dice: Random) -> list[str]:
        """One race, from the same start as every other. What did not hold."""
        await self.owner.execute(_PUT_BACK)
        many, abreast, store = dice.randint(2, MOST), dice.random() < 0.5, self.world.stage.store
        assert store is not None
        seen = Abreast(many) if abreast else Seen()
        self.world.stage.store = Watched(store.inner, seen)
        self.world.heard.clear()
        calls = dice.sample(self.calls, many)
        bodies = [{} if dice.random() < 0.7 else {"supporter": str(self.free)} for _ in calls]
        answers = await asyncio.gather(
            *(
                self.world[who].post(f"{path}/offer", body, tag=tag)
                for (who, path, tag), body in zip(calls, bodies, strict=True)
            )
        )
        return [*self._told(calls, answers, await self.stand()), *_written(seen, many)]

    def _told(
        self, calls: list[tuple[str, str, str]], answers: list[httpx.Response], now: dict[UUID, tuple[Any, ...]]
    ) -> list[str]:
        has_him = [id for id, (_, state, to) in now.items() if _is(to, self.free) and state in _BUSY]
        told = [UUID(id_in(path)) for (_, path, _), a in zip(calls, answers, strict=True) if a.status_code == 200]
        wrong = [] if len(has_him) == 1 else [f"he is offered {len(has_him)} times"]
        if has_him != told:
            wrong.append(f"{len(told)} were told that they have him, and not those who have")
        changed = {id for id in now if now[id] != self.before[id]}
        if changed != set(has_him):
            wrong.append("a call of another was changed")
        others = [answer for answer in answers if answer.status_code != 200]
        for other in others:
            if other.status_code == 503 and other.headers.get("Retry-After") == "1":
                continue
            if problem(other) != (409, "conflict", [("NOT_AVAILABLE", None)]):
                wrong.append(f"told {other.status_code} {other.text[:200]}")
        return wrong


def _written(seen: Seen, many: int) -> list[str]:
    """One line for each, and one of them says that it was done."""
    outcomes = Counter(entry.outcome for entry in seen.entries if entry.verb == "OFFER_REQUEST")
    if outcomes.total() != many or outcomes[Outcome.DONE] != 1:
        return [f"{many} offers have the lines {dict(outcomes)}"]
    return []


def _is(driven: Any, id: UUID) -> bool:
    return driven is not None and driven.int == id.int


def id_in(path: str) -> str:
    """The id with which a path ends."""
    return path.rpartition("/")[2]


@asynccontextmanager
async def night(kind: Callable[..., PostgresStore] = PostgresStore) -> AsyncGenerator[Night]:
    """The night over a database of its own, by a store of that kind."""
    urls = await asyncio.to_thread(servers.create_database, "18")
    await migrate.upgrade(urls.owner_url)
    owner = await driver.connect(urls.owner_url, timeout=5)
    house = theatre()
    store = kind(await open_engine(urls.app_url, size=MOST * 2), _KEYS, house.stage.clock)
    try:
        async with told(store, house) as world:
            await world.keep(cast.records())
            _, (taken, free) = await tale.listeners_open(world)
            for who in ("officer", "second-officer"):
                await tale.on_duty(world, who)
            other = await tale.asked(world)
            await tale.done(world.oscar, other, "offer", {"supporter": id_in(taken)})
            made = Night(world, owner, free)
            await made.begin()
            yield made
    finally:
        await store.close()
        await owner.close()
        await asyncio.to_thread(servers.drop_database, urls)


async def raced(made: Night, races: int, seed: int) -> list[str]:
    """So many races; what did not hold in the first in which something did not."""
    dice = Random(seed)
    for number in range(races):
        if wrong := await made.race(dice):
            return [f"race {number} of seed {seed}: {what}" for what in wrong]
    return []


@pytest.mark.parametrize("races", [RACES, pytest.param(NIGHTLY, marks=pytest.mark.nightly)])
async def test_the_last_free_supporter_is_never_offered_twice(races: int) -> None:
    """Two to four officers at once, two hundred times over and by night ten thousand."""
    async with night() as made:
        assert await raced(made, races, races) == []


class ReadsWhatIsCommitted(PostgresStore):
    """A serial act is a transaction, and no more."""

    @asynccontextmanager
    async def _serially(self) -> AsyncGenerator[Store]:
        async with self.engine.transaction() as open:
            yield _Serial(self, open)


class SeesOneSnapshot(PostgresStore):
    """A serial act looks at one instant, and is told of nobody who looked at the same."""

    @asynccontextmanager
    async def _serially(self) -> AsyncGenerator[Store]:
        async with self.engine.transaction() as open:
            await open.fetch("set transaction isolation level repeatable read", [])
            yield _Serial(self, open)


@pytest.mark.parametrize("kind", [ReadsWhatIsCommitted, SeesOneSnapshot])
async def test_a_store_that_is_not_serial_is_found_out(kind: type[PostgresStore]) -> None:
    """It offers him to several within a few races."""
    async with night(kind) as made:
        found = await raced(made, 20, 1)
        assert any("he is offered" in what for what in found), found

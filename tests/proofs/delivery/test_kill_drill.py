"""Killing workers at every step, and at any time, while events come in and are told out (issue F): nothing is lost, and
nothing is done twice.

A worker is a real process over PostgreSQL, and the estate's queues and topic are in another one. It is killed with
SIGKILL, and the next goes on where it was. At the end every event is in the inbox, in one line of the ledger and in
effect exactly once; and of what is told out everything came at least once, under one id, each record's in its order.
"""

import asyncio
import os
import random
import signal
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from persistence import driver, migrate
from persistence.engine import open_engine
from persistence.keys import Keys, generate
from persistence.store import PostgresStore
from tests import servers
from tests.http.cast import START
from tests.proofs.delivery.drill import Counts, Story, reckoned
from tests.proofs.delivery.estate import LONG, Estate, Workers, estate, workers
from tests.proofs.delivery.worker import STEPS
from tests.proofs.ledger.books import Books, OfPostgres
from tests.servers import Urls

_STANDING = "select count(*) from relay where name in ('topic', 'audit') or name like 'hook:%'"
_BEHIND = """
    select count(*) from relay r, ledger l
    where (r.name in ('topic', 'audit') or r.name like 'hook:%') and l.tx is not null and not l.closed
        and (l.tx, l.id) > (r.tx, r.id)
"""


@dataclass(slots=True)
class Drill:
    """One story, and those who die in it."""

    story: Story
    estate: Estate
    workers: Workers
    database: Urls
    died: list[str] = field(default_factory=list[str])

    async def count(self, sql: str) -> int:
        """One number, as the owner sees it."""
        owner = await driver.connect(self.database.owner_url, timeout=10)
        try:
            return await owner.fetchval(sql)
        finally:
            await owner.close()

    async def books(self) -> Books:
        """The books as they are committed now."""
        owner = await driver.connect(self.database.owner_url, timeout=10)
        try:
            return await OfPostgres(owner).read()
        finally:
            await owner.close()

    async def begin(self) -> Books:
        """A first worker finds everything, and its places in the ledger; it is told to stop, and does."""
        await self.story.begin(self.estate)
        await self._works_until(_STANDING, 3)
        return await self.books()

    async def more(self, times: int = 2) -> None:
        """Something to do on either side."""
        await self.estate.empty()
        await self.story.people_move(self.estate, 4, times)
        await self.story.schemes_change(2)

    async def dies_at(self, step: str, after: int, *, hasty: bool = False) -> None:
        """A worker that is killed at a step."""
        await self.more(times=1 if hasty else 2)  # what is told again would make good what the hasty one loses
        await self.workers.start(at=step, after=after, hasty=hasty)
        ended = await self.workers.ended()
        assert ended == -signal.SIGKILL, f"{step} was never reached, and the worker ended with {ended}"
        self.died.append(step)

    async def dies_after(self, seconds: float) -> None:
        """A worker that is killed when so much time has passed, wherever it is."""
        await self.more()
        pid = await self.workers.start()
        await asyncio.sleep(seconds)
        os.kill(pid, signal.SIGKILL)
        assert await self.workers.ended() == -signal.SIGKILL
        self.died.append("any time")

    async def catch_up(self) -> None:
        """Somebody works until there is nothing left to do."""
        await self._works_until(_BEHIND, 0)

    async def end(self, before: Books) -> Counts:
        """When nothing is left to do it is reckoned."""
        await self.catch_up()
        return await reckoned(self.story, self.estate, before, await self.books())

    async def _works_until(self, sql: str, number: int) -> None:
        pid = await self.workers.start()
        await asyncio.sleep(2)  # with nothing left to do it would be stopped before it has begun
        async with asyncio.timeout(LONG):
            while await self.estate.waiting() or await self.count(sql) != number:  # noqa: ASYNC110  (others tell)
                await asyncio.sleep(0.2)
        os.kill(pid, signal.SIGTERM)
        assert await self.workers.ended() == 0


@asynccontextmanager
async def drill(folder: Path, seed: int) -> AsyncGenerator[Drill]:
    """A drill in a database of its own."""
    database = await asyncio.to_thread(servers.create_database, "18")
    keys = generate()
    try:
        await migrate.upgrade(database.owner_url)
        engine = await open_engine(database.app_url, size=2)
        store = PostgresStore(engine, Keys.parse(keys), lambda: START)
        try:
            async with estate(folder) as at, workers(at, database, keys) as those:
                yield Drill(Story(store, random.Random(seed)), at, those, database)
        finally:
            await store.close()
    finally:
        await asyncio.to_thread(servers.drop_database, database)


async def test_whoever_dies_at_any_step_loses_nothing_and_does_nothing_twice(tmp_path: Path) -> None:
    """At each step once, before it and after it."""
    draw = random.Random(1)
    async with drill(tmp_path, seed=1) as played:
        before = await played.begin()
        for step in STEPS:
            await played.dies_at(step, draw.randint(0, 1))
        counts = await played.end(before)
    print(f"{len(played.died)} killed: {counts}")
    assert counts.wrong == ()
    assert (counts.topic[0], counts.hooks[0]) == (6 * len(STEPS), 6 * len(STEPS))
    assert counts.topic[1] > 0, "killed after sending, it has to be sent again"


@pytest.mark.nightly
async def test_whoever_dies_at_any_time_loses_nothing_and_does_nothing_twice(tmp_path: Path) -> None:
    """A hundred at any time, and at each step six more, in any order. Now and then one lives until nothing is left: in
    moto each message that is taken costs the more the more wait, and those who die take less than is told."""
    seed = random.SystemRandom().getrandbits(32)
    draw = random.Random(seed)
    async with drill(tmp_path, seed) as played:
        before = await played.begin()
        deaths: list[str | None] = [*STEPS * 6, *[None] * 100]
        draw.shuffle(deaths)
        for number, step in enumerate(deaths):
            if number % 10 == 9:
                await played.catch_up()
            if step is None:
                await played.dies_after(draw.uniform(0, 3))
            else:
                await played.dies_at(step, draw.randint(0, 1))
        counts = await played.end(before)
    print(f"seed {seed}, {len(played.died)} killed: {counts}")
    assert counts.wrong == ()


async def test_a_worker_that_says_done_before_it_is_done_is_found_out(tmp_path: Path) -> None:
    """It lets go of messages, and moves its places, first: what it died over is lost, on either side."""
    async with drill(tmp_path, seed=2) as played:
        before = await played.begin()
        for step in ("before an event is followed", "before ten are sent", "before a webhook is called"):
            await played.dies_at(step, 0, hasty=True)
        counts = await played.end(before)
    assert any("events are not in the inbox" in each for each in counts.wrong)
    assert any("never told" in each for each in counts.wrong)

"""What the service does by the clock, one timer beside another."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from api.work import loop
from api.work.bench import Bench, Tick
from domain.kernel.errors import Unavailable
from tests.http.world import World


@asynccontextmanager
async def alone() -> AsyncIterator[bool]:
    """Whoever asks is the one holder."""
    yield True


async def test_a_timer_that_fails_stops_no_other(empty: World, caplog: pytest.LogCaptureFixture) -> None:
    """One row that cannot be read keeps no name in the tables past its hour elsewhere; the log says which timer it was,
    and of the row nothing."""
    stop, rounds = asyncio.Event(), list[str]()

    async def fails() -> int:
        raise ValueError("A1001QX")

    async def works() -> int:
        rounds.append("done")
        if len(rounds) == 2:
            stop.set()
        return 1

    bench = Bench(empty.house.runtime, (Tick("first", 0, fails), Tick("second", 0, works)), alone)
    with caplog.at_level(logging.INFO, "peer_support.work"):
        await asyncio.wait_for(loop.work(bench, stop), 20)
    assert rounds == ["done", "done"]
    failed = [r for r in caplog.records if r.levelno == logging.ERROR]
    assert [(r.getMessage(), vars(r)["tick"], vars(r)["error"]) for r in failed] == [
        ("tick failed", "first", "ValueError")
    ] * 2
    assert not any(r.exc_info for r in failed)


async def test_a_timer_for_which_the_database_is_away_each_time_stops_no_other(empty: World) -> None:
    """What takes longer than a transaction may last is answered so, and all that comes after it is done still."""
    stop, rounds = asyncio.Event(), list[str]()

    async def away() -> int:
        rounds.append("away")
        raise Unavailable(1)

    async def works() -> int:
        rounds.append("done")
        stop.set()
        return 1

    bench = Bench(empty.house.runtime, (Tick("first", 600, away), Tick("second", 600, works)), alone)
    await asyncio.wait_for(loop.work(bench, stop), 20)
    assert rounds == ["away", "done"]

"""What stands in the store of these proofs, in PostgreSQL: the cast, the furniture of three prisons, and some lines of
each prison's ledger."""

import itertools
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from random import Random

from persistence.engine import open_engine
from persistence.store import PostgresStore
from tests.http.cast import START
from tests.persistence.conftest import KEYS
from tests.persistence.samples import EVERYWHERE, entry, new
from tests.proofs.matrix import players
from tests.proofs.matrix.asgi import Stand
from tests.servers import Urls

_seeds = itertools.count(100)
PRISONS = ("MDI", "LEI", "MJY")


async def furnish(urls: Urls) -> None:
    """Put everything into an empty database."""
    async with store_over(urls) as store:
        await store.settle(entry(), [new(record) for record in players.records()], EVERYWHERE)
        for number, prison in enumerate(PRISONS * 3):
            wall = "IE" if prison == "MJY" else "EW"
            line = entry(at=START - timedelta(days=1, minutes=number), prison=prison, jurisdiction=wall)
            await store.abandon(line)


@asynccontextmanager
async def store_over(urls: Urls, size: int = 4) -> AsyncGenerator[PostgresStore]:
    """A store over that database, as the application."""
    clock: Callable[[], object] = lambda: START  # noqa: E731
    store = PostgresStore(await open_engine(urls.app_url, size=size), KEYS, clock)  # type: ignore[arg-type]
    try:
        yield store
    finally:
        await store.close()


@asynccontextmanager
async def stand_over(urls: Urls, size: int = 4) -> AsyncGenerator[tuple[Stand, PostgresStore]]:
    """The application over that store. Its ids are drawn anew, or one test would meet another's lines."""
    stand = Stand([])
    stand.house.stage.random = Random(next(_seeds))
    async with store_over(urls, size) as store:
        stand.over(store)
        yield stand, store

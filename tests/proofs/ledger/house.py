"""Where the proofs of the ledger are played: one application, and a furnished store of either sort.

Its edge counts by the stage's clock, so that a spent rate is a fact of the story and not of the machine that tells it.
A furnished database keeps a copy of itself beside its tables, and is put back from there: ten times as fast as
furnishing it again through the store.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from functools import cache, partial
from random import Random
from typing import Any
from unittest.mock import patch

import httpx

from api.edge import install
from api.edge.rate import Rate
from domain.ports import Clock
from persistence import driver, migrate
from persistence.engine import open_engine
from persistence.keys import Keys, generate
from persistence.memory import MemoryStore
from persistence.store import PostgresStore
from tests import servers
from tests.http import cast, furniture
from tests.http.world import ORIGIN, Theatre, World
from tests.proofs.ledger.books import OfMemory, OfPostgres, Reader
from tests.servers import Urls

BURST = 60
CALLERS = Rate(BURST, 1.0)
"""A caller's rate here: enough for every story but for one who means to spend it."""
_KEYS = Keys.parse(generate())


@cache
def house() -> Theatre:
    """The one application of these proofs."""
    made: list[Theatre] = []

    def monotonic() -> float:
        return made[0].stage.seconds if made else 0.0

    with patch("api.app.install_edge", partial(install.install, monotonic=monotonic)):
        made.append(Theatre(callers=CALLERS))
    return made[0]


@asynccontextmanager
async def told(store: Any, played_in: Theatre | None = None) -> AsyncGenerator[World]:
    """A world over a store that holds everything already. Its ids are not those that furnished it."""
    made = played_in or house()
    transport = httpx.ASGITransport(app=made.app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=ORIGIN) as http:
        world = World(made, http, store)
        world.stage.random = Random(2)
        yield world


async def _furnish(store: Any) -> None:
    world = World(house(), httpx.AsyncClient(), store)
    await world.keep(cast.records())
    await world.keep(furniture.records())
    await world.http.aclose()


@asynccontextmanager
async def in_memory(kind: type[MemoryStore] = MemoryStore) -> AsyncGenerator[tuple[World, Reader]]:
    """A furnished world over the store that forgets, or over a kind of it with a fault."""
    store = kind()
    plain = MemoryStore()
    await _furnish(plain)
    store.records, store.entries, store.marks = plain.records, plain.entries, plain.marks
    async with told(store) as world:
        yield world, OfMemory(store)


class Database:
    """One furnished database, for a whole run of tests."""

    def __init__(self, urls: Urls, owner: Any) -> None:
        self.urls = urls
        self.owner = owner

    async def put_back(self) -> None:
        """Everything as it was when it was furnished. It takes a superuser, who lays the fences by."""
        await self.owner.execute(_PUT_BACK)

    async def store(
        self, kind: type[PostgresStore] = PostgresStore, *, size: int = 4, clock: Clock | None = None
    ) -> PostgresStore:
        """A store over it, as the application."""
        return kind(await open_engine(self.urls.app_url, size=size), _KEYS, clock or house().stage.clock)


_urls: dict[str, Urls] = {}
_EACH = """
    for name in select relname from pg_class
        where relnamespace = 'public'::regnamespace and relkind = 'r' and relname <> 'alembic_version'
"""
_COPY = f"""
create schema kept;
do $$ declare name text; begin {_EACH}
    loop execute format('create table kept.%I as table public.%I', name, name); end loop;
end $$
"""
_PUT_BACK = f"""
set session_replication_role = replica;
do $$ declare name text; begin {_EACH}
    loop
        execute format('delete from public.%I', name);
        execute format('insert into public.%I select * from kept.%I', name, name);
    end loop;
end $$;
set session_replication_role = origin
"""


@asynccontextmanager
async def database(version: str = "18") -> AsyncGenerator[Database]:
    """The furnished database of a version, made when first asked for."""
    if version not in _urls:
        urls = await asyncio.to_thread(servers.create_database, version)
        await migrate.upgrade(urls.owner_url)
        store = await Database(urls, None).store()
        await _furnish(store)
        await store.close()
        owner = await driver.connect(urls.owner_url, timeout=5)
        await owner.execute(_COPY)
        await owner.close()
        _urls[version] = urls
    owner = await driver.connect(_urls[version].owner_url, timeout=5)
    made = Database(_urls[version], owner)
    try:
        await made.put_back()
        yield made
    finally:
        await owner.close()


@asynccontextmanager
async def in_postgres(
    kind: type[PostgresStore] = PostgresStore, version: str = "18", *, size: int = 4
) -> AsyncGenerator[tuple[World, Reader]]:
    """A furnished world over PostgreSQL, or over a store with a fault in it."""
    async with database(version) as made:
        store = await made.store(kind, size=size)
        try:
            async with told(store) as world:
                yield world, OfPostgres(made.owner)
        finally:
            await store.close()

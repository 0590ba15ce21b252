"""Stores for the tests: the one that forgets, and PostgreSQL of both versions with the migrations run.

The migrations run once a version; each module that wants a database of its own gets a copy of that.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import asyncpg
import pytest

from persistence import keys, migrate
from persistence.engine import open_engine
from persistence.memory import MemoryStore
from persistence.store import PostgresStore
from tests import servers
from tests.persistence.samples import NOW
from tests.servers import Urls

KEYS = keys.Keys.parse(keys.generate())
_migrated: dict[str, Urls] = {}


def migrated(version: str) -> Urls:
    """The database with all migrations and no rows, to copy from: nobody may stay in it."""
    if version not in _migrated:
        urls = servers.create_database(version)
        asyncio.run(migrate.upgrade(urls.owner_url))
        _migrated[version] = urls
    return _migrated[version]


def copied(version: str) -> Urls:
    """A migrated database of one's own."""
    return servers.create_database(version, template=migrated(version).database)


@pytest.fixture(scope="module", params=servers.VERSIONS, ids=[f"pg{v}" for v in servers.VERSIONS])
def ready(request: pytest.FixtureRequest) -> Iterator[Urls]:
    """Give a migrated database, on each version in turn."""
    urls = copied(request.param)
    yield urls
    servers.drop_database(urls)


@pytest.fixture(scope="module")
def shared() -> Iterator[Callable[[str], Urls]]:
    """Give a migrated database of a version, the same for the whole module."""
    made: dict[str, Urls] = {}

    def of(version: str) -> Urls:
        if version not in made:
            made[version] = copied(version)
        return made[version]

    yield of
    for urls in made.values():
        servers.drop_database(urls)


async def opened(urls: Urls, *, size: int = 8) -> PostgresStore:
    """A store over a database, as the application."""
    return PostgresStore(await open_engine(urls.app_url, size=size), KEYS, lambda: NOW)


@pytest.fixture(params=["memory", *servers.VERSIONS], ids=["memory", *(f"pg{v}" for v in servers.VERSIONS)])
async def store(request: pytest.FixtureRequest, shared: Callable[[str], Urls]) -> AsyncIterator[Any]:
    """Give a store of each sort. A test that shares its database with others keeps to a prison of its own."""
    if request.param == "memory":
        yield MemoryStore()
        return
    made = await opened(await asyncio.to_thread(shared, request.param))
    yield made
    await made.close()


@pytest.fixture
async def postgres(ready: Urls) -> AsyncIterator[PostgresStore]:
    """Give a store in PostgreSQL, of each version."""
    made = await opened(ready)
    yield made
    await made.close()


@pytest.fixture
async def app(ready: Urls) -> AsyncIterator[Any]:
    """A plain connection as the application."""
    connection = await asyncpg.connect(ready.app_url)
    yield connection
    await connection.close()


@pytest.fixture
async def owner(ready: Urls) -> AsyncIterator[Any]:
    """A plain connection as the owner, here a superuser, whom row security does not bind."""
    connection = await asyncpg.connect(ready.owner_url)
    yield connection
    await connection.close()

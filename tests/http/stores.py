"""The stores that these tests run over: the one that forgets, and PostgreSQL."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from domain.ports import Clock, Store
from persistence import driver, migrate
from persistence.engine import open_engine
from persistence.keys import Keys, generate
from persistence.memory import MemoryStore
from persistence.store import PostgresStore
from tests import servers
from tests.servers import Urls

MEMORY, POSTGRESQL = "memory", "pg18"
"""Version 15 has the same statements, and the persistence tests; these would tell nothing new of it."""
NAMES = [MEMORY, POSTGRESQL]

_KEYS = Keys.parse(generate())
# The ledger only grows, and says so: emptying it takes a superuser who lays the triggers by. Deleting the few rows of a
# test is ten times as fast as truncating.
_EMPTY = """
set session_replication_role = replica;
do $$ declare name text; begin
    for name in
        select relname from pg_class
        where relnamespace = 'public'::regnamespace and relkind = 'r' and relname <> 'alembic_version'
    loop execute 'delete from ' || quote_ident(name); end loop;
end $$
"""
_databases: dict[str, Urls] = {}


@asynccontextmanager
async def opened(name: str, clock: Clock) -> AsyncGenerator[Store]:
    """A store of that name, empty."""
    if name == MEMORY:
        yield MemoryStore(clock)
        return
    urls = await _emptied()
    store = PostgresStore(await open_engine(urls.app_url, size=4), _KEYS, clock)
    try:
        yield store
    finally:
        await store.close()


async def _emptied() -> Urls:
    """The one database of these tests, with its tables and no rows."""
    if not _databases:
        made = await asyncio.to_thread(servers.create_database, "18")
        await migrate.upgrade(made.owner_url)
        _databases["18"] = made
    urls = _databases["18"]
    owner = await driver.connect(urls.owner_url, timeout=5)
    try:
        await owner.execute(_EMPTY)
    finally:
        await owner.close()
    return urls

"""The stores that these tests run over: the one that forgets, and PostgreSQL."""

import asyncio
import threading
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from weakref import WeakSet

import pytest

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
MEMORY_FIRST = [MEMORY, pytest.param(POSTGRESQL, marks=pytest.mark.nightly)]
"""For many tests of what is decided before a store is asked, or above it: over PostgreSQL at night."""

_KEYS = Keys.parse(generate())
_TABLES = """
        select relname from pg_class
        where relnamespace = 'public'::regnamespace and relkind = 'r' and relname <> 'alembic_version'
"""
# The ledger only grows, and says so: emptying it takes a superuser who lays the triggers by. Deleting the few rows of a
# test is ten times as fast as truncating.
_EMPTY = f"""
set session_replication_role = replica;
do $$ declare name text; begin
    for name in {_TABLES}
    loop execute 'delete from ' || quote_ident(name); end loop;
end $$
"""
_KEEP = f"""
create schema {{how}};
do $$ declare name text; filled boolean; begin
    for name in {_TABLES} loop
        execute format('select exists (select from public.%I)', name) into filled;
        if filled then execute format('create table {{how}}.%I as table public.%I', name, name); end if;
    end loop;
end $$
"""
_COPY = """
set session_replication_role = replica;
do $$ declare name text; begin
    for name in select relname from pg_class where relnamespace = '{how}'::regnamespace and relkind = 'r'
    loop execute format('insert into public.%I select * from {how}.%I', name, name); end loop;
end $$
"""
_databases: dict[str, Urls] = {}
_ours: WeakSet[PostgresStore] = WeakSet()
_kept: set[str] = set()
_memories: dict[str, MemoryStore] = {}
_loops: list[asyncio.AbstractEventLoop] = []
_owner: list[driver.Connection] = []


@asynccontextmanager
async def opened(name: str, clock: Clock) -> AsyncGenerator[Store]:
    """A store of that name, empty."""
    if name == MEMORY:
        yield MemoryStore(clock)
        return
    urls = await _emptied()
    store = PostgresStore(await open_engine(urls.app_url, size=4), _KEYS, clock)
    _ours.add(store)
    try:
        yield store
    finally:
        await store.close()


async def furnish(store: Store, how: str, fill: Callable[[], Awaitable[None]]) -> None:
    """Fill an empty store by `fill`, or with a copy of what `fill` left in the first that was furnished like this: to
    settle the same hundreds of records for each test took more time than most tests do."""
    match store:
        case MemoryStore() if how in _memories:
            _stand_as(store, _memories[how])
        case PostgresStore() if store in _ours and how in _kept:
            await _run(_databases["18"], _COPY.format(how=how))
        case MemoryStore():
            await fill()
            _memories[how] = MemoryStore()
            _stand_as(_memories[how], store)
        case PostgresStore() if store in _ours:
            await fill()
            await _run(_databases["18"], _KEEP.format(how=how))
            _kept.add(how)
        case _:
            await fill()


def _stand_as(store: MemoryStore, other: MemoryStore) -> None:
    store.records, store.entries, store.marks = dict(other.records), list(other.entries), dict(other.marks)


async def _emptied() -> Urls:
    """The one database of these tests, with its tables and no rows."""
    if not _databases:
        made = await asyncio.to_thread(servers.create_database, "18")
        await migrate.upgrade(made.owner_url)
        _databases["18"] = made
    await _run(_databases["18"], _EMPTY)
    return _databases["18"]


async def _run(urls: Urls, sql: str) -> None:
    await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(_as_owner(urls, sql), _loop()))


async def _as_owner(urls: Urls, sql: str) -> None:
    if _owner and _owner[0].is_closed():
        _owner.clear()
    if not _owner:
        _owner.append(await driver.connect(urls.owner_url, timeout=5))
    await _owner[0].execute(sql)


def _loop() -> asyncio.AbstractEventLoop:
    """A loop that outlives the tests', for the owner's one connection: a fresh one reads of every table anew what it
    is, and took 60 ms to empty them where one that is kept takes 7."""
    if not _loops:
        _loops.append(asyncio.new_event_loop())
        threading.Thread(target=_loops[0].run_forever, daemon=True).start()
    return _loops[0]

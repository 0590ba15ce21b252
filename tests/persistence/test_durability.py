"""Entries are durable before anybody is answered; and a database that goes away and comes back."""

import asyncio
import time
from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import pytest

from domain.kernel.errors import KeyInFlight, Unavailable
from domain.ports import Query, Raced
from domain.schemes.record import Scheme
from persistence import health
from persistence.engine import Engine, open_engine
from persistence.faults import Fault
from persistence.store import PostgresStore
from persistence.tables import LEDGER
from tests import servers
from tests.persistence import samples
from tests.persistence.conftest import KEYS, copied, opened
from tests.persistence.samples import EVERYWHERE, NOW, entry, look, new
from tests.servers import Urls


@pytest.fixture
async def watcher(ready: Urls) -> AsyncIterator[Any]:
    """The owner, who sees what is committed."""
    connection = await asyncpg.connect(ready.owner_url)
    yield connection
    await connection.close()


async def test_many_entries_at_once_are_durable_before_their_answers(postgres: PostgresStore, watcher: Any) -> None:
    """Each waits for its own: when its call returns, another connection sees it. Most share a transaction."""
    lines = [entry() for _ in range(400)]

    async def act(line: Any) -> bool:
        await postgres.abandon(line)
        return bool(await look_for(line.id))

    lock = asyncio.Lock()

    async def look_for(id: Any) -> object:
        async with lock:
            return await watcher.fetchval("select tx from ledger where id = $1", id)

    assert all(await asyncio.gather(*(act(line) for line in lines)))
    used = await watcher.fetchval("select count(distinct tx) from ledger where id = any($1)", [e.id for e in lines])
    assert used < len(lines) / 4


async def test_an_entry_alone_does_not_wait_for_company(postgres: PostgresStore) -> None:
    """Nothing gathers entries on purpose: with nothing under way, one goes at once."""
    await postgres.abandon(entry())
    began = time.perf_counter()
    for _ in range(20):
        await postgres.abandon(entry())
    assert time.perf_counter() - began < 1


async def test_one_that_cannot_be_written_costs_no_other(postgres: PostgresStore, watcher: Any) -> None:
    """A line that the database refuses is `Unavailable` to its own act; those that shared its batch stand."""
    good = [entry() for _ in range(20)]
    bad = entry(client="a\0b")
    outcomes = await asyncio.gather(*(postgres.abandon(e) for e in (*good, bad)), return_exceptions=True)
    assert [type(o) for o in outcomes] == [*[type(None)] * 20, Unavailable]
    assert await watcher.fetchval("select count(*) from ledger where id = any($1)", [e.id for e in good]) == 20
    assert (await health.ping(postgres)).ledger


async def test_when_the_ledger_cannot_be_written_nobody_is_answered(ready: Urls) -> None:
    """Every act of the batch is `Unavailable`, at once; and when the ledger is back, the next act finds it."""
    store = await opened(ready)
    try:
        await store.abandon(entry())
        servers.run_sql(ready, "revoke insert on ledger from peer_support_app")
        servers.run_sql(
            ready,
            "do $$ declare c text; begin for c in select attname from pg_attribute where attrelid = 'ledger'::regclass"
            " and attnum > 0 loop execute format('revoke insert (%I) on ledger from peer_support_app', c); end loop;"
            " end $$",
        )
        outcomes = await asyncio.gather(*(store.abandon(entry()) for _ in range(50)), return_exceptions=True)
        assert {type(o) for o in outcomes} == {Unavailable}
        assert await health.ping(store) == health.Health(database=True, migrations=True, ledger=False)
        scheme = samples.scheme(samples.new_prison())
        with pytest.raises(Fault):
            await store.settle(entry(), [new(scheme)], EVERYWHERE)
        assert await store.get(Scheme, scheme.id, look()) is None
        columns = ", ".join(c.name for c in LEDGER.c if c.name != "tx")
        servers.run_sql(ready, f"grant insert ({columns}) on ledger to peer_support_app")
        await store.settle(entry(), [new(scheme)], EVERYWHERE)
        await store.abandon(entry())
        assert (await health.ping(store)).well
    finally:
        await store.close()


async def test_a_cancelled_reader_leaves_the_others_alone(postgres: PostgresStore, watcher: Any) -> None:
    """Who goes away while his entry is being written is in the ledger, and nobody else notices."""
    lines = [entry() for _ in range(10)]
    tasks = [asyncio.create_task(postgres.abandon(line)) for line in lines]
    await asyncio.sleep(0)
    tasks[3].cancel()
    outcomes = await asyncio.gather(*tasks, return_exceptions=True)
    assert [o for n, o in enumerate(outcomes) if n != 3] == [None] * 9
    assert isinstance(outcomes[3], asyncio.CancelledError)
    assert await watcher.fetchval("select count(*) from ledger where id = any($1)", [e.id for e in lines]) == 10


async def test_lost_connections_are_unavailable_once_and_then_made_anew(ready: Urls) -> None:
    """Every backend is ended under the store's hands: acts fail with `Unavailable`, and the next ones work."""
    store = await opened(ready, size=4)
    try:
        scheme = samples.scheme(samples.new_prison())
        await store.settle(entry(), [new(scheme)], EVERYWHERE)
        for _ in range(3):
            await asyncio.gather(*(store.get(Scheme, scheme.id, look()) for _ in range(4)), store.abandon(entry()))
            async with store.serially() as serial:
                assert await serial.get(Scheme, scheme.id, look())
                servers.run_sql(
                    ready,
                    "select count(pg_terminate_backend(pid)) from pg_stat_activity where usename = 'peer_support_app'",
                )
                with pytest.raises(Unavailable):
                    await serial.settle(entry(), [], EVERYWHERE)
            for _ in range(20):
                try:
                    assert await store.get(Scheme, scheme.id, look())
                    await store.abandon(entry())
                    break
                except Unavailable:
                    await asyncio.sleep(0.01)
            assert await store.get(Scheme, scheme.id, look())
            await store.abandon(entry())
    finally:
        await store.close()


async def test_no_database_is_unavailable_at_once(ready: Urls) -> None:
    """Nobody listens at the address: the store opens all the same, and each act says so within 200 ms (rule 5)."""
    store = PostgresStore(await open_engine("postgresql://nobody@/nothing?host=/nonexistent"), KEYS, lambda: NOW)
    try:
        for attempt in (
            lambda: store.find(Scheme, Query(), look()),
            lambda: store.settle(entry(), [new(samples.scheme("X"))], EVERYWHERE),
            lambda: store.abandon(entry()),
            lambda: store.used(samples.use().actor, "", ""),
        ):
            began = time.perf_counter()
            with pytest.raises(Unavailable):
                await attempt()
            assert time.perf_counter() - began < 0.2
        with pytest.raises(Unavailable):
            async with store.serially():
                pytest.fail("there is no transaction")
        assert await health.ping(store) == health.Health(False, False, False)
    finally:
        await store.close()


async def test_a_full_pool_is_unavailable_after_a_while(ready: Urls, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for ever behind acts that hold every connection; and the ledger has one of its own. Who waited is
    counted, and who waited in vain."""
    monkeypatch.setattr("persistence.engine.SECONDS_TO_BORROW", 0.1)
    store = await opened(ready, size=1)
    try:
        async with store.serially() as serial:
            await serial.find(Scheme, Query(limit=1), look())
            with pytest.raises(Unavailable):
                await store.find(Scheme, Query(limit=1), look())
            waiting = asyncio.create_task(store.find(Scheme, Query(limit=1), look()))
            await asyncio.sleep(0)
            await store.abandon(entry())
        await waiting
        await store.find(Scheme, Query(limit=1), look())
        assert (store.engine.waited, store.engine.gave_up) == (2, 1)
    finally:
        await store.close()


async def test_a_slow_statement_ends_and_its_connection_is_thrown_away(ready: Urls) -> None:
    """The role's own limit ends it; whoever waited is told `Unavailable`, and no state of it is lent out again."""
    engine = await open_engine(ready.app_url, size=1)
    try:
        first = (await engine.fetch("select pg_backend_pid() as pid", []))[0]["pid"]
        await engine.fetch("select set_config('statement_timeout', '50ms', false)", [])
        with pytest.raises(Unavailable):
            await engine.fetch("select pg_sleep(5)", [])
        assert (await engine.fetch("select pg_backend_pid() as pid", []))[0]["pid"] != first
        task = asyncio.create_task(engine.fetch("select pg_sleep(5)", []))
        await asyncio.sleep(0.05)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert (await engine.fetch("select 1 as one", []))[0]["one"] == 1
    finally:
        await engine.close()


@pytest.mark.parametrize(
    ("sql", "given"),
    [
        ("select $1::int as n", ["Smith"]),
        ("select $1::text as n", ["\ud800"]),
        ("select nonsense", []),
        ("insert into stamp values (true, 'Smith')", []),
        ("select 1 / 0", []),
    ],
)
async def test_a_fault_says_nothing_of_what_was_given(ready: Urls, sql: str, given: list[Any]) -> None:
    """Whatever the driver or the server says of a value or a row goes no further, not even as a hidden cause."""
    engine: Engine = await open_engine(ready.app_url, size=1)
    try:
        with pytest.raises(Fault) as raised:
            await engine.fetch(sql, given)
        assert "Smith" not in str(raised.value)
        assert raised.value.__cause__ is None
        assert raised.value.__context__ is None
        assert (await engine.fetch("select 1 as one", []))[0]["one"] == 1
    finally:
        await engine.close()


async def test_a_key_that_is_being_used_is_in_flight(postgres: PostgresStore) -> None:
    """Its lock is tried once: who comes while the first use is settling does not wait for it."""
    use, prison = samples.use(), samples.new_prison()
    row = postgres._uses.row(use, NOW, letter=False)
    async with postgres.engine.transaction() as first:
        await first.fetch("select pg_advisory_xact_lock($1)", [row["k_lock"]])
        for kept in ([new(samples.scheme(prison))], [new(samples.scheme(prison)) for _ in range(2)]):
            began = time.perf_counter()
            with pytest.raises(KeyInFlight):
                await postgres.settle(entry(prison=prison), kept, EVERYWHERE, use)
            assert time.perf_counter() - began < 0.5
    assert await postgres.find(Scheme, Query(equal={"prison": prison}), look()) == []
    await postgres.settle(entry(prison=prison), [new(samples.scheme(prison))], EVERYWHERE, use)


async def test_of_many_at_once_one_wins(postgres: PostgresStore) -> None:
    """Twenty change one version at once, and twenty use one key at once: each time one is kept."""
    scheme = samples.scheme(samples.new_prison())
    await postgres.settle(entry(), [new(scheme)], EVERYWHERE)
    change = samples.Kept(scheme, 1)
    outcomes = await asyncio.gather(
        *(postgres.settle(entry(), [change], EVERYWHERE) for _ in range(20)), return_exceptions=True
    )
    assert sorted(type(o).__name__ for o in outcomes) == ["NoneType", *["Raced"] * 19]
    use, prison = samples.use(), samples.new_prison()
    outcomes = await asyncio.gather(
        *(postgres.settle(entry(), [new(samples.scheme(prison))], EVERYWHERE, use) for _ in range(20)),
        return_exceptions=True,
    )
    assert sorted(type(o).__name__ for o in outcomes) == [*["KeyInFlight"] * 19, "NoneType"]
    assert len(await postgres.find(Scheme, Query(equal={"prison": prison}), look())) == 1


async def test_a_lock_held_elsewhere_is_a_race(ready: Urls, postgres: PostgresStore) -> None:
    """A row that somebody holds longer than the role may wait is `Raced`: the act may try again."""
    scheme = samples.scheme(samples.new_prison())
    await postgres.settle(entry(), [new(scheme)], EVERYWHERE)
    holder = await asyncpg.connect(ready.owner_url)
    try:
        async with holder.transaction():
            await holder.execute("select from scheme where id = $1 for update", scheme.id)
            with pytest.raises(Raced):
                await postgres.settle(entry(), [samples.Kept(scheme, 1)], EVERYWHERE)
    finally:
        await holder.close()


async def test_closing_writes_what_waits(ready: Urls) -> None:
    """An act that had begun to leave its line has it when the store is closed."""
    urls = copied(ready.version)
    try:
        store = await opened(urls)
        lines = [asyncio.create_task(store.abandon(entry())) for _ in range(30)]
        await asyncio.sleep(0)
        await store.close()
        await asyncio.gather(*lines)
        assert servers.run_sql(urls, "select count(*) from ledger") == "30"
    finally:
        servers.drop_database(urls)

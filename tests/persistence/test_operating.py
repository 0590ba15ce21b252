"""What runs beside the acts: readiness, the refusal of strong logins, the stamp, and the timers' deletions."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import asyncpg
import pytest

from domain.oversight.record import LedgerLine
from domain.ports import Query
from persistence import guard, health, migrate, retention, stamp
from persistence.engine import open_engine
from persistence.faults import Fault
from persistence.store import PostgresStore
from tests import servers
from tests.persistence import samples
from tests.persistence.conftest import copied, opened
from tests.persistence.samples import EVERYWHERE, NOW, entry, look, new
from tests.servers import Urls

NIGHT = NOW + timedelta(hours=12)
"""An instant at which tonight's requests have passed."""


async def test_a_migrated_database_is_ready(postgres: PostgresStore) -> None:
    """It answers, is of this release, and takes entries."""
    assert (await health.ping(postgres)).well


async def test_an_older_or_empty_database_is_not_ready(database: Urls) -> None:
    """Serving waits for the migrations; the answer says which of the three is missing and no more."""
    store = await opened(database)
    try:
        assert await health.ping(store) == health.Health(database=True, migrations=False, ledger=False)
        await migrate.upgrade(database.owner_url, "0001")
        assert await health.ping(store) == health.Health(database=True, migrations=False, ledger=True)
        await migrate.upgrade(database.owner_url)
        assert (await health.ping(store)).well
        servers.run_sql(database, f"alter database {database.database} set default_transaction_read_only = on")
        again = await opened(database)
        assert await health.ping(again) == health.Health(database=True, migrations=True, ledger=False)
        await again.close()
    finally:
        await store.close()


async def test_the_service_does_not_serve_with_a_strong_login(ready: Urls) -> None:
    """Superuser, bypass of row security, an owner of tables, or any who may become one: one line each. The
    application's own login is let through."""
    servers.run_sql(
        ready,
        "drop role if exists strong, passer, keeper, heir",
        "create role passer login bypassrls",
        "create role keeper login",
        "create role heir login noinherit in role keeper",
        f"grant connect on database {ready.database} to passer, keeper, heir",
        "alter table stamp owner to keeper",
    )
    for login, reason in (
        ("peer_support_owner", "as a superuser"),
        ("passer", "bypasses row security"),
        ("keeper", "as the owner of its tables"),
        ("heir", "as the owner of its tables"),
        ("peer_support_app", None),
    ):
        engine = await open_engine(ready.owner_url.replace("peer_support_owner@", f"{login}@"), size=1)
        try:
            found = await guard.refuse_dangerous_login(engine)
        finally:
            await engine.close()
        assert (found is None) is (reason is None)
        if found is not None:
            assert str(reason) in found
            assert "\n" not in found
    servers.run_sql(ready, "alter table stamp owner to peer_support_owner")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda url: url, None),
        (lambda url: url.replace("peer_support_app@", "nobody_known@"), "refuses this login"),
        (lambda url: url.split("/test_")[0] + "/nowhere?" + url.split("?")[1], "no such database"),
        (lambda url: url.split("?")[0] + "?host=/nonexistent", "no PostgreSQL answers"),
        (lambda _: "postgresql://127.0.0.1:1/x", "no PostgreSQL answers"),
        (lambda _: "mysql://localhost/x", "cannot be read"),
        (lambda _: "postgresql://localhost:port/x", "cannot be read"),
    ],
)
async def test_a_wrong_address_gives_one_clear_line(ready: Urls, change: Any, reason: str | None) -> None:
    """What is wrong, without the address or the password in it."""
    found = await guard.cannot_connect(change(ready.app_url))
    assert (found is None) is (reason is None)
    assert reason is None or (reason in str(found) and "\n" not in str(found))
    assert ready.database not in str(found)


async def test_a_demonstration_is_stamped_once_and_for_good(ready: Urls) -> None:
    """Only while the database is empty; then it stays, and nobody takes it off or writes another."""
    urls = copied(ready.version)
    store = await opened(urls)
    try:
        assert await stamp.is_empty(store.engine)
        assert not await stamp.is_demonstration(store.engine)
        for _ in range(2):
            await stamp.stamp_demonstration(store.engine)
            assert await stamp.is_demonstration(store.engine)
        await store.settle(entry(), [new(samples.scheme("MDI"))], EVERYWHERE)
        assert not await stamp.is_empty(store.engine)
        await stamp.stamp_demonstration(store.engine)
        for wrong in ("delete from stamp", "update stamp set kind = kind", "insert into stamp values (false)"):
            with pytest.raises(Fault):
                await store.engine.fetch(wrong, [])
        assert await stamp.is_demonstration(store.engine)
    finally:
        await store.close()
        servers.drop_database(urls)


@pytest.mark.parametrize("what", ["a record", "an entry", "participation"])
async def test_a_database_with_rows_is_no_demonstrations(ready: Urls, what: str) -> None:
    """One record or one entry of anybody's: it is refused, and nothing is written."""
    urls = copied(ready.version)
    store = await opened(urls)
    try:
        kept = {"a record": [samples.scheme("MDI")], "participation": [samples.request("MDI")]}.get(what, [])
        await store.settle(entry(), [new(r) for r in kept], EVERYWHERE)
        assert not await stamp.is_empty(store.engine)
        with pytest.raises(stamp.NotEmpty):
            await stamp.stamp_demonstration(store.engine)
        assert not await stamp.is_demonstration(store.engine)
    finally:
        await store.close()
        servers.drop_database(urls)


async def entered(store: PostgresStore, id: Any) -> bool:
    return await store.get(LedgerLine, id, look()) is not None


async def test_used_keys_end(postgres: PostgresStore, ready: Urls) -> None:
    """Those that have run out are deleted, of letters too; the rest stay."""
    short, long, handed = (
        samples.use(until=NOW + timedelta(hours=1)),
        samples.use(),
        samples.use(subject=None, until=NOW + timedelta(hours=1)),
    )
    for use in (short, long):
        await postgres.settle(entry(), [new(samples.scheme(samples.new_prison()))], EVERYWHERE, use)
    await postgres.settle(entry(closed=True), [], EVERYWHERE, handed, [samples.letter()])
    counts = "select (select count(*) from idempotency_key) || ' ' || (select count(*) from tally_key)"
    assert servers.run_sql(ready, counts) == "2 1"
    tick = entry(verb="TICK")
    assert await retention.end_used_keys(postgres.engine, tick, NOW + timedelta(hours=2)) == 1
    assert await entered(postgres, tick.id)
    assert servers.run_sql(ready, counts) == "1 1"
    assert await retention.end_used_keys(postgres.engine, entry(), NOW + timedelta(days=2)) == 1
    assert servers.run_sql(ready, counts) == "1 0"
    assert await retention.end_used_keys(postgres.engine, entry(), NOW + timedelta(days=4)) == 1
    assert servers.run_sql(ready, counts) == "0 0"


@pytest.fixture(params=servers.VERSIONS, ids=[f"pg{v}" for v in servers.VERSIONS])
async def own_ledger(request: pytest.FixtureRequest) -> AsyncIterator[tuple[PostgresStore, Urls]]:
    """Give a store whose ledger nobody else has written to: what another test left to be cleared would be cleared with
    what this one wrote, and lie among it. By one connection, so that no two pages are filled at once."""
    urls = await asyncio.to_thread(copied, request.param)
    made = await opened(urls, size=1)
    yield made, urls
    await made.close()
    await asyncio.to_thread(servers.drop_database, urls)


async def test_a_closed_entry_leaves_its_place_with_its_number(own_ledger: tuple[PostgresStore, Urls]) -> None:
    """Rules 1 and 4: of a night's lines, one a minute, those that are shown to the hour or to the day lie behind all
    others when their number is cleared, in the order of their ids: no neighbour of theirs tells a minute."""
    postgres, ready = own_ledger
    blurred = []
    for minute in range(120):
        at = NOW + timedelta(minutes=minute)
        if minute % 6 == 5:
            line = entry(closed=True, actor=None, nameless=minute % 12 == 5, at=at.replace(minute=0))
            blurred.append(str(line.id))
        else:
            line = entry(at=at)
        await postgres.settle(line, [], EVERYWHERE)
    placed = "select id from ledger where at >= '{}' order by ctid"
    await retention.clear_transactions(postgres.engine, entry(), NOW + timedelta(days=2))
    lying = servers.run_sql(ready, placed.format(NOW.replace(minute=0))).split()
    assert [id for id in lying if id in blurred] == sorted(blurred)
    assert lying[-len(blurred) - 1 : -1] == sorted(blurred)  # the clearing's own line is the last


async def test_closed_entries_lose_the_number_of_their_transaction(postgres: PostgresStore, ready: Urls) -> None:
    """Rule 4: when it may be read nothing joins a closed entry to the rows of its act. Open and newer ones keep it;
    and so do those of the day that names nobody, until all of them go together: the transaction that cleared one by
    itself would tell when it was written (rule 1)."""
    old, fresh = entry(closed=True, actor=None), entry(closed=True, at=NOW + timedelta(hours=2))
    plain, nameless = entry(), entry(closed=True, nameless=True, actor=None, at=NOW.replace(hour=0, minute=0))
    for line in (old, fresh, plain, nameless):
        await postgres.settle(line, [new(samples.scheme(samples.new_prison()))], EVERYWHERE)
    tick = entry(verb="TICK", at=NOW + timedelta(hours=2))
    assert await retention.clear_transactions(postgres.engine, tick, NOW + timedelta(hours=2)) >= 1
    connection = await asyncpg.connect(ready.owner_url)
    try:
        for line, kept in ((old, False), (fresh, True), (plain, True), (nameless, True), (tick, True)):
            number = await connection.fetchval("select tx from ledger where id = $1", line.id)
            assert (number is not None) is kept
        hidden = "select count(*) from ledger l where l.id = $1 and l.xmin in (select xmin from scheme)"
        assert await connection.fetchval(hidden, old.id) == 0
        assert await connection.fetchval(hidden, plain.id) == 1
    finally:
        await connection.close()
    again = await retention.clear_transactions(postgres.engine, entry(), NOW + timedelta(hours=2))
    assert again == 0
    counts = f"select count(*) from ledger where id = '{nameless.id}' and tx is not null"
    for after, left in ((timedelta(seconds=-1), "1"), (timedelta(0), "0")):
        await retention.clear_transactions(postgres.engine, entry(), nameless.readable_from + after)
        assert servers.run_sql(ready, counts) == left
    assert (await postgres.find(LedgerLine, Query(equal={"id": old.id}), look()))[0].actor is None

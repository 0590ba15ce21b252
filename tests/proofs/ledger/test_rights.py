"""What the application's login may do to the ledger: read what its scope opens, add, and nothing else whatever (U7).

`tests/persistence/test_fences.py` tries the plain ways; here is each column, and each way round them that SQL has.
"""

from collections.abc import AsyncGenerator
from typing import Any

import asyncpg
import pytest

from persistence import driver
from tests import servers
from tests.persistence.plain_sql import LINE, OPEN_UP, run
from tests.proofs.ledger.house import database

WAYS = (
    "delete from ledger",
    "truncate ledger",
    "truncate ledger cascade",
    "merge into ledger l using ledger o on l.id = o.id when matched then update set code = 'x'",
    "merge into ledger l using ledger o on l.id = o.id when matched then delete",
    "select id from ledger for update",
    "select id from ledger for no key update",
    "select id from ledger for share",
    "lock table ledger in exclusive mode",
    "create rule quiet as on insert to ledger do instead nothing",
    "create trigger quiet before insert on ledger for each row execute function ledger_grows_only()",
    "alter table ledger disable trigger ledger_grows_only",
    "alter table ledger no force row level security",
    "drop policy ledger_add on ledger",
    "drop function entry_required() cascade",
    "create or replace function ledger_grows_only() returns trigger language sql as 'select null'",
    "set session_replication_role = replica",
    "set local role peer_support_owner",
    "alter table duty disable trigger duty_entry_required",
    "alter role peer_support_app bypassrls",
    "grant delete on ledger to peer_support_app; delete from ledger",
    "create index forced on ledger (code)",
)


@pytest.fixture(params=servers.VERSIONS)
async def both(request: pytest.FixtureRequest) -> AsyncGenerator[tuple[Any, Any]]:
    """A plain connection as the application, and one as the owner, to a furnished database."""
    async with database(request.param) as made:
        connection = await driver.connect(made.urls.app_url, timeout=5)
        try:
            yield connection, made.owner
        finally:
            await connection.close()


async def refused(connection: Any, sql: str) -> None:
    """It is refused for want of a right, with the whole ledger in its scope."""
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await run(connection, OPEN_UP, sql)


async def test_no_column_of_a_line_can_be_changed(both: tuple[Any, Any]) -> None:
    """Column by column, those that a later migration adds as well: by an update, by an insert that meets the line, and
    by saying which transaction it was."""
    app, owner = both
    columns = await owner.fetch(
        "select attname as name from pg_attribute where attrelid = 'ledger'::regclass and attnum > 0"
    )
    assert len(columns) >= 16
    for name in (row["name"] for row in columns):
        await refused(app, f"update ledger set {name} = {name}")
        await refused(app, f"{LINE} on conflict (id) do update set {name} = excluded.{name}")


async def test_no_way_round_leads_to_an_earlier_line(both: tuple[Any, Any]) -> None:
    """By no statement, no lock, no rule or trigger, no role and no setting."""
    app, owner = both
    before = await owner.fetch("select * from ledger order by id")
    for way in WAYS:
        await refused(app, way)
    assert await owner.fetch("select * from ledger order by id") == before


async def test_a_line_can_be_added(both: tuple[Any, Any]) -> None:
    """What is refused above is not refused because everything is."""
    app, owner = both
    before = await owner.fetchval("select count(*) from ledger")
    await app.execute(LINE)
    assert await owner.fetchval("select count(*) from ledger") == before + 1

"""The operator's commands over a real PostgreSQL."""

import asyncio
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import pytest

from api.__main__ import main
from api.capacities import caller_of
from api.commands import operating
from api.runtime import Runtime
from api.settings import Settings
from api.wiring.database import CannotStart
from api.wiring.opening import opened
from domain.confidentiality.principal import Principal, PrincipalKind
from domain.confidentiality.roles import Role
from domain.kernel.errors import NotNow
from persistence import migrate
from persistence.keys import generate
from tests import servers
from tests.servers import Urls

ISSUER = "https://id.example"
JO = Principal(ISSUER, "jo-of-the-command-line", PrincipalKind.PARTNER)
OLD, NEW = generate(1), generate(2)


def settings(urls: Urls, keys: str) -> Settings:
    """What an operator has set."""
    return Settings(database_url=urls.app_url, migrations_url=urls.owner_url, keys=keys, pool_size=2)


async def grant(urls: Urls, keys: str, subject: str = JO.subject) -> None:
    """`peer-support grant-first`."""
    await operating.grant_first(settings(urls, keys), ISSUER, subject, "SAMARITANS", "PARTNER", "MDI")


@asynccontextmanager
async def running(urls: Urls, keys: str) -> AsyncGenerator[Runtime]:
    """What a process with these keys runs on."""
    async with opened(settings(urls, keys), for_work=True) as found:
        yield found.runtime


async def test_the_first_administrator_is_known_again_under_a_newer_key(database: Urls) -> None:
    """Granted once; his token finds his one row and his role, before and after the key was changed; his name stands in
    no row. Keys that do not open his row start nothing, and grant nobody."""
    await migrate.upgrade(database.owner_url)
    await grant(database, OLD)
    actors = set[object]()
    for keys in (OLD, f"{OLD},{NEW}", f"{NEW},{OLD}"):
        async with running(database, keys) as runtime:
            caller = await caller_of(runtime, JO)
        assert [c.role for c in caller.capacities] == [Role.ACCESS_ADMINISTRATOR]
        actors.add(caller.actor)
        with pytest.raises(NotNow):
            await grant(database, keys, "another")
    assert len(actors) == 1
    for table in ("actor", "assignment"):
        told = servers.run_sql(database, f"select t::text from {table} t").strip()
        assert len(told.splitlines()) == 1
        for form in (JO.subject, JO.subject.encode().hex()):
            assert form not in told
    with pytest.raises(CannotStart, match="KEYS: these keys do not open what this database holds"):
        await grant(database, NEW, "another")


def test_a_step_that_a_database_refuses_is_one_line(
    database: Urls, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`peer-support migrate` over names that an older release kept in clear: what to do, no traceback, nothing done.
    Emptied as it says, the database takes the step."""

    def said(*command: str) -> tuple[object, str]:
        monkeypatch.setattr(sys, "argv", ["peer-support", *command])
        return main(), capsys.readouterr().err

    mine = servers.create_database(database.version)
    try:
        monkeypatch.setenv("DATABASE_URL", mine.app_url)
        monkeypatch.setenv("MIGRATIONS_URL", mine.owner_url)
        asyncio.run(migrate.upgrade(mine.owner_url, "0007"))
        row = "insert into actor values (gen_random_uuid(), 1, 'issuer', 'jo', 'STAFF', null)"
        servers.run_sql(mine, "set session_replication_role = replica", row)
        code, line = said("migrate")
        assert code == 1
        assert line.startswith("peer-support: the table actor holds names in clear")
        assert line.count("\n") == 1
        assert "jo" not in line.split()
        assert servers.run_sql(mine, "select version_num from alembic_version").strip() == "0007"
        assert said("migrate", "--down") == (0, "")
        assert said("migrate") == (0, "")
    finally:
        servers.drop_database(mine)

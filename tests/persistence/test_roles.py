"""The roles are weak on purpose, however often and by whomever they are made, on the oldest and newest PostgreSQL."""

import asyncpg
import pytest

from persistence import roles
from tests import servers
from tests.servers import Urls


async def run(url: str, *statements: str) -> object:
    connection = await asyncpg.connect(url)
    try:
        found: object = None
        for statement in statements:
            found = await connection.fetchval(statement)
        return found
    finally:
        await connection.close()


async def test_the_server_is_of_the_version_asked_for(database: Urls) -> None:
    """A test that says it ran on a version did."""
    assert str(await run(database.app_url, "show server_version")).split(".")[0] == database.version


async def test_the_application_is_the_sealer_only_while_it_says_so(database: Urls) -> None:
    """What only the sealer may do is refused to the application before it takes the role on, and after."""
    await run(
        database.owner_url,
        "create table sealed_things (id int)",
        "grant select on sealed_things to peer_support_sealer",
    )
    count = "select count(*) from sealed_things"
    assert await run(database.app_url, "set role peer_support_sealer", count) == 0
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await run(database.app_url, count)
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await run(database.app_url, "set role peer_support_sealer", "reset role", count)


async def test_nobody_logs_in_as_the_sealer(database: Urls) -> None:
    """The sealer is a role to take on, not a login."""
    with pytest.raises(asyncpg.InvalidAuthorizationSpecificationError, match="not permitted to log in"):
        await run(database.app_url.replace("peer_support_app@", "peer_support_sealer@"), "select 1")


@pytest.mark.parametrize("statement", ["create table t (i int)", "create temporary table t (i int)", "create schema s"])
async def test_the_application_makes_no_tables(database: Urls, statement: str) -> None:
    """Not even a temporary one, which would be found before ours of the same name."""
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await run(database.app_url, statement)


async def test_an_unknown_login_may_not_even_connect(database: Urls) -> None:
    """The right to connect, which PostgreSQL gives to everybody, is the application's alone."""
    await run(database.owner_url, "drop role if exists passer_by", "create role passer_by login")
    with pytest.raises(asyncpg.InsufficientPrivilegeError, match="permission denied for database"):
        await run(database.app_url.replace("peer_support_app@", "passer_by@"), "select 1")


async def test_roles_grown_strong_are_weak_again_after_the_statements(database: Urls) -> None:
    """To run the statements again changes nothing, but for powers and limits that somebody has changed."""
    names = roles.RoleNames(application="strong_app", sealer="strong_sealer", mixer="strong_mixer")
    statements = roles.statements(database.database, names)
    look = (
        "select string_agg(concat_ws(' ', rolname, rolcanlogin, rolinherit, rolsuper, rolbypassrls, rolcreatedb,"
        " rolcreaterole, rolreplication, rolconfig), '; ' order by rolname) from pg_roles where rolname like 'strong_%'"
    )
    await run(database.owner_url, *statements)
    weak = await run(database.owner_url, look)
    assert str(weak).startswith("strong_app t f f f f f f {")
    assert str(weak).endswith("strong_mixer f f f f f f f; strong_sealer f f f f f f f")
    await run(database.owner_url, *statements)
    assert await run(database.owner_url, look) == weak
    await run(
        database.owner_url,
        "alter role strong_app superuser bypassrls createdb createrole replication inherit",
        "alter role strong_app set statement_timeout to 0",
        "alter role strong_sealer login",
        "alter role strong_mixer bypassrls",
        *statements,
    )
    assert await run(database.owner_url, look) == weak


async def test_an_owner_who_is_no_superuser_can_make_them(database: Urls) -> None:
    """On a database of somebody else's keeping, CREATEROLE and owning the database are enough, more than once too."""
    for role in ("kept_app", "kept_sealer", "kept_mixer"):
        await run(database.owner_url, f"drop role if exists {role}")
    mine = servers.create_database(database.version)
    try:
        await run(
            mine.owner_url,
            "drop role if exists keeper",
            "create role keeper login createrole",
            f"alter database {mine.database} owner to keeper",
        )
        keeper = mine.owner_url.replace("peer_support_owner@", "keeper@")
        names = roles.RoleNames(application="kept_app", sealer="kept_sealer", mixer="kept_mixer")
        statements = roles.statements(mine.database, names)
        await run(keeper, *statements)
        await run(keeper, *statements)
        kept = mine.app_url.replace("peer_support_app@", "kept_app@")
        assert await run(kept, "show lock_timeout") == "1s"
        for role in ("kept_sealer", "kept_mixer"):
            assert await run(kept, f"set role {role}", "select current_user::text") == role
    finally:
        servers.drop_database(mine)


@pytest.mark.parametrize("name", ["", "x" * 64, "a\0b", "back\\slash"])
def test_names_that_postgresql_would_take_for_others_are_refused(name: str) -> None:
    """A name that would be cut short or read as something else is refused before any SQL is made of it."""
    with pytest.raises(ValueError, match="name"):
        roles.statements("somewhere", roles.RoleNames(application=name))


async def test_a_name_is_quoted(database: Urls) -> None:
    """Any other name is one name, whatever it looks like."""
    names = roles.RoleNames(application='odd"; drop table x; --', sealer="O'Brien")
    await run(database.owner_url, *roles.statements(database.database, names))
    found = "select count(*) from pg_roles where rolname in ('odd\"; drop table x; --', 'O''Brien')"
    assert await run(database.owner_url, found) == 2

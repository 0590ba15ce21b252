"""Before serving: can the database be reached, and is the login as weak as it has to be? Reasons are one line each,
without an address, a password or PostgreSQL's own text."""

from typing import Final

from persistence import driver
from persistence.engine import Connected

OLDEST: Final = 15
"""The oldest major version of PostgreSQL that everything is tried on."""

_REASONS: Final = {
    "28": "the server refuses this login or its password",
    "3D": "there is no such database on the server",
    "53": "the server takes no more connections",
    "57": "the server is starting or stopping",
    "42501": "this login may not connect to the database",
}

_DANGERS: Final = """
    select
        (select coalesce(bool_or(rolsuper), false) from mine) as super,
        (select coalesce(bool_or(rolbypassrls), false) from mine) as bypass,
        exists (
            select from pg_class c where c.relkind in ('r', 'p', 'v', 'm', 'S', 'f')
            and c.relnamespace = 'public'::regnamespace and c.relowner in (select oid from mine)
        ) as owns
"""
_MINE: Final = "with mine as (select * from pg_roles where pg_has_role(session_user, oid, 'member'))"


async def cannot_connect(url: str) -> str | None:
    """Why nobody is served from this address, or None."""
    try:
        connection = await driver.connect(url, timeout=5)
    except Exception as error:
        return _reason(error)
    try:
        version = connection.get_server_version().major
    finally:
        await connection.close(timeout=5)
    return f"PostgreSQL {version} is too old: {OLDEST} or later is needed" if version < OLDEST else None


async def refuse_dangerous_login(connection: Connected) -> str | None:
    """Why the service must not serve with this login, or None: fences do not bind whoever is superuser, bypasses row
    security or owns a table, himself or by a role that he may take on."""
    found = (await connection.fetch(_MINE + _DANGERS, []))[0]
    if found["super"]:
        return "the service does not serve as a superuser: give it a login of its own"
    if found["bypass"]:
        return "the service does not serve with a login that bypasses row security"
    if found["owns"]:
        return "the service does not serve as the owner of its tables: give it a login of its own"
    return None


def _reason(error: Exception) -> str:
    state = str(getattr(error, "sqlstate", None) or "")
    for start, reason in _REASONS.items():
        if state.startswith(start):
            return reason
    if isinstance(error, ValueError):
        return "the database's address cannot be read: postgresql://login:password@host:port/name"
    return "no PostgreSQL answers at the database's address"

"""Is the store fit to serve? Three answers, each yes or no, and no word about where or why."""

import re
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from domain.kernel.errors import Unavailable
from persistence.engine import Engine
from persistence.faults import Fault
from persistence.store import PostgresStore

_LOOK: Final = """
    select (select version_num from alembic_version) as revision,
        not pg_is_in_recovery() and current_setting('transaction_read_only') = 'off'
        and has_column_privilege('ledger', 'bytes', 'insert') as writable
"""


@dataclass(frozen=True, slots=True)
class Health:
    """`database` answers; `migrations` are those of this release; a line could be added to the `ledger`."""

    database: bool
    migrations: bool
    ledger: bool

    @property
    def well(self) -> bool:
        """Ready to serve?"""
        return self.database and self.migrations and self.ledger


async def ping(store: PostgresStore) -> Health:
    """Ask once. It never raises, and never waits longer than a borrowed connection may take."""
    try:
        found = (await store.engine.fetch(_LOOK, []))[0]
    except Unavailable:
        return Health(False, False, False)
    except Fault:  # it answers, but has not our tables
        return Health(True, False, False)
    return Health(True, found["revision"] == newest(), found["writable"] and store.appender.well)


async def revision(engine: Engine) -> str | None:
    """The revision that the database is at; None before the first. Asked in SQL: a start needs no Alembic for it."""
    try:
        rows = await engine.fetch("select version_num from alembic_version", [])
    except Fault:
        return None
    return str(rows[0]["version_num"]) if rows else None


@cache
def newest() -> str:
    """The newest revision of this release, from the names of its files: Alembic is slow to import, and only migrating
    needs it."""
    spec = find_spec("migrations")
    folders = [Path(p) for p in (spec.submodule_search_locations or ())] if spec else []
    names = (path.name for folder in folders for path in (folder / "versions").iterdir())
    return max(name[:4] for name in names if re.fullmatch(r"\d{4}_\w+\.py", name))

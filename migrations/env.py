"""How Alembic runs our history: over asyncpg, in one transaction, one runner at a time.

`persistence.migrate` hands it a connection. Run from the command line, it takes the owner's address from MIGRATIONS_URL
or DATABASE_URL.
"""

import asyncio
import os
from typing import Any, Literal, cast

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import ARRAY, Connection, DateTime, Text, text
from sqlalchemy.dialects.postgresql import base

from persistence.migrate import connected
from persistence.tables import METADATA
from persistence.tables.ledger import TransactionId

ONE_AT_A_TIME = 0x7065_6D69
"""The number of the lock that a second runner waits for. Not the worker's: a service that runs keeps nobody from
migrating."""

cast(Any, base).ischema_names["xid8"] = TransactionId  # SQLAlchemy does not know it, and warns when it compares


def render(kind: str, item: Any, _: AutogenContext) -> str | Literal[False]:
    """Plain types in the text of a migration: history must not need the classes of today."""
    if kind != "type":
        return False
    match item:
        case ARRAY():
            of: Any = cast(Any, item).item_type
            return f"sa.ARRAY({render(kind, of, _) or f'sa.{of!r}'})"
        case Text():
            return "sa.Text(collation='C')"
        case _ if isinstance(getattr(item, "impl", item), DateTime):
            return "sa.DateTime(timezone=True)"
        case _:
            return False


def run(connection: Connection) -> None:
    """Run what Alembic was asked for."""
    context.configure(connection=connection, target_metadata=METADATA, render_item=render)
    with context.begin_transaction():
        # A second runner waits for the first, however long that takes.
        connection.execute(text("set local lock_timeout = 0"))
        connection.execute(text("set local statement_timeout = 0"))
        connection.execute(text("select pg_advisory_xact_lock(:lock)"), {"lock": ONE_AT_A_TIME})
        # Waiting for a lock on a busy table, a migration would hold up everybody behind it.
        connection.execute(text("set local lock_timeout = '5s'"))
        context.run_migrations()


async def run_alone() -> None:
    """Run from the command line."""
    url = os.environ.get("MIGRATIONS_URL") or os.environ.get("DATABASE_URL")
    if not url:
        raise SystemExit("MIGRATIONS_URL or DATABASE_URL says which database")
    async with connected(url) as connection:
        await connection.run_sync(run)
        await connection.commit()


if (given := context.config.attributes.get("connection")) is not None:
    run(given)
else:
    asyncio.run(run_alone())

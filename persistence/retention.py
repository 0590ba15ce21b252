"""What the timers delete: each function one batch, one transaction, one entry of the service, given by the caller.

The entry is kept with what it tells of; a tick that finds nothing to do leaves none. Each returns how many rows it
changed. (Retention by kind, holds and receipts: later issues.)
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Final

from domain.confidentiality.entry import Entry
from persistence import statements, steps
from persistence.engine import Engine, Transaction
from persistence.ledger.line import columns_of
from persistence.roles import RoleNames
from persistence.scope import EVERYWHERE

_END_KEYS: Final = """
    with one as (delete from idempotency_key where until <= $1 returning use),
        other as (delete from tally_key where until <= $2 returning use)
    select (select count(*) from one) + (select count(*) from other) as n
"""
_CLEAR: Final = "select ledger_clear($1) as n"


async def end_used_keys(engine: Engine, entry: Entry, now: datetime) -> int:
    """Delete the uses of idempotency keys that have run out, those of tallies too."""
    return await _once(engine, entry, _END_KEYS, [now, now.astimezone(UTC).date()])


async def clear_transactions(engine: Engine, entry: Entry, now: datetime, role: str = RoleNames().sealer) -> int:
    """Take the number of its transaction from closed entries once they may be read, as the sealer: it would join a
    tally to its author's entry for as long as the ledger lives (rule 4). What names nobody goes with all of its day: of
    lines that were cleared ten minutes apart, the clearing would tell the ten minutes. Each is laid elsewhere, in the
    order of their ids: beside what was written with it, its place would tell the minute."""
    quoted = role.replace('"', '""')
    return await _once(engine, entry, _CLEAR, [now], before=f'set local role "{quoted}"')


async def _once(engine: Engine, entry: Entry, sql: str, given: Sequence[Any], *, before: str | None = None) -> int:
    async with engine.transaction() as open:
        scope = statements.scope()
        await open.fetch(scope.sql, scope.arguments({"prisons": EVERYWHERE, "participation": "yes"}))
        if before is not None:
            await open.fetch(before, [])
        rows = await open.fetch(sql, given)
        if before is not None:
            await open.fetch("reset role", [])
        changed = int(rows[0]["n"])
        if changed:
            await _enter(open, entry)
            await open.commit()
        return changed


async def _enter(open: Transaction, entry: Entry) -> None:
    statement = steps.step_entry()
    await open.fetch(statement.sql, statement.arguments({f"e_{n}": v for n, v in columns_of(entry).items()}))

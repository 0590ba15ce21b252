"""What the timers delete: each function one batch, one transaction, one entry of the service, given by the caller.

The entry is kept with what it tells of; a tick that finds nothing to do leaves none. Each returns how many rows it
changed. (Retention by kind, holds and receipts: later issues.)
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

from domain.confidentiality.entry import Change, Entry
from persistence import statements, steps
from persistence.engine import Engine, Transaction
from persistence.ledger.line import columns_of
from persistence.roles import RoleNames
from persistence.scope import EVERYWHERE

# Rule 2's LIVE body: who, where, and which supporters. The version moves, or somebody who read the row just before
# could write the names back.
_EMPTY_REQUESTS: Final = """
    update request set recipient = null, cell = null, language = null, offered_to = null, declined_by = '{}',
        not_wanted = '{}', cleared_by = null, author = null, refused_by = null, version = version + 1
    where closed and readable_until <= $1 and (
        recipient is not null or cell is not null or language is not null or offered_to is not null
        or declined_by <> '{}' or not_wanted <> '{}' or cleared_by is not null
        or author is not null or refused_by is not null
    )
    returning id, version
"""
_EMPTIED: Final = (
    "author",
    "cell",
    "cleared_by",
    "declined_by",
    "language",
    "not_wanted",
    "offered_to",
    "recipient",
    "refused_by",
)
"""Told of every one alike: which of them a request had is nobody's to know."""
_END_KEYS: Final = """
    with one as (delete from idempotency_key where until <= $1 returning use),
        other as (delete from tally_key where until <= $2 returning use)
    select (select count(*) from one) + (select count(*) from other) as n
"""
_CLEAR: Final = """
    with cleared as (
        update ledger set tx = null where closed and tx is not null and readable_from <= $1 returning id
    )
    select count(*) as n from cleared
"""


async def empty_past_requests(engine: Engine, entry: Entry, now: datetime) -> int:
    """Take the names out of the closed-policy requests whose time has passed (rule 2). The entry tells of each by its
    id and version, as a closed matter: to the hour."""

    def told(rows: list[Any]) -> Entry:
        hour = entry.at.replace(minute=0, second=0, microsecond=0)
        changes = (Change("request", UUID(int=r["id"].int), r["version"] - 1, r["version"], _EMPTIED) for r in rows)
        return replace(entry, at=hour, closed=True, changes=tuple(changes))

    return await _once(engine, told, _EMPTY_REQUESTS, [now], len)


async def end_used_keys(engine: Engine, entry: Entry, now: datetime) -> int:
    """Delete the uses of idempotency keys that have run out, those of tallies too."""
    return await _once(engine, lambda _: entry, _END_KEYS, [now, now.astimezone(UTC).date()])


async def clear_transactions(engine: Engine, entry: Entry, now: datetime, role: str = RoleNames().sealer) -> int:
    """Take the number of its transaction from closed entries once they may be read, as the sealer: it would join a
    tally to its author's entry for as long as the ledger lives (rule 4). What names nobody goes with all of its day: of
    lines that were cleared ten minutes apart, the clearing would tell the ten minutes."""
    quoted = role.replace('"', '""')
    return await _once(engine, lambda _: entry, _CLEAR, [now], before=f'set local role "{quoted}"')


def _counted(rows: list[Any]) -> int:
    return int(rows[0]["n"])


async def _once(
    engine: Engine,
    told: Callable[[list[Any]], Entry],
    sql: str,
    given: Sequence[Any],
    count: Callable[[list[Any]], int] = _counted,
    *,
    before: str | None = None,
) -> int:
    async with engine.transaction() as open:
        scope = statements.scope()
        await open.fetch(scope.sql, scope.arguments({"prisons": EVERYWHERE, "participation": "yes"}))
        if before is not None:
            await open.fetch(before, [])
        rows = await open.fetch(sql, given)
        if before is not None:
            await open.fetch("reset role", [])
        changed = count(rows)
        if changed:
            await _enter(open, told(rows))
            await open.commit()
        return changed


async def _enter(open: Transaction, entry: Entry) -> None:
    statement = steps.step_entry()
    await open.fetch(statement.sql, statement.arguments({f"e_{n}": v for n, v in columns_of(entry).items()}))

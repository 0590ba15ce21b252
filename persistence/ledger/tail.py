"""The ledger's tail, in commit order, and how far each destination has got in it (DESIGN 5: it is the outbox too).

A line is in the tail once no transaction that began before its own is still open (`pg_snapshot_xmin`): only then can
nothing come to lie before it any more. Closed lines are never in it: their number goes later (rule 4), and of their use
nothing leaves (rule 3).

**A place is a number of this database's.** Replicas, a failover and `pg_upgrade` keep counting. A dump that is loaded
into a new server does not: its transactions begin again with small numbers, below where a destination stands, and would
be passed over in silence. So a place that lies ahead of the database is noticed each time (`_AHEAD`), and begins again
at the lowest number with what was written from an hour before the last line that the destination took (`least_at`).
What it took in that hour comes twice, with the same ids; older lines, which still have their old large numbers, are not
told again when the new server has counted up to them. What was settled after the dump was made is lost with the rest.
A database that is set back to an earlier day (rule 26) is the same case.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from pydantic import TypeAdapter

from domain.confidentiality.entry import Entry
from domain.ports import Scope
from domain.telling.audit import DayNumber
from domain.telling.ports import Line, Place, Standing
from persistence import statements
from persistence.engine import Engine, Transaction
from persistence.scope import scope_values

MARGIN: Final = timedelta(hours=1)
"""How long an act may last, and hosts' clocks may differ, with room."""
_NOBODY: Final = UUID(int=0)
_ENTRY: Final = TypeAdapter(Entry)

_BEGIN: Final = """
    insert into relay (name, tx, id, since, failures) values ($1, pg_snapshot_xmin(pg_current_snapshot()), $2, $3, 0)
    on conflict (name) do nothing
"""
_IS_AHEAD: Final = "select tx > pg_snapshot_xmax(pg_current_snapshot()) as ahead from relay where name = $1"
_AHEAD: Final = """
    update relay set tx = '0'::xid8, id = $2, least_at = greatest(least_at, since - $3::interval) where name = $1
"""
_LINES: Final = """
    select l.tx::text as tx, l.id, l.bytes
    from relay r, lateral (
        select tx, id, bytes from ledger
        where tx is not null and not closed and tx >= r.tx and (tx, id) > (r.tx, r.id)
            and tx < pg_snapshot_xmin(pg_current_snapshot()) and (r.least_at is null or at >= r.least_at)
        order by tx, id limit $2
    ) l
    where r.name = $1
    order by l.tx, l.id
"""
_TOLD: Final = """
    update relay set tx = ($2::text)::xid8, id = $3, since = $4, failures = 0, again_at = null where name = $1
"""
_STANDING: Final = "select name, failures, again_at from relay where name = any($1::text[]) and failures > 0"
_FAILED: Final = "update relay set failures = $2, again_at = $3 where name = $1"
_DAY: Final = """
    insert into relay (name, tx, id, since, day, failures)
    values ($1, pg_snapshot_xmin(pg_current_snapshot()), $2, $3, $4, 0)
    on conflict (name) do update set day = coalesce(relay.day, excluded.day) returning day
"""
_DAY_TOLD: Final = "update relay set day = $2, failures = 0, again_at = null where name = $1"
# Prisons are walked one by one over their index: a day is then a few pages of each, however long the ledger is.
_NUMBERS: Final = """
    with recursive there as (
        (select prison from ledger where prison is not null order by prison limit 1)
        union all
        select (select prison from ledger where prison > there.prison order by prison limit 1)
        from there where there.prison is not null
    ), prisons as (select prison from there where prison is not null union all select null)
    select p.prison, l.actor, count(*) filter (where l.closed or l.shown_act <> all($3::text[])) as number
    from prisons p join lateral (
        select actor, closed, shown_act from ledger
        where (prison = p.prison or (p.prison is null and prison is null)) and shown_at >= $1 and shown_at < $2
            and actor is not null
    ) l on true
    group by p.prison, l.actor order by p.prison nulls first, l.actor
"""


class LedgerTail:
    """`domain.telling.ports.Tail` over PostgreSQL."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def lines(self, name: str, most: int, now: datetime) -> Sequence[Line]:
        """What comes next for a destination."""
        async with self._engine.transaction() as open:
            await _everywhere(open)
            found = await open.fetch(_IS_AHEAD, [name])
            if not found:
                await open.fetch(_BEGIN, [name, _NOBODY, now])
            elif found[0]["ahead"]:
                await open.fetch(_AHEAD, [name, _NOBODY, MARGIN])
            rows = await open.fetch(_LINES, [name, most])
            await open.commit()
        return [
            Line(Place(int(r["tx"]), UUID(int=r["id"].int), entry.at), entry)
            for r in rows
            for entry in [entry_of(r["bytes"])]
        ]

    async def told(self, name: str, place: Place) -> None:
        """It has taken everything up to here."""
        await self._engine.fetch(_TOLD, [name, str(place.tx), place.id, place.at])

    async def standing(self, names: Collection[str]) -> Mapping[str, Standing]:
        """How these stand."""
        rows = await self._engine.fetch(_STANDING, [list(names)])
        return {r["name"]: Standing(r["failures"], r["again_at"]) for r in rows}

    async def failed(self, name: str, standing: Standing) -> None:
        """It took nothing."""
        await self._engine.fetch(_FAILED, [name, standing.failures, standing.again_at])

    async def day_of(self, name: str, today: date) -> date:
        """The last day whose numbers it was told."""
        midnight = datetime.combine(today, time(), UTC)
        rows = await self._engine.fetch(_DAY, [name, _NOBODY, midnight, today - timedelta(days=1)])
        return rows[0]["day"]

    async def day_told(self, name: str, day: date) -> None:
        """It has taken this day's."""
        await self._engine.fetch(_DAY_TOLD, [name, day])

    async def numbers(self, day: date, apart: Collection[str]) -> Sequence[DayNumber]:
        """How much everybody did on a day."""
        begins = datetime.combine(day, time(), UTC)
        async with self._engine.transaction() as open:
            await _everywhere(open)
            rows = await open.fetch(_NUMBERS, [begins, begins + timedelta(days=1), sorted(apart)])
        return [DayNumber(r["prison"], UUID(int=r["actor"].int), r["number"]) for r in rows]


async def _everywhere(open: Transaction) -> None:
    scope = statements.scope()
    await open.fetch(scope.sql, scope.arguments(scope_values(Scope(None, True))))


def entry_of(written: bytes) -> Entry:
    """The entry that these bytes are (`persistence.ledger.line.canonical`)."""
    return _ENTRY.validate_json(written)

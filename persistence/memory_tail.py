"""The tail of a store that forgets, with the answers of `persistence.ledger.tail`, for tests: one suite runs over
both."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from domain.telling.audit import DayNumber
from domain.telling.ports import Line, Place, Standing
from persistence.ledger.line import line_of
from persistence.memory import MemoryStore


class MemoryTail:
    """`domain.telling.ports.Tail` over the entries of a `MemoryStore`: a transaction's number is its place there."""

    def __init__(self, store: MemoryStore) -> None:
        self._store = store
        self._places: dict[str, int] = {}
        self._standing: dict[str, Standing] = {}
        self._days: dict[str, date] = {}

    async def lines(self, name: str, most: int, now: datetime) -> Sequence[Line]:
        """What comes next for a destination."""
        del now
        if name not in self._places:
            self._places[name] = self._begins(name)
        entries = enumerate(self._store.entries[self._places[name] :], self._places[name] + 1)
        return [Line(Place(tx, e.id, e.at), e) for tx, e in entries if not e.closed][:most]

    async def told(self, name: str, place: Place) -> None:
        """It has taken everything up to here."""
        self._places[name] = place.tx
        self._standing.pop(name, None)

    async def standing(self, names: Collection[str]) -> Mapping[str, Standing]:
        """How these stand."""
        return {name: self._standing[name] for name in names if name in self._standing}

    async def failed(self, name: str, standing: Standing) -> None:
        """It took nothing."""
        self._standing[name] = standing

    async def day_of(self, name: str, today: date) -> date:
        """The last day whose numbers it was told."""
        return self._days.setdefault(name, today - timedelta(days=1))

    async def day_told(self, name: str, day: date) -> None:
        """It has taken this day's."""
        self._days[name] = day
        self._standing.pop(name, None)

    async def numbers(self, day: date, apart: Collection[str]) -> Sequence[DayNumber]:
        """How much everybody did on a day."""
        found: Counter[tuple[str | None, UUID]] = Counter()
        for entry in self._store.entries:
            if entry.actor is not None and line_of(entry).at.astimezone(UTC).date() == day:
                found[entry.prison, entry.actor] += entry.closed or entry.verb not in apart
        there = sorted(found.items(), key=lambda each: (each[0][0] or "", each[0][1]))
        return [DayNumber(prison, actor, number) for (prison, actor), number in there]

    def _begins(self, name: str) -> int:
        """A webhook's where it was made: in PostgreSQL a trigger says so."""
        for at, entry in enumerate(self._store.entries):
            if any(c.before == 0 and name == f"hook:{c.id}" for c in entry.changes):
                return at
        return len(self._store.entries)

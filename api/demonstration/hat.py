"""The hat that made-up things are drawn from: chance, ids, dates and people.

Content comes from one generator with a number of its own, in one order, so that the same number and the same instant
make the same year. Ids never come from it: an id that could be worked out would be a defect even here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import TypeVar
from zoneinfo import ZoneInfo

from api.demonstration.people import JURISDICTION, Prison, Stranger, strangers
from domain.kernel.ids import PersonId
from domain.kernel.words import JURISDICTIONS
from domain.people.record import Person
from domain.ports import Ids

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Hat:
    """What makers of made-up records draw from. `now` ends the year."""

    chance: Random
    ids: Ids
    now: datetime
    unmet: Iterator[Stranger]

    @property
    def today(self) -> date:
        """The day, as the domain counts it (UTC)."""
        return self.now.date()

    def days(self, least: int, most: int) -> timedelta:
        """So many days, ends included."""
        return timedelta(days=self.chance.randint(least, most))

    def likely(self, share: float) -> bool:
        """True in this share of draws."""
        return self.chance.random() < share

    def weighed(self, shares: Sequence[tuple[T, int]]) -> T:
        """One of them, by weight."""
        return self.chance.choices([thing for thing, _ in shares], [weight for _, weight in shares])[0]

    def at(self, day: date, clock: time) -> datetime:
        """The instant of this local time in the prisons, in UTC."""
        zone = ZoneInfo(JURISDICTIONS[JURISDICTION].time_zone)
        return datetime.combine(day, clock, zone).astimezone(UTC)

    def person(self, prison: Prison, *, who: Stranger | None = None, wing: str | None = None) -> Person:
        """Somebody in this prison: this one, or one not met before."""
        of = next(self.unmet) if who is None else who
        id = PersonId(self.ids())
        return Person(
            id=id,
            person=id,
            jurisdiction=JURISDICTION,
            prison=prison.code,
            wing=wing or self.chance.choice(prison.wings),
            identifier_kind=JURISDICTIONS[JURISDICTION].identifier_kind,
            identifier=of.identifier,
            name=of.name,
        )


def hat(number: int, ids: Ids, now: datetime) -> Hat:
    """A hat with this number's content."""
    chance = Random(number)  # noqa: S311  (made-up people; nothing secret hangs on it)
    return Hat(chance, ids, now, strangers(chance))

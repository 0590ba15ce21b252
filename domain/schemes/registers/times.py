"""When a scheme runs: times of the week by band, and from them when it is next to be had. How to ask is said by the
scheme. What is told here is the plan, never whether anybody came (rule 9)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from domain.act import Act, Begin
from domain.confidentiality.classification import Open
from domain.confidentiality.disclosure import Tag, View
from domain.confidentiality.record import record
from domain.confidentiality.verbs import Verb
from domain.kernel.bands import Band
from domain.kernel.days import zone_of
from domain.kernel.errors import Failure
from domain.kernel.ids import MeetingPlaceId, SchemeId, ServiceTimeId
from domain.ports import Query
from domain.schemes.belonging import OfScheme, changed, drafted, scheme_to_write, sound, with_
from domain.schemes.record import Scheme
from domain.schemes.registers.hours import Hours, Weekday
from domain.schemes.registers.places import MeetingPlace

MOST: Final = 100
"""Times of one scheme: a week has no more that make sense."""
AHEAD: Final = 366
"""Days: how far ahead the next times are looked for."""


@record(kind="service-time", kept="six years after its scheme closes; it names nobody in custody")
class ServiceTime(OfScheme):
    """A time of the week at which the scheme runs, by the clock on the prison's wall (HH:MM). A night ends on the next
    morning; `valid_from` and `valid_until` are the first and the last day on which it begins."""

    id: Open[ServiceTimeId]
    version: Open[int] = 0
    scheme: Open[SchemeId]
    jurisdiction: Open[str]
    prison: Open[str]
    organisation: Open[str]
    weekday: Open[Weekday]
    band: Open[Band]
    starts: Open[str]
    """HH:MM by the clock on the prison's wall."""
    ends: Open[str]
    """HH:MM; of a night, on the next morning."""
    valid_from: Open[date]
    valid_until: Open[date | None] = None
    """The last day on which it holds; None: until further notice."""
    place: Open[MeetingPlaceId | None] = None

    def hours(self) -> Hours:
        """The same, to reckon with."""
        starts, ends = time.fromisoformat(self.starts), time.fromisoformat(self.ends)
        return Hours(self.weekday, starts, ends, self.valid_from, self.valid_until)

    def faults(self) -> Iterable[Failure]:
        """It ends after it begins: a night on the next morning, any other band on the same day."""
        if self.ends == self.starts or (self.ends < self.starts and self.band is not Band.NIGHT):
            yield Failure("ENDS_BEFORE_START", "/ends")
        if self.valid_until is not None and self.valid_until < self.valid_from:
            yield Failure("ENDS_BEFORE_START", "/validUntil")


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time at which the scheme is to be had, as instants (UTC). `in_use`: its place is, where it has one."""

    starts_at: datetime
    ends_at: datetime
    of: ServiceTime
    in_use: bool = True


def next_of(times: Iterable[ServiceTime], now: datetime, zone: ZoneInfo, count: int) -> list[Occurrence]:
    """The next ones, in the order of time, the one that is on now among them; fewer where a year holds fewer."""
    found: list[Occurrence] = []
    rules = [(one, one.hours()) for one in times]
    yesterday = now.astimezone(zone).date() - timedelta(days=1)
    for day in (yesterday + timedelta(days=n) for n in range(AHEAD)):
        there = ((one, hours.on(day, zone)) for one, hours in rules)
        found += [Occurrence(*on, one) for one, on in there if on is not None and on[1] > now]
        if len(found) >= count:
            break
    return sorted(found, key=lambda o: (o.starts_at, o.of.id))[:count]


async def add(begin: Begin, scheme: UUID, **given: Any) -> View[ServiceTime]:
    """A time of the week. It overlaps none that the scheme has."""
    async with begin.serially(Verb.KEEP_SERVICE_TIME) as act:
        new = drafted(act, await scheme_to_write(act, scheme, ServiceTime), ServiceTime, **given)
        act.keep(await _fitting(act, new))
        return act.disclose(new)


async def amend(begin: Begin, id: UUID, *, seen: Tag, changes: Mapping[str, Any]) -> View[ServiceTime]:
    """Change the members that were sent; it still overlaps no other."""
    async with begin.serially(Verb.KEEP_SERVICE_TIME) as act:
        act.admit_writes(changes)
        was = await act.fetch(ServiceTime, id, seen=seen)
        return await changed(act, was, await _fitting(act, with_(was, **changes)))


async def _fitting(act: Act, new: ServiceTime) -> ServiceTime:
    """It, if it is sound, overlaps no other of the scheme, and its place is the scheme's: all that is wrong at once."""
    others = await act.known(ServiceTime, Query(equal={"scheme": new.scheme}, limit=MOST + 1))
    hours, besides = new.hours(), [other for other in others if other.id != new.id]
    place = None if new.place is None else await act.known_one(MeetingPlace, new.place)
    wrong: Sequence[tuple[bool, str, str]] = (
        (any(hours.overlaps(other.hours()) for other in besides), "OVERLAPS_ANOTHER", "/starts"),
        (len(besides) >= MOST, "TOO_MANY_ITEMS", ""),
        (new.place is not None and (place is None or place.scheme != new.scheme), "NOT_OF_THIS_SCHEME", "/place"),
    )
    return sound(act, new, *(Failure(code, path) for is_so, code, path in wrong if is_so))


async def availability(begin: Begin, scheme: UUID, count: int) -> list[Occurrence]:
    """When the scheme is next to be had, as planned; never, while it is not open: what nobody comes to is not told."""
    async with begin(Verb.READ_AVAILABILITY) as act:
        of = await act.fetch(Scheme, scheme)
        if not of.open:
            return []
        times = await act.search(ServiceTime, Query(equal={"scheme": of.id}, limit=MOST))
        places = await act.search(MeetingPlace, Query(equal={"scheme": of.id}, limit=MOST))
        gone = {place.id for place in places.items if place.out_of_use_since is not None}
        for shown in times.items:
            act.disclose(shown)
        found = next_of(times.items, act.now, zone_of(of.jurisdiction), count)
        return [Occurrence(o.starts_at, o.ends_at, o.of, o.of.place not in gone) for o in found]

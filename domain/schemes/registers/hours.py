"""Wall-clock times of a week as instants: across midnight, and over the nights on which clocks change.

A night from 21:00 to 07:00 lasts ten hours; nine when the clocks go forward, eleven when they go back. A time in the
hour that is left out is the change itself; one in the hour that comes twice is the first of the two. So what follows on
the wall follows in time, and times that do not overlap on the wall never do.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

A_DAY: Final = 24 * 60
"""Minutes, as a wall clock counts them."""


class Weekday(StrEnum):
    """The day of the week on which it begins."""

    MONDAY = "MONDAY"
    TUESDAY = "TUESDAY"
    WEDNESDAY = "WEDNESDAY"
    THURSDAY = "THURSDAY"
    FRIDAY = "FRIDAY"
    SATURDAY = "SATURDAY"
    SUNDAY = "SUNDAY"


WEEK: Final = tuple(Weekday)
"""In the order in which Python counts them."""


@dataclass(frozen=True, slots=True)
class Hours:
    """Every week on one day, from one time to another by the clock on the wall; where that is no later, until that time
    of the next morning. From a first day to a last one, which are those on which it begins; None: no last one."""

    weekday: Weekday
    starts: time
    ends: time
    first: date
    last: date | None

    def on(self, day: date, zone: ZoneInfo) -> tuple[datetime, datetime] | None:
        """From and until when (UTC) it is on, where it begins on this day: None where it does not, or where clocks that
        go forward leave nothing of it."""
        begins = day.weekday() == WEEK.index(self.weekday) and self.first <= day and (self.last or day) >= day
        if not begins:
            return None
        until = day + timedelta(days=1) if self.ends <= self.starts else day
        start, end = instant(day, self.starts, zone), instant(until, self.ends, zone)
        return (start, end) if start < end else None

    def overlaps(self, other: "Hours") -> bool:
        """Whether there is a minute that both hold, in any week that both are in force: that of Sunday's night and
        Monday's morning too."""
        (start, end), (begin, until) = self._minutes(), other._minutes()
        return any(
            start < until + shift * A_DAY and begin + shift * A_DAY < end and self._meets(other, shift)
            for shift in (-1, 0, 1)  # so many days after this one the other begins
        )

    def _minutes(self) -> tuple[int, int]:
        start, end = (t.hour * 60 + t.minute for t in (self.starts, self.ends))
        return start, end if start < end else end + A_DAY

    def _meets(self, other: "Hours", shift: int) -> bool:
        """Whether there is a day on which this one begins, and so many days later the other. Days are counted, for the
        calendar has an end."""
        on = WEEK.index(self.weekday)
        if (on + shift) % 7 != WEEK.index(other.weekday):
            return False
        first = max(self.first.toordinal(), other.first.toordinal() - shift)
        lasts = [last.toordinal() - by for last, by in ((self.last, 0), (other.last, shift)) if last is not None]
        next_one = first + (on + 1 - first) % 7  # the calendar's first day, 1, was a Monday
        return all(next_one <= last for last in lasts)


def instant(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """When (UTC) the clocks on the wall show this on that day."""
    wall = datetime.combine(day, clock)
    while True:
        at = wall.replace(tzinfo=zone).astimezone(UTC)
        if at.astimezone(zone).replace(tzinfo=None) == wall:
            return at
        wall += timedelta(minutes=1)  # in the hour that is left out: on to its end

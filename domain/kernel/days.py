"""The one calendar: which day it is, is said by the clocks on a prison's wall, and by no other. At half past midnight
in a British summer UTC still has yesterday."""

from calendar import monthrange
from datetime import date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from domain.kernel.words import JURISDICTIONS


class InJurisdiction(Protocol):
    """Whatever lies in a jurisdiction."""

    @property
    def jurisdiction(self) -> str: ...


def zone_of(jurisdiction: str) -> ZoneInfo:
    """The zone of the jurisdiction's clocks; UTC for one that the service does not know."""
    known = JURISDICTIONS.get(jurisdiction)
    return ZoneInfo("UTC" if known is None else known.time_zone)


def local_day(of: InJurisdiction, now: datetime) -> date:
    """The day by the clocks where this lies: what is due on a day is due by theirs."""
    return now.astimezone(zone_of(of.jurisdiction)).date()


def overdue(due: date | None, of: InJurisdiction, now: datetime) -> bool:
    """Whether the day on which something of this was due has passed; never, where none was set."""
    return due is not None and due < local_day(of, now)


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or before where there are fewer than none; the last of a month that is too
    short for it."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))

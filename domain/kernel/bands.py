"""Regime bands of a prison by the local clock, across midnight and clock changes (domain facts 12).

Times are local; these are the defaults of every prison. Reports speak of bands, never of clock hours.
"""

from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo


class Band(StrEnum):
    """Regime bands, with the night that the estate's own systems lack (domain facts 12)."""

    AM = "AM"
    LUNCH_LOCKUP = "LUNCH_LOCKUP"
    PM = "PM"
    ED = "ED"
    NIGHT = "NIGHT"


STARTS: Final = (
    (time(7, 45), Band.AM),
    (time(12, 15), Band.LUNCH_LOCKUP),
    (time(13, 45), Band.PM),
    (time(17, 15), Band.ED),
    (time(20, 30), Band.NIGHT),
)
AFTER_BAND: Final = timedelta(hours=2)
"""How long after its band a live request stays readable (rule 2)."""


def band_at(at: datetime, zone: str) -> tuple[Band, datetime]:
    """The band that holds this instant, and the instant (UTC) at which it ends."""
    here = ZoneInfo(zone)
    local = at.astimezone(here)
    for index in reversed(range(len(STARTS))):
        start, band = STARTS[index]
        if local.time() >= start:
            if band is Band.NIGHT:
                return band, _at(local, STARTS[0][0], here, days=1)
            return band, _at(local, STARTS[index + 1][0], here)
    return Band.NIGHT, _at(local, STARTS[0][0], here)


@lru_cache(maxsize=4096)
def span(day: date, band: Band, zone: str) -> tuple[datetime, datetime]:
    """When the band of this day begins and ends (UTC): a night ends on the next morning."""
    here = ZoneInfo(zone)
    index = next(n for n, (_, each) in enumerate(STARTS) if each is band)
    start = datetime.combine(day, STARTS[index][0], here)
    night = index + 1 == len(STARTS)
    return start.astimezone(UTC), _at(start, STARTS[0 if night else index + 1][0], here, days=int(night))


def _at(local: datetime, clock: time, zone: ZoneInfo, days: int = 0) -> datetime:
    day = local.date() + timedelta(days=days)
    return datetime.combine(day, clock, zone).astimezone(UTC)


def readable_until(at: datetime, zone: str) -> tuple[Band, datetime]:
    """The band of this instant, and until when a live request of it may be read."""
    band, end = band_at(at, zone)
    return band, end + AFTER_BAND

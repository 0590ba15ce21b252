"""A Listener's tally: a count with codes, handed in and never read back (rule 1).

It has no date, no wing, no supporter, no device and no author: with a date it would be alone in its cell more often
than not. It goes into a letterbox as ciphertext of constant length, and everybody gets the same receipt. The
mixer opens the box at the month's end (`domain.sessions.mixing`).
"""

from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final
from zoneinfo import ZoneInfo

from domain.kernel.bands import band_at
from domain.kernel.errors import Failure, Unacceptable
from domain.sessions.codes import Band, Concern, DurationBand, YesNoUnknown

RECEIPT: Final = "HANDED_IN"
"""The one constant answer."""
BOX: Final = "tally"
MOST_CONCERNS: Final = 6


class DayOrNight(StrEnum):
    """All that is kept of the hour."""

    DAY = "DAY"
    NIGHT = "NIGHT"


@dataclass(frozen=True, slots=True)
class Tally:
    """What is handed in. `month` is the first of the month as YYYY-MM."""

    prison: str
    month: str
    part: DayOrNight
    duration: DurationBand
    concerns: tuple[Concern, ...]
    first_time: YesNoUnknown
    suicidal_feelings: YesNoUnknown
    self_harm: YesNoUnknown

    def plain(self) -> dict[str, Any]:
        """Plain values for the letterbox, enums as their text."""
        values = {name: str(value) for name, value in asdict(self).items() if name != "concerns"}
        return {**values, "concerns": [concern.value for concern in self.concerns]}


def tally_of(
    *,
    prison: str,
    month: str,
    part: DayOrNight,
    duration: DurationBand,
    concerns: tuple[Concern, ...],
    first_time: YesNoUnknown,
    suicidal_feelings: YesNoUnknown,
    self_harm: YesNoUnknown,
    now: datetime,
    zone: str,
) -> Tally:
    """A tally of this month or the last one. Raises `Unacceptable`: a month ahead, or long past."""
    here = now.astimezone(ZoneInfo(zone))
    last = (here.year, here.month - 1) if here.month > 1 else (here.year - 1, 12)
    allowed = {f"{here.year:04d}-{here.month:02d}", f"{last[0]:04d}-{last[1]:02d}"}
    if month not in allowed:
        raise Unacceptable([Failure("MONTH_NOT_OPEN", "/month")])
    if len(set(concerns)) != len(concerns) or len(concerns) > MOST_CONCERNS:
        raise Unacceptable([Failure("CONCERNS", "/concerns")])
    return Tally(prison, month, part, duration, concerns, first_time, suicidal_feelings, self_harm)


def day_or_night(at: datetime, zone: str) -> DayOrNight:
    """DAY or NIGHT of an instant in a prison's zone."""
    return DayOrNight.NIGHT if band_at(at, zone)[0] is Band.NIGHT else DayOrNight.DAY

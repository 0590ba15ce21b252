"""How much is asked of one supporter, worked out from the published rota alone: hours in seven days, nights in seven,
and rest after a night (X9, F42). Never from contacts: what a contact adds would tell that there was one (rule 9).

A night on call counts as a night and not as hours: most of it is slept, and what is not tells of a contact.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from domain.kernel.bands import Band, span
from domain.schemes.sheet import Load

SEVEN: Final = 7


class LoadCode(StrEnum):
    """A limit of the kind's that is passed. The first only is said; the others are hard."""

    LOAD_HOURS_SOFT = "LOAD_HOURS_SOFT"
    LOAD_HOURS = "LOAD_HOURS"
    LOAD_NIGHTS = "LOAD_NIGHTS"
    LOAD_REST = "LOAD_REST"


HARD: Final = frozenset(LoadCode) - {LoadCode.LOAD_HOURS_SOFT}


@dataclass(frozen=True, slots=True)
class Shift:
    """A band of a day for which somebody is rostered."""

    day: date
    band: Band


def minutes(shift: Shift, zone: str) -> int:
    """What counts towards hours a week."""
    start, end = span(shift.day, shift.band, zone)
    return 0 if shift.band is Band.NIGHT else int((end - start).total_seconds() // 60)


@dataclass(frozen=True, slots=True)
class Asked:
    """How much the rota asks: minutes and nights of the seven days up to today and of the seven after, and the most
    nights in a row of both."""

    minutes_last: int
    minutes_next: int
    nights_last: int
    nights_next: int
    in_a_row: int


def asked(shifts: Iterable[Shift], today: date, zone: str) -> Asked:
    """What is asked of somebody with these shifts."""
    week, every = timedelta(days=SEVEN), list(shifts)
    last = [s for s in every if today - week < s.day <= today]
    following = [s for s in every if today < s.day <= today + week]
    worked, ahead = (sum(minutes(s, zone) for s in part) for part in (last, following))
    nights, to_come = (sum(s.band is Band.NIGHT for s in part) for part in (last, following))
    return Asked(worked, ahead, nights, to_come, in_a_row([*last, *following]))


def passed(new: Shift, others: Iterable[Shift], limits: Load, zone: str) -> tuple[LoadCode, ...]:
    """The limits that are passed with this shift beside the others, in the order of the codes."""
    every = [*others, new]
    hours = _heaviest(every, new.day, zone) / 60
    nights = max(_nights(every, start) for start in _windows(new.day))
    found = {
        LoadCode.LOAD_HOURS_SOFT: limits.hours_soft < hours <= limits.hours_hard,
        LoadCode.LOAD_HOURS: hours > limits.hours_hard,
        LoadCode.LOAD_NIGHTS: new.band is Band.NIGHT and nights > limits.nights_in_seven,
        LoadCode.LOAD_REST: any(tired(new, other, limits, zone) for other in every),
    }
    return tuple(code for code, so in found.items() if so)


def in_a_row(shifts: Iterable[Shift]) -> int:
    """The most nights in a row."""
    nights = {s.day for s in shifts if s.band is Band.NIGHT}
    longest = 0
    for day in nights:
        run = 0
        while day + timedelta(days=run) in nights:
            run += 1
        longest = max(longest, run)
    return longest


def _windows(day: date) -> list[date]:
    """The first days of all spans of seven days that hold this day."""
    return [day - timedelta(days=n) for n in range(SEVEN)]


def _within(shift: Shift, start: date) -> bool:
    return start <= shift.day < start + timedelta(days=SEVEN)


def _nights(shifts: Iterable[Shift], start: date) -> int:
    return sum(s.band is Band.NIGHT and _within(s, start) for s in shifts)


def _heaviest(shifts: Iterable[Shift], day: date, zone: str) -> int:
    counted = [(shift, minutes(shift, zone)) for shift in shifts]
    return max(sum(m for shift, m in counted if _within(shift, start)) for start in _windows(day))


def tired(one: Shift, other: Shift, limits: Load, zone: str) -> bool:
    """Whether the later of the two begins too soon after a night."""
    night, then = sorted((one, other), key=lambda s: span(s.day, s.band, zone)[0])
    if night.band is not Band.NIGHT or night == then:
        return False
    return span(then.day, then.band, zone)[0] < span(night.day, night.band, zone)[1] + timedelta(
        hours=limits.rest_hours
    )

"""How long supporters usually stay, estimated from a scheme's own past (domain facts 14; S25, F20).

Where enough have left it is the Kaplan-Meier curve of their time in role. Beyond the day at which too few are still
observed the curve's steps are noise, so from there on the average rate of leaving holds. Where too few have left, the
average rate alone is used, drawn towards a prior that is written here. Whoever is still in role, or left because he was
released or the scheme ended, says only that he stayed so long: release is known from its date, and is counted there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import exp, expm1, log, sqrt
from typing import Final

LEAVERS_NEEDED: Final = 8
"""So many must have left before a scheme's own curve is believed. With fewer, one more or less moves it by a tenth."""
OBSERVED_NEEDED: Final = 5
"""The curve's steps count as long as so many are still observed."""
PRIOR_LEAVERS: Final = 4.0
PRIOR_DAYS: Final = 4 * 360.0
"""The prior: of supporters in role one leaves in 360 days' service, as if four had been seen to. A default of ours, for
the service's owners to confirm (domain facts 17): nobody has published how long supporters stay."""
Z: Final = 1.96
"""A 95 % interval."""


class Reckoned(StrEnum):
    """What the usual drop-out was estimated from."""

    OWN_PAST = "OWN_PAST"
    """The scheme's own leavers."""
    OWN_PAST_AND_PRIOR = "OWN_PAST_AND_PRIOR"
    """Too few have left: their rate, drawn towards the prior."""
    PRIOR = "PRIOR"
    """Nobody has left: the prior alone."""


@dataclass(frozen=True, slots=True)
class Stay:
    """One supporter's time in role: `days` of it, and whether it ended by his leaving. It is observed from its day
    `since` on: what ended before our records begin is not in them, and to count the early days of those alone who are
    still here would make every scheme look steady."""

    days: int
    left: bool
    since: int = 0


@dataclass(frozen=True, slots=True)
class Chance:
    """A probability, and the ends of its 95 % interval."""

    likely: float
    low: float
    high: float

    def and_(self, then: "Chance") -> "Chance":
        """Both, one after the other."""
        return Chance(self.likely * then.likely, self.low * then.low, self.high * then.high)


CERTAIN: Final = Chance(1.0, 1.0, 1.0)
NEVER: Final = Chance(0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Step:
    """On this day of service so many left, of so many who were observed."""

    day: int
    left: int
    observed: int


@dataclass(frozen=True, slots=True)
class Usual:
    """The usual drop-out: `leavers` in `days` of service; the average `rate` a day, worth `weight` leavers; and the
    `steps` of the curve, which is believed after the day `first` up to the day `last`."""

    basis: Reckoned
    leavers: int
    days: int
    rate: float
    weight: float
    steps: tuple[Step, ...] = ()
    first: int = 0
    last: int = 0

    def staying(self, served: int, further: int) -> Chance:
        """The chance that somebody who has served so many days serves so many more."""
        if further <= 0:
            return CERTAIN
        end = served + further
        steps = [s for s in self.steps if max(served, self.first) < s.day <= min(end, self.last)]
        if any(s.left == s.observed for s in steps):
            return Chance(0.0, 0.0, 1.0)
        beyond = further - max(0, min(end, self.last) - max(served, self.first))
        hazard = self.rate * beyond + sum(-log(1 - s.left / s.observed) for s in steps)
        variance = (self.rate * beyond) ** 2 / self.weight
        variance += sum(s.left / (s.observed * (s.observed - s.left)) for s in steps)  # Greenwood
        if hazard == 0.0:  # nobody left in these days of service: no worse than the average would have it
            return Chance(1.0, exp(-self.rate * further * exp(Z / sqrt(self.weight))), 1.0)
        spread = exp(Z * sqrt(variance) / hazard)  # log-log: it stays between 0 and 1
        return Chance(exp(-hazard), exp(-hazard * spread), exp(-hazard / spread))

    def lost_in(self, days: int) -> Chance:
        """The share that is usually lost in so many days, by the average rate."""
        hazard, spread = self.rate * days, exp(Z / sqrt(self.weight))
        return Chance(-expm1(-hazard), -expm1(-hazard / spread), -expm1(-hazard * spread))


def usual(stays: Sequence[Stay]) -> Usual:
    """The usual drop-out of these stays."""
    left, days = sum(s.left for s in stays), sum(s.days - s.since for s in stays)
    if left < LEAVERS_NEEDED:
        basis = Reckoned.OWN_PAST_AND_PRIOR if left else Reckoned.PRIOR
        weight = left + PRIOR_LEAVERS
        return Usual(basis, left, days, weight / (days + PRIOR_DAYS), weight)
    steps = tuple(_steps(stays))
    believed = [s.day for s in steps if s.observed >= OBSERVED_NEEDED] or [0]
    first = 0 if steps[0].day == believed[0] else max(0, believed[0] - 1)
    return Usual(Reckoned.OWN_PAST, left, days, left / max(days, 1), float(left), steps, first, believed[-1])


def _steps(stays: Sequence[Stay]) -> list[Step]:
    """The curve: each day of service on which somebody left."""
    return [
        Step(day, sum(s.left and s.days == day for s in stays), sum(s.since < day <= s.days for s in stays))
        for day in sorted({s.days for s in stays if s.left})
    ]

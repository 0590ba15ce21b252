"""What is to be expected of a scheme, week by week (S25, X3, F20): each number with what it came from.

A supporter is there in a week if he is not released before it ends and has not left for another reason: the chance of
that is the usual drop-out's. Somebody in training is there from the day on which he will be active, by the chance that
those who begin get so far. The expected number is the sum of the chances; its interval is that of the number of
successes of so many unlike draws (Poisson-binomial), at the worse end of each chance for the low end and at the better
for the high one: wide on purpose, for a promise to a wing hangs on it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from math import ceil
from typing import Final

from domain.supporters.availability import Interval
from domain.turnover.survival import NEVER, Chance, Usual

WEEKS: Final = 13
"""Ninety days and one: 30, 60 and 90 days are told of the week in which they end."""
HORIZONS: Final = (30, 60, 90)
TAIL: Final = 0.025
STARTED_NEEDED: Final = 8
"""So many must have begun training, and ended it one way or the other, before their share is believed alone."""
PRIOR_ARRIVED, PRIOR_STARTED = 3.0, 4.0
"""The prior: three of four who begin training become active. A default of ours."""
VACANCY_DAYS: Final = 28
"""From the advert to the first day of training, where the scheme's own past says nothing. A default of ours."""
TRAINING_HOURS_A_WEEK: Final = 6
"""How much training a week has, likewise."""
OWN_LEADS_NEEDED: Final = 5


class ReleaseKnown(StrEnum):
    """What is known of somebody's release."""

    DATE = "DATE"
    UNKNOWN = "UNKNOWN"
    """On remand, or without a date yet."""
    NOT_ASKED = "NOT_ASKED"
    """The prison's systems could not be asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Serving:
    """A supporter who gives cover. `served` days; `held_until`: a transfer hold was granted until that day; `away`:
    days on which he is not here."""

    served: int
    release: date | None = None
    known: ReleaseKnown = ReleaseKnown.DATE
    held_until: date | None = None
    away: Sequence[Interval] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """Somebody in training or on probation: the day on which he will be active at the earliest."""

    active_on: date
    release: date | None = None
    away: Sequence[Interval] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """How many days there are from an advert to an active supporter, and from what that is known: the scheme's own
    past (the median of `own` of them), or vacancy, training and probation by the kind's sheet and our default."""

    vacancy: int
    training: int
    probation: int
    measured: int | None = None
    own: int = 0

    @property
    def days(self) -> int:
        """All of it."""
        return self.vacancy + self.training + self.probation if self.measured is None else self.measured


@dataclass(frozen=True, slots=True)
class Week:
    """One week to come: how many are expected at its end, the interval, and who goes or comes in it by a known date."""

    starts: date
    expected: float
    low: int
    high: int
    released: int
    arriving: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """All of it. `no_cover`: in the role, and giving none today; `renewals`: certificates of those who do that end in
    these weeks. `short_in`: the first week whose expected number is below the minimum; `may_be_short_in`: the first
    whose low end is; `start_by`: the latest day to start recruiting, which may have passed."""

    today: date
    active: int
    no_cover: int
    renewals: int
    in_training: int
    minimum: int
    weeks: tuple[Week, ...]
    usual: Usual
    held: Usual
    holds: int
    release_unknown: int
    not_asked: int
    finishing: float
    finished_of: int
    lead: Lead
    short_in: date | None
    may_be_short_in: date | None
    start_by: date | None

    def at(self, days: int) -> Week:
        """The week in which that many days from today end."""
        return self.weeks[min(len(self.weeks), ceil(days / 7)) - 1]


def finishing(started: int, arrived: int) -> float:
    """The share of those who begin training who become active: their own past, drawn to the prior where it is thin."""
    if started >= STARTED_NEEDED:
        return arrived / started
    return (arrived + PRIOR_ARRIVED) / (started + PRIOR_STARTED)


def lead(own: Sequence[int], training_hours: int, probation_days: int) -> Lead:
    """How long recruiting takes. `own`: the days from application to active of those who got there."""
    median = sorted(own)[len(own) // 2] if len(own) >= OWN_LEADS_NEEDED else None
    training = 7 * ceil(training_hours / TRAINING_HOURS_A_WEEK)
    return Lead(vacancy=VACANCY_DAYS, training=training, probation=probation_days, measured=median, own=len(own))


def forecast(
    *,
    today: date,
    minimum: int,
    serving: Sequence[Serving],
    coming: Sequence[Coming],
    usual: Usual,
    held: Usual,
    started: int,
    arrived: int,
    lead: Lead,
    no_cover: int = 0,
    renewals: int = 0,
) -> Forecast:
    """What is to be expected. `held` is the drop-out of those whom a hold keeps from being moved: transfers left out.
    `started` began training in the past and ended it one way or the other, `arrived` of them became active."""
    share = finishing(started, arrived)
    weeks = tuple(_week(today, n, serving, coming, usual, held, share) for n in range(WEEKS))
    short = next((w.starts for w in weeks if w.expected < minimum), None)
    return Forecast(
        today=today,
        active=len(serving),
        no_cover=no_cover,
        renewals=renewals,
        in_training=len(coming),
        minimum=minimum,
        weeks=weeks,
        usual=usual,
        held=held,
        holds=sum(s.held_until is not None and s.held_until >= today for s in serving),
        release_unknown=sum(s.known is ReleaseKnown.UNKNOWN for s in serving),
        not_asked=sum(s.known is ReleaseKnown.NOT_ASKED for s in serving),
        finishing=share,
        finished_of=started,
        lead=lead,
        short_in=short,
        may_be_short_in=next((w.starts for w in weeks if w.low < minimum), None),
        start_by=None if short is None else short - timedelta(days=lead.days),
    )


def _week(
    today: date,
    number: int,
    serving: Sequence[Serving],
    coming: Sequence[Coming],
    usual: Usual,
    held: Usual,
    share: float,
) -> Week:
    starts = today + timedelta(days=7 * number)
    ends = starts + timedelta(days=7)
    chances = [_stays(s, today, ends, usual, held) for s in serving]
    chances += [_comes(c, ends, usual, share) for c in coming]
    return Week(
        starts,
        sum(c.likely for c in chances),
        quantile([c.low for c in chances], TAIL),
        quantile([c.high for c in chances], 1 - TAIL),
        sum(s.release is not None and starts <= s.release < ends for s in serving),
        sum(starts <= c.active_on < ends for c in coming),
    )


def _stays(one: Serving, today: date, until: date, usual: Usual, held: Usual) -> Chance:
    if (one.release is not None and one.release < until) or _away(one.away, until):
        return NEVER
    days = (until - today).days
    if one.held_until is None or one.held_until <= today:
        return usual.staying(one.served, days)
    kept = min((one.held_until - today).days, days)
    return held.staying(one.served, kept).and_(usual.staying(one.served + kept, days - kept))


def _comes(one: Coming, until: date, usual: Usual, share: float) -> Chance:
    if one.active_on >= until or (one.release is not None and one.release < until) or _away(one.away, until):
        return NEVER
    return Chance(share, share, share).and_(usual.staying(0, (until - one.active_on).days))


def _away(away: Sequence[Interval], until: date) -> bool:
    """Whether he is not here on the last day of the week that ends so."""
    return any(interval.holds(until - timedelta(days=1)) for interval in away)


def quantile(chances: Sequence[float], tail: float) -> int:
    """The least number that so many unlike draws do not exceed with that probability."""
    mass = [1.0]
    for p in chances:
        mass = [a * (1 - p) + b * p for a, b in zip([*mass, 0.0], [0.0, *mass], strict=True)]
    reached = 0.0
    for number, each in enumerate(mass):
        reached += each
        if reached >= tail - 1e-12:
            return number
    return len(chances)

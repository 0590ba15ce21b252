"""Objectives that measure themselves (X2): what a measure counts is worked out of the scheme's own records, once its
period is over, and noted as a point like one that somebody typed. A point that is there already stands.

Each figure passes disclosure control before it becomes a point: a count of 1 to 7 becomes none, others are rounded to
the nearest 5; a share is of twenty or more, a mean of ten or more. `COMPUTED` says how, by the measure's code; what
is not in it is typed by hand. Reports of pressure, complaints and breaches are not in it: an objective is read by
everybody who reads the scheme, and these counts are for who sees casework (`domain.metrics`).
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any, Final

from domain import looking
from domain.act import Act, Begin
from domain.confidentiality.record import R
from domain.confidentiality.verbs import Verb
from domain.feedback.pulses import FEWEST, PulseGroup, PulseItem, PulseResult
from domain.kernel.counts import Told, released
from domain.kernel.days import local_day, months_after
from domain.metrics.reading import let
from domain.metrics.record import Figure, FigurePeriod
from domain.metrics.series import ALL, Series
from domain.ports import Query
from domain.schemes.belonging import with_
from domain.schemes.measures import MEASURES, period
from domain.schemes.objective import MOST_POINTS, FigureSource, Objective, ObjectiveState, told_outside
from domain.schemes.record import Scheme, SchemeState
from domain.schemes.registers.involvement import TO_ANSWER, Proposal
from domain.schemes.registers.publicity import SpotCheck
from domain.sessions.arrivals import Arrival
from domain.sessions.awards import Award, AwardKind

OF_A_SHARE: Final = 20
SETTLES: Final = timedelta(days=14)
"""So long after its end a period is worked out: what comes late is there by then."""
Worked = Callable[[Act, Scheme, date, date], Awaitable[int | None]]
"""(act, scheme, first and last day) -> the value in the unit of its measure; None: it is not told, or there is none."""


@dataclass(frozen=True, slots=True)
class Computed:
    """How a measure is worked out, from which source, and how long after the end of its period."""

    worked: Worked
    source: FigureSource = FigureSource.SCHEME_RECORDS
    after: timedelta = SETTLES


async def _of(act: Act, kind: type[R], of: Scheme, day: Callable[[R], date | None], first: date, last: date) -> list[R]:
    found = await looking.all_known(act, kind, {"scheme": of.id})
    return [each for each in found if (on := day(each)) is not None and first <= on <= last]


def share(part: int, whole: int) -> int | None:
    """Per cent, of twenty or more and of counts that are told."""
    told = whole >= OF_A_SHARE and released(part) is not None and released(whole - part) is not None
    return round(100 * part / whole) if told else None


def mean(times: Mapping[int, int | None]) -> int | None:
    """In tenths, of values of which it is told how often each was given: of ten or more, and of none that is kept
    back."""
    told = {value: n for value, n in times.items() if n is not None}
    many = sum(told.values())
    if len(told) < len(times) or many < FEWEST:
        return None
    return round(10 * sum(value * n for value, n in told.items()) / many)


async def _let_out(act: Act, of: Scheme, series: Series, first: date, last: date) -> dict[str, Told | None]:
    """What was let out of the scheme's month or quarter, by word."""
    period = FigurePeriod.MONTH if months_after(first, 1) > last else FigurePeriod.QUARTER
    asked = {"scheme": of.id, "series": series, "period": period, "first": first}
    found = await act.known(Figure, Query(equal=asked, limit=1))
    return {w: let(n) for each in found for w, n in zip(each.words, each.told, strict=True)}


def _figure(series: Series, word: str, *among: str) -> Computed:
    """What was let out of the scheme's month or quarter: a number; `among` others, the share that it is of them. To
    count it again would tell it a second time, of another day, and both together give away what neither does."""

    async def worked(act: Act, of: Scheme, first: date, last: date) -> int | None:
        told = await _let_out(act, of, series, first, last)
        part, whole = told.get(word), [told.get(each) for each in among]
        if part is None or None in whole:
            return None
        of_all = sum(n for n in whole if n is not None)
        if not among:
            return part
        return min(100, round(100 * part / of_all)) if of_all >= OF_A_SHARE else None

    return Computed(worked)


async def _know(act: Act, of: Scheme, first: date, last: date) -> int | None:
    found = await _of(act, SpotCheck, of, lambda each: each.asked_on, first, last)
    return share(sum(each.knew for each in found), sum(each.asked for each in found))


async def _manuals(act: Act, of: Scheme, first: date, last: date) -> int | None:
    found = await _of(act, Award, of, lambda each: each.awarded_on, first, last)
    return released(len({each.person for each in found if each.what is AwardKind.MANUAL}))


async def _arrivals(act: Act, of: Scheme, first: date, last: date) -> int | None:
    found = await _of(act, Arrival, of, lambda each: local_day(of, each.arrived_at), first, last)
    due = [each for each in found if each.closed_for is None]
    return share(sum(each.met_at is not None and each.met_at <= each.meet_by for each in due), len(due))


async def _proposals(act: Act, of: Scheme, first: date, last: date) -> int | None:
    found = await _of(act, Proposal, of, lambda each: each.proposed_on, first, last)
    # Proposals are of groups, and everybody who reads the register reads them: no share of them is anybody's.
    in_time = sum(each.answered_on is not None and each.answered_on <= each.answer_due_on(act.now) for each in found)
    return round(100 * in_time / len(found)) if found else None


async def _satisfaction(act: Act, of: Scheme, first: date, last: date) -> int | None:
    """Of the ratings as they were let out, where none of the five is kept back: the mean of the ratings themselves, to
    the tenth, would give back what was rounded there."""
    told = await _let_out(act, of, Series.RATINGS, first, last)
    times = {n: told.get(f"RATED_{n}") for n in range(1, 6)}
    return mean(times)


def _pulse(group: PulseGroup, *items: PulseItem) -> Computed:
    """The mean of the scores that are told of these items (all of the group's, where none is named)."""

    async def worked(act: Act, of: Scheme, first: date, last: date) -> int | None:
        found = await looking.all_known(act, PulseResult, {"scheme": of.id, "quarter": first, "of_group": group})
        scores = [each.score for each in found if each.score is not None and (not items or each.item in items)]
        return round(sum(scores) / len(scores)) if scores else None

    return Computed(worked, FigureSource.SURVEY)


COMPUTED: Final[Mapping[str, Computed]] = MappingProxyType(
    {
        "KNOW_HOW_TO_ASK": Computed(_know, FigureSource.SURVEY),
        "SESSIONS_DELIVERED": _figure(Series.SESSIONS, "DELIVERED", ALL),
        "MANUALS_FINISHED": Computed(_manuals),
        "GOALS_MET": _figure(Series.GOALS, "ACHIEVED", ALL),
        "NEW_ARRIVALS_MET_IN_24_HOURS": Computed(_arrivals),
        "PROPOSALS_ANSWERED_IN_28_DAYS": Computed(_proposals, after=TO_ANSWER),
        "ASKED_TO_DO_STAFF_WORK": _figure(Series.TASK_REQUESTS, ALL),
        "DEBRIEFS_DONE": _figure(Series.DEBRIEFS, "HELD", "HELD", "NOT_HELD"),
        "SATISFACTION": Computed(_satisfaction, FigureSource.FEEDBACK),
        "TRUST_TO_KEEP_PRIVATE": _pulse(PulseGroup.SUPPORTED, PulseItem.TRUSTS_IT_STAYS_PRIVATE),
        "STAFF_ATTITUDE": _pulse(PulseGroup.STAFF),
        "SUPPORTERS_FEEL_SAFE": _pulse(PulseGroup.SUPPORTERS, PulseItem.FEELS_SAFE),
    }
)
"""By the code of the measure."""


async def measure_all(begin: Callable[[], Begin], computed: Mapping[str, Computed] = COMPUTED) -> int:
    """The last period that is over of every open objective whose measure is worked out. How many points."""
    async with begin()(Verb.TICK) as act:
        open = await looking.all_known(act, Objective, {"state": ObjectiveState.OPEN})
        ids = [each.id for each in open if each.measure in computed and each.starts_on is not None]
    return sum([await _measured(begin(), id, computed) for id in ids])


async def _measured(begin: Begin, id: Any, computed: Mapping[str, Computed]) -> bool:
    async with begin.serially(Verb.TICK) as act:
        objective = await act.known_one(Objective, id)
        scheme = None if objective is None else await act.known_one(Scheme, objective.scheme)
        if objective is None or scheme is None or not _wants(objective, scheme):
            return False
        how, grain = computed[objective.measure], MEASURES[objective.measure].grain
        settled = local_day(objective, act.now) - how.after
        first, last = period(grain, period(grain, settled)[0] - timedelta(days=1))
        if first in objective.measured_on or objective.starts_on is None or last < objective.starts_on:
            return False
        value = await how.worked(act, scheme, first, last)
        if value is None:
            return False
        noted = with_(
            objective,
            measured_on=(*objective.measured_on, first),
            measured=(*objective.measured, value),
            measured_from=(*objective.measured_from, how.source),
        )
        act.keep_beside(told_outside(noted), was=objective)
        return True


def _wants(objective: Objective, scheme: Scheme) -> bool:
    goes_on = objective.state is ObjectiveState.OPEN and scheme.state is not SchemeState.CLOSED
    return goes_on and len(objective.measured) < MOST_POINTS

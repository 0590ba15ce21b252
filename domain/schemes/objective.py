"""An objective of a scheme: one measure, from where, to where, until when, for which need. SMART is judged here, and so
is how it stands; neither is ever typed or stored.

The verdict is honest about time. Until the minimum running time has passed an objective is `TOO_EARLY_TO_JUDGE`,
whatever was measured, and what was measured before then never decides (S32).

What was measured is of a period that is over, a month at the finest (the grain of its measure), and never of a day: the
count of one day is one man. Exact values are for those who run and oversee the prison; outside of it each goes through
disclosure control like every other count, whatever its unit, for a share, a wait or a score of a few is those few. How
it stands is told outside only where what was told of its values leaves no doubt.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from domain.confidentiality.classification import Open, Operational
from domain.confidentiality.record import derived, record
from domain.confidentiality.verbs import Verb
from domain.kernel.counts import bounds, released
from domain.kernel.days import local_day
from domain.kernel.errors import Failure
from domain.kernel.ids import ActorId, ObjectiveId, SchemeId
from domain.kernel.moves import Life, Moves
from domain.schemes.belonging import OfScheme
from domain.schemes.measures import MEASURES, Direction, period
from domain.schemes.needs import TargetNeed

MOST_POINTS: Final = 60
"""The most that is measured by hand for one objective: a month each for five years."""


class FigureSource(StrEnum):
    """Where a figure comes from."""

    MANAGEMENT_INFORMATION = "MANAGEMENT_INFORMATION"
    SCHEME_RECORDS = "SCHEME_RECORDS"
    PARTNER_RECORDS = "PARTNER_RECORDS"
    SURVEY = "SURVEY"
    FEEDBACK = "FEEDBACK"
    COUNTED_BY_HAND = "COUNTED_BY_HAND"
    EXTERNAL_EVALUATION = "EXTERNAL_EVALUATION"


class ObjectiveState(StrEnum):
    """Whether anybody still works towards it."""

    OPEN = "OPEN"
    CLOSED = "CLOSED"


OBJECTIVE_MOVES: Final[Moves[ObjectiveState]] = {
    ObjectiveState.OPEN: frozenset({ObjectiveState.CLOSED}),
    ObjectiveState.CLOSED: frozenset(),
}
"""Whoever wants a closed one back sets another."""
_WHILE_OPEN: Final = (Verb.AMEND_OBJECTIVE, Verb.MEASURE_OBJECTIVE, Verb.CLOSE_OBJECTIVE)
OBJECTIVE_LIFE: Final = Life("state", dict.fromkeys(_WHILE_OPEN, frozenset({ObjectiveState.OPEN})))


class ClosingOfObjective(StrEnum):
    """Why an objective was given up."""

    REPLACED = "REPLACED"
    """By another, that says it better."""
    NO_LONGER_NEEDED = "NO_LONGER_NEEDED"
    CANNOT_BE_REACHED = "CANNOT_BE_REACHED"
    CANNOT_BE_MEASURED = "CANNOT_BE_MEASURED"
    SCHEME_CHANGED = "SCHEME_CHANGED"
    SET_IN_ERROR = "SET_IN_ERROR"


class ObjectiveStatus(StrEnum):
    """How it stands today."""

    CLOSED = "CLOSED"
    """Given up before it was due, and not judged."""

    TOO_EARLY_TO_JUDGE = "TOO_EARLY_TO_JUDGE"
    NO_DATA = "NO_DATA"
    ON_TRACK = "ON_TRACK"
    BEHIND = "BEHIND"
    MET = "MET"
    NOT_MET = "NOT_MET"


class Smart(StrEnum):
    """Why a letter fails. The first word says which: specific, measurable, achievable, relevant, timed."""

    SPECIFIC_TARGET_MISSING = "SPECIFIC_TARGET_MISSING"
    SPECIFIC_GROUP_MISSING = "SPECIFIC_GROUP_MISSING"
    MEASURABLE_BASELINE_UNKNOWN = "MEASURABLE_BASELINE_UNKNOWN"
    MEASURABLE_BASELINE_OVERDUE = "MEASURABLE_BASELINE_OVERDUE"
    MEASURABLE_SOURCE_MISSING = "MEASURABLE_SOURCE_MISSING"
    ACHIEVABLE_NOT_ARGUED = "ACHIEVABLE_NOT_ARGUED"
    RELEVANT_NEED_MISSING = "RELEVANT_NEED_MISSING"
    RELEVANT_NEED_NOT_IN_CHARTER = "RELEVANT_NEED_NOT_IN_CHARTER"
    TIMED_START_MISSING = "TIMED_START_MISSING"
    TIMED_DUE_MISSING = "TIMED_DUE_MISSING"
    TIMED_RUNNING_TIME_MISSING = "TIMED_RUNNING_TIME_MISSING"


@record(
    kind="objective",
    kept="six years after its scheme closes; it counts, and names nobody in custody",
    life=OBJECTIVE_LIFE,
)
class Objective(OfScheme):
    """One objective. Values are whole numbers in the unit of its measure."""

    id: Open[ObjectiveId]
    version: Open[int] = 0
    scheme: Open[SchemeId]
    jurisdiction: Open[str]
    prison: Open[str]
    organisation: Open[str]
    title: Open[str]
    measure: Open[str]
    """A code of the catalogue of measures."""
    direction: Open[Direction]
    """Which way is better: as the measure says."""
    for_whom: Open[str | None] = None
    """The group that it is about."""
    need: Open[TargetNeed | None] = None
    """The need of the charter that it serves."""
    baseline: Operational[int | None] = None
    """From where: a whole number in the unit of its measure (`/v1/measures`), as are target and points."""
    baseline_about: Open[int | None] = None
    """The same as it may leave the prison, like `measured_about`: 1 to 7 are not told, others to the nearest 5."""
    baseline_source: Open[FigureSource | None] = None
    baseline_by: Open[date | None] = None
    """Until when the baseline is measured, where it is not known yet."""
    target: Open[int | None] = None
    """To where."""
    achievable: Operational[str | None] = None
    """Why it can be reached."""
    starts_on: Open[date | None] = None
    due_on: Open[date | None] = None
    """By when."""
    running_weeks: Open[int | None] = None
    """How long it must run before it can be judged at all."""
    measured_on: Open[tuple[date, ...]] = ()
    """The points measured, one after another: the first day of the period, value, what is told of it outside, and
    source of each stand at the same place."""
    measured: Operational[tuple[int, ...]] = ()
    """The values of the points, in the unit of the measure."""
    measured_about: Open[tuple[int | None, ...]] = ()
    """The same as they may leave the prison."""
    measured_from: Open[tuple[FigureSource, ...]] = ()
    set_by: Operational[ActorId | None] = None
    state: Open[ObjectiveState] = ObjectiveState.OPEN
    closed_on: Open[date | None] = None
    closed_for: Open[ClosingOfObjective | None] = None

    @derived
    def status(self, now: datetime) -> Operational[ObjectiveStatus]:
        """How it stands today."""
        return status(self, local_day(self, now))

    @derived
    def status_about(self, now: datetime) -> Open[ObjectiveStatus | None]:
        """The same by what is told of its values; None: that leaves it open."""
        return status_about(self, local_day(self, now))

    @derived
    def not_smart(self, now: datetime) -> Operational[tuple[Smart, ...]]:
        """Why it is not SMART; empty: it is."""
        return faults(self, local_day(self, now))


def faults(objective: Objective, today: date, needs: Collection[TargetNeed] | None = None) -> tuple[Smart, ...]:
    """Which letters fail, and why; none: it is SMART. With `needs`, the charter's, R asks that its need is one of
    them; the other half of T, that the dates fit, is asked whenever they are written (`contradictions`)."""
    guards = (
        (objective.target is not None, Smart.SPECIFIC_TARGET_MISSING),
        (bool(objective.for_whom), Smart.SPECIFIC_GROUP_MISSING),
        (objective.baseline is not None or objective.baseline_by is not None, Smart.MEASURABLE_BASELINE_UNKNOWN),
        (
            objective.baseline is not None or objective.baseline_by is None or objective.baseline_by >= today,
            Smart.MEASURABLE_BASELINE_OVERDUE,
        ),
        (objective.baseline is None or objective.baseline_source is not None, Smart.MEASURABLE_SOURCE_MISSING),
        (bool(objective.achievable), Smart.ACHIEVABLE_NOT_ARGUED),
        (objective.need is not None, Smart.RELEVANT_NEED_MISSING),
        (
            objective.need is None or needs is None or objective.need in needs,
            Smart.RELEVANT_NEED_NOT_IN_CHARTER,
        ),
        (objective.starts_on is not None, Smart.TIMED_START_MISSING),
        (objective.due_on is not None, Smart.TIMED_DUE_MISSING),
        (objective.running_weeks is not None, Smart.TIMED_RUNNING_TIME_MISSING),
    )
    return tuple(code for holds, code in guards if not holds)


def contradictions(objective: Objective, lineage: Collection[str]) -> Iterator[Failure]:
    """What an objective may not say, however it is amended, each with the member at fault. `lineage`: the codes of its
    scheme's kind and of those that this was made from."""
    measure = MEASURES.get(objective.measure)
    if measure is None:
        yield Failure("MEASURE_UNKNOWN", "/measure")
    elif not measure.fits(lineage):
        yield Failure("MEASURE_NOT_FOR_THIS_KIND", "/measure")
    if measure is not None and measure.most is not None:
        for member in ("baseline", "target"):
            if (getattr(objective, member) or 0) > measure.most:
                yield Failure("BEYOND_THE_MEASURE", f"/{member}")
    yield from _wrong_side(objective)
    yield from _wrong_time(objective)


def _wrong_side(objective: Objective) -> Iterator[Failure]:
    baseline, target = objective.baseline, objective.target
    if baseline is None or target is None:
        return
    if target == baseline:
        yield Failure("TARGET_IS_BASELINE", "/target")
    elif not _as_good(target, baseline, objective.direction):
        yield Failure("TARGET_ON_WRONG_SIDE", "/target")


def _wrong_time(objective: Objective) -> Iterator[Failure]:
    starts, due, weeks = objective.starts_on, objective.due_on, objective.running_weeks
    if weeks == 0:
        yield Failure("RUNNING_TIME_ZERO", "/runningWeeks")
    if starts is None or due is None:
        return
    if due <= starts:
        yield Failure("DUE_BEFORE_START", "/dueOn")
    elif weeks and due < starts + timedelta(weeks=weeks):
        yield Failure("DUE_BEFORE_RUNNING_TIME_ENDS", "/dueOn")


def judged_from(objective: Objective) -> date | None:
    """The first day on which it may be judged: its minimum running time is over."""
    if objective.starts_on is None or not objective.running_weeks:
        return None
    return objective.starts_on + timedelta(weeks=objective.running_weeks)


def told_outside(objective: Objective) -> Objective:
    """The same with what may be told of its values outside the prison."""
    baseline = None if objective.baseline is None else released(objective.baseline)
    return replace(objective, baseline_about=baseline, measured_about=tuple(map(released, objective.measured)))


def status(objective: Objective, today: date) -> ObjectiveStatus:
    """How it stands: too early, no data, on the way or behind while it runs; met or not once it was due. The latest
    period decides that ended after the minimum running time, and began no later than it was due. Closing one that was
    due hides no verdict; one that was closed before is not judged."""
    return _stands(objective, today, objective.measured, objective.baseline)


def status_about(objective: Objective, today: date) -> ObjectiveStatus | None:
    """How it stands for whoever knows no more of its values than is told; None: he cannot know."""
    # A baseline of which nothing is told is unknown, or small.
    told = objective.baseline_about
    baselines = (None, *bounds(None)) if told is None else bounds(told)
    ends = [[bounds(value)[end] for value in objective.measured_about] for end in (0, 1)]
    found = {_stands(objective, today, values, baseline) for values in ends for baseline in baselines}
    return found.pop() if len(found) == 1 else None


def _stands(objective: Objective, today: date, values: Sequence[int], baseline: int | None) -> ObjectiveStatus:
    first, due, target = judged_from(objective), objective.due_on, objective.target
    closed = objective.closed_on
    if closed is not None and (due is None or closed < due):
        return ObjectiveStatus.CLOSED
    if first is None or due is None or target is None:
        return ObjectiveStatus.NO_DATA
    if today < first:
        return ObjectiveStatus.TOO_EARLY_TO_JUDGE
    grain = MEASURES[objective.measure].grain
    # As many of each, which the table holds (`points_are_whole`); a verdict is no place to fail.
    points = [(*period(grain, on), value) for on, value in zip(objective.measured_on, values, strict=False)]
    counting = [(end, value) for begin, end, value in points if first <= end and begin <= min(due, today)]
    if not counting:
        return ObjectiveStatus.NO_DATA
    end, value = max(counting, key=lambda point: point[0])
    if today >= due:
        return ObjectiveStatus.MET if _as_good(value, target, objective.direction) else ObjectiveStatus.NOT_MET
    good = _as_good(value, _wanted(objective, min(end, due), baseline), objective.direction)
    return ObjectiveStatus.ON_TRACK if good else ObjectiveStatus.BEHIND


def _wanted(objective: Objective, on: date, baseline: int | None) -> float:
    """Where it should be on a day: on the straight line from the baseline to the target, or at the target where no
    baseline is known."""
    starts, due, target = objective.starts_on, objective.due_on, objective.target or 0
    if starts is None or due is None or baseline is None:
        return target
    return baseline + (target - baseline) * ((on - starts) / (due - starts))


def _as_good(value: float, as_: float, direction: Direction) -> bool:
    return value >= as_ if direction is Direction.HIGHER else value <= as_

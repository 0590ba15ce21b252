"""An objective: the five letters, the contradictions, and what the calendar says of it."""

import dataclasses
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.schemes.kinds import KINDS
from domain.schemes.measures import MEASURES, Direction, Unit
from domain.schemes.needs import TargetNeed
from domain.schemes.objective import (
    ClosingOfObjective,
    FigureSource,
    Objective,
    ObjectiveState,
    ObjectiveStatus,
    Smart,
    contradictions,
    faults,
    judged_from,
    status,
)
from tests.domain.given import FEW, sample
from tests.domain.world import NOW
from tests.http import planned
from tests.http.furniture import MOORLAND

START = date(2026, 1, 5)
DUE = START + timedelta(weeks=40)
FIRST = START + timedelta(weeks=10)
FEB, MAR, APR, MAY, SEP, OCT, NOV, DEC = (date(2026, month, 1) for month in (2, 3, 4, 5, 9, 10, 11, 12))
S = ObjectiveStatus


def objective(measure: str = "REQUESTS_MET", **more: Any) -> Objective:
    """From 40 to 80 in forty weeks, of which ten must have passed."""
    given: dict[str, Any] = {"starts_on": START, "due_on": DUE, "running_weeks": 10, **more}
    return planned.objective(MOORLAND, "objective:of-tests", "scheme:insiders", "INSIDERS", measure, **given)


def measured(*points: tuple[date, int], **more: Any) -> Objective:
    """The same with these points."""
    return objective(
        measured_on=tuple(on for on, _ in points),
        measured=tuple(value for _, value in points),
        measured_from=(FigureSource.SURVEY,) * len(points),
        **more,
    )


@pytest.mark.parametrize(
    ("change", "letters"),
    [
        ({}, ()),
        ({"target": None}, (Smart.SPECIFIC_TARGET_MISSING,)),
        ({"for_whom": None}, (Smart.SPECIFIC_GROUP_MISSING,)),
        ({"baseline": None}, (Smart.MEASURABLE_BASELINE_UNKNOWN,)),
        ({"baseline": None, "baseline_by": START}, ()),
        ({"baseline": None, "baseline_by": START - timedelta(days=1)}, (Smart.MEASURABLE_BASELINE_OVERDUE,)),
        ({"baseline_source": None}, (Smart.MEASURABLE_SOURCE_MISSING,)),
        ({"achievable": None}, (Smart.ACHIEVABLE_NOT_ARGUED,)),
        ({"need": None}, (Smart.RELEVANT_NEED_MISSING,)),
        ({"need": TargetNeed.READING}, (Smart.RELEVANT_NEED_NOT_IN_CHARTER,)),
        ({"starts_on": None}, (Smart.TIMED_START_MISSING,)),
        ({"due_on": None}, (Smart.TIMED_DUE_MISSING,)),
        ({"running_weeks": None}, (Smart.TIMED_RUNNING_TIME_MISSING,)),
    ],
)
def test_each_letter_fails_for_its_own_reason(change: dict[str, Any], letters: tuple[Smart, ...]) -> None:
    """Specific, measurable, achievable, relevant, timed: one thing wanting, one code; a baseline that is to be measured
    by a day is enough until that day has gone."""
    changed = dataclasses.replace(objective(), **change)
    assert faults(changed, START, needs=(TargetNeed.FIRST_DAYS,)) == letters


def test_the_need_is_asked_for_only_where_a_charter_is_at_hand() -> None:
    """Without the charter's needs the letter R says that a need is named."""
    assert faults(dataclasses.replace(objective(), need=TargetNeed.READING), START) == ()


@FEW
@given(
    baseline=st.integers(0, 100), target=st.integers(0, 100), measure=st.sampled_from(["REQUESTS_MET", "MEDIAN_WAIT"])
)
def test_a_target_lies_on_the_better_side(baseline: int, target: int, measure: str) -> None:
    """Equal is one fault, worse another, better none: in the direction of the measure, for any two numbers."""
    better = target > baseline if MEASURES[measure].better is Direction.HIGHER else target < baseline
    found = [f.code for f in contradictions(objective(measure, baseline=baseline, target=target), {"INSIDERS"})]
    expected = [] if better else ["TARGET_IS_BASELINE" if target == baseline else "TARGET_ON_WRONG_SIDE"]
    assert found == expected


@FEW
@given(due=st.integers(-10, 400), weeks=st.integers(0, 50))
def test_it_is_due_after_its_running_time(due: int, weeks: int) -> None:
    """Never before it starts, never without running time, never before that is over."""
    made = objective(due_on=START + timedelta(days=due), running_weeks=weeks)
    found = {f.code for f in contradictions(made, {"INSIDERS"})}
    expected = {"RUNNING_TIME_ZERO"} if weeks == 0 else set[str]()
    expected |= {"DUE_BEFORE_START"} if due <= 0 else set()
    expected |= {"DUE_BEFORE_RUNNING_TIME_ENDS"} if 0 < due < 7 * weeks else set()
    assert found == expected


@pytest.mark.parametrize(
    ("today", "points", "expected"),
    [
        (START, [], S.TOO_EARLY_TO_JUDGE),
        (FIRST - timedelta(days=1), [(FEB, 100)], S.TOO_EARLY_TO_JUDGE),
        (FIRST, [(FEB, 100)], S.NO_DATA),
        (APR, [(MAR, 52)], S.BEHIND),
        (APR, [(MAR, 53)], S.ON_TRACK),
        (MAY, [(MAR, 53), (APR, 53)], S.BEHIND),
        (DUE - timedelta(days=1), [(SEP, 79)], S.ON_TRACK),
        (DUE, [(SEP, 80)], S.MET),
        (DUE, [(SEP, 79)], S.NOT_MET),
        (NOV, [(OCT, 80), (SEP, 79)], S.MET),
        (DEC, [(NOV, 99)], S.NO_DATA),
        (DEC, [(NOV, 99), (MAR, 10)], S.NOT_MET),
        (DUE, [(SEP, 80), (MAR, 10)], S.MET),
    ],
)
def test_the_calendar_says_how_it_stands(today: date, points: list[tuple[date, int]], expected: S) -> None:
    """Too early before its running time is over, whatever was measured; a month that ended before then, or began
    after it was due, never decides; the line from baseline to target says whether it is on track; met only once it was
    due."""
    assert judged_from(objective()) == FIRST
    assert status(measured(*points), today) is expected


@pytest.mark.parametrize(
    ("closed", "today", "expected"),
    [
        (START, START, S.CLOSED),
        (FIRST, FIRST, S.CLOSED),
        (DUE - timedelta(days=1), DUE + timedelta(days=9), S.CLOSED),
        (DUE, DUE, S.NOT_MET),
        (DUE + timedelta(days=9), DUE + timedelta(days=9), S.NOT_MET),
    ],
)
def test_closing_before_it_is_due_judges_nothing_and_after_it_hides_nothing(
    closed: date, today: date, expected: S
) -> None:
    """Given up on the way it is CLOSED for ever; what was due keeps its verdict, whoever closes it then."""
    over = {"state": ObjectiveState.CLOSED, "closed_on": closed, "closed_for": ClosingOfObjective.CANNOT_BE_REACHED}
    assert status(measured((FIRST, 50), **over), today) is expected
    assert status(measured((FIRST, 50), **over, due_on=None), today) is S.CLOSED


def test_less_may_be_better() -> None:
    """A wait that shrinks is on track, whichever way the numbers go."""
    assert status(measured((MAR, 50), measure="MEDIAN_WAIT", baseline=80, target=40), FIRST) is S.ON_TRACK
    assert status(measured((SEP, 41), measure="MEDIAN_WAIT", baseline=80, target=40), DUE) is S.NOT_MET
    assert status(measured((SEP, 40), measure="MEDIAN_WAIT", baseline=80, target=40), DUE) is S.MET


def test_without_a_baseline_only_the_target_is_good_enough() -> None:
    """No line can be drawn from nowhere."""
    assert status(measured((MAR, 79), baseline=None), FIRST) is S.BEHIND
    assert status(measured((MAR, 80), baseline=None), FIRST) is S.ON_TRACK


def test_what_has_no_dates_or_target_has_no_verdict() -> None:
    """It is not SMART, and says so; it is never called met."""
    for wanting in ("starts_on", "due_on", "running_weeks", "target"):
        assert status(measured((MAR, 99), **{wanting: None}), DUE) is S.NO_DATA


@FEW
@given(day=st.integers(-30, 500), values=st.lists(st.tuples(st.integers(0, 400), st.integers(0, 100)), max_size=5))
def test_too_early_is_said_before_its_time_and_never_after(day: int, values: list[tuple[int, int]]) -> None:
    """For any points and any day."""
    today = START + timedelta(days=day)
    points = {START + timedelta(days=n): value for n, value in values}
    told = status(measured(*points.items()), today)
    assert (told is S.TOO_EARLY_TO_JUDGE) is (today < FIRST)
    assert (told in (S.MET, S.NOT_MET)) <= (today >= DUE)


def test_the_catalogue_is_sound() -> None:
    """Codes as kinds have them, titles that are no codes; shares go to a hundred; every kind that there is has measures
    of its own, and some fit every kind."""
    assert len(MEASURES) >= 30
    for code, measure in MEASURES.items():
        assert code == measure.code == code.upper()
        assert measure.title[0].isupper()
        assert measure.most == {Unit.PER_CENT: 100, Unit.TENTHS_OF_FIVE: 50}.get(measure.unit)
    for kind in KINDS:
        assert any(kind in m.kinds for m in MEASURES.values())
    assert any(not m.kinds for m in MEASURES.values())


@pytest.mark.parametrize(("state", "days", "expected"), [("OPEN", 1, True), ("OPEN", 0, False), ("ANSWERED", 9, False)])
def test_a_finding_is_overdue_while_it_is_open_and_late(state: str, days: int, expected: bool) -> None:
    """The day by which it is to be answered is still in time; what is answered is never overdue."""
    from domain.schemes.finding import Finding, FindingState

    made = sample(Finding, state=FindingState(state), answer_by=NOW.date() - timedelta(days=days))
    assert made.overdue(NOW) is expected


@pytest.mark.parametrize("measure", [m for m, of in MEASURES.items() if "of five" in of.title])
def test_nothing_is_more_than_five_of_five(measure: str) -> None:
    """Scores of a five-point scale are tenths: fifty is all of it."""
    assert [f.code for f in contradictions(objective(measure, baseline=30, target=50), ())] == []
    wrong = [(f.code, f.path) for f in contradictions(objective(measure, baseline=300, target=500), ())]
    assert wrong == [("BEYOND_THE_MEASURE", "/baseline"), ("BEYOND_THE_MEASURE", "/target")]

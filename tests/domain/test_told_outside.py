"""What is told outside the prison of numbers that are small: nothing that tells two of them apart."""

import dataclasses
from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.confidentiality.disclosure import disclose
from domain.confidentiality.grants.grant import OPEN
from domain.kernel.counts import bounds, released
from domain.life.ready import Ready, at_risk_for
from domain.life.status import SupportersGap, status, supporters_gap
from domain.schemes.measures import MEASURES, Grain, period
from domain.schemes.objective import Objective, ObjectiveStatus, status_about, told_outside
from domain.schemes.objective import status as stands
from domain.schemes.record import Scheme, SchemeState
from tests.domain.given import FEW, sample
from tests.domain.test_objective import APR, DEC, DUE, MAR, MAY, NOV, SEP, measured, objective
from tests.domain.world import NOW
from tests.plans import PLANS

TODAY = NOW.date()


def seen(record: Any) -> Mapping[str, Any]:
    """All that headquarters sees of it."""
    return disclose(record, OPEN, NOW).values


@given(count=st.integers(0, 400))
@FEW
def test_the_bounds_of_what_is_released_are_all_that_it_can_be(count: int) -> None:
    """No narrower, no wider: each count lies within, and each within is released alike."""
    least, most = bounds(released(count))
    assert least <= count <= most
    assert {released(n) for n in range(least, most + 1)} == {released(count)}
    assert released(most + 1) != released(count)
    assert least == 0 or released(least - 1) != released(count)


def how(needed: int, active: int, **more: Any) -> Any:
    """How a scheme that is live, or at risk for what its facts say, stands with so many supporters."""
    scheme = sample(Scheme, supporters_needed=needed, supporters_wanted=12, pilot_limit=12, review_on=TODAY, **more)
    plans: dict[str, bool] = dict.fromkeys(PLANS, True)
    facts = Ready(scheme=scheme, today=TODAY, active=active, in_role=active, led=True, plans=plans)
    reasons = at_risk_for(facts)
    state = SchemeState.AT_RISK if reasons else SchemeState.LIVE
    judged = dataclasses.replace(scheme, state=state, at_risk_for=reasons, at_risk_since=TODAY if reasons else None)
    return status(dataclasses.replace(facts, scheme=judged), NOW)


@pytest.mark.parametrize("needed", range(1, 20))
def test_no_threshold_tells_a_number_of_supporters(needed: int) -> None:
    """Whatever is needed: two numbers that are released alike look alike to headquarters in every member of how the
    scheme stands, its state and gaps among them; seven needed and no gap would else be seven exactly."""
    alike: dict[int | None, list[Mapping[str, Any]]] = defaultdict(list)
    for active in range(30):
        alike[released(active)].append(seen(how(needed, active)))
    for told in alike.values():
        assert all(one == told[0] for one in told)
    assert {t[0]["supporters_needed"] for t in alike.values()} == {None}


def test_what_can_be_told_of_a_gap_is_told() -> None:
    """A prison that is far too short of supporters is seen to be so, and at risk for it; one with plenty is not."""
    gaps = [(0, 1), (3, 9), (10, 13), (3, 1), (10, 8), (3, 7), (7, 7), (10, 11)]
    gap = SupportersGap
    expected = [*(gap.GAP,) * 3, *(gap.NONE,) * 2, *(gap.TOO_SMALL_TO_SAY,) * 3]
    assert [supporters_gap(released(active), needed) for active, needed in gaps] == expected
    assert (how(9, 3).state_about, how(9, 3).state) == (SchemeState.AT_RISK, SchemeState.AT_RISK)
    assert (how(7, 6).state_about, how(7, 6).state) == (SchemeState.LIVE, SchemeState.AT_RISK)
    late = how(7, 6, name="late")
    assert "SUPPORTERS_TOO_FEW" in late.gaps
    assert "SUPPORTERS_TOO_FEW" not in late.gaps_about


@given(
    value=st.integers(0, 100),
    other=st.integers(0, 100),
    baseline=st.none() | st.integers(0, 100),
    day=st.sampled_from([APR, DUE]),
)
@FEW
def test_values_that_are_released_alike_look_alike(value: int, other: int, baseline: int | None, day: date) -> None:
    """Of an objective headquarters sees what was told of its values, and how it stands by that alone; and what it is
    told of that is so."""
    one, two = (told_outside(measured((MAR, v), baseline=baseline)) for v in (value, other))
    if released(value) == released(other):
        assert seen(one) == seen(two)
        assert status_about(one, day) is status_about(two, day)
    assert status_about(one, day) in (None, stands(one, day))
    assert seen(one)["measured"] is seen(one)["baseline"] is None


def test_how_it_stands_is_told_where_there_is_no_doubt() -> None:
    """Far from the line it is on track or behind, far from the target met or not; near them nobody outside can say."""
    told = [
        status_about(told_outside(measured((SEP, value))), day)
        for value, day in ((95, DUE), (40, DUE), (80, DUE), (95, DEC), (3, NOV))
    ]
    s = ObjectiveStatus
    assert told == [s.MET, s.NOT_MET, None, s.MET, s.NOT_MET]
    assert status_about(told_outside(measured((MAR, 90))), MAY) is s.ON_TRACK
    assert status_about(told_outside(objective()), APR) is s.NO_DATA


@pytest.mark.parametrize(
    ("grain", "day", "first", "last"),
    [
        (Grain.SCHEME_MONTH, date(2026, 2, 28), date(2026, 2, 1), date(2026, 2, 28)),
        (Grain.SCHEME_MONTH, date(2028, 2, 1), date(2028, 2, 1), date(2028, 2, 29)),
        (Grain.SCHEME_MONTH, date(2026, 12, 31), date(2026, 12, 1), date(2026, 12, 31)),
        (Grain.SCHEME_QUARTER, date(2026, 11, 23), date(2026, 10, 1), date(2026, 12, 31)),
        (Grain.SCHEME_QUARTER, date(2026, 4, 1), date(2026, 4, 1), date(2026, 6, 30)),
        (Grain.SCHEME_YEAR, date(2026, 11, 23), date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_a_period_is_as_long_as_its_grain(grain: Grain, day: date, first: date, last: date) -> None:
    """Month, quarter, year, by the calendar; none is finer than a month."""
    assert period(grain, day) == (first, last)
    assert {m.grain for m in MEASURES.values()} == set(Grain)


def test_what_is_told_is_kept_beside_what_it_is_made_of() -> None:
    """So that no member that is open is worked out of one that is not."""
    made = told_outside(measured((MAR, 3), (APR, 47), baseline=2))
    assert isinstance(made, Objective)
    assert (made.baseline_about, made.measured_about) == (None, (None, 45))

"""The report of an evaluation says what the figures can bear and no more (S30, S32, X24, F65, F66; domain facts 5.5,
14)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from domain.evaluation.design import SAYS, Caveat, ComparisonDesign, claims_effect
from domain.evaluation.facts import Asked, CoverOf, Facts, Heard, Lost, Man, Sample, Taken
from domain.evaluation.instruments import NEWEST
from domain.evaluation.measurement import CompletionMode, MeasuringPoint, NotMeasured
from domain.evaluation.plan import CollectedBy, Evaluation, MissingAs
from domain.evaluation.report import report
from domain.feedback.record import Theme
from domain.kernel.bands import Band
from domain.kernel.counts import Told
from domain.kernel.ids import EvaluationId, SchemeId
from domain.schemes.registers.hours import Weekday
from domain.schemes.registers.resources import ResourceKind
from domain.sessions.record import EnrolmentState
from domain.turnover.survival import Stay

BEGAN, TODAY = date(2026, 1, 5), date(2026, 11, 2)
PLAN = Evaluation(
    id=EvaluationId(UUID(int=1)),
    scheme=SchemeId(UUID(int=2)),
    jurisdiction="EW",
    prison="MDI",
    organisation="SHANNON_TRUST",
    title="Do learners fare better?",
    question="Does wellbeing change?",
    design=ComparisonDesign.SINGLE_GROUP,
    outcome="SELF_EFFICACY",
    wanted=10,
    starts_on=BEGAN,
    running_weeks=26,
    analysis_on=date(2026, 9, 1),
    collected_by=CollectedBy.INDEPENDENT,
    approached=60,
    refused=10,
    harms=0,
)


def answers(score: int) -> tuple[int, ...]:
    """Ten answers of general self-efficacy that make this score, 10 to 40."""
    each, more = divmod(score, 10)
    return (*(each + 1,) * more, *(each,) * (10 - more))


def taken(who: int, point: MeasuringPoint, score: int | None, **more: Any) -> Taken:
    """One measurement; without a score there are no answers."""
    given: dict[str, Any] = {
        "enrolment": UUID(int=100 + who),
        "instrument": "SELF_EFFICACY",
        "version": 1,
        "point": point,
        "taken_on": BEGAN,
        "enrolled_on": BEGAN,
        "compared": False,
        "mode": None if score is None else CompletionMode.ON_PAPER,
        "answers": () if score is None else answers(score),
        "missed": NotMeasured.LOST if score is None else None,
    }
    return Taken(**{**given, **more})


def pair(who: int, before: int, after: int | None, **more: Any) -> list[Taken]:
    """Measured before and, with a score, after."""
    first = taken(who, MeasuringPoint.BASELINE, before, **more)
    return [first] if after is None else [first, taken(who, MeasuringPoint.END, after, **more)]


def people(n: int, **more: Any) -> list[Taken]:
    """So many, who changed by 1, 2 or 3 in turn."""
    return [t for who in range(n) for t in pair(who, 20 + who % 7, 21 + who % 7 + who % 3, **more)]


def said(of: dict[str, Any]) -> list[str]:
    """The codes of its caveats."""
    return [c["code"] for c in of["caveats"]]


@pytest.mark.parametrize(("n", "mean", "standardised"), [(9, False, False), (10, True, False), (20, True, True)])
def test_of_few_only_counts_are_told(n: int, mean: bool, standardised: bool) -> None:
    """A mean with its interval from ten people on, a standardised change from twenty."""
    told = report(Facts(PLAN, TODAY, people(n)))
    change = told["change"]["scheme"]
    assert change["people"] == 10 if n < 20 else 20
    assert (change["mean"] is not None, change["standardised"] is not None) == (mean, standardised)
    assert (Caveat.TOO_FEW_FOR_MEAN.value in said(told)) is not mean
    assert (Caveat.TOO_FEW_FOR_STANDARDISED.value in said(told)) is (mean and not standardised)


def test_the_flow_is_told_from_those_asked_to_those_analysed() -> None:
    """60 asked, 10 refused, 24 measured before, 15 after, and of each number only what may leave."""
    facts = [t for who in range(24) for t in pair(who, 20, 22 if who < 15 else None)]
    told = report(Facts(PLAN, TODAY, facts))
    flow = {step["step"]: step["people"] for step in told["flow"]}
    assert (flow["APPROACHED"], flow["CONSENTED"], flow["BASELINE"]) == (60, 50, 25)
    assert (flow["END"], flow["ANALYSED"], flow["FOLLOW_UP"]) == (15, 15, 0)


def test_small_counts_are_told_by_nobody() -> None:
    """No number from 1 to 7 stands anywhere as a count of people: three lost by transfer are null (F66)."""
    states = [EnrolmentState.TRANSFERRED] * 3 + [EnrolmentState.RELEASED] * 8
    facts = people(20) + [t for who in range(11) for t in pair(50 + who, 25, None)]
    told = report(Facts(PLAN, TODAY, facts, {UUID(int=150 + n): Man(s) for n, s in enumerate(states)}))
    lost = told["notMeasuredAfter"]
    assert (lost["TRANSFERRED"], lost["RELEASED"], lost["COURT"], lost["total"]) == (None, 10, 0, 10)
    counts = [v for name, v in _numbers(told) if name in ("people", "improved", "neither", "deteriorated", "total")]
    assert counts
    assert not [n for n in counts if 0 < n < 8]


def _numbers(told: Any, name: str = "") -> Iterator[tuple[str, int]]:
    if isinstance(told, dict):
        for key, each in told.items():
            if key != "shares":
                yield from _numbers(each, key)
    elif isinstance(told, list):
        for each in told:
            yield from _numbers(each, name)
    elif isinstance(told, int) and not isinstance(told, bool):
        yield name, told


@pytest.mark.parametrize(
    ("state", "missed", "why"),
    [
        (EnrolmentState.TRANSFERRED, None, Lost.TRANSFERRED),
        (EnrolmentState.RELEASED, None, Lost.RELEASED),
        (EnrolmentState.WITHDRAWN_LEARNER, None, Lost.WITHDREW),
        (EnrolmentState.STARTED, None, Lost.NOT_DUE_YET),
        (EnrolmentState.COMPLETED, None, Lost.LOST),
        (EnrolmentState.STARTED, NotMeasured.COURT, Lost.COURT),
        (EnrolmentState.STARTED, NotMeasured.REFUSED, Lost.REFUSED),
    ],
)
def test_why_somebody_was_lost_is_worked_out(state: EnrolmentState, missed: NotMeasured | None, why: Lost) -> None:
    """By what was noted at the end, or else by what became of his enrolment."""
    facts = pair(1, 20, None)
    if missed is not None:
        facts.append(taken(1, MeasuringPoint.END, None, missed=missed))
    assert Sample(Facts(PLAN, TODAY, facts, {UUID(int=101): Man(state)}), PLAN.outcome).left() == {UUID(int=101): why}


def test_whoever_is_missing_is_left_out_or_taken_as_he_was() -> None:
    """Ten changed by 2 and ten were lost: a mean of 2 of ten, or of 1 of twenty, and the second is said beside it."""
    facts = [
        t for who in range(20) for t in pair(who, 20 + who % 5, 21 + who % 5 + 2 * (who % 2) if who < 10 else None)
    ]
    left_out = report(Facts(PLAN, TODAY, facts))
    carried = report(Facts(replace(PLAN, missing_as=MissingAs.AS_BEFORE), TODAY, facts))
    assert left_out["change"]["scheme"]["mean"] == 2.0
    assert carried["change"]["scheme"]["mean"] == 1.0
    assert Caveat.CARRIED_FORWARD.value in said(carried)
    assert Caveat.CARRIED_FORWARD.value not in said(left_out)
    assert Caveat.MANY_LOST.value in said(left_out)


def test_reliable_change_is_told_all_three_ways() -> None:
    """By SWEMWBS's 2.87 on the metric scale: eight better, eight the same, eight worse."""
    plan, facts = replace(PLAN, outcome="SWEMWBS"), list[Taken]()
    for who in range(24):
        first, then = [(3,) * 7, (2,) * 7] if who % 3 == 2 else [(2,) * 7, (3,) * 7]
        more = {"instrument": "SWEMWBS"}
        facts.append(taken(who, MeasuringPoint.BASELINE, 10, **more, answers=first))
        facts.append(taken(who, MeasuringPoint.END, 10, **more, answers=first if who % 3 == 1 else then))
    made = report(Facts(plan, TODAY, facts))["change"]["scheme"]["reliable"]
    assert (made["improved"], made["neither"], made["deteriorated"], made["from"]) == (10, 10, 10, 2.87)
    assert made["shares"]["improved"]["perCent"] == 33


def test_where_all_of_a_few_are_alike_nothing_is_told_of_them() -> None:
    """Twelve of twelve better would be a statement about each."""
    plan, more = replace(PLAN, outcome="SWEMWBS"), {"instrument": "SWEMWBS"}
    facts = [taken(who, MeasuringPoint.BASELINE, 10, **more, answers=(2,) * 7) for who in range(12)]
    facts += [taken(who, MeasuringPoint.END, 10, **more, answers=(4,) * 7) for who in range(12)]
    made = report(Facts(plan, TODAY, facts))["change"]["scheme"]["reliable"]
    assert (made["improved"], made["neither"], made["deteriorated"], made["shares"]) == (None, None, None, None)


def test_an_uncontrolled_result_bears_its_caveats_and_no_effect() -> None:
    """Regression to the mean is said of every result that is compared with nobody, and no text says 'effect'."""
    told = report(Facts(PLAN, TODAY, people(40)))
    assert said(told)[:2] == [Caveat.NOT_COMPARED.value, Caveat.REGRESSION_TO_THE_MEAN.value]
    assert "effect" not in f"{told}".lower()
    with pytest.raises(ValueError, match="effect"):
        report(Facts(replace(PLAN, title="The effect of reading"), TODAY, people(40)))
    assert report(Facts(replace(PLAN, design=ComparisonDesign.WAIT_LIST, title="The effect of it"), TODAY, people(40)))


@pytest.mark.parametrize("words", ["An effect", "EFFECTIVE", "is effective", "Cafodd effaith", "yn effeithiol"])
def test_the_word_is_refused_in_both_languages_where_nothing_is_compared(words: str) -> None:
    """'Effect', 'effective', and the Welsh of both; a word that only holds it is another word."""
    assert claims_effect(ComparisonDesign.SINGLE_GROUP, words)
    assert not claims_effect(ComparisonDesign.MATCHED_WING, words)
    assert not claims_effect(ComparisonDesign.SINGLE_GROUP, "They disaffected nobody.")
    assert not claims_effect(ComparisonDesign.SINGLE_GROUP, None)


@pytest.mark.parametrize("design", [d for d in ComparisonDesign if d is not ComparisonDesign.BEFORE_AFTER_SERIES])
def test_each_design_compares_with_whom_it_says(design: ComparisonDesign) -> None:
    """Twenty of the scheme up by 4 on average, twenty compared by 1: a difference of 3, unless nobody is compared."""
    facts = [t for w in range(20) for t in pair(w, 20 + w % 5, 23 + w % 5 + w % 3)]
    facts += [t for w in range(20, 40) for t in pair(w, 20 + w % 5, 20 + w % 5 + w % 3, compared=True)]
    change = report(Facts(replace(PLAN, design=design), TODAY, facts))["change"]
    if design is ComparisonDesign.SINGLE_GROUP:
        assert set(change) == {"scheme"}
        assert change["scheme"]["people"] == 40
        return
    assert (change["scheme"]["people"], change["compared"]["people"]) == (20, 20)
    assert change["difference"]["mean"] == pytest.approx(3.0, abs=0.11)
    assert change["difference"]["low"] < 3.0 < change["difference"]["high"]


def test_too_early_is_said_first_of_all() -> None:
    """Before its weeks are over it is too early to judge, whatever the figures are (S32)."""
    told = report(Facts(PLAN, date(2026, 7, 5), people(40)))
    assert told["tooEarlyToJudge"]
    assert {Caveat.NOT_RUN_LONG_ENOUGH.value, Caveat.BEFORE_ITS_DAY.value} <= set(said(told))
    assert not report(Facts(PLAN, date(2026, 7, 6), people(40)))["tooEarlyToJudge"]


def test_a_series_is_told_with_its_line_and_its_limits() -> None:
    """Ten months before, ten after, ten up when it began: the change of level is found, of the numbers that are told,
    and too few months said."""
    plan = replace(PLAN, design=ComparisonDesign.BEFORE_AFTER_SERIES, outcome="SATISFACTION")
    months = [date(2025 + (m + 2) // 12, (m + 2) % 12 + 1, 1) for m in range(20)]
    series = [(month, 20 + n % 2 + (10 if n >= 10 else 0)) for n, month in enumerate(months)]
    told = report(Facts(plan, TODAY, series=series))
    assert told["change"] is None
    assert told["series"]["level"]["mean"] == 10.0
    assert Caveat.SHORT_SERIES.value in said(told)
    assert [p["value"] for p in told["series"]["months"]][:2] == [20, 20]


def test_harms_cost_staying_and_cover_are_told() -> None:
    """Each by the rule for it: harms by prisoner-days, the curve where enough left."""
    plan = replace(PLAN, harms=12, prisoner_days=120_000)
    facts = Facts(
        plan,
        TODAY,
        people(30),
        used={ResourceKind.STAFF_HOURS: 340},
        stays=[Stay(20 * n, n % 2 == 0) for n in range(1, 41)],
        cover={(Weekday.MONDAY, Band.AM): CoverOf(40, 30), (Weekday.MONDAY, Band.PM): CoverOf(40, 37)},
    )
    told = report(facts)
    assert told["harms"]["people"] == 10
    assert told["harms"]["rate"]["perThousandDays"] == 0.083  # of the ten that are told
    assert told["used"] == {"STAFF_HOURS": 340}
    assert [each["perCent"] for each in told["cover"]] == [75, None]
    curve = [each["share"] for each in told["supportersStaying"]]
    assert curve[0] == 1.0
    assert curve == sorted(curve, reverse=True)
    assert {Caveat.COST_UNKNOWN.value, Caveat.HARMS_NOT_COUNTED.value} & set(said(told)) == set()
    assert Caveat.COST_UNKNOWN.value in said(report(Facts(PLAN, TODAY, people(30))))


def test_what_people_said_is_told_in_counts_of_themes() -> None:
    """Thirty said something, twelve had to wait, three found it not private: the three are not told."""
    heard = Heard(30, {Theme.HAD_TO_WAIT: 12, Theme.NOT_PRIVATE: 3, Theme.WORKS_WELL: 0})
    told = report(Facts(PLAN, TODAY, heard=heard))["themes"]
    assert told == {"given": 30, "themes": {"HAD_TO_WAIT": 10, "NOT_PRIVATE": None, "WORKS_WELL": 0}}


def test_requests_are_told_as_they_were_let_out() -> None:
    """Month by month, as figures of the prison: nothing is added up, and nothing told that was not."""
    asked = [
        Asked(date(2026, 9, 1), Told(20), Told(40), Told(10), 25, 60),
        Asked(date(2026, 10, 1), Told(15), None, None),
    ]
    told = report(Facts(PLAN, TODAY, asked=asked))["requests"]
    assert told == [
        {"month": "2026-09", "day": 20, "night": 40, "unmet": 10, "median": 25, "nineInTen": 60},
        {"month": "2026-10", "day": 15, "night": None, "unmet": None, "median": None, "nineInTen": None},
    ]


def test_dose_goes_with_change_where_enough_were_measured() -> None:
    """Half a point a session: it is found, with its interval; sessions are told as a median."""
    facts = [t for who in range(24) for t in pair(who, 20, 20 + who // 2)]
    men = {UUID(int=100 + who): Man(EnrolmentState.COMPLETED, who, 30, 20 * who) for who in range(24)}
    dose = report(Facts(PLAN, TODAY, facts, men))["dose"]
    assert (dose["people"], dose["sessions"]) == (25, 12)
    assert dose["changeASession"]["by"] == 0.5
    assert dose["delivered"]["perCent"] == 38


def test_whoever_left_differed_to_begin_with() -> None:
    """Twelve who stayed began at 30, twelve who left at 15: it is said, and told of both."""
    facts = [t for who in range(12) for t in pair(who, 29 + who % 3, 31 + who % 2)]
    facts += [t for who in range(12, 24) for t in pair(who, 14 + who % 3, None)]
    gone = {UUID(int=100 + who): Man(EnrolmentState.RELEASED) for who in range(12, 24)}
    told = report(Facts(PLAN, TODAY, facts, gone))
    assert (told["leavers"]["stayed"]["before"], told["leavers"]["left"]["before"]) == (30.0, 15.0)
    assert Caveat.LEAVERS_DIFFERED.value in said(told)
    carried = replace(PLAN, missing_as=MissingAs.AS_BEFORE)
    hidden = report(Facts(carried, TODAY, facts, gone))
    assert hidden["leavers"]["stayed"]["before"] is None
    assert Caveat.LEAVERS_DIFFERED.value not in said(hidden)


@pytest.mark.parametrize(("lost", "many"), [(7, False), (8, True)])
def test_how_many_were_lost_turns_no_sentence_where_it_is_not_told(lost: int, many: bool) -> None:
    """Of twenty-odd more than a fifth were lost both times; of seven nothing is told, and so nothing is said."""
    facts = people(20) + [t for who in range(50, 50 + lost) for t in pair(who, 25, None)]
    gone = {UUID(int=100 + who): Man(EnrolmentState.RELEASED) for who in range(50, 50 + lost)}
    told = report(Facts(PLAN, TODAY, facts, gone))
    assert (told["notMeasuredAfter"]["total"] is not None) is many
    assert (Caveat.MANY_LOST.value in said(told)) is many


def test_who_knows_how_many_were_asked_finds_nobody_who_was_not_measured() -> None:
    """Of 25 who said yes 23 were measured. Whoever wrote the 25 down would have it from 25, rounded, that one or two
    were not: so it is not told. Of 40 it is."""
    shown = dict[int, int | None]()
    for agreed in (25, 40):
        plan = replace(PLAN, approached=agreed + 20, refused=20)
        flow = {step["step"]: step["people"] for step in report(Facts(plan, TODAY, people(23)))["flow"]}
        assert (flow["APPROACHED"], flow["CONSENTED"]) == (agreed + 20, agreed)
        shown[agreed] = flow["BASELINE"]
    assert shown == {25: None, 40: 25}


@pytest.mark.parametrize(
    ("more", "caveat"),
    [
        ({"mode": CompletionMode.READ_OUT_BY_STAFF}, Caveat.HELPED_TO_ANSWER),
        ({"taken_on": date(2026, 1, 13)}, Caveat.BASELINE_LATE),
    ],
)
def test_how_the_answers_came_to_be_is_said(more: dict[str, Any], caveat: Caveat) -> None:
    """Read out, or eight days after he began; a week is in time."""
    assert caveat.value in said(report(Facts(PLAN, TODAY, people(30, **more))))
    assert caveat.value not in said(report(Facts(PLAN, TODAY, people(30, taken_on=date(2026, 1, 12)))))


def test_every_caveat_has_its_sentence_and_every_further_instrument_its_change() -> None:
    """None is a bare code; what else was measured stands by itself, as no answer to the question."""
    assert set(SAYS) == set(Caveat)
    plan = replace(PLAN, further=("SWEMWBS",))
    told = report(Facts(plan, TODAY, people(30)))
    assert [(f["instrument"], f["scheme"]["people"]) for f in told["further"]] == [("SWEMWBS", 0)]
    assert told["method"]["outcomeTitle"] == NEWEST["SELF_EFFICACY"].title

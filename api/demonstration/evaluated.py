"""How reading goes for those who learn, measured for an evaluation of a year; and what four groups said of each scheme
in the last quarters.

Answers are drawn one by one, of each person and each item: score, interval and report are worked out of them as of
anybody's. Those who learn are asked within the first week and after eight weeks, or when they stop before; of those
who were moved or released by then only a few were asked again (domain facts 5.5).
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any, Final

from api.demonstration.hat import Hat
from domain.confidentiality.record import Record
from domain.evaluation.design import ComparisonDesign
from domain.evaluation.instruments import NEWEST
from domain.evaluation.measurement import CompletionMode, Measurement, MeasuringPoint, NotMeasured
from domain.evaluation.plan import CollectedBy, Evaluation, EvaluationState
from domain.feedback.codes import following, quarter_of
from domain.feedback.pulses import ITEMS, LEAST, MOST, REVERSED, PulseGroup, PulseResult, scored, told_of
from domain.kernel.days import months_after
from domain.kernel.ids import EvaluationId, MeasurementId, PulseResultId, ResourceId
from domain.schemes.record import Scheme
from domain.schemes.registers.resources import Resource, ResourceKind
from domain.sessions.record import Enrolment, EnrolmentState, Session, SessionState

OUTCOME: Final = "SELF_EFFICACY"
RUNS: Final = 26
"""Weeks that it has to run."""
AFTER: Final = timedelta(weeks=8)
"""So long after he began somebody is asked again, or when he stops before."""
FOLLOWED: Final = timedelta(days=91)
"""So long after the end somebody is asked once more."""
QUARTERS: Final = 3
_MODES: Final = (
    (CompletionMode.ON_PAPER, 55),
    (CompletionMode.READ_OUT_BY_PARTNER, 30),
    (CompletionMode.ON_SCREEN, 15),
)
_GONE: Final = frozenset({EnrolmentState.TRANSFERRED, EnrolmentState.RELEASED})
_PLANNED: Final = {
    ResourceKind.STAFF_HOURS: 24,
    ResourceKind.MATERIALS: 30,
    ResourceKind.MONEY: 15_000,
    ResourceKind.UNLOCK_TIME: 600,
}
"""What a month is planned to take, in the unit of each."""
_ANSWER: Final = {PulseGroup.SUPPORTED: (14, 40), PulseGroup.NON_USERS: (12, 60), PulseGroup.STAFF: (10, 30)}
"""How many of a group answer, at the least and the most; of supporters fewer than are told."""


def evaluated(hat: Hat, scheme: Scheme, enrolments: Sequence[Enrolment], sessions: Sequence[Session]) -> list[Record]:
    """The plan of a scheme's evaluation, what the scheme used meanwhile, and everybody who was measured for it."""
    began = hat.today - timedelta(weeks=44)
    there = [e for e in enrolments if e.state is not EnrolmentState.WAITING and e.enrolled_on >= began]
    refused = len(there) // 5
    plan = Evaluation(
        id=EvaluationId(hat.ids()),
        **_of(scheme),
        title="Learning to read with a mentor",
        question="Do people trust themselves more once they learn to read?",
        design=ComparisonDesign.SINGLE_GROUP,
        outcome=OUTCOME,
        wanted=40,
        starts_on=began,
        running_weeks=RUNS,
        analysis_on=hat.today + timedelta(days=14),
        collected_by=CollectedBy.PARTNER,
        approached=len(there) + refused,
        refused=refused,
        harms=0,
        prisoner_days=hat.chance.randint(900, 1_000) * (hat.today - began).days,
        state=EvaluationState.REGISTERED,
        registered_on=began - timedelta(days=7),
    )
    done = {each.enrolment for each in sessions if each.state is SessionState.DELIVERED}
    taken = (m for each in there for m in _measured(hat, plan, each, learnt=each.id in done))
    return [plan, *_used(hat, scheme, began), *taken]


def _used(hat: Hat, scheme: Scheme, began: date) -> Iterator[Resource]:
    """What the scheme used in each month that is over."""
    for month in (months_after(began.replace(day=1), n) for n in range(12)):
        for kind, planned in _PLANNED.items():
            if month < hat.today.replace(day=1):
                used = round(planned * hat.chance.uniform(0.7, 1.2))
                of: dict[str, Any] = {"kind": kind, "month": f"{month:%Y-%m}", "planned": planned, "used": used}
                yield Resource(id=ResourceId(hat.ids()), **_of(scheme), **of)


def _of(scheme: Scheme) -> dict[str, Any]:
    where = {"jurisdiction": scheme.jurisdiction, "prison": scheme.prison}
    return {"scheme": scheme.id, "organisation": scheme.organisation, **where}


def _measured(hat: Hat, plan: Evaluation, one: Enrolment, *, learnt: bool) -> Iterator[Measurement]:
    first = one.enrolled_on + hat.days(0, 9)
    trust = hat.chance.gauss(2.4, 0.5)
    if first > hat.today:
        return
    yield _answered(hat, plan, one, MeasuringPoint.BASELINE, first, trust)
    due = one.enrolled_on + AFTER
    last = due if one.ended_on is None else min(due, one.ended_on)
    gone = one.state in _GONE and last < due
    if last <= first or last > hat.today or (gone and hat.likely(0.8)):
        return
    midway = one.enrolled_on + AFTER / 2
    if first < midway < last and hat.likely(0.8):
        yield _answered(hat, plan, one, MeasuringPoint.MIDWAY, midway, trust + hat.chance.gauss(0.1, 0.3))
    if hat.likely(0.12):
        why = hat.weighed(((NotMeasured.REFUSED, 2), (NotMeasured.COURT, 1), (NotMeasured.LOST, 2)))
        yield _taken(hat, plan, one, MeasuringPoint.END, last, missed=why)
        return
    then = trust + hat.chance.gauss(0.25 if learnt else 0.05, 0.35)
    yield _answered(hat, plan, one, MeasuringPoint.END, last, then)
    later = last + FOLLOWED
    if not gone and later <= hat.today and hat.likely(0.7):
        yield _answered(hat, plan, one, MeasuringPoint.FOLLOW_UP, later, then + hat.chance.gauss(-0.05, 0.3))


def _answered(hat: Hat, plan: Evaluation, one: Enrolment, point: MeasuringPoint, on: date, trust: float) -> Measurement:
    by = NEWEST[OUTCOME]
    drawn = (round(hat.chance.gauss(trust, 0.6)) for _ in range(by.items))
    answers = tuple(min(by.highest, max(by.lowest, each)) for each in drawn)
    return _taken(hat, plan, one, point, on, mode=hat.weighed(_MODES), answers=answers)


def _taken(hat: Hat, plan: Evaluation, one: Enrolment, point: MeasuringPoint, on: date, **more: Any) -> Measurement:
    return Measurement(
        id=MeasurementId(hat.ids()),
        scheme=one.scheme,
        jurisdiction=one.jurisdiction,
        prison=plan.prison,
        organisation=one.organisation,
        evaluation=plan.id,
        enrolment=one.id,
        person=one.person,
        instrument=OUTCOME,
        instrument_version=NEWEST[OUTCOME].version,
        point=point,
        taken_on=on,
        enrolled_on=one.enrolled_on,
        consent_version=plan.consent_version,
        **more,
    )


def pulses(hat: Hat, scheme: Scheme) -> Iterator[PulseResult]:
    """What each group answered to each item in the last quarters that are over."""
    now = quarter_of(hat.today)
    for quarter in (months_after(now, -3 * n) for n in range(QUARTERS, 0, -1)):
        if following(quarter) > now:
            continue
        for group, items in ITEMS.items():
            many = hat.chance.randint(*_ANSWER.get(group, (3, 9)))
            for item in items:
                usual = 2.2 if item in REVERSED else 3.7
                drawn = (round(hat.chance.gauss(usual, 0.9)) for _ in range(many))
                answers = [min(MOST, max(LEAST, each)) for each in drawn]
                score = scored(item, answers)
                yield PulseResult(
                    id=PulseResultId(hat.ids()),
                    **_of(scheme),
                    quarter=quarter,
                    of_group=group,
                    item=item,
                    answered=told_of(many),
                    score=None if score is None else score.mean,
                    lowest=None if score is None else score.low,
                    highest=None if score is None else score.high,
                )

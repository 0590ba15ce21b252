"""What people said in each prison, and what is watched over there: a complaint, a pulse, a breach, an unusual look, a
code."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from domain.care.incidents import Against
from domain.confidentiality.record import Record
from domain.confidentiality.roles import Role
from domain.feedback.codes import FeedbackCode, FeedbackSheets
from domain.feedback.complaints import ANSWERED_WITHIN, Complaint, ComplaintAbout, ComplaintFrom, ComplaintState
from domain.feedback.pulses import PulseGroup, PulseItem, PulseResult
from domain.kernel.ids import UnusualLookId
from domain.vigilance.breach import (
    TO_REPORT,
    Breach,
    BreachFinding,
    BreachHarm,
    BreachKind,
    BreachState,
    FoundBy,
    PeopleConcerned,
)
from domain.vigilance.looks import LIMITS, REVIEWED_WITHIN, LookRule, UnusualLook
from tests.http.cast import START
from tests.http.registers_furniture import TODAY, of

WEEK = date(2026, 11, 16)
QUARTER = date(2026, 7, 1)


def feedback(place: Any) -> Iterator[Record]:
    """One of each, in each state in which something may be done."""
    complaint: dict[str, Any] = {
        "about": ComplaintAbout.TREATED_UNFAIRLY,
        "against": Against.SUPPORTERS,
        "goes_up": False,
        "came_from": ComplaintFrom.NOT_SAID,
        "week_of": WEEK,
        "answer_by": WEEK + ANSWERED_WITHIN,
    }
    yield Complaint(**of(place, "complaint"), **complaint)
    yield Complaint(
        **of(place, "complaint:looked-into"),
        **complaint,
        state=ComplaintState.LOOKED_INTO,
        looked_into_by=place.id("actor:somebody"),
        had_a_part=(place.id("actor:somebody"),),
    )
    yield PulseResult(
        **of(place, "pulse-result"),
        quarter=QUARTER,
        of_group=PulseGroup.STAFF,
        item=PulseItem.HAS_TIME_TO_UNLOCK,
        answered=25,
        score=24,
        lowest=20,
        highest=29,
    )
    breach: dict[str, Any] = {
        "what": BreachKind.SEEN_BY_OTHERS,
        "found_by": FoundBy.STAFF,
        "aware_at": START - timedelta(hours=1),
        "report_by": START - timedelta(hours=1) + TO_REPORT,
        "report_on": START.date() + timedelta(days=3),
        "entered_by": place.id("actor:somebody"),
        "whose": place.id("actor:who did it"),
        "goes_up": False,
    }
    yield Breach(**of(place, "breach"), **breach)
    yield Breach(
        **of(place, "breach:assessed"),
        **breach,
        state=BreachState.ASSESSED,
        finding=BreachFinding.NEAR_MISS,
        harm=BreachHarm.NONE,
        people=PeopleConcerned.NOBODY,
        assessed_by=place.id("actor:somebody"),
        had_a_part=(place.id("actor:somebody"),),
    )
    yield UnusualLook(
        id=UnusualLookId(place.id("unusual-look")),
        jurisdiction=place.jurisdiction,
        prison=place.prison,
        rule=LookRule.MANY_TURNED_AWAY,
        at_least=LIMITS[LookRule.MANY_TURNED_AWAY],
        times=14,
        whose=place.id("actor:somebody"),
        role=Role.WING_OFFICER,
        day=TODAY - timedelta(days=1),
        lines=(),
        review_by=TODAY - timedelta(days=1) + REVIEWED_WITHIN,
    )
    yield FeedbackCode(**of(place, "feedback-code"), quarter=date(2026, 10, 1))
    yield FeedbackSheets(**of(place, "feedback-sheets"), quarter=date(2026, 10, 1), printed=1)

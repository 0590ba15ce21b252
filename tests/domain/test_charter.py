"""A charter: what is blank, what does not fit together, who has to sign, and that each member answers one question."""

import dataclasses
from datetime import date, timedelta
from typing import Any

import pytest

from domain.confidentiality.classification import Classification
from domain.schemes import charter as charters
from domain.schemes.charter import Charter, Lasting, differences, faults, missing, signatures_missing
from domain.schemes.needs import ANSWERS, SupportOutcome, TargetNeed
from domain.schemes.questions import MEMBERS, QUESTIONS, Section
from domain.schemes.tasks import FLOOR, Task
from tests.domain.world import NOW
from tests.http import planned
from tests.http.furniture import MOORLAND

TODAY = NOW.date()
UNWRITTEN = {"id", "version", "scheme", "kind", "jurisdiction", "prison", "organisation", "number", "state"}
UNWRITTEN |= {"in_force_from", "in_force_until", "written_by", "submitted_at", "missing", *charters.SIGNATURES.values()}


def whole(kind: str = "LISTENERS", **more: Any) -> Charter:
    """A plan in which nothing is wanting."""
    given = planned.plan(kind, objectives=(MOORLAND.id("objective"),), **more)
    return planned.charter(MOORLAND, "charter:of-tests", "scheme:listeners", kind, **given)


def test_each_member_answers_one_question() -> None:
    """Nothing is written that no question asks for, and no member belongs to two sections."""
    assert sorted(MEMBERS) == sorted(set(Charter.shape.fields) - UNWRITTEN)
    assert set(QUESTIONS) == set(Section)
    assert all(asked.optional <= set(asked.members) for asked in QUESTIONS.values())


def test_the_public_page_is_what_whoever_asks_needs_to_know() -> None:
    """Open are purpose and tasks, for whom and for which needs, outcomes, how long, when, where and how to ask, what is
    passed on; and nothing else that somebody writes."""
    public = {m for m in MEMBERS if Charter.shape.fields[m].mark.classification is Classification.OPEN}
    assert public == {
        *("purpose", "permitted_tasks", "prohibited_tasks", "target_group", "needs", "outcomes"),
        *("support_lasts", "lasts_weeks", "endings", "when_available", "places", "how_to_ask", "passed_on"),
    }


@pytest.mark.parametrize("section", Section)
def test_a_section_is_blank_while_one_of_its_members_is(section: Section) -> None:
    """Each member by itself, unless it may stay empty; nought and no are answers."""
    full = whole(staff_hours_a_week=0, money_minor_units_a_year=0, paid=False, practice_contacts=0)
    assert missing(full) == ()
    for member in QUESTIONS[section].members:
        kind = type(getattr(full, member))
        emptied: dict[str, Any] = {member: () if kind is tuple else None}
        expected = () if member in QUESTIONS[section].optional else (section,)
        assert missing(dataclasses.replace(full, **emptied)) == expected, member


def test_weeks_are_asked_for_where_support_lasts_for_weeks() -> None:
    """'For a fixed time' without the time is no answer."""
    assert missing(whole(support_lasts=Lasting.FIXED_WEEKS)) == (Section.DURATION,)
    assert missing(whole(support_lasts=Lasting.FIXED_WEEKS, lasts_weeks=12)) == ()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"prohibited_tasks": (*FLOOR, Task.LISTEN_IN_PRIVATE)}, "TASK_PERMITTED_AND_PROHIBITED"),
        ({"prohibited_tasks": (Task.HOLD_KEYS,)}, "PROHIBITION_DROPPED"),
        ({"needs": (TargetNeed.DISTRESS, TargetNeed.READING)}, "NEED_WITHOUT_OUTCOME"),
        (
            {"outcomes": (SupportOutcome.HEARD_WHEN_IN_DISTRESS, SupportOutcome.READS_BETTER)},
            "OUTCOME_WITHOUT_NEED",
        ),
        ({"review_on": TODAY}, "REVIEW_NOT_AHEAD"),
        ({"analysis_on": TODAY}, "ANALYSIS_NOT_AHEAD"),
    ],
)
def test_what_does_not_fit_together_has_its_code(change: dict[str, Any], code: str) -> None:
    """One fault, one code; and a plan without any has none."""
    assert faults(whole(), TODAY, prohibited=FLOOR) == ()
    assert faults(dataclasses.replace(whole(), **change), TODAY, prohibited=FLOOR) == (code,)


@pytest.mark.parametrize("task", FLOOR)
def test_no_plan_permits_what_the_floor_prohibits(task: Task) -> None:
    """Whether it says so besides, or hides it by not prohibiting it."""
    permitted = dataclasses.replace(whole(), permitted_tasks=(Task.LISTEN_IN_PRIVATE, task))
    assert faults(permitted, TODAY, prohibited=FLOOR) == ("TASK_PERMITTED_AND_PROHIBITED", "TASK_PROHIBITED_BY_KIND")
    silent = dataclasses.replace(permitted, prohibited_tasks=tuple(t for t in FLOOR if t is not task))
    assert faults(silent, TODAY, prohibited=FLOOR) == ("TASK_PROHIBITED_BY_KIND", "PROHIBITION_DROPPED")


def test_what_is_blank_is_not_called_contradictory_besides() -> None:
    """A blank plan has a code for each section, and no other."""
    blank = planned.charter(MOORLAND, "charter:blank", "scheme:listeners", "LISTENERS")
    assert faults(blank, TODAY) == tuple(f"BLANK_{section.value}" for section in Section)


def test_every_need_has_an_outcome() -> None:
    """No need is named of which nothing could come, nor an outcome that answers none."""
    assert set(ANSWERS) == set(SupportOutcome)
    assert set().union(*ANSWERS.values()) == set(TargetNeed)
    assert all(ANSWERS.values())


def test_who_signs_follows_from_the_partner() -> None:
    """Safer custody and governor always; the partner where there is one besides the prison."""
    prisons = ("SIGNATURE_MISSING_SAFER_CUSTODY", "SIGNATURE_MISSING_GOVERNOR")
    assert signatures_missing(whole("INSIDERS")) == prisons
    assert signatures_missing(whole("LISTENERS")) == (*prisons, "SIGNATURE_MISSING_PARTNER")
    signed = dataclasses.replace(whole("INSIDERS"), signed_by_governor=MOORLAND.id("x"))
    assert signatures_missing(signed) == prisons[:1]


def test_what_is_missing_is_worked_out() -> None:
    """Nobody types it: a charter that is whole lacks nothing, and one answer less is one section."""
    assert whole().missing(NOW) == ()
    assert dataclasses.replace(whole(), paying=None).missing(NOW) == (Section.PAY,)


def test_versions_differ_by_member_in_reading_order() -> None:
    """A blank member and an empty list are the same nothing; what is the same is not told."""
    before = {m: getattr(whole(), m) for m in MEMBERS}
    after = {**before, "paying": "A band more.", "purpose": "Another.", "answers": None, "places": ()}
    told = [(section, member) for section, member, _, _ in differences(before, after)]
    assert told == [(Section.PURPOSE, "purpose"), (Section.AVAILABILITY, "places"), (Section.PAY, "paying")]
    assert differences(before, before) == []


def test_a_review_must_lie_ahead_on_the_day_it_is_published() -> None:
    """What was ahead when it was written may be past when it is signed."""
    plan = whole(review_on=TODAY + timedelta(days=1))
    assert faults(plan, TODAY) == ()
    assert faults(plan, date(2030, 1, 1)) == ("REVIEW_NOT_AHEAD", "ANALYSIS_NOT_AHEAD")

"""Where supporters stand, in each prison: a suspension in each state that an operation needs, and an absence."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from domain.schemes.belonging import OfScheme
from domain.schemes.kinds import SHANNON_TRUST
from domain.supporters.absences import Absence, Away
from domain.supporters.record import Competence, Standing
from domain.supporters.suspension import (
    TO_REVIEW,
    Category,
    Disclosed,
    ReviewFinding,
    Suspension,
    SuspensionState,
    Word,
)
from domain.training.certificates import Certificate
from domain.training.cohorts import Attendance, Attended, Cohort
from domain.training.courses import Course, Skill
from domain.training.practice import Practice, Practised, SignOff
from tests.http.cast import person
from tests.http.registers_furniture import TODAY, of

SUSPENDED = ("suspended", "reviewed")
"""Supporters of each reading scheme who are suspended."""
_LONG_AGO = TODAY - timedelta(days=20)


def records(place: Any) -> Iterator[OfScheme]:
    """All of them, in one prison."""
    yield from suspensions(place)
    yield absence(place, "absence", "supporter:mentor", "mentor")
    yield from training(place)


def suspension(place: Any, name: str, supporter: str, who: str, **more: Any) -> Suspension:
    """One of a supporter, by somebody who is not in the cast."""
    given: dict[str, Any] = {
        "category": Category.ALLEGATION,
        "disclosed_reason": Disclosed.GENERAL_REVIEW,
        "stood": Standing.ACTIVE,
        "suspended_on": _LONG_AGO,
        "review_due_on": _LONG_AGO + TO_REVIEW,
        "suspended_by": place.id("actor:somebody"),
    }
    return Suspension(**of(place, name), supporter=place.id(supporter), person=who_is(place, who), **{**given, **more})


def suspensions(place: Any) -> Iterator[Suspension]:
    """One that nobody reviewed, one that was; and of two who are gone, one that ended and one under appeal."""
    yield suspension(place, "suspension", "supporter:suspended", "suspended")
    seen: dict[str, Any] = {
        "finding": ReviewFinding.CONCERN_REMAINS,
        "reviewed_on": _LONG_AGO + timedelta(days=3),
        "reviewed_by": place.id("actor:reviewer"),
    }
    state = SuspensionState
    yield suspension(place, "suspension:reviewed", "supporter:reviewed", "reviewed", state=state.REVIEWED, **seen)
    gone: dict[str, Any] = {
        **seen,
        "prison_word": Word.REMOVE,
        "prison_decided_by": place.id("actor:decider"),
        "partner_word": Word.REMOVE,
        "partner_decided_by": place.id("actor:partner-decider"),
        "decided_on": TODAY - timedelta(days=5),
    }
    who = "ben" if place.prefix == "" else "removed"
    yield suspension(place, "suspension:removed", "supporter:removed", who, state=state.REMOVED, **gone)
    told: dict[str, Any] = {**gone, "appealed_on": TODAY}
    yield suspension(place, "suspension:appealed", "supporter:appealed", "appealed", state=state.APPEALED, **told)


def absence(place: Any, name: str, supporter: str, who: str, **more: Any) -> Absence:
    """A leave in a month's time."""
    given: dict[str, Any] = {"why": Away.OWN_WISH, "told_to_him": True, "first_on": TODAY + timedelta(days=30)}
    return Absence(**of(place, name), supporter=place.id(supporter), person=who_is(place, who), **{**given, **more})


def training(place: Any) -> Iterator[OfScheme]:
    """A course, a cohort with somebody in it, and of the mentor one of each besides."""
    yield Course(**of(place, "course"), module="COUNT_ME_IN", skill=Skill.SPECIFIC_NEED, hours=3)
    days: dict[str, Any] = {"starts_on": TODAY - timedelta(days=7), "ends_on": TODAY + timedelta(days=7)}
    trainer, mentor = place.id("actor:trainer"), place.id("supporter:second-mentor")
    yield Cohort(**of(place, "cohort"), **days, places=6, trainer=trainer, members=(mentor,))
    his: dict[str, Any] = {"supporter": place.id("supporter:mentor"), "person": who_is(place, "mentor")}
    yield Attendance(
        **of(place, "attendance"),
        **his,
        cohort=place.id("cohort"),
        module="COUNT_ME_IN",
        held_on=_LONG_AGO,
        attended=Attended.ATTENDED,
        hours=3,
    )
    yield Certificate(
        **of(place, "certificate"),
        **his,
        number="ST-2026-0001",
        awarding_body=SHANNON_TRUST.partner,
        awarded_on=_LONG_AGO,
        expires_on=TODAY + timedelta(days=60),
        refresher_due_on=TODAY,
    )
    noted = {"how": Practised.OBSERVED, "contacts": 2, "noted_for": _LONG_AGO}
    yield Practice(**of(place, "practice"), **his, **noted, observer=place.id("actor:trainer"))
    signed: dict[str, Any] = {"competence": Competence.COMMUNICATION, "signed_on": _LONG_AGO}
    yield SignOff(**of(place, "sign-off"), **his, **signed, signed_by=place.id("actor:signer"))


def who_is(place: Any, who: str) -> Any:
    """The person; in Moorland the cast's."""
    return person(f"{place.prefix}{who}")

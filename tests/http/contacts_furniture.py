"""What follows from contacts, in each prison: one of each record, and more where an operation needs one in another
state."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from domain.confidentiality.record import Record
from domain.kernel.bands import readable_until
from domain.kernel.words import JURISDICTIONS
from domain.people.record import Person
from domain.schemes.kinds import COUNCIL, INSIDERS, LISTENERS, RECOVERY_MENTORS, SOCIAL_CARE_BUDDIES
from domain.schemes.measures import Unit
from domain.schemes.needs import SupportOutcome
from domain.schemes.registers.places import MeetingPlace, PlaceKind
from domain.sessions.appointments import PlannedAppointment
from domain.sessions.arrivals import Arrival
from domain.sessions.awards import Award, AwardKind
from domain.sessions.codes import Programme
from domain.sessions.follow_ups import FollowUp, FollowUpBy, FollowUpTask
from domain.sessions.goals import EnrolmentGoal
from domain.sessions.group_places import GroupPlace
from domain.sessions.groups import GroupSession, GroupTopic
from domain.sessions.mandates import Mandate
from domain.sessions.record import Enrolment, EnrolmentState
from domain.sessions.staff_notes import StaffNote
from domain.sessions.suites import SuiteUse
from domain.sessions.support import SupportRecord, SupportState
from domain.sessions.support_codes import Advice, Appointment, Issue
from tests.http.cast import START, actor, person
from tests.http.places import LONG_AGO, MOUNTJOY, TODAY
from tests.http.registers_furniture import of


def contacts(place: Any) -> Iterator[Record]:
    """All of it, in one prison."""
    yield from learners(place)
    yield from newcomers(place)
    yield from support(place)
    if place is not MOUNTJOY:
        yield from suites(place)


def learners(place: Any) -> Iterator[Record]:
    """A goal, something to be seen to, an award: of the mentor's learner."""
    here = place.prefix == ""
    learner = person("arthur" if here else f"{place.prefix}learner")
    mentor = person("mentor" if here else f"{place.prefix}mentor")
    whose: dict[str, Any] = {"person": learner, "supporter_person": mentor}
    case: dict[str, Any] = {
        **of(place, "enrolment:passed"),
        "name": "Learner Made-Up",
        "programme": Programme.TURNING_PAGES,
        "manual": 3,
        "manuals_passed": (1, 2),
        "checks_passed": 2,
        "enrolled_on": LONG_AGO,
    }
    passed = person(f"{place.prefix}third-learner")
    yield Enrolment(**case, wing=f"{place.prison}-A", person=passed, state=EnrolmentState.WAITING)
    if here:
        yield Person(
            id=person("moving"),
            person=person("moving"),
            jurisdiction=place.jurisdiction,
            prison=place.prison,
            wing=None,
            identifier_kind=JURISDICTIONS[place.jurisdiction].identifier_kind,
            identifier="A3007QX",
            name="Nat Quarter",
        )
        moved: dict[str, Any] = {**case, "id": place.id("enrolment:moved"), "name": "Nat Quarter", "shared": True}
        yield Enrolment(**moved, wing=None, person=person("moving"), state=EnrolmentState.TRANSFERRED, ended_on=TODAY)
    yield EnrolmentGoal(
        **of(place, "goal"),
        **whose,
        enrolment=place.id("enrolment"),
        outcome=SupportOutcome.READS_BETTER,
        unit=Unit.COUNT,
        baseline=10,
        target=40,
        set_on=LONG_AGO,
        due_on=TODAY + timedelta(days=40),
    )
    yield FollowUp(
        **of(place, "follow-up"),
        **whose,
        wing=f"{place.prison}-A",
        which=place.id("enrolment"),
        what=FollowUpTask.MEET_AGAIN,
        whose=FollowUpBy.SUPPORTER,
        due_on=TODAY + timedelta(days=2),
    )
    yield StaffNote(
        **of(place, "staff-note"),
        person=learner,
        enrolment=place.id("enrolment"),
        words="He says less when his brother is on the landing.",
        noted_at=START - timedelta(days=2),
        author=actor("coordinator"),
    )
    yield Award(
        **of(place, "award"),
        person=learner,
        enrolment=place.id("enrolment"),
        what=AwardKind.MANUAL,
        programme=Programme.COUNT_ME_IN,
        manual=1,
        awarded_on=LONG_AGO,
        awarded_by=actor("coordinator"),
    )


def newcomers(place: Any) -> Iterator[Record]:
    """Somebody who has come and whom nobody has met yet."""
    insiders = {"scheme": place.id("scheme:insiders"), "organisation": INSIDERS.partner}
    yield Arrival(
        **{**of(place, "arrival"), **insiders},
        wing=f"{place.prison}-A",
        person=person(f"{place.prefix}newcomer"),
        name="Newcomer Made-Up",
        arrived_at=START - timedelta(hours=3),
        meet_by=START + timedelta(hours=21),
    )


def support(place: Any) -> Iterator[Record]:
    """What a recovery mentor did, in each state in which something may be done, and a group."""
    recovery = {"scheme": place.id("scheme:recovery"), "organisation": RECOVERY_MENTORS.partner}
    buddies = {"scheme": place.id("scheme:buddies"), "organisation": SOCIAL_CARE_BUDDIES.partner}
    helped: dict[str, Any] = {
        "wing": f"{place.prison}-A",
        "person": person(f"{place.prefix}second-learner"),
        "name": "Learner Made-Up",
        "supporter": place.id("supporter:recovery"),
        "supporter_person": person(f"{place.prefix}recovering"),
        "held_on": TODAY - timedelta(days=1),
        "minutes": 30,
        "issue": Issue.SUBSTANCE_USE,
        "advice": (Advice.OPTIONS_EXPLAINED,),
        "relapse_support": True,
        "author": place.id("actor:somebody"),
        "note": "Talk of the evening group.",
    }
    for name, state in (("support-record", SupportState.DRAFT), ("support-record:submitted", SupportState.SUBMITTED)):
        yield SupportRecord(**{**of(place, name), **recovery}, **helped, state=state)
    standing: dict[str, Any] = {"state": SupportState.APPROVED, "approved_by": place.id("actor:another")}
    yield SupportRecord(**{**of(place, "support-record:approved"), **recovery}, **helped, **standing)
    yield GroupSession(
        **{**of(place, "group-session"), **recovery},
        topic=GroupTopic.RECOVERY_GROUP,
        held_on=TODAY - timedelta(days=2),
        minutes=60,
        expected=9,
        attended=7,
    )
    to_come: dict[str, Any] = {"topic": GroupTopic.RECOVERY_GROUP, "held_on": TODAY + timedelta(days=5)}
    yield GroupSession(**{**of(place, "group-session:planned"), **recovery}, **to_come, capacity=8, expected=0)
    listed: dict[str, Any] = {"topic": GroupTopic.RECOVERY_GROUP, "held_on": TODAY - timedelta(days=9)}
    listed |= {"minutes": 45, "by_name": True, "expected": 1, "attended": 1}
    yield GroupSession(**{**of(place, "group-session:listed"), **recovery}, **listed)
    yield GroupPlace(
        **{**of(place, "group-place"), **recovery},
        group_session=place.id("group-session:listed"),
        held_on=TODAY - timedelta(days=9),
        person=person(f"{place.prefix}second-learner"),
        name="Learner Made-Up",
        came=True,
    )
    yield Enrolment(
        **{**of(place, "enrolment:buddies"), **buddies},
        wing=f"{place.prison}-A",
        person=person(f"{place.prefix}second-learner"),
        name="Learner Made-Up",
        supporter=place.id("supporter:buddy"),
        supporter_person=person(f"{place.prefix}buddy"),
        mentor_since=LONG_AGO,
        state=EnrolmentState.STARTED,
        enrolled_on=LONG_AGO,
        review_due_on=TODAY + timedelta(days=10),
    )
    council = {"scheme": place.id("scheme:council"), "organisation": COUNCIL.partner}
    yield Mandate(
        **{**of(place, "mandate"), **council},
        wing=f"{place.prison}-A",
        supporter=place.id("supporter:council"),
        supporter_person=person(f"{place.prefix}elected"),
        name="Somebody Made-Up",
        elected_on=LONG_AGO,
        first_on=LONG_AGO,
        last_on=TODAY + timedelta(days=90),
    )
    yield PlannedAppointment(
        **{**of(place, "appointment"), **buddies},
        enrolment=place.id("enrolment:buddies"),
        person=person(f"{place.prefix}second-learner"),
        supporter_person=person(f"{place.prefix}buddy"),
        what=Appointment.TREATMENT,
        due_on=TODAY + timedelta(days=3),
    )


def suites(place: Any) -> Iterator[Record]:
    """A Listener suite, and its use in this band."""
    listeners = {"scheme": place.id("scheme:listeners"), "organisation": LISTENERS.partner}
    yield MeetingPlace(
        **{**of(place, "meeting-place:suite"), **listeners}, kind=PlaceKind.LISTENER_SUITE, name="Suite on A"
    )
    band, until = readable_until(START, JURISDICTIONS[place.jurisdiction].time_zone)
    yield SuiteUse(
        **{**of(place, "suite-use"), **listeners},
        closed=True,
        place=place.id("meeting-place:suite"),
        band=band,
        readable_until=until,
        peer_present=False,
        observations_continued=True,
    )

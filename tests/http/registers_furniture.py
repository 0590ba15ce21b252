"""The registers of each prison's reading scheme: one of each record that a scheme has besides itself, and more where an
operation needs one in another state."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from domain.kernel.bands import Band
from domain.schemes.belonging import OfScheme
from domain.schemes.kinds import SHANNON_TRUST
from domain.schemes.registers.actions import About, Action
from domain.schemes.registers.answerable import Answerable
from domain.schemes.registers.checks import CheckSubject, RoutineCheck
from domain.schemes.registers.contingency import (
    Activation,
    ActivationState,
    ContingencyPlan,
    Cover,
    LogCode,
    LogEntry,
    Tell,
    Trigger,
    Why,
)
from domain.schemes.registers.hours import Weekday
from domain.schemes.registers.involvement import Group, Meeting, MeetingKind, Proposal, ProposalState, PublishedOutcome
from domain.schemes.registers.places import MeetingPlace, Outage, OutOfUse, PlaceKind
from domain.schemes.registers.publicity import AskedBy, Medium, Publicity, SpotCheck
from domain.schemes.registers.resources import Resource, ResourceKind
from domain.schemes.registers.risks import Risk, RiskCode, RiskState
from domain.schemes.registers.stakeholders import Level, Stakeholder, StakeholderRole, Way
from domain.schemes.registers.times import ServiceTime
from tests.http.cast import START, actor

TODAY = START.date()


def registers(place: Any) -> Iterator[OfScheme]:
    """All of them, in one prison."""
    yield from contingency(place)
    yield from risks(place)
    yield from times(place)
    yield from upkeep(place)
    yield from involvement(place)


def of(place: Any, name: str) -> dict[str, Any]:
    """The id of a record that is called so, and its place."""
    return {
        "id": place.id(name),
        "scheme": place.id("scheme:shannon"),
        "jurisdiction": place.jurisdiction,
        "prison": place.prison,
        "organisation": SHANNON_TRUST.partner,
    }


def contingency(place: Any) -> Iterator[OfScheme]:
    """A plan that waits, one that is switched on, and an activation that has ended and waits for its review."""
    plan: dict[str, Any] = {
        "cover": (Cover.PRINTED_MATERIAL, Cover.POSTPONED),
        "cover_in_words": "Work sheets at the door; sessions are made up later.",
        "tell": (Tell.ORDERLY_OFFICER, Tell.PARTNER),
        "review_on": TODAY + timedelta(days=90),
    }
    yield ContingencyPlan(**of(place, "contingency-plan"), trigger=Trigger.OUTBREAK, **plan)
    on = place.id("activation")
    yield ContingencyPlan(**of(place, "contingency-plan:on"), trigger=Trigger.LOCKDOWN, activation=on, **plan)
    lived: dict[str, Any] = {
        "plan": place.id("contingency-plan:on"),
        "trigger": Trigger.LOCKDOWN,
        "why": Why.TRIGGER_MET,
        "started_at": START - timedelta(hours=2),
        "started_by": actor("governor"),
        "to_tell": plan["tell"],
        "told": (Tell.ORDERLY_OFFICER,),
        "log_entries": 1,
    }
    yield Activation(**of(place, "activation"), **lived)
    yield Activation(
        **of(place, "activation:ended"),
        **{**lived, "told": plan["tell"]},
        state=ActivationState.ENDED,
        ended_at=START - timedelta(hours=1),
        ended_by=actor("governor"),
        review_on=TODAY + timedelta(days=14),
    )
    yield LogEntry(
        **of(place, "log-entry"),
        activation=on,
        at=START - timedelta(hours=1),
        code=LogCode.TOLD,
        told=Tell.ORDERLY_OFFICER,
        words="By telephone.",
        author=actor("governor"),
    )


def risks(place: Any) -> Iterator[OfScheme]:
    """One that nobody has looked at, one that is open, and an action about that."""
    yield Risk(**of(place, "risk"), risk=RiskCode.CHURN)
    yield Risk(
        **of(place, "risk:open"),
        risk=RiskCode.OVERLOAD,
        state=RiskState.OPEN,
        likelihood=4,
        impact=3,
        owner=Answerable.PARTNER,
        assessed_on=TODAY - timedelta(days=30),
        review_on=TODAY + timedelta(days=60),
    )
    yield Action(
        **of(place, "action"),
        about=About.RISK,
        which=place.id("risk:open"),
        what="Train two more mentors.",
        owner=Answerable.PARTNER,
        due_on=TODAY + timedelta(days=30),
    )


def times(place: Any) -> Iterator[OfScheme]:
    """A morning in the library, a night; the library, and a room that is out of use."""
    yield ServiceTime(
        **of(place, "service-time"),
        weekday=Weekday.MONDAY,
        band=Band.AM,
        starts="09:00",
        ends="11:30",
        valid_from=TODAY - timedelta(days=100),
        place=place.id("meeting-place"),
    )
    yield ServiceTime(
        **of(place, "service-time:night"),
        weekday=Weekday.SUNDAY,
        band=Band.NIGHT,
        starts="21:00",
        ends="07:00",
        valid_from=TODAY - timedelta(days=100),
        place=place.id("meeting-place:lost"),
    )
    yield MeetingPlace(**of(place, "meeting-place"), kind=PlaceKind.ROOM, name="Library")
    lost = {"out_of_use_since": TODAY, "out_of_use_for": OutOfUse.DAMAGE, "outage": place.id("outage")}
    yield MeetingPlace(**of(place, "meeting-place:lost"), kind=PlaceKind.ROOM, name="Education, room 3", **lost)
    yield Outage(**of(place, "outage"), place=place.id("meeting-place:lost"), reason=OutOfUse.DAMAGE, since=TODAY)


def upkeep(place: Any) -> Iterator[OfScheme]:
    """One of each: publicity, a spot check, a routine check, a stakeholder, a resource."""
    yield Publicity(
        **of(place, "publicity"),
        medium=Medium.POSTER,
        shown_where="Every landing of A wing.",
        languages=("en", "cy"),
        easy_read=True,
        shown_from=TODAY - timedelta(days=30),
        reach=180,
    )
    yield SpotCheck(
        **of(place, "spot-check"), asked_on=TODAY - timedelta(days=7), asked_by=AskedBy.SUPPORTERS, asked=40, knew=31
    )
    yield RoutineCheck(
        **of(place, "routine-check"),
        looked_at=CheckSubject.COMMUNICATION_ROUTES,
        every_days=28,
        first_due_on=TODAY - timedelta(days=60),
        last_done_on=TODAY - timedelta(days=20),
    )
    yield Stakeholder(
        **of(place, "stakeholder"),
        role=StakeholderRole.NIGHT_STAFF,
        of_whom="Night staff of A wing",
        contact="Nuala Quartermain",
        interest=Level.LOW,
        influence=Level.HIGH,
        ways=(Way.BRIEFING,),
        in_words="Before the shift, not after it.",
    )
    yield Resource(**of(place, "resource"), kind=ResourceKind.STAFF_HOURS, month="2026-11", planned=40, used=46)


def involvement(place: Any) -> Iterator[OfScheme]:
    """A meeting; a proposal that waits, one that was accepted, one that is done; and what was published before."""
    yield Meeting(
        **of(place, "meeting"), kind=MeetingKind.SUPPORTERS, held_on=TODAY - timedelta(days=14), staff=2, supporters=6
    )
    said: dict[str, Any] = {
        "from_group": Group.SUPPORTERS,
        "said": "We would like a table by the window.",
        "meeting": place.id("meeting"),
        "proposed_on": TODAY - timedelta(days=14),
    }
    yield Proposal(**of(place, "proposal"), **said)
    answered: dict[str, Any] = {**said, "answered_on": TODAY - timedelta(days=7)}
    yield Proposal(**of(place, "proposal:accepted"), **answered, state=ProposalState.ACCEPTED)
    yield Proposal(**of(place, "proposal:done"), **answered, state=ProposalState.IMPLEMENTED, implemented_on=TODAY)
    long_ago: dict[str, Any] = {**answered, "proposed_on": TODAY - timedelta(days=120), "reason": "No money."}
    yield Proposal(**of(place, "proposal:told"), **long_ago, state=ProposalState.REJECTED, outcome=place.id("outcome"))
    yield PublishedOutcome(
        **of(place, "outcome"),
        proposal=place.id("proposal:told"),
        from_group=Group.PEOPLE_IN_CUSTODY,
        you_said="We cannot hear each other.",
        we_did="There is a second room on Tuesdays.",
        published_on=TODAY - timedelta(days=90),
    )

"""What is to be seen to after a contact, by when and by whom; and the list of all that is due in a scheme, for whoever
runs it (F54). These are reminders to people: nothing is set off by them."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from domain import looking
from domain.act import Act, Begin
from domain.confidentiality.classification import Classification, Open, Participation
from domain.confidentiality.disclosure import Tag, View
from domain.confidentiality.record import derived, record
from domain.confidentiality.verbs import Verb
from domain.kernel.days import local_day, overdue
from domain.kernel.ids import FollowUpId, PersonId, SchemeId
from domain.kernel.moves import require
from domain.schemes.belonging import OfScheme, drafted, not_closed, sound, with_
from domain.schemes.record import Scheme
from domain.schemes.registers.actions import ActionOutcome
from domain.sessions.appointments import PlannedAppointment
from domain.sessions.arrivals import Arrival
from domain.sessions.goals import EnrolmentGoal, GoalState
from domain.sessions.record import RUNNING, Enrolment


class FollowUpTask(StrEnum):
    """What is to be seen to."""

    HEAR_OF_A_CONCERN = "HEAR_OF_A_CONCERN"
    """A supporter is worried about somebody, who was told that worries are passed on: staff look after him."""
    CHECK_BACK = "CHECK_BACK"
    """The second day of a new arrival, or whenever else it was agreed."""
    MEET_AGAIN = "MEET_AGAIN"
    CHASE_REFERRAL = "CHASE_REFERRAL"
    FIND_ANOTHER_MENTOR = "FIND_ANOTHER_MENTOR"
    PASS_ON_TO_EDUCATION = "PASS_ON_TO_EDUCATION"  # noqa: S105  (a task, no password)
    REVIEW_CARE_PLAN = "REVIEW_CARE_PLAN"
    SEE_WITHOUT_THE_SUPPORTER = "SEE_WITHOUT_THE_SUPPORTER"
    """Staff ask the person helped how it goes, without the supporter beside him (domain facts 1.6)."""
    TALK_WITH_SUPPORTER = "TALK_WITH_SUPPORTER"
    REVIEW_MARKED_FACT = "REVIEW_MARKED_FACT"
    """What was recorded is marked (rule 18): whoever runs the scheme finds out how it came to be."""


class FollowUpBy(StrEnum):
    """Who sees to it."""

    STAFF = "STAFF"
    SUPPORTER = "SUPPORTER"
    PARTNER = "PARTNER"


@record(
    kind="follow-up",
    kept="twelve months after its day",
    existence=Classification.PARTICIPATION,
    parties=("person", "supporter_person"),
)
class FollowUp(OfScheme):
    """Something to be seen to by a day. `which` is the record that it follows from."""

    id: Open[FollowUpId]
    version: Open[int] = 0
    scheme: Open[SchemeId]
    jurisdiction: Open[str]
    prison: Open[str]
    organisation: Open[str]
    closed: Open[bool] = False
    wing: Participation[str | None]
    """Prison and wing, as in a location key."""
    which: Participation[UUID]
    """The id of the record that it follows from."""
    person: Participation[PersonId | None] = None
    """Whom it is about; null where no name was given."""
    supporter_person: Participation[PersonId | None] = None
    """The supporter who sees to it; null where others do, and he reads nothing of it: that somebody is spoken with
    about him, or asked without him, would tell who complained (rule 12)."""
    what: Participation[FollowUpTask]
    whose: Participation[FollowUpBy]
    due_on: Participation[date]
    done_on: Participation[date | None] = None
    outcome: Participation[ActionOutcome | None] = None
    to_come = ("due_on",)
    outlives = True

    @derived
    def overdue(self, now: datetime) -> Participation[bool]:
        """It is not done, and its day has passed."""
        return self.outcome is None and overdue(self.due_on, self, now)


def following(act: Act, of: Any, what: FollowUpTask, whose: FollowUpBy, due_on: date) -> FollowUp:
    """What follows from this contact; whoever keeps the contact keeps it beside."""
    about = {name: getattr(of, name) for name in ("wing", "person")}
    about["supporter_person"] = of.supporter_person if whose is FollowUpBy.SUPPORTER else None
    return drafted(act, of, FollowUp, which=of.id, what=what, whose=whose, due_on=due_on, **about)


def raised(act: Act, fact: Any) -> list[FollowUp]:
    """The review that a fact raises by its marks (rule 18). Of no wing, and no supporter's: officers there and he
    himself are not told that he had been stood down, and a task that lay where they read would tell them."""
    if not fact.marks:
        return []
    due = local_day(fact, act.now) + TALK_WITHIN
    return [with_(following(act, fact, FollowUpTask.REVIEW_MARKED_FACT, FollowUpBy.STAFF, due), wing=None)]


async def add(begin: Begin, enrolment: UUID, *, what: FollowUpTask, whose: FollowUpBy, due_on: date) -> View[FollowUp]:
    """Something to be seen to for an enrolment that runs."""
    async with begin.serially(Verb.KEEP_FOLLOW_UP) as act:
        of = await act.fetch(Enrolment, enrolment)
        new = sound(act, following(act, of, what, whose, due_on))
        require((of.state in RUNNING, f"STATE_{of.state.value}"))
        act.keep(new)
        return act.disclose(new)


async def settle(begin: Begin, id: UUID, *, seen: Tag, outcome: ActionOutcome) -> View[FollowUp]:
    """What came of it. A supporter reaches his own alone."""
    async with begin(Verb.SETTLE_FOLLOW_UP) as act:
        was = await act.fetch(FollowUp, id, seen=seen)
        require(
            (was.outcome is None, "ALREADY_FINISHED"),
            await not_closed(act, was),
        )
        now = with_(was, outcome=outcome, done_on=local_day(was, act.now))
        act.keep(now, was=was)
        return act.disclose(now)


class Due(StrEnum):
    """What is due in a scheme."""

    FOLLOW_UP = "FOLLOW_UP"
    REVIEW = "REVIEW"
    GOAL_TO_MEASURE = "GOAL_TO_MEASURE"
    MENTOR_TO_FIND = "MENTOR_TO_FIND"
    APPOINTMENT = "APPOINTMENT"
    """Somebody is to be gone along with; or nobody has said whether it was kept."""
    ARRIVAL_NOT_MET = "ARRIVAL_NOT_MET"
    """Nobody has met a new arrival within 24 hours."""


@dataclass(frozen=True, slots=True)
class DueItem:
    """One thing that is due: what, by which record, since which day, and whether that day has passed."""

    what: Due
    which: UUID
    due_on: date
    late: bool


TALK_WITHIN: Final = timedelta(days=3)
"""How soon somebody talks with a supporter about what should have gone otherwise."""
SOON: Final = timedelta(days=7)
"""How far ahead the list looks."""


async def due(begin: Begin, scheme: UUID) -> list[DueItem]:
    """All that is due in a scheme by the end of a week from today, the oldest first."""
    async with begin(Verb.READ_DUE) as act:
        of = await act.fetch(Scheme, scheme)
        today = local_day(of, act.now)
        found = [
            DueItem(what, which, day, day < today)
            for what, which, day in [item async for item in _due(act, of)]
            if day <= today + SOON
        ]
        return sorted(found, key=lambda item: (item.due_on, item.what, item.which))


async def _due(act: Act, of: Scheme) -> AsyncIterator[tuple[Due, UUID, date]]:
    for each in await looking.every(act, FollowUp, {"scheme": of.id, "outcome": None}):
        yield Due.FOLLOW_UP, each.id, each.due_on
    for state in sorted(RUNNING):
        for each in await looking.every(act, Enrolment, {"scheme": of.id, "state": state}):
            for what, day in _of_enrolment(each):
                yield what, each.id, day
    for each in await looking.every(act, EnrolmentGoal, {"scheme": of.id, "state": GoalState.OPEN}):
        yield Due.GOAL_TO_MEASURE, each.id, each.due_on
    for each in await looking.every(act, PlannedAppointment, {"scheme": of.id, "kept": None}):
        yield Due.APPOINTMENT, each.id, each.due_on
    for each in await looking.every(act, Arrival, {"scheme": of.id, "met_at": None, "closed_for": None}):
        if each.overdue(act.now):
            yield Due.ARRIVAL_NOT_MET, each.id, local_day(each, each.meet_by)


def _of_enrolment(each: Enrolment) -> Iterator[tuple[Due, date]]:
    if each.review_due_on is not None:
        yield Due.REVIEW, each.review_due_on
    if each.supporter is None:
        yield Due.MENTOR_TO_FIND, max((*each.earlier_until, each.enrolled_on))

"""Contingency plans that switch on (seed: 'have emergency and contingency plans in place'): what covers for the scheme
when it cannot run, who must be told, and what came of it.

A plan that is switched on has an activation, which is logged line by line until it is ended and reviewed. Nothing here
saves a life: it tells staff what their plan was (rule 5).
"""

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from domain.confidentiality.classification import Open, Operational
from domain.confidentiality.record import derived, record
from domain.confidentiality.verbs import Verb
from domain.kernel.days import overdue
from domain.kernel.errors import Failure
from domain.kernel.ids import ActivationId, ActorId, ContingencyPlanId, LogEntryId, SchemeId
from domain.kernel.moves import Life, Moves
from domain.schemes.belonging import OfScheme


class Trigger(StrEnum):
    """What switches a plan on."""

    LOCKDOWN = "LOCKDOWN"
    STAFF_SHORTAGE = "STAFF_SHORTAGE"
    LOSS_OF_SUPPORTERS = "LOSS_OF_SUPPORTERS"
    OUTBREAK = "OUTBREAK"
    DEATH_IN_CUSTODY = "DEATH_IN_CUSTODY"
    PARTNER_UNAVAILABLE = "PARTNER_UNAVAILABLE"
    SUITE_OUT_OF_USE = "SUITE_OUT_OF_USE"
    SYSTEMS_DOWN = "SYSTEMS_DOWN"


class Cover(StrEnum):
    """What stands in for the scheme meanwhile."""

    SAMARITANS_PHONE = "SAMARITANS_PHONE"
    IN_CELL_PHONE = "IN_CELL_PHONE"
    AT_THE_DOOR = "AT_THE_DOOR"
    """Through the door or hatch, where nobody is moved."""
    SUPPORTERS_OF_ANOTHER_WING = "SUPPORTERS_OF_ANOTHER_WING"
    SUPPORTERS_OF_ANOTHER_PRISON = "SUPPORTERS_OF_ANOTHER_PRISON"
    PARTNER_VISITS = "PARTNER_VISITS"
    CHAPLAINCY = "CHAPLAINCY"
    STAFF = "STAFF"
    PRINTED_MATERIAL = "PRINTED_MATERIAL"
    ANOTHER_ROOM = "ANOTHER_ROOM"
    POSTPONED = "POSTPONED"


class Tell(StrEnum):
    """Who must be told, by role or organisation and never by name."""

    ORDERLY_OFFICER = "ORDERLY_OFFICER"
    WING_STAFF = "WING_STAFF"
    COORDINATOR = "COORDINATOR"
    SAFER_CUSTODY = "SAFER_CUSTODY"
    GOVERNOR = "GOVERNOR"
    PARTNER = "PARTNER"
    HEALTHCARE = "HEALTHCARE"
    CHAPLAINCY = "CHAPLAINCY"
    MONITORING_BOARD = "MONITORING_BOARD"
    SUPPORTERS = "SUPPORTERS"
    PEOPLE_IN_CUSTODY = "PEOPLE_IN_CUSTODY"


class Why(StrEnum):
    """Why a plan was switched on."""

    TRIGGER_MET = "TRIGGER_MET"
    PRECAUTION = "PRECAUTION"
    EXERCISE = "EXERCISE"
    """A drill: nothing has happened."""


class ActivationState(StrEnum):
    """Where an activation stands."""

    ACTIVE = "ACTIVE"
    ENDED = "ENDED"
    REVIEWED = "REVIEWED"


ACTIVATION_MOVES: Final[Moves[ActivationState]] = {
    ActivationState.ACTIVE: frozenset({ActivationState.ENDED}),
    ActivationState.ENDED: frozenset({ActivationState.REVIEWED}),
    ActivationState.REVIEWED: frozenset(),
}
ACTIVATION_LIFE: Final = Life(
    "state",
    {
        Verb.LOG_ACTIVATION: frozenset({ActivationState.ACTIVE}),
        Verb.END_ACTIVATION: frozenset({ActivationState.ACTIVE}),
        Verb.REVIEW_ACTIVATION: frozenset({ActivationState.ENDED}),
    },
)


class Untold(StrEnum):
    """Why it was ended though not all who must be told had been."""

    OVER_BEFORE_THEY_COULD_BE = "OVER_BEFORE_THEY_COULD_BE"
    NOT_CONCERNED = "NOT_CONCERNED"
    COULD_NOT_BE_REACHED = "COULD_NOT_BE_REACHED"
    EXERCISE_ONLY = "EXERCISE_ONLY"


class LogCode(StrEnum):
    """What happened, in a code; words may say more."""

    TOLD = "TOLD"
    COVER_STARTED = "COVER_STARTED"
    COVER_FAILED = "COVER_FAILED"
    COVER_CHANGED = "COVER_CHANGED"
    SUPPORTERS_STOOD_DOWN = "SUPPORTERS_STOOD_DOWN"
    SUPPORTERS_BACK = "SUPPORTERS_BACK"
    DECISION = "DECISION"
    NOTE = "NOTE"


class Learned(StrEnum):
    """What the review found."""

    PLAN_WORKED = "PLAN_WORKED"
    PLAN_TO_BE_CHANGED = "PLAN_TO_BE_CHANGED"
    PLAN_NOT_FOLLOWED = "PLAN_NOT_FOLLOWED"
    NOT_NEEDED = "NOT_NEEDED"


@record(kind="contingency-plan", kept="six years after its scheme closes; it names nobody in custody")
class ContingencyPlan(OfScheme):
    """What the scheme does when it cannot run as planned. `activation` is the one that is under way, if any is."""

    id: Open[ContingencyPlanId]
    version: Open[int] = 0
    scheme: Open[SchemeId]
    jurisdiction: Open[str]
    prison: Open[str]
    organisation: Open[str]
    trigger: Open[Trigger]
    cover: Operational[tuple[Cover, ...]]
    """What stands in for the scheme meanwhile."""
    cover_in_words: Operational[str | None] = None
    tell: Operational[tuple[Tell, ...]]
    """Who must be told when it is switched on."""
    review_on: Operational[date]
    in_force: Open[bool] = True
    """A plan that is given up stays readable; it is not switched on."""
    activation: Operational[ActivationId | None] = None
    """The one that is under way; None: it is not switched on."""
    to_come = ("review_on",)

    @derived
    def review_overdue(self, now: datetime) -> Operational[bool]:
        """The plan is in force, and the day of its review has passed."""
        return self.in_force and overdue(self.review_on, self, now)

    def faults(self) -> Iterable[Failure]:
        """Without cover, or without anybody to tell, it is no plan; and nothing is in it twice."""
        for name, words in (("cover", self.cover), ("tell", self.tell)):
            if not words:
                yield Failure("MISSING", f"/{name}")
            if len(set(words)) < len(words):
                yield Failure("TWICE", f"/{name}")


@record(kind="activation", kept="six years after its scheme closes; it names nobody in custody", life=ACTIVATION_LIFE)
class Activation(OfScheme):
    """A plan switched on: when, why, who was told, how it ended, what was learned. `to_tell` is the plan's list as it
    was at that time."""

    id: Open[ActivationId]
    version: Open[int] = 0
    scheme: Open[SchemeId]
    jurisdiction: Open[str]
    prison: Open[str]
    organisation: Open[str]
    plan: Open[ContingencyPlanId]
    trigger: Open[Trigger]
    state: Open[ActivationState] = ActivationState.ACTIVE
    why: Operational[Why]
    started_at: Operational[datetime]
    started_by: Operational[ActorId]
    to_tell: Operational[tuple[Tell, ...]]
    """Who must be told, as its plan said when it was switched on."""
    told: Operational[tuple[Tell, ...]] = ()
    """Who has been, by its log."""
    log_entries: Operational[int] = 0
    """How many lines its log has."""
    ended_at: Operational[datetime | None] = None
    ended_by: Operational[ActorId | None] = None
    untold_because: Operational[Untold | None] = None
    """Why it ended though not all had been told."""
    review_on: Operational[date | None] = None
    """The day by which it is reviewed: two weeks after its end."""
    reviewed_on: Operational[date | None] = None
    learned: Operational[Learned | None] = None
    learned_in_words: Operational[str | None] = None

    @derived
    def not_told(self, now: datetime) -> Operational[tuple[Tell, ...]]:
        """Who still must be told."""
        return tuple(who for who in self.to_tell if who not in self.told)

    @derived
    def review_overdue(self, now: datetime) -> Operational[bool]:
        """It has ended, and was not reviewed by the day on which that was due."""
        return self.state is ActivationState.ENDED and overdue(self.review_on, self, now)


@record(kind="log-entry", kept="six years after its scheme closes; it names nobody in custody")
class LogEntry(OfScheme):
    """One line of an activation's log, coded first. It is added and never changed."""

    id: Open[LogEntryId]
    version: Open[int] = 0
    scheme: Open[SchemeId]
    jurisdiction: Open[str]
    prison: Open[str]
    organisation: Open[str]
    activation: Open[ActivationId]
    at: Operational[datetime]
    code: Operational[LogCode]
    told: Operational[Tell | None] = None
    words: Operational[str | None] = None
    author: Operational[ActorId]

    def faults(self) -> Iterable[Failure]:
        """Who was told goes with TOLD, and with nothing else."""
        if (self.code is LogCode.TOLD) is (self.told is None):
            yield Failure("TOLD_GOES_WITH_TOLD", "/told")

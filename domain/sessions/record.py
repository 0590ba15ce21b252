"""Contacts of open-policy schemes: an Insider's first meeting, a learner's enrolment, and its sessions.

Listener contacts are not here: they are handed into a letterbox (`domain.sessions.tally`) and never read back.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from domain.confidentiality.classification import (
    Classification,
    Content,
    OfStanding,
    Open,
    Participation,
    ParticipationIdentity,
)
from domain.confidentiality.record import Record, derived, record
from domain.confidentiality.verbs import Verb
from domain.kernel.days import overdue
from domain.kernel.ids import ActorId, EnrolmentId, InductionId, PersonId, SchemeId, SessionId, SupporterId
from domain.kernel.moves import Life, Moves
from domain.schemes.charter import Ending
from domain.schemes.needs import TargetNeed
from domain.sessions.codes import (
    ChecklistItem,
    FactMark,
    MentorChanged,
    NotDelivered,
    Programme,
    ReviewedAs,
    StageOfSentence,
)

_PARTIES: Final = ("person", "supporter_person")
WITHIN: Final = timedelta(days=1)
"""Within which an Insider meets whoever arrives (domain facts 1.2)."""


@record(kind="induction", kept="twelve months", existence=Classification.PARTICIPATION, parties=_PARTIES)
class Induction(Record):
    """An Insider met a new arrival: when, how long after arrival, what was gone through, and whether staff were told
    of a worry (Insiders are open upward, and say so to the newcomer)."""

    id: Open[InductionId]
    version: Open[int] = 0
    scheme: Open[SchemeId]
    jurisdiction: Open[str]
    prison: Open[str]
    organisation: Open[str]
    closed: Open[bool] = False
    wing: Participation[str]
    person: Participation[PersonId | None] = None
    """None where an Insider typed it himself: a prisoner never names another (rule 8)."""
    name: ParticipationIdentity[str | None] = None
    supporter: Participation[SupporterId]
    """The Insider who met the new arrival."""
    supporter_person: Participation[PersonId]
    arrived_at: Participation[datetime]
    seen_at: Participation[datetime]
    minutes_after_arrival: Participation[int]
    """Whole minutes from arrival to this meeting."""
    checklist: Participation[tuple[ChecklistItem, ...]] = ()
    not_gone_through: Participation[tuple[ChecklistItem, ...]] = ()
    """What else is on the checklist of the scheme's kind, and was left for later."""
    language: Participation[str] = "en"
    told_policy: Participation[bool]
    """The newcomer was told that worries are passed on to staff."""
    concern_told_to_staff: Participation[bool] = False
    follow_up_on: Participation[date | None] = None
    author: Participation[ActorId | None] = None
    marks: OfStanding[tuple[FactMark, ...]] = ()
    """What is to be talked over: it happened all the same (rule 18)."""

    @derived
    def within_a_day(self, _now: datetime) -> Participation[bool]:
        """Whether the newcomer was met within 24 hours of arriving."""
        return self.seen_at - self.arrived_at <= WITHIN

    @derived
    def told_too_late(self, _now: datetime) -> Participation[bool]:
        """A worry was passed on of somebody who had not been told that worries are. It is passed on all the same, and
        somebody talks with the Insider (rule 18)."""
        return self.concern_told_to_staff and not self.told_policy


class EnrolmentState(StrEnum):
    """Where a learner's enrolment stands (domain facts 11.3)."""

    WAITING = "WAITING"
    STARTED = "STARTED"
    COMPLETED = "COMPLETED"
    WITHDRAWN_LEARNER = "WITHDRAWN_LEARNER"
    TRANSFERRED = "TRANSFERRED"
    RELEASED = "RELEASED"


_E = EnrolmentState
ENDINGS: Final = frozenset({_E.COMPLETED, _E.WITHDRAWN_LEARNER, _E.TRANSFERRED, _E.RELEASED})
"""How an enrolment may end."""
LEFT_PRISON: Final = frozenset({_E.TRANSFERRED, _E.RELEASED})
"""The endings after which he is in the prison no longer."""
ENROLMENT_MOVES: Final[Moves[EnrolmentState]] = {
    _E.WAITING: frozenset({_E.STARTED}) | (ENDINGS - {_E.COMPLETED}),
    _E.STARTED: ENDINGS,
    _E.COMPLETED: frozenset(),
    _E.WITHDRAWN_LEARNER: frozenset(),
    _E.TRANSFERRED: frozenset(),
    _E.RELEASED: frozenset(),
}

RUNNING: Final = frozenset({_E.WAITING, _E.STARTED})
ENDED_FOR: Final[Mapping[EnrolmentState, frozenset[Ending]]] = {
    _E.COMPLETED: frozenset(
        {Ending.GOAL_MET, Ending.NO_LONGER_NEEDED, Ending.TIME_AGREED_IS_OVER, Ending.PASSED_TO_OTHER_SUPPORT}
    ),
    _E.WITHDRAWN_LEARNER: frozenset(
        {Ending.OWN_WISH, Ending.NO_LONGER_NEEDED, Ending.PASSED_TO_OTHER_SUPPORT, Ending.UNSAFE}
    ),
    _E.TRANSFERRED: frozenset(),
    _E.RELEASED: frozenset({Ending.RELEASED}),
}
"""Why an enrolment may end so. A move to another prison ends no support, so it has no reason of its own (S8)."""

ENROLMENT_LIFE: Final = Life(
    "state",
    dict.fromkeys(
        (Verb.AMEND_ENROLMENT, Verb.CHANGE_MENTOR, Verb.REVIEW_ENROLMENT, Verb.SUCCEED_ENROLMENT, Verb.END_ENROLMENT),
        RUNNING,
    )
    | {Verb.SHARE_ENROLMENT: RUNNING | {_E.TRANSFERRED}},
)


class Goal(StrEnum):
    """What the learner wants."""

    READ_A_LETTER = "READ_A_LETTER"
    READ_TO_CHILDREN = "READ_TO_CHILDREN"
    READ_A_BOOK = "READ_A_BOOK"
    NUMBERS_EVERY_DAY = "NUMBERS_EVERY_DAY"
    GET_A_QUALIFICATION = "GET_A_QUALIFICATION"


@record(
    kind="enrolment",
    kept="twelve months after it ends",
    existence=Classification.PARTICIPATION,
    parties=_PARTIES,
    life=ENROLMENT_LIFE,
)
class Enrolment(Record):
    """A learner and a mentor, manual by manual. A change of mentor or wing does not end it, and after a move to another
    prison the next one begins where this one stood, once he has said yes to that (S8, rule 24)."""

    id: Open[EnrolmentId]
    version: Open[int] = 0
    scheme: Open[SchemeId]
    jurisdiction: Open[str]
    prison: Open[str]
    organisation: Open[str]
    closed: Open[bool] = False
    wing: Participation[str | None]
    """Prison and wing, as in a location key; null: he has left the prison, and no wing has to do with it (rule 24)."""
    person: Participation[PersonId]
    name: ParticipationIdentity[str]
    supporter: Participation[SupporterId | None] = None
    supporter_person: Participation[PersonId | None] = None
    earlier_supporters: Participation[tuple[SupporterId, ...]] = ()
    """The mentors before, in their order: a change of mentor ends nothing."""
    earlier_since: Participation[tuple[date, ...]] = ()
    """Since when each of them was his mentor."""
    earlier_until: Participation[tuple[date, ...]] = ()
    """Until when, one for each of them."""
    earlier_for: OfStanding[tuple[MentorChanged, ...]] = ()
    """Why each of them is his mentor no longer: for those who answer for mentors, and for neither of the two (rule
    12)."""
    mentor_since: Participation[date | None] = None
    state: Participation[EnrolmentState] = EnrolmentState.WAITING
    goal: Participation[Goal | None] = None
    """What he learns it for; null where the scheme teaches nobody."""
    needs: Participation[tuple[TargetNeed, ...]] = ()
    """What he is in need of, of what the scheme's plan is for (S7)."""
    stage_of_sentence: Participation[StageOfSentence | None] = None
    """The stage of his sentence at which he joined (S5)."""
    programme: Participation[Programme | None] = None
    manual: Participation[int] = 1
    """The manual that the learner has reached: 1 is the first."""
    page: Participation[int | None] = None
    """The page reached in it, as the last session said."""
    manuals_passed: Participation[tuple[int, ...]] = ()
    """The manuals of which the check was passed, each at his own pace and in any order."""
    checks_passed: Participation[int] = 0
    """How many these are."""
    sessions_a_week: Participation[int] = 5
    """How many are planned in a week."""
    enrolled_on: Participation[date]
    reviewed_on: Participation[date | None] = None
    """When it was last looked at together."""
    reviewed_as: Participation[ReviewedAs | None] = None
    """What that came to."""
    review_due_on: Participation[date | None] = None
    """By when it is looked at again: as often as the kind has its supporters seen."""
    ended_on: Participation[date | None] = None
    ended_for: Participation[Ending | None] = None
    """Why it ended; null while it goes on, after a move, which is no reason to end support, and where it ended before
    reasons were kept."""
    shared: Participation[bool] = False
    """He said yes: the prison to which he moves may see how far he has come, and go on from there (rule 24)."""
    carries_on: Participation[EnrolmentId | None] = None
    """The enrolment in another prison from which this one goes on."""
    carried_on: Participation[bool] = False
    """Another prison goes on from here."""

    @derived
    def review_overdue(self, now: datetime) -> Participation[bool]:
        """Whether it should have been looked at by now."""
        return self.state in RUNNING and overdue(self.review_due_on, self, now)


class SessionState(StrEnum):
    """Planned, and what came of it."""

    PLANNED = "PLANNED"
    DELIVERED = "DELIVERED"
    NOT_DELIVERED = "NOT_DELIVERED"


SESSION_MOVES: Final[Moves[SessionState]] = {
    SessionState.PLANNED: frozenset({SessionState.DELIVERED, SessionState.NOT_DELIVERED}),
    SessionState.DELIVERED: frozenset(),
    SessionState.NOT_DELIVERED: frozenset(),
}

SESSION_LIFE: Final = Life("state", {Verb.RECORD_SESSION: frozenset({SessionState.PLANNED})})


@record(
    kind="session",
    kept="twelve months; its note six",
    existence=Classification.PARTICIPATION,
    parties=_PARTIES,
    life=SESSION_LIFE,
)
class Session(Record):
    """One planned meeting of a learner and a mentor. Two bookings of one person never overlap: the database says so."""

    id: Open[SessionId]
    version: Open[int] = 0
    enrolment: Participation[EnrolmentId]
    scheme: Open[SchemeId]
    jurisdiction: Open[str]
    prison: Open[str]
    organisation: Open[str]
    closed: Open[bool] = False
    wing: Participation[str | None]
    """Prison and wing, as in a location key; null: the learner has left the prison."""
    person: Participation[PersonId]
    supporter: Participation[SupporterId]
    supporter_person: Participation[PersonId]
    starts_at: Participation[datetime]
    ends_at: Participation[datetime]
    state: Participation[SessionState] = SessionState.PLANNED
    not_delivered: Participation[NotDelivered | None] = None
    called_off: Participation[bool] = False
    """It was off before its time: its mentor had changed or gone, or its enrolment had ended."""
    minutes: Participation[int | None] = None
    """How long it took, in whole minutes; None: not delivered, or not said."""
    manual: Participation[int | None] = None
    """The manual that was worked on."""
    page: Participation[int | None] = None
    """The page reached in it."""
    note: Content[str | None] = None
    """What to pick up next time: free text, its own class, first to be deleted (F72)."""
    words_gone_on: Participation[date | None] = None
    """The day on which its free text was deleted, whether there was any or not; null: it is kept still (F72)."""
    marks: OfStanding[tuple[FactMark, ...]] = ()
    """What is to be talked over: it happened all the same (rule 18)."""

    @derived
    def held_though_called_off(self, _now: datetime) -> Participation[bool]:
        """It took place all the same, and was told of afterwards: by a mentor who was in the role no longer, or not
        that learner's any more (rule 18). Which of them, the enrolment's history says."""
        return self.called_off and self.state is SessionState.DELIVERED

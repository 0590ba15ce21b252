"""Contacts of open-policy schemes: an Insider's first meeting, a learner's enrolment, and its sessions.

Listener contacts are not here: they are handed into a letterbox (`domain.sessions.tally`) and never read back.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Final

from domain.confidentiality.classification import Classification, Content, Open, Participation, ParticipationIdentity
from domain.confidentiality.record import Record, record
from domain.confidentiality.verbs import Verb
from domain.kernel.ids import ActorId, EnrolmentId, InductionId, PersonId, SchemeId, SessionId, SupporterId
from domain.kernel.moves import Life, Moves
from domain.sessions.codes import ChecklistItem, NotDelivered

_PARTIES: Final = ("person", "supporter_person")


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
    language: Participation[str] = "en"
    told_policy: Participation[bool]
    """The newcomer was told that worries are passed on to staff."""
    concern_told_to_staff: Participation[bool] = False
    follow_up_on: Participation[date | None] = None
    author: Participation[ActorId | None] = None


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
ENROLMENT_MOVES: Final[Moves[EnrolmentState]] = {
    _E.WAITING: frozenset({_E.STARTED}) | (ENDINGS - {_E.COMPLETED}),
    _E.STARTED: ENDINGS,
    _E.COMPLETED: frozenset(),
    _E.WITHDRAWN_LEARNER: frozenset(),
    _E.TRANSFERRED: frozenset(),
    _E.RELEASED: frozenset(),
}

ENROLMENT_LIFE: Final = Life(
    "state",
    dict.fromkeys((Verb.END_ENROLMENT, Verb.SUCCEED_ENROLMENT), frozenset({_E.WAITING, _E.STARTED})),
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
    """A learner and a mentor, manual by manual. A change of mentor does not end it (S8)."""

    id: Open[EnrolmentId]
    version: Open[int] = 0
    scheme: Open[SchemeId]
    jurisdiction: Open[str]
    prison: Open[str]
    organisation: Open[str]
    closed: Open[bool] = False
    wing: Participation[str]
    person: Participation[PersonId]
    name: ParticipationIdentity[str]
    supporter: Participation[SupporterId | None] = None
    supporter_person: Participation[PersonId | None] = None
    earlier_supporters: Participation[tuple[SupporterId, ...]] = ()
    """The mentors before: a change of mentor ends nothing."""
    state: Participation[EnrolmentState] = EnrolmentState.WAITING
    goal: Participation[Goal]
    manual: Participation[int] = 1
    """The manual that the learner has reached: 1 is the first."""
    checks_passed: Participation[int] = 0
    """Of how many manuals the check was passed."""
    sessions_a_week: Participation[int] = 5
    """How many are planned in a week."""
    enrolled_on: Participation[date]
    ended_on: Participation[date | None] = None


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
    kept="twelve months; its note first",
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
    wing: Participation[str]
    person: Participation[PersonId]
    supporter: Participation[SupporterId]
    supporter_person: Participation[PersonId]
    starts_at: Participation[datetime]
    ends_at: Participation[datetime]
    state: Participation[SessionState] = SessionState.PLANNED
    not_delivered: Participation[NotDelivered | None] = None
    minutes: Participation[int | None] = None
    """How long it took, in whole minutes; None: not delivered, or not said."""
    manual: Participation[int | None] = None
    """The manual that was worked on."""
    page: Participation[int | None] = None
    """The page reached in it."""
    note: Content[str | None] = None
    """What to pick up next time: free text, its own class, first to be deleted (F72)."""

"""Supervision, of supporters and of the staff who run a scheme: who supervises whom, how often, and what came of each
meeting (S22, F39, F40, F43). The cadence is the kind's; whether it is late follows from when it was last held.

Who supervises whom is known to those who run and oversee the scheme. What was said is read by two people: a record on
which both write, the supervisor's note and the other's answer.
"""

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from domain.confidentiality.classification import Classification, Open, Operational, Wellbeing, WellbeingWords
from domain.confidentiality.record import derived, record
from domain.confidentiality.verbs import Verb
from domain.kernel.days import local_day, overdue
from domain.kernel.ids import (
    ActorId,
    AssignmentId,
    PersonId,
    SchemeId,
    SupervisionId,
    SupervisionTalkId,
    SupporterId,
)
from domain.kernel.moves import Life, Moves
from domain.schemes.belonging import OfScheme

TOLERATED: Final = 2
"""How many cadences supervision may be late before its scheme is at risk (domain facts 11.4)."""


@record(kind="supervision", kept="six months after it ends", parties=("person",))
class Supervision(OfScheme):
    """Who supervises a supporter, or a member of staff who runs the scheme, and how often. One at a time."""

    id: Open[SupervisionId]
    version: Open[int] = 0
    scheme: Open[SchemeId]
    jurisdiction: Open[str]
    prison: Open[str]
    organisation: Open[str]
    supporter: Operational[SupporterId | None] = None
    """The supporter who is supervised; null: a member of staff is."""
    person: Operational[PersonId | None] = None
    supervisee: Operational[ActorId | None] = None
    """The member of staff, or the partner's person, who is supervised; null: a supporter is."""
    supervisor: Operational[ActorId]
    assignment: Operational[AssignmentId]
    """The assignment by which the supervisor was named."""
    hears: Operational[bool]
    """The supervisor is of the scheme's own partner, and hears how the supporter fares (rule 17)."""
    every_days: Operational[int]
    """The kind's cadence, in days, when it began."""
    since: Operational[date]
    booked_for: Operational[date | None] = None
    """The next meeting that is booked."""
    last_held_on: Operational[date | None] = None
    ended_on: Operational[date | None] = None
    outlives = True

    @derived
    def due_on(self, now: datetime) -> Operational[date | None]:
        """The last day on which the next meeting is in time; none once it has ended."""
        return None if self.ended_on else (self.last_held_on or self.since) + timedelta(days=self.every_days)

    @derived
    def overdue(self, now: datetime) -> Operational[bool]:
        """That day has passed."""
        return overdue(self.due_on(now), self, now)

    def forsaken(self, now: datetime) -> bool:
        """It is late by more than the cadences that are tolerated: the scheme is at risk."""
        since = self.last_held_on or self.since
        last = since + timedelta(days=self.every_days * (1 + TOLERATED))
        return self.ended_on is None and last < local_day(self, now)


class SupervisionState(StrEnum):
    """Where a meeting stands."""

    BOOKED = "BOOKED"
    HELD = "HELD"
    ANSWERED = "ANSWERED"
    """The supervised has answered what the supervisor noted."""
    ACKNOWLEDGED = "ACKNOWLEDGED"
    """The supervisor has read the answer."""
    MISSED = "MISSED"


_S = SupervisionState
SUPERVISION_MOVES: Final[Moves[SupervisionState]] = {
    _S.BOOKED: frozenset({_S.HELD, _S.MISSED}),
    _S.HELD: frozenset({_S.ANSWERED}),
    _S.ANSWERED: frozenset({_S.ACKNOWLEDGED}),
    _S.ACKNOWLEDGED: frozenset(),
    _S.MISSED: frozenset(),
}
SUPERVISION_LIFE: Final = Life(
    "state",
    {
        Verb.HOLD_SUPERVISION_TALK: frozenset({_S.BOOKED}),
        Verb.MISS_SUPERVISION_TALK: frozenset({_S.BOOKED}),
        Verb.ANSWER_SUPERVISION_TALK: frozenset({_S.HELD}),
        Verb.ACKNOWLEDGE_SUPERVISION_TALK: frozenset({_S.ANSWERED}),
    },
)


class Missed(StrEnum):
    """Why a meeting did not take place. None is held against anybody."""

    SUPERVISOR_ABSENT = "SUPERVISOR_ABSENT"
    SUPERVISED_ABSENT = "SUPERVISED_ABSENT"
    NOT_UNLOCKED = "NOT_UNLOCKED"
    NO_PRIVATE_SPACE = "NO_PRIVATE_SPACE"
    REGIME = "REGIME"
    ILLNESS = "ILLNESS"


class SupervisionTheme(StrEnum):
    """What was spoken of. Of those who are helped nothing is said."""

    OWN_FEELINGS = "OWN_FEELINGS"
    HARD_CONTACTS = "HARD_CONTACTS"
    BOUNDARIES = "BOUNDARIES"
    CONFIDENTIALITY = "CONFIDENTIALITY"
    LOAD_AND_REST = "LOAD_AND_REST"
    PRESSURE_FROM_OTHERS = "PRESSURE_FROM_OTHERS"
    STAFF_AND_ACCESS = "STAFF_AND_ACCESS"
    SKILLS = "SKILLS"
    TEAM = "TEAM"
    FUTURE = "FUTURE"


class Agreed(StrEnum):
    """What was agreed to do."""

    REST = "REST"
    FEWER_NIGHTS = "FEWER_NIGHTS"
    EARLIER_NEXT_MEETING = "EARLIER_NEXT_MEETING"
    FURTHER_TRAINING = "FURTHER_TRAINING"
    TALK_WITH_COORDINATOR = "TALK_WITH_COORDINATOR"
    SUPPORT_FROM_ELSEWHERE = "SUPPORT_FROM_ELSEWHERE"
    NOTHING_NEEDED = "NOTHING_NEEDED"


class SupervisionAnswer(StrEnum):
    """What the supervised says to it."""

    AGREE = "AGREE"
    DISAGREE = "DISAGREE"
    TALK_AGAIN = "TALK_AGAIN"


@record(
    kind="supervision-talk",
    kept="six months after it was held",
    existence=Classification.WELLBEING,
    parties=("person",),
    life=SUPERVISION_LIFE,
)
class SupervisionTalk(OfScheme):
    """One meeting of supervisor and supervised. Words only where the scheme's policy is open (rule 20)."""

    id: Open[SupervisionTalkId]
    version: Open[int] = 0
    scheme: Open[SchemeId]
    jurisdiction: Open[str]
    prison: Open[str]
    organisation: Open[str]
    supervision: Operational[SupervisionId]
    supporter: Operational[SupporterId | None] = None
    person: Operational[PersonId | None] = None
    supervisee: Operational[ActorId | None] = None
    supervisor: Operational[ActorId]
    booked_for: Wellbeing[date]
    state: Wellbeing[SupervisionState] = SupervisionState.BOOKED
    missed_for: Wellbeing[Missed | None] = None
    held_on: Wellbeing[date | None] = None
    themes: Wellbeing[tuple[SupervisionTheme, ...]] = ()
    agreed: Wellbeing[tuple[Agreed, ...]] = ()
    note: WellbeingWords[str | None] = None
    """The supervisor's words to the supervised."""
    answer: Wellbeing[SupervisionAnswer | None] = None
    answer_in_words: WellbeingWords[str | None] = None
    answered_on: Wellbeing[date | None] = None
    acknowledged_on: Wellbeing[date | None] = None
    words_gone_on: Wellbeing[date | None] = None
    """The day on which its free text was deleted, whether there was any or not; null: it is kept still (F72)."""
    outlives = True

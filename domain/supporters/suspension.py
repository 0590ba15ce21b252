"""A suspension: who, why, since when, and what became of it (domain facts 2.7).

The reason has two parts. One is told to the supporter, and he may appeal. The other may be withheld from him, never
from those who watch over the prison. Who suspended him never reads it again: whoever reviews it, decides it and hears
the appeal is another (rule 17).
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from domain.confidentiality.classification import (
    CaseworkCode,
    Classification,
    OfStanding,
    Open,
    Operational,
    Security,
    Wellbeing,
)
from domain.confidentiality.record import derived, record
from domain.confidentiality.verbs import Verb
from domain.kernel.days import overdue
from domain.kernel.errors import Failure
from domain.kernel.ids import ActorId, PersonId, SchemeId, SupporterId, SuspensionId
from domain.kernel.moves import Life, Moves
from domain.schemes.belonging import OfScheme
from domain.supporters.record import Standing

TO_REVIEW: Final = timedelta(days=7)
"""The longest that a suspension may go without a review. A default."""
TO_APPEAL: Final = timedelta(days=28)


class Category(StrEnum):
    """What sort of suspension."""

    RISK = "RISK"
    ALLEGATION = "ALLEGATION"
    SECURITY = "SECURITY"
    WELFARE = "WELFARE"


class Disclosed(StrEnum):
    """The reason that the supporter is told. None says that somebody spoke of him: after a complaint it is a general
    review (rule 12)."""

    WHILE_SOMETHING_IS_LOOKED_INTO = "WHILE_SOMETHING_IS_LOOKED_INTO"
    THE_AGREEMENT_WAS_BROKEN = "THE_AGREEMENT_WAS_BROKEN"
    FOR_YOUR_OWN_SAFETY = "FOR_YOUR_OWN_SAFETY"
    FOR_YOUR_OWN_HEALTH = "FOR_YOUR_OWN_HEALTH"
    GENERAL_REVIEW = "GENERAL_REVIEW"


class WithheldReason(StrEnum):
    """The reason that he is not told. Never intelligence itself."""

    INTELLIGENCE = "INTELLIGENCE"
    SAFETY_OF_SOMEBODY_ELSE = "SAFETY_OF_SOMEBODY_ELSE"
    INVESTIGATION = "INVESTIGATION"


class SuspensionState(StrEnum):
    """Where a suspension stands."""

    OPEN = "OPEN"
    REVIEWED = "REVIEWED"
    LIFTED = "LIFTED"
    REMOVED = "REMOVED"
    APPEALED = "APPEALED"
    """Against a removal."""
    UPHELD = "UPHELD"
    """The removal stands."""
    OVERTURNED = "OVERTURNED"
    """The removal does not, and he is back."""
    LEFT = "LEFT"
    """He left before anything was decided."""


_S = SuspensionState
UNDECIDED: Final = (_S.OPEN, _S.REVIEWED)
SUSPENSION_MOVES: Final[Moves[SuspensionState]] = {
    _S.OPEN: frozenset({_S.REVIEWED, _S.LEFT}),
    _S.REVIEWED: frozenset({_S.LIFTED, _S.REMOVED, _S.LEFT}),
    _S.LIFTED: frozenset(),
    _S.REMOVED: frozenset({_S.APPEALED}),
    _S.APPEALED: frozenset({_S.UPHELD, _S.OVERTURNED}),
    _S.UPHELD: frozenset(),
    _S.OVERTURNED: frozenset(),
    _S.LEFT: frozenset(),
}
SUSPENSION_LIFE: Final = Life(
    "state",
    {
        Verb.REVIEW_SUSPENSION: frozenset({_S.OPEN}),
        Verb.DECIDE_SUSPENSION: frozenset({_S.REVIEWED}),
        Verb.APPEAL_SUSPENSION: frozenset({_S.REMOVED}),
        Verb.DECIDE_APPEAL: frozenset({_S.APPEALED}),
    },
)


class ReviewFinding(StrEnum):
    """What the review found."""

    NOTHING_FOUND = "NOTHING_FOUND"
    CONCERN_REMAINS = "CONCERN_REMAINS"
    CONCERN_CONFIRMED = "CONCERN_CONFIRMED"


class Word(StrEnum):
    """What one side says: he comes back, or he goes."""

    LIFT = "LIFT"
    REMOVE = "REMOVE"


class DecisionReason(StrEnum):
    """Why it was decided so: told to the supporter."""

    NOTHING_WAS_FOUND = "NOTHING_WAS_FOUND"
    AGREED_A_WAY_BACK = "AGREED_A_WAY_BACK"
    THE_AGREEMENT_WAS_BROKEN = "THE_AGREEMENT_WAS_BROKEN"
    NOT_SAFE_IN_THE_ROLE = "NOT_SAFE_IN_THE_ROLE"
    SECURITY_DECISION = "SECURITY_DECISION"


class AppealGround(StrEnum):
    """Why he appeals, in codes."""

    IT_IS_NOT_TRUE = "IT_IS_NOT_TRUE"
    I_WAS_NOT_HEARD = "I_WAS_NOT_HEARD"
    TOO_HARSH = "TOO_HARSH"
    BECAUSE_I_SPOKE_UP = "BECAUSE_I_SPOKE_UP"


class AppealAnswer(StrEnum):
    """How an appeal ends."""

    UPHELD = "UPHELD"
    """The removal stands."""
    OVERTURNED = "OVERTURNED"


@record(
    kind="suspension",
    kept="six years after it was decided",
    existence=Classification.CASEWORK,
    parties=("person",),
    judged=("suspended_by",),
    life=SUSPENSION_LIFE,
)
class Suspension(OfScheme):
    """That a supporter was suspended, and what became of it. Whoever took part in it stands in it by his id, for those
    who watch over the prison."""

    id: Open[SuspensionId]
    version: Open[int] = 0
    scheme: Open[SchemeId]
    jurisdiction: Open[str]
    prison: Open[str]
    organisation: Open[str]
    supporter: Operational[SupporterId]
    person: Operational[PersonId]
    state: CaseworkCode[SuspensionState] = SuspensionState.OPEN
    category: OfStanding[Category]
    """Not for himself: that it is an allegation would tell him that somebody spoke of him (rule 12)."""
    disclosed_reason: CaseworkCode[Disclosed]
    """What the supporter is told."""
    withheld_reason: Security[WithheldReason | None] = None
    """What he is not told."""
    evidence: Security[str | None] = None
    """Where the evidence is kept: a reference, never the evidence."""
    pay_kept: CaseworkCode[bool] = True
    """Nothing is proven, and he keeps his pay, unless somebody says otherwise."""
    stood: CaseworkCode[Standing]
    """Where he stood before it."""
    suspended_on: CaseworkCode[date]
    review_due_on: CaseworkCode[date]
    """The last day for a review."""
    suspended_by: Security[ActorId]
    reviewed_on: CaseworkCode[date | None] = None
    finding: CaseworkCode[ReviewFinding | None] = None
    """What the review found."""
    reviewed_by: Security[ActorId | None] = None
    prison_word: CaseworkCode[Word | None] = None
    prison_decided_by: Security[ActorId | None] = None
    partner_word: CaseworkCode[Word | None] = None
    partner_decided_by: Security[ActorId | None] = None
    decided_by: Security[tuple[ActorId, ...]] = ()
    """Everybody who gave a word, also one that another replaced: none of them hears the appeal."""
    decided_on: CaseworkCode[date | None] = None
    decision_reason: CaseworkCode[DecisionReason | None] = None
    """What the supporter is told of the decision: of the word that completed it."""
    appealed_on: CaseworkCode[date | None] = None
    appeal_ground: CaseworkCode[AppealGround | None] = None
    appeal_decided_on: CaseworkCode[date | None] = None
    appeal_decided_by: Security[ActorId | None] = None
    possible_retaliation: Wellbeing[bool] = False
    """He had spoken up within the 28 days before, or somebody whom he named in a report took part in it.
    For partner and monitoring board alone (rule 17)."""

    @derived
    def overdue(self, now: datetime) -> CaseworkCode[bool]:
        """Nobody reviewed it in time."""
        return self.state is SuspensionState.OPEN and overdue(self.review_due_on, self, now)

    def faults(self) -> Iterable[Failure]:
        """What is withheld is withheld for a reason of security."""
        if self.withheld_reason is None and self.evidence is not None:
            yield Failure("GOES_WITH_A_WITHHELD_REASON", "/evidence")

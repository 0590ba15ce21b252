"""One suspected breach of confidentiality, or what nearly was one, and its codes (S29, X17; rule 32)."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from domain.confidentiality.classification import CaseworkCode, Classification, Open, Operational, Security
from domain.confidentiality.record import derived, record
from domain.confidentiality.verbs import Verb
from domain.kernel.days import local_day
from domain.kernel.errors import Failure
from domain.kernel.ids import ActorId, BreachId, EntryId, SchemeId, UnusualLookId
from domain.kernel.moves import Life, Moves
from domain.schemes.belonging import OfScheme

TO_REPORT: Final = timedelta(hours=72)
"""UK GDPR article 33: so long after one is aware of it."""
DUE: Final = timedelta(hours=24)
"""So long before that it is due."""


class BreachKind(StrEnum):
    """What is suspected."""

    LOOKED_WITHOUT_NEED = "LOOKED_WITHOUT_NEED"
    TOLD_ON = "TOLD_ON"
    """What is private was passed on, by voice or in writing."""
    SEEN_BY_OTHERS = "SEEN_BY_OTHERS"
    """A screen, a paper or a talk that others saw or heard."""
    LOST_OR_STOLEN = "LOST_OR_STOLEN"
    SENT_WRONGLY = "SENT_WRONGLY"
    SHARED_ACCOUNT = "SHARED_ACCOUNT"
    ASKED_TO_BREAK_CONFIDENCE = "ASKED_TO_BREAK_CONFIDENCE"


class FoundBy(StrEnum):
    """How it came out."""

    UNUSUAL_LOOK = "UNUSUAL_LOOK"
    COMPLAINT = "COMPLAINT"
    STAFF = "STAFF"
    PARTNER = "PARTNER"
    AUDIT = "AUDIT"
    PERSON_CONCERNED = "PERSON_CONCERNED"


class BreachState(StrEnum):
    """Where it stands."""

    SUSPECTED = "SUSPECTED"
    ASSESSED = "ASSESSED"
    CLOSED = "CLOSED"


_S = BreachState
BREACH_MOVES: Final[Moves[BreachState]] = {
    _S.SUSPECTED: frozenset({_S.ASSESSED}),
    _S.ASSESSED: frozenset({_S.ASSESSED, _S.CLOSED}),
    _S.CLOSED: frozenset(),
}
BREACH_LIFE: Final = Life(
    "state",
    {
        Verb.ASSESS_BREACH: frozenset({_S.SUSPECTED, _S.ASSESSED}),
        Verb.DECIDE_BREACH: frozenset({_S.ASSESSED}),
    },
)


class BreachFinding(StrEnum):
    """What it was."""

    BREACH = "BREACH"
    NEAR_MISS = "NEAR_MISS"
    """Nobody saw what was not theirs, and somebody nearly did."""
    NO_BREACH = "NO_BREACH"
    CANNOT_BE_TOLD = "CANNOT_BE_TOLD"


class BreachHarm(StrEnum):
    """How grave it may be for those concerned."""

    NONE = "NONE"
    SOME = "SOME"
    HIGH = "HIGH"


class PeopleConcerned(StrEnum):
    """How many people it concerns, as a band."""

    NOBODY = "NOBODY"
    UP_TO_4 = "UP_TO_4"
    FROM_5_TO_20 = "FROM_5_TO_20"
    OVER_20 = "OVER_20"
    NOT_KNOWN = "NOT_KNOWN"


class BreachDecision(StrEnum):
    """Whether the regulator is told."""

    REPORTED = "REPORTED"
    NOT_REPORTABLE = "NOT_REPORTABLE"


class BreachAction(StrEnum):
    """What was done about it."""

    ACCESS_ENDED = "ACCESS_ENDED"
    TRAINED = "TRAINED"
    RULES_EXPLAINED = "RULES_EXPLAINED"
    PLACE_CHANGED = "PLACE_CHANGED"
    SERVICE_CHANGED = "SERVICE_CHANGED"
    PEOPLE_TOLD = "PEOPLE_TOLD"
    """Those concerned, in private."""
    PARTNER_TOLD = "PARTNER_TOLD"
    PASSED_TO_CONDUCT = "PASSED_TO_CONDUCT"
    RISK_ASSESSED_ANEW = "RISK_ASSESSED_ANEW"


@record(
    kind="breach",
    kept="six years after it is closed",
    existence=Classification.CASEWORK,
    judged=("whose",),
    life=BREACH_LIFE,
)
class Breach(OfScheme):
    """One suspected breach, in codes: nobody in custody is named in it, and nothing of what was seen."""

    id: Open[BreachId]
    version: Open[int] = 0
    scheme: Open[SchemeId]
    jurisdiction: Open[str]
    prison: Open[str]
    organisation: Open[str]
    what: CaseworkCode[BreachKind]
    found_by: CaseworkCode[FoundBy]
    goes_up: Operational[bool]
    """Nobody is named in it, and it may be about any of those who would read it: the monitoring board alone reaches
    it."""
    aware_at: Security[datetime]
    """When somebody was first aware of it: the hours run from then. Who spoke with whom at that minute is known on a
    wing: it is for those who assess it."""
    report_by: Security[datetime]
    """Seventy-two hours later: by then it is reported, or it was decided that it is not."""
    report_on: CaseworkCode[date]
    """The day on which these hours are over."""
    lines: CaseworkCode[tuple[EntryId, ...]] = ()
    """The lines of the ledger that tell of it."""
    look: CaseworkCode[UnusualLookId | None] = None
    """The unusual look from which it came."""
    whose: CaseworkCode[ActorId | None] = None
    """Whose acts the lines are, or who is named: he reaches it by no route. Null: nobody of the staff, as far as is
    known."""
    entered_by: CaseworkCode[ActorId | None] = None
    state: CaseworkCode[BreachState] = BreachState.SUSPECTED
    finding: CaseworkCode[BreachFinding | None] = None
    harm: CaseworkCode[BreachHarm | None] = None
    people: CaseworkCode[PeopleConcerned | None] = None
    assessed_by: CaseworkCode[ActorId | None] = None
    """Who assessed it last."""
    had_a_part: CaseworkCode[tuple[ActorId, ...]] = ()
    """Everybody who ever assessed it: none of them decides it."""
    decision: CaseworkCode[BreachDecision | None] = None
    because: CaseworkCode[tuple[BreachAction, ...]] = ()
    """What was done about it."""
    decided_by: CaseworkCode[ActorId | None] = None
    decided_at: CaseworkCode[datetime | None] = None
    outlives = True

    @derived
    def aware_on(self, now: datetime) -> CaseworkCode[date]:
        """The day on which somebody was first aware of it."""
        return local_day(self, self.aware_at)

    @derived
    def due(self, now: datetime) -> CaseworkCode[bool]:
        """It is not decided, and less than a day is left, or none."""
        return self.decision is None and now >= self.report_by - DUE

    @derived
    def overdue(self, now: datetime) -> CaseworkCode[bool]:
        """It was not decided in time."""
        return (self.decided_at or now) > self.report_by

    def faults(self) -> Iterable[Failure]:
        """No line and no action is named twice."""
        for name in ("lines", "because"):
            if len(set(getattr(self, name))) < len(getattr(self, name)):
                yield Failure("TWICE", f"/{name}")


def within(breaches: Collection[Breach], first: date, last: date) -> list[Breach]:
    """Those of which somebody became aware from a day to a day, and that were found to be breaches."""
    return [
        each
        for each in breaches
        if each.finding is BreachFinding.BREACH and first <= local_day(each, each.aware_at) <= last
    ]

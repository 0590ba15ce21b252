"""What a scheme is, and the life it leads (domain facts 11.4). Why it is needed and how it shall run is said by its
charter (`domain.schemes.charter`)."""

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from domain.confidentiality.classification import Open, Operational
from domain.confidentiality.record import Record, record
from domain.confidentiality.verbs import Verb
from domain.kernel.ids import ActorId, AssignmentId, SchemeId
from domain.kernel.moves import Life, Moves
from domain.schemes.vocabulary import Stage, SupportType

OWN_ORGANISATION: Final = "PRISON"
"""The partner of a scheme that the prison runs itself: nobody else to sign its plan, or to be told of its end."""


class SchemeState(StrEnum):
    """Where a scheme stands. PILOT, LIVE and AT_RISK serve; that a scheme is at risk is not told to people in custody,
    who see `open` alone."""

    DRAFT = "DRAFT"
    APPROVED = "APPROVED"
    PILOT = "PILOT"
    LIVE = "LIVE"
    AT_RISK = "AT_RISK"
    SUSPENDED = "SUSPENDED"
    CLOSED = "CLOSED"


_S = SchemeState
_STOPS: Final = frozenset({_S.SUSPENDED, _S.CLOSED})
SCHEME_MOVES: Final[Moves[SchemeState]] = {
    _S.DRAFT: frozenset({_S.APPROVED, _S.CLOSED}),
    _S.APPROVED: frozenset({_S.PILOT, _S.CLOSED}),
    _S.PILOT: frozenset({_S.LIVE}) | _STOPS,
    _S.LIVE: frozenset({_S.AT_RISK}) | _STOPS,
    _S.AT_RISK: frozenset({_S.LIVE}) | _STOPS,
    _S.SUSPENDED: frozenset({_S.PILOT, _S.LIVE, _S.CLOSED}),
    _S.CLOSED: frozenset(),
}
SERVING: Final = frozenset({_S.PILOT, _S.LIVE, _S.AT_RISK})
"""In these it is open: requests are taken, learners enrolled."""
SCHEME_LIFE: Final = Life(
    "state",
    {
        Verb.APPROVE_SCHEME: frozenset({_S.DRAFT}),
        Verb.OPEN_SCHEME: frozenset({_S.APPROVED}),
        Verb.LAUNCH_SCHEME: frozenset({_S.PILOT}),
        Verb.SUSPEND_SCHEME: SERVING,
        Verb.RESUME_SCHEME: frozenset({_S.SUSPENDED}),
        Verb.CLOSE_SCHEME: frozenset(_S) - {_S.CLOSED},
    },
)
"""From where each verb moves it. Between LIVE and AT_RISK the service alone moves it (`domain.life.watching_over`)."""


class AtRiskReason(StrEnum):
    """What puts a live scheme at risk (domain facts 11.4)."""

    SUPPORTERS_TOO_FEW = "SUPPORTERS_TOO_FEW"
    SUPERVISION_VACANT = "SUPERVISION_VACANT"
    REVIEW_OVERDUE = "REVIEW_OVERDUE"
    SUPERVISION_OVERDUE = "SUPERVISION_OVERDUE"
    """Somebody's supervision is late by more than two cadences."""
    REFUSAL_UNREVIEWED = "REFUSAL_UNREVIEWED"
    """An improper refusal, or a claim, in its prison has waited for its review for more than seven days."""


class SuspensionReason(StrEnum):
    """Why a scheme stops for now."""

    SUPPORTERS_TOO_FEW = "SUPPORTERS_TOO_FEW"
    NO_SUPERVISION = "NO_SUPERVISION"
    REGIME = "REGIME"
    INFECTION_CONTROL = "INFECTION_CONTROL"
    SAFETY = "SAFETY"
    PARTNER_REQUEST = "PARTNER_REQUEST"


class ReviewFound(StrEnum):
    """What the review of a scheme found."""

    GOES_ON = "GOES_ON"
    PLAN_TO_BE_CHANGED = "PLAN_TO_BE_CHANGED"
    TO_BE_CLOSED = "TO_BE_CLOSED"


class LearnersGo(StrEnum):
    """What becomes of those whom a scheme helped, when it closes."""

    NOBODY_WAS_LEFT = "NOBODY_WAS_LEFT"
    TO_ANOTHER_SCHEME = "TO_ANOTHER_SCHEME"
    TO_STAFF = "TO_STAFF"
    TO_A_PARTNER = "TO_A_PARTNER"
    WITHOUT_SUPPORT = "WITHOUT_SUPPORT"


class ClosingReason(StrEnum):
    """Why a scheme ended."""

    PURPOSE_MET = "PURPOSE_MET"
    REPLACED = "REPLACED"
    NO_DEMAND = "NO_DEMAND"
    NO_RESOURCES = "NO_RESOURCES"
    PARTNER_WITHDREW = "PARTNER_WITHDREW"
    PRISON_CHANGED = "PRISON_CHANGED"


LONGEST_REVIEW: Final = timedelta(days=731)
"""A plan is looked at again within two years of the day on which that is promised: a day beyond is none, and would end
every warning that it is overdue. A default of ours; no kind has a cadence of its own."""


@record(kind="scheme", kept="six years after it closes; it names nobody in custody", life=SCHEME_LIFE)
class Scheme(Record):
    """Peer support of one kind in one prison. `closed` says that its information policy is closed: even the fact that
    somebody used it is confidential."""

    id: Open[SchemeId]
    version: Open[int] = 0
    kind: Open[str]
    """The code of its kind (`/v1/kinds`)."""
    kind_version: Open[int | None] = None
    """The version of a kind that was made through the API, as it was when the scheme was: it keeps these terms. None:
    a ready-made kind, which changes with a release."""
    name: Open[str]
    jurisdiction: Open[str]
    prison: Open[str]
    organisation: Open[str]
    """The code of the partner organisation that certifies and supervises."""
    scheme: Open[SchemeId]
    """Its own id again, so that one reach reads schemes and what belongs to them alike."""
    closed: Open[bool]
    state: Operational[SchemeState] = SchemeState.DRAFT
    open: Open[bool] = False
    """Whether one may ask now: all of its state that is everybody's to know."""
    support_types: Open[tuple[SupportType, ...]]
    stage_of_sentence: Open[tuple[Stage, ...]]
    purpose: Open[str]
    target_group: Open[str | None] = None
    how_to_ask: Open[str | None] = None
    places: Open[tuple[str, ...]] = ()
    """Where it meets, in words for whoever asks."""
    supporters_wanted: Open[int] = 1
    """How many active supporters it aims at."""
    supporters_needed: Operational[int] = 1
    """The floor: with fewer active ones it does not go live, and once live it is at risk. Not open: beside the state of
    a scheme it would tell a number of supporters that is too small to be told."""
    pilot_limit: Operational[int] = 1
    """The most who may be in role until it is live (S21)."""
    pilot_days: Operational[int] = 28
    """The least days of its pilot. A default of ours, as domain facts 11 has its guard numbers."""
    review_on: Open[date | None] = None
    """When somebody who approves schemes looks at it again. Once it is approved, only that review puts it off."""
    reviewed_on: Open[date | None] = None
    reviewed_by: Operational[ActorId | None] = None
    review_found: Operational[ReviewFound | None] = None
    supervision_lead: Operational[AssignmentId | None] = None
    """Whoever holds this assignment leads the supervision of its supporters; it is vacant when the assignment ends."""
    supervision_since: Operational[date | None] = None
    """Since when that assignment leads."""
    planned_by: Operational[tuple[ActorId, ...]] = ()
    """Who started it or wrote in its plan without being one who may approve it: none of them does, in whatever role."""
    approved_by: Operational[ActorId | None] = None
    opened_on: Open[date | None] = None
    """When its pilot began."""
    live_from: Operational[date | None] = None
    at_risk_for: Operational[tuple[AtRiskReason, ...]] = ()
    at_risk_since: Operational[date | None] = None
    suspended_for: Operational[SuspensionReason | None] = None
    suspended_at: Operational[datetime | None] = None
    suspension_review_on: Operational[date | None] = None
    """The day, within ninety of its suspension, on which somebody looks again."""
    partner_told_on: Operational[date | None] = None
    """The day on which its partner was told that it closes."""
    lessons: Operational[str | None] = None
    """The closing review: what was learned."""
    learners_go: Operational[LearnersGo | None] = None
    closed_on: Open[date | None] = None
    closed_for: Operational[ClosingReason | None] = None

"""What a scheme is, and the life it leads (domain facts 11.4; the charter arrives with issue B)."""

from datetime import date
from enum import StrEnum
from typing import Final

from domain.confidentiality.classification import Open, Operational
from domain.confidentiality.record import Record, record
from domain.kernel.ids import ActorId, SchemeId
from domain.kernel.moves import Moves


class SchemeState(StrEnum):
    """Where a scheme stands."""

    DRAFT = "DRAFT"
    APPROVED = "APPROVED"
    LIVE = "LIVE"
    PAUSED = "PAUSED"
    CLOSED = "CLOSED"


SCHEME_MOVES: Final[Moves[SchemeState]] = {
    SchemeState.DRAFT: frozenset({SchemeState.APPROVED, SchemeState.CLOSED}),
    SchemeState.APPROVED: frozenset({SchemeState.LIVE, SchemeState.CLOSED}),
    SchemeState.LIVE: frozenset({SchemeState.PAUSED, SchemeState.CLOSED}),
    SchemeState.PAUSED: frozenset({SchemeState.LIVE, SchemeState.CLOSED}),
    SchemeState.CLOSED: frozenset(),
}


class PauseReason(StrEnum):
    """Why a scheme stops offering for now."""

    TOO_FEW_SUPPORTERS = "TOO_FEW_SUPPORTERS"
    NO_SUPERVISION = "NO_SUPERVISION"
    REGIME = "REGIME"
    INFECTION_CONTROL = "INFECTION_CONTROL"
    SAFETY = "SAFETY"
    PARTNER_REQUEST = "PARTNER_REQUEST"


class ClosingReason(StrEnum):
    """Why a scheme ended."""

    PURPOSE_MET = "PURPOSE_MET"
    REPLACED = "REPLACED"
    NO_DEMAND = "NO_DEMAND"
    NO_RESOURCES = "NO_RESOURCES"
    PARTNER_WITHDREW = "PARTNER_WITHDREW"
    PRISON_CHANGED = "PRISON_CHANGED"


@record(kind="scheme", kept="six years after it closes; it names nobody in custody")
class Scheme(Record):
    """Peer support of one kind in one prison. `closed` says that its information policy is closed: even the fact that
    somebody used it is confidential."""

    id: Open[SchemeId]
    version: Open[int] = 0
    kind: Open[str]
    name: Open[str]
    jurisdiction: Open[str]
    prison: Open[str]
    organisation: Open[str]
    """The code of the partner organisation that certifies and supervises."""
    scheme: Open[SchemeId]
    """Its own id again, so that one reach reads schemes and what belongs to them alike."""
    closed: Open[bool]
    state: Open[SchemeState] = SchemeState.DRAFT
    purpose: Open[str]
    target_group: Open[str | None] = None
    how_to_ask: Open[str | None] = None
    places: Open[tuple[str, ...]] = ()
    supporters_wanted: Open[int] = 1
    review_on: Open[date | None] = None
    approved_by: Operational[ActorId | None] = None
    opened_on: Open[date | None] = None
    paused_for: Operational[PauseReason | None] = None
    closed_on: Open[date | None] = None
    closed_for: Operational[ClosingReason | None] = None

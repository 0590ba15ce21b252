"""What a supporter needs before the prison may say yes to him, as records: security's word, and an assessment."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from domain.kernel.ids import ActorId, AssessmentId, ClearanceId
from domain.kernel.prison import IncentiveLevel, PrisonFacts
from domain.schemes.belonging import OfScheme
from domain.supporters.record import Supporter
from domain.supporters.recruiting.assessing import Assessment
from domain.supporters.recruiting.clearing import Clearance, ClearanceOutcome

FIT = PrisonFacts(
    born_on=date(1990, 1, 1),
    release_on=date(2032, 1, 1),
    incentive=IncentiveLevel.ENH,
    alerts=frozenset(),
    csip_open=False,
    violence_proven_on=(),
    drug_adjudications_on=(),
    offence_allows=True,
    roles_held=0,
    abstinent_months=60,
    literate=True,
    fit=True,
    lived_experience=True,
    served_in_forces=True,
    elected=True,
    member_of_partner=True,
)
"""Of somebody in whose way nothing stands."""
SOMEBODY = ActorId(UUID("5ec0517e-0000-4000-8000-000000000001"))


def _of(supporter: Supporter, what: str) -> dict[str, Any]:
    return {
        "id": uuid5(NAMESPACE_URL, f"{what}:{supporter.id}"),
        "scheme": supporter.scheme,
        "jurisdiction": supporter.jurisdiction,
        "prison": supporter.prison,
        "organisation": supporter.organisation,
        "supporter": supporter.id,
        "person": supporter.person,
    }


def clearance(supporter: Supporter, at: datetime, **more: Any) -> Clearance:
    """Cleared a month ago, for eleven more."""
    day = at.astimezone(UTC).date()
    given: dict[str, Any] = {
        **_of(supporter, "clearance"),
        "outcome": ClearanceOutcome.CLEARED,
        "decided_on": day - timedelta(days=30),
        "expires_on": day + timedelta(days=330),
        "decided_by": SOMEBODY,
        **more,
    }
    return Clearance(**{**given, "id": ClearanceId(given["id"])})


def result(rule: str, weight: str, outcome: str, reason: str, parameter: int | None = None) -> dict[str, Any]:
    """One rule and what came of it, as an assessment keeps it."""
    return {"rule": rule, "weight": weight, "parameter": parameter, "outcome": outcome, "reason": reason}


def assessment(supporter: Supporter, at: datetime, **more: Any) -> Assessment:
    """Made today: nothing stands in the way."""
    given: dict[str, Any] = {
        **_of(supporter, "assessment"),
        "kind": supporter.kind,
        "kind_version": supporter.kind_version,
        "rule_version": f"{supporter.jurisdiction}-1",
        "made_at": at,
        "made_by": SOMEBODY,
        "valid_until": at.astimezone(UTC).date() + timedelta(days=28),
        "source_known": True,
        "results": (result("SECURITY_CLEARANCE", "HARD", "PASSED", "AS_ASKED", 12),),
        "snapshot": ({"rule": "SECURITY_CLEARANCE", "facts": ["YES"]},),
        **more,
    }
    return Assessment(**{**given, "id": AssessmentId(given["id"])})


def suited(supporter: Supporter, at: datetime) -> Iterator[OfScheme]:
    """Both."""
    yield clearance(supporter, at)
    yield assessment(supporter, at)

"""A scheme in each state but the last, in each prison, and how each stands."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

from domain.kernel.words import JURISDICTIONS
from domain.life.ready import Ready
from domain.life.status import SchemeStatus, status
from domain.schemes.kinds import (
    COUNCIL,
    INSIDERS,
    KINDS,
    LISTENERS,
    RECOVERY_MENTORS,
    SHANNON_TRUST,
    SOCIAL_CARE_BUDDIES,
)
from domain.schemes.record import SERVING, AtRiskReason, Scheme, SchemeState, SuspensionReason
from domain.supporters.record import IN_ROLE, Standing, Supporter
from tests.http.cast import START, assignment
from tests.http.places import LONG_AGO, TODAY, Place
from tests.plans import held_by

_LEADS = {"": "coordinator", "far:": "far-coordinator", "irish:": "irish-coordinator"}
_NEVER_LIVE: dict[str, Any] = {"live_from": None, "supervision_lead": None, "supervision_since": None}
_NEVER_OPEN: dict[str, Any] = {"opened_on": None, **_NEVER_LIVE}
_AT_RISK = (AtRiskReason.SUPPORTERS_TOO_FEW, AtRiskReason.SUPERVISION_VACANT)
_OTHERS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    (
        "scheme:draft",
        INSIDERS.code,
        {"state": SchemeState.DRAFT, "supporters_wanted": 5, "pilot_limit": 5, **_NEVER_OPEN},
    ),
    ("scheme:approved", SHANNON_TRUST.code, {"state": SchemeState.APPROVED, **_NEVER_OPEN}),
    ("scheme:pilot", SHANNON_TRUST.code, {"state": SchemeState.PILOT, "live_from": None}),
    (
        "scheme:at-risk",
        SHANNON_TRUST.code,
        {"state": SchemeState.AT_RISK, "at_risk_for": _AT_RISK, "at_risk_since": TODAY, "supervision_lead": None},
    ),
    (
        "scheme:suspended",
        INSIDERS.code,
        {
            "state": SchemeState.SUSPENDED,
            "suspended_for": SuspensionReason.REGIME,
            "suspended_at": START - timedelta(days=2),
            "suspension_review_on": TODAY + timedelta(days=14),
        },
    ),
)


def scheme(place: Place, name: str, kind: str, **more: Any) -> Scheme:
    """A scheme that is live unless said otherwise."""
    model = KINDS[kind]
    given: dict[str, Any] = {
        "state": SchemeState.LIVE,
        "name": f"{model.title} at {place.prison}",
        "how_to_ask": "Ask any officer, or press your bell.",
        "review_on": TODAY + timedelta(days=90),
        "supervision_lead": assignment(_LEADS.get(place.prefix, "coordinator")),
        "supervision_since": LONG_AGO,
        "opened_on": LONG_AGO,
        "live_from": LONG_AGO + timedelta(days=28),
        "organisation": model.partner,
        **more,
    }
    return Scheme(
        id=place.id(name),
        scheme=place.id(name),
        kind=kind,
        jurisdiction=place.jurisdiction,
        prison=place.prison,
        closed=model.policy.closed,
        support_types=model.support_types,
        stage_of_sentence=model.stage_of_sentence,
        purpose=model.purpose,
        open=given["state"] in SERVING,
        **given,
    )


def schemes(place: Place) -> Iterator[Scheme]:
    """One of each kind, live, and one in each other state but the last."""
    if "OFFERS" in JURISDICTIONS[place.jurisdiction].has:
        yield scheme(place, "scheme:listeners", LISTENERS.code)
    yield scheme(place, "scheme:insiders", INSIDERS.code)
    yield scheme(place, "scheme:shannon", SHANNON_TRUST.code)
    yield scheme(place, "scheme:recovery", RECOVERY_MENTORS.code)
    yield scheme(place, "scheme:council", COUNCIL.code)
    yield scheme(place, "scheme:buddies", SOCIAL_CARE_BUDDIES.code)
    for name, kind, more in _OTHERS:
        yield scheme(place, name, kind, **more)


def statuses(place: Place, supporters: Iterable[Supporter], plans: Iterable[Any]) -> Iterator[SchemeStatus]:
    """How each of them stands, with these supporters and plans, as the clock would find it."""
    held = held_by(plans, START)
    counted = Counter((s.scheme, s.standing) for s in supporters)
    for each in schemes(place):
        facts = Ready(
            scheme=each,
            today=TODAY,
            active=counted[each.id, Standing.ACTIVE],
            in_role=sum(counted[each.id, standing] for standing in IN_ROLE),
            led=each.supervision_lead is not None,
            plans={code: each.id in theirs for code, theirs in held.items()},
        )
        yield status(facts, START)

"""Webhooks: the integrator's own, of the whole jurisdiction, and another client's, of one prison."""

from base64 import b64encode
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from domain.confidentiality.record import Record
from domain.kernel.ids import AssignmentId
from domain.telling.subscription import Subscription
from domain.telling.types import EventType
from tests.http.cast import START, actor, assignment


def records(place: Any) -> Iterator[Record]:
    """Both."""
    told: dict[str, Any] = {
        "jurisdiction": place.jurisdiction,
        "address": "https://hooks.example.org/peer-support",
        "types": (EventType.SCHEME_CREATED, EventType.SCHEME_CHANGED),
        "since": START - timedelta(days=2),
        "secret": f"whsec_{b64encode(bytes(32)).decode()}",
    }
    own = "bare-client" if place.prefix else "integrator"
    before = {
        "secret_before": f"whsec_{b64encode(bytes(31)).decode()}",
        "secret_before_until": START + timedelta(hours=12),
    }
    by = {"author": actor(own), "assignment": AssignmentId(assignment(own))}
    yield Subscription(id=place.id("subscription"), **by, **before, **told)
    yield Subscription(
        id=place.id("subscription:of-another"),
        author=actor("bare-client"),
        assignment=AssignmentId(assignment("bare-client")),
        prison=place.prison,
        **told,
    )

"""What there is of supporters' staying, going and being paid: one of each record in each of the three prisons, and more
where an operation needs one in another state. All are of the reading scheme, whose mentors are paid."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from domain.confidentiality.record import Record
from domain.schemes.kinds import SHANNON_TRUST
from domain.turnover.holds import HoldReason, HoldState, TransferHold
from tests.http.cast import START, actor, person

TODAY = START.date()


def who(place: Any, name: str) -> Any:
    """The person of that name in that prison."""
    return person(name if place.prefix == "" else place.prefix + name)


def of(place: Any, name: str, supporter: str = "mentor") -> dict[str, Any]:
    """The id of a record that is called so, its place, and whom it is about."""
    return {
        "id": place.id(name),
        "scheme": place.id("scheme:shannon"),
        "jurisdiction": place.jurisdiction,
        "prison": place.prison,
        "organisation": SHANNON_TRUST.partner,
        "supporter": place.id(f"supporter:{supporter}"),
        "person": who(place, supporter),
    }


def records(place: Any) -> Iterator[Record]:
    """All of them, in one prison."""
    yield from holds(place)


def holds(place: Any) -> Iterator[TransferHold]:
    """One that waits for the governor, and one that stands."""
    asked = {"reason": HoldReason.COVER, "until": TODAY + timedelta(days=60), "asked_on": TODAY}
    by = actor({"": "coordinator", "far:": "far-coordinator", "irish:": "irish-coordinator"}[place.prefix])
    yield TransferHold(**of(place, "transfer-hold", "partner-applied"), **asked, asked_by=by)
    yield TransferHold(
        **of(place, "transfer-hold:granted", "partner-applied"),
        **asked,
        asked_by=by,
        state=HoldState.GRANTED,
        decided_by=actor("governor"),
        decided_on=TODAY,
    )

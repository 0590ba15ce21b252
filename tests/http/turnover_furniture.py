"""What there is of supporters' staying, going and being paid: one of each record in each of the three prisons, and more
where an operation needs one in another state. All are of the reading scheme, whose mentors are paid."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from domain.confidentiality.record import Record
from domain.passports.passport import Passport
from domain.passports.rating import Moment, SelfRating
from domain.passports.reference import Reference, ReferenceState, Strength
from domain.pay.comparison import ComparisonJob
from domain.pay.entries import PayEntry
from domain.pay.rates import PayRate
from domain.schemes.kinds import SHANNON_TRUST
from domain.supporters.record import Competence
from domain.turnover.holds import HoldReason, HoldState, TransferHold
from tests.http.cast import CAST, START, actor, person

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
    yield from carried(place)
    yield from paid(place)


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


def carried(place: Any) -> Iterator[Record]:
    """The mentor's passport, two references of his, and how he rates himself."""
    for called, supporter in (("passport", "mentor"), ("passport:second", "second-mentor")):
        yield passport(place, called, supporter)
    served = _served(place, "mentor")
    for called, state in (("reference", ReferenceState.WRITTEN), ("reference:signed", ReferenceState.SIGNED)):
        yield Reference(
            **of(place, called),
            **served,
            strengths=(Strength.RELIABLE, Strength.PATIENT),
            written_by=actor("coordinator"),
            written_on=TODAY,
            state=state,
            answered_on=TODAY if state is ReferenceState.SIGNED else None,
        )
    yield SelfRating(
        **of(place, "self-rating"),
        moment=Moment.BEFORE,
        identity=3,
        confidence=4,
        employability=2,
        rated_on=TODAY,
    )


def _served(place: Any, supporter: str) -> dict[str, Any]:
    name = CAST[supporter].full_name if place.prefix == "" else "Somebody Made-Up"
    return {"name": name, "kind": SHANNON_TRUST.code, "served_from": date(2026, 6, 1)}


def passport(place: Any, called: str, supporter: str) -> Passport:
    """A supporter's passport, as he would have it made today."""
    return Passport(
        **of(place, called, supporter),
        **_served(place, supporter),
        certificate="CERT-2026-0001",
        certified_on=TODAY - timedelta(days=200),
        certificate_expires_on=TODAY + timedelta(days=800),
        modules=SHANNON_TRUST.modules,
        signed_off=tuple(Competence),
        valid_until=TODAY + timedelta(days=364),
        consented_on=TODAY,
    )


def paid(place: Any) -> Iterator[Record]:
    """A band's rate since half a year, last week's pay of the mentor, and a job beside it."""
    prison: dict[str, Any] = {"jurisdiction": place.jurisdiction, "prison": place.prison}
    monday = TODAY - timedelta(days=TODAY.weekday())
    yield PayRate(
        id=place.id("pay-rate"),
        **prison,
        band="BAND_2",
        money_minor_units_half_day=90,
        money_minor_units_full_day=175,
        valid_from=monday - timedelta(weeks=26),
    )
    yield PayEntry(
        **of(place, "pay-entry"),
        week_of=monday - timedelta(weeks=1),
        band="BAND_2",
        half_days=2,
        full_days=3,
        money_minor_units=705,
        entered_by=actor("hub"),
    )
    yield ComparisonJob(
        id=place.id("comparison-job"),
        **prison,
        job="LIBRARY_ORDERLY",
        band="BAND_2",
        half_days=8,
        money_minor_units=700,
        places=3,
    )

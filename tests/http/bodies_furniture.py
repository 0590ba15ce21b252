"""What is left in each prison of closed-policy requests that are over: conduct that waits for its review, and a sealed
envelope."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from domain.confidentiality.record import Record
from domain.kernel.ids import ConductId, EnvelopeHoldId, EnvelopeId
from domain.sessions.codes import RefusalCode
from domain.sessions.conduct import Conduct, Review, UnmetAs
from domain.sessions.envelopes import Envelope
from domain.sessions.holding import EnvelopeHold
from tests.http.cast import START


def bodies(place: Any) -> Iterator[Record]:
    """Both, in one prison."""
    yield Conduct(
        id=ConductId(place.id("conduct")),
        jurisdiction=place.jurisdiction,
        prison=place.prison,
        wing=f"{place.prison}-A",
        at=START - timedelta(days=2),
        ended=UnmetAs.REFUSED,
        code=RefusalCode.ASLEEP_CLAIMED,
        coded_by=place.id("actor:somebody"),
        review=Review.WAITING,
    )
    yield EnvelopeHold(
        id=EnvelopeHoldId(place.id("envelope-hold")),
        jurisdiction=place.jurisdiction,
        prison=place.prison,
        first_day=START.date() - timedelta(days=40),
        last_day=START.date() - timedelta(days=9),
        recorded_at=START - timedelta(days=9),
        recorded_by=place.id("actor:somebody"),
    )
    yield Envelope(
        id=EnvelopeId(place.id("envelope")),
        jurisdiction=place.jurisdiction,
        prison=place.prison,
        day=START.date() - timedelta(days=2),
        delete_on=START.date() + timedelta(days=360),
        sealed="AQID" * 100,
    )

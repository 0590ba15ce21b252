"""In each prison a worry about somebody, something that left a scheme of each policy, and a referral."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from domain.confidentiality.record import Record
from domain.kernel.ids import ConcernId
from domain.schemes.vocabulary import Basis
from domain.sessions.concerns import ConcernRaised, Worried
from domain.sessions.escalations import (
    Consent,
    Decider,
    Escalation,
    NotTold,
    PassedOnBy,
    PersonTold,
    Shared,
    ToldTo,
)
from domain.sessions.referrals import Referral, ReferredTo
from tests.http.cast import START
from tests.http.registers_furniture import of


def tasks(place: Any) -> Iterator[Record]:
    """One of each."""
    passed_on: dict[str, Any] = {
        "month": START.date().replace(day=1),
        "shared": (Shared.WHERE_TO_COME,),
        "told_to": ToldTo.PRISON_STAFF,
        "how": PassedOnBy.VOICE_OR_BELL,
        "person_told": PersonTold.NOT_TOLD,
        "not_told_for": NotTold.COULD_NOT_UNDERSTAND,
        "author": place.id("actor:somebody"),
    }
    yield Escalation(
        **of(place, "escalation"),
        **passed_on,
        closed=False,
        told_on=START.date() - timedelta(days=3),
        basis=Basis.ADULT_SAFEGUARDING,
        decided_by=Decider.PRISON,
        consent=Consent.NOT_ASKED,
    )
    yield ConcernRaised(
        id=ConcernId(place.id("concern")),
        jurisdiction=place.jurisdiction,
        prison=place.prison,
        offer="LISTENERS",
        who=Worried.FAMILY_CONCERN,
        whom="Wilfred Worried",
        cell="C-2-007",
        readable_until=START + timedelta(hours=20),
    )
    yield Referral(
        **of(place, "referral"),
        enrolment=place.id("enrolment"),
        person=place.id("person:second-mentor"),
        referred_to=ReferredTo.EDUCATION_PROVIDER,
        agreed_on=START.date() - timedelta(days=4),
        author=place.id("actor:somebody"),
    )

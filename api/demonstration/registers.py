"""The registers of the demonstration's schemes: the risks with which each begins; of the pilot a contingency plan; of
the Listeners another, the nights, the suite and a poster. Nothing is drawn from the hat, so that all else stays as it
was."""

import dataclasses
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from api.demonstration.hat import Hat
from domain.kernel.bands import Band
from domain.kernel.ids import ContingencyPlanId, MeetingPlaceId, PublicityId, RiskId, ServiceTimeId
from domain.schemes.belonging import OfScheme
from domain.schemes.kinds import LISTENERS
from domain.schemes.record import Scheme, SchemeState
from domain.schemes.registers.answerable import Answerable
from domain.schemes.registers.contingency import ContingencyPlan, Cover, Tell, Trigger
from domain.schemes.registers.hours import WEEK
from domain.schemes.registers.places import MeetingPlace, PlaceKind
from domain.schemes.registers.publicity import Medium, Publicity
from domain.schemes.registers.risks import NAMED, Risk, RiskCode, RiskState
from domain.schemes.registers.times import ServiceTime


def registers(hat: Hat, scheme: Scheme) -> Iterator[OfScheme]:
    """Those of one scheme."""
    place: dict[str, Any] = {
        "scheme": scheme.id,
        "jurisdiction": scheme.jurisdiction,
        "prison": scheme.prison,
        "organisation": scheme.organisation,
    }
    listeners = scheme.kind == LISTENERS.code
    for code in NAMED:
        risk = Risk(id=RiskId(hat.ids()), **place, risk=code)
        yield _assessed(hat, risk) if listeners and code is RiskCode.OVERLOAD else risk
    if listeners:
        yield from _of_listeners(hat, place)
    if scheme.state is SchemeState.PILOT:
        yield ContingencyPlan(
            id=ContingencyPlanId(hat.ids()),
            **place,
            trigger=Trigger.LOSS_OF_SUPPORTERS,
            cover=(Cover.POSTPONED,),
            tell=(Tell.PARTNER,),
            review_on=hat.today + timedelta(days=90),
        )


def _assessed(hat: Hat, risk: Risk) -> Risk:
    return dataclasses.replace(
        risk,
        state=RiskState.OPEN,
        likelihood=4,
        impact=4,
        owner=Answerable.PARTNER,
        assessed_on=hat.today - timedelta(days=40),
        review_on=hat.today + timedelta(days=50),
    )


def _of_listeners(hat: Hat, place: dict[str, Any]) -> Iterator[OfScheme]:
    yield ContingencyPlan(
        id=ContingencyPlanId(hat.ids()),
        **place,
        trigger=Trigger.LOCKDOWN,
        cover=(Cover.SAMARITANS_PHONE, Cover.AT_THE_DOOR),
        cover_in_words="The Samaritans' telephone is brought to the door; a Listener of the same landing talks there.",
        tell=(Tell.ORDERLY_OFFICER, Tell.SAFER_CUSTODY, Tell.PARTNER, Tell.SUPPORTERS),
        review_on=hat.today + timedelta(days=120),
    )
    suite = MeetingPlaceId(hat.ids())
    wing = f"{place['prison']}-A"
    yield MeetingPlace(id=suite, **place, kind=PlaceKind.LISTENER_SUITE, name="Listener suite, A wing", wing=wing)
    for weekday in WEEK:
        yield ServiceTime(
            id=ServiceTimeId(hat.ids()),
            **place,
            weekday=weekday,
            band=Band.NIGHT,
            starts="20:30",
            ends="07:45",
            valid_from=hat.today - timedelta(days=300),
            place=suite,
        )
    yield Publicity(
        id=PublicityId(hat.ids()),
        **place,
        medium=Medium.POSTER,
        shown_where="Every landing and reception",
        languages=("en", "cy"),
        easy_read=True,
        shown_from=hat.today - timedelta(days=200),
    )

"""Kinds and lists of exceptions that stand in the store before a test begins: of each prison a variant in draft and one
that holds, of each jurisdiction a list in draft, all made by somebody who has no token.
"""

import dataclasses
from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from domain.confidentiality.record import Record
from domain.schemes.exceptions import SAMARITANS, ExceptionList, NotifyTo, Obligation
from domain.schemes.kinds import INSIDERS, RED_CROSS_VOLUNTEERS
from domain.schemes.made import KindVersion
from domain.schemes.publication import PublicationState
from domain.schemes.vocabulary import Basis
from domain.schemes.written import written
from tests.http.cast import START

if TYPE_CHECKING:
    from tests.http.furniture import Place

EXEMPTION: dict[str, Any] = {
    "code": "CHILD",
    "label": "The person is a child, and we know who they are.",
    "duty": Obligation.MANDATORY.value,
    "notifyTo": NotifyTo.SOCIAL_SERVICES.value,
    "personTold": True,
    "basis": Basis.CHILD_PROTECTION.value,
}


def records(place: "Place") -> Iterator[Record]:
    """This prison's, and its jurisdiction's."""
    code = {"": "FIRST_NIGHT", "far:": "FIRST_WEEK", "irish:": "FIRST_AID"}[place.prefix]
    yield variant(place, "scheme-kind", code, number=2)
    yield variant(
        place,
        "scheme-kind:published",
        code,
        state=PublicationState.PUBLISHED,
        published_by=place.id("actor:somebody-else"),
        published_on=START.date(),
    )
    yield variant(
        place,
        "scheme-kind:to-confirm",
        f"NATIONAL_{code}",
        prison=None,
        organisation={"": SAMARITANS.organisation, "far:": "SHANNON_TRUST", "irish:": "IRISH_RED_CROSS"}[place.prefix],
    )
    organisation = {"": SAMARITANS.organisation, "far:": "SHANNON_TRUST", "irish:": "IRISH_RED_CROSS"}[place.prefix]
    yield ExceptionList(
        id=place.id("exception-list"),
        organisation=organisation,
        jurisdiction=place.jurisdiction,
        number=2,
        effective_from=START.date() + timedelta(days=30),
        exceptions=(EXEMPTION,),
        made_by=place.id("actor:somebody"),
    )


def variant(place: "Place", name: str, code: str, **more: Any) -> KindVersion:
    """A prison's variant, with a week more of probation than its base has."""
    base = INSIDERS if place.jurisdiction == "EW" else RED_CROSS_VOLUNTEERS
    given: dict[str, Any] = {"number": 1, "base": base.code, "prison": place.prison, **more}
    return KindVersion(
        id=place.id(name),
        code=code,
        jurisdiction=place.jurisdiction,
        organisation=given.pop("organisation", base.partner),
        sheet=written(dataclasses.replace(base, title="First night", probation_days=base.probation_days + 7)),
        made_by=place.id("actor:somebody"),
        **given,
    )

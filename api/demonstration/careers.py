"""Supporters in every standing, each with the past that leads there.

A past is built backwards from today, by the gates of `domain.supporters.acts`: an active Listener was certified with
all modules and the compact signed, was observed often enough and long enough on probation, and his certificate holds.
"""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any, Final

from api.demonstration.hat import Hat
from api.demonstration.people import Prison, other
from domain.kernel.ids import SupporterId
from domain.people.record import Person
from domain.schemes.kinds import kind_of
from domain.schemes.record import Scheme
from domain.schemes.sheet import Kind
from domain.supporters.record import (
    ApplicationReason,
    Competence,
    LeavingReason,
    Motivation,
    Standing,
    Supporter,
    Verdict,
    left,
)
from domain.training.certificates import CERTIFICATE_DAYS

_S = Standing
BESIDES: Final[Mapping[str, Mapping[Standing, int]]] = MappingProxyType(
    {
        "LISTENERS": MappingProxyType(
            {_S.PAUSED: 2, _S.PROBATION: 2, _S.IN_TRAINING: 3, _S.ACCEPTED: 1, _S.APPLIED: 3, _S.REJECTED: 4}
            | {_S.STOOD_DOWN: 10, _S.DEFERRED: 1, _S.WAITING: 2, _S.TRAINING_FAILED: 1}
            | {_S.SUSPENDED: 1, _S.LAPSED: 1, _S.REMOVED: 1}
        ),
        "INSIDERS": MappingProxyType(
            {_S.PAUSED: 1, _S.PROBATION: 1, _S.IN_TRAINING: 2, _S.APPLIED: 2, _S.REJECTED: 2, _S.STOOD_DOWN: 6}
        ),
        "SHANNON_TRUST": MappingProxyType(
            {_S.PAUSED: 1, _S.PROBATION: 2, _S.IN_TRAINING: 2, _S.ACCEPTED: 1, _S.APPLIED: 2, _S.REJECTED: 2}
            | {_S.STOOD_DOWN: 7}
        ),
    }
)
"""How many there are besides those in the role. Churn empties about half the places in a year (domain facts 0.4)."""

LANGUAGES: Final = (
    (("en",), 60),
    (("en", "cy"), 5),
    (("en", "pl"), 8),
    (("en", "ro"), 6),
    (("en", "ur"), 7),
    (("en", "so"), 4),
    (("en", "ar"), 5),
    (("en", "yo"), 3),
    (("en", "pt"), 2),
)
_LEFT: Final = (
    (LeavingReason.TRANSFERRED, 36),
    (LeavingReason.RELEASED, 32),
    (LeavingReason.OWN_WISH, 14),
    (LeavingReason.HEALTH, 8),
    (LeavingReason.ROLE_ENDED, 10),
)
_OLDEST: Final = 680
"""Days since the first of those who are in the role today began. The certificate lasts three years."""


@dataclass(frozen=True, slots=True)
class Career:
    """A supporter, and who he is."""

    person: Person
    supporter: Supporter


def careers(hat: Hat, scheme: Scheme, prison: Prison, known: Sequence[Person] = ()) -> list[Career]:
    """All of a scheme's supporters. `known` are people who are in the role today, before anybody else is drawn."""
    wanted = {_S.ACTIVE: prison.active[scheme.kind], **BESIDES[scheme.kind]}
    return [
        _career(hat, scheme, prison, standing, place / count, who)
        for standing, count in wanted.items()
        for place, who in _placed(standing, count, known)
    ]


def few(hat: Hat, scheme: Scheme, prison: Prison, count: int) -> list[Career]:
    """Some who are in the role, and nobody else: of a scheme that rests."""
    return [_career(hat, scheme, prison, _S.ACTIVE, 0.1, None) for _ in range(count)]


def in_role_on(supporter: Supporter, day: date) -> bool:
    """Was he meeting people on that day? From probation on, until he paused or left."""
    start, ends = supporter.probation_from, [d for d in (supporter.left_on, supporter.paused_on) if d is not None]
    return start is not None and start <= day and all(day < end for end in ends)


def _placed(standing: Standing, count: int, known: Sequence[Person]) -> list[tuple[int, Person | None]]:
    first = known if standing is _S.ACTIVE else ()
    return [(place, first[place] if place < len(first) else None) for place in range(count)]


def _career(hat: Hat, scheme: Scheme, prison: Prison, standing: Standing, share: float, known: Person | None) -> Career:
    kind = kind_of(scheme.kind)
    # The known ones have been there for long, so that they have a past to look at.
    past = _past(hat, kind, standing, 0.5 if known is not None else share)
    person = known or hat.person(prison)
    supporter = Supporter(
        id=SupporterId(hat.ids()),
        scheme=scheme.id,
        kind=kind.code,
        jurisdiction=scheme.jurisdiction,
        prison=prison.code,
        organisation=scheme.organisation,
        person=person.id,
        name=person.name,
        wing=person.wing or prison.wings[0],
        languages=hat.weighed(LANGUAGES),
        motivation=hat.chance.choice(list(Motivation)) if hat.likely(0.9) else None,
        standing=_leaves_for(standing, past.get("left_for")),
        **past,
    )
    return Career(gone(person, prison, supporter.left_for), supporter)


def _leaves_for(standing: Standing, why: LeavingReason | None) -> Standing:
    """Where he stands who left: by a transfer, a release, or otherwise."""
    return standing if why is None else left(why)


def gone(person: Person, prison: Prison, why: LeavingReason | None) -> Person:
    """The person as he is after leaving: in the other prison, in none of the wings, or where he was."""
    match why:
        case LeavingReason.TRANSFERRED:
            to = other(prison)
            return dataclasses.replace(person, prison=to.code, wing=to.wings[-1])
        case LeavingReason.RELEASED:
            return dataclasses.replace(person, wing=None)
        case _:
            return person


def _past(hat: Hat, kind: Kind, standing: Standing, share: float) -> dict[str, Any]:
    match standing:
        case _S.APPLIED:
            half = hat.likely(0.5) and kind.partner_certifies
            return {"applied_on": hat.today - hat.days(2, 40), "partner_verdict": Verdict.YES if half else None}
        case _S.DEFERRED | _S.WAITING:
            return {"applied_on": hat.today - hat.days(20, 60)}
        case _S.REJECTED:
            return _rejected(hat, kind)
        case _S.ACCEPTED:
            return {"applied_on": hat.today - hat.days(30, 80), **_yes(kind)}
        case _S.IN_TRAINING:
            return _in_training(hat, kind, hat.today)
        case _S.PROBATION:
            certified = hat.today - hat.days(2, kind.probation_days - 1)
            return _certified(hat, kind, certified, hat.chance.randint(0, kind.observed_contacts))
        case _S.ACTIVE:
            return _active(hat, kind, hat.today - timedelta(days=12 + int(share * _OLDEST)) - hat.days(0, 12))
        case _S.PAUSED:
            paused = hat.today - hat.days(2, 25)
            return _active(hat, kind, paused - hat.days(60, 500)) | {"paused_on": paused}
        case _S.SUSPENDED:
            return _active(hat, kind, hat.today - hat.days(60, 500))
        case _S.REMOVED:
            return _active(hat, kind, hat.today - hat.days(100, 500)) | {"left_on": hat.today - hat.days(10, 60)}
        case _S.LAPSED:
            over = timedelta(days=CERTIFICATE_DAYS) + hat.days(3, 20)
            observed = kind.observed_contacts
            since = {"active_from": hat.today - over + timedelta(days=kind.probation_days)}
            return _certified(hat, kind, hat.today - over, observed) | since | {"signed_off": tuple(Competence)}
        case _S.TRAINING_FAILED:
            failed = hat.today - hat.days(5, 90)
            past = _in_training(hat, kind, failed)
            missed = next(m for m in kind.modules if m not in past["modules_passed"])
            return past | {"failed_module": missed, "left_on": failed}
        case _S.STOOD_DOWN | _S.TRANSFERRED_OUT | _S.RELEASED | _S.DECEASED:
            return _stood_down(hat, kind, hat.today - timedelta(days=int(share * 340)) - hat.days(4, 20))


def _yes(kind: Kind) -> dict[str, Any]:
    return {"prison_verdict": Verdict.YES, "partner_verdict": Verdict.YES if kind.partner_certifies else None}


def _rejected(hat: Hat, kind: Kind) -> dict[str, Any]:
    by_partner = kind.partner_certifies and hat.likely(0.4)
    return {
        "applied_on": hat.today - hat.days(40, 330),
        "prison_verdict": None if by_partner else Verdict.NO,
        "partner_verdict": Verdict.NO if by_partner else None,
        "rejected_for": hat.chance.choice(list(ApplicationReason)),
        "left_on": hat.today - hat.days(5, 30),
    }


def _in_training(hat: Hat, kind: Kind, by: date) -> dict[str, Any]:
    passed = hat.chance.randint(1, len(kind.modules) - 1)
    signed = by - hat.days(1, 20) if hat.likely(0.5) else None
    return {
        "applied_on": by - hat.days(60, 120),
        **_yes(kind),
        "modules_passed": kind.modules[:passed],
        "compact_signed_on": signed,
    }


def _certified(hat: Hat, kind: Kind, on: date, observed: int) -> dict[str, Any]:
    signed = on - hat.days(0, 20)
    prefix = kind.partner[:3]
    return {
        "applied_on": signed - hat.days(40, 140),
        **_yes(kind),
        "modules_passed": kind.modules,
        "compact_signed_on": signed,
        "observed_contacts": observed,
        "certificate": f"{prefix}-{on.year}-{hat.chance.randint(1, 9999):04d}",
        "certified_on": on,
        "certificate_expires_on": on + timedelta(days=CERTIFICATE_DAYS),
        "probation_from": on,
    }


def _active(hat: Hat, kind: Kind, since: date) -> dict[str, Any]:
    certified = since - timedelta(days=kind.probation_days) - hat.days(0, 25)
    observed = kind.observed_contacts + hat.chance.randint(0, 2)
    return _certified(hat, kind, certified, observed) | {"active_from": since, "signed_off": tuple(Competence)}


def _stood_down(hat: Hat, kind: Kind, left: date) -> dict[str, Any]:
    before = _active(hat, kind, left - hat.days(60, 400)) if hat.likely(0.85) else _in_training(hat, kind, left)
    return before | {"left_on": left, "left_for": hat.weighed(_LEFT)}

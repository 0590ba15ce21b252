"""The passport (X22, S35): certificates, modules and sign-offs move with a supporter by his consent;
clearance never does.

It is asked for by himself, says what he has learned, for whom and since when to the month, and is good for a year from
his last day in the role. It is made of nothing that a contact, a rest or a suspension leaves behind (rules 9 and 24):
two supporters with the same certificates and months have passports that differ in their names alone.
"""

import dataclasses
from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from domain.act import Act, Begin
from domain.confidentiality.classification import Identity, Open, Operational
from domain.confidentiality.disclosure import Tag, View
from domain.confidentiality.record import record
from domain.confidentiality.verbs import Verb
from domain.kernel.days import local_day
from domain.kernel.errors import Absent, Failure, Unacceptable
from domain.kernel.ids import PassportId, PersonId, SchemeId, SupporterId
from domain.kernel.moves import Life, Moves, move, require
from domain.moving import may_move
from domain.people.acts import checked_identifier
from domain.people.record import Person
from domain.ports import Query
from domain.schemes.belonging import OfScheme, drafted, with_
from domain.schemes.record import Scheme, SchemeState
from domain.supporters.record import APPLYING, STANDING_MOVES, TAKEN_ON, Competence, Standing, Supporter
from domain.supporters.recruiting import application

GOOD_FOR: Final = timedelta(days=364)
"""From the last day in the role: less than twelve months (domain facts 11.1)."""
WRONG: Final = Failure("PASSPORT_NOT_VALID", "/passport")
"""Altered, run out, taken back, of another, or of nobody: one answer, so that none of these is told from another."""


class PassportState(StrEnum):
    """Whether it is good, as far as its bearer says."""

    ISSUED = "ISSUED"
    WITHDRAWN = "WITHDRAWN"


PASSPORT_MOVES: Final[Moves[PassportState]] = {
    PassportState.ISSUED: frozenset({PassportState.WITHDRAWN}),
    PassportState.WITHDRAWN: frozenset(),
}
PASSPORT_LIFE: Final = Life("state", {Verb.WITHDRAW_PASSPORT: frozenset({PassportState.ISSUED})})


@record(kind="passport", kept="twelve months after it runs out", parties=("person",), life=PASSPORT_LIFE)
class Passport(OfScheme):
    """What a supporter has learned and for how long he served, as it was when he asked for it."""

    outlives = True
    id: Open[PassportId]
    version: Open[int] = 0
    scheme: Open[SchemeId]
    jurisdiction: Open[str]
    prison: Open[str]
    organisation: Open[str]
    """The partner, who awarded the certificate."""
    supporter: Operational[SupporterId]
    person: Operational[PersonId]
    name: Identity[str]
    kind: Open[str]
    """The code of the kind of scheme."""
    certificate: Operational[str | None] = None
    certified_on: Operational[date | None] = None
    certificate_expires_on: Operational[date | None] = None
    modules: Operational[tuple[str, ...]] = ()
    """Codes of the training modules that he passed."""
    signed_off: Operational[tuple[Competence, ...]] = ()
    """What others than his trainers signed that he can do."""
    served_from: Operational[date]
    """The month in which he became active, by its first day."""
    served_until: Operational[date | None] = None
    """The month in which his role ended, by its first day; None: he was in the role when he asked for it."""
    valid_until: Operational[date]
    """Its last day."""
    state: Operational[PassportState] = PassportState.ISSUED
    consented_on: Operational[date]
    """The day on which he asked for it, and so agreed that whoever he gives it to may read it."""
    withdrawn_on: Operational[date | None] = None
    verified_on: Operational[date | None] = None
    """The day on which somebody to whom it was shown last asked whether it is good."""
    taken_on: Operational[date | None] = None
    """The day on which another scheme last took him on by it."""


def claims_of(values: Mapping[str, Any]) -> dict[str, Any]:
    """What the document says, of a passport's values: plain, and in the words of the wire."""
    told: Mapping[str, Any] = {
        "iss": "peer-support",
        "jti": str(values["id"]),
        "name": values["name"],
        "kind": values["kind"],
        "awardingBody": values["organisation"],
        "certificate": values["certificate"],
        "certifiedOn": values["certified_on"],
        "certificateExpiresOn": values["certificate_expires_on"],
        "modules": list(values["modules"]),
        "competences": [str(each) for each in values["signed_off"]],
        "servedFrom": f"{values['served_from']:%Y-%m}",
        "servedUntil": None if values["served_until"] is None else f"{values['served_until']:%Y-%m}",
        "issuedOn": values["consented_on"],
        "validUntil": values["valid_until"],
    }
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in told.items()}


async def issue(begin: Begin, supporter: UUID) -> View[Passport]:
    """His own, at his own word: to have it made is to agree that it is shown to whom he gives it."""
    async with begin(Verb.ISSUE_PASSPORT) as act:
        of = await act.fetch(Supporter, supporter)
        today = local_day(of, act.now)
        last = of.left_on or today
        require(
            (of.active_from is not None, "NEVER_ACTIVE"),
            (last + GOOD_FOR >= today, "TOO_LONG_SINCE_ACTIVE"),
        )
        passport = drafted(
            act,
            of,
            Passport,
            supporter=of.id,
            person=of.person,
            name=of.name,
            kind=of.kind,
            certificate=of.certificate,
            certified_on=of.certified_on,
            certificate_expires_on=of.certificate_expires_on,
            modules=of.modules_passed,
            signed_off=of.signed_off,
            served_from=_month(of.active_from or today),
            served_until=None if of.left_on is None else _month(of.left_on),
            valid_until=last + GOOD_FOR,
            consented_on=today,
        )
        act.keep(passport)
        return act.disclose(passport)


def _month(day: date) -> date:
    return day.replace(day=1)


async def withdraw(begin: Begin, id: UUID, *, seen: Tag) -> View[Passport]:
    """He takes his consent back: from now on it is no good to anybody."""
    async with begin(Verb.WITHDRAW_PASSPORT) as act:
        was = await act.fetch(Passport, id, seen=seen)
        require(may_move(act, was))
        state = move(PASSPORT_MOVES, was.state, PassportState.WITHDRAWN)
        now = with_(was, state=state, withdrawn_on=local_day(was, act.now))
        act.keep(now, was=was)
        return act.disclose(now)


async def document(begin: Begin, id: UUID) -> View[Passport]:
    """The passport, to be signed or printed, by himself alone: whom he gives it to, he chooses. Not once it was taken
    back."""
    async with begin(Verb.READ_PASSPORT_DOCUMENT) as act:
        passport = await act.fetch(Passport, id)
        require((passport.state is PassportState.ISSUED, f"STATE_{passport.state.value}"))
        return act.disclose(passport)


async def verify(begin: Begin, claims: Mapping[str, Any] | None) -> Mapping[str, Any]:
    """What a passport that was handed over says, if it is good today. `claims`: what its signature vouches for."""
    async with begin(Verb.VERIFY_PASSPORT) as act:
        passport = await _good(act, claims)
        asked = with_(passport, verified_on=local_day(passport, act.now))
        act.keep_beside(asked, was=passport, subject=True)
        return claims_of(_values(passport))


async def verified(act: Act, passport: Passport) -> Mapping[str, Any]:
    """The same for a key that was used before: as it is now."""
    return claims_of(_values(await _good(act, claims_of(_values(passport)))))


def _values(passport: Passport) -> Mapping[str, Any]:
    return {name: getattr(passport, name) for name in Passport.shape.fields}


async def _good(act: Act, claims: Mapping[str, Any] | None) -> Passport:
    """The passport behind the claims: one that was issued, here as it is there, and not run out or taken back."""
    found = await act.known_one(Passport, _id(claims) or act.new_id())
    walls = act.viewer.fact("jurisdictions")
    good = (
        found is not None
        and claims == claims_of(_values(found))
        and found.state is PassportState.ISSUED
        and found.valid_until >= local_day(found, act.now)
        and (walls is None or found.jurisdiction in walls)
    )
    if found is None or not good:
        raise Unacceptable([WRONG])
    return found


def _id(claims: Mapping[str, Any] | None) -> UUID | None:
    try:
        return UUID(str((claims or {}).get("jti")))
    except ValueError:
        return None


_GONE: Final = frozenset(Standing) - {*APPLYING, *TAKEN_ON}


async def take(
    begin: Begin, scheme: UUID, *, claims: Mapping[str, Any] | None, identifier: str, wing: str
) -> View[Supporter]:
    """Take somebody on by his passport: he applies anew, with what he has learned and what was signed for; this prison
    clears him anew, and his compact and practice begin here. Whoever came from another prison is in this one from now
    on, once that one has told that he left: nobody elsewhere ends what he is there, nor a case that is open (rule 24).
    Until then it is NOT_HERE_YET, whatever he is there."""
    async with begin.serially(Verb.TAKE_PASSPORT) as act:
        of = await act.known_one(Scheme, scheme)
        if of is None:
            raise Absent
        act.within_reach(of)
        passport = await _good(act, claims)
        person = await act.known_one(Person, passport.person)
        value = checked_identifier(of.jurisdiction, identifier)
        if person is None or person.identifier != value or passport.jurisdiction != of.jurisdiction:
            raise Unacceptable([WRONG])
        his = await act.known(Supporter, Query(equal={"person": person.id}, limit=100))
        require(
            (of.state is not SchemeState.CLOSED, "SCHEME_CLOSED"),
            (of.kind == passport.kind, "PASSPORT_OF_ANOTHER_KIND"),
            (all(s.standing in _GONE for s in his if s.scheme == of.id), "ALREADY_APPLIED"),
            (not any(s.prison != of.prison and _stays(s) for s in his), "NOT_HERE_YET"),
        )
        today = local_day(of, act.now)
        supporter = application.newcomer(
            act,
            of,
            person=person.id,
            name=passport.name,
            wing=wing,
            applied_on=today,
            modules_passed=passport.modules,
            signed_off=passport.signed_off,
            certificate=passport.certificate,
            certified_on=passport.certified_on,
            certificate_expires_on=passport.certificate_expires_on,
        )
        act.keep(supporter)
        applied, _ = await application.of(act, supporter)
        act.keep_beside(with_(applied, entered_by=act.viewer.actor))
        act.keep_beside(with_(passport, taken_on=today), was=passport)
        if person.prison != of.prison:
            act.keep_beside(_moved(person, of.prison, wing), was=person)
        return act.disclose(supporter)


def _stays(supporter: Supporter) -> bool:
    """Nobody has told that he left: he could still be transferred from there."""
    return Standing.TRANSFERRED_OUT in STANDING_MOVES[supporter.standing]


def _moved(person: Person, prison: str, wing: str) -> Person:
    return dataclasses.replace(person, prison=prison, wing=wing)

"""Taking over a supporter whom a scheme had before it came here: he has served for years, and never applied to us.

Nothing is passed by. He comes at rest, with what he has learned and since when he serves, as far as that is written
down; and he is in the role here once he himself, staff and security have said so (`supporters.acts.resume`). He takes
one of the pilot's places like anybody else. Only a scheme that was never live here is filled so: once it runs, whoever
joins it applies, or shows his passport.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from domain.act import Act, Begin
from domain.confidentiality.disclosure import View
from domain.confidentiality.verbs import Verb
from domain.kernel.days import local_day
from domain.kernel.errors import Failure, Unacceptable
from domain.kernel.moves import require
from domain.kernel.words import camel
from domain.people.acts import checked_identifier, person_of
from domain.people.record import Person
from domain.ports import Query
from domain.schemes.belonging import in_the_future, with_
from domain.schemes.made import terms_of
from domain.schemes.record import Scheme, SchemeState
from domain.schemes.sheet import Kind
from domain.supporters.acts import place_left
from domain.supporters.record import TAKEN_ON, Competence, Standing, Supporter
from domain.supporters.recruiting import application
from domain.training import certificates
from domain.training.certificates import Certificate


async def take_over(
    begin: Begin,
    scheme: UUID,
    *,
    identifier: str,
    name: str,
    wing: str,
    active_from: date,
    compact_signed_on: date,
    languages: tuple[str, ...] = ("en",),
    modules_passed: tuple[str, ...] = (),
    signed_off: tuple[Competence, ...] = (),
    certificate: str | None = None,
    certified_on: date | None = None,
    certificate_expires_on: date | None = None,
) -> View[Supporter]:
    """He stands PAUSED, from today. Whoever has stood in this scheme in any way is ALREADY_A_SUPPORTER: nobody who was
    turned down or removed comes in by a file. Raises `Unacceptable` with all that is wrong with the row itself."""
    async with begin.serially(Verb.IMPORT_SUPPORTER) as act:
        of = await act.fetch(Scheme, scheme)
        kind, today = await terms_of(act, of), local_day(of, act.now)
        given = {
            "certificate": certificate,
            "certified_on": certified_on,
            "certificate_expires_on": certificate_expires_on,
        }
        wrong = [
            *_misnumbered(of, identifier),
            *in_the_future(act, of, active_from, "/activeFrom"),
            *in_the_future(act, of, compact_signed_on, "/compactSignedOn"),
            *in_the_future(act, of, certified_on, "/certifiedOn"),
            *_unsound(of, kind, wing, modules_passed, given),
        ]
        if certified_on and certificate_expires_on and certificate_expires_on < certified_on:
            wrong.append(Failure("ENDS_BEFORE_START", "/certificateExpiresOn"))
        if wrong:
            raise Unacceptable(wrong)
        person = await person_of(act, of.jurisdiction, of.prison, identifier, name, wing)
        if certificate is not None and await _of_another(act, of, certificate, person):
            raise Unacceptable([Failure("CERTIFICATE_TWICE", "/certificate")])
        there = await act.known(Supporter, Query(equal={"scheme": of.id, "person": person.id}, limit=1))
        supporter = application.newcomer(
            act,
            of,
            person=person.id,
            name=person.name,
            wing=wing,
            languages=languages,
            standing=Standing.PAUSED,
            applied_on=today,
            modules_passed=tuple(m for m in kind.modules if m in modules_passed),
            signed_off=tuple(c for c in Competence if c in signed_off),
            compact_signed_on=compact_signed_on,
            certificate=certificate,
            certified_on=certified_on,
            certificate_expires_on=certificate_expires_on,
            active_from=active_from,
            paused_on=today,
            imported_on=today,
        )
        require(
            (of.state is not SchemeState.CLOSED, "SCHEME_CLOSED"),
            (of.live_from is None, "SCHEME_RUNS_ALREADY"),
            (not there, "ALREADY_A_SUPPORTER"),
            (await place_left(act, supporter, TAKEN_ON), "PILOT_FULL"),
        )
        act.keep(supporter)
        applied, _ = await application.of(act, supporter)
        act.keep_beside(with_(applied, entered_by=act.viewer.actor))
        if certificate is not None:
            await certificates.carried(act, supporter)
        return act.disclose(supporter)


def _misnumbered(of: Scheme, identifier: str) -> Sequence[Failure]:
    try:
        checked_identifier(of.jurisdiction, identifier)
    except Unacceptable as wrong:
        return wrong.failures
    return ()


async def _of_another(act: Act, of: Scheme, number: str, person: Person) -> bool:
    """Whether the partner is known to have awarded this certificate to somebody else."""
    same = await act.known(Certificate, Query(equal={"organisation": of.organisation, "number": number}, limit=100))
    return any(each.person != person.id for each in same)


def _unsound(
    of: Scheme, kind: Kind, wing: str, modules: tuple[str, ...], given: Mapping[str, str | date | None]
) -> list[Failure]:
    wrong = [] if wing.startswith(f"{of.prison}-") else [Failure("WING_OF_ANOTHER_PRISON", "/wing")]
    if not set(modules) <= set(kind.modules):
        wrong.append(Failure("MODULE_UNKNOWN", "/modulesPassed"))
    if any(given.values()):
        wrong += [Failure("MISSING", f"/{camel(name)}") for name, each in given.items() if each is None]
    return wrong

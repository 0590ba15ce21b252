"""Applying to be a supporter: for oneself, or with the help of staff."""

from uuid import UUID

from domain.act import Act, Begin
from domain.confidentiality.disclosure import View
from domain.confidentiality.roles import IN_CUSTODY
from domain.confidentiality.verbs import Verb
from domain.kernel.days import local_day
from domain.kernel.errors import Absent, Failure, Unacceptable
from domain.kernel.moves import require
from domain.people.acts import person_of
from domain.people.record import Person
from domain.ports import Query
from domain.schemes.acts import scheme_here
from domain.schemes.belonging import with_
from domain.schemes.record import Scheme, SchemeState
from domain.supporters.record import APPLYING, TAKEN_ON, Motivation, Supporter
from domain.supporters.recruiting import application
from domain.supporters.recruiting.application import HelpedBy
from domain.supporters.recruiting.consent import CONSENT, ConsentText
from domain.supporters.recruiting.vacancies import to_apply_for


async def apply(
    begin: Begin,
    *,
    scheme: UUID,
    wing: str,
    languages: tuple[str, ...] = ("en",),
    motivation: Motivation | None = None,
    identifier: str | None = None,
    name: str | None = None,
    vacancy: UUID | None = None,
    helped_by: HelpedBy | None = None,
    consent_text: ConsentText = CONSENT,
) -> View[Supporter]:
    """An application: one's own, or entered by staff for somebody (`identifier` and `name`; both persons are kept), for
    a vacancy where one is named. Serially: a scheme that closes leaves no application open."""
    async with begin.serially(Verb.APPLY) as act:
        of = await scheme_here(act, scheme)
        person = await _applicant(act, of, identifier, name, wing)
        place = None if vacancy is None else await to_apply_for(act, vacancy, of.id)
        require(
            (of.state is not SchemeState.CLOSED, "SCHEME_CLOSED"),
            (not await _has_applied(act, of, person), Failure("ALREADY_APPLIED", "/scheme")),
        )
        supporter = application.newcomer(
            act,
            of,
            person=person.id,
            name=person.name,
            wing=wing,
            languages=languages,
            motivation=motivation,
            applied_on=local_day(of, act.now),
        )
        act.keep(supporter)
        kept, _ = await application.of(act, supporter)
        how = {"vacancy": place and place.id, "helped_by": helped_by, "consent_text": consent_text}
        act.keep_beside(with_(kept, **how, entered_by=act.viewer.actor))
        return act.disclose(supporter)


async def _has_applied(act: Act, of: Scheme, person: Person) -> bool:
    """He has an application to this scheme that is open, or is on the way into the role, or in it."""
    found = await act.known(Supporter, Query(equal={"scheme": of.id, "person": person.id}, limit=100))
    return any(each.standing in (*APPLYING, *TAKEN_ON) for each in found)


async def _applicant(act: Act, of: Scheme, identifier: str | None, name: str | None, wing: str) -> Person:
    if act.viewer.role in IN_CUSTODY:
        # A prisoner acts only for himself: another's number is refused like any member that does not exist (rule 8).
        wrong = [
            Failure("UNKNOWN_FIELD", "/" + n) for n, v in (("identifier", identifier), ("name", name)) if v is not None
        ]
        if wrong:
            raise Unacceptable(wrong)
        own = next(iter(act.viewer.fact("persons") or ()), None)
        person = None if own is None else await act.known_one(Person, UUID(str(own)))
        if person is None:
            raise Absent
        return person
    if identifier is None or name is None:
        missing = [Failure("MISSING", "/" + n) for n, v in (("identifier", identifier), ("name", name)) if v is None]
        raise Unacceptable(missing)
    return await person_of(act, of.jurisdiction, of.prison, identifier, name, wing)

"""Certificates: who was certified by whom, at which level, and until when. A refresher is another certificate.

The supporter's own record says which one holds, so that a gate asks nobody else. When it ends without another, the
service finds him and he has lapsed; a new one brings him back to where he stood.
"""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from domain.act import Act, Begin
from domain.confidentiality.classification import Open, Operational
from domain.confidentiality.disclosure import Tag, View
from domain.confidentiality.record import derived, record
from domain.confidentiality.roles import Role
from domain.confidentiality.verbs import Verb
from domain.kernel.days import local_day, overdue
from domain.kernel.errors import Failure, Unacceptable
from domain.kernel.ids import CertificateId, PersonId, SchemeId, SupporterId
from domain.kernel.moves import move, require
from domain.kernel.pages import Page
from domain.ports import Query
from domain.schemes.belonging import OfScheme, made
from domain.schemes.made import terms_of
from domain.supporters.availability import SOON, certified, in_role
from domain.supporters.record import IN_ROLE, STANDING_MOVES, Standing, Supporter

CERTIFICATE_DAYS: Final = 3 * 365
"""How long a certificate lasts where nobody says otherwise, in days. A default."""
REFRESHER: Final = timedelta(days=SOON.days)
"""How long before its end a refresher is due. A default."""
BATCH: Final = 200


@record(kind="certificate", kept="twelve months after the supporter left the role", parties=("person",))
class Certificate(OfScheme):
    """That somebody was certified."""

    id: Open[CertificateId]
    version: Open[int] = 0
    scheme: Open[SchemeId]
    jurisdiction: Open[str]
    prison: Open[str]
    organisation: Open[str]
    supporter: Operational[SupporterId]
    person: Operational[PersonId]
    number: Operational[str]
    """As the awarding body counts them: no two are alike."""
    level: Operational[str | None] = None
    awarding_body: Operational[str]
    awarded_on: Operational[date]
    expires_on: Operational[date]
    refresher_due_on: Operational[date]
    in_force: Operational[bool] = True
    """False: another has taken its place."""

    @derived
    def overdue(self, now: datetime) -> Operational[bool]:
        """Its refresher was due, and no other certificate has taken its place."""
        return self.in_force and overdue(self.refresher_due_on, self, now)


async def awarded(
    act: Act,
    of: Supporter,
    *,
    number: str,
    level: str | None = None,
    awarding_body: str | None = None,
    expires_on: date | None = None,
) -> Certificate:
    """A new certificate of today, kept beside the act's own record; the one before gives way."""
    today = local_day(of, act.now)
    until = expires_on or today + timedelta(days=CERTIFICATE_DAYS)
    wrong: list[Failure] = []
    if await act.known(Certificate, Query(equal={"organisation": of.organisation, "number": number}, limit=1)):
        wrong.append(Failure("CERTIFICATE_TWICE", "/certificate"))
    if until <= today:
        wrong.append(Failure("IN_THE_PAST", "/expiresOn"))
    if wrong:
        raise Unacceptable(wrong)
    return await _kept(act, of, number, level, awarding_body, today, until)


def carries(of: Supporter, number: str, expires_on: date | None, now: datetime) -> bool:
    """Whether this is the certificate that he came with by his passport, and it holds."""
    return of.certificate == number and certified(of, now) and expires_on in (None, of.certificate_expires_on)


async def carried(
    act: Act, of: Supporter, *, level: str | None = None, awarding_body: str | None = None
) -> Certificate:
    """The certificate that he came with, as it is: it begins and ends when it did elsewhere."""
    number, on, until = of.certificate, of.certified_on, of.certificate_expires_on
    if number is None or on is None or until is None:
        raise TypeError("guarded by `carries`")
    return await _kept(act, of, number, level, awarding_body, on, until)


async def _kept(
    act: Act, of: Supporter, number: str, level: str | None, awarding_body: str | None, on: date, until: date
) -> Certificate:
    for before in await act.known(Certificate, Query(equal={"supporter": of.id, "in_force": True}, limit=BATCH)):
        act.keep_beside(replace(before, in_force=False), was=before)
    given: dict[str, Any] = {"supporter": of.id, "person": of.person, "number": number, "level": level}
    certificate = made(
        act,
        of,
        Certificate,
        awarding_body=awarding_body or of.organisation,
        awarded_on=on,
        expires_on=until,
        refresher_due_on=max(on, until - REFRESHER),
        **given,
    )
    act.keep_beside(certificate)
    return certificate


async def renew(begin: Begin, id: UUID, *, seen: Tag, certificate: str, **given: Any) -> View[Supporter]:
    """He has refreshed what he knows, and has another certificate. Who had lapsed is back where he stood."""
    async with begin.serially(Verb.RENEW_CERTIFICATE) as act:
        was = await act.fetch(Supporter, id, seen=seen)
        kind = await terms_of(act, was)
        require(
            (was.standing in (*IN_ROLE, Standing.LAPSED), f"STATE_{was.standing.value}"),
            (not kind.partner_certifies or act.viewer.role is Role.PARTNER_VOLUNTEER, "PARTNER_CERTIFIES"),
        )
        held = await awarded(act, was, number=certificate, **given)
        now = replace(
            was, certificate=held.number, certified_on=held.awarded_on, certificate_expires_on=held.expires_on
        )
        if was.standing is Standing.LAPSED:
            now = replace(now, standing=move(STANDING_MOVES, was.standing, in_role(was)))
        act.keep(now, was=was)
        return act.disclose(now)


async def expiring(begin: Begin, query: Query) -> Page[View[Certificate]]:
    """The certificates in force that have ended, or will within 90 days: those first that end first."""
    async with begin(Verb.READ_CERTIFICATE) as act:
        page = await act.search(Certificate, replace(query, equal={**query.equal, "in_force": True}))
        soon = [c for c in page.items if c.expires_on <= local_day(c, act.now) + SOON]
        further = page.next if len(soon) == len(page.items) else None
        return Page([act.disclose(c) for c in soon], further)


async def lapse(begin: Begin) -> int:
    """Whoever's certificate has ended without another has lapsed. How many were found; at most `BATCH` a time of each
    standing, those first whose certificate ended first."""
    async with begin.serially(Verb.TICK) as act:
        done = 0
        for standing in IN_ROLE:
            query = Query(equal={"standing": standing}, order="certificate_expires_on", limit=BATCH)
            for was in await act.known(Supporter, query):
                if not certified(was, act.now):
                    to = move(STANDING_MOVES, was.standing, Standing.LAPSED)
                    act.keep_beside(replace(was, standing=to), was=was)
                    done += 1
        return done

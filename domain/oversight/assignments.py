"""Who may act: granted, confirmed by a second person, ended, and only as long as it holds (rule 14)."""

import dataclasses
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from domain import looking
from domain.act import Act, Begin
from domain.confidentiality.disclosure import Tag, View
from domain.confidentiality.principal import PrincipalKind
from domain.confidentiality.roles import BINDING, NATIONAL, OF_A_SCHEME, SECOND_PERSON, Role, holdable
from domain.confidentiality.verbs import Verb
from domain.kernel.errors import Failure, Unacceptable
from domain.kernel.ids import ActorId, AssignmentId, SchemeId
from domain.kernel.moves import require
from domain.kernel.pages import Page
from domain.oversight.record import Actor, Assignment
from domain.ports import Query

LONGEST: Final = timedelta(days=366)
"""Twelve months at most."""
IDLE: Final = timedelta(days=90)
"""An assignment that nobody used for this long has ended by itself."""
_MIXED: Final = "ADMINISTRATORS_HOLD_NO_READING_ROLE"
_ELSEWHERE: Final = "ACTS_FOR_ANOTHER_ORGANISATION"
_ALL: Final = 10_000
"""Of one person: those that ended long ago must not hide one that holds."""


def effective(assignment: Assignment, today: date) -> bool:
    """Does it hold today? Confirmed where it must be, not ended, within its dates, and used within ninety days.
    Caseload and visit days are looked at besides, for they change without us."""
    idle_from = assignment.last_used_on or assignment.starts_on
    return (
        assignment.ended_at is None
        and (assignment.confirmed_by is not None or not assignment.needs_second)
        and assignment.starts_on <= today <= assignment.ends_on
        and today - idle_from <= IDLE
    )


def live(assignments: Iterable[Assignment], today: date) -> list[Assignment]:
    """Those that hold today."""
    return [a for a in assignments if effective(a, today)]


async def propose(
    begin: Begin,
    *,
    issuer: str,
    subject: str,
    principal_kind: PrincipalKind,
    role: Role,
    organisation: str,
    ends_on: date,
    prison: str | None = None,
    scheme: UUID | None = None,
    visit_days: tuple[date, ...] = (),
) -> View[Assignment]:
    """Propose that somebody may act in a role. It holds at once, unless the role reads participation, casework or the
    ledger, or binds a whole jurisdiction: then it waits for a second person of another organisation. Never to oneself,
    nor to who granted oneself.

    Serially: of two proposals at once, each may be allowed only without the other."""
    async with begin.serially(Verb.PROPOSE_ASSIGNMENT) as act:
        today = act.now.date()
        wrong = [
            (role not in holdable(principal_kind), "ROLE_NOT_HOLDABLE", "/role"),
            (prison is None and role not in NATIONAL, "MISSING", "/prison"),
            (scheme is None and role in OF_A_SCHEME, "MISSING", "/scheme"),
            (prison is not None and role in BINDING, "UNKNOWN_FIELD", "/prison"),
            (not today <= ends_on <= today + LONGEST, "TWELVE_MONTHS_AT_MOST", "/endsOn"),
        ]
        if failures := [Failure(code, path) for is_wrong, code, path in wrong if is_wrong]:
            raise Unacceptable(failures)
        holder = await _holder(act, issuer, subject, principal_kind)
        mine = await _own(act)
        owed = Query(equal={"holder": act.viewer.actor, "proposed_by": holder.id}, limit=1)
        me = act.viewer.principal
        held = await _held(act, issuer, subject)
        require(
            (holder.id != act.viewer.actor and (issuer, subject) != (me.issuer, me.subject), "NOT_TO_ONESELF"),
            (not await act.known(Assignment, owed), "NOT_TO_WHO_GRANTED_ONESELF"),
            (mine is None or _believable(me.kind, mine.organisation, principal_kind, organisation), "ORGANISATION"),
            (not _mixes({role, *(a.role for a in held)}), _MIXED),
            (_its_own(role, organisation, held), _ELSEWHERE),
        )
        assignment = Assignment(
            id=AssignmentId(act.new_id()),
            holder=holder.id,
            issuer=issuer,
            subject=subject,
            principal_kind=principal_kind,
            role=role,
            jurisdiction=str(next(iter(act.viewer.fact("jurisdictions") or ("",)))),
            prison=prison,
            scheme=None if scheme is None else SchemeId(scheme),
            organisation=organisation,
            visit_days=visit_days,
            starts_on=today,
            ends_on=ends_on,
            proposed_by=ActorId(act.viewer.actor),
            proposer_organisation=None if mine is None else mine.organisation,
            needs_second=role in SECOND_PERSON,
        )
        act.keep(assignment)
        return act.disclose(assignment)


async def _held(act: Act, issuer: str, subject: str) -> list[Assignment]:
    """What somebody has, or will have as soon as a second person says yes."""
    made = await act.known(Assignment, Query(equal={"issuer": issuer, "subject": subject}, limit=_ALL))
    return live((dataclasses.replace(a, needs_second=False) for a in made), act.now.date())


def _its_own(role: Role, organisation: str, held: Iterable[Assignment]) -> bool:
    """Who speaks for a partner acts for no other organisation. Whose people are whose no token tells (partners share an
    issuer), so beside this it is the partner's own word that counts, when it is confirmed."""
    return role is not Role.PARTNER_LEAD or all(a.organisation == organisation for a in held)


def _believable(by: PrincipalKind, own: str, kind: PrincipalKind, organisation: str) -> bool:
    """Whose person somebody is cannot be typed at will: staff are of their proposer's organisation, partners are of
    another one. So the second person of another organisation is one whom another issuer vouches for."""
    match kind:
        case PrincipalKind.STAFF:
            return by is PrincipalKind.STAFF and organisation == own
        case PrincipalKind.PARTNER:
            return by is PrincipalKind.PARTNER or organisation != own
        case PrincipalKind.IN_CUSTODY | PrincipalKind.CLIENT:
            return True


def _mixes(roles: set[Role]) -> bool:
    """Administrators hold no role that reads secrets, and who holds one does not become an administrator (rule 14)."""
    return Role.ACCESS_ADMINISTRATOR in roles and bool(roles & SECOND_PERSON)


async def confirm(begin: Begin, id: UUID, *, seen: Tag) -> View[Assignment]:
    """The second person's yes: somebody else, of another organisation than who proposed it, and not the holder. What
    the holder has become meanwhile is looked at again. Nobody speaks for a partner unless one of the two is its own."""
    async with begin.serially(Verb.CONFIRM_ASSIGNMENT) as act:
        assignment = await act.fetch(Assignment, id, seen=seen)
        mine = await _own(act)
        held = await _held(act, assignment.issuer, assignment.subject)
        own_organisation = None if mine is None else mine.organisation
        said = (own_organisation, assignment.proposer_organisation)
        require(
            (assignment.ended_at is None, "ENDED"),
            (assignment.needs_second and assignment.confirmed_by is None, "NOTHING_TO_CONFIRM"),
            (assignment.holder != act.viewer.actor, "NOT_TO_ONESELF"),
            (assignment.proposed_by != act.viewer.actor, "SECOND_PERSON_NEEDED"),
            (own_organisation not in (None, assignment.proposer_organisation), "OTHER_ORGANISATION_NEEDED"),
            (assignment.role is not Role.PARTNER_LEAD or assignment.organisation in said, "PARTNER_NEEDED"),
            (not _mixes({assignment.role, *(a.role for a in held)}), _MIXED),
            (_its_own(assignment.role, assignment.organisation, held), _ELSEWHERE),
        )
        changed = dataclasses.replace(assignment, confirmed_by=ActorId(act.viewer.actor))
        act.keep(changed, was=assignment)
        return act.disclose(changed)


async def end(begin: Begin, id: UUID, *, seen: Tag) -> View[Assignment]:
    """It ends now: the holder's next request finds it gone."""
    async with begin(Verb.END_ASSIGNMENT) as act:
        assignment = await act.fetch(Assignment, id, seen=seen)
        require((assignment.ended_at is None, "ENDED"))
        changed = dataclasses.replace(assignment, ended_at=act.now)
        act.keep(changed, was=assignment)
        return act.disclose(changed)


async def search(begin: Begin, query: Query) -> Page[View[Assignment]]:
    """The assignments in reach: who may act here, and who said so."""
    return await looking.many(begin, Verb.READ_ASSIGNMENT, Assignment, query)


async def read(begin: Begin, id: UUID) -> View[Assignment]:
    """One assignment."""
    return await looking.one(begin, Verb.READ_ASSIGNMENT, Assignment, id)


async def _holder(act: Act, issuer: str, subject: str, kind: PrincipalKind) -> Actor:
    if kind is PrincipalKind.IN_CUSTODY:
        # No row joins a prison number to what a prisoner does: his assignment itself says who holds it (rule 4).
        return Actor(id=ActorId(act.new_id()), issuer=issuer, subject=subject, kind=kind)
    found = await act.known(Actor, Query(equal={"issuer": issuer, "subject": subject, "kind": kind}, limit=1))
    if found:
        return found[0]
    actor = Actor(id=ActorId(act.new_id()), issuer=issuer, subject=subject, kind=kind)
    act.keep_beside(actor)
    return actor


async def _own(act: Act) -> Assignment | None:
    return None if act.viewer.assignment is None else await act.known_one(Assignment, act.viewer.assignment)


async def grant_first(
    begin: Begin,
    *,
    issuer: str,
    subject: str,
    principal_kind: PrincipalKind,
    organisation: str,
    jurisdiction: str,
    prison: str | None,
) -> Assignment:
    """The first access administrator: by the operator's command line, once, while no live one exists. After that the
    administrators make others. Raises `NotNow`: there is one already."""
    async with begin.serially(Verb.TICK) as act:
        if Role.ACCESS_ADMINISTRATOR not in holdable(principal_kind):
            raise Unacceptable([Failure("ROLE_NOT_HOLDABLE", "/role")])
        there = await act.known(Assignment, Query(equal={"role": Role.ACCESS_ADMINISTRATOR}, limit=100))
        today = act.now.date()
        require(
            (not live(there, today), "ADMINISTRATOR_EXISTS"),
            (not _mixes({Role.ACCESS_ADMINISTRATOR, *(a.role for a in await _held(act, issuer, subject))}), _MIXED),
        )
        holder = await _holder(act, issuer, subject, principal_kind)
        assignment = Assignment(
            id=AssignmentId(act.new_id()),
            holder=holder.id,
            issuer=issuer,
            subject=subject,
            principal_kind=principal_kind,
            role=Role.ACCESS_ADMINISTRATOR,
            jurisdiction=jurisdiction,
            prison=prison,
            organisation=organisation,
            starts_on=today,
            ends_on=today + LONGEST,
            needs_second=False,
        )
        act.keep_beside(assignment)
        return assignment

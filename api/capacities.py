"""From a principal to the capacities in which he may act now.

Roles are assignments in our own store, looked at on every request, so that one that ended is gone by the next request
(ASVS 8.3.2); a token gives none. What bounds them is looked at too: caseload for staff (rechecked within five minutes),
visit days for volunteers, declared duty for wings, standing for a supporter, the estate's authority for a client.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any, Final
from uuid import UUID

from api.runtime import Runtime
from domain.confidentiality.entry import Change, Entry, Family, Outcome
from domain.confidentiality.principal import Principal, PrincipalKind
from domain.confidentiality.roles import CLIENT_AUTHORITY, IMPLICIT, OF_A_SCHEME, Role, holdable
from domain.confidentiality.viewer import Viewer
from domain.kernel.bands import AFTER_BAND
from domain.kernel.errors import Unavailable
from domain.kernel.ids import ActorId, AssignmentId, EntryId
from domain.kernel.words import JURISDICTIONS
from domain.oversight.assignments import effective
from domain.oversight.duties import wings_now
from domain.oversight.record import Actor, Assignment, Duty
from domain.people.record import Person
from domain.ports import Clash, Footing, Kept, Look, Query, Raced, Scope
from domain.supporters.record import Standing, Supporter

SERVICE: Final = Principal("peer-support", "service", PrincipalKind.CLIENT)
SERVICE_ACTOR: Final = ActorId(UUID("00000000-0000-4000-8000-000000000001"))
_EVERYWHERE: Final = Scope(None, True)


def service_viewer() -> Viewer:
    """The service itself: timers, events, and the rows that must be there before anybody can act."""
    return Viewer(SERVICE_ACTOR, SERVICE, Role.SERVICE)


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls: his principal, our id for him, and the capacities that he has at this instant; and as far as they may
    be remembered, on which footing and caseload they stand, and from when until when they hold by time."""

    principal: Principal
    actor: ActorId
    capacities: tuple[Viewer, ...]
    assignments: Mapping[AssignmentId, Assignment]
    footing: Footing | None
    caseload: frozenset[str] | None
    since: datetime
    until: datetime
    has_surface: bool = True
    """Whether the service is there for him at all: not for a person in custody whose prison has it not yet
    (`domain.kernel.rollout`)."""

    @property
    def in_custody(self) -> bool:
        """A prisoner's own token, or a client speaking for one."""
        return self.principal.kind is PrincipalKind.IN_CUSTODY


async def caller_of(runtime: Runtime, principal: Principal) -> Caller:
    """The caller with every capacity that holds now."""
    now = runtime.clock()
    look = Look((), service_viewer(), now, _EVERYWHERE)
    actor = await _actor(runtime, principal, look)
    # The mark before what it stands for, the actor's own row included: a change in between is then seen as one.
    mark = None if principal.kind is PrincipalKind.IN_CUSTODY else await runtime.store.mark(actor.id)
    if mark is not None:
        actor = await runtime.store.get(Actor, actor.id, look) or actor
    person = await _person(runtime, principal, actor, look)
    own: frozenset[object] = frozenset() if person is None else frozenset({person.id})
    facts: dict[str, frozenset[object] | None] = {"authors": frozenset({actor.id}), "persons": own}
    if actor.person is not None:
        facts["persons"] = own | {actor.person}
    found = await runtime.store.find(Assignment, _held_by(actor), look)
    held = [a for a in found if effective(a, now.date()) and a.role in holdable(principal.kind)]
    caseload = await runtime.caseload_of(principal)
    held = [a for a in held if _authorised(a, principal)]
    duties = await _duties(runtime, actor, held, look)
    roles: Sequence[Supporter] = ()
    if person is not None:
        roles = await runtime.store.find(Supporter, Query(equal={"person": person.id}, limit=20), look)
        facts["been"] = frozenset({person.prison, *(role.prison for role in roles)})
    wings = {p: wings_now([d for d in duties if d.prison == p], now) for p in {d.prison for d in duties}}
    capacities = [_assigned(a, principal, actor.id, facts, wings, _here(a, principal, caseload, now)) for a in held]
    if person is not None:
        capacities += _supporting(principal, actor.id, person, roles, facts)
    implicit = IMPLICIT.get(principal.kind)
    if implicit is not None:
        prisons = _prisons(person, caseload, held)
        walls = frozenset[object]({runtime.jurisdiction_of(principal.issuer)})
        further = {"prisons": prisons, "jurisdictions": walls}
        capacities.append(Viewer(actor.id, principal, implicit, None, MappingProxyType({**facts, **further})))
    return Caller(
        principal=principal,
        actor=actor.id,
        capacities=tuple(capacities),
        assignments=MappingProxyType({a.id: a for a in held}),
        footing=None if mark is None else Footing(actor.id, mark),
        caseload=caseload,
        since=now,
        until=_until(duties, now),
        has_surface=person is None or runtime.rollout.includes(person.prison),
    )


def _until(duties: Sequence[Duty], now: datetime) -> datetime:
    """When time alone may change a capacity: at the end of the day, or as a duty begins or ends."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    turns = (t for d in duties for t in (d.starts_at, d.ends_at, d.ends_at + AFTER_BAND) if t > now)
    return min(midnight, *turns, midnight)


def _authorised(assignment: Assignment, principal: Principal) -> bool:
    """A service client needs the estate's own authority in its token besides our assignment."""
    authority = CLIENT_AUTHORITY.get(assignment.role)
    return authority is None or authority in principal.authorities


def _here(assignment: Assignment, principal: Principal, caseload: frozenset[str] | None, now: datetime) -> bool:
    """Does the assignment reach anything today? On the days of a volunteer's visits; where staff work now."""
    if principal.kind is PrincipalKind.PARTNER and assignment.visit_days and now.date() not in assignment.visit_days:
        return False
    return caseload is None or assignment.prison is None or assignment.prison in caseload


def _assigned(
    assignment: Assignment,
    principal: Principal,
    actor: ActorId,
    facts: Mapping[str, frozenset[object] | None],
    wings: Mapping[str, frozenset[object]],
    here: bool,
) -> Viewer:
    if not here:
        # The role stays and reaches nothing: what it did reach is absent, as for anybody else out of reach (rule 30).
        nowhere = {"jurisdictions": frozenset({assignment.jurisdiction})}
        return Viewer(actor, principal, assignment.role, assignment.id, MappingProxyType({**facts, **nowhere}))
    prisons = None if assignment.prison is None else frozenset[object]({assignment.prison})
    every = assignment.scheme is None and assignment.role not in OF_A_SCHEME
    further: dict[str, Any] = {
        "jurisdictions": frozenset({assignment.jurisdiction}),
        "prisons": prisons,
        "schemes": None if every else frozenset({assignment.scheme} - {None}),
        "organisations": frozenset({assignment.organisation}),
        "wings": wings.get(assignment.prison or "", frozenset()),
    }
    return Viewer(actor, principal, assignment.role, assignment.id, MappingProxyType({**facts, **further}))


async def _duties(runtime: Runtime, actor: Actor, held: list[Assignment], look: Look) -> Sequence[Duty]:
    if not any(a.role is Role.WING_OFFICER for a in held):
        return ()
    # Only those whose two hours are not over yet: however many were declared before, none of today's is cut off.
    since = (look.now - AFTER_BAND, UUID(int=0))
    query = Query(equal={"author": actor.id}, order="ends_at", after=since, limit=100)
    return await runtime.store.find(Duty, query, look)


def _supporting(
    principal: Principal,
    actor: ActorId,
    person: Person,
    roles: Sequence[Supporter],
    facts: Mapping[str, frozenset[object] | None],
) -> list[Viewer]:
    """A supporter's capacity is his standing, not an assignment: who is stood down loses it by that very act."""
    return [
        Viewer(
            actor,
            principal,
            Role.SUPPORTER,
            AssignmentId(s.id),
            MappingProxyType(
                {
                    **facts,
                    "jurisdictions": frozenset({s.jurisdiction}),
                    "prisons": frozenset({s.prison}),
                    "schemes": frozenset({s.scheme}),
                }
            ),
        )
        for s in roles
        if s.standing in (Standing.ACTIVE, Standing.PROBATION, Standing.PAUSED) and s.prison == person.prison
    ]


def _prisons(person: Person | None, caseload: frozenset[str] | None, held: list[Assignment]) -> frozenset[object]:
    if person is not None:
        return frozenset({person.prison})
    if caseload is not None:
        return frozenset(caseload)
    return frozenset(a.prison for a in held if a.prison is not None)


async def _person(runtime: Runtime, principal: Principal, actor: Actor, look: Look) -> Person | None:
    if principal.kind is not PrincipalKind.IN_CUSTODY:
        return None
    jurisdiction = runtime.jurisdiction_of(principal.issuer)
    kind = JURISDICTIONS[jurisdiction].identifier_kind
    equal = {"jurisdiction": jurisdiction, "identifier_kind": kind, "identifier": principal.subject}
    found = await runtime.store.find(Person, Query(equal=equal, limit=1), look)
    return found[0] if found else None


def _held_by(actor: Actor) -> Query:
    if actor.kind is PrincipalKind.IN_CUSTODY:
        equal = {"issuer": actor.issuer, "subject": actor.subject, "principal_kind": actor.kind}
        return Query(equal=equal, limit=100)
    return Query(equal={"holder": actor.id}, limit=100)


async def _actor(runtime: Runtime, principal: Principal, look: Look) -> Actor:
    """Our row for this principal, made on first sight; of a prisoner there is none."""
    if principal.kind is PrincipalKind.IN_CUSTODY:
        id = ActorId(runtime.actor_in_custody(principal))
        return Actor(id=id, issuer=principal.issuer, subject=principal.subject, kind=principal.kind)
    equal = {"issuer": principal.issuer, "subject": principal.subject, "kind": principal.kind}
    for _ in range(3):
        found = await runtime.store.find(Actor, Query(equal=equal, limit=1), look)
        if found:
            return found[0]
        actor = Actor(
            id=ActorId(runtime.ids()), issuer=principal.issuer, subject=principal.subject, kind=principal.kind
        )
        try:
            entry = _first_seen(runtime, actor)
            await runtime.store.settle(entry, [Kept(replace(actor, version=1), 0)], _EVERYWHERE)
        except (Raced, Clash):
            continue
        return replace(actor, version=1)
    raise Unavailable(1)


def first_today(runtime: Runtime, caller: Caller, viewer: Viewer) -> Assignment | None:
    """The viewer's assignment, if nobody has noted yet that it is used today."""
    held = None if viewer.assignment is None else caller.assignments.get(viewer.assignment)
    return None if held is None or held.last_used_on == runtime.clock().date() else held


async def used_today(runtime: Runtime, held: Assignment) -> None:
    """Note, once a day, that an assignment is used: one that nobody uses for ninety days ends (rule 14)."""
    used = replace(held, last_used_on=runtime.clock().date(), version=held.version + 1)
    change = Change("assignment", held.id, held.version, used.version, ("last_used_on",))
    try:
        await runtime.store.settle(_of_the_day(runtime, change), [Kept(used, held.version)], _EVERYWHERE)
    except Raced:
        return  # another request of the same day was first


def _first_seen(runtime: Runtime, actor: Actor) -> Entry:
    return _of_the_day(runtime, Change("actor", actor.id, 0, 1, ("issuer", "kind", "subject")))


def _of_the_day(runtime: Runtime, change: Change) -> Entry:
    """A line that tells the day only: it is written just before the act in which somebody is first seen, or first acts
    that day, and that may be about somebody who asked for a Listener (rule 4)."""
    entry = service_entry(runtime, change, closed=True)
    return replace(entry, nameless=True, at=entry.at.replace(hour=0, minute=0, second=0, microsecond=0))


def service_entry(runtime: Runtime, *changes: Change, closed: bool = False) -> Entry:
    """A line for what the service does of itself."""
    return Entry(
        id=EntryId(runtime.ids()),
        at=runtime.clock(),
        actor=SERVICE_ACTOR,
        client=None,
        role=Role.SERVICE,
        assignment=None,
        purpose="operations",
        verb="TICK",
        family=Family.TICK,
        rule="service.operations.anyone",
        outcome=Outcome.DONE,
        code=None,
        prison=None,
        jurisdiction=None,
        closed=closed,
        changes=changes,
    )

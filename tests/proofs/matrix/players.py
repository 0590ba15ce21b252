"""Every member of the cast with the capacities that he ought to have: worked out from the cast and the furniture, and
not by `api.capacities`, which is on trial here.

"second-officer" has declared duty on wing A; "officer" has not.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from types import MappingProxyType
from typing import Any, Final, cast
from uuid import UUID

from domain.confidentiality.about import ABOUT
from domain.confidentiality.classification import Classification
from domain.confidentiality.policy import Decision, decide
from domain.confidentiality.principal import PrincipalKind
from domain.confidentiality.record import Record
from domain.confidentiality.roles import CLIENT_AUTHORITY, IMPLICIT, Purpose, Role
from domain.confidentiality.verbs import Verb
from domain.confidentiality.viewer import Viewer
from domain.confidentiality.within import In, covers
from domain.kernel.errors import Absent, CapacityRequired, PurposeRequired, Refused, Trouble
from domain.oversight.record import Duty
from domain.sessions.codes import Band
from domain.supporters.record import Standing, Supporter
from tests.http import cast as players
from tests.http import furniture
from tests.http.cast import CAST, START, actor, person, uid
from tests.http.world import actor_of

ON_DUTY: Final = {"second-officer": "MDI-A"}
IN_ROLE: Final = (Standing.ACTIVE, Standing.PROBATION, Standing.PAUSED)


def duties() -> Iterator[Record]:
    """The declared duties that give their officers a wing."""
    for name, wing in ON_DUTY.items():
        yield Duty(
            id=cast(Any, uid(f"matrix:duty:{name}")),
            author=actor(name),
            jurisdiction="EW",
            prison="MDI",
            wings=(wing,),
            band=Band.AM,
            starts_at=START,
            ends_at=START + timedelta(hours=2),
        )


def records() -> list[Record]:
    """All that stands in the store: the cast's rows, the furniture, the duties."""
    return [*players.records(), *furniture.records(), *duties()]


@cache
def capacities(name: str) -> tuple[Viewer, ...]:
    """The capacities of a member, as DESIGN 4 has them."""
    member, who, me = CAST[name], players.principal(name), cast(Any, actor_of(name))
    inside = member.kind is PrincipalKind.IN_CUSTODY
    persons = ({person(name)} if inside else set()) | ({person(member.was)} if member.was else set())
    own: dict[str, frozenset[object] | None] = {"authors": frozenset({me}), "persons": frozenset(persons)}
    if inside:
        own["been"] = frozenset({member.prison, *(each.prison for each in _roles(name))})
    wings = frozenset({ON_DUTY[name]}) if name in ON_DUTY else frozenset[object]()
    found: list[Viewer] = []
    for role in (r for r in (member.role, *member.further) if r is not None):
        authority = CLIENT_AUTHORITY.get(role)
        if authority is not None and authority not in member.authorities:
            continue
        here = not member.visit_days or START.date() in member.visit_days
        facts = {**own, "jurisdictions": frozenset({member.jurisdiction})}
        if here:
            facts |= {
                "prisons": None if member.prison is None else frozenset({member.prison}),
                "schemes": None if member.scheme is None else frozenset({uid(member.scheme)}),
                "organisations": frozenset({member.organisation}),
                "wings": wings,
            }
        found.append(_viewer(me, who, role, players.assignment(name, role), facts))
    for each in _supporting(name) if inside else ():
        place = {"jurisdictions": {each.jurisdiction}, "prisons": {each.prison}, "schemes": {each.scheme}}
        further = {fact: frozenset[object](values) for fact, values in place.items()}
        found.append(_viewer(me, who, Role.SUPPORTER, each.id, {**own, **further}))
    if member.kind in IMPLICIT:
        prisons = {member.prison} - {None} if inside or member.role is not None else set[str]()
        wall = frozenset[object]({players.WALLS.get(member.issuer, "EW")})
        further = {"prisons": frozenset[object](prisons), "jurisdictions": wall}
        found.append(_viewer(me, who, IMPLICIT[member.kind], None, {**own, **further}))
    return tuple(found)


def _viewer(me: Any, who: Any, role: Role, assignment: UUID | None, facts: dict[str, Any]) -> Viewer:
    return Viewer(me, who, role, cast(Any, assignment), MappingProxyType(facts))


def _roles(name: str) -> list[Supporter]:
    return [r for r in furniture.records() if isinstance(r, Supporter) and r.person == person(name)]


def _supporting(name: str) -> list[Supporter]:
    return [s for s in _roles(name) if s.standing in IN_ROLE and s.prison == CAST[name].prison]


def decided(name: str, verb: Verb, purpose: Purpose | None) -> Decision | int:
    """The decision, or the status with which a request ends at the gate."""
    own: Sequence[Viewer] = capacities(name)
    shows_some = (
        *(Verb.HAND_IN_TALLY, Verb.HAND_IN_DISPUTE, Verb.READ_AVAILABILITY, Verb.VERIFY_PASSPORT, Verb.READ_TASKS),
        *(Verb.LOCK_OUT, Verb.LOCK_OUT_BY_NUMBER),
    )
    if ABOUT[verb].kind is None and verb not in shows_some and sum(c.assignment is not None for c in own) > 1:
        own = own[-1:]  # what shows no record is the same in whatever capacity
    try:
        return decide(own, verb, purpose=purpose)
    except Trouble as trouble:
        return status_of(trouble)


def status_of(trouble: Trouble) -> int:
    """What a refusal at the gate is answered with."""
    match trouble:
        case Refused():
            return 403
        case Absent():
            return 404
        case PurposeRequired():
            return 400
        case CapacityRequired():
            return 409
        case _:
            raise trouble


def knowing(decision: Decision, records: Iterable[Record]) -> Decision:
    """The decision of one in custody who has those of these roles that are his: he has been where they are."""
    been, his = decision.viewer.fact("been"), decision.viewer.fact("persons") or ()
    there = {r.prison for r in records if isinstance(r, Supporter) and r.person in his}
    if been is None or not there - been:
        return decision
    facts = MappingProxyType({**decision.viewer.facts, "been": been | there})
    return replace(decision, viewer=replace(decision.viewer, facts=facts))


def reaches(decision: Decision, record: Record, now: datetime = START) -> bool:
    """Whether a decision reaches a record as it is kept: within the grant's reach, and within the prisons and the
    participation to which the database opens for it. To a man in custody it opens, of what is about himself, the
    prisons where he had a role too."""
    shape, reach = record.shape, decision.reach(type(record))
    himself = any(isinstance(condition, In) and condition.field == "person" for condition in reach)
    prisons = (decision.viewer.fact("been") if himself else None) or decision.viewer.fact("prisons")
    if shape.existence is Classification.PARTICIPATION and Classification.PARTICIPATION not in decision.grant.sees:
        return False
    if prisons is not None and not prisons:
        return False  # a scope of no prison opens nothing
    if prisons is not None and "prison" in shape.fields and getattr(record, "prison", None) not in prisons:
        return False
    return covers(reach, decision.viewer, now, record)

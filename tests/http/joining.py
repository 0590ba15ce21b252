"""Somebody who is not of the cast, for the length of one test: a second pair of eyes, a governor elsewhere."""

from datetime import timedelta

from domain.confidentiality.principal import Principal, PrincipalKind
from domain.confidentiality.roles import SECOND_PERSON, Role
from domain.kernel.ids import ActorId, AssignmentId
from domain.oversight.record import Actor, Assignment
from tests.http.cast import IRISH_STAFF, PARTNERS, STAFF, START, actor, uid
from tests.http.world import Voice, World


async def join(
    world: World,
    name: str,
    role: Role,
    *,
    prison: str | None = "MDI",
    organisation: str = "HMPPS",
    jurisdiction: str = "EW",
    kind: PrincipalKind = PrincipalKind.STAFF,
) -> Voice:
    """His voice, from now on: a principal with one assignment."""
    issuer = PARTNERS if kind is PrincipalKind.PARTNER else IRISH_STAFF if jurisdiction == "IE" else STAFF
    who = Principal(issuer, name, kind)
    world.stage.tokens[name] = who
    assignment = Assignment(
        id=AssignmentId(uid(f"joined:{name}")),
        holder=actor_named(name),
        issuer=issuer,
        subject=name,
        principal_kind=kind,
        role=role,
        jurisdiction=jurisdiction,
        prison=prison,
        organisation=organisation,
        starts_on=START.date() - timedelta(days=1),
        ends_on=START.date() + timedelta(days=300),
        confirmed_by=actor("admin") if role in SECOND_PERSON else None,
        needs_second=role in SECOND_PERSON,
        last_used_on=START.date(),
    )
    await world.keep([Actor(id=actor_named(name), issuer=issuer, subject=name, kind=kind), assignment])
    return world[name]


def actor_named(name: str) -> ActorId:
    """Our own id of somebody who joined."""
    return ActorId(uid(f"actor:{name}"))

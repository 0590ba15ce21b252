"""What a scheme needs for its next moves, told before anybody tries one: what stands in the way; and who may lead its
supervision."""

from dataclasses import dataclass
from uuid import UUID

from domain.act import Act, Begin
from domain.care.leading import leads
from domain.confidentiality.disclosure import View
from domain.confidentiality.policy import moves_from
from domain.confidentiality.verbs import Verb
from domain.kernel.days import local_day
from domain.life import facts as looked_up
from domain.life.closing import checklist
from domain.life.plans import MOST
from domain.life.ready import guards_of
from domain.oversight.record import Assignment
from domain.ports import Query
from domain.schemes.record import SCHEME_LIFE, Scheme, SchemeState


@dataclass(frozen=True, slots=True)
class Move:
    """One move from here. `may`: the viewer himself may try it. The codes of its guards say what may stand in its way:
    `missing` does, `cleared` does not."""

    move: Verb
    may: bool
    cleared: tuple[str, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Readiness:
    """Where a scheme stands, and each move that its state allows now."""

    scheme: UUID
    state: SchemeState
    moves: tuple[Move, ...]


async def readiness(begin: Begin, id: UUID) -> Readiness:
    """Each move from here. What a closing waits for is told by `closing`, to those who may close it."""
    async with begin(Verb.READ_READINESS) as act:
        scheme = await act.fetch(Scheme, id)
        facts = await looked_up.of_one(act, scheme)
        mine = _mine(act, scheme)
        moves: list[Move] = []
        for verb, states in SCHEME_LIFE.moves.items():
            if scheme.state in states and verb is not Verb.CLOSE_SCHEME:
                guards = [(g.holds(facts), g.code) for g in guards_of(verb)]
                moves.append(_move(verb, mine, guards))
        return Readiness(scheme.id, scheme.state, tuple(moves))


async def closing(begin: Begin, id: UUID) -> Readiness:
    """What its closing waits for. Nothing, where it has closed."""
    async with begin(Verb.READ_CLOSING) as act:
        scheme = await act.fetch(Scheme, id)
        mine = _mine(act, scheme)
        over = scheme.state is SchemeState.CLOSED
        moves = () if over else (_move(Verb.CLOSE_SCHEME, mine, list(await checklist(act, scheme))),)
        return Readiness(scheme.id, scheme.state, moves)


async def leaders(begin: Begin, id: UUID) -> list[View[Assignment]]:
    """The assignments by which supervision of this scheme may be led today: those that naming a lead takes, and no
    others. Who holds one is told as those who read the prison's assignments see him: by the name he signs in with."""
    async with begin(Verb.READ_LEADERS) as act:
        scheme = await act.fetch(Scheme, id)
        of_prison = Query(equal={"jurisdiction": scheme.jurisdiction, "prison": scheme.prison}, limit=MOST)
        found = [a for a in await act.known(Assignment, of_prison) if leads(a, scheme, local_day(scheme, act.now))]
        return [act.disclose(a) for a in sorted(found, key=lambda a: (a.role, a.id))]


def _move(verb: Verb, mine: frozenset[str], guards: list[tuple[bool, str]]) -> Move:
    return Move(
        verb,
        verb in mine,
        tuple(code for holds, code in guards if holds),
        tuple(code for holds, code in guards if not holds),
    )


def _mine(act: Act, scheme: Scheme) -> frozenset[str]:
    return frozenset(moves_from(act.viewer, act.now, scheme))

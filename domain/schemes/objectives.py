"""What is done with objectives: set, amended until they are under way, measured, closed."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, Final
from uuid import UUID

from domain.act import Act, Begin
from domain.confidentiality.disclosure import Tag, View
from domain.confidentiality.verbs import Verb
from domain.kernel.days import local_day
from domain.kernel.errors import Failure, Unacceptable
from domain.kernel.moves import require
from domain.moving import may_move
from domain.ports import Query
from domain.schemes.belonging import changed, drafted, not_closed, scheme_to_write, sound, with_
from domain.schemes.charter import Charter, CharterState
from domain.schemes.made import lineage
from domain.schemes.measures import MEASURES, Direction, period
from domain.schemes.needs import TargetNeed
from domain.schemes.objective import (
    MOST_POINTS,
    ClosingOfObjective,
    FigureSource,
    Objective,
    ObjectiveState,
    contradictions,
    told_outside,
)
from domain.schemes.record import Scheme

SIGNABLE: Final = frozenset({CharterState.SUBMITTED, CharterState.PUBLISHED, CharterState.SUPERSEDED})
"""In these a version was read by those who sign."""


async def set_(begin: Begin, scheme: UUID, *, title: str, measure: str, **said: Any) -> View[Objective]:
    """A new objective. What contradicts itself is refused, all of it at once; what is only not SMART yet is kept, and
    says so."""
    async with begin(Verb.SET_OBJECTIVE) as act:
        of = await scheme_to_write(act, scheme, Objective)
        known = MEASURES.get(measure)
        objective = drafted(
            act,
            of,
            Objective,
            title=title,
            measure=measure,
            direction=Direction.HIGHER if known is None else known.better,
            set_by=act.viewer.actor,
            **said,
        )
        objective = told_outside(objective)
        act.keep(sound(act, objective, *await _at_odds(act, objective, of)))
        return act.disclose(objective)


async def amend(begin: Begin, id: UUID, *, seen: Tag, changes: Mapping[str, Any]) -> View[Objective]:
    """Change the members that were sent. Once something was measured, or a plan that names it was handed in, the goal
    stands where it stood: whoever wants another sets another. Only what was not known then may still be filled in, and
    nothing at all while those who sign are reading it.

    It is not copied into the plan: a goal that is measured, and judged, in two places would be two goals."""
    async with begin.serially(Verb.AMEND_OBJECTIVE) as act:
        act.admit_writes(changes)
        objective = await act.fetch(Objective, id, seen=seen)
        require(await not_closed(act, objective))
        now = told_outside(with_(objective, **changes))
        new = [n for n in changes if getattr(objective, n) != getattr(now, n)]
        moved = [n for n in new if getattr(objective, n) is not None]
        bound = await _bound(act, objective)
        require(
            may_move(act, objective),
            (not objective.measured or not moved, "OBJECTIVE_UNDER_WAY"),
            (not bound or not (new if CharterState.SUBMITTED in bound else moved), "BOUND_BY_CHARTER"),
        )
        wrong = await _at_odds(act, now, await act.known_one(Scheme, objective.scheme))
        return await changed(act, objective, sound(act, now, *wrong, was=objective))


async def measure(begin: Begin, id: UUID, *, seen: Tag, value: int, on: date, source: FigureSource) -> View[Objective]:
    """Note a point: what was measured over the period in which `on` lies, and where the figure comes from. A period
    has one, once it is over: a figure that still grows would be told from one day to the next."""
    async with begin(Verb.MEASURE_OBJECTIVE) as act:
        objective = await act.fetch(Objective, id, seen=seen)
        measured = MEASURES[objective.measure]
        first, last = period(measured.grain, on)
        guards = (
            (last < local_day(objective, act.now), "PERIOD_NOT_OVER", "/on"),
            (objective.starts_on is None or last >= objective.starts_on, "PERIOD_BEFORE_START", "/on"),
            (first not in objective.measured_on, "PERIOD_ALREADY_MEASURED", "/on"),
            (measured.most is None or value <= measured.most, "BEYOND_THE_MEASURE", "/value"),
        )
        wrong = [Failure(code, path) for holds, code, path in guards if not holds]
        if wrong:
            raise Unacceptable(wrong)
        require(
            may_move(act, objective),
            (objective.starts_on is not None, "START_MISSING"),
            (len(objective.measured) < MOST_POINTS, "POINTS_FULL"),
        )
        noted = with_(
            objective,
            measured_on=(*objective.measured_on, first),
            measured=(*objective.measured, value),
            measured_from=(*objective.measured_from, source),
        )
        return await changed(act, objective, told_outside(noted))


async def close(begin: Begin, id: UUID, *, seen: Tag, reason: ClosingOfObjective) -> View[Objective]:
    """Give it up, and say why: what was measured stays, nothing is measured any more, and no further plan is bound to
    it."""
    async with begin(Verb.CLOSE_OBJECTIVE) as act:
        objective = await act.fetch(Objective, id, seen=seen)
        require(may_move(act, objective))
        today = local_day(objective, act.now)
        closed = with_(objective, state=ObjectiveState.CLOSED, closed_on=today, closed_for=reason)
        return await changed(act, objective, closed)


async def _at_odds(act: Act, objective: Objective, scheme: Scheme | None) -> list[Failure]:
    """What contradicts itself, and a need that no version of the plan names which is written or in force."""
    wrong = list(contradictions(objective, () if scheme is None else await lineage(act, scheme)))
    if objective.need is not None and objective.need not in await _needs(act, objective.scheme):
        wrong.append(Failure("NEED_NOT_IN_CHARTER", "/need"))
    return wrong


async def _bound(act: Act, objective: Objective) -> Collection[CharterState]:
    """Where the versions stand that name it and were handed in: those in force, and those that were, for what was
    signed then stays what was signed."""
    found = await act.known(Charter, Query(equal={"scheme": objective.scheme}, limit=1_000))
    return {c.state for c in found if c.state in SIGNABLE and objective.id in c.objectives}


async def _needs(act: Act, scheme: UUID) -> Collection[TargetNeed]:
    found = await act.known(Charter, Query(equal={"scheme": scheme}, limit=1_000))
    over = (CharterState.SUPERSEDED, CharterState.DISCARDED)
    return {need for c in found if c.state not in over for need in c.needs}

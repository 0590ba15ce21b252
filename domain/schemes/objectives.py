"""What is done with objectives: set, amended until they are under way, measured."""

import dataclasses
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from domain.act import Act, Begin
from domain.confidentiality.disclosure import Tag, View
from domain.confidentiality.verbs import Verb
from domain.kernel.errors import Failure, Unacceptable
from domain.kernel.ids import ObjectiveId
from domain.kernel.moves import require
from domain.ports import Query
from domain.schemes.acts import scheme_here
from domain.schemes.charter import Charter, CharterState
from domain.schemes.measures import MEASURES, Direction
from domain.schemes.needs import TargetNeed
from domain.schemes.objective import MOST_POINTS, FigureSource, Objective, contradictions
from domain.schemes.record import Scheme, SchemeState


async def set_(begin: Begin, scheme: UUID, *, title: str, measure: str, **said: Any) -> View[Objective]:
    """A new objective. What contradicts itself is refused, all of it at once; what is only not SMART yet is kept, and
    says so."""
    async with begin(Verb.SET_OBJECTIVE) as act:
        of = await scheme_here(act, scheme)
        known = MEASURES.get(measure)
        objective = Objective(
            id=ObjectiveId(act.new_id()),
            scheme=of.id,
            jurisdiction=of.jurisdiction,
            prison=of.prison,
            organisation=of.organisation,
            title=title,
            measure=measure,
            direction=Direction.HIGHER if known is None else known.better,
            set_by=act.viewer.actor,
            **said,
        )
        act.within_reach(objective)
        require((of.state is not SchemeState.CLOSED, "SCHEME_CLOSED"))
        await _hold(act, objective, of.kind)
        act.keep(objective)
        return act.disclose(objective)


async def amend(begin: Begin, id: UUID, *, seen: Tag, changes: Mapping[str, Any]) -> View[Objective]:
    """Change the members that were sent. Once something was measured the goal stands where it stood: whoever wants
    another sets another. Only what was not known then may still be filled in."""
    async with begin(Verb.AMEND_OBJECTIVE) as act:
        act.admit_writes(changes)
        objective = await act.fetch(Objective, id, seen=seen)
        changed = dataclasses.replace(objective, **changes)
        moved = [n for n in changes if getattr(objective, n) not in (None, getattr(changed, n))]
        require((not objective.measured or not moved, "OBJECTIVE_UNDER_WAY"))
        scheme = await act.known_one(Scheme, objective.scheme)
        await _hold(act, changed, "" if scheme is None else scheme.kind)
        act.keep(changed, was=objective)
        return act.disclose(changed)


async def measure(begin: Begin, id: UUID, *, seen: Tag, value: int, on: date, source: FigureSource) -> View[Objective]:
    """Note a point: what was measured, when, and where the figure comes from. A day has one."""
    async with begin(Verb.MEASURE_OBJECTIVE) as act:
        objective = await act.fetch(Objective, id, seen=seen)
        most = MEASURES[objective.measure].most
        guards = (
            (on <= act.now.date(), "DAY_AHEAD", "/on"),
            (objective.starts_on is None or on >= objective.starts_on, "DAY_BEFORE_START", "/on"),
            (on not in objective.measured_on, "DAY_MEASURED_ALREADY", "/on"),
            (most is None or value <= most, "BEYOND_THE_MEASURE", "/value"),
        )
        wrong = [Failure(code, path) for holds, code, path in guards if not holds]
        if wrong:
            raise Unacceptable(wrong)
        require(
            (objective.starts_on is not None, "START_MISSING"),
            (len(objective.measured) < MOST_POINTS, "POINTS_FULL"),
        )
        changed = dataclasses.replace(
            objective,
            measured_on=(*objective.measured_on, on),
            measured=(*objective.measured, value),
            measured_from=(*objective.measured_from, source),
        )
        act.keep(changed, was=objective)
        return act.disclose(changed)


async def _hold(act: Act, objective: Objective, kind: str) -> None:
    """Refuse what contradicts itself, and a need that no version of the plan names which is written or in force."""
    wrong = list(contradictions(objective, kind))
    if objective.need is not None and objective.need not in await _needs(act, objective.scheme):
        wrong.append(Failure("NEED_NOT_IN_CHARTER", "/need"))
    if wrong:
        raise Unacceptable(wrong)


async def _needs(act: Act, scheme: UUID) -> Collection[TargetNeed]:
    found = await act.known(Charter, Query(equal={"scheme": scheme}, limit=1_000))
    return {need for c in found if c.state is not CharterState.SUPERSEDED for need in c.needs}

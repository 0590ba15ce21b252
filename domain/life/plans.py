"""What other records must say before a scheme goes live: each guard's code, and how its fact is found.

One line a guard. The seed asks for each: a plan that says why, objectives that are SMART, a contingency plan, and that
its users are told.
"""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from domain.act import Act
from domain.confidentiality.record import Record
from domain.ports import Query
from domain.schemes.charter import Charter, CharterState
from domain.schemes.objective import Objective, ObjectiveState
from domain.schemes.registers.contingency import ContingencyPlan
from domain.schemes.registers.publicity import Medium, Publicity

MOST: Final = 10_000
"""The most records that one look for facts takes; a prison's, or a scheme's."""

Where = Mapping[str, Any]
"""One scheme (`{"scheme": id}`), or all of a prison (`{"jurisdiction": …, "prison": …}`)."""
Fact = Callable[[Act, Where], Awaitable[frozenset[UUID]]]
"""Of the schemes that this names: the ids of those for which it holds. As many looks for all as for one."""


def has(kind: type[Record], holds: Callable[[Any, datetime], bool] = lambda _record, _now: True, **equal: Any) -> Fact:
    """The scheme has a record of this kind that is so, and of which this holds now."""

    async def found(act: Act, where: Where) -> frozenset[UUID]:
        there: list[Any] = await act.known(kind, Query(equal={**where, **equal}, limit=MOST))
        return frozenset(r.scheme for r in there if holds(r, act.now))

    return found


def every(kind: type[Record], holds: Callable[[Any, datetime], bool], **equal: Any) -> Fact:
    """The scheme has records of this kind that are so, and this holds of every one of them now."""

    async def found(act: Act, where: Where) -> frozenset[UUID]:
        there: list[Any] = await act.known(kind, Query(equal={**where, **equal}, limit=MOST))
        return frozenset(r.scheme for r in there) - {r.scheme for r in there if not holds(r, act.now)}

    return found


def _reaches_people(advert: Publicity, now: datetime) -> bool:
    """It is shown today, to those who would ask: telling staff is no advert."""
    return advert.medium is not Medium.STAFF_BRIEFING and advert.showing(now)


PLANS: Final[Mapping[str, Fact]] = {
    "CHARTER_NOT_PUBLISHED": has(Charter, state=CharterState.PUBLISHED),
    "OBJECTIVES_NOT_SMART": every(
        Objective, lambda objective, now: not objective.not_smart(now), state=ObjectiveState.OPEN
    ),
    "CONTINGENCY_PLAN_MISSING": has(ContingencyPlan, in_force=True),
    "NOT_ADVERTISED": has(Publicity, _reaches_people),
}
"""Code to fact."""

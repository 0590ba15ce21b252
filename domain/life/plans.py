"""What other records must say before a scheme goes live: each guard's code, and how its fact is found.

One line a guard. The seed asks for each: a plan that says why, objectives that are SMART, a contingency plan.
"""

from collections.abc import Awaitable, Callable, Mapping
from datetime import date
from typing import Any, Final
from uuid import UUID

from domain.act import Act
from domain.confidentiality.record import Record
from domain.ports import Query
from domain.schemes.charter import Charter, CharterState
from domain.schemes.objective import Objective, faults
from domain.schemes.registers.contingency import ContingencyPlan

MOST: Final = 10_000
"""The most records that one look for facts takes; a prison's, or a scheme's."""

Where = Mapping[str, Any]
"""One scheme (`{"scheme": id}`), or all of a prison (`{"jurisdiction": …, "prison": …}`)."""
Fact = Callable[[Act, Where], Awaitable[frozenset[UUID]]]
"""Of the schemes that this names: the ids of those for which it holds. One look, however many they are."""


def has(kind: type[Record], **equal: Any) -> Fact:
    """The scheme has a record of this kind that is so."""

    async def found(act: Act, where: Where) -> frozenset[UUID]:
        there: list[Any] = await act.known(kind, Query(equal={**where, **equal}, limit=MOST))
        return frozenset(r.scheme for r in there)

    return found


def all_of(kind: type[Record], holds: Callable[[Any, date], bool]) -> Fact:
    """The scheme has records of this kind, and this holds of every one today."""

    async def found(act: Act, where: Where) -> frozenset[UUID]:
        there: list[Any] = await act.known(kind, Query(equal=where, limit=MOST))
        return frozenset(r.scheme for r in there) - {r.scheme for r in there if not holds(r, act.now.date())}

    return found


PLANS: Final[Mapping[str, Fact]] = {
    "CHARTER_NOT_PUBLISHED": has(Charter, state=CharterState.PUBLISHED),
    "OBJECTIVES_NOT_SMART": all_of(Objective, lambda objective, today: not faults(objective, today)),
    "CONTINGENCY_PLAN_MISSING": has(ContingencyPlan),
}
"""Code to fact."""

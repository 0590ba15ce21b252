"""What other records must say before a scheme goes live: each guard's code, and how its fact is found.

One line a guard, as `"CONTINGENCY_PLAN_MISSING": has(ContingencyPlan)`. A guard whose record is not kept yet is not
here: none is faked.
"""

from collections.abc import Awaitable, Callable, Mapping
from datetime import date
from typing import Any, Final
from uuid import UUID

from domain.act import Act
from domain.confidentiality.record import Record
from domain.ports import Query

MOST: Final = 10_000
"""The most records that one look for facts takes; a prison's, or a scheme's."""

Where = Mapping[str, Any]
"""One scheme (`{"scheme": id}`), or all of a prison (`{"jurisdiction": …, "prison": …}`)."""
Fact = Callable[[Act, Where], Awaitable[frozenset[UUID]]]
"""Of the schemes that this names: the ids of those for which it holds. As many looks for all as for one."""


Holds = Callable[[Any, date], bool]


def has(kind: type[Record], holds: Holds = lambda _record, _today: True) -> Fact:
    """The scheme has a record of this kind of which this holds today."""

    async def found(act: Act, where: Where) -> frozenset[UUID]:
        there: list[Any] = await act.known(kind, Query(equal=where, limit=MOST))
        return frozenset(r.scheme for r in there if holds(r, act.now.date()))

    return found


def every(kind: type[Record], holds: Holds) -> Fact:
    """The scheme has records of this kind, and this holds today of each of them."""
    some, fails = has(kind), has(kind, lambda record, today: not holds(record, today))

    async def found(act: Act, where: Where) -> frozenset[UUID]:
        return await some(act, where) - await fails(act, where)

    return found


PLANS: Final[Mapping[str, Fact]] = {}
"""Code to fact. The charter (published), objectives (all SMART), contingency plan and publicity (an advert) bring
theirs."""

"""The line of an attempt that reached no act."""

from typing import Any

from api.capacities import Caller
from api.runtime import Runtime
from domain.confidentiality.roles import IMPLICIT, Role
from domain.confidentiality.verbs import Verb
from domain.kernel.errors import Trouble
from domain.kernel.ids import EntryId
from domain.notes import outcome_of, turned_away


async def note(runtime: Runtime, caller: Caller, verb: Verb | None, trouble: Trouble, *, role: Any = None) -> None:
    """One line for an attempt of a known caller that reached no act."""
    prisons = {str(p) for c in caller.capacities for p in c.fact("prisons") or ()}
    walls = {str(j) for c in caller.capacities for j in c.fact("jurisdictions") or ()}
    entry = turned_away(
        EntryId(runtime.ids()),
        runtime.clock(),
        actor=caller.actor,
        client=caller.principal.client,
        role=role or _only_role(caller),
        verb=verb,
        outcome=outcome_of(trouble),
        code=trouble.code,
        prison=next(iter(prisons)) if len(prisons) == 1 else None,
        jurisdiction=next(iter(walls)) if len(walls) == 1 else None,
        in_custody=caller.in_custody,
    )
    await runtime.store.abandon(entry)


def _only_role(caller: Caller) -> Role | None:
    """The one role in which the attempt can have been meant. Of a person in custody no more than that he is one."""
    held = [c.role for c in caller.capacities if c.assignment is not None and not caller.in_custody]
    return held[0] if len(held) == 1 else IMPLICIT.get(caller.principal.kind)

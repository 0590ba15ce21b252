"""Callers remembered between requests, and never longer than what they may do.

Working out a caller takes three to five looks at the store; nearly always they find what they found a second ago. So a
caller is kept with the mark of his footing, which changes with any of his assignments and duties in the transaction
that changes them. An act holds the mark in the snapshot in which it first looks (`Outdated` where it has moved on), or
asks for it as it ends. So what is taken from somebody is gone by his next request (ASVS 8.3.2), in whichever
process. What changes by time alone (a day, a duty's hours, a caseload) ends the keeping too.

A person in custody has no footing and is never kept: his capacities come from his standing and place, and he asks
rarely.
"""

from api.capacities import Caller, caller_of
from api.runtime import Runtime
from domain.confidentiality.principal import Principal
from domain.kernel.errors import Unavailable
from domain.ports import Footing, Raced


async def worked_out(runtime: Runtime, principal: Principal) -> Caller:
    """The caller, worked out anew. Raises `Unavailable` where a look loses to another's lock (a migration's, say)."""
    try:
        caller = await caller_of(runtime, principal)
    except Raced:
        raise Unavailable(1) from None
    runtime.remembered.keep(caller)
    return caller


async def lately(runtime: Runtime, principal: Principal) -> Caller:
    """The caller as kept, or worked out. Whoever acts on this must hold his `footing`."""
    kept = runtime.remembered.find(principal, runtime.clock())
    if kept is not None and kept.caseload == await runtime.caseload_of(principal):
        return kept
    return await worked_out(runtime, principal)


async def now(runtime: Runtime, principal: Principal) -> Caller:
    """The caller as he is now: kept and held, or worked out."""
    kept = runtime.remembered.find(principal, runtime.clock())
    if kept is None or kept.footing is None or kept.caseload != await runtime.caseload_of(principal):
        return await worked_out(runtime, principal)
    if not await stands(runtime, kept.footing):
        return await worked_out(runtime, principal)
    return kept


async def stands(runtime: Runtime, footing: Footing) -> bool:
    """Whether nothing has changed of what somebody's capacities rest on. Raises as `worked_out`."""
    try:
        return await runtime.store.mark(footing.actor) == footing.mark
    except Raced:
        raise Unavailable(1) from None

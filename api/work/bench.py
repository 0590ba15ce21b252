"""What a worker works with: put together by the wiring, so that work knows no database either."""

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace

from api.capacities import service_viewer
from api.runtime import Runtime
from domain.act import Begin
from domain.confidentiality.policy import decide
from domain.confidentiality.verbs import Verb


@dataclass(frozen=True, slots=True)
class Tick:
    """Something done every so many seconds. `do` says how much it did."""

    name: str
    every: float
    do: Callable[[], Awaitable[int]]


def _unheard(_timer: str, _well: bool) -> None:
    """Nobody is told how timers end."""


@dataclass(frozen=True, slots=True)
class Bench:
    """The runtime, the ticks, `alone`: a block that yields whether this process is the one holder now; and `ran`, which
    is told of each tick by name whether it ended well."""

    runtime: Runtime
    ticks: tuple[Tick, ...]
    alone: Callable[[], AbstractAsyncContextManager[bool]]
    ran: Callable[[str, bool], None] = _unheard


def service_begin(runtime: Runtime, client: str | None = None, verb: Verb = Verb.TICK) -> Begin:
    """How the service itself begins an act; `client` says on whose hand, where it was not the clock's."""
    viewer = service_viewer()
    named = replace(viewer, principal=replace(viewer.principal, client=client))
    decision = decide([named], verb)
    return Begin(decision, runtime.store, runtime.clock, runtime.ids, runtime.tag, rollout=runtime.rollout)

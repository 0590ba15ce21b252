"""One attempt at one thing by a known caller: in which capacity, by which grant, and how its act is run.

By HTTP it is a call (`api.call`), by the estate's queue a command (`api.messages.commands`): both are decided, run
again and written down here, so that neither may do what the other may not. What ends before its act began is written to
the ledger here (`slipped`), so that every attempt of a known viewer has its line.

It is decided on the caller as he is remembered; its act holds that his footing still stands, and where it does not it
is decided anew (`renew`), refusals before the act included.
"""

from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass
from typing import TypeVar

from api import callers
from api.capacities import Caller, first_today, used_today
from api.noting import note
from api.runtime import Runtime
from api.turns import ATTEMPTS, pause
from domain.act import Begin
from domain.confidentiality.policy import Decision
from domain.confidentiality.verbs import Verb
from domain.kernel.errors import KeyInFlight, Trouble, Unavailable
from domain.ports import Footing, KeyUse, Outdated, Raced

T = TypeVar("T")


@dataclass(slots=True, kw_only=True)
class Attempt(ABC):
    """One attempt. `decision` is made before anything of what was sent is read, on the `footing` that its act must hold
    (None: it was held); `begun` says that an act wrote (or will write) its line itself."""

    runtime: Runtime
    caller: Caller
    verb: Verb
    footing: Footing | None = None
    decision: Decision | None = None
    begun: bool = False
    dry: bool = False
    """Its acts are only tried: nothing of them is kept."""

    @abstractmethod
    def choose(self) -> Decision:
        """The verb: by which grant the caller may do this at all. Raises as `policy.decide`."""

    def decide(self) -> None:
        """Decide it."""
        self.decision = self.choose()

    async def admit(self) -> None:
        """Decide, and where that is refused on a footing that has changed, decide anew."""
        try:
            self.decide()
        except Trouble:
            if not await self.renew():
                self.footing = None  # it stands: nobody need ask again
                raise

    async def renew(self) -> bool:
        """Work out the caller anew if his footing has changed, and decide again. False: it stands."""
        if self.footing is None or await callers.stands(self.runtime, self.footing):
            return False
        self.caller = await callers.worked_out(self.runtime, self.caller.principal)
        self.footing, self.decision = self.caller.footing, None
        self.decide()
        return True

    async def used(self) -> None:
        """Note that the assignment in which it is done is used today. That moves the caller's own footing, so he is
        worked out anew at once: an act on the old one would be done twice."""
        held = None if self.decision is None else first_today(self.runtime, self.caller, self.decision.viewer)
        if held is not None:
            await used_today(self.runtime, held)
            await self.renew()

    def begin(self, key: KeyUse | None = None) -> Begin:
        """How its act begins."""
        if self.decision is None:
            raise TypeError("decided before begun")
        runtime = self.runtime
        return Begin(
            self.decision,
            runtime.store,
            runtime.clock,
            runtime.ids,
            runtime.tag,
            key,
            self.footing,
            self._began,
            self.dry,
            runtime.rollout,
        )

    def _began(self) -> None:
        self.begun = True

    async def run(self, act: Callable[[Begin], Awaitable[T]], key: KeyUse | None = None) -> T:
        """Run the act, and again when another transaction won or the caller's footing changed: up to eight times, with
        jitter, and in turn with others of this process and prison who lost. What ends between two attempts has no line
        yet: `begun` is false then."""
        lost = False
        for attempt in range(ATTEMPTS):
            try:
                async with self._turn() if lost else nullcontext():
                    return await act(self.begin(key))
            except Raced:
                lost = True
                self.begun = False
                if attempt == ATTEMPTS - 1:
                    break
                await pause(attempt)
            except Outdated:
                self.begun = False
                await self.renew()
            except KeyInFlight:
                self.begun = False
                raise
        raise Unavailable(1)

    def _turn(self) -> AbstractAsyncContextManager[None]:
        prisons = None if self.decision is None else self.decision.viewer.fact("prisons")
        return self.runtime.turns.of(self.verb, prisons)

    async def slipped(self, trouble: Trouble) -> Trouble:
        """Write the line of an attempt that ended before its act held the caller's footing, and say how it ends: where
        the footing has gone it is refused instead, for the verb comes before the shape."""
        try:
            await self.renew()
        except Trouble as refused:
            trouble = refused
        decided = self.decision.viewer if self.decision is not None else None
        await note(self.runtime, self.caller, self.verb, trouble, role=None if decided is None else decided.role)
        return trouble

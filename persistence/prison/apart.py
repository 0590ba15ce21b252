"""Non-associations: with whom a supporter must not be brought together (`domain.ports.KeptApart`).

Whoever keeps them writes down who was looked up and when. So supporters are asked about and never a recipient, in
nobody's name but the service's; and they are asked about by the clock: each round is one question about all supporters,
whether anybody needs it or not, and an offer finds the answer here. Else a question about all the Listeners of a prison
at 02:10 would say, there, that one was asked for at 02:10 (rules 3 and 4); and an offer would wait for another system
inside its transaction. Only a supporter whom no round has met is asked about at once, and not waited for long; one of
whom a round could not be told is not, and of him nobody can say.

An answer is believed for `BELIEVED` seconds, which is longer than two rounds, so that one that fails costs nothing. An
older one is not used: if nothing comes of asking at once either, nobody can say. An acceptance carries the line that
non-associations are to be checked before anybody is unlocked: that is for what was opened in between. A worker, whose
questions come by the clock in any case, has them answered anew each time (`ANEW`).

Co-defendants are in no system that may be asked by us (hmpps.md 6). They are 'not known', unless the prisons record
those who must not meet as non-associations and their owner says so (`recorded_as_non_associations`).
"""

import asyncio
import contextlib
import math
import time
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

from domain.kernel.prison import Apart
from persistence.prison.asking import (
    CannotBeAsked,
    Json,
    Monotonic,
    a_text,
    an_object,
    chunks,
    flag,
    objects,
    unreadable,
)
from persistence.prison.search import NOMS, is_number
from persistence.prison.upstream import Upstream

EVERY: Final = 600.0
BELIEVED: Final = 1500.0
ANEW: Final = 300.0
"""Half the time between two ticks of the worker: one of its own is asked once, and the next asks again."""
IN_HAND: Final = 2.0
"""Seconds that whoever makes an offer waits. The question goes on without him."""
MOST: Final = 500
"""Numbers in one question."""
_AT_ONCE: Final = 4


class KnownApart:
    """Asks, remembers in memory alone, and is asked again by rounds (`ask_again`)."""

    def __init__(
        self,
        non_associations: Upstream,
        *,
        recorded_as_non_associations: bool = False,
        believed: float = BELIEVED,
        monotonic: Monotonic = time.monotonic,
    ) -> None:
        self._upstream = non_associations
        self._co_defendants: frozenset[str] | None = frozenset() if recorded_as_non_associations else None
        self._believed, self._monotonic = believed, monotonic
        self._known: dict[str, tuple[float, Apart | None]] = {}
        self._tried: dict[str, float] = {}
        """Who was asked about and when, whatever came of it."""
        self._asking = asyncio.Lock()
        self._flights: set[asyncio.Task[bool]] = set()

    async def __call__(self, identifier_kind: str, identifiers: Sequence[str]) -> Mapping[str, Apart] | None:
        """From whom each is kept apart; without those who are not known there; None: it cannot be asked now."""
        if identifier_kind != NOMS.kind:
            return None
        asked = {n for n in identifiers if is_number(n)}
        if self._strange(asked) and not await self._at_once(asked):
            return None
        oldest = self._monotonic() - self._believed
        held = {n: self._known[n][1] for n in asked if n in self._known and self._known[n][0] >= oldest}
        if asked and not held:
            return None
        return {n: apart for n, apart in held.items() if apart is not None}

    async def ask_again(self, identifiers: Iterable[str]) -> bool:
        """One round about these, whatever is known of them. False: it cannot be asked now, and what is known stays for
        as long as it is believed."""
        async with self._asking:
            oldest = self._monotonic() - self._believed
            self._known = {n: held for n, held in self._known.items() if held[0] >= oldest}
            self._tried = {n: at for n, at in self._tried.items() if at >= oldest}
            return await self._asked({n for n in identifiers if is_number(n)})

    async def aclose(self) -> None:
        """Ends the questions that nobody waits for any more."""
        flights = list(self._flights)
        for flight in flights:
            flight.cancel()
        await asyncio.gather(*flights, return_exceptions=True)

    def _strange(self, numbers: Iterable[str]) -> set[str]:
        oldest = self._monotonic() - self._believed
        return {n for n in numbers if self._tried.get(n, -math.inf) < oldest}

    async def _at_once(self, numbers: Collection[str]) -> bool:
        async def whoever_is_left() -> bool:
            async with self._asking:  # many at once are one question
                return await self._asked(self._strange(numbers))

        flight = asyncio.create_task(whoever_is_left())
        self._flights.add(flight)
        flight.add_done_callback(self._flights.discard)
        done, _ = await asyncio.wait({flight}, timeout=IN_HAND)
        return bool(done) and flight.result()

    async def _asked(self, numbers: Collection[str]) -> bool:
        try:
            await self._ask(numbers)
        except CannotBeAsked:
            return False
        finally:
            self._tried |= dict.fromkeys(numbers, self._monotonic())
        return True

    async def _ask(self, numbers: Collection[str]) -> None:
        for some in chunks(numbers, MOST):
            query = [("includeOpen", "true"), ("includeClosed", "false")]  # without a prison: of all prisons
            said = await self._upstream.ask("POST", "/non-associations/involving", query=query, body=list(some))
            if said is None:  # one of them is not known there, and it does not say which
                found = await self._each(some)
            else:
                found = _by_number(objects(said), some)
            now = self._monotonic()
            known = {
                n: None if f is None else Apart(non_associations=f, co_defendants=self._co_defendants)
                for n, f in found.items()
            }
            self._known |= {n: (now, apart) for n, apart in known.items()}

    async def _each(self, numbers: Sequence[str]) -> Mapping[str, frozenset[str] | None]:
        """Of each: from whom he is kept apart; None: he is not known there. One of whom it cannot say is left out, and
        costs the others nothing: what was known of him stays for as long as it is believed. Raises `CannotBeAsked`: it
        can say it of nobody."""
        gate = asyncio.Semaphore(_AT_ONCE)
        found: dict[str, frozenset[str] | None] = {}

        async def one(number: str) -> None:
            async with gate:
                with contextlib.suppress(CannotBeAsked):
                    found[number] = await self._of(number)

        await asyncio.gather(*(one(each) for each in numbers))
        if not found:
            raise unreadable()
        return found

    async def _of(self, number: str) -> frozenset[str] | None:
        said = await self._upstream.ask(
            "GET",
            f"/prisoner/{number}/non-associations",
            query=[("includeOpen", "true"), ("includeClosed", "false"), ("includeOtherPrisons", "true")],
        )
        if said is None:
            return None
        held = objects(an_object(said).get("nonAssociations"))
        return frozenset(
            a_text(an_object(each.get("otherPrisonerDetails")), "prisonerNumber") for each in held if _open(each)
        )


def _by_number(held: list[Json], numbers: Sequence[str]) -> Mapping[str, frozenset[str] | None]:
    found: dict[str, set[str]] = {n: set() for n in numbers}
    for each in held:
        if _open(each):
            first, second = a_text(each, "firstPrisonerNumber"), a_text(each, "secondPrisonerNumber")
            for one, other in ((first, second), (second, first)):
                if one in found and one != other:
                    found[one].add(other)
    return {n: frozenset(enemies) for n, enemies in found.items()}


def _open(held: Json) -> bool:
    """Whether it stands: any that is not said to be closed does."""
    return flag(held, "isClosed") is not True

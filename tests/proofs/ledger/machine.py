"""The state machine: any operation, by anybody, about anything known, in any order, while all sorts of things happen.

Hypothesis draws the steps and makes a failing story short. The same machine runs over either store; over PostgreSQL,
what was told is told again to the store that forgets when the story ends, and every answer must be the same.
"""

import asyncio
from contextlib import AsyncExitStack
from typing import Any, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from tests.http.cast import CAST
from tests.http.operations import OPERATIONS, operation
from tests.proofs.ledger import house
from tests.proofs.ledger.attempts import TWISTS, Attempt, Drawn, example
from tests.proofs.ledger.telling import Counts, Telling

WHO_IT_IS_FOR = "who it is for"
CALLERS = st.one_of(st.just(WHO_IT_IS_FOR), st.sampled_from([*CAST, None]))
ANYBODY = st.one_of(st.none(), st.sampled_from(sorted(CAST)))
OPERATION = st.sampled_from([o.name for o in OPERATIONS])
TWISTED = st.lists(st.sampled_from(sorted(TWISTS)), max_size=2, unique=True)
NUMBER = st.integers(0, 10_000)
_TOLD_ALONE = 15
"""Steps of a story before two may act at once."""
SECONDS = st.sampled_from([1.0, 1.0, 61.0, 61.0, 600.0, 600.0, 1800.0, 9000.0, 90_000.0, 2_700_000.0])


class Machine(RuleBasedStateMachine):
    """What is common to both. `opened` makes the furnished world; `total` adds up what all stories told."""

    opened: ClassVar[Any]
    total: Counts
    runner: asyncio.Runner

    def __init__(self) -> None:
        super().__init__()
        self.stack = AsyncExitStack()
        self.number = 0
        self.telling: Telling = self.runner.run(self._begin())

    async def _begin(self) -> Telling:
        return await Telling.begun(*await self.stack.enter_async_context(type(self).opened()))

    def teardown(self) -> None:
        """The story is over: let its store go."""
        self.runner.run(self.stack.aclose())
        counts = self.telling.counts
        self.total.steps += counts.steps
        self.total.attempts += counts.attempts
        self.total.lines += counts.lines
        self.total.kept += counts.kept
        self.total.statuses += counts.statuses

    def _told(self, name: str, *given: Any) -> None:
        wrong = self.runner.run(self.telling.step(name, *given))
        assert not wrong, "\n".join(wrong)

    def _drawn(self, of: str, by: str | None, twists: list[str], pick: int) -> Attempt:
        self.number += 1
        operated = operation(of)
        attempt = example(operated, operated.example.by if by == WHO_IT_IS_FOR else by, self.number)
        for twist in twists:
            attempt = TWISTS[twist](attempt, Drawn(self.telling.books, self.telling.sent, pick))
        return attempt

    @rule(of=OPERATION, by=CALLERS, twists=TWISTED, pick=NUMBER)
    def attempt(self, of: str, by: str | None, twists: list[str], pick: int) -> None:
        """Somebody tries something."""
        self._told("attempt", self._drawn(of, by, twists, pick))

    @rule(of=OPERATION, pick=NUMBER)
    def as_it_is_meant(self, of: str, pick: int) -> None:
        """Whoever it is for does it, about any record of its kind."""
        self._told("attempt", self._drawn(of, WHO_IT_IS_FOR, ["another record of its kind", "a key"], pick))

    @precondition(lambda self: self.telling.sent)
    @rule(number=NUMBER, by=ANYBODY)
    def again(self, number: int, by: str | None) -> None:
        """What was sent before is sent again, to the byte; or by somebody else."""
        self._told("again", number, by)

    @rule(of=OPERATION, by=CALLERS, twists=TWISTED, pick=NUMBER, how=st.sampled_from(["deaf", "gone"]))
    def in_an_outage(self, of: str, by: str | None, twists: list[str], pick: int, how: str) -> None:
        """Somebody tries something while the ledger cannot be written, or nothing can be had."""
        self._told("outage", how, self._drawn(of, by, twists, pick))

    # Late in a story: it is told again as far as this (`told_again`).
    @precondition(lambda self: len(self.telling.stories) >= _TOLD_ALONE)
    @rule(of=OPERATION, other=OPERATION, pick=NUMBER, same=st.booleans())
    def meanwhile(self, of: str, other: str, pick: int, same: bool) -> None:
        """Two act at once, perhaps with the very same request."""
        attempt = self._drawn(of, WHO_IT_IS_FOR, [], pick)
        self._told("meanwhile", attempt, attempt if same else self._drawn(other, WHO_IT_IS_FOR, [], pick))

    @rule(seconds=SECONDS)
    def later(self, seconds: float) -> None:
        """Time passes."""
        self._told("later", seconds)

    @rule(number=st.integers(0, 100))
    def tick(self, number: int) -> None:
        """A timer of the service."""
        self._told("tick", number)

    @precondition(lambda self: self.telling.counts.steps % 20 == 19)
    @rule(by=st.sampled_from(["officer", "arthur", "samaritan", "integrator"]))
    def spree(self, by: str) -> None:
        """Somebody asks until he is told to stop, and goes on."""
        self._told("spree", operation("listSchemes"), by)


async def told_again(telling: Telling) -> tuple[int, str | None]:
    """Tell the same story to the store that forgets: how many answers were compared, and the first that differs.

    Two who act at once may be put in either order, and each store has its own: so it is told as far as that.
    """
    async with house.in_memory() as (world, reader):
        other = await Telling.begun(world, reader)
        for name, given in telling.stories:
            if name == "meanwhile":
                break
            wrong = await other.step(name, *given)
            if wrong:
                return len(other.heard), "; ".join(wrong)
        for number, (one, two) in enumerate(zip(telling.heard, other.heard, strict=False)):
            if one != two:
                return number, f"PostgreSQL: {one}\nmemory: {two}"
        return len(other.heard), None

"""Turns of those who lost a race.

Sixteen who offer in one prison at once read what each other writes, so PostgreSQL lets one of them through and sends
the others back; sent back all together they meet again, until one has lost eight times and is told to come later.
Within a process they go one after another instead, and meet those of other processes alone. Of what comes from a queue
each goes in its turn at once; of what somebody asks for, whoever loses no race waits for nobody, and who does waits for
those of his own prisons: what is written in others does not decide what he reads.
"""

import asyncio
import random
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Final, TypeVar
from weakref import WeakValueDictionary

from domain.confidentiality.verbs import Verb
from domain.ports import Raced

T = TypeVar("T")
ATTEMPTS: Final = 8
"""How often a thing is done, at most. A default."""
LONGEST_PAUSE: Final = 0.2
"""Seconds. All pauses together are a second at most: on a machine with other work one act may take as long as five
attempts with shorter ones did, and whoever lost them all was told to come again. A default."""
LONGEST: Final = 1.0
"""Seconds that anybody waits for his turn. A default."""


class Turns:
    """One turn at a time for each verb and prisons. A lock is there while somebody has it or waits for it."""

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[object, asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def of(self, verb: Verb, prisons: frozenset[object] | None = None) -> AsyncGenerator[None]:
        """Whose turn it is among those who do this in the same prisons (None: in all). After a second nobody waits for
        it any longer: what keeps the others may be a system that is slow to answer, and not this database."""
        lock = self._locks.setdefault((verb, prisons), asyncio.Lock())
        try:
            async with asyncio.timeout(LONGEST):
                await lock.acquire()
        except TimeoutError:
            yield
            return
        try:
            yield
        finally:
            lock.release()


async def pause(attempt: int) -> None:
    """Between this attempt and the next: ever longer, and by chance, so that those who met do not meet again."""
    await asyncio.sleep(random.uniform(0, min(0.01 * 2**attempt, LONGEST_PAUSE)))  # noqa: S311  (spread, not secrecy)


async def again(do: Callable[[], Awaitable[T]]) -> T:
    """Do it, and again where another transaction won. Raises `Raced`: eight times another did."""
    for attempt in range(ATTEMPTS - 1):
        try:
            return await do()
        except Raced:
            await pause(attempt)
    return await do()

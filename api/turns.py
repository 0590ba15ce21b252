"""Turns of those who lost a race.

Sixteen who offer in one prison at once read what each other writes, so PostgreSQL lets one of them through and sends
the others back; sent back all together they meet again, until one has lost eight times and is told to come later.
Within a process they go one after another instead, and meet those of other processes alone. Whoever loses no race waits
for nobody.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Final
from weakref import WeakValueDictionary

from domain.confidentiality.verbs import Verb

LONGEST: Final = 1.0
"""Seconds that anybody waits for his turn. A default."""


class Turns:
    """One turn at a time for each verb. A lock is there while somebody has it or waits for it."""

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[Verb, asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def of(self, verb: Verb) -> AsyncGenerator[None]:
        """Whose turn it is among those who do this. After a second nobody waits for it any longer: what keeps the
        others may be a system that is slow to answer, and not this database."""
        lock = self._locks.setdefault(verb, asyncio.Lock())
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

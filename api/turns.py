"""Turns of those who lost a race.

Sixteen who offer in one prison at once read what each other writes, so PostgreSQL lets one of them through and sends
the others back; sent back all together they meet again, until one has lost eight times and is told to come later.
Within a process they go one after another instead, and meet those of other processes alone. Whoever loses no race waits
for nobody.
"""

import asyncio
from contextlib import AbstractAsyncContextManager
from weakref import WeakValueDictionary

from domain.confidentiality.verbs import Verb


class Turns:
    """One turn at a time for each verb. A lock is there while somebody has it or waits for it."""

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[Verb, asyncio.Lock] = WeakValueDictionary()

    def of(self, verb: Verb) -> AbstractAsyncContextManager[None]:
        """Whose turn it is among those who do this."""
        return self._locks.setdefault(verb, asyncio.Lock())

"""The queue of the demonstration's events: a folder, beside its data. Whoever makes something happen puts files there,
and the worker's consumer takes them as it would take messages from the estate's queue."""

import asyncio
import os
import time
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Final

from api.messages.consumer import Message

MOST: Final = 10
TRIES: Final = 5
"""How often a message comes before it is put aside."""
_WAITS, _ASIDE = ".json", ".aside"


class FolderQueue:
    """Messages in files, first in first out (`api.messages.consumer.Queue`). One consumer reads it."""

    def __init__(self, folder: Path, wait: float = 1.0) -> None:
        self._folder = folder
        self._wait = wait
        self._came: dict[str, int] = {}
        self._not_before: dict[str, float] = {}

    async def take(self) -> list[Message]:
        """At most ten; after a wait none."""
        found = self._due()
        if not found:
            await asyncio.sleep(self._wait)
        return found

    async def done(self, messages: list[Message]) -> None:
        """Their files are gone."""
        for message in messages:
            self._forget(message.handle)
            (self._folder / message.handle).unlink(missing_ok=True)

    async def later(self, message: Message, seconds: int) -> None:
        """Again after so many seconds; after so many times it lies aside, under another name."""
        name = message.handle
        if message.received < TRIES:
            self._not_before[name] = time.monotonic() + seconds
            return
        self._forget(name)
        os.replace(self._folder / name, (self._folder / name).with_suffix(_ASIDE))

    def _due(self) -> list[Message]:
        if not self._folder.is_dir():
            return []
        now = time.monotonic()
        names = sorted(each.name for each in self._folder.glob(f"*{_WAITS}"))
        due = [name for name in names if self._not_before.get(name, 0.0) <= now][:MOST]
        self._came |= {name: self._came.get(name, 0) + 1 for name in due}
        return [Message(name, (self._folder / name).read_text(), name, self._came[name]) for name in due]

    def _forget(self, name: str) -> None:
        self._came.pop(name, None)
        self._not_before.pop(name, None)


def put(folder: Path, messages: Iterable[str], at: datetime) -> None:
    """Put messages there, in this order. A file is seen whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    for n, message in enumerate(messages):
        beside = folder / f"{at:%Y%m%dT%H%M%S%f}-{n}.new"
        beside.write_text(message)
        beside.replace(beside.with_suffix(_WAITS))

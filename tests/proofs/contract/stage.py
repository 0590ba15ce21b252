"""The world of these proofs, furnished once, put back as it was before each request, and served over HTTP.

Its clock stands still and its randomness is seeded, so that one seed of the caller's is one run. Beside the service's
own addresses it has one of the harness, below `/-/`: what to send, by role and operation. It is not the service's, and
no caller but the harness knows of it.
"""

import json
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from api import anonymous
from domain.confidentiality.record import Record
from persistence.memory import MemoryStore
from tests.http import world as worlds
from tests.http.cast import START, uid
from tests.http.world import World

PREFIX = "/-/"


class Stage:
    """A furnished world over the store that forgets, as it was when it was set."""

    def __init__(self, world: World, store: MemoryStore) -> None:
        self.world = world
        self._store = store
        self._kept = dict(store.records)
        self.sheet: list[str] = []

    def reset(self) -> None:
        """Everything as it was when the stage was set."""
        self._store.records = dict(self._kept)
        self._store.keys.clear()
        self._store.letters.clear()
        self._store.entries.clear()
        self.world.seen.entries.clear()
        self.world.seen.kept.clear()
        self.world.seen.calls.clear()
        self.world.heard.clear()
        self.world.stage.now = START
        self.world.app.state.tries = anonymous.tries()

    def code(self) -> str:
        """A single-use code that is good: of the sheet that was printed when the stage was set, with its row as it
        was."""
        for (kind, _), record in self._kept.items():
            if kind == "feedback-code":
                self.restore(str(record.id))
        self.world.app.state.tries = anonymous.tries()
        return self.sheet[0]

    def restore(self, id: str) -> None:
        """One record as it was."""
        for (kind, of), record in self._kept.items():
            if str(of) == id:
                self._store.records = {**self._store.records, (kind, of): record}

    def records(self) -> list[Record]:
        """What stood there when the stage was set, in the order in which it was put there."""
        return list(self._kept.values())


@asynccontextmanager
async def opened(furnish: Callable[[World], Awaitable[None]]) -> AsyncGenerator[Stage]:
    """A stage, set."""
    store = MemoryStore()
    async with worlds.opened(store) as world:
        await furnish(world)
        printed = await world.coordinator.post(f"/v1/schemes/{uid('scheme:listeners')}/print-feedback-codes", {})
        stage = Stage(world, store)
        stage.sheet = printed.json()["codes"]
        yield stage


def answering(app: Any, prompt: Callable[[str], Awaitable[Any]]) -> Any:
    """The application with the harness's own address beside it: what `prompt` gives for the rest of the path."""

    async def both(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(PREFIX):
            await app(scope, receive, send)
            return
        said = json.dumps(await prompt(scope["path"].removeprefix(PREFIX))).encode()
        headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(said))]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": said})

    return both

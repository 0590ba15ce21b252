"""The planted world over a store, and one request in it with everything that came of it: answer, lines, entries,
records, troubles, and the decision by which it was answered.
"""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

import httpx

from api.problems.answers import Answers
from domain.confidentiality.entry import Entry
from domain.confidentiality.policy import Decision
from domain.confidentiality.record import Record
from domain.kernel.errors import Trouble
from domain.ports import Store
from persistence.memory import MemoryStore
from tests.http import cast
from tests.http.operations import Operation
from tests.http.world import ORIGIN, World, theatre
from tests.proofs.canaries.asking import Asking, Sent
from tests.proofs.canaries.planting import Planting
from tests.proofs.canaries.words import Canaries
from tests.proofs.listening import Lines, listening

_ENTRIES = 12


@dataclass
class Heard:
    """One request and all that came of it."""

    by: str
    sent: Sent
    answer: httpx.Response
    decision: Decision | None
    lines: list[str]
    entries: list[Entry]
    kept: list[Record]
    troubles: list[Trouble]


class _Scoped:
    """The application, remembering the scope of its last request: there the guard leaves what was decided."""

    def __init__(self, app: Any) -> None:
        self._app = app
        self.scope: Any = {}

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.scope = scope
        await self._app(scope, receive, send)

    @property
    def decision(self) -> Decision | None:
        call = self.scope.get("state", {}).get("call")
        return None if call is None else call.decision


@dataclass
class Ground:
    """A planted world on which requests are made."""

    world: World
    planting: Planting
    asking: Asking
    scoped: _Scoped
    lines: Lines
    troubles: list[Trouble] = field(default_factory=list[Trouble])
    _records: dict[Any, Record] = field(default_factory=dict[Any, Record])

    @property
    def canaries(self) -> Canaries:
        return self.planting.canaries

    async def ask(self, by: str, sent: Sent) -> Heard:
        """Send it as that member of the cast."""
        word = by.replace(" ", "-")
        headers = {"Authorization": f"Bearer {word}", **sent.headers}
        seen = self.world.seen
        for left in (seen.entries, seen.kept, seen.letters, seen.keys, seen.calls, self.troubles):
            left.clear()
        self.lines.lines.clear()
        answer = await self.world.http.request(sent.method, sent.path, content=sent.content, headers=headers)
        kept = [one.record for one in seen.kept]
        for record in kept:
            self.canaries.note(record)
        lines, entries = list(self.lines.lines), list(seen.entries)
        return Heard(by, sent, answer, self.scoped.decision, lines, entries, kept, list(self.troubles))

    async def tag(self, by: str, of: Operation) -> str | None:
        """The tag of the example's record as that member sees it, if he does."""
        if not of.moves:
            return None
        path = of.record.format(id=cast.uid(str(of.example.on)))
        answer = await self.world.http.get(path, headers={"Authorization": f"Bearer {by}"})
        return answer.headers.get("ETag")

    async def scraped(self) -> str:
        """What a scraper reads once the step is over."""
        figures = self.world.figures
        await figures.look()
        return figures.text.decode()

    def remember(self) -> None:
        """The records as they are now: what `restore` brings back."""
        self._records = dict(self._memory.records)

    def restore(self) -> None:
        """As it was; of the ledger the newest lines stay, so that its readers have something to read."""
        store = self._memory
        store.records = dict(self._records)
        store.entries[:] = store.entries[-_ENTRIES:]
        store.letters.clear()
        store.keys.clear()

    @property
    def _memory(self) -> MemoryStore:
        assert self.world.stage.store is not None
        store: Any = self.world.stage.store.inner
        assert isinstance(store, MemoryStore)
        return store


@asynccontextmanager
async def planted(store: Store) -> AsyncGenerator[Ground]:
    """The planted world over that store, every logger heard."""
    house = theatre()
    scoped = _Scoped(house.app)
    planting = Planting(Canaries())
    told, troubles = Answers.trouble, list[Trouble]()

    def noted(self: Answers, scope: Any, trouble: Trouble) -> Any:
        troubles.append(trouble)
        return told(self, scope, trouble)

    transport = httpx.ASGITransport(app=scoped)
    with listening() as heard, patch.object(Answers, "trouble", noted):
        async with httpx.AsyncClient(transport=transport, base_url=ORIGIN) as http:
            world = World(house, http, store)
            await world.keep(planting.records())
            world.stage.tokens = planting.principals()
            with patch.dict(cast.WALLS, planting.walls()):
                yield Ground(world, planting, Asking(planting), scoped, heard, troubles)

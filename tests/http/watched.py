"""A store that is watched: it does what the store within does, remembers what was asked and kept, and fails on demand.

So the same tests run over whichever store is within, and none of them reads a table.
"""

from collections.abc import AsyncGenerator, Awaitable, Callable, Collection, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.confidentiality.entry import Entry
from domain.confidentiality.record import R
from domain.kernel.errors import Unavailable
from domain.ports import Kept, KeyUse, Letter, Look, Query, Scope, Store, Written

TICK = "TICK"


@dataclass(slots=True)
class Seen:
    """What the store was asked for and what it kept, in order; and how it shall fail.

    `gone`: nothing can be had. `deaf`: looks work, but the ledger cannot be written. `meanwhile` is awaited once, just
    before the next settling: what somebody else does at that instant.
    """

    entries: list[Entry] = field(default_factory=list[Entry])
    kept: list[Kept] = field(default_factory=list[Kept])
    letters: list[Letter] = field(default_factory=list[Letter])
    keys: list[KeyUse] = field(default_factory=list[KeyUse])
    calls: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    gone: bool = False
    deaf: bool = False
    meanwhile: Callable[[], Awaitable[None]] | None = None

    def look(self, what: str, kind: str) -> None:
        """One look; none is had while the store is gone."""
        if self.gone:
            raise Unavailable
        self.calls.append((what, kind))

    async def write(self, what: str) -> None:
        """One writing is about to begin."""
        if self.gone or self.deaf:
            raise Unavailable
        self.calls.append((what, ""))
        if what == "settle" and self.meanwhile is not None:
            happens, self.meanwhile = self.meanwhile, None
            await happens()


class Watched:
    """The store with everything that was seen."""

    def __init__(self, inner: Store, seen: Seen) -> None:
        self.inner = inner
        self.seen = seen

    async def get(self, kind: type[R], id: UUID, look: Look) -> R | None:
        self.seen.look("get", kind.shape.kind)
        return await self.inner.get(kind, id, look)

    async def find(self, kind: type[R], query: Query, look: Look) -> Sequence[R]:
        self.seen.look("find", kind.shape.kind)
        return await self.inner.find(kind, query, look)

    async def lying(self, box: str) -> Sequence[Letter]:
        self.seen.look("lying", box)
        return await self.inner.lying(box)

    async def written(self, prison: str, since: datetime, ids: Collection[UUID]) -> Sequence[Written]:
        self.seen.look("written", prison)
        return await self.inner.written(prison, since, ids)

    async def mark(self, actor: UUID) -> UUID | None:
        self.seen.look("mark", "")
        return await self.inner.mark(actor)

    async def settle(
        self,
        entry: Entry,
        kept: Sequence[Kept],
        scope: Scope,
        key: KeyUse | None = None,
        letters: Sequence[Letter] = (),
    ) -> None:
        await self.seen.write("settle")
        await self.inner.settle(entry, kept, scope, key, letters)
        self.seen.entries.append(entry)
        # What the service keeps for itself (that a principal was seen, that an assignment is used) is no act's doing.
        if entry.verb != TICK:
            self.seen.kept.extend(kept)
        self.seen.letters.extend(letter for letter in letters if letter.lies is None)
        if key is not None:
            self.seen.keys.append(key)

    async def abandon(self, entry: Entry) -> None:
        await self.seen.write("abandon")
        await self.inner.abandon(entry)
        self.seen.entries.append(entry)

    def serially(self) -> AbstractAsyncContextManager[Store]:
        return self._serially()

    async def used(self, actor: UUID, route: str, key: str) -> KeyUse | None:
        self.seen.look("used", "")
        return await self.inner.used(actor, route, key)

    @asynccontextmanager
    async def _serially(self) -> AsyncGenerator[Store]:
        self.seen.look("serially", "")
        async with self.inner.serially() as within:
            serial: Any = Watched(within, self.seen)
            yield serial

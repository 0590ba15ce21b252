"""A store that forgets: records in a dictionary, with the answers of `persistence.store`, for tests of the domain.

One suite of tests runs over both. Without a clock an idempotency key has run out when the latest instant that the store
has heard of, in a look or an entry, is past its end.
"""

import dataclasses
from collections.abc import AsyncGenerator, Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime
from typing import Any, Final, cast
from uuid import UUID, uuid4

from domain.confidentiality.entry import Entry
from domain.confidentiality.record import R, Record
from domain.kernel.errors import KeyInFlight
from domain.oversight.record import Actor, Assignment, Duty, LedgerLine
from domain.ports import Clock, Kept, KeyUse, Letter, Look, Outdated, Query, Raced, Scope, Store, Written
from persistence import clashes, question
from persistence.faults import Fault
from persistence.ledger.line import line_of
from persistence.looked import Sorted, found_in, in_scope, told
from persistence.used_keys import last_day

_LONG_AGO: Final = datetime.min.replace(tzinfo=UTC)


class MemoryStore:
    """`entries` in the order they were made, `records` by kind and id, `letters` as they were handed in, `keys` by
    (actor, route, key). All may be read; only `settle` and `abandon` write. `records` is replaced, never changed."""

    def __init__(self, clock: Clock | None = None) -> None:
        self._clock = clock
        self.entries: list[Entry] = []
        self.records: Mapping[tuple[str, UUID], Record] = {}
        self.letters: list[Letter] = []
        self.keys: dict[tuple[UUID, str, str], KeyUse] = {}
        self.marks: dict[UUID, UUID] = {}
        self._latest = _LONG_AGO
        self._sorted = Sorted(self.records)
        self._lines: dict[tuple[str, UUID], Record] = {}
        self._lined = 0

    async def get(self, kind: type[R], id: UUID, look: Look) -> R | None:
        """The record, if the look reaches it."""
        self._heard(look.now)
        self._holds(look)
        found = found_in(self._of(kind), kind, Query(equal={"id": id}, limit=1), look)
        return found[0] if found else None

    async def find(self, kind: type[R], query: Query, look: Look) -> Sequence[R]:
        """The records that the look reaches and the query asks for."""
        question.checked(kind, query)
        self._heard(look.now)
        self._holds(look)
        return told(found_in(self._of(kind), kind, query, look), query)

    async def lying(self, box: str) -> Sequence[Letter]:
        """What lies in a letterbox."""
        return [letter for letter in self.letters if letter.box == box and letter.lies is not None]

    async def written(self, prison: str, since: datetime, ids: Collection[UUID]) -> Sequence[Written]:
        """The lines that wrote these records."""
        there = [e for e in self.entries if e.prison == prison and e.at >= since and not e.closed]
        return [
            Written(e.id, e.at, e.actor, c.kind, c.id, c.before == 0, c.fields)
            for e in sorted(there, key=lambda e: (e.at, e.id))
            for c in e.changes
            if c.id is not None and c.id in ids
        ]

    async def mark(self, actor: UUID) -> UUID | None:
        """The mark of an actor's footing."""
        return self.marks.get(actor)

    async def settle(
        self,
        entry: Entry,
        kept: Sequence[Kept],
        scope: Scope,
        key: KeyUse | None = None,
        letters: Sequence[Letter] = (),
    ) -> None:
        """Keep everything, or raise and keep nothing."""
        self._heard(entry.at)
        records, beside = dict(self.records), clashes.Beside(self._by_kind().kinds)
        for one in kept:
            _keep(records, beside, one, scope)
        if key is not None and self._used(key.actor, key.route, key.key) is not None:
            raise KeyInFlight
        taken = {letter.lies for letter in letters} - {None}
        if not taken <= {letter.lies for letter in self.letters}:
            raise Raced
        self.records = records
        for one in kept:
            self._marked(one)
        lie = (dataclasses.replace(letter, lies=uuid4()) for letter in letters if letter.lies is None)
        self.letters = [*(letter for letter in self.letters if letter.lies not in taken), *lie]
        if key is not None:
            until = last_day(key.until) if letters else key.until
            self.keys[key.actor, key.route, key.key] = dataclasses.replace(key, until=until)
        self.entries.append(entry)

    async def abandon(self, entry: Entry) -> None:
        """Keep only the entry."""
        self._heard(entry.at)
        self.entries.append(entry)

    def serially(self) -> AbstractAsyncContextManager[Store]:
        """Looks at a copy, and a settling that is refused if any of those looks would now find something else."""
        return _serially(self)

    async def used(self, actor: UUID, route: str, key: str) -> KeyUse | None:
        """The earlier use of a key, if it has not run out."""
        return self._used(actor, route, key)

    def _used(self, actor: UUID, route: str, key: str) -> KeyUse | None:
        if self._clock is not None:
            self._heard(self._clock())
        use = self.keys.get((actor, route, key))
        return use if use is not None and use.until > self._latest else None

    def _holds(self, look: Look) -> None:
        if look.footing is not None and self.marks.get(look.footing.actor) != look.footing.mark:
            raise Outdated

    def _marked(self, kept: Kept) -> None:
        """What the triggers of the footing do."""
        match kept.record:
            case Actor(id=id) if kept.erased:
                self.marks.pop(id, None)
            case Actor(id=whose) | Assignment(holder=whose) | Duty(author=whose):
                self.marks[whose] = uuid4()
            case _:
                pass

    def _heard(self, instant: datetime) -> None:
        self._latest = max(self._latest, instant)

    def _of(self, kind: type[Record]) -> Sorted:
        """Where the records of a kind are. A line is made once of each entry: no look at other kinds pays for it."""
        if kind is not LedgerLine:
            return self._by_kind()
        for entry in self.entries[self._lined :]:
            self._lines["ledger-line", entry.id] = line_of(entry)
        self._lined = len(self.entries)
        return Sorted(self._lines)

    def _by_kind(self) -> Sorted:
        if self._sorted.records is not self.records:
            self._sorted = Sorted(self.records)
        return self._sorted


class _Serial:
    """One serial act's store. It forgets itself when the block ends."""

    def __init__(self, store: MemoryStore) -> None:
        self._store = store
        # The records are replaced when something is kept, never changed: holding them is a snapshot. Lines grow.
        self._sorted = store._by_kind()  # pyright: ignore[reportPrivateUsage]
        self._lines = Sorted(dict(store._of(LedgerLine).records))  # pyright: ignore[reportPrivateUsage]
        self._looks: list[tuple[type[Record], Query, Look, list[Record]]] = []
        self._boxes: list[tuple[str, list[Letter]]] = []

    async def get(self, kind: type[R], id: UUID, look: Look) -> R | None:
        found = await self.find(kind, Query(equal={"id": id}, limit=1), look)
        return found[0] if found else None

    async def find(self, kind: type[R], query: Query, look: Look) -> Sequence[R]:
        question.checked(kind, query)
        self._store._holds(look)  # pyright: ignore[reportPrivateUsage]
        found = found_in(self._lines if kind is LedgerLine else self._sorted, kind, query, look)
        self._looks.append((kind, query, look, list(found)))
        return told(found, query)

    async def lying(self, box: str) -> Sequence[Letter]:
        found = list(await self._store.lying(box))
        self._boxes.append((box, found))
        return found

    async def written(self, prison: str, since: datetime, ids: Collection[UUID]) -> Sequence[Written]:
        return await self._store.written(prison, since, ids)

    async def mark(self, actor: UUID) -> UUID | None:
        return await self._store.mark(actor)

    async def settle(
        self,
        entry: Entry,
        kept: Sequence[Kept],
        scope: Scope,
        key: KeyUse | None = None,
        letters: Sequence[Letter] = (),
    ) -> None:
        now = self._store._of  # pyright: ignore[reportPrivateUsage]
        if any(found_in(now(kind), kind, query, look) != found for kind, query, look, found in self._looks):
            raise Raced
        if any([list(await self._store.lying(box)) != found for box, found in self._boxes]):
            raise Raced
        await self._store.settle(entry, kept, scope, key, letters)

    async def abandon(self, entry: Entry) -> None:
        await self._store.abandon(entry)

    def serially(self) -> AbstractAsyncContextManager[Store]:
        raise Fault("a serial act within a serial act")

    async def used(self, actor: UUID, route: str, key: str) -> KeyUse | None:
        return await self._store.used(actor, route, key)


@asynccontextmanager
async def _serially(store: MemoryStore) -> AsyncGenerator[Store]:
    yield _Serial(store)


def _keep(records: dict[tuple[str, UUID], Record], beside: clashes.Beside, kept: Kept, scope: Scope) -> None:
    record = kept.record
    key = (record.shape.kind, record.id)
    before = records.get(key)
    if isinstance(record, LedgerLine):
        raise Fault("the ledger is written by entries alone")
    seen = before is None or in_scope(before, scope)
    if not seen or (0 if before is None else before.version) != kept.before:
        raise Raced
    if not in_scope(record, scope):
        raise Fault("outside of the scope", table=record.shape.kind)
    if kept.erased:
        records.pop(key, None)
        beside.erase(record)
        return
    beside.keep(record)
    records[key] = dataclasses.replace(cast(Any, record), version=kept.before + 1)

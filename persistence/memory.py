"""A store that forgets: records in a dictionary, with the answers of `persistence.store`, for tests of the domain.

One suite of tests runs over both. Without a clock an idempotency key has run out when the latest instant that the store
has heard of, in a look or an entry, is past its end.
"""

import dataclasses
from collections.abc import AsyncGenerator, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime
from typing import Any, Final, cast, overload
from uuid import UUID, uuid4

from domain.confidentiality.classification import Classification
from domain.confidentiality.entry import Entry
from domain.confidentiality.record import R, Record, Unread, columns
from domain.confidentiality.within import covers
from domain.kernel.errors import KeyInFlight
from domain.oversight.record import Actor, Assignment, Duty, LedgerLine
from domain.ports import Clock, Kept, KeyUse, Letter, Look, Outdated, Query, Raced, Scope, Store, Written
from persistence import clashes, question
from persistence.faults import Fault
from persistence.ledger.line import line_of
from persistence.used_keys import last_day

Records = Mapping[UUID, Record]
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
        self._sorted: tuple[object, clashes.Sorted] = (None, {})
        self._lines: dict[UUID, Record] = {}
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
        return _told(found_in(self._of(kind), kind, query, look), query)

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
        records, beside = dict(self.records), clashes.Beside(self._by_kind())
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

    def _of(self, kind: type[Record]) -> Records:
        """Where the records of a kind are. A line is made once of each entry: no look at other kinds pays for it."""
        if kind is not LedgerLine:
            return self._by_kind().get(kind, {})
        for entry in self.entries[self._lined :]:
            self._lines[entry.id] = line_of(entry)
        self._lined = len(self.entries)
        return self._lines

    def _by_kind(self) -> clashes.Sorted:
        if self._sorted[0] is not self.records:
            self._sorted = self.records, clashes.by_kind(self.records.values())
        return self._sorted[1]


class _Serial:
    """One serial act's store. It forgets itself when the block ends."""

    def __init__(self, store: MemoryStore) -> None:
        self._store = store
        # The records are replaced when something is kept, never changed: holding them is a snapshot. Lines grow.
        self._sorted = store._by_kind()  # pyright: ignore[reportPrivateUsage]
        self._lines = dict(store._of(LedgerLine))  # pyright: ignore[reportPrivateUsage]
        self._looks: list[tuple[type[Record], Query, Look, list[Record]]] = []
        self._boxes: list[tuple[str, list[Letter]]] = []

    async def get(self, kind: type[R], id: UUID, look: Look) -> R | None:
        found = await self.find(kind, Query(equal={"id": id}, limit=1), look)
        return found[0] if found else None

    async def find(self, kind: type[R], query: Query, look: Look) -> Sequence[R]:
        question.checked(kind, query)
        self._store._holds(look)  # pyright: ignore[reportPrivateUsage]
        found = found_in(self._lines if kind is LedgerLine else self._sorted.get(kind, {}), kind, query, look)
        self._looks.append((kind, query, look, list(found)))
        return _told(found, query)

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


def found_in(records: Records, kind: type[R], query: Query, look: Look) -> list[R]:
    """Of the records of a kind those that look and query hold, in the order that the query asks for."""
    wanted = [(name, question.wanted(value)) for name, value in query.equal.items()]
    found = list[R]()
    for record in _looked_at(records, query):
        for name, values in wanted:
            if getattr(record, name) not in values:
                break
        else:
            if _in_scope(record, look.scope) and covers(look.reach, look.viewer, look.now, record):
                found.append(cast(R, record))
    order = query.order
    found.sort(key=lambda record: _place(order, record))
    if query.after is not None:
        value, id = query.after
        last = _rank(value, id) if order is not None else (id,)
        found = [record for record in found if _place(order, record) > last]
    return found[: query.limit]


def _looked_at(records: Records, query: Query) -> Iterable[Record]:
    """Of an id alone one, and else all of the kind."""
    id = query.equal.get("id")
    if not isinstance(id, UUID):
        return records.values()
    one = records.get(id)
    return () if one is None else (one,)


def _told(found: list[R], query: Query) -> Sequence[R]:
    return InPart(found, {"id", query.order, *query.only}) if query.only else found


class InPart(Unread[R]):
    """What a query found that asked for some fields alone: of the others it tells as little as PostgreSQL would."""

    def __init__(self, found: Sequence[R], asked: Collection[str | None]) -> None:
        self._found, self._asked = found, asked

    def columns(self, fields: Sequence[str]) -> Mapping[str, Sequence[Any]]:
        """The values of these fields, if they were asked for."""
        if unasked := set(fields).difference(self._asked):
            raise KeyError(*sorted(unasked))
        return columns(self._found, fields)

    def some(self, at: Sequence[int]) -> "InPart[R]":
        """Those at these places."""
        return InPart([self._found[place] for place in at], self._asked)

    def __len__(self) -> int:
        return len(self._found)

    @overload
    def __getitem__(self, at: int) -> R: ...
    @overload
    def __getitem__(self, at: slice) -> "InPart[R]": ...
    def __getitem__(self, at: int | slice) -> "R | InPart[R]":
        if isinstance(at, slice):
            return InPart(self._found[at], self._asked)
        raise Fault("a record of some of its fields")


def _place(order: str | None, record: Record) -> tuple[Any, ...]:
    return (record.id,) if order is None else _rank(getattr(record, order), record.id)


def _rank(value: Any, id: UUID) -> tuple[Any, ...]:
    return (1, id) if value is None else (0, value, id)


def _in_scope(record: Record, scope: Scope) -> bool:
    if record.shape.existence is Classification.PARTICIPATION and not scope.participation:
        return False
    if scope.prisons is None or "prison" not in record.shape.fields:
        return scope.prisons is None or bool(scope.prisons)  # a scope of no prison opens nothing
    return getattr(record, "prison", None) in scope.prisons


def _keep(records: dict[tuple[str, UUID], Record], beside: clashes.Beside, kept: Kept, scope: Scope) -> None:
    record = kept.record
    key = (record.shape.kind, record.id)
    before = records.get(key)
    if isinstance(record, LedgerLine):
        raise Fault("the ledger is written by entries alone")
    seen = before is None or _in_scope(before, scope)
    if not seen or (0 if before is None else before.version) != kept.before:
        raise Raced
    if not _in_scope(record, scope):
        raise Fault("outside of the scope", table=record.shape.kind)
    if kept.erased:
        records.pop(key, None)
        beside.erase(record)
        return
    beside.keep(record)
    records[key] = dataclasses.replace(cast(Any, record), version=kept.before + 1)

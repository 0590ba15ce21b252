"""The store, in PostgreSQL. There is no commit: `settle` and `abandon` ask for the ledger's entry.

A look is one statement without a transaction, the same for what is hidden as for what was never there. A change of one
record is one statement too, with its entry and the use of its key; several changes, erasures and letters share one
explicit transaction; an act that keeps nothing waits for the ledger's group commit. The fences of the migrations hold
whatever is written here: they look when the transaction ends.

`Unavailable` says that nothing was kept, but for one case that no client of a database can exclude: the connection was
lost between the commit and its answer. The idempotency key is what makes trying again safe then.
"""

from collections.abc import AsyncGenerator, Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid4

import orjson

from domain.confidentiality.entry import Entry
from domain.confidentiality.record import R
from domain.kernel.errors import KeyInFlight
from domain.ports import Clock, Kept, KeyUse, Letter, Look, Outdated, Query, Raced, Scope, Store, Written
from persistence import question, reach, statements, steps
from persistence.cipher import Cipher
from persistence.engine import Connected, Engine, Transaction
from persistence.faults import Fault
from persistence.keys import Keys
from persistence.ledger.append import Appender
from persistence.ledger.line import columns_of
from persistence.ledger.versions import written
from persistence.mapping import Mapped, mapped
from persistence.roles import RoleNames
from persistence.rows import Rows
from persistence.scope import scope_values
from persistence.shapes import Statement
from persistence.used_keys import UsedKeys

_MIXER: Final = f'set local role "{RoleNames().mixer}"'


class PostgresStore:
    """The store over a pool. `clock` says which idempotency keys have run out."""

    def __init__(self, engine: Engine, keys: Keys, clock: Clock) -> None:
        self.engine = engine
        self.appender = Appender(engine.connect)
        self._cipher = Cipher(keys)
        self._uses = UsedKeys(keys)
        self._clock = clock

    async def get(self, kind: type[R], id: UUID, look: Look) -> R | None:
        """The record, if the look reaches it."""
        return await self._get(self.engine, kind, id, look)

    async def find(self, kind: type[R], query: Query, look: Look) -> Sequence[R]:
        """The records that the look reaches and the query asks for."""
        return await self._find(self.engine, kind, query, look)

    async def lying(self, box: str) -> Sequence[Letter]:
        """What lies in a letterbox. Outside of a serial act nothing could be done with it."""
        raise Fault("a letterbox is opened in a serial act alone", table="letterbox")

    async def written(self, prison: str, since: datetime, ids: Collection[UUID]) -> Sequence[Written]:
        """The lines that wrote these records."""
        async with self.engine.transaction() as open:
            return await written(open, prison, since, ids)

    async def mark(self, actor: UUID) -> UUID | None:
        """The mark of an actor's footing."""
        return await self._mark(self.engine, actor)

    async def settle(
        self,
        entry: Entry,
        kept: Sequence[Kept],
        scope: Scope,
        key: KeyUse | None = None,
        letters: Sequence[Letter] = (),
    ) -> None:
        """Keep everything, or raise and keep nothing."""
        if not kept and not letters and key is None:
            await self.appender.append(entry)
        elif len(kept) == 1 and not letters and not kept[0].erased:
            await self._settle_one(entry, kept[0], scope, key)
        else:
            async with self.engine.transaction() as open:
                await self._settle_in(open, entry, kept, scope, key, letters)

    async def abandon(self, entry: Entry) -> None:
        """Keep only the entry."""
        await self.appender.append(entry)

    def serially(self) -> AbstractAsyncContextManager[Store]:
        """A store whose looks and whose settling are one SERIALIZABLE transaction."""
        return self._serially()

    async def used(self, actor: UUID, route: str, key: str) -> KeyUse | None:
        """The earlier use of a key, if it has not run out."""
        return await self._used(self.engine, actor, route, key)

    async def close(self) -> None:
        """Write what waits, and let every connection go."""
        await self.appender.close()
        await self.engine.close()

    @asynccontextmanager
    async def _serially(self) -> AsyncGenerator[Store]:
        async with self.engine.transaction(serializable=True) as open:
            yield _Serial(self, open)

    async def _get(self, through: Connected, kind: type[R], id: UUID, look: Look) -> R | None:
        found = await self._find(through, kind, Query(equal={"id": id}, limit=1), look)
        return found[0] if found else None

    async def _find(self, through: Connected, kind: type[R], query: Query, look: Look) -> Sequence[R]:
        of, footing = mapped(kind), look.footing
        filled = reach.filled(look.reach, of, look.viewer)
        shape = question.shape(query)
        statement = filled.looks.get((shape, footing is None))
        if statement is None:
            question.checked(kind, query)
            statement = statements.look(of.kind, look.reach, filled.bounds, *shape, on_footing=footing is not None)
            filled.looks[shape, footing is None] = statement
        given = {**scope_values(look.scope), **filled.given, reach.NOW: look.now, "limit": query.limit}
        for name in shape[0]:
            given[f"is_{name}"] = self._asked(of, name, query)
        for name in shape[-1]:
            given[f"is_{name}"] = self._any_of(of, name, query)
        if query.after is not None:
            value, given["after_id"] = query.after
            given["after"] = value if query.order is None else of.encoded(query.order, value)
        if footing is not None:
            given["footing"] = footing.actor
        rows = await through.fetch(statement.sql, statement.arguments(given))
        if footing is not None:
            if rows[0]["mark"] != footing.mark:
                raise Outdated
            rows = [] if rows[0]["id"] is None else rows  # the mark comes, whether or not anything is found beside it
        return Rows(of, rows, self._cipher, whole=not query.only)

    async def _mark(self, through: Connected, actor: UUID) -> UUID | None:
        statement = statements.mark()
        rows = await through.fetch(statement.sql, statement.arguments({"footing": actor}))
        return rows[0]["mark"] if rows else None

    def _asked(self, of: Mapped, field: str, query: Query) -> Any:
        if field not in of.blind:
            return of.encoded(field, query.equal[field])
        return self._indexes(of, field, query, query.equal[field])

    def _any_of(self, of: Mapped, field: str, query: Query) -> list[Any]:
        if field not in of.blind:
            return [of.encoded(field, value) for value in query.equal[field]]
        return [index for value in query.equal[field] for index in self._indexes(of, field, query, value)]

    def _indexes(self, of: Mapped, field: str, query: Query, value: str) -> list[bytes]:
        return self._cipher.indexes(f"{of.name}.{field}", *(query.equal[name] for name in of.blind[field]), value)

    async def _used(self, through: Connected, actor: UUID, route: str, key: str) -> KeyUse | None:
        statement = steps.key_look()
        given = self._uses.looked_for(actor, route, key, self._clock())
        rows = await through.fetch(statement.sql, statement.arguments(given))
        return self._uses.read(actor, route, key, rows[0]) if rows else None

    async def _settle_one(self, entry: Entry, kept: Kept, scope: Scope, key: KeyUse | None) -> None:
        of, keyed = _writable(kept), key is not None
        make = statements.add if kept.before == 0 else statements.change
        statement = make(of.kind, keyed=keyed)
        given = {**scope_values(scope), **self._row(of, kept), **_entry(entry)}
        if key is not None:
            given |= self._uses.row(key, self._clock(), letter=False)
        row = (await self.engine.fetch(statement.sql, statement.arguments(given)))[0]
        if keyed and not row["got"]:
            raise KeyInFlight
        if row["kept"] != 1:
            raise Raced

    async def _settle_in(
        self,
        open: Transaction,
        entry: Entry,
        kept: Sequence[Kept],
        scope: Scope,
        key: KeyUse | None,
        letters: Sequence[Letter],
    ) -> None:
        await _run(open, statements.scope(), scope_values(scope))
        for some in steps.together(kept):
            of, one = _writable(some[0]), some[0]
            if len(some) > 1:
                statement, given = steps.step_adds(of.kind, len(some)), self._rows(of, some)
            else:
                step = steps.step_add if one.before == 0 else steps.step_change
                statement, given = (steps.step_erase if one.erased else step)(of.kind), self._row(of, one)
            if len(await _run(open, statement, given)) != len(some):
                raise Raced
        for letter in letters:
            if letter.lies is None:
                await _run(open, steps.step_letter(), self._letter(letter))
        if taken := [letter.lies for letter in letters if letter.lies is not None]:
            async with _as_mixer(open):
                if len(await _run(open, steps.take_letters(), {"b_ids": taken})) != len(taken):
                    raise Raced
        if key is not None:
            given = self._uses.row(key, self._clock(), letter=bool(letters))
            if not (await _run(open, steps.key_lock(), given))[0]["got"]:
                raise KeyInFlight
            await _run(open, steps.key_end(tally=bool(letters)), given)
            await _run(open, steps.key_add(tally=bool(letters)), given)
        await _run(open, steps.step_entry(), _entry(entry))
        await open.commit()

    def _row(self, of: Mapped, kept: Kept) -> dict[str, Any]:
        row = of.row(kept.record, self._cipher, kept.before + 1)
        return {f"r_{name}": value for name, value in row.items()} | {"before": kept.before}

    def _rows(self, of: Mapped, kept: Sequence[Kept]) -> dict[str, Any]:
        rows = (of.row(one.record, self._cipher, one.before + 1) for one in kept)
        return {f"r{n}_{name}": value for n, row in enumerate(rows) for name, value in row.items()}

    async def _lying(self, open: Transaction, box: str) -> Sequence[Letter]:
        async with _as_mixer(open):
            rows = await _run(open, steps.letters_in(), {"b_box": box})
        opened = ((row["id"], self._cipher.open_letter(box, row["id"], row["sealed"])) for row in rows)
        return [Letter(box, orjson.loads(plain), id) for id, plain in opened]

    def _letter(self, letter: Letter) -> dict[str, Any]:
        # The id is the store's own: an id of the act's would join the letter to its entry.
        id = uuid4()
        plain = orjson.dumps(dict(letter.plain), option=orjson.OPT_SORT_KEYS)
        return {"b_id": id, "b_box": letter.box, "b_sealed": self._cipher.seal_letter(letter.box, id, plain)}


class _Serial:
    """The store of one serial act."""

    def __init__(self, store: PostgresStore, open: Transaction) -> None:
        self._store: Any = store
        self._open = open

    async def get(self, kind: type[R], id: UUID, look: Look) -> R | None:
        return await self._store._get(self._open, kind, id, look)

    async def find(self, kind: type[R], query: Query, look: Look) -> Sequence[R]:
        return await self._store._find(self._open, kind, query, look)

    async def lying(self, box: str) -> Sequence[Letter]:
        return await self._store._lying(self._open, box)

    async def written(self, prison: str, since: datetime, ids: Collection[UUID]) -> Sequence[Written]:
        return await written(self._open, prison, since, ids)

    async def mark(self, actor: UUID) -> UUID | None:
        return await self._store._mark(self._open, actor)

    async def settle(
        self,
        entry: Entry,
        kept: Sequence[Kept],
        scope: Scope,
        key: KeyUse | None = None,
        letters: Sequence[Letter] = (),
    ) -> None:
        await self._store._settle_in(self._open, entry, kept, scope, key, letters)

    async def abandon(self, entry: Entry) -> None:
        # On a connection of its own: this transaction may have failed, and is rolled back in any case.
        await self._store.abandon(entry)

    def serially(self) -> AbstractAsyncContextManager[Store]:
        raise Fault("a serial act within a serial act")

    async def used(self, actor: UUID, route: str, key: str) -> KeyUse | None:
        return await self._store._used(self._open, actor, route, key)


@asynccontextmanager
async def _as_mixer(open: Transaction) -> AsyncGenerator[None]:
    """As the one role that sees what lies in a letterbox. Left with an error, the transaction is over, and with it the
    role."""
    await open.fetch(_MIXER, [])
    yield
    await open.fetch("reset role", [])


def _writable(kept: Kept) -> Mapped:
    of = mapped(type(kept.record))
    if of.kind == "ledger-line":
        raise Fault("the ledger is written by entries alone")
    return of


def _entry(entry: Entry) -> dict[str, Any]:
    return {f"e_{name}": value for name, value in columns_of(entry).items()}


async def _run(through: Connected, statement: Statement, given: Mapping[str, Any]) -> list[Any]:
    return await through.fetch(statement.sql, statement.arguments(given))

"""Connections to PostgreSQL: a pool, what its errors mean, and getting well again without a restart.

* A lost, refused or overloaded server is `Unavailable`: the next request tries again, and finds it when it is back.
* A refusal that stands for a rule is `Clash`, one that stands for another's haste `Raced`.
* Everything else is a `Fault` that holds names alone. PostgreSQL's own text quotes the row that it refused, so neither
  the message nor the driver's exception goes any further.

After any error that is not the answer of a well server, cancellation included, the connection is thrown away: nobody
borrows one whose state is unknown. Nothing is ever set for a session, so a connection needs no cleaning between
borrowers (asyncpg's own would cost every read a second round trip).
"""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager, suppress
from time import monotonic
from typing import Any, Final, Protocol

from domain.kernel.errors import KeyInFlight, Unavailable
from domain.ports import Clash, Raced
from persistence import driver
from persistence.clashes import CLASHES, RACES
from persistence.faults import Fault

SECONDS_TO_CONNECT: Final = 2.0
SECONDS_TO_BORROW: Final = 2.0
"""How long a request waits for a connection when all are in use."""
SECONDS_TO_ANSWER: Final = 10.0
"""The client's own limit, for a server gone quiet; the roles' statement_timeout ends a slow statement first."""

SECONDS_TO_LIVE: Final = 1800.0
"""The age at which a connection is made anew, so that after a failover the load spreads again."""

_RACED: Final = frozenset({"40001", "40P01", "55P03"})
"""Serialisation failure, deadlock, lock not available."""
_GONE: Final = ("08", "53", "57", "58", "28", "3D", "25006", "25P03", "0A000")
"""Connection, resources, operator's intervention, system, login, database missing, a read-only stand-by, idle in
transaction, a plan from before a migration."""


class Connected(Protocol):
    """What the store runs its statements through: the pool, or one open transaction."""

    async def fetch(self, sql: str, arguments: Sequence[Any]) -> list[Any]:
        """Run one statement and give its rows. Raises `Raced`, `Clash`, `KeyInFlight`, `Unavailable`, `Fault`."""
        ...


class Engine:
    """Connections, `size` of them at most, besides the ledger's own. Made by `open_engine`.

    The pool is our own twenty lines: asyncpg's makes a task and a proxy for every borrowing, and a third of a read's
    time went there (60 of 185 us of CPU).
    """

    def __init__(self, url: str, size: int) -> None:
        self._url: Final = url
        self.size: Final = size
        self.waited = 0
        """How often all connections were in use when one was needed."""
        self.gave_up = 0
        """And how often none came back in time."""
        self._free = asyncio.Semaphore(size)
        self._idle: list[tuple[driver.Connection, float]] = []
        self._closed = False

    async def fetch(self, sql: str, arguments: Sequence[Any]) -> list[Any]:
        """Run one statement, without a transaction around it."""
        lent = await self._borrow()
        try:
            rows = await lent[0].fetch(sql, *arguments)
        except BaseException as error:
            failure = error
        else:
            self._give_back(lent, well=True)
            return rows
        self._give_back(lent, well=_well(failure))
        raise meaning(failure)  # outside of the handler: the driver's exception must not hang on as its context

    @asynccontextmanager
    async def transaction(self, *, serializable: bool = False) -> AsyncGenerator["Transaction"]:
        """An open transaction, rolled back unless `commit` was called."""
        lent = await self._borrow()
        open = Transaction(lent[0])
        try:
            await open.begin(serializable=serializable)
            yield open
        finally:
            try:
                await open.end()
            finally:
                self._give_back(lent, well=open.well)

    async def connect(self) -> driver.Connection:
        """A connection of the caller's own, who closes it. Raises `Unavailable`."""
        try:
            return await driver.connect(
                self._url,
                timeout=SECONDS_TO_CONNECT,
                command_timeout=SECONDS_TO_ANSWER,
                statement_cache_size=1024,
                max_cached_statement_lifetime=0,
            )
        except Exception as error:
            failure = error
        raise meaning(failure)

    async def close(self) -> None:
        """Let every connection go: the idle ones now, the others as they come back."""
        self._closed = True
        while self._idle:
            connection, _ = self._idle.pop()
            with suppress(Exception):
                await connection.close(timeout=1)

    async def _borrow(self) -> tuple[driver.Connection, float]:
        if self._free.locked():  # else there is nothing to wait for, and a timer would cost more than the borrowing
            self.waited += 1
            try:
                async with asyncio.timeout(SECONDS_TO_BORROW):
                    await self._free.acquire()
            except TimeoutError:
                self.gave_up += 1
                raise Unavailable from None
        else:
            await self._free.acquire()
        now = monotonic()
        while self._idle:
            lent = self._idle.pop()  # the last that came back: the others may grow old and go
            if not lent[0].is_closed() and lent[1] > now:
                return lent
            lent[0].terminate()
        try:
            return await self.connect(), now + SECONDS_TO_LIVE
        except BaseException:
            self._free.release()
            raise

    def _give_back(self, lent: tuple[driver.Connection, float], *, well: bool) -> None:
        connection = lent[0]
        if well and not self._closed and not connection.is_closed() and not connection.is_in_transaction():
            self._idle.append(lent)
        else:
            connection.terminate()
        self._free.release()


async def open_engine(url: str, *, size: int = 8) -> Engine:
    """The pool for an address. It connects when it is first used, so it opens while the server is down."""
    return Engine(url, size)


class Transaction:
    """One transaction of one connection."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self._open = False
        self.well = True
        """False: nobody may borrow this connection again."""

    async def begin(self, *, serializable: bool) -> None:
        """Open it."""
        await self._run("BEGIN ISOLATION LEVEL SERIALIZABLE" if serializable else "BEGIN")
        self._open = True

    async def fetch(self, sql: str, arguments: Sequence[Any]) -> list[Any]:
        """Run one statement."""
        try:
            return await self._connection.fetch(sql, *arguments)
        except BaseException as error:
            failure = error
        raise self._failed(failure)

    async def commit(self) -> None:
        """Make it last. The fences look now."""
        await self._run("COMMIT")
        self._open = False

    async def end(self) -> None:
        """Roll back what was not committed."""
        if self._open and self.well:
            self.well = False
            with suppress(Exception):
                await self._connection.execute("ROLLBACK")
                self.well = True

    async def _run(self, command: str) -> None:
        try:
            await self._connection.execute(command)
        except BaseException as error:
            failure = error
        else:
            return
        if command == "COMMIT" and _well(failure):
            self._open = False  # PostgreSQL has rolled back already
        raise self._failed(failure)

    def _failed(self, failure: BaseException) -> BaseException:
        self.well = self.well and _well(failure)
        return meaning(failure)


def _state(error: BaseException) -> str | None:
    return str(getattr(error, "sqlstate", None) or "") if isinstance(error, driver.SERVER_ERROR) else None


def _well(error: BaseException) -> bool:
    """Is this the plain answer of a well server, after which its connection can be used again?"""
    state = _state(error)
    return state is not None and (state in _RACED or state.startswith("23"))


def meaning(error: BaseException) -> BaseException:
    """What a driver's error means to an act. What is none of the driver's is given back as it is."""
    state = _state(error)
    if state is not None:
        return _of_server(state, getattr(error, "constraint_name", None), getattr(error, "table_name", None))
    if isinstance(error, UnicodeError) or (isinstance(error, driver.CLIENT_ERROR) and isinstance(error, ValueError)):
        return Fault("a value that its column cannot hold, or a setting that cannot be read", of_value=True)
    if isinstance(error, driver.CLIENT_ERROR | driver.INTERNAL_ERROR | OSError | TimeoutError | EOFError):
        return Unavailable()
    return error


def _of_server(state: str, constraint: str | None, table: str | None) -> Exception:
    if state in _RACED or constraint in RACES:
        return Raced()
    if constraint in CLASHES:
        return Clash(CLASHES[constraint])
    if state == "23505" and constraint in ("idempotency_key_pkey", "tally_key_pkey"):
        return KeyInFlight()
    if state == "23505" and constraint == f"{table}_pkey" and table != "ledger":
        return Raced()
    if state.startswith(_GONE):
        return Unavailable()
    return Fault(f"SQLSTATE {state}", constraint=constraint, table=table, of_value=state.startswith(("22", "23")))

"""Faults at the wire: a connection to PostgreSQL that counts its statements and goes wrong at one of them.

It stands in the place of the driver's own connection, so that whatever the pool, the transactions and the ledger's
group commit do goes through it, BEGIN, COMMIT and ROLLBACK included. A way to run SQL that it does not know is refused:
else a statement could pass uncounted.
"""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import asyncpg
import pytest

from persistence import driver


class Kind(StrEnum):
    """What goes wrong at the statement."""

    REFUSED = "an error before it is sent"
    LOST = "an error after it was done, in place of its result"
    CUT_BEFORE = "the connection ended before it"
    CUT_AFTER = "the connection ended after it was done"
    RACED = "a serialisation failure, once"
    DEADLOCKED = "a deadlock, once"


AGAIN = frozenset({Kind.RACED, Kind.DEADLOCKED})
"""What the act is run again for."""


@dataclass(slots=True)
class Plan:
    """The statements of one request: which of them goes wrong, and how. `sent` is what was counted."""

    at: int | None = None
    kind: Kind = Kind.REFUSED
    counting: bool = False
    sent: list[str] = field(default_factory=list[str])
    struck: bool = False
    cut: Callable[[int], Awaitable[None]] | None = None
    """Ends the backend of that number, as an administrator or a crash does."""

    def arm(self, at: int | None, kind: Kind = Kind.REFUSED) -> None:
        """Begin to count anew, and go wrong at that statement, counted from 0."""
        self.at, self.kind, self.counting, self.sent, self.struck = at, kind, True, [], False

    def disarm(self) -> None:
        """Go on as if nothing had been."""
        self.counting = False


class Faulty:
    """The driver's connection, with a plan."""

    _PLAIN = frozenset({"terminate", "close", "is_closed", "is_in_transaction", "get_server_pid"})
    _SENDS = frozenset({"fetch", "fetchrow", "fetchval", "execute", "executemany"})

    def __init__(self, connection: Any, plan: Plan) -> None:
        self._connection = connection
        self._plan = plan

    def __getattr__(self, name: str) -> Any:
        if name in self._PLAIN:
            return getattr(self._connection, name)
        assert name in self._SENDS, f"a connection's {name} is not counted: say in tests/proofs/ledger/faulty.py how"

        async def sends(sql: str, *given: Any, **more: Any) -> Any:
            return await self._sent(name, sql, *given, **more)

        return sends

    async def _sent(self, name: str, sql: str, *given: Any, **more: Any) -> Any:
        plan = self._plan
        number = len(plan.sent)
        if plan.counting:
            plan.sent.append(sql)
        if not plan.counting or number != plan.at:
            return await getattr(self._connection, name)(sql, *given, **more)
        plan.struck = True
        return await self._struck(plan, name, sql, *given, **more)

    async def _struck(self, plan: Plan, name: str, sql: str, *given: Any, **more: Any) -> Any:
        if plan.kind is Kind.REFUSED:
            # What asyncpg raises after a stall; it is no PostgresError, and nobody can know what was done.
            raise asyncpg.InternalClientError("cannot switch to state 12; another operation is in progress")
        if plan.kind is Kind.RACED:
            raise asyncpg.SerializationError("could not serialize access")
        if plan.kind is Kind.DEADLOCKED:
            raise asyncpg.DeadlockDetectedError("deadlock detected")
        assert plan.cut is not None
        if plan.kind is Kind.CUT_BEFORE:
            await plan.cut(self._connection.get_server_pid())
            return await getattr(self._connection, name)(sql, *given, **more)
        await getattr(self._connection, name)(sql, *given, **more)
        if plan.kind is Kind.CUT_AFTER:
            await plan.cut(self._connection.get_server_pid())
        raise asyncpg.ConnectionDoesNotExistError("connection was closed in the middle of operation")


@contextmanager
def planned(monkeypatch: pytest.MonkeyPatch) -> Iterator[Plan]:
    """Every connection that is made from now on has this plan."""
    plan, connect = Plan(), driver.connect

    async def connected(*given: Any, **more: Any) -> Any:
        return Faulty(await connect(*given, **more), plan)

    with monkeypatch.context() as patched:
        patched.setattr(driver, "connect", connected)
        yield plan

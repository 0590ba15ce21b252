"""asyncpg, which says nothing of its types, behind the few names of it that are used. No other module imports it."""

from collections.abc import Awaitable, Callable
from typing import Any, Final

import asyncpg  # pyright: ignore[reportMissingTypeStubs]

_asyncpg: Any = asyncpg

Connection = Any
"""One connection: `fetch`, `execute`, `close`, `terminate`, `is_closed`, `is_in_transaction`."""

connect: Final[Callable[..., Awaitable[Connection]]] = _asyncpg.connect

SERVER_ERROR: Final[type[Exception]] = _asyncpg.PostgresError
"""What the server answered; it has a `sqlstate`, and may name a constraint and its table."""
CLIENT_ERROR: Final[type[Exception]] = _asyncpg.InterfaceError
"""The driver's own: a lost connection, or (as a `ValueError` besides) a value that its column cannot hold."""
INTERNAL_ERROR: Final[type[Exception]] = _asyncpg.InternalClientError

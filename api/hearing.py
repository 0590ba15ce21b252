"""Hearing which tokens have ended, in whichever process they were ended (F105).

Every process that verifies tokens looks once a second at the rows of the last minutes: no row stands out from others,
so looking at those few again costs nothing, and it needs nothing of the database but a look. LISTEN and NOTIFY would
save the second; they take a connection that never rests, tell nothing of what was said while it was away, and so need
this as well.

Before a process answers anybody it has heard all that stands. If the database cannot be read, tokens go on being judged
by what is known; readiness says so of the database by itself, and hardly anything is answered without it.
"""

import asyncio
import contextlib
import logging
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from api.capacities import service_viewer
from api.runtime import Runtime
from domain.kernel.errors import Unavailable
from domain.oversight.ended import TokensEnded
from domain.ports import Look, Query, Raced, Scope

log = logging.getLogger("peer_support.tokens")
EVERY: Final = 1.0
"""Seconds between two looks."""
MARGIN: Final = timedelta(minutes=3)
"""As far back as each look goes: a row tells its minute alone, it is there some seconds after it was dated, and clocks
of hosts differ. A host whose clock is further behind than this tells the others at their next start."""
_PAGE: Final = 1000
_FIRST: Final = UUID(int=0)


async def hear(runtime: Runtime, since: datetime | None = None) -> int:
    """Tell this process's door what has ended since that instant, or (None) all that stands. How many. Raises
    `Unavailable` or `Raced`: the database cannot be read now."""
    look = Look((), service_viewer(), runtime.clock(), Scope(None, True))
    after, count = None if since is None else (since, _FIRST), 0
    while True:
        found = list(await runtime.store.find(TokensEnded, Query(order="ended_at", after=after, limit=_PAGE), look))
        runtime.door.hear(found)
        count += len(found)
        if len(found) < _PAGE:
            return count
        after = (found[-1].ended_at, found[-1].id)


@asynccontextmanager
async def hearing(runtime: Runtime, every: float = EVERY) -> AsyncGenerator[None]:
    """All that stands, before the block; and what comes, for as long as it lasts. Raises as `hear`."""
    since = runtime.clock()
    await hear(runtime)
    listening = asyncio.create_task(_listen(runtime, since, every))
    try:
        yield
    finally:
        listening.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await listening


async def _listen(runtime: Runtime, since: datetime, every: float) -> None:
    said: Callable[..., None] = log.warning
    while True:
        await asyncio.sleep(every)
        began = runtime.clock()
        try:
            await hear(runtime, since - MARGIN)
        except (Unavailable, Raced):
            said("what has ended cannot be read")
            said = log.debug  # once, however long it lasts
        except Exception as wrong:
            # What nobody foresaw must not end the hearing: the next look goes as far back as this one.
            log.error("hearing failed", extra={"error": type(wrong).__name__})
        else:
            since, said = began, log.warning

"""The page as PDF, made outside of the web worker: typesetting takes a tenth of a second of CPU and may take more, and
nobody's request shall wait for it, least of all one at night.

Nor shall anybody's print wait for another's loop: a caller has one place in the queue and a small rate of his own; a
page that was printed lately is not printed again, for the same page is the same bytes, whoever reads it (what somebody
may not see is not on his page); and the child is served after everything else on the machine.
"""

import asyncio
import contextlib
import hashlib
import sys
from collections import OrderedDict
from collections.abc import Callable, Hashable
from pathlib import Path
from time import monotonic as system_monotonic
from typing import Final

import orjson

from api.edge.rate import Buckets, Rate
from api.printing.page import Page
from domain.kernel.errors import TooMany, Unavailable

_CHILD: Final = Path(__file__).with_name("child.py")
AT_ONCE: Final = 2
"""Children of one web worker at one time."""
WAITING: Final = 8
"""How many may wait for their turn; whoever comes then is told to come again."""
SECONDS: Final = 20.0
"""How long one child may take, its start included."""
EACH: Final = Rate(10, 0.2)
"""How often one caller may have something printed: all schemes of a prison at once, then twelve a minute."""
KEPT: Final = 16 << 20
"""The most bytes of printed pages that are kept; a page has forty to a hundred thousand."""


class Press:
    """The printing press of one application. Raises `Unavailable` where too many wait, or one takes too long; `TooMany`
    where the caller is waiting for another print already, or has had his share."""

    def __init__(
        self,
        *,
        at_once: int = AT_ONCE,
        waiting: int = WAITING,
        seconds: float = SECONDS,
        each: Rate = EACH,
        kept: int = KEPT,
        child: Path = _CHILD,
        monotonic: Callable[[], float] = system_monotonic,
    ) -> None:
        self._places = asyncio.Semaphore(at_once)
        self._most = at_once + waiting
        self._there: set[Hashable] = set()
        self._shares = Buckets(each, monotonic=monotonic)
        self._seconds = seconds
        self._child = child
        self._kept: OrderedDict[bytes, bytes] = OrderedDict()
        self._room = kept

    async def pdf_of(self, page: Page, caller: Hashable) -> bytes:
        """The page's PDF: the same bytes for the same page."""
        said = orjson.dumps(page)
        name = hashlib.sha256(said).digest()
        if name in self._kept:
            return self._again(name)
        if caller in self._there:
            raise TooMany(1)
        if len(self._there) >= self._most:
            raise Unavailable(5)
        share = self._shares.take(caller)
        if not share.allowed:
            raise TooMany(share.retry_after)
        self._there.add(caller)
        try:
            async with self._places:
                if name not in self._kept:  # another may have had it printed meanwhile
                    return self._keep(name, await self._printed(said))
                return self._again(name)
        finally:
            self._there.discard(caller)

    def _again(self, name: bytes) -> bytes:
        self._kept.move_to_end(name)
        return self._kept[name]

    def _keep(self, name: bytes, made: bytes) -> bytes:
        self._kept[name] = made
        self._room -= len(made)
        while self._room < 0:
            _, oldest = self._kept.popitem(last=False)
            self._room += len(oldest)
        return made

    async def _printed(self, page: bytes) -> bytes:
        pipe, nothing = asyncio.subprocess.PIPE, asyncio.subprocess.DEVNULL
        # Its words of complaint would hold the page's own.
        child = await asyncio.create_subprocess_exec(
            sys.executable, "-I", str(self._child), stdin=pipe, stdout=pipe, stderr=nothing, env={}
        )
        try:
            async with asyncio.timeout(self._seconds):
                made, _ = await child.communicate(page)
        except TimeoutError:
            raise Unavailable(5) from None
        finally:
            if child.returncode is None:
                with contextlib.suppress(ProcessLookupError):
                    child.kill()
                await child.wait()
        if child.returncode != 0 or not made.startswith(b"%PDF-"):
            raise Unavailable(5)
        return made

"""The page as PDF, made outside of the web worker: typesetting takes a tenth of a second of CPU and may take more, and
nobody's request shall wait for it, least of all one at night."""

import asyncio
import contextlib
import sys
from pathlib import Path
from typing import Final

import orjson

from api.printing.page import Page
from domain.kernel.errors import Unavailable

_CHILD: Final = Path(__file__).with_name("child.py")
AT_ONCE: Final = 2
"""Children of one web worker at one time."""
WAITING: Final = 8
"""How many may wait for their turn; whoever comes then is told to come again."""
SECONDS: Final = 20.0
"""How long one child may take, its start included."""


class Press:
    """The printing press of one application. Raises `Unavailable` where too many wait, or one takes too long."""

    def __init__(
        self, *, at_once: int = AT_ONCE, waiting: int = WAITING, seconds: float = SECONDS, child: Path = _CHILD
    ) -> None:
        self._places = asyncio.Semaphore(at_once)
        self._most = at_once + waiting
        self._there = 0
        self._seconds = seconds
        self._child = child

    async def pdf_of(self, page: Page) -> bytes:
        """The page's PDF: the same bytes for the same page."""
        if self._there >= self._most:
            raise Unavailable(5)
        self._there += 1
        try:
            async with self._places:
                return await self._printed(orjson.dumps(page))
        finally:
            self._there -= 1

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

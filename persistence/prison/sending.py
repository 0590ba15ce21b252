"""One careful HTTP exchange: bounded in time and in size, repeated where nothing was lost by it, led nowhere else.

Nothing of an exchange is logged here, nor by httpx (`api.logs`): a path may hold a number.
"""

import asyncio
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import httpx

from persistence.prison.asking import CannotBeAsked, Silence

TRIES: Final = 3
LARGEST: Final = 4 * 1024 * 1024
"""Bytes. The residents of the largest prison, in the fields that we ask for, are a quarter of it."""
_BAD_GATEWAY: Final = 502
_LOST: Final = (httpx.NetworkError, httpx.RemoteProtocolError, httpx.ConnectTimeout)


@dataclass(frozen=True, slots=True)
class Patience:
    """How long we wait, in seconds. `whole` bounds all of it, tries and pauses and a token too, so that an answer that
    drips ends."""

    connect: float = 1.0
    read: float = 3.0
    whole: float = 8.0


def pause() -> float:
    """Seconds before another try: a quarter of one, and by chance a little more, so that many do not come at once."""
    return 0.25 + random.random() / 4  # noqa: S311 - no secret


class Sending:
    """Sends for all upstreams, through one pool. The HTTP client belongs to whoever made it."""

    def __init__(
        self,
        http: httpx.AsyncClient,
        patience: Patience | None = None,
        *,
        pause: Callable[[], float] = pause,
        largest: int = LARGEST,
        trace: Callable[[], Mapping[str, str]] = dict,
    ) -> None:
        """`trace`: the headers of a trace that is passed on; by default none is."""
        self._http, self._pause, self._largest, self._trace = http, pause, largest, trace
        self.patience = patience or Patience()

    async def send(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str],
        query: Sequence[tuple[str, str]] = (),
        **body: Any,
    ) -> tuple[int, bytes]:
        """The status, and of a 200 its body. All that is sent here reads, so that it may be sent again: after a lost
        connection and a 502, and after nothing else. Raises `CannotBeAsked`."""
        if self._http.is_closed:  # the process is about to end
            raise CannotBeAsked(Silence.UNREACHABLE)
        try:
            async with asyncio.timeout(self.patience.whole):
                for left in reversed(range(TRIES)):
                    try:
                        status, found = await self._once(method, url, headers, query, body)
                        if status != _BAD_GATEWAY or not left:
                            return status, found
                    except _LOST:
                        if not left:
                            raise
                    await asyncio.sleep(self._pause())
        except (TimeoutError, httpx.TimeoutException):
            raise CannotBeAsked(Silence.TOO_LONG) from None
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError):
            raise CannotBeAsked(Silence.UNREACHABLE) from None
        raise CannotBeAsked(Silence.UNREACHABLE)

    async def _once(
        self, method: str, url: str, headers: Mapping[str, str], query: Sequence[tuple[str, str]], body: Any
    ) -> tuple[int, bytes]:
        # Not compressed: a small body could unfold to a large one before it is measured. A trace goes with it only
        # where what is done here concerns nobody: else it would join that to what is written down there (rule 3).
        sent = {
            "Accept": "application/json",
            "Accept-Encoding": "identity",
            "User-Agent": "peer-support",
            **self._trace(),
            **headers,
        }
        waits = httpx.Timeout(self.patience.read, connect=self.patience.connect, pool=self.patience.connect)
        async with self._http.stream(
            method,
            url,
            headers=sent,
            params=httpx.QueryParams(list(query)) if query else None,
            timeout=waits,
            follow_redirects=False,
            **body,
        ) as answer:
            if answer.status_code != 200:
                return answer.status_code, b""
            if answer.headers.get("content-encoding", "identity") != "identity":
                raise CannotBeAsked(Silence.UNREADABLE)
            found = bytearray()
            async for part in answer.aiter_bytes():
                found += part
                if len(found) > self._largest:
                    raise CannotBeAsked(Silence.UNREADABLE)
        return 200, bytes(found)

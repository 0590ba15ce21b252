"""One of the prison's systems, asked with care: what every client in this folder asks through.

Whatever goes wrong there, whoever asks gets `CannotBeAsked` and nothing else, within the time that our patience gives;
a system that fails again and again is left alone for a while. What is not known is never taken for none.
"""

import asyncio
import logging
import time
from collections.abc import Sequence
from typing import Any

import orjson

from persistence.prison.asking import CannotBeAsked, Monotonic, Silence
from persistence.prison.breaker import Breaker
from persistence.prison.sending import Sending
from persistence.prison.tokens import Tokens

log = logging.getLogger("peer_support.prison")

_ITS_OWN_FAULT = frozenset({Silence.UNREACHABLE, Silence.TOO_LONG, Silence.FAILING, Silence.UNREADABLE})
PING = 2.0
"""Seconds for a ping (hmpps.md 2.6)."""


class Upstream:
    """One system under one base address. `name` is what health calls it; `tokens` None: it asks for none."""

    def __init__(
        self,
        name: str,
        base: str,
        *,
        sending: Sending,
        tokens: Tokens | None,
        monotonic: Monotonic = time.monotonic,
        breaker: Breaker | None = None,
    ) -> None:
        self.name = name
        self._base = base.rstrip("/")
        self._sending, self._tokens = sending, tokens
        self._breaker = breaker or Breaker(monotonic)

    async def ask(
        self, method: str, path: str, *, query: Sequence[tuple[str, str]] = (), body: object = None
    ) -> object | None:
        """The JSON that it answers; None: what was asked for is not there (404). `body` is sent as JSON: numbers go
        there and not into an address wherever the other side lets them. Raises `CannotBeAsked`."""
        if not self._breaker.admits():
            raise CannotBeAsked(Silence.RESTING)
        went = self._breaker.left
        try:
            try:
                async with asyncio.timeout(self._sending.patience.whole):
                    found = await self._asked(method, path, query, body)
            except TimeoutError:
                raise CannotBeAsked(Silence.TOO_LONG) from None
            went = self._breaker.good
            return found
        except CannotBeAsked as silence:
            if silence.state in _ITS_OWN_FAULT:
                went = self._breaker.bad
            elif silence.state is Silence.REFUSED:
                went = self._breaker.good  # it answered: what is wrong is between it and us, and a rest mends nothing
            log.warning("cannot be asked", extra={"component": self.name, "error": silence.state.value})
            raise
        finally:
            went()

    async def ping(self) -> bool:
        """Whether it answers at all, by its own ping and never by its health: an outage does not spread."""
        async with asyncio.timeout(PING):
            status, _ = await self._sending.send("GET", f"{self._base}/health/ping", headers={})
        return status == 200

    async def _asked(self, method: str, path: str, query: Sequence[tuple[str, str]], body: object) -> object | None:
        status, found, token = await self._once(method, path, query, body)
        if status == 401 and token is not None and self._tokens is not None:
            self._tokens.forget(token)  # it was revoked, or the issuer's keys have changed
            status, found, _ = await self._once(method, path, query, body)
        match status:
            case 200:
                return _json(found)
            case 404:
                return None
            case 429:
                raise CannotBeAsked(Silence.FAILING)
            case _:
                raise CannotBeAsked(Silence.FAILING if status >= 500 else Silence.REFUSED)

    async def _once(
        self, method: str, path: str, query: Sequence[tuple[str, str]], body: object
    ) -> tuple[int, bytes, str | None]:
        token = None if self._tokens is None else await self._tokens()
        headers = {} if token is None else {"Authorization": f"Bearer {token}"}
        json: dict[str, Any] = {} if body is None else {"json": body}
        status, found = await self._sending.send(method, self._base + path, headers=headers, query=query, **json)
        return status, found, token


def _json(body: bytes) -> object:
    try:
        found: object = orjson.loads(body)
    except ValueError:
        raise CannotBeAsked(Silence.UNREADABLE) from None
    if found is None:
        raise CannotBeAsked(Silence.UNREADABLE)
    return found

"""Webhooks over HTTPS, signed as Standard Webhooks says.

Somebody else says where they go, so they go nowhere inside (SSRF): the name is resolved each time, every address that
it has must be of the open internet, and the connection is made to the very address that was looked at, so that a name
which changes between two looks gains nothing. No redirect is followed, no proxy of the environment is used, and of the
answer its status alone is read.
"""

import asyncio
import hmac
import socket
import ssl
from base64 import b64decode, b64encode
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import Any, Final, cast

import httpcore

from domain.telling.ports import Delivery, Undelivered
from domain.telling.subscription import public

SECONDS: Final = 5.0
"""For the whole of one delivery."""
_PREFIX: Final = "whsec_"
_NOT_TAKEN: Final = (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError, OSError, TimeoutError)

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]
"""The addresses of a name."""


class Webhooks:
    """`domain.telling.ports.Hook`. `allowed` says to which addresses a connection may be made; `context` whose
    certificates are good: the defaults are the open internet, and the system's."""

    def __init__(
        self,
        resolve: Resolve | None = None,
        allowed: Callable[[str], bool] = public,
        context: ssl.SSLContext | None = None,
    ) -> None:
        self._backend = _Guarded(resolve or resolved, allowed)
        self._context = context or ssl.create_default_context()

    async def deliver(self, delivery: Delivery) -> None:
        """Hand it over: any answer of 2xx says that it was taken. Raises `Undelivered`."""
        try:
            async with asyncio.timeout(SECONDS):
                status = await self._posted(delivery)
        except _NOT_TAKEN as wrong:
            refused = type(wrong).__name__
        else:
            refused = None if 200 <= status < 300 else f"status {status // 100}xx"
        if refused is not None:
            raise Undelivered(refused)

    async def _posted(self, delivery: Delivery) -> int:
        # A connection for each: receivers are few, and none that was kept was looked at today.
        pool = httpcore.AsyncConnectionPool(
            ssl_context=self._context, network_backend=self._backend, http2=False, retries=0, max_connections=1
        )
        headers = {"Content-Type": "application/json", "User-Agent": "peer-support", **signed(delivery)}
        async with (
            pool,
            pool.stream("POST", delivery.address, headers=list(headers.items()), content=delivery.body) as answer,
        ):
            return answer.status  # its body is left where it is


def signed(delivery: Delivery) -> dict[str, str]:
    """The three headers of Standard Webhooks. Where two secrets hold, there are two signatures."""
    at = str(int(delivery.at.timestamp()))
    said = f"{delivery.id}.{at}.".encode() + delivery.body
    signatures = (hmac.digest(b64decode(s.removeprefix(_PREFIX)), said, "sha256") for s in delivery.secrets)
    told = " ".join(f"v1,{b64encode(signature).decode()}" for signature in signatures)
    return {"webhook-id": delivery.id, "webhook-timestamp": at, "webhook-signature": told}


async def resolved(host: str, port: int) -> Sequence[str]:
    """By the system's own resolver."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(address[0]) for *_, address in found]


class _Guarded(httpcore.AsyncNetworkBackend):
    """Connects to addresses that it has looked at."""

    def __init__(self, resolve: Resolve, allowed: Callable[[str], bool]) -> None:
        self._resolve, self._allowed = resolve, allowed
        self._inner = cast(httpcore.AsyncNetworkBackend, cast(Any, httpcore).AnyIOBackend())

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109  (httpcore's own word)
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Raises `ConnectError` where any of its addresses is not allowed: one public among private ones is a trick."""
        addresses = list(dict.fromkeys(await self._resolve(host.strip("[]"), port)))
        if not addresses or not all(map(self._allowed, addresses)):
            raise httpcore.ConnectError("not an address of the open internet")
        return await self._inner.connect_tcp(addresses[0], port, timeout, local_address, socket_options)

    async def connect_unix_socket(self, *_: Any, **__: Any) -> httpcore.AsyncNetworkStream:
        """Never."""
        raise httpcore.ConnectError("not an address of the open internet")

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await asyncio.sleep(seconds)

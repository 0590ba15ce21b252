"""The port at which a scraper reads what `api.telemetry.scraped` tells: one address, one text, open to whoever reaches
the port, and nothing of the service behind it."""

import asyncio
import contextlib
import logging
import socket
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Final

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send

if TYPE_CHECKING:
    from api.telemetry.scraped import Scraped

log = logging.getLogger("peer_support.metrics")
PATH: Final = "/metrics"
_TYPE: Final = b"text/plain; version=0.0.4; charset=utf-8"
_AT_ONCE: Final = 8
"""Connections at a time: scrapers are few, and who else comes must not take what requests need."""


class _Beside(uvicorn.Server):
    """A server beside another, which alone is told by signals when to end."""

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        """Whoever started it ends it."""
        yield


@asynccontextmanager
async def scraping(figures: "Scraped | None", taken: socket.socket | None) -> AsyncGenerator[None]:
    """While this lasts, what is looked at once a step is read at that socket. Without one, or without figures, nothing
    happens."""
    if figures is None or taken is None:
        yield
        return
    await figures.look()
    server = _Beside(
        uvicorn.Config(
            answering(figures),
            log_config=None,
            access_log=False,
            server_header=False,
            date_header=False,
            lifespan="off",
            ws="none",
            proxy_headers=False,
            limit_concurrency=_AT_ONCE,
            timeout_graceful_shutdown=1,
        )
    )
    looking, serving = asyncio.create_task(_look(figures)), asyncio.create_task(server.serve(sockets=[taken]))
    try:
        yield
    finally:
        looking.cancel()
        server.should_exit = True
        await asyncio.gather(looking, serving, return_exceptions=True)


async def _look(figures: "Scraped") -> None:
    while True:
        await asyncio.sleep(figures.next_look())
        try:
            await figures.look()
        except Exception as wrong:  # the next may go well; until then the step in which it was looked stands still
            log.error("figures not looked at", extra={"error": type(wrong).__name__})


def answering(figures: "Scraped") -> ASGIApp:
    """The whole of what is served there: the text that was written at the last look. Nothing is worked out, so that how
    long an answer takes says nothing of what is in it."""

    async def answer(scope: Scope, _receive: Receive, send: Send) -> None:
        found = scope["path"] == PATH and scope["method"] == "GET"
        body = figures.text if found else b""
        headers = [(b"content-length", str(len(body)).encode()), (b"cache-control", b"no-store")]
        if found:
            headers.append((b"content-type", _TYPE))
        await send({"type": "http.response.start", "status": 200 if found else 404, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    return answer

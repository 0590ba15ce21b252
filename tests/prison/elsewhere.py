"""A little real server on this machine, which behaves as well or as badly as a test wants, and remembers."""

import asyncio
import json
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import httpx

from persistence.prison.breaker import Breaker
from persistence.prison.sending import Patience, Sending
from persistence.prison.tokens import Tokens
from persistence.prison.upstream import Upstream

QUICK = Patience(connect=2.0, read=0.5, whole=3.0)


@dataclass(frozen=True, slots=True)
class Asked:
    """One request, as it came in."""

    method: str
    path: str
    query: list[tuple[str, str]]
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


Answer = Callable[[Asked, asyncio.StreamWriter], Awaitable[None]]


def said(body: object, status: int = 200, **headers: str) -> Answer:
    """Answers with this JSON, or with these bytes."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()

    async def answer(_asked: Asked, writer: asyncio.StreamWriter) -> None:
        head = {"content-type": "application/json", "content-length": str(len(content)), **headers}
        lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in head.items())
        writer.write(f"HTTP/1.1 {status} X\r\n{lines}\r\n".encode() + content)
        await writer.drain()

    return answer


async def slammed(_asked: Asked, writer: asyncio.StreamWriter) -> None:
    """Closes the connection without a word."""
    writer.close()


async def silent(_asked: Asked, _writer: asyncio.StreamWriter) -> None:
    """Says nothing, and keeps the line open."""
    await asyncio.sleep(3600)


async def dripping(_asked: Asked, writer: asyncio.StreamWriter) -> None:
    """Begins an answer of ten million bytes, and sends one of them every twentieth of a second."""
    writer.write(b"HTTP/1.1 200 X\r\ncontent-type: application/json\r\ncontent-length: 10000000\r\n\r\n")
    while True:
        writer.write(b" ")
        await writer.drain()
        await asyncio.sleep(0.05)


@dataclass(slots=True)
class Elsewhere:
    """The server. `answers` by path; a list is used up one by one, and its last stays. The token path is ready."""

    answers: dict[str, Answer | list[Answer]] = field(default_factory=dict[str, Any])
    asked: list[Asked] = field(default_factory=list[Asked])
    seconds: float = 1000.0
    token_life: int = 1200
    tokens_given: int = 0
    base: str = ""

    def monotonic(self) -> float:
        return self.seconds

    def asks(self, path: str) -> list[Asked]:
        """What was asked under this path."""
        return [each for each in self.asked if each.path == path]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while (asked := await _read(reader)) is not None:
                self.asked.append(asked)
                await self._of(asked.path)(asked, writer)
                if writer.is_closing():
                    return
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            writer.close()

    def _of(self, path: str) -> Answer:
        if path == "/auth/oauth/token" and path not in self.answers:
            self.tokens_given += 1
            return said(
                {"access_token": f"t{self.tokens_given}", "token_type": "bearer", "expires_in": self.token_life}
            )
        found = self.answers.get(path, said({"userMessage": "Not found"}, 404))
        if isinstance(found, list):
            return found.pop(0) if len(found) > 1 else found[0]
        return found


async def _read(reader: asyncio.StreamReader) -> Asked | None:
    try:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
    except asyncio.IncompleteReadError:
        return None
    first, *lines = head.strip().split("\r\n")
    method, target, _ = first.split(" ")
    headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines)}
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    parts = urlsplit(target)
    return Asked(method, unquote(parts.path), parse_qsl(parts.query), headers, body)


@asynccontextmanager
async def elsewhere() -> AsyncGenerator[Elsewhere]:
    """One that listens, on a port of its own."""
    found = Elsewhere()
    server = await asyncio.start_server(found.serve, "127.0.0.1", 0)
    found.base = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    tasks_before = asyncio.all_tasks()
    try:
        yield found
    finally:
        server.close()
        for task in asyncio.all_tasks() - tasks_before:
            if getattr(task.get_coro(), "__name__", "") in ("serve", "_handle"):
                task.cancel()
        await asyncio.sleep(0)


@dataclass(frozen=True, slots=True)
class Line:
    """An upstream at such a server, with what it asks through."""

    server: Elsewhere
    upstream: Upstream
    tokens: Tokens
    breaker: Breaker


@asynccontextmanager
async def line(patience: Patience = QUICK, largest: int | None = None) -> AsyncGenerator[Line]:
    """An upstream named `test` at a server of its own, its pauses short."""
    async with elsewhere() as server, httpx.AsyncClient() as http:
        further: dict[str, Any] = {} if largest is None else {"largest": largest}
        sending = Sending(http, patience, pause=lambda: 0.001, **further)
        tokens = Tokens(server.base + "/auth/oauth/token", "us", "s:cret", sending=sending, monotonic=server.monotonic)
        breaker = Breaker(server.monotonic)
        upstream = Upstream("test", server.base, sending=sending, tokens=tokens, breaker=breaker)
        try:
            yield Line(server, upstream, tokens, breaker)
        finally:
            await tokens.aclose()

"""The whole application in one process, nothing left to chance (`chance`), and a store that notes what it is asked.

What is observed is never smoothed over afterwards: it is the same because its sources are.
"""

import asyncio
import io
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable, Collection, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from types import SimpleNamespace
from typing import Any
from unittest import mock
from uuid import UUID

from api import app as application
from api import logs, paging
from api.app import Backstage, create_app
from api.caseloads import not_configured
from api.document import COMPONENTS
from api.edge import envelope
from api.edge.install import Edge
from api.edge.rate import Rate
from api.health import Components
from api.runtime import Runtime, Secrets, runtime
from domain.confidentiality.entry import Entry
from domain.confidentiality.principal import Principal
from domain.confidentiality.record import R
from domain.kernel.errors import Unavailable, Unidentified
from domain.ports import Kept, KeyUse, Letter, Look, Query, Scope, Store, Written
from persistence.prison.standin import StandInKeptApart
from tests.http import cast
from tests.http.world import INFO, ORIGIN
from tests.proofs.noninterference.chance import Turn
from tests.proofs.noninterference.press import OnePress

# Spent within a long trace, so that 429 is among what is compared; full again before the next world begins.
_CALLERS = Rate(13, 0.004)
_VISITORS = Rate(1000, 1e9)


@dataclass(slots=True)
class Stand:
    """The store of the world that stands now. It notes what was asked of it in this step, fails at the call that it is
    told to (P6), and lets something happen just before another (two requests under way at once)."""

    inner: Store
    asked: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    fails_at: int | None = None
    meanwhile: tuple[int, Callable[[], Awaitable[None]]] | None = None

    def step(self, fails_at: int | None = None) -> None:
        """Another step begins."""
        self.asked, self.fails_at, self.meanwhile = [], fails_at, None

    async def _called(self, what: str, kind: str = "") -> None:
        self.asked.append((what, kind))
        if self.meanwhile is not None and self.meanwhile[0] <= len(self.asked):
            happens, self.meanwhile = self.meanwhile[1], None
            await happens()
        if self.fails_at is not None and len(self.asked) == self.fails_at:
            raise Unavailable

    async def get(self, kind: type[R], id: UUID, look: Look) -> R | None:
        await self._called("get", kind.shape.kind)
        return await self.inner.get(kind, id, look)

    async def find(self, kind: type[R], query: Query, look: Look) -> Sequence[R]:
        await self._called("find", kind.shape.kind)
        return await self.inner.find(kind, query, look)

    async def lying(self, box: str) -> Sequence[Letter]:
        await self._called("lying", box)
        return await self.inner.lying(box)

    async def written(self, prison: str, since: datetime, ids: Collection[UUID]) -> Sequence[Written]:
        await self._called("written", prison)
        return await self.inner.written(prison, since, ids)

    async def mark(self, actor: UUID) -> UUID | None:
        await self._called("mark")
        return await self.inner.mark(actor)

    async def settle(
        self,
        entry: Entry,
        kept: Sequence[Kept],
        scope: Scope,
        key: KeyUse | None = None,
        letters: Sequence[Letter] = (),
    ) -> None:
        await self._called("settle")
        await self.inner.settle(entry, kept, scope, key, letters)

    async def abandon(self, entry: Entry) -> None:
        await self._called("abandon")
        await self.inner.abandon(entry)

    async def used(self, actor: UUID, route: str, key: str) -> KeyUse | None:
        await self._called("used")
        return await self.inner.used(actor, route, key)

    @asynccontextmanager
    async def serially(self) -> AsyncGenerator[Store]:
        await self._called("serially")
        outer = self.inner
        async with outer.serially() as within:
            serial = Serial(self, within)
            yield serial  # type: ignore[misc]  (a store by its methods)


class Serial:
    """The store of one serial act, noted where the other calls are."""

    def __init__(self, stand: Stand, within: Store) -> None:
        self._stand = stand
        self._within = within

    def __getattr__(self, name: str) -> Any:
        called = getattr(self._within, name)

        async def noted(*given: Any, **named: Any) -> Any:
            kind = getattr(given[0], "shape", None) if given and isinstance(given[0], type) else None
            await self._stand._called(f"serial {name}", "" if kind is None else kind.kind)
            return await called(*given, **named)

        return noted


@dataclass(frozen=True, slots=True)
class Heard:
    """All of an answer: status, header names and values in their order, body. And what was written to the log, and what
    the store was asked for while it was made, which the caller does not see: they are compared besides."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    asked: tuple[tuple[str, str], ...] = ()

    def header(self, name: str) -> str | None:
        """The value of a header."""
        return next((value for found, value in self.headers if found == name), None)


async def _is_up() -> bool:
    return True


class _Behind:
    """The store behind the runtime: whichever stands now."""

    def __init__(self, house: "House") -> None:
        self._house = house

    def __getattr__(self, name: str) -> Any:
        return getattr(self._house.stand, name)


class House:
    """One application for all worlds, and the loop on which they run."""

    def __init__(self) -> None:
        self.turn = Turn()
        self.stand: Stand = Stand(None)  # type: ignore[arg-type]  (each world brings its own)
        self.log = io.StringIO()
        self._loop = asyncio.Runner()
        self._who = {f"Bearer {name}": cast.principal(name) for name in cast.CAST}
        store: Any = _Behind(self)
        secrets = Secrets(b"tags" * 8, b"cursors!" * 4, b"bodies!!" * 4, b"actors!!" * 4)
        walls: Callable[[str], str] = lambda issuer: cast.WALLS.get(issuer, "EW")  # noqa: E731
        made = runtime(store, self.turn.clock, self.turn.ids, not_configured, secrets, walls, apart=StandInKeptApart())
        self._press = OnePress(self.turn.monotonic)
        self.runtime: Runtime = replace(made, press=self._press)
        edge = partial(application.install_edge, monotonic=self.turn.monotonic)
        reads = partial(application.Reads, monotonic=self.turn.monotonic)
        offers = partial(application.Offers, monotonic=self.turn.monotonic)
        with (
            mock.patch.object(application, "install_edge", edge),
            mock.patch.object(application, "Reads", reads),
            mock.patch.object(application, "Offers", offers),
        ):
            self.app = create_app(
                Backstage(
                    runtime=self.runtime,
                    authenticate=self._authenticate,
                    edge=Edge(origin=ORIGIN, callers=_CALLERS, peers=_CALLERS, strangers=_VISITORS, visitors=_VISITORS),
                    components=Components(dict.fromkeys(COMPONENTS, _is_up), monotonic=self.turn.monotonic),
                    info=INFO,
                )
            )

    def close(self) -> None:
        """End the loop."""
        self._loop.close()

    def run(self, what: Any) -> Any:
        """Run a coroutine to its end."""
        return self._loop.run(what)

    async def _authenticate(self, authorization: str | None) -> Principal:
        found = self._who.get(authorization or "")
        if found is None:
            raise Unidentified
        return found

    def enter(self, store: Store) -> None:
        """Another world begins: its store, its own count of everything, an empty log."""
        self.turn.low, self.turn.high, self.turn.passed = 0, None, timedelta(0)
        self.turn.worlds += 1
        self.turn.drawn.clear()
        self.runtime.remembered._kept.clear()  # pyright: ignore[reportPrivateUsage]  (a process that has just begun)
        self._press.begin()
        self.stand = Stand(store)
        self.log.seek(0)
        self.log.truncate()

    async def say(
        self, name: str, method: str, path: str, query: str, headers: Sequence[tuple[str, str]], body: bytes | None
    ) -> Heard:
        """One request, straight into the application: what a socket would carry, without the socket."""
        sent = [(b"authorization", b"Bearer " + name.encode()), *((n.encode(), v.encode()) for n, v in headers)]
        if body is not None:
            sent += [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]
        scope: dict[str, Any] = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "scheme": "https",
            "path": path,
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "root_path": "",
            "headers": sent,
            "client": ("192.0.2.1", 1),
            "server": ("peer-support.example", 443),
            "state": {},
        }
        said: list[dict[str, Any]] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": body or b"", "more_body": False}

        async def send(message: Any) -> None:
            said.append(message)

        await self.app(scope, receive, send)
        told = tuple((n.decode("latin-1"), v.decode("latin-1")) for n, v in said[0]["headers"])
        text = b"".join(message.get("body", b"") for message in said[1:])
        return Heard(said[0]["status"], told, text, tuple(self.stand.asked))


@contextmanager
def opened() -> Iterator[House]:
    """The house, with the providers in the places where the service asks the system, and its log listened to."""
    house = House()
    turn = house.turn
    listening = logging.StreamHandler(house.log)
    listening.setFormatter(_as_it_is_written(turn))
    root = logging.getLogger()
    level = root.level
    root.addHandler(listening)
    root.setLevel(logging.INFO)
    try:
        with (
            mock.patch.object(envelope, "secrets", SimpleNamespace(token_hex=turn.token_hex)),
            mock.patch.object(paging, "os", SimpleNamespace(urandom=turn.urandom)),
        ):
            yield house
    finally:
        root.removeHandler(listening)
        root.setLevel(level)
        house.close()


def _as_it_is_written(turn: Turn) -> logging.Formatter | None:
    """How the service writes a line, its instant from our clock. Everything that it sets up besides is put back."""

    def stamp(_logger: Any, _method: str, line: Any) -> Any:
        return {**line, "timestamp": turn.clock().isoformat()}

    root = logging.getLogger()
    servers = [logging.getLogger(name) for name in ("uvicorn", "uvicorn.error", "uvicorn.access")]
    before = [(each, each.handlers[:], each.level, each.propagate) for each in (root, *servers)]
    with mock.patch.object(logs.structlog.processors, "TimeStamper", return_value=stamp):
        logs.configure()
    formatter = root.handlers[0].formatter
    for each, handlers, level, propagate in before:
        each.handlers[:], each.propagate = handlers, propagate
        each.setLevel(level)
    return formatter

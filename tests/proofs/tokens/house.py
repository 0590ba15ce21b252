"""The whole application behind real tokens: our own identity, the keys of four issuers, a store that forgets.

Requests go in as ASGI messages, so that the bytes of a header are what a test says and no client puts them right. What
comes out, what is logged and what is written is told as it is; `tests.proofs.tokens.trial` judges it.
"""

import logging
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from fastapi import FastAPI

from api.app import Backstage, create_app
from api.edge.install import Edge
from api.edge.rate import Rate
from api.health import Components
from api.identity.identifier import Identifier
from api.info import Info
from api.runtime import Secrets, runtime
from domain.confidentiality.principal import Principal
from domain.oversight.ended import TokensEnded
from persistence.memory import MemoryStore
from tests.api.identity.worlds import NOW, WORLDS, identifier
from tests.http.watched import Seen, Watched
from tests.http.world import INFO, ORIGIN

Headers = list[tuple[bytes, bytes]]
Authenticate = Callable[[str | None], Awaitable[Principal]]

# Full again at once: rates have tests of their own, and a 429 would hide what is looked for here.
_BOUNDLESS = Rate(1000, 1e9)
_security_log = logging.getLogger("peer_support.security")


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as it left the application."""

    status: int
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes

    @property
    def request_id(self) -> bytes:
        """The one thing that may differ between two answers."""
        (found,) = (value for name, value in self.headers if name == b"x-request-id")
        return found

    @property
    def told(self) -> tuple[int, tuple[tuple[bytes, bytes], ...], bytes]:
        """All that a caller can tell apart from another answer, order of headers included."""
        return self.status, tuple(h for h in self.headers if h[0] != b"x-request-id"), self.body


@dataclass(frozen=True, slots=True)
class Asked:
    """A request without its token. `target` is path and query as they stand in the request line."""

    name: str
    method: str
    target: str
    headers: tuple[tuple[bytes, bytes], ...] = ()
    body: bytes = b""

    def __str__(self) -> str:
        return self.name


class Ajar:
    """The door of a house in which a token outlives its own sign-out: every good token is tried on every route here,
    that one among them. What is ended in earnest is told elsewhere (`test_story_signed_out_everywhere`)."""

    def __init__(self, real: Identifier) -> None:
        self.longest, self.carried, self.of_subject = real.longest, real.carried, real.of_subject

    def hear(self, ended: Iterable[TokensEnded]) -> None:
        """Nothing."""


class House:
    """One application over an empty store. `seen` is what the store was asked for."""

    def __init__(self, authenticate: Callable[[Identifier], Authenticate] | None = None) -> None:
        """`authenticate` makes another way in from our identifier: how a test plants a fault."""
        self.identifier = identifier(*WORLDS)
        self.seen = Seen()
        store: Any = Watched(MemoryStore(), self.seen)
        secrets = Secrets(b"tags" * 8, b"cursors!" * 4, b"bodies!!" * 4, b"actors!!" * 4)
        self.runtime = runtime(
            store, _now, _new, _everywhere, secrets, lambda _issuer: "EW", door=Ajar(self.identifier)
        )

        async def database() -> bool:
            return True

        self.app: FastAPI = create_app(
            Backstage(
                runtime=self.runtime,
                authenticate=(authenticate or _way_in)(self.identifier),
                edge=Edge(
                    origin=ORIGIN, callers=_BOUNDLESS, peers=_BOUNDLESS, strangers=_BOUNDLESS, visitors=_BOUNDLESS
                ),
                components=Components({"db": database}),
                info=Info.model_validate(INFO),
                on_unidentified=lambda address: _security_log.warning("no valid token", extra={"address": address}),
            )
        )

    @property
    def written(self) -> int:
        """How much the store was asked for, and how much it kept."""
        seen = self.seen
        return sum(map(len, (seen.calls, seen.entries, seen.kept, seen.letters, seen.keys)))

    async def ask(self, asked: Asked, authorization: list[bytes]) -> Answer:
        """Send it, with these Authorization headers."""
        path, _, query = asked.target.partition("?")
        sent: list[dict[str, Any]] = []
        given = [{"type": "http.request", "body": asked.body, "more_body": False}]

        async def receive() -> dict[str, Any]:
            return given.pop() if given else {"type": "http.disconnect"}

        async def send(message: Any) -> None:
            sent.append(message)

        own: Headers = [(b"host", b"peer-support.example"), *asked.headers]
        if asked.body:
            own.append((b"content-length", b"%d" % len(asked.body)))
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": asked.method,
            "scheme": "https",
            "path": path,
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "root_path": "",
            "headers": [*own, *((b"authorization", value) for value in authorization)],
            "client": ("192.0.2.7", 4711),
            "server": ("peer-support.example", 443),
            "state": {},
        }
        await self.app(scope, receive, send)
        start, *rest = sent
        return Answer(start["status"], tuple(start["headers"]), b"".join(part.get("body", b"") for part in rest))


def bearer(token: str) -> bytes:
    """The header's value as bytes: what cannot be said in Latin-1 goes as the bytes that a sloppy client would send."""
    return b"Bearer " + token.encode("ascii" if token.isascii() else "utf-8", "surrogatepass")


def _way_in(found: Identifier) -> Authenticate:
    async def authenticate(authorization: str | None) -> Principal:
        return (await found.identify(authorization))[0]

    return authenticate


def _now() -> datetime:
    return datetime.fromtimestamp(NOW, UTC)


def _new() -> UUID:
    return uuid4()


async def _everywhere(principal: Principal) -> frozenset[str] | None:
    return None

"""One request to the application, by ASGI alone: thousands in the time that a client library takes for hundreds.

`Stand` is the application of `tests.http.world` over a store in memory that is new for every request: what one writes,
no other sees.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from domain.confidentiality.entry import Entry, Family
from domain.confidentiality.record import Record
from domain.ports import Store
from persistence.memory import MemoryStore
from tests.http.watched import Seen, Watched
from tests.http.world import theatre

_NOT_COMPARED = b"x-request-id"


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back. `seen` is all of it that a caller can tell apart from another: its random id aside."""

    status: int
    headers: dict[str, str]
    content: bytes
    seen: tuple[int, bytes, tuple[tuple[bytes, bytes], ...]]

    @property
    def said(self) -> Any:
        """Its JSON."""
        return json.loads(self.content)

    @property
    def codes(self) -> list[tuple[str, str | None]]:
        """The failures of a problem."""
        return [(f["code"], f.get("path")) for f in self.said["failures"]]


async def call(app: Any, method: str, path: str, headers: Mapping[str, str], body: bytes | None = None) -> Reply:
    """Send it, and wait for the whole answer."""
    sent = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
    sent.append((b"host", b"peer-support.example"))
    if body is not None:
        sent += [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    address, _, query = path.partition("?")
    scope: dict[str, Any] = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "https",
        "path": address,
        "raw_path": address.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": sent,
        "client": ("127.0.0.1", 40_000),
        "server": ("peer-support.example", 443),
        "state": {},
    }
    got: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body or b"", "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        got.append(message)

    await app(scope, receive, send)
    status: int = got[0]["status"]
    raw = tuple((name, value) for name, value in got[0]["headers"] if name != _NOT_COMPARED)
    content = b"".join(message.get("body", b"") for message in got[1:])
    named = {name.decode(): value.decode() for name, value in got[0]["headers"]}
    return Reply(status, named, content, (status, content, raw))


class Stand:
    """The application, and records that stand in its store before each request."""

    def __init__(self, records: Iterable[Record]) -> None:
        self.house = theatre()
        self.house.reset(MemoryStore())
        self._records = {(r.shape.kind, r.id): r for r in records}
        self.inner = MemoryStore()
        self.seen = Seen()

    def set(self, *further: Record, without: Iterable[Record] = (), entries: Iterable[Entry] = ()) -> None:
        """Begin anew: what stood before, without some of them, and these."""
        self.inner = MemoryStore()
        records = dict(self._records)
        for record in without:
            records.pop((record.shape.kind, record.id))
        self.inner.records = records | {(r.shape.kind, r.id): r for r in further}
        self.inner.entries = list(entries)
        self.over(self.inner)

    def over(self, store: Store) -> None:
        """Put this store on the stage, watched from now on."""
        self.seen = Seen()
        self.house.stage.store = Watched(store, self.seen)

    @property
    def records(self) -> Mapping[tuple[str, UUID], Record]:
        """What stands in the store now."""
        return self.inner.records

    @property
    def lines(self) -> list[Entry]:
        """What the ledger got, without what the service writes for itself."""
        return [entry for entry in self.seen.entries if entry.family is not Family.TICK]

    async def send(
        self, who: str, method: str, path: str, *, body: Any = None, headers: Mapping[str, str] | None = None
    ) -> Reply:
        """One request of that member of the cast."""
        content = None if body is None else json.dumps(body).encode()
        sent = {"Authorization": f"Bearer {who}", **(headers or {})}
        return await call(self.house.app, method, path, sent, content)

"""Canaries at rest: every file of a PostgreSQL server, its log and its write-ahead log, and all its rows as the owner
reads them."""

import re
from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from domain.confidentiality.entry import Entry
from domain.ports import Kept, KeyUse, Letter, Scope, Store
from persistence.cluster import Cluster
from tests import servers
from tests.proofs.canaries.words import Canaries
from tests.servers import Urls

_MARKS = (b"zqv", b"zx", b"903")
"""What every form of canary holds; a byte search for these is a hundred times as fast as one for the forms."""
_HEX = re.compile(r"\\x((?:[0-9a-f]{2})+)")
_BEFORE, _AFTER = 8, 12


class Noting:
    """A store that notes what it is asked to keep before it keeps it: a change that was rolled back has been in the
    write-ahead log all the same."""

    def __init__(self, inner: Any, canaries: Canaries) -> None:
        self._inner = inner
        self._canaries = canaries

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    async def settle(
        self,
        entry: Entry,
        kept: Sequence[Kept],
        scope: Scope,
        key: KeyUse | None = None,
        letters: Sequence[Letter] = (),
    ) -> None:
        for one in kept:
            self._canaries.note(one.record)
        await self._inner.settle(entry, kept, scope, key, letters)

    def serially(self) -> AbstractAsyncContextManager[Store]:
        return self._serially()

    @asynccontextmanager
    async def _serially(self) -> AsyncGenerator[Store]:
        async with self._inner.serially() as within:
            serial: Any = Noting(within, self._canaries)
            yield serial


@dataclass
class Found:
    """What was looked through, and the canaries that stood there in clear, each with the places of its first few."""

    files: int = 0
    bytes: int = 0
    rows: int = 0
    where: dict[str, list[str]] = field(default_factory=dict[str, list[str]])

    def add(self, canaries: set[str], where: str) -> None:
        for canary in canaries:
            places = self.where.setdefault(canary, [])
            if where not in places and len(places) < 5:
                places.append(where)

    def wrong(self, canaries: Canaries) -> dict[str, str]:
        """Those that should not be there, each with what is to be told of it: what is encrypted by its mark, and what
        was never kept in any field."""
        return {
            canary: f"in {', '.join(where)}: {canaries.told(canary)}"
            for canary, where in sorted(self.where.items())
            if not (places := canaries.places.get(canary, ())) or any(place.encrypted for place in places)
        }


def searched(urls: Urls, canaries: Canaries) -> Found:
    """Look through everything that rests on the disk of that server and in the rows of that database."""
    found = Found()
    servers.run_sql(urls, "analyze", "checkpoint")
    for name, row in _rows(urls):
        found.rows += 1
        found.bytes += len(row)
        found.add(canaries.find(row), f"rows of {name}")
        for sealed in _HEX.findall(row):
            found.add(in_bytes(bytes.fromhex(sealed), canaries), f"bytes in rows of {name}")
    for path, data in _files(servers.cluster_of(urls.version)):
        found.files += 1
        found.bytes += len(data)
        found.add(in_bytes(data, canaries), path)
    return found


def in_bytes(data: bytes, canaries: Canaries) -> set[str]:
    """The canaries that stand in these bytes, in any case."""
    found: set[str] = set()
    lower = data.lower()
    for mark in _MARKS:
        place = lower.find(mark)
        while place >= 0:
            around = lower[max(0, place - _BEFORE) : place + _AFTER]
            found |= canaries.find(around.decode("latin-1"))
            place = lower.find(mark, place + 1)
    return found


def _rows(urls: Urls) -> Iterator[tuple[str, str]]:
    """(table, row as text) of every table; what the server says of statements; what the planner keeps of values."""
    named = "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')"
    tables = [*servers.run_sql(urls, named).split(), "pg_stat_activity", "pg_stats", "pg_prepared_statements"]
    for table in tables:
        for row in servers.run_sql(urls, f"select t::text from {table} t").splitlines():
            yield table, row


def _files(cluster: Cluster) -> Iterator[tuple[str, bytes]]:
    for path in (*sorted(cluster.data.rglob("*")), *sorted(Path(cluster.run).glob("*.log"))):
        try:
            if path.is_file():
                yield str(path.relative_to(cluster.data.parent)), path.read_bytes()
        except FileNotFoundError:  # a temporary file of the server's, gone meanwhile
            continue

"""What a store holds at one instant, read past every reach: records by kind, id and version, and the ledger's lines.

The two stores are read in their own ways, the one that forgets by its attributes and PostgreSQL as the owner, and give
the same books. Nothing of the code that writes is used to read, but for the names of the tables.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from persistence.ledger.line import line_of
from persistence.mapping import MAPPED
from persistence.memory import MemoryStore

TICK = "TICK"
LINES = "ledger-line"


@dataclass(frozen=True, slots=True)
class Row:
    """One record: its version, and whether it is of a closed-policy scheme."""

    version: int
    closed: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One line: the entry as it is kept for good, the hour that a reader is shown, and how often its id is there."""

    entry: Mapping[str, Any]
    shown_at: str
    times: int = 1

    @property
    def of_the_service(self) -> bool:
        """Whether the service wrote it for itself: a principal first seen, an assignment used, a timer."""
        return self.entry["verb"] == TICK


@dataclass(frozen=True, slots=True)
class Books:
    """All of it. `keys` and `letters` are counts: nobody can tell more of them."""

    records: Mapping[tuple[str, UUID], Row]
    lines: Mapping[str, Line]
    keys: int
    letters: int

    def since(self, earlier: "Books") -> list[Line]:
        """The lines that were not there before: of steps that came one after another, in the order of the steps."""
        return [line for id, line in self.lines.items() if id not in earlier.lines]

    def known(self, kind: str | None) -> list[UUID]:
        """The ids of a kind, in an order that every store gives."""
        return sorted(id for of, id in self.records if of == kind)


class Reader(Protocol):
    """Whoever can read the books of a store."""

    async def read(self) -> Books: ...


class OfMemory:
    """The books of the store that forgets."""

    def __init__(self, store: MemoryStore) -> None:
        self.store = store

    async def read(self) -> Books:
        """As they are now."""
        lines: dict[str, Line] = {}
        for entry in self.store.entries:
            earlier = lines.get(str(entry.id))
            times = 1 if earlier is None else earlier.times + 1
            lines[str(entry.id)] = Line(entry.as_json(), line_of(entry).at.isoformat(), times)
        records = {
            place: Row(record.version, bool(getattr(record, "closed", False)))
            for place, record in self.store.records.items()
        }
        return Books(records, lines, len(self.store.keys), len(self.store.letters))


_RECORDS = " union all ".join(
    f"select '{kind}' as kind, id, version,"
    f" {'coalesce(closed, false)' if 'closed' in of.table.c else 'false'} as closed from {of.name}"
    for kind, of in sorted(MAPPED.items())
    if kind != LINES
)
_COUNTS = """
    select (select count(*) from idempotency_key) + (select count(*) from tally_key) as keys,
        (select count(*) from letterbox) as letters
"""


class OfPostgres:
    """The books of a database. `owner` is a connection that row security does not bind."""

    def __init__(self, owner: Any) -> None:
        self.owner = owner

    async def read(self) -> Books:
        """As they are committed now, in one snapshot."""
        async with self.owner.transaction(isolation="repeatable_read", readonly=True):
            rows = await self.owner.fetch(_RECORDS)
            lines = await self.owner.fetch("select id, bytes, shown_at from ledger order by tx")
            counts = await self.owner.fetchrow(_COUNTS)
        return Books(
            {(row["kind"], UUID(int=row["id"].int)): Row(row["version"], row["closed"]) for row in rows},
            {str(row["id"]): Line(json.loads(row["bytes"]), row["shown_at"].isoformat()) for row in lines},
            counts["keys"],
            counts["letters"],
        )

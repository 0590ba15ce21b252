"""A dump of a database: every row of every table in the order in which they lie, with the transaction that wrote it,
its place, its size, and all that stands in it, in lists and in the ledger's own bytes too."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from persistence import driver
from tests.servers import Urls

MIXED = ("mixed_tally", "residue")


@dataclass(frozen=True)
class Row:
    """One row as it lies. `place` is its page and its number in it."""

    table: str
    place: tuple[int, int]
    xmin: int
    size: int
    values: dict[str, Any]

    @cached_property
    def atoms(self) -> frozenset[tuple[str, Any]]:
        """(column, value): each by itself, those in lists and in the ledger's bytes too; words in any case alike."""
        return frozenset((name, each) for name, value in self.values.items() for each in _atoms(value))

    @cached_property
    def found(self) -> frozenset[Any]:
        """The values, wherever they stand."""
        return frozenset(value for _, value in self.atoms)

    @cached_property
    def days(self) -> frozenset[date]:
        """Every day that it tells, by a date, an instant or the time within an id."""
        told = {value for value in self.found if isinstance(value, date)}
        told |= {at for value in self.found if isinstance(value, UUID) and (at := instant_in(value)) is not None}
        return frozenset(each.date() if isinstance(each, datetime) else each for each in told)


async def dump(urls: Urls) -> list[Row]:
    """Everything. No sequence may be there: its numbers would be an order."""
    owner = await driver.connect(urls.owner_url, timeout=5)
    try:
        assert await owner.fetch("select sequencename from pg_sequences") == []
        tables = await owner.fetch(
            "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1"
        )
        return [row for table in tables for row in await _rows(owner, table["relname"])]
    finally:
        await owner.close()


async def _rows(owner: Any, table: str) -> list[Row]:
    asked = (
        f"select ctid::text as lies_at, xmin::text::bigint as lies_in, pg_column_size(t.*) as takes, t.* from {table} t"
    )
    found: list[Row] = []
    for row in await owner.fetch(f"{asked} order by ctid"):
        values = dict(row)
        page, number = values.pop("lies_at").strip("()").split(",")
        xmin, size = values.pop("lies_in"), values.pop("takes")
        if table == "ledger":
            values["bytes"] = json.loads(values["bytes"])
        found.append(Row(table, (int(page), int(number)), xmin, size, values))
    return found


def instant_in(id: UUID) -> datetime | None:
    """The instant that an id of a kind with a time tells; None: it tells none."""
    match id.version:
        case 7:
            seconds = (id.int >> 80) / 1000
        case 1:
            seconds = (id.time - 0x01B21DD213814000) / 1e7
        case _:
            return None
    return datetime.fromtimestamp(seconds).astimezone() if 0 < seconds < 2**32 else None


def _atoms(value: Any) -> Iterator[Any]:
    match value:
        case None | bool():
            return
        case dict():
            for name, each in value.items():
                yield name
                yield from _atoms(each)
        case list() | tuple():
            for each in value:
                yield from _atoms(each)
        case str():
            yield _read(value)
        case UUID():
            yield UUID(int=value.int)
        case _:
            yield value


def _read(text: str) -> Any:
    """A word, or what it writes: an id, a day, an instant."""
    for read in (UUID, date.fromisoformat, datetime.fromisoformat):
        try:
            return read(text)
        except ValueError:
            continue
    return text.casefold()

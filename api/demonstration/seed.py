"""Putting the year into a store: in bulk, by the service, each handful with its line in the ledger.

No act made these records, so no act's line is made up for them: the ledger says what was so, that the service loaded
them, when the demonstration was first started. Of people in custody and of what is given anonymously its lines say as
little as any other's (`domain.notes`).
"""

import asyncio
import dataclasses
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from types import MappingProxyType
from typing import Any, Final

from api.demonstration.examples import Examples, find_examples
from api.demonstration.lines import line
from api.demonstration.year import NUMBER, a_year
from domain.confidentiality.classification import Classification
from domain.confidentiality.entry import Change
from domain.confidentiality.principal import PrincipalKind
from domain.confidentiality.record import Record, changed_fields
from domain.feedback.record import Feedback
from domain.oversight.record import Actor
from domain.ports import Ids, Kept, Letter, Scope, Store

HANDFUL: Final = 300
"""Records in one transaction: its line names each of them, and should stay readable."""
AT_ONCE: Final = 4
"""Transactions under way at a time."""
_EVERYWHERE: Final = Scope(None, True)
_NAMED: Final = MappingProxyType(
    {
        "actor": "principals",
        "assignment": "assignments",
        "enrolment": "learners",
        "feedback": "pieces of feedback",
        "induction": "first meetings",
        "person": "people",
        "request": "live requests",
        "scheme": "schemes",
        "session": "reading sessions",
        "supporter": "supporters",
    }
)


@dataclass(frozen=True, slots=True)
class Seeded:
    """What was put in: records by kind, letters, and ids to try things on."""

    records: Mapping[str, int]
    letters: int
    examples: Examples


async def seed(store: Store, ids: Ids, now: datetime, say: Callable[[str], None], *, number: int = NUMBER) -> Seeded:
    """Fill an empty store with the year that ends now; `say` is told of each kind once it is in."""
    year = a_year(ids, now, number)
    counts = Counter(r.shape.kind for r in year.records)
    for kind, records in _by_kind(year.records):
        gate = asyncio.Semaphore(AT_ONCE)
        await asyncio.gather(*(_kept(store, ids, now, handful, gate) for handful in _handfuls(records)))
        say(f"{counts[kind]} {_NAMED[kind]}")
    await _posted(store, ids, now, year.letters)
    say(f"{len(year.letters)} tallies in the letterbox")
    return Seeded(MappingProxyType(dict(counts)), len(year.letters), await find_examples(store, ids, now))


def _by_kind(records: Sequence[Record]) -> Iterator[tuple[str, list[Record]]]:
    def kind(record: Record) -> str:
        return record.shape.kind

    return ((name, list(found)) for name, found in groupby(sorted(records, key=kind), kind))


def _handfuls(records: Sequence[Record]) -> Iterator[list[Record]]:
    """A few hundred of one kind and of one prison, so that each line is of a prison."""

    def place(record: Record) -> str:
        return getattr(record, "prison", None) or ""

    for _, found in groupby(sorted(records, key=place), place):
        there = list(found)
        yield from (there[n : n + HANDFUL] for n in range(0, len(there), HANDFUL))


async def _kept(store: Store, ids: Ids, now: datetime, records: Sequence[Record], gate: asyncio.Semaphore) -> None:
    nameless = isinstance(records[0], Feedback)
    entry = line(
        ids,
        _day(now) if nameless else now,
        getattr(records[0], "prison", None),
        closed=any(_closed(r) for r in records),
        changes=tuple(_change(r) for r in records),
    )
    kept = [Kept(_first(r), 0) for r in records]
    async with gate:
        await store.settle(entry, kept, _EVERYWHERE)


async def _posted(store: Store, ids: Ids, now: datetime, letters: Sequence[Letter]) -> None:
    await store.settle(line(ids, _day(now), None, closed=True), [], _EVERYWHERE, None, letters)


def _first(record: Record) -> Record:
    made: Any = record
    return dataclasses.replace(made, version=1)


def _change(record: Record) -> Change:
    unnamed = isinstance(record, Feedback) or _in_custody(record)
    return Change(record.shape.kind, None if unnamed else record.id, 0, 1, changed_fields(None, record))


def _closed(record: Record) -> bool:
    taken_part = record.shape.existence is Classification.PARTICIPATION and getattr(record, "closed", False)
    return taken_part or _in_custody(record)


def _in_custody(record: Record) -> bool:
    return isinstance(record, Actor) and record.kind is PrincipalKind.IN_CUSTODY


def _day(now: datetime) -> datetime:
    return now.replace(hour=0, minute=0, second=0, microsecond=0)

"""A month of requests and tallies, dumped and attacked with every join: of no row anybody says better than by chance
whose it is (rules 1 and 2). And the same attack on a dump with a leak in it finds the leak.
"""

import asyncio
import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Any
from uuid import UUID

import pytest

from tests.proofs.dump.attack import Target, Way, residues, rounded, tallies, ways
from tests.proofs.dump.dumping import MIXED, Row, dump
from tests.proofs.dump.month import MARKS, PEOPLE, Contact, P, played

COUNT = 2 * MARKS
Attacked = Callable[[Sequence[Row], Sequence[Contact]], Target]
TARGETS = [pytest.param(tallies, id="tallies"), pytest.param(residues, id="residues")]


@dataclass(frozen=True, slots=True)
class Month:
    """A dump, and what happened."""

    rows: list[Row]
    contacts: tuple[Contact, ...]


@pytest.fixture(scope="module")
def month() -> Month:
    """One month for all tests of this module."""
    return asyncio.run(_month(11))


async def _month(seed: int) -> Month:
    async with played(COUNT, seed=seed) as done:
        return Month(await dump(done.urls), done.contacts)


def leaking(target: Target, rows: Sequence[Row]) -> list[Way]:
    """The ways that score what chance does not."""
    return [way for way in ways(target, rows) if target.leaks(way)]


def test_the_month_is_whole(month: Month) -> None:
    """All tables are there and hold something; every request was emptied and mixed, every tally that was handed in
    too; P is among several who asked, on every wing."""
    filled = {row.table for row in month.rows}
    assert filled >= {"ledger", "duty", "supporter", "rota_line", "roster_entry", "session", "request"}
    assert filled >= {
        "envelope",
        "conduct",
        "footing",
        "person",
        "month_count",
        "tally_key",
        "idempotency_key",
        *MIXED,
    }
    assert (
        sum(row.table == "letterbox" for row in month.rows) < 5
    )  # too few to be mixed: they wait for the quarter's end
    handed_in = [contact for contact in month.contacts if contact.handed_in_at is not None]
    assert len(tallies(month.rows, month.contacts).rows) == len(handed_in) >= 24
    assert len(residues(month.rows, month.contacts).rows) == len(month.contacts) == COUNT
    assert sum(contact.person == P for contact in handed_in) >= 5
    assert len({contact.wing for contact in month.contacts}) == 3
    assert len({contact.person for contact in month.contacts}) >= len(PEOPLE) - 1
    assert len({contact.supporter for contact in handed_in}) >= 2


@pytest.mark.parametrize("attacked", TARGETS)
def test_no_way_says_better_than_chance_whose_a_row_is(month: Month, attacked: Attacked) -> None:
    """Two thousand ways and more: in the order of anything as of anything, by the time in an id, by rows of the same
    and of neighbouring transactions and places, by every value that stands in two columns, by what staff know."""
    target = attacked(month.rows, month.contacts)
    tried = list(ways(target, month.rows))
    assert len(tried) > 2000
    assert [(w.name, target.score(w), target.chance(w)) for w in tried if target.leaks(w)] == []


def test_each_tally_is_of_five_or_more(month: Month) -> None:
    """What a row says of itself leaves as many contacts as its part of the month had: 1/5 at best for each."""
    target = tallies(month.rows, month.contacts)
    assert min(len(target.fitting(row)) for row in target.rows) >= 5


def test_nothing_of_a_mixed_row_stands_elsewhere(month: Month) -> None:
    """No id and no bytes of theirs is anywhere else; all were written by the one transaction, whose only line in the
    ledger tells a day; they lie in the order of their ids."""
    mixed = [row for row in month.rows if row.table in MIXED and row.values["month"].year == 2027]
    others = [row for row in month.rows if row not in mixed]
    ids = {value for row in mixed for value in row.found if isinstance(value, UUID | bytes)}
    assert len(ids) == len(mixed)
    assert not [row for row in others if row.found & ids]
    (transaction,) = {row.xmin for row in mixed}
    assert {row.table for row in others if row.xmin == transaction} == {"ledger", "month_count"}
    (line,) = [row for row in others if row.table == "ledger" and row.xmin == transaction]
    at = line.values["at"]
    assert (at.hour, at.minute, line.values["actor"], line.values["bytes"]["actor"]) == (0, 0, None, None)
    for table in MIXED:
        found = [row.values["id"] for row in mixed if row.table == table]
        assert found == sorted(found)


def test_no_live_request_of_the_month_is_left(month: Month) -> None:
    """No prison number, name or cell of a recipient stands anywhere in clear; ids of requests in lines of the ledger
    alone, and no line that names one names a person in custody (rules 2 and 4)."""
    requests = {UUID(contact.request) for contact in month.contacts}
    people = {person.casefold() for person in PEOPLE}
    assert not [row for row in month.rows if any(isinstance(v, str) and v in people for v in row.found)]
    naming = [row for row in month.rows if row.found & requests]
    assert {row.table for row in naming} == {"ledger"}
    supporters = {UUID(contact.supporter) for contact in month.contacts if contact.supporter}
    assert not [row for row in naming if row.found & supporters]
    assert not [row for row in naming if (row.values["at"].minute, row.values["at"].second) != (0, 0)]


# --- dumps with a leak in them ----------------------------------------------------------------------------------------

Leak = Callable[[Month, Target], list[Row]]


def _as_they_came(month: Month, target: Target) -> list[Row]:
    """Rows lie as they were handed in."""
    came = sorted(range(len(target.rows)), key=lambda place: _handed_in(target, place))
    return _with(month, target, {place: {"place": (0, n + 1)} for n, place in enumerate(came)})


def _ids_with_a_time(month: Month, target: Target) -> list[Row]:
    """Ids of a kind that begins with the time."""
    fresh = {}
    for place in range(len(target.rows)):
        milliseconds = int(_handed_in(target, place).timestamp() * 1000)
        fresh[place] = UUID(int=milliseconds << 80 | 7 << 76 | 2 << 62 | Random(place).getrandbits(62))
    return _with(month, target, {place: {"id": id} for place, id in fresh.items()})


def _an_instant(month: Month, target: Target) -> list[Row]:
    """When it was handed in, kept beside."""
    return _with(month, target, {place: {"at": _handed_in(target, place)} for place in range(len(target.rows))})


def _written_at_once(month: Month, target: Target) -> list[Row]:
    """Each was written after the transaction of a line of its day."""
    lines = [row for row in month.rows if row.table == "ledger"]
    near = {p: next(r.xmin for r in lines if _handed_in(target, p).date() in r.days) for p in range(len(target.rows))}
    return _with(month, target, {place: {"xmin": xmin + 1} for place, xmin in near.items()})


def _a_key_of_the_request(month: Month, target: Target) -> list[Row]:
    """The tally says which request it is of."""
    of = {place: UUID(target.contacts[number].request) for place, number in enumerate(target.truth)}
    return _with(month, target, {place: {"batch": id} for place, id in of.items()})


LEAKS = [
    (_as_they_came, "by place as by handing in"),
    (_ids_with_a_time, "the time in id next to handed_in_at"),
    (_an_instant, "the time in at next to handed_in_at"),
    (_written_at_once, "ledger in a transaction before, by its day"),
    (_a_key_of_the_request, "batch in ledger.bytes, by its request"),
]


@pytest.mark.parametrize(("leak", "way"), LEAKS, ids=[leak.__name__.strip("_") for leak, _ in LEAKS])
def test_a_leak_is_found(month: Month, leak: Leak, way: str) -> None:
    """One thing that tells, put into the dump: the attack finds it, and by the way that it is to be found by."""
    rows = leak(month, tallies(month.rows, month.contacts))
    target = tallies(rows, month.contacts)
    assert target.leaks(next(found for found in ways(target, rows) if found.name == way))


def test_a_mixer_that_keeps_together_what_was_said_is_found(month: Month) -> None:
    """Waits as they were told of one request, lengths beside the concerns of the same talk: who knows the one says
    whose the other is."""
    waits = ("minutes_to_accept", "minutes_to_unlock")
    target = residues(month.rows, month.contacts)
    of = {place: target.contacts[number] for place, number in enumerate(target.truth)}
    together = {p: {name: rounded(getattr(c, name)) for name in waits} for p, c in of.items()}
    rows = _with(month, target, together)
    assert any(way.name.startswith("known outside") for way in leaking(residues(rows, month.contacts), rows))


def _handed_in(target: Target, place: int) -> datetime:
    at = target.contacts[target.truth[place]].handed_in_at
    assert at is not None
    return at


def _with(month: Month, target: Target, changes: dict[int, dict[str, Any]]) -> list[Row]:
    """The dump with these rows otherwise: where they lie, who wrote them, or what stands in them."""
    changed = {id(target.rows[place]): told for place, told in changes.items()}
    names = {name for told in changes.values() for name in told if name not in ("place", "xmin")}
    rows = list[Row]()
    for row in month.rows:
        told = changed.get(id(row), {})
        values = {
            **row.values,
            **(dict.fromkeys(names - row.values.keys()) if row.table == target.rows[0].table else {}),
        }
        values |= {name: value for name, value in told.items() if name in names}
        rows.append(dataclasses.replace(row, values=values, **{n: v for n, v in told.items() if n not in names}))
    return rows


@pytest.mark.nightly
@pytest.mark.parametrize("seed", range(20, 26))
def test_no_month_says_better_than_chance(seed: int) -> None:
    """Other months, drawn otherwise."""
    found = asyncio.run(_month(seed))
    for attacked in (tallies, residues):
        target = attacked(found.rows, found.contacts)
        assert [(w.name, target.score(w), target.chance(w)) for w in leaking(target, found.rows)] == []

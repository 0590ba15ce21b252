"""The attack: every join that one can think of between what was mixed and what happened.

Each *way* says of each row of which contacts it may be. Its *score* is what somebody guesses right who trusts it: for
each row whose contact is among `k` the k-th part of one. Whatever way there is, if rows and contacts have nothing to do
with each other, its score is about as many as there are parts of a month, for then each of the `n` contacts of the
row's part is as likely to be the true one. A way that scores so high as chance does once in a thousand million times is
a leak.
"""

import hashlib
import math
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from tests.http.cast import uid
from tests.proofs.dump.dumping import Row, instant_in
from tests.proofs.dump.month import Contact

ONCE_IN = 1e9
"""How seldom chance may score so high. A thousand ways are tried in a run."""
_NEAR = 3

Guess = Mapping[int, Set[int]]
"""By the place of a row among those attacked: the numbers of the contacts of which it may be."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way of joining, and what it says."""

    name: str
    guess: Guess


@dataclass(frozen=True, slots=True)
class Target:
    """What is attacked: rows of one table, the contacts of which they are, and of each row the one that it truly is
    of (by a mark that no way is given)."""

    rows: Sequence[Row]
    contacts: Mapping[int, Contact]
    truth: Sequence[int]
    mark: str

    def fitting(self, row: Row) -> frozenset[int]:
        """The contacts of the row's part: all that it says of itself."""
        return frozenset(n for n, contact in self.contacts.items() if contact.part == row.values["part"])

    def score(self, way: Way) -> float:
        """How many rows are guessed right by it."""
        told = 0.0
        for place, row in enumerate(self.rows):
            fits = way.guess.get(place, frozenset()) & self.fitting(row)
            told += self.truth[place] in fits and 1 / len(fits)
        return told

    def chance(self, way: Way) -> float:
        """How many would be guessed right by chance."""
        return sum(
            1 / len(self.fitting(row))
            for place, row in enumerate(self.rows)
            if way.guess.get(place, frozenset()) & self.fitting(row)
        )

    def leaks(self, way: Way) -> bool:
        """Whether chance does not score so high."""
        return tail(self.chance(way), self.score(way)) < 1 / ONCE_IN


def tail(mean: float, score: float) -> float:
    """At most how likely so high a score is, where the mean is expected (Chernoff's bound for such sums)."""
    if score <= mean:
        return 1.0
    return 0.0 if mean == 0 else math.exp(score - mean - score * math.log(score / mean))


def tallies(dumped: Sequence[Row], contacts: Sequence[Contact]) -> Target:
    """The tallies of the month."""
    handed_in = {c.number: c for c in contacts if c.handed_in_at is not None}
    by_mark = {frozenset(c.concerns): n for n, c in handed_in.items()}
    rows = _of_month(dumped, "mixed_tally")
    return Target(rows, handed_in, [by_mark[frozenset(row.values["concerns"])] for row in rows], "concerns")


def residues(dumped: Sequence[Row], contacts: Sequence[Contact]) -> Target:
    """What is left of the month's requests."""
    by_mark = {(c.part, c.minutes_to_offer): c.number for c in contacts}
    assert len(by_mark) == len(contacts)
    rows = _of_month(dumped, "residue")
    truth = [by_mark[row.values["part"], row.values["minutes_to_offer"]] for row in rows]
    return Target(rows, {c.number: c for c in contacts}, truth, "minutes_to_offer")


def _of_month(dumped: Sequence[Row], table: str) -> list[Row]:
    return [
        r
        for r in dumped
        if r.table == table and (r.values["prison"], f"{r.values['month']:%Y-%m}") == ("MDI", "2027-01")
    ]


def ways(target: Target, dumped: Sequence[Row]) -> Iterator[Way]:
    """All of them."""
    others = [row for row in dumped if row.table != target.rows[0].table]
    yield from _orders(target)
    yield from _instants(target)
    yield from _known_outside(target)
    yield from _neighbours(target, others)
    yield from _values(target, others)


# --- in the order of anything ----------------------------------------------------------------------------------------


def _orders(target: Target) -> Iterator[Way]:
    for by, key in _row_orders(target):
        for of, order in _CONTACT_ORDERS.items():
            for backwards in (False, True):
                guess: dict[int, Set[int]] = {}
                for part in ("DAY", "NIGHT"):
                    places = [p for p, row in enumerate(target.rows) if row.values["part"] == part]
                    numbers = [n for n, c in target.contacts.items() if c.part == part and order(c) is not None]
                    places.sort(key=lambda place: key(target.rows[place]), reverse=backwards)
                    numbers.sort(key=lambda number: order(target.contacts[number]))
                    guess |= {place: {number} for place, number in zip(places, numbers, strict=False)}
                yield Way(f"{'backwards ' if backwards else ''}by {by} as by {of}", guess)


def _row_orders(target: Target) -> Iterator[tuple[str, Callable[[Row], Any]]]:
    yield "place", lambda row: row.place
    yield "transaction", lambda row: (row.xmin, row.place)
    yield "size", lambda row: (row.size, row.place)
    yield "hash", lambda row: hashlib.md5(repr(sorted(row.values.items())).encode()).digest()  # noqa: S324
    for name in target.rows[0].values:
        if name != target.mark:
            yield name, lambda row, name=name: (str(row.values[name]), row.place)


_CONTACT_ORDERS: Mapping[str, Callable[[Contact], Any]] = {
    "asking": lambda c: c.asked_at,
    "unlocking": lambda c: c.unlocked_at and (c.unlocked_at,),
    "ending": lambda c: c.ended_at,
    "handing in": lambda c: c.handed_in_at and (c.handed_in_at,),
    "person": lambda c: (c.person, c.asked_at),
    "wing": lambda c: (c.wing, c.asked_at),
    "supporter": lambda c: c.supporter and (c.supporter, c.asked_at),
    "request": lambda c: c.request,
    "length": lambda c: (c.minutes, c.asked_at),
}


def _instants(target: Target) -> Iterator[Way]:
    """Any time in a row: the contact that began, or was handed in, next to it."""
    for name in target.rows[0].values:
        for of in ("asked_at", "ended_at", "handed_in_at"):
            guess: dict[int, Set[int]] = {}
            for place, row in enumerate(target.rows):
                value = row.values[name]
                at = value if isinstance(value, datetime) else instant_in(value) if hasattr(value, "int") else None
                times = {n: t for n, c in target.contacts.items() if (t := getattr(c, of)) is not None}
                if at is not None and times:
                    guess[place] = {min(times, key=lambda n: abs(times[n] - at))}
            yield Way(f"the time in {name} next to {of}", guess)


# --- by what somebody knows who was there -----------------------------------------------------------------------------


def _known_outside(target: Target) -> Iterator[Way]:
    """Staff and the movement log know how long a contact was and how long each wait."""
    known: dict[str, Callable[[Contact], Any]] = {
        "duration": lambda c: c.duration,
        "minutes_to_accept": lambda c: rounded(c.minutes_to_accept),
        "minutes_to_unlock": lambda c: rounded(c.minutes_to_unlock),
        "came_to": lambda c: "UNMET" if c.supporter is None else "MET",
    }
    held = {name: tell for name, tell in known.items() if name in target.rows[0].values}
    for names in [(name,) for name in held] + [tuple(held)]:
        guess = {
            place: {n for n, c in target.contacts.items() if all(held[name](c) == row.values[name] for name in names)}
            for place, row in enumerate(target.rows)
        }
        yield Way(f"known outside: {', '.join(names)}", guess)


def rounded(minutes: int | None) -> int | None:
    """A wait as it is kept."""
    return None if minutes is None else 5 * round(minutes / 5)


# --- through other rows -----------------------------------------------------------------------------------------------


_Clue = Callable[[Row], Set[int]]


def _clues(target: Target) -> Mapping[str, _Clue]:
    """What another row may say of whom it is."""
    kinds: Mapping[str, Callable[[Contact], Any]] = {
        "person": lambda c: c.person.casefold(),
        "wing": lambda c: c.wing.casefold(),
        "supporter": lambda c: c.supporter and UUID(c.supporter),
        "request": lambda c: UUID(c.request),
        "author": lambda c: uid(f"actor:{c.author}"),
    }
    found = {kind: _by_value(target, kinds[kind]) for kind in kinds}
    by_day = defaultdict[Any, set[int]](set)
    for number, contact in target.contacts.items():
        for at in (contact.asked_at, contact.ended_at, contact.handed_in_at):
            if at is not None:
                by_day[at.date()].add(number)
    return {"day": lambda row: {number for day in row.days for number in by_day.get(day, ())}, **found}


def _by_value(target: Target, tell: Callable[[Contact], Any]) -> _Clue:
    by_value = defaultdict[Any, set[int]](set)
    for number, contact in target.contacts.items():
        by_value[tell(contact)].add(number)
    by_value.pop(None, None)
    return lambda row: {number for value in row.found for number in by_value.get(value, ())}


def _neighbours(target: Target, others: Sequence[Row]) -> Iterator[Way]:
    """Rows of one transaction, of transactions next to it, and at the same place of another table."""
    near: dict[str, Callable[[Row, Row], bool]] = {
        "in its transaction": lambda row, other: row.xmin == other.xmin,
        "in a transaction before": lambda row, other: 0 < row.xmin - other.xmin <= _NEAR,
        "in a transaction after": lambda row, other: 0 < other.xmin - row.xmin <= _NEAR,
        "at its place": lambda row, other: row.place == other.place,
    }
    clues = _clues(target)
    for how, is_near in near.items():
        close = {place: [o for o in others if is_near(row, o)] for place, row in enumerate(target.rows)}
        tables = sorted({other.table for found in close.values() for other in found})
        for table in tables:
            for kind, clue in clues.items():
                guess = {
                    place: set().union(*(clue(other) for other in found if other.table == table))
                    for place, found in close.items()
                }
                yield Way(f"{table} {how}, by its {kind}", guess)


def _values(target: Target, others: Sequence[Row]) -> Iterator[Way]:
    """Any value that stands in both, in any pair of columns."""
    clues = _clues(target)
    told = {kind: {id(other): clue(other) for other in others} for kind, clue in clues.items()}
    telling: dict[tuple[str, str], dict[Any, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for other in others:
        for column, value in other.atoms:
            telling[other.table, column][value].append(other)
    columns = sorted({column for row in target.rows for column, _ in row.atoms} - {target.mark})
    for column in columns:
        mine = {p: {v for c, v in row.atoms if c == column} for p, row in enumerate(target.rows)}
        wanted = set().union(*mine.values())
        for (table, other_column), by_value in telling.items():
            if not wanted & by_value.keys():
                continue
            for kind in clues:
                guess = {
                    place: {
                        number
                        for value in values
                        for other in by_value.get(value, ())
                        for number in told[kind][id(other)]
                    }
                    for place, values in mine.items()
                }
                yield Way(f"{column} in {table}.{other_column}, by its {kind}", guess)

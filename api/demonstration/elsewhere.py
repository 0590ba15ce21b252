"""The prison's systems of the demonstration: where its made-up people are, and what is known of them there.

What they hold is theirs and not this service's: it is written once, from where people are when the demonstration is
filled, and changed only by what is told to have happened (`happening`). So an event is looked up here before anything
is done, and the nightly look compares two lists, as in earnest. The file lies beside the demonstration's data; the
process that serves and its worker both read it, again whenever it has changed.

They know numbers of the made-up range and no other: of anybody else they say that they do not know him.
"""

import os
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import count, cycle, islice
from pathlib import Path
from typing import Final

from pydantic import TypeAdapter

from api.demonstration.knowing import of_number
from api.demonstration.people import PRISONS, is_made_up, made_up_number
from api.demonstration.releasing import release_of
from domain.kernel.ids import PersonId
from domain.kernel.prison import Apart, IncentiveLevel, PrisonFacts
from domain.kernel.whereabouts import InOut, Located
from domain.people.record import Person
from domain.supporters.absences import Absence, Away

FIRST_NEIGHBOUR: Final = 2000
"""The number of the first of those who live in the prisons and have nothing to do with any scheme."""
_MOVEMENT: Final = {Away.AT_COURT: "CRT", Away.ON_ROTL: "TAP", Away.HOSPITAL: None}
_EVERY, _APART = 50, 7


@dataclass(frozen=True, slots=True)
class Held:
    """What they hold beyond what a number itself tells: where each is, and what has happened since."""

    places: Mapping[str, Located]
    alerts: Mapping[str, frozenset[str]] = field(default_factory=dict[str, frozenset[str]])
    incentives: Mapping[str, IncentiveLevel] = field(default_factory=dict[str, IncentiveLevel])
    apart: tuple[tuple[str, str], ...] = ()
    """Pairs between whom a non-association was opened."""


_HELD: Final = TypeAdapter(Held)


class Elsewhere:
    """What may be asked of them: each question is a port of the domain, answered from the file as it is now."""

    def __init__(self, file: Path, today: Callable[[], date]) -> None:
        self._file = file
        self._today = today
        self._read: tuple[tuple[int, int], Held] | None = None

    @property
    def held(self) -> Held | None:
        """All that is in the file; None: it has not been written yet."""
        try:
            found = os.stat(self._file)
        except FileNotFoundError:
            return None
        mark = (found.st_ino, found.st_mtime_ns)
        if self._read is None or self._read[0] != mark:
            self._read = mark, _HELD.validate_json(self._file.read_bytes())
        return self._read[1]

    def hold(self, held: Held) -> None:
        """From now on this is in it: whole, or not at all."""
        beside = self._file.with_suffix(".new")
        with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as written:
            written.write(_HELD.dump_json(held))
        beside.replace(self._file)

    async def whereabouts(self, identifiers: Collection[str]) -> Mapping[str, Located | None] | None:
        """Where each of these is (`domain.kernel.whereabouts.Whereabouts`)."""
        held = self.held
        return None if held is None else {n: held.places.get(n) for n in identifiers}

    async def residents(self, prison: str) -> Mapping[str, Located] | None:
        """Who lives in a prison (`domain.kernel.whereabouts.Residents`)."""
        held = self.held
        if held is None:
            return None
        return {n: at for n, at in held.places.items() if at.prison == prison}

    async def records(self, identifier_kind: str, identifier: str) -> PrisonFacts | None:
        """The facts that suitability asks for (`domain.ports.PrisonRecords`)."""
        if not is_made_up(identifier):
            return None
        facts, held = of_number(identifier, self._today()), self.held or Held({})
        return replace(
            facts,
            alerts=(facts.alerts or frozenset()) | held.alerts.get(identifier, frozenset()),
            incentive=held.incentives.get(identifier, facts.incentive),
        )

    async def releases(self, prison: str, identifiers: Collection[str]) -> Mapping[str, date | None] | None:
        """When each is to be released (`domain.ports.Releases`)."""
        return {n: release_of(n, self._today()) for n in identifiers if is_made_up(n)}

    async def apart(self, identifier_kind: str, identifiers: Sequence[str]) -> Mapping[str, Apart] | None:
        """From whom each is kept apart (`domain.ports.KeptApart`). Nobody here is tried with anybody."""
        opened = () if (held := self.held) is None else held.apart
        return {
            each: Apart(non_associations=_enemies(each, opened), co_defendants=frozenset())
            for each in identifiers
            if is_made_up(each)
        }


def first(persons: Iterable[Person], absences: Iterable[Absence], today: date) -> Held:
    """What they hold at first: everybody is where he is known to be; and as many others live there as the prison
    holds."""
    away = {each.person: each.why for each in absences if each.last_on is None and each.first_on <= today}
    places = {p.identifier: _place(p, away) for p in persons if is_made_up(p.identifier)}
    numbers = map(made_up_number, count(FIRST_NEIGHBOUR))
    for prison in PRISONS:
        more = prison.held - sum(at.prison == prison.code for at in places.values())
        for number, wing in zip(islice(numbers, max(more, 0)), cycle(prison.wings)):
            places[number] = place(prison.code, wing)
    return Held(places)


def place(prison: str | None, wing: str | None, *, in_out: InOut = InOut.IN) -> Located:
    """Somebody who is there, and about whom there is nothing else to say."""
    return Located(prison=prison, in_out=in_out, wing=wing)


def _place(person: Person, away: Mapping[PersonId, Away]) -> Located:
    why, here = away.get(person.id), place(person.prison, person.wing)
    if why is None or why not in _MOVEMENT:
        return here
    return replace(here, in_out=InOut.OUT, last_movement=_MOVEMENT[why])


def _enemies(number: str, opened: Iterable[tuple[str, str]]) -> frozenset[str]:
    """Those of the pairs, and one for each fiftieth number: the seventh after it."""
    n = int(number[1:5])
    fixed = [
        m for m, divided in ((n + _APART, n), (n - _APART, n - _APART)) if divided % _EVERY == 0 and 0 < m < 10_000
    ]
    of_pairs = (one if number == other else other for one, other in opened if number in (one, other))
    return frozenset((*map(made_up_number, fixed), *of_pairs))

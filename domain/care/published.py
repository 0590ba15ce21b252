"""The rota of a scheme as it was published, for the wall of an office and for a calendar: duty, and nothing besides.

Both say what was published and nothing of today: who was called, cannot come, or is tired changes no letter of either,
and only publishing, or withdrawing what was published, does (rule 9). Both are for staff, and paper reaches a prisoner
who coordinates by them (rule 10): so the wall names those who agreed to be listed, and counts the others.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from domain import looking
from domain.act import Act, Begin
from domain.care.roster import RosterEntry
from domain.confidentiality.verbs import Verb
from domain.kernel.bands import Band, span
from domain.kernel.days import local_day, zone_of
from domain.schemes.made import terms_of
from domain.schemes.record import Scheme

BACK: Final = timedelta(days=28)
"""How far back a calendar goes: what is older is nobody's duty any more."""


@dataclass(frozen=True, slots=True)
class Printed:
    """Some weeks of a scheme's rota: who is there on each day, in each band of the kind, by name; and how
    many more, who have not agreed to be named."""

    scheme: str
    prison: str
    days: tuple[date, ...]
    bands: tuple[Band, ...]
    names: Mapping[tuple[date, Band], tuple[str, ...]]
    others: Mapping[tuple[date, Band], int]


@dataclass(frozen=True, slots=True)
class Shown:
    """One duty in a calendar. `published_at`: when it last was published or withdrawn; `withdrawn`: it is no more."""

    id: UUID
    scheme: str
    name: str
    band: Band
    starts_at: datetime
    ends_at: datetime
    published_at: datetime
    withdrawn: bool


async def printed(begin: Begin, scheme: UUID, first: date | None, weeks: int) -> Printed:
    """So many weeks from this day on; without one, from the Monday of this week."""
    async with begin(Verb.READ_ROTA_SHEET) as act:
        of = await act.fetch(Scheme, scheme)
        today = local_day(of, act.now)
        start = first or today - timedelta(days=today.weekday())
        days = tuple(start + timedelta(days=n) for n in range(7 * weeks))
        there, others = dict[tuple[date, Band], list[str]](), Counter[tuple[date, Band]]()
        for entry in await _entries(act, of, start):
            if entry.day > days[-1] or entry.in_force_until is not None:
                continue
            if not entry.listed:
                others[entry.day, entry.band] += 1
            else:
                there.setdefault((entry.day, entry.band), []).append(act.disclose(entry).values["name"])
        names = {when: tuple(sorted(found)) for when, found in there.items()}
        return Printed(of.name, of.prison, days, (await terms_of(act, of)).bands, names, others)


async def calendar(begin: Begin, scheme: UUID) -> list[Shown]:
    """All duty of four weeks back and of all that is written ahead, in order. What was withdrawn is told as withdrawn,
    so that it goes from a calendar that had it."""
    async with begin(Verb.READ_ROTA_CALENDAR) as act:
        of = await act.fetch(Scheme, scheme)
        found = list[Shown]()
        for entry in await _entries(act, of, local_day(of, act.now) - BACK):
            name = act.disclose(entry).values["name"]
            starts, ends = span(entry.day, entry.band, zone_of(entry.jurisdiction).key)
            told, gone = entry.in_force_until or entry.in_force_from or act.now, entry.in_force_until is not None
            found.append(Shown(entry.id, of.name, name, entry.band, starts, ends, told, gone))
        return sorted(found, key=lambda each: (each.starts_at, each.id))


async def _entries(act: Act, of: Scheme, since: date) -> list[RosterEntry]:
    """What is in force, or was: by its instants, which every reader of the rota has, and not by its state."""
    found = await looking.all_known(act, RosterEntry, {"scheme": of.id}, order="day", since=since)
    return [entry for entry in found if entry.in_force_from is not None]

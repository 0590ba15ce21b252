"""How many supporters a scheme needs, by weekday, band and wing, and where the rota falls short of it (X4, F33, F36).

The figure is worked out of the rota as published and of nothing else: never of who was called out, who cannot come
today, or who is tired (rules 9 and 10). That somebody on it cannot come is a reminder for those who see to it
(`domain.care.overdue`). Whoever is on probation learns beside another: no offer may name him, so he fills no gap, and
counts towards none. To supporters and peer coordinators the rota is told, and no figure.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from domain import looking
from domain.act import Act, Begin
from domain.care.roster import RosterEntry, RosterState
from domain.confidentiality.classification import Open, Operational
from domain.confidentiality.disclosure import Tag, View
from domain.confidentiality.record import record
from domain.confidentiality.verbs import Verb
from domain.kernel.bands import Band
from domain.kernel.days import local_day
from domain.kernel.errors import Failure, Unacceptable, Unreadable
from domain.kernel.ids import CoverNeedId, SchemeId
from domain.kernel.moves import require
from domain.schemes import belonging
from domain.schemes.belonging import OfScheme, made, scheme_to_write
from domain.schemes.made import terms_of
from domain.schemes.record import Scheme
from domain.schemes.registers.hours import WEEK, Weekday
from domain.supporters.record import Standing, Supporter

LONGEST: Final = 31
"""Days that one answer is about, at most: a month to a page."""
ASKED: Final = 7
"""Days, where no end is asked for."""
MOST: Final = 300
"""Needs of one scheme: 35 bands of a week for the whole prison, and for seven wings besides."""


@record(kind="cover-need", kept="six years after its scheme closes; it names nobody")
class CoverNeed(OfScheme):
    """How many supporters there must be in a band of a weekday: on a wing, or, without one, in the whole prison,
    whatever wing they are there for. A night is one of the weekday on which it begins."""

    id: Open[CoverNeedId]
    version: Open[int] = 0
    scheme: Open[SchemeId]
    jurisdiction: Open[str]
    prison: Open[str]
    organisation: Open[str]
    wing: Operational[str | None] = None
    """None: the whole prison."""
    weekday: Operational[Weekday]
    band: Operational[Band]
    supporters: Operational[int]
    """How many; 0: none any more."""

    def faults(self) -> Iterable[Failure]:
        """Its wing is of the same prison."""
        if self.wing is not None and not self.wing.startswith(f"{self.prison}-"):
            yield Failure("WING_OF_ANOTHER_PRISON", "/wing")


@dataclass(frozen=True, slots=True)
class Cover:
    """One band of one day, in the whole prison (`wing` is None) or for one wing: how many there must be, how many are
    on the rota as published and not on probation, and how many are missing."""

    day: date
    band: Band
    wing: str | None
    needed: int
    rostered: int
    missing: int


async def add(begin: Begin, scheme: UUID, **given: Any) -> View[CoverNeed]:
    """Say how many a band needs. Each band of each weekday is said once for a wing, and once for the prison."""
    async with begin.serially(Verb.KEEP_COVER_NEED) as act:
        of = await scheme_to_write(act, scheme, CoverNeed)
        if given["band"] not in (await terms_of(act, of)).bands:
            raise Unacceptable([Failure("KIND_DOES_NOT_ALLOW", "/band")])
        need = made(act, of, CoverNeed, **given)
        others = await looking.all_known(act, CoverNeed, {"scheme": of.id})
        if len(others) >= MOST:
            raise Unacceptable([Failure("TOO_MANY_ITEMS", "")])
        require((all(_about(need) != _about(other) for other in others), "ALREADY_SAID"))
        act.keep(need)
        return act.disclose(need)


async def amend(begin: Begin, id: UUID, *, seen: Tag, changes: Mapping[str, Any]) -> View[CoverNeed]:
    """Say another number."""
    return await belonging.amend(begin, Verb.KEEP_COVER_NEED, CoverNeed, id, seen=seen, changes=changes)


async def cover(begin: Begin, scheme: UUID, since: date | None, until: date | None) -> list[Cover]:
    """Every band of the kind on every day from `since` (today) until `until` (a week), and every wing of which
    something is said; `until` at most a month on."""
    async with begin(Verb.READ_COVER) as act:
        of = await act.fetch(Scheme, scheme)
        first = since or local_day(of, act.now)
        last = until or first + timedelta(days=ASKED - 1)
        if not first <= last < first + timedelta(days=LONGEST):
            raise Unreadable([Failure("NOT_WITHIN_A_MONTH", "query:until")])
        said = await looking.every(act, CoverNeed, {"scheme": of.id})
        for need in said:
            act.disclose(need)
        return await covered(act, of, said, first, last)


async def covered(act: Act, of: Scheme, said: Iterable[CoverNeed], first: date, last: date) -> list[Cover]:
    """The same, from a day to a day, by what is said to be needed."""
    needs = {_about(n): n.supporters for n in said if n.supporters}
    wings = {(weekday, band): [w for w, d, b in needs if w and (d, b) == (weekday, band)] for _, weekday, band in needs}
    published = {"scheme": of.id, "state": RosterState.PUBLISHED}
    there, learners = Counter[tuple[date, Band, str | None]](), await _on_probation(act, of.id)
    for entry in await looking.all_known(act, RosterEntry, published, order="day", since=first):
        if entry.supporter in learners:
            continue
        there[entry.day, entry.band, entry.wing] += 1
        there[entry.day, entry.band, None] += entry.wing is not None
    bands, found = (await terms_of(act, of)).bands, list[Cover]()
    for day in (first + timedelta(days=n) for n in range((last - first).days + 1)):
        weekday = WEEK[day.weekday()]
        for band in bands:
            for wing in (None, *sorted(wings.get((weekday, band), ()))):
                needed, rostered = needs.get((wing, weekday, band), 0), there[day, band, wing]
                found.append(Cover(day, band, wing, needed, rostered, max(0, needed - rostered)))
    return found


async def keeps(act: Act, entry: RosterEntry) -> bool:
    """Whether the band keeps what is needed there, in the prison and on its wing, when this entry is gone from it."""
    then = {"scheme": entry.scheme, "band": entry.band}
    needs = await looking.all_known(act, CoverNeed, {**then, "weekday": WEEK[entry.day.weekday()]})
    there = await looking.all_known(act, RosterEntry, {**then, "day": entry.day, "state": RosterState.PUBLISHED})
    learners = await _on_probation(act, entry.scheme)
    wings = [each.wing for each in there if each.id != entry.id and each.supporter not in learners]
    touched = [need for need in needs if need.wing in (None, entry.wing)]
    return all(need.supporters <= (len(wings) if need.wing is None else wings.count(need.wing)) for need in touched)


async def _on_probation(act: Act, scheme: UUID) -> frozenset[UUID]:
    found = await looking.all_known(act, Supporter, {"scheme": scheme, "standing": Standing.PROBATION})
    return frozenset(who.id for who in found)


def _about(need: CoverNeed) -> tuple[str | None, Weekday, Band]:
    return need.wing, need.weekday, need.band

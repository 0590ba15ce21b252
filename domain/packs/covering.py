"""How the rota of a month covered what was needed, wing by wing, by day and by night: kept once the month is closed,
and never changed (rule 19). What is said to be needed afterwards, or who stands on the rota then, changes no pack."""

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from domain import looking
from domain.act import Act, Begin
from domain.care.cover import CoverNeed, covered
from domain.confidentiality.classification import Classification, Counted, Open
from domain.confidentiality.record import Record, record
from domain.confidentiality.verbs import Verb
from domain.kernel.bands import Band
from domain.kernel.days import months_after
from domain.kernel.ids import CoverKeptId, SchemeId
from domain.metrics.record import RollUp
from domain.metrics.series import ALL, Series
from domain.schemes.record import Scheme, SchemeState

DAY: Final = "DAY"
NIGHT: Final = "NIGHT"


@record(kind="cover-kept", kept="six years; it names nobody", existence=Classification.SEALED)
class CoverKept(Record):
    """How the rota of one scheme covered a month, as it was when the month was closed. Nobody reads one: a pack adds
    them up, and passes disclosure control."""

    id: Open[CoverKeptId]
    version: Open[int] = 0
    jurisdiction: Open[str]
    prison: Open[str]
    scheme: Counted[SchemeId]
    month: Counted[date]
    """Its first day."""
    wings: Counted[tuple[str, ...]]
    """Of which something was said to be needed; ALL: of the whole prison, whatever wing."""
    day_needed: Counted[tuple[int, ...]]
    """By wing: bands of the day that needed somebody."""
    day_covered: Counted[tuple[int, ...]]
    """And in how many of them as many were on the rota as published."""
    night_needed: Counted[tuple[int, ...]]
    night_covered: Counted[tuple[int, ...]]

    def numbers(self) -> dict[tuple[str, str], tuple[int, int]]:
        """By wing and part of the day: how many were needed, and covered."""
        by = ((DAY, self.day_needed, self.day_covered), (NIGHT, self.night_needed, self.night_covered))
        return {
            (wing, part): (needed[at], filled[at]) for part, needed, filled in by for at, wing in enumerate(self.wings)
        }


async def keep(begin: Callable[[], Begin]) -> int:
    """Every closed month of every prison that is not kept yet, one after the other. How many."""
    done = 0
    while await _one(begin()):
        done += 1
    return done


async def _one(begin: Begin) -> bool:
    async with begin.serially(Verb.TICK) as act:
        for prison, schemes in (await _by_prison(act)).items():
            month = await _due(act, prison)
            if month is not None:
                made = [await _kept(act, scheme, month) for scheme in schemes]
                for each in sorted(made, key=lambda one: one.id):
                    act.keep_beside(each)
                return True
        return False


async def _by_prison(act: Act) -> dict[str, list[Scheme]]:
    found: dict[str, list[Scheme]] = {}
    for scheme in await looking.all_known(act, Scheme, {}):
        if scheme.state is not SchemeState.CLOSED:
            found.setdefault(scheme.prison, []).append(scheme)
    return dict(sorted(found.items()))


async def _due(act: Act, prison: str) -> date | None:
    """The first closed month after those that are kept; where none is, the newest: of earlier ones nobody knows any
    more what was needed."""
    days = await looking.all_known(act, RollUp, {"prison": prison, "series": Series.PRISONER_DAYS})
    if not days:
        return None
    newest = max(each.closed_in for each in days)
    there = await looking.all_known(act, CoverKept, {"prison": prison})
    month = months_after(max(each.month for each in there), 1) if there else newest
    return month if month <= newest else None


async def _kept(act: Act, of: Scheme, month: date) -> CoverKept:
    needs = await looking.all_known(act, CoverNeed, {"scheme": of.id})
    needed, filled = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    last = months_after(month, 1) - timedelta(days=1)
    for each in await covered(act, of, needs, month, last) if needs else ():
        if each.needed:
            where = each.wing or ALL, NIGHT if each.band is Band.NIGHT else DAY
            needed[where] += 1
            filled[where] += not each.missing
    wings = tuple(sorted({need.wing or ALL for need in needs}))
    return CoverKept(
        id=CoverKeptId(act.new_id()),
        jurisdiction=of.jurisdiction,
        prison=of.prison,
        scheme=of.id,
        month=month,
        wings=wings,
        day_needed=tuple(needed[wing, DAY] for wing in wings),
        day_covered=tuple(filled[wing, DAY] for wing in wings),
        night_needed=tuple(needed[wing, NIGHT] for wing in wings),
        night_covered=tuple(filled[wing, NIGHT] for wing in wings),
    )

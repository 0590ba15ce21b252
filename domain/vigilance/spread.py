"""How evenly places, shifts and pay are spread in a scheme (X11): a watch for preferential treatment, which accuses
nobody.

Wings are laid beside each other over a year: how many applied and were taken on, how many of those in the role were
removed or stood down, how many bands of the rota and half days of pay fell to each supporter. A wing of which fewer
than ten are concerned is not told; every count passes disclosure control, and what follows from one that is not told is
not told either. A flag says that two wings differ by more than chance, or by half as much again: why, a talk finds out.
What the service does not hold (ethnicity, religion, disability) it cannot compare, and says so.
"""

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import combinations
from typing import Final
from uuid import UUID

from domain import looking
from domain.act import Act, Begin
from domain.care.roster import RosterEntry, RosterState
from domain.confidentiality.verbs import Verb
from domain.feedback.codes import quarter_of
from domain.kernel.counts import Cell, Told, each_one
from domain.kernel.days import local_day, months_after
from domain.kernel.ids import SupporterId
from domain.metrics.closing import OPEN_FOR
from domain.metrics.counting import what_became
from domain.metrics.reading import let
from domain.metrics.record import Figure, FigurePeriod
from domain.metrics.series import ALL, TAKEN_ON, UNDECIDED, Series
from domain.metrics.wings import said
from domain.oversight.control import Sum, let_out
from domain.pay.entries import PayEntry
from domain.schemes.record import Scheme
from domain.supporters.record import HOLDING, Standing, Supporter

MONTHS: Final = 12
QUARTER: Final = 3
FEWEST: Final = 10
"""Of fewer people of a wing nothing is told."""
OF_A_SHARE: Final = 20
"""Shares are told, and compared, of so many people at least (domain facts 5.6)."""
Z: Final = 1.96
HALF_AS_MUCH_AGAIN: Final = 1.5


class SpreadOf(StrEnum):
    """What is compared."""

    TAKEN_ON = "TAKEN_ON"
    """Of those who applied and were decided."""
    REMOVED = "REMOVED"
    """Removed or stood down, of those who were in the role."""
    SHIFTS = "SHIFTS"
    """Bands of the published rota, for each supporter."""
    PAY = "PAY"
    """Half days of pay, for each supporter."""


_SERIES: Final = {what: Series(f"SPREAD_{what.value}") for what in SpreadOf}


@dataclass(frozen=True, slots=True)
class GroupSpread:
    """One wing: of how many, how many, and the share in per cent; null where it is not told. Of shifts and pay `times`
    is all of them together."""

    wing: str
    people: Told | None
    times: Told | None
    share: int | None


@dataclass(frozen=True, slots=True)
class Compared:
    """One comparison, and whether two of its wings differ so that somebody should ask why."""

    what: SpreadOf
    differs: bool
    groups: tuple[GroupSpread, ...]


@dataclass(frozen=True, slots=True)
class Spread:
    """All of them, from a day on and until before another: four quarters that are over. It is worked out once a quarter
    (`domain.vigilance.quarterly`) and not when it is read: it does not change with each man (rule 19)."""

    since: date
    until: date
    compared: tuple[Compared, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """A wing. `of`: of how many people the times are; `most`: how many of them at most are one's."""

    people: int
    times: int
    of: int = 0
    most: int = 0


async def spread(begin: Begin, scheme: UUID) -> Spread:
    """The comparisons of one scheme, as they were let out."""
    async with begin(Verb.READ_SPREAD) as act:
        return await compared(act, await act.fetch(Scheme, scheme))


async def compared(act: Act, of: Scheme) -> Spread:
    """The same, for whoever has fetched the scheme: nothing where its last quarter has not been let out yet."""
    first = last_told(of, act)
    by_wing: dict[Series, dict[str, dict[str, Told | None]]] = {series: {} for series in _SERIES.values()}
    for series, wings in by_wing.items():
        asked = {"scheme": of.id, "series": series, "period": FigurePeriod.QUARTER, "first": first}
        for each in await looking.every(act, Figure, asked):
            shown = act.disclose(each).values
            told = map(let, shown["told"])
            wings[shown["wing"]] = dict(zip(shown["words"], told, strict=True))
    until = months_after(first, QUARTER)
    found = tuple(_compared(what, by_wing) for what in SpreadOf)
    return Spread(months_after(until, -MONTHS), until, tuple(each for each in found if each.groups))


def last_told(of: Scheme, act: Act) -> date:
    """The first day of the newest quarter that has settled."""
    return months_after(quarter_of(local_day(of, act.now) - OPEN_FOR), -QUARTER)


def _compared(what: SpreadOf, by_wing: Mapping[Series, Mapping[str, Mapping[str, Told | None]]]) -> Compared:
    """Out of what was let out, and of nothing else."""
    share = what in (SpreadOf.TAKEN_ON, SpreadOf.REMOVED)
    of = _SERIES[what]
    people = by_wing[of if share else _SERIES[SpreadOf.REMOVED]]
    groups = tuple(
        _shown(wing, people.get(wing, {}).get(ALL), told["TIMES" if share else ALL], share=share)
        for wing, told in sorted(by_wing[of].items())
    )
    return Compared(what, _shares_differ(groups) if share else _loads_differ(groups), groups)


async def worked_out(act: Act, of: Scheme, until: date) -> dict[tuple[Series, str], list[int]]:
    """What may be kept of a scheme, by series and wing, as figures keep it: of four quarters that are over."""
    since = months_after(until, -MONTHS)
    all_of = await looking.all_known(act, Supporter, {"scheme": of.id})
    wings = {each.id: each.wing for each in all_of}
    published = {"scheme": of.id, "state": RosterState.PUBLISHED}
    shifts = await looking.all_known(act, RosterEntry, published, order="day", since=since)
    pay = await looking.all_known(act, PayEntry, {"scheme": of.id}, order="week_of", since=since)
    lately = [each for each in all_of if each.imported_on is None and since <= each.applied_on < until]
    decided = [each for each in lately if what_became(each) != UNDECIDED]
    served = [each for each in all_of if _served(each, since)]
    done = [(entry.supporter, 1) for entry in shifts if entry.day < until]
    paid = [(entry.supporter, entry.units) for entry in pay if entry.week_of < until]
    return {
        **_shares(SpreadOf.TAKEN_ON, decided, lambda each: what_became(each) == TAKEN_ON),
        **_shares(SpreadOf.REMOVED, served, lambda each: each.standing in (Standing.REMOVED, Standing.STOOD_DOWN)),
        **_loads(SpreadOf.SHIFTS, served, done, wings),
        **_loads(SpreadOf.PAY, served, paid, wings),
    }


def _served(each: Supporter, since: date) -> bool:
    began = each.probation_from or each.active_from
    return began is not None and (each.standing in HOLDING or (each.left_on is not None and each.left_on >= since))


_Kept = dict[tuple[Series, str], list[int]]


def _shares(what: SpreadOf, people: Sequence[Supporter], counts: Callable[[Supporter], bool]) -> _Kept:
    groups = {
        wing: Group(len(there), sum(counts(each) for each in there))
        for wing in sorted({each.wing for each in people})
        if (there := [each for each in people if each.wing == wing])
    }
    told = let_out_of(groups, of_people=True)
    words = ("times", "others", "people")
    return {(_SERIES[what], wing): [said(told.get((wing, word))) for word in words] for wing in groups}


def _loads(
    what: SpreadOf,
    people: Sequence[Supporter],
    done: Sequence[tuple[SupporterId, int]],
    wings: Mapping[SupporterId, str],
) -> _Kept:
    there = {wing: sum(each.wing == wing for each in people) for wing in sorted({each.wing for each in people})}
    each_ones = Counter[SupporterId]()
    for supporter, n in done:
        each_ones[supporter] += n
    groups: dict[str, Group] = {}
    for wing, many in there.items():
        loads = [n for supporter, n in each_ones.items() if wings.get(supporter) == wing]
        groups[wing] = Group(many, sum(loads), sum(n > 0 for n in loads), max(loads, default=0))
    told = let_out_of(groups, of_people=False)
    return {(_SERIES[what], wing): [said(told.get((wing, "times")))] for wing in groups}


def let_out_of(groups: Mapping[str, Group], *, of_people: bool) -> dict[tuple[str, str], Told | None]:
    """What may leave of the wings of which enough are concerned. `of_people`: the times are of these same people, one
    each, and everybody can reckon for how many the thing does not hold."""
    cells: dict[tuple[str, str], Cell] = {}
    sums: list[Sum[tuple[str, str]]] = []
    for wing, group in groups.items():
        if group.people < FEWEST:
            continue
        cells[wing, "people"] = each_one(group.people)
        if of_people:
            cells |= {(wing, "times"): each_one(group.times), (wing, "others"): each_one(group.people - group.times)}
            sums.append(Sum((wing, "people"), ((wing, "times"), (wing, "others"))))
        else:
            cells[wing, "times"] = Cell(group.times, group.of, group.most)
    return let_out(cells, sums)


def _shown(wing: str, people: Told | None, times: Told | None, *, share: bool) -> GroupSpread:
    if not share or times is None or not people or people < OF_A_SHARE:
        return GroupSpread(wing, people, times, None)
    return GroupSpread(wing, people, times, min(100, round(100 * times / people)))


def _shares_differ(groups: Sequence[GroupSpread]) -> bool:
    """Two proportions, by the pooled z test, of wings large enough whose counts are told."""
    large = [
        (g.people, min(g.people, g.times)) for g in groups if g.share is not None and g.people and g.times is not None
    ]
    return any(_apart(*one, *other) for one, other in combinations(large, 2))


def _apart(people: int, times: int, others: int, theirs: int) -> bool:
    pooled = (times + theirs) / (people + others)
    error = math.sqrt(pooled * (1 - pooled) * (1 / people + 1 / others))
    return error > 0 and abs(times / people - theirs / others) > Z * error


def _loads_differ(groups: Sequence[GroupSpread]) -> bool:
    large = [g.times / g.people for g in groups if g.people and g.times is not None]
    return bool(large) and max(large) > HALF_AS_MUCH_AGAIN * min(large)

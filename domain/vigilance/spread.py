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
from domain.oversight.control import Sum, let_out
from domain.pay.entries import PayEntry
from domain.schemes.record import Scheme
from domain.supporters.record import APPLYING, HOLDING, Standing, Supporter

MONTHS: Final = 12
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
    """All of them, from a day on and until before another: four quarters that are over, so that what is told changes
    four times a year and not with each man (rule 19)."""

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
    """The comparisons of one scheme."""
    async with begin(Verb.READ_SPREAD) as act:
        return await compared(act, await act.fetch(Scheme, scheme))


async def compared(act: Act, of: Scheme) -> Spread:
    """The same, for whoever has fetched the scheme."""
    until = quarter_of(local_day(of, act.now))
    since = months_after(until, -MONTHS)
    all_of = await looking.all_known(act, Supporter, {"scheme": of.id})
    wings = {each.id: each.wing for each in all_of}
    published = {"scheme": of.id, "state": RosterState.PUBLISHED}
    shifts = await looking.all_known(act, RosterEntry, published, order="day", since=since)
    pay = await looking.all_known(act, PayEntry, {"scheme": of.id}, order="week_of", since=since)
    lately = [each for each in all_of if since <= each.applied_on < until]
    decided = [each for each in lately if each.standing not in APPLYING]
    served = [each for each in all_of if _served(each, since)]
    done = [(entry.supporter, 1) for entry in shifts if entry.day < until]
    paid = [(entry.supporter, entry.units) for entry in pay if entry.week_of < until]
    return Spread(
        since,
        until,
        (
            _shares(SpreadOf.TAKEN_ON, decided, lambda each: each.standing is not Standing.REJECTED),
            _shares(SpreadOf.REMOVED, served, lambda each: each.standing in (Standing.REMOVED, Standing.STOOD_DOWN)),
            _loads(SpreadOf.SHIFTS, served, done, wings),
            _loads(SpreadOf.PAY, served, paid, wings),
        ),
    )


def _served(each: Supporter, since: date) -> bool:
    began = each.probation_from or each.active_from
    return began is not None and (each.standing in HOLDING or (each.left_on is not None and each.left_on >= since))


def _shares(what: SpreadOf, people: Sequence[Supporter], counts: Callable[[Supporter], bool]) -> Compared:
    groups = {
        wing: Group(len(there), sum(counts(each) for each in there))
        for wing in sorted({each.wing for each in people})
        if (there := [each for each in people if each.wing == wing])
    }
    told = let_out_of(groups, of_people=True)
    shown = tuple(_shown(wing, group, told, share=True) for wing, group in groups.items())
    return Compared(what, _shares_differ(groups, told), shown)


def _loads(
    what: SpreadOf,
    people: Sequence[Supporter],
    done: Sequence[tuple[SupporterId, int]],
    wings: Mapping[SupporterId, str],
) -> Compared:
    there = {wing: sum(each.wing == wing for each in people) for wing in sorted({each.wing for each in people})}
    each_ones = Counter[SupporterId]()
    for supporter, n in done:
        each_ones[supporter] += n
    groups: dict[str, Group] = {}
    for wing, many in there.items():
        loads = [n for supporter, n in each_ones.items() if wings.get(supporter) == wing]
        groups[wing] = Group(many, sum(loads), sum(n > 0 for n in loads), max(loads, default=0))
    told = let_out_of(groups, of_people=False)
    shown = tuple(_shown(wing, group, told, share=False) for wing, group in groups.items())
    return Compared(what, _loads_differ(groups, told), shown)


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


_Let = Mapping[tuple[str, str], Told | None]


def _shown(wing: str, group: Group, told: _Let, *, share: bool) -> GroupSpread:
    people, times = told.get((wing, "people")), told.get((wing, "times"))
    if not share or group.people < OF_A_SHARE or not people or times is None:
        return GroupSpread(wing, people, times, None)
    return GroupSpread(wing, people, times, min(100, round(100 * times / people)))


def _shares_differ(groups: Mapping[str, Group], told: _Let) -> bool:
    """Two proportions, by the pooled z test, of wings large enough whose counts are told."""
    large = [g for w, g in groups.items() if g.people >= OF_A_SHARE and told.get((w, "times")) is not None]
    return any(_apart(one, other) for one, other in combinations(large, 2))


def _apart(one: Group, other: Group) -> bool:
    pooled = (one.times + other.times) / (one.people + other.people)
    error = math.sqrt(pooled * (1 - pooled) * (1 / one.people + 1 / other.people))
    return error > 0 and abs(one.times / one.people - other.times / other.people) > Z * error


def _loads_differ(groups: Mapping[str, Group], told: _Let) -> bool:
    large = [g.times / g.people for w, g in groups.items() if told.get((w, "times")) is not None]
    return bool(large) and max(large) > HALF_AS_MUCH_AGAIN * min(large)

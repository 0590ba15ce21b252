"""Letting out what is told of the wings of a scheme: once a quarter, of quarters alone, and beside what was let out of
the scheme (F63; domain facts 5.7). No month of a wing leaves, nor any wing of a closed policy, of which none is kept.
"""

from collections import defaultdict
from collections.abc import Collection, Hashable, Mapping, Sequence
from datetime import date
from typing import Any, Final
from uuid import UUID

from domain import looking
from domain.act import Act
from domain.kernel.counts import NOTHING, Cell, Told, together
from domain.kernel.days import months_after
from domain.kernel.ids import FigureId, SchemeId
from domain.metrics.counting import within
from domain.metrics.reading import let
from domain.metrics.record import KEPT_BACK, Figure, FigurePeriod, RollUp
from domain.metrics.series import ALL, BY_WING, LAYOUTS, UNMET, Series
from domain.oversight.control import Lay, Sum, let_out, sums_in
from domain.ports import Query

ENOUGH: Final = 10
"""So many have asked, at least, before a wait is told."""
_ALL_WINGS: Final = "all wings"
_QUARTER: Final = FigurePeriod.QUARTER


async def release(act: Act, jurisdiction: str, series: Series, first: date) -> int:
    """The wings of every scheme, of the quarter that begins on a day. How many tables: one of each scheme."""
    of: dict[UUID, list[RollUp]] = defaultdict(list)
    for month in (months_after(first, n) for n in range(_QUARTER.months)):
        asked = {"jurisdiction": jurisdiction, "series": series, "closed_in": month}
        for each in await looking.all_known(act, RollUp, asked):
            if each.scheme is not None:
                of[each.scheme].append(each)
    done = 0
    for scheme in sorted(of):
        there = {"scheme": scheme, "series": series, "period": _QUARTER, "first": first}
        if not await act.known(Figure, Query(equal=there, limit=1)):
            await _scheme(act, series, first, of[scheme])
            done += 1
    return done


async def _scheme(act: Act, series: Series, first: date, rolled: Sequence[RollUp]) -> None:
    words, wings = LAYOUTS[series].words, sorted({each.wing or "" for each in rolled})
    cells: dict[Lay, Cell] = {(wing, word): NOTHING for wing in wings for word in words}
    for each in rolled:
        for word, cell in each.cells().items():
            cells[each.wing or "", word] = together([cells[each.wing or "", word], cell])
    whole = await _whole(act, series, first, rolled[0], words)
    for word in whole:
        cells[_ALL_WINGS, word] = together(cells[wing, word] for wing in wings)
    told = let_out(cells, _sums(cells, wings, series), {(_ALL_WINGS, word): n for word, n in whole.items()})
    of = rolled[0]
    for wing in wings:
        steps = [each.waits for each in rolled if each.wing == wing and each.waits]
        values = tuple(said(told[wing, word]) for word in words)
        figure = Figure(
            id=FigureId(act.new_id()),
            jurisdiction=of.jurisdiction,
            prison=of.prison,
            scheme=None if of.scheme is None else SchemeId(of.scheme),
            organisation=of.organisation,
            wing=wing,
            series=series,
            period=_QUARTER,
            first=first,
            words=words,
            told=values,
            **waits_of(steps, dict(zip(words, values, strict=True))),
        )
        act.keep_beside(figure)


def _sums(cells: Mapping[Lay, Cell], wings: Sequence[str], series: Series) -> list[Sum[Lay]]:
    return [*sums_in(cells, ({_ALL_WINGS: wings}, {})), *between_words(cells, series)]


def between_words(lies: Collection[Lay], series: Series) -> list[Sum[Lay]]:
    """All sums that hold between the words of a series, in each way. The word is the last of a lie."""
    layout, by_word, found = LAYOUTS[series], defaultdict[Hashable, list[Lay]](list), list[Sum[Lay]]()
    for lie in lies:
        by_word[lie[-1]].append(lie)
    for made_of, alike in layout.ways:
        words = {*made_of, *(part for parts in made_of.values() for part in parts)}
        there = [lie for word in sorted(words) for lie in by_word[word]]
        if there:
            along: list[Mapping[Any, Sequence[Hashable]]] = [*({} for _ in there[0][:-1]), made_of]
            found += sums_in(there, along, alike=alike, silent=(*layout.silent, *layout.hidden))
    return found


async def _whole(act: Act, series: Series, first: date, of: RollUp, words: Sequence[str]) -> dict[str, Told | None]:
    """What was let out of the scheme, of which its wings are the parts: of cover they are not, for a wing's need is
    another than the prison's."""
    if series is not BY_WING[Series.REQUESTS]:
        return {}
    asked = {"scheme": of.scheme, "series": Series.REQUESTS, "period": _QUARTER, "first": first}
    found = await act.known(Figure, Query(equal=asked, limit=1))
    told = dict(zip(found[0].words, found[0].told, strict=True)) if found else {}
    return {word: let(told.get(word, KEPT_BACK)) for word in words}


def said(told: Told | None) -> int:
    """How a figure keeps it."""
    return KEPT_BACK if told is None else told


def waits_of(steps: Sequence[Sequence[int]], told: Mapping[str, int]) -> dict[str, Any]:
    """The median wait and that of nine in ten, where so many asked as are told, and where it is told how many of them
    were never met. These wait for ever: that nine in ten of nearly ten were met in time tells that one was not, and
    that they were not, of fifteen, that two were not."""
    summed = [sum(column) for column in zip(*steps, strict=True)]
    if told.get(ALL, KEPT_BACK) < ENOUGH or sum(summed) < ENOUGH or not tells_waits(told):
        return {}
    return {"median": within(summed, 0.5), "nine_in_ten": within(summed, 0.9)}


def tells_waits(told: Mapping[str, int]) -> bool:
    """Whether a figure that tells these may tell waits beside them."""
    return told.get(UNMET, KEPT_BACK) != KEPT_BACK

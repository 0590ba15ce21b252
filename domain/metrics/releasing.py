"""Letting figures out: once, for a month, a quarter or a year that is over, of all schemes, prisons and the whole of a
jurisdiction at once, so that nothing can be reckoned out of any of them (X13).

What was let out of the months stands when their quarter is let out, and of the quarters when their year is: the newer
gives way. A medians' and nine in ten's waits are told where at least ten asked whose number is told, and where it is
told how many were never met.
"""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from itertools import product
from typing import Any, Final
from uuid import UUID

from domain import looking
from domain.act import Act, Begin
from domain.confidentiality.verbs import Verb
from domain.kernel.counts import NOTHING, Cell, Told, beside, each_one, together
from domain.kernel.days import months_after
from domain.kernel.ids import FigureId, SchemeId
from domain.metrics import wings
from domain.metrics.record import KEPT_BACK, Figure, FigurePeriod, RollUp
from domain.metrics.series import ALL, BY_WING, LAYOUTS, ROLLED, Series
from domain.metrics.wings import between_words, said, waits_of
from domain.oversight.control import Lay, let_out, sums_in
from domain.ports import Query
from domain.schemes.record import Scheme, SchemeState

LATE: Final = "LATE"
"""What was counted late, as a word among the others of its series."""
_WHOLE: Final = "whole jurisdiction"
Place = str | UUID
Period = tuple[FigurePeriod, date]
Reckoned = Mapping[Lay, Told | None]
Reckon = Callable[[], Reckoned]


@dataclass(slots=True)
class _Rolled:
    """The roll-ups of a series in some months: cells by place, month and word."""

    cells: dict[tuple[Place, date, str], Cell] = field(default_factory=dict[tuple[Place, date, str], Cell])
    schemes: dict[str, set[UUID]] = field(default_factory=lambda: defaultdict(set))
    prison: dict[UUID, str] = field(default_factory=dict[UUID, str])
    organisation: dict[UUID, str | None] = field(default_factory=dict[UUID, str | None])
    waits: dict[tuple[Place, date], tuple[int, ...]] = field(default_factory=dict[tuple[Place, date], tuple[int, ...]])
    late: dict[tuple[Place, date], int] = field(default_factory=lambda: defaultdict(int))


@dataclass(frozen=True, slots=True)
class _Table:
    """All numbers of a series in a period, of every place, and what was let out of them before."""

    jurisdiction: str
    series: Series
    period: Period
    rolled: _Rolled
    places: Mapping[Place, tuple[Place, ...]]
    before: Mapping[Lay, Told | None]

    def let_out(self) -> Reckoned:
        """What of them may leave."""
        places, rolled, periods, words = self.places, self.rolled, _made_of(self.period), LAYOUTS[self.series].words
        of, cells = _of(rolled.cells, places), dict[Lay, Cell]()
        for place, (when, months) in product(_under(_WHOLE, places), [(p, _months(p)) for p in periods]):
            cells |= {(place, when, word): together(of(place, month, word) for month in months) for word in words}
            cells[place, when, LATE] = _late(_under(place, places), months, rolled)
        if not any(cell.count for cell in cells.values()):
            return dict.fromkeys(cells, Told(0))
        return let_out(
            cells,
            [*sums_in(cells, (places, periods, {})), *between_words(cells, self.series)],
            {
                lie: self.before.get(lie, Told(0) if cell.count == 0 else None)
                for lie, cell in cells.items()
                if lie[1] != self.period
            },
        )


async def _here(reckon: Reckon) -> Reckoned:
    return reckon()


async def release(begin: Callable[[], Begin], apart: Callable[[Reckon], Awaitable[Reckoned]] = _here) -> int:
    """All figures that may be let out and are not. How many tables. `apart`: where a country is reckoned, which may
    take minutes: in no transaction, which would be held open for it, and beside whatever else is to be done."""
    done = 0
    async with begin()(Verb.TICK) as act:
        due = await _due(act)
    for jurisdiction, period in due:
        for series in Series:
            if series in ROLLED:
                async with begin()(Verb.TICK) as act:
                    there = await _there(act, jurisdiction, series, period)
                    table = None if there else await _read(act, jurisdiction, series, period)
                if table is not None:
                    done += await _let_out(begin(), table, await apart(table.let_out))
            elif series in BY_WING.values() and period[0] is FigurePeriod.QUARTER:
                async with begin().serially(Verb.TICK) as act:
                    act.unsigned()
                    done += await wings.release(act, jurisdiction, series, period[1])
    return done


async def _let_out(begin: Begin, table: _Table, told: Reckoned) -> bool:
    """Keep it, unless it was let out meanwhile. What it was reckoned of never changes: months are closed, and what was
    let out of them stands."""
    async with begin.serially(Verb.TICK) as act:
        act.unsigned()
        there = await _there(act, table.jurisdiction, table.series, table.period)
        if not there:
            _keep(act, table, told)
        return not there


async def _due(act: Act) -> list[tuple[str, Period]]:
    """Periods whose months are closed in every prison of the jurisdiction, in order, the finest first."""
    prisons: dict[str, set[str]] = defaultdict(set)
    for scheme in await looking.all_known(act, Scheme, {}):
        prisons[scheme.jurisdiction].add(scheme.prison)
    found: list[tuple[str, Period]] = []
    for jurisdiction, there in sorted(prisons.items()):
        of = {"jurisdiction": jurisdiction, "series": Series.PRISONER_DAYS}
        closed: dict[str, set[date]] = defaultdict(set)
        for each in await looking.all_known(act, RollUp, of):
            closed[each.prison].add(each.closed_in)
        if not there <= closed.keys():
            continue
        told = {(f.period, f.first) for f in await looking.all_known(act, Figure, {**of, "prison": None})}
        until = min(max(closed[prison]) for prison in there)
        for month in sorted({m for months in closed.values() for m in months if m <= until}):
            ends = [(kind, kind.first(month)) for kind in FigurePeriod if _ends(kind, month)]
            found += [(jurisdiction, period) for period in ends if period not in told]
    return found


def _ends(kind: FigurePeriod, month: date) -> bool:
    return months_after(kind.first(month), kind.months - 1) == month


async def _there(act: Act, jurisdiction: str, series: Series, period: Period) -> bool:
    asked = {"jurisdiction": jurisdiction, "series": series, "period": period[0], "first": period[1], "prison": None}
    return bool(await act.known(Figure, Query(equal=asked, limit=1)))


async def _read(act: Act, jurisdiction: str, series: Series, period: Period) -> _Table:
    rolled = await _rolled(act, jurisdiction, series, _months(period))
    places = await _places(act, jurisdiction, series, rolled)
    before = await _before(act, jurisdiction, series, [when for when in _made_of(period) if when != period])
    return _Table(jurisdiction, series, period, rolled, places, before)


def _months(period: Period) -> list[date]:
    return [months_after(period[1], n) for n in range(period[0].months)]


def _keep(act: Act, table: _Table, told: Reckoned) -> None:
    layout, period, months = LAYOUTS[table.series], table.period, _months(table.period)
    for place in _under(_WHOLE, table.places):
        values = tuple(said(told[place, period, word]) for word in layout.shown)
        figure = Figure(
            id=FigureId(act.new_id()),
            jurisdiction=table.jurisdiction,
            series=table.series,
            period=period[0],
            first=period[1],
            words=layout.shown,
            **{"told_cleared" if layout.cleared else "told": values},
            **{"late_cleared" if layout.cleared else "late": said(told[place, period, LATE])},
            **_where(place, table.rolled),
            **waits_of(
                _steps(_under(place, table.places), table.rolled, months),
                dict(zip(layout.shown, values, strict=True)),
            ),
        )
        act.keep_beside(figure)


async def _places(act: Act, jurisdiction: str, series: Series, rolled: _Rolled) -> dict[Place, tuple[Place, ...]]:
    """The jurisdiction and its prisons, and for each of which parts it is the sum. Schemes of which nothing was
    recorded are there too: nothing is a number."""
    for scheme in await looking.all_known(act, Scheme, {"jurisdiction": jurisdiction}):
        there = rolled.schemes[scheme.prison]
        if scheme.state is not SchemeState.CLOSED and not LAYOUTS[series].of_prison:
            there.add(scheme.id)
            rolled.organisation[scheme.id] = scheme.organisation
    rolled.prison = {scheme: prison for prison, schemes in rolled.schemes.items() for scheme in schemes}
    parts: dict[Place, tuple[Place, ...]] = {p: tuple(sorted(of)) for p, of in rolled.schemes.items() if of}
    return {_WHOLE: tuple(sorted(rolled.schemes))} | parts


def _under(place: Place, places: Mapping[Place, tuple[Place, ...]]) -> list[Place]:
    """A place and all within it."""
    return [place, *(inner for part in places.get(place, ()) for inner in _under(part, places))]


def _where(place: Place, rolled: _Rolled) -> dict[str, Any]:
    if isinstance(place, UUID):
        where = {"prison": rolled.prison[place], "organisation": rolled.organisation.get(place)}
        return {**where, "scheme": SchemeId(place)}
    return {} if place == _WHOLE else {"prison": place}


def _late(places: Sequence[Place], months: Sequence[date], rolled: _Rolled) -> Cell:
    """How many were counted late: a number that adds up along places and periods, and passes with all others."""
    return each_one(sum(rolled.late[place, month] for place in places for month in months))


def _steps(places: Sequence[Place], rolled: _Rolled, months: Sequence[date]) -> list[tuple[int, ...]]:
    return [rolled.waits[place, month] for place in places for month in months if (place, month) in rolled.waits]


def _made_of(period: Period) -> dict[Period, tuple[Period, ...]]:
    """The period, and those that it is made of, down to months; of each, which it is the sum of."""
    kind, first = period
    finer = {FigurePeriod.YEAR: FigurePeriod.QUARTER, FigurePeriod.QUARTER: FigurePeriod.MONTH}.get(kind)
    if finer is None:
        return {period: ()}
    parts = tuple((finer, months_after(first, n)) for n in range(0, kind.months, finer.months))
    return {period: parts} | {when: of for part in parts for when, of in _made_of(part).items()}


async def _rolled(act: Act, jurisdiction: str, series: Series, months: Sequence[date]) -> _Rolled:
    found = _Rolled()
    for month in months:
        for each in await looking.all_known(
            act, RollUp, {"jurisdiction": jurisdiction, "series": series, "closed_in": month}
        ):
            place: Place = each.prison if each.scheme is None else each.scheme
            if each.scheme is not None:
                found.schemes[each.prison].add(each.scheme)
                found.organisation[each.scheme] = each.organisation
            if each.of_month != month:
                whole = dict(zip(each.words, each.counts, strict=True)).get(ALL, 0)
                found.late[place, month] += max(0, whole)
                continue
            found.cells |= {(place, month, word): cell for word, cell in each.cells().items()}
            if each.waits:
                found.waits[place, month] = each.waits
    return found


def _of(
    cells: Mapping[tuple[Place, date, str], Cell], places: Mapping[Place, tuple[Place, ...]]
) -> Callable[[Place, date, str], Cell]:
    """The number of a place, of a month and a word: what is in it, and of all within it."""

    @cache
    def of(where: Place, month: date, word: str) -> Cell:
        parts = [of(part, month, word) for part in places.get(where, ())]
        return beside(parts) if where == _WHOLE else together([cells.get((where, month, word), NOTHING), *parts])

    return of


async def _before(act: Act, jurisdiction: str, series: Series, periods: Sequence[Period]) -> dict[Lay, Told | None]:
    """What was let out of these periods."""
    found: dict[Lay, Told | None] = {}
    for kind, first in periods:
        asked = {"jurisdiction": jurisdiction, "series": series, "period": kind, "first": first}
        for each in await looking.all_known(act, Figure, asked):
            place = each.scheme or each.prison or _WHOLE
            for word, n in zip(each.words, each.told or each.told_cleared, strict=True):
                found[place, (kind, first), word] = None if n == KEPT_BACK else Told(n)
            late = each.late_cleared if LAYOUTS[series].cleared else each.late
            found[place, (kind, first), LATE] = None if late == KEPT_BACK else Told(late)
    return found

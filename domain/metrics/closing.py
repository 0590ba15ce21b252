"""Closing a month: it is counted once, a few days after its end, prison by prison; then it stands (rule 19).

What came late, or was put under another word, is counted with the next month, for three months back: by the difference
between a recount and what was rolled up before. So no question ever reads more than a few months of what happened, and
of a month all roll-ups add up to the recount.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from domain import looking
from domain.act import Act, Begin
from domain.confidentiality.verbs import Verb
from domain.feedback.by_code import BOX, SaidByCode
from domain.kernel.days import months_after, zone_of
from domain.kernel.ids import RollUpId, SchemeId
from domain.metrics.counting import count, of_days, stand
from domain.metrics.record import FigurePeriod, RollUp
from domain.metrics.series import LAYOUTS, Series
from domain.ports import Query, Rolls
from domain.schemes.record import Scheme
from domain.sessions.mixed import MonthCount

OPEN_FOR: Final = timedelta(days=8)
"""How long a month stays open after its end: what was said by codes in a week that began on its last day is mixed
seven days later, and a day is left for it."""
BACK: Final = 3
"""For so many months what comes late is counted."""
_Key = tuple[Series, UUID | None, date]


async def close(begin: Callable[[], Begin], rolls: Rolls) -> int:
    """All months that are over and not closed yet, a prison and a month after the other. How many."""
    done = 0
    while await _one(begin(), rolls):
        done += 1
    return done


def last_period(act: Act, period: FigurePeriod) -> date:
    """The first day of the newest that may be let out, by the clocks where the viewer is."""
    walls = sorted(map(str, act.viewer.fact("jurisdictions") or ()))
    month = last_month(walls[0] if walls else "", act)
    first = period.first(month)
    return first if months_after(first, period.months - 1) == month else period.before(first)


def last_month(jurisdiction: str, act: Act) -> date:
    """The first day of the newest month that may be closed there."""
    return months_after((act.now.astimezone(zone_of(jurisdiction)) - OPEN_FOR).date().replace(day=1), -1)


async def _one(begin: Begin, rolls: Rolls) -> bool:
    async with begin.serially(Verb.TICK) as act:
        act.unsigned()
        due = await _due(act)
        if due is not None:
            await _closed(act, *due, rolls)
        return due is not None


async def _due(act: Act) -> tuple[str, str, date] | None:
    """(jurisdiction, prison, month) of one that is to be closed."""
    by_prison: dict[tuple[str, str], bool] = defaultdict(bool)
    for scheme in await looking.all_known(act, Scheme, {}):
        by_prison[scheme.jurisdiction, scheme.prison] |= scheme.closed
    for (jurisdiction, prison), mixes in sorted(by_prison.items()):
        last = last_month(jurisdiction, act)
        if await marked(act, prison, last):
            continue
        done = await looking.all_known(act, RollUp, {"prison": prison, "series": Series.PRISONER_DAYS})
        month = months_after(max(each.closed_in for each in done), 1) if done else last
        if await _unmixed(act, prison, month):
            continue
        if not mixes or await _mixed(act, prison, month):
            return jurisdiction, prison, month
    return None


async def _mixed(act: Act, prison: str, month: date) -> bool:
    """Whether what was handed in of a month is mixed; months before the first that ever was have nothing to mix."""
    counted = await looking.all_known(act, MonthCount, {"prison": prison})
    months = {each.month for each in counted}
    return month in months or (bool(months) and month < min(months))


async def _unmixed(act: Act, prison: str, month: date) -> bool:
    """Whether something that was said by a code in a week of the month, or before, still waits to be mixed."""
    until = months_after(month, 1).isoformat()
    lying = [letter.plain for letter in await act.lying(BOX)]
    lying = [each for each in lying if each["what"] != SaidByCode.PULSE]  # its answers wait for the quarter's end
    return any(each["prison"] == prison and each["week"] < until for each in lying)


async def marked(act: Act, prison: str, month: date) -> bool:
    """Whether a prison's month is closed: its prisoner-days are there then, known or not."""
    asked = {"prison": prison, "series": Series.PRISONER_DAYS, "closed_in": month}
    return bool(await act.known(RollUp, Query(equal=asked, limit=1)))


async def _closed(act: Act, jurisdiction: str, prison: str, month: date, rolls: Rolls) -> None:
    first = months_after(month, -BACK)
    partner: dict[UUID, str] = {s.id: s.organisation for s in await looking.all_known(act, Scheme, {"prison": prison})}
    there = [
        each
        for n in range(BACK)
        for each in await looking.all_known(act, RollUp, {"prison": prison, "of_month": months_after(month, n - BACK)})
    ]
    rolled, closed = summed(there), {each.closed_in for each in there}
    found = {
        (c.series, c.scheme, c.month): c for c in await count(act, jurisdiction, prison, first, months_after(month, 1))
    }
    made: list[RollUp] = []

    def keep(
        key: _Key, cells: Iterable[tuple[str, int, int, int]], waits: tuple[int, ...] = (), wing: str | None = None
    ) -> None:
        series, scheme, of = key
        words, counts, people, most = zip(*cells, strict=True)
        made.append(
            RollUp(
                id=RollUpId(act.new_id()),
                jurisdiction=jurisdiction,
                prison=prison,
                scheme=None if scheme is None else SchemeId(scheme),
                organisation=None if scheme is None else partner.get(scheme),
                wing=wing,
                series=series,
                of_month=of,
                closed_in=month,
                words=words,
                counts=counts,
                people=people,
                most=most,
                waits=waits,
            )
        )

    days = await rolls(prison, month)
    standing = (*await stand(act, jurisdiction, prison, month), of_days(month, days or 0))
    found |= {(one.series, one.scheme, one.month): one for one in standing if one.wing is None}
    for one in (*found.values(), *(each for each in standing if each.wing is not None)):
        if one.month == month:
            cells = ((word, c.count, c.people, c.most) for word, c in one.cells.items())
            keep((one.series, one.scheme, one.month), cells, one.waits, one.wing)
    for key in sorted(found.keys() | rolled.keys(), key=str):
        series, _, of = key
        if of in closed and of != month and not LAYOUTS[series].stands:
            now, before = found.get(key), rolled.get(key, {})
            late = {w: (now.cells[w].count if now else 0) - before.get(w, 0) for w in LAYOUTS[series].words}
            if any(late.values()):
                keep(key, ((word, n, 0, 0) for word, n in late.items()))
    for each in sorted(made, key=lambda one: one.id):
        act.keep_beside(each)


def summed(all_: list[RollUp]) -> dict[_Key, dict[str, int]]:
    """What roll-ups come to, by series, scheme and month: what a recount would find."""
    found: dict[_Key, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for each in all_:
        for word, n in zip(each.words, each.counts, strict=True):
            found[each.series, each.scheme, each.of_month][word] += n
    return {key: dict(words) for key, words in found.items()}

"""What is watched over by the quarter is worked out once, when the quarter has settled, kept as figures that were let
out, and shown as they were until the next (rule 19): else it would change on the day on which somebody acts.
"""

from collections.abc import Callable, Collection, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from domain import looking
from domain.act import Act, Begin
from domain.confidentiality.verbs import Verb
from domain.kernel.counts import Cell
from domain.kernel.days import months_after
from domain.kernel.ids import FigureId
from domain.metrics.record import Figure, FigurePeriod
from domain.metrics.series import LAYOUTS, Series
from domain.metrics.wings import said
from domain.ports import Query
from domain.schemes.record import Scheme, SchemeState
from domain.vigilance.breach import Breach, within
from domain.vigilance.spread import QUARTER, last_told, worked_out


async def keep_all(begin: Callable[[], Begin]) -> int:
    """Every scheme's last quarter, once. How many schemes."""
    async with begin()(Verb.TICK) as act:
        ids = [s.id for s in await looking.all_known(act, Scheme, {}) if s.state is not SchemeState.CLOSED]
    return sum([await _kept(begin(), id) for id in ids])


async def _kept(begin: Begin, id: UUID) -> bool:
    async with begin.serially(Verb.TICK) as act:
        act.unsigned()
        of = await act.known_one(Scheme, id)
        if of is None:
            return False
        first = last_told(of, act)
        asked = {"scheme": id, "series": Series.BREACHES, "period": FigurePeriod.QUARTER, "first": first}
        if await act.known(Figure, Query(equal=asked, limit=1)):
            return False
        until = months_after(first, QUARTER)
        found = within(await looking.all_known(act, Breach, {"scheme": id}), first, until - timedelta(days=1))
        _keep(act, of, first, Series.BREACHES, None, [said(_breaches(found).told)])
        for (series, wing), told in (await worked_out(act, of, until)).items():
            _keep(act, of, first, series, wing, told)
        return True


def _keep(act: Act, of: Scheme, first: date, series: Series, wing: str | None, told: Sequence[int]) -> None:
    layout = LAYOUTS[series]
    values: dict[str, Any] = {"told_cleared" if layout.cleared else "told": tuple(told)}
    figure = Figure(
        id=FigureId(act.new_id()),
        jurisdiction=of.jurisdiction,
        prison=of.prison,
        scheme=of.id,
        organisation=of.organisation,
        wing=wing,
        series=series,
        period=FigurePeriod.QUARTER,
        first=first,
        words=layout.words,
        **values,
    )
    act.keep_beside(figure)


def _breaches(found: Collection[Breach]) -> Cell:
    """By whose acts they are: a number that is told is of eight people's and more, and of none of them for the most
    part. What nobody's acts are is taken for somebody's own."""
    whose = [each.whose or each.id for each in found]
    return Cell(len(whose), len(set(whose)), max((whose.count(one) for one in whose), default=0))


async def of_quarter(act: Act, of: Scheme, first: date, series: Series) -> dict[str, Any]:
    """What was let out of a scheme's quarter, by word, as this viewer may see it; empty where he may not, or where it
    has not been let out yet."""
    asked = {"scheme": of.id, "series": series, "period": FigurePeriod.QUARTER, "first": first, "wing": None}
    page = await act.search(Figure, Query(equal=asked, limit=1))
    if not page.items:
        return {}
    shown = act.disclose(page.items[0]).values
    told = shown["told_cleared" if LAYOUTS[series].cleared else "told"]
    return {} if told is None else dict(zip(shown["words"], told, strict=True))

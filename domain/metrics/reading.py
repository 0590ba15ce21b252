"""One metric of a scheme, a prison or a jurisdiction, and of a month, a quarter or a year that is over, beside the same
of the one before (F63, F64). All of it is worked out of figures that were let out: rounded numbers, and of them alone
the shares, the rates and their intervals."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from domain.act import Act, Begin
from domain.confidentiality.verbs import Verb
from domain.kernel import counts
from domain.kernel.days import months_after
from domain.kernel.errors import Absent, NotNow
from domain.kernel.intervals import Interval, clopper_pearson, rate, wilson
from domain.metrics.catalogue import METRICS
from domain.metrics.closing import last_period
from domain.metrics.metric import Metric, MetricUnit
from domain.metrics.record import KEPT_BACK, Figure, FigurePeriod
from domain.metrics.series import BY_WING, LAYOUTS, UNMET, Series
from domain.ports import Query
from domain.schemes.needs import TargetNeed
from domain.sessions.plans import plan_of

FEWEST: Final = 20
"""Of fewer no share is told (domain facts 5.6)."""
PER: Final = 1_000
PER_CENT: Final = 100


class FigureState(StrEnum):
    """What is to be said of a metric's value."""

    TOLD = "TOLD"
    NO_RECORDS = "NO_RECORDS"
    """Nothing was recorded: that is neither nought nor a hundred per cent (rule 19)."""
    TOO_FEW = "TOO_FEW"
    """A number that it is made of is from 1 to 7, or would give another away that is, or would tell the same of
    everybody; or a share is of fewer than twenty."""
    NOT_KNOWN = "NOT_KNOWN"
    """What it is measured against is not known here: the prison's roll, or a wait that so many never saw the end of."""
    NOT_CLEARED = "NOT_CLEARED"
    """This viewer does not see it."""


@dataclass(frozen=True, slots=True)
class Value:
    """A metric in one period. `of` and `among` are rounded; `interval` is Garwood's of a rate and Wilson's of a share,
    `exact` that of Clopper and Pearson. `late`: how many of earlier months were counted meanwhile; None: too few to
    tell."""

    first: date
    last: date
    state: FigureState
    of: counts.Told | None = None
    among: counts.Told | None = None
    value: float | None = None
    interval: Interval | None = None
    exact: Interval | None = None
    nine_in_ten: int | None = None
    late: counts.Told | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """A metric, and the same in the period before; None: there are no figures of that. `planned`: whether the plan that
    holds names the need that it is of; None: it is of no need, or of no scheme, or no plan holds."""

    metric: Metric
    period: FigurePeriod
    prison: str | None
    scheme: UUID | None
    wing: str | None
    now: Value
    before: Value | None
    planned: bool | None = None


async def read(
    begin: Begin,
    code: str,
    *,
    period: FigurePeriod,
    day: date | None,
    prison: str | None,
    scheme: UUID | None,
    wing: str | None = None,
) -> Told:
    """The metric of the period in which a day lies (None: of the last that is over): of a scheme, of a wing of it, of a
    prison where one is named, or of the whole jurisdiction. `Absent` where there is no such metric, or no figure of it
    in reach; NOT_LET_OUT where there are some, and none of this period: of wings there are those of quarters alone."""
    async with begin(Verb.READ_FIGURE) as act:
        metric = METRICS.get(code)
        if metric is None:
            raise Absent
        place: dict[str, Any] = {"scheme": scheme} | ({} if prison is None and scheme else {"prison": prison})
        if wing is not None:
            metric, place = _by_wing(metric), place | {"wing": wing}
        first = last_period(act, period) if day is None else period.first(day)
        now = await _value(act, metric, period, first, place)
        if now is None:
            # Where figures are read at all it is said that this one is not there; where none are, nothing is.
            there = {"series": metric.series, **place}
            raise NotNow(["NOT_LET_OUT"]) if (await act.search(Figure, Query(equal=there, limit=1))).items else Absent
        before = await _value(act, metric, period, period.before(first), place)
        planned = None if scheme is None else await _planned(act, scheme, metric)
        return Told(metric, period, prison, scheme, wing, now, before, planned)


async def _planned(act: Act, scheme: UUID, metric: Metric) -> bool | None:
    """Reach stands beside need: what nobody came for may be what the plan is for (S7)."""
    if metric.series is not Series.ENROLMENTS or metric.of not in list(TargetNeed):
        return None
    plan = await plan_of(act, scheme)
    return None if plan is None else metric.of in plan.needs


def _by_wing(metric: Metric) -> Metric:
    """The same of a wing: of what is told by wings, but for rates, as nobody knows the prisoner-days of a wing."""
    series = BY_WING.get(metric.series)
    words = () if series is None else LAYOUTS[series].words
    if series is None or metric.unit is MetricUnit.PER_1000_PRISONER_DAYS or metric.of not in words:
        raise Absent
    return replace(metric, series=series)


async def _figure(act: Act, series: Series, period: FigurePeriod, first: date, place: dict[str, Any]) -> Any:
    page = await act.search(Figure, Query(equal={"series": series, "period": period, "first": first, **place}, limit=1))
    return act.disclose(page.items[0]).values if page.items else None


async def _value(act: Act, metric: Metric, period: FigurePeriod, first: date, place: dict[str, Any]) -> Value | None:
    figure = await _figure(act, metric.series, period, first, place)
    if figure is None:
        return None
    last = months_after(first, period.months) - timedelta(days=1)
    seen = figure["told_cleared"] if metric.cleared else figure["told"]
    if seen is None:
        return Value(first, last, FigureState.NOT_CLEARED)
    told = {w: let(n) for w, n in zip(figure["words"], seen, strict=True)}
    late = let(figure["late_cleared" if metric.cleared else "late"])
    of, among = told[metric.of], None if metric.among is None else told[metric.among]
    if metric.unit is MetricUnit.PER_1000_PRISONER_DAYS:
        among = await _days(act, period, first, figure["prison"])
    said = _said(metric, of, among, figure)
    if metric.unit is MetricUnit.MINUTES and told[UNMET] is None:
        said = dict[str, Any](state=FigureState.TOO_FEW)
    # Of nothing that was recorded nothing follows; the last word of a series is all of it.
    if told[figure["words"][-1]] == 0:
        said = dict[str, Any](state=FigureState.NO_RECORDS)
    return Value(first, last, of=of, among=among, late=late, **said)


def let(kept: int) -> counts.Told | None:
    """What a figure keeps was let out when it was made."""
    return None if kept == KEPT_BACK else counts.Told(kept)


async def _days(act: Act, period: FigurePeriod, first: date, prison: str | None) -> counts.Told | None:
    figure = await _figure(act, Series.PRISONER_DAYS, period, first, {"prison": prison, "scheme": None})
    days = None if figure is None else let(figure["told"][0])
    return days or None


def _said(metric: Metric, of: int | None, among: int | None, figure: Any) -> dict[str, Any]:
    """Value and state by the metric's unit."""
    if of is None:
        return {"state": FigureState.TOO_FEW}
    match metric.unit:
        case MetricUnit.COUNT:
            return {"state": FigureState.TOLD, "value": float(of)}
        case MetricUnit.PER_CENT:
            if among is None or among < FEWEST:
                return {"state": FigureState.TOO_FEW}
            part = min(of, among)  # each is rounded on its own
            intervals = {"interval": wilson(part, among), "exact": clopper_pearson(part, among)}
            scaled = {name: (PER_CENT * low, PER_CENT * high) for name, (low, high) in intervals.items()}
            return {"state": FigureState.TOLD, "value": PER_CENT * part / among, **scaled}
        case MetricUnit.PER_1000_PRISONER_DAYS:
            if among is None:
                return {"state": FigureState.NOT_KNOWN}
            value, low, high = rate(of, among, PER)
            return {"state": FigureState.TOLD, "value": value, "interval": (low, high)}
        case MetricUnit.MINUTES:
            if figure["median"] is None:
                return {"state": FigureState.NOT_KNOWN, "nine_in_ten": figure["nine_in_ten"]}
            told = {"value": float(figure["median"]), "nine_in_ten": figure["nine_in_ten"]}
            return {"state": FigureState.TOLD, **told}

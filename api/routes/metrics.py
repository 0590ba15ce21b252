"""The catalogue of metrics, and one metric of a scheme, a prison or a jurisdiction, over HTTP (F63, F64)."""

from datetime import date
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import Path, Query
from pydantic import Field
from starlette.responses import Response

from api.described import Shown
from api.guarded import CallDep, operation, router
from api.routes.shapes import Day, Flag, Prison, Wing
from domain.confidentiality.verbs import Verb
from domain.metrics import reading
from domain.metrics.catalogue import METRICS
from domain.metrics.metric import Metric, MetricArea, MetricOwner, MetricUnit
from domain.metrics.reading import FigureState, Told, Value
from domain.metrics.record import FigurePeriod
from domain.metrics.series import Series
from domain.oversight.looking import nothing_shown
from domain.schemes.measures import Direction

routes = router("metrics")
Code = Annotated[str, Field(max_length=40, pattern=r"^[A-Z][A-Z0-9_]{1,39}$", examples=["SESSIONS_DELIVERED"])]
_Words = Annotated[str, Field(max_length=400)]
Count = Annotated[int, Field(ge=0, le=2_147_483_647)]
_Number = Annotated[float, Field(ge=0, le=2_147_483_647)]
PLACES: Final = 4


class MetricOfCatalogue(Shown):
    """A metric: what it is, of what over what, whose it is and who may read it."""

    code: Code
    title: _Words
    definition: _Words
    """What is counted, and what of it counts how."""
    area: MetricArea
    unit: MetricUnit
    better: Direction | None
    """Null: neither way is."""
    owner: MetricOwner
    """Who answers for it."""
    series: Series
    """From which series it is worked out."""
    numerator: Code
    """The word of the series that is counted."""
    denominator: Code | None
    """The word of the series over which; null: of a count none, of a rate prisoner-days, of a wait all who asked."""
    periods: Annotated[list[FigurePeriod], Field(max_length=3)]
    """Over what it is told; of a scheme or prison, and of the jurisdiction."""
    cleared: bool
    """Only who sees casework reads it."""


class Metrics(Shown):
    """The catalogue."""

    items: Annotated[list[MetricOfCatalogue], Field(max_length=200)]


class MetricInterval(Shown):
    """A 95 % interval."""

    low: _Number
    """Its low end."""
    high: _Number
    """Its high end."""


class MetricValue(Shown):
    """A metric in one period. Numbers are rounded to the nearest 5, and one that might give somebody away is null."""

    first: date
    last: date
    state: FigureState
    numerator: Count | None
    """How many, to the nearest 5; null: too few to tell."""
    denominator: Count | None
    """Among how many, or in how many prisoner-days, to the nearest 5; null: too few to tell, or there is none."""
    value: _Number | None
    """In its unit; worked out of the rounded numbers alone. Null: see `state`."""
    interval: MetricInterval | None
    """Of a rate Garwood's, exact; of a share Wilson's. Null: there is none."""
    exactInterval: MetricInterval | None
    """Of a share, that of Clopper and Pearson: never too narrow. Null: there is none."""
    nineInTen: Annotated[int, Field(ge=0, le=240)] | None
    """Of a wait: minutes that nine in ten waited at most, those who were never met included; null: more than that."""
    late: Count | None
    """How many of earlier months were counted meanwhile, to the nearest 5; null: too few to tell. What was told of
    their months stands."""


class MetricTold(Shown):
    """A metric of one place and period, beside the period before."""

    code: Code
    title: _Words
    unit: MetricUnit
    period: FigurePeriod
    prison: Prison | None
    """Null: none was asked for."""
    scheme: UUID | None
    """Null: of all schemes."""
    wing: Wing | None
    """Null: of all wings."""
    planned: Flag | None
    """Whether the scheme's plan that holds names the need that this is of: reach beside need. Null: it is of no need,
    or of no scheme, or no plan holds."""
    current: MetricValue
    previous: MetricValue | None
    """Null: there are no figures of it."""


@operation(
    routes,
    "GET",
    "/v1/metrics",
    Verb.READ_FIGURE,
    name="getMetrics",
    summary="The catalogue of metrics",
    shows=Metrics,
)
async def list_metrics(call: CallDep) -> Response:
    """Every metric, with its definition, what is counted over what, whose it is, and who may read it. Coordinator and
    evaluator (evaluation), partner (operations), safer custody (safety), governor, monitoring board, inspectorate and
    headquarters (oversight)."""
    await call.run(lambda begin: nothing_shown(begin, Verb.READ_FIGURE))
    return call.plain({"items": [of_catalogue(metric) for metric in METRICS.values()]})


@operation(
    routes,
    "GET",
    "/v1/metrics/{code}",
    Verb.READ_FIGURE,
    name="getMetric",
    summary="One metric, beside the period before",
    shows=MetricTold,
)
async def get_metric(
    call: CallDep,
    code: Annotated[Code, Path(description="The metric's code.")],
    on: Annotated[Day | None, Query(description="Any day of the period; left out: the last that is over.")] = None,
    period: Annotated[FigurePeriod, Query(description="Over what it is counted.")] = FigurePeriod.MONTH,
    prison: Annotated[Prison | None, Query(description="Of this prison; left out: of the jurisdiction.")] = None,
    scheme: Annotated[UUID | None, Query(description="Of this scheme alone.")] = None,
    wing: Annotated[Wing | None, Query(description="Of this wing of the scheme, and of a quarter alone.")] = None,
) -> Response:
    """Of a month, quarter or year that is over, as it was let out once: what comes later changes nothing of it. By
    wings are told, of quarters, how many asked a scheme whose policy is not closed, how many of them were met and how
    long they waited, and which bands were covered. Coordinator and evaluator of their schemes (evaluation), partner of
    its own (operations), safer custody (safety), governor, monitoring board and inspectorate (oversight) of their
    prison, and headquarters (oversight) of every prison and the jurisdiction."""
    told = await call.run(
        lambda begin: reading.read(begin, code, period=period, day=on, prison=prison, scheme=scheme, wing=wing)
    )
    return call.plain(_told(told))


def of_catalogue(metric: Metric) -> dict[str, Any]:
    """As it is shown."""
    return {
        "code": metric.code,
        "title": metric.title,
        "definition": metric.definition,
        "area": metric.area,
        "unit": metric.unit,
        "better": metric.better,
        "owner": metric.owner,
        "series": metric.series,
        "numerator": metric.of,
        "denominator": metric.among,
        "periods": list(FigurePeriod),
        "cleared": metric.cleared,
    }


def _told(told: Told) -> dict[str, Any]:
    return {
        "code": told.metric.code,
        "title": told.metric.title,
        "unit": told.metric.unit,
        "period": told.period,
        "prison": told.prison,
        "scheme": told.scheme,
        "wing": told.wing,
        "planned": told.planned,
        "current": _value(told.now),
        "previous": None if told.before is None else _value(told.before),
    }


def _value(value: Value) -> dict[str, Any]:
    return {
        "first": value.first,
        "last": value.last,
        "state": value.state,
        "numerator": value.of,
        "denominator": value.among,
        "value": None if value.value is None else round(value.value, PLACES),
        "interval": _interval(value.interval),
        "exactInterval": _interval(value.exact),
        "nineInTen": value.nine_in_ten,
        "late": value.late,
    }


def _interval(interval: tuple[float, float] | None) -> dict[str, float] | None:
    return None if interval is None else {"low": round(interval[0], PLACES), "high": round(interval[1], PLACES)}

"""The figures of a month over HTTP, as a document and as a file for a spreadsheet (F63)."""

from datetime import date
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import Query
from pydantic import Field
from starlette.responses import Response

from api.guarded import CallDep, operation, router
from api.routes.metrics import Code, Count, MetricOfCatalogue, Shown, of_catalogue
from api.routes.shapes import Day, Prison
from api.spreadsheets import CSV, file_of, named
from domain.confidentiality.verbs import Verb
from domain.metrics.catalogue import METRICS
from domain.metrics.reading import FigureState
from domain.metrics.series import Series
from domain.packs import monthly

routes = router("metrics")


class MonthlyNumber(Shown):
    """One number of a series, to the nearest 5."""

    word: Code
    told: Count | None
    """Null: see `state`."""
    state: FigureState


class MonthlyRow(Shown):
    """A series of one place in the month."""

    jurisdiction: Annotated[str, Field(max_length=2)]
    prison: Prison | None
    """Null: of the whole jurisdiction."""
    scheme: UUID | None
    """Null: of all schemes."""
    series: Series
    numbers: Annotated[list[MonthlyNumber], Field(max_length=50)]
    late: Count | None
    """How many of earlier months were counted with this one, to the nearest 5; null: too few to tell."""
    median: Annotated[int, Field(ge=0, le=240)] | None
    """Of a wait: minutes that half waited at most; null: there is none, or it is not told."""
    nineInTen: Annotated[int, Field(ge=0, le=240)] | None
    """The same of nine in ten."""


class MonthlyFigures(Shown):
    """The figures of a month, a row for each place in reach and series."""

    definitions: Annotated[str, Field(max_length=10)]
    """The version of what series, words and metrics mean: it changes with any of them."""
    first: date
    last: date
    metrics: Annotated[list[MetricOfCatalogue], Field(max_length=200)]
    """What is worked out of which words."""
    items: Annotated[list[MonthlyRow], Field(max_length=20_000)]


_OF_MONTH = Annotated[Day | None, Query(description="Any day of the month; left out: the last that is over.")]


@operation(
    routes,
    "GET",
    "/v1/monthly-figures",
    Verb.READ_FIGURE,
    name="getMonthlyFigures",
    summary="The figures of a month",
    shows=MonthlyFigures,
)
async def get_monthly_figures(call: CallDep, on: _OF_MONTH = None) -> Response:
    """All figures of a month as they were let out: of the whole jurisdiction and each prison for headquarters
    (oversight), of their prison for governor, monitoring board and inspectorate (oversight) and safer custody (safety),
    of their schemes for coordinator and evaluator (evaluation) and partner (operations). What is few in a prison cannot
    be reckoned out of the national number: they passed disclosure control together."""
    told = await call.run(lambda begin: monthly.read(begin, on))
    return call.plain(
        {
            "definitions": monthly.DEFINITIONS,
            "first": told.first,
            "last": told.last,
            "metrics": [of_catalogue(metric) for metric in METRICS.values()],
            "items": [_of_month(row) for row in told.rows],
        }
    )


@operation(
    routes,
    "GET",
    "/v1/monthly-figures.csv",
    Verb.READ_FIGURE,
    name="getMonthlyFiguresCsv",
    summary="The figures of a month for a spreadsheet",
    media=CSV,
)
async def get_monthly_figures_csv(call: CallDep, on: _OF_MONTH = None) -> Response:
    """The same as CSV, a line for each word: UTF-8 with its mark, each cell in quotation marks, and no formula."""
    told = await call.run(lambda begin: monthly.read(begin, on))
    lines = [
        (
            *(monthly.DEFINITIONS, told.first, row.jurisdiction, row.prison, row.scheme, row.series.value),
            *(number.word, number.told, number.state.value, row.late, row.median, row.nine_in_ten),
        )
        for row in told.rows
        for number in row.numbers
    ]
    headers = {"Content-Disposition": named(f"figures-{told.first:%Y-%m}")}
    return Response(file_of(_COLUMNS, lines), 200, headers, f"{CSV}; charset=utf-8")


_COLUMNS: Final = (
    *("definitions", "month", "jurisdiction", "prison", "scheme", "series", "word", "told", "state"),
    *("late", "median", "nineInTen"),
)


def _of_month(row: monthly.Row) -> dict[str, Any]:
    return {
        "jurisdiction": row.jurisdiction,
        "prison": row.prison,
        "scheme": row.scheme,
        "series": row.series,
        "numbers": [{"word": each.word, "told": each.told, "state": each.state} for each in row.numbers],
        "late": row.late,
        "median": row.median,
        "nineInTen": row.nine_in_ten,
    }

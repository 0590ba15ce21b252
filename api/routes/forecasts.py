"""What is to be expected of schemes' supporters, over HTTP."""

from datetime import date
from typing import Annotated, Any, Final, Literal
from uuid import UUID

from fastapi import Query
from pydantic import Field
from starlette.responses import Response

from api.described import Shown
from api.guarded import CallDep, operation, router
from api.routes.shapes import IdPath, Prison
from domain.confidentiality.verbs import Verb
from domain.turnover import acts
from domain.turnover.acts import Told
from domain.turnover.forecast import HORIZONS, Forecast
from domain.turnover.survival import Reckoned, Usual

routes = router("turnover")

_Count = Annotated[int, Field(ge=0, le=100_000)]
_Share = Annotated[float, Field(ge=0, le=1)]
_Number = Annotated[float, Field(ge=0, le=100_000)]
PLACES: Final = 2


class ForecastWeek(Shown):
    """One week to come."""

    starts: date
    expected: _Number
    """Active supporters that are expected at its end."""
    low: _Count
    """The low end of the 95 % interval of their number."""
    high: _Count
    """Its high end."""
    released: _Count
    """Of those who are active today: how many are to be released in this week."""
    arriving: _Count
    """Of those in training: how many may become active in this week."""


class ForecastAt(Shown):
    """The same at 30, 60 and 90 days."""

    days: _Count
    """Days from today."""
    expected: _Number
    """Active supporters that are expected then."""
    low: _Count
    """The low end of the 95 % interval of their number."""
    high: _Count
    """Its high end."""


class UsualDropOut(Shown):
    """The share of supporters that is usually lost in thirty days, releases and closures apart, and what it was
    estimated from."""

    basis: Reckoned
    """The scheme's own past; with a prior, where fewer than eight have left; or the prior alone."""
    leavers: _Count
    """How many left in a year, releases and closures apart."""
    days: Annotated[int, Field(ge=0, le=2_147_483_647)]
    """Days of service that were observed."""
    share: _Share
    """The share that is lost."""
    low: _Share
    """The low end of its 95 % interval."""
    high: _Share
    """Its high end."""


class Pipeline(Shown):
    """Who is on the way."""

    inTraining: _Count
    """Taken on, in training or on probation."""
    finishing: _Share
    """The share of those who begin that usually become active."""
    of: _Count
    """Of how many who began that is known; with fewer than eight it is drawn to a prior."""


class LeadTime(Shown):
    """How long it takes from an advert to an active supporter."""

    days: _Count
    """All of it, in days: as it was measured, or else the sum of what follows."""
    measured: _Count | None
    """The median of the scheme's own past, in days; null: fewer than five to say it from."""
    of: _Count
    """From how many supporters' past."""
    vacancy: _Count
    """Days from the advert to the first of training."""
    training: _Count
    """Days of training."""
    probation: _Count
    """Days of probation."""


class HoldsAsked(Shown):
    """What became of requests for transfer holds."""

    standing: _Count
    """Active supporters whom one keeps today."""
    asked: _Count
    """Requests in all."""
    refused: _Count
    """Requests that were refused."""
    held: _Count
    """Holds that held until their day."""
    movedAnyway: _Count
    """Supporters who were moved in spite of one."""
    shareRefused: Annotated[int, Field(ge=0, le=100)] | None
    """Refused, of those decided, in per cent; null: fewer than eight to say it from."""


class SchemeForecast(Shown):
    """What is to be expected of a scheme's supporters. All of it is an estimate; each number says what it came from."""

    label: Literal["ESTIMATE"]
    scheme: UUID
    prison: Prison
    asOf: date
    """The day of which it speaks, by the prison's clock."""
    active: _Count
    """Supporters who are active today, with a certificate that holds."""
    notGivingCover: _Count
    """In the role, and in no number of these: at rest, suspended, or without a certificate that holds."""
    certificatesEnding: _Count
    """Of those who are active: how many certificates end in these weeks. That they are renewed is assumed."""
    minimum: _Count
    """The scheme's floor of active supporters."""
    at: Annotated[list[ForecastAt], Field(max_length=3)]
    weeks: Annotated[list[ForecastWeek], Field(max_length=13)]
    usualDropOut: UsualDropOut
    whileHeld: UsualDropOut
    """The same for those whom a hold keeps: transfers left out."""
    pipeline: Pipeline
    releaseUnknown: _Count
    """Active supporters on remand, or without a date: their release is in no number."""
    releaseNotAsked: _Count
    """Active supporters whose dates could not be asked for: likewise."""
    leadTime: LeadTime
    shortIn: date | None
    """The first day of the first week that is expected below the minimum; null: none of these."""
    mayBeShortIn: date | None
    """The same of the first week whose low end is below it."""
    startBy: date | None
    """The latest day to start recruiting: `shortIn` less `leadTime`."""
    tooLate: bool
    """Whether that day has passed: recruiting alone does not mend it."""
    holds: HoldsAsked


class Forecasts(Shown):
    """The forecast of each scheme in reach."""

    items: Annotated[list[SchemeForecast], Field(max_length=2000)]


@operation(
    routes,
    "GET",
    "/v1/schemes/{id}/forecast",
    Verb.READ_FORECAST,
    name="getForecast",
    summary="How many supporters a scheme will have",
    shows=SchemeForecast,
)
async def get_forecast(call: CallDep, id: IdPath) -> Response:
    """Week by week for ninety days: from release dates, holds, the usual drop-out, and who is in training; the week in
    which cover falls below the minimum, and the latest day to start recruiting. Coordinator and partner (recruitment),
    governor (oversight), safer custody (safety)."""
    return call.plain(_told(await call.run(lambda begin: acts.of_scheme(begin, id, call.runtime.releases))))


@operation(
    routes,
    "GET",
    "/v1/forecasts",
    Verb.READ_FORECAST,
    name="getForecasts",
    summary="How many supporters a prison's schemes will have",
    shows=Forecasts,
)
async def get_forecasts(
    call: CallDep, prison: Annotated[Prison | None, Query(description="Only schemes of this prison.")] = None
) -> Response:
    """The same of every scheme in reach that has not closed. Headquarters has counts of a whole jurisdiction from a job
    (`TURNOVER`)."""
    found = await call.run(lambda begin: acts.of_reach(begin, prison, call.runtime.releases))
    return call.plain({"items": [_told(each) for each in found]})


def _told(told: Told) -> dict[str, Any]:
    made: Forecast = told.forecast
    lead, asked = made.lead, told.holds
    return {
        "label": "ESTIMATE",
        "scheme": told.scheme.id,
        "prison": told.scheme.prison,
        "asOf": made.today,
        "active": made.active,
        "notGivingCover": made.no_cover,
        "certificatesEnding": made.renewals,
        "minimum": made.minimum,
        "at": [{"days": days, **_interval(made.at(days))} for days in HORIZONS],
        "weeks": [
            {"starts": w.starts, **_interval(w), "released": w.released, "arriving": w.arriving} for w in made.weeks
        ],
        "usualDropOut": _usual(made.usual),
        "whileHeld": _usual(made.held),
        "pipeline": {
            "inTraining": made.in_training,
            "finishing": round(made.finishing, PLACES),
            "of": made.finished_of,
        },
        "releaseUnknown": made.release_unknown,
        "releaseNotAsked": made.not_asked,
        "leadTime": {
            "days": lead.days,
            "measured": lead.measured,
            "of": lead.own,
            "vacancy": lead.vacancy,
            "training": lead.training,
            "probation": lead.probation,
        },
        "shortIn": made.short_in,
        "mayBeShortIn": made.may_be_short_in,
        "startBy": made.start_by,
        "tooLate": made.start_by is not None and made.start_by < made.today,
        "holds": {
            "standing": made.holds,
            "asked": asked.asked,
            "refused": asked.refused,
            "held": asked.held,
            "movedAnyway": asked.moved_anyway,
            "shareRefused": asked.share_refused,
        },
    }


def _interval(week: Any) -> dict[str, Any]:
    return {"expected": round(week.expected, PLACES), "low": week.low, "high": week.high}


def _usual(usual: Usual) -> dict[str, Any]:
    lost = usual.lost_in(30)
    return {
        "basis": usual.basis,
        "leavers": usual.leavers,
        "days": usual.days,
        "share": round(lost.likely, PLACES),
        "low": round(lost.low, PLACES),
        "high": round(lost.high, PLACES),
    }

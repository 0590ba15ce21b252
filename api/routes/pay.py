"""Supporters' pay over HTTP: rates, entries by the week, the hub's sheet, and other work beside it."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import Query
from pydantic import Field
from starlette.responses import Response

from api.described import Shown
from api.guarded import CallDep, operation, router
from api.routes.register import Register
from api.routes.shapes import Body, Code, Day, Nothing, Prison, Whole
from domain.confidentiality.verbs import Verb
from domain.pay import comparison, entries, rates, sheet
from domain.pay.comparison import ComparisonJob
from domain.pay.entries import PayEntry
from domain.pay.rates import PayRate
from domain.supporters.record import Supporter

routes = router("pay")
_Money = Annotated[Whole, Field(ge=0, le=1_000_000)]
_Days = Annotated[Whole, Field(ge=0, le=14)]
_READERS = "coordinator (operations), governor, monitoring board and inspectorate (oversight), safer custody (safety)"


class AddPayRate(Body):
    """What a band of one's prison is paid from a Monday on."""

    prison: Prison
    band: Code
    money_minor_units_half_day: _Money
    money_minor_units_full_day: _Money
    valid_from: Day
    valid_until: Day | None = None


class EndPayRate(Body):
    """The Sunday of its last week."""

    valid_until: Day


class EnterPay(Body):
    """The days of a week, and the band."""

    week_of: Day
    band: Code
    half_days: _Days = 0
    full_days: _Days = 0


class CorrectPay(Body):
    """The days as they were."""

    half_days: _Days
    full_days: _Days


class AddComparisonJob(Body):
    """A job as it is advertised."""

    prison: Prison
    job: Code
    band: Code
    half_days: _Days
    money_minor_units: _Money
    places: Annotated[Whole, Field(ge=1, le=1000)]


RATES = Register(
    PayRate,
    "pay-rates",
    many="pay rates",
    reads=Verb.READ_PAY_RATE,
    writes=Verb.RECORD_PAY_RATE,
    tag="pay",
    under=None,
)
RATES.lists(
    f"What each band is paid, and from when. Activities hub (operations), {_READERS}.",
    prison=(Prison, "Only of this prison."),
    band=(Code, "Only of this band."),
)
RATES.adds(AddPayRate, rates.add, "A rate of a band. It overlaps none that the band has. Activities hub (operations).")
RATES.shows("One rate; for the same roles as the list.")
RATES.moves("end", EndPayRate, rates.end, "Say which week is its last. Activities hub (operations). Needs `If-Match`.")

ENTRIES = Register(
    PayEntry,
    "pay-entries",
    many="pay entries",
    reads=Verb.READ_PAY_ENTRY,
    writes=Verb.RECORD_PAY_ENTRY,
    tag="pay",
    under=Supporter,
)
ENTRIES.lists(
    f"A supporter's pay by the week. Activities hub (operations), {_READERS}; a person in custody his own"
    " (operations).",
    order="week_of",
)
ENTRIES.adds(
    EnterPay,
    entries.enter,
    "A week's pay, once a week, of somebody in the role in it, where the kind is paid. Activities hub (operations).",
    name="enterPay",
)
ENTRIES.shows("One week's; for the same roles as the list.")
ENTRIES.moves(
    "correct",
    CorrectPay,
    entries.correct,
    "Put its days right; the amount is by that week's rate. Activities hub (operations). Needs `If-Match`.",
)

JOBS = Register(
    ComparisonJob,
    "comparison-jobs",
    many="comparison jobs",
    reads=Verb.READ_COMPARISON_JOB,
    writes=Verb.RECORD_COMPARISON_JOB,
    tag="pay",
    under=None,
)
JOBS.lists(
    f"Other prison jobs, beside which supporters' work is laid. Activities hub (operations), {_READERS}.",
    prison=(Prison, "Only of this prison."),
)
JOBS.adds(AddComparisonJob, comparison.add, "A job of one's prison. Activities hub (operations).")
JOBS.shows("One job; for the same roles as the list.")
JOBS.moves(
    "retire",
    Nothing,
    comparison.retire,
    "Leave it out of comparisons. Activities hub (operations). Needs `If-Match`.",
)
REGISTERS = (RATES, ENTRIES, JOBS)


_Units = Annotated[int, Field(ge=0, le=2_147_483_647)]


class PayLine(Shown):
    """One allocation in a week. Where nothing was entered yet, its band, days and amount are null."""

    scheme: UUID
    kind: Code
    supporter: UUID
    """Whose: his name and wing are read at `/v1/supporters`."""
    entry: UUID | None
    """What was entered; null: nothing yet."""
    band: Code | None
    halfDays: _Units | None
    """Half days."""
    fullDays: _Units | None
    """Whole days."""
    moneyMinorUnits: _Units | None
    """What they come to, in minor units (pence, cents)."""
    clash: bool
    """Whether his allocations of that week come to more than a week has."""


class PaySheet(Shown):
    """Everybody who is allocated in a week."""

    items: Annotated[list[PayLine], Field(max_length=10_000)]


class ParityLine(Shown):
    """One pay band in a week: supporters' work beside other work."""

    band: Code
    supporters: _Units | None
    """How many were paid, to the nearest five; null: too few to tell."""
    halfDays: Annotated[float, Field(ge=0, le=14)] | None
    """Half days on average; null: fewer than eight."""
    moneyMinorUnits: _Units | None
    """Pay on average, in minor units; null: fewer than eight."""
    jobs: _Units
    """How many other jobs are of this band."""
    places: _Units
    """How many people they take."""
    jobHalfDays: Annotated[float, Field(ge=0, le=14)] | None
    """Half days of these on average; null: there are none."""
    jobMoneyMinorUnits: _Units | None
    """Pay of these on average, in minor units; null: there are none."""


class PayParity(Shown):
    """Each band."""

    items: Annotated[list[ParityLine], Field(max_length=1000)]


WeekAsked = Annotated[
    Day | None, Query(alias="weekOf", description="The week's Monday; else of the week before this one.")
]


@operation(
    routes,
    "GET",
    "/v1/pay-sheets",
    Verb.READ_PAY_SHEET,
    name="getPaySheet",
    summary="Who is to be paid for a week",
    shows=PaySheet,
)
async def get_sheet(call: CallDep, week_of: WeekAsked = None) -> Response:
    """Allocation, days, amount, and whether it clashes; no time of any session. Who is suspended or at rest stands in
    it like everybody else. Activities hub (operations)."""
    found = await call.run(lambda begin: sheet.sheet(begin, week_of))
    return call.plain({"items": [_line(each) for each in found]})


def _line(line: sheet.Line) -> dict[str, Any]:
    of = line.supporter.values
    entry: Any = {} if line.entry is None else line.entry.values
    return {
        "scheme": of["scheme"],
        "kind": of["kind"],
        "supporter": of["id"],
        "entry": entry.get("id"),
        "band": entry.get("band"),
        "halfDays": entry.get("half_days"),
        "fullDays": entry.get("full_days"),
        "moneyMinorUnits": entry.get("money_minor_units"),
        "clash": line.clash,
    }


@operation(
    routes,
    "GET",
    "/v1/pay-parity",
    Verb.READ_PAY_PARITY,
    name="getPayParity",
    summary="Supporters' work beside other work",
    shows=PayParity,
)
async def get_parity(call: CallDep, week_of: WeekAsked = None) -> Response:
    """Pay, days and places by band; numbers and means of supporters as they may leave a prison. Activities hub,
    coordinator (operations), governor, monitoring board and inspectorate (oversight), safer custody (safety)."""
    found = await call.run(lambda begin: sheet.parity(begin, week_of))
    told = [
        {
            "band": p.band,
            "supporters": p.supporters,
            "halfDays": p.half_days,
            "moneyMinorUnits": p.money_minor_units,
            "jobs": p.jobs,
            "places": p.places,
            "jobHalfDays": p.job_half_days,
            "jobMoneyMinorUnits": p.job_money_minor_units,
        }
        for p in found
    ]
    return call.plain({"items": told})

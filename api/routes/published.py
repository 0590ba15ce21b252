"""The rota as it was published, on paper and as a calendar."""

from typing import Annotated, Final

from fastapi import Query
from starlette.responses import Response

from api import calendars, language
from api.guarded import CallDep, operation, router
from api.printing.wall import wall_page
from api.routes.register import SchemePath
from api.routes.shapes import Day
from domain.care import published
from domain.confidentiality.verbs import Verb

routes = router("care")
PDF: Final = "application/pdf"
CALENDAR: Final = "text/calendar"


@operation(
    routes,
    "GET",
    "/v1/schemes/{id}/rota.pdf",
    Verb.READ_ROTA_SHEET,
    name="getRotaPdf",
    summary="A rota as PDF",
    media=PDF,
    spoken=True,
)
async def get_rota_pdf(
    call: CallDep,
    scheme: SchemePath,
    since: Annotated[Day | None, Query(description="The first day; without one, the Monday of this week.")] = None,
    weeks: Annotated[int, Query(ge=1, le=2, description="One week, or two.")] = 1,
) -> Response:
    """One or two weeks to print on A4: days, bands, the names of those who agreed to be listed and how many more, and
    no prison number. As published: the same bytes whoever was called or cannot come. Coordinator and partner (support),
    wing and orderly officers and the activities hub (operations). 503 where too many are being printed; 429 for whoever
    waits for another print, or has had ten of late."""
    spoken = language.of(call.request.scope)
    of = await call.run(lambda begin: published.printed(begin, scheme, since, weeks))
    made = await call.runtime.press.pdf_of(wall_page(of, spoken), call.caller.actor)
    return Response(made, 200, {"Content-Language": spoken.value}, PDF)


@operation(
    routes,
    "GET",
    "/v1/schemes/{id}/rota.ics",
    Verb.READ_ROTA_CALENDAR,
    name="getRotaCalendar",
    summary="A rota as a calendar",
    media=CALENDAR,
)
async def get_rota_calendar(call: CallDep, scheme: SchemePath) -> Response:
    """Duty, as iCalendar (RFC 5545): four weeks back, and all that is published ahead. `DTSTAMP` and `SEQUENCE` change
    when an entry is published or withdrawn, and by nothing else. It is read with a token, as all is. Coordinator and
    partner (support)."""
    duty = await call.run(lambda begin: published.calendar(begin, scheme))
    return Response(calendars.written(duty), 200, None, CALENDAR)

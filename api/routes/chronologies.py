"""Chronologies for coroner and ombudsman, over HTTP (rule 16)."""

from datetime import date
from typing import Annotated, Final
from uuid import UUID

from pydantic import Field
from starlette.responses import Response

from api.described import Shown
from api.guarded import CallDep, operation, router
from api.printing.chronology import SAID
from api.printing.chronology import page_of as printed
from api.printing.html import POLICY, html_of
from api.routes.charter_of_scheme import HTML, PDF
from api.routes.shapes import IdPath, Instant, Prison
from domain.confidentiality.verbs import Verb
from domain.packs import chronology

routes = router("jobs")
_Words = Annotated[str, Field(max_length=600)]
_Code = Annotated[str, Field(max_length=64)]
_MOST: Final = 20_000
_ENGLISH = {"Content-Language": "en"}


class ChronologyWord(Shown):
    """One thing that is told of an event, by the name of its member."""

    name: _Code
    value: Annotated[str, Field(max_length=200)]


class ChronologyVersion(Shown):
    """A line of the ledger that wrote the record of an event. Lines of what is closed name no record."""

    line: UUID | None
    """Null: nobody of the staff wrote it."""
    at: Instant
    """Where nobody of the staff wrote it, the hour in which it was."""
    first: bool
    """By it the record was made, as it was first; by others it was changed."""
    fields: Annotated[list[_Code], Field(max_length=200)]
    """Which members it wrote. Names alone: what stood in them is kept nowhere."""
    by: UUID | None
    """The member of staff; null: nobody of the staff."""


class ChronologyEvent(Shown):
    """One thing that happened. Supporters are letters: the same within this chronology, others in the next."""

    at: Instant
    """When it happened; what is known by its day alone stands at noon."""
    what: _Code
    kind: _Code
    """The kind of record that tells of it."""
    record: UUID
    recordedAt: Instant | None
    """When it was recorded, where that is kept."""
    hoursAlone: bool
    """Both times are told by the hour in which they fall: nobody of the staff wrote this as it happened."""
    late: bool
    """It was recorded more than thirty minutes after it happened."""
    afterHold: bool
    """It was recorded after the death."""
    by: UUID | None
    """The member of staff who decided, coded or typed it; null: nobody of the staff, or it is not kept."""
    supporters: Annotated[list[Annotated[str, Field(max_length=20)]], Field(max_length=100)]
    told: Annotated[list[ChronologyWord], Field(max_length=20)]
    versions: Annotated[list[ChronologyVersion], Field(max_length=_MOST)]
    """Which lines of the ledger wrote its record since the first day, in their order."""
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$", max_length=64)]
    """Of this event as it stands here, without this member: JSON with sorted keys."""


class Chronology(Shown):
    """What happened in the thirty days before a death: of one person in schemes with an open policy, and of the prison
    in those with a closed one, where nothing tells whose it was."""

    job: UUID
    prison: Prison
    firstDay: date
    lastDay: date
    recordedAt: Instant
    """When the death was recorded."""
    says: Annotated[list[_Words], Field(max_length=10)]
    """What cannot be in it, and why."""
    events: Annotated[list[ChronologyEvent], Field(max_length=_MOST)]
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$", max_length=64)]
    """Of the hashes of all events, in their order: two copies that differ are told apart by it."""


@operation(
    routes,
    "GET",
    "/v1/jobs/{id}/chronology",
    Verb.READ_JOB,
    name="getChronology",
    summary="A chronology after a death",
    shows=Chronology,
)
async def get_chronology(call: CallDep, id: IdPath) -> Response:
    """What a job of kind `CHRONOLOGY` gathered. Its maker alone (ombudsman or coroner, investigation). The same for
    whoever never asked for anything. 409 where there is none, and seven days after it was made."""
    found = await call.run(lambda begin: chronology.read(begin, id))
    return call.plain({"job": found.job, "prison": found.prison, "says": SAID, **found.told})


@operation(
    routes,
    "GET",
    "/v1/jobs/{id}/chronology.html",
    Verb.READ_JOB,
    name="getChronologyPage",
    summary="A chronology as a web page",
    media=HTML,
    spoken=True,
)
async def get_chronology_page(call: CallDep, id: IdPath) -> Response:
    """The same as a page, in English."""
    page = printed(await call.run(lambda begin: chronology.read(begin, id)))
    headers = {**_ENGLISH, "Content-Security-Policy": POLICY}
    return Response(html_of(page), 200, headers, f"{HTML}; charset=utf-8")


@operation(
    routes,
    "GET",
    "/v1/jobs/{id}/chronology.pdf",
    Verb.READ_JOB,
    name="getChronologyPdf",
    summary="A chronology as PDF",
    media=PDF,
    spoken=True,
)
async def get_chronology_pdf(call: CallDep, id: IdPath) -> Response:
    """The same on A4, tagged. 503 where too many are being printed; 429 for whoever waits for another print, or has had
    ten of late."""
    page = printed(await call.run(lambda begin: chronology.read(begin, id)))
    return Response(await call.runtime.press.pdf_of(page, call.caller.actor), 200, _ENGLISH, PDF)

"""Packs of evidence, and registers for a spreadsheet, over HTTP (issue E 8 and 9)."""

from datetime import date
from typing import Annotated, Any, Final
from uuid import UUID

from pydantic import Field
from starlette.responses import Response

from api.described import Shown
from api.guarded import CallDep, operation, router
from api.printing.html import POLICY, html_of
from api.printing.pack import page_of
from api.routes.charter_of_scheme import HTML, PDF
from api.routes.shapes import IdPath, Instant, Prison
from api.spreadsheets import CSV, file_of, named
from api.wire import camel
from domain.confidentiality.entry import Outcome
from domain.confidentiality.verbs import Verb
from domain.packs import exporting, reading
from domain.packs.evidence import SAMPLE, PackNumber
from domain.packs.reading import SAYS, Pack, PackPart
from domain.sessions.codes import RefusalCode
from domain.sessions.conduct import Account, ConductVerdict, Reconciliation, Review, UnmetAs

routes = router("jobs")
_Words = Annotated[str, Field(max_length=600)]
_Code = Annotated[str, Field(max_length=64)]
_MOST: Final = 20_000
_ENGLISH = {"Content-Language": "en"}


class PackSection(Shown):
    """A part of a pack: what it is, and what is kept back in it, and why."""

    section: PackPart
    title: _Words
    definition: _Words
    withheld: _Words
    """What is kept back, and why."""
    cleared: bool
    """False: it is not for this reader, as his role is now."""


class PackFigure(Shown):
    """One number of a pack."""

    section: PackPart
    scheme: UUID | None
    """Null: of the whole prison, or of the one scheme that the pack is about."""
    wing: Annotated[str, Field(max_length=20)] | None
    """Null: of the whole prison."""
    part: Annotated[str, Field(max_length=20)] | None
    """DAY, NIGHT or ALL_DAY, where it is of one of them."""
    word: _Code
    """What is counted, by its word."""
    told: Annotated[int, Field(ge=0, le=2_147_483_647)] | None
    """How many, to the nearest 5; null: see `state`."""
    state: PackNumber


class PackRefusal(Shown):
    """A request of a closed-policy scheme that was not met. Who asked, and who gave the code, is not in it."""

    id: UUID
    wing: Annotated[str, Field(max_length=20)]
    at: Instant
    ended: UnmetAs
    code: RefusalCode | None
    claimed: bool
    """Its code is a claim that no review has confirmed."""
    late: bool
    """Something of it was recorded more than thirty minutes after it happened."""
    afterHold: bool
    """Something of it was recorded after a death, about the time before."""
    review: Review
    verdict: ConductVerdict | None
    overdue: bool
    """Its review has waited for more than seven days."""
    accounts: Annotated[list[Account], Field(max_length=100)]
    reconciled: Reconciliation | None


class PackLook(Shown):
    """A look at records that was drawn: a line of the ledger, without at whose."""

    id: UUID
    at: Instant
    actor: UUID | None
    role: _Code
    purpose: _Code | None
    act: _Code
    rule: Annotated[str, Field(max_length=120)] | None
    outcome: Outcome


class EvidencePack(Shown):
    """Evidence for inspectors and monitors, of a prison or one scheme of it, and a quarter that is over."""

    job: UUID
    prison: Prison
    scheme: UUID | None
    """Null: every scheme of the prison."""
    first: date
    last: date
    seed: UUID
    """By which the looks were drawn: the job's own id, which is random."""
    drawn: Annotated[int, Field(ge=0, le=SAMPLE)]
    """So many looks were drawn; one that is not shown is not for this reader."""
    sections: Annotated[list[PackSection], Field(max_length=20)]
    numbers: Annotated[list[PackFigure], Field(max_length=_MOST)]
    refusals: Annotated[list[PackRefusal], Field(max_length=_MOST)]
    looks: Annotated[list[PackLook], Field(max_length=SAMPLE)]


@operation(
    routes,
    "GET",
    "/v1/jobs/{id}/evidence",
    Verb.READ_JOB,
    name="getEvidencePack",
    summary="A pack of evidence",
    shows=EvidencePack,
)
async def get_evidence(call: CallDep, id: IdPath) -> Response:
    """What a job of kind `EVIDENCE` gathered: refusals as rows, figures that were let out, cover by wing and night, how
    people hear of the scheme, and a sample of looks at records. Its maker alone (monitoring board or inspectorate,
    oversight), who is shown what he may read now. 409 where there is none."""
    return call.plain(_told(await call.run(lambda begin: reading.read(begin, id))))


@operation(
    routes,
    "GET",
    "/v1/jobs/{id}/evidence.html",
    Verb.READ_JOB,
    name="getEvidencePackPage",
    summary="A pack of evidence as a web page",
    media=HTML,
    spoken=True,
)
async def get_evidence_page(call: CallDep, id: IdPath) -> Response:
    """The same as a page, in English."""
    pack = await call.run(lambda begin: reading.read(begin, id))
    headers = {**_ENGLISH, "Content-Security-Policy": POLICY}
    return Response(html_of(page_of(pack)), 200, headers, f"{HTML}; charset=utf-8")


@operation(
    routes,
    "GET",
    "/v1/jobs/{id}/evidence.pdf",
    Verb.READ_JOB,
    name="getEvidencePackPdf",
    summary="A pack of evidence as PDF",
    media=PDF,
    spoken=True,
)
async def get_evidence_pdf(call: CallDep, id: IdPath) -> Response:
    """The same on A4, tagged. 503 where too many are being printed; 429 for whoever waits for another print, or has had
    ten of late."""
    page = page_of(await call.run(lambda begin: reading.read(begin, id)))
    return Response(await call.runtime.press.pdf_of(page, call.caller.actor), 200, _ENGLISH, PDF)


@operation(
    routes,
    "GET",
    "/v1/jobs/{id}/export.csv",
    Verb.READ_JOB,
    name="getJobExport",
    summary="A register for a spreadsheet",
    media=CSV,
)
async def get_export(call: CallDep, id: IdPath) -> Response:
    """The rows that a job of kind `EXPORT` read, as CSV: UTF-8 with its mark, each cell in quotation marks. A text that
    a spreadsheet could take for a formula has an apostrophe before it. Its maker alone, while he may read the register,
    and for 24 hours; then 409."""
    found = await call.run(lambda begin: exporting.read(begin, id))
    headers = {"Content-Disposition": named(f"{found.exported.value.lower().replace('_', '-')}-{found.prison}")}
    return Response(file_of([camel(n) for n in found.head], found.rows), 200, headers, f"{CSV}; charset=utf-8")


def _told(pack: Pack) -> dict[str, Any]:
    return {
        "job": pack.job,
        "prison": pack.prison,
        "scheme": pack.scheme,
        "first": pack.first,
        "last": pack.last,
        "seed": pack.job,
        "drawn": pack.drawn,
        "sections": [
            {
                "section": part,
                "title": said.title,
                "definition": said.definition,
                "withheld": said.withheld,
                "cleared": part not in pack.not_cleared,
            }
            for part, said in SAYS.items()
        ],
        "numbers": pack.numbers,
        "refusals": [{camel(name): value for name, value in row.items()} for row in pack.refusals],
        "looks": [{camel(name): value for name, value in row.items()} for row in pack.looks],
    }

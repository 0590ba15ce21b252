"""Long work: 202, then progress, then a result that its maker alone may read."""

from typing import Any
from uuid import UUID

from starlette.responses import Response

from api.call import Call
from api.guarded import CallDep, operation, router
from api.printing.html import POLICY_WITH_FIGURES, html_of
from api.printing.page import Page
from api.printing.report import page_of
from api.routes.charter_of_scheme import HTML, PDF
from api.routes.shapes import Body, Day, Identifier, IdPath, Prison
from api.wire import model
from domain.confidentiality.verbs import Verb
from domain.oversight import jobs
from domain.oversight.record import ExportOf, Job, JobKind
from domain.packs import starting

routes = router("jobs")


class StartJob(Body):
    """What to do, and for which scheme; `TURNOVER` is for all, and takes none, and `EVIDENCE` takes a prison instead,
    if it is about all schemes of it."""

    kind: JobKind
    scheme: UUID | None = None
    prison: Prison | None = None
    """Of `EVIDENCE`: the prison, where no scheme is named."""
    quarter: Day | None = None
    """Of `EVIDENCE`: any day of the quarter; left out: of the last that is told."""
    exported: ExportOf | None = None
    """Of `EXPORT`: which register."""
    hold: UUID | None = None
    """Of `CHRONOLOGY`: the hold after the death."""
    identifier: Identifier | None = None
    """Of `CHRONOLOGY`: the number of whoever died."""


@operation(
    routes, "POST", "/v1/jobs", Verb.START_JOB, name="startJob", summary="Start a job", shows=model(Job), status=202
)
async def start_job(call: CallDep, body: StartJob) -> Response:
    """Long work. Answers at once with where to look. Coordinator, governor, inspectorate (oversight), evaluator: about
    a scheme; of the coordinator also `ROTA`, whose result is a proposal that `layProposal` lays. `EVALUATION` reports
    how the scheme's evaluation stands, with its plots. `EXPORT` reads a register for a spreadsheet, as far as who
    starts it may read it. Headquarters (oversight): `TURNOVER`, about every prison. Monitoring board and inspectorate
    (oversight): `EVIDENCE` of a prison, or one scheme, and a quarter that is over. Ombudsman and coroner
    (investigation): `CHRONOLOGY` of one person after a recorded death."""
    answer = await call.create(Job, lambda begin: starting.start(begin, call.runtime.under_hold, **body.given()))
    answer.status_code = 202
    return answer


@operation(routes, "GET", "/v1/jobs/{id}", Verb.READ_JOB, name="getJob", summary="One job", shows=model(Job))
async def get_job(call: CallDep, id: IdPath) -> Response:
    """Its progress and, when it is done, its result. Its maker alone."""
    return await call.show(lambda begin: jobs.read(begin, id))


async def _page(call: Call, id: UUID) -> Page:
    """The report as a page. It is of its maker's own job, so nothing is shown that its result would not."""
    found = await call.run(lambda begin: jobs.report(begin, id))
    result: dict[str, Any] = found.values["result"]
    return page_of(result)


_ENGLISH = {"Content-Language": "en"}


@operation(
    routes,
    "GET",
    "/v1/jobs/{id}/report.html",
    Verb.READ_JOB,
    name="getJobReportPage",
    summary="The report of an evaluation as a web page",
    media=HTML,
    spoken=True,
)
async def get_report_page(call: CallDep, id: IdPath) -> Response:
    """The report that a job of kind `EVALUATION` made, in English: each plot with its words and its data. Its maker
    alone. 409 where there is none."""
    headers = {**_ENGLISH, "Content-Security-Policy": POLICY_WITH_FIGURES}
    return Response(html_of(await _page(call, id)), 200, headers, f"{HTML}; charset=utf-8")


@operation(
    routes,
    "GET",
    "/v1/jobs/{id}/report.pdf",
    Verb.READ_JOB,
    name="getJobReportPdf",
    summary="The report of an evaluation as PDF",
    media=PDF,
    spoken=True,
)
async def get_report_pdf(call: CallDep, id: IdPath) -> Response:
    """The same on A4, tagged, with each plot's words. 503 where too many are being printed; 429 for whoever waits for
    another print, or has had ten of late."""
    page = await _page(call, id)
    return Response(await call.runtime.press.pdf_of(page, call.caller.actor), 200, _ENGLISH, PDF)

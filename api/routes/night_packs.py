"""The night pack, to print at each band's start (rule 5)."""

from starlette.responses import Response

from api import language
from api.guarded import CallDep, operation, router
from api.printing.html import POLICY, html_of
from api.printing.night_pack import page_of
from api.printing.page import Page
from api.problems.answers import Answers
from api.routes.charter_of_scheme import HTML, PDF
from api.routes.shapes import IdPath
from domain.confidentiality.verbs import Verb
from domain.sessions import night_pack

routes = router("requests")


async def _page(call: CallDep, id: IdPath) -> tuple[Page, dict[str, str]]:
    spoken = language.of(call.request.scope)
    answers: Answers = call.request.app.state.answers
    found = await call.run(lambda begin: night_pack.pack(begin, id))
    page = page_of(found, answers.do_this_now.instruction(spoken).text, spoken)
    return page, {"Content-Language": spoken.value}


@operation(
    routes,
    "GET",
    "/v1/schemes/{id}/night-pack.html",
    Verb.READ_NIGHT_PACK,
    name="getNightPackPage",
    summary="Who is on call now, as a web page",
    media=HTML,
    spoken=True,
)
async def get_page(call: CallDep, id: IdPath) -> Response:
    """Who is on call in this band by the rota as published, where they meet, how to unlock, and what to do where a life
    may be at risk: good to the band's end. It holds no request. Of schemes
    with a closed policy alone. Wing and orderly officer, coordinator (operations),
    safer custody (safety)."""
    page, headers = await _page(call, id)
    return Response(html_of(page), 200, {**headers, "Content-Security-Policy": POLICY}, f"{HTML}; charset=utf-8")


@operation(
    routes,
    "GET",
    "/v1/schemes/{id}/night-pack.pdf",
    Verb.READ_NIGHT_PACK,
    name="getNightPackPdf",
    summary="Who is on call now, as PDF",
    media=PDF,
    spoken=True,
)
async def get_pdf(call: CallDep, id: IdPath) -> Response:
    """The same on A4, to be printed before the night. 503 where too many are being printed; 429 for whoever waits for
    another print, or has had ten of late."""
    page, headers = await _page(call, id)
    return Response(await call.runtime.press.pdf_of(page, call.caller.actor), 200, headers, PDF)

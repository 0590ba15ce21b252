"""A scheme's charter over HTTP: as data, what changed between its versions, and as a page for people.

HTML and PDF have an address each, and one media type, so that there is nothing to negotiate and never a 406; `Accept`
is not read. Who sees what is decided by the same act as for JSON, and the look is recorded before anything is printed.
"""

from typing import Annotated, Any

from fastapi import Query
from pydantic import Field
from starlette.responses import Response

from api import language
from api.described import Shown
from api.guarded import CallDep, operation, router
from api.printing.html import POLICY, html_of
from api.printing.page import Page, page_of
from api.routes.shapes import IdPath
from api.wire import camel, model
from domain.confidentiality.disclosure import View
from domain.confidentiality.verbs import Verb
from domain.schemes import drafting
from domain.schemes.charter import Charter, differences
from domain.schemes.questions import Section

routes = router("charters")
HTML, PDF = "text/html", "application/pdf"
_Number = Annotated[int, Query(ge=1, le=100_000)]
_Answer = bool | int | Annotated[str, Field(max_length=1000)] | list[Annotated[str, Field(max_length=1000)]] | None


class CharterChange(Shown):
    """One member that two versions answer otherwise. A member that a version leaves blank is null there."""

    section: Section
    member: Annotated[str, Field(max_length=64)]
    before: _Answer
    after: _Answer


class CharterDifference(Shown):
    """What changed from one version of a plan to another, as far as this viewer sees both."""

    since: Annotated[int, Field(ge=0, le=100_000, description="The earlier version; 0: before the first.")]
    to: Annotated[int, Field(ge=1, le=100_000, description="The later version.")]
    changes: Annotated[list[CharterChange], Field(max_length=100)]


@operation(
    routes,
    "GET",
    "/v1/schemes/{id}/charter",
    Verb.READ_CHARTER,
    name="getSchemeCharter",
    summary="A scheme's charter",
    shows=model(Charter),
)
async def get_scheme_charter(
    call: CallDep,
    id: IdPath,
    version: Annotated[_Number | None, Query(description="This version, instead of the one that holds now.")] = None,
) -> Response:
    """The plan whole, in one look: the version that holds now, or (for those who may) any other. People in custody and
    supporters are shown what is open, of the version that holds. For people: `charter.html`, `charter.pdf`."""
    return await call.show(lambda begin: drafting.of_scheme(begin, id, version))


@operation(
    routes,
    "GET",
    "/v1/schemes/{id}/charter/difference",
    Verb.READ_CHARTER,
    name="getSchemeCharterDifference",
    summary="What changed between two versions",
    shows=CharterDifference,
)
async def get_difference(
    call: CallDep,
    id: IdPath,
    since: Annotated[
        int | None, Query(alias="from", ge=0, le=100_000, description="The earlier version; else the one before `to`.")
    ] = None,
    to: Annotated[_Number | None, Query(description="The later version; else the one that holds now.")] = None,
) -> Response:
    """By section and member, from one version to another; before the first, everything was blank. Whoever reads both
    versions, as far as he sees their members."""
    before, after = await call.run(lambda begin: drafting.two_of_scheme(begin, id, to, since))
    told = differences({} if before is None else before.values, after.values)
    return call.plain(
        {
            "since": 0 if before is None else _number(before),
            "to": _number(after),
            "changes": [
                {"section": section, "member": camel(member), "before": _blank(was), "after": _blank(now)}
                for section, member, was, now in told
            ],
        }
    )


def _number(view: View[Charter]) -> int:
    return view.values["number"]


def _blank(value: Any) -> Any:
    return None if value == () else value


async def _page(call: CallDep, id: IdPath) -> tuple[Page, dict[str, str]]:
    spoken = language.of(call.request.scope)
    view, scheme, objectives = await call.run(lambda begin: drafting.printed(begin, id))
    of = {"name": "", "open": False} if scheme is None else scheme.values
    page = page_of(view, spoken, str(of["name"]), objectives, runs=bool(of["open"]))
    return page, {"Content-Language": spoken.value}


@operation(
    routes,
    "GET",
    "/v1/schemes/{id}/charter.html",
    Verb.READ_CHARTER,
    name="getSchemeCharterPage",
    summary="A scheme's charter as a web page",
    media=HTML,
    spoken=True,
)
async def get_page(call: CallDep, id: IdPath) -> Response:
    """The version that holds now, as far as this viewer sees it: for a screen reader, a small screen and paper.
    Headings in English or Welsh by `Accept-Language`. While the scheme does not run it says so, and not how to ask."""
    page, headers = await _page(call, id)
    return Response(html_of(page), 200, {**headers, "Content-Security-Policy": POLICY}, f"{HTML}; charset=utf-8")


@operation(
    routes,
    "GET",
    "/v1/schemes/{id}/charter.pdf",
    Verb.READ_CHARTER,
    name="getSchemeCharterPdf",
    summary="A scheme's charter as PDF",
    media=PDF,
    spoken=True,
)
async def get_pdf(call: CallDep, id: IdPath) -> Response:
    """The same for the notice board: tagged, titled, in its language. 503 where too many are being printed; 429 for
    whoever waits for another print, or has had ten of late."""
    page, headers = await _page(call, id)
    return Response(await call.runtime.press.pdf_of(page, call.caller.actor), 200, headers, PDF)

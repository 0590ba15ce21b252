"""`/problems` and `/problems/{slug}`: what each kind of problem means. Open to all, and the same for all.

As JSON, or as a page for a person whose browser asks for HTML. They change nothing, read nothing and need no token.
"""

from html import escape
from typing import Annotated, Any, Final

from fastapi import APIRouter, Path, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import HTMLResponse, Response

from api import language
from api.language import Language
from api.problems.kinds import KINDS, Kind
from domain.kernel.errors import Absent

TAG: Final = "problems"

_PAGE = """<!doctype html>
<html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title></head>
<body><main><h1>{title}</h1>{body}</main></body></html>
"""

_HEADINGS: Final = {
    Language.ENGLISH: ("Problems", "Status", "Code"),
    Language.WELSH: ("Problemau", "Statws", "Cod"),
}


# What FastAPI cannot see: that there is a page besides, and whose language it is in.
_ALSO: Final[dict[str, Any]] = {
    "headers": {"Content-Language": {"$ref": "#/components/headers/Content-Language"}},
    "content": {"text/html": {"schema": {"type": "string", "description": "The same as a page."}}},
}


class ProblemKind(BaseModel):
    """One kind of problem: what its status and code mean."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    type: Annotated[str, Field(max_length=80, pattern=r"^/problems/[a-z-]+$", examples=["/problems/not-found"])]
    code: Annotated[str, Field(max_length=64, pattern=r"^[a-z-]+$", examples=["not-found"])]
    status: Annotated[int, Field(ge=400, le=599, description="The HTTP status.", examples=[404])]
    title: Annotated[str, Field(max_length=120, examples=["Not found"])]
    meaning: Annotated[str, Field(max_length=300, examples=["There is nothing here for you."])]


class ProblemKinds(BaseModel):
    """Every kind of problem that this service answers with."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    problems: Annotated[list[ProblemKind], Field(max_length=100)]


def routes() -> APIRouter:
    """The two routes, without a prefix, ready to be joined to an application."""
    router = APIRouter(tags=[TAG])

    @router.get(
        "/problems",
        operation_id="listProblemKinds",
        summary="Kinds of problem",
        response_model=ProblemKinds,
        responses={200: _ALSO},
    )
    async def list_kinds(request: Request) -> Response:
        """Every kind of problem that this service answers with, in English or Welsh by `Accept-Language`. Open."""
        spoken = language.of(request.scope)
        if _wants_html(request):
            return _page(spoken, _HEADINGS[spoken][0], _index(spoken))
        return _json(spoken, ProblemKinds(problems=[_described(kind, spoken) for kind in KINDS.values()]))

    @router.get(
        "/problems/{slug}",
        operation_id="getProblemKind",
        summary="One kind of problem",
        response_model=ProblemKind,
        response_description="What this kind of problem means.",
        responses={200: _ALSO},
    )
    async def get_kind(
        request: Request,
        slug: Annotated[str, Path(max_length=64, pattern=r"^[a-z-]+$", description="The kind's slug, as in `code`.")],
    ) -> Response:
        """What one kind of problem means: the page that a problem's `type` names. Open."""
        kind = KINDS.get(slug)
        if kind is None:
            raise Absent
        spoken = language.of(request.scope)
        if _wants_html(request):
            return _page(spoken, kind.sentences(spoken).title, _definition(kind, spoken))
        return _json(spoken, _described(kind, spoken))

    # The names are only FastAPI's: it calls them.
    del list_kinds, get_kind
    return router


def _wants_html(request: Request) -> bool:
    """Whether the caller would rather read a page. `*/*` is a program, which reads JSON."""
    return "text/html" in request.headers.get("accept", "")


def _described(kind: Kind, spoken: Language) -> ProblemKind:
    words = kind.sentences(spoken)
    return ProblemKind(type=kind.type, code=kind.slug, status=kind.status, title=words.title, meaning=words.meaning)


def _json(spoken: Language, described: ProblemKind | ProblemKinds) -> Response:
    headers = {"Content-Language": spoken.value, "Vary": "Accept, Accept-Language"}
    return Response(described.model_dump_json(), 200, headers, "application/json")


def _page(spoken: Language, title: str, body: str) -> Response:
    headers = {"Content-Language": spoken.value, "Vary": "Accept, Accept-Language"}
    return HTMLResponse(_PAGE.format(lang=spoken.value, title=escape(title), body=body), 200, headers)


def _index(spoken: Language) -> str:
    items = (
        f'<li><a href="{kind.type}">{kind.status} {escape(kind.sentences(spoken).title)}</a></li>'
        for kind in KINDS.values()
    )
    return f"<ul>{''.join(items)}</ul>"


def _definition(kind: Kind, spoken: Language) -> str:
    _, status, code = _HEADINGS[spoken]
    return (
        f"<p>{escape(kind.sentences(spoken).meaning)}</p>"
        f"<p>{status}: {kind.status}. {code}: <code>{kind.slug}</code>.</p>"
    )

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
from api.problems.failures import told_by
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


class FailureOfKind(BaseModel):
    """One code that `failures` of such a problem may hold, and what it means."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: Annotated[
        str,
        Field(
            max_length=64,
            pattern=r"^[A-Z][A-Z0-9_]*\*?$",
            examples=["SCHEME_NOT_OPEN"],
            description="The code; where it ends with `*`, every code that begins so.",
        ),
    ]
    meaning: Annotated[str, Field(max_length=300, examples=["The scheme is not open."])]


class ProblemKind(BaseModel):
    """One kind of problem: what its status and code mean."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    type: Annotated[str, Field(max_length=80, pattern=r"^/problems/[a-z-]+$", examples=["/problems/not-found"])]
    code: Annotated[str, Field(max_length=64, pattern=r"^[a-z-]+$", examples=["not-found"])]
    status: Annotated[int, Field(ge=400, le=599, description="The HTTP status.", examples=[404])]
    title: Annotated[str, Field(max_length=120, examples=["Not found"])]
    meaning: Annotated[str, Field(max_length=300, examples=["There is nothing here for you."])]


class ExplainedProblemKind(ProblemKind):
    """One kind of problem, with every code that its `failures` may hold."""

    failures: Annotated[list[FailureOfKind], Field(max_length=400)]


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
        response_model=ExplainedProblemKind,
        response_description="What this kind of problem means.",
        responses={200: _ALSO},
    )
    async def get_kind(
        request: Request,
        slug: Annotated[str, Path(max_length=64, pattern=r"^[a-z-]+$", description="The kind's slug, as in `code`.")],
    ) -> Response:
        """What one kind of problem means, and each code of its `failures`: the page that a problem's `type` names. In
        English or Welsh by `Accept-Language`. Open."""
        kind = KINDS.get(slug)
        if kind is None:
            raise Absent
        spoken = language.of(request.scope)
        if _wants_html(request):
            return _page(spoken, kind.sentences(spoken).title, _definition(kind, spoken))
        told = [FailureOfKind(code=code, meaning=said) for code, said in told_by(slug, spoken)]
        return _json(spoken, ExplainedProblemKind(**_described(kind, spoken).model_dump(), failures=told))

    # The names are only FastAPI's: it calls them.
    del list_kinds, get_kind
    return router


def _wants_html(request: Request) -> bool:
    """Whether the caller would rather read a page. `*/*` is a program, which reads JSON."""
    return "text/html" in request.headers.get("accept", "")


def _described(kind: Kind, spoken: Language) -> ProblemKind:
    words = kind.sentences(spoken)
    return ProblemKind(type=kind.type, code=kind.slug, status=kind.status, title=words.title, meaning=words.meaning)


def _json(spoken: Language, described: BaseModel) -> Response:
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
        f"<p>{status}: {kind.status}. {code}: <code>{kind.slug}</code>.</p>{_failures(kind, spoken)}"
    )


def _failures(kind: Kind, spoken: Language) -> str:
    told = "".join(f"<dt><code>{code}</code></dt><dd>{escape(said)}</dd>" for code, said in told_by(kind.slug, spoken))
    return told and f"<dl>{told}</dl>"

"""A route with a guard: verb before shape, strict JSON, and a line in the ledger for whatever ends before an act.

FastAPI reads and validates a body before any dependency may refuse, so the guard stands in its handler's place. Every
route of ours is made by `operation`, which takes the verb: one without a verb cannot be written, and `check` refuses
to start with a route that was not made here.
"""

from collections.abc import Callable, Coroutine, Mapping
from types import MappingProxyType
from typing import Annotated, Any, Final, cast
from warnings import catch_warnings, simplefilter

from fastapi import APIRouter, Depends, FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from fastapi.utils import create_model_field
from pydantic.warnings import UnsupportedFieldAttributeWarning
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route, compile_path
from starlette.types import Receive, Scope, Send

from api import conditions, strict_json, written_in
from api.answered import CSV, IF_MATCH, IF_NONE_MATCH, KEY, LARGEST, Answers, headers_of, kind_of_answer, moves
from api.call import Call
from api.edge.gate import is_open
from api.opening import open_call
from api.problems.answers import LIFE_AT_RISK
from api.runtime import Runtime
from api.shape import Shape
from domain.confidentiality.policy import faults
from domain.confidentiality.verbs import Verb
from domain.kernel.errors import Trouble, Unacceptable, Unavailable
from domain.ports import Raced

_VERB: Final = "__verb__"
_SHOWS: Final = "__shows__"
_ITEMS: Final = "__items__"
_SOON: Final = 1
NO_CONTENT: Final = 204
_AT_RISK: Final = "LIFE_AT_RISK"
_BODIES: Final = frozenset({"POST", "PUT", "PATCH"})


async def _call(request: Request) -> Call:
    return request.state.call


class Guarded(APIRoute):
    """FastAPI's route, with the guard in place of its handler.

    A start needs of a route no more than where it is. What FastAPI makes of its signature (of all of them a third of a
    start, and 12 MB) is made when anything of it is first asked for: by the first request, or by the document.
    """

    def __init__(self, path: str, endpoint: Callable[..., Any], **given: Any) -> None:
        self._given = given
        self.path, self.endpoint, self.methods = path, endpoint, set(given["methods"])
        self.path_regex, self.path_format, self.param_convertors = compile_path(path)

    def __getattr__(self, name: str) -> Any:
        """Make it. Asked for what is not there yet, and for nothing else."""
        given = vars(self).pop("_given", None)
        if given is None:
            raise AttributeError(name)
        super().__init__(self.path, self.endpoint, **given)
        if self.body_field is not None:
            with catch_warnings():  # as FastAPI does, where a body is not made later
                simplefilter("ignore", UnsupportedFieldAttributeWarning)
                self.body_field.validate(None, {}, loc=("body",))
        self._answer = self.get_route_handler()
        return getattr(self, name)

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer. What it raises goes to the application's own handlers, which know each of our troubles; FastAPI would
        put exit stacks and a second round of handlers between."""
        response = await self._answer(Request(scope, receive, send))
        await response(scope, receive, send)

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        shape = Shape(self, _call)
        verb, key_required = getattr(self.endpoint, _VERB)
        most = getattr(self.endpoint, _ITEMS)
        has_body = self.body_field is not None
        if has_body and not _BODIES.issuperset(self.methods or ()):
            raise TypeError(f"{self.path} takes a body by a method that has none")
        moving = any(moves(method, self.path_format, self.status_code) for method in self.methods or ())

        async def guarded(request: Request) -> Response:
            state = request.scope["state"]
            runtime: Runtime = request.scope["app"].state.runtime
            call = await open_call(runtime, request, verb, self.path_format, key_required=key_required)
            state["call"] = call
            written_in.JURISDICTIONS.set(call.jurisdictions)
            try:
                # Headers that cannot be read are refused before any act, so that the attempt has its line.
                if moving:
                    conditions.seen(request)
                if request.method == "POST":
                    conditions.key(request, required=False)
                if has_body:
                    call.body = strict_json.parse(state["body"], most)
                    if _speaks_of_a_life(call.body):
                        state[LIFE_AT_RISK] = True
                return await shape.answer(request, call, call.body)
            except Trouble as trouble:
                if call.begun:
                    raise
                raise await call.slipped(trouble) from None
            except Raced:
                # A look before the act lost to another's lock (a migration's, say): nothing is wrong with the request.
                raise await call.slipped(Unavailable(_SOON)) from None
            except RequestValidationError:
                slip = Unacceptable()
                refused = await call.slipped(slip)
                if refused is not slip:
                    raise refused from None
                raise

        return guarded


def _speaks_of_a_life(body: object) -> bool:
    return isinstance(body, dict) and cast(dict[str, object], body).get("urgency") == _AT_RISK


def router(tag: str) -> APIRouter:
    """A router whose routes are guarded."""
    return APIRouter(route_class=Guarded, tags=[tag])


CallDep = Annotated[Call, Depends(_call)]
"""What a route asks for: the call that the guard opened."""

Endpoint = Callable[..., Coroutine[Any, Any, Response]]


def operation(
    on: APIRouter,
    method: str,
    path: str,
    verb: Verb,
    *,
    name: str,
    summary: str,
    shows: Any = None,
    status: int = 200,
    key_required: bool = False,
    conditional: bool = False,
    tagged: bool | None = None,
    media: str = "application/json",
    spoken: bool = False,
    most: int = strict_json.MOST_ITEMS,
    bare: Mapping[int, str] = MappingProxyType({}),
) -> Callable[[Endpoint], Endpoint]:
    """Register a route: its verb, its operation id, what it shows. What moves an existing record takes `If-Match`;
    every POST takes an `Idempotency-Key`, and some need one; what is `conditional` takes `If-None-Match`; what is
    `spoken` is told in the language that the caller asks for. `tagged` says whether the answer has a tag, where what
    it shows does not say so. What shows no model is of another `media` type. `most`: the longest list that its body
    may hold. `bare`: other answers without a body, each with what it says."""
    answers = kind_of_answer(shows, status)
    if tagged is not None:
        answers = Answers.RECORD if tagged else Answers.PLACED
    parameters: list[dict[str, Any]] = []
    if moves(method, path, status):
        parameters.append(IF_MATCH)
    if method == "POST":
        parameters.append({**KEY, "required": key_required})
    responses: dict[int | str, dict[str, Any]] = {
        status: {"headers": headers_of(answers, spoken=spoken, file=media == CSV)}
    }
    if shows is None and status != NO_CONTENT:
        written: dict[str, Any] = {"type": "string", "maxLength": LARGEST}
        responses[status]["content"] = {
            media: {"schema": written if "text/" in media else {**written, "format": "binary"}}
        }
    responses |= {each: {"description": said} for each, said in bare.items()}
    if conditional:
        parameters.append(IF_NONE_MATCH)
        responses[304] = {"description": "Nothing changed."}

    def made(endpoint: Endpoint) -> Endpoint:
        setattr(endpoint, _VERB, (verb, key_required))
        setattr(endpoint, _SHOWS, shows)
        setattr(endpoint, _ITEMS, most)
        on.add_api_route(
            path,
            endpoint,
            methods=[method],
            operation_id=name,
            name=name,
            summary=summary,
            status_code=status,
            response_model=None,
            response_class=JSONResponse if shows is not None else Response,
            response_description="It is done." if status == NO_CONTENT else _said_of(shows, summary),
            responses=responses,
            openapi_extra={"parameters": parameters} if parameters else None,
        )
        return endpoint

    return made


def _said_of(shows: Any, summary: str) -> str:
    return " ".join((getattr(shows, "__doc__", None) or summary).split())[:300]


def show_models(app: FastAPI) -> None:
    """Let FastAPI know what each route shows. Answers are not made by these models, only their document is, and with it
    their validators."""
    for route in app.routes:
        if isinstance(route, Guarded) and route.response_field is None:
            route.response_model = shows = getattr(route.endpoint, _SHOWS)
            if shows is not None:
                named = f"Response_{route.unique_id}"
                route.response_field = create_model_field(name=named, type_=shows, mode="serialization")


def verb_of(route: APIRoute) -> Verb | None:
    """The route's verb, or None if it was not made here."""
    found = getattr(route.endpoint, _VERB, None)
    return None if found is None else found[0]


def key_required(route: APIRoute) -> bool:
    """Whether the route needs an idempotency key."""
    return getattr(route.endpoint, _VERB, (None, False))[1]


def check(app: FastAPI, open_routes: frozenset[str] = frozenset()) -> None:
    """Refuse to start with a fault in the policy, or with a route that needs a token and stands behind no guard:
    whatever its class and wherever its address, for a verb that nobody asks refuses nobody. Deny by default, proved at
    start (F75)."""
    found = faults()
    bare = [route for route in app.routes if not _behind_a_guard(route) and not _is_open(route, open_routes)]
    if found or bare:
        raise RuntimeError(
            "; ".join([*found, *(f"{getattr(route, 'path', route)} asks for no verb" for route in bare)])
        )


def _behind_a_guard(route: BaseRoute) -> bool:
    return isinstance(route, Guarded) and verb_of(route) is not None


def _is_open(route: BaseRoute, open_routes: frozenset[str]) -> bool:
    return isinstance(route, Route) and bool(route.methods) and is_open(route.path, open_routes)

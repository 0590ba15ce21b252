"""Routes without a token, for what is said by a single-use code (rule 12). Nobody is identified: a bearer token is
refused, no address is looked at or written down, and how often one may try is counted by the code alone.

They stand in the open routes of the gate, and take nothing but a body; what they do is an act of the service's own,
whose line names nobody and tells the week.
"""

from collections.abc import Awaitable, Callable, Coroutine
from time import monotonic as system_monotonic
from typing import Annotated, Any, Final, TypeVar

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from api import strict_json
from api.edge.rate import Buckets, Rate
from api.guarded import Guarded
from api.runtime import Runtime
from api.shape import Shape
from api.turns import again
from api.work.bench import service_begin
from domain.act import Begin
from domain.confidentiality.verbs import Verb
from domain.feedback.codes import read
from domain.kernel.errors import Failure, TooMany, Unavailable, Unreadable
from domain.ports import Raced

T = TypeVar("T")
TRIES: Final = Rate(5, 1 / 60)
"""With one code five times at once, then once a minute: for whoever sends what cannot be read."""


_SPOKEN: Final[dict[str, Any]] = {
    "Content-Language": {
        "description": "The languages that it is in.",
        "required": True,
        "schema": {"type": "string", "maxLength": 8, "pattern": "^(cy|en)$"},
    }
}


class Anonymous:
    """What such a route runs on."""

    def __init__(self, request: Request) -> None:
        self.request = request
        self.runtime: Runtime = request.scope["app"].state.runtime

    def take(self, code: str) -> None:
        """Count one use of a code. Raises `TooMany`."""
        plain = read(code)
        if plain is None:
            return
        reading = self._tries.take(self.runtime.codes(plain)[0])
        if not reading.allowed:
            raise TooMany(reading.retry_after)

    def used(self, code: str) -> None:
        """It was good: how often it came is forgotten, or whoever tries it next would hear that it was used in the last
        minutes."""
        plain = read(code)
        if plain is not None:
            self._tries.forget(self.runtime.codes(plain)[0])

    @property
    def _tries(self) -> Buckets:
        return self.request.scope["app"].state.tries

    async def run(self, act: Callable[[Begin], Awaitable[T]]) -> T:
        """Run the act, and again when another transaction won."""
        try:
            return await again(lambda: act(service_begin(self.runtime, verb=Verb.HAND_IN_BY_CODE)))
        except Raced:
            raise Unavailable(1) from None


def tries(monotonic: Callable[[], float] = system_monotonic) -> Buckets:
    """The buckets of codes, of one application."""
    return Buckets(TRIES, monotonic=monotonic)


async def _anonymous(request: Request) -> Anonymous:
    return Anonymous(request)


AnonymousDep = Annotated[Anonymous, Depends(_anonymous)]


class _Unguarded(Guarded):
    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        shape, has_body = Shape(self, _anonymous), self.body_field is not None

        async def answered(request: Request) -> Response:
            state = request.scope["state"]
            if has_body and state["sent"].values(b"authorization"):
                raise Unreadable([Failure("TOKEN_NOT_WANTED")])
            if request.scope.get("query_string"):
                raise Unreadable([Failure("FILTER_NOT_ALLOWED")])
            body = strict_json.parse(state["body"]) if has_body else None
            return await shape.answer(request, Anonymous(request), body)

        return answered


def router(tag: str) -> APIRouter:
    """A router whose routes ask for nobody."""
    return APIRouter(route_class=_Unguarded, tags=[tag])


def operation(
    on: APIRouter,
    method: str,
    path: str,
    *,
    name: str,
    summary: str,
    shows: Any,
    status: int = 200,
    spoken: bool = False,
) -> Callable[[Any], Any]:
    """Register a route; what is `spoken` is told in the language that the caller asks for."""

    def made(endpoint: Any) -> Any:
        endpoint.__shows__ = shows
        on.add_api_route(
            path,
            endpoint,
            methods=[method],
            operation_id=name,
            name=name,
            summary=summary,
            status_code=status,
            response_model=None,
            response_class=JSONResponse,
            responses={status: {"headers": _SPOKEN}} if spoken else None,
            response_description=" ".join((shows.__doc__ or summary).split())[:300],
        )
        return endpoint

    return made

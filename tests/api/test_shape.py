"""A request's shape is what FastAPI itself would find in it, and a route whose shape is not read so is refused."""

from contextlib import AsyncExitStack
from types import SimpleNamespace
from typing import Annotated, Any
from urllib.parse import urlencode
from uuid import UUID

import pytest
from fastapi import Body, Cookie, Depends, Header, Query, Request, Response
from fastapi.dependencies.utils import solve_dependencies
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute

from api.anonymous import Anonymous
from api.guarded import (
    CallDep,
    Guarded,
    _call,  # pyright: ignore[reportPrivateUsage]
    operation,
    router,
)
from api.routes import all_routers
from api.shape import Shape
from domain.confidentiality.verbs import Verb

ROUTES = [route for router in all_routers() for route in router.routes if isinstance(route, Guarded)]
WORDS = ["", "0", "-1", "7", "101", "true", "LEI", "null", "2026-01-01", str(UUID(int=7, version=4)), "x" * 500]
BODIES: list[Any] = [None, True, 3, "text", [], [1], {}, {"unknown": 1}]


def asked(route: APIRoute, path: dict[str, str], query: dict[str, str]) -> Request:
    """A request that has reached the route."""
    state = {"call": object()}
    told = {"type": "http", "method": "GET", "headers": [], "query_string": urlencode(query).encode(), "path": "/"}
    app = SimpleNamespace(state=SimpleNamespace(runtime=None))
    return Request({**told, "path_params": path, "state": state, "app": app})


async def as_fastapi(route: APIRoute, request: Request, body: Any) -> tuple[dict[str, Any], list[Any]]:
    """What FastAPI finds: values and errors."""
    async with AsyncExitStack() as stack:
        request.scope.update({"fastapi_inner_astack": stack, "fastapi_function_astack": stack})
        solved = await solve_dependencies(
            request=request,
            dependant=route.dependant,
            body=body,
            async_exit_stack=stack,
            embed_body_fields=False,
        )
    given = {name: request.state.call if isinstance(v, Anonymous) else v for name, v in solved.values.items()}
    return given, solved.errors


async def as_ours(route: APIRoute, request: Request, body: Any) -> tuple[dict[str, Any], list[Any]]:
    """What we find: the same two."""
    found: dict[str, Any] = {}

    async def endpoint(**values: Any) -> Response:
        found.update(values)
        return Response()

    shape = Shape(route, next(one.call for one in route.dependant.dependencies if one.call is not None))
    shape._endpoint = endpoint  # type: ignore[misc]
    try:
        await shape.answer(request, request.state.call, body)
    except RequestValidationError as error:
        return {}, list(error.errors())
    return found, []


def bodies(route: APIRoute) -> list[Any]:
    """Of a route that takes one: wrong ones, and for each member that it has one of each wrong type."""
    if route.body_field is None:
        return [None]
    names = [f.alias or n for n, f in route.dependant.body_params[0].field_info.annotation.model_fields.items()]  # type: ignore[union-attr]
    made = [dict.fromkeys(names, value) for value in (*BODIES, *WORDS)]
    return [*BODIES, *made, *({name: value} for name in names for value in ("LEI", 1))]


@pytest.mark.parametrize("route", ROUTES, ids=lambda r: r.operation_id)
async def test_values_and_errors_are_what_fastapi_finds(route: APIRoute) -> None:
    """Whatever is sent in path, query and body: the same values reach the endpoint, or the same errors come in the same
    order."""
    queries = [{}, *({p.alias: word} for p in route.dependant.query_params for word in WORDS)]
    queries += [{p.alias: word for p in route.dependant.query_params} for word in WORDS]
    refused = 0
    for place in ("no-id", "no name of anything", "7b0a5a5e-9d1c-4b0e-8a43-0123456789ab"):
        path = {p.alias: place for p in route.dependant.path_params}
        for number, body in enumerate(bodies(route)):
            for query in queries if number == 0 else queries[:1]:
                request = asked(route, path, query)
                values, errors = await as_fastapi(route, request, body)
                ours, wrong = await as_ours(route, request, body)
                assert wrong == errors
                assert errors or ours == values
                refused += bool(errors)
    takes = route.dependant.path_params or route.dependant.query_params or route.body_field
    assert bool(takes) == bool(refused)


async def _other() -> None:
    return None


async def _header(call: CallDep, one: Annotated[str, Header()]) -> None: ...
async def _cookie(call: CallDep, one: Annotated[str, Cookie()]) -> None: ...
async def _embedded(call: CallDep, one: Annotated[str, Body(embed=True)]) -> None: ...
async def _two_bodies(call: CallDep, one: Annotated[str, Body()], other: Annotated[str, Body()]) -> None: ...
async def _several(call: CallDep, one: Annotated[list[str] | None, Query()] = None) -> None: ...
async def _dependency(call: CallDep, one: Annotated[None, Depends(_other)]) -> None: ...
async def _request(call: CallDep, one: Request) -> None: ...
async def _response(call: CallDep, one: Response) -> None: ...


@pytest.mark.parametrize(
    "endpoint",
    [_header, _cookie, _embedded, _two_bodies, _several, _dependency, _request, _response],
    ids=lambda e: e.__name__,
)
def test_a_route_that_takes_anything_else_cannot_be_made(endpoint: Any) -> None:
    """What is not read here would silently be nothing, so no such route can be made."""
    with pytest.raises(TypeError):
        Shape(APIRoute("/odd", endpoint, methods=["POST"], response_model=None), _call)


def test_a_route_is_made_when_it_is_first_asked_for_and_once() -> None:
    """Where it is stands from the start; what it takes is made then, with all else; what it never has is not there."""
    on = router("supporters")

    async def endpoint(call: CallDep, id: UUID) -> Response:
        return Response()

    operation(on, "GET", "/v1/odd/{id}", Verb.READ_SUPPORTER, name="getOdd", summary="Odd")(endpoint)
    (route,) = on.routes
    assert isinstance(route, Guarded)
    assert (route.path, route.methods, "dependant" in vars(route)) == ("/v1/odd/{id}", {"GET"}, False)
    assert [field.name for field in route.dependant.path_params] == ["id"]
    assert route.dependant is route.dependant
    with pytest.raises(AttributeError):
        _ = route.never_there

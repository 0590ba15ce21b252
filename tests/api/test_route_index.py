"""The index of routes finds what FastAPI's own walk finds, and refuses in one way for everybody."""

import random
from typing import Any

import pytest
from fastapi import APIRouter, FastAPI
from starlette.responses import Response
from starlette.routing import Mount, Router

from api import route_index
from tests.api.sample import client

TEMPLATES = [
    "/",
    "/v1",
    "/v1/schemes",
    "/v1/schemes/{id}",
    "/v1/schemes/{id:int}",
    "/v1/schemes/current",
    "/v1/schemes/{id}/approve",
    "/v1/schemes/{id}/{word}",
    "/v1/supporters/{id}",
    "/v1/supporters/{id}/passport",
    "/{any}/schemes",
    "/v1/{any}/passport",
    "/files/{rest:path}",
    "/v1/schemes/files/{rest:path}",
]
PATHS = [
    "/",
    "/v1",
    "/v1/",
    "/v1/schemes",
    "/v1/schemes/",
    "/v1/schemes/7",
    "/v1/schemes/x",
    "/v1/schemes/current",
    "/v1/schemes/current/approve",
    "/v1/schemes/7/approve",
    "/v1/schemes/7/other",
    "/v1/schemes/files/a/b/c",
    "/v1/supporters/7",
    "/v1/supporters/7/passport",
    "/v1/other/passport",
    "/other/schemes",
    "/files/a",
    "/files/a/b/c",
    "//v1/schemes",
    "/V1/schemes",
    "/nothing",
]
METHODS = ["GET", "POST", "PATCH", "DELETE", "HEAD", "BREW"]


def made(routes: list[tuple[str, list[str]]], *, indexed: bool) -> FastAPI:
    """An application of these routes, each of which answers with its own number and its parameters."""
    app = FastAPI(redirect_slashes=False, openapi_url=None)
    for number, (template, methods) in enumerate(routes):

        async def answer(request: Any, number: int = number) -> Response:
            return Response(f"{number} {sorted(request.path_params.items())}")

        app.add_route(template, answer, methods=methods)
    if indexed:
        route_index.install(app)
    return app


@pytest.mark.parametrize("seed", range(12))
async def test_the_index_finds_what_the_walk_finds(seed: int) -> None:
    """Over random sets of routes, in any order, each path and method ends at the same route with the same values."""
    draw = random.Random(seed)
    routes = [
        (template, draw.sample(METHODS[:4], draw.randint(1, 3)))
        for template in draw.sample(TEMPLATES, draw.randint(3, 14))
    ]
    compared = 0
    async with client(made(routes, indexed=False)) as walk, client(made(routes, indexed=True)) as index:
        for path in PATHS:
            for method in METHODS:
                expected, found = await walk.request(method, path), await index.request(method, path)
                assert (found.status_code, expected.status_code == 200 and expected.content) == (
                    expected.status_code,
                    found.status_code == 200 and found.content,
                )
                compared += found.status_code == 200
    assert compared > 0


async def test_allow_is_the_union_of_all_routes_of_an_address() -> None:
    """405 lists each method that the address has, in whatever order and however many routes they were registered."""
    app = made([("/v1/a/{x}", ["POST"]), ("/v1/a/{y}", ["DELETE"]), ("/v1/a/one", ["GET"])], indexed=True)
    async with client(app) as http:
        assert (await http.patch("/v1/a/one")).headers["allow"] == "DELETE, GET, HEAD, POST"
        assert (await http.patch("/v1/a/two")).headers["allow"] == "DELETE, POST"


async def test_a_router_is_joined_with_its_prefix_and_dependencies() -> None:
    """`join` loses nothing of a router that include_router would keep, and its routes lie on the application itself."""
    router = APIRouter(prefix="/v1/a", tags=["a"])

    async def read(x: int) -> int:
        return x

    router.add_api_route("/{x}", read, operation_id="readA")

    app = FastAPI(redirect_slashes=False)
    route_index.join(app, router)
    route_index.install(app)
    async with client(app) as http:
        assert (await http.get("/v1/a/5")).json() == 5
        assert (await http.get("/v1/a/x")).status_code == 422
    assert app.openapi()["paths"]["/v1/a/{x}"]["get"]["operationId"] == "readA"


def test_what_cannot_be_indexed_stops_the_start() -> None:
    """A nested router, a mounted application or a redirecting one is refused at the start, not when asked."""
    outer = APIRouter()
    inner = APIRouter()
    inner.add_api_route("/x", lambda: None)
    outer.include_router(inner)
    app = FastAPI(redirect_slashes=False)
    with pytest.raises(TypeError):
        route_index.join(app, outer)
    app.include_router(inner)
    with pytest.raises(TypeError):
        route_index.install(app)
    with pytest.raises(TypeError):
        route_index.install(FastAPI(redirect_slashes=False, routes=[Mount("/m", Router())]))
    with pytest.raises(ValueError, match="redirect_slashes"):
        route_index.install(FastAPI())


async def test_the_walk_is_really_replaced() -> None:
    """The index hangs where Starlette calls it: an upgrade that changes this fails here."""
    app = made([("/v1/a", ["GET"])], indexed=True)
    app.router.routes.clear()
    async with client(app) as http:
        assert (await http.get("/v1/a")).status_code == 200

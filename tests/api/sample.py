"""A small application with everything that the edge, the problems and the document have to deal with: made up."""

from collections.abc import Awaitable, Callable, Hashable
from typing import Annotated, Any
from uuid import UUID

import httpx
from fastapi import APIRouter, FastAPI, Header, Path, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import JSONResponse, Response

from api import do_this_now, route_index
from api.edge.gate import Notes
from api.edge.install import Edge
from api.edge.install import install as install_edge
from api.problems import pages
from api.problems.answers import Answers
from api.problems.handlers import install as install_handlers
from domain.kernel.errors import Unidentified

ORIGIN = "https://peer-support.example"
TOKEN = "Bearer good"
AUTHORISED = {"Authorization": TOKEN}
JSON = {**AUTHORISED, "Content-Type": "application/json"}

ANSWERS = Answers(do_this_now.for_jurisdiction("EW"))
EDGE = Edge(origin=ORIGIN)


class Place(BaseModel):
    """Where something is."""

    model_config = ConfigDict(extra="forbid")

    wing: Annotated[str, Field(max_length=8, pattern=r"^[A-Z0-9]+$", examples=["B"])]


class NewThing(BaseModel):
    """What a thing is made from."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, Field(max_length=20, examples=["Insiders"])]
    size: Annotated[int, Field(ge=1, le=500, examples=[12])] = 1
    places: Annotated[list[Place], Field(max_length=10)] = []


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


async def authenticate(authorization: str | None) -> object:
    """Anybody whose token is `good` or `good` and a name; the caller is that name."""
    if authorization is None or not authorization.startswith(TOKEN):
        raise Unidentified
    return authorization.removeprefix(TOKEN)


def key_of(caller: Any) -> Hashable:
    """A sample caller is his own key."""
    return str(caller)


def things() -> APIRouter:
    """Routes under /v1 that list, make and read things; what they answer does not matter."""
    router = APIRouter(prefix="/v1")

    @router.get("/things")
    async def list_things(limit: Annotated[int, Query(ge=1, le=100)] = 50) -> dict[str, int]:
        return {"limit": limit}

    @router.post("/things", status_code=201)
    async def create_thing(thing: NewThing) -> dict[str, str]:
        return {"name": thing.name}

    @router.get("/things/{thing_id}")
    async def read_thing(
        thing_id: Annotated[UUID, Path()],
        purpose: Annotated[str | None, Header(alias="Purpose-Of-Use", max_length=20)] = None,
    ) -> dict[str, str | None]:
        return {"id": str(thing_id), "purpose": purpose}

    @router.patch("/things/{thing_id}")
    async def change_thing(thing_id: UUID, thing: NewThing) -> dict[str, str]:
        return {"id": str(thing_id), "name": thing.name}

    return router


def echo(path: str = "/v1/echo") -> Any:
    """Adds a route that answers with the size of its body and with its caller."""

    def add(app: FastAPI) -> None:
        async def sizes(request: Request) -> Response:
            body = await request.body()
            return JSONResponse({"size": len(body), "caller": getattr(request.state, "caller", None)})

        app.add_route(path, sizes, methods=["GET", "POST", "PATCH"])

    return add


def application(
    *further: Callable[[FastAPI], None],
    edge: Edge | None = None,
    answers: Answers = ANSWERS,
    notes: Notes | None = None,
    authenticated_by: Callable[[str | None], Awaitable[object]] = authenticate,
    clock: Callable[[], float] | None = None,
    on_unread: Any = None,
) -> FastAPI:
    """The sample application, with what `further` adds to it, inside the real edge."""
    app = FastAPI(title="Sample", version="1", redirect_slashes=False, docs_url=None, redoc_url=None, openapi_url=None)
    route_index.join(app, pages.routes(), things())
    for add in further:
        add(app)
    install_handlers(app, answers, on_unread=on_unread)
    install_edge(
        app,
        edge or EDGE,
        answers=answers,
        authenticate=authenticated_by,
        caller_key=key_of,
        notes=notes,
        monotonic=clock or Clock(),
    )
    route_index.install(app)
    return app


def client(app: FastAPI, *, address: str = "127.0.0.1") -> httpx.AsyncClient:
    """A client of that application, from that address."""
    transport = httpx.ASGITransport(app=app, client=(address, 50_000))
    return httpx.AsyncClient(transport=transport, base_url=ORIGIN)

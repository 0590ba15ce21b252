"""The board over HTTP: what is open now, and watching it."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import Query
from pydantic import Field
from starlette.responses import Response

from api import conditions, wire
from api.call import Call
from api.described import Shown
from api.guarded import CallDep, operation, router
from api.routes.shapes import Body, IdPath, Nothing, Prison
from api.wire import model
from domain.confidentiality.verbs import Verb
from domain.looking import one
from domain.sessions import watching
from domain.sessions.request import Request
from domain.sessions.watching import Watch

routes = router("requests")
_Shown = model(Request)


class Board(Shown):
    """What is open now on the wings that the viewer is on."""

    wings: Annotated[
        list[Annotated[str, Field(max_length=20)]],
        Field(
            max_length=20,
            description="Those of the viewer's duty. None: he has declared no duty (`declareDuty`), and nothing is "
            "shown, whoever asks; the orderly officer sees all wings and declares none.",
        ),
    ]
    items: Annotated[list[_Shown], Field(max_length=100)]  # type: ignore[valid-type]
    tag: Annotated[str, Field(max_length=32, description="For `If-None-Match` inside a watch.")]
    more: Annotated[bool, Field(description="There are others besides; `/v1/requests` lists all.")]


class OpenWatch(Body):
    """Of which prison."""

    prison: Prison


class Watching(Shown):
    """The watch that was opened, and the board as it is."""

    watch: model(Watch)  # type: ignore[valid-type]
    board: Board


@operation(
    routes,
    "GET",
    "/v1/board",
    Verb.READ_BOARD,
    name="getBoard",
    summary="The board, now",
    shows=Board,
    conditional=True,
)
async def get_board(
    call: CallDep, watch: Annotated[UUID | None, Query(description="An open watch of one's own.")] = None
) -> Response:
    """What is open now on the declared wings. Wing officer on declared duty, or orderly officer (support). With an open
    `watch` and the board's `tag` as `If-None-Match`, 304 says that nothing changed, and leaves no line of its own."""
    known = conditions.known(call.request)
    found = await call.run(lambda begin: watching.board(begin, watch=watch, known=known))
    if found is None:
        return Response(status_code=304)
    return call.plain(_board(call, found))


@operation(
    routes,
    "POST",
    "/v1/board/watches",
    Verb.READ_BOARD,
    name="openWatch",
    summary="Watch",
    shows=Watching,
    status=201,
    tagged=True,
)
async def open_watch(call: CallDep, body: OpenWatch) -> Response:
    """Watch the board until this band ends: one line in the ledger now, and one when it is closed, however often it is
    polled in between. Wing officer on declared duty, or orderly officer (support)."""
    use, earlier = await call.key()
    again = None if earlier is None else earlier.subject
    found = await call.run(lambda begin: watching.open_watch(begin, prison=body.prison, again=again), use)
    if found.watch is None:
        raise TypeError("a watch was opened")
    tag = call.runtime.tag(found.watch, call.caller.actor)
    shown = {"watch": wire.body(found.watch), "board": _board(call, found)}
    return call.plain(shown, 201, {"ETag": conditions.quoted(tag)})


@operation(
    routes,
    "POST",
    "/v1/board/watches/{id}/close",
    Verb.CLOSE_WATCH,
    name="closeWatch",
    summary="Watch no longer",
    shows=model(Watch),
)
async def close_watch(call: CallDep, id: IdPath, body: Nothing) -> Response:
    """The watch ends; its own watcher (support). Needs `If-Match`, with the tag that opening it gave."""
    return await call.move(Watch, lambda begin: watching.close_watch(begin, id, seen=call.seen))


@operation(
    routes,
    "GET",
    "/v1/board/watches/{id}",
    Verb.READ_WATCH,
    name="getWatch",
    summary="One's own watch",
    shows=model(Watch),
)
async def get_watch(call: CallDep, id: IdPath) -> Response:
    """A watch, with the tag that closing it needs. Its own watcher (support)."""
    return await call.show(lambda begin: one(begin, Verb.READ_WATCH, Watch, id))


def _board(call: Call, found: watching.Board) -> dict[str, Any]:
    viewer = call.decision.viewer if call.decision is not None else None
    wings = sorted(str(w) for w in (viewer.fact("wings") if viewer else None) or ())
    return {"wings": wings, "items": wire.items(found.items), "tag": found.tag, "more": found.more}

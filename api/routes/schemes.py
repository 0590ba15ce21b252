"""Schemes over HTTP."""

from typing import Annotated

from fastapi import Query
from pydantic import Field
from starlette.responses import Response

from api.guarded import CallDep, operation, router
from api.routes.shapes import (
    PAGE,
    Amendment,
    Body,
    Code,
    Cursor,
    Day,
    IdPath,
    Limit,
    Nothing,
    Prison,
    ShortText,
    Text,
    Whole,
)
from api.wire import model, page_model
from domain.confidentiality.verbs import Verb
from domain.schemes import acts
from domain.schemes.record import ClosingReason, PauseReason, Scheme, SchemeState
from domain.supporters import opening

routes = router("schemes")
_Places = Annotated[list[ShortText], Field(max_length=20)]
_Wanted = Annotated[Whole, Field(ge=1, le=200)]


class CreateScheme(Body):
    """A new scheme, in draft."""

    kind: Code
    name: ShortText
    prison: Prison
    purpose: Text | None = None
    target_group: Text | None = None
    how_to_ask: Text | None = None
    places: _Places = []
    supporters_wanted: _Wanted = 1
    review_on: Day | None = None


class AmendScheme(Amendment):
    """The members to change; those that are not sent stay as they are. Only `targetGroup`, `howToAsk` and `reviewOn`
    may be emptied with null."""

    name: ShortText = ""
    purpose: Text = ""
    target_group: Text | None = None
    how_to_ask: Text | None = None
    places: _Places = []
    supporters_wanted: _Wanted = 1
    review_on: Day | None = None


class PauseScheme(Body):
    """Why it stops offering for now."""

    reason: PauseReason


class CloseScheme(Body):
    """Why it ends."""

    reason: ClosingReason


@operation(
    routes,
    "POST",
    "/v1/schemes",
    Verb.CREATE_SCHEME,
    name="createScheme",
    summary="Start a scheme",
    shows=model(Scheme),
    status=201,
)
async def create_scheme(call: CallDep, body: CreateScheme) -> Response:
    """A scheme in draft: its information policy and partner come with its kind (`/v1/kinds`). Coordinator (operations).
    To go on with it he needs an assignment to it, or to all schemes of the prison."""
    return await call.create(Scheme, lambda begin: acts.create(begin, **body.given()))


@operation(
    routes, "GET", "/v1/schemes", Verb.READ_SCHEME, name="listSchemes", summary="Schemes", shows=page_model(Scheme)
)
async def list_schemes(
    call: CallDep,
    prison: Annotated[Prison | None, Query(description="Only schemes of this prison.")] = None,
    kind: Annotated[Code | None, Query(description="Only schemes of this kind.")] = None,
    state: Annotated[SchemeState | None, Query(description="Only schemes in this state.")] = None,
    limit: Limit = PAGE,
    cursor: Cursor = None,
) -> Response:
    """The schemes in reach. Every role that reads schemes; people in custody see those of their own prison."""
    filters = {"prison": prison, "kind": kind, "state": state}
    return await call.list_(Scheme, acts.search, limit=limit, cursor=cursor, filters=filters)


@operation(
    routes, "GET", "/v1/schemes/{id}", Verb.READ_SCHEME, name="getScheme", summary="One scheme", shows=model(Scheme)
)
async def get_scheme(call: CallDep, id: IdPath) -> Response:
    """One scheme, with its tag."""
    return await call.show(lambda begin: acts.read(begin, id))


@operation(
    routes,
    "PATCH",
    "/v1/schemes/{id}",
    Verb.AMEND_SCHEME,
    name="amendScheme",
    summary="Amend a scheme",
    shows=model(Scheme),
)
async def amend_scheme(call: CallDep, id: IdPath, body: AmendScheme) -> Response:
    """Change the members sent. Coordinator (operations), of the own scheme. Needs `If-Match`."""
    return await call.show(lambda begin: acts.amend(begin, id, seen=call.seen, changes=body.sent()))


@operation(
    routes,
    "POST",
    "/v1/schemes/{id}/approve",
    Verb.APPROVE_SCHEME,
    name="approveScheme",
    summary="Approve a scheme",
    shows=model(Scheme),
)
async def approve_scheme(call: CallDep, id: IdPath, body: Nothing) -> Response:
    """Yes to the plan. Governor (oversight) or safer custody (safety). Needs `If-Match`."""
    return await call.move(Scheme, lambda begin: acts.approve(begin, id, seen=call.seen))


@operation(
    routes,
    "POST",
    "/v1/schemes/{id}/open",
    Verb.OPEN_SCHEME,
    name="openScheme",
    summary="Open a scheme",
    shows=model(Scheme),
)
async def open_scheme(call: CallDep, id: IdPath, body: Nothing) -> Response:
    """Open it, or open it again. The first time needs a way to ask, a review date and an active supporter. Coordinator
    (operations). Needs `If-Match`."""
    return await call.move(Scheme, lambda begin: opening.open_(begin, id, seen=call.seen))


@operation(
    routes,
    "POST",
    "/v1/schemes/{id}/pause",
    Verb.PAUSE_SCHEME,
    name="pauseScheme",
    summary="Pause a scheme",
    shows=model(Scheme),
)
async def pause_scheme(call: CallDep, id: IdPath, body: PauseScheme) -> Response:
    """Stop offering for now. Coordinator (operations) or governor (oversight). Needs `If-Match`."""
    return await call.move(Scheme, lambda begin: acts.pause(begin, id, seen=call.seen, reason=body.reason))


@operation(
    routes,
    "POST",
    "/v1/schemes/{id}/close",
    Verb.CLOSE_SCHEME,
    name="closeScheme",
    summary="Close a scheme",
    shows=model(Scheme),
)
async def close_scheme(call: CallDep, id: IdPath, body: CloseScheme) -> Response:
    """End it; no supporter may still be in role. Coordinator (operations) or governor (oversight). Needs `If-Match`."""
    return await call.move(Scheme, lambda begin: opening.close(begin, id, seen=call.seen, reason=body.reason))

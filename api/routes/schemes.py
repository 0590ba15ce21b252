"""Schemes over HTTP: their plans. What moves them is in `api.routes.life`."""

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
from domain.schemes.record import LearnersGo, Scheme, SchemeState

routes = router("schemes")
_Places = Annotated[list[ShortText], Field(max_length=20)]
_Wanted = Annotated[Whole, Field(ge=1, le=200)]
_Days = Annotated[Whole, Field(ge=1, le=365)]


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
    supporters_needed: _Wanted = 1
    pilot_limit: _Wanted | None = None
    pilot_days: _Days = acts.PILOT_DAYS
    review_on: Day | None = None


class AmendScheme(Amendment):
    """The members to change; those that are not sent stay as they are. Only `targetGroup`, `howToAsk`, `reviewOn`, and
    what the closing says (`partnerToldOn`, `lessons`, `learnersGo`) may be emptied with null. `supportersNeeded`,
    `pilotLimit` and `pilotDays` are what is approved: the coordinator writes them until then, the governor after; and
    `supportersNeeded` is not lowered while it is short. From then on `reviewOn` may be brought forward, and only a
    review puts it off. What a charter in force says as well (`purpose`, `targetGroup`, `howToAsk`, `places`) is changed
    by its next version."""

    name: ShortText = ""
    purpose: Text = ""
    target_group: Text | None = None
    how_to_ask: Text | None = None
    places: _Places = []
    supporters_wanted: _Wanted = 1
    supporters_needed: _Wanted = 1
    pilot_limit: _Wanted = 1
    pilot_days: _Days = acts.PILOT_DAYS
    review_on: Day | None = None
    partner_told_on: Day | None = None
    lessons: Text | None = None
    learners_go: LearnersGo | None = None


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
    """The schemes in reach. Every role that reads schemes; people in custody see those of their own prison, and of
    where each stands only whether it is `open`."""
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
    """Change the members sent. Coordinator (operations), of the own scheme; governor (oversight), what was approved.
    Needs `If-Match`."""
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
    """Yes to the plan: refused with `CHARTER_NOT_PUBLISHED` where there is none. Governor (oversight) or safer custody
    (safety). Needs `If-Match`."""
    return await call.move(Scheme, lambda begin: acts.approve(begin, id, seen=call.seen))

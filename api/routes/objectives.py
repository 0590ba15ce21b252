"""Objectives and findings over HTTP: what a scheme is meant to reach, and what was found of it."""

from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import Field
from starlette.responses import Response

from api.guarded import CallDep, operation, router
from api.routes.shapes import PAGE, Amendment, Body, Code, Cursor, Day, IdPath, Limit, ShortText, Text, Whole
from api.wire import model, page_model
from domain.confidentiality.verbs import Verb
from domain.schemes import finding as findings
from domain.schemes import objectives
from domain.schemes.charter import EvaluationDesign
from domain.schemes.finding import DecliningReason, Finding, FindingSource, FindingState
from domain.schemes.needs import TargetNeed
from domain.schemes.objective import ClosingOfObjective, FigureSource, Objective

routes = router("objectives")
_Value = Annotated[Whole, Field(ge=0, le=1_000_000_000)]
_Weeks = Annotated[Whole, Field(ge=0, le=520)]
_OfScheme = Annotated[UUID | None, Query(description="Only of this scheme.")]


class SetObjective(Body):
    """A new objective. Nothing but scheme, title and measure need be known at once: `notSmart` says what is wanting."""

    scheme: UUID
    title: ShortText
    measure: Code
    for_whom: ShortText | None = None
    need: TargetNeed | None = None
    baseline: _Value | None = None
    baseline_source: FigureSource | None = None
    baseline_by: Day | None = None
    target: _Value | None = None
    achievable: Text | None = None
    starts_on: Day | None = None
    due_on: Day | None = None
    running_weeks: _Weeks | None = None


class AmendObjective(Amendment):
    """The members to change; those that are not sent stay as they are. Once something was measured, only what was not
    known before may be filled in."""

    title: ShortText = ""
    for_whom: ShortText | None = None
    need: TargetNeed | None = None
    baseline: _Value | None = None
    baseline_source: FigureSource | None = None
    baseline_by: Day | None = None
    target: _Value | None = None
    achievable: Text | None = None
    starts_on: Day | None = None
    due_on: Day | None = None
    running_weeks: _Weeks | None = None


class MeasureObjective(Body):
    """One point: what was measured, of which period (`on` is any day of it: the month, quarter or year of the measure's
    grain; the first is kept), and where the figure comes from."""

    value: _Value
    on: Day
    source: FigureSource


class CloseObjective(Body):
    """Why it is given up."""

    reason: ClosingOfObjective


class RecordFinding(Body):
    """What was found of a scheme, and how."""

    scheme: UUID
    source: FindingSource
    design: EvaluationDesign
    found: Text
    found_on: Day
    recommendation: Text | None = None


class DeclineFinding(Body):
    """Why it is not followed."""

    reason: DecliningReason


@operation(
    routes,
    "POST",
    "/v1/objectives",
    Verb.SET_OBJECTIVE,
    name="setObjective",
    summary="Set an objective",
    shows=model(Objective),
    status=201,
)
async def set_objective(call: CallDep, body: SetObjective) -> Response:
    """A measure of `/v1/measures`, from where to where until when, for which need of the charter. What contradicts
    itself is refused, all of it at once; what is not SMART yet says so in `notSmart`. Coordinator (evaluation)."""
    return await call.create(Objective, lambda begin: objectives.set_(begin, **body.given()))


@operation(
    routes,
    "GET",
    "/v1/objectives",
    Verb.READ_OBJECTIVE,
    name="listObjectives",
    summary="Objectives",
    shows=page_model(Objective),
)
async def list_objectives(
    call: CallDep,
    scheme: _OfScheme = None,
    measure: Annotated[Code | None, Query(description="Only with this measure.")] = None,
    limit: Limit = PAGE,
    cursor: Cursor = None,
) -> Response:
    """The objectives in reach, each with how it stands today. Headquarters is told values as counts leave a prison
    (`baselineAbout`, `measuredAbout`), and by those how it stands (`statusAbout`)."""
    filters = {"scheme": scheme, "measure": measure}
    return await call.list_(Objective, objectives.search, limit=limit, cursor=cursor, filters=filters)


@operation(
    routes,
    "GET",
    "/v1/objectives/{id}",
    Verb.READ_OBJECTIVE,
    name="getObjective",
    summary="One objective",
    shows=model(Objective),
)
async def get_objective(call: CallDep, id: IdPath) -> Response:
    """One objective. `status` is worked out from the points and the day: too early to judge until its minimum running
    time is over, met or not met only once it was due."""
    return await call.show(lambda begin: objectives.read(begin, id))


@operation(
    routes,
    "PATCH",
    "/v1/objectives/{id}",
    Verb.AMEND_OBJECTIVE,
    name="amendObjective",
    summary="Amend an objective",
    shows=model(Objective),
)
async def amend_objective(call: CallDep, id: IdPath, body: AmendObjective) -> Response:
    """Change the members sent. Once something was measured a goal is not moved: set another. Coordinator (evaluation),
    of the own scheme. Needs `If-Match`."""
    return await call.show(lambda begin: objectives.amend(begin, id, seen=call.seen, changes=body.sent()))


@operation(
    routes,
    "POST",
    "/v1/objectives/{id}/measure",
    Verb.MEASURE_OBJECTIVE,
    name="measureObjective",
    summary="Note what was measured",
    shows=model(Objective),
)
async def measure_objective(call: CallDep, id: IdPath, body: MeasureObjective) -> Response:
    """One point, with its period and source, once the period is over. Coordinator (evaluation), of the own scheme.
    Needs `If-Match`."""
    return await call.move(Objective, lambda begin: objectives.measure(begin, id, seen=call.seen, **body.given()))


@operation(
    routes,
    "POST",
    "/v1/objectives/{id}/close",
    Verb.CLOSE_OBJECTIVE,
    name="closeObjective",
    summary="Close an objective",
    shows=model(Objective),
)
async def close_objective(call: CallDep, id: IdPath, body: CloseObjective) -> Response:
    """Give it up, with a reason. It is measured no more, and no further plan is bound to it; one that was due keeps its
    verdict. Coordinator (evaluation), of the own scheme. Needs `If-Match`."""
    return await call.move(Objective, lambda begin: objectives.close(begin, id, seen=call.seen, reason=body.reason))


@operation(
    routes,
    "POST",
    "/v1/findings",
    Verb.RECORD_FINDING,
    name="recordFinding",
    summary="Record a finding",
    shows=model(Finding),
    status=201,
)
async def record_finding(call: CallDep, body: RecordFinding) -> Response:
    """What an evaluation, inspection or review found of a scheme, with the label of its design. Evaluator and
    coordinator (evaluation), inspectorate and monitoring board (oversight)."""
    return await call.create(Finding, lambda begin: findings.record_(begin, **body.given()))


@operation(
    routes, "GET", "/v1/findings", Verb.READ_FINDING, name="listFindings", summary="Findings", shows=page_model(Finding)
)
async def list_findings(
    call: CallDep,
    scheme: _OfScheme = None,
    state: Annotated[FindingState | None, Query(description="Only in this state.")] = None,
    limit: Limit = PAGE,
    cursor: Cursor = None,
) -> Response:
    """The findings in reach, those that have waited longest for an answer first; `overdue` says of an open one that its
    quarter is over."""
    filters = {"scheme": scheme, "state": state}
    return await call.list_(Finding, findings.search, limit=limit, cursor=cursor, filters=filters, order="answer_by")


@operation(
    routes,
    "GET",
    "/v1/findings/{id}",
    Verb.READ_FINDING,
    name="getFinding",
    summary="One finding",
    shows=model(Finding),
)
async def get_finding(call: CallDep, id: IdPath) -> Response:
    """One finding, and which version of the charter answered it."""
    return await call.show(lambda begin: findings.read(begin, id))


@operation(
    routes,
    "POST",
    "/v1/findings/{id}/decline",
    Verb.DECLINE_FINDING,
    name="declineFinding",
    summary="Decline a finding",
    shows=model(Finding),
)
async def decline_finding(call: CallDep, id: IdPath, body: DeclineFinding) -> Response:
    """The governor's no (oversight), with its reason. Needs `If-Match`."""
    return await call.move(Finding, lambda begin: findings.decline(begin, id, seen=call.seen, **body.given()))

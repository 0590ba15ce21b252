"""Who is fit to be a supporter, over HTTP: security's word, and what the rules of the kind found."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import Path
from pydantic import Field
from starlette.responses import Response

from api.described import Shown
from api.guarded import CallDep, operation, router
from api.routes.register import Register
from api.routes.shapes import PAGE, Body, Cursor, Day, Limit, Nothing
from api.wire import model, page_model
from domain.confidentiality.verbs import Verb
from domain.schemes.vocabulary import EligibilityRule, Weight
from domain.supporters.record import Supporter
from domain.supporters.recruiting import assessing, clearing
from domain.supporters.recruiting.assessing import Assessment, OverrideReason
from domain.supporters.recruiting.clearing import Clearance, ClearanceOutcome
from domain.supporters.recruiting.rules import RuleOutcome, RuleReason

routes = router("suitability")
_OfSupporter = Annotated[UUID, Path(alias="id", description="The supporter's id.")]


class _Told(Shown):
    """Closed, as every answer is."""


class RuleResult(_Told):
    """One rule of the kind, and what came of it."""

    rule: EligibilityRule
    weight: Weight
    parameter: Annotated[int | None, Field(ge=0, le=1000, description="Months, a level or roles: by the rule.")]
    outcome: RuleOutcome
    reason: RuleReason


class RuleFacts(_Told):
    """By what a rule was found: codes of alerts, days, levels, numbers."""

    rule: EligibilityRule
    facts: Annotated[list[Annotated[str, Field(max_length=20)]], Field(max_length=20)]


class RuleOverride(_Told):
    """A rule that shall not stand in the way."""

    rule: EligibilityRule
    reason: OverrideReason
    askedBy: Annotated[UUID, Field(description="Who asked for it.")]
    approvedBy: Annotated[UUID | None, Field(description="Another person, who approved it; null: nobody yet.")]


class GiveClearance(Body):
    """An outcome. Nothing of what is behind it is kept here."""

    outcome: ClearanceOutcome
    decided_on: Day | None = None
    """Null: today."""
    expires_on: Day | None = None
    """The last day on which it holds; null: as long as the kind says."""


class AskOverride(Body):
    """Which rule shall not stand in the way, and why."""

    rule: EligibilityRule
    reason: OverrideReason


class ApproveOverride(Body):
    """The rule whose override is approved."""

    rule: EligibilityRule


CLEARANCES = Register(
    Clearance, "clearances", many="clearances", reads=Verb.READ_CLEARANCE, tag="suitability", under=Supporter
)
CLEARANCES.lists(
    "What security said of a supporter; the `current` one counts. Coordinator and security (recruitment), safer custody"
    " (safety), governor (oversight)."
)
CLEARANCES.shows("One word of security's.")


@operation(
    routes,
    "POST",
    "/v1/supporters/{id}/clearances",
    Verb.GIVE_CLEARANCE,
    name="addClearance",
    summary="Say whether somebody is cleared",
    shows=model(Clearance),
    status=201,
)
async def give_clearance(call: CallDep, id: _OfSupporter, body: GiveClearance) -> Response:
    """An outcome with its end. Security (recruitment)."""
    source = call.runtime.prison
    return await call.create(Clearance, lambda begin: clearing.give(begin, source, id, **body.given()))


@operation(
    routes,
    "GET",
    "/v1/clearance-renewals",
    Verb.READ_CLEARANCE,
    name="listClearanceRenewals",
    summary="Clearances to renew",
    shows=page_model(Clearance),
)
async def list_renewals(call: CallDep, limit: Limit = PAGE, cursor: Cursor = None) -> Response:
    """Those that run out within sixty days, and those that did, the first to end first. Coordinator and security
    (recruitment), safer custody (safety), governor (oversight)."""
    return await call.list_(Clearance, clearing.to_renew, limit=limit, cursor=cursor, order="expires_on")


_SHAPES: dict[str, Any] = {
    "results": Annotated[list[RuleResult], Field(max_length=40)],
    "snapshot": Annotated[list[RuleFacts], Field(max_length=40)],
    "overrides": Annotated[list[RuleOverride], Field(max_length=40)],
}
ASSESSMENTS = Register(
    Assessment,
    "assessments",
    many="assessments",
    reads=Verb.READ_ASSESSMENT,
    tag="suitability",
    under=Supporter,
    **_SHAPES,
)
ASSESSMENTS.lists(
    "What the kind's rules found of him, each time. Coordinator and security (recruitment), safer custody (safety),"
    " governor, monitoring board and inspectorate (oversight)."
)
ASSESSMENTS.shows("One assessment. By what it was found is shown to security, safer custody and governor.")
ASSESSMENTS.moves(
    "override",
    AskOverride,
    assessing.override,
    "Ask that a rule shall not stand in the way: a hard one that is not met, or one to be looked at. Both words are"
    " kept. Coordinator (recruitment). Needs `If-Match`.",
    verb=Verb.OVERRIDE_ASSESSMENT,
)
ASSESSMENTS.moves(
    "approve",
    ApproveOverride,
    assessing.approve,
    "Approve it: another person than who asked. Governor (oversight) or safer custody (safety). Needs `If-Match`.",
    verb=Verb.APPROVE_ASSESSMENT,
)


@operation(
    routes,
    "POST",
    "/v1/supporters/{id}/assessments",
    Verb.MAKE_ASSESSMENT,
    name="addAssessment",
    summary="Assess somebody's suitability",
    shows=model(Assessment, **_SHAPES),
    status=201,
)
async def make_assessment(call: CallDep, id: _OfSupporter, body: Nothing) -> Response:
    """Hold the kind's rules against what the prison's systems know of him today. Coordinator or security
    (recruitment)."""
    source = call.runtime.prison
    return await call.create(Assessment, lambda begin: assessing.make(begin, source, id))


REGISTERS = (CLEARANCES, ASSESSMENTS)

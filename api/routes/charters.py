"""Versions of charters over HTTP: begun, written section by section, submitted, sent back, signed, published."""

from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import Field
from starlette.responses import Response

from api.guarded import CallDep, operation, router
from api.routes.shapes import (
    Amendment,
    Body,
    Code,
    Cursor,
    Day,
    Flag,
    IdPath,
    Limit,
    Nothing,
    ShortText,
    Text,
    Whole,
)
from api.wire import model, page_model
from domain.confidentiality.verbs import Verb
from domain.schemes import drafting, publishing
from domain.schemes.charter import (
    Advertising,
    Charter,
    CharterState,
    Ending,
    EvaluationDesign,
    Lasting,
    StakeholderGroup,
)
from domain.schemes.needs import EvidenceSource, SupportOutcome, TargetNeed
from domain.schemes.questions import Section
from domain.schemes.tasks import Task

routes = router("charters")
_Codes = Annotated[list[Code], Field(max_length=30)]
_Tasks = Annotated[list[Task], Field(max_length=100)]
_Names = Annotated[list[ShortText], Field(max_length=20)]
_Ids = Annotated[list[UUID], Field(max_length=20)]
_Amount = Annotated[Whole, Field(ge=0, le=1_000_000_000)]
_Few = Annotated[Whole, Field(ge=0, le=1_000)]
_OfScheme = Annotated[UUID | None, Query(description="Only of this scheme.")]


class DraftCharter(Body):
    """A new version of a scheme's plan."""

    scheme: UUID


class AmendCharter(Amendment):
    """The members to change, of one section or of several; those that are not sent stay as they are. Null, or an empty
    list, makes one blank again."""

    purpose: Text | None = None
    permitted_tasks: _Tasks = []
    prohibited_tasks: _Tasks = []
    why_needed: Text | None = None
    meant_to_do: Text | None = None
    target_group: Text | None = None
    needs: Annotated[list[TargetNeed], Field(max_length=15)] = []
    needs_evidence: Text | None = None
    evidence_sources: Annotated[list[EvidenceSource], Field(max_length=10)] = []
    outcomes: Annotated[list[SupportOutcome], Field(max_length=18)] = []
    support_lasts: Lasting | None = None
    lasts_weeks: Annotated[Whole, Field(ge=1, le=520)] | None = None
    endings: Annotated[list[Ending], Field(max_length=10)] = []
    when_available: Text | None = None
    places: _Names = []
    how_to_ask: Text | None = None
    passed_on: Text | None = None
    staff_hours_a_week: _Few | None = None
    unlock_minutes_a_week: Annotated[Whole, Field(ge=0, le=10_080)] | None = None
    rooms: _Names = []
    materials: Text | None = None
    money_a_year: _Amount | None = None
    recruiting: Text | None = None
    advertised_by: Annotated[list[Advertising], Field(max_length=10)] = []
    weeks_left_at_least: _Few | None = None
    training: Text | None = None
    training_modules: _Codes = []
    practice_contacts: _Few | None = None
    supporting: Text | None = None
    supporters_seen_every_days: Annotated[Whole, Field(ge=1, le=365)] | None = None
    paying: Text | None = None
    paid: Flag | None = None
    stakeholders: Annotated[list[StakeholderGroup], Field(max_length=15)] = []
    engaging: Text | None = None
    knowing: Text | None = None
    evaluation_design: EvaluationDesign | None = None
    analysis_on: Day | None = None
    objectives: _Ids = []
    growing: Text | None = None
    probation_weeks: _Few | None = None
    supervising: Text | None = None
    staff_seen_every_days: Annotated[Whole, Field(ge=1, le=365)] | None = None
    contingency: Text | None = None
    maintaining: Text | None = None
    involving: Text | None = None
    watching: Text | None = None
    review_on: Day | None = None
    answers: _Ids = []


class ReturnCharter(Body):
    """Why it goes back: kept as a comment on that section."""

    section: Section
    words: Text


@operation(
    routes,
    "POST",
    "/v1/charters",
    Verb.DRAFT_CHARTER,
    name="draftCharter",
    summary="Begin a version of a charter",
    shows=model(Charter),
    status=201,
)
async def draft_charter(call: CallDep, body: DraftCharter) -> Response:
    """A new version in draft: the first is blank, each further one begins with what holds now. One at a time.
    Coordinator (operations), of the own scheme."""
    return await call.create(Charter, lambda begin: drafting.begin_draft(begin, **body.given()))


@operation(
    routes, "GET", "/v1/charters", Verb.READ_CHARTER, name="listCharters", summary="Charters", shows=page_model(Charter)
)
async def list_charters(
    call: CallDep,
    scheme: _OfScheme = None,
    state: Annotated[CharterState | None, Query(description="Only versions in this state.")] = None,
    limit: Limit = 10,
    cursor: Cursor = None,
) -> Response:
    """The versions in reach, of whatever scheme: a signer finds here what waits for him."""
    filters = {"scheme": scheme, "state": state}
    return await call.list_(Charter, drafting.search, limit=limit, cursor=cursor, filters=filters)


@operation(
    routes,
    "GET",
    "/v1/charters/{id}",
    Verb.READ_CHARTER,
    name="getCharter",
    summary="One version",
    shows=model(Charter),
)
async def get_charter(call: CallDep, id: IdPath) -> Response:
    """One version whole, with its tag; `missing` names the sections that are blank."""
    return await call.show(lambda begin: drafting.read(begin, id))


@operation(
    routes,
    "PATCH",
    "/v1/charters/{id}",
    Verb.AMEND_CHARTER,
    name="amendCharter",
    summary="Write in a draft",
    shows=model(Charter),
)
async def amend_charter(call: CallDep, id: IdPath, body: AmendCharter) -> Response:
    """Write the members sent, section by section; which members belong to which question is at `/v1/charter-questions`.
    Coordinator (operations), of the own scheme. Needs `If-Match`."""
    return await call.show(lambda begin: drafting.amend(begin, id, seen=call.seen, changes=body.sent()))


@operation(
    routes,
    "POST",
    "/v1/charters/{id}/submit",
    Verb.SUBMIT_CHARTER,
    name="submitCharter",
    summary="Submit a draft",
    shows=model(Charter),
)
async def submit_charter(call: CallDep, id: IdPath, body: Nothing) -> Response:
    """Hand it to those who sign. Refused while a section is blank or contradicts another. Coordinator (operations).
    Needs `If-Match`."""
    return await call.move(Charter, lambda begin: drafting.submit(begin, id, seen=call.seen))


@operation(
    routes,
    "POST",
    "/v1/charters/{id}/return",
    Verb.RETURN_CHARTER,
    name="returnCharter",
    summary="Send a charter back",
    shows=model(Charter),
)
async def return_charter(call: CallDep, id: IdPath, body: ReturnCharter) -> Response:
    """Back to draft, with a comment by whoever sends it back; what was signed is signed no more. Safer custody
    (safety), governor (oversight), partner or coordinator (operations). Needs `If-Match`."""
    return await call.move(Charter, lambda begin: drafting.return_(begin, id, seen=call.seen, **body.given()))


@operation(
    routes,
    "POST",
    "/v1/charters/{id}/discard",
    Verb.DISCARD_CHARTER,
    name="discardCharter",
    summary="Discard a draft",
    shows=model(Charter),
)
async def discard_charter(call: CallDep, id: IdPath, body: Nothing) -> Response:
    """Give a draft up, so that another may be begun. It stays readable to those who read drafts, with what was said to
    it. What is submitted is sent back first. Coordinator (operations), of the own scheme. Needs `If-Match`."""
    return await call.move(Charter, lambda begin: drafting.discard(begin, id, seen=call.seen))


@operation(
    routes,
    "POST",
    "/v1/charters/{id}/sign",
    Verb.SIGN_CHARTER,
    name="signCharter",
    summary="Sign a charter",
    shows=model(Charter),
)
async def sign_charter(call: CallDep, id: IdPath, body: Nothing) -> Response:
    """A yes to what was submitted, in one's own role: safer custody (safety), governor (oversight), partner
    (operations). Nobody signs what he wrote. Needs `If-Match`."""
    return await call.move(Charter, lambda begin: publishing.sign(begin, id, seen=call.seen))


@operation(
    routes,
    "POST",
    "/v1/charters/{id}/publish",
    Verb.PUBLISH_CHARTER,
    name="publishCharter",
    summary="Publish a charter",
    shows=model(Charter),
)
async def publish_charter(call: CallDep, id: IdPath, body: Nothing) -> Response:
    """From now on it holds, the version before is superseded, and the findings that it cites are answered. Needs every
    section, every signature, SMART objectives that serve its needs, and open findings. Coordinator (operations). Needs
    `If-Match`."""
    return await call.move(Charter, lambda begin: publishing.publish(begin, id, seen=call.seen))

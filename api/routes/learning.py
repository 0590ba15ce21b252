"""Inductions, enrolments and sessions over HTTP: open-policy schemes only."""

from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import Field, create_model
from starlette.responses import Response

from api.guarded import CallDep, operation, router
from api.routes import terms
from api.routes.shapes import (
    PAGE,
    Body,
    Cursor,
    Day,
    Flag,
    Identifier,
    IdPath,
    Instant,
    Language,
    Limit,
    PersonName,
    Text,
    Whole,
    Wing,
)
from api.routes.terms import WithTerms
from api.wire import model, page_model
from domain.confidentiality.verbs import Verb
from domain.schemes.charter import Ending
from domain.schemes.needs import TargetNeed
from domain.sessions import inductions, learning
from domain.sessions.codes import ChecklistItem, NotDelivered, Programme, StageOfSentence
from domain.sessions.record import Enrolment, EnrolmentState, Goal, Induction, Session, SessionState

routes = router("learning")
_OfScheme = Annotated[UUID | None, Query(description="Only of this scheme.")]


_ENROLLED = create_model(
    "EnrolmentWithTerms",
    __base__=(model(Enrolment), WithTerms),
    __doc__="One enrolment, with what its scheme is for.",
)


class RecordInduction(Body):
    """An Insider met a new arrival. An Insider who types it names nobody."""

    scheme: UUID
    wing: Wing
    arrived_at: Instant
    seen_at: Instant
    checklist: Annotated[list[ChecklistItem], Field(max_length=20)]
    told_policy: Flag
    language: Language = "en"
    concern_told_to_staff: Flag = False
    follow_up_on: Day | None = None
    supporter: UUID | None = None
    identifier: Identifier | None = None
    name: PersonName | None = None
    another: Flag = False
    """It is another than the one that is recorded already and looks like it."""


class Enrol(Body):
    """Somebody joins a programme, or becomes a case. A goal and a programme are said where the kind teaches."""

    scheme: UUID
    identifier: Identifier
    name: PersonName
    wing: Wing
    goal: Goal | None = None
    """What he learns it for; needed where the kind teaches."""
    supporter: UUID | None = None
    sessions_a_week: Annotated[Whole, Field(ge=1, le=7)] = 5
    """How many are planned in a week."""
    needs: Annotated[list[TargetNeed], Field(max_length=15)] = []
    """Of those that the scheme's plan names."""
    stage_of_sentence: StageOfSentence | None = None
    programme: Programme | None = None
    """Without one: TURNING_PAGES, where the kind teaches."""


class EndEnrolment(Body):
    """How it ended, and why: a move to another prison is no reason, every other ending has one."""

    ending: EnrolmentState
    because: Ending | None = None
    """COMPLETED: GOAL_MET, NO_LONGER_NEEDED, TIME_AGREED_IS_OVER or PASSED_TO_OTHER_SUPPORT; WITHDRAWN_LEARNER:
    OWN_WISH, NO_LONGER_NEEDED, PASSED_TO_OTHER_SUPPORT or UNSAFE; RELEASED: RELEASED; TRANSFERRED: none."""


class PlanSession(Body):
    """A session to come: at most two hours."""

    enrolment: UUID
    starts_at: Instant
    ends_at: Instant


class RecordSession(Body):
    """What came of it: delivered, with minutes; or not, with a code."""

    delivered: Flag
    not_delivered: NotDelivered | None = None
    minutes: Annotated[Whole, Field(ge=1, le=120)] | None = None
    """How long it took, in minutes."""
    manual: Annotated[Whole, Field(ge=1, le=5)] | None = None
    """The manual that was worked on."""
    page: Annotated[Whole, Field(ge=1, le=400)] | None = None
    """The page reached in it."""
    check_passed: Flag = False
    note: Text | None = None


@operation(
    routes,
    "POST",
    "/v1/inductions",
    Verb.RECORD_INDUCTION,
    name="recordInduction",
    summary="Record an Insider's first meeting",
    shows=model(Induction),
    status=201,
)
async def record_induction(call: CallDep, body: RecordInduction) -> Response:
    """The checklist of a first meeting: of the items that follow from the kind's own tasks. A concern, and a day to
    come back, become follow-ups. One that looks like a meeting that you read already is not made twice:
    LOOKS_LIKE_ANOTHER names that (`alike`), and `another` says that it is not the same. The Insider himself, or the
    coordinator for him (support)."""
    return await call.create(Induction, lambda begin: inductions.record_induction(begin, **body.given()))


@operation(
    routes,
    "GET",
    "/v1/inductions",
    Verb.READ_INDUCTION,
    name="listInductions",
    summary="Inductions",
    shows=page_model(Induction),
)
async def list_inductions(
    call: CallDep, scheme: _OfScheme = None, limit: Limit = PAGE, cursor: Cursor = None
) -> Response:
    """The inductions in reach: coordinator, officer on the wing, the Insider's own (support)."""
    return await call.list_(
        Induction, inductions.search_inductions, limit=limit, cursor=cursor, filters={"scheme": scheme}
    )


@operation(
    routes,
    "GET",
    "/v1/inductions/{id}",
    Verb.READ_INDUCTION,
    name="getInduction",
    summary="One induction",
    shows=model(Induction),
)
async def get_induction(call: CallDep, id: IdPath) -> Response:
    """One induction."""
    return await call.show(lambda begin: inductions.read_induction(begin, id))


@operation(
    routes,
    "POST",
    "/v1/enrolments",
    Verb.ENROL,
    name="enrolLearner",
    summary="Enrol a learner",
    shows=model(Enrolment),
    status=201,
)
async def enrol(call: CallDep, body: Enrol) -> Response:
    """Somebody joins; with a supporter it starts, without one it waits. Coordinator or partner (support)."""
    return await call.create(Enrolment, lambda begin: learning.enrol(begin, source=call.runtime.apart, **body.given()))


@operation(
    routes,
    "GET",
    "/v1/enrolments",
    Verb.READ_ENROLMENT,
    name="listEnrolments",
    summary="Enrolments",
    shows=page_model(Enrolment),
)
async def list_enrolments(
    call: CallDep,
    scheme: _OfScheme = None,
    state: Annotated[EnrolmentState | None, Query(description="Only in this state.")] = None,
    limit: Limit = PAGE,
    cursor: Cursor = None,
) -> Response:
    """The enrolments in reach: the scheme's, the wing's on duty, one's own as learner or mentor."""
    filters = {"scheme": scheme, "state": state}
    return await call.list_(Enrolment, learning.search_enrolments, limit=limit, cursor=cursor, filters=filters)


@operation(
    routes,
    "GET",
    "/v1/enrolments/{id}",
    Verb.READ_ENROLMENT,
    name="getEnrolment",
    summary="One enrolment",
    shows=_ENROLLED,
)
async def get_enrolment(call: CallDep, id: IdPath) -> Response:
    """One enrolment. `terms` say to learner and mentor alike what the scheme is for, and what a mentor may be asked to
    do and what not, in English or Welsh by `Accept-Language`."""
    told = await call.run(lambda begin: learning.read_enrolment(begin, id))
    return call.answer(told.view, told=terms.members(call, told))


@operation(
    routes,
    "POST",
    "/v1/enrolments/{id}/end",
    Verb.END_ENROLMENT,
    name="endEnrolment",
    summary="End an enrolment",
    shows=model(Enrolment),
)
async def end_enrolment(call: CallDep, id: IdPath, body: EndEnrolment) -> Response:
    """It ends; how is its state. Whoever has left the prison is of none of its wings from then on. Needs `If-Match`."""
    return await call.move(Enrolment, lambda begin: learning.end(begin, id, seen=call.seen, **body.given()))


@operation(
    routes,
    "POST",
    "/v1/sessions",
    Verb.PLAN_SESSION,
    name="planSession",
    summary="Plan a session",
    shows=model(Session),
    status=201,
)
async def plan_session(call: CallDep, body: PlanSession) -> Response:
    """Book a learner and a mentor. A booking that overlaps another of either is refused by the database itself; one of
    two who are kept apart in the same words, and why is told to nobody."""
    act = partial(learning.plan, source=call.runtime.apart, **body.given())
    return await call.create(Session, act)


@operation(
    routes, "GET", "/v1/sessions", Verb.READ_SESSION, name="listSessions", summary="Sessions", shows=page_model(Session)
)
async def list_sessions(
    call: CallDep,
    enrolment: Annotated[UUID | None, Query(description="Only of this enrolment.")] = None,
    state: Annotated[SessionState | None, Query(description="Only in this state.")] = None,
    limit: Limit = PAGE,
    cursor: Cursor = None,
) -> Response:
    """The sessions in reach, by when they start."""
    filters = {"enrolment": enrolment, "state": state}
    return await call.list_(
        Session, learning.search_sessions, limit=limit, cursor=cursor, filters=filters, order="starts_at"
    )


@operation(
    routes,
    "GET",
    "/v1/sessions/{id}",
    Verb.READ_SESSION,
    name="getSession",
    summary="One session",
    shows=model(Session),
)
async def get_session(call: CallDep, id: IdPath) -> Response:
    """One session."""
    return await call.show(lambda begin: learning.read_session(begin, id))


@operation(
    routes,
    "POST",
    "/v1/sessions/{id}/record",
    Verb.RECORD_SESSION,
    name="recordSession",
    summary="Record what came of a session",
    shows=model(Session),
)
async def record_session(call: CallDep, id: IdPath, body: RecordSession) -> Response:
    """Delivered, with minutes and progress, or not, with a code. The mentor, the coordinator or the partner. Needs
    `If-Match`."""
    return await call.move(Session, lambda begin: learning.record_session(begin, id, seen=call.seen, **body.given()))

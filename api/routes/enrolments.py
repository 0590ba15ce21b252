"""Enrolments that go on: mentors, reviews, the progress card, over HTTP."""

from functools import partial
from typing import Annotated
from uuid import UUID

from pydantic import Field
from starlette.responses import Response

from api.guarded import CallDep, operation
from api.routes.register import Register, SchemePath
from api.routes.shapes import Amendment, Body, Flag, Identifier, IdPath, PersonName, Whole, Wing
from api.wire import model, shown
from domain.confidentiality.verbs import Verb
from domain.schemes.needs import TargetNeed
from domain.sessions import enrolments, progress
from domain.sessions.codes import MentorChanged, NotDelivered, Programme, ReviewedAs, StageOfSentence
from domain.sessions.record import Enrolment

_Manual = Annotated[Whole, Field(ge=1, le=5)]
_Number = Annotated[int, Field(ge=0, le=100_000)]


class AmendEnrolment(Amendment):
    """What changes while it goes on."""

    wing: Wing
    sessions_a_week: Annotated[Whole, Field(ge=1, le=7)]
    """How many are planned in a week."""
    needs: Annotated[list[TargetNeed], Field(max_length=15)]
    """Of those that the scheme's plan names."""
    stage_of_sentence: StageOfSentence | None


class ChangeMentor(Body):
    """Why the mentor goes, and who comes, if anybody is there."""

    because: MentorChanged
    supporter: UUID | None = None
    """The mentor from now on; without one the learner waits, and the enrolment goes on."""


class ReviewEnrolment(Body):
    """What a look at it together came to."""

    found: ReviewedAs
    sessions_a_week: Annotated[Whole, Field(ge=1, le=7)] | None = None
    """How many are planned in a week from now on: with GOES_ON_MORE_OFTEN and GOES_ON_LESS_OFTEN."""


class ShareEnrolment(Body):
    """Yes or no."""

    shared: Flag


class CarryOn(Body):
    """Who has come."""

    identifier: Identifier
    name: PersonName
    wing: Wing


class MissedFor(Body):
    """How many sessions did not take place for one reason."""

    reason: NotDelivered
    sessions: _Number
    """How many."""


class ProgressCard(Body):
    """How far somebody has come, planned against delivered. Sessions are counted whose time has come."""

    programme: Programme | None
    manual: _Manual
    """The manual that he has reached."""
    page: Annotated[int, Field(ge=1, le=400)] | None
    """The page in it."""
    manuals_passed: Annotated[list[_Manual], Field(max_length=5)]
    """The manuals of which the check was passed, by number."""
    planned: _Number
    """How many were planned."""
    delivered: _Number
    """How many took place."""
    missed: Annotated[list[MissedFor], Field(max_length=20)]
    not_recorded: _Number
    """Of how many nobody has said yet what came of them."""
    minutes: _Number
    """How long they took together, in minutes."""
    minutes_a_week_planned: _Number
    """How long a week is meant to be, in minutes."""


_RUNS = "Coordinator or partner (support)."


ENROLMENTS = Register(
    Enrolment,
    "enrolments",
    many="enrolments",
    reads=Verb.READ_ENROLMENT,
    writes=Verb.AMEND_ENROLMENT,
    tag="learning",
    under=None,
)


ENROLMENTS.amends(
    AmendEnrolment,
    f"Change what changes while it goes on: with another wing, what is planned goes along. {_RUNS} Needs `If-Match`.",
    enrolments.amend,
)


ENROLMENTS.moves(
    "review",
    ReviewEnrolment,
    enrolments.review,
    f"It was looked at together; when it is the next time follows from its kind. {_RUNS} Needs `If-Match`.",
    verb=Verb.REVIEW_ENROLMENT,
)


ENROLMENTS.moves(
    "share",
    ShareEnrolment,
    enrolments.share,
    "His own yes, or no: a prison to which he moves may see how far he has come, and go on from there. The person"
    " himself (support). Needs `If-Match`.",
    verb=Verb.SHARE_ENROLMENT,
)


@operation(
    ENROLMENTS.routes,
    "POST",
    "/v1/enrolments/{id}/change-mentor",
    Verb.CHANGE_MENTOR,
    name="changeMentor",
    summary="Change mentor",
    shows=ENROLMENTS.model,
)
async def change_mentor(call: CallDep, id: IdPath, body: ChangeMentor) -> Response:
    """The mentor goes, with why; the enrolment goes on, with another or waiting for one. Coordinator or partner
    (support). Needs `If-Match`."""
    act = partial(enrolments.change_mentor, id=id, seen=call.seen, source=call.runtime.apart, **body.given())
    return await call.move(Enrolment, act)


@operation(
    ENROLMENTS.routes,
    "POST",
    "/v1/schemes/{id}/enrolments",
    Verb.CARRY_ON_ENROLMENT,
    name="carryOnEnrolment",
    summary="Go on where another prison left off",
    shows=model(Enrolment),
    status=201,
)
async def carry_on(call: CallDep, scheme: SchemePath, body: CarryOn) -> Response:
    """Somebody has come who learned in another prison: once that one has told that he left, and he has said yes, a new
    enrolment begins where that one stood. Else he is not available, in the words for one of whom nobody knows.
    Coordinator or partner (support)."""
    return await call.create(Enrolment, lambda begin: enrolments.carry_on(begin, scheme, **body.given()))


@operation(
    ENROLMENTS.routes,
    "GET",
    "/v1/enrolments/{id}/progress",
    Verb.READ_PROGRESS,
    name="getProgress",
    summary="The progress card",
    shows=ProgressCard,
)
async def get_progress(call: CallDep, id: IdPath) -> Response:
    """How far he has come: his own, his mentor's, coordinator and partner (support)."""
    card = await call.run(lambda begin: progress.progress(begin, id))
    missed = [{"reason": reason, "sessions": number} for reason, number in card.missed.items()]
    return call.plain({**shown(card), "missed": missed})


REGISTERS = (ENROLMENTS,)
"""Enrolments that go on."""

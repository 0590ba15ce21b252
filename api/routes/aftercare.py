"""Support after a death, news of a scheme, hand-over, and the list of what waits, over HTTP."""

from functools import partial
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field
from starlette.responses import Response

from api.guarded import CallDep, operation
from api.routes.register import Register
from api.routes.shapes import Body, Day, Flag, IdPath, Instant, Nothing, Text
from api.wire import model, shown
from domain.care import news, overdue, postvention
from domain.care.news import News
from domain.care.overdue import Waits
from domain.care.postvention import Postvention, PostventionState, PostventionTask
from domain.confidentiality.verbs import Verb
from domain.leaving import handover
from domain.leaving.handover import HandOver, HandOverState, Item
from domain.sessions.record import Enrolment
from domain.supporters.record import Supporter


class AnswerOffer(Body):
    """The supporter takes it, or leaves it."""

    accepted: Flag


class TellNews(Body):
    """What is told, to whom, and until when."""

    words: Text
    staff_only: Flag
    until: Instant


class SettleHandOver(Body):
    """What is seen to."""

    settled: Annotated[list[Item], Field(min_length=1, max_length=10)]


class Succeed(Body):
    """Who takes the learner on."""

    supporter: UUID


class Reminder(Body):
    """One thing that waits."""

    what: Waits
    supporter: UUID | None
    """Whom it concerns; null: a member of staff."""
    which: UUID
    """The record that waits."""
    since: Day
    """From which day on; of a band to cover, its day."""


class Overdue(Body):
    """What waits for somebody, the oldest first."""

    items: Annotated[list[Reminder], Field(max_length=2000)]


POSTVENTIONS = Register(
    Postvention,
    "postventions",
    many="postventions",
    reads=Verb.READ_POSTVENTION,
    writes=Verb.OPEN_POSTVENTION,
    tag="care",
)
POSTVENTIONS.lists_all(
    "When support was offered after a death, and to how many. Coordinator and partner (support), safer custody"
    " (safety), governor, monitoring board, inspectorate (oversight).",
    order="opened_on",
    scheme=(UUID, "Only of this scheme."),
)


@operation(
    POSTVENTIONS.routes,
    "POST",
    "/v1/schemes/{id}/postventions",
    Verb.OPEN_POSTVENTION,
    name="openPostvention",
    summary="Offer support after a death",
    shows=POSTVENTIONS.model,
    status=201,
)
async def open_postvention(call: CallDep, id: IdPath, body: Nothing) -> Response:
    """Offer support to every active supporter of the scheme, whoever was on duty. Nobody is named. Safer custody."""
    return await call.create(Postvention, lambda begin: postvention.open_(begin, id))


POSTVENTIONS.shows("One of them.")

TASKS = Register(
    PostventionTask,
    "postvention-tasks",
    many="postvention tasks",
    reads=Verb.READ_POSTVENTION_TASK,
    writes=Verb.GIVE_POSTVENTION_TASK,
    tag="care",
    under=None,
)
TASKS.lists(
    "Offers of support after a death. The supporter his own, also when he has left; the partner those of its schemes"
    " (support).",
    order="offered_on",
    scheme=(UUID, "Only of this scheme."),
    state=(PostventionState, "Only in this state."),
)
TASKS.shows("One supporter's offer.")
TASKS.moves(
    "answer",
    AnswerOffer,
    postvention.answer,
    "Take it or leave it, and think again later. The supporter himself, also when he has left (support). Needs"
    " `If-Match`.",
    verb=Verb.ANSWER_POSTVENTION_TASK,
)
TASKS.moves("give", Nothing, postvention.give, "It was given. Partner (support). Needs `If-Match`.")

NEWS = Register(News, "news", many="news", reads=Verb.READ_NEWS, writes=Verb.TELL_NEWS, tag="care")
NEWS.lists_all(
    "News of schemes. The scheme's supporters those for them, and all staff, while they are told (operations);"
    " coordinator and partner all of theirs (support). Nobody replies.",
    order="in_force_until",
    scheme=(UUID, "Only of this scheme."),
)
NEWS.adds(TellNews, news.tell, "Tell news. Coordinator or partner (support).", name="tellNews")
NEWS.shows("One piece of news.")
NEWS.moves(
    "take-down",
    Nothing,
    news.take_down,
    "It ends now. Coordinator or partner (support). Needs `If-Match`.",
    verb=Verb.WITHDRAW_NEWS,
    name="takeDownNews",
)

HAND_OVERS = Register(
    HandOver,
    "hand-overs",
    many="hand overs",
    reads=Verb.READ_HAND_OVER,
    writes=Verb.START_HAND_OVER,
    tag="care",
    under=Supporter,
)
HAND_OVERS.lists_all(
    "Hand-overs. Coordinator or partner (support).",
    order="started_on",
    scheme=(UUID, "Only of this scheme."),
    state=(HandOverState, "Only in this state."),
)


@operation(
    HAND_OVERS.routes,
    "POST",
    "/v1/supporters/{id}/hand-overs",
    Verb.START_HAND_OVER,
    name="startHandOver",
    summary="Start a hand-over",
    shows=HAND_OVERS.model,
    status=201,
)
async def start_hand_over(call: CallDep, id: IdPath, body: Nothing) -> Response:
    """A supporter leaves: his learners keep what they have reached and wait for a mentor, the rota is free, his
    supervision ends. Coordinator or partner (support)."""
    return await call.create(HandOver, lambda begin: handover.start(begin, id))


HAND_OVERS.shows("One hand-over, and what of it is still open.")
HAND_OVERS.moves(
    "settle",
    SettleHandOver,
    handover.settle,
    "These are seen to; with the last it is done. Coordinator or partner (support). Needs `If-Match`.",
    verb=Verb.SETTLE_HAND_OVER,
)

_Enrolment: Any = model(Enrolment)


@operation(
    HAND_OVERS.routes,
    "POST",
    "/v1/enrolments/{id}/succeed",
    Verb.SUCCEED_ENROLMENT,
    name="succeedEnrolment",
    summary="Name another mentor",
    shows=_Enrolment,
)
async def succeed(call: CallDep, id: IdPath, body: Succeed) -> Response:
    """Another mentor takes a learner on who has none. Coordinator or partner (support). Needs `If-Match`."""
    act = partial(handover.succeed, enrolment=id, seen=call.seen, source=call.runtime.apart, **body.given())
    return await call.move(Enrolment, act)


@operation(
    HAND_OVERS.routes,
    "GET",
    "/v1/schemes/{id}/overdue",
    Verb.READ_OVERDUE,
    name="getOverdue",
    summary="What waits for somebody",
    shows=Overdue,
)
async def get_overdue(call: CallDep, id: IdPath) -> Response:
    """Reminders to people: supervision that is late or that nobody has, who has no place on the rota, bands whose
    supporter cannot come; for the partner debriefs that are late. Coordinator or partner (support)."""
    found = await call.run(lambda begin: overdue.overdue(begin, id))
    return call.plain({"items": [shown(each) for each in found]})


REGISTERS = (POSTVENTIONS, TASKS, NEWS, HAND_OVERS)

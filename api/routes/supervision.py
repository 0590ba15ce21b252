"""Supervision over HTTP: who supervises whom, each meeting, and what a supervisor looks at before it."""

from typing import Annotated
from uuid import UUID

from pydantic import Field
from starlette.responses import Response

from api.guarded import CallDep, operation
from api.routes.register import Register
from api.routes.shapes import Body, Day, IdPath, Nothing, Text
from api.wire import shown
from domain.care import strain, supervising
from domain.care.strain import Suggestion
from domain.care.supervision import (
    Agreed,
    Missed,
    Supervision,
    SupervisionAnswer,
    SupervisionTalk,
    SupervisionTheme,
)
from domain.confidentiality.verbs import Verb


class AssignSupervision(Body):
    """Who supervises, by his assignment; and whom: a supporter, or the holder of another assignment."""

    supervisor: UUID
    """The assignment by which he supervises: one of `/v1/schemes/{id}/supervision-leads`. Only one of the
    scheme's own partner hears how a supporter is (`hears`)."""
    supporter: UUID | None = None
    staff: UUID | None = None
    """The assignment of the member of staff who is supervised; null: a supporter is."""


class BookTalk(Body):
    """The day of the next meeting."""

    booked_for: Day


class HoldTalk(Body):
    """What was spoken of and agreed, in codes; words only where the scheme's policy is open."""

    held_on: Day
    themes: Annotated[list[SupervisionTheme], Field(max_length=10)]
    agreed: Annotated[list[Agreed], Field(max_length=10)]
    note: Text | None = None


class MissTalk(Body):
    """Why it did not take place."""

    reason: Missed


class AnswerTalk(Body):
    """What the supervised says to it; words only where the scheme's policy is open."""

    answer: SupervisionAnswer
    in_words: Text | None = None


class StrainShown(Body):
    """How much is asked of a supporter, by the published rota; and, as far as the caller may read it, how he fares."""

    supporter: UUID
    minutes_last_seven_days: Annotated[int, Field(ge=0, le=20_000)]
    """By day; a night on call is counted as a night."""
    minutes_next_seven_days: Annotated[int, Field(ge=0, le=20_000)]
    """The same of the days that come."""
    nights_last_seven_days: Annotated[int, Field(ge=0, le=7)]
    """Nights on call in the last seven days."""
    nights_next_seven_days: Annotated[int, Field(ge=0, le=7)]
    """Nights on call in the next seven days."""
    nights_in_a_row: Annotated[int, Field(ge=0, le=14)]
    """The most nights on call one after another."""
    hours_soft: Annotated[int, Field(ge=0, le=168)]
    """Hours a week of the kind: above it somebody asks."""
    hours_hard: Annotated[int, Field(ge=0, le=168)]
    """Above it nobody may, without an override."""
    nights_in_seven: Annotated[int, Field(ge=0, le=7)]
    """Nights in any seven days that the kind allows."""
    hard_sessions: Annotated[int, Field(ge=0, le=100)]
    """How many he called hard, in four weeks."""
    last_rated: Annotated[int | None, Field(ge=0, le=10)]
    """His last self-rating in four weeks, 0 to 10."""
    suggestions: Annotated[list[Suggestion], Field(max_length=5)]
    """What to talk about."""


SUPERVISIONS = Register(
    Supervision,
    "supervisions",
    many="supervisions",
    reads=Verb.READ_SUPERVISION,
    writes=Verb.ASSIGN_SUPERVISION,
    tag="care",
)
SUPERVISIONS.lists_all(
    "Who supervises whom, and what is late. Coordinator, partner and the supporter himself (support), safer custody"
    " (safety), governor, monitoring board, inspectorate (oversight).",
    scheme=(UUID, "Only of this scheme."),
    supporter=(UUID, "Only of this supporter."),
)
SUPERVISIONS.adds(
    AssignSupervision,
    supervising.assign,
    "Name who supervises a supporter, or a member of staff. Coordinator or partner (support).",
    name="assignSupervision",
)
SUPERVISIONS.shows("One supervision. `dueOn` is the last day on which the next meeting is in time.")
SUPERVISIONS.moves(
    "end",
    Nothing,
    supervising.end,
    "It ends; another may be named. Coordinator or partner (support). Needs `If-Match`.",
    verb=Verb.END_SUPERVISION,
)


@operation(
    SUPERVISIONS.routes,
    "GET",
    "/v1/supervisions/{id}/strain",
    Verb.READ_STRAIN,
    name="getStrain",
    summary="Load and strain",
    shows=StrainShown,
)
async def get_strain(call: CallDep, id: IdPath) -> Response:
    """How much is asked of the supporter whose supervision this is. His supervisor, and he himself (support)."""
    return call.plain(shown(await call.run(lambda begin: strain.strain(begin, id))))


TALKS = Register(
    SupervisionTalk,
    "supervision-talks",
    many="supervision talks",
    reads=Verb.READ_SUPERVISION_TALK,
    writes=Verb.BOOK_SUPERVISION_TALK,
    tag="care",
    under=Supervision,
)
TALKS.lists_all(
    "One's own meetings, as supervisor or as supervised. Nobody else reads them.",
    order="booked_for",
    supervision=(UUID, "Only of this supervision."),
)
TALKS.adds(BookTalk, supervising.book, "Book the next meeting. The supervisor.", name="bookSupervisionTalk")
TALKS.shows("One meeting, for the two whose it is. Staff who are supervised read theirs with `Acting-As: own`.")
for _action, _body, _act, _verb, _told in (
    ("hold", HoldTalk, supervising.hold, Verb.HOLD_SUPERVISION_TALK, "It was held. The supervisor."),
    (
        "miss",
        MissTalk,
        supervising.miss,
        Verb.MISS_SUPERVISION_TALK,
        "It was not held. The supervisor.",
    ),
    (
        "answer",
        AnswerTalk,
        supervising.answer,
        Verb.ANSWER_SUPERVISION_TALK,
        "Answer what was noted and agreed. The supervised: a supporter, or staff with `Acting-As: own` (support).",
    ),
    (
        "acknowledge",
        Nothing,
        supervising.acknowledge,
        Verb.ACKNOWLEDGE_SUPERVISION_TALK,
        "The answer was read. The supervisor.",
    ),
):
    TALKS.moves(_action, _body, _act, f"{_told} Needs `If-Match`.", verb=_verb)

REGISTERS = (SUPERVISIONS, TALKS)

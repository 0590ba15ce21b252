"""New arrivals, what supporters did for somebody, and suites, over HTTP."""

from typing import Annotated
from uuid import UUID

from pydantic import Field
from starlette.responses import Response

from api.guarded import CallDep, operation
from api.routes.register import Register, SchemePath
from api.routes.shapes import Body, Day, Flag, Identifier, Instant, Nothing, PersonName, Text, Whole, Wing, amending
from domain.confidentiality.verbs import Verb
from domain.schemes.tasks import Task
from domain.sessions import approving, arrivals, suites, support
from domain.sessions.arrivals import Arrival, NotMet
from domain.sessions.suites import SuiteUse
from domain.sessions.support import ReturnedFor, SupportRecord, SupportState
from domain.sessions.support_codes import (
    Advice,
    Agency,
    Appointment,
    DocumentKind,
    Issue,
    IssueOutcome,
    ReferralStanding,
)

_Minutes = Annotated[Whole, Field(ge=1, le=480)]


class AddArrival(Body):
    """Who has come, and when."""

    identifier: Identifier
    name: PersonName
    wing: Wing
    arrived_at: Instant


class CloseArrival(Body):
    """He was met; or nobody meets him any more, and why. One of the two."""

    induction: UUID | None = None
    """The meeting, where an Insider typed it himself and named nobody."""
    because: NotMet | None = None


class _Support(Body):
    """What a supporter did for somebody, in codes."""

    held_on: Day
    minutes: _Minutes | None = None
    """How long it took, in minutes."""
    issue: Issue | None = None
    advice: Annotated[list[Advice], Field(max_length=6)] = []
    tasks_done: Annotated[list[Task], Field(max_length=20)] = []
    """Of those that the kind permits. One that is prohibited is refused with a code of its own: it is told of as a task
    request."""
    documents: Annotated[list[DocumentKind], Field(max_length=9)] = []
    """Kinds of paper; never what they say."""
    referred_to: Agency | None = None
    referral: ReferralStanding | None = None
    appointment: Appointment | None = None
    kept: Flag | None = None
    """Whether that was kept."""
    relapse_support: Flag = False
    outcome: IssueOutcome | None = None
    note: Text | None = None
    """What to pick up next time, where the kind holds any words."""


class AddSupportRecord(_Support):
    """What a supporter did for somebody. A supporter who types it names nobody: it is of one of his cases, or of no
    one."""

    supporter: UUID | None = None
    """Without one: the supporter who types it."""
    enrolment: UUID | None = None
    """The case that it is part of."""
    identifier: Identifier | None = None
    name: PersonName | None = None
    wing: Wing | None = None
    """Without one: that of the case, or the supporter's own."""
    concern_told_to_staff: Flag = False
    """Staff are to hear of it today."""
    follow_up_on: Day | None = None
    another: Flag = False
    """It is another than the one that is recorded already and looks like it."""


AmendSupportRecord = amending("AmendSupportRecord", "A draft, put right.", _Support)


class SendBack(Body):
    """What is to be put right."""

    because: ReturnedFor


class LogSuiteUse(Body):
    """A suite is used now, or was when `occurredAt` says. Nobody is named."""

    place: UUID
    """A Listener suite of the scheme's."""
    peer_present: Flag
    """A supporter is in it, or outside its door, all the time."""
    observations_continued: Flag
    """Staff go on observing whoever is to be observed."""
    occurred_at: Instant | None = None


ARRIVALS = Register(
    Arrival,
    "arrivals",
    many="arrivals",
    reads=Verb.READ_ARRIVAL,
    writes=Verb.NOTE_ARRIVAL,
    tag="learning",
)
ARRIVALS.lists_all(
    "New arrivals, by when they are to be met; `overdue`: nobody has met him in 24 hours. Coordinator, an officer on"
    " duty on the wing (support), safer custody (safety). No supporter reads it.",
    order="meet_by",
    scheme=(UUID, "Only of this scheme."),
    closed_for=(NotMet, "Only those whom nobody meets any more for this."),
)


@operation(
    ARRIVALS.routes,
    "POST",
    "/v1/schemes/{id}/arrivals",
    Verb.NOTE_ARRIVAL,
    name="addArrival",
    summary="Note a new arrival",
    shows=ARRIVALS.model,
    status=201,
)
async def add_arrival(call: CallDep, scheme: SchemePath, body: AddArrival) -> Response:
    """Somebody has come: an Insider meets him within 24 hours. Coordinator, an officer on duty on the wing
    (support)."""
    return await call.create(Arrival, lambda begin: arrivals.note(begin, scheme, **body.given()))


ARRIVALS.shows("One new arrival.")
ARRIVALS.moves(
    "close",
    CloseArrival,
    arrivals.close,
    "He was met, in this meeting; or nobody meets him any more. A meeting that staff type with his number closes it by"
    " itself. Coordinator, an officer on duty on the wing (support). Needs `If-Match`.",
    verb=Verb.CLOSE_ARRIVAL,
)

_KEEPS = "The supporter his own, coordinator, partner (support)."
RECORDS = Register(
    SupportRecord,
    "support-records",
    many="support records",
    reads=Verb.READ_SUPPORT_RECORD,
    writes=Verb.KEEP_SUPPORT_RECORD,
    tag="learning",
)
RECORDS.lists_all(
    f"What supporters did for people. {_KEEPS} Whoever was helped reads what is of himself.",
    order="held_on",
    scheme=(UUID, "Only of this scheme."),
    enrolment=(UUID, "Only of this case."),
    state=(SupportState, "Only in this state."),
)
RECORDS.adds(
    AddSupportRecord,
    support.record_,
    "Record what was done. What the kind's supporters may not do has no place in it. Where the kind holds words it is a"
    f" draft, which another person approves; else it counts at once. {_KEEPS}",
)
RECORDS.shows("One of them.")
RECORDS.amends(AmendSupportRecord, f"Put a draft right. {_KEEPS} Needs `If-Match`.", support.amend)
RECORDS.moves(
    "correct",
    Nothing,
    approving.correct,
    "What stands was wrong: a new version of it, a draft that another person approves. The one that stands is left as"
    f" it is, and holds until then. {_KEEPS} Needs `If-Match`.",
    verb=Verb.CORRECT_SUPPORT_RECORD,
)
RECORDS.moves(
    "submit",
    Nothing,
    approving.submit,
    f"It is written, and waits for another person. {_KEEPS} Needs `If-Match`.",
    verb=Verb.SUBMIT_SUPPORT_RECORD,
)
RECORDS.moves(
    "approve",
    Nothing,
    approving.approve,
    "It stands as it is from now on. Coordinator or partner, another than whoever wrote it (support). Needs"
    " `If-Match`.",
    verb=Verb.APPROVE_SUPPORT_RECORD,
)
RECORDS.moves(
    "return",
    SendBack,
    approving.send_back,
    "It goes back, with what is to be put right. Coordinator or partner, another than whoever wrote it (support). Needs"
    " `If-Match`.",
    verb=Verb.RETURN_SUPPORT_RECORD,
)

SUITES = Register(
    SuiteUse,
    "suite-uses",
    many="suite uses",
    reads=Verb.READ_SUITE_USE,
    writes=Verb.LOG_SUITE_USE,
    tag="learning",
)
SUITES.lists_all(
    "The use of suites in this band, with what is to be seen to now. Nobody is named. Orderly officer, until two hours"
    " after the band (support).",
)


@operation(
    SUITES.routes,
    "POST",
    "/v1/schemes/{id}/suite-uses",
    Verb.LOG_SUITE_USE,
    name="logSuiteUse",
    summary="Log the use of a suite",
    shows=SUITES.model,
    status=201,
)
async def log_suite_use(call: CallDep, scheme: SchemePath, body: LogSuiteUse) -> Response:
    """Log it against the room, and against nobody. `warnings` say what is to be seen to now: no supporter is with him,
    observations have stopped. Typed later, with `occurredAt`, it is of the band in which it was. Orderly officer
    (support)."""
    return await call.create(SuiteUse, lambda begin: suites.log(begin, scheme, **body.given()))


SUITES.shows("One use of a suite.")

REGISTERS = (ARRIVALS, RECORDS, SUITES)
"""New arrivals, records of support, suites."""

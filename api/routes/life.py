"""The life of a scheme over HTTP: its moves, what each still needs, and how all of them stand."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field
from starlette.responses import Response

from api.described import Shown
from api.guarded import CallDep, operation
from api.routes.register import Register
from api.routes.shapes import Body, Code, Day, IdPath, Nothing, Prison
from api.wire import model
from domain.confidentiality.roles import Role
from domain.confidentiality.verbs import Verb
from domain.kernel.words import camel
from domain.life import acts, reading
from domain.life.reading import Readiness
from domain.life.status import SchemeStatus
from domain.schemes.record import ClosingReason, ReviewFound, Scheme, SchemeState, SuspensionReason

LIFE = Register(Scheme, "schemes", many="schemes", reads=Verb.READ_SCHEME, tag="schemes", under=None)


class NameLead(Body):
    """Whose assignment leads supervision; null, where nobody leads it now."""

    assignment: UUID | None


class SuspendScheme(Body):
    """Why it stops for now, and when that is looked at again: within ninety days."""

    reason: SuspensionReason
    review_on: Day


class ReviewScheme(Body):
    """What the review found, and when the next one is: within a year."""

    found: ReviewFound
    review_on: Day


class CloseScheme(Body):
    """Why it ends."""

    reason: ClosingReason


_Code = Annotated[str, Field(max_length=64, pattern="^[A-Z][A-Z0-9_]*$", examples=["PILOT_NOT_OVER"])]
_Codes = Annotated[list[_Code], Field(max_length=40)]


class NextMove(Shown):
    """One move from here."""

    move: Annotated[Verb, Field(description="The verb, as in `x-verb` of the operation that does it.")]
    may: Annotated[bool, Field(description="Whether you, in this capacity, may try it.")]
    missing: Annotated[_Codes, Field(description="What stands in its way, as a 409 would tell it.")]
    cleared: Annotated[_Codes, Field(description="What was looked for too, and does not stand in its way.")]


class MayLead(Shown):
    """Somebody who may lead the supervision of a scheme today."""

    assignment: Annotated[UUID, Field(description="What naming him as the lead takes.")]
    holder: Annotated[UUID, Field(description="Who he is, as in every member that says who did something.")]
    subject: Annotated[str, Field(max_length=255, description="The name by which he signs in, as assignments tell it.")]
    role: Role
    organisation: Code
    ends_on: Annotated[date, Field(alias="endsOn", description="The last day of the assignment: a vacancy after it.")]


class SupervisionLeads(Shown):
    """All who may lead the supervision of a scheme today."""

    items: Annotated[list[MayLead], Field(max_length=1000)]


class SchemeReadiness(Shown):
    """Where a scheme stands, and what its next moves need."""

    scheme: UUID
    state: SchemeState
    moves: Annotated[list[NextMove], Field(max_length=10)]


@operation(
    LIFE.routes,
    "GET",
    "/v1/schemes/{id}/readiness",
    Verb.READ_READINESS,
    name="getReadiness",
    summary="What a scheme needs for its next moves",
    shows=SchemeReadiness,
)
async def get_readiness(call: CallDep, id: IdPath) -> Response:
    """Each move that its state allows now, with what stands in its way and what does not. Coordinator (operations),
    governor, monitoring board and inspectorate (oversight), safer custody (safety), partner (recruitment), ombudsman
    (investigation). What a closing waits for is at `/v1/schemes/{id}/closing`."""
    return call.plain(_told(await call.run(lambda begin: reading.readiness(begin, id))))


@operation(
    LIFE.routes,
    "GET",
    "/v1/schemes/{id}/closing",
    Verb.READ_CLOSING,
    name="getClosing",
    summary="What the closing of a scheme waits for",
    shows=SchemeReadiness,
)
async def get_closing(call: CallDep, id: IdPath) -> Response:
    """The closing checklist, worked out by the service: nobody in role, nobody enrolled, nothing asked for, the partner
    told, the review written. For those who may close it: coordinator (operations), governor (oversight)."""
    return call.plain(_told(await call.run(lambda begin: reading.closing(begin, id))))


def _told(found: Readiness) -> dict[str, object]:
    moves = [{"move": m.move, "may": m.may, "missing": m.missing, "cleared": m.cleared} for m in found.moves]
    return {"scheme": found.scheme, "state": found.state, "moves": moves}


LIFE.moves(
    "open",
    Nothing,
    acts.open_,
    "Open its doors: the pilot begins. Refused with `HOW_TO_ASK_MISSING`, `REVIEW_DATE_MISSING` or `REVIEW_OVERDUE`,"
    " `NO_ACTIVE_SUPPORTER`, `MORE_THAN_THE_PILOT_LIMIT` (in role), and `PRISON_NOT_ROLLED_OUT`. Coordinator"
    " (operations). Needs `If-Match`.",
    verb=Verb.OPEN_SCHEME,
)
LIFE.moves(
    "launch",
    Nothing,
    acts.launch,
    "From pilot to live. Refused with `HOW_TO_ASK_MISSING`, `REVIEW_DATE_MISSING` or `REVIEW_OVERDUE`,"
    " `SUPPORTERS_TOO_FEW` (fewer active than its floor), `SUPERVISION_VACANT`, `PILOT_NOT_OVER`,"
    " `PRISON_NOT_ROLLED_OUT`, and where its plans are wanting: `CHARTER_NOT_PUBLISHED`, `OBJECTIVES_NOT_SMART`,"
    " `CONTINGENCY_PLAN_MISSING`, `NOT_ADVERTISED`. Coordinator (operations). Needs `If-Match`.",
    verb=Verb.LAUNCH_SCHEME,
)
LIFE.moves(
    "suspend",
    SuspendScheme,
    acts.suspend,
    "Stop for now, with a reason and a day on which that is looked at again. Nobody loses a standing. Governor"
    " (oversight) or safer custody (safety). Needs `If-Match`.",
    verb=Verb.SUSPEND_SCHEME,
)
LIFE.moves(
    "review",
    ReviewScheme,
    acts.review,
    "Look at it again, say what was found, and when the next review is: nothing else puts `reviewOn` off once a scheme"
    " is approved. Governor (oversight) or safer custody (safety). Needs `If-Match`.",
    verb=Verb.REVIEW_SCHEME,
)
LIFE.moves(
    "resume",
    Nothing,
    acts.resume,
    "Go on as what it was, a pilot or live. Refused with `PRISON_NOT_ROLLED_OUT`. Governor (oversight) or safer custody"
    " (safety). Needs `If-Match`.",
    verb=Verb.RESUME_SCHEME,
)
LIFE.moves(
    "close",
    CloseScheme,
    acts.close,
    "End it, once nothing on its checklist is missing (`/v1/schemes/{id}/closing`). One of a closed policy has been"
    " suspended for a day by then. Coordinator (operations) or governor (oversight). Needs `If-Match`.",
    verb=Verb.CLOSE_SCHEME,
)


@operation(
    LIFE.routes,
    "PUT",
    "/v1/schemes/{id}/supervision-lead",
    Verb.NAME_LEAD,
    name="nameSupervisionLead",
    summary="Say who leads supervision",
    shows=model(Scheme),
)
async def name_lead(call: CallDep, id: IdPath, body: NameLead) -> Response:
    """Supervision is led by whoever holds this assignment: of a coordinator, safer custody, governor or the scheme's
    partner, in its prison, and as long as it holds (`/v1/schemes/{id}/supervision-leads` lists them). Coordinator
    (operations) or governor (oversight). Needs `If-Match`."""
    return await call.show(lambda begin: acts.name_lead(begin, id, seen=call.seen, **body.given()))


@operation(
    LIFE.routes,
    "GET",
    "/v1/schemes/{id}/supervision-leads",
    Verb.READ_LEADERS,
    name="getSupervisionLeads",
    summary="Who may lead supervision",
    shows=SupervisionLeads,
)
async def list_leaders(call: CallDep, id: IdPath) -> Response:
    """The assignments by which supervision of this scheme may be led today: of its prison's coordinators, safer custody
    and governors, and of its partner. For those who may name one: coordinator (operations), governor (oversight)."""
    found = await call.run(lambda begin: reading.leaders(begin, id))
    told = ("holder", "subject", "role", "organisation", "ends_on")
    items = [{"assignment": a.id, **{camel(name): a.values[name] for name in told}} for a in found]
    return call.plain({"items": items})


STATUSES = Register(
    SchemeStatus,
    "scheme-statuses",
    many="scheme statuses",
    reads=Verb.READ_SCHEME_STATUS,
    tag="schemes",
    under=None,
)
STATUSES.lists(
    "State, reasons at risk, gaps, supporters and reviews of every scheme in reach, a minute old at most; up to 2,000"
    " on one page, so that an estate is one request. Headquarters is told of supporters what may leave a prison, and"
    " what does not tell more of them (`stateAbout`, `gapsAbout`, `supportersGap`, `supportersAbout`). Coordinator,"
    " activities hub (operations), governor, monitoring board, inspectorate, headquarters (oversight), safer custody"
    " (safety), partner (recruitment), ombudsman (investigation).",
    page=100,
    prison=(Prison, "Only schemes of this prison."),
    kind=(Code, "Only schemes of this kind."),
    state=(SchemeState, "Only schemes in this state."),
    state_about=(SchemeState, "Only schemes that are told to be in this state."),
)
STATUSES.shows("How this scheme stands, by the scheme's own id; for the same roles as the list.")

REGISTERS = (LIFE, STATUSES)

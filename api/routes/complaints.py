"""Complaints over HTTP."""

from typing import Annotated
from uuid import UUID

from pydantic import Field
from starlette.responses import Response

from api.guarded import CallDep, operation
from api.routes.pressure import IncidentReceipt
from api.routes.register import Register
from api.routes.shapes import Body
from domain.care.incidents import Against
from domain.confidentiality.verbs import Verb
from domain.feedback import complaints
from domain.feedback.complaints import Complaint, ComplaintAbout, ComplaintOutcome, ComplaintReply, ComplaintState


class Complain(Body):
    """What is wrong, in codes alone: who it was and what happened is said in person."""

    scheme: UUID
    about: ComplaintAbout
    against: Against = Against.NOT_SAID
    """Whom it is against, as a group."""


class LookInto(Body):
    """It is taken up; and, by somebody else than looked into it last, which member of staff it is about, by his
    assignment."""

    named: UUID | None = None


class DecideComplaint(Body):
    """What was found, and what whoever brings the short code is told."""

    outcome: ComplaintOutcome
    reply: Annotated[list[ComplaintReply], Field(min_length=1, max_length=8)]


COMPLAINTS = Register(
    Complaint,
    "complaints",
    many="complaints",
    reads=Verb.READ_COMPLAINT,
    writes=Verb.LOOK_INTO_COMPLAINT,
    tag="feedback",
    under=None,
)
COMPLAINTS.lists(
    "Complaints, those that are due first. Safer custody (safety) and governor (oversight), but of what is against"
    " either, or may be about any member of staff as long as none is named; monitoring board and inspectorate"
    " (oversight). Never those who run a scheme or serve in it, nor whoever of the staff complained or is named.",
    order="answer_by",
    scheme=(UUID, "Only of this scheme."),
    state=(ComplaintState, "Only in this state."),
)


@operation(
    COMPLAINTS.routes,
    "POST",
    "/v1/complaints",
    Verb.COMPLAIN,
    name="complain",
    summary="Complain",
    shows=IncidentReceipt,
    status=201,
)
async def complain(call: CallDep, body: Complain) -> Response:
    """Complain about a scheme or somebody in it: anybody in custody, any member of staff, the partner (support). Of
    people in custody nobody is kept, and what they say is read once its week is over, as what is said by a single-use
    code. What is answered is a short code by which to ask, in person, what came of it; nothing shows it again."""
    use, earlier = await call.key()
    # Of what lies in the box nothing is kept by which its key finds it: its id is made of the key, so that the same
    # code is answered again.
    id = None if use is None else call.runtime.codes(f"complaint {use.actor} {use.key}")[0]
    if id is not None and earlier is not None and earlier.subject is None:
        told = await call.run(lambda begin: complaints.again_in_custody(begin, id))
    else:
        told = await call.once(
            Complaint, lambda begin: complaints.complain(begin, **body.given(), id=id), complaints.again
        )
    return call.plain({"code": told.code}, 201)


COMPLAINTS.shows("One complaint, in codes. `code` is what whoever complained was given.")
COMPLAINTS.moves(
    "look-into",
    LookInto,
    complaints.look_into,
    "Take it up, or again where the answer is not taken; and say who of the staff it is about, who then reaches it no"
    " more: that says another person than looked into it last, and that it was not he but another says the monitoring"
    " board alone. Safer custody (safety), governor or monitoring board (oversight). Needs `If-Match`.",
    name="lookIntoComplaint",
)
COMPLAINTS.moves(
    "decide",
    DecideComplaint,
    complaints.decide,
    "Say what was found and what is answered: somebody who never looked into it or decided it before. Needs"
    " `If-Match`.",
    verb=Verb.DECIDE_COMPLAINT,
)

REGISTERS = (COMPLAINTS,)

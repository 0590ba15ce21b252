"""Conduct over HTTP: requests of closed-policy schemes that were not met, and their review (rules 2, 6 and 19)."""

from starlette.responses import Response

from api.guarded import CallDep, operation
from api.routes.register import Register
from api.routes.shapes import Body, Day, Flag, Nothing, Prison, Wing
from api.routes.tallies import Receipt
from domain.confidentiality.verbs import Verb
from domain.sessions import conduct, disputing, holding
from domain.sessions.codes import RefusalCode
from domain.sessions.conduct import Account, Conduct, ConductVerdict, Reconciliation, Review, UnmetAs
from domain.sessions.holding import EnvelopeHold, HoldStands


class ReviewConduct(Body):
    """What a talk with those concerned found."""

    verdict: ConductVerdict


CONDUCT = Register(
    Conduct,
    "conduct-records",
    many="conduct records",
    reads=Verb.READ_CONDUCT,
    writes=Verb.REVIEW_CONDUCT,
    tag="requests",
    under=None,
)
CONDUCT.lists(
    "Requests of closed-policy schemes that were not met: when, where, why, and by whose word; never who asked, nor"
    " who was asked. A delay that is improper, or claimed, is one too, by its day alone, whatever came of the request."
    " They appear two hours after their band. Safer custody (safety) and governor (oversight), but of"
    " what one of them did; monitoring board and inspectorate (oversight). Never whoever had a part in it.",
    order="at",
    review=(Review, "Only where the review stands so."),
    ended=(UnmetAs, "Only those that ended so."),
    code=(RefusalCode, "Only with this code."),
    reconciled=(Reconciliation, "Only where the account of those concerned lies so beside that of the staff."),
)
CONDUCT.shows("One of them. `overdue`: its review has waited for more than seven days.")
CONDUCT.moves(
    "review",
    ReviewConduct,
    conduct.review,
    "Say in a code what was found of an improper code or a claim. Safer custody (safety), governor or monitoring board"
    " (oversight): never whoever had a part in it. Needs `If-Match`.",
)


class HandInDispute(Body):
    """What somebody concerned says of a request that was not met, in a code. No name, and no words."""

    says: Account
    wing: Wing
    on: Day
    """The day; of a night, the one on which it began or ended."""
    open_window: Flag = False
    """Whether he wishes that the sealed envelopes of that day be opened outside."""


@operation(
    CONDUCT.routes,
    "POST",
    "/v1/disputes",
    Verb.HAND_IN_DISPUTE,
    name="handInDispute",
    summary="Say that it was not so",
    shows=Receipt,
    status=201,
    key_required=True,
)
async def hand_in_dispute(call: CallDep, body: HandInDispute) -> Response:
    """For twenty-eight days. A person in custody says that he asked or did not withdraw, a supporter that he was not
    asked or that nothing came of it (support). The answer is one constant receipt, and nothing shows it again: it is
    kept beside what staff recorded, for others to review. Needs an `Idempotency-Key`."""
    return await call.hand_in(lambda begin: disputing.hand_in(begin, **body.given()), disputing.RECEIPT)


class RecordDeath(Body):
    """In which prison, and on which day. Nobody is named: it is the same whoever died."""

    prison: Prison
    on: Day


HOLDS = Register(
    EnvelopeHold,
    "envelope-holds",
    many="envelope holds",
    reads=Verb.READ_ENVELOPE_HOLD,
    writes=Verb.RECORD_DEATH,
    tag="requests",
    under=None,
)
HOLDS.lists(
    "After a death: of which days the sealed envelopes are kept. Orderly officer (operations), safer custody (safety),"
    " governor and monitoring board (oversight).",
    order="recorded_at",
    state=(HoldStands, "Only those that stand so."),
)
HOLDS.adds(
    RecordDeath,
    holding.record_death,
    "Record a death in the prison, within a week. All envelopes of the thirty days before are kept, whoever asked, and"
    " support is offered to every active supporter. What is recorded later about the time before is marked `afterHold`."
    " Orderly officer (operations) or governor (oversight).",
    name="recordDeath",
)
HOLDS.shows("One of them. `deletedOn`: what it had kept beyond its time was deleted.")
HOLDS.moves(
    "lift",
    Nothing,
    holding.lift,
    "Lift it: what should have been deleted is deleted with the next batch. Monitoring board (oversight). Needs"
    " `If-Match`.",
    verb=Verb.LIFT_ENVELOPE_HOLD,
    name="liftEnvelopeHold",
)

REGISTERS = (CONDUCT, HOLDS)

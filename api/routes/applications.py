"""What becomes of an application besides a yes or a no, over HTTP: put off, waiting, called, taken back, appealed."""

from starlette.responses import Response

from api.guarded import CallDep, operation, router
from api.routes.recruiting import TOTALS
from api.routes.register import SchemePath
from api.routes.shapes import PAGE, Body, Cursor, Day, IdPath, Limit, Nothing
from api.wire import model, page_model
from domain.confidentiality.verbs import Verb
from domain.supporters.record import Supporter
from domain.supporters.recruiting import deciding
from domain.supporters.recruiting.application import AppealOutcome, Application, DeferralReason, OutOfTurn

routes = router("recruiting")
_Shown = model(Supporter)


class Defer(Body):
    """Why, and until when."""

    reason: DeferralReason
    review_on: Day


class Reopen(Body):
    """Why he is called though it is not his turn; null: it is, or he did not wait."""

    out_of_turn: OutOfTurn | None = None


class Hear(Body):
    """What comes of the appeal."""

    outcome: AppealOutcome


@operation(
    routes,
    "GET",
    "/v1/schemes/{id}/waiting-list",
    Verb.READ_WAITING_LIST,
    name="listWaiting",
    summary="The waiting list",
    shows=page_model(Application, totals=TOTALS),
)
async def list_waiting(call: CallDep, id: SchemePath, limit: Limit = PAGE, cursor: Cursor = None) -> Response:
    """Who waits for a place, in order: the better score first, then the earlier day. Coordinator (recruitment)."""
    filters = {"scheme": id}
    return await call.list_(Application, deciding.waiting, limit=limit, cursor=cursor, filters=filters, order="turn")


@operation(
    routes,
    "POST",
    "/v1/supporters/{id}/defer",
    Verb.DEFER_SUPPORTER,
    name="deferApplication",
    summary="Put an application off",
    shows=_Shown,
)
async def defer(call: CallDep, id: IdPath, body: Defer) -> Response:
    """Not now, but by a day. Coordinator (recruitment). Needs `If-Match`."""
    source = call.runtime.prison
    return await call.move(Supporter, lambda begin: deciding.defer(begin, source, id, seen=call.seen, **body.given()))


@operation(
    routes,
    "POST",
    "/v1/supporters/{id}/waitlist",
    Verb.WAITLIST_SUPPORTER,
    name="waitlistApplication",
    summary="Put an applicant on the waiting list",
    shows=_Shown,
)
async def waitlist(call: CallDep, id: IdPath, body: Nothing) -> Response:
    """Good enough, and no place free. Coordinator (recruitment). Needs `If-Match`."""
    return await call.move(Supporter, lambda begin: deciding.waitlist(begin, id, seen=call.seen))


@operation(
    routes,
    "POST",
    "/v1/supporters/{id}/reopen",
    Verb.REOPEN_SUPPORTER,
    name="reopenApplication",
    summary="Look at an application again",
    shows=_Shown,
)
async def reopen(call: CallDep, id: IdPath, body: Reopen) -> Response:
    """What was put off is looked at again; who waits is called, in his turn or with a reason. Coordinator
    (recruitment). Needs `If-Match`."""
    return await call.move(Supporter, lambda begin: deciding.reopen(begin, id, seen=call.seen, **body.given()))


@operation(
    routes,
    "POST",
    "/v1/supporters/{id}/withdraw",
    Verb.WITHDRAW_SUPPORTER,
    name="withdrawApplication",
    summary="Take an application back",
    shows=_Shown,
)
async def withdraw(call: CallDep, id: IdPath, body: Nothing) -> Response:
    """The applicant himself, or the coordinator for him (recruitment). No reason is asked. Needs `If-Match`."""
    return await call.move(Supporter, lambda begin: deciding.withdraw(begin, id, seen=call.seen))


@operation(
    routes,
    "POST",
    "/v1/supporters/{id}/appeal",
    Verb.APPEAL_SUPPORTER,
    name="appealRejection",
    summary="Appeal a rejection",
    shows=_Shown,
)
async def appeal(call: CallDep, id: IdPath, body: Nothing) -> Response:
    """Once, within fourteen days: the applicant himself, or the coordinator for him (recruitment). Needs `If-Match`."""
    return await call.move(Supporter, lambda begin: deciding.appeal(begin, id, seen=call.seen))


@operation(
    routes,
    "POST",
    "/v1/supporters/{id}/decide-appeal",
    Verb.HEAR_SUPPORTER,
    name="hearAppeal",
    summary="Decide on an appeal",
    shows=_Shown,
)
async def decide_appeal(call: CallDep, id: IdPath, body: Hear) -> Response:
    """Upheld, the application is open again; or dismissed. Governor (oversight), who did not decide on it. Needs
    `If-Match`."""
    return await call.move(Supporter, lambda begin: deciding.hear(begin, id, seen=call.seen, **body.given()))

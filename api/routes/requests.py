"""Access requests over HTTP. Any answer to LIFE_AT_RISK says what to do now (rule 5)."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import Query
from pydantic import BaseModel, Field, create_model
from starlette.responses import Response

from api import language
from api.before_unlocking import before_you_unlock
from api.call import Call, disclosed
from api.guarded import CallDep, operation, router
from api.problems.answers import Answers
from api.routes import terms
from api.routes.shapes import (
    PAGE,
    Body,
    Cell,
    Cursor,
    Flag,
    IdPath,
    Instant,
    Language,
    Limit,
    Nothing,
    Prison,
    Recipient,
    Wing,
)
from api.routes.terms import WithTerms
from api.wire import model, page_model
from domain.confidentiality.verbs import Verb
from domain.schemes.told import told_of
from domain.sessions import answering, asking
from domain.sessions.codes import Alternative, Channel, Need, Place, RefusalCode, StageOfSentence, Urgency
from domain.sessions.delays import DelayCode, HeldUpBy
from domain.sessions.request import Request, RequestState

routes = router("requests")
_Shown = model(Request)


class DoNow(BaseModel):
    """What to do now, where a life may be at risk; null otherwise."""

    doThisNow: Annotated[str, Field(max_length=1000)] | None = None
    doThisNowLanguage: language.Language | None = None
    doThisNowInLanguageAsked: bool | None = None


_Asked = create_model(
    "AskedRequest",
    __base__=(_Shown, DoNow, WithTerms),
    __doc__="The request as it was recorded: what its scheme is for; what to do now, where a life may be at risk.",
)


_Offered = create_model(
    "OfferedRequest",
    __base__=(_Shown, WithTerms),
    __doc__="The request as it was offered, with what its scheme is for: to be said to the supporter with the offer.",
)


class Checks(BaseModel):
    """What to look up before a door is opened: the same words with every answer, whatever it is (rule 11)."""

    beforeYouUnlock: Annotated[str, Field(max_length=200)]
    beforeYouUnlockLanguage: language.Language


_Answered = create_model(
    "AnsweredRequest",
    __base__=(_Shown, Checks),
    __doc__="The request as it was answered, and what to look up before anybody unlocks: always the same words.",
)


class Asking(Body):
    """What is asked for."""

    need: Need
    channel: Channel
    urgency: Urgency
    wing: Wing
    prison: (
        Annotated[Prison, Field(description="Staff always say it; of whoever asks for himself it is where he is.")]
        | None
    ) = None
    cell: Cell | None = None
    recipient: Recipient | None = None
    language: Language | None = None
    first_night: Flag = False
    stage_of_sentence: StageOfSentence | None = None
    not_wanted: (
        Annotated[
            list[UUID], Field(max_length=10, description="Supporters whom he would not have; taken whoever they are.")
        ]
        | None
    ) = None


class Ask(Asking):
    """Someone asks for support. Identity is optional; a person in custody asks for himself and names nobody.
    `stageOfSentence` is kept under an open policy, and left out under a closed one."""

    occurred_at: Instant | None = None


class Happened(Body):
    """When it happened, if not now. Facts are accepted late, and marked."""

    occurred_at: Instant | None = None


class Offer(Happened):
    """Whom to ask; nobody named: the next who can be asked."""

    supporter: UUID | None = None


class Answer(Happened):
    """The supporter's yes or no. A no has no reason."""

    accepted: Flag


class Unlock(Happened):
    """Where they meet."""

    place: Place


class Refuse(Happened):
    """Why not, in a code, and what was offered instead."""

    code: RefusalCode
    alternative: Alternative
    decided_by: HeldUpBy | None = None
    """The role of whoever decided so, where it was not you; then nobody is named, and it goes up."""


class DelayIt(Happened):
    """What holds it up, in a code."""

    code: DelayCode
    by: HeldUpBy | None = None
    """The role of whoever holds it up, where it is not you; he is not named."""


@operation(
    routes,
    "POST",
    "/v1/requests",
    Verb.ASK,
    name="askForSupport",
    summary="Ask for support",
    shows=_Asked,
    status=201,
    key_required=True,
    tagged=False,
)
async def ask(call: CallDep, body: Ask) -> Response:
    """Record that someone asks. Any member of staff, or a person in custody for himself (support). Needs an
    `Idempotency-Key`, because a device may send it twice. LIFE_AT_RISK is recorded and never queued: shout, ring the
    bell, use the radio; a Listener besides is asked for with a request of its own. `terms` say what the scheme is for,
    in English or Welsh by `Accept-Language`."""
    asked = await call.once(Request, lambda begin: asking.ask(begin, **body.given()), told_of)
    # Who asks sees little of it; who goes on with it reads it first, and has its tag from there.
    return call.made(asked.view, {**do_now(call, body.urgency), **terms.members(call, asked)}, tagged=False)


def do_now(call: Call, urgency: Urgency) -> dict[str, Any]:
    """What to do now, where a life may be at risk (rule 5)."""
    if urgency is not Urgency.LIFE_AT_RISK:
        return {}
    answers: Answers = call.request.app.state.answers
    return answers.do_this_now.instruction(language.of(call.request.scope)).members()


@operation(
    routes, "GET", "/v1/requests", Verb.READ_REQUEST, name="listRequests", summary="Requests", shows=page_model(Request)
)
async def list_requests(
    call: CallDep,
    state: Annotated[RequestState | None, Query(description="Only requests in this state.")] = None,
    limit: Limit = PAGE,
    cursor: Cursor = None,
) -> Response:
    """The live requests in reach: of the wings that an officer has declared, of the prison tonight for the orderly
    officer; of open-policy schemes for those who run or oversee them."""
    return await call.list_(Request, answering.search, limit=limit, cursor=cursor, filters={"state": state})


@operation(
    routes, "GET", "/v1/requests/{id}", Verb.READ_REQUEST, name="getRequest", summary="One request", shows=_Shown
)
async def get_request(call: CallDep, id: IdPath) -> Response:
    """One live request, until the band's end plus two hours."""
    return await call.show(lambda begin: answering.read(begin, id))


def _moved(path: str, verb: Verb, name: str, summary: str, shows: Any = _Shown) -> Any:
    return operation(routes, "POST", f"/v1/requests/{{id}}/{path}", verb, name=name, summary=summary, shows=shows)


@_moved("offer", Verb.OFFER_REQUEST, "offerRequest", "Offer it to a supporter", _Offered)
async def offer(call: CallDep, id: IdPath, body: Offer) -> Response:
    """Offer it to the next supporter. One who cannot be asked, for whatever reason, is NOT_AVAILABLE. Check
    non-associations in DPS before you unlock, whatever this service says. CLEARED_YES_NEEDED: nobody can say now from
    whom the recipient is kept apart, and a cleared person says first that it may be offered. `terms` go with the offer
    to the supporter: what the scheme is for, and what he may be asked to do and what not. Needs `If-Match`."""
    apart = call.runtime.apart
    told = await call.once(
        Request, lambda begin: answering.offer(begin, apart, id, seen=call.seen, **body.given()), told_of
    )
    return call.answer(told.view, told=terms.members(call, told))


@_moved("answer", Verb.ANSWER_OFFER, "answerOffer", "Pass on the supporter's answer", _Answered)
async def answer(call: CallDep, id: IdPath, body: Answer) -> Response:
    """Yes or no; a no has no reason, and is nobody's performance. `beforeYouUnlock` says what to look up first, in the
    same words always, in English or Welsh by `Accept-Language`. Needs `If-Match`."""
    view = await call.once(
        Request, lambda begin: answering.answer(begin, id, seen=call.seen, **body.given()), disclosed
    )
    return call.answer(view, told=before_you_unlock(language.of(call.request.scope)))


@_moved("clear-offers", Verb.CLEAR_OFFERS, "clearOffers", "Say that it may be offered")
async def clear_offers(call: CallDep, id: IdPath, body: Nothing) -> Response:
    """While nobody can say from whom the recipient is kept apart, it is offered only once a cleared person has looked
    himself, and said so. Orderly officer of tonight (support); of an open policy safer custody (safety). Needs
    `If-Match`."""
    return await call.move(Request, lambda begin: answering.clear(begin, id, seen=call.seen))


@_moved("unlock", Verb.UNLOCK_REQUEST, "unlockRequest", "Unlock: they meet")
async def unlock(call: CallDep, id: IdPath, body: Unlock) -> Response:
    """The wait is over. Observations of a person at risk go on as before. Needs `If-Match`."""
    return await call.move(Request, lambda begin: answering.unlock(begin, id, seen=call.seen, **body.given()))


@_moved("complete", Verb.COMPLETE_REQUEST, "completeRequest", "It is over")
async def complete(call: CallDep, id: IdPath, body: Happened) -> Response:
    """The supporter is back. Nothing is asked about what was said. Needs `If-Match`."""
    return await call.move(Request, lambda begin: answering.complete(begin, id, seen=call.seen, **body.given()))


@_moved("refuse", Verb.REFUSE_REQUEST, "refuseRequest", "Refuse it, with a code")
async def refuse(call: CallDep, id: IdPath, body: Refuse) -> Response:
    """It is refused or cannot be done: a code, never words. Needs `If-Match`."""
    return await call.move(Request, lambda begin: answering.refuse(begin, id, seen=call.seen, **body.given()))


@_moved("delay", Verb.DELAY_REQUEST, "delayRequest", "Say what holds it up")
async def delay(call: CallDep, id: IdPath, body: DelayIt) -> Response:
    """Why it waits, and by which role, from fixed lists; for offer, acceptance or unlocking, as it stands. It ends
    nothing, and nothing that was told before is told over. An improper one is reviewed as an improper refusal is. Needs
    `If-Match`."""
    return await call.move(Request, lambda begin: answering.delay(begin, id, seen=call.seen, **body.given()))


@_moved("withdraw", Verb.WITHDRAW_REQUEST, "withdrawRequest", "Note a withdrawal that was claimed")
async def withdraw(call: CallDep, id: IdPath, body: Happened) -> Response:
    """He no longer wants it, says whoever types this: a claim until confirmed. Needs `If-Match`."""
    return await call.move(Request, lambda begin: answering.withdraw(begin, id, seen=call.seen, **body.given()))

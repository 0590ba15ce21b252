"""What each move makes of a request. One place, for moves that are made one by one as they happen, and for a night's
sheet that tells them all afterwards."""

import dataclasses
from datetime import datetime
from typing import Final

from domain.kernel.ids import ActorId, SupporterId
from domain.kernel.moves import move, require
from domain.sessions.codes import GROUND_OF, Alternative, Place, RefusalCode, RefusalGround, to_review
from domain.sessions.delays import MOST, Delay, DelayCode, HeldUpBy, WaitFor, as_refusal
from domain.sessions.request import REQUEST_MOVES, Request, RequestState, clocked, minutes

WAITS: Final = {
    RequestState.RECEIVED: WaitFor.OFFER,
    RequestState.OFFERED: WaitFor.ACCEPTANCE,
    RequestState.ACCEPTED: WaitFor.UNLOCKING,
}
"""What a request waits for where it stands so."""


def offered(request: Request, to: SupporterId, at: datetime) -> Request:
    """A supporter is asked. The wait for an offer ends with the first."""
    state = move(REQUEST_MOVES, request.state, RequestState.OFFERED)
    return clocked(
        dataclasses.replace(request, state=state, offered_to=to, offered_at=request.offered_at or at),
    )


def answered(request: Request, accepted: bool, at: datetime) -> Request:
    """His yes, or his no: then the next may be asked."""
    if accepted:
        state = move(REQUEST_MOVES, request.state, RequestState.ACCEPTED)
        return clocked(dataclasses.replace(request, state=state, accepted_at=at))
    asked = () if request.offered_to is None else (request.offered_to,)
    state = move(REQUEST_MOVES, request.state, RequestState.RECEIVED)
    declined = (*request.declined_by, *asked)
    return clocked(dataclasses.replace(request, state=state, offered_to=None, declined_by=declined))


def unlocked(request: Request, place: Place, at: datetime) -> Request:
    """They meet: the wait is over."""
    state = move(REQUEST_MOVES, request.state, RequestState.IN_PROGRESS)
    return clocked(dataclasses.replace(request, state=state, place=place, unlocked_at=at))


def completed(request: Request, at: datetime) -> Request:
    """The supporter is back."""
    state = move(REQUEST_MOVES, request.state, RequestState.COMPLETED)
    return clocked(dataclasses.replace(request, state=state, ended_at=at))


def delayed(request: Request, delay: Delay, at: datetime) -> Request:
    """It is held up, and stands where it stood. What was told of it before is never told over."""
    require(
        (request.state in WAITS, f"STATE_{request.state.value}"),
        (_so_far(request, delay.code) < MOST, "TOO_MANY_DELAYS"),
    )
    return dataclasses.replace(
        request,
        delay_codes=(*request.delay_codes, delay.code),
        delay_roles=(*request.delay_roles, delay.role),
        delay_waits=(*request.delay_waits, WAITS[request.state]),
        delay_minutes=(*request.delay_minutes, minutes(request.asked_at, at) or 0),
        delay_actors=(*request.delay_actors, delay.by),
    )


def _so_far(request: Request, code: DelayCode) -> int:
    """How often it was told before. What another is to review is counted by itself: else it could be kept out by much
    of what none reviews."""
    reviewed = to_review(as_refusal(code))
    return sum(to_review(as_refusal(each)) is reviewed for each in request.delay_codes)


def refused(
    request: Request,
    by: ActorId | None,
    role: HeldUpBy | None,
    code: RefusalCode,
    alternative: Alternative,
    at: datetime,
) -> Request:
    """It is refused or cannot be done; `by`, in that role, decided so. None: it is not said who, or in which."""
    return clocked(
        dataclasses.replace(
            request,
            state=move(REQUEST_MOVES, request.state, RequestState.REFUSED),
            refusal_code=code,
            refusal_ground=GROUND_OF[code],
            refused_by=by,
            refused_by_role=role,
            alternative=alternative,
            ended_at=at,
        )
    )


def withdrawn(request: Request, by: ActorId | None, role: HeldUpBy | None, at: datetime) -> Request:
    """He no longer wants it, says `by`, in that role: a claim until confirmed (rule 6). None: it is not said who."""
    return clocked(
        dataclasses.replace(
            request,
            state=move(REQUEST_MOVES, request.state, RequestState.WITHDRAWN),
            refusal_code=RefusalCode.WITHDRAWN_CLAIMED,
            refusal_ground=RefusalGround.RECIPIENT,
            refused_by=by,
            refused_by_role=role,
            ended_at=at,
        )
    )

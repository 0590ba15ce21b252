"""Answering a request: offer, answer, unlock, complete; or say what holds it up, refuse it with a code, or note a
withdrawal that was claimed.

A supporter declines freely and without a reason. Nobody below clearance gets a list of who could be asked: only the
next offer, in a fixed order (rule 11; `domain.sessions.matching` says which).
"""

import dataclasses
from datetime import datetime
from typing import Final
from uuid import UUID

from domain import looking
from domain.act import Act, Begin
from domain.confidentiality.disclosure import Tag, View
from domain.confidentiality.verbs import Verb
from domain.kernel.errors import Unacceptable
from domain.kernel.ids import ActorId
from domain.kernel.moves import move, require
from domain.kernel.pages import Page
from domain.ports import KeptApart, Query
from domain.schemes.record import Scheme
from domain.schemes.told import Told, told
from domain.sessions import delays, moves, offering
from domain.sessions.asking import Marks, happened
from domain.sessions.codes import Alternative, Place, RefusalCode
from domain.sessions.delays import DelayCode, HeldUpBy
from domain.sessions.request import REQUEST_MOVES, Request, RequestState

OPEN_STATES: Final = (
    RequestState.LIFE_AT_RISK,
    RequestState.RECEIVED,
    RequestState.OFFERED,
    RequestState.ACCEPTED,
    RequestState.IN_PROGRESS,
)
"""What is open, in the order in which a board shows it."""


async def read(begin: Begin, id: UUID) -> View[Request]:
    """One live request."""
    return await looking.one(begin, Verb.READ_REQUEST, Request, id)


async def search(begin: Begin, query: Query) -> Page[View[Request]]:
    """The live requests in reach."""
    return await looking.many(begin, Verb.READ_REQUEST, Request, query)


async def offer(
    begin: Begin,
    source: KeptApart,
    id: UUID,
    *,
    seen: Tag,
    supporter: UUID | None = None,
    occurred_at: datetime | None = None,
) -> Told[Request]:
    """Offer it to the next supporter who can be asked, or to the one named. One who cannot be asked, for whatever
    reason, is NOT_AVAILABLE: the reason is never told (rule 11), nor is it where nobody is left. Whoever passes the
    offer on has with it what the scheme is for, and what the supporter may be asked to do and may not (S6)."""
    async with begin.serially(Verb.OFFER_REQUEST) as act:
        request = await act.fetch(Request, id, seen=seen)
        move(REQUEST_MOVES, request.state, RequestState.OFFERED)
        at, marks = await happened(act, occurred_at, request.jurisdiction, request.prison, request)
        scheme = None if request.scheme is None else await act.known_one(Scheme, request.scheme)
        chosen = await offering.chosen(act, source, request, scheme, supporter, at)
        return await told(act, _changed(act, request, moves.offered(request, chosen, at), marks=marks), scheme)


async def answer(
    begin: Begin, id: UUID, *, seen: Tag, accepted: bool, occurred_at: datetime | None = None
) -> View[Request]:
    """The supporter's yes or no, as passed on. A no has no reason, and is nobody's performance."""
    async with begin(Verb.ANSWER_OFFER) as act:
        request = await act.fetch(Request, id, seen=seen)
        require((request.state is RequestState.OFFERED, f"STATE_{request.state.value}"))
        at, marks = await happened(act, occurred_at, request.jurisdiction, request.prison, request)
        return _kept(act, request, moves.answered(request, accepted, at), marks=marks)


async def unlock(
    begin: Begin, id: UUID, *, seen: Tag, place: Place, occurred_at: datetime | None = None
) -> View[Request]:
    """The door is open, or the call is through: the wait is over. Any observations of the person go on as before."""
    async with begin(Verb.UNLOCK_REQUEST) as act:
        request = await act.fetch(Request, id, seen=seen)
        move(REQUEST_MOVES, request.state, RequestState.IN_PROGRESS)
        at, marks = await happened(act, occurred_at, request.jurisdiction, request.prison, request)
        return _kept(act, request, moves.unlocked(request, place, at), marks=marks)


async def complete(begin: Begin, id: UUID, *, seen: Tag, occurred_at: datetime | None = None) -> View[Request]:
    """It is over; the supporter is back. Nothing is asked about what was said."""
    async with begin(Verb.COMPLETE_REQUEST) as act:
        request = await act.fetch(Request, id, seen=seen)
        move(REQUEST_MOVES, request.state, RequestState.COMPLETED)
        at, marks = await happened(act, occurred_at, request.jurisdiction, request.prison, request)
        return _kept(act, request, moves.completed(request, at), marks=marks)


async def refuse(
    begin: Begin,
    id: UUID,
    *,
    seen: Tag,
    code: RefusalCode,
    alternative: Alternative,
    decided_by: HeldUpBy | None = None,
    occurred_at: datetime | None = None,
) -> View[Request]:
    """It is refused or cannot be done, with a code and what was offered instead. Who decided stands in the record: who
    says so, in his role; or somebody else in the role that he names, and then nobody's name (`night_sheet.End`)."""
    async with begin(Verb.REFUSE_REQUEST) as act:
        if wrong := delays.not_staff(decided_by, code, "/decidedBy"):
            raise Unacceptable(wrong)
        request = await act.fetch(Request, id, seen=seen)
        move(REQUEST_MOVES, request.state, RequestState.REFUSED)
        at, marks = await happened(act, occurred_at, request.jurisdiction, request.prison, request)
        by = ActorId(act.viewer.actor) if decided_by is None else None
        role = decided_by or delays.own_role(act.viewer.role)
        return _kept(act, request, moves.refused(request, by, role, code, alternative, at), marks=marks)


async def delay(
    begin: Begin,
    id: UUID,
    *,
    seen: Tag,
    code: DelayCode,
    by: HeldUpBy | None = None,
    occurred_at: datetime | None = None,
) -> View[Request]:
    """It is held up: why, and by whom; who says so himself, or somebody else of the role that he names. It waits on."""
    async with begin(Verb.DELAY_REQUEST) as act:
        if wrong := delays.misplaced(code, by, "/by"):
            raise Unacceptable(wrong)
        request = await act.fetch(Request, id, seen=seen)
        told = delays.told_delay(code, by, ActorId(act.viewer.actor), act.viewer.role)
        at, marks = await happened(act, occurred_at, request.jurisdiction, request.prison, request)
        return _kept(act, request, moves.delayed(request, told, at), marks=marks)


async def clear(begin: Begin, id: UUID, *, seen: Tag) -> View[Request]:
    """A cleared person says that it may be offered, while nobody can say from whom the recipient is kept apart: he has
    looked himself (rule 11). The answer is the same whatever he found, and nothing of it is kept."""
    async with begin(Verb.CLEAR_OFFERS) as act:
        request = await act.fetch(Request, id, seen=seen)
        require(
            (request.state is RequestState.RECEIVED, f"STATE_{request.state.value}"),
            (request.cleared_by is None, "ALREADY_CLEARED"),
        )
        cleared = dataclasses.replace(request, cleared_by=ActorId(act.viewer.actor))
        return _kept(act, request, cleared, marks=Marks())


async def withdraw(begin: Begin, id: UUID, *, seen: Tag, occurred_at: datetime | None = None) -> View[Request]:
    """The recipient no longer wants it, says whoever types this: a claim until confirmed, and unmet in every count
    (rule 6)."""
    async with begin(Verb.WITHDRAW_REQUEST) as act:
        request = await act.fetch(Request, id, seen=seen)
        move(REQUEST_MOVES, request.state, RequestState.WITHDRAWN)
        at, marks = await happened(act, occurred_at, request.jurisdiction, request.prison, request)
        role = delays.own_role(act.viewer.role)
        return _kept(act, request, moves.withdrawn(request, ActorId(act.viewer.actor), role, at), marks=marks)


def _kept(act: Act, was: Request, now: Request, *, marks: Marks) -> View[Request]:
    return act.disclose(_changed(act, was, now, marks=marks))


def _changed(act: Act, was: Request, now: Request, *, marks: Marks) -> Request:
    changed = dataclasses.replace(now, **marks.beside(was))
    act.keep(changed, was=was)
    return changed

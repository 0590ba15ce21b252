"""A night's sheet: one request told afterwards and whole, from the asking to the end, each part with its own time
(rule 13).

At ten past two nobody reads a record, sends its tag back and waits, five times over: what happened stands on paper, and
one act types it in. It makes the moves that would have been made one by one, in their order. Facts are accepted late,
and marked (rule 18); so nobody is asked whether a supporter could be had, for he was. That holds of what is over and of
nothing else: an offer that still waits for its answer, or for the unlocking, is an intention, and is made as any other
is, behind its gates (rules 11 and 18). Either all of it is recorded or nothing, and all that is wrong with it is told
at once.
"""

import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from domain.act import Act, Begin
from domain.confidentiality.verbs import Verb
from domain.kernel.errors import Failure, Unacceptable
from domain.kernel.ids import ActorId, SupporterId
from domain.ports import Query
from domain.schemes.record import Scheme
from domain.schemes.told import Told, told
from domain.sessions import alike, delays, moves
from domain.sessions.asking import AHEAD, LATE_AFTER, recorded
from domain.sessions.codes import Alternative, Place, RefusalCode
from domain.sessions.delays import Delay, DelayCode, HeldUpBy, WaitFor, told_delay
from domain.sessions.request import REQUEST_MOVES, Request, RequestState
from domain.supporters.record import Supporter


class Ended(StrEnum):
    """How it came to an end."""

    COMPLETED = "COMPLETED"
    REFUSED = "REFUSED"
    WITHDRAWN = "WITHDRAWN"
    """So it was said: a claim until confirmed (rule 6)."""


@dataclass(frozen=True, slots=True)
class Answered:
    """Yes or no, and when."""

    accepted: bool
    occurred_at: datetime


@dataclass(frozen=True, slots=True)
class Offered:
    """Who was asked, when, and what he said; None: he has not answered."""

    supporter: UUID
    occurred_at: datetime
    answer: Answered | None


@dataclass(frozen=True, slots=True)
class Unlocked:
    """Where they met, and since when."""

    place: Place
    occurred_at: datetime


@dataclass(frozen=True, slots=True)
class HeldUp:
    """What held it up, in which part of the wait, since when, and by which role. `by_me`: it was whoever types the
    sheet; else nobody is said to have (`End`)."""

    code: DelayCode
    waited_for: WaitFor
    occurred_at: datetime
    by: HeldUpBy
    by_me: bool = False


@dataclass(frozen=True, slots=True)
class End:
    """How it ended, and when; of a refusal with its code, and what was offered instead. `decided_by_me`: whoever types
    the sheet decided so. Else nobody is said to have, and it goes up: he who did may be any of those who review it, and
    to take the typist's name for his would leave him its reader (rule 6). `decided_by`: in which role."""

    how: Ended
    occurred_at: datetime
    code: RefusalCode | None
    alternative: Alternative | None
    decided_by_me: bool = False
    decided_by: HeldUpBy | None = None


@dataclass(frozen=True, slots=True)
class Story:
    """What came of it after it was asked for."""

    offers: Sequence[Offered] = ()
    delays: Sequence[HeldUp] = ()
    unlock: Unlocked | None = None
    end: End | None = None


async def record(
    begin: Begin, *, story: Story, occurred_at: datetime, another: bool = False, **asked: Any
) -> Told[Request]:
    """All of it, in one transaction and with one line in the ledger. A story that has not ended goes on from where the
    sheet leaves it: nobody is asked any more, or they meet. `another`: it is not the one that is there already and
    looks like it (X25)."""
    async with begin.serially(Verb.RECORD_NIGHT_SHEET) as act:
        at_risk = asked["urgency"].value == "LIFE_AT_RISK"
        wrong = [*_misordered(story, at_risk), *_misdated(act, story, occurred_at), *_of_two(act, story)]
        try:
            request, scheme = await recorded(act, occurred_at=occurred_at, was_answered=bool(story.offers), **asked)
        except Unacceptable as refused:
            raise Unacceptable([*refused.failures, *wrong]) from None
        act.within_reach(request)  # before anything is said of who serves there
        if wrong := [*wrong, *await _strangers(act, story, scheme)]:
            raise Unacceptable(wrong)
        await alike.offered(act, request, ("wing", "need", "band"), lambda there: _alike(there, request), another)
        told_so = _told(act, request, story)
        late = any(act.now - at > LATE_AFTER for at in (occurred_at, *(each.occurred_at for each in _in_order(story))))
        kept = dataclasses.replace(told_so, late=late)
        act.keep(kept)
        return await told(act, kept, scheme)


def _alike(one: Request, other: Request) -> bool:
    """Two sheets of a night and wing, about one time. A name or cell that both give, and that differs, makes two."""
    said = ((one.recipient, other.recipient), (one.cell, other.cell))
    same = all(this is None or that is None or this.casefold() == that.casefold() for this, that in said)
    return same and abs(one.asked_at - other.asked_at) <= alike.NEAR


def _told(act: Act, request: Request, story: Story) -> Request:
    """The request as it is after each of these moves."""
    now = act.now
    for step in _in_order(story):
        at = min(step.occurred_at, now)
        match step:
            case HeldUp():
                request = moves.delayed(request, _said(act, step), at)
            case Offered():
                request = moves.offered(request, SupporterId(step.supporter), at)
            case Answered():
                request = moves.answered(request, step.accepted, at)
            case Unlocked():
                request = moves.unlocked(request, step.place, at)
            case End():
                request = _ended(act, request, step, at)
    return request


def _said(act: Act, step: HeldUp) -> Delay:
    by = None if step.by_me else step.by
    return told_delay(step.code, by, ActorId(act.viewer.actor), act.viewer.role)


def _of_two(act: Act, story: Story) -> Iterator[Failure]:
    """What whoever types the sheet did himself, in the role of another."""
    for n, step in enumerate(story.delays):
        if step.by_me and step.by is not _said(act, step).role:
            yield Failure("ME_OR_ANOTHER", f"/delays/{n}/by")


def _ended(act: Act, request: Request, end: End, at: datetime) -> Request:
    by = ActorId(act.viewer.actor) if end.decided_by_me else None
    role = delays.own_role(act.viewer.role) if end.decided_by_me else end.decided_by
    match end:
        case End(Ended.COMPLETED):
            return moves.completed(request, at)
        case End(Ended.REFUSED, _, RefusalCode() as code, Alternative() as alternative):
            return moves.refused(request, by, role, code, alternative, at)
        case _:
            return moves.withdrawn(request, by, role, at)


_Step = HeldUp | Offered | Answered | Unlocked | End


def _in_order(story: Story) -> list[_Step]:
    """All of the story, each delay in the part of the wait that it is told of."""
    return [step for _, step in _placed(story)]


def _placed(story: Story) -> Iterator[tuple[str, _Step]]:
    """The same, with the place of each in the sheet. A delay stands before what ended that wait, and not before its
    time; one that fits nowhere is the last."""
    state, left = RequestState.RECEIVED, list(enumerate(story.delays))
    for path, step in _steps(story):
        for n, held in list(left):
            if moves.WAITS.get(state) is held.waited_for and held.occurred_at <= step.occurred_at:
                left.remove((n, held))
                yield f"/delays/{n}", held
        yield path, step
        state = _leads(step)
    for n, held in left:
        yield f"/delays/{n}", held


def _misdated(act: Act, story: Story, asked_at: datetime) -> Iterator[Failure]:
    """What lies ahead, and what is told to have been before what came before it. Whoever wrote it down had a watch that
    tells minutes."""
    last = asked_at
    for path, step in _placed(story):
        at = step.occurred_at
        if at > act.now + AHEAD:
            yield Failure("IN_THE_FUTURE", f"{path}/occurredAt")
        elif at < last.replace(second=0, microsecond=0):
            yield Failure("BEFORE_IT_BEGAN", f"{path}/occurredAt")
        last = max(last, at)


def _misordered(story: Story, at_risk: bool) -> Iterator[Failure]:
    """What could not be, after what is told before it: nobody is asked after a yes, nobody unlocks without one. And an
    offer that is left open: it would pass by its gates."""
    state, wrong = RequestState.LIFE_AT_RISK if at_risk else RequestState.RECEIVED, set[str]()
    for path, step in _placed(story):
        whole = path.removesuffix("/answer")
        if isinstance(step, HeldUp):
            if moves.WAITS.get(state) is not step.waited_for:
                yield Failure("NOT_IN_THIS_ORDER", path)
            yield from delays.misplaced(step.code, step.by, f"{path}/by")
        elif whole not in wrong and _leads(step) in REQUEST_MOVES[state]:
            state = _leads(step)
        elif whole not in wrong:
            wrong.add(whole)
            yield Failure("NOT_IN_THIS_ORDER", f"{whole}/how" if isinstance(step, End) else whole)
    end = story.end
    if end is None:
        if state in (RequestState.OFFERED, RequestState.ACCEPTED):
            yield Failure("OFFER_STILL_OPEN", f"/offers/{len(story.offers) - 1}")
        return
    for name, said in (("code", end.code), ("alternative", end.alternative)):
        if end.how is Ended.REFUSED and said is None:
            yield Failure("A_REFUSAL_SAYS_WHY", f"/end/{name}")
        elif end.how is not Ended.REFUSED and said is not None:
            yield Failure("GOES_WITH_A_REFUSAL", f"/end/{name}")
    if end.decided_by is not None:
        yield from _misdecided(end, end.decided_by)


def _misdecided(end: End, by: HeldUpBy) -> Iterator[Failure]:
    if end.how is not Ended.REFUSED:
        yield Failure("GOES_WITH_A_REFUSAL", "/end/decidedBy")
    elif end.decided_by_me:
        yield Failure("ME_OR_ANOTHER", "/end/decidedBy")
    yield from delays.not_staff(by, end.code, "/end/decidedBy")


def _leads(step: Offered | Answered | Unlocked | End) -> RequestState:
    """Where it leads."""
    match step:
        case Offered():
            return RequestState.OFFERED
        case Answered():
            return RequestState.ACCEPTED if step.accepted else RequestState.RECEIVED
        case Unlocked():
            return RequestState.IN_PROGRESS
        case End():
            return RequestState(step.how)


def _steps(story: Story) -> Iterator[tuple[str, Offered | Answered | Unlocked | End]]:
    """Each part of it, with its place in the sheet."""
    for n, offer in enumerate(story.offers):
        yield f"/offers/{n}", offer
        if offer.answer is not None:
            yield f"/offers/{n}/answer", offer.answer
    if story.unlock is not None:
        yield "/unlock", story.unlock
    if story.end is not None:
        yield "/end", story.end


async def _strangers(act: Act, story: Story, scheme: Scheme | None) -> list[Failure]:
    """Whoever is said to have been asked and is none of the scheme's. Where he stands now is not looked at: he was
    asked."""
    wrong: list[Failure] = []
    for n, offer in enumerate(story.offers):
        query = Query(equal={"id": offer.supporter, "scheme": None if scheme is None else scheme.id}, limit=1)
        if scheme is None or not await act.known(Supporter, query):
            wrong.append(Failure("NOT_OF_THIS_SCHEME", f"/offers/{n}/supporter"))
    return wrong

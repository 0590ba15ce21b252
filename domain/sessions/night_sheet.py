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
from domain.sessions import alike, moves
from domain.sessions.asking import AHEAD, LATE_AFTER, recorded
from domain.sessions.codes import Alternative, Place, RefusalCode
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
class End:
    """How it ended, and when; of a refusal with its code, and what was offered instead. `decided_by_me`: whoever types
    the sheet decided so. Else nobody is said to have, and it goes up: he who did may be any of those who review it, and
    to take the typist's name for his would leave him its reader (rule 6)."""

    how: Ended
    occurred_at: datetime
    code: RefusalCode | None
    alternative: Alternative | None
    decided_by_me: bool = False


@dataclass(frozen=True, slots=True)
class Story:
    """What came of it after it was asked for."""

    offers: Sequence[Offered] = ()
    unlock: Unlocked | None = None
    end: End | None = None


async def record(
    begin: Begin, *, story: Story, occurred_at: datetime, another: bool = False, **asked: Any
) -> Told[Request]:
    """All of it, in one transaction and with one line in the ledger. A story that has not ended goes on from where the
    sheet leaves it: nobody is asked any more, or they meet. `another`: it is not the one that is there already and
    looks like it (X25)."""
    async with begin.serially(Verb.RECORD_NIGHT_SHEET) as act:
        wrong = [*_misordered(story, asked["urgency"].value == "LIFE_AT_RISK"), *_misdated(act, story, occurred_at)]
        try:
            request, scheme = await recorded(act, occurred_at=occurred_at, was_answered=bool(story.offers), **asked)
        except Unacceptable as refused:
            raise Unacceptable([*refused.failures, *wrong]) from None
        act.within_reach(request)  # before anything is said of who serves there
        if wrong := [*wrong, *await _strangers(act, story, scheme)]:
            raise Unacceptable(wrong)
        await alike.offered(act, request, ("wing", "need", "band"), lambda there: _alike(there, request), another)
        told_so = _told(act, request, story)
        late = any(act.now - at > LATE_AFTER for _, at in (("", occurred_at), *_times(story)))
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
    by = ActorId(act.viewer.actor) if story.end is not None and story.end.decided_by_me else None
    for offer in story.offers:
        request = moves.offered(request, SupporterId(offer.supporter), min(offer.occurred_at, now))
        if offer.answer is not None:
            request = moves.answered(request, offer.answer.accepted, min(offer.answer.occurred_at, now))
    if story.unlock is not None:
        request = moves.unlocked(request, story.unlock.place, min(story.unlock.occurred_at, now))
    match story.end:
        case None:
            return request
        case End(Ended.COMPLETED, at):
            return moves.completed(request, min(at, now))
        case End(Ended.REFUSED, at, RefusalCode() as code, Alternative() as alternative):
            return moves.refused(request, by, code, alternative, min(at, now))
        case End(_, at):
            return moves.withdrawn(request, by, min(at, now))


def _times(story: Story) -> Iterator[tuple[str, datetime]]:
    """Each later time in the order of the story, with its place in the sheet."""
    for n, offer in enumerate(story.offers):
        yield f"/offers/{n}/occurredAt", offer.occurred_at
        if offer.answer is not None:
            yield f"/offers/{n}/answer/occurredAt", offer.answer.occurred_at
    if story.unlock is not None:
        yield "/unlock/occurredAt", story.unlock.occurred_at
    if story.end is not None:
        yield "/end/occurredAt", story.end.occurred_at


def _misdated(act: Act, story: Story, asked_at: datetime) -> Iterator[Failure]:
    """What lies ahead, and what is told to have been before what came before it. Whoever wrote it down had a watch that
    tells minutes."""
    last = asked_at
    for path, at in _times(story):
        if at > act.now + AHEAD:
            yield Failure("IN_THE_FUTURE", path)
        elif at < last.replace(second=0, microsecond=0):
            yield Failure("BEFORE_IT_BEGAN", path)
        last = max(last, at)


def _misordered(story: Story, at_risk: bool) -> Iterator[Failure]:
    """What could not be, after what is told before it: nobody is asked after a yes, nobody unlocks without one. And an
    offer that is left open: it would pass by its gates."""
    state, wrong = RequestState.LIFE_AT_RISK if at_risk else RequestState.RECEIVED, set[str]()
    for path, to in _steps(story):
        if path not in wrong and to in REQUEST_MOVES[state]:
            state = to
        elif path not in wrong:
            wrong.add(path)
            yield Failure("NOT_IN_THIS_ORDER", path)
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


def _steps(story: Story) -> Iterator[tuple[str, RequestState]]:
    """Where each part of it leads, with its place in the sheet."""
    for n, offer in enumerate(story.offers):
        yield f"/offers/{n}", RequestState.OFFERED
        if offer.answer is not None:
            yield f"/offers/{n}", RequestState.ACCEPTED if offer.answer.accepted else RequestState.RECEIVED
    if story.unlock is not None:
        yield "/unlock", RequestState.IN_PROGRESS
    if story.end is not None:
        yield "/end/how", RequestState(story.end.how)


async def _strangers(act: Act, story: Story, scheme: Scheme | None) -> list[Failure]:
    """Whoever is said to have been asked and is none of the scheme's. Where he stands now is not looked at: he was
    asked."""
    wrong: list[Failure] = []
    for n, offer in enumerate(story.offers):
        query = Query(equal={"id": offer.supporter, "scheme": None if scheme is None else scheme.id}, limit=1)
        if scheme is None or not await act.known(Supporter, query):
            wrong.append(Failure("NOT_OF_THIS_SCHEME", f"/offers/{n}/supporter"))
    return wrong

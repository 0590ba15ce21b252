"""What the clock does to live requests: none expires silently, none waits for a supporter who cannot come, and none
keeps a name past its hour (rule 2)."""

import dataclasses
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Final
from uuid import UUID

from domain.act import Act, Begin
from domain.confidentiality.verbs import Verb
from domain.kernel.moves import move
from domain.ports import Query
from domain.sessions.request import REQUEST_MOVES, Request, RequestState, clocked
from domain.supporters.availability import available
from domain.supporters.record import Supporter

_OPEN: Final = (RequestState.RECEIVED, RequestState.OFFERED, RequestState.ACCEPTED)
BATCH: Final = 200


async def expire(begin: Begin) -> int:
    """Open-policy requests that still waited when their band and two hours more had passed are EXPIRED: unmet, and
    counted so. How many were found; at most `BATCH` a time. Those of a closed policy end as they leave the tables
    (`emptying.as_ended`): a line of this timer would name them, and its instant be in what stays of them (rule 2)."""
    async with begin.serially(Verb.TICK) as act:
        done = 0
        for state in _OPEN:
            waiting = Query(equal={"state": state, "closed": False}, order="readable_until", limit=BATCH)
            for request in await act.known(Request, waiting):
                if request.readable_until <= act.now and done < BATCH:
                    expired = dataclasses.replace(request, state=RequestState.EXPIRED, ended_at=act.now)
                    act.keep_beside(expired, was=request)
                    done += 1
        return done


async def take_back(begin: Begin) -> int:
    """Offers to supporters who cannot be had any more (suspended, at rest, gone, away) are open again, as if nobody had
    been asked last: he did not decline. How many were found; at most `BATCH` a time.

    The clock does it and not the act that suspends him: its work, and so its time, would tell whoever suspends that he
    had just been called (rule 9).
    """
    async with begin.serially(Verb.TICK) as act:
        done = 0
        for state in (RequestState.OFFERED, RequestState.ACCEPTED):
            async for request in _standing(act, state):
                to = None if request.offered_to is None else await act.known_one(Supporter, request.offered_to)
                if done >= BATCH or (to is not None and available(to, act.now)):
                    continue
                open_ = move(REQUEST_MOVES, state, RequestState.RECEIVED)
                again = dataclasses.replace(request, state=open_, offered_to=None, accepted_at=None)
                act.keep_beside(clocked(again), was=request)
                done += 1
        return done


async def _standing(act: Act, state: RequestState) -> AsyncIterator[Request]:
    """All of them, the oldest first: behind however many that may stand as they are is one that may not."""
    after: tuple[datetime, UUID] | None = None
    query = Query(equal={"state": state}, order="asked_at", limit=BATCH)
    while page := await act.known(Request, dataclasses.replace(query, after=after)):
        for request in page:
            yield request
        after = (page[-1].asked_at, page[-1].id)

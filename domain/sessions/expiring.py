"""What the clock does to live requests: none expires silently, and none keeps a name past its hour (rule 2)."""

import dataclasses
from typing import Final

from domain.act import Begin
from domain.confidentiality.verbs import Verb
from domain.ports import Query
from domain.sessions.request import Request, RequestState

_OPEN: Final = (RequestState.RECEIVED, RequestState.OFFERED, RequestState.ACCEPTED)
BATCH: Final = 200


async def expire(begin: Begin) -> int:
    """Requests that were still open when their band and two hours more had passed are EXPIRED: unmet, and counted so.
    How many were found; at most `BATCH` a time."""
    async with begin.serially(Verb.TICK) as act:
        done = 0
        for state in _OPEN:
            for request in await act.known(Request, Query(equal={"state": state}, order="readable_until", limit=BATCH)):
                if request.readable_until <= act.now and done < BATCH:
                    expired = dataclasses.replace(request, state=RequestState.EXPIRED, ended_at=act.now)
                    act.keep_beside(expired, was=request)
                    done += 1
        return done

"""What the clock deletes: rows whose `kept` has come. So far duties, watches, requests, concerns, uses of suites,
jobs, what was taken in of the prison's systems and tokens that were ended; every kind says in `kept` what will end it,
and the retention engine, with holds and receipts, comes with later issues."""

from datetime import timedelta
from typing import Final

from domain.act import Begin
from domain.confidentiality.verbs import Verb
from domain.movements.inbox import EventTaken
from domain.oversight.ended import TokensEnded
from domain.oversight.record import Duty, Job, JobState
from domain.ports import Query
from domain.sessions.concerns import ConcernRaised
from domain.sessions.request import Request
from domain.sessions.suites import SuiteUse
from domain.sessions.watching import Watch

BATCH: Final = 200
DUTIES: Final = timedelta(days=30)
WATCHES: Final = timedelta(days=1)
REQUESTS: Final = timedelta(days=60)
"""Until the month of which they are is closed (`domain.metrics.closing`): of the longest that is forty days on, and
a month that closes late is to find them too."""
JOBS: Final = timedelta(days=30)
EVENTS: Final = timedelta(days=30)
"""More than twice as long as the queue keeps one, so that none comes again after it is forgotten here."""


async def delete_what_is_over(begin: Begin) -> int:
    """Duties thirty days after their band, watches one day, open-policy requests sixty days after their hour (closed
    ones: `sessions.emptying`), concerns and uses of suites at theirs, jobs thirty days after their end, or after they
    were asked for where no second person asked, events of the prison's systems thirty after they were taken in, tokens
    that were ended once they would have run out. How many; at most `BATCH` of each kind a time."""
    async with begin.serially(Verb.TICK) as act:
        duties = await act.known(Duty, Query(order="ends_at", limit=BATCH))
        watches = await act.known(Watch, Query(order="ends_at", limit=BATCH))
        requests = await act.known(Request, Query(equal={"closed": False}, order="readable_until", limit=BATCH))
        concerns = await act.known(ConcernRaised, Query(order="readable_until", limit=BATCH))
        suites = await act.known(SuiteUse, Query(order="readable_until", limit=BATCH))
        jobs = [
            j
            for s in (JobState.DONE, JobState.FAILED, JobState.FOR_A_SECOND)
            for j in await act.known(Job, Query(equal={"state": s}, order="made_at", limit=BATCH))
        ]
        events = await act.known(EventTaken, Query(order="taken_at", limit=BATCH))
        tokens = await act.known(TokensEnded, Query(order="until", limit=BATCH))
        over = [
            *(d for d in duties if d.ends_at + DUTIES <= act.now),
            *(w for w in watches if w.ends_at + WATCHES <= act.now and w.closed_at is not None),
            *(r for r in requests if r.readable_until + REQUESTS <= act.now),
            *(each for each in (*concerns, *suites) if each.readable_until <= act.now),
            *(e for e in events if e.taken_at + EVENTS <= act.now),
            *(t for t in tokens if t.until <= act.now),
            *(j for j in jobs if (j.ended_at or j.made_at) + JOBS <= act.now),
        ]
        for record in over:
            act.erase(record)
        return len(over)

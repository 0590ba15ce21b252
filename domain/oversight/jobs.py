"""Long work: started by an act, done elsewhere, read by its maker alone."""

import dataclasses
import json
from collections import Counter
from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Any, Final
from uuid import UUID

from domain import looking
from domain.act import Act, Begin
from domain.confidentiality.disclosure import View
from domain.confidentiality.roles import Role
from domain.confidentiality.verbs import Verb
from domain.kernel.errors import Absent, Failure, NotNow, Unacceptable
from domain.kernel.ids import ActorId, JobId
from domain.oversight.counts import table
from domain.oversight.record import Job, JobKind, JobState
from domain.ports import Query
from domain.schemes.acts import scheme_here
from domain.supporters.record import Standing, Supporter

NATIONAL: Final = frozenset({JobKind.TURNOVER})
"""What is about every prison of a jurisdiction, and headquarters' alone."""


PLANNING: Final = frozenset({JobKind.ROTA})
"""What names supporters, to whoever plans with them: the coordinator."""


FETCHED: Final[Mapping[JobKind, timedelta]] = MappingProxyType(
    {
        JobKind.EXPORT: timedelta(hours=24),
        JobKind.CHRONOLOGY: timedelta(days=7),
        JobKind.EVIDENCE: timedelta(days=30),
    }
)
"""What is kept as a file, and fetched by its own rules, each part of it by what its maker may read then; and for how
long it may be. A chronology is made again as long as its hold is kept, so nobody need leave it lying."""


_NEARLY: Final = 99
"""Per cent, once everything is gathered."""


async def start(begin: Begin, *, kind: JobKind, scheme: UUID | None = None) -> View[Job]:
    """A job that waits for the worker: about one scheme, or, for headquarters, about every prison of its
    jurisdiction."""
    async with begin(Verb.START_JOB) as act:
        job = _of_all(act, kind, scheme) if kind in NATIONAL else await _of_one(act, kind, scheme)
        act.keep(job)
        return act.disclose(job)


async def _of_one(act: Act, kind: JobKind, scheme: UUID | None) -> Job:
    if scheme is None:
        raise Unacceptable([Failure("MISSING", "/scheme")])
    if kind in PLANNING and act.viewer.role is not Role.COORDINATOR:
        raise Unacceptable([Failure("JOB_OF_COORDINATOR", "/kind")])
    of = await scheme_here(act, scheme)
    schemes = act.viewer.fact("schemes")
    if schemes is not None and of.id not in schemes:
        raise Absent
    return _waiting(act, kind, of.jurisdiction, prison=of.prison, scheme=of.id)


def _of_all(act: Act, kind: JobKind, scheme: UUID | None) -> Job:
    if act.viewer.role is not Role.HEADQUARTERS:
        raise Unacceptable([Failure("JOB_OF_HEADQUARTERS", "/kind")])
    if scheme is not None:
        raise Unacceptable([Failure("UNKNOWN_FIELD", "/scheme")])
    walls = act.viewer.fact("jurisdictions") or frozenset[object]()
    if len(walls) != 1:
        raise Absent
    return _waiting(act, kind, str(next(iter(walls))))


def _waiting(act: Act, kind: JobKind, jurisdiction: str, **of: Any) -> Job:
    author = ActorId(act.viewer.actor)
    return Job(id=JobId(act.new_id()), author=author, jurisdiction=jurisdiction, kind=kind, made_at=act.now, **of)


async def read(begin: Begin, id: UUID) -> View[Job]:
    """One's own job, with its progress and, when it is done, its result; what is fetched at an address of its own has
    its rules there, and is told nowhere else."""
    async with begin(Verb.READ_JOB) as act:
        return act.disclose(await fetched(act, id))


async def report(begin: Begin, id: UUID) -> View[Job]:
    """The same of an evaluation's report: `NotNow` where there is none, and so it is written down."""
    async with begin(Verb.READ_JOB) as act:
        job = await fetched(act, id)
        finished(job, JobKind.EVALUATION, "NO_REPORT")
        if (job.result or {}).get("report") is None:
            raise NotNow(["NO_REPORT"])
        return act.disclose(job)


async def fetched(act: Act, id: UUID) -> Job:
    """One's own job, if what it is about is still in one's reach: who has moved since, or whose role has ended, has it
    no more. Raises `Absent`."""
    job = await act.fetch(Job, id)
    walls, prisons, schemes = (act.viewer.fact(name) for name in ("jurisdictions", "prisons", "schemes"))
    if walls is not None and job.jurisdiction not in walls:
        raise Absent
    if job.prison is not None and prisons is not None and job.prison not in prisons:
        raise Absent
    if job.scheme is not None and schemes is not None and job.scheme not in schemes:
        raise Absent
    return job


def file_of(act: Act, job: Job, kind: JobKind, missing: str, gone: str) -> dict[str, Any]:
    """What a job of this kind made. Raises `NotNow`: with the one code it makes nothing of the kind, with the other it
    may not be fetched any longer; and with its state, as long as it is not done."""
    finished(job, kind, missing)
    if job.file is None or over(job, act):
        raise NotNow([gone])
    return dict(json.loads(job.file))


def finished(job: Job, kind: JobKind, missing: str) -> None:
    """Raises `NotNow`: it is a job of another kind, or is not done yet, or has failed."""
    if job.kind is not kind:
        raise NotNow([missing])
    if job.state is not JobState.DONE:
        raise NotNow([f"STATE_{job.state.value}"])


def over(job: Job, act: Act) -> bool:
    """Whether the time of its file has passed."""
    return job.ended_at is not None and job.ended_at + FETCHED[job.kind] <= act.now


async def forget(begin: Begin) -> int:
    """The clock takes away the files whose time has passed. How many."""
    async with begin.serially(Verb.TICK) as act:
        done = 0
        for kind in FETCHED:
            for job in await looking.all_known(act, Job, {"kind": kind, "state": JobState.DONE}):
                if job.file is not None and over(job, act):
                    act.keep_beside(dataclasses.replace(job, file=None), was=job)
                    done += 1
        return done


async def next_waiting(begin: Begin) -> Job | None:
    """The worker takes the next job that waits, and marks it as running."""
    async with begin.serially(Verb.TICK) as act:
        waiting = await act.known(Job, Query(equal={"state": JobState.WAITING}, limit=1))
        if not waiting:
            return None
        job = waiting[0]
        running = dataclasses.replace(job, state=JobState.RUNNING, progress=1)
        act.keep_beside(running, was=job)
        return dataclasses.replace(running, version=job.version + 1)


async def how_many_wait(begin: Begin) -> int:
    """How many jobs no worker has begun, whoever's and whatever for; of more than a hundred, a hundred."""
    async with begin(Verb.TICK) as act:
        return len(await act.known(Job, Query(equal={"state": JobState.WAITING}, limit=100)))


async def requeue(begin: Begin) -> int:
    """Jobs that ran when their worker ended wait again: a restart loses none."""
    async with begin.serially(Verb.TICK) as act:
        running = await act.known(Job, Query(equal={"state": JobState.RUNNING}, limit=100))
        for job in running:
            act.keep_beside(dataclasses.replace(job, state=JobState.WAITING, progress=0), was=job)
        return len(running)


async def summarise(begin: Begin, job: Job) -> dict[str, Any]:
    """Supporters of a scheme by standing, through disclosure control. Counts only; names nobody."""
    async with begin(Verb.TICK) as act:
        found = await looking.all_known(act, Supporter, {"scheme": job.scheme})
        counts = Counter(s.standing.value for s in found)
        return {"supportersByStanding": table({s.value: counts[s.value] for s in Standing})}


async def running(begin: Begin, id: UUID) -> Job | None:
    """The job of that id, if it is the one being done."""
    async with begin(Verb.TICK) as act:
        job = await act.known_one(Job, id)
        return job if job is not None and job.state is JobState.RUNNING else None


async def got_to(begin: Begin, id: UUID, progress: int) -> None:
    """How far it has got, in per cent."""
    async with begin(Verb.TICK) as act:
        job = await act.known_one(Job, id)
        if job is not None and job.state is JobState.RUNNING:
            act.keep_beside(dataclasses.replace(job, progress=progress), was=job)


async def nearly(act: Act, job: Job) -> None:
    """Note in the act that gathers what the job is for that it is nearly done: so the act leaves its line, with a sight
    of each record that goes into the result. A tick that keeps nothing leaves none."""
    now = await act.known_one(Job, job.id)
    if now is not None:
        act.keep_beside(dataclasses.replace(now, progress=_NEARLY), was=now)


async def finish(begin: Begin, job: Job, result: dict[str, Any]) -> None:
    """Keep the result. It is the job as it is now that is done: it has told of its progress meanwhile."""
    async with begin(Verb.TICK) as act:
        now = await act.known_one(Job, job.id) or job
        made: dict[str, Any] = {"file": json.dumps(result)} if job.kind in FETCHED else {"result": result}
        done = dataclasses.replace(now, state=JobState.DONE, progress=100, ended_at=act.now, **made)
        act.keep_beside(done, was=now)


async def fail(begin: Begin, id: UUID) -> None:
    """Its process ended without a result."""
    async with begin(Verb.TICK) as act:
        job = await act.known_one(Job, id)
        if job is not None and job.state is JobState.RUNNING:
            act.keep_beside(dataclasses.replace(job, state=JobState.FAILED, ended_at=act.now), was=job)

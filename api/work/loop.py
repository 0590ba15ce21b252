"""The worker's loop: wait to be the one holder, then ticks when they are due, and jobs in child processes.

Two workers do no harm: the second waits for the first one's lock. A job runs in a child process of its own, so that
what is heavy neither blocks a timer nor stays in memory, and one that dies is marked as failed.
"""

import asyncio
import logging
import sys
import time
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, Final, TypeVar
from uuid import UUID

import orjson

from api.runtime import Runtime
from api.turns import again
from api.wire import to_bytes
from api.work.bench import Bench, Tick, service_begin
from domain.care import filling, proposing
from domain.evaluation import reporting
from domain.kernel.errors import Unavailable
from domain.oversight import jobs
from domain.oversight.record import Job, JobKind
from domain.packs import chronology, evidence, exporting
from domain.ports import Raced
from domain.turnover import national

T = TypeVar("T")
log = logging.getLogger("peer_support.work")
STEP: Final = 0.5
"""Seconds between two looks at what is due."""
LONGEST_JOB: Final = 600.0
_BEGUN, _ENDS, _STEPS = 10, 90, 8
"""Per cent when a rota begins to be solved and when its time is over, and how often is told in between."""


async def work(bench: Bench, stop: asyncio.Event, monotonic: Callable[[], float] = time.monotonic) -> None:
    """Work until told to stop. A database that is away is waited for."""
    due = {tick.name: monotonic() for tick in bench.ticks}  # for good: one that fails each time holds up no other
    while not stop.is_set():
        try:
            async with bench.alone() as holder:
                if holder:
                    await _hold(bench, stop, monotonic, due)
        except Unavailable:
            log.warning("database away")
        await _pause(stop, 2 * STEP)


async def _hold(bench: Bench, stop: asyncio.Event, monotonic: Callable[[], float], due: dict[str, float]) -> None:
    await _unless_others(lambda: jobs.requeue(service_begin(bench.runtime)))
    while not stop.is_set():
        for tick in bench.ticks:
            if monotonic() >= due[tick.name]:
                due[tick.name] = monotonic() + tick.every
                done = await _ticked(bench, tick)
                if done:
                    log.info("tick", extra={"tick": tick.name, "count": done})
        job = await _unless_others(lambda: jobs.next_waiting(service_begin(bench.runtime)))
        if job is not None:
            await _child(bench, job)
        await _pause(stop, STEP)


async def _ticked(bench: Bench, tick: Tick) -> int | None:
    """One timer's work. What goes wrong in it is its own: one row that cannot be read stops no other timer. None: it
    went wrong, or others were faster each time, which is neither good nor bad."""
    try:
        done = await _unless_others(tick.do)
    except Unavailable:
        raise
    except Exception as wrong:
        log.error("tick failed", extra={"tick": tick.name, "error": type(wrong).__name__})
        bench.ran(tick.name, False)
        return None
    if done is not None:
        bench.ran(tick.name, True)
    return done


async def _unless_others(do: Callable[[], Awaitable[T]]) -> T | None:
    """What it does. None: others were faster each time, and it is done another time."""
    try:
        return await again(do)
    except Raced:
        return None


async def _child(bench: Bench, job: Job) -> None:
    command = (sys.executable, "-m", "api", "work", "--job", str(job.id))
    process = await asyncio.create_subprocess_exec(*command, stdin=asyncio.subprocess.DEVNULL)
    try:
        async with asyncio.timeout(LONGEST_JOB):
            code = await process.wait()
    except (TimeoutError, asyncio.CancelledError):
        process.kill()
        await process.wait()
        code = 1
    if code != 0:
        log.warning("job failed", extra={"kind": job.kind.value})
        await _unless_others(lambda: jobs.fail(service_begin(bench.runtime), job.id))


async def run_one(bench: Bench, id: UUID) -> bool:
    """In the child: do one job. False where it is not there to be done."""
    job = await jobs.running(service_begin(bench.runtime), id)
    if job is None:
        return False
    await jobs.finish(service_begin(bench.runtime), job, await result_of(bench.runtime, job))
    return True


async def result_of(runtime: Runtime, job: Job) -> dict[str, Any]:
    """What a job is for, done."""
    match job.kind:
        case JobKind.SCHEME_SUMMARY:
            return await jobs.summarise(service_begin(runtime), job)
        case JobKind.TURNOVER:
            return await national.turnover(
                lambda: service_begin(runtime),
                job.jurisdiction,
                runtime.releases,
                lambda percent: jobs.got_to(service_begin(runtime), job.id, percent),
            )
        case JobKind.ROTA:
            return await _proposed(runtime, job)
        case JobKind.EVALUATION:
            return await _reported(runtime, job)
        case JobKind.EVIDENCE:
            return await evidence.gathered(service_begin(runtime), job)
        case JobKind.CHRONOLOGY:
            return await chronology.gathered(service_begin(runtime), job)
        case JobKind.EXPORT:
            rows = await exporting.gathered(
                service_begin(runtime), job, lambda percent: jobs.got_to(service_begin(runtime), job.id, percent)
            )
            return dict(orjson.loads(to_bytes(rows)))


async def _proposed(runtime: Runtime, job: Job) -> dict[str, Any]:
    """Solved beside the loop, which tells meanwhile how much of its time is gone."""
    facts = await proposing.gathered(service_begin(runtime), job)
    solving = asyncio.create_task(asyncio.to_thread(facts.solved))
    percent = _BEGUN
    while not (await asyncio.wait([solving], timeout=filling.SECONDS / _STEPS))[0]:
        percent = min(_ENDS, percent + (_ENDS - _BEGUN) // _STEPS)
        await _unless_others(partial(jobs.got_to, service_begin(runtime), job.id, percent))
    return facts.told(solving.result())


async def _reported(runtime: Runtime, job: Job) -> dict[str, Any]:
    """The report of a scheme's evaluation, with its plots. What draws them is imported here, in the child alone."""
    told = await reporting.told(lambda: service_begin(runtime), job, lambda section: orjson.loads(to_bytes(section)))
    if told is None:
        return {"report": None, "plots": []}
    from api.printing import plots

    return {"report": told, "plots": await asyncio.to_thread(plots.drawn, told)}


async def _pause(stop: asyncio.Event, seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            await stop.wait()
    except TimeoutError:
        return

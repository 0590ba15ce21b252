"""Serving and working: one process for HTTP, one child of it for timers and jobs, ended together."""

import asyncio
import contextlib
import gc
import os
import signal
import socket
import sys
from collections.abc import AsyncGenerator, Callable, Coroutine, Mapping
from contextlib import asynccontextmanager
from typing import Any, Final
from uuid import UUID

import uvicorn
from uvicorn.loops.auto import auto_loop_factory

from api import logs
from api.app import create_app
from api.commands.scraping import scraping
from api.messages.running import consuming
from api.settings import Settings
from api.wiring.database import CannotStart
from api.wiring.opening import Opened, opened
from api.work.loop import run_one, work

GRACE: Final = 25
"""Seconds that requests under way are given at the end."""
_YOUNG: Final = 10_000
"""Objects that are made, and not let go, before the collector looks at the young ones."""


def run(serving: Coroutine[Any, Any, None]) -> None:
    """Run what serves, on the loop that uvicorn would choose (uvloop, where there is one): it chooses only for a loop
    that it starts itself, and ours it does not. 155 us less a request."""
    with asyncio.Runner(loop_factory=auto_loop_factory()) as runner:
        runner.run(serving)


async def serve(
    settings: Settings, found: Opened, told: Callable[[], None], environment: Mapping[str, str] | None = None
) -> None:
    """Serve until told to stop. `told` is called once requests are answered; `environment` is the worker's."""
    app = create_app(found.backstage)
    config = uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,
        server_header=False,
        date_header=False,
        lifespan="off",
        proxy_headers=True,
        forwarded_allow_ips=settings.forwarded_allow_ips,
        timeout_graceful_shutdown=GRACE,
        h11_max_incomplete_event_size=64 * 1024,
    )
    server = uvicorn.Server(config)
    taken = listening(settings.host, settings.port)
    read_at = _read_at(settings, settings.metrics_port)
    worker = _worker(environment or {}) if settings.work_inside else contextlib.nullcontext()
    async with scraping(found.figures, read_at), worker:
        settle_memory()
        watching = asyncio.create_task(_watch(server, found, told))
        try:
            await server.serve(sockets=[taken])
        finally:
            watching.cancel()


def listening(host: str, port: int) -> socket.socket:
    """The socket, taken before anything is promised. Raises `CannotStart`.

    It says that it is TCP's: of what a socket without a protocol accepts, asyncio leaves Nagle's delay on, and every
    answer on a kept connection would wait forty milliseconds for its second half.
    """
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        found = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        with contextlib.ExitStack() as otherwise:
            otherwise.callback(found.close)
            found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            found.bind(address)
            otherwise.pop_all()
    except OSError as error:
        raise CannotStart(f"cannot listen on {host}:{port}: {error.strerror or 'no such address'}") from None
    return found


def _read_at(settings: Settings, port: int | None) -> socket.socket | None:
    """The socket of a scraper's port. Raises `CannotStart`."""
    return None if port is None else listening(settings.metrics_host, port)


def settle_memory() -> None:
    """What start-up made lives as long as the process: the collector need not walk it again (p99 four times lower).
    And what a request makes is let go as it ends, without the collector, so that looks at what few requests made find
    nothing: at every 700 objects they took 5 of 100 parts of a read's CPU."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_YOUNG)


async def _watch(server: uvicorn.Server, found: Opened, told: Callable[[], None]) -> None:
    while not server.started:  # noqa: ASYNC110  (uvicorn tells by flags alone)
        await asyncio.sleep(0.02)
    told()
    while not server.should_exit:  # noqa: ASYNC110
        await asyncio.sleep(0.1)
    found.stopping.told = True


@asynccontextmanager
async def _worker(environment: Mapping[str, str]) -> AsyncGenerator[None]:
    """A worker as a child process, started again if it dies, ended with us."""
    stop = asyncio.Event()
    keeping = asyncio.create_task(_kept(environment, stop))
    try:
        yield
    finally:
        stop.set()
        await keeping


async def _kept(environment: Mapping[str, str], stop: asyncio.Event) -> None:
    while not stop.is_set():
        child = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "api", "work", env={**os.environ, **environment}, stdin=asyncio.subprocess.DEVNULL
        )
        ended, stopped = asyncio.create_task(child.wait()), asyncio.create_task(stop.wait())
        try:
            await asyncio.wait({ended, stopped}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            # However we leave: SIGINT to us alone cancels this, and a child that outlived us would work on.
            stopped.cancel()
            await _over(child, ended)
        if not stop.is_set():
            await asyncio.sleep(1)


async def _over(child: asyncio.subprocess.Process, ended: asyncio.Task[int]) -> None:
    """It has ended, told to if need be."""
    if not ended.done():
        with contextlib.suppress(ProcessLookupError):
            child.terminate()
        try:
            async with asyncio.timeout(GRACE):
                await asyncio.shield(ended)
        except TimeoutError:
            child.kill()
            await ended


async def work_until_stopped(settings: Settings, job: UUID | None) -> int:
    """The worker, or one job in a child of it."""
    logs.configure()
    stop = asyncio.Event()
    if job is None:  # before it opens anything: one that is stopped while it starts ends well too
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with opened(settings, for_work=True) as found:
        if job is not None:
            return 0 if await run_one(found.bench, job) else 1
        read_at = _read_at(settings, settings.work_metrics_port)
        async with scraping(found.figures, read_at), asyncio.TaskGroup() as both:
            both.create_task(work(found.bench, stop))
            both.create_task(consuming(settings, found.runtime, stop, found.events))
    return 0

"""Serving and working: one process for HTTP, one child of it for timers and jobs, ended together."""

import asyncio
import contextlib
import gc
import os
import signal
import sys
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Final
from uuid import UUID

import uvicorn

from api import logs, wiring
from api.app import create_app
from api.settings import Settings
from api.wiring import Opened
from api.work.loop import run_one, work

GRACE: Final = 25
"""Seconds that requests under way are given at the end."""


async def serve(
    settings: Settings, opened: Opened, told: Callable[[], None], environment: Mapping[str, str] | None = None
) -> None:
    """Serve until told to stop. `told` is called once requests are answered; `environment` is the worker's."""
    app = create_app(opened.backstage)
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
    opened.stopping = lambda: server.should_exit
    worker = _worker(environment or {}) if settings.work_inside else contextlib.nullcontext()
    async with worker:
        # What start-up made lives as long as the process: the collector need not walk it again (p99 four times lower).
        gc.collect()
        gc.freeze()
        telling = asyncio.create_task(_tell(server, told))
        try:
            await server.serve()
        finally:
            telling.cancel()


async def _tell(server: uvicorn.Server, told: Callable[[], None]) -> None:
    while not server.started:
        await asyncio.sleep(0.02)
    told()


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
        await asyncio.wait({ended, stopped}, return_when=asyncio.FIRST_COMPLETED)
        stopped.cancel()
        if child.returncode is None and not ended.done():
            with contextlib.suppress(ProcessLookupError):
                child.terminate()
            try:
                async with asyncio.timeout(GRACE):
                    await ended
            except TimeoutError:
                child.kill()
                await ended
        elif not stop.is_set():
            await asyncio.sleep(1)


async def work_until_stopped(settings: Settings, job: UUID | None) -> int:
    """The worker, or one job in a child of it."""
    logs.configure()
    async with wiring.opened(settings, for_work=True) as opened:
        if job is not None:
            return 0 if await run_one(opened.bench, job) else 1
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, stop.set)
        await work(opened.bench, stop)
    return 0


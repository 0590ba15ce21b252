"""The consumer beside the worker's timers: any number of workers may each take from the one queue."""

import asyncio
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager

from api import health
from api.document import QUEUE
from api.messages.consumer import Consumer, Queue, consume
from api.runtime import Runtime
from api.settings import Settings
from api.work.bench import service_begin
from domain.kernel.whereabouts import nobody_located


async def consuming(settings: Settings, runtime: Runtime, stop: asyncio.Event, queue: Queue | None = None) -> None:
    """Take the prison's events until told to stop: from this queue, or from that of the settings; not at all where
    there is neither."""
    if queue is not None:
        await consume(_consumer(settings, runtime, queue), stop)
        return
    if settings.events_queue_url is None:
        return
    # Imported where a queue is set: half a second, and memory, of a process that has none.
    from api.messages.sqs import SqsQueue, client

    async with client(settings.aws_region) as at:
        await consume(_consumer(settings, runtime, SqsQueue(at, settings.events_queue_url)), stop)


def _consumer(settings: Settings, runtime: Runtime, queue: Queue) -> Consumer:
    # Where no systems are set up an event's own word counts; where they cannot be asked now, none does.
    where = None if runtime.whereabouts is nobody_located else runtime.whereabouts
    return Consumer(queue, lambda: service_begin(runtime), settings.jurisdiction, where, runtime.prison)


@asynccontextmanager
async def queue_watched(settings: Settings) -> AsyncGenerator[Mapping[str, health.Check]]:
    """The queue as a part of the service's health, where one is set."""
    url = settings.events_queue_url
    if url is None:
        yield {}
        return
    from api.messages.keeping import is_well
    from api.messages.sqs import client

    async with client(settings.aws_region) as at:
        yield {QUEUE: lambda: is_well(at, url)}

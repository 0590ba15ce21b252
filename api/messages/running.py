"""The consumers beside the worker's timers, and the queues as others see them: health, and whoever keeps them. Any
number of workers may each take from the same queues."""

import asyncio
from collections.abc import AsyncGenerator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from api import health
from api.document import COMMANDS, EVENTS, TOPIC
from api.keeping import Tended, topic_health
from api.messages.consumer import Consumer, Queue, consume
from api.runtime import Runtime
from api.settings import Settings
from api.work.bench import service_begin
from domain.kernel.whereabouts import nobody_located

HANDS: Final = 3
"""How many batches of events a worker has in work at once: while one waits for the database or the prison's systems the
others go on, as they would in another worker. Of events from which nothing follows here it was 1,850 a second with one,
2,550 with two, 3,000 with three and 3,100 with four; and each holds a connection of the pool."""


async def consuming(settings: Settings, runtime: Runtime, stop: asyncio.Event, queue: Queue | None = None) -> None:
    """Take the prison's events (from this queue, or from that of the settings) and the commands of organisations
    outside until told to stop; none of that of which there is no queue."""
    begin = partial(service_begin, runtime)
    # Where no systems are set up an event's own word counts; where they cannot be asked now, none does.
    where = None if runtime.whereabouts is nobody_located else runtime.whereabouts
    if queue is not None:
        await consume(Consumer(queue, begin, settings.jurisdiction, where, runtime.prison), stop, HANDS)
        return
    events, commands = settings.events_queue_url, settings.commands_queue_url
    if events is None and commands is None:
        return
    # Imported where a queue is set: half a second, and memory, of a process that has none.
    from api.messages.commands import Commands
    from api.messages.sqs import SqsQueue, client

    async with client(settings.aws_region) as at, asyncio.TaskGroup() as all_of_them:
        if events is not None:
            followed = Consumer(SqsQueue(at, events), begin, settings.jurisdiction, where, runtime.prison)
            all_of_them.create_task(consume(followed, stop, HANDS))
        if commands is not None:
            all_of_them.create_task(consume(Commands(SqsQueue(at, commands), begin, runtime), stop))


@dataclass(frozen=True, slots=True)
class Seen:
    """The queues that are set, for whoever keeps them; and their checks, and the topic's, for health."""

    queues: tuple[Tended, ...] = ()
    checks: Mapping[str, health.Check] = field(default_factory=dict[str, health.Check])


@asynccontextmanager
async def queues_seen(settings: Settings) -> AsyncGenerator[Seen]:
    """The queues and the topic, as far as they are set."""
    urls = {EVENTS: settings.events_queue_url, COMMANDS: settings.commands_queue_url}
    topic = settings.domain_events_topic_arn
    if topic is None and not any(urls.values()):
        yield Seen()
        return
    from api.messages import commands, reading
    from api.messages.sqs import client

    types = {EVENTS: reading.type_of, COMMANDS: commands.type_of}
    async with AsyncExitStack() as stack:
        sqs = await stack.enter_async_context(client(settings.aws_region))
        queues = tuple(Tended(name, sqs, url, types[name]) for name, url in urls.items() if url is not None)
        checks: dict[str, health.Check] = {each.name: each.health for each in queues}
        if topic is not None:
            sns = await stack.enter_async_context(client(settings.aws_region, "sns"))
            checks[TOPIC] = partial(topic_health, sns, topic)
        yield Seen(queues, checks)

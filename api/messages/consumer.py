"""The consumer of the prison's events: takes them from the estate's queue, ten at a time, and gives each back to the
queue's keeper once what follows from it is durable here. What every consumer does is `Taking`.

Delivery is at least once and in any order. A message is deleted after its act has settled: killed in between, it comes
again and does nothing again (`domain.movements.inbox`). What cannot be done now (the database or the prison's systems
are away) comes again later, ever later; what can never be read is left until the queue puts it aside. Either way the
others of its batch go on.
"""

import asyncio
import logging
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

from api.messages.reading import read
from api.turns import Turns, again
from domain.act import Begin
from domain.confidentiality.verbs import Verb
from domain.kernel.errors import Trouble, Unreadable
from domain.kernel.whereabouts import Whereabouts
from domain.movements import inbox
from domain.movements.event import PrisonEvent
from domain.ports import PrisonRecords, Raced, nothing_known

log = logging.getLogger("peer_support.messages")
WAITS: Final = (1, 10, 60, 600)
"""Seconds until a message that could not be done comes again, by how often it came (hmpps.md 4.6)."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message as the queue handed it out. `handle` gives it back; `received` is how often it came."""

    id: str
    body: str
    handle: str
    received: int = 1


class Queue(Protocol):
    """A queue of messages, each of which is hidden from others for a while once it is taken."""

    async def take(self) -> list[Message]:
        """At most ten; after a wait none, where there is none."""
        ...

    async def done(self, messages: list[Message]) -> None:
        """These are done with, and come no more."""
        ...

    async def later(self, message: Message, seconds: int) -> None:
        """This one comes again after so many seconds; after so often it is put aside."""
        ...


@dataclass(frozen=True, slots=True)
class Taking(ABC):
    """Works one queue. `begin` begins an act of the service."""

    queue: Queue
    begin: Callable[[], Begin]

    async def once(self) -> int:
        """Take what is there and do it. How many messages were done with."""
        messages = await self.queue.take()
        if not messages:
            return 0
        done = await self.work(messages)
        over = {message.handle for message in done}
        if done:
            await self.queue.done(done)
        for message in messages:
            if message.handle not in over:
                await self.queue.later(message, WAITS[min(message.received, len(WAITS)) - 1])
        return len(done)

    @abstractmethod
    async def work(self, messages: list[Message]) -> list[Message]:
        """Do what they ask for. Those that are done with: the others come again."""

    async def noted(self, wrong: Unreadable) -> None:
        """What cannot be read has its line, as any bad input has."""
        try:
            async with self.begin()(Verb.TICK):
                raise wrong
        except Unreadable:
            log.warning("message unreadable", extra={"error": wrong.failures[0].code})
        except Trouble:
            log.warning("message unreadable, and the ledger is away")


@dataclass(frozen=True, slots=True)
class Consumer(Taking):
    """Works the queue of the prison's events."""

    jurisdiction: str
    where: Whereabouts | None = None
    records: PrisonRecords = nothing_known
    turns: Turns = field(default_factory=Turns)

    async def work(self, messages: list[Message]) -> list[Message]:
        """Write down and follow the events that they tell."""
        events: dict[Any, PrisonEvent] = {}
        of: dict[Any, list[Message]] = {}
        for message in messages:
            try:
                event = read(message.body, message.id)
            except Unreadable as wrong:
                await self.noted(wrong)
                continue
            except Exception as wrong:  # one that nobody foresaw must not hold up the others, nor be lost
                log.warning("message waits", extra={"error": type(wrong).__name__})
                continue
            events[event.id] = event
            of.setdefault(event.id, []).append(message)
        over = await self._follow(events)
        return [message for id in events if id in over for message in of[id]]

    async def _follow(self, events: Mapping[Any, PrisonEvent]) -> set[Any]:
        """Which of them were done."""
        try:
            rest = await again(lambda: inbox.take_in(self.begin(), self.jurisdiction, list(events.values())))
        except (Trouble, Raced) as wrong:
            log.warning("events wait", extra={"error": type(wrong).__name__, "count": len(events)})
            return set()
        except Exception as wrong:  # by one of them, that nobody foresaw: each for itself
            log.warning("events apart", extra={"error": type(wrong).__name__, "count": len(events)})
            alone = [{id: event} for id, event in events.items()] if len(events) > 1 else []
            return {id for each in alone for id in await self._follow(each)}
        over = set(events) - {event.id for event in rest}
        for event in rest:
            if await self._one(event):
                over.add(event.id)
        return over

    async def _one(self, event: PrisonEvent) -> bool:
        async def followed() -> None:
            await inbox.follow(self.begin(), self.jurisdiction, event, self.where, self.records, self._turn)

        try:
            await again(followed)
        except Exception as wrong:  # one that nobody foresaw must not hold up the others, nor be lost
            log.warning("event waits", extra={"error": type(wrong).__name__})
            return False
        return True

    def _turn(self) -> AbstractAsyncContextManager[None]:
        """What follows from two events mostly reads what the other writes: of two at once one would be done again."""
        return self.turns.of(Verb.TICK)


async def consume(consumer: Taking, stop: asyncio.Event, hands: int = 1) -> None:
    """Work until told to stop, so many batches at once. A queue that is away is waited for."""
    async with asyncio.TaskGroup() as all_of_them:
        for _ in range(hands):
            all_of_them.create_task(_consume(consumer, stop))


async def _consume(consumer: Taking, stop: asyncio.Event) -> None:
    while not stop.is_set():
        try:
            await consumer.once()
        except Exception as wrong:
            log.warning("queue away", extra={"error": type(wrong).__name__})
            await asyncio.sleep(1)

"""From the ledger's tail to the topic, the audit queue and the webhooks: at least once, with stable ids.

Each destination has a place of its own in the ledger, which moves only after it has taken what was before. A process
that is killed in between sends again, with the same ids; a destination that is down loses nothing, and holds up nobody
else. What it takes is decided by `domain.telling`: its default is deny (rule 3).
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Final

import orjson

from api.runtime import Runtime
from api.work.bench import service_begin
from domain.kernel.errors import Unavailable
from domain.telling import subscribing
from domain.telling.audit import AUDITED, audit_of, daily_of
from domain.telling.events import Event, events_of, ping_of
from domain.telling.ports import AuditQueue, Delivery, Hook, Line, Standing, Tail, Topic, Undelivered
from domain.telling.subscription import Subscription, SubscriptionState, seen_of, tells
from domain.telling.types import BY_TYPE

log = logging.getLogger("peer_support.relay")
MOST: Final = 100
"""Lines that are read at a time."""
BUDGET: Final = 10.0
"""Seconds that one webhook may take of a round: the worker has other timers."""
FIRST_PAUSE: Final = timedelta(seconds=5)
LONGEST_PAUSE: Final = timedelta(hours=1)
FAILING_AFTER: Final = 5
"""Failures in a row after which an address is called failing: by then some two minutes have passed."""
AFTER_MIDNIGHT: Final = timedelta(hours=2)
"""When a day's numbers are told: an act that began before midnight is long in the ledger by then."""
TOPIC, AUDIT, DAYS = "topic", "audit", "audit-days"


@dataclass(frozen=True, slots=True)
class Relay:
    """What a relay works with. `topic` and `audit` are None where none is set up. `origin`: the service's own, for
    `detailUrl`."""

    runtime: Runtime
    tail: Tail
    origin: str
    hook: Hook
    topic: Topic | None = None
    audit: AuditQueue | None = None

    async def pass_on(self) -> int:
        """One round for every destination that is not pausing. How much was taken."""
        ways: dict[str, Callable[[], Awaitable[int]]] = {}
        if self.topic is not None:
            ways[TOPIC] = partial(self._topic, self.topic)
        if self.audit is not None:
            ways[AUDIT] = partial(self._audit, self.audit)
            ways[DAYS] = partial(self._days, self.audit)
        subscriptions = await subscribing.standing(service_begin(self.runtime))
        for each in subscriptions:
            ways[f"hook:{each.id}"] = partial(self._hook, each)
        standing = await self.tail.standing(list(ways))
        done = [self._one(name, do, standing.get(name, Standing())) for name, do in ways.items()]
        ended = await asyncio.gather(*done, return_exceptions=True)  # nobody is left under way by another's end
        for each in ended:
            if isinstance(each, BaseException):
                raise each
        await self._note(subscriptions)
        return sum(each for each in ended if isinstance(each, int))

    async def _one(self, name: str, do: Callable[[], Awaitable[int]], was: Standing) -> int:
        """A destination's round. What goes wrong in it is its own: it is tried again later, each time later still."""
        now = self.runtime.clock()
        if was.again_at is not None and now < was.again_at:
            return 0
        try:
            return await do()
        except Unavailable:
            raise
        except Exception as wrong:
            # Whatever it was, the place has not moved: the same is sent again.
            failures = was.failures + 1
            why = f"{type(wrong).__name__} {wrong}" if isinstance(wrong, Undelivered) else type(wrong).__name__
            log.warning("not taken", extra={"component": name.partition(":")[0], "error": why})
            await self.tail.failed(name, Standing(failures, now + pause_after(failures)))
            return 0

    async def _topic(self, topic: Topic) -> int:
        lines = await self.tail.lines(TOPIC, MOST, self.runtime.clock())
        events = [event for line in lines for event in events_of(line.entry)]
        if events:
            await topic.publish([(event, event.body(self.origin)) for event in events])
        await self._moved(TOPIC, lines)
        return len(events)

    async def _audit(self, queue: AuditQueue) -> int:
        lines = await self.tail.lines(AUDIT, MOST, self.runtime.clock())
        actors = {a for line in lines if line.entry.verb in AUDITED and (a := line.entry.actor) is not None}
        staff = await subscribing.staff_among(service_begin(self.runtime), actors)
        messages = [m for line in lines if (m := audit_of(line.entry, staff)) is not None]
        if messages:
            await queue.send(messages)
        await self._moved(AUDIT, lines)
        return len(messages)

    async def _days(self, queue: AuditQueue) -> int:
        now = self.runtime.clock().astimezone(UTC)
        day = await self.tail.day_of(DAYS, now.date()) + timedelta(days=1)
        if now < datetime.combine(day, datetime.min.time(), UTC) + timedelta(days=1) + AFTER_MIDNIGHT:
            return 0
        counted = await self.tail.numbers(day, {str(verb) for verb in AUDITED})
        staff = await subscribing.staff_among(service_begin(self.runtime), {each.actor for each in counted})
        messages = [m for each in counted if (m := daily_of(day, each, staff)) is not None]
        if messages:
            await queue.send(messages)
        await self.tail.day_told(DAYS, day)
        return len(messages)

    async def _hook(self, to: Subscription) -> int:
        """One after another, in their order: what was not taken is in the way of what comes after it."""
        name, taken, loop = f"hook:{to.id}", 0, asyncio.get_running_loop()
        until = loop.time() + BUDGET
        lines = await self.tail.lines(name, MOST, self.runtime.clock())
        for line in lines:
            events = told_to(to, line)
            if not events:
                continue
            if loop.time() > until:
                return taken  # the rest in the next round
            for event in events:
                await self.hook.deliver(self._delivery(to, event))
            taken += len(events)
            await self.tail.told(name, line.place)
        await self._moved(name, lines)
        return taken

    def _delivery(self, to: Subscription, event: Event) -> Delivery:
        now, body = self.runtime.clock(), event.body(self.origin)
        return Delivery(f"msg_{event.id.hex}", to.address, now, orjson.dumps(body), to.secrets(now))

    async def _moved(self, name: str, lines: Sequence[Line]) -> None:
        if lines:
            await self.tail.told(name, lines[-1].place)

    async def _note(self, subscriptions: Sequence[Subscription]) -> None:
        """Tell the owners which of theirs fail, and which take what is sent again."""
        standing: Mapping[str, Standing] = await self.tail.standing([f"hook:{s.id}" for s in subscriptions])
        for each in subscriptions:
            failures = standing.get(f"hook:{each.id}", Standing()).failures
            failing = each.state is SubscriptionState.FAILING
            if (failures >= FAILING_AFTER and not failing) or (failures == 0 and failing):
                await subscribing.noted(service_begin(self.runtime), each.id, failing=not failing)


def told_to(to: Subscription, line: Line) -> list[Event]:
    """What a subscription is sent of this line."""
    ping = ping_of(line.entry, to.id)
    events = [e for e in events_of(line.entry) if tells(to, e, seen_of(BY_TYPE[e.type]))]
    return events if ping is None else [ping]


def pause_after(failures: int) -> timedelta:
    """Twice as long after each failure, up to an hour."""
    return min(FIRST_PAUSE * 2 ** min(failures - 1, 16), LONGEST_PAUSE)

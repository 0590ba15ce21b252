"""What stands outside in a story: a topic, an audit queue, webhooks, and the relay that serves them over its world."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson

from api.messages.relay import Relay
from domain.telling.audit import Message
from domain.telling.events import Event
from domain.telling.ports import Delivery, Tail, Undelivered
from persistence.ledger.tail import LedgerTail
from persistence.memory import MemoryStore
from persistence.memory_tail import MemoryTail
from tests.http.world import ORIGIN, World


@dataclass(slots=True)
class Outside:
    """Keeps what comes, in order; `down` holds the names and addresses that take nothing, and `dies` those after which
    the relay is killed: it was taken, and the relay never hears of it."""

    events: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    audit: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    sent: list[Delivery] = field(default_factory=list[Delivery])
    down: set[str] = field(default_factory=set[str])
    dies: set[str] = field(default_factory=set[str])

    async def publish(self, events: Sequence[tuple[Event, Mapping[str, Any]]]) -> None:
        self._up("topic")
        self.events += [dict(body) for _, body in events]
        self._alive("topic")

    async def send(self, messages: Sequence[Message]) -> None:
        self._up("audit")
        self.audit += [dict(message.body) for message in messages]
        self._alive("audit")

    async def deliver(self, delivery: Delivery) -> None:
        self._up(delivery.address)
        self.sent.append(delivery)
        self._alive(delivery.address)

    def bodies(self, address: str | None = None) -> list[dict[str, Any]]:
        """What came to webhooks."""
        return [orjson.loads(d.body) for d in self.sent if address in (None, d.address)]

    def types(self, address: str | None = None) -> list[str]:
        """The types of what came to webhooks."""
        return [body["eventType"] for body in self.bodies(address)]

    def written(self) -> bytes:
        """Every byte that left."""
        hooks = [[d.id, d.address, d.at.isoformat(), d.body.decode(), list(d.secrets)] for d in self.sent]
        return orjson.dumps([self.events, self.audit, hooks])

    def _up(self, name: str) -> None:
        if name in self.down:
            raise Undelivered("down")

    def _alive(self, name: str) -> None:
        if name in self.dies:
            raise Killed


class Killed(BaseException):
    """The process was killed here: nothing after it happens, no tidying up either."""


def tail_of(world: World) -> Tail:
    """The tail of the world's store, as a process that has just begun sees it."""
    assert world.stage.store is not None
    inner: Any = world.stage.store.inner
    if not isinstance(inner, MemoryStore):
        return LedgerTail(inner.engine)
    known = _tails.get(id(inner))
    if known is None or known[0] is not inner:
        known = _tails[id(inner)] = (inner, MemoryTail(inner))
    return known[1]


_tails: dict[int, tuple[MemoryStore, MemoryTail]] = {}


def relay(world: World, outside: Outside) -> Relay:
    """A relay of the world, to there."""
    return Relay(world.house.runtime, tail_of(world), ORIGIN, outside, outside, outside)


async def passed(world: World, outside: Outside, rounds: int = 10) -> None:
    """Round after round, until nothing more is passed on."""
    for _ in range(rounds):
        if not await relay(world, outside).pass_on():
            return

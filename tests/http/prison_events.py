"""Messages of the prison's systems as their queue hands them out, and a queue that lies in this process."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from api.messages.consumer import Consumer, Message
from api.work.bench import service_begin
from domain.kernel.whereabouts import InOut, Located, Whereabouts
from tests.http.world import World

SEARCH, OFFENDER = "prisoner-offender-search.prisoner.", "prison-offender-events.prisoner."


def notification(type: str, at: datetime, *, id: str = "", of: str | None = None, **more: Any) -> str:
    """A notification as SNS wraps it, of an event about this number."""
    body: dict[str, Any] = {
        "eventType": type,
        "version": 1,
        "occurredAt": at.isoformat(),
        "description": "Something happened to a prisoner",
        "additionalInformation": {**({"nomsNumber": of} if of else {}), **more},
    }
    if of is not None:
        body["personReference"] = {"identifiers": [{"type": "NOMS", "value": of}]}
    return wrapped(type, json.dumps(body), at, id=id)


def wrapped(type: str, message: str, at: datetime, *, id: str = "") -> str:
    """Any message, wrapped."""
    return json.dumps(
        {
            "Type": "Notification",
            "MessageId": str(uuid5(NAMESPACE_URL, id or f"{type} {at} {message}")),
            "TopicArn": "arn:aws:sns:eu-west-2:000000000000:domain-events",
            "Message": message,
            "Timestamp": at.isoformat(),
            "MessageAttributes": {"eventType": {"Type": "String", "Value": type}},
        }
    )


@dataclass(slots=True)
class Line:
    """A queue: what waits, how often each came, for how long it was put off, and what is done with."""

    waits: list[str] = field(default_factory=list[str])
    came: dict[str, int] = field(default_factory=dict[str, int])
    put_off: list[int] = field(default_factory=list[int])
    deleted: list[str] = field(default_factory=list[str])

    async def take(self) -> list[Message]:
        """The first ten; each lies there still."""
        first = self.waits[:10]
        for body in first:
            self.came[body] = self.came.get(body, 0) + 1
        return [Message(f"m-{n}", body, body, self.came[body]) for n, body in enumerate(first)]

    async def done(self, messages: list[Message]) -> None:
        """They come no more."""
        for message in messages:
            self.waits.remove(message.handle)
            self.deleted.append(message.handle)

    async def later(self, message: Message, seconds: int) -> None:
        """It lies at the end."""
        self.waits.remove(message.handle)
        self.waits.append(message.handle)
        self.put_off.append(seconds)


@dataclass(slots=True)
class Systems:
    """Where people are, as the prison's systems say when they are asked."""

    at: dict[str, Located | None] = field(default_factory=dict[str, Located | None])
    reachable: bool = True
    unreadable: frozenset[str] = frozenset()
    """Of these they say it in no way that we know."""
    asked: list[str] = field(default_factory=list[str])

    async def __call__(self, identifiers: Any) -> Mapping[str, Located | None] | None:
        """The whereabouts of these."""
        self.asked += identifiers
        said = {n: self.at.get(n) for n in identifiers if n not in self.unreadable}
        return said if self.reachable else None


def located(prison: str | None, in_out: InOut = InOut.IN, **more: Any) -> Located:
    """Somebody is there."""
    return Located(prison, in_out, **more)


def consumer(world: World, line: Line, where: Whereabouts | None = None) -> Consumer:
    """The service's consumer over this queue."""
    runtime = world.house.runtime
    return Consumer(line, lambda: service_begin(runtime), "EW", where, runtime.prison)


async def told(world: World, *messages: str, where: Whereabouts | None = None) -> Line:
    """The service is told these, in this order."""
    line = Line(list(messages))
    await consumer(world, line, where).once()
    return line

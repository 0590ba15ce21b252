"""What the relay needs from outside: the ledger's tail, and the three kinds of destination."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol
from uuid import UUID

from domain.confidentiality.entry import Entry
from domain.telling.audit import DayNumber, Message
from domain.telling.events import Event


@dataclass(frozen=True, slots=True)
class Place:
    """How far a destination has got in the ledger: after this transaction's line of this id, written at that time."""

    tx: int
    id: UUID
    at: datetime


@dataclass(frozen=True, slots=True)
class Line:
    """An entry, and its place in the tail."""

    place: Place
    entry: Entry


@dataclass(frozen=True, slots=True)
class Standing:
    """How a destination stands: how often in a row it took nothing, and when it is tried again."""

    failures: int = 0
    again_at: datetime | None = None


class Tail(Protocol):
    """The ledger in the order in which its transactions were settled, as far as nothing can come in between any more;
    and for each destination, by name, how far it has got. Closed entries are not in it."""

    async def lines(self, name: str, most: int, now: datetime) -> Sequence[Line]:
        """What comes next for a destination. One that is new begins here: nothing that was before is told to it."""
        ...

    async def told(self, name: str, place: Place) -> None:
        """It has taken everything up to here. Said after it has, never before: so a process that dies in between sends
        again, and nothing is lost."""
        ...

    async def standing(self, names: Collection[str]) -> Mapping[str, Standing]:
        """How these stand; whoever is not in the answer has taken everything so far."""
        ...

    async def failed(self, name: str, standing: Standing) -> None:
        """It took nothing."""
        ...

    async def day_of(self, name: str, today: date) -> date:
        """The last day whose numbers a destination was told; of a new one yesterday."""
        ...

    async def day_told(self, name: str, day: date) -> None:
        """It has taken this day's."""
        ...

    async def numbers(self, day: date, apart: Collection[str]) -> Sequence[DayNumber]:
        """How much everybody did on a day, prison by prison, but for open acts of these verbs."""
        ...


class Undelivered(Exception):
    """A destination did not take what was sent. The message is a word of ours: what a receiver answers is not read."""


class Topic(Protocol):
    """The estate's topic of domain events."""

    async def publish(self, events: Sequence[tuple[Event, Mapping[str, Any]]]) -> None:
        """Hand them over, each with its body. Raises `Undelivered`: any of them may not have been taken."""
        ...


class AuditQueue(Protocol):
    """The estate's audit queue for staff."""

    async def send(self, messages: Sequence[Message]) -> None:
        """Hand them over. Raises `Undelivered`."""
        ...


@dataclass(frozen=True, slots=True)
class Delivery:
    """One thing that is sent to one address: its id, its bytes, and the secrets that sign it."""

    id: str
    address: str
    at: datetime
    body: bytes = field(repr=False)
    secrets: tuple[str, ...] = field(repr=False)


class Hook(Protocol):
    """Whatever is at the address of a subscription."""

    async def deliver(self, delivery: Delivery) -> None:
        """Hand it over. Raises `Undelivered`."""
        ...

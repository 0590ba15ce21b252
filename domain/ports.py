"""What the domain needs from outside, said as protocols. `persistence` and `api` supply them; tests supply others."""

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, Protocol
from uuid import UUID

from domain.confidentiality.entry import Entry
from domain.confidentiality.principal import Principal
from domain.confidentiality.record import R, Record
from domain.confidentiality.viewer import Viewer
from domain.confidentiality.within import Reach
from domain.kernel.prison import Apart, PrisonFacts


class Clock(Protocol):
    """What time it is. Always aware, always UTC."""

    def __call__(self) -> datetime: ...


class Ids(Protocol):
    """A fresh random identifier of 122 bits or more, never sequential, never ordered by time."""

    def __call__(self) -> UUID: ...


@dataclass(frozen=True, slots=True)
class Scope:
    """How wide the database may open for one statement: the second line behind reach (row-level security).

    `prisons`: None means every prison (jurisdiction-wide roles and the service itself). `participation`: whether rows
    whose very existence is participation may be seen at all.
    """

    prisons: frozenset[str] | None
    participation: bool


@dataclass(frozen=True, slots=True)
class Footing:
    """What an actor's capacities rest on, as they were last worked out: the `mark` of his assignments and duties, which
    changes with any of them, in the same transaction."""

    actor: UUID
    mark: UUID


@dataclass(frozen=True, slots=True)
class Look:
    """What one look at the store may reach: the conditions, the viewer whose facts fill them, the instant, the
    scope. With a `footing` the look holds it too, in the same snapshot, and raises `Outdated` where it has changed: so
    that capacities may be remembered between requests, and one that is taken away is gone by the next."""

    reach: Reach
    viewer: Viewer
    now: datetime
    scope: Scope
    footing: Footing | None = None


@dataclass(frozen=True, slots=True)
class Query:
    """What a list asks for. `equal` maps field names to values that the record must have: a frozenset is any one of
    them, so that many are found in one look. `order` is the id unless a field is named, ascending, ties broken by id;
    `after` is the last (order value, id) seen; `limit` is a hard ceiling. `only` names the fields that are asked of
    each, besides id and order (none: all): what is found is then read by column, and no record is made of it.
    """

    equal: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}), repr=False)
    order: str | None = None
    after: tuple[Any, UUID] | None = field(default=None, repr=False)
    limit: int = 50
    only: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Kept:
    """A record to keep. `before` is the version that was read; 0 for a new record."""

    record: Record
    before: int
    erased: bool = False
    """True: the row is deleted instead (retention, single-use codes)."""


@dataclass(frozen=True, slots=True)
class Letter:
    """Something handed in that nobody reads back through the service: sealed bytes of constant length (rule 1)."""

    box: str
    plain: Mapping[str, Any] = field(repr=False)
    lies: UUID | None = None
    """Where it lies, of one that was found in the box; such a one is taken out. None: it is handed in."""


@dataclass(frozen=True, slots=True)
class KeyUse:
    """The use of an idempotency key: whose, for which route, with which body (as a keyed hash), about what."""

    actor: UUID
    route: str
    key: str
    body: bytes
    subject: UUID | None
    until: datetime


@dataclass(frozen=True, slots=True)
class Written:
    """That a line of the ledger wrote a record: as it was first (`first`), or changed in these fields; names alone."""

    line: UUID
    at: datetime
    actor: UUID | None
    kind: str
    record: UUID
    first: bool
    fields: tuple[str, ...]


class Raced(Exception):
    """Somebody else changed what was read, or the database chose another transaction. The act may be run again."""


class Outdated(Exception):
    """The footing on which the act was decided has changed. Whoever runs it works out the capacities, and decides,
    anew."""


class Clash(Exception):
    """A constraint that stands for a rule refused the change (a double booking, a second open duty). `rule` names
    it."""

    def __init__(self, rule: str) -> None:
        super().__init__(rule)
        self.rule = rule


class Store(Protocol):
    """Somewhere to keep records. There is no commit: both ways to finish ask for the ledger's entry.

    `get` and `find` cost the same work for what is out of reach as for what is not there. `settle` keeps what was put
    and the entry in one transaction, or raises `Raced`, `Clash` or `Unavailable` and keeps nothing. `abandon` keeps
    only the entry. Both return once the entry is durable.
    """

    async def get(self, kind: type[R], id: UUID, look: Look) -> R | None: ...
    async def find(self, kind: type[R], query: Query, look: Look) -> Sequence[R]: ...
    async def lying(self, box: str) -> Sequence[Letter]:
        """All that lies in a letterbox, opened: for what the clock mixes, in a serial act alone."""
        ...

    async def written(self, prison: str, since: datetime, ids: Collection[UUID]) -> Sequence[Written]:
        """The lines of a prison, in the order of their time and from this instant on, that wrote any of these records.
        Of what is closed there is none: such lines name no record (rule 4)."""
        ...

    async def mark(self, actor: UUID) -> UUID | None:
        """The mark of an actor's footing; None where nothing of his has changed since marks are kept."""
        ...

    async def settle(
        self,
        entry: Entry,
        kept: Sequence[Kept],
        scope: Scope,
        key: KeyUse | None = None,
        letters: Sequence[Letter] = (),
    ) -> None: ...
    async def abandon(self, entry: Entry) -> None: ...
    def serially(self) -> AbstractAsyncContextManager["Store"]:
        """A store whose looks and whose settling share one SERIALIZABLE transaction: for decisions over several
        rows."""
        ...

    async def used(self, actor: UUID, route: str, key: str) -> KeyUse | None:
        """The earlier use of an idempotency key, if it has not run out."""
        ...


class Seal(Protocol):
    """Closes an envelope to keys that the service has not: base64 of a ciphertext whose length tells nothing, and that
    opens at this `place` alone."""

    def __call__(self, place: str, plain: bytes) -> str: ...


class Releases(Protocol):
    """When people are to be released, by their prison numbers: a day, or None where it is not known there (remand, no
    date yet). A number that is not in the answer is not known at all. None: the source is not configured, or cannot be
    asked now."""

    async def __call__(self, prison: str, identifiers: Collection[str]) -> Mapping[str, date | None] | None: ...


class Rolls(Protocol):
    """How many people were in a prison in a month, summed over its days (prisoner-days); the month is its first day.
    None: the source is not configured, or cannot be asked now."""

    async def __call__(self, prison: str, month: date) -> int | None: ...


async def no_roll(prison: str, month: date) -> int | None:
    """No source of the roll is set up."""
    del prison, month
    return None


class Caseloads(Protocol):
    """In which prisons a member of staff works now. None: no such source is configured, or it cannot be asked now and
    nothing recent is known; assignments alone decide then, and health says so."""

    async def __call__(self, principal: Principal) -> frozenset[str] | None: ...


class PrisonRecords(Protocol):
    """What the prison's systems know of the person with this identifier. None: he is not known there, no source is set
    up, or it cannot be asked now. Whoever asks then knows nothing, and lets nothing pass for it."""

    async def __call__(self, identifier_kind: str, identifier: str) -> PrisonFacts | None: ...


async def nothing_known(identifier_kind: str, identifier: str) -> PrisonFacts | None:
    """No source of prison data is set up."""
    return None


class KeptApart(Protocol):
    """With whom each of these supporters must not be brought together, by his identifier. Whoever is not in the answer
    is not known there; None: no source is set up, or it cannot be asked now. Neither is ever the same as nobody.

    Supporters are asked about and never a recipient: whoever keeps non-associations writes down who was looked up and
    when, and there a recipient's number would say for years that he asked for a Listener (rules 3 and 4)."""

    async def __call__(self, identifier_kind: str, identifiers: Sequence[str]) -> Mapping[str, Apart] | None: ...


async def nobody_can_say(identifier_kind: str, identifiers: Sequence[str]) -> Mapping[str, Apart] | None:
    """No source of non-associations is set up."""
    return None

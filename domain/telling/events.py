"""From an entry of the ledger to the events that it raises: ids only, and nothing unless a line of `types` says so.

An event names no person, has no number, no text, no wing, and no prison of a record that is about somebody in custody.
Who may know more reads the record at `detailUrl`, with a role of his own.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from domain.confidentiality.entry import Change, Entry, Outcome
from domain.confidentiality.verbs import Verb
from domain.kernel.days import zone_of
from domain.kernel.ids import id_of
from domain.kernel.words import camel
from domain.telling.types import PINGED, TOLD, Told

VERSION: Final = 1
"""Of the form of every event."""


@dataclass(frozen=True, slots=True)
class Event:
    """One event. `id` is made of its entry's, and the same each time that it is sent. `fields`, `prison` and
    `jurisdiction` decide who is told; of these only the prison is ever said, and only where the record is about nobody
    (`placed`)."""

    id: UUID
    type: str
    at: datetime
    kind: str
    record: UUID
    said: str
    path: str
    fields: frozenset[str]
    jurisdiction: str | None
    prison: str | None
    placed: bool

    def body(self, origin: str) -> dict[str, Any]:
        """As the estate's schema of domain events has it. `origin`: the service's own."""
        more = {"eventId": str(self.id), f"{camel(self.kind.replace('-', '_'))}Id": str(self.record)}
        if self.placed and self.prison is not None:
            more["prisonId"] = self.prison
        return {
            "eventType": self.type,
            "version": VERSION,
            "occurredAt": self.at.astimezone(zone_of(self.jurisdiction or "")).isoformat(timespec="seconds"),
            "description": self.said,
            "detailUrl": f"{origin}{self.path}/{self.record}",
            "additionalInformation": more,
        }


def events_of(entry: Entry) -> tuple[Event, ...]:
    """The events that this entry raises. None, unless it was done, by a verb that is told, on a record of the kind of
    which it is told; and none at all of what is closed or names nobody."""
    if not tellable(entry):
        return ()
    return tuple(
        _event(entry, told, change) for told in TOLD if entry.verb in told.verbs for change in _of(entry, told)
    )


def tellable(entry: Entry) -> bool:
    """Whether anything at all may be told of it one by one."""
    return entry.outcome is Outcome.DONE and not entry.closed and not entry.nameless


def ping_of(entry: Entry, subscription: UUID) -> Event | None:
    """What a subscription is sent where its own owner asked for it."""
    if not tellable(entry) or entry.verb != Verb.PING_SUBSCRIPTION:
        return None
    if not any(c.kind == "subscription" and c.id == subscription for c in entry.changes):
        return None
    id, said = id_of(f"{entry.id}|{PINGED}|{subscription}"), "You asked for this, to try the subscription."
    path, none = "/v1/subscriptions", frozenset[str]()
    return Event(id, PINGED, entry.at, "subscription", subscription, said, path, none, entry.jurisdiction, None, False)


def _of(entry: Entry, told: Told) -> Iterator[Change]:
    for change in entry.changes:
        if change.kind == told.kind and change.id is not None and told.marked in (None, *change.fields):
            yield change


def _event(entry: Entry, told: Told, change: Change) -> Event:
    record: Any = change.id
    return Event(
        id=id_of(f"{entry.id}|{told.type}|{record}"),
        type=told.type,
        at=entry.at,
        kind=told.kind,
        record=record,
        said=told.said,
        path=told.path,
        fields=frozenset(change.fields),
        jurisdiction=entry.jurisdiction,
        prison=entry.prison,
        placed=told.placed,
    )

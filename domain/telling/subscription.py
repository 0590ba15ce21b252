"""A webhook: who is told of which events, at which address, and signed with what (F96).

Signed as Standard Webhooks says. Its secret is told once, as it is made, and is ciphertext at rest; another one may
take its place at any time, and both sign for a day.
"""

import ipaddress
import re
from base64 import b64encode
from collections.abc import Collection
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Final

from domain.act import Act
from domain.confidentiality.classification import Open, Secret
from domain.confidentiality.grants import GRANTS
from domain.confidentiality.record import KINDS, Record, record
from domain.confidentiality.roles import Role
from domain.confidentiality.verbs import Verb
from domain.kernel.ids import ActorId, AssignmentId, SubscriptionId
from domain.kernel.moves import Life, Moves
from domain.oversight.record import Assignment
from domain.telling.events import Event
from domain.telling.types import PINGED, EventType, Told

LONGEST_ADDRESS: Final = 500
MOST: Final = 20
"""Subscriptions that one client may have at a time."""
BOTH_SIGN: Final = timedelta(days=1)
"""How long the secret before signs too, once there is another."""


class SubscriptionState(StrEnum):
    """Where it stands."""

    ACTIVE = "ACTIVE"
    FAILING = "FAILING"
    """Its address has not taken what was sent, several times. Nothing is lost: it is tried again, hourly at last."""
    ENDED = "ENDED"


_S = SubscriptionState
SUBSCRIPTION_MOVES: Final[Moves[SubscriptionState]] = {
    _S.ACTIVE: frozenset({_S.FAILING, _S.ENDED}),
    _S.FAILING: frozenset({_S.ACTIVE, _S.ENDED}),
    _S.ENDED: frozenset(),
}
STANDS: Final = frozenset({_S.ACTIVE, _S.FAILING})
SUBSCRIPTION_LIFE: Final = Life(
    "state", {Verb.PING_SUBSCRIPTION: STANDS, Verb.ROTATE_SUBSCRIPTION: STANDS, Verb.END_SUBSCRIPTION: STANDS}
)


@record(kind="subscription", kept="six years after it ends; it names nobody in custody", life=SUBSCRIPTION_LIFE)
class Subscription(Record):
    """That a client is told of events by webhook, as far as its assignment reaches and its role sees."""

    id: Open[SubscriptionId]
    version: Open[int] = 0
    author: Open[ActorId]
    """The client whose it is."""
    assignment: Open[AssignmentId]
    """The assignment by which it is told: it is told nothing once that has ended."""
    jurisdiction: Open[str]
    prison: Open[str | None] = None
    """The prison of that assignment; None: every prison of the jurisdiction."""
    address: Open[str]
    """Where events are sent: https, and no address of a private network."""
    types: Open[tuple[EventType, ...]]
    """Of which events it is told."""
    state: Open[SubscriptionState] = SubscriptionState.ACTIVE
    since: Open[datetime]
    """What happened from then on is told."""
    failing_since: Open[datetime | None] = None
    """Since when its address has taken nothing."""
    pinged_at: Open[datetime | None] = None
    """When a test was last asked for: it is sent in its turn."""
    ended_at: Open[datetime | None] = None
    secret: Secret[str]
    secret_before: Secret[str | None] = None
    secret_before_until: Open[datetime | None] = None
    """Until when the secret before signs too."""

    def secrets(self, now: datetime) -> tuple[str, ...]:
        """The secrets that sign now, newest first."""
        before, until = self.secret_before, self.secret_before_until
        return (self.secret,) if before is None or until is None or now >= until else (self.secret, before)


def new_secret(act: Act) -> str:
    """`whsec_` and 32 bytes, of 244 random bits, as Standard Webhooks writes a secret."""
    drawn = sha256(act.new_id().bytes + act.new_id().bytes).digest()
    return f"whsec_{b64encode(drawn).decode()}"


_ADDRESS: Final = re.compile(
    r"https://(?P<host>\[[0-9A-Fa-f:.]{2,45}\]|[A-Za-z0-9.-]{1,253})(:(?P<port>[0-9]{1,5}))?(/[!-~]*)?"
)
_NOT_IN_PATH: Final = frozenset("?#\\")


def acceptable(address: str) -> bool:
    """Whether an address may be one at all: https, a name (or a public address), no user, query or fragment. Where the
    name leads is looked at each time that something is sent there."""
    found = _ADDRESS.fullmatch(address)
    if found is None or len(address) > LONGEST_ADDRESS or not _NOT_IN_PATH.isdisjoint(address):
        return False
    host = found["host"].strip("[]")
    return 0 < int(found["port"] or 443) < 65_536 and (_named(host) or public(host))


def _named(host: str) -> bool:
    """A full name, and not one that is of this machine or network alone."""
    labels = host.rstrip(".").split(".")
    if len(labels) < 2 or labels[-1] in {"localhost", "local", "internal", "lan", "home", "arpa"}:
        return False
    return not labels[-1].isdigit() and all(label and len(label) <= 63 for label in labels)


_APART: Final = tuple(
    map(
        ipaddress.ip_network,
        ("64:ff9b::/96", "64:ff9b:1::/48", "192.0.0.0/24", "192.88.99.0/24", "fec0::/10", "3fff::/20", "5f00::/16"),
    )
)
"""Addresses of version 6 behind which a gateway finds one of version 4; and such as the registries keep apart, which
not every Python says are not of the open internet: protocols' own, relays, sites, documents, segments of routes."""
_ISATAP: Final = frozenset({0x00005EFE, 0x02005EFE})
"""What stands before an address of version 4 in one of version 6 that a tunnel takes to it (RFC 5214)."""


def public(host: str) -> bool:
    """Whether it is an address of the open internet, however it is written; false for a name."""
    try:
        found = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is not None:
            found = found.ipv4_mapped
        elif found.sixtofour is not None or found.teredo is not None or int(found) >> 32 & 0xFFFFFFFF in _ISATAP:
            return False
    if any(found in net for net in _APART):
        return False
    return found.is_global and not (found.is_multicast or found.is_reserved or found.is_unspecified)


def seen_of(told: Told) -> frozenset[str]:
    """The fields of a type's kind that whoever integrates reads himself. Empty: that type is not for him."""
    kind = KINDS[told.kind]
    reads = Verb(f"READ_{told.kind.upper().replace('-', '_')}")
    sees = {c for g in GRANTS if g.role is Role.INTEGRATOR and reads in g.may for c in g.sees}
    return frozenset(f.name for f in kind.shape.fields.values() if f.mark.classification in sees)


def tells(subscription: Subscription, event: Event, seen: Collection[str]) -> bool:
    """Whether it is told of the event: of a type that it asked for, in a prison that it reaches, and only where a field
    that its role sees is among those that changed."""
    if event.type == PINGED:
        return event.record == subscription.id
    here = subscription.prison is None or event.prison == subscription.prison
    return (
        event.type in subscription.types
        and event.jurisdiction == subscription.jurisdiction
        and here
        and not event.fields.isdisjoint(seen)
    )


def reaches(subscription: Subscription, assignment: Assignment | None) -> bool:
    """Whether the assignment is still what it was when it was made: the same holder, role and reach."""
    return (
        assignment is not None
        and assignment.holder == subscription.author
        and assignment.role is Role.INTEGRATOR
        and (assignment.jurisdiction, assignment.prison) == (subscription.jurisdiction, subscription.prison)
    )

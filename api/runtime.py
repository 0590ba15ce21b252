"""What the routes run on: one value, made once by the wiring and never changed.

Routes and acts see ports only (`Store`, `Clock`, `Ids`); which database or clock stands behind them is the wiring's.
"""

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass

from api.paging import Cursors
from domain.confidentiality.disclosure import Tagger, tagger
from domain.ports import Caseloads, Clock, Ids, Store


@dataclass(frozen=True, slots=True)
class Secrets:
    """Keys that the HTTP side needs, each derived for its one use from the service's `KEYS`."""

    tags: bytes
    cursors: bytes
    bodies: bytes


@dataclass(frozen=True, slots=True)
class Runtime:
    """Store, clock, ids, tags, cursors, caseloads, and the jurisdiction of an issuer's staff."""

    store: Store
    clock: Clock
    ids: Ids
    caseloads: Caseloads
    tag: Tagger
    cursors: Cursors
    body_key: bytes
    jurisdiction_of: Callable[[str], str]

    def body_hash(self, canonical: bytes) -> bytes:
        """A keyed hash of a body, so that the table of idempotency keys does not tell what was sent."""
        return hmac.new(self.body_key, canonical, hashlib.sha256).digest()


def runtime(
    store: Store, clock: Clock, ids: Ids, caseloads: Caseloads, secrets: Secrets, jurisdiction_of: Callable[[str], str]
) -> Runtime:
    """Put together from its parts."""
    return Runtime(
        store=store,
        clock=clock,
        ids=ids,
        caseloads=caseloads,
        tag=tagger(secrets.tags),
        cursors=Cursors(secrets.cursors, clock),
        body_key=secrets.bodies,
        jurisdiction_of=jurisdiction_of,
    )

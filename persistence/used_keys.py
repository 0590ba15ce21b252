"""Idempotency keys at rest: found by whoever brings the key again, and telling nothing to whoever holds the tables.

A use in clear would join a man to the request that he sent for three days, in a place that no rule of retention looks
at (rule 2). So a row is found by a keyed hash of (actor, route, key), and its subject is sealed under a key made of
the same three: without the key that the device chose, nobody can tell whose row it is or what it was about.
"""

import hashlib
import hmac
import secrets
from datetime import UTC, datetime, time, timedelta
from functools import lru_cache
from typing import Any, Final
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from domain.ports import KeyUse
from persistence.keys import Keys

_NONCE: Final = 12


class UsedKeys:
    """Makes rows of uses, and uses of rows."""

    __slots__ = ("_keys",)

    def __init__(self, keys: Keys) -> None:
        self._keys = keys

    def looked_for(self, actor: UUID, route: str, key: str, now: datetime) -> dict[str, Any]:
        """The parameters of a look: a row of any version of the keys that has not run out."""
        told = _told(actor, route, key)
        uses = [self._use(told, version) for version in self._keys.versions]
        return {"k_uses": uses, "k_now": now, "k_today": now.astimezone(UTC).date()}

    def row(self, use: KeyUse, now: datetime, *, letter: bool) -> dict[str, Any]:
        """The parameters that keep a use, in the place of one that has run out by `now`: the true instant, for that of
        the entry may be its hour, its day or its week. A letter's use has no subject, and its end is a day: with an
        hour it would date the tally (rule 1)."""
        told, newest = _told(use.actor, use.route, use.key), self._keys.newest
        found = self._use(told, newest)
        lock = int.from_bytes(found[:8], "big", signed=True)
        given: dict[str, Any] = {"k_use": found, "k_lock": lock, "k_body": use.body}
        if letter:
            return given | {"k_now": now.astimezone(UTC).date(), "k_until": last_day(use.until).date()}
        subject = None if use.subject is None else _sealed(self._sealing(told, newest), found, use.subject)
        return given | {"k_now": now, "k_until": use.until, "k_subject": subject}

    def read(self, actor: UUID, route: str, key: str, row: Any) -> KeyUse:
        """The use that a row of the look stands for."""
        told, found = _told(actor, route, key), bytes(row["use"])
        version = next(v for v in self._keys.versions if self._use(told, v) == found)
        sealed = row["subject"]
        subject = None if sealed is None else _opened(self._sealing(told, version), found, sealed)
        until = row["until"] or datetime.combine(row["day"], time(), UTC)
        return KeyUse(actor, route, key, row["body"], subject, until)

    def _use(self, told: bytes, version: int) -> bytes:
        """By what one version of the keys finds a row."""
        return hmac.digest(self._keys.derive("idempotency key", version), told, hashlib.sha256)

    def _sealing(self, told: bytes, version: int) -> AESGCM:
        """By what it seals the row's subject."""
        return AESGCM(hmac.digest(self._keys.derive("idempotency subject", version), told, hashlib.sha256))


def _told(actor: UUID, route: str, key: str) -> bytes:
    return b"|".join((actor.bytes, _hashed(route), key.encode()))


@lru_cache(maxsize=1024)
def _hashed(route: str) -> bytes:
    return hashlib.sha256(route.encode()).digest()


def last_day(until: datetime) -> datetime:
    """The midnight at which the key of something handed in has run out: up to a day after it would, telling only the
    day."""
    return until.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)


def _sealed(sealing: AESGCM, use: bytes, subject: UUID) -> bytes:
    nonce = secrets.token_bytes(_NONCE)
    return nonce + sealing.encrypt(nonce, subject.bytes, use)


def _opened(sealing: AESGCM, use: bytes, sealed: bytes) -> UUID:
    return UUID(bytes=sealing.decrypt(sealed[:_NONCE], sealed[_NONCE:], use))

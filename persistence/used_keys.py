"""Idempotency keys at rest: found by whoever brings the key again, and telling nothing to whoever holds the tables.

A use in clear would join a man to the request that he sent for three days, in a place that no rule of retention looks
at (rule 2). So a row is found by a keyed hash of (actor, route, key), and its subject is sealed under a key made of
the same three: without the key that the device chose, nobody can tell whose row it is or what it was about.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any, Final
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from domain.ports import KeyUse
from persistence.keys import Keys

_NONCE: Final = 12


@dataclass(frozen=True, slots=True)
class _Mark:
    """What one version of the keys makes of (actor, route, key)."""

    use: bytes
    sealing: bytes


class UsedKeys:
    """Makes rows of uses, and uses of rows."""

    __slots__ = ("_keys",)

    def __init__(self, keys: Keys) -> None:
        self._keys = keys

    def looked_for(self, actor: UUID, route: str, key: str, now: datetime) -> dict[str, Any]:
        """The parameters of a look: a row of any version of the keys that has not run out."""
        uses = [self._mark(actor, route, key, version).use for version in self._keys.versions]
        return {"k_uses": uses, "k_now": now, "k_today": now.astimezone(UTC).date()}

    def row(self, use: KeyUse, at: datetime, *, letter: bool) -> dict[str, Any]:
        """The parameters that keep a use at the instant of its act. A letter's use has no subject, and its end is a
        day: with an hour it would date the tally (rule 1)."""
        mark = self._mark(use.actor, use.route, use.key, self._keys.newest)
        lock = int.from_bytes(mark.use[:8], "big", signed=True)
        given: dict[str, Any] = {"k_use": mark.use, "k_lock": lock, "k_body": use.body}
        if letter:
            return given | {"k_now": at.astimezone(UTC).date(), "k_until": last_day(at).date()}
        subject = None if use.subject is None else _sealed(mark, use.subject)
        return given | {"k_now": at, "k_until": use.until, "k_subject": subject}

    def read(self, actor: UUID, route: str, key: str, row: Any) -> KeyUse:
        """The use that a row of the look stands for."""
        marks = (self._mark(actor, route, key, version) for version in self._keys.versions)
        mark = next(m for m in marks if m.use == row["use"])
        subject = None if row["subject"] is None else _opened(mark, row["subject"])
        until = row["until"] or datetime.combine(row["day"], time(), UTC)
        return KeyUse(actor, route, key, row["body"], subject, until)

    def _mark(self, actor: UUID, route: str, key: str, version: int) -> _Mark:
        told = b"|".join((actor.bytes, hashlib.sha256(route.encode()).digest(), key.encode()))
        return _Mark(
            hmac.digest(self._keys.derive("idempotency key", version), told, hashlib.sha256),
            hmac.digest(self._keys.derive("idempotency subject", version), told, hashlib.sha256),
        )


def last_day(at: datetime) -> datetime:
    """The midnight at which the key of something handed in has run out: 24 to 48 hours later, telling only the day."""
    return at.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=2)


def _sealed(mark: _Mark, subject: UUID) -> bytes:
    nonce = secrets.token_bytes(_NONCE)
    return nonce + AESGCM(mark.sealing).encrypt(nonce, subject.bytes, mark.use)


def _opened(mark: _Mark, sealed: bytes) -> UUID:
    return UUID(bytes=AESGCM(mark.sealing).decrypt(sealed[:_NONCE], sealed[_NONCE:], mark.use))

"""Pages over HTTP: an opaque, encrypted cursor, `Link: rel="next"`, a hard ceiling, and never a total.

A cursor holds the last order value and id, so it is ciphertext: plain, it would tell an id, an instant or a rank that
the viewer may not know. It is bound to the viewer, the route and the filter, and lives 24 hours; one that does not
open, for whatever reason, is one 400.
"""

import base64
import binascii
import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from domain.kernel.errors import Failure, Unreadable
from domain.ports import Clock

LIFE: Final = 24 * 3600
_NONCE: Final = 12
_BAD: Final = Failure("CURSOR", "query:cursor")

After = tuple[Any, UUID]


@dataclass(frozen=True, slots=True)
class Bound:
    """What a cursor is good for: this viewer, this route, these filters."""

    viewer: UUID
    route: str
    asked: Mapping[str, Any]

    def digest(self) -> bytes:
        """The same for the same list, and for no other."""
        text = json.dumps([str(self.viewer), self.route, sorted((k, str(v)) for k, v in self.asked.items())])
        return hashlib.sha256(text.encode()).digest()


class Cursors:
    """Seals and opens cursors with one key of 32 bytes."""

    def __init__(self, key: bytes, clock: Clock) -> None:
        self._aead = AESGCM(key)
        self._clock = clock

    def seal(self, after: After, bound: Bound) -> str:
        """The cursor of the page after this."""
        value, id = after
        plain = json.dumps([_plain(value), str(id), int(self._clock().timestamp()) + LIFE]).encode()
        # Of constant length for one kind of order, so that the length does not tell the value.
        padded = plain + b" " * (-len(plain) % 64)
        nonce = os.urandom(_NONCE)
        sealed = nonce + self._aead.encrypt(nonce, padded, bound.digest())
        return _text(sealed)

    def open(self, cursor: str, bound: Bound) -> After:
        """Where the page starts. Raises `Unreadable`: not ours, another viewer's, another list's, or too old."""
        try:
            raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
            if _text(raw) != cursor:  # base64 has unused bits at its end: one page has one cursor
                raise Unreadable([_BAD])
            plain = self._aead.decrypt(raw[:_NONCE], raw[_NONCE:], bound.digest())
            value, id, until = json.loads(plain)
        except (binascii.Error, InvalidTag, ValueError, TypeError):
            raise Unreadable([_BAD]) from None
        if until < self._clock().timestamp():
            raise Unreadable([_BAD])
        return _valued(value), UUID(id)


def _text(sealed: bytes) -> str:
    return base64.urlsafe_b64encode(sealed).rstrip(b"=").decode()


def _plain(value: Any) -> Any:
    match value:
        case datetime():
            return {"t": value.isoformat()}
        case date():
            return {"d": value.isoformat()}
        case _:
            return value if value is None or isinstance(value, int) else str(value)


def _valued(value: Any) -> Any:
    match value:
        case {"t": str(text)}:
            return datetime.fromisoformat(text)
        case {"d": str(text)}:
            return date.fromisoformat(text)
        case _:
            return value

"""Marked fields are ciphertext at rest, each bound to its place.

AES-256-GCM under a key of its own per table, with the associated data table | column | row id | schema version: moved
to another row, column or table, a ciphertext does not open. Sealed bytes are

    1 byte form | 2 bytes key version | 12 bytes nonce | ciphertext and 16 bytes tag

and what is sealed is filled up to a multiple of 32 bytes, so that the length of a name or a language tells little. A
letterbox fills up to one constant length for each box (rule 1). Random nonces are good for 2**32 messages a key: about
130 years of a million a day, and keys are rotated long before (security.md 4.2).
"""

import hashlib
import hmac
import secrets
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from domain.feedback.by_code import BOX
from persistence.keys import Keys

FORM: Final = 1
SCHEMA: Final = 1
"""Which layout of the tables the associated data speaks of."""
LETTER_LENGTH: Final = 1024
"""Bytes of every sealed letter, but of those in a box of longer ones."""
LONGER: Final[Mapping[str, int]] = {BOX: 5120}
"""In these boxes every letter has so many: feedback may have a thousand characters of words in it."""

_NONCE: Final = 12
_OVERHEAD: Final = 3 + _NONCE + 16
_STEP: Final = 32
_END: Final = b"\x80"


class Unopenable(Exception):
    """Wrong key, wrong place, or a flipped bit. Which of them is not told, and nothing of it is shown."""


class Cipher:
    """Seals and opens the fields of rows, and letters. One a process: its keys are kept ready."""

    __slots__ = ("_aead", "_keys")

    def __init__(self, keys: Keys) -> None:
        self._keys = keys
        self._aead = lru_cache(maxsize=256)(self._made)

    def seal(self, table: str, column: str, row: UUID, text: str) -> bytes:
        """The ciphertext of a field's text."""
        plain = text.encode()
        return self._sealed(table, _place(table, column, row), plain, -(-(len(plain) + 1) // _STEP) * _STEP)

    def open(self, table: str, column: str, row: UUID, sealed: bytes) -> str:
        """The text. Raises `Unopenable`."""
        return self._opened(table, _place(table, column, row), sealed).decode()

    def open_all(
        self, table: str, column: str, rows: Iterable[UUID], sealed: Iterable[bytes | None]
    ) -> list[str | None]:
        """The texts of one column, as `open` gives each, and None where it is empty. Raises `Unopenable`."""
        before, after = _around(table, column)
        opened = self._opened
        return [
            None if one is None else opened(table, before + row.bytes + after, one).decode()
            for row, one in zip(rows, sealed, strict=True)
        ]

    def seal_letter(self, box: str, row: UUID, plain: bytes) -> bytes:
        """The ciphertext of something handed in: always as long as all in its box. Raises `ValueError`: it is too
        long."""
        length = LONGER.get(box, LETTER_LENGTH) - _OVERHEAD
        if len(plain) >= length:
            raise ValueError("a letter is longer than the letterbox takes")
        return self._sealed("letterbox", _place("letterbox", box, row), plain, length)

    def open_letter(self, box: str, row: UUID, sealed: bytes) -> bytes:
        """What was handed in, for the mixer alone. Raises `Unopenable`."""
        return self._opened("letterbox", _place("letterbox", box, row), sealed)

    def index(self, column: str, *parts: str) -> bytes:
        """The keyed index of a value by the newest key: 128 bits, equal for equal values, and no way back without the
        key. Unkeyed, every prison number is found by trying them all, in three minutes (security.md 4.1)."""
        return self.indexes(column, *parts)[0]

    def indexes(self, column: str, *parts: str) -> list[bytes]:
        """The index by every version of the key, newest first: rows written before a rotation are found too."""
        told = "|".join(part.replace("\\", "\\\\").replace("|", "\\|") for part in parts).encode()
        keys = (self._keys.derive(f"index {column}", version) for version in self._keys.versions)
        return [hmac.digest(key, told, hashlib.sha256)[:16] for key in keys]

    def _made(self, purpose: str, version: int) -> AESGCM:
        return AESGCM(self._keys.derive(f"seal {purpose}", version))

    def _sealed(self, purpose: str, place: bytes, plain: bytes, length: int) -> bytes:
        version, nonce = self._keys.newest, secrets.token_bytes(_NONCE)
        filled = (plain + _END).ljust(length, b"\0")
        head = bytes((FORM,)) + version.to_bytes(2, "big")
        return head + nonce + self._aead(purpose, version).encrypt(nonce, filled, head + place)

    def _opened(self, purpose: str, place: bytes, sealed: bytes) -> bytes:
        head, nonce, rest = sealed[:3], sealed[3 : 3 + _NONCE], sealed[3 + _NONCE :]
        try:
            if head[0] != FORM:
                raise Unopenable
            filled = self._aead(purpose, int.from_bytes(head[1:], "big")).decrypt(nonce, rest, head + place)
        except (InvalidTag, KeyError, IndexError, ValueError):
            raise Unopenable from None
        plain, end, zeros = filled.rpartition(_END)
        if not end or zeros.strip(b"\0"):
            raise Unopenable
        return plain


def _place(table: str, column: str, row: UUID) -> bytes:
    before, after = _around(table, column)
    return before + row.bytes + after


@lru_cache(maxsize=256)
def _around(table: str, column: str) -> tuple[bytes, bytes]:
    return f"{table}|{column}|".encode(), f"|{SCHEMA}".encode()

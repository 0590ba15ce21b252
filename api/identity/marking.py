"""What stands at rest for a token that was ended, and for a subject who was locked out: a keyed hash.

A list of numbers that were locked out would be one of people in trouble, and one of token ids joins to the issuer's own
log. So a row is found by whoever has the token, or the name, and our key, and tells nothing without.
"""

import hashlib
import hmac
from collections.abc import Sequence
from functools import lru_cache
from typing import Final
from uuid import UUID

_REMEMBERED: Final = 16_384
"""Marks: of a full cache of verified tokens, twice. When something ends, each of them is looked at."""


class Marking:
    """Makes marks with the service's keys, the newest first. Rows of earlier versions are found too."""

    def __init__(self, keys: Sequence[bytes]) -> None:
        """Raises `ValueError` without a key."""
        if not keys:
            raise ValueError("no key to make marks with")
        self._keys = tuple(keys)
        self._marks = lru_cache(_REMEMBERED)(self._made)

    def of_token(self, issuer: str, token_id: str) -> tuple[UUID, ...]:
        """For one token."""
        return self._marks("token", issuer, token_id)

    def of_subject(self, issuer: str, subject: str) -> tuple[UUID, ...]:
        """For all tokens of a subject."""
        return self._marks("subject", issuer, subject)

    def _made(self, *said: str) -> tuple[UUID, ...]:
        # None of the three has a character below the blank in it: no two triples are one text.
        written = "\x1f".join(said).encode()
        hashes = (hmac.digest(key, written, hashlib.sha256) for key in self._keys)
        return tuple(UUID(bytes=each[:16], version=4) for each in hashes)

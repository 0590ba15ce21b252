"""The one secret that the service is given, and every key that is made of it.

`KEYS` holds versions, newest first, one a line or with commas between: `version:base64 of 32 random bytes`. Every
purpose has its own key, derived with HKDF-SHA256 under a label, so that none can be turned against another. What an
older version wrote can be read as long as that version stands in the list; everything new is written with the newest.
Where several processes run, a version is first added at the end of each one's list, and only then moved to the front:
what is written with a version that a process has not, it neither reads nor finds.
Keys never rest in the database, nor in its backups (rule 26).
"""

import base64
import binascii
import re
import secrets
from functools import lru_cache
from typing import Final

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

LENGTH: Final = 32
"""Bytes of a master key, and of every key made of it: 256 bits."""
HIGHEST: Final = 0xFFFF
"""The highest version: two bytes in each ciphertext say which one sealed it."""


class WrongKeys(ValueError):
    """The setting cannot be used. The message is one line and holds nothing of the keys."""


class Keys:
    """The versions of the master key. Its `repr` tells the versions only."""

    __slots__ = ("_derived", "_masters", "newest", "versions")

    def __init__(self, masters: dict[int, bytes], newest: int) -> None:
        self._masters = masters
        self.newest: Final = newest
        self.versions: Final = tuple(masters)
        self._derived = lru_cache(maxsize=256)(self._derive)

    def __repr__(self) -> str:
        return f"Keys(versions={self.versions})"

    @classmethod
    def parse(cls, text: str) -> "Keys":
        """Read the setting. Raises `WrongKeys`."""
        masters: dict[int, bytes] = {}
        for line in re.split(r"[\n,]", text):
            if not line.strip():
                continue
            version, colon, encoded = line.strip().partition(":")
            if not colon or not version.isascii() or not version.isdigit() or not 1 <= int(version) <= HIGHEST:
                raise WrongKeys(f"each key is written as version:base64, with a version from 1 to {HIGHEST}")
            try:
                master = base64.b64decode(encoded.strip(), validate=True)
            except binascii.Error:
                raise WrongKeys(f"key {int(version)} is not base64") from None
            if len(master) != LENGTH:
                raise WrongKeys(f"key {int(version)} has {len(master)} bytes and needs {LENGTH}")
            if int(version) in masters or master in masters.values():
                raise WrongKeys(f"key {int(version)} is there twice")
            masters[int(version)] = master
        if not masters:
            raise WrongKeys("there is no key")
        return cls(masters, next(iter(masters)))

    def derive(self, label: str, version: int | None = None) -> bytes:
        """The key for a purpose, of the newest version unless another is named. Raises `KeyError`: no such version."""
        return self._derived(label, self.newest if version is None else version)

    def _derive(self, label: str, version: int) -> bytes:
        return HKDF(SHA256(), LENGTH, salt=None, info=f"peer-support|{label}".encode()).derive(self._masters[version])


def generate(version: int = 1) -> str:
    """A line for `KEYS`: a fresh master key of this version."""
    return f"{version}:{base64.b64encode(secrets.token_bytes(LENGTH)).decode()}"

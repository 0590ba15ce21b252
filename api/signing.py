"""The service's own signature, under what people carry away from it: a JWS (RFC 7515) with Ed25519 (RFC 9864).

The private keys are derived from `KEYS`, one for each version of it; the newest signs, each verifies, and their public
halves are published (`/passport-keys`), so that whoever is handed a document can check it without us. Ed25519 signs the
same bytes with the same bytes: a document asked for twice is one document.
"""

import base64
import binascii
from collections.abc import Mapping
from typing import Any, Final, cast

import orjson
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

ALGORITHM: Final = "Ed25519"
TYPE: Final = "peer-support-passport+jws"
LONGEST: Final = 4000


class Signatures:
    """Signs with the newest key, and opens what any of them has signed. `seeds`: 32 bytes by version, newest first."""

    def __init__(self, seeds: Mapping[int, bytes]) -> None:
        self._keys = {f"v{n}": Ed25519PrivateKey.from_private_bytes(seed) for n, seed in seeds.items()}
        self._newest = next(iter(self._keys))

    def signed(self, claims: Mapping[str, Any]) -> str:
        """The compact form."""
        header = {"alg": ALGORITHM, "kid": self._newest, "typ": TYPE}
        said = f"{_written(header)}.{_written(claims)}"
        return f"{said}.{_encoded(self._keys[self._newest].sign(said.encode()))}"

    def opened(self, document: str) -> dict[str, Any] | None:
        """The claims, if one of our keys signed them in this form and no other; None for whatever else it is."""
        parts = document.split(".")
        if len(parts) != 3 or len(document) > LONGEST:
            return None
        header, claims, signature = _read(parts[0]), _read(parts[1]), _decoded(parts[2])
        if header is None or claims is None or signature is None:
            return None
        key = self._keys.get(str(header.get("kid")))
        if key is None or header != {"alg": ALGORITHM, "kid": header.get("kid"), "typ": TYPE}:
            return None
        try:
            key.public_key().verify(signature, f"{parts[0]}.{parts[1]}".encode())
        except InvalidSignature:
            return None
        return claims

    def published(self) -> dict[str, Any]:
        """The public keys, as a JWK set (RFC 7517, RFC 8037)."""
        return {
            "keys": [
                {
                    "kty": "OKP",
                    "crv": "Ed25519",
                    "use": "sig",
                    "alg": ALGORITHM,
                    "kid": name,
                    "x": _encoded(key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)),
                }
                for name, key in self._keys.items()
            ]
        }


def _written(value: Mapping[str, Any]) -> str:
    return _encoded(orjson.dumps(value, option=orjson.OPT_SORT_KEYS))


def _read(part: str) -> dict[str, Any] | None:
    decoded = _decoded(part)
    if decoded is None:
        return None
    try:
        found: Any = orjson.loads(decoded)
    except orjson.JSONDecodeError:
        return None
    return cast(dict[str, Any], found) if isinstance(found, dict) else None


def _encoded(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


def _decoded(part: str) -> bytes | None:
    """Strictly: the one text that these bytes are written as, so that no second text means the same."""
    try:
        found = base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
    except (binascii.Error, ValueError):
        return None
    return found if _encoded(found) == part else None

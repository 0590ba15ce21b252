"""One signature, one key. The only file that imports `jose`.

python-jose walks all keys it is given, never looks at `kid`, `use` or `key_ops`, and builds keys with the token's own
`alg` (security.md 1.2). So it is given one ready key object, chosen by us, with one algorithm, and nothing else.
"""

from dataclasses import dataclass
from enum import StrEnum

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from jose import backends, jws
from jose.backends.base import Key
from jose.backends.cryptography_backend import CryptographyECKey, CryptographyHMACKey, CryptographyRSAKey
from jose.exceptions import JOSEError

from api.identity.refusal import Reason, TokenRefused


class Algorithm(StrEnum):
    """The signatures that we read. No symmetric one: whoever can check it could make it."""

    RS256 = "RS256"
    ES256 = "ES256"


@dataclass(frozen=True, slots=True)
class VerificationKey:
    """A public key that verifies with one algorithm and no other (RFC 8725, 3.1). `thumbprint` is the SHA-256 of its
    DER form, by which two fetches of one key are known to be the same."""

    kid: str
    algorithm: Algorithm
    thumbprint: bytes
    key: Key


def require_cryptography() -> None:
    """Raise `RuntimeError` unless jose verifies with `cryptography`.

    Without it jose falls back, silently, to pure Python code that leaks keys by its timing (CVE-2024-23342).
    """
    expected = {"ECKey": CryptographyECKey, "RSAKey": CryptographyRSAKey, "HMACKey": CryptographyHMACKey}
    if any(getattr(backends, name) is not key for name, key in expected.items()):
        raise RuntimeError("python-jose is not using the cryptography package; install python-jose[cryptography]")


def key_object(public: RSAPublicKey | EllipticCurvePublicKey) -> Key:
    """The key as jose verifies with it: RS256 for RSA, ES256 for elliptic curve (the caller has checked the curve)."""
    if isinstance(public, RSAPublicKey):
        return CryptographyRSAKey(public, Algorithm.RS256.value)
    return CryptographyECKey(public, Algorithm.ES256.value)


def verify(token: str, key: VerificationKey) -> bytes:
    """The payload's bytes, if the signature is the key's (rule 7). Raises `TokenRefused` for every other outcome."""
    try:
        return jws.verify(token, key.key, algorithms=[key.algorithm.value])
    except (JOSEError, ValueError, TypeError, RecursionError):
        raise TokenRefused(Reason.SIGNATURE) from None


require_cryptography()

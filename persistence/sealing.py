"""Envelopes: sealed to two public keys, one inside the other, so that each holder takes off one layer and neither can
read alone. The service never has a private half (rule 2).

A layer is, with X25519, HKDF-SHA256 and AES-256-GCM:

    1 byte form | 32 bytes ephemeral public key | ciphertext and 16 bytes tag

Its key is made of the shared secret and both public keys, and serves for one message: the nonce is constant. The place
(prison, day, id) is the associated data of both layers. What is sealed is filled up to a multiple of `LENGTH`, so that
its length tells nothing of names, or of how many were asked.
"""

import base64
import binascii
from dataclasses import dataclass
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_der_public_key

FORM: Final = 1
LENGTH: Final = 4096
"""Bytes of what is sealed, its filling too; a multiple of it for a request whose words do not fit."""
LAYERS: Final = 2
_KEY: Final = 32
_NONCE: Final = bytes(12)
_END: Final = b"\x80"


class NotPublic(ValueError):
    """The setting is no X25519 public key. The message is one line and holds nothing of it."""


class NotThisLayer(Exception):
    """This key does not open this layer: another key is next, or something was changed."""


@dataclass(frozen=True, slots=True)
class Outside:
    """The two public keys: the partner's, whose layer is the outer one, and the estate's."""

    partner: X25519PublicKey
    estate: X25519PublicKey

    def seal(self, place: str, plain: bytes) -> str:
        """Base64 of both layers."""
        length = -(-(len(plain) + 1) // LENGTH) * LENGTH
        filled = (plain + _END).ljust(length, b"\0")
        inner = _layer(self.estate, place, filled)
        return base64.b64encode(_layer(self.partner, place, inner)).decode()


def public_key(text: str) -> X25519PublicKey:
    """The key that is written as base64 of its DER form. Raises `NotPublic`: no private key is taken for one."""
    try:
        found = load_der_public_key(base64.b64decode(text.strip(), validate=True))
    except (binascii.Error, ValueError, TypeError):
        raise NotPublic("it is no public key") from None
    if not isinstance(found, X25519PublicKey):
        raise NotPublic("it is a public key of another kind than X25519")
    return found


def written(key: X25519PublicKey) -> str:
    """A public key as a setting writes it."""
    return base64.b64encode(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).decode()


def outside(partner: str, estate: str) -> Outside:
    """Both keys. Raises `NotPublic`: one of them is none, or both are the same."""
    keys = Outside(public_key(partner), public_key(estate))
    if _raw(keys.partner) == _raw(keys.estate):
        raise NotPublic("both are the same key: two people have to be needed")
    return keys


def take_off(key: X25519PrivateKey, place: str, sealed: bytes) -> bytes:
    """What is under the outermost layer. Raises `NotThisLayer`."""
    form, ephemeral, rest = sealed[:1], sealed[1 : 1 + _KEY], sealed[1 + _KEY :]
    if form != bytes((FORM,)) or len(ephemeral) != _KEY:
        raise NotThisLayer
    try:
        secret = key.exchange(X25519PublicKey.from_public_bytes(ephemeral))
        own = _raw(key.public_key())
        return AESGCM(_derived(secret, ephemeral, own)).decrypt(_NONCE, rest, place.encode())
    except (InvalidTag, ValueError):
        raise NotThisLayer from None


def plain_of(filled: bytes) -> bytes:
    """What was sealed, without its filling. Raises `NotThisLayer`: a layer is still on."""
    plain, end, zeros = filled.rpartition(_END)
    if not end or zeros.strip(b"\0") or len(filled) % LENGTH:
        raise NotThisLayer
    return plain


def _layer(to: X25519PublicKey, place: str, plain: bytes) -> bytes:
    once = X25519PrivateKey.generate()
    ephemeral = _raw(once.public_key())
    key = _derived(once.exchange(to), ephemeral, _raw(to))
    return bytes((FORM,)) + ephemeral + AESGCM(key).encrypt(_NONCE, plain, place.encode())


def _derived(secret: bytes, ephemeral: bytes, to: bytes) -> bytes:
    return HKDF(SHA256(), _KEY, salt=ephemeral + to, info=b"peer-support|envelope").derive(secret)


def _raw(key: X25519PublicKey) -> bytes:
    return key.public_bytes(Encoding.Raw, PublicFormat.Raw)

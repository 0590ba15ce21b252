"""Tokens made by hand: whatever header, payload and signature a test wants, with nothing put right on the way."""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


@cache
def rsa_key(name: str = "issuer", bits: int = 2048, exponent: int = 65537) -> rsa.RSAPrivateKey:
    """An RSA key, made once a run for each name."""
    assert name
    return rsa.generate_private_key(exponent, bits)


@cache
def ec_key(name: str = "issuer") -> ec.EllipticCurvePrivateKey:
    """A P-256 key, made once a run for each name."""
    assert name
    return ec.generate_private_key(ec.SECP256R1())


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def number(value: int, length: int | None = None) -> str:
    return b64(value.to_bytes(length or (value.bit_length() + 7) // 8, "big"))


def as_json(value: object) -> bytes:
    """Strict JSON of a mapping; bytes and texts go through as they are, to say what JSON would not."""
    if isinstance(value, bytes):
        return value
    if isinstance(value, str):
        return value.encode()
    return json.dumps(value, separators=(",", ":"), allow_nan=False).encode()


def content(header: object, payload: object) -> str:
    return f"{b64(as_json(header))}.{b64(as_json(payload))}"


def signature(text: str, key: PrivateKey, hashed: hashes.HashAlgorithm | None = None) -> bytes:
    """As RS256 or ES256 (or with another hash) has it."""
    hashed = hashed or hashes.SHA256()
    if isinstance(key, rsa.RSAPrivateKey):
        return key.sign(text.encode(), padding.PKCS1v15(), hashed)
    r, s = decode_dss_signature(key.sign(text.encode(), ec.ECDSA(hashed)))
    return r.to_bytes(32, "big") + s.to_bytes(32, "big")


def sign(header: object, payload: object, key: PrivateKey) -> str:
    """A token, signed."""
    text = content(header, payload)
    return f"{text}.{b64(signature(text, key))}"


def sign_pss(header: object, payload: object, key: rsa.RSAPrivateKey) -> str:
    text = content(header, payload)
    made = key.sign(text.encode(), padding.PSS(padding.MGF1(hashes.SHA256()), 32), hashes.SHA256())
    return f"{text}.{b64(made)}"


def sign_hmac(header: object, payload: object, secret: bytes, hashed: str = "sha256") -> str:
    """A token 'signed' with what everybody knows."""
    text = content(header, payload)
    return f"{text}.{b64(hmac.new(secret, text.encode(), getattr(hashlib, hashed)).digest())}"


def pem(key: PrivateKey) -> bytes:
    return key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)


def der(key: PrivateKey) -> bytes:
    return key.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)


def jwk(key: PrivateKey, kid: str, **members: object) -> dict[str, Any]:
    """The public half as its issuer would publish it."""
    public = key.public_key()
    if isinstance(public, rsa.RSAPublicKey):
        numbers = public.public_numbers()
        made: dict[str, Any] = {"kty": "RSA", "n": number(numbers.n), "e": number(numbers.e), "alg": "RS256"}
    else:
        point = public.public_numbers()
        size = (public.curve.key_size + 7) // 8
        curves = {"secp256r1": "P-256", "secp384r1": "P-384"}
        made = {"kty": "EC", "crv": curves[public.curve.name], "x": number(point.x, size), "y": number(point.y, size)}
        made["alg"] = "ES256"
    return made | {"kid": kid, "use": "sig"} | members


def key_set(*keys: Mapping[str, object]) -> bytes:
    return json.dumps({"keys": list(keys)}).encode()


def without(claims: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in claims.items() if name not in names}


@dataclass
class Clock:
    """Seconds since 1970, moved by hand."""

    now: float = 1_780_000_000.0

    def __call__(self) -> float:
        return self.now

    def advance(self, seconds: float) -> None:
        self.now += seconds

"""Which published keys are fit to verify with."""

import json
from collections.abc import Mapping
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from api.identity import signature
from api.identity.keys import keys_in, verification_key
from api.identity.refusal import Reason, TokenRefused
from api.identity.signature import Algorithm, VerificationKey, require_cryptography, verify
from tests.api.identity import forge

BOTH = frozenset(Algorithm)
RSA = forge.jwk(forge.rsa_key(), "rsa")
EC = forge.jwk(forge.ec_key(), "ec")


def usable(*members: object, algorithms: frozenset[Algorithm] = BOTH) -> Mapping[str, VerificationKey]:
    return keys_in(json.dumps({"keys": members}).encode(), algorithms)


def test_rsa_and_p256_keys_are_loaded_each_for_one_algorithm() -> None:
    """Side by side, in any order; `use`, `alg` and `key_ops` may be left out; other members do not matter."""
    bare = {name: RSA[name] for name in ("kty", "kid", "n", "e")} | {"kid": "bare", "x5c": ["MIIB"], "ext": True}
    told = EC | {"kid": "told", "key_ops": ["verify"]}
    keys = usable(EC, RSA, bare, told)
    assert {kid: key.algorithm for kid, key in keys.items()} == {
        "ec": Algorithm.ES256,
        "rsa": Algorithm.RS256,
        "bare": Algorithm.RS256,
        "told": Algorithm.ES256,
    }
    assert keys["bare"].thumbprint == keys["rsa"].thumbprint != keys["ec"].thumbprint


P384 = forge.jwk(ec.generate_private_key(ec.SECP384R1()), "p384")
NUMBERS = forge.rsa_key().private_numbers()
UNFIT: dict[str, Any] = {
    "rsa-1024": forge.jwk(forge.rsa_key("small", 1024), "k"),
    "rsa-2047-bits": RSA | {"n": forge.number((1 << 2046) + 1)},
    "rsa-exponent-3": forge.jwk(forge.rsa_key("three", 2048, 3), "k"),
    "rsa-exponent-1": RSA | {"e": forge.number(1)},
    "rsa-exponent-even": RSA | {"e": forge.number(65538)},
    "rsa-exponent-huge": RSA | {"e": forge.number(2**2000 + 1)},
    "rsa-modulus-huge": RSA | {"n": forge.number((1 << 9000) + 1)},
    "rsa-without-n": forge.without(RSA, "n"),
    "rsa-n-padded": RSA | {"n": RSA["n"] + "=="},
    "rsa-n-number": RSA | {"n": 12345},
    "for-encryption": RSA | {"use": "enc"},
    "use-null": RSA | {"use": None},
    "for-signing-only": RSA | {"key_ops": ["sign"]},
    "operations-no-list": RSA | {"key_ops": "verify"},
    "rs512": RSA | {"alg": "RS512"},
    "ps256": RSA | {"alg": "PS256"},
    "hs256": RSA | {"alg": "HS256"},
    "rsa-as-es256": RSA | {"alg": "ES256"},
    "alg-null": RSA | {"alg": None},
    "rsa-private": RSA | {"d": forge.number(NUMBERS.d)},
    "rsa-private-part": RSA | {"p": forge.number(NUMBERS.p)},
    "ec-private": EC | {"d": forge.number(forge.ec_key().private_numbers().private_value)},
    "ec-p384": P384,
    "ec-p384-as-p256": P384 | {"crv": "P-256", "alg": "ES256"},
    "ec-off-the-curve": EC | {"y": EC["x"]},
    "ec-at-infinity": EC | {"x": forge.number(0, 32), "y": forge.number(0, 32)},
    "ec-without-y": forge.without(EC, "y"),
    "symmetric": {"kty": "oct", "kid": "k", "k": "c2VjcmV0", "alg": "HS256"},
    "ed25519": {"kty": "OKP", "kid": "k", "crv": "Ed25519", "x": forge.number(1, 32)},
    "unknown": {"kty": "PQ", "kid": "k"},
    "no-kty": forge.without(RSA, "kty"),
    "kty-list": RSA | {"kty": ["RSA"]},
    "no-kid": forge.without(RSA, "kid"),
    "kid-empty": RSA | {"kid": ""},
    "kid-number": RSA | {"kid": 1},
    "text": "key",
    "null": None,
    "list": [RSA],
}


@pytest.mark.parametrize("member", UNFIT.values(), ids=list(UNFIT))
def test_unfit_keys_are_left_out_and_spoil_nothing(member: object) -> None:
    """Before a good key and after it: the good one is there, and it alone."""
    assert set(usable(member, EC | {"kid": "good"})) == {"good"}
    assert set(usable(RSA | {"kid": "good"}, member)) == {"good"}


def test_an_issuer_keeps_to_its_algorithms() -> None:
    """A key of a sort that the profile does not admit is not loaded."""
    assert set(usable(RSA, EC, algorithms=frozenset({Algorithm.RS256}))) == {"rsa"}


def test_an_id_that_two_usable_keys_share_names_neither() -> None:
    """Three, too; one unfit key of the same id takes nothing from the fit one."""
    again = forge.jwk(forge.rsa_key("other"), "rsa")
    assert set(usable(RSA, EC, again)) == {"ec"}
    assert set(usable(RSA, EC, again, EC | {"kid": "rsa"})) == {"ec"}
    assert set(usable(RSA | {"use": "enc"}, again)) == {"rsa"}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b"[]",
        b"null",
        b"{}",
        b'{"keys":{}}',
        b'{"keys":null}',
        b'{"keys":[],"keys":[]}',
        b"\xff",
        b"[" * 5000,
        b'{"keys":' + b"[" * 1500 + b"]" * 1500 + b"}",
    ],
)
def test_what_is_not_a_set_is_an_error(body: bytes) -> None:
    """So that the keys already known go on serving."""
    with pytest.raises(ValueError, match=r"."):
        keys_in(body, BOTH)


@pytest.mark.parametrize(
    "key", [forge.rsa_key("small", 1024), forge.rsa_key("three", 2048, 3), ec.generate_private_key(ec.SECP384R1())]
)
def test_an_unfit_key_cannot_be_handed_over_in_memory_either(key: forge.PrivateKey) -> None:
    """The rules of strength hold for keys that come from no set."""
    assert verification_key("k", forge.rsa_key().public_key()).algorithm is Algorithm.RS256
    with pytest.raises(ValueError, match=r"key|P-256"):
        verification_key("k", key.public_key())


def test_an_empty_set_is_a_set() -> None:
    """Its issuer has withdrawn every key, and means it."""
    assert usable() == {}


@pytest.mark.parametrize("key", [forge.rsa_key(), forge.ec_key()], ids=["rs256", "es256"])
def test_one_signature_with_one_key(key: forge.PrivateKey) -> None:
    """The payload's bytes for the true signature; TokenRefused for a changed one, and for the other key's algorithm."""
    name = "RS256" if key is forge.rsa_key() else "ES256"
    loaded = usable(forge.jwk(key, "k"))["k"]
    token = forge.sign({"alg": name, "kid": "k"}, {"a": 1}, key)
    assert verify(token, loaded) == b'{"a":1}'
    for wrong in (
        forge.sign({"alg": name, "kid": "k"}, {"a": 1}, forge.rsa_key("x") if name == "RS256" else forge.ec_key("x")),
        forge.sign({"alg": "HS256", "kid": "k"}, {"a": 1}, key),
        forge.sign({"kid": "k"}, {"a": 1}, key),
        "no token",
    ):
        with pytest.raises(TokenRefused) as refused:
            verify(wrong, loaded)
        assert refused.value.reason is Reason.SIGNATURE


@pytest.mark.parametrize("backend", ["ECKey", "RSAKey", "HMACKey"])
def test_jose_must_verify_with_cryptography(backend: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Any other backend stops the start with one line: the pure Python one leaks keys by its timing."""
    require_cryptography()
    monkeypatch.setattr(signature.backends, backend, object)
    with pytest.raises(RuntimeError, match="cryptography"):
        require_cryptography()

"""Tokens made from a good one by chance: claims and headers changed and signed again, by the right key or another; JSON
that says things twice; bits flipped, segments swapped, characters added.

Everything comes out of one seeded generator. About a third stays good, since a wrapper that refused all would agree
with anybody.
"""

import base64
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any

from cryptography.hazmat.primitives.asymmetric import rsa

from tests.api.identity import forge
from tests.api.identity.worlds import KID, NOW, OTHER_KID, WORLDS, World

_B64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
TIMES: list[Any] = [NOW - 3600, NOW - 6, NOW - 5, NOW - 1, NOW, NOW + 1, NOW + 5, NOW + 6, NOW + 600, NOW + 3599]
EXTREMES: list[Any] = [
    *(None, True, False, 0, 1, -1, 2**31, 2**40, 2**53 + 1, 2**63, 10**30, 1e300, 9e99, 0.5, NOW + 0.5, NOW - 0.5),
    *(str(NOW + 60), "", " ", "a", "a" * 300, "A\0B", "\ud800", "\uff21", "x y", "Infinity", "at+jwt", "none"),
    *([], {}, [[]], [None], ["a", "a"], {"a": {"b": []}}, ["peer-support"], [NOW + 60]),
]
RAW = [
    "NaN",
    "Infinity",
    "-Infinity",
    "1e400",
    "-0",
    "1E9",
    "9" * 400,
    '"\\u0000"',
    "{}",
    "[[[[]]]]",
    "01",
    "1.",
    "nul",
]


@dataclass
class Draft:
    """A token in the making. `trail` says what was done to it."""

    world: World
    random: Random
    header: dict[str, Any]
    payload: dict[str, Any]
    key: forge.PrivateKey | bytes
    header_text: bytes | None = None
    payload_text: bytes | None = None
    written: list[Callable[[str], str]] = field(default_factory=list[Callable[[str], str]])
    trail: list[str] = field(default_factory=list[str])

    def token(self) -> str:
        """What comes out."""
        header = self.header_text or _json(self.header)
        payload = self.payload_text or _json(self.payload)
        if isinstance(self.key, bytes):
            token = forge.sign_hmac(header, payload, self.key)
        else:
            token = forge.sign(header, payload, self.key)
        for change in self.written:
            token = change(token)
        return token


def _json(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()


def mutated(world: World, random: Random, number: int) -> Iterator[tuple[str, str]]:
    """(what was done, token), so many."""
    for _ in range(number):
        draft = Draft(world, random, dict(world.header), dict(world.payload), world.key)
        for change in random.choices(_CHANGES, _WEIGHTS, k=random.choice((1, 1, 1, 2, 2, 3))):
            change(draft)
            draft.trail.append(change.__name__.strip("_"))
        yield "+".join(draft.trail), draft.token()


# --- harmless: the token stays good, or should ------------------------------------------------------------------------


def _further_claim(draft: Draft) -> None:
    draft.payload[f"x{draft.random.randrange(99)}"] = draft.random.choice(["é", 1, [1, {"a": None}], "n", {"b": 0.5}])


def _other_id(draft: Draft) -> None:
    draft.payload["jti"] = f"{draft.random.getrandbits(64):x}"


def _shuffled(draft: Draft) -> None:
    for which in (draft.header, draft.payload):
        pairs = list(which.items())
        draft.random.shuffle(pairs)
        which.clear()
        which.update(pairs)


def _spaced(draft: Draft) -> None:
    draft.payload_text = json.dumps(draft.payload, indent=draft.random.choice((1, 2, "\t"))).encode()


def _time(draft: Draft) -> None:
    draft.payload[draft.random.choice(("exp", "iat", "nbf"))] = draft.random.choice(TIMES)


def _thumbprint(draft: Draft) -> None:
    draft.header[draft.random.choice(("x5t", "x5t#S256"))] = forge.b64(draft.random.randbytes(20))


# --- claims and headers, signed again ---------------------------------------------------------------------------------


def _claim(draft: Draft) -> None:
    draft.payload[draft.random.choice([*draft.payload, "nbf", "iat", "cnf", "nonce", "sub"])] = _any(draft)


def _claim_left_out(draft: Draft) -> None:
    draft.payload.pop(draft.random.choice(list(draft.payload)), None)


def _header(draft: Draft) -> None:
    draft.header[draft.random.choice([*draft.header, "crit", "b64", "zip", "cty", "jwk", "x5u", "enc"])] = _any(draft)


def _header_left_out(draft: Draft) -> None:
    draft.header.pop(draft.random.choice(list(draft.header)), None)


def _algorithm(draft: Draft) -> None:
    draft.header["alg"] = draft.random.choice(["none", "None", "HS256", "RS256", "ES256", "PS256", "RS512", "EdDSA"])


def _key_id(draft: Draft) -> None:
    draft.header["kid"] = draft.random.choice([OTHER_KID, KID.upper(), f"{KID} ", "../../dev/null", "", None, 7, [KID]])


def _issuer(draft: Draft) -> None:
    own = draft.world.profile.issuer
    draft.payload["iss"] = draft.random.choice([f"{own}/", own.upper(), [own], *(w.profile.issuer for w in WORLDS)])


def _audience(draft: Draft) -> None:
    draft.payload["aud"] = draft.random.choice(
        ["peer-support", ["a", "peer-support"], ["a"], "peer", [["peer-support"]]]
    )


def _any(draft: Draft) -> Any:
    return draft.random.choice(EXTREMES + TIMES)


def _as_number_in_quotes(draft: Draft) -> None:
    name = draft.random.choice(("exp", "iat"))
    if name in draft.payload:
        draft.payload[name] = str(draft.payload[name])


def _wrong_key(draft: Draft) -> None:
    rsas: list[forge.PrivateKey] = [forge.rsa_key("attacker"), forge.rsa_key("other"), forge.rsa_key("oidc")]
    curves: list[forge.PrivateKey] = [forge.ec_key("attacker"), forge.ec_key("other")]
    others = [*rsas, *curves] if draft.random.random() < 0.3 else rsas if _is_rsa(draft.world) else curves
    draft.key = draft.random.choice([key for key in others if key is not draft.world.key])


def _public_key_as_secret(draft: Draft) -> None:
    draft.key = draft.random.choice([forge.pem(draft.world.key), forge.der(draft.world.key), b"", b"k"])
    if draft.random.random() < 0.8:
        draft.header["alg"] = "HS256"


def _is_rsa(world: World) -> bool:
    return isinstance(world.key, rsa.RSAPrivateKey)


# --- JSON that says what JSON should not ------------------------------------------------------------------------------


def _said_twice(draft: Draft) -> None:
    name = draft.random.choice(list(draft.payload))
    again = _json({name: _any(draft)})[1:]
    draft.payload_text = _json(draft.payload)[:-1] + b"," + again


def _header_said_twice(draft: Draft) -> None:
    name = draft.random.choice(list(draft.header))
    draft.header_text = _json(draft.header)[:-1] + b"," + _json({name: _any(draft)})[1:]


def _raw_value(draft: Draft) -> None:
    name = draft.random.choice([*draft.payload, "x"])
    rest = forge.without(draft.payload, name)
    draft.payload_text = _json(rest)[:-1] + f',"{name}":{draft.random.choice(RAW)}}}'.encode()


def _other_bytes(draft: Draft) -> None:
    text = _json(draft.payload)
    deep = text[:-1] + b',"d":' + b"[" * 300 + b"]" * 300 + b"}"
    wide = text.decode().encode("utf-16")
    others = [b"\xef\xbb\xbf" + text, text + text, b"[" + text + b"]", text[:-1], text + b" ", text + b"\0", deep, wide]
    draft.payload_text = draft.random.choice([*others, text[:-1] + b',"x":"\xff"}'])


# --- the text of the token --------------------------------------------------------------------------------------------


def _bit_flipped(draft: Draft) -> None:
    where, bit = draft.random.randrange(3), draft.random.getrandbits(30)

    def change(token: str) -> str:
        parts = token.split(".")
        data = bytearray(base64.urlsafe_b64decode(parts[where] + "=" * (-len(parts[where]) % 4)))
        data[bit // 8 % len(data)] ^= 1 << bit % 8
        parts[where] = forge.b64(bytes(data))
        return ".".join(parts)

    draft.written.insert(0, change)


def _character(draft: Draft) -> None:
    place, letter = (
        draft.random.getrandbits(30),
        draft.random.choice([*_B64, "=", ".", "+", "/", " ", "\n", "é", "\0", ""]),
    )
    draft.written.append(lambda token: token[: place % len(token)] + letter + token[place % len(token) + 1 :])


def _added(draft: Draft) -> None:
    place = draft.random.choice((0, 10**6, draft.random.getrandbits(12)))
    more = draft.random.choice(["=", "==", "!!!!", "\n", " ", ".", "A", "AAAA", ".AA", "\uff0e"])
    draft.written.append(lambda token: token[:place] + more + token[place:])


def _cut(draft: Draft) -> None:
    length = draft.random.randrange(1, 60)
    draft.written.append(lambda token: token[:-length])


def _segments(draft: Draft) -> None:
    order = draft.random.choice([(1, 0, 2), (0, 2, 1), (2, 1, 0), (0, 1), (0, 1, 2, 2), (0, 0, 2), (0, 1, 1)])
    draft.written.append(lambda token: ".".join(parts[n] if n < len(parts := token.split(".")) else "" for n in order))


def _spare_bits(draft: Draft) -> None:
    where = draft.random.randrange(3)

    def change(token: str) -> str:
        parts = token.split(".")
        if where < len(parts) and parts[where] and parts[where][-1] in _B64:
            parts[where] = parts[where][:-1] + _B64[_B64.index(parts[where][-1]) ^ 1]
        return ".".join(parts)

    draft.written.append(change)


def _signature_of_another(draft: Draft) -> None:
    third = draft.world.token(jti=f"{draft.random.getrandbits(32):x}").split(".")[2]
    draft.written.append(lambda token: ".".join([*token.split(".")[:2], third]))


_HARMLESS = (_further_claim, _other_id, _shuffled, _spaced, _time, _thumbprint)
_OTHERS = (
    *(
        _claim,
        _claim_left_out,
        _header,
        _header_left_out,
        _algorithm,
        _key_id,
        _issuer,
        _audience,
        _as_number_in_quotes,
    ),
    *(_wrong_key, _public_key_as_secret, _said_twice, _header_said_twice, _raw_value, _other_bytes),
    *(_bit_flipped, _character, _added, _cut, _segments, _spare_bits, _signature_of_another),
)
_CHANGES = (*_HARMLESS, *_OTHERS)
_WEIGHTS = (*(2.5 for _ in _HARMLESS), *(1.0 for _ in _OTHERS))

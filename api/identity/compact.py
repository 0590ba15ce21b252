"""A token taken apart without trusting a byte of it: rules 1 to 4, and the strict JSON that rule 8 reads with.

Here nothing is verified. What comes out has the form of a signed token and says which key and which issuer it claims.
"""

import binascii
import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, NoReturn, cast

from api.identity.refusal import Reason, TokenRefused

LONGEST_TOKEN: Final = 8 * 1024
"""Characters. Tokens of the estate are between 0.7 and 2 KiB; an 8 MB one costs a fifth of a second to refuse later."""
LONGEST_HEADER: Final = 1024
"""Bytes of JSON."""
HEADER_BRACKETS: Final = 64
"""A 2.4 kB header nested 1,200 deep ends python-jose with RecursionError, before any signature is read."""
PAYLOAD_BRACKETS: Final = 256
HEADER_NAMES: Final = frozenset({"alg", "kid", "typ", "x5t", "x5t#S256"})
"""All that a header may say. jwk, jku, x5u and x5c offer a key of the caller's own; crit, b64 and zip change what the
signature covers. What is not on the list is refused, not ignored (RFC 7515, 4.1.11)."""

_BASE64URL: Final = re.compile(r"[A-Za-z0-9_-]+", re.ASCII)
_TO_BASE64: Final = bytes.maketrans(b"-_", b"+/")
_ENDS: Final = ("", "", "AQgw", "AEIMQUYcgkosw048")
"""By how many characters there are beyond the fours: the last ones that leave no bit over. One alone says no byte."""


@dataclass(frozen=True, slots=True)
class Opened:
    """The parts of a token, unverified. `type` is rule 6's `typ`, lower case, without `application/`; None if the
    header has none."""

    token: str
    algorithm: str
    kid: str
    type: str | None
    payload: bytes


def open_token(token: object) -> Opened:
    """Rules 1 to 4. Raises `TokenRefused`."""
    if not isinstance(token, str) or len(token) > LONGEST_TOKEN or not token.isascii() or token.count(".") != 2:
        raise TokenRefused(Reason.FORM)
    first, second, third = token.split(".")
    header = _header(decoded(first))
    payload = decoded(second)
    decoded(third)
    algorithm, kid, kind = header.get("alg"), header.get("kid"), header.get("typ")
    if not algorithm or not kid:
        raise TokenRefused(Reason.HEADER)
    return Opened(token, algorithm, kid, None if kind is None else media_type(kind), payload)


def media_type(written: str) -> str:
    """`typ` as it is compared: case does not count, and `application/` may be left out (RFC 7515, 4.1.9)."""
    return written.lower().removeprefix("application/")


def decoded(segment: str) -> bytes:
    """Rule 2: base64url in its one canonical form.

    Python's decoder skips foreign characters and spare bits, so without this one signature has endless spellings.
    """
    over = len(segment) % 4
    if _BASE64URL.fullmatch(segment) is None or (over and segment[-1] not in _ENDS[over]):
        raise TokenRefused(Reason.ENCODING)
    return binascii.a2b_base64(segment.encode().translate(_TO_BASE64) + b"==")


def strict_object(data: bytes, brackets: int) -> dict[str, object]:
    """A JSON object in UTF-8 of at most so many brackets. Raises `ValueError` for all else, and for duplicate names
    (two readers would see two claims), NaN, and numbers that are no finite float."""
    text = data.decode("utf-8")
    if text.count("{") + text.count("[") > brackets:
        raise ValueError("too many brackets")
    try:
        value: object = json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant, parse_float=_finite)
    except RecursionError:
        raise ValueError("too deep") from None
    if not isinstance(value, dict):
        raise ValueError("not an object")
    return cast(dict[str, object], value)


def claims_of(payload: bytes) -> Mapping[str, object]:
    """The payload as claims. Texts that cannot be printed (NUL, lone surrogates, line breaks) end it here, whatever
    the claim: no screen, log or comparison of ours meets them. Raises `TokenRefused`."""
    try:
        claims = strict_object(payload, PAYLOAD_BRACKETS)
    except ValueError:
        raise TokenRefused(Reason.PAYLOAD) from None
    if not all(value.isprintable() for value in claims.values() if isinstance(value, str)):
        raise TokenRefused(Reason.PAYLOAD)
    return claims


def _header(data: bytes) -> dict[str, str]:
    if len(data) > LONGEST_HEADER:
        raise TokenRefused(Reason.HEADER)
    try:
        header = strict_object(data, HEADER_BRACKETS)
    except ValueError:
        raise TokenRefused(Reason.HEADER) from None
    if not HEADER_NAMES.issuperset(header):
        raise TokenRefused(Reason.HEADER)
    texts = {name: value for name, value in header.items() if isinstance(value, str)}
    if len(texts) != len(header):
        raise TokenRefused(Reason.HEADER)
    return texts


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("duplicate name")
    return members


def _no_constant(_: str) -> NoReturn:
    raise ValueError("not a JSON number")


def _finite(written: str) -> float:
    number = float(written)
    if not math.isfinite(number):
        raise ValueError("not a finite number")
    return number

"""JSON, read strictly: what two readers could understand differently, or what could cost more than it says, is refused.

A duplicate key means one thing to a proxy and another to us; NaN is no JSON; a lone surrogate cannot be written to
PostgreSQL, nor can NUL; a number beyond fifteen digits is another number in every JavaScript client; nesting is counted
before anything is parsed, so that no depth reaches a recursion limit (RFC 8259, sections 4, 6, 8 and 9; RFC 7493).
"""

import json
import re
from typing import Any, Final, NoReturn, cast

from domain.kernel.errors import Unreadable

# security.md 6.1: JSON depth 20, list 100. Depth counts the outermost object or list as one.
MOST_DEPTH: Final = 20
MOST_ITEMS: Final = 100
# IEEE 754 doubles carry any 15 decimal digits, and not any 16; no figure of ours needs an exponent beyond that either.
MOST_DIGITS: Final = 15

# A string whole (or to the end, where it is not closed), or one bracket. It never backtracks: a string that is not
# closed must cost one pass over the text, not one for each quotation mark in it.
_TOKEN: Final = re.compile(r'"(?:[^"\\]++|\\.?)*+(?:"|\Z)|[\[\]{}]', re.DOTALL)


def parse(body: bytes, most: int = MOST_ITEMS) -> object:
    """What the bytes say: objects as dict, lists as list, numbers as int, or as float where they have a part, and
    strings, True, False and None. `most`: the longest list that it may hold.

    Raises Unreadable with one failure, without a place (a place would be made of the caller's own words):
    MALFORMED_JSON (syntax, an empty body, a byte order mark), INVALID_UTF8, DUPLICATE_KEY, TOO_DEEP, TOO_MANY_ITEMS,
    NOT_A_NUMBER (NaN, Infinity), NUMBER_TOO_LARGE, LONE_SURROGATE or NUL_CHARACTER.
    """
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        raise Unreadable(["INVALID_UTF8"]) from None
    if text.startswith("\ufeff"):
        raise Unreadable(["MALFORMED_JSON"])
    _refuse_depth(text)
    try:
        value: object = _DECODER.decode(text)
    except ValueError:
        raise Unreadable(["MALFORMED_JSON"]) from None
    _refuse_within(value, most)
    return value


def _refuse_depth(text: str) -> None:
    if text.count("{") + text.count("[") <= MOST_DEPTH:  # wherever they stand, there are too few
        return
    depth = 0
    for token in _TOKEN.finditer(text):
        mark = token.group()
        if mark in ("{", "["):
            depth += 1
            if depth > MOST_DEPTH:
                raise Unreadable(["TOO_DEEP"])
        elif mark in ("}", "]"):
            depth -= 1


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise Unreadable(["DUPLICATE_KEY"])
    return members


def _integer(digits: str) -> int:
    if len(digits.lstrip("-")) > MOST_DIGITS:
        raise Unreadable(["NUMBER_TOO_LARGE"])
    return int(digits)


def _number(written: str) -> int | float:
    """1.0 is 1: to JSON Schema, and to every JavaScript client, they are one number."""
    mantissa, _, exponent = written.lower().lstrip("-").partition("e")
    if len(mantissa.replace(".", "")) > MOST_DIGITS or len(exponent.lstrip("+-").lstrip("0")) > 2:
        raise Unreadable(["NUMBER_TOO_LARGE"])
    if abs(int(exponent or "0")) > MOST_DIGITS:
        raise Unreadable(["NUMBER_TOO_LARGE"])
    number = float(written)
    return int(number) if number.is_integer() else number


def _no_number(_written: str) -> NoReturn:
    raise Unreadable(["NOT_A_NUMBER"])


def _refuse_within(value: object, most: int) -> None:
    if isinstance(value, str):
        _refuse_text(value)
    elif isinstance(value, dict):
        for name, inner in cast(dict[str, object], value).items():
            _refuse_text(name)
            _refuse_within(inner, most)
    elif isinstance(value, list):
        items = cast(list[object], value)
        if len(items) > most:
            raise Unreadable(["TOO_MANY_ITEMS"])
        for inner in items:
            _refuse_within(inner, most)


def _refuse_text(text: str) -> None:
    if "\0" in text:
        raise Unreadable(["NUL_CHARACTER"])
    # json.loads joins escaped pairs, so that what is left of the surrogates is alone.
    if not text.isascii() and any("\ud800" <= character <= "\udfff" for character in text):
        raise Unreadable(["LONE_SURROGATE"])


# Made once: for each body that is read with hooks `json.loads` would make another (4 us).
_DECODER: Final = json.JSONDecoder(
    object_pairs_hook=_members, parse_int=_integer, parse_float=_number, parse_constant=_no_number
)

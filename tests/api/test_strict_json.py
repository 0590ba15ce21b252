"""JSON read strictly: each thing that is refused, and that what is good comes through whole."""

import json
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api import strict_json
from domain.kernel.errors import Unreadable


def nested(depth: int, opening: str, closing: str) -> bytes:
    """So many brackets within one another."""
    return (opening * depth + closing * depth).encode()


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "MALFORMED_JSON"),
        (b"   ", "MALFORMED_JSON"),
        (b"{", "MALFORMED_JSON"),
        (b'{"a":1,}', "MALFORMED_JSON"),
        (b"{'a':1}", "MALFORMED_JSON"),
        (b'{"a":1} {"b":2}', "MALFORMED_JSON"),
        (b'"a\nb"', "MALFORMED_JSON"),
        (b'"\\x"', "MALFORMED_JSON"),
        (b"[1 2]", "MALFORMED_JSON"),
        (b"01", "MALFORMED_JSON"),
        (b"+1", "MALFORMED_JSON"),
        (b".5", "MALFORMED_JSON"),
        (b"]" * 30, "MALFORMED_JSON"),
        (b"\xef\xbb\xbf{}", "MALFORMED_JSON"),
        (b'{"a":"\xff"}', "INVALID_UTF8"),
        (b'"\xed\xa0\x80"', "INVALID_UTF8"),
        ("{}".encode("utf-16"), "INVALID_UTF8"),
        (b'{"a":1,"a":1}', "DUPLICATE_KEY"),
        (b'{"a":1,"\\u0061":2}', "DUPLICATE_KEY"),
        (b'[{"b":{"c":1,"c":2}}]', "DUPLICATE_KEY"),
        (b"NaN", "NOT_A_NUMBER"),
        (b"[Infinity]", "NOT_A_NUMBER"),
        (b'{"a":-Infinity}', "NOT_A_NUMBER"),
        (b"1234567890123456", "NUMBER_TOO_LARGE"),
        (b"-1234567890123456", "NUMBER_TOO_LARGE"),
        (b"9" * 5000, "NUMBER_TOO_LARGE"),
        (b"0.1234567890123456", "NUMBER_TOO_LARGE"),
        (b"1e16", "NUMBER_TOO_LARGE"),
        (b"1e-16", "NUMBER_TOO_LARGE"),
        (b"1E999999999999", "NUMBER_TOO_LARGE"),
        (b"1e" + b"9" * 5000, "NUMBER_TOO_LARGE"),
        (b'"\\ud800"', "LONE_SURROGATE"),
        (b'"\\udc00\\ud800"', "LONE_SURROGATE"),
        (b'{"\\ud800":1}', "LONE_SURROGATE"),
        (b'"a\\u0000b"', "NUL_CHARACTER"),
        (b'{"\\u0000":1}', "NUL_CHARACTER"),
        (b'{"a":[["x\\u0000"]]}', "NUL_CHARACTER"),
        (nested(21, "[", "]"), "TOO_DEEP"),
        (b'{"a":' * 21 + b"1" + b"}" * 21, "TOO_DEEP"),
        (b"[" * 60_000, "TOO_DEEP"),
        (b'[{"a":' * 10_000, "TOO_DEEP"),
        (b'"\\\\"' + b"[" * 21, "TOO_DEEP"),
        (json.dumps(list(range(101))).encode(), "TOO_MANY_ITEMS"),
        (json.dumps({"a": [[0] * 101]}).encode(), "TOO_MANY_ITEMS"),
    ],
)
def test_each_way_to_be_misread_is_refused_by_its_code(body: bytes, code: str) -> None:
    """One code, without a place: the place would be in the caller's own words."""
    with pytest.raises(Unreadable) as refused:
        strict_json.parse(body)
    assert [(failure.code, failure.path) for failure in refused.value.failures] == [(code, None)]


@pytest.mark.parametrize(
    ("body", "value"),
    [
        (b"null", None),
        (b' {"a": [1, 2.5, -3e2, true, "x"]} \n', {"a": [1, 2.5, -300.0, True, "x"]}),
        (b"999999999999999", 999999999999999),
        (b"1e15", 1e15),
        (b"1E-015", 1e-15),
        (b'"\\ud83d\\ude00"', "\U0001f600"),
        ('"\U0001f600 \u0175"'.encode(), "\U0001f600 \u0175"),
        (b'"' + b"[" * 300 + b'"', "[" * 300),
        (b'"\\"[[[[[[[[[[[[[[[[[[[[[[[["', '"[[[[[[[[[[[[[[[[[[[[[[[['),
        (json.dumps([0] * 100).encode(), [0] * 100),
        (b"[{},{}]" * 1, [{}, {}]),
    ],
)
def test_what_is_good_is_read(body: bytes, value: object) -> None:
    """The limits themselves are good, brackets in strings are no depth, a pair of surrogates is a character."""
    assert strict_json.parse(body) == value


@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ('{"a":', "}")])
def test_twenty_deep_is_read(opening: str, closing: str) -> None:
    """The deepest that is good: an innermost scalar does not count."""
    body = f"{opening * 20}1{closing * 20}".encode()
    assert json.loads(body) == strict_json.parse(body)


@pytest.mark.parametrize(
    "body", [b'"\\"' * 16_000, b'\\"' * 32_000, b'"' * 63_999, b'"a\\' * 21_000, b"[" + b'"\\"' * 16_000]
)
def test_no_text_costs_more_than_its_length(body: bytes) -> None:
    """Quotation marks without an end must not make the scan start again at each of them (64 KiB)."""
    begun = time.perf_counter()
    with pytest.raises(Unreadable):
        strict_json.parse(body)
    assert time.perf_counter() - begun < 0.5


_scalars = (
    st.none()
    | st.booleans()
    | st.integers(-(10**15) + 1, 10**15 - 1)
    | st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))
)
_values: st.SearchStrategy[Any] = st.recursive(
    _scalars,
    lambda inner: (
        st.lists(inner, max_size=8)
        | st.dictionaries(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])), inner, max_size=8)
    ),
    max_leaves=20,
)


@given(_values, st.booleans())
@settings(max_examples=300, deadline=None)
def test_every_plain_value_comes_through_as_any_reader_reads_it(value: Any, ascii_only: bool) -> None:
    """Strictness changes no value: what the standard reader reads of plain JSON, we read."""
    body = json.dumps(value, ensure_ascii=ascii_only).encode()
    assert strict_json.parse(body) == json.loads(body)


@given(st.binary(max_size=200) | st.text(alphabet='[]{}",:\\u0d8e1-+.tfn NaInfity', max_size=200).map(str.encode))
@settings(max_examples=500, deadline=None)
def test_any_bytes_are_read_or_refused_and_nothing_else_happens(body: bytes) -> None:
    """No bytes raise anything but Unreadable, and what is read the standard reader reads alike."""
    try:
        value = strict_json.parse(body)
    except Unreadable:
        return
    assert value == json.loads(body)

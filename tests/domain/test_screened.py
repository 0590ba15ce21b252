# ruff: noqa: RUF001  (letters that look like others are what it is about)
"""What is found in words that somebody typed: numbers, however written, and what nobody sees; and what is not, for it
is honest."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import api
import domain
from domain.kernel.screened import folded, hides_something, shows_nothing
from domain.kernel.words import names_a_number

WALES = "\U0001f3f4\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f"
DISGUISED = {
    "zero-width space": "Ask A\u200b1001QX.",
    "soft hyphen": "Ask A\u00ad1001QX.",
    "word joiner": "A\u20601001QX",
    "emoji joiner": "A1\u200d001QX",
    "hyphens": "Ask A-1001-QX.",
    "dot": "A1001.QX",
    "slash": "A1001/QX",
    "spaces": "A 10 01 QX",
    "letter by letter": "A 1 0 0 1 Q X",
    "lines": "A\n1001\nQX",
    "underscores": "_A1001QX_",
    "full width": "Ask Ａ１００１ＱＸ.",
    "Cyrillic": "Ask А1001QХ.",
    "Greek": "Ask Α1001QΧ.",
    "small capitals": "ᴀ1001Qx",
    "circled": "Ⓐ①⓪⓪①ⓆⓍ",
    "squared": "🅰1001QX",
    "flags": "🇦1001QX",
    "keycaps": "A1\ufe0f\u20e30\ufe0f\u20e30\ufe0f\u20e31\ufe0f\u20e3QX",
    "other digits": "A١٠٠١QX",
    "an accent": "A\u03011001QX",
    "a variation": "A1001\ufe0fQX",
    "a blank letter": "A\u31641001QX",
    "letters for digits": "A1OO1QX",
    "in the plural": "A1001QXs cell",
    "with its cell": "A1001QX4",
    "ending in a word": "A1001AM",
    "ending in a word apart": "A1001 am",
    "in capitals": "A 10 01 SO",
}


@pytest.mark.parametrize("how", DISGUISED)
def test_a_number_is_found_however_it_is_disguised(how: str) -> None:
    """It is looked for in the text as it reads, not as it is coded."""
    assert names_a_number(DISGUISED[how])


@pytest.mark.parametrize(
    "text",
    [
        "A1 2nd landing, B2 3rd landing",
        "Room B5, 2.30 pm",
        "C2 10.30 am to 11.30 am",
        "Wing B 10-12 am, wing C 14.00 - 16.00",
        "On A 24 hours a day",
        "A 2026 UK survey of 14 prisons",
        "A 2024 EU grant of 10 000",
        "In block C 1200 of them",
        "Monday 23/11/2026 at 9.30; Tuesday 24-11-2026",
        "2026-11-23T02:10:00Z",
        "Ring 0800 123 4567 or 116 123",
        "ISO 9001, BS 5306, PSI 2011-64",
        "Y 2026 ar gyfer pawb; a 2025 yn y llyfrgell",
        "i 2026 ag an leabharlann",
        "M25 and A1(M), postcode DN7 6BW",
        "AB1234CD",
        "WILLIOs and SOILLess",
    ],
)
def test_honest_sentences_name_nobody(text: str) -> None:
    """Landings, rooms, times, days, years, sums, telephones and standards are not numbers of people."""
    assert not names_a_number(text)


@pytest.mark.parametrize(
    "text",
    ["Ask 190123 on A1.", "PRIS 19012", "(1901)", "1 9 0 1 2 3", "１９０１２３", "190\u200b123", "190123, 190124"],
)
def test_in_ireland_a_number_is_digits(text: str) -> None:
    """The pattern is the rule pack's: there it is refused; elsewhere digits are years and sums; to whoever writes for
    all it is refused as well."""
    found = {pack: names_a_number(text, pack) for pack in ((), ("EW",), ("IE",), None)}
    year = text == "(1901)"
    assert found == {(): False, ("EW",): False, ("IE",): not year, None: not year}


@pytest.mark.parametrize(
    "text",
    [
        "Since 2026, and in 1998",
        "€1500 a year, or € 2500",
        "1,200 leaflets",
        "Ring 086 123 4567, +353 86 123 4567 or 1800 247 247",
        "23/11/2026 at 14:30, or 9.30-11.30",
        "10-12 people of landing A1, 1.5 hours each",
    ],
)
def test_in_ireland_honest_digits_are_none(text: str) -> None:
    """Years, money, telephones, days, times and ranges."""
    assert not names_a_number(text, {"IE"})


def test_a_number_of_one_jurisdiction_is_refused_in_another() -> None:
    """A person of Moorland named in Dublin is named."""
    assert names_a_number("Ask A1001QX.", {"IE"})


def test_what_the_service_says_itself_is_honest() -> None:
    """No sentence of the service, its demonstration or its catalogues is taken for a number or hides anything, nor in
    Ireland any that is read there: no false alarm in some hundreds of sentences."""
    said = [text for package in (api, domain) for text in _sentences(package.__path__[0])]
    read = list(_sentences(domain.__path__[0]))
    assert (len(said) > 800, len(read) > 200) == (True, True)
    assert [t for t in said if names_a_number(t) or hides_something(t) or shows_nothing(t)] == []
    assert [t for t in read if names_a_number(t, {"IE"})] == []


def _sentences(folder: str) -> Iterator[str]:
    """What is written in the code to be read by others: no docstrings, which tell its readers what numbers are like."""
    for path in sorted(Path(folder).rglob("*.py")):
        nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
        told = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
        for node in nodes:
            said = node.value if isinstance(node, ast.Constant) and id(node) not in told else None
            if isinstance(said, str) and said.strip().count(" ") > 1:
                yield said


@pytest.mark.parametrize("text", ["", " ", "\u200b", "\u200d\u2066\u2069", "\u2800", "\u3164", "\n \t", "\u0301"])
def test_a_blank_is_seen_to_be_blank(text: str) -> None:
    """A text of which nothing is seen answers nothing."""
    assert shows_nothing(text)


@pytest.mark.parametrize(
    "text",
    [
        *("a\x00b", "a\x07b", "a\x7fb", "a\rb", "\ufeffa", "a\u200bb", "a\u00adb", "\u202ecba", "a\u2028b", "a\ue000b"),
        *("a\u3164b", "\U0001f3f4\U000e0061\U000e007f"),
    ],
)
def test_what_nobody_sees_is_found(text: str) -> None:
    """Controls, signs without width, overrides of direction, blank letters, hidden tags."""
    assert not shows_nothing(text)
    assert hides_something(text)


@pytest.mark.parametrize(
    "text",
    [
        *("Tŷ, w\u0302yn, Ŵ", "one\ntwo", "\U0001f468\u200d\U0001f469\u200d\U0001f467 ❤\ufe0f", f"{WALES} Cymru"),
        *("می\u200cخواهم", "שלום\u200f!", "\u2067عربي\u2069 text", "中文", "…–—“”’ €£"),
    ],
)
def test_what_honest_writing_needs_is_left_to_it(text: str) -> None:
    """Welsh, line breaks, emoji with their joiners, the flag of Wales, Persian, Hebrew, Arabic in an English text."""
    assert not shows_nothing(text)
    assert not hides_something(text)


def test_plain_text_is_folded_to_itself() -> None:
    """And what has letters of ours only loses its marks."""
    assert folded("Ask A1001QX.") == "Ask A1001QX."
    assert folded("Tŷ coffi") == "Ty coffi"

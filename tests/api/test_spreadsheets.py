"""Files for spreadsheets: nothing in them is a formula, and what was written comes out again (F67)."""

import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.spreadsheets import BOM, cell, file_of

SIGN = re.compile(r"[=+\-@\uff1d\uff0b\uff0d\uff20\u2212]")


def read(file: bytes, delimiter: str = ",") -> list[list[str]]:
    """As a spreadsheet reads it."""
    return list(csv.reader(io.StringIO(file.decode().removeprefix(BOM), newline=""), delimiter=delimiter))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        (' "=1+1', "' \"=1+1"),
        ("'=1", "''=1"),
        ("\uff1d1", "'\uff1d1"),
        ("\u22121", "'\u22121"),
        ("x;=1", "x;'=1"),
        ("x, -1", "x,' -1"),
        ("x|@a", "x|'@a"),
        ("x\n=1", "x\n'=1"),
        ("\"=cmd|' /C calc'!A0", "'\"=cmd|' /C calc'!A0"),
        ("a-b = c", "a-b = c"),
        ("ask @ the desk", "ask @ the desk"),
    ],
)
def test_where_a_formula_could_begin_stands_an_apostrophe(text: str, told: str) -> None:
    """At the start, after blanks and quotation marks, and after whatever ends a cell elsewhere; nowhere else."""
    assert cell(text) == told


@pytest.mark.parametrize("text", ["\t=1", "\r=1", "\tx", "\r\nx"])
def test_a_tab_or_a_return_is_no_beginning(text: str) -> None:
    """An apostrophe stands before it, and before the sign after it."""
    assert cell(text).startswith("'")
    assert "\t=" not in cell(text)
    assert "\r=" not in cell(text)


def test_numbers_are_numbers() -> None:
    """A number below zero is no formula, and a text that looks like one has its apostrophe."""
    assert (cell(-5), cell(-0.5), cell(True), cell(None), cell("-5")) == ("-5", "-0.5", "true", "", "'-5")
    assert cell(("READ", "=1")) == "READ;' =1"


TEXTS = st.text(alphabet=st.sampled_from("=+-@\t\r\n\"';,| aA1\uff1d\u2212"), max_size=12)


@given(st.lists(st.lists(TEXTS, min_size=2, max_size=2), max_size=4), st.sampled_from(",;\t|"))
def test_no_cell_of_any_reader_begins_as_a_formula(rows: list[list[str]], delimiter: str) -> None:
    """Whatever a spreadsheet takes for the end of a cell: no cell begins with a sign, blanks and marks left out."""
    for row in read(file_of(("a", "b"), rows), delimiter):
        for each in row:
            assert not SIGN.match(each.lstrip(' "\ufeff\t\r\n')), each
            assert delimiter != "," or not each.startswith(("\t", "\r")), each


@given(st.lists(st.text(alphabet='abc,;"\n 12', max_size=10), min_size=1, max_size=3))
def test_what_is_no_formula_comes_out_as_it_was(row: list[str]) -> None:
    """Marks, commas and line ends in it included."""
    assert read(file_of(["head"] * len(row), [row])) == [["head"] * len(row), row]

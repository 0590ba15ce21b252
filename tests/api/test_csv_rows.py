"""Files for a spreadsheet, read: what we wrote comes in again as it was, and whatever else comes is told by code."""

from typing import Annotated, Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import BaseModel, Field

from api.csv_rows import CsvRow, rows_of
from api.spreadsheets import file_of, tame, untamed
from domain.kernel.errors import Failure, Unacceptable


class Row(BaseModel):
    """A row of every form."""

    name: str
    howMany: int | None = None
    places: list[str] = []
    held: Annotated[bool, Field(description="Whether it was.")] = False


HEAD = ["name", "howMany", "places", "held"]
SIGNS = st.text(alphabet=st.sampled_from("=+-@\t\r\n\"';,| aA1\uff1d\u2212\u200b\ufeff"), max_size=12)
TEXTS = SIGNS | st.text(
    alphabet=st.characters(exclude_characters="\x00\ufffd\ufffe", exclude_categories=["Cs"]), max_size=12
)
WORDS = st.text(alphabet="abcXYZ-=' ", min_size=1, max_size=8).map(str.strip).filter(bool)


def members(row: CsvRow) -> dict[str, Any]:
    """Of a row in which nothing is wrong."""
    assert row.wrong == ()
    return dict(row.members)


@given(TEXTS)
@example("'=1")
@example("\t=1")
@example("\"=cmd|' /C calc'!A0")
def test_what_was_tamed_is_as_it_was(text: str) -> None:
    """Apostrophes are taken off where they were put, and nowhere else."""
    assert untamed(tame(text)) == text


@given(
    st.lists(
        st.fixed_dictionaries(
            {"name": TEXTS.filter(lambda t: t.strip() != "" and "\u00ef\u00bb\u00bf" not in t)},
            optional={
                "howMany": st.integers(-9999, 9999),
                "places": st.lists(WORDS, min_size=1),
                "held": st.booleans(),
            },
        ),
        min_size=1,
        max_size=5,
    )
)
def test_what_we_write_is_read_as_it_was(rows: list[dict[str, Any]]) -> None:
    """Commas, quotation marks, line ends, signs of formulas and all: the same members, and no row is another's."""
    file = file_of(HEAD, [[row.get(name) for name in HEAD] for row in rows]).decode()
    read = rows_of(file, Row, 500)
    assert [members(each) for each in read] == rows
    assert [each.number for each in read] == list(range(2, len(rows) + 2))


@given(st.text(alphabet=st.sampled_from("name,howMany\r\n\"'=;x1\ufeff\ufffd "), max_size=60) | st.text(max_size=60))
def test_whatever_comes_is_read_or_told(text: str) -> None:
    """Nothing raises but what says where and why, in our own words."""
    for start in ("", "name,howMany\r\n"):
        try:
            read = rows_of(start + text, Row, 3)
        except Unacceptable as wrong:
            told = [*wrong.failures]
            read = None
        else:
            told = [failure for row in read for failure in row.wrong]
        assert told if read is None else 1 <= len(read) <= 3
        for failure in told:
            steps = (failure.path or "").strip("/").split("/")
            assert all(step.isdigit() or step in {"", "csv", *HEAD} for step in steps), failure


@pytest.mark.parametrize(
    ("text", "code", "path"),
    [
        ("", "NO_HEADER", "/csv"),
        ("\ufeff", "NO_HEADER", "/csv"),
        ('"","",""\r\n', "NO_HEADER", "/csv"),
        ("name\r\n", "NO_ROWS", "/csv"),
        ('name\r\n""\r\n  \r\n', "NO_ROWS", "/csv"),
        ("name,A1234BC\r\nx,y", "COLUMN_UNKNOWN", "/csv/1/2"),
        ("name,name\r\nx,y", "COLUMN_TWICE", "/csv/1/name"),
        ("howMany\r\n1", "COLUMN_MISSING", "/csv/1/name"),
        ('name\r\nok\r\n"x"y', "CSV_MALFORMED", "/csv/3"),
        ('"name', "CSV_MALFORMED", "/csv/1"),
        ("name\r\na\r\nb\r\nc\r\nd", "TOO_MANY_ROWS", "/csv/5"),
        ("\u00ef\u00bb\u00bfname\r\nx", "WRONG_ENCODING", "/csv"),
        ("name\r\nRen\ufffd", "WRONG_ENCODING", "/csv"),
        ("\ufffename\r\nx", "WRONG_ENCODING", "/csv"),
    ],
)
def test_a_bad_file_is_told_by_code_and_place(text: str, code: str, path: str) -> None:
    """The header is row 1; an unknown column is told by its number, and never by its name."""
    with pytest.raises(Unacceptable) as wrong:
        rows_of(text, Row, 3)
    assert wrong.value.failures == (Failure(code, path),)


def test_a_bad_row_is_told_and_keeps_its_place() -> None:
    """Blank rows count as a spreadsheet counts them; a formula is refused, and one with its apostrophe is a text."""
    read = rows_of("name,howMany\r\n\r\n=1+1,2\r\n'=1+1,2\r\nx\r\nx,1,2\r\nx,-2\r\nx,many\r\nx,=2\r\n", Row, 9)
    assert [(row.number, dict(row.members), row.wrong) for row in read] == [
        (3, {"name": "=1+1", "howMany": 2}, (Failure("FORMULA", "/name"),)),
        (4, {"name": "=1+1", "howMany": 2}, ()),
        (5, {}, (Failure("CELLS_UNLIKE_HEADER"),)),
        (6, {}, (Failure("CELLS_UNLIKE_HEADER"),)),
        (7, {"name": "x", "howMany": -2}, ()),
        (8, {"name": "x", "howMany": "many"}, ()),
        (9, {"name": "x", "howMany": "=2"}, (Failure("FORMULA", "/howMany"),)),
    ]

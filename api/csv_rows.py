"""Rows out of a file for a spreadsheet: RFC 4180 under a line of column names, with or without its mark, in the shape
in which `api.spreadsheets` writes one. Its apostrophes are taken off again.

What is wrong with the file is told of the whole of it, what is wrong with a row of that row: by code and place, and
never in the file's own words. A place is `/csv/<row>/<column>`, rows counted as a spreadsheet shows them, the header
being the first. A cell in which a formula could begin has an apostrophe before it there, or is refused: a file of
values holds none.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import UnionType
from typing import Annotated, Any, Final, Union, cast, get_args, get_origin

from pydantic import BaseModel

from api.spreadsheets import BOM, tame, untamed
from domain.kernel.errors import Failure, Unacceptable

AT: Final = "/csv"
_GARBLED: Final = ("\ufffd", "\u00ef\u00bb\u00bf", "\ufffe")
"""What is left of a file that was read in another encoding than its own: a sign for what could not be read, its mark as
three letters, or its bytes the wrong way round."""
_TOLD: Final = 50
"""As many things as are told to be wrong with one header."""
_WHOLE: Final = re.compile(r"-?[0-9]{1,15}")
_FLAGS: Final = {"true": True, "false": False}


@dataclass(frozen=True, slots=True)
class CsvRow:
    """One row: its number, and its members as JSON has them; or what is wrong with it already, by its place in the
    row."""

    number: int
    members: Mapping[str, Any]
    wrong: tuple[Failure, ...] = ()


def rows_of(text: str, of: type[BaseModel], most: int) -> list[CsvRow]:
    """The rows that are not blank, at most so many: columns are the members of that model, in any order, and those that
    it can do without may be left out, as an empty cell leaves out its own.

    Raises Unacceptable: WRONG_ENCODING, CSV_MALFORMED (a quotation mark where none may be, or that is not closed),
    NO_HEADER, COLUMN_UNKNOWN, COLUMN_TWICE, COLUMN_MISSING, TOO_MANY_ROWS or NO_ROWS."""
    if any(sign in text for sign in _GARBLED):
        raise Unacceptable([Failure("WRONG_ENCODING", AT)])
    lines = _lines(text.removeprefix(BOM))
    _, named = next(lines, (0, list[str]()))
    head = [untamed(name.strip()) for name in named]
    forms = {_alias(of, name): _form(field.annotation) for name, field in of.model_fields.items()}
    needed = [_alias(of, name) for name, field in of.model_fields.items() if field.is_required()]
    if wrong := _misnamed(head, forms, needed):
        raise Unacceptable(wrong)
    rows: list[CsvRow] = []
    for number, cells in lines:
        if not any(cell.strip() for cell in cells):
            continue  # spreadsheets leave rows of nothing behind
        if len(rows) == most:
            raise Unacceptable([Failure("TOO_MANY_ROWS", f"{AT}/{number}")])
        rows.append(_row(number, cells, head, forms))
    if not rows:
        raise Unacceptable([Failure("NO_ROWS", AT)])
    return rows


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    reader, number = csv.reader(io.StringIO(text, newline=""), strict=True), 0
    try:
        for number, cells in enumerate(reader, 1):
            yield number, cells
    except csv.Error:
        raise Unacceptable([Failure("CSV_MALFORMED", f"{AT}/{number + 1}")]) from None


def _misnamed(head: Sequence[str], forms: Mapping[str, Any], needed: Sequence[str]) -> list[Failure]:
    if not any(head):
        return [Failure("NO_HEADER", AT)]
    wrong: list[Failure] = []
    for place, name in enumerate(head, 1):
        if name not in forms:
            wrong.append(Failure("COLUMN_UNKNOWN", f"{AT}/1/{place}"))
        elif name in head[: place - 1]:
            wrong.append(Failure("COLUMN_TWICE", f"{AT}/1/{name}"))
    wrong += [Failure("COLUMN_MISSING", f"{AT}/1/{name}") for name in needed if name not in head]
    return wrong[:_TOLD]


def _row(number: int, cells: Sequence[str], head: Sequence[str], forms: Mapping[str, Any]) -> CsvRow:
    if len(cells) != len(head):
        return CsvRow(number, {}, (Failure("CELLS_UNLIKE_HEADER"),))
    plain = {name: untamed(cell) for name, cell in zip(head, cells, strict=True)}
    wrong = [
        Failure("FORMULA", f"/{name}")
        for name, cell in zip(head, cells, strict=True)
        if tame(plain[name]) != cell and not (int in forms[name] and _WHOLE.fullmatch(cell))
    ]
    members = {name: _value(text, forms[name]) for name, text in plain.items() if text.strip()}
    return CsvRow(number, members, tuple(wrong))


def _value(text: str, form: frozenset[type]) -> Any:
    """What the cell says, as JSON would say it; what is not of its form is left for the model to refuse."""
    if list in form:
        return [part.strip() for part in text.split(";") if part.strip()]
    if bool in form:
        return _FLAGS.get(text.strip().lower(), text)
    if int in form:
        return int(text) if _WHOLE.fullmatch(text) else text
    return text


def _alias(of: type[BaseModel], name: str) -> str:
    return of.model_fields[name].alias or name


def _form(annotation: Any) -> frozenset[type]:
    origin = get_origin(annotation)
    if origin is Annotated:
        return _form(get_args(annotation)[0])
    if origin in (Union, UnionType):
        return frozenset[type]().union(*(_form(each) for each in get_args(annotation)))
    return frozenset({cast(type, origin or annotation)})

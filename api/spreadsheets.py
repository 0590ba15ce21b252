"""Rows as a file for a spreadsheet (RFC 4180), in which nothing is taken for a formula (F67).

UTF-8 with its mark, without which Excel reads it as something else; every cell in quotation marks; line ends CR LF. A
text of which any part could be read as a formula has an apostrophe before that part, which spreadsheets show or drop:
at its start, after blanks or quotation marks, and after what another spreadsheet takes for the end of a cell. Numbers,
days and yes or no are no texts, and stand as they are.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Any, Final, cast

CSV: Final = "text/csv"
BOM: Final = "\ufeff"
_ENDS: Final = r"(^|[;,|\t\r\n])"
_BEGINS: Final = r"(?=[\s\"'\u200b\ufeff]*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20\u2212])"
_TAMED: Final = re.compile(f"{_ENDS}'{_BEGINS}")
_FORMULA: Final = re.compile(_ENDS + _BEGINS)
"""Where a formula could begin: at the start, or after an end of a cell; the wide signs are read as the narrow ones."""


def cell(value: Any) -> str:
    """A value as it stands in its cell."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case int() | float():
            return str(value)
        case list() | tuple():
            return tame("; ".join(str(each) for each in cast(Sequence[Any], value)))
        case _:
            return tame(str(value))


def tame(text: str) -> str:
    """The text with an apostrophe wherever a formula could begin in it."""
    return _FORMULA.sub(r"\1'", text.replace("\x00", ""))


def untamed(text: str) -> str:
    """What was tamed, as it was: `untamed(tame(text)) == text`, of any text without NUL."""
    return _TAMED.sub(r"\1", text)


def file_of(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """The file's bytes."""
    into = io.StringIO()
    writer = csv.writer(into, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([cell(name) for name in head])
    writer.writerows([cell(each) for each in row] for row in rows)
    return (BOM + into.getvalue()).encode()


def named(name: str) -> str:
    """The header that names the file; `name` is ours, and plain."""
    return f'attachment; filename="{name}.csv"'

"""Single-use codes: feedback, a pulse or a complaint from whoever holds one, and nobody knows who (rule 12).

They are printed in sheets of fifty, for a scheme and a quarter, and for no person, wing, session or supporter: who
takes which is seen by nobody, and written down nowhere. Of a code only a keyed hash is kept (its row's id is made of
it); the code itself is on the paper alone, and is shown once. A code that was used is deleted, so that it cannot be
told from one that was never printed. How many sheets there may be goes by how many were printed, and by nothing that
becomes of their codes: whoever prints would else hear of the minute at which one is used.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from domain.act import Act, Begin
from domain.confidentiality.classification import Classification, Counted, Open
from domain.confidentiality.record import Record, record
from domain.confidentiality.verbs import Verb
from domain.kernel.days import local_day, months_after
from domain.kernel.ids import FeedbackCodeId, FeedbackSheetsId, SchemeId
from domain.kernel.moves import require
from domain.ports import Query
from domain.schemes.belonging import scheme_place
from domain.schemes.record import Scheme

SHEET: Final = 50
"""Codes on one sheet: so many that none is handed to anybody one by one."""
MOST_SHEETS: Final = 40
"""So many may be printed of one scheme for a quarter, used or not."""
AFTER: Final = timedelta(days=28)
"""For so long after its quarter a code is still good: then it is deleted."""
_LETTERS: Final = "ABCDEFGHJKMNPQRSTVWXYZ23456789"
"""Thirty, of which no two are taken for each other: no I, L, O, U, 0 and 1."""
LENGTH: Final = 15
"""30 to the 15th is more than 73 bits: nobody finds one by trying."""
_GROUP: Final = 5

CodeIds = Callable[[str], Sequence[UUID]]
"""The ids that the row of a code may have: one by each version of the key, the newest first."""


@record(kind="feedback-code", kept="until it is used, or 28 days after its quarter", existence=Classification.SEALED)
class FeedbackCode(Record):
    """A code that was printed and not used yet. Nobody reads it through the service."""

    id: Open[FeedbackCodeId]
    """A keyed hash of the code."""
    version: Open[int] = 0
    scheme: Open[SchemeId]
    jurisdiction: Open[str]
    prison: Open[str]
    organisation: Open[str]
    quarter: Counted[date]
    """Its first day."""


@record(
    kind="feedback-sheets",
    kept="until 28 days after the quarter that follows",
    existence=Classification.SEALED,
)
class FeedbackSheets(Record):
    """How many sheets of a scheme were printed for a quarter. Nobody reads it through the service."""

    id: Open[FeedbackSheetsId]
    version: Open[int] = 0
    scheme: Open[SchemeId]
    jurisdiction: Open[str]
    prison: Open[str]
    organisation: Open[str]
    quarter: Counted[date]
    """Its first day."""
    printed: Counted[int]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is printed, and told this once."""

    quarter: date
    codes: tuple[str, ...]


def quarter_of(day: date) -> date:
    """The first day of the quarter in which a day lies."""
    return date(day.year, day.month - (day.month - 1) % 3, 1)


def following(quarter: date) -> date:
    """The first day of the quarter after."""
    return months_after(quarter, 3)


def read(typed: str) -> str | None:
    """The code as it was printed, whatever the case, spaces and hyphens; None: it has not the form of one."""
    plain = "".join(typed.split()).replace("-", "").upper()
    return plain if len(plain) == LENGTH and set(plain) <= set(_LETTERS) else None


def _printed(code: str) -> str:
    return "-".join(code[n : n + _GROUP] for n in range(0, LENGTH, _GROUP))


def _fresh(id: UUID) -> str:
    number, letters = int.from_bytes(hashlib.sha256(id.bytes).digest()), list[str]()
    for _ in range(LENGTH):
        number, at = divmod(number, len(_LETTERS))
        letters.append(_LETTERS[at])
    return "".join(letters)


async def print_sheet(begin: Begin, scheme: UUID, ids: CodeIds) -> Sheet:
    """A sheet of fifty codes for this quarter. The ledger says who printed one, and of which scheme."""
    async with begin.serially(Verb.PRINT_FEEDBACK_CODES) as act:
        of = await act.fetch(Scheme, scheme)
        quarter = quarter_of(local_day(of, act.now))
        asked = {"scheme": of.id, "quarter": quarter}
        was = next(iter(await act.known(FeedbackSheets, Query(equal=asked, limit=1))), None)
        printed = 0 if was is None else was.printed
        require((of.open, "SCHEME_NOT_OPEN"), (printed < MOST_SHEETS, "SHEETS_ENOUGH"))
        id = FeedbackSheetsId(act.new_id()) if was is None else was.id
        act.keep_beside(FeedbackSheets(id=id, **scheme_place(of), quarter=quarter, printed=printed + 1), was=was)
        codes = [_fresh(act.new_id()) for _ in range(SHEET)]
        made = [FeedbackCode(id=FeedbackCodeId(ids(code)[0]), **scheme_place(of), quarter=quarter) for code in codes]
        # In the order of their hashes: which stands where on the sheet is not to be read off the table.
        for row in sorted(made, key=lambda each: each.id):
            act.keep_beside(row)
        return Sheet(quarter, tuple(_printed(code) for code in codes))


async def shown_before(begin: Begin) -> None:
    """The key of a sheet came again: its codes were shown once, and are kept nowhere."""
    async with begin(Verb.PRINT_FEEDBACK_CODES):
        require((False, "SHEET_SHOWN_ONCE"))


async def found(act: Act, typed: str, ids: CodeIds) -> FeedbackCode | None:
    """The row of a code; None for one that was used, is over, or was never printed."""
    code = read(typed)
    for id in () if code is None else ids(code):
        rows = await act.known(FeedbackCode, Query(equal={"id": id}, limit=1))
        if rows and not over(rows[0], local_day(rows[0], act.now)):
            return rows[0]
    return None


def over(code: FeedbackCode, today: date) -> bool:
    """Whether its time has passed."""
    return _past(code.quarter, today)


def settled(sheets: FeedbackSheets, today: date) -> bool:
    """Whether nothing asks any more how many there were: the last of their codes are used in the quarter that follows,
    and its pulses are counted."""
    return _past(following(sheets.quarter), today)


def _past(quarter: date, today: date) -> bool:
    return today >= following(quarter) + AFTER

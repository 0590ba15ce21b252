"""What is counted of a month, and what of it may leave.

A roll-up is counted once, when its month is closed, and never changes; nobody reads one. What comes after that is
another roll-up, of the same month and closed in a later one: so that the roll-ups of a month add up to what a recount
finds, and what was let out stays as it was (rule 19). A figure is what was let out: routes read figures and nothing
else.
"""

from datetime import date
from enum import StrEnum
from typing import Final

from domain.confidentiality.classification import CaseworkCode, Classification, Counted, Open, Operational
from domain.confidentiality.record import Record, record
from domain.kernel.counts import Cell
from domain.kernel.days import months_after
from domain.kernel.ids import FigureId, RollUpId, SchemeId
from domain.metrics.series import Series

KEPT_BACK: Final = -1
"""Stands in a figure for a number that was not let out."""
STEP: Final = 5
"""Minutes: how finely a wait is kept."""
LONGEST: Final = 240
"""Minutes: from here on a wait is not told apart."""


class FigurePeriod(StrEnum):
    """Over what a figure is counted."""

    MONTH = "MONTH"
    QUARTER = "QUARTER"
    YEAR = "YEAR"

    @property
    def months(self) -> int:
        """How many."""
        return {"MONTH": 1, "QUARTER": 3, "YEAR": 12}[self.value]

    def first(self, day: date) -> date:
        """The first day of the one in which a day lies."""
        return date(day.year, day.month - (day.month - 1) % self.months, 1)

    def before(self, first: date) -> date:
        """The first day of the one before."""
        return months_after(first, -self.months)


@record(kind="roll-up", kept="six years; it tells of nobody", existence=Classification.SEALED)
class RollUp(Record):
    """A series of one scheme, or of a prison, in a month: by word how many, of how many people, and how many of one."""

    id: Open[RollUpId]
    version: Open[int] = 0
    jurisdiction: Open[str]
    prison: Open[str]
    scheme: Counted[SchemeId | None] = None
    """Null: it is of the prison."""
    organisation: Open[str | None] = None
    """The partner of its scheme."""
    wing: Open[str | None] = None
    """Of a series by wings: which."""
    series: Counted[Series]
    of_month: Counted[date]
    """The first day of the month in which it happened."""
    closed_in: Counted[date]
    """The first day of the month with which it was counted: the same, or a later one for what came late."""
    words: Counted[tuple[str, ...]]
    counts: Counted[tuple[int, ...]]
    """How many. Of what came late it may be less than nothing: something was put under another word."""
    people: Counted[tuple[int, ...]]
    """Of at least how many different people."""
    most: Counted[tuple[int, ...]]
    """How many at most are of one."""
    waits: Counted[tuple[int, ...]] = ()
    """How many waited so many steps of five minutes; the last: how many for ever."""

    def cells(self) -> dict[str, Cell]:
        """What it says, by word."""
        return dict(zip(self.words, map(Cell, self.counts, self.people, self.most), strict=True))


@record(kind="figure", kept="six years; it tells of nobody")
class Figure(Record):
    """What was let out of a series, of one scheme, a prison or a jurisdiction, and of a month, a quarter or a year that
    is over. It never changes."""

    id: Open[FigureId]
    version: Open[int] = 0
    jurisdiction: Open[str]
    prison: Open[str | None] = None
    """Null: it is of the whole jurisdiction."""
    scheme: Open[SchemeId | None] = None
    """Null: it is of the whole prison."""
    organisation: Open[str | None] = None
    """The partner of its scheme."""
    wing: Open[str | None] = None
    """Null: it is of all wings."""
    series: Open[Series]
    period: Open[FigurePeriod]
    first: Open[date]
    words: Open[tuple[str, ...]]
    told: Operational[tuple[int, ...]] = ()
    """By word: 0, a multiple of five, or -1 for what was kept back."""
    told_cleared: CaseworkCode[tuple[int, ...]] = ()
    """The same of a series that is told to those alone who see casework."""
    late: Operational[int] = 0
    """How many of earlier months were counted meanwhile; -1: so few that it is not told."""
    late_cleared: CaseworkCode[int] = 0
    """The same of a series that is told to those alone who see casework."""
    median: Operational[int | None] = None
    """Minutes that half of those who asked waited at most; null: too few asked, or so many were never met, or how many
    these are was kept back."""
    nine_in_ten: Operational[int | None] = None
    """The same of nine in ten."""

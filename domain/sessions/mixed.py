"""What the month's mixer makes of the letters of a closed month: rows that tell of no day, nobody and no order (rules 1
and 2), and how many there were. A row is nobody's: each of its values is another letter's. So each column can be
counted, and no two of them with each other. No role reads a row; counts of them come with the figures of a scheme.

None of them is ever changed: what is handed in after its month was closed is counted at the quarter's end (rule 19).
"""

from datetime import date
from enum import StrEnum
from typing import Final

from domain.confidentiality.classification import Classification, Counted, Open
from domain.confidentiality.record import Record, record
from domain.kernel.ids import MixedTallyId, MonthCountId, ResidueId
from domain.sessions.codes import Concern, DurationBand, YesNoUnknown
from domain.sessions.tally import DayOrNight

_KEPT: Final = "six years; it tells of nobody"


class CameTo(StrEnum):
    """What came of a request, in one word."""

    MET = "MET"
    UNMET = "UNMET"
    """A claim about the recipient or a supporter too (rule 6)."""
    LIFE_AT_RISK = "LIFE_AT_RISK"


@record(kind="mixed-tally", kept=_KEPT, existence=Classification.SEALED)
class MixedTally(Record):
    """One of five or more rows of a prison, a month, and its days or its nights. Concerns are those of one talk; the
    other values are each another's."""

    id: Open[MixedTallyId]
    version: Open[int] = 0
    jurisdiction: Open[str]
    prison: Open[str]
    month: Counted[date]
    """Its first day."""
    part: Counted[DayOrNight]
    duration: Counted[DurationBand]
    concerns: Counted[tuple[Concern, ...]]
    first_time: Counted[YesNoUnknown]
    suicidal_feelings: Counted[YesNoUnknown]
    self_harm: Counted[YesNoUnknown]


@record(kind="residue", kept=_KEPT, existence=Classification.SEALED)
class Residue(Record):
    """One of five or more rows of a prison, a month, and its days or its nights. Waits are whole minutes, to the
    nearest five, each of another request."""

    id: Open[ResidueId]
    version: Open[int] = 0
    jurisdiction: Open[str]
    prison: Open[str]
    month: Counted[date]
    """Its first day."""
    part: Counted[DayOrNight]
    came_to: Counted[CameTo]
    minutes_to_offer: Counted[int | None] = None
    minutes_to_accept: Counted[int | None] = None
    minutes_to_unlock: Counted[int | None] = None
    minutes_in_all: Counted[int | None] = None
    """From asking to the unlocking: no row's three parts add up to a wait."""


@record(kind="month-count", kept=_KEPT, existence=Classification.SEALED)
class MonthCount(Record):
    """A prison's month is closed: nothing is added to it after. At the end of a quarter it says of how many letters
    nothing but their number is kept: they were fewer than five, or late."""

    id: Open[MonthCountId]
    version: Open[int] = 0
    jurisdiction: Open[str]
    prison: Open[str]
    month: Counted[date]
    """Its first day."""
    tallies: Counted[int]
    """How many tallies became rows."""
    requests: Counted[int]
    """How many requests became rows."""
    people: Counted[int | None] = None
    """How many different people they were for, as far as they were named; None: fewer than five requests."""
    unnamed: Counted[int | None] = None
    """How many of these requests were for somebody who was not named."""
    tallies_of_the_quarter: Counted[int | None] = None
    """Tallies of the quarter of which the number alone is kept; None: its quarter goes on."""
    requests_of_the_quarter: Counted[int | None] = None
    """The same of requests."""

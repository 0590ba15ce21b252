"""Instruments as data: how many items, how each is scored, which are reversed, how a raw score is converted, and from
which change on it is reliable (domain facts 5.4 and 14). Of an item nothing but its number is here: the words belong to
who holds the licence, and are asked for there.

A version is never changed: another table, or another threshold, is another version beside it, so that a score of long
ago can be worked out again as it was.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from domain.schemes.measures import Direction


class InstrumentOf(StrEnum):
    """What is measured with it."""

    PERSON = "PERSON"
    PRISON = "PRISON"
    """Its answers are of a whole prison, and never of one man."""


class ScoreBand(StrEnum):
    """The bands of CORE-10."""

    NOT_CLINICAL = "NOT_CLINICAL"
    MILD = "MILD"
    MODERATE = "MODERATE"
    MODERATE_TO_SEVERE = "MODERATE_TO_SEVERE"
    SEVERE = "SEVERE"


@dataclass(frozen=True, slots=True)
class Instrument:
    """One version of an instrument. `items` are numbered from 1 and answered from `lowest` to `highest`; `reversed`
    count the other way round. `conversion`: from the raw sum to the score that may be analysed. `reliable`: from which
    change of the score on it is more than error (None: nobody has published one). `may_miss`: so many items may be
    left out, and stand for the mean of the others. `risk_item`: to ask it makes a duty to act. `licensed`: words and
    use are the licence holder's to give."""

    code: str
    version: int
    title: str
    items: int
    lowest: int
    highest: int
    better: Direction
    of: InstrumentOf = InstrumentOf.PERSON
    reversed: frozenset[int] = frozenset()
    conversion: Mapping[int, float] | None = None
    mean: bool = False
    reliable: float | None = None
    may_miss: int = 0
    bands: tuple[tuple[int, ScoreBand], ...] = ()
    risk_item: int | None = None
    licensed: bool = False

    @property
    def bounds(self) -> tuple[float, float]:
        """The least and the greatest score."""
        many = 1 if self.mean else self.items
        return float(self.lowest * many), float(self.highest * many)


_SWEMWBS: Final = (
    *(7.00, 9.51, 11.25, 12.40, 13.33, 14.08, 14.75, 15.32, 15.84, 16.36, 16.88, 17.43, 17.98, 18.59, 19.25),
    *(19.98, 20.73, 21.54, 22.35, 23.21, 24.11, 25.03, 26.02, 27.03, 28.13, 29.31, 30.70, 32.55, 35.00),
)
"""The metric scores of raw 7 to 35: the conversion table of the scale's authors (Stewart-Brown and others 2009)."""
_UP, _DOWN = Direction.HIGHER, Direction.LOWER
_ALL: Final = (
    Instrument(
        *("SWEMWBS", 1, "Short Warwick-Edinburgh Mental Wellbeing Scale", 7, 1, 5, _UP),
        conversion=MappingProxyType(dict(zip(range(7, 36), _SWEMWBS, strict=True))),
        reliable=2.87,
        licensed=True,
    ),
    # The published error of measurement is 2.4 to 3.1; 2.77 of the larger, so that no error is called a change.
    Instrument(*("WEMWBS", 1, "Warwick-Edinburgh Mental Wellbeing Scale", 14, 1, 5, _UP), reliable=8.6, licensed=True),
    Instrument(
        *("CORE_10", 1, "Clinical Outcomes in Routine Evaluation, ten items", 10, 0, 4, _DOWN),
        reversed=frozenset({2, 3}),
        reliable=6.0,
        may_miss=1,
        bands=(
            (0, ScoreBand.NOT_CLINICAL),
            (11, ScoreBand.MILD),
            (15, ScoreBand.MODERATE),
            (20, ScoreBand.MODERATE_TO_SEVERE),
            (25, ScoreBand.SEVERE),
        ),
        risk_item=6,
        licensed=True,
    ),
    # Two variants are in use, and a score of the one is none of the other: each has a code of its own.
    Instrument(
        *("ROSENBERG_10_40", 1, "Rosenberg self-esteem scale, 10 to 40", 10, 1, 4, _UP),
        reversed=frozenset({2, 5, 6, 8, 9}),
    ),
    Instrument(
        *("ROSENBERG_0_30", 1, "Rosenberg self-esteem scale, 0 to 30", 10, 0, 3, _UP),
        reversed=frozenset({2, 5, 6, 8, 9}),
    ),
    Instrument("SELF_EFFICACY", 1, "General self-efficacy scale", 10, 1, 4, _UP),
    Instrument("HELPFULNESS", 1, "How helpful it was, of five", 1, 1, 5, _UP),
    Instrument(
        *("MQPL_DIMENSION", 1, "A dimension of the Measuring the Quality of Prison Life survey", 6, 1, 5, _UP),
        of=InstrumentOf.PRISON,
        mean=True,
        licensed=True,
    ),
)

INSTRUMENTS: Final[Mapping[tuple[str, int], Instrument]] = MappingProxyType({(i.code, i.version): i for i in _ALL})
"""Every version of every instrument."""
NEWEST: Final[Mapping[str, Instrument]] = MappingProxyType(
    {i.code: i for i in sorted(_ALL, key=lambda i: (i.code, i.version))}
)
"""By code: the version that is used now."""

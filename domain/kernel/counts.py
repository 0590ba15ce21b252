"""Disclosure control of one number: what every count passes before it leaves.

Counts of 1 to 7 are suppressed and every other count, margins included, is rounded to the nearest 5 on its own: with
exact margins a linear programme recovers 18 % of the small cells (security.md 5.2). It is different people who decide,
and not events: a man who asked twelve times is one man; and a number of which one person makes more than half is his.
Numbers that add up to each other pass `domain.oversight.control` together, which calls this of each.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, NewType

SMALLEST: Final = 8
BASE: Final = 5
SUPPRESSED: Final = None
Told = NewType("Told", int)
"""A count that has passed. Only `Cell.told` makes one of a number; what an act counts and returns is of this type
(`tests/domain/test_counts.py`)."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A count of events; of at least how many different people they are; and how many at most are one person's."""

    count: int
    people: int
    most: int

    def __post_init__(self) -> None:
        if min(self.count, self.people, self.most) < 0:
            raise ValueError("a count is not negative")
        if self.people > self.count or self.most > self.count:
            raise ValueError("more people than events, or more events of one than of all")

    @property
    def small(self) -> bool:
        """Whether it is 1 to 7."""
        return 0 < self.count < SMALLEST

    @property
    def told(self) -> Told | None:
        """The count as it may leave: 0 as 0; None where it is small, of few people, or mostly of one; else rounded."""
        if self.count == 0:
            return Told(0)
        if self.small or self.people < SMALLEST or 2 * self.most > self.count:
            return SUPPRESSED
        return Told(BASE * ((self.count + BASE // 2) // BASE))


NOTHING: Final = Cell(0, 0, 0)


def each_one(count: int) -> Cell:
    """So many events of as many people."""
    return Cell(count, count, min(count, 1))


def together(cells: Iterable[Cell]) -> Cell:
    """What cells come to that may be of the same people: never more different ones than in one of them."""
    found = list(cells)
    return Cell(sum(c.count for c in found), max((c.people for c in found), default=0), sum(c.most for c in found))


def beside(cells: Iterable[Cell]) -> Cell:
    """What cells of different prisons come to. Nobody is in two at once, and few are moved within a month: each is
    taken to have been in two of them."""
    found = list(cells)
    of_all = together(found)
    return Cell(of_all.count, max(of_all.people, -(-sum(c.people for c in found) // 2)), of_all.most)


def released(count: int) -> Told | None:
    """A count of people as it may leave: 0 as 0, 1 to 7 as None (suppressed), all else rounded to the nearest 5."""
    return each_one(count).told


def bounds(told: int | None) -> tuple[int, int]:
    """The least and the most that a count of people can be of which this was released."""
    if told is None:
        return 1, SMALLEST - 1
    return (0, 0) if told == 0 else (max(SMALLEST, told - BASE // 2), told + BASE // 2)

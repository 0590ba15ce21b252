"""Disclosure control: the one function that every count passes before it leaves.

Counts of 1 to 7 are suppressed and every other count, margins included, is rounded to the nearest 5 on its own: with
exact margins a linear programme recovers 18 % of the small cells, with rounded ones none (security.md 5.2). Issue E
builds fixed tables, closed periods, dominance and the release ledger on this.
"""

from typing import Final

SMALLEST: Final = 8
BASE: Final = 5
SUPPRESSED: Final = None


def released(count: int) -> int | None:
    """The count as it may leave: 0 as 0, 1 to 7 as None (suppressed), all else rounded to the nearest 5."""
    if count < 0:
        raise ValueError("a count is not negative")
    if count == 0:
        return 0
    if count < SMALLEST:
        return SUPPRESSED
    return BASE * ((count + BASE // 2) // BASE)


def bounds(told: int | None) -> tuple[int, int]:
    """The least and the most that a count can be of which this was released."""
    if told is None:
        return 1, SMALLEST - 1
    return (0, 0) if told == 0 else (max(SMALLEST, told - BASE // 2), told + BASE // 2)

"""Disclosure control: the one function that every count passes before it leaves.

Counts of 1 to 7 are suppressed and every other count, margins included, is rounded to the nearest 5 on its own: with
exact margins a linear programme recovers 18 % of the small cells, with rounded ones none (security.md 5.2). Issue E
builds fixed tables, closed periods, dominance and the release ledger on this.
"""

from collections.abc import Mapping
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


def table(cells: Mapping[str, int]) -> dict[str, int | None]:
    """A table of one dimension with its total, each rounded on its own."""
    return {name: released(n) for name, n in sorted(cells.items())} | {"total": released(sum(cells.values()))}

"""A measure month by month, before and after a scheme began: the interrupted time series, by least squares with a level
and a slope before, and what each changed by (segmented regression).

Months that follow each other are alike, which makes plain intervals too narrow: how alike is told (Durbin and Watson),
and below 1.5 the reader is warned.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt
from typing import Final

from domain.kernel.intervals import Interval, of_mean

FEWEST_A_SIDE: Final = 6
"""Months before and after, below which no line is drawn; twelve are advised."""
ADVISED_A_SIDE: Final = 12
ALIKE: Final = 1.5
"""A Durbin-Watson figure below it warns."""


@dataclass(frozen=True, slots=True)
class Changed:
    """By how much, and its 95 % interval."""

    by: float
    interval: Interval


@dataclass(frozen=True, slots=True)
class Interrupted:
    """The level when it began (as the months before would have had it), the slope a month before, and by how much both
    changed; `fitted` is the line, month by month; `durbin_watson` between 0 and 4, about 2 where months are apart."""

    level: float
    slope: float
    level_changed: Changed
    slope_changed: Changed
    durbin_watson: float | None
    fitted: tuple[float, ...]


def interrupted(months: Sequence[int], values: Sequence[float], began: int) -> Interrupted | None:
    """The series of these months (counted through, gaps left out), interrupted in the month `began`. None: fewer than
    six months before or after."""
    before = sum(month < began for month in months)
    if min(before, len(months) - before) < FEWEST_A_SIDE or len(set(months)) != len(months):
        return None
    rows = [(1.0, float(m - began), float(m >= began), float(max(0, m - began))) for m in months]
    inverse = _inverse([[sum(r[i] * r[j] for r in rows) for j in range(4)] for i in range(4)])
    along = [sum(r[i] * v for r, v in zip(rows, values, strict=True)) for i in range(4)]
    found = [sum(inverse[i][j] * along[j] for j in range(4)) for i in range(4)]
    fitted = tuple(sum(f * x for f, x in zip(found, row, strict=True)) for row in rows)
    left = [v - f for v, f in zip(values, fitted, strict=True)]
    squares, degrees = sum(e * e for e in left), len(months) - 4
    errors = [sqrt(max(0.0, squares / degrees * inverse[i][i])) for i in range(4)]
    steps = sum((b - a) ** 2 for a, b in pairwise(left))

    def changed(at: int) -> Changed:
        return Changed(found[at], of_mean(found[at], errors[at], degrees))

    return Interrupted(found[0], found[1], changed(2), changed(3), steps / squares if squares > 1e-12 else None, fitted)


def _inverse(of: list[list[float]]) -> list[list[float]]:
    """By Gauss and Jordan, with the largest pivot."""
    size = len(of)
    rows = [[*row, *(float(i == j) for j in range(size))] for i, row in enumerate(of)]
    for at in range(size):
        top = max(range(at, size), key=lambda i: abs(rows[i][at]))
        rows[at], rows[top] = rows[top], rows[at]
        rows[at] = [x / rows[at][at] for x in rows[at]]
        for i in range(size):
            if i != at:
                rows[i] = [x - rows[i][at] * y for x, y in zip(rows[i], rows[at], strict=True)]
    return [row[size:] for row in rows]

"""Waits, with whoever was never met among them: a request that expired or was refused is a failure, and never left out;
to leave it out would make the worst night look the quickest (domain facts 14). Never a mean."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil


@dataclass(frozen=True, slots=True)
class Waits:
    """Of `n` requests `unmet` were never met. The wait that half of all are under, and nine in ten, in minutes; None:
    so many were not met that there is no such wait."""

    n: int
    unmet: int
    median: int | None
    p90: int | None


def waits(met: Sequence[int], unmet: int) -> Waits:
    """Of the waits of those who were met, in minutes, and the number of those who were not."""
    order, n = sorted(met), len(met) + unmet
    return Waits(n, unmet, _under(order, n, 0.5), _under(order, n, 0.9))


def _under(order: Sequence[int], n: int, share: float) -> int | None:
    """The least wait within which that share of all was met."""
    place = ceil(share * n - 1e-9)
    return order[place - 1] if 0 < place <= len(order) else None

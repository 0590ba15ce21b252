"""Timing by pairs in random order (security.md 7.5): timings are not independent, so they are never pooled."""

import gc
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from math import sqrt
from random import Random
from statistics import median

Timed = Callable[[], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Measured:
    """Of many pairs: the median of (one - other) in microseconds, its bootstrap interval of 95 %, and the sign test."""

    pairs: int
    difference: float
    low: float
    high: float
    z: float

    def __str__(self) -> str:
        sure = f"{self.low:+.2f} to {self.high:+.2f}"
        return f"{self.pairs} pairs: {self.difference:+.2f} us ({sure}), sign test {self.z:+.1f}"


async def paired(one: Timed, other: Timed, pairs: int, random: Random) -> Measured:
    """Time both once a pair, in an order drawn anew for each."""
    differences: list[float] = []
    for each in (one, other) * 50:
        await each()
    collecting = gc.isenabled()
    gc.disable()
    try:
        for _ in range(pairs):
            first = random.random() < 0.5
            took: dict[bool, int] = {}
            for which in (first, not first):
                act = one if which else other
                since = time.perf_counter_ns()
                await act()
                took[which] = time.perf_counter_ns() - since
            differences.append((took[True] - took[False]) / 1000)
    finally:
        if collecting:
            gc.enable()
    return measured(differences, random)


def measured(differences: list[float], random: Random, resamples: int = 400) -> Measured:
    """The median difference, with how sure we are of it."""
    drawn = sorted(median(random.choices(differences, k=len(differences))) for _ in range(resamples))
    above, below = sum(d > 0 for d in differences), sum(d < 0 for d in differences)
    z = (above - below) / sqrt(max(1, above + below))
    low, high = drawn[int(0.025 * resamples)], drawn[int(0.975 * resamples)]
    return Measured(len(differences), median(differences), low, high, z)

"""Intervals of 95 %: of a mean (Student), a share (Wilson), a rate of small counts (exact Poisson), and how far the
quantiles behind them go. Worked out here, so that a web worker needs no numeric library (domain facts 14).

The incomplete beta function is Lentz's continued fraction (Numerical Recipes 6.4), good to ten digits; quantiles are
found by halving.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from math import exp, inf, lgamma, log, log1p, sqrt
from statistics import NormalDist
from typing import Final

LEVEL: Final = 0.95
_HIGH: Final = 1 - (1 - LEVEL) / 2
Z: Final = NormalDist().inv_cdf(_HIGH)
_TINY: Final = 1e-300
_TERMS: Final = 500
_HALVINGS: Final = 200


@dataclass(frozen=True, slots=True)
class Interval:
    """From `low` to `high`, in the unit of what it is about."""

    low: float
    high: float


def student(df: int) -> float:
    """How many standard errors a 95 % interval of a mean reaches to either side. Raises `ValueError` below one degree
    of freedom."""
    if df < 1:
        raise ValueError("no degree of freedom")
    return _student(df)


@lru_cache(maxsize=1024)
def _student(df: int) -> float:
    return _halved(lambda t: 1 - 0.5 * _beta(df / 2, 0.5, df / (df + t * t)) < _HIGH, 0.0, 1000.0)


def of_mean(mean: float, error: float, df: int) -> Interval:
    """Of a mean with this standard error."""
    reach = student(df) * error
    return Interval(mean - reach, mean + reach)


def of_share(of: int, total: int) -> Interval:
    """Wilson's, of a share: it stays within 0 and 1, for few and for none too. Raises `ValueError` without a total."""
    if not 0 <= of <= total or total == 0:
        raise ValueError("no share")
    share, more = of / total, Z * Z / total
    middle = (share + more / 2) / (1 + more)
    reach = Z * sqrt(share * (1 - share) / total + more / (4 * total)) / (1 + more)
    return Interval(max(0.0, middle - reach), min(1.0, middle + reach))


def of_count(count: int) -> Interval:
    """The exact interval of a Poisson count: what lies below it, or above, makes this count or a further one as rare as
    one in forty (Garwood)."""
    if count < 0:
        raise ValueError("a count is not negative")
    tail, most = 1 - _HIGH, 2.0 * count + 40.0
    low = 0.0 if count == 0 else _halved(lambda rate: 1 - _at_most(count - 1, rate) < tail, 0.0, most)
    return Interval(low, _halved(lambda rate: _at_most(count, rate) > tail, 0.0, most))


@dataclass(frozen=True, slots=True)
class Rate:
    """So many in a thousand prisoner-days, by the daily roll, and the exact interval of that."""

    value: float
    interval: Interval


def per_thousand_days(count: int, days: int) -> Rate:
    """The rate of a count over prisoner-days. Raises `ValueError` without a day."""
    if days < 1:
        raise ValueError("no day")
    within, each = of_count(count), 1000 / days
    return Rate(count * each, Interval(within.low * each, within.high * each))


def _halved(below: Callable[[float], bool], low: float, high: float) -> float:
    """Where `below` ends, between the two."""
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        low, high = (middle, high) if below(middle) else (low, middle)
    return (low + high) / 2


def _at_most(count: int, rate: float) -> float:
    """The chance of at most so many, of a Poisson law with this rate."""
    if rate <= 0:
        return 1.0
    return sum(exp(k * log(rate) - rate - lgamma(k + 1)) for k in range(count + 1))


def _beta(a: float, b: float, x: float) -> float:
    """The regularised incomplete beta function."""
    if x <= 0:
        return 0.0
    if x >= 1:
        return 1.0
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x))
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(a, b, x) / a
    return 1 - front * _fraction(b, a, 1 - x) / b


def _fraction(a: float, b: float, x: float) -> float:
    c, d = 1.0, 1 / _safe(1 - (a + b) * x / (a + 1))
    made = d
    for m in range(1, _TERMS):
        was = made
        for term in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d, c = 1 / _safe(1 + term * d), _safe(1 + term / c)
            made *= d * c
        if abs(made - was) < 1e-14 * abs(made):
            return made
    return inf


def _safe(x: float) -> float:
    return _TINY if abs(x) < _TINY else x

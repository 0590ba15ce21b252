"""How sure a number is: 95 % intervals of means, rates and proportions, without a library (domain facts 14).

A mean's is Student's (1908), from the beta distribution; a rate's is Garwood's (1936), exact, from the gamma
distribution; a proportion's is Wilson's (1927) or, exact and wider, that of Clopper and Pearson (1934), from the beta
distribution. Both distributions are worked out by the continued fractions and the series of Abramowitz and Stegun
(6.5.29, 6.5.31, 26.5.8), and their quantiles by halving an interval until it is shorter than a float tells. Above
`GREAT` events the cube root of Wilson and Hilferty is as exact (1 in a million).
"""

import math
from collections.abc import Callable
from functools import lru_cache
from statistics import NormalDist
from typing import Final, NamedTuple

GREAT: Final = 10_000
_TAIL: Final = 0.025
_Z: Final = NormalDist().inv_cdf(1 - _TAIL)
_STEPS: Final = 100_000
_CLOSE: Final = 1e-15
_TINY: Final = 1e-300
_CLOSEST: Final = 1e-13
_FURTHEST: Final = 1_000.0


class Interval(NamedTuple):
    """From `low` to `high`, in the unit of what it is about."""

    low: float
    high: float


@lru_cache(maxsize=4096)
def student(freedom: int) -> float:
    """How many standard errors the interval of a mean reaches to either side. Raises `ValueError` below one degree of
    freedom."""
    if freedom < 1:
        raise ValueError("no degree of freedom")
    half = freedom / 2
    return _halved(lambda t: 1 - _beta_below(freedom / (freedom + t * t), half, 0.5) / 2, 1 - _TAIL, _FURTHEST)


def of_mean(mean: float, error: float, freedom: int) -> Interval:
    """Of a mean with this standard error."""
    reach = student(freedom) * error
    return Interval(mean - reach, mean + reach)


@lru_cache(maxsize=4096)
def garwood(count: int) -> Interval:
    """Of how many events so many might have come, by chance: the interval of a Poisson mean."""
    if count < 0:
        raise ValueError("a count is not negative")
    return Interval(_chi_half(count, _TAIL) if count else 0.0, _chi_half(count + 1, 1 - _TAIL))


def rate(count: int, exposed: int, per: int) -> tuple[float, float, float]:
    """Events per so many of what was exposed (prisoner-days), and the ends of its interval."""
    if exposed <= 0:
        raise ValueError("nothing was exposed")
    low, high = garwood(count)
    return per * count / exposed, per * low / exposed, per * high / exposed


def wilson(count: float, of: int) -> Interval:
    """Of a proportion; `count` need not be whole, where it was reckoned from a share."""
    share = _share(count, of)
    middle, wide = share + _Z**2 / (2 * of), _Z * math.sqrt(share * (1 - share) / of + _Z**2 / (4 * of**2))
    scale = 1 + _Z**2 / of
    low, high = (middle - wide) / scale, (middle + wide) / scale
    return Interval(0.0 if count == 0 else low, 1.0 if count == of else high)


@lru_cache(maxsize=4096)
def clopper_pearson(count: int, of: int) -> Interval:
    """Of a proportion: never too narrow, and so wider than it need be."""
    _share(count, of)
    low = 0.0 if count == 0 else _halved(lambda p: _beta_below(p, count, of - count + 1), _TAIL, 1.0)
    high = 1.0 if count == of else _halved(lambda p: _beta_below(p, count + 1, of - count), 1 - _TAIL, 1.0)
    return Interval(low, high)


def _share(count: float, of: int) -> float:
    if of <= 0 or not 0 <= count <= of:
        raise ValueError("not a part of a whole")
    return count / of


def _chi_half(shape: int, below: float) -> float:
    """Half the quantile of a chi-squared distribution with twice as many degrees of freedom: of the gamma one."""
    z = NormalDist().inv_cdf(below)
    about = shape * (1 - 1 / (9 * shape) + z / (3 * math.sqrt(shape))) ** 3
    if shape > GREAT:
        return about
    return _halved(lambda x: _gamma_below(shape, x), below, max(about, 1.0) * 2 + 10)


def _halved(rises: Callable[[float], float], to: float, most: float) -> float:
    least = 0.0
    while most - least > _CLOSEST * max(1.0, most):
        middle = (least + most) / 2
        least, most = (middle, most) if rises(middle) < to else (least, middle)
    return (least + most) / 2


def _gamma_below(shape: float, x: float) -> float:
    """How much of a gamma distribution lies below this."""
    if x <= 0:
        return 0.0
    scale = math.exp(shape * math.log(x) - x - math.lgamma(shape))
    if x < shape + 1:
        term = total = 1 / shape
        for n in range(1, _STEPS):
            term *= x / (shape + n)
            total += term
            if term < total * _CLOSE:
                break
        return total * scale
    return 1 - scale * _fraction(lambda n: -n * (n - shape), lambda n: x + 2 * n + 1 - shape)


def _fraction(above: Callable[[int], float], below: Callable[[int], float]) -> float:
    """1 / (b0 + a1 / (b1 + a2 / (b2 + …))), by Lentz."""
    d = 1 / (below(0) or _TINY)
    c, value = below(0) + 1 / _TINY, d
    for n in range(1, _STEPS):
        d = 1 / ((below(n) + above(n) * d) or _TINY)
        c = (below(n) + above(n) / c) or _TINY
        value *= c * d
        if abs(c * d - 1) < _CLOSE:
            break
    return value


def _beta_below(p: float, a: float, b: float) -> float:
    """How much of a beta distribution lies below this."""
    if p <= 0 or p >= 1:
        return float(p >= 1)
    if p > (a + 1) / (a + b + 2):
        return 1 - _beta_below(1 - p, b, a)
    whole = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b)
    scale = math.exp(whole + a * math.log(p) + b * math.log1p(-p)) / a

    def above(n: int) -> float:
        m = n // 2
        if n % 2:
            return -(a + m) * (a + b + m) * p / ((a + 2 * m) * (a + 2 * m + 1))
        return m * (b - m) * p / ((a + 2 * m - 1) * (a + 2 * m))

    return scale * _fraction(above, lambda _: 1.0)

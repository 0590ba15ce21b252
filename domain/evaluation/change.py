"""How scores changed, person by person: mean change with its interval, standardised change, reliable change, and the
change against a comparison. Formulas: domain facts 14, whose worked figures the tests hold.

With fewer than ten people nothing but counts is told, with fewer than twenty no standardised change; the guidance of
WEMWBS asks for thirty.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean, stdev
from typing import Final

from domain.kernel.intervals import Interval, of_mean
from domain.schemes.measures import Direction

FEWEST_FOR_MEAN: Final = 10
"""With fewer people no mean is told."""
FEWEST_FOR_STANDARDISED: Final = 20
"""With fewer no standardised change."""
FEWEST_FOR_SHARE: Final = 20
"""With fewer no share in per cent (domain facts 5.6)."""
ADVISED: Final = 30
"""How many the guidance of WEMWBS asks for, with two time points each."""
_WITHOUT_SPREAD: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Spread:
    """A mean and a standard deviation of so many values."""

    n: int
    mean: float
    sd: float

    @property
    def error(self) -> float:
        """The standard error of the mean."""
        return self.sd / sqrt(self.n)

    @property
    def interval(self) -> Interval:
        """The 95 % interval of the mean."""
        return of_mean(self.mean, self.error, self.n - 1)


@dataclass(frozen=True, slots=True)
class Standardised:
    """A mean change in standard deviations. They differ, and each says of what: `d_z` of the differences (the
    'standardised response mean' of the papers on WEMWBS), `d_av` of the average of before and after; `g` is d_z with
    the small-sample correction `j` (Hedges)."""

    d_z: float
    j: float
    g: float
    d_av: float | None


@dataclass(frozen=True, slots=True)
class Reliable:
    """Of how many the change is beyond what error of measurement makes: better, neither, worse; all three."""

    improved: int
    neither: int
    deteriorated: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.improved + self.neither + self.deteriorated


@dataclass(frozen=True, slots=True)
class Difference:
    """How much more the one changed than the other, by Welch's interval: the two need not spread alike."""

    mean: float
    interval: Interval
    degrees: int


def spread(values: Sequence[float]) -> Spread:
    """Of two values or more. Raises `ValueError` of fewer."""
    if len(values) < 2:
        raise ValueError("no spread")
    return Spread(len(values), fmean(values), stdev(values))


def differences(before: Sequence[float], after: Sequence[float]) -> list[float]:
    """After less before, one by one."""
    return [b - a for a, b in zip(before, after, strict=True)]


def standardised(of: Spread, before: Spread | None = None, after: Spread | None = None) -> Standardised | None:
    """The standardised change; `d_av` where the spreads before and after are known. None: everybody changed alike, and
    there is nothing to divide by."""
    if of.sd < _WITHOUT_SPREAD:
        return None
    d_z, j = of.mean / of.sd, correction(of.n - 1)
    average = None if before is None or after is None else (before.sd + after.sd) / 2
    d_av = of.mean / average if average is not None and average > _WITHOUT_SPREAD else None
    return Standardised(d_z, j, d_z * j, d_av)


def correction(degrees: int) -> float:
    """Hedges' correction for small samples."""
    return 1 - 3 / (4 * degrees - 1)


def reliable(changes: Sequence[float], threshold: float, better: Direction) -> Reliable:
    """Each person by the instrument's threshold: reached is reliable."""
    sign = 1 if better is Direction.HIGHER else -1
    improved = sum(change * sign >= threshold for change in changes)
    deteriorated = sum(-change * sign >= threshold for change in changes)
    return Reliable(improved, len(changes) - improved - deteriorated, deteriorated)


def difference(of: Spread, compared: Spread) -> Difference:
    """The change of the one group less that of the other."""
    one, other = of.error**2, compared.error**2
    error = sqrt(one + other)
    degrees = of.n + compared.n - 2
    if error > 0:
        degrees = int((one + other) ** 2 / (one**2 / (of.n - 1) + other**2 / (compared.n - 1)))
    mean = of.mean - compared.mean
    return Difference(mean, of_mean(mean, error, max(1, degrees)), max(1, degrees))


def slope(doses: Sequence[float], changes: Sequence[float]) -> tuple[float, Interval] | None:
    """How much more change goes with one more of the dose, by least squares, and its interval. None: too few, or all
    had the same."""
    n = len(doses)
    if n < FEWEST_FOR_STANDARDISED:
        return None
    middle, mean = fmean(doses), fmean(changes)
    wide = sum((dose - middle) ** 2 for dose in doses)
    if wide < _WITHOUT_SPREAD:
        return None
    found = sum((dose - middle) * (change - mean) for dose, change in zip(doses, changes, strict=True)) / wide
    left = sum((change - mean - found * (dose - middle)) ** 2 for dose, change in zip(doses, changes, strict=True))
    return found, of_mean(found, sqrt(left / (n - 2) / wide), n - 2)

"""Intervals, against the tables in which they were published."""

import math

import pytest
from hypothesis import given as drawing
from hypothesis import settings
from hypothesis import strategies as st

from domain.kernel.intervals import GREAT, clopper_pearson, garwood, of_mean, rate, student, wilson

GARWOOD = {
    0: (0.000, 3.689),
    1: (0.025, 5.572),
    2: (0.242, 7.225),
    3: (0.619, 8.767),
    5: (1.623, 11.668),
    10: (4.795, 18.390),
    20: (12.217, 30.888),
    30: (20.241, 42.827),
    50: (37.111, 65.919),
    100: (81.364, 121.627),
}
"""Garwood 1936, as reprinted by Ulm 1990 and in Breslow and Day, volume II, table 2.10."""
NEWCOMBE = {
    (81, 263): ((0.2553, 0.3662), (0.2527, 0.3676)),
    (15, 148): ((0.0624, 0.1605), (0.0578, 0.1617)),
    (0, 20): ((0.0000, 0.1611), (0.0000, 0.1684)),
    (1, 29): ((0.0061, 0.1718), (0.0009, 0.1776)),
}
"""Newcombe 1998, Statistics in Medicine 17, table I: Wilson's (method 3), Clopper's and Pearson's (method 5)."""


@pytest.mark.parametrize(("count", "told"), GARWOOD.items())
def test_a_rate_has_the_interval_of_garwood(count: int, told: tuple[float, float]) -> None:
    """To the three places that the tables have."""
    assert garwood(count) == pytest.approx(told, abs=6e-4)


@pytest.mark.parametrize(("of", "told"), NEWCOMBE.items())
def test_a_proportion_has_the_intervals_of_newcombe(of: tuple[int, int], told: tuple[tuple[float, float], ...]) -> None:
    """To the four places that the table has."""
    assert wilson(*of) == pytest.approx(told[0], abs=6e-5)
    assert clopper_pearson(*of) == pytest.approx(told[1], abs=6e-5)


def poisson_up_to(count: int, mean: float) -> float:
    return math.fsum(math.exp(n * math.log(mean) - mean - math.lgamma(n + 1)) for n in range(count + 1))


def binomial_up_to(count: int, of: int, share: float) -> float:
    return math.fsum(math.comb(of, n) * share**n * (1 - share) ** (of - n) for n in range(count + 1))


@settings(max_examples=60, deadline=None)
@drawing(st.integers(1, 600))
def test_a_rates_interval_is_exact(count: int) -> None:
    """What it says: at its low end so many or more have a chance of one in forty, at its high end so many or fewer."""
    low, high = garwood(count)
    assert 1 - poisson_up_to(count - 1, low) == pytest.approx(0.025, abs=1e-8)
    assert poisson_up_to(count, high) == pytest.approx(0.025, abs=1e-8)


@settings(max_examples=60, deadline=None)
@drawing(st.integers(1, 150).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_a_proportions_interval_is_exact(drawn: tuple[int, int]) -> None:
    """The same of one in so many; and Wilson's lies about the share, and within nought and one."""
    count, of = drawn
    low, high = clopper_pearson(count, of)
    if count:
        assert 1 - binomial_up_to(count - 1, of, low) == pytest.approx(0.025, abs=1e-8)
    if count < of:
        assert binomial_up_to(count, of, high) == pytest.approx(0.025, abs=1e-8)
    assert 0 <= wilson(count, of)[0] <= count / of <= wilson(count, of)[1] <= 1


def test_great_counts_go_on_where_small_ones_end() -> None:
    """Where the exact way ends, the other one is within a millionth of it."""
    exact, about = garwood(GREAT - 1), garwood(GREAT + 1)
    assert [b - e for e, b in zip(exact, about, strict=True)] == pytest.approx([2, 2], abs=0.05)


def test_a_rate_is_of_prisoner_days() -> None:
    """Ten events in 30,000 prisoner-days: one in three thousand. Three in 60,000: between 0.010 and 0.146."""
    assert rate(10, 30_000, 1_000) == pytest.approx((0.3333, 0.1598, 0.6130), abs=1e-4)
    assert rate(3, 60_000, 1_000) == pytest.approx((0.05, 0.0103, 0.1461), abs=1e-4)


@pytest.mark.parametrize(
    "ask", [lambda: garwood(-1), lambda: rate(1, 0, 1), lambda: wilson(1, 0), lambda: wilson(3, 2)]
)
def test_what_is_no_rate_or_share_is_a_defect(ask: object) -> None:
    """Nothing is divided by nothing, and no part is greater than its whole."""
    with pytest.raises(ValueError, match=r"exposed|negative|part"):
        ask()  # type: ignore[operator]


@pytest.mark.parametrize(("of", "total", "low", "high"), [(0, 10, 0.0, 0.2775), (5, 10, 0.2366, 0.7634)])
def test_a_share_of_few_has_wilsons_interval(of: int, total: int, low: float, high: float) -> None:
    """Of none too, where a plain one has no width."""
    assert wilson(of, total) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(
    ("df", "quantile"),
    [(1, 12.706), (2, 4.303), (5, 2.571), (9, 2.262), (23, 2.069), (29, 2.045), (60, 2.000), (120, 1.980)],
)
def test_student_is_as_in_the_tables(df: int, quantile: float) -> None:
    """t(0.975), to the three places that tables print."""
    assert student(df) == pytest.approx(quantile, abs=5e-4)


def test_student_comes_to_the_normal_one() -> None:
    """With very many degrees it is 1.960; without one there is none."""
    assert student(1_000_000) == pytest.approx(1.959964, abs=1e-5)
    with pytest.raises(ValueError, match="degree"):
        student(0)


def test_a_means_interval_reaches_as_far_as_students_law() -> None:
    """n=24, mean 2.4, s 4.1: from 0.67 to 4.13 (domain facts 14)."""
    assert of_mean(2.4, 4.1 / math.sqrt(24), 23) == pytest.approx((0.67, 4.13), abs=5e-3)

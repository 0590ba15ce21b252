"""The statistics of an evaluation: the worked figures of the domain facts (section 14), published tables, and cases
that can be reckoned by hand."""

from math import sqrt
from random import Random

import pytest

from domain.evaluation.change import (
    Spread,
    correction,
    difference,
    differences,
    reliable,
    slope,
    spread,
    standardised,
)
from domain.evaluation.series import interrupted
from domain.kernel.intervals import of_mean
from domain.schemes.measures import Direction


def test_the_worked_figures_of_a_paired_change() -> None:
    """n=24, mean 2.4, s 4.1: SE 0.837; CI 0.67 to 4.13; d_z 0.585; J 0.967; corrected 0.566 (domain facts 14)."""
    of = Spread(24, 2.4, 4.1)
    assert of.error == pytest.approx(0.837, abs=5e-4)
    assert (of.interval.low, of.interval.high) == (pytest.approx(0.67, abs=5e-3), pytest.approx(4.13, abs=5e-3))
    made = standardised(of)
    assert made is not None
    assert made.d_z == pytest.approx(0.585, abs=5e-4)
    assert made.j == pytest.approx(0.967, abs=5e-4)
    assert made.g == pytest.approx(0.566, abs=5e-4)
    assert made.d_av is None


def test_d_z_and_d_av_differ_and_each_says_of_what() -> None:
    """Scores that move together: d_z is great, d_av is the change in units of what people differ by."""
    before = [10.0, 20.0, 30.0, 40.0]
    after = [12.0, 21.0, 33.0, 42.0]
    changes = spread(differences(before, after))
    made = standardised(changes, spread(before), spread(after))
    assert made is not None
    assert changes.mean == 2.0
    assert made.d_z == pytest.approx(2 / sqrt(2 / 3))
    assert made.d_av == pytest.approx(2.0 / ((spread(before).sd + spread(after).sd) / 2))
    assert made.g == pytest.approx(made.d_z * (1 - 3 / 11))


def test_where_everybody_changed_alike_there_is_no_standardised_change() -> None:
    """Nothing to divide by, and no endless number."""
    assert standardised(spread([3.0, 3.0, 3.0])) is None


@pytest.mark.parametrize(("better", "improved", "worse"), [(Direction.HIGHER, 2, 1), (Direction.LOWER, 1, 2)])
def test_reliable_change_tells_all_three(better: Direction, improved: int, worse: int) -> None:
    """By 2.87 on SWEMWBS: reached is reliable, short of it is not, and worse is told like better."""
    made = reliable([2.87, 5.0, 2.86, 0.0, -2.0, -2.87], 2.87, better)
    assert (made.improved, made.neither, made.deteriorated, made.total) == (improved, 3, worse, 6)


def test_welchs_difference_is_as_in_the_textbook() -> None:
    """Means 20.8 and 23.0, variances 7.9 and 3.8, 15 each: by Satterthwaite 24.9 degrees, and t is 2.49."""
    made = difference(Spread(15, 23.0, sqrt(3.8)), Spread(15, 20.8, sqrt(7.9)))
    error = sqrt(3.8 / 15 + 7.9 / 15)
    assert made.mean == pytest.approx(2.2)
    assert made.degrees == 24
    assert made.mean / error == pytest.approx(2.49, abs=0.01)
    assert (made.interval.low, made.interval.high) == (
        pytest.approx(of_mean(2.2, error, 24).low),
        pytest.approx(of_mean(2.2, error, 24).high),
    )


def test_an_interval_covers_as_often_as_it_says() -> None:
    """Of 2,000 samples of twelve from a known law, between 93 and 97 in a hundred intervals hold the mean."""
    random, held = Random(7), 0
    for _ in range(2000):
        within = spread([random.gauss(5, 3) for _ in range(12)]).interval
        held += within.low <= 5 <= within.high
    assert 0.93 < held / 2000 < 0.97


def test_more_dose_with_more_change_has_a_slope() -> None:
    """Half a point a session, exactly; none where everybody had the same, or there are too few."""
    doses = [float(n) for n in range(24)]
    made = slope(doses, [0.5 * d + 1 for d in doses])
    assert made is not None
    assert made[0] == pytest.approx(0.5)
    assert made[1].low == pytest.approx(0.5)
    assert slope([3.0] * 24, doses) is None
    assert slope(doses[:19], doses[:19]) is None


def test_an_interrupted_series_finds_its_level_and_its_slope() -> None:
    """A made line: 20, up 1 a month; from month 12 on 5 lower, and falling 2 a month. It is found again, exactly."""
    months = list(range(24))
    values = [20 + m - (5 + 3 * (m - 12) if m >= 12 else 0.0) for m in months]
    made = interrupted(months, values, 12)
    assert made is not None
    assert made.level == pytest.approx(32)
    assert made.slope == pytest.approx(1)
    assert made.level_changed.by == pytest.approx(-5)
    assert made.slope_changed.by == pytest.approx(-3)
    assert made.fitted == pytest.approx(values)


def test_months_that_are_alike_are_told() -> None:
    """A slow wave about the line is far below two; a change of sign each month is far above."""
    months = list(range(24))
    slow = interrupted(months, [[0, 1, 2, 3, 2, 1][m // 2 % 6] * 1.0 for m in months], 12)
    quick = interrupted(months, [(-1.0) ** m for m in months], 12)
    assert slow is not None
    assert quick is not None
    assert slow.durbin_watson is not None
    assert quick.durbin_watson is not None
    assert slow.durbin_watson < 1.5 < 2.5 < quick.durbin_watson


@pytest.mark.parametrize("began", [5, 19])
def test_too_few_months_on_a_side_are_no_series(began: int) -> None:
    """Six at least, before and after."""
    assert interrupted(list(range(24)), [1.0] * 24, began) is None


@pytest.mark.parametrize(("n", "j"), [(10, 0.9143), (20, 0.9600), (24, 0.9670), (30, 0.9739)])
def test_the_correction_for_small_samples(n: int, j: float) -> None:
    """J = 1 - 3/(4(n-1)-1)."""
    assert correction(n - 1) == pytest.approx(j, abs=1e-4)

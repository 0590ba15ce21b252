"""The forecast, by hand: each number here can be worked out with a pencil from what stands beside it."""

from collections.abc import Sequence
from datetime import date, timedelta
from math import exp, log, sqrt

import pytest

from domain.turnover.forecast import (
    WEEKS,
    Coming,
    Forecast,
    Lead,
    ReleaseKnown,
    Serving,
    finishing,
    forecast,
    lead,
    quantile,
)
from domain.turnover.survival import Chance, Reckoned, Stay, Usual, usual

TODAY = date(2026, 11, 23)
LEAD = Lead(vacancy=28, training=28, probation=28)
NEVER_LEFT = usual([Stay(360, False)] * 4)
"""Nobody left in four years of service: 4 + 4 leavers' worth of prior days, 0 + 4 of prior leavers."""


def day(after: int) -> date:
    return TODAY + timedelta(days=after)


def made(
    *,
    minimum: int = 0,
    serving: Sequence[Serving] = (),
    coming: Sequence[Coming] = (),
    usual: Usual = NEVER_LEFT,
    held: Usual = NEVER_LEFT,
) -> Forecast:
    """A forecast of today, of a scheme that nobody has begun training in yet."""
    return forecast(
        today=TODAY,
        minimum=minimum,
        serving=serving,
        coming=coming,
        usual=usual,
        held=held,
        started=0,
        arrived=0,
        lead=LEAD,
    )


# Ten stays: leavers on days 10, 20 (two), 30, 40 (two), 50, 60; two are still here, after 70 and 80 days.
TEN = [Stay(d, True) for d in (10, 20, 20, 30, 40, 40, 50, 60)] + [Stay(70, False), Stay(80, False)]


def test_the_curve_is_kaplan_and_meier_s() -> None:
    """By hand: nine tenths stay past day 10, of nine seven past day 20, of seven six past day 30."""
    found = usual(TEN)
    assert found.basis is Reckoned.OWN_PAST
    assert [(s.day, s.left, s.observed) for s in found.steps][:4] == [(10, 1, 10), (20, 2, 9), (30, 1, 7), (40, 2, 6)]
    assert found.staying(0, 35).likely == pytest.approx(9 / 10 * 7 / 9 * 6 / 7)
    assert found.staying(15, 10).likely == pytest.approx(7 / 9)


def test_the_interval_is_greenwood_s_on_the_log_log_scale() -> None:
    """By hand: S = 0.7 at day 25, the sum of d/(n(n-d)) is 1/90 + 2/63, the ends S to the power exp(±1.96 se)."""
    s, variance = 0.9 * 7 / 9, 1 / 90 + 2 / 63
    power = exp(1.96 * sqrt(variance) / -log(s))
    got = usual(TEN).staying(0, 25)
    assert (got.likely, got.low, got.high) == pytest.approx((s, s**power, s ** (1 / power)))
    assert 0.32 < got.low < got.high < 0.90


def test_beyond_what_five_have_shown_the_average_holds() -> None:
    """Steps that fewer than five were observed for are noise: eight leavers in 420 days, so one in 52.5 days."""
    found = usual(TEN)
    assert (found.first, found.last) == (0, 40)
    assert found.rate == 8 / 420
    assert found.staying(50, 21).likely == pytest.approx(exp(-21 * 8 / 420))


def test_too_few_leavers_are_drawn_to_the_prior_and_it_says_so() -> None:
    """Two leavers in 360 days' service, with the prior's four in 1,440: six in 1,800, one in 300 days."""
    found = usual([Stay(180, True), Stay(180, True)])
    assert (found.basis, found.rate) == (Reckoned.OWN_PAST_AND_PRIOR, pytest.approx(6 / 1800))
    assert usual([]).basis is Reckoned.PRIOR
    assert usual([]).lost_in(30).likely == pytest.approx(1 - exp(-30 * 4 / 1440))


def test_who_left_before_records_begin_is_not_made_a_reason_for_hope() -> None:
    """A stay is at risk only from the day from which it is observed: early leavers of years ago are in no record."""
    veterans = [Stay(800, False, since=435)] * 5
    assert usual([*TEN, *veterans]).staying(0, 35).likely == usual(TEN).staying(0, 35).likely
    assert usual(veterans).days == 5 * 365


def test_released_is_gone_from_the_week_of_his_release() -> None:
    """Three active, one of them released in ten days: he is in the first week's number and not in the second's."""
    stays = [Serving(served=100), Serving(served=100), Serving(served=100, release=day(10))]
    got = forecast(
        today=TODAY,
        minimum=3,
        serving=stays,
        coming=[],
        usual=NEVER_LEFT,
        held=NEVER_LEFT,
        started=0,
        arrived=0,
        lead=LEAD,
    )
    rate = 4 / (4 * 360 + 4 * 360)
    assert got.weeks[0].expected == pytest.approx(3 * exp(-7 * rate))
    assert got.weeks[1].expected == pytest.approx(2 * exp(-14 * rate))
    assert [w.released for w in got.weeks][:3] == [0, 1, 0]
    assert len(got.weeks) == WEEKS


def test_the_week_that_falls_short_says_when_to_start() -> None:
    """Minimum two, three there of whom two go in days 40 and 41: the sixth week is short; 84 days before it is gone."""
    stays = [Serving(served=9), Serving(served=9, release=day(40)), Serving(served=9, release=day(41))]
    got = forecast(
        today=TODAY,
        minimum=2,
        serving=stays,
        coming=[],
        usual=NEVER_LEFT,
        held=NEVER_LEFT,
        started=0,
        arrived=0,
        lead=LEAD,
    )
    assert got.short_in == day(35)
    assert got.start_by == day(35 - 84)
    assert got.may_be_short_in is not None
    assert got.may_be_short_in <= day(35)


def test_somebody_in_training_comes_by_the_share_that_gets_so_far() -> None:
    """Nobody yet, one in training who is due in 20 days: three of four (the prior) from the third week on."""
    coming = [Coming(active_on=day(20))]
    got = forecast(
        today=TODAY,
        minimum=0,
        serving=[],
        coming=coming,
        usual=NEVER_LEFT,
        held=NEVER_LEFT,
        started=0,
        arrived=0,
        lead=LEAD,
    )
    rate = 4 / (4 * 360 + 4 * 360)
    assert [w.expected for w in got.weeks][:2] == [0, 0]
    assert got.weeks[2].expected == pytest.approx(0.75 * exp(-rate))
    assert [w.arriving for w in got.weeks][:4] == [0, 0, 1, 0]
    assert finishing(10, 5) == 0.5
    assert finishing(4, 1) == pytest.approx((1 + 3) / (4 + 4))


def test_a_hold_takes_transfers_out_until_its_day() -> None:
    """Held for 14 days nobody is moved: the held curve until then, the usual one after."""
    leaves, stays = usual([Stay(10, True)] * 2), usual([])
    one = [Serving(served=0, held_until=day(14))]
    got = made(minimum=0, serving=one, coming=[], usual=leaves, held=stays)
    assert got.holds == 1
    assert got.weeks[1].expected == pytest.approx(exp(-14 * stays.rate))
    assert got.weeks[3].expected == pytest.approx(exp(-14 * stays.rate) * exp(-14 * leaves.rate))


def test_what_is_not_known_is_said() -> None:
    """A man on remand has no date, and a source that cannot be asked has none for anybody: each is counted apart."""
    there = [Serving(served=1, known=ReleaseKnown.UNKNOWN), Serving(served=1, known=ReleaseKnown.NOT_ASKED)]
    got = forecast(
        today=TODAY,
        minimum=0,
        serving=there,
        coming=[],
        usual=NEVER_LEFT,
        held=NEVER_LEFT,
        started=0,
        arrived=0,
        lead=LEAD,
    )
    assert (got.release_unknown, got.not_asked) == (1, 1)


def test_the_interval_counts_unlike_draws() -> None:
    """By hand: of chances 0.5 and 0.2 none comes with 0.4, one with 0.5, both with 0.1."""
    assert [quantile([0.5, 0.2], tail) for tail in (0.39, 0.4, 0.41, 0.9, 0.91)] == [0, 0, 1, 1, 2]
    assert quantile([1.0, 1.0, 0.0], 0.5) == 2


def test_how_long_recruiting_takes_is_measured_where_five_have_shown_it() -> None:
    """Four say nothing: vacancy, training by its hours, probation. Of five it is the middle one."""
    assert lead([100] * 4, 30, 28).days == 28 + 35 + 28
    assert lead([90, 10, 70, 200, 80], 30, 28).days == 80


def test_a_chance_is_one() -> None:
    """Its ends hold it, whatever is estimated: from nobody's leaving to everybody's."""
    for stays in ([], TEN, [Stay(5, True)] * 9, [Stay(900, False)] * 20):
        for served in (0, 15, 45, 200):
            for further in (0, 7, 91):
                got: Chance = usual(stays).staying(served, further)
                assert 0 <= got.low <= got.likely <= got.high <= 1 or got == Chance(0.0, 0.0, 1.0)

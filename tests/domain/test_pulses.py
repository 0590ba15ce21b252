"""The figures of a pulse: the score, its interval, and when none is told (domain facts 14 and 15)."""

import math

import pytest

from domain.feedback import codes
from domain.feedback.pulses import FEEDS, ITEMS, PulseItem, Score, scored, told_of
from domain.schemes.registers.risks import NAMED, RiskCode

GOOD, BAD = PulseItem.FEELS_SAFE, PulseItem.SUPPORTERS_FAVOURED


def test_a_score_has_the_interval_of_its_mean() -> None:
    """Twenty-four answers, told as twenty-five: mean 3.5, a spread of 1.1 taken as 1, t of twenty-four."""
    answers = [1, 2, 3, 3, 3, 4, 4, 4, 4, 4, 5, 5] * 2
    half = 2.064 / math.sqrt(25)
    assert scored(GOOD, answers) == Score(35, math.floor(10 * (3.5 - half)), math.ceil(10 * (3.5 + half)))


def test_of_an_interval_no_single_answer_is_worked_out() -> None:
    """Nine fives and a one have the mean of seven fives, two fours and a three, and told to be ten nothing is told
    beside it. Twenty and twenty-two that answered otherwise have one interval."""
    assert scored(GOOD, [5] * 9 + [1]) == scored(GOOD, [5] * 7 + [4] * 2 + [3]) == Score(46)
    assert [scored(GOOD, [4] * n + [5]) for n in (9, 16)] == [Score(41), Score(41)]
    one, other = scored(GOOD, [5] * 12 + [4] * 8), scored(GOOD, [5] * 13 + [4] * 8 + [5])
    assert one is not None
    assert one == other
    assert one.low is not None


def test_where_much_is_bad_the_score_is_turned_round() -> None:
    """More is always better: fives to 'supporters get special treatment' are a low score."""
    answers = [5] * 18 + [4] * 2
    turned = scored(BAD, answers)
    assert turned is not None
    assert turned.mean == 11
    assert turned.low == 10  # no lower than the scale goes


@pytest.mark.parametrize("answers", [[1, 5] * 4 + [3], [4] * 30])
def test_of_nine_and_of_all_alike_no_score_is_told(answers: list[int]) -> None:
    """Nine are too few; where all answered alike, the score would be each one's answer."""
    assert scored(GOOD, answers) is None


def test_how_many_answered_is_told_from_ten_on_to_the_nearest_five() -> None:
    """Nine and none are alike."""
    assert [told_of(n) for n in (0, 9, 10, 12, 13, 17)] == [None, None, 10, 10, 15, 15]


def test_every_item_is_asked_and_every_risk_but_churn_is_fed() -> None:
    """No item without a group, and no item feeds a risk that is not among the named ones."""
    assert {item for items in ITEMS.values() for item in items} == set(PulseItem)
    assert set(NAMED) - set(FEEDS) == {RiskCode.CHURN}


def test_a_code_is_read_as_it_is_typed() -> None:
    """Whatever the case, spaces and hyphens; what is no code is none."""
    assert codes.read(" abcde-fghjk mnpqr ") == "ABCDEFGHJKMNPQR"
    assert codes.read("ABCDE-FGHJK-MNPQ") is None
    assert codes.read("ABCDE-FGHJK-MNPQ1") is None

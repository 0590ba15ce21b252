"""Instruments are scored as their authors say (F61): reversed, converted, banded, and not at all where too much is
missing. Vectors: domain facts 5.4, and the published conversion table of SWEMWBS."""

import pytest

from domain.evaluation.instruments import INSTRUMENTS, NEWEST, InstrumentOf, ScoreBand
from domain.evaluation.scoring import at_risk, faults, scored

CORE = NEWEST["CORE_10"]


@pytest.mark.parametrize(("raw", "metric"), [(7, 7.0), (8, 9.51), (21, 19.25), (23, 20.73), (34, 32.55), (35, 35.0)])
def test_swemwbs_is_converted_before_it_is_analysed(raw: int, metric: float) -> None:
    """The raw sum is never the score: one point of it is 2.51 at the low end and 0.52 in the middle."""
    each, more = divmod(raw, 7)
    answers = [each + 1] * more + [each] * (7 - more)
    assert sum(answers) == raw
    made = scored(NEWEST["SWEMWBS"], answers)
    assert (made.raw, made.value) == (raw, metric)


def test_the_conversion_table_rises_and_has_every_raw_score() -> None:
    """29 raw scores, 7 to 35, none twice; its ends are the scale's own."""
    table = NEWEST["SWEMWBS"].conversion
    assert table is not None
    assert list(table) == list(range(7, 36))
    values = list(table.values())
    assert values == sorted(set(values))
    assert (values[0], values[-1]) == NEWEST["SWEMWBS"].bounds


def test_core_10_turns_two_items_round() -> None:
    """All nought is 8 points of distress, for items 2 and 3 are worded well; all four is 32."""
    assert scored(CORE, [0] * 10).value == 8
    assert scored(CORE, [4] * 10).value == 32
    assert scored(CORE, [0, 4, 4, *[0] * 7]).value == 0
    assert scored(CORE, [4, 0, 0, *[4] * 7]).value == 40


@pytest.mark.parametrize(
    ("total", "band"),
    [
        (0, ScoreBand.NOT_CLINICAL),
        (10, ScoreBand.NOT_CLINICAL),
        (11, ScoreBand.MILD),
        (14, ScoreBand.MILD),
        (15, ScoreBand.MODERATE),
        (19, ScoreBand.MODERATE),
        (20, ScoreBand.MODERATE_TO_SEVERE),
        (24, ScoreBand.MODERATE_TO_SEVERE),
        (25, ScoreBand.SEVERE),
        (40, ScoreBand.SEVERE),
    ],
)
def test_core_10_has_the_published_bands(total: int, band: ScoreBand) -> None:
    """11 is clinical, and each further band begins where its authors say."""
    left, answers = total, [0, 4, 4, *[0] * 7]
    for place in range(10):
        more = min(4, left)
        answers[place] = 4 - more if place in (1, 2) else more
        left -= more
    made = scored(CORE, answers)
    assert (made.value, made.band) == (total, band)


def test_one_item_of_core_10_may_be_left_out_and_stands_for_the_mean_of_the_others() -> None:
    """Nine items of 2 each, the tenth left out: 20; with two left out there is no score."""
    assert scored(CORE, [2] * 9 + [None]).value == pytest.approx(20)
    assert scored(CORE, [2] * 8 + [None, None]).value is None


@pytest.mark.parametrize("code", ["SWEMWBS", "WEMWBS", "ROSENBERG_10_40", "ROSENBERG_0_30", "SELF_EFFICACY"])
def test_nothing_else_is_made_up_for_an_item_that_is_missing(code: str) -> None:
    """One left out: no score, neither raw nor converted."""
    of = NEWEST[code]
    made = scored(of, [of.highest] * (of.items - 1) + [None])
    assert (made.raw, made.value) == (None, None)


@pytest.mark.parametrize("code", sorted(NEWEST))
def test_every_instrument_reaches_its_bounds_and_no_further(code: str) -> None:
    """Best and worst answers to every item are the ends of the published range."""
    of = NEWEST[code]
    low = [of.highest if item in of.reversed else of.lowest for item in range(1, of.items + 1)]
    high = [of.lowest if item in of.reversed else of.highest for item in range(1, of.items + 1)]
    assert (scored(of, low).value, scored(of, high).value) == of.bounds
    published = {
        "SWEMWBS": (7, 35),
        "WEMWBS": (14, 70),
        "CORE_10": (0, 40),
        "ROSENBERG_10_40": (10, 40),
        "ROSENBERG_0_30": (0, 30),
        "SELF_EFFICACY": (10, 40),
        "HELPFULNESS": (1, 5),
        "MQPL_DIMENSION": (1, 5),
    }
    assert of.bounds == published[code]


def test_what_cannot_be_an_answer_is_told_item_by_item() -> None:
    """Another number of answers; an answer beyond the scale, at its place."""
    assert [f.code for f in faults(CORE, [0] * 9)] == ["ANSWERS_NOT_OF_THE_INSTRUMENT"]
    assert [(f.code, f.path) for f in faults(CORE, [0, 5, -1, *[0] * 7])] == [
        ("ANSWER_OUT_OF_BOUNDS", "/answers/1"),
        ("ANSWER_OUT_OF_BOUNDS", "/answers/2"),
    ]
    assert list(faults(CORE, [0] * 9 + [None])) == []


def test_the_item_of_core_10_that_makes_a_duty_to_act_is_seen() -> None:
    """Item 6, answered with anything but 'not at all'; left out, it tells nothing."""
    assert at_risk(CORE, [0, 0, 0, 0, 0, 1, 0, 0, 0, 0])
    assert not at_risk(CORE, [4, 4, 4, 4, 4, 0, 4, 4, 4, 4])
    assert not at_risk(CORE, [0, 0, 0, 0, 0, None, 0, 0, 0, 0])
    assert not any(at_risk(of, [of.highest] * of.items) for of in NEWEST.values() if of.risk_item is None)


def test_no_words_of_an_item_are_here_and_no_version_is_said_twice() -> None:
    """Instruments are numbers: what is licensed is not passed on. What is of a prison is never of one man."""
    for (code, version), of in INSTRUMENTS.items():
        assert (of.code, of.version) == (code, version)
        assert len(of.title) < 80
        assert of.reversed <= set(range(1, of.items + 1))
    assert [of.code for of in NEWEST.values() if of.of is InstrumentOf.PRISON] == ["MQPL_DIMENSION"]
    assert {of.code for of in NEWEST.values() if of.risk_item} == {"CORE_10"}

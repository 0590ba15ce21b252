"""Two reports of an evaluation tell nobody apart: neither how many they are of, nor what the one between them answered,
nor any small number that came to another (X13, F66)."""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from random import Random
from typing import Any

import orjson
import pytest

from api.wire import to_bytes
from domain.evaluation import before
from domain.evaluation.before import Before, opened
from domain.evaluation.change import FEWEST_FOR_MEAN
from domain.evaluation.design import Caveat, ComparisonDesign
from domain.evaluation.facts import Facts, Taken
from domain.evaluation.measurement import MeasuringPoint
from domain.evaluation.report import Made, made
from domain.kernel.counts import bounds
from domain.kernel.intervals import student
from tests.domain.attacker import Found, Number, attack
from tests.domain.test_evaluation_let_out import BOTH, LOST, drawn, measured, men, moving, standing
from tests.domain.test_evaluation_report import PLAN, pair, taken

NOVEMBER, DECEMBER = date(2026, 11, 2), date(2026, 12, 2)
TENTH = 0.05


def known(*reports: Made) -> Before:
    """What these let out, as it is kept and read again."""
    return opened([orjson.loads(to_bytes(each.kept)) for each in reports])


def spreading(n: int) -> list[Taken]:
    """So many who changed, one up by six and the next one down by two."""
    return [t for who in range(n) for t in pair(who, 24 + who % 2, 31 if who % 2 else 22)]


def counted(section: dict[str, Any]) -> set[int]:
    """Who reckons how many they are: of the numbers that round to the one told, those with which a deviation, told or
    got from the standardised change, makes the interval that is told."""
    sds = [section["sd"] - TENTH, section["sd"] + TENTH]
    wide, (least, most) = section["high"] - section["low"], bounds(section["people"])
    return {
        n
        for n in range(least, most + 1)
        if min(sds) * 2 * student(n - 1) / n**0.5 - 2 * TENTH
        <= wide
        <= max(sds) * 2 * student(n - 1) / n**0.5 + 2 * TENTH
    }


def between(one: dict[str, Any], other: dict[str, Any], n: int) -> tuple[float, float]:
    """Who knows that one has come to `n` reckons his score from the means of those before and those with him: the
    least and the most that it can be."""
    his = (n + 1) * other["after"] - n * one["after"]
    return his - (2 * n + 1) * TENTH, his + (2 * n + 1) * TENTH


def test_two_reports_do_not_tell_the_score_of_the_one_between_them() -> None:
    """Twenty-four in October, twenty-five in November: whoever knows it had the last one's 38 between 35.6 and 40.4.
    What is told of twenty-four stands, and the same two means are of everybody's."""
    first = spreading(24)
    then = [*first, *pair(30, 25, 38)]
    october = made(Facts(PLAN, NOVEMBER, first))
    november = made(Facts(PLAN, DECEMBER, then, before=known(october)))
    of = [each.told["change"]["scheme"] for each in (october, november)]
    assert of[0] == of[1]
    assert of[0]["mean"] is not None
    assert of[0]["countedUntil"] == "2026-10-31"
    assert {c["code"] for c in november.told["caveats"]} >= {Caveat.MEANS_STAND.value}
    alone = made(Facts(PLAN, DECEMBER, then)).told["change"]["scheme"]
    low, high = between(of[0], alone, 24)
    assert low <= 38 <= high
    assert high - low < 5  # what two reports without each other would have told
    low, high = between(of[0], of[1], 24)
    assert not low <= 38 <= high


def test_what_stands_is_told_anew_with_ten_more() -> None:
    """With nine more it stands, in every month; with ten the mean is of all of them, and the difference is of ten."""
    reports = [made(Facts(PLAN, NOVEMBER, spreading(24)))]
    for n in (28, 33, 34):
        reports.append(made(Facts(PLAN, DECEMBER, spreading(n), before=known(*reports))))
    told = [each.told["change"]["scheme"]["countedUntil"] for each in reports]
    assert told == ["2026-10-31"] * 3 + ["2026-11-30"]
    assert reports[-1].told["change"]["scheme"]["people"] == 35
    assert Caveat.MEANS_STAND.value not in {c["code"] for c in reports[-1].told["caveats"]}


@pytest.mark.parametrize("point", [MeasuringPoint.MIDWAY, MeasuringPoint.FOLLOW_UP])
def test_every_mean_stands_and_not_the_change_alone(point: MeasuringPoint) -> None:
    """Of those measured between, of those who were lost, of what else they were measured with, and their dose."""
    plan = replace(PLAN, further=("SWEMWBS",))
    well = {"instrument": "SWEMWBS"}

    def of(n: int) -> list[Taken]:
        beside = [taken(who, point, 20 + who % 9) for who in range(n)]
        lost = [t for who in range(50, 50 + n) for t in pair(who, 20 + who % 9, None)]
        low = [taken(w, MeasuringPoint.BASELINE, 0, **well, answers=(2 + w % 2,) * 7) for w in range(n)]
        high = [taken(w, MeasuringPoint.END, 0, **well, answers=(3 + w % 3,) * 7) for w in range(n)]
        return spreading(n) + beside + lost + low + high

    october = made(Facts(plan, NOVEMBER, of(20)))
    november = made(Facts(plan, DECEMBER, of(21), before=known(october)))
    assert _means(october.told)
    assert _means(november.told) == _means(october.told)
    assert _means(made(Facts(plan, DECEMBER, of(30), before=known(october))).told) != _means(october.told)


def _means(told: dict[str, Any]) -> list[Any]:
    points = [each["mean"] for each in told["points"]]
    return [points, told["further"], told["leavers"]["left"]["before"], told["change"], told["dose"]]


def test_of_two_groups_each_stands_by_itself() -> None:
    """One more is compared with, and twelve more have come to the scheme: theirs is told anew, the others' stands."""
    plan = replace(PLAN, design=ComparisonDesign.WAIT_LIST)

    def of(n: int, m: int) -> list[Taken]:
        waiting = [t for w in range(m) for t in pair(100 + w, 20 + w % 5, 21 + w % 5 + w % 3, compared=True)]
        return spreading(n) + waiting

    october = made(Facts(plan, NOVEMBER, of(20, 20)))
    november = made(Facts(plan, DECEMBER, of(32, 21), before=known(october)))
    now, was = november.told["change"], october.told["change"]
    assert now["compared"] == was["compared"]
    assert now["scheme"]["countedUntil"] == "2026-11-30"
    assert now["difference"] != was["difference"]


@pytest.mark.parametrize("n", [10, 20, 24])
def test_nobody_is_counted_by_how_wide_an_interval_is(n: int) -> None:
    """Of two more, who change nothing about mean and deviation, the report is the same to the last digit, where their
    number is told alike; whoever reckons by the quantiles finds at the most what he was told."""
    one, other = (made(Facts(PLAN, NOVEMBER, spreading(each))).told["change"]["scheme"] for each in (n, n + 2))
    assert one == other
    assert (one["sd"] is None) is (n < 20)
    if one["sd"] is not None:
        assert counted(one) != {n}


@pytest.mark.parametrize(("wanted", "said"), [(23, False), (24, False), (25, False), (26, True)])
def test_how_many_were_wanted_does_not_tell_how_many_there_are(wanted: int, said: bool) -> None:
    """Of twenty-four, who are told as twenty-five, fewer than planned is said by the number that is told."""
    told = made(Facts(replace(PLAN, wanted=wanted), NOVEMBER, spreading(24))).told
    assert (Caveat.FEWER_THAN_PLANNED.value in {c["code"] for c in told["caveats"]}) is said


def test_no_mean_is_told_of_people_who_all_answered_alike() -> None:
    """It would be each one's own."""
    told = made(Facts(PLAN, NOVEMBER, [t for who in range(24) for t in pair(who, 20, 23)])).told
    assert told["change"]["scheme"]["mean"] is None
    assert {each["mean"] for each in told["points"]} == {None}


def test_a_mean_that_was_told_is_not_told_of_fewer() -> None:
    """Fourteen of twenty-four are deleted: what was told stands, and is not told again without them."""
    october = made(Facts(PLAN, NOVEMBER, spreading(24)))
    november = made(Facts(PLAN, DECEMBER, spreading(10), before=known(october)))
    assert november.told["change"]["scheme"] == october.told["change"]["scheme"]


def _months(random_: Random) -> list[dict[Hashable, int]]:
    found = [drawn(random_)]
    for _ in range(2):
        found.append({what: n + random_.choice((0, 0, 1, 2, 6)) for what, n in found[-1].items()})
    return found


def _reported(months: Sequence[dict[Hashable, int]]) -> list[Made]:
    reports: list[Made] = []
    for of in months:
        plan = replace(PLAN, approached=sum(of.values()), refused=of["refused"])
        found = measured(of)
        reports.append(made(Facts(plan, NOVEMBER, found, men(of, found), before=known(*reports))))
    return reports


def _numbers(
    months: Sequence[dict[Hashable, int]], at: int, report: Made
) -> Iterator[tuple[int, frozenset[Hashable], int | None]]:
    """The numbers of a report, and of which month each is: of those whose means stand, of an earlier one."""
    of, told, parts = months[at], report.told, report.kept["parts"]
    both, gone = [each[BOTH] for each in months], [sum(each[why] for why in LOST) for each in months]

    def month(key: str, counts: list[int]) -> int:
        return counts.index(parts[key]["people"]) if key in parts else at

    (dosed, *people), lost = standing(told)
    yield from ((at, cells, n) for cells, n in moving(of, told))
    yield from ((month("change/scheme", both), frozenset({BOTH}), n) for n in people)
    yield month("dose", both), frozenset({BOTH}), dosed
    yield month("left", gone), frozenset(LOST), lost


def _through(months: Sequence[dict[Hashable, int]], reports: Sequence[Made]) -> list[Number]:
    """All numbers of all reports, of those who were there in the first month and those who came in each after."""
    shown: list[Number] = []
    for at, report in enumerate(reports):
        for month, cells, n in _numbers(months, at, report):
            there = frozenset((cell, then) for cell in cells for then in range(month + 1))
            shown.append(Number(there, n, sum(months[month][cell] for cell in cells)))
    for at, (was, now) in enumerate(pairwise(months), 1):
        shown += [Number(frozenset({(cell, at)}), None, now[cell] - was[cell]) for cell in now]
    return shown


def test_no_small_number_is_found_through_three_months() -> None:
    """Of thirty drawn evaluations, each with three reports: nobody who came, or was lost, in a month is reckoned out of
    the difference of two."""
    random_, found = Random("months"), list[Found]()
    for _ in range(30):
        months = _months(random_)
        found += attack(_through(months, _reported(months)))
    assert len(found) > 300
    assert [f for f in found if f.exact] == []
    assert sum(f.narrow for f in found) < len(found) / 100


def test_what_is_kept_of_a_report_is_read_again_as_it_was() -> None:
    """Numbers, sums, and parts with their means."""
    october = made(Facts(PLAN, NOVEMBER, spreading(24)))
    again = known(october)
    assert again.reports[0].counts["flow/ANALYSED"] == 24
    assert again.parts["change/scheme"].people == 24
    assert again.parts["change/scheme"].section == october.told["change"]["scheme"]
    assert again.stands("change/scheme", 24 + FEWEST_FOR_MEAN) is None
    assert again.stands("change/scheme", 23 + FEWEST_FOR_MEAN) is again.parts["change/scheme"]
    assert before.NOTHING_BEFORE.stands("change/scheme", 24) is None

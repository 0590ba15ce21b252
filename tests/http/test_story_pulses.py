"""Attitude pulses: four groups are asked by code, ten or more answers make a score, and the register of risks is told
(S27, S28, X12)."""

import dataclasses
from collections import Counter
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import httpx
import pytest

from domain.feedback.pulses import ITEMS, PulseGroup, PulseResult
from domain.kernel.ids import PulseResultId
from domain.ports import Raced
from domain.schemes.record import Scheme, SchemeState
from tests.http.cast import uid
from tests.http.test_story_by_code import SHANNON, mixed, printed
from tests.http.world import World, codes, problem

Q4 = date(2026, 10, 1)
STAFF = [item.value for item in ITEMS[PulseGroup.STAFF]]


async def answer(world: World, code: str, group: str, answers: dict[str, int], **more: Any) -> httpx.Response:
    """One sheet of answers."""
    told = [{"item": item, "answer": n} for item, n in answers.items()]
    body = {"code": code, "group": group, "answers": told, **more}
    return await world.stranger.post("/v1/pulse-answers-by-code", body)


async def answered(world: World, group: str, many: list[dict[str, int]], why: list[str] | None = None) -> None:
    """Each of these answers, by a code of its own."""
    sheet = await printed(world, key=f"pulse-of-{group}-{len(many)}")
    for at, each in enumerate(many):
        more = {} if why is None else {"whyNot": why[at]}
        told = await answer(world, sheet[at], group, each, **more)
        assert told.status_code == 201, told.text


async def results(world: World, by: str = "coordinator", **asked: str) -> dict[tuple[str, str], dict[str, Any]]:
    """The results by group and item, of the running quarter."""
    query = "&".join(f"{name}={value}" for name, value in {"limit": "100", "quarter": "2026-10-01", **asked}.items())
    told = await world[by].get(f"{SHANNON}/pulse-results?{query}")
    assert told.status_code == 200, told.text
    return {(i["ofGroup"], i["item"]): i for i in told.json()["items"]}


async def over(world: World) -> int:
    """The quarter is over, and its pulses are counted."""
    world.later(days=42)  # the 4th of January
    return await mixed(world)


async def test_ten_answers_make_a_score_and_nine_make_none(world: World) -> None:
    """Staff of ten, supporters of nine; where all of a group answered alike none is told either."""
    staff = [dict(zip(STAFF, (4, 2 + n % 3, 1 + n % 2, 5, 2 + n % 2), strict=True)) for n in range(10)]
    await answered(world, "STAFF", staff)
    await answered(world, "SUPPORTERS", [{"FEELS_SAFE": 1 + n % 5} for n in range(9)])
    assert await mixed(world) == 0
    assert await over(world) == 19
    told = await results(world)
    assert len(told) == sum(map(len, ITEMS.values()))
    assert told["STAFF", "HAS_TIME_TO_UNLOCK"]["answered"] == 10
    assert (told["STAFF", "HAS_TIME_TO_UNLOCK"]["score"], told["STAFF", "MAKES_SHIFT_HARDER"]["score"]) == (25, 31)
    assert {(each["lowest"], each["highest"]) for each in told.values()} == {(None, None)}
    alike = told["STAFF", "KNOWS_HOW_IT_WORKS"]
    assert (alike["answered"], alike["score"], alike["lowest"], alike["highest"]) == (10, None, None, None)
    none = told["SUPPORTERS", "FEELS_SAFE"]
    assert (none["answered"], none["score"]) == (None, None)
    nobody = told["SUPPORTED", "STAFF_WOULD_HELP"]
    assert (nobody["answered"], nobody["score"]) == (None, None)


async def test_non_users_say_why_not(world: World) -> None:
    """Reasons of eight or more are told, to the nearest five; of fewer none is."""
    why = ["NOT_SURE_IT_STAYS_PRIVATE"] * 9 + ["AFRAID_TO_LOOK_WEAK"] * 3
    await answered(world, "NON_USERS", [{"KNOWS_THE_SUPPORTERS": 1 + n % 4} for n in range(12)], why)
    await over(world)
    told = (await results(world))["NON_USERS", "KNOWS_THE_SUPPORTERS"]
    assert (told["whyNot"], told["whyNotTimes"]) == (["NOT_SURE_IT_STAYS_PRIVATE"], [10])


async def test_each_group_is_asked_its_own(world: World) -> None:
    """An item of another group, one twice, and a reason of somebody who uses it: 422, and the code is still good."""
    code = (await printed(world))[0]
    for group, answers, more, path in (
        ("STAFF", {"FEELS_SAFE": 3}, {}, "/answers"),
        ("SUPPORTED", {"STAFF_WOULD_HELP": 3}, {"whyNot": "NO_NEED"}, "/whyNot"),
    ):
        assert problem(await answer(world, code, group, answers, **more))[2] == [("NOT_ASKED_OF_THEM", path)]
    body = {"code": code, "group": "STAFF", "answers": [{"item": STAFF[0], "answer": 1}] * 2}
    assert codes(await world.stranger.post("/v1/pulse-answers-by-code", body)) == ["TWICE"]
    assert (await answer(world, code, "STAFF", {STAFF[0]: 6})).status_code == 422
    assert (await answer(world, code, "STAFF", {STAFF[0]: 5})).status_code == 201


async def test_what_lies_below_the_middle_speaks_of_its_risk(world: World) -> None:
    """The whole interval below three of five: staff buy-in is worth a look, and none of it moves the risk."""
    await answered(world, "STAFF", [{"HAS_TIME_TO_UNLOCK": 1 + n % 2} for n in range(20)])
    await over(world)
    signals = {i["risk"]: i for i in (await world.coordinator.get(f"{SHANNON}/risk-signals")).json()["items"]}
    spoken = signals["STAFF_BUY_IN"]
    # The scheme has a result of an earlier quarter; of each group and item the last one counts.
    assert [(p["item"], p["quarter"], p["score"]) for p in spoken["pulses"]] == [
        ("HAS_TIME_TO_UNLOCK", "2026-10-01", 15)
    ]
    assert (spoken["worthALook"], signals["CHURN"]["worthALook"]) == (True, False)
    assert len(signals) == 8


@pytest.mark.parametrize("path", ["pulse-results", "risk-signals", "spread"])
async def test_who_reads_them(world: World, path: str) -> None:
    """Those who run, oversee or judge it; the wing does not, and to people in custody it is not there."""
    for name in ("coordinator", "facilitator", "safer", "governor", "imb", "inspector"):
        assert (await world[name].get(f"{SHANNON}/{path}")).status_code == 200, name
    for name in ("officer", "hub", "healthcare"):
        assert (await world[name].get(f"{SHANNON}/{path}")).status_code == 403, name
    for name in ("arthur", "mentor", "peer-coordinator", "far-coordinator", "samaritan"):
        assert (await world[name].get(f"{SHANNON}/{path}")).status_code == 404, name


async def rows_of(world: World, quarter: date) -> dict[UUID, int]:
    """How many rows each scheme has of a quarter."""
    return Counter(each.scheme for each in await world.records(PulseResult, quarter=quarter))


async def test_there_are_rows_of_every_open_scheme_answered_or_not(world: World) -> None:
    """Of a quarter with one answer in one scheme: a row for each group and item of each open scheme, all of them made
    at once, and made once."""
    (one,) = [each for each in await world.records(Scheme) if each.id == uid("scheme:shannon")]
    assert one.open
    await answered(world, "STAFF", [{"HAS_TIME_TO_UNLOCK": 4}])
    await over(world)
    whole = sum(map(len, ITEMS.values()))
    open_ = {each.id for each in await world.records(Scheme) if each.open}
    assert await rows_of(world, Q4) == dict.fromkeys(open_, whole)
    told = await world.records(PulseResult, quarter=Q4)
    assert {(r.answered, r.score, r.lowest, r.highest, r.why_not) for r in told} == {(None, None, None, None, ())}
    assert await mixed(world) == 0
    assert await rows_of(world, Q4) == dict.fromkeys(open_, whole)


@pytest.mark.parametrize("many", [0, 1])
async def test_a_scheme_that_has_stopped_has_rows_where_sheets_were_printed(world: World, many: int) -> None:
    """Of their quarter and of the one in which the last of them may be used; whether any was used tells none."""
    sheet = await printed(world)
    for code in sheet[:many]:
        assert (await answer(world, code, "STAFF", {"HAS_TIME_TO_UNLOCK": 4})).status_code == 201
    (scheme,) = await world.records(Scheme, id=uid("scheme:shannon"))
    stopped = {"suspended_at": world.now, "suspension_review_on": world.now.date()}
    await world.change(dataclasses.replace(scheme, open=False, state=SchemeState.SUSPENDED, **stopped))
    whole = sum(map(len, ITEMS.values()))
    assert await over(world) == many
    world.at(datetime(2027, 4, 4, 10, tzinfo=UTC))
    await mixed(world)
    world.at(datetime(2027, 7, 4, 10, tzinfo=UTC))
    await mixed(world)
    quarters = [date(2027, month, 1) for month in (1, 4)]
    assert [(await rows_of(world, quarter)).get(scheme.id) for quarter in (Q4, *quarters)] == [whole, whole, None]


async def test_a_row_of_a_quarter_is_there_once(world: World) -> None:
    """Whatever runs twice."""
    (kept,) = await world.records(PulseResult, id=uid("pulse-result"))
    with pytest.raises(Raced):
        await world.keep([dataclasses.replace(kept, id=PulseResultId(uid("another")), version=0)])


async def test_the_trend_is_one_row_a_quarter(world: World) -> None:
    """The furnished quarter and this one, in order; nobody's sheet is among what is kept."""
    await answered(world, "STAFF", [{"HAS_TIME_TO_UNLOCK": 4 + n % 2} for n in range(12)])
    await over(world)
    told = (await world.coordinator.get(f"{SHANNON}/pulse-results?item=HAS_TIME_TO_UNLOCK&ofGroup=STAFF")).json()
    assert [(i["quarter"], i["score"]) for i in told["items"]] == [("2026-07-01", 24), ("2026-10-01", 45)]
    kept = await world.records(PulseResult, scheme=uid("scheme:shannon"))
    assert len(kept) == 1 + sum(map(len, ITEMS.values()))

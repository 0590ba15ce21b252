"""Objectives that measure themselves, and how evenly a scheme is spread (X2, X11)."""

import dataclasses
from datetime import date
from typing import Any

import pytest

from api.work.bench import service_begin
from domain.care.creep import Response, TaskRequest, ToldBy
from domain.schemes.measures import MEASURES
from domain.schemes.registers.answerable import Answerable
from domain.schemes.registers.publicity import AskedBy, SpotCheck
from domain.schemes.tasks import Task
from domain.supporters.record import Standing, Supporter
from domain.vigilance.computing import COMPUTED, mean, measure_all, share
from tests.http.cast import START, uid
from tests.http.places import MOORLAND
from tests.http.registers_furniture import of
from tests.http.tale import done, moved
from tests.http.world import World, codes

SHANNON = f"/v1/schemes/{uid('scheme:shannon')}"


async def objective(world: World, measure: str, **more: Any) -> str:
    """An objective of the reading scheme: its path."""
    body = {"title": "More of it", "measure": measure, "startsOn": "2026-09-01", **more}
    answer = await world.coordinator.post(f"{SHANNON}/objectives", body)
    assert answer.status_code == 201, answer.text
    return answer.headers["location"]


async def measured(world: World) -> int:
    """The clock measures what is due."""
    return await measure_all(lambda: service_begin(world.house.runtime))


async def checks(world: World, month: int, *asked: tuple[int, int]) -> None:
    """Spot checks of that month: (asked, knew)."""
    await world.keep(
        SpotCheck(
            **of(MOORLAND, f"spot-check:{month}:{n}"),
            asked_on=date(2026, month, 10),
            asked_by=AskedBy.STAFF,
            asked=many,
            knew=knew,
        )
        for n, (many, knew) in enumerate(asked)
    )


async def test_a_month_is_measured_two_weeks_after_its_end_and_once(world: World) -> None:
    """Out of the spot checks: 30 of 40 knew. The point is like one that was typed, and says where it comes from."""
    path = await objective(world, "KNOW_HOW_TO_ASK")
    await checks(world, 10, (20, 12), (20, 18))
    world.at(START.replace(day=13))
    assert await measured(world) == 0
    world.at(START.replace(day=15))
    assert await measured(world) == 1
    assert await measured(world) == 0
    world.at(START)
    told = (await world.coordinator.get(path)).json()
    assert (told["measuredOn"], told["measured"], told["measuredFrom"]) == (["2026-10-01"], [75], ["SURVEY"])


async def test_what_was_typed_stands(world: World) -> None:
    """A period has one point, whoever was first; and the clock's cannot be typed over."""
    path = await objective(world, "KNOW_HOW_TO_ASK")
    await checks(world, 10, (40, 30))
    await done(world.coordinator, path, "measure", {"value": 60, "on": "2026-10-05", "source": "COUNTED_BY_HAND"})
    assert await measured(world) == 0
    other = await objective(world, "KNOW_HOW_TO_ASK", title="The same again")
    assert await measured(world) == 1
    again = {"value": 60, "on": "2026-10-05", "source": "COUNTED_BY_HAND"}
    assert codes(await moved(world.coordinator, other, "measure", again)) == ["PERIOD_ALREADY_MEASURED"]


@pytest.mark.parametrize(("times", "told"), [(7, []), (12, [10])])
async def test_a_small_count_becomes_no_point(world: World, times: int, told: list[int]) -> None:
    """Seven are not told, and so there is no point; twelve become ten."""
    path = await objective(world, "ASKED_TO_DO_STAFF_WORK", baseline=20)
    await world.keep(
        TaskRequest(
            **of(MOORLAND, f"task-request:{n}"),
            task=Task.HOLD_KEYS,
            prohibited=True,
            asked_by=Answerable.WING_STAFF,
            asked_on=date(2026, 10, 3),
            response=Response.REFUSED,
            staff_informed=True,
            told_by=ToldBy.STAFF,
        )
        for n in range(times)
    )
    assert await measured(world) == len(told)
    assert (await world.coordinator.get(path)).json()["measured"] == told


async def test_before_it_starts_and_after_it_is_closed_nothing_is_measured(world: World) -> None:
    """And of a measure that nobody worked out, nothing ever."""
    await checks(world, 10, (40, 30))
    await objective(world, "KNOW_HOW_TO_ASK", startsOn="2026-11-10")
    closed = await objective(world, "KNOW_HOW_TO_ASK", title="Closed")
    await done(world.coordinator, closed, "close", {"reason": "SET_IN_ERROR"})
    await objective(world, "MOST_HOURS_A_WEEK")
    assert await measured(world) == 0


def test_shares_and_means_are_of_enough() -> None:
    """Of twenty, with both sides told; of ten that are not all alike."""
    assert [share(12, 20), share(9, 19), share(3, 40), share(38, 40), share(40, 40)] == [60, None, None, None, 100]
    assert [mean([3, 4] * 5), mean([4] * 10), mean([1, 5] * 4)] == [35, None, None]


def test_what_is_worked_out_is_in_the_catalogue() -> None:
    """Each by a measure that there is."""
    assert set(COMPUTED) <= set(MEASURES)


async def serving(world: World, wing: str, taken: int, turned_down: int) -> None:
    """So many of a wing applied in the summer."""
    (one,) = await world.records(Supporter, id=uid("supporter:applied"))
    standings = [Standing.ACCEPTED] * taken + [Standing.REJECTED] * turned_down
    await world.keep(
        dataclasses.replace(
            one,
            version=0,
            id=uid(f"spread:{wing}:{n}"),
            person=uid(f"spread person:{wing}:{n}"),
            scheme=uid("scheme:shannon"),
            organisation="SHANNON_TRUST",
            kind="SHANNON_TRUST",
            wing=wing,
            standing=standing,
            applied_on=date(2026, 7, 1),
        )
        for n, standing in enumerate(standings)
    )


async def taken_on(world: World, by: str = "coordinator") -> dict[str, Any]:
    """The comparison of who was taken on."""
    told = (await world[by].get(f"{SHANNON}/spread")).json()
    return next(each for each in told["compared"] if each["what"] == "TAKEN_ON")


async def test_two_wings_that_differ_are_flagged_and_a_small_one_is_not_told(world: World) -> None:
    """Of thirty on D twenty-four were taken on, of thirty on E ten: somebody should ask why. Nine on F are not told."""
    await serving(world, "MDI-D", 24, 6)
    await serving(world, "MDI-F", 9, 0)
    assert (await taken_on(world))["differs"] is False
    await serving(world, "MDI-E", 10, 20)
    told = await taken_on(world)
    wings = {g["wing"]: (g["people"], g["times"], g["share"]) for g in told["groups"]}
    assert told["differs"] is True
    assert (wings["MDI-D"], wings["MDI-E"]) == ((30, 25, 83), (30, 10, 33))
    assert wings["MDI-F"] == (None, None, None)
    signals = (await world.coordinator.get(f"{SHANNON}/risk-signals")).json()["items"]
    spoken = {i["risk"]: (i["spreadDiffers"], i["worthALook"]) for i in signals}
    assert spoken["PREFERENTIAL_TREATMENT"] == (True, True)
    assert spoken["CONFIDENTIALITY"] == (False, False)

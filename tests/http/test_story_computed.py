"""Objectives that measure themselves, and how evenly a scheme is spread (X2, X11)."""

import dataclasses
from datetime import date
from typing import Any

import pytest

from api.work.bench import service_begin
from domain.care.creep import Response, TaskRequest, ToldBy
from domain.metrics.record import Figure, FigurePeriod
from domain.metrics.series import LAYOUTS, Series
from domain.schemes.measures import MEASURES
from domain.schemes.registers.answerable import Answerable
from domain.schemes.registers.publicity import AskedBy, SpotCheck
from domain.schemes.tasks import Task
from domain.supporters.record import Standing, Supporter, Verdict
from domain.vigilance.breach import TO_REPORT, Breach, BreachFinding
from domain.vigilance.computing import COMPUTED, mean, measure_all, share
from domain.vigilance.quarterly import keep_all
from tests.http.cast import START, uid
from tests.http.places import MOORLAND
from tests.http.registers_furniture import of
from tests.http.tale import done, moved
from tests.http.test_story_metrics import closed
from tests.http.world import World, codes

CASEWORK = ("incidents", "complaints", "breaches")
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


@pytest.mark.parametrize(("times", "told"), [(6, []), (11, [10])])
async def test_a_small_count_becomes_no_point(world: World, times: int, told: list[int]) -> None:
    """With the furnished one seven are not told, and so there is no point; twelve become ten. It is what was let out
    of the month."""
    path = await objective(world, "ASKED_TO_DO_STAFF_WORK", baseline=20)
    await world.keep(
        TaskRequest(
            **of(MOORLAND, f"task-request:{n}"),
            task=Task.HOLD_KEYS,
            prohibited=True,
            asked_by=Answerable.WING_STAFF,
            asked_on=date(2026, 11, 3),
            response=Response.REFUSED,
            staff_informed=True,
            told_by=ToldBy.STAFF,
        )
        for n in range(times)
    )
    await closed(world, date(2026, 11, 1))
    assert await measured(world) == 0
    world.at(START.replace(month=12, day=15))
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
    """Of twenty, with both sides told; of ten, where it is told of each how often it was given."""
    assert [share(12, 20), share(9, 19), share(3, 40), share(38, 40), share(40, 40)] == [60, None, None, None, 100]
    assert [mean({3: 5, 4: 5}), mean({3: 10, 4: None}), mean({1: 0, 5: 5})] == [35, None, None]


@pytest.mark.parametrize(
    ("ratings", "points"),
    [({"RATED_4": 10, "RATED_5": 15}, [46]), ({"RATED_1": -1, "RATED_4": 10, "RATED_5": 15}, [])],
)
async def test_satisfaction_is_of_ratings_as_they_were_let_out(
    world: World, ratings: dict[str, int], points: list[int]
) -> None:
    """And not of what was said: beside the figure, which rounds it, its mean would tell each rating. Where one of the
    five is kept back there is no point."""
    path = await objective(world, "SATISFACTION", startsOn="2026-07-01")
    await world.keep([reported(Series.RATINGS, {**ratings, "ALL": 25})])
    assert await measured(world) == len(points)
    assert (await world.coordinator.get(path)).json()["measured"] == points


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
            prison_verdict=Verdict.YES if standing is Standing.ACCEPTED else Verdict.NO,
            applied_on=date(2026, 7, 1),
        )
        for n, standing in enumerate(standings)
    )


async def taken_on(world: World, by: str = "coordinator") -> dict[str, Any]:
    """The comparison of who was taken on."""
    told = (await world[by].get(f"{SHANNON}/spread")).json()
    return next((each for each in told["compared"] if each["what"] == "TAKEN_ON"), {})


async def watched(world: World) -> int:
    """The clock works out what is watched over by the quarter."""
    return await keep_all(lambda: service_begin(world.house.runtime))


async def test_two_wings_that_differ_are_flagged_and_a_small_one_is_not_told(world: World) -> None:
    """Of thirty on D twenty-four were taken on, of thirty on E ten: somebody should ask why. Nine on F are not told."""
    await serving(world, "MDI-D", 24, 6)
    await serving(world, "MDI-E", 10, 20)
    await serving(world, "MDI-F", 9, 0)
    assert await taken_on(world) == {}
    assert await watched(world) > 0
    told = await taken_on(world)
    wings = {g["wing"]: (g["people"], g["times"], g["share"]) for g in told["groups"]}
    assert told["differs"] is True
    assert (wings["MDI-D"], wings["MDI-E"]) == ((30, 25, 83), (30, 10, 33))
    assert wings["MDI-F"] == (None, None, None)
    signals = (await world.coordinator.get(f"{SHANNON}/risk-signals")).json()["items"]
    spoken = {i["risk"]: (i["spreadDiffers"], i["worthALook"]) for i in signals}
    assert spoken["PREFERENTIAL_TREATMENT"] == (True, True)
    assert spoken["CONFIDENTIALITY"] == (False, False)


async def test_what_is_told_of_wings_does_not_change_with_a_man(world: World) -> None:
    """Worked out once, nine days after the quarter. That a man of E is turned down, and five others apply and are taken
    on, changes nothing until the next quarter has settled; then it does."""
    await serving(world, "MDI-D", 24, 6)
    await serving(world, "MDI-E", 10, 20)
    await watched(world)
    path = f"{SHANNON}/spread"
    before = (await world.coordinator.get(path)).content
    await serving(world, "MDI-G", 12, 12)
    (one,) = await world.records(Supporter, id=uid("spread:MDI-E:0"))
    await world.change(dataclasses.replace(one, standing=Standing.REJECTED))
    assert await watched(world) == 0
    assert (await world.coordinator.get(path)).content == before
    world.at(START.replace(year=2027, month=1, day=8))
    assert await watched(world) == 0
    assert (await world.coordinator.get(path)).content == before
    world.at(START.replace(year=2027, month=1, day=9))
    assert (await world.coordinator.get(path)).json()["compared"] == []
    assert await watched(world) > 0
    assert {g["wing"] for g in (await taken_on(world))["groups"]} >= {"MDI-D", "MDI-E", "MDI-G"}


def reported(series: Series, counts: dict[str, int], **more: Any) -> Figure:
    """What was let out of the scheme's summer quarter."""
    words = LAYOUTS[series].words
    told = tuple(counts.get(word, 0) for word in words)
    return Figure(
        id=uid(f"reported:{series}"),  # type: ignore[arg-type]
        jurisdiction="EW",
        prison="MDI",
        scheme=uid("scheme:shannon"),  # type: ignore[arg-type]
        organisation="SHANNON_TRUST",
        series=series,
        period=FigurePeriod.QUARTER,
        first=date(2026, 7, 1),
        words=words,
        **{"told_cleared" if LAYOUTS[series].cleared else "told": told},
        **more,
    )


async def test_casework_speaks_of_a_risk_to_who_sees_casework(world: World) -> None:
    """What was let out of the quarter, and nothing of today; to whoever runs the scheme it is as if nobody had
    reported, complained or broken a confidence."""
    paths = dict.fromkeys(("coordinator", "facilitator", "safer", "governor", "imb"), f"{SHANNON}/risk-signals")
    bare = {by: (await world[by].get(path)).json() for by, path in paths.items()}
    assert {item[name] for told in bare.values() for item in told["items"] for name in CASEWORK} == {None}
    await world.keep(
        [
            reported(Series.INCIDENTS, {"THREATENED": 10, "COERCION": 15, "ALL": 15}),
            reported(Series.COMPLAINTS, {"NOT_KEPT_PRIVATE": 20, "UNFAIR": -1, "ALL": 25}),
            reported(Series.BREACHES, {"ALL": 10}),
            reported(Series.TASK_REQUESTS, {"REFUSED": 30, "ALL": 30}),
        ]
    )
    for by, path in paths.items():
        told = {item["risk"]: item for item in (await world[by].get(path)).json()["items"]}
        sees = by in ("safer", "governor", "imb")
        assert told["COERCION"]["incidents"] == (15 if sees else None), by
        assert told["CONFIDENTIALITY"]["complaints"] == (20 if sees else None), by
        assert told["CONFIDENTIALITY"]["breaches"] == (10 if sees else None), by
        assert told["PREFERENTIAL_TREATMENT"]["complaints"] is None, by
        assert told["OVERLOAD"]["taskRequests"] == 30, by
        assert told["CONFIDENTIALITY"]["worthALook"] is sees, by
        if not sees:
            others = [item for item in told.values() if item["risk"] != "OVERLOAD"]
            assert others == [item for item in bare[by]["items"] if item["risk"] != "OVERLOAD"], by


async def test_breaches_are_told_of_many_people_alone(world: World) -> None:
    """Twelve of one man's acts, and eight that are one man's each: of the first nothing is told."""
    (one,) = await world.records(Breach, id=uid("breach:assessed"))
    aware = START.replace(month=8)
    said = {"finding": BreachFinding.BREACH, "aware_at": aware, "report_by": aware + TO_REPORT}
    more = [
        dataclasses.replace(one, id=uid(f"breach:{n}"), version=0, whose=uid(f"whose:{n if n < 8 else 8}"), **said)
        for n in range(20)
    ]
    await world.keep(dataclasses.replace(each, scheme=uid("scheme:insiders")) for each in more)
    await world.keep(
        dataclasses.replace(each, id=uid(f"apart:{each.id}"), scheme=uid("scheme:shannon")) for each in more[:9]
    )
    await watched(world)
    found = {str(f.scheme): f.told_cleared for f in await world.records(Figure, series=Series.BREACHES)}
    assert (found[str(uid("scheme:insiders"))], found[str(uid("scheme:shannon"))]) == ((-1,), (10,))


def test_what_needs_clearance_is_no_objective() -> None:
    """An objective is read by whoever reads the scheme: what is casework is not worked out into one."""
    assert not {"COMPLAINTS", "INCIDENTS_OF_PRESSURE", "CONFIDENTIALITY_BREACHES"} & set(COMPUTED)

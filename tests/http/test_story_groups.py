"""Groups that are planned and held, with room for so many: who came is a list, each reads his own alone, and how many
came leaves through disclosure control, over HTTP (S4, F49, F50; domain facts 3.7 and 3.10)."""

from typing import Any

import pytest

from domain.people.record import Person
from domain.sessions.group_places import GroupPlace
from tests.http.cast import person, uid
from tests.http.tale import done, moved
from tests.http.test_story_contacts import case, run
from tests.http.world import World, codes, observed, problem

TOMORROW: dict[str, Any] = {"topic": "RELAPSE_PREVENTION", "heldOn": "2026-11-24", "expected": 0, "capacity": 2}
YESTERDAY: dict[str, Any] = {"topic": "RECOVERY_GROUP", "heldOn": "2026-11-22", "minutes": 60, "expected": 0}


async def planned(world: World, path: str, **said: Any) -> str:
    """A session of a group: its path."""
    made = await world.coordinator.post(f"{path}/group-sessions", {**TOMORROW, **said})
    assert made.status_code == 201, made.text
    return made.headers["location"]


def named(number: int) -> dict[str, str]:
    """Somebody of whom staff say number and name."""
    return {"identifier": f"A4{number:03}QX", "name": f"Nye {'Quine' + 'a' * number}", "wing": "MDI-A"}


async def test_a_group_has_room_for_so_many_and_no_more(world: World) -> None:
    """Places are given until it is full, each once; who came is said once it was held, and put right where it was
    wrong; the numbers follow from the list, and nobody types others over them."""
    path = await run(world, "RECOVERY_MENTORS")
    group = await planned(world, path)
    first = await world.coordinator.post(f"{group}/group-places", case("RECOVERY_MENTORS"))
    assert (first.status_code, first.json()["person"], first.json()["came"]) == (201, str(person("arthur")), None)
    twice = await world.coordinator.post(f"{group}/group-places", case("RECOVERY_MENTORS"))
    assert codes(twice) == ["ON_THE_LIST_ALREADY"]
    second = await world.coordinator.post(f"{group}/group-places", named(1))
    assert second.status_code == 201, second.text
    third = await world.coordinator.post(f"{group}/group-places", named(2))
    assert codes(third) == ["GROUP_FULL"]
    his, other = first.headers["location"], second.headers["location"]
    assert codes(await moved(world.coordinator, his, "note", {"came": True})) == ["NOT_HELD_YET"]
    shown = (await world.coordinator.get(group)).json()
    assert (shown["byName"], shown["expected"], shown["attended"]) == (True, 2, 0)
    early = await world.coordinator.patch(group, {"minutes": 50}, tag=await world.coordinator.tag(group))
    assert problem(early)[2] == [("IN_THE_FUTURE", "/heldOn")]
    world.later(days=1)
    held = await world.coordinator.patch(group, {"minutes": 50}, tag=await world.coordinator.tag(group))
    assert held.status_code == 200, held.text
    assert (await done(world.coordinator, his, "note", {"came": True}))["came"] is True
    wordless = await moved(world.coordinator, other, "note", {"came": False})
    assert problem(wordless) == (422, "unacceptable", [("REASON_GOES_WITH_ABSENCE", "/absentFor")])
    missed = await done(world.coordinator, other, "note", {"came": False, "absentFor": "SICK"})
    assert missed["absentFor"] == "SICK"
    shown = (await world.coordinator.get(group)).json()
    assert (shown["expected"], shown["attended"], shown["absentFor"]) == (2, 1, ["SICK"])
    await done(world.coordinator, other, "note", {"came": True})
    shown = (await world.coordinator.get(group)).json()
    assert (shown["attended"], shown["absentFor"], shown["overCapacity"]) == (2, [], False)
    typed = await world.coordinator.patch(group, {"attended": 9}, tag=await world.coordinator.tag(group))
    assert problem(typed) == (422, "unacceptable", [("COUNTED_BY_NAME", "/attended")])


async def test_more_came_than_there_was_room_for_and_it_is_written_down(world: World) -> None:
    """What happened is a fact: it is taken, and said to be over (rule 18)."""
    path = await run(world, "RECOVERY_MENTORS")
    group = await planned(world, path, **YESTERDAY, capacity=1)
    for number in (1, 2):
        made = await world.coordinator.post(f"{group}/group-places", {**named(number), "came": True})
        assert made.status_code == 201, made.text
    shown = (await world.coordinator.get(group)).json()
    assert (shown["attended"], shown["overCapacity"]) == (2, True)
    to_come = await world.coordinator.post(f"{group}/group-places", named(3))
    assert codes(to_come) == ["ALREADY_FINISHED", "GROUP_FULL"]


async def test_each_reads_his_own_place_and_nobody_another_s(world: World) -> None:
    """Two men at one group: neither finds the other in it, by list or by id; nor does the mentor who led it, nor the
    wing; coordinator and partner read both."""
    path = await run(world, "RECOVERY_MENTORS", who="mentor")
    group = await planned(world, path, **YESTERDAY)
    ben = await world.record(Person, person("ben"))
    known = {"identifier": ben.identifier, "name": ben.name, "wing": "MDI-B", "came": False, "absentFor": "CLASH"}
    places = {
        "arthur": (await world.coordinator.post(f"{group}/group-places", {**case("RECOVERY_MENTORS"), "came": True})),
        "ben": (await world.coordinator.post(f"{group}/group-places", known)),
    }
    never = f"/v1/group-places/{uid('never-existed')}"
    for name, other in (("arthur", "ben"), ("ben", "arthur")):
        own = (await world[name].get("/v1/group-places")).json()["items"]
        assert [each["id"] for each in own] == [places[name].json()["id"]]
        hidden = await world[name].get(places[other].headers["location"])
        assert observed(hidden) == observed(await world[name].get(never))
        assert (await world[name].get(group)).status_code == 404
    for name in ("mentor", "second-listener", "far-coordinator"):
        hidden = await world[name].get(places["arthur"].headers["location"])
        assert observed(hidden) == observed(await world[name].get(never)), name
    for name in ("officer", "governor", "imb", "safer"):
        assert (await world[name].get(places["arthur"].headers["location"])).status_code == 403, name
    listed = (await world.coordinator.get(f"/v1/group-places?groupSession={group.rpartition('/')[2]}")).json()["items"]
    assert {each["id"] for each in listed} == {each.json()["id"] for each in places.values()}


async def test_how_many_came_to_one_session_is_for_those_who_run_it(world: World) -> None:
    """The governor and the board read that it was held; numbers only of ninety days and through disclosure control: one
    to seven are not told, others to the nearest five."""
    path = await run(world, "RECOVERY_MENTORS")
    counts = f"{path}/group-counts"
    said = {**YESTERDAY, "expected": 8, "attended": 6, "absentFor": ["SICK"]}
    one = await planned(world, path, **said, capacity=5)
    for name in ("governor", "imb"):
        shown = (await world[name].get(one)).json()
        assert (shown["minutes"], shown["topic"]) == (60, "RECOVERY_GROUP")
        assert {shown[member] for member in ("expected", "attended", "absentFor", "overCapacity")} == {None}, name
        told = (await world[name].get(counts)).json()
        assert (told["held"], told["notHeld"], told["attended"]) == (None, 0, None), name
        assert told["byTopic"] == [{"topic": "RECOVERY_GROUP", "attended": None}]
    for day in range(11, 18):
        await planned(world, path, **{**said, "heldOn": f"2026-11-{day}"})
    off = {"minutes": None, "notHeld": "NO_SPACE", "attended": 0, "absentFor": []}
    await planned(world, path, **{**said, **off})
    await planned(world, path)
    told = (await world.governor.get(counts)).json()
    assert (told["days"], told["held"], told["notHeld"], told["attended"]) == (90, 10, None, 50)
    assert (await world.coordinator.get(counts)).json() == told
    for name in ("ben", "arthur", "far-coordinator"):
        assert (await world[name].get(counts)).status_code == 404, name
    assert (await world.officer.get(counts)).status_code == 403


@pytest.mark.parametrize("code", ["COUNCIL", "EQUALITY_REPRESENTATIVES"])
async def test_where_nobody_s_identity_is_held_nobody_is_listed(world: World, code: str) -> None:
    """Who sat in a council or a forum is a count and no list."""
    path = await run(world, code)
    group = await planned(world, path, topic="FORUM")
    refused = await world.coordinator.post(f"{group}/group-places", named(1))
    assert codes(refused) == ["KIND_DOES_NOT_ALLOW"]
    assert await world.records(GroupPlace, scheme=uid(f"scheme:{code}")) == []


async def test_one_that_is_to_come_lies_ahead(world: World) -> None:
    """Of one that has passed it is said what came of it; of one to come nobody came yet."""
    path = await run(world, "RECOVERY_MENTORS")
    passed = await world.coordinator.post(f"{path}/group-sessions", {**TOMORROW, "heldOn": "2026-11-22"})
    assert problem(passed)[2] == [("REASON_OR_MINUTES", "/minutes")]
    ahead = await world.coordinator.post(f"{path}/group-sessions", {**TOMORROW, "attended": 1, "expected": 1})
    assert problem(ahead)[2] == [("NOT_HELD_HAS_NOBODY", "/attended")]

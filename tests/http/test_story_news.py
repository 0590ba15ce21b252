"""What a scheme tells its supporters, or staff alone, and for how long, over HTTP (F45; rule 10)."""

from typing import Any

import pytest

from tests.http.cast import uid
from tests.http.stores import MEMORY_FIRST
from tests.http.tale import done, moved
from tests.http.world import World, codes, observed, problem

pytestmark = pytest.mark.parametrize("world", MEMORY_FIRST, indirect=True)

SCHEME = f"/v1/schemes/{uid('scheme:shannon')}"
NEWS: dict[str, Any] = {"words": "Training moves to Thursday.", "staffOnly": False, "until": "2026-12-01T09:00:00Z"}


async def told(world: World, by: str = "coordinator", **other: Any) -> str:
    """It is told: its path."""
    answer = await world[by].post(f"{SCHEME}/news", {**NEWS, **other})
    assert answer.status_code == 201, answer.text
    return answer.headers["location"]


async def read_by(world: World, path: str) -> set[str]:
    """Who of these reads it: one by one, and in the list."""
    found: set[str] = set()
    for name in ("mentor", "listener", "arthur", "peer-coordinator", "officer", "hub", "facilitator", "samaritan"):
        item = (await world[name].get(path)).status_code == 200
        listed = path.rpartition("/")[2] in (await world[name].get("/v1/news?limit=100")).text
        assert item is listed, name
        found |= {name} if item else set()
    return found


async def test_supporters_read_what_is_for_them_and_staff_all_of_it(world: World) -> None:
    """Of their own scheme only; what is for staff alone is to a supporter as what never was."""
    for_all, for_staff = await told(world), await told(world, "facilitator", staffOnly=True)
    staff = {"officer", "hub", "facilitator"}
    assert await read_by(world, for_all) == {*staff, "mentor"}
    assert await read_by(world, for_staff) == staff
    never = f"/v1/news/{uid('never-existed')}"
    assert observed(await world.mentor.get(for_staff)) == observed(await world.mentor.get(never))


async def test_it_ends_by_itself_and_can_be_taken_down(world: World) -> None:
    """To the minute. Whoever told it reads it still; nobody else does."""
    path = await told(world)
    world.later(days=7)
    assert "mentor" in await read_by(world, path)
    world.later(days=1)
    assert await read_by(world, path) == {"facilitator"}
    assert codes(await moved(world.coordinator, path, "take-down")) == ["ENDED"]
    wrong = await told(world, until="2026-12-20T09:00:00Z")
    down = await done(world.facilitator, wrong, "take-down")
    assert down["inForceUntil"] == world.now.isoformat().replace("+00:00", "Z")
    assert await read_by(world, wrong) == {"facilitator"}


async def test_its_end_lies_ahead_and_not_too_far(world: World) -> None:
    """Neither now nor beyond a quarter."""
    for until, code in (("2026-11-23T08:00:00Z", "IN_THE_PAST"), ("2027-03-23T08:00:00Z", "TOO_FAR_AHEAD")):
        answer = await world.coordinator.post(f"{SCHEME}/news", {**NEWS, "until": until})
        assert problem(answer) == (422, "unacceptable", [(code, "/until")])


async def test_people_in_custody_send_nothing_through_it(world: World) -> None:
    """No supporter and no peer coordinator writes, answers or takes down; and no text of theirs is echoed."""
    path = await told(world)
    for name in ("mentor", "peer-coordinator", "arthur"):
        assert (await world[name].post(f"{SCHEME}/news", {**NEWS, "words": "Meet me."})).status_code == 404
        assert (await world[name].post(f"{path}/take-down", tag='"x"')).status_code == 404
        assert (await world[name].patch(path, {"words": "Meet me."}, tag='"x"')).status_code == 405
    numbered = await world.coordinator.post(f"{SCHEME}/news", {**NEWS, "words": "Ask A1002QX."})
    assert numbered.status_code == 422
    assert "A1002QX" not in numbered.text

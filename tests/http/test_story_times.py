"""When and where a scheme is to be had, over HTTP: over nights, clock changes, and rooms that are lost."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.http.cast import uid
from tests.http.operations import operation
from tests.http.tale import done, line, moved
from tests.http.world import World, codes, observed, problem

SCHEME = f"/v1/schemes/{uid('scheme:shannon')}"
TIME: dict[str, Any] = {
    "weekday": "SATURDAY",
    "band": "NIGHT",
    "starts": "21:00",
    "ends": "07:00",
    "validFrom": "2026-11-23",
}


async def added(world: World, **changes: Any) -> Any:
    """A service time, added by the coordinator."""
    return await world.coordinator.post(f"{SCHEME}/service-times", {**TIME, **changes})


async def test_two_who_write_overlapping_times_at_once_do_not_both_succeed(world: World) -> None:
    """One is kept; to the other it is said as if he had come later, at its place."""
    times = [{"starts": f"{hour}:00", "ends": "05:00"} for hour in ("20", "21", "22", "23")]
    answers = await asyncio.gather(*(added(world, weekday="THURSDAY", **more) for more in times))
    assert sorted(a.status_code for a in answers) == [201, 422, 422, 422]
    refused = [problem(a)[2] for a in answers if a.status_code == 422]
    assert refused == [[("OVERLAPS_ANOTHER", "/starts")]] * 3


async def test_the_next_times_are_instants_in_order(world: World) -> None:
    """It is Monday, ten o'clock: the morning that is on comes first, then Sunday's night, and the next Monday; a place
    that is out of use is told."""
    answer = await world.arthur.get(f"{SCHEME}/availability?count=3")
    assert answer.json()["items"] == [
        {
            "startsAt": starts,
            "endsAt": ends,
            "band": band,
            "serviceTime": str(uid(of)),
            "place": str(uid(place)),
            "inUse": in_use,
        }
        for starts, ends, band, of, place, in_use in (
            ("2026-11-23T09:00:00Z", "2026-11-23T11:30:00Z", "AM", "service-time", "meeting-place", True),
            (
                "2026-11-29T21:00:00Z",
                "2026-11-30T07:00:00Z",
                "NIGHT",
                "service-time:night",
                "meeting-place:lost",
                False,
            ),
            ("2026-11-30T09:00:00Z", "2026-11-30T11:30:00Z", "AM", "service-time", "meeting-place", True),
        )
    ]


async def test_a_night_is_an_hour_shorter_when_clocks_go_forward(world: World) -> None:
    """Nine hours in March and eleven in October, ten in between; by the wall it is the same night."""
    assert (await added(world, validFrom="2027-03-20", validUntil="2027-10-31")).status_code == 201
    lengths: dict[str, float] = {}
    for now in ("2027-03-19T12:00:00", "2027-10-20T12:00:00"):
        world.at(datetime.fromisoformat(now).replace(tzinfo=UTC))
        items = (await world.arthur.get(f"{SCHEME}/availability?count=20")).json()["items"]
        for item in items:
            if item["startsAt"][:10] in ("2027-03-20", "2027-03-27", "2027-04-03", "2027-10-23", "2027-10-30"):
                start, end = (datetime.fromisoformat(item[name]) for name in ("startsAt", "endsAt"))
                lengths[item["startsAt"]] = (end - start).total_seconds() / 3600
    assert lengths == {
        "2027-03-20T21:00:00Z": 10,
        "2027-03-27T21:00:00Z": 9,
        "2027-04-03T20:00:00Z": 10,
        "2027-10-23T20:00:00Z": 10,
        "2027-10-30T20:00:00Z": 11,
    }


@pytest.mark.parametrize(
    ("changes", "clash"),
    [
        ({"weekday": "MONDAY", "band": "AM", "starts": "11:29", "ends": "12:00"}, True),
        ({"weekday": "MONDAY", "band": "AM", "starts": "11:30", "ends": "12:00"}, False),
        ({"weekday": "MONDAY", "band": "AM", "starts": "06:00", "ends": "07:01"}, True),
        ({"weekday": "MONDAY", "band": "AM", "starts": "07:00", "ends": "09:00"}, False),
        ({"weekday": "SUNDAY", "starts": "23:00", "ends": "01:00"}, True),
        ({"weekday": "MONDAY", "starts": "23:00", "ends": "01:00"}, False),
        ({"weekday": "MONDAY", "band": "AM", "starts": "09:00", "ends": "10:00", "validUntil": "2026-11-29"}, True),
        ({"weekday": "TUESDAY", "band": "AM", "starts": "09:00", "ends": "10:00"}, False),
    ],
)
async def test_times_of_one_scheme_never_overlap(world: World, changes: dict[str, Any], clash: bool) -> None:
    """The furniture has Monday 09:00 to 11:30 and the night from Sunday 21:00 to Monday 07:00: what shares a minute
    with either is refused at its place, what touches is not; another scheme's times are no matter."""
    answer = await added(world, **changes)
    if clash:
        assert problem(answer) == (422, "unacceptable", [("OVERLAPS_ANOTHER", "/starts")])
    else:
        assert answer.status_code == 201, answer.text
    other = f"/v1/schemes/{uid('scheme:insiders')}/service-times"
    assert (await world.coordinator.post(other, {**TIME, **changes})).status_code == 201


async def test_all_that_is_wrong_with_a_time_is_told_at_once(world: World) -> None:
    """An end before the start, days out of order, an overlap and a place of nobody's: four codes, each at its member;
    an unknown band and a clock that shows 24:00 are refused by their form."""
    wrong = {
        "weekday": "MONDAY",
        "band": "PM",
        "starts": "10:00",
        "ends": "10:00",
        "validUntil": "2026-11-22",
        "place": str(uid("far:meeting-place")),
    }
    assert problem(await added(world, **wrong))[2] == [
        ("ENDS_BEFORE_START", "/ends"),
        ("ENDS_BEFORE_START", "/validUntil"),
        ("NOT_OF_THIS_SCHEME", "/place"),
    ]
    early = await added(world, weekday="MONDAY", band="PM", starts="10:00", ends="08:00", place=wrong["place"])
    assert problem(early)[2] == [
        ("ENDS_BEFORE_START", "/ends"),
        ("OVERLAPS_ANOTHER", "/starts"),
        ("NOT_OF_THIS_SCHEME", "/place"),
    ]
    form = await added(world, band="EVENING", starts="24:00", ends="7:00")
    assert problem(form)[2] == [("UNKNOWN_VALUE", "/band"), ("BAD_FORMAT", "/starts"), ("BAD_FORMAT", "/ends")]
    assert world.seen.kept == []


async def test_an_amended_time_still_overlaps_no_other(world: World) -> None:
    """It does not clash with itself; moved onto another it is refused, and stays."""
    path = f"/v1/service-times/{uid('service-time')}"
    longer = await world.coordinator.patch(path, {"ends": "12:00"}, tag=await world.coordinator.tag(path))
    assert longer.json()["ends"] == "12:00"
    onto = await world.coordinator.patch(path, {"starts": "06:30"}, tag=longer.headers["etag"])
    assert problem(onto)[2] == [("OVERLAPS_ANOTHER", "/starts")]
    assert (await world.coordinator.get(path)).json()["starts"] == "09:00"
    ended = await world.coordinator.patch(path, {"validUntil": "2026-11-23"}, tag=longer.headers["etag"])
    assert ended.status_code == 200
    items = (await world.coordinator.get(f"{SCHEME}/availability")).json()["items"]
    assert [i["startsAt"] for i in items if i["band"] == "AM"] == ["2026-11-23T09:00:00Z"]


async def test_a_place_is_on_a_wing_of_its_own_prison(world: World) -> None:
    """Neither added nor moved to another prison's wing: who looked for it there would find nothing."""
    room = {"kind": "ROOM", "name": "Room 3", "wing": "LEI-A"}
    added = await world.coordinator.post(f"{SCHEME}/places", room)
    assert problem(added) == (422, "unacceptable", [("WING_OF_ANOTHER_PRISON", "/wing")])
    path = f"/v1/places/{uid('meeting-place')}"
    moved_to = await world.coordinator.patch(path, {"wing": "LEI-A"}, tag=await world.coordinator.tag(path))
    assert problem(moved_to)[2] == [("WING_OF_ANOTHER_PRISON", "/wing")]
    assert (await world.coordinator.post(f"{SCHEME}/places", {**room, "wing": "MDI-B"})).status_code == 201


async def test_a_place_is_lost_and_comes_back_and_its_history_stays(world: World) -> None:
    """Out of use since a day, for a reason that the wing is not told; back, and the outage stays on record."""
    path = f"/v1/places/{uid('meeting-place')}"
    lost = await done(world.coordinator, path, "take-out-of-use", {"reason": "LIGATURE_RISK"})
    assert line(world.last)[5] == ("meeting-place", "outage")
    assert (lost["outOfUseSince"], lost["outOfUseFor"]) == ("2026-11-23", "LIGATURE_RISK")
    assert codes(await moved(world.coordinator, path, "take-out-of-use", {"reason": "DAMAGE"})) == ["OUT_OF_USE"]
    seen = (await world.arthur.get(path)).json()
    assert (seen["outOfUseSince"], seen["outOfUseFor"], seen["withheld"]) == (
        "2026-11-23",
        None,
        ["outOfUseFor", "outage"],
    )
    world.later(days=30)
    back = await done(world.coordinator, path, "bring-back")
    assert (back["outOfUseSince"], back["outage"]) == (None, None)
    assert codes(await moved(world.coordinator, path, "bring-back")) == ["IN_USE"]
    kept = (await world.governor.get(f"{SCHEME}/outages?place={uid('meeting-place')}")).json()["items"]
    assert [(o["reason"], o["since"], o["until"]) for o in kept] == [("LIGATURE_RISK", "2026-11-23", "2026-12-23")]


async def test_when_and_where_is_known_in_the_prison_and_nowhere_else(world: World) -> None:
    """It hangs on the wing; in another prison it never was; nobody but the coordinator writes it."""
    paths = [f"{SCHEME}/{name}" for name in ("service-times", "availability", "places")]
    for name in ("arthur", "mentor", "peer-coordinator", "officer", "hub", "healthcare", "facilitator", "imb"):
        for path in paths:
            assert (await world[name].get(path)).status_code == 200, (name, path)
    for path in paths:
        hidden = await world["far-man"].get(path)
        assert hidden.status_code == 404
        never = path.replace(str(uid("scheme:shannon")), str(uid("never-existed")))
        assert observed(hidden) == observed(await world["far-man"].get(never))
        assert (await world.integrator.get(path)).status_code == 403
    for name, status in (("officer", 403), ("governor", 403), ("arthur", 404), ("far-coordinator", 404)):
        assert (await operation("addServiceTime").send(world, by=name)).status_code == status
    assert (await world.arthur.get(f"{SCHEME}/outages")).status_code == 404

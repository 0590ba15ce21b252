"""What was written down offline, sent at once: each item for itself, and nothing kept of what came together (rule 18,
X25)."""

from datetime import timedelta
from typing import Any

import pytest

from tests.http.cast import START, uid
from tests.http.furniture import MOORLAND, session
from tests.http.stores import MEMORY, MEMORY_FIRST
from tests.http.tale import done, moved
from tests.http.world import World, codes

FIRST = pytest.mark.parametrize("world", MEMORY_FIRST, indirect=True)
LATE, SESSIONS = "/v1/late-tallies", "/v1/late-sessions"


def tally(n: int, **changes: Any) -> dict[str, Any]:
    """One tally, with a key of its own."""
    return {"key": f"device-{n:05}", "month": "2026-11", "part": "NIGHT", "duration": "UNDER_15", **changes}


@pytest.mark.parametrize("world", [MEMORY], indirect=True)
async def test_five_hundred_with_a_bad_one_are_499_and_again_the_same_500_answers(world: World) -> None:
    """One whose month is long past is refused by its place, and keeps nobody out; sent again, byte for byte the same,
    and nothing is handed in twice."""
    items = [tally(n) for n in range(500)]
    items[77]["month"] = "2025-01"
    answer = await world.listener.post(LATE, {"items": items})
    assert answer.status_code == 200, answer.text
    told = answer.json()["items"]
    assert [t["key"] for t in told] == [i["key"] for i in items]
    bad = {
        "key": "device-00077",
        "status": 422,
        "type": "/problems/unacceptable",
        "failures": [{"code": "MONTH_NOT_OPEN", "path": "/month"}],
        "receipt": None,
    }
    good = {"status": 201, "type": None, "failures": [], "receipt": "HANDED_IN"}
    assert told == [bad if n == 77 else {"key": i["key"], **good} for n, i in enumerate(items)]
    assert len(world.seen.letters) == 499
    again = await world.listener.post(LATE, {"items": items})
    assert again.content == answer.content
    assert len(world.seen.letters) == 499


@FIRST
async def test_a_bad_shape_is_told_of_the_item_alone(world: World) -> None:
    """What is no tally at all, what has a member too many, what has no key: each by its place within the item, and the
    caller's own words are not told."""
    items = [tally(1), 7, tally(2, name="Quincy"), {**tally(3), "key": "x"}, tally(4, part="DUSK")]
    told = (await world.listener.post(LATE, {"items": items})).json()["items"]
    assert [(t["key"], t["status"]) for t in told] == [
        *(("device-00001", 201), (None, 422), ("device-00002", 422), (None, 422), ("device-00004", 422)),
    ]
    assert [[(f["code"], f["path"]) for f in t["failures"]] for t in told] == [
        [],
        [("WRONG_TYPE", "")],
        [("UNKNOWN_FIELD", "")],
        [("TOO_SHORT", "/key")],
        [("UNKNOWN_VALUE", "/part")],
    ]
    assert len(world.seen.letters) == 1


@FIRST
async def test_the_same_item_twice_is_answered_the_same_and_handed_in_once(world: World) -> None:
    """Twice in one request, alone before, alone after: one letter. With the same key and another body it is refused."""
    alone = {name: value for name, value in tally(1).items() if name != "key"}
    first = await world.listener.post("/v1/tallies", alone, key="device-00001")
    assert first.json() == {"receipt": "HANDED_IN"}
    told = (await world.listener.post(LATE, {"items": [tally(1), tally(2), tally(2)]})).json()["items"]
    assert [t["receipt"] for t in told] == ["HANDED_IN"] * 3
    assert told[1] == told[2]
    assert len(world.seen.letters) == 2
    other = (await world.listener.post(LATE, {"items": [tally(3), tally(3, part="DAY")]})).json()["items"]
    assert [(t["status"], t["type"]) for t in other] == [(201, None), (422, "/problems/key-reused")]
    assert len(world.seen.letters) == 3


@FIRST
async def test_neither_order_nor_neighbours_nor_whose_device_is_kept(world: World) -> None:
    """As many lines as tallies, each naming nobody, to the day; what lies in the box does not lie in the order in which
    it was sent (rules 1 and 18)."""
    mark = len(world.entries())
    durations = ["UNDER_15", "FROM_15_TO_30", "FROM_30_TO_60", "FROM_60_TO_120", "OVER_120"]
    items = [tally(n, duration=durations[n % 5], part="DAY" if n % 2 else "NIGHT") for n in range(60)]
    assert (await world.listener.post(LATE, {"items": items})).status_code == 200
    lines = world.since(mark)
    assert len(lines) == 60
    assert {(e.actor, e.client, e.nameless, e.at.hour, e.sights) for e in lines} == {(None, None, True, 0, ())}
    sent = [(i["part"], i["duration"]) for i in items]
    kept = [(str(each.plain["part"]), str(each.plain["duration"])) for each in world.seen.letters]
    assert sorted(kept) == sorted(sent)
    assert kept != sent
    assert all("device" not in str(letter.plain) for letter in world.seen.letters)


@FIRST
async def test_sessions_typed_late_are_recorded_each_for_itself(world: World) -> None:
    """Two of three planned ones; the third is nobody's: 404 as for any other, and the two are kept. Sent again they are
    answered with the record as it is; with another key it is a conflict."""
    await world.keep([session(MOORLAND, "session:late", START.replace(hour=14))])
    world.later(days=1)
    ids = [str(uid("session")), str(uid("never-existed")), str(uid("session:late"))]
    items = [{"key": f"late-key-{n}", "session": id, "delivered": True, "minutes": 20} for n, id in enumerate(ids)]
    answer = await world.coordinator.post(SESSIONS, {"items": items})
    told = answer.json()["items"]
    assert [(t["status"], t["type"]) for t in told] == [(200, None), (404, "/problems/not-found"), (200, None)]
    assert [t["session"] and t["session"]["state"] for t in told] == ["DELIVERED", None, "DELIVERED"]
    again = await world.coordinator.post(SESSIONS, {"items": items})
    assert again.json()["items"] == told
    other = [{**items[0], "key": "other-key-0001"}]
    refused = (await world.coordinator.post(SESSIONS, {"items": other})).json()["items"][0]
    assert (refused["status"], refused["failures"][0]["code"]) == (409, "STATE_DELIVERED")


LEARNING = f"/v1/enrolments/{uid('enrolment')}"


@FIRST
async def test_a_session_of_a_mentor_who_was_stood_down_meanwhile_is_a_fact(world: World) -> None:
    """The device could not know: what was held is taken and marked, and somebody talks with him; the next one cannot be
    booked. It is no amendment: with the record before one's eyes it is as it stands (rule 18)."""
    path = f"/v1/sessions/{uid('session')}"
    await done(world.coordinator, f"/v1/supporters/{uid('supporter:mentor')}", "stand-down", {"reason": "OWN_WISH"})
    off = (await world.coordinator.get(path)).json()
    assert (off["state"], off["calledOff"], off["heldThoughCalledOff"]) == ("NOT_DELIVERED", True, False)
    held = {"delivered": True, "minutes": 20, "manual": 2, "page": 7}
    assert codes(await moved(world.coordinator, path, "record", held)) == ["STATE_NOT_DELIVERED"]
    world.later(days=1)
    items = [{"key": "late-key-held", "session": str(uid("session")), **held}]
    told = (await world.coordinator.post(SESSIONS, {"items": items})).json()["items"][0]
    assert (told["status"], told["session"]["state"]) == (200, "DELIVERED")
    assert (told["session"]["heldThoughCalledOff"], told["session"]["notDelivered"]) == (True, None)
    assert (await world.coordinator.post(SESSIONS, {"items": items})).json()["items"] == [told]
    card = (await world.coordinator.get(LEARNING)).json()
    assert (card["manual"], card["page"], card["supporter"]) == (2, 7, None)
    follows = (await world.coordinator.get(f"/v1/follow-ups?scheme={uid('scheme:shannon')}&limit=100")).json()["items"]
    raised = sorted(each["what"] for each in follows if each["which"] == str(uid("session")))
    assert raised == ["REVIEW_MARKED_FACT", "TALK_WITH_SUPPORTER"]
    starts = world.now + timedelta(hours=2)
    times = {"startsAt": starts.isoformat(), "endsAt": (starts + timedelta(minutes=20)).isoformat()}
    booked = await world.coordinator.post("/v1/sessions", {"enrolment": str(uid("enrolment")), **times})
    assert codes(booked) == ["NO_MENTOR"]


@FIRST
async def test_what_somebody_has_recorded_is_no_other_word_s_to_change(world: World) -> None:
    """Not held, says whoever was there: a later word of another device is a conflict."""
    path = f"/v1/sessions/{uid('session')}"
    item = {"key": "late-key-said", "session": str(uid("session")), "delivered": True, "minutes": 20}
    await done(world.coordinator, path, "record", {"delivered": False, "notDelivered": "SICK"})
    told = (await world.coordinator.post(SESSIONS, {"items": [item]})).json()["items"][0]
    assert (told["status"], told["failures"][0]["code"]) == (409, "STATE_NOT_DELIVERED")


@FIRST
async def test_more_than_five_hundred_are_refused_whole(world: World) -> None:
    """And none of them is kept; nor is an empty request anything."""
    answer = await world.listener.post(LATE, {"items": [tally(n) for n in range(501)]})
    assert (answer.status_code, codes(answer)) == (400, ["TOO_MANY_ITEMS"])
    assert (await world.listener.post(LATE, {"items": []})).status_code == 422
    assert world.seen.letters == []
    assert (await world.officer.post(LATE, {"items": [tally(1)]})).status_code == 403
    assert (await world.arthur.post(LATE, {"items": [tally(1)]})).status_code == 404

"""Facts that happened are taken and marked, intentions are refused: what a mentor did who had been stood down (rule
18)."""

import dataclasses
from datetime import timedelta
from typing import Any

import pytest

from domain.sessions.codes import NotDelivered
from domain.sessions.record import SessionState
from tests.http import contacts_operations, stores
from tests.http.cast import START, uid
from tests.http.furniture import MOORLAND, session
from tests.http.tale import done, moved
from tests.http.test_story_learning import INDUCTION
from tests.http.world import World, codes

pytestmark = pytest.mark.parametrize("world", stores.MEMORY_FIRST, indirect=True)
MENTOR = f"/v1/supporters/{uid('supporter:mentor')}"
MARK = ["STOOD_DOWN_AT_TIME"]
WHY = {"category": "RISK", "disclosedReason": "GENERAL_REVIEW"}


async def told(world: World, name: str, *, key: str = "late-key-0001", **said: Any) -> dict[str, Any]:
    """What came of a session, from a device that had heard of nothing."""
    item = {"key": key, "session": str(uid(name)), "delivered": True, "minutes": 20, "manual": 1, **said}
    answer = await world.coordinator.post("/v1/late-sessions", {"items": [item]})
    assert answer.status_code == 200, answer.text
    return answer.json()["items"][0]


async def test_a_session_by_one_stood_down_forty_minutes_before(world: World) -> None:
    """It was called off with him, and he came: taken, and marked for whoever answers for the scheme; the wing and the
    learner are not told, and nothing more is booked with him."""
    await world.keep([session(MOORLAND, "session:today", START + timedelta(minutes=40))])
    await done(world.coordinator, MENTOR, "stand-down", {"reason": "OWN_WISH"}, purpose="recruitment")
    world.later(hours=2)
    path = f"/v1/sessions/{uid('session:today')}"
    assert (await world.coordinator.get(path)).json()["notDelivered"] == "MENTOR_ABSENT"
    first = await told(world, "session:today")
    assert (first["status"], first["session"]["state"]) == (200, "DELIVERED")
    assert (first["session"]["marks"], first["session"]["notDelivered"]) == (MARK, None)
    assert await told(world, "session:today") == first
    arthurs = (await world.arthur.get(path)).json()
    assert (arthurs["state"], arthurs["marks"]) == ("DELIVERED", None)
    assert "marks" in arthurs["withheld"]
    start, end = (START + timedelta(days=2, minutes=m) for m in (0, 20))
    booking = {"enrolment": str(uid("enrolment")), "startsAt": start.isoformat(), "endsAt": end.isoformat()}
    refused = await world.coordinator.post("/v1/sessions", booking)
    assert (refused.status_code, codes(refused)) == (409, ["NO_MENTOR"])


async def test_one_who_is_suspended_is_booked_no_more_and_what_he_did_is_taken(world: World) -> None:
    """Suspended at ten; the session at twenty to eleven took place, and is marked; the next booking is refused."""
    await world.keep([session(MOORLAND, "session:today", START + timedelta(minutes=40))])
    answer = await moved(world.safer, MENTOR, "suspend", WHY)
    assert answer.status_code in (200, 201), answer.text
    world.later(hours=2)
    assert (await told(world, "session:today"))["session"]["marks"] == MARK
    start, end = (START + timedelta(days=2, minutes=m) for m in (0, 20))
    booking = {"enrolment": str(uid("enrolment")), "startsAt": start.isoformat(), "endsAt": end.isoformat()}
    assert (await world.coordinator.post("/v1/sessions", booking)).status_code == 409


async def test_what_was_before_is_not_marked_and_what_was_not_called_off_with_him_stays(world: World) -> None:
    """The day before he left is no matter for a talk. A session that somebody recorded as not held is what he recorded,
    unless it was the stand-down that called it off."""
    yesterday = session(MOORLAND, "session:yesterday", START - timedelta(days=1))
    missed = {"state": SessionState.NOT_DELIVERED, "not_delivered": NotDelivered.NO_SPACE}
    await world.keep([yesterday, dataclasses.replace(session(MOORLAND, "session:missed", START), **missed)])
    await done(world.coordinator, MENTOR, "stand-down", {"reason": "OWN_WISH"}, purpose="recruitment")
    assert (await told(world, "session:yesterday"))["session"]["marks"] == []
    refused = await told(world, "session:missed", key="late-key-0002")
    assert (refused["status"], refused["failures"][0]["code"]) == (409, "STATE_NOT_DELIVERED")


async def test_what_an_insider_and_an_adviser_did_is_taken_too(world: World) -> None:
    """Typed by staff after he was suspended: taken and marked. Who never was in the role is not there."""
    insider = f"/v1/supporters/{uid('supporter:insider')}"
    assert (await moved(world.safer, insider, "suspend", WHY)).status_code in (200, 201)
    times = {"arrivedAt": "2026-11-23T07:00:00Z", "seenAt": "2026-11-23T09:00:00Z"}
    body = {**INDUCTION, **times, "supporter": str(uid("supporter:insider"))}
    made = await world.coordinator.post("/v1/inductions", body)
    assert (made.status_code, made.json()["marks"]) == (201, MARK)
    await world.officer.post("/v1/duty-declarations", {"prison": "MDI", "wings": ["MDI-A"]})
    seen = (await world.officer.get(made.headers["location"])).json()
    assert (seen["marks"], "marks" in seen["withheld"]) == (None, True)
    applied = {**INDUCTION, "supporter": str(uid("supporter:applied"))}
    assert codes(await world.coordinator.post("/v1/inductions", applied)) == ["NOT_AVAILABLE"]
    adviser = f"/v1/supporters/{uid('supporter:recovery')}"
    assert (await moved(world.safer, adviser, "suspend", WHY)).status_code in (200, 201)
    body = {**contacts_operations.EXAMPLES["addSupportRecord"]["body"], "heldOn": "2026-11-23"}
    kept = await world.coordinator.post(f"/v1/schemes/{uid('scheme:recovery')}/support-records", body)
    assert (kept.status_code, kept.json()["marks"]) == (201, MARK)


async def reviews(world: World, name: str) -> list[dict[str, Any]]:
    """What is to be reviewed of facts, as somebody's own list of tasks has it."""
    found = list[dict[str, Any]]()
    for task in (await world[name].get("/v1/tasks?limit=100")).json()["items"]:
        if task["kind"] == "follow-up":
            shown = (await world[name].get(f"/v1/follow-ups/{task['which']}")).json()
            found += [shown] if shown["what"] == "REVIEW_MARKED_FACT" else []
    return found


async def test_a_marked_fact_raises_a_review_and_whoever_runs_the_scheme_closes_it(world: World) -> None:
    """Rule 18: taken, marked, and looked into. It waits with whoever runs the scheme, and is gone once he has said what
    came of it. Officers on the wing, the supporter and the learner have it in no list: they are not told that he had
    been stood down."""
    await world.keep([session(MOORLAND, "session:today", START + timedelta(minutes=40))])
    await done(world.coordinator, MENTOR, "stand-down", {"reason": "OWN_WISH"}, purpose="recruitment")
    world.later(hours=2)
    assert await reviews(world, "coordinator") == []
    await told(world, "session:today")
    (review,) = await reviews(world, "coordinator")
    assert (review["which"], review["wing"], review["dueOn"]) == (str(uid("session:today")), None, "2026-11-26")
    await world.officer.post("/v1/duty-declarations", {"prison": "MDI", "wings": ["MDI-A"]})
    path = f"/v1/follow-ups/{review['id']}"
    for name in ("officer", "oscar", "safer", "mentor", "arthur", "governor"):
        assert (await world[name].get(path)).status_code in (403, 404), name
    for name in ("officer", "mentor", "arthur"):
        listed = await world[name].get(f"/v1/follow-ups?scheme={uid('scheme:shannon')}&limit=100")
        assert review["id"] not in listed.text, name
    assert await reviews(world, "officer") == []
    closed = await done(world.coordinator, path, "settle", {"outcome": "DONE"})
    assert closed["outcome"] == "DONE"
    assert await reviews(world, "coordinator") == []


async def test_what_is_not_marked_raises_none(world: World) -> None:
    """A session of somebody who serves: recorded, and nothing to look into."""
    await world.keep([session(MOORLAND, "session:today", START + timedelta(minutes=40))])
    world.later(hours=2)
    assert (await told(world, "session:today"))["session"]["marks"] == []
    assert await reviews(world, "coordinator") == []

"""How people take part in a scheme's development, over HTTP: they meet, propose, are answered, and read what came of
it."""

from typing import Any

import pytest

from tests.http.cast import uid
from tests.http.tale import done, line, moved
from tests.http.world import World, codes, problem

SCHEME = f"/v1/schemes/{uid('scheme:shannon')}"
SAID = {"fromGroup": "PEOPLE_IN_CUSTODY", "said": "There is no quiet place to read."}
WAITS = f"/v1/proposals/{uid('proposal')}"


async def outcomes(world: World, by: str) -> list[dict[str, Any]]:
    """What was published, as he reads it."""
    answer = await world[by].get(f"{SCHEME}/outcomes")
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


async def test_you_said_we_did(world: World) -> None:
    """A group proposes; it is accepted, done and published; people in custody and supporters read what was said and
    what was done, and not the proposal."""
    made = await world.facilitator.post(f"{SCHEME}/proposals", SAID)
    assert (made.status_code, made.json()["state"], made.json()["answerDueOn"]) == (201, "PROPOSED", "2026-12-21")
    path = made.headers["location"]
    assert codes(await moved(world.coordinator, path, "publish", {"weDid": "Nothing yet."})) == ["STATE_PROPOSED"]
    accepted = await done(world.coordinator, path, "answer", {"answer": "ACCEPTED"})
    assert (accepted["state"], accepted["answeredOn"], accepted["reason"]) == ("ACCEPTED", "2026-11-23", None)
    assert len(await outcomes(world, "arthur")) == 1
    world.later(days=7)
    assert (await done(world.coordinator, path, "implement"))["implementedOn"] == "2026-11-30"
    shown = await done(world.coordinator, path, "publish", {"weDid": "The chapel is open to readers on Sundays."})
    assert line(world.last)[5] == ("outcome", "proposal")
    for name in ("arthur", "mentor", "peer-coordinator", "evaluator", "headquarters", "officer", "hub"):
        (_, new) = await outcomes(world, name)
        assert (new["id"], new["youSaid"], new["weDid"], new["fromGroup"], new["publishedOn"]) == (
            shown["outcome"],
            SAID["said"],
            "The chapel is open to readers on Sundays.",
            "PEOPLE_IN_CUSTODY",
            "2026-11-30",
        )
    assert (await world.arthur.get(path)).status_code == 404
    assert (await world.officer.get(path)).status_code == 403
    assert codes(await moved(world.coordinator, path, "publish", {"weDid": "Again."})) == ["ALREADY_PUBLISHED"]


async def test_what_is_not_answered_within_twenty_eight_days_is_overdue(world: World) -> None:
    """On the twenty-eighth day it is in time, on the next it is late, and with an answer it is neither."""
    path = (await world.coordinator.post(f"{SCHEME}/proposals", SAID)).headers["location"]
    world.later(days=28)
    assert (await world.imb.get(path)).json()["overdue"] is False
    world.later(days=1)
    waiting = (await world.imb.get(f"{SCHEME}/proposals?state=PROPOSED")).json()["items"]
    assert [(p["proposedOn"], p["overdue"]) for p in waiting] == [("2026-11-09", True), ("2026-11-23", True)]
    answered = await done(world.coordinator, path, "answer", {"answer": "REJECTED", "reason": "The chapel is let."})
    assert (answered["state"], answered["overdue"]) == ("REJECTED", False)


async def test_a_no_has_a_reason_and_is_the_end(world: World) -> None:
    """Without one it is refused; what was accepted may still be rejected; what was rejected is not taken up again."""
    bare = await moved(world.coordinator, WAITS, "answer", {"answer": "REJECTED"})
    assert problem(bare) == (422, "unacceptable", [("REASON_GOES_WITH_NO", "/reason")])
    assert codes(await moved(world.coordinator, WAITS, "implement")) == ["STATE_PROPOSED"]
    await done(world.coordinator, WAITS, "answer", {"answer": "ACCEPTED"})
    late = await done(world.facilitator, WAITS, "answer", {"answer": "REJECTED", "reason": "The room is lost."})
    assert (late["state"], late["reason"]) == ("REJECTED", "The room is lost.")
    for action, body in (("answer", {"answer": "ACCEPTED"}), ("implement", {})):
        assert codes(await moved(world.coordinator, WAITS, action, body)) == ["STATE_REJECTED"]
    await done(world.coordinator, WAITS, "publish", {"weDid": "No: the room was lost. We keep looking."})


async def test_who_came_to_a_meeting_is_a_number_for_each_group(world: World) -> None:
    """Counts and roles; no names, nobody is no meeting, and none was held tomorrow."""
    body = {"kind": "PRISON_COUNCIL", "heldOn": "2026-11-23", "peopleInCustody": 9, "roles": ["GOVERNOR"]}
    made = await world.facilitator.post(f"{SCHEME}/meetings", body)
    assert (made.status_code, made.json()["peopleInCustody"], made.json()["supporters"]) == (201, 9, 0)
    proposal = {**SAID, "meeting": made.json()["id"]}
    assert (await world.coordinator.post(f"{SCHEME}/proposals", proposal)).status_code == 201
    empty = {"kind": "STAFF", "heldOn": "2026-11-24"}
    assert problem(await world.coordinator.post(f"{SCHEME}/meetings", empty))[2] == [
        ("NOBODY_CAME", None),
        ("IN_THE_FUTURE", "/heldOn"),
    ]
    elsewhere = {**SAID, "meeting": str(uid("far:meeting"))}
    assert problem(await world.coordinator.post(f"{SCHEME}/proposals", elsewhere))[2] == [
        ("NOT_OF_THIS_SCHEME", "/meeting")
    ]
    numbered = {**SAID, "said": "Ask A1234BC, he said it."}
    assert problem(await world.coordinator.post(f"{SCHEME}/proposals", numbered))[:2] == (422, "unacceptable")


@pytest.mark.parametrize("what", ["meetings", "proposals"])
async def test_involvement_is_kept_by_coordinator_and_partner(world: World, what: str) -> None:
    """Oversight reads and does not write; another prison and another partner find nothing."""
    for name in ("safer", "governor", "imb", "inspector"):
        assert (await world[name].get(f"{SCHEME}/{what}")).status_code == 200
        assert (await world[name].post(f"{SCHEME}/{what}", {})).status_code == 403
    for name, status in (("officer", 403), ("arthur", 404), ("mentor", 404), ("samaritan", 404), ("far-safer", 404)):
        assert (await world[name].get(f"{SCHEME}/{what}")).status_code == status

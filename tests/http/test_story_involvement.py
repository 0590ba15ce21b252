"""How people take part in a scheme's development, over HTTP: they meet, propose, are answered, and read what came of
it."""

import dataclasses
from typing import Any

import pytest

from domain.schemes.record import Scheme, SchemeState
from tests.http.cast import uid
from tests.http.tale import done, line, moved
from tests.http.world import World, codes, problem

SCHEME = f"/v1/schemes/{uid('scheme:shannon')}"
SAID = {"fromGroup": "PEOPLE_IN_CUSTODY", "said": "There is no quiet place to read."}
TOLD = {"youSaid": "A quiet place to read.", "weDid": "The chapel is open to readers on Sundays."}
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
    early = {**TOLD, "weDid": "Nothing yet."}
    assert codes(await moved(world.coordinator, path, "publish", early)) == ["STATE_PROPOSED"]
    accepted = await done(world.coordinator, path, "answer", {"answer": "ACCEPTED"})
    assert (accepted["state"], accepted["answeredOn"], accepted["reason"]) == ("ACCEPTED", "2026-11-23", None)
    assert len(await outcomes(world, "arthur")) == 1
    world.later(days=7)
    assert (await done(world.coordinator, path, "implement"))["implementedOn"] == "2026-11-30"
    shown = await done(world.coordinator, path, "publish", TOLD)
    assert line(world.last)[5] == ("outcome", "proposal")
    for name in ("arthur", "mentor", "peer-coordinator", "evaluator", "headquarters", "officer", "hub"):
        (_, new) = await outcomes(world, name)
        assert (new["id"], new["youSaid"], new["weDid"], new["fromGroup"], new["publishedOn"]) == (
            shown["outcome"],
            TOLD["youSaid"],
            TOLD["weDid"],
            "PEOPLE_IN_CUSTODY",
            "2026-11-30",
        )
    assert (await world.arthur.get(path)).status_code == 404
    assert (await world.officer.get(path)).status_code == 403
    assert codes(await moved(world.coordinator, path, "publish", TOLD)) == ["ALREADY_PUBLISHED"]


async def test_what_everybody_reads_has_passed_two_people_of_the_prison(world: World) -> None:
    """A partner proposes and answers, and publishes nothing; whoever wrote a proposal down does not publish it,
    whatever else he may; safer custody does. What is read is what the publisher wrote, not what was proposed."""
    raw = {**SAID, "said": "Quincy Quagmire in A1-12 asked for a mentor and nobody came."}
    for proposer, publisher in (("facilitator", "coordinator"), ("coordinator", "safer")):
        path = (await world[proposer].post(f"{SCHEME}/proposals", raw)).headers["location"]
        await done(world.facilitator, path, "answer", {"answer": "REJECTED", "reason": "No."})
        assert problem(await world.facilitator.post(f"{path}/publish", TOLD, tag='"x"'))[:2] == (403, "forbidden")
        if proposer == "coordinator":
            assert codes(await moved(world.coordinator, path, "publish", TOLD)) == ["PUBLISHER_IS_PROPOSER"]
        assert problem(await moved(world[publisher], path, "publish", {"weDid": "No."}))[0] == 422  # his own words
        await done(world[publisher], path, "publish", TOLD)
    read = await outcomes(world, "ben")
    assert [o["youSaid"] for o in read[1:]] == [TOLD["youSaid"]] * 2
    assert "Quagmire" not in str(read)


async def test_what_was_published_can_be_taken_down(world: World) -> None:
    """By coordinator, safer custody or governor, whoever published it and whatever has become of the scheme: nobody
    reads it from then on, at its own address or in the list; and it may be told again."""
    path = f"/v1/proposals/{uid('proposal:told')}"
    assert [o["id"] for o in await outcomes(world, "arthur")] == [str(uid("outcome"))]
    for name, status in (("facilitator", 403), ("arthur", 404), ("imb", 403), ("far-safer", 404)):
        assert (await world[name].post(f"{path}/unpublish", tag='"x"')).status_code == status, name
    scheme = await world.record(Scheme, uid("scheme:shannon"))
    await world.change(dataclasses.replace(scheme, state=SchemeState.CLOSED, open=False))
    assert (await done(world.governor, path, "unpublish"))["outcome"] is None
    assert line(world.last)[5] == ("outcome", "proposal")
    for name in ("arthur", "coordinator", "imb", "headquarters"):
        assert await outcomes(world, name) == []
        assert (await world[name].get(f"/v1/outcomes/{uid('outcome')}")).status_code == 404
    assert codes(await moved(world.safer, path, "unpublish")) == ["NOT_PUBLISHED"]
    await world.change(dataclasses.replace(await world.record(Scheme, scheme.id), state=SchemeState.LIVE, open=True))
    again = await done(world.safer, path, "publish", TOLD)
    assert [o["id"] for o in await outcomes(world, "arthur")] == [again["outcome"]]
    await done(world.coordinator, path, "unpublish")


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
    await done(world.coordinator, WAITS, "publish", {**TOLD, "weDid": "No: the room was lost. We keep looking."})


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

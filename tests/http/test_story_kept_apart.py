"""Scenario 7: security opens a non-association between a learner and his mentor. What is planned stops at once, neither
is told why, and staff are prompted to find another, over HTTP (rules 11 and 18; S8)."""

import dataclasses
from datetime import timedelta
from typing import Any

import pytest

from api.work.bench import service_begin
from domain.sessions.parting import part
from domain.sessions.record import Enrolment, Session
from tests.http.cast import START, uid
from tests.http.furniture import MOORLAND, session
from tests.http.tale import done, moved
from tests.http.test_story_enrolments import BEN, LEARNING, due
from tests.http.world import World, codes, observed

LEARNER, MENTOR, SECOND = "A1001QX", "A1007QX", "A1008QX"
"""As the cast has them."""
PLAN: dict[str, Any] = {
    "enrolment": str(uid("enrolment")),
    "startsAt": "2026-11-26T10:00:00Z",
    "endsAt": "2026-11-26T10:20:00Z",
}


async def clock(world: World) -> int:
    """The clock looks who is kept apart."""
    return await part(lambda: service_begin(world.house.runtime), world.stage.apart)


async def test_an_enemy_of_his_mentor_s_is_parted_from_him_and_keeps_what_he_has_reached(world: World) -> None:
    """Planned for tomorrow and the day after, with one of yesterday that nobody has recorded yet. From the minute that
    it is opened nothing more is planned; when the clock has looked, what is to come is off, the learner waits where he
    stood, and whoever runs the scheme and the wing are prompted. Yesterday's may still be recorded: it happened."""
    more = [session(MOORLAND, f"session:{n}", START + timedelta(days=n)) for n in (-1, 2)]
    await world.keep(more)
    before = (await world.coordinator.get(LEARNING)).json()
    world.stage.apart.keep_apart(LEARNER, MENTOR)
    blocked = await world.coordinator.post("/v1/sessions", PLAN)
    assert (blocked.status_code, codes(blocked)) == (409, ["NOT_AVAILABLE"])
    assert await clock(world) == 1
    now = (await world.coordinator.get(LEARNING)).json()
    assert (now["state"], now["supporter"], now["earlierFor"]) == ("STARTED", None, ["STAFF_DECISION"])
    kept = ("manual", "page", "manualsPassed", "checksPassed", "goal", "enrolledOn")
    assert {name: now[name] for name in kept} == {name: before[name] for name in kept}
    states = {str(each.id): (each.state, each.not_delivered) for each in await world.records(Session)}
    assert states[str(uid("session"))] == states[str(uid("session:2"))] == ("NOT_DELIVERED", "NOT_REQUIRED")
    assert states[str(uid("session:-1"))] == ("PLANNED", None)
    assert ("MENTOR_TO_FIND", "2026-11-23", False) in await due(world)
    asked = (await world.coordinator.get(f"/v1/follow-ups?scheme={uid('scheme:shannon')}&limit=100")).json()["items"]
    prompts = [each for each in asked if each["which"] == str(uid("enrolment")) and each["what"] != "MEET_AGAIN"]
    assert [(p["what"], p["whose"], p["dueOn"]) for p in prompts] == [("FIND_ANOTHER_MENTOR", "STAFF", "2026-11-23")]
    assert await clock(world) == 0, "once"
    body = {"delivered": True, "minutes": 20}
    assert (await done(world.coordinator, f"/v1/sessions/{uid('session:-1')}", "record", body))["state"] == "DELIVERED"


async def test_neither_is_told_why(world: World) -> None:
    """Learner and mentor read the same bytes after an enmity as after any staff decision."""

    async def read() -> list[tuple[int, Any]]:
        paths = (LEARNING, f"/v1/sessions/{uid('session')}", f"{LEARNING}/progress", "/v1/sessions", "/v1/enrolments")
        answers = [await world[name].get(path) for name in ("arthur", "mentor") for path in paths]
        return [(each.status_code, each.content) for each in answers]

    enrolment, planned = await world.record(Enrolment, uid("enrolment")), await world.record(Session, uid("session"))
    await done(world.coordinator, LEARNING, "change-mentor", {"because": "STAFF_DECISION"})
    after_a_decision = await read()
    for record in (enrolment, planned):
        now = await world.record(type(record), record.id)
        await world.change(_as_it_was(record, now.version))
    world.stage.apart.keep_apart(LEARNER, MENTOR)
    assert await clock(world) == 1
    assert await read() == after_a_decision


def _as_it_was(record: Any, version: int) -> Any:
    """The record as it was, which may be written over the version that is there."""
    return dataclasses.replace(record, version=version)


async def test_no_other_mentor_who_is_his_enemy_is_named(world: World) -> None:
    """By a change, by a succession, or as he joins: in the words for one who cannot be had. One who is nobody's enemy
    is named as ever; and only mentors are ever asked about, never a learner."""
    world.stage.apart.keep_apart(LEARNER, SECOND)
    second = str(uid("supporter:second-mentor"))
    body = {"because": "WING_CHANGED", "supporter": second}
    assert codes(await moved(world.coordinator, LEARNING, "change-mentor", body)) == ["NOT_AVAILABLE"]
    await done(world.coordinator, LEARNING, "change-mentor", {"because": "WING_CHANGED"})
    enemy = await moved(world.coordinator, LEARNING, "succeed", {"supporter": second})
    assert codes(enemy) == ["NOT_AVAILABLE"]
    stranger = await world.coordinator.post(
        f"{LEARNING}/succeed", {"supporter": str(uid("never-existed"))}, tag=await world.coordinator.tag(LEARNING)
    )
    assert observed(enemy) == observed(stranger)
    await done(world.coordinator, LEARNING, "succeed", {"supporter": str(uid("supporter:mentor"))})
    world.stage.apart.keep_apart("A1002QX", SECOND)
    joins = await world.coordinator.post("/v1/enrolments", {**BEN, "supporter": second})
    assert codes(joins) == ["NOT_AVAILABLE"]
    assert set(world.stage.apart.asked) <= {MENTOR, SECOND}


@pytest.mark.parametrize("tried", [False, True])
async def test_two_who_are_tried_together_are_kept_apart_too(world: World, tried: bool) -> None:
    """Co-defendants; and where nobody is kept apart the clock leaves everything as it is."""
    if tried:
        world.stage.apart.tried_together(LEARNER, MENTOR)
    assert await clock(world) == int(tried)
    assert ((await world.record(Enrolment, uid("enrolment"))).supporter is None) is tried


async def test_while_nobody_can_say_it_nothing_is_parted(world: World) -> None:
    """Not known is never the same as an enemy: what is planned stands, and goes on being planned, until somebody can
    say it."""
    world.stage.apart.keep_apart(LEARNER, MENTOR)
    world.stage.apart.reachable = False
    assert await clock(world) == 0
    assert (await world.coordinator.post("/v1/sessions", PLAN)).status_code == 201
    world.stage.apart.reachable = True
    assert await clock(world) == 1

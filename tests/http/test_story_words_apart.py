"""Free text can be taken away by itself: codes, counts and lists stay as they were (F72)."""

import dataclasses
from typing import Any

import pytest

from api.work.bench import service_begin
from domain.oversight.record import Assignment
from domain.retention.words import A_YEAR, SIX_MONTHS, shred
from domain.sessions.record import Session
from tests.http import contacts_operations, stores
from tests.http.cast import assignment, uid
from tests.http.tale import done
from tests.http.world import World

pytestmark = pytest.mark.parametrize("world", stores.MEMORY_FIRST, indirect=True)
SESSION = f"/v1/sessions/{uid('session')}"
HELD = {"delivered": True, "minutes": 20, "manual": 1, "page": 4, "note": "Start at page five."}


async def tick(world: World) -> int:
    """The clock's."""
    return await shred(service_begin(world.house.runtime))


async def lasting(world: World) -> None:
    """Whoever runs the scheme still does, half a year on."""
    for who in ("coordinator", "facilitator"):
        for held in [a for a in await world.records(Assignment) if a.id == assignment(who)]:
            long = dataclasses.replace(held, ends_on=held.ends_on + A_YEAR, last_used_on=world.now.date())
            await world.change(long)


async def test_half_a_year_on_the_note_is_gone_and_nothing_else(world: World) -> None:
    """Item and list say null with the day on which it went, for those who read notes and for those who do not; what was
    counted of it is counted as before."""
    world.later(days=1)
    await done(world.coordinator, SESSION, "record", HELD)
    before = (await world.coordinator.get(SESSION)).json()
    assert (before["note"], before["wordsGoneOn"]) == ("Start at page five.", None)
    world.later(days=SIX_MONTHS.days + 1)
    await lasting(world)
    card = (await world.coordinator.get(f"/v1/enrolments/{uid('enrolment')}/progress")).json()
    assert (await world.coordinator.get(SESSION)).json() == before
    assert await tick(world) >= 1
    after = (await world.coordinator.get(SESSION)).json()
    assert after == {**before, "note": None, "wordsGoneOn": world.now.date().isoformat()}
    listed = (await world.coordinator.get(f"/v1/sessions?enrolment={uid('enrolment')}&state=DELIVERED")).json()["items"]
    assert after in listed
    assert (await world.record(Session, uid("session"))).note is None
    now = (await world.coordinator.get(f"/v1/enrolments/{uid('enrolment')}/progress")).json()
    counted = ("planned", "delivered", "missed", "notRecorded", "minutes")
    assert {name: now[name] for name in counted} == {name: card[name] for name in counted}
    assert await tick(world) == 0


async def test_what_is_typed_late_has_its_note_until_the_next_tick(world: World) -> None:
    """A session of half a year ago, told today: taken as any fact is, codes kept; its words go at once."""
    world.later(days=SIX_MONTHS.days + 2)
    await lasting(world)
    await tick(world)
    item = {"key": "late-key-0001", "session": str(uid("session")), **HELD}
    told = (await world.coordinator.post("/v1/late-sessions", {"items": [item]})).json()["items"][0]
    assert (told["status"], told["session"]["note"], told["session"]["wordsGoneOn"]) == (200, HELD["note"], None)
    assert await tick(world) == 1
    kept = (await world.coordinator.get(SESSION)).json()
    assert (kept["state"], kept["minutes"], kept["page"], kept["note"]) == ("DELIVERED", 20, 4, None)


async def test_feedback_keeps_its_rating_and_its_themes(world: World) -> None:
    """A year after its week; until then both are there."""
    body = {"scheme": str(uid("scheme:shannon")), "rating": 2, "themes": ["HAD_TO_WAIT"], "words": "Two weeks."}
    assert (await world.officer.post("/v1/feedback", body)).status_code == 201

    async def said() -> list[dict[str, Any]]:
        answer = await world.coordinator.get("/v1/feedback", purpose="evaluation")
        assert answer.status_code == 200, answer.text
        return answer.json()["items"]

    before = await said()
    assert "Two weeks." in [item["words"] for item in before]
    world.later(days=A_YEAR.days - 1)
    await lasting(world)
    await tick(world)
    assert await said() == before
    world.later(days=8)
    await lasting(world)
    await tick(world)
    gone = [{**item, "words": None, "wordsGoneOn": world.now.date().isoformat()} for item in before]
    assert await said() == gone


async def test_a_draft_of_long_ago_takes_words_again(world: World) -> None:
    """It is put right today: what is written is kept for its approval, and goes with the next tick."""
    world.later(days=SIX_MONTHS.days + 2)
    await lasting(world)
    await tick(world)
    path = f"/v1/support-records/{uid('support-record')}"
    was = await world.coordinator.get(path)
    assert (was.json()["note"], was.json()["state"]) == (None, "DRAFT")
    body = contacts_operations.EXAMPLES["amendSupportRecord"]["body"]
    put_right = await world.coordinator.send("PATCH", path, body=body, tag=was.headers["etag"])
    assert put_right.status_code == 200, put_right.text
    assert (put_right.json()["note"], put_right.json()["wordsGoneOn"]) == (body["note"], None)
    await tick(world)
    assert (await world.coordinator.get(path)).json()["note"] is None

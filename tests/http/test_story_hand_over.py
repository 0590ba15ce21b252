"""A supporter leaves: whom he helped goes on with all that was reached, and nothing that hung on him hangs in the air,
over HTTP (F46; scenario 5)."""

import dataclasses
from datetime import date, timedelta
from typing import Any

import pytest

from domain.leaving.handover import HandOver
from domain.sessions.record import Enrolment, Session
from domain.supporters.absences import Absence
from domain.supporters.record import Supporter
from domain.supporters.suspension import Suspension, SuspensionState
from tests.http.cast import START, person, uid
from tests.http.stores import MEMORY_FIRST
from tests.http.tale import done, moved
from tests.http.world import World, codes, observed

pytestmark = pytest.mark.parametrize("world", MEMORY_FIRST, indirect=True)

SCHEME = f"/v1/schemes/{uid('scheme:shannon')}"
MENTOR = f"/v1/supporters/{uid('supporter:mentor')}"
LEARNING = f"/v1/enrolments/{uid('enrolment')}"
SESSION = f"/v1/sessions/{uid('session')}"
OPEN = ["SUCCESSORS", "SHIRT_OR_BADGE", "MATERIALS", "CELL_OR_SUITE", "MOVEMENT_LIST", "NOTICEBOARD", "FAREWELL_TALK"]
OWN_WISH = {"reason": "OWN_WISH"}


async def five_learners(world: World, supporter: str = "supporter:mentor", of: str = "mentor") -> list[str]:
    """The mentor has five learners, of whom the first has reached the third manual; one session has been and nobody
    has recorded it yet. Their paths."""
    kept = await world.record(Enrolment, uid("enrolment"))
    his: dict[str, Any] = {"supporter": uid(supporter), "supporter_person": person(of)}
    await world.change(dataclasses.replace(kept, **his, manual=3, checks_passed=2))
    more = [f"enrolment:{n}" for n in range(4)]
    await world.keep([dataclasses.replace(kept, **his, id=uid(n), person=person(f"learner-{n}")) for n in more])
    planned = await world.record(Session, uid("session"))
    been = {"starts_at": START - timedelta(hours=2), "ends_at": START - timedelta(hours=1)}
    await world.change(dataclasses.replace(planned, **his))
    await world.keep([dataclasses.replace(planned, **his, id=uid("session:been"), **been)])  # type: ignore[arg-type]
    return [LEARNING, *(f"/v1/enrolments/{uid(n)}" for n in more)]


async def rostered(world: World) -> str:
    """He has a band on the rota tomorrow."""
    body = {"supporter": str(uid("supporter:mentor")), "day": "2026-11-24", "band": "PM", "override": None}
    answer = await world.coordinator.post(f"{SCHEME}/roster", body)
    assert answer.status_code == 201, answer.text
    return answer.headers["location"]


async def of_his(world: World, supporter: str = "supporter:mentor") -> list[dict[str, Any]]:
    """The hand-overs of a supporter, as the coordinator reads them."""
    items = (await world.coordinator.get("/v1/hand-overs?limit=100")).json()["items"]
    return [item for item in items if item["supporter"] == str(uid(supporter))]


async def test_learners_keep_what_they_have_reached_and_wait_for_another(world: World) -> None:
    """He leaves of his own wish. Five go on where they stand, without a mentor; what is to come does not take place,
    and what has been may still be recorded; his band is free, his supervision over, and a list is there."""
    learners, band = await five_learners(world), await rostered(world)
    left = await done(world.coordinator, MENTOR, "stand-down", OWN_WISH)
    assert (left["standing"], left["leftFor"]) == ("STOOD_DOWN", "OWN_WISH")
    for path in learners:
        shown = (await world.coordinator.get(path)).json()
        assert (shown["state"], shown["supporter"], shown["endedOn"]) == ("STARTED", None, None)
        assert shown["earlierSupporters"] == [str(uid("supporter:mentor"))]
    first = (await world.arthur.get(LEARNING)).json()
    assert (first["manual"], first["checksPassed"]) == (3, 2)
    off = (await world.coordinator.get(SESSION)).json()
    assert (off["state"], off["notDelivered"]) == ("NOT_DELIVERED", "MENTOR_ABSENT")
    been = f"/v1/sessions/{uid('session:been')}"
    body = {"delivered": True, "minutes": 20, "manual": 3, "page": 7}
    assert (await done(world.coordinator, been, "record", body))["state"] == "DELIVERED"
    assert (await world.coordinator.get(band)).json()["state"] == "WITHDRAWN"
    supervision = (await world.coordinator.get(f"/v1/supervisions/{uid('supervision')}")).json()
    assert supervision["endedOn"] == "2026-11-23"
    (list_,) = await of_his(world)
    assert (list_["state"], list_["stillOpen"], list_["rosterEntries"]) == ("OPEN", OPEN, 1)
    assert "enrolment" not in str(list_).lower()


async def test_the_list_is_worked_through(world: World) -> None:
    """By coordinator and partner, in any order; with the last of it the hand-over is done, and takes no more."""
    await five_learners(world)
    await done(world.coordinator, MENTOR, "stand-down", OWN_WISH)
    path = f"/v1/hand-overs/{(await of_his(world))[0]['id']}"
    some = await done(world.facilitator, path, "settle", {"settled": ["FAREWELL_TALK", "MATERIALS"]})
    assert some["stillOpen"] == [item for item in OPEN if item not in ("FAREWELL_TALK", "MATERIALS")]
    world.later(days=2)
    last = await done(world.coordinator, path, "settle", {"settled": OPEN})
    assert (last["state"], last["stillOpen"], last["doneOn"]) == ("DONE", [], "2026-11-25")
    assert codes(await moved(world.coordinator, path, "settle", {"settled": OPEN})) == ["STATE_DONE"]
    never = f"/v1/hand-overs/{uid('never-existed')}"
    for name in ("officer", "safer", "governor", "hub", "imb"):
        assert (await world[name].get(path)).status_code == 403, name
    for name in ("mentor", "arthur", "samaritan", "far-coordinator"):
        assert observed(await world[name].get(path)) == observed(await world[name].get(never))


async def test_a_successor_goes_on_from_there(world: World) -> None:
    """Named by staff, one learner at a time: somebody who serves in that scheme, and not the learner himself. The
    learner reads who it is; sessions are planned again."""
    await five_learners(world)
    await done(world.coordinator, MENTOR, "stand-down", OWN_WISH)
    succeed = {"supporter": str(uid("supporter:second-mentor"))}
    not_there = dict.fromkeys(("supporter:listener", "far:supporter:mentor"), "NOT_AVAILABLE")
    for other, why in {**not_there, "supporter:suspended": "SUSPENDED", "supporter:mentor": "NOT_IN_ROLE"}.items():
        answer = await moved(world.coordinator, LEARNING, "succeed", {"supporter": str(uid(other))})
        assert codes(answer) == [why], other
    second = await world.record(Supporter, uid("supporter:second-mentor"))
    await world.change(dataclasses.replace(second, certificate_expires_on=date(2026, 11, 22), away=("2026-11-23/..",)))
    answer = await moved(world.facilitator, LEARNING, "succeed", succeed)
    assert codes(answer) == ["NOT_CERTIFIED", "AWAY"]
    await world.change(second)
    assert (await world["second-mentor"].post(f"{LEARNING}/succeed", succeed, tag='"x"')).status_code == 404
    shown = await done(world.facilitator, LEARNING, "succeed", succeed)
    assert (shown["supporter"], shown["manual"], shown["state"]) == (succeed["supporter"], 3, "STARTED")
    assert codes(await moved(world.coordinator, LEARNING, "succeed", succeed)) == ["HAS_A_MENTOR"]
    assert (await world.arthur.get(LEARNING)).json()["supporter"] == succeed["supporter"]
    assert (await world["second-mentor"].get(LEARNING)).status_code == 200
    assert (await world.mentor.get(LEARNING)).status_code == 404
    booked = {"startsAt": "2026-11-25T14:00:00Z", "endsAt": "2026-11-25T14:20:00Z"}
    again = await world.coordinator.post("/v1/sessions", {"enrolment": shown["id"], **booked})
    assert again.status_code == 201, again.text


async def test_it_may_begin_before_he_leaves_and_begins_once(world: World) -> None:
    """He is about to go: a list is made, and his learners wait. Whom he takes on meanwhile is free on the day, and no
    second list is made."""
    await five_learners(world)
    begun = await world.facilitator.post(f"{MENTOR}/hand-overs")
    assert (begun.status_code, begun.json()["stillOpen"]) == (201, OPEN)
    assert codes(await world.coordinator.post(f"{MENTOR}/hand-overs")) == ["ALREADY_STARTED"]
    await done(world.coordinator, LEARNING, "succeed", {"supporter": str(uid("supporter:mentor"))})
    await done(world.coordinator, MENTOR, "stand-down", OWN_WISH)
    assert (await world.coordinator.get(LEARNING)).json()["supporter"] is None
    assert [item["id"] for item in await of_his(world)] == [begun.json()["id"]]
    assert codes(await world.coordinator.post(f"{MENTOR}/hand-overs")) == ["ALREADY_STARTED"]
    waits = f"/v1/supporters/{uid('supporter:applied')}"
    assert codes(await world.coordinator.post(f"{waits}/hand-overs")) == ["STATE_APPLIED"]


async def test_one_who_is_removed_leaves_a_list_too(world: World) -> None:
    """With the word that completes it. If he is back on appeal, what he leaves another day is another leaving."""
    learners = await five_learners(world, "supporter:reviewed", "reviewed")
    case = f"/v1/suspensions/{uid('suspension:reviewed')}"
    word = {"word": "REMOVE", "reason": "NOT_SAFE_IN_THE_ROLE"}
    away = {"why": "AT_COURT", "firstOn": "2026-11-20"}
    made = await world.coordinator.post(f"/v1/supporters/{uid('supporter:reviewed')}/absences", away)
    assert made.status_code == 201, made.text
    await done(world.facilitator, case, "decide", word)
    assert await of_his(world, "supporter:reviewed") == []
    assert (await world.coordinator.get(learners[0])).json()["supporter"] == str(uid("supporter:reviewed"))
    assert (await done(world.governor, case, "decide", word))["state"] == "REMOVED"
    ((why, last),) = [(a.why, a.last_on) for a in await world.records(Absence, supporter=uid("supporter:reviewed"))]
    assert (why, last) == ("AT_COURT", world.now.date()), "no night finds him astray for it"
    assert (await world.coordinator.get(learners[0])).json()["supporter"] is None
    (list_,) = await of_his(world, "supporter:reviewed")
    assert (list_["state"], list_["stillOpen"]) == ("OPEN", OPEN)

    decided = await world.record(Suspension, uid("suspension:reviewed"))
    heard = {
        "prison_decided_by": uid("actor:another"),
        "decided_by": (uid("actor:another"),),
        "state": SuspensionState.APPEALED,
        "appealed_on": world.now.date(),
    }
    await world.change(dataclasses.replace(decided, **heard))  # type: ignore[arg-type]
    assert (await done(world.governor, case, "decide-appeal", {"answer": "OVERTURNED"}))["state"] == "OVERTURNED"
    world.later(days=1)
    path = f"/v1/supporters/{uid('supporter:reviewed')}"
    await done(world.coordinator, path, "stand-down", OWN_WISH)
    assert len(await of_his(world, "supporter:reviewed")) == 2


async def test_nobody_talks_farewell_with_one_who_died(world: World) -> None:
    """All else is seen to; and with nobody to succeed him for, no successors are asked for."""
    gone = await done(world.coordinator, MENTOR, "stand-down", {"reason": "DIED"})
    assert gone["standing"] == "DECEASED"
    (list_,) = await of_his(world)
    assert list_["stillOpen"] == [item for item in OPEN if item != "FAREWELL_TALK"]
    path = f"/v1/supporters/{uid('supporter:second-mentor')}"
    kept = await world.record(HandOver, uid("hand-over"))
    assert kept.supporter == uid("supporter:second-mentor")
    await done(world.coordinator, path, "stand-down", {"reason": "DIED"})
    assert len(await of_his(world, "supporter:second-mentor")) == 1
    assert (await world.record(Supporter, uid("supporter:second-mentor"))).standing == "DECEASED"

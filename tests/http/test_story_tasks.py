"""What waits for somebody: one list for each viewer, of all that he may do something about, and of nothing besides
(F54; rules 6, 7, 9 and 10)."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from domain.people.reviews import ASKS, MovementReview, ReviewAsks, ReviewKind
from tests.http import stores, tale
from tests.http.cast import uid
from tests.http.tale import done, moved
from tests.http.test_pages import walked
from tests.http.test_story_debriefs import rostered
from tests.http.world import World, observed

TASKS = "/v1/tasks"
NIGHT = pytest.mark.parametrize("empty", stores.MEMORY_FIRST, indirect=True)
FURNISHED = pytest.mark.parametrize("world", stores.MEMORY_FIRST, indirect=True)
WITHOUT_A_LIST = [
    *((name, 403) for name in ("staff", "hub", "security", "inspector", "headquarters", "admin")),
    *((name, 404) for name in ("arthur", "ben", "peer-coordinator", "far-man")),
]


async def waits(world: World, by: str) -> list[dict[str, Any]]:
    """What waits for a member."""
    answer = await world[by].get(TASKS)
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


async def what(world: World, by: str) -> list[tuple[str, str]]:
    """What and which, in its order."""
    return [(task["what"], task["which"]) for task in await waits(world, by)]


@NIGHT
async def test_a_request_waits_for_its_next_step_with_those_on_duty(empty: World) -> None:
    """To be offered, to be answered, for a door: one line at a time, with what is late by then. It is on the list of
    the officer of that wing and of whoever runs the night; on nobody else's, at no step."""
    await tale.listeners_open(empty)
    await tale.on_duty(empty)
    await tale.on_duty(empty, "second-officer", "MDI-B")
    others = ("second-officer", "coordinator", "safer", "governor", "imb", "samaritan", "listener", "second-listener")
    before = {name: observed(await empty[name].get(TASKS)) for name in others}
    path = await tale.asked(empty)
    id = path.rpartition("/")[2]
    steps = [
        ("REQUEST_TO_OFFER", ("offer", {}), 0),
        ("OFFER_TO_ANSWER", ("answer", {"accepted": True}), 10),
        ("DOOR_TO_UNLOCK", ("unlock", {"place": "LISTENER_SUITE"}), 40),
    ]
    for step, (action, body), minutes in steps:
        since = empty.now
        empty.later(minutes=minutes)
        for name in ("officer", "oscar"):
            (task,) = await waits(empty, name)
            assert (task["what"], task["kind"], task["which"]) == (step, "request", id)
            assert task["dueOn"] is None
            assert task["dueAt"] == f"{since.replace(minute=since.minute + 30):%Y-%m-%dT%H:%M:%SZ}"
            assert task["late"] is (minutes > 30)
        assert {name: observed(await empty[name].get(TASKS)) for name in others} == before
        empty.at(since)
        await done(empty.officer, path, action, body)
    assert await waits(empty, "officer") == await waits(empty, "oscar") == []


@NIGHT
async def test_a_life_at_risk_is_queued_nowhere_and_nothing_outlives_its_hour(empty: World) -> None:
    """It is recorded and no task (rule 5); what was asked for is gone from the list with the night's hour (rule 2), and
    for whoever's duty is over before."""
    await tale.listeners_open(empty)
    await tale.on_duty(empty)
    await tale.asked(empty, urgency="LIFE_AT_RISK")
    assert await waits(empty, "oscar") == []
    path = await tale.asked(empty, key="night-key-0002")
    assert await what(empty, "oscar") == [("REQUEST_TO_OFFER", path.rpartition("/")[2])]
    empty.at(tale.NIGHT.replace(hour=9, minute=45))
    assert await waits(empty, "oscar") == await waits(empty, "officer") == []


@FURNISHED
async def test_whom_nothing_may_wait_for_has_no_list(world: World) -> None:
    """Staff whose role moves nothing are refused; of those in custody who are helped, and for a peer coordinator, there
    is no such place (rules 7 and 10)."""
    for name, status in WITHOUT_A_LIST:
        assert (await world[name].get(TASKS)).status_code == status, name
    nowhere = observed(await world.arthur.get("/v1/there-is-no-such-thing"))
    assert observed(await world.arthur.get(TASKS)) == nowhere


@FURNISHED
async def test_nothing_waits_that_its_viewer_cannot_read(world: World) -> None:
    """Each line's record is read at its own address by whoever has it on his list, for one of his purposes."""
    await tale.on_duty(world, "officer", "MDI-A", "MDI-B")
    lists = {"conduct": "conduct-records", "enrolment-goal": "goals", "rota-wish": "rota-wishes"}
    met = set[str]()
    for name in ("officer", "oscar", "coordinator", "safer", "governor", "imb", "facilitator", "samaritan", "mentor"):
        for task in await waits(world, name):
            met.add(task["what"])
            path = f"/v1/{lists.get(task['kind'], task['kind'] + 's')}/{task['which']}"
            read = await world[name].get(path)
            if read.status_code == 400:
                read = await world[name].get(path, purpose=read.json()["choices"][0])
            assert read.status_code == 200, (name, task, read.text)
    assert {"REQUEST_TO_OFFER", "OFFER_TO_ANSWER", "DOOR_TO_UNLOCK", "SCHEME_TO_OFFER", "ARRIVAL_TO_MEET"} <= met
    assert {"FOLLOW_UP_DUE", "MENTOR_TO_FIND", "SUSPENSION_TO_REVIEW", "CONDUCT_TO_REVIEW", "DEBRIEF_TO_HOLD"} <= met
    assert {"MOVEMENT_TO_REVIEW", "WISH_TO_DECIDE"} <= met


async def test_what_was_found_of_a_movement_waits_for_those_who_settle_it(world: World) -> None:
    """Whoever runs the scheme has what he may settle on his list, and not a role that is looked at for what security
    knows: that waits for those who are cleared for it."""
    (arrived,) = await world.records(MovementReview, prison="MDI")
    alert = {"id": uid("movement-review:alert"), "kind": ReviewKind.ALERT, "asks": ASKS[ReviewKind.ALERT]}
    await world.keep([replace(arrived, **alert)])
    found: dict[UUID, MovementReview] = {each.id: each for each in await world.records(MovementReview, prison="MDI")}
    asked = {
        name: {found[UUID(t["which"])].asks for t in await waits(world, name) if t["what"] == "MOVEMENT_TO_REVIEW"}
        for name in ("coordinator", "safer", "governor", "officer")
    }
    assert asked["safer"] == asked["governor"] == {ReviewAsks.PERSON_ARRIVED, ReviewAsks.CHECK_ROLE}
    assert asked["coordinator"] == {ReviewAsks.PERSON_ARRIVED}
    assert asked["officer"] == set()


@FURNISHED
async def test_a_debrief_waits_for_both_until_each_has_done_his_part(world: World) -> None:
    """At the band's end and not before: the Listener says how hard it was, and it is on his list no more; the
    Samaritans have it until the talk was held. Nobody of the prison has it."""
    await rostered(world)
    world.later(hours=21, minutes=44)
    assert await waits(world, "listener") == await waits(world, "samaritan") == []
    world.later(minutes=1)
    (his,), (theirs,) = await waits(world, "listener"), await waits(world, "samaritan")
    assert (his["what"], theirs["what"]) == ("DEBRIEF_TO_RATE", "DEBRIEF_TO_HOLD")
    assert his["which"] == theirs["which"]
    assert (his["dueAt"], his["late"]) == ("2026-11-25T07:45:00Z", False)
    for name in ("coordinator", "safer", "governor", "oscar", "second-listener"):
        assert his["which"] not in [id for _, id in await what(world, name)], name
    world.later(days=1, minutes=1)
    assert (await waits(world, "samaritan"))[0]["late"] is True
    path = f"/v1/debriefs/{his['which']}"
    await done(world.listener, path, "rate", {"hard": 3, "talk": True})
    assert await waits(world, "listener") == []
    assert len(await waits(world, "samaritan")) == 1
    await done(world.samaritan, path, "hold", {})
    assert await waits(world, "samaritan") == []


@FURNISHED
async def test_follow_ups_wait_for_whose_they_are_and_reviews_for_their_week(world: World) -> None:
    """A follow-up of the supporter's is on his list and on that of whoever runs the scheme; on the wing's and the
    partner's are their own. What is due in more than a week waits for nobody yet; a day that has passed is late."""
    follow_up = ("FOLLOW_UP_DUE", str(uid("follow-up")))
    for name, has in (("mentor", True), ("coordinator", True), ("facilitator", False), ("second-mentor", False)):
        assert (follow_up in await what(world, name)) is has, name
    case = f"/v1/enrolments/{uid('enrolment')}"
    for whose, on in (("STAFF", "2026-11-24"), ("PARTNER", "2026-11-30"), ("PARTNER", "2026-12-01")):
        body = {"what": "MEET_AGAIN", "whose": whose, "dueOn": on}
        assert (await world.coordinator.post(f"{case}/follow-ups", body)).status_code == 201
    await tale.on_duty(world)
    assert [(t["what"], t["dueOn"]) for t in await waits(world, "officer") if t["kind"] == "follow-up"] == [
        ("FOLLOW_UP_DUE", "2026-11-24")
    ]
    partners = [t["dueOn"] for t in await waits(world, "facilitator") if t["what"] == "FOLLOW_UP_DUE"]
    assert partners == ["2026-11-30"]
    await done(world.mentor, f"/v1/follow-ups/{uid('follow-up')}", "settle", {"outcome": "DONE"})
    assert follow_up not in await what(world, "mentor")
    assert ("ENROLMENT_TO_REVIEW", str(uid("enrolment"))) not in await what(world, "coordinator")
    reviewed = (await world.coordinator.get(case)).json()
    world.later(days=(date.fromisoformat(reviewed["reviewDueOn"]) - world.now.date()).days + 1)
    late = next(t for t in await waits(world, "coordinator") if t["what"] == "ENROLMENT_TO_REVIEW")
    assert (late["which"], late["dueOn"], late["late"]) == (str(uid("enrolment")), reviewed["reviewDueOn"], True)
    await done(world.coordinator, case, "review", {"found": "GOES_ON"})
    assert late["which"] not in [id for what_, id in await what(world, "coordinator") if what_ == late["what"]]


@FURNISHED
async def test_a_suspension_waits_for_another_than_whoever_suspended(world: World) -> None:
    """Safer custody suspends: it is on the governor's list and never on his own (rule 17); the supporter has no list
    from then on, and none of the wing has it."""
    reason = {"category": "RISK", "disclosedReason": "GENERAL_REVIEW"}
    his = f"/v1/supporters/{uid('supporter:insider')}"
    before = await what(world, "safer")
    answer = await moved(world.safer, his, "suspend", reason)
    assert answer.status_code in (200, 201), answer.text
    assert await what(world, "safer") == before
    (new,) = [t for t in await waits(world, "governor") if t["kind"] == "suspension" and t["dueOn"] == "2026-11-30"]
    assert (new["what"], new["kind"], new["late"]) == ("SUSPENSION_TO_REVIEW", "suspension", False)
    assert (await world.insider.get(TASKS)).status_code == 404
    for name in ("officer", "oscar", "coordinator", "imb"):
        assert new["which"] not in [id for _, id in await what(world, name)], name


@FURNISHED
async def test_it_is_paged_as_other_lists_are(world: World) -> None:
    """From `Link` to `Link`, one by one: the whole, in its order, each once; a cursor of another's list opens nothing;
    of each page the ledger has what was on it and nothing besides."""
    whole = await waits(world, "coordinator")
    assert len(whole) > 3
    pages = await walked(world, f"{TASKS}?limit=1")
    assert [task for page in pages for task in page] == whole
    dues = [t["dueAt"] or f"{t['dueOn']}T23:59:59Z" for t in whole]
    assert dues == sorted(dues)
    first = (await world.coordinator.get(f"{TASKS}?limit=1")).json()
    seen = {id for sight in world.last.sights for id in sight.ids}
    assert seen == {UUID(first["items"][0]["which"])}
    assert (await world.safer.get(f"{TASKS}?cursor={first['next']}")).status_code == 400
    assert (await world.coordinator.get(f"{TASKS}?limit=0")).status_code == 400


@FURNISHED
async def test_of_a_supporter_the_ledger_says_no_name(world: World) -> None:
    """That he looked, to the hour; not who he is, whatever was on his list (rule 4)."""
    await waits(world, "mentor")
    assert (world.last.verb, world.last.actor, world.last.closed) == ("READ_TASKS", None, True)
    assert (world.last.at.minute, world.last.at.second) == (0, 0)

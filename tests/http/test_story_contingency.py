"""A contingency plan of a reading scheme, from a lockdown to its review, over HTTP."""

from datetime import timedelta
from typing import Any

import pytest

from domain.confidentiality.entry import Outcome
from tests.http.cast import START, uid
from tests.http.operations import operation
from tests.http.tale import changes, done, moved
from tests.http.world import World, codes, observed, problem

SCHEME = f"/v1/schemes/{uid('scheme:shannon')}"
ON = f"/v1/activations/{uid('activation')}"
PLAN: dict[str, Any] = {
    "trigger": "LOCKDOWN",
    "cover": ["PRINTED_MATERIAL"],
    "tell": ["ORDERLY_OFFICER", "PARTNER", "SUPPORTERS"],
    "reviewOn": "2027-01-31",
}


async def test_a_plan_switches_on_and_is_logged_ended_and_reviewed(world: World) -> None:
    """The coordinator plans; at night the orderly officer switches it on; each who must be told is ticked with a time;
    it ends once all have been, and is reviewed within two weeks. The plan knows what is under way."""
    mark = len(world.entries())
    made = await world.coordinator.post(f"{SCHEME}/contingency-plans", PLAN)
    assert (made.status_code, made.json()["activation"], made.json()["inForce"]) == (201, None, True)
    plan = made.headers["location"]
    assert plan == f"/v1/contingency-plans/{made.json()['id']}"
    on = (await done(world.oscar, plan, "start", {"why": "TRIGGER_MET"}))["activation"]
    path = f"/v1/activations/{on}"
    shown = (await world.governor.get(path)).json()
    assert (shown["state"], shown["trigger"], shown["notTold"]) == ("ACTIVE", "LOCKDOWN", PLAN["tell"])
    assert codes(await moved(world.oscar, path, "end")) == ["NOT_EVERYONE_TOLD"]
    for minutes, who in ((1, "ORDERLY_OFFICER"), (9, "PARTNER"), (20, "SUPPORTERS")):
        world.at(START + timedelta(minutes=minutes))
        said = await done(world.oscar, path, "log", {"code": "TOLD", "told": who})
    assert (said["notTold"], said["logEntries"]) == ([], 3)
    world.later(minutes=5)
    await done(world.safer, path, "log", {"code": "COVER_STARTED", "words": "Sheets are on the landings."})
    log = (await world.imb.get(f"{SCHEME}/log-entries?activation={on}")).json()["items"]
    assert [(line["at"], line["told"] or line["words"]) for line in log] == [
        ("2026-11-23T10:01:00Z", "ORDERLY_OFFICER"),
        ("2026-11-23T10:09:00Z", "PARTNER"),
        ("2026-11-23T10:20:00Z", "SUPPORTERS"),
        ("2026-11-23T10:25:00Z", "Sheets are on the landings."),
    ]
    ended = await done(world.oscar, path, "end")
    assert (ended["state"], ended["reviewOn"], ended["reviewOverdue"]) == ("ENDED", "2026-12-07", False)
    assert (await world.coordinator.get(plan)).json()["activation"] is None
    world.later(days=15)
    assert (await world.coordinator.get(path)).json()["reviewOverdue"] is True
    learned = {"learned": "PLAN_TO_BE_CHANGED", "learnedInWords": "Tell the library too."}
    reviewed = await done(world.coordinator, path, "review", learned)
    assert (reviewed["state"], reviewed["reviewOverdue"], reviewed["reviewedOn"]) == ("REVIEWED", False, "2026-12-08")
    assert changes(world, mark) == [
        ("coordinator", "COORDINATOR", "KEEP_CONTINGENCY_PLAN", "DONE", False, ("contingency-plan",)),
        ("oscar", "ORDERLY_OFFICER", "START_CONTINGENCY_PLAN", "DONE", False, ("activation", "contingency-plan")),
        ("oscar", "ORDERLY_OFFICER", "END_ACTIVATION", "NOT_NOW", False, ()),
        *[("oscar", "ORDERLY_OFFICER", "LOG_ACTIVATION", "DONE", False, ("activation", "log-entry"))] * 3,
        ("safer", "SAFER_CUSTODY", "LOG_ACTIVATION", "DONE", False, ("activation", "log-entry")),
        ("oscar", "ORDERLY_OFFICER", "END_ACTIVATION", "DONE", False, ("activation", "contingency-plan")),
        ("coordinator", "COORDINATOR", "REVIEW_ACTIVATION", "DONE", False, ("activation",)),
    ]


async def test_what_is_on_is_found_by_its_state(world: World) -> None:
    """`state=ACTIVE` lists what is on now; when it ends it is there no more."""
    path = f"{SCHEME}/activations?state=ACTIVE"
    assert [a["id"] for a in (await world.officer.get(path)).json()["items"]] == [str(uid("activation"))]
    await done(world.governor, ON, "end", {"untoldBecause": "OVER_BEFORE_THEY_COULD_BE"})
    assert (await world.officer.get(path)).json()["items"] == []


async def test_a_plan_that_is_on_is_not_switched_on_again_nor_changed(world: World) -> None:
    """Nor is one that was given up; both are read."""
    on = f"/v1/contingency-plans/{uid('contingency-plan:on')}"
    assert codes(await moved(world.governor, on, "start", {"why": "PRECAUTION"})) == ["PLAN_ACTIVE"]
    changed = await world.coordinator.patch(on, {"cover": ["STAFF"]}, tag=await world.coordinator.tag(on))
    assert (changed.status_code, codes(changed)) == (409, ["PLAN_ACTIVE"])
    off = f"/v1/contingency-plans/{uid('contingency-plan')}"
    given_up = await world.coordinator.patch(off, {"inForce": False}, tag=await world.coordinator.tag(off))
    assert given_up.json()["inForce"] is False
    assert codes(await moved(world.governor, off, "start", {"why": "PRECAUTION"})) == ["PLAN_NOT_IN_FORCE"]
    assert (await world.officer.get(off)).status_code == 200


async def test_all_that_forbids_an_end_is_told_at_once(world: World) -> None:
    """Ended already, and not everybody told: two codes; and a reason is none where everybody was told."""
    await done(world.governor, ON, "end", {"untoldBecause": "NOT_CONCERNED"})
    assert codes(await moved(world.governor, ON, "end")) == ["STATE_ENDED", "NOT_EVERYONE_TOLD"]
    told = f"/v1/activations/{uid('activation:ended')}"
    reason = await moved(world.governor, told, "end", {"untoldBecause": "EXERCISE_ONLY"})
    assert problem(reason) == (422, "unacceptable", [("EVERYONE_TOLD", "/untoldBecause")])


@pytest.mark.parametrize(
    ("action", "body", "status", "code"),
    [
        ("log", {"code": "TOLD"}, 422, "TOLD_GOES_WITH_TOLD"),
        ("log", {"code": "NOTE", "told": "PARTNER"}, 422, "TOLD_GOES_WITH_TOLD"),
        ("log", {"code": "TOLD", "told": "ORDERLY_OFFICER"}, 409, "ALREADY_TOLD"),
        ("log", {"code": "NOTE", "words": "Ask a 1234 bc"}, 422, "LOOKS_LIKE_A_PRISON_NUMBER"),
        ("review", {"learned": "PLAN_WORKED"}, 409, "STATE_ACTIVE"),
    ],
)
async def test_what_an_activation_does_not_take(
    world: World, action: str, body: dict[str, Any], status: int, code: str
) -> None:
    """A code that fits its members, nobody ticked twice, no number in words, no review before the end."""
    answer = await moved(world.coordinator, ON, action, body)
    assert (answer.status_code, codes(answer)) == (status, [code])
    assert world.seen.kept == []


async def test_a_plan_says_nothing_twice_and_something_at_least(world: World) -> None:
    """Both lists at once."""
    twice = {**PLAN, "cover": ["STAFF", "STAFF"], "tell": ["PARTNER", "PARTNER"]}
    answer = await world.coordinator.post(f"{SCHEME}/contingency-plans", twice)
    assert problem(answer) == (422, "unacceptable", [("TWICE", "/cover"), ("TWICE", "/tell")])
    empty = await world.coordinator.post(f"{SCHEME}/contingency-plans", {**PLAN, "cover": [], "tell": []})
    assert problem(empty)[2] == [("TOO_FEW_ITEMS", "/cover"), ("TOO_FEW_ITEMS", "/tell")]


async def test_plans_are_for_those_who_run_and_watch_over_the_prison(world: World) -> None:
    """An officer reads and does not switch on; people in custody find nothing; another prison's coordinator and another
    partner find what never was."""
    plan = f"/v1/contingency-plans/{uid('contingency-plan')}"
    assert (await world.officer.get(plan)).status_code == 200
    assert (await world.officer.post(f"{plan}/start", {"why": "EXERCISE"}, tag='"x"')).status_code == 403
    assert (await world.hub.get(plan)).status_code == 403
    for name in ("arthur", "mentor", "peer-coordinator", "far-coordinator", "samaritan"):
        for path in (plan, f"{SCHEME}/contingency-plans"):
            assert (await world[name].get(path)).status_code == 404
    never = f"/v1/schemes/{uid('never-existed')}/contingency-plans"
    hidden = await world["far-coordinator"].get(f"{SCHEME}/contingency-plans")
    assert observed(hidden) == observed(await world["far-coordinator"].get(never))
    assert (await world.facilitator.get(plan)).status_code == 200


async def test_to_a_scheme_that_is_closed_nothing_is_added(world: World) -> None:
    """Its registers are history: read, and left as they are."""
    scheme = f"/v1/schemes/{uid('scheme:draft')}"
    own = await world.coordinator.post(f"{scheme}/contingency-plans", PLAN)
    await done(world.coordinator, scheme, "close", {"reason": "NO_DEMAND"})
    added = await world.coordinator.post(f"{scheme}/contingency-plans", PLAN)
    assert (added.status_code, codes(added)) == (409, ["SCHEME_CLOSED"])
    path = own.headers["location"]
    changed = await world.coordinator.patch(path, {"inForce": False}, tag=await world.coordinator.tag(path))
    assert codes(changed) == ["SCHEME_CLOSED"]
    assert codes(await moved(world.governor, path, "start", {"why": "EXERCISE"})) == ["SCHEME_CLOSED"]
    assert world.last.outcome is Outcome.NOT_NOW


async def test_a_cursor_of_one_schemes_list_is_none_of_anothers(world: World) -> None:
    """Though both lists are of one kind, and his."""
    first = await world.coordinator.get(f"{SCHEME}/contingency-plans?limit=1")
    cursor = first.json()["next"]
    assert (await world.coordinator.get(f"{SCHEME}/contingency-plans?limit=1&cursor={cursor}")).status_code == 200
    other = f"/v1/schemes/{uid('scheme:insiders')}/contingency-plans?limit=1&cursor={cursor}"
    assert problem(await world.coordinator.get(other))[2] == [("CURSOR", "query:cursor")]


async def test_the_list_shows_what_is_derived_as_each_record_does(world: World) -> None:
    """A plan whose review is overdue says so in the list and alone; its tag tells the day on which it became so."""
    plan = f"/v1/contingency-plans/{uid('contingency-plan')}"
    before = await world.coordinator.tag(plan)
    assert (await world.coordinator.get(plan)).json()["reviewOverdue"] is False
    world.later(days=50)
    assert await world.coordinator.tag(plan) == before
    world.later(days=41)
    alone = await world.coordinator.get(plan)
    listed = (await world.coordinator.get(f"{SCHEME}/contingency-plans?trigger=OUTBREAK")).json()["items"]
    assert (alone.json()["reviewOverdue"], listed) == (True, [alone.json()])
    assert alone.headers["etag"] != before
    stale = await operation("amendContingencyPlan").send(world, tag=before)
    assert stale.status_code == 412

"""What keeps a scheme going, over HTTP: who knows of it, what is looked at again, what it costs, who has a stake in
it."""

from typing import Any

import pytest

from tests.http.cast import uid
from tests.http.operations import operation
from tests.http.tale import done, moved
from tests.http.world import World, codes, problem

SCHEME = f"/v1/schemes/{uid('scheme:shannon')}"
CHECK = f"/v1/checks/{uid('routine-check')}"
CHECKED: dict[str, Any] = {"askedOn": "2026-11-22", "askedBy": "PARTNER", "asked": 3, "knew": 2}
STAKEHOLDER: dict[str, Any] = {
    "role": "GOVERNOR",
    "ofWhom": "Head of reducing reoffending",
    "interest": "HIGH",
    "influence": "HIGH",
    "ways": ["REPORT"],
}


async def items(world: World, what: str, by: str = "coordinator") -> list[dict[str, Any]]:
    """A list under the scheme, as he reads it."""
    answer = await world[by].get(f"{SCHEME}/{what}")
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


async def test_publicity_says_what_is_shown_where_and_until_when(world: World) -> None:
    """Languages, easy read, days; whether it is shown today follows from them. How many it reaches is not for all."""
    made = await operation("addPublicity").send(world)
    assert made.json()["showing"] is False
    listed = await items(world, "publicity", "headquarters")
    assert [(p["medium"], p["showing"], p["reach"], p["withheld"]) for p in listed] == [
        ("POSTER", True, None, ["reach"]),
        ("RADIO", False, None, ["reach"]),
    ]
    world.later(days=10)
    assert [p["showing"] for p in await items(world, "publicity")] == [True, True]
    world.later(days=30)
    assert [p["showing"] for p in await items(world, "publicity?medium=RADIO")] == [False]


async def test_publicity_ends_after_it_begins_and_names_a_language_once(world: World) -> None:
    """Both at once, each at its member."""
    body = operation("addPublicity").example.body or {}
    wrong = {**body, "languages": ["en", "en"], "shownUntil": "2026-11-30"}
    answer = await world.coordinator.post(f"{SCHEME}/publicity", wrong)
    assert problem(answer) == (
        422,
        "unacceptable",
        [("ENDS_BEFORE_START", "/shownUntil"), ("TWICE", "/languages")],
    )


async def test_do_you_know_how_to_ask_is_a_count_and_no_more(world: World) -> None:
    """So many were asked, so many knew; nobody is named and nothing is changed after; not more than were asked, and not
    tomorrow."""
    made = await world.facilitator.post(f"{SCHEME}/spot-checks", CHECKED)
    assert (made.status_code, made.json()["knewPerCent"]) == (201, 67)
    assert [c["knewPerCent"] for c in await items(world, "spot-checks", "evaluator")] == [78, 67]
    wrong = {**CHECKED, "askedOn": "2026-11-24", "knew": 4}
    assert problem(await world.coordinator.post(f"{SCHEME}/spot-checks", wrong)) == (
        422,
        "unacceptable",
        [("MORE_THAN_ASKED", "/knew"), ("IN_THE_FUTURE", "/askedOn")],
    )
    board = {**CHECKED, "askedBy": "MONITORING_BOARD"}
    for who in ("facilitator", "coordinator"):
        assert problem(await world[who].post(f"{SCHEME}/spot-checks", board))[2] == [("WORD_OF_ANOTHER", "/askedBy")]
    assert (await world.imb.post(f"{SCHEME}/spot-checks", board)).status_code == 201
    named = await world.coordinator.post(f"{SCHEME}/spot-checks", {**CHECKED, "who": "Arthur"})
    assert codes(named) == ["UNKNOWN_FIELD"]


async def test_a_check_comes_due_again_after_its_cadence(world: World) -> None:
    """Last done three weeks ago, every four weeks: due in one; then late; done, and due again; given up, and never."""
    shown = (await world.coordinator.get(CHECK)).json()
    assert (shown["nextDueOn"], shown["overdue"]) == ("2026-12-01", False)
    world.later(days=9)
    assert [(c["lookedAt"], c["overdue"]) for c in await items(world, "checks", "imb")] == [
        ("COMMUNICATION_ROUTES", True)
    ]
    said = await done(world.coordinator, CHECK, "record", {"outcome": "ACTION_NEEDED", "foundInWords": "Unheard."})
    assert (said["lastDoneOn"], said["nextDueOn"], said["overdue"]) == ("2026-12-02", "2026-12-30", False)
    action = {"about": "CHECK", "which": str(uid("routine-check")), "what": "Mend the bell.", "owner": "GOVERNOR"}
    made = await world.coordinator.post(f"{SCHEME}/actions", {**action, "dueOn": "2026-12-09"})
    assert made.status_code == 201
    early = await moved(world.coordinator, CHECK, "record", {"outcome": "GOOD", "doneOn": "2026-12-01"})
    assert codes(early) == ["ALREADY_DONE_LATER"]
    ahead = await moved(world.coordinator, CHECK, "record", {"outcome": "GOOD", "doneOn": "2026-12-03"})
    assert problem(ahead) == (422, "unacceptable", [("IN_THE_FUTURE", "/doneOn")])
    tag = await world.coordinator.tag(CHECK)
    given_up = await world.coordinator.patch(CHECK, {"inForce": False}, tag=tag)
    assert (given_up.json()["nextDueOn"], given_up.json()["overdue"]) == (None, False)
    assert codes(await moved(world.coordinator, CHECK, "record", {"outcome": "GOOD"})) == ["NOT_IN_FORCE"]


@pytest.mark.parametrize("cadence", [0, -1, 731, 1.5, "28"])
async def test_a_cadence_is_a_number_of_days(world: World, cadence: Any) -> None:
    """Of one day at least, and of two years at most: every nought days is refused at its member, made or amended."""
    body = {"lookedAt": "TRAINING", "everyDays": cadence, "firstDueOn": "2026-12-01"}
    made = await world.coordinator.post(f"{SCHEME}/checks", body)
    changed = await world.coordinator.patch(CHECK, {"everyDays": cadence}, tag=await world.coordinator.tag(CHECK))
    for answer in (made, changed):
        status, _, [(code, path)] = problem(answer)
        assert (status, path) == (422, "/everyDays")
        assert code in ("OUT_OF_RANGE", "WRONG_TYPE")


async def test_stakeholders_are_staff_and_partners_by_name_and_others_by_group(world: World) -> None:
    """A contact among people in custody is refused; of staff it is kept, and read by those who run the scheme."""
    for role in ("SUPPORTERS", "PEOPLE_WHO_MAY_ASK", "FAMILIES"):
        wrong = {**STAKEHOLDER, "role": role, "contact": "Somebody Made-Up", "ways": ["FORUM", "FORUM"]}
        answer = await world.coordinator.post(f"{SCHEME}/stakeholders", wrong)
        assert problem(answer)[2] == [("NAMES_NOBODY_IN_CUSTODY", "/contact"), ("TWICE", "/ways")]
    made = await world.coordinator.post(f"{SCHEME}/stakeholders", {**STAKEHOLDER, "contact": "Jo Made-Up"})
    assert made.status_code == 201
    listed = await items(world, "stakeholders?role=GOVERNOR", "safer")
    assert [(s["contact"], s["ofWhom"]) for s in listed] == [("Jo Made-Up", "Head of reducing reoffending")]
    for name, status in (("officer", 403), ("evaluator", 403), ("mentor", 404), ("far-coordinator", 404)):
        assert (await world[name].get(made.headers["location"])).status_code == status


async def test_engaging_is_an_action_with_a_next_date_and_an_outcome(world: World) -> None:
    """Late it is overdue; done it has an outcome, and comes again on the day that was said."""
    body = {"about": "STAKEHOLDER", "which": str(uid("stakeholder")), "what": "Brief them.", "owner": "COORDINATOR"}
    made = await world.coordinator.post(f"{SCHEME}/actions", {**body, "dueOn": "2026-11-25"})
    world.later(days=3)
    about = f"actions?about=STAKEHOLDER&which={uid('stakeholder')}"
    assert [(a["dueOn"], a["overdue"]) for a in await items(world, about)] == [("2026-11-25", True)]
    await done(world.coordinator, made.headers["location"], "finish", {"outcome": "DONE", "nextOn": "2027-02-25"})
    assert [(a["dueOn"], a["outcome"], a["overdue"]) for a in await items(world, about)] == [
        ("2026-11-25", "DONE", False),
        ("2027-02-25", None, False),
    ]


async def test_what_is_used_beyond_the_plan_is_seen(world: World) -> None:
    """Month by month, each resource once, in its own unit: 46 hours of 40 are six too many."""
    (hours,) = await items(world, "resources?month=2026-11", "hub")
    assert (hours["kind"], hours["unit"], hours["planned"], hours["used"], hours["over"]) == (
        "STAFF_HOURS",
        "HOURS",
        40,
        46,
        6,
    )
    money = {"kind": "MONEY", "month": "2026-12", "planned": 20_000}
    made = await world.coordinator.post(f"{SCHEME}/resources", money)
    assert (made.json()["unit"], made.json()["used"], made.json()["over"]) == ("MINOR_UNITS", None, 0)
    assert codes(await world.coordinator.post(f"{SCHEME}/resources", money)) == ["ALREADY_PLANNED"]
    path = made.headers["location"]
    spent = await world.coordinator.patch(path, {"used": 20_001}, tag=made.headers["etag"])
    assert spent.json()["over"] == 1
    wrong = {**money, "month": "2026-13", "planned": -1, "kind": "GOLD"}
    assert problem(await world.coordinator.post(f"{SCHEME}/resources", wrong))[2] == [
        ("UNKNOWN_VALUE", "/kind"),
        ("BAD_FORMAT", "/month"),
        ("OUT_OF_RANGE", "/planned"),
    ]


@pytest.mark.parametrize("what", ["publicity", "spot-checks", "checks", "stakeholders", "resources"])
async def test_upkeep_is_for_those_who_run_and_watch_over_the_scheme(world: World, what: str) -> None:
    """Coordinator, partner and oversight read; officers do not; in custody and elsewhere there is nothing."""
    for name in ("coordinator", "facilitator", "safer", "governor", "imb", "inspector"):
        assert await items(world, what, name)
    for name, status in (("officer", 403), ("arthur", 404), ("mentor", 404), ("far-safer", 404), ("samaritan", 404)):
        assert (await world[name].get(f"{SCHEME}/{what}")).status_code == status

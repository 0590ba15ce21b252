"""The risk register of a scheme, and what is done about what stands in it, over HTTP."""

from typing import Any

import pytest

from tests.http.cast import uid
from tests.http.tale import done, line, moved
from tests.http.world import World, codes, problem

SCHEME = f"/v1/schemes/{uid('scheme:shannon')}"
OPEN = f"/v1/risks/{uid('risk:open')}"
NAMED = {
    "ATTITUDE_USERS",
    "ATTITUDE_PEERS",
    "CONFIDENTIALITY",
    "PREFERENTIAL_TREATMENT",
    "COERCION",
    "OVERLOAD",
    "STAFF_BUY_IN",
    "CHURN",
}
ASSESSED = {"likelihood": 4, "impact": 5, "owner": "SAFER_CUSTODY", "reviewOn": "2027-01-11"}


async def risks(world: World, scheme: str, query: str = "", by: str = "coordinator") -> list[dict[str, Any]]:
    """The register as he reads it."""
    answer = await world[by].get(f"{scheme}/risks?limit=100{query}")
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


async def test_every_scheme_begins_with_the_named_risks_unassessed(world: World) -> None:
    """The eight of the evidence, once each, with no score; the one who starts the scheme types none of them."""
    body = {"kind": "INSIDERS", "name": "Insiders on B wing", "prison": "MDI"}
    scheme = (await world.coordinator.post("/v1/schemes", body)).headers["location"]
    found = await risks(world, scheme)
    assert sorted(r["risk"] for r in found) == sorted(NAMED)
    assert {(r["state"], r["score"], r["reviewOverdue"]) for r in found} == {("NOT_ASSESSED", None, False)}
    again = await world.coordinator.post(f"{scheme}/risks", {"risk": "COERCION"})
    assert (again.status_code, codes(again)) == (409, ["ALREADY_LISTED"])


async def test_a_risk_is_assessed_acted_upon_accepted_and_opened_again(world: World) -> None:
    """Its score follows from likelihood and impact and from nothing that is typed; a review that is due is told."""
    path = f"/v1/risks/{uid('risk')}"
    assert codes(await moved(world.coordinator, path, "settle", {"to": "CLOSED", "because": "Unlikely."})) == [
        "STATE_NOT_ASSESSED"
    ]
    said = await done(world.coordinator, path, "assess", ASSESSED)
    assert (said["state"], said["score"], said["assessedOn"], said["owner"]) == (
        "OPEN",
        20,
        "2026-11-23",
        "SAFER_CUSTODY",
    )
    world.later(days=50)
    (late,) = [r for r in await risks(world, SCHEME, "&state=OPEN", "imb") if r["reviewOverdue"]]
    assert late["id"] == str(uid("risk"))
    settled = await done(world.coordinator, path, "settle", {"to": "ACCEPTED", "because": "Two more are trained."})
    assert (settled["state"], settled["settledBecause"]) == ("ACCEPTED", "Two more are trained.")
    lower = await done(world.coordinator, path, "assess", {**ASSESSED, "likelihood": 1, "reviewOn": "2027-06-01"})
    assert (lower["state"], lower["score"], lower["settledBecause"]) == ("OPEN", 5, None)


@pytest.mark.parametrize(
    ("body", "failures"),
    [
        ({**ASSESSED, "likelihood": 0, "impact": 6}, [("OUT_OF_RANGE", "/likelihood"), ("OUT_OF_RANGE", "/impact")]),
        ({**ASSESSED, "score": 25}, [("UNKNOWN_FIELD", "")]),
        ({**ASSESSED, "owner": "JO_SMITH"}, [("UNKNOWN_VALUE", "/owner")]),
    ],
)
async def test_an_assessment_is_of_five_by_five_and_owned_by_a_role(
    world: World, body: dict[str, Any], failures: list[Any]
) -> None:
    """All that is wrong at once; a score is worked out and never taken; an owner is a role and no name."""
    answer = await moved(world.coordinator, OPEN, "assess", body)
    assert problem(answer) == (422, "unacceptable", failures)


async def test_a_risk_without_a_name_of_ours_is_said_in_words(world: World) -> None:
    """OTHER needs words, as often as there are others; words name no number."""
    bare = await world.coordinator.post(f"{SCHEME}/risks", {"risk": "OTHER"})
    assert problem(bare) == (422, "unacceptable", [("OTHER_NEEDS_WORDS", "/inWords")])
    for words in ("The library is closed.", "A mentor is moved often."):
        assert (await world.coordinator.post(f"{SCHEME}/risks", {"risk": "OTHER", "inWords": words})).status_code == 201
    numbered = await world.coordinator.post(f"{SCHEME}/risks", {"risk": "OTHER", "inWords": "It is A 1234 BC."})
    assert problem(numbered)[:2] == (422, "unacceptable")


async def test_actions_are_listed_by_their_day_and_come_again(world: World) -> None:
    """What is late says so; what is finished does not; and what is to be done again is an action of its own."""
    body = {"about": "RISK", "which": str(uid("risk:open")), "what": "Ask the men.", "owner": "COORDINATOR"}
    made = await world.facilitator.post(f"{SCHEME}/actions", {**body, "dueOn": "2026-11-30"})
    assert made.status_code == 201
    path = made.headers["location"]
    world.later(days=8)
    listed = (await world.governor.get(f"{SCHEME}/actions?owner=COORDINATOR")).json()["items"]
    assert [(a["what"], a["overdue"]) for a in listed] == [("Ask the men.", True)]
    ended = await done(world.facilitator, path, "finish", {"outcome": "DONE", "nextOn": "2027-01-04"})
    assert line(world.last)[5] == ("action", "action")
    assert (ended["overdue"], ended["outcome"], ended["doneOn"]) == (False, "DONE", "2026-12-01")
    assert codes(await moved(world.facilitator, path, "finish", {"outcome": "DONE"})) == ["ALREADY_FINISHED"]
    other = await world.facilitator.patch(path, {"what": "Ask all."}, tag=await world.facilitator.tag(path))
    assert (other.status_code, codes(other)) == (409, ["ALREADY_FINISHED"])
    about = f"{SCHEME}/actions?about=RISK&which={uid('risk:open')}"
    items = (await world.governor.get(about)).json()["items"]
    assert [(a["dueOn"], a["outcome"]) for a in items] == [
        ("2026-11-30", "DONE"),
        ("2026-12-23", None),
        ("2027-01-04", None),
    ]


async def test_what_is_due_is_due_by_the_prisons_clocks(world: World) -> None:
    """At half past eleven at night by UTC in summer it is tomorrow in London: what was due today is late there."""
    path = f"/v1/actions/{uid('action')}"
    changed = await world.coordinator.patch(path, {"dueOn": "2027-07-01"}, tag=await world.coordinator.tag(path))
    assert changed.json()["overdue"] is False
    for days in range(0, 240, 40):  # so that nobody's assignment lapses meanwhile
        world.later(days=40 if days else 0)
        await world.coordinator.get(path)
    seen = []
    for instant in ("2027-07-01T22:59:59+00:00", "2027-07-01T23:00:00+00:00"):
        world.at(world.now.fromisoformat(instant))
        seen.append((await world.coordinator.get(path)).json()["overdue"])
    assert seen == [False, True]


async def test_an_action_is_about_something_of_its_scheme(world: World) -> None:
    """A record of another scheme, of another kind, or none at all is refused in one word; so is a next day that is
    past; and a day cannot be emptied."""
    body = {"what": "Ask.", "owner": "COORDINATOR", "dueOn": "2026-12-01"}
    for about, which in (("RISK", "far:risk"), ("CONTINGENCY_PLAN", "risk"), ("ACTIVATION", "never-existed")):
        wrong = {**body, "about": about, "which": str(uid(which))}
        answer = await world.coordinator.post(f"{SCHEME}/actions", wrong)
        assert problem(answer) == (422, "unacceptable", [("NOT_OF_THIS_SCHEME", "/which")])
    action = f"/v1/actions/{uid('action')}"
    late = await moved(world.coordinator, action, "finish", {"outcome": "DONE", "nextOn": "2026-11-22"})
    assert problem(late) == (422, "unacceptable", [("IN_THE_PAST", "/nextOn")])
    tag = await world.coordinator.tag(action)
    assert (await world.coordinator.patch(action, {"dueOn": None}, tag=tag)).status_code == 422
    assert (await world.coordinator.patch(OPEN, {"owner": None, "reviewOn": None}, tag=tag)).status_code == 422


async def test_the_register_is_kept_by_the_coordinator_and_read_by_who_watches(world: World) -> None:
    """The partner reads it and acts; officers are refused; in custody there is nothing; elsewhere it never was."""
    for name in ("safer", "governor", "imb", "inspector", "facilitator"):
        assert len(await risks(world, SCHEME, by=name)) == 2
        assert (await world[name].post(f"{OPEN}/assess", ASSESSED, tag='"x"')).status_code == 403
    for name, status in (("officer", 403), ("headquarters", 403), ("mentor", 404), ("ben", 404), ("far-safer", 404)):
        assert (await world[name].get(OPEN)).status_code == status
        assert (await world[name].get(f"{SCHEME}/risks")).status_code == status

"""A council: whom each wing has elected and until when, what it proposes, who is to answer and by which day, and the
answer on every wing, over HTTP (S4; domain facts 1.9)."""

from typing import Any

from domain.sessions.mandates import Mandate
from tests.http.cast import uid
from tests.http.tale import done, moved
from tests.http.test_story_contacts import run
from tests.http.world import World, codes, observed, problem

TERM: dict[str, Any] = {
    "supporter": str(uid("supporter:COUNCIL")),
    "wing": "MDI-A",
    "electedOn": "2026-11-20",
    "firstOn": "2026-11-23",
    "lastOn": "2027-01-22",
}


async def elected(world: World, path: str, **said: Any) -> str:
    """A wing has elected Ben: the mandate's path."""
    made = await world.coordinator.post(f"{path}/mandates", {**TERM, **said})
    assert made.status_code == 201, made.text
    return made.headers["location"]


async def test_a_wing_elects_somebody_for_a_term(world: World) -> None:
    """From a day to a day, after an election; of one man no two terms overlap. After its last day, or when it is ended
    with why, he speaks for nobody; he reads his own, governor and board read whose it is."""
    path = await run(world, "COUNCIL")
    mandate = await elected(world, path)
    for name in ("ben", "coordinator", "governor", "imb"):
        shown = (await world[name].get(mandate)).json()
        assert (shown["wing"], shown["inOffice"], shown["lastOn"]) == ("MDI-A", True, "2027-01-22"), name
    never = f"/v1/mandates/{uid('never-existed')}"
    for name in ("arthur", "mentor", "far-coordinator"):
        assert observed(await world[name].get(mandate)) == observed(await world[name].get(never)), name
    twice = await world.coordinator.post(f"{path}/mandates", {**TERM, "firstOn": "2027-01-22", "lastOn": "2027-02-28"})
    assert codes(twice) == ["HAS_A_MANDATE"]
    again = await elected(world, path, firstOn="2027-01-23", lastOn="2027-07-22")
    assert (await world.coordinator.get(again)).json()["inOffice"] is False
    world.later(days=61)
    assert (await world.coordinator.get(mandate)).json()["inOffice"] is False
    assert (await world.coordinator.get(again)).json()["inOffice"] is True
    ended = await done(world.coordinator, again, "end", {"because": "RESIGNED"})
    assert (ended["inOffice"], ended["endedOn"], ended["endedFor"]) == (False, "2027-01-23", "RESIGNED")
    assert codes(await moved(world.coordinator, again, "end", {"because": "VOTED_OUT"})) == ["ALREADY_FINISHED"]


async def test_a_term_that_cannot_be(world: World) -> None:
    """It follows its election and has a length; its wing is one of the prison's, and its scheme one that brings
    proposals; whoever stands in another scheme is not there to be elected."""
    path = await run(world, "COUNCIL")
    wrong = {"electedOn": "2026-11-24", "lastOn": "2026-11-22"}
    refused = await world.coordinator.post(f"{path}/mandates", {**TERM, **wrong})
    assert {code for code, _ in problem(refused)[2]} == {"ENDS_BEFORE_START", "TIMES_OUT_OF_ORDER", "IN_THE_FUTURE"}
    away = await world.coordinator.post(f"{path}/mandates", {**TERM, "wing": "LEI-A"})
    assert problem(away)[2] == [("WING_OF_ANOTHER_PRISON", "/wing")]
    mentor = {**TERM, "supporter": str(uid("supporter:mentor"))}
    assert codes(await world.coordinator.post(f"{path}/mandates", mentor)) == ["NOT_AVAILABLE"]
    reading = await world.coordinator.post(f"/v1/schemes/{uid('scheme:shannon')}/mandates", mentor)
    assert codes(reading) == ["KIND_DOES_NOT_ALLOW"]


async def test_who_leaves_the_role_speaks_for_nobody(world: World) -> None:
    """Whoever decides that he goes: his term ends with it."""
    path = await run(world, "COUNCIL")
    mandate = await elected(world, path)
    await done(world.coordinator, f"/v1/supporters/{uid('supporter:COUNCIL')}", "stand-down", {"reason": "OWN_WISH"})
    (kept,) = await world.records(Mandate, scheme=uid("scheme:COUNCIL"))
    assert (kept.ended_for, str(kept.ended_on)) == ("LEFT_THE_ROLE", "2026-11-23")
    assert (await world.coordinator.get(mandate)).json()["inOffice"] is False


async def test_a_proposal_has_somebody_who_answers_by_a_day(world: World) -> None:
    """The council asks the governor; he answers himself, in time or late, with why not; the answer is kept, who gave it
    too, and what came of it is on every wing."""
    path = await run(world, "COUNCIL")
    said = {"fromGroup": "PEOPLE_IN_CUSTODY", "said": "Visits on Sundays.", "toAnswer": "GOVERNOR"}
    made = await world.coordinator.post(f"{path}/proposals", said)
    assert (made.status_code, made.json()["toAnswer"], made.json()["answerDueOn"]) == (201, "GOVERNOR", "2026-12-21")
    proposal = made.headers["location"]
    world.later(days=29)
    assert (await world.governor.get(proposal)).json()["overdue"] is True
    body = {"answer": "REJECTED", "reason": "There is no staff for it on Sundays."}
    answered = await done(world.governor, proposal, "answer", body)
    assert (answered["state"], answered["reason"], answered["overdue"]) == ("REJECTED", body["reason"], False)
    assert answered["answeredBy"] is not None
    assert (await world.imb.get(proposal)).json()["answeredOn"] == "2026-12-22"
    told = {"youSaid": "Visits on Sundays.", "weDid": "Not yet: there is no staff for it."}
    await done(world.safer, proposal, "publish", told)
    for name in ("arthur", "mentor", "officer"):
        (outcome,) = (await world[name].get(f"{path}/outcomes")).json()["items"]
        assert (outcome["youSaid"], outcome["weDid"]) == (told["youSaid"], told["weDid"]), name

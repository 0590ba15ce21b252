"""New arrivals are met within a day, and told first that worries go to staff; who was not met is a list, over HTTP
(S2; scenario: first night)."""

from typing import Any

from domain.schemes.kinds import INSIDERS
from domain.sessions.inductions import checklist_of
from tests.http import tale
from tests.http.cast import uid
from tests.http.tale import done, moved
from tests.http.test_story_learning import INDUCTION
from tests.http.world import World, codes, observed, problem

SCHEME = f"/v1/schemes/{uid('scheme:insiders')}"
NIGEL: dict[str, Any] = {
    "identifier": "A3002QX",
    "name": "Nigel Quickfall",
    "wing": "MDI-A",
    "arrivedAt": "2026-11-23T08:30:00Z",
}


async def arrived(world: World, by: str = "coordinator", **changes: Any) -> str:
    """Somebody has come: the arrival's path."""
    made = await world[by].post(f"{SCHEME}/arrivals", {**NIGEL, **changes})
    assert made.status_code == 201, made.text
    return made.headers["location"]


async def not_met(world: World) -> list[str]:
    """Whom nobody has met in time, by the list of what is due; but for the one who stood there before."""
    items = (await world.coordinator.get(f"{SCHEME}/due")).json()["items"]
    return [
        f"/v1/arrivals/{item['which']}"
        for item in items
        if item["what"] == "ARRIVAL_NOT_MET" and item["which"] != str(uid("arrival"))
    ]


async def test_who_is_not_met_in_a_day_is_on_the_list(world: World) -> None:
    """Noted by the officer on duty; after 24 hours overdue, for coordinator, officer on the wing and safer custody. No
    Insider reads it: a prisoner is told by staff whom to meet."""
    await tale.on_duty(world)
    path = await arrived(world, "officer")
    shown = (await world.officer.get(path)).json()
    assert (shown["meetBy"], shown["overdue"]) == ("2026-11-24T08:30:00Z", False)
    assert await not_met(world) == []
    world.later(hours=23)
    assert await not_met(world) == [path]
    for name in ("coordinator", "safer"):
        assert (await world[name].get(path)).json()["overdue"] is True, name
    never = f"/v1/arrivals/{uid('never-existed')}"
    for name in ("insider", "arthur", "shannon-coordinator", "far-coordinator"):
        assert observed(await world[name].get(path)) == observed(await world[name].get(never)), name
    for name in ("governor", "samaritan", "hub"):
        assert (await world[name].get(path)).status_code == 403, name
    again = await world.coordinator.post(f"{SCHEME}/arrivals", NIGEL)
    assert codes(again) == ["ALREADY_NOTED"]


async def test_a_meeting_that_staff_type_closes_it_by_itself(world: World) -> None:
    """With his number; an earlier meeting than his arrival does not."""
    path = await arrived(world)
    body = {**INDUCTION, "supporter": str(uid("supporter:insider")), "identifier": "A3002QX", "name": "Nigel Quickfall"}
    early = {**body, "arrivedAt": "2026-11-22T19:00:00Z", "seenAt": "2026-11-22T20:00:00Z"}
    assert (await world.coordinator.post("/v1/inductions", early)).status_code == 201
    assert (await world.coordinator.get(path)).json()["metAt"] is None
    body |= {"arrivedAt": "2026-11-23T08:30:00Z", "seenAt": "2026-11-23T09:30:00Z"}
    met = await world.coordinator.post("/v1/inductions", body)
    assert (met.status_code, met.json()["withinADay"]) == (201, True)
    closed = (await world.coordinator.get(path)).json()
    assert (closed["metAt"], closed["induction"]) == ("2026-11-23T09:30:00Z", met.json()["id"])
    world.later(days=2)
    assert await not_met(world) == []


async def test_a_meeting_that_the_insider_types_names_nobody_and_staff_say_whose_it_was(world: World) -> None:
    """He types when and what; the coordinator ticks who it was. One of another scheme, or from before, is none."""
    path = await arrived(world)
    seen = {"arrivedAt": "2026-11-23T08:30:00Z", "seenAt": "2026-11-23T09:45:00Z"}
    met = await world.insider.post("/v1/inductions", {**INDUCTION, **seen})
    both = await moved(world.coordinator, path, "close", {"induction": met.json()["id"], "because": "MOVED_ON"})
    assert problem(both) == (422, "unacceptable", [("MEETING_OR_REASON", "/induction")])
    before = await moved(world.coordinator, path, "close", {"induction": str(uid("induction"))})
    assert problem(before) == (422, "unacceptable", [("NOT_OF_THIS_SCHEME", "/induction")])
    closed = await done(world.coordinator, path, "close", {"induction": met.json()["id"]})
    assert (closed["metAt"], closed["closedFor"], closed["overdue"]) == ("2026-11-23T09:45:00Z", None, False)
    assert codes(await moved(world.coordinator, path, "close", {"because": "MOVED_ON"})) == ["ALREADY_FINISHED"]


async def test_who_has_moved_on_is_met_by_nobody(world: World) -> None:
    """With why; then he is overdue no longer, and may be noted again when he comes again."""
    path = await arrived(world)
    world.later(days=2)
    gone = await done(world.coordinator, path, "close", {"because": "MOVED_ON"})
    assert (gone["closedFor"], gone["overdue"]) == ("MOVED_ON", False)
    assert await not_met(world) == []
    await arrived(world, arrivedAt="2026-11-25T08:00:00Z")


async def test_a_meeting_is_of_one_arrival_and_of_nobody_else(world: World) -> None:
    """One that says whom it was with closes no other man's arrival, and none closes two."""
    nigel = await arrived(world)
    oscar = await arrived(world, identifier="A3003QX", name="Oscar Quickfall")
    times = {"arrivedAt": "2026-11-23T08:30:00Z", "seenAt": "2026-11-23T09:45:00Z"}
    body = {**INDUCTION, **times, "supporter": str(uid("supporter:insider"))}
    named = await world.coordinator.post(
        "/v1/inductions", {**body, "identifier": "A1002QX", "name": "Ben Quillfeather"}
    )
    wrong = await moved(world.coordinator, nigel, "close", {"induction": named.json()["id"]})
    assert problem(wrong) == (422, "unacceptable", [("MEETING_OF_SOMEBODY_ELSE", "/induction")])
    nameless = {**INDUCTION, **times, "another": True}
    met = {"induction": (await world.insider.post("/v1/inductions", nameless)).json()["id"]}
    await done(world.coordinator, oscar, "close", met)
    twice = await moved(world.coordinator, nigel, "close", met)
    assert problem(twice) == (422, "unacceptable", [("MEETING_OF_SOMEBODY_ELSE", "/induction")])


async def test_who_may_note_no_arrivals_learns_of_none(world: World) -> None:
    """Out of reach is absent before anything is looked up: whoever was noted, is known by another name or not at all
    (rules 7 and 13)."""
    await arrived(world)
    never = f"/v1/schemes/{uid('never-existed')}/arrivals"
    tried = (NIGEL, {**NIGEL, "name": "Nigel Other"}, {**NIGEL, "identifier": "A7777QX"})
    for name in ("officer", "shannon-coordinator"):
        nothing = observed(await world[name].post(never, NIGEL))
        assert nothing[0] == 404, name
        for body in tried:
            assert observed(await world[name].post(f"{SCHEME}/arrivals", body)) == nothing, name


async def test_a_worry_goes_to_staff_the_same_day(world: World) -> None:
    """What was gone through and what was left for later, by the kind's own list. The worry is something to be seen to
    for staff of the wing; that the newcomer was not told beforehand does not keep it back, and somebody talks with the
    Insider."""
    body = {**INDUCTION, "concernToldToStaff": True, "followUpOn": "2026-11-24", "toldPolicy": False}
    made = (await world.insider.post("/v1/inductions", body)).json()
    assert (made["toldTooLate"], made["withinADay"]) == (True, True)
    assert set(made["notGoneThrough"]) == {*checklist_of(INSIDERS)} - {*INDUCTION["checklist"]}
    found = (await world.coordinator.get(f"/v1/follow-ups?scheme={uid('scheme:insiders')}&limit=100")).json()["items"]
    follows = {each["what"]: (each["whose"], each["dueOn"]) for each in found if each["which"] == made["id"]}
    assert follows == {
        "HEAR_OF_A_CONCERN": ("STAFF", "2026-11-23"),
        "TALK_WITH_SUPPORTER": ("STAFF", "2026-11-26"),
        "CHECK_BACK": ("SUPPORTER", "2026-11-24"),
    }
    (concern,) = [each["id"] for each in found if each["what"] == "HEAR_OF_A_CONCERN" and each["which"] == made["id"]]
    (back,) = [each["id"] for each in found if each["what"] == "CHECK_BACK" and each["which"] == made["id"]]
    assert (await world.officer.get(f"/v1/follow-ups/{concern}")).status_code == 404
    await tale.on_duty(world)
    seen_to = await done(world.officer, f"/v1/follow-ups/{concern}", "settle", {"outcome": "DONE"})
    assert seen_to["doneOn"] == "2026-11-23"
    assert (await done(world.insider, f"/v1/follow-ups/{back}", "settle", {"outcome": "DONE"}))["outcome"] == "DONE"
    second = {**INDUCTION, "concernToldToStaff": True, "another": True}
    plain = (await world.insider.post("/v1/inductions", second)).json()
    assert plain["toldTooLate"] is False


async def test_more_than_a_day_later_is_said(world: World) -> None:
    """A meeting that was late is taken down as it was, and says so."""
    late = {**INDUCTION, "arrivedAt": "2026-11-21T08:00:00Z"}
    assert (await world.insider.post("/v1/inductions", late)).json()["withinADay"] is False


async def test_an_arrival_is_of_a_scheme_that_meets_arrivals(world: World) -> None:
    """Mentors of reading meet nobody on the first night; a wing of another prison is none, nor a day to come."""
    other = await world.coordinator.post(f"/v1/schemes/{uid('scheme:shannon')}/arrivals", NIGEL)
    assert codes(other) == ["KIND_DOES_NOT_ALLOW"]
    wrong = await world.coordinator.post(
        f"{SCHEME}/arrivals", {**NIGEL, "wing": "LEI-A", "arrivedAt": "2026-11-24T08:00:00Z"}
    )
    assert problem(wrong)[2] == [("WING_OF_ANOTHER_PRISON", "/wing"), ("IN_THE_FUTURE", "/arrivedAt")]
    await tale.on_duty(world, "officer", "MDI-B")
    assert (await world.officer.post(f"{SCHEME}/arrivals", NIGEL)).status_code == 404

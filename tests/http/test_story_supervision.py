"""Supervision, of supporters and of staff: somebody is named, meets them, writes what was agreed, is answered, and is
told when it is late (S22, F39, F40, F43, F44; rows 2.5 and 11.4 of the domain facts)."""

from typing import Any

import pytest

from domain.care.supervision import Supervision
from tests.http import stores
from tests.http.cast import assignment, uid
from tests.http.tale import done, moved
from tests.http.world import World, codes, problem

pytestmark = pytest.mark.parametrize("world", stores.MEMORY_FIRST, indirect=True)
HELD = {"heldOn": "2026-12-01", "themes": ["HARD_CONTACTS", "LOAD_AND_REST"], "agreed": ["FEWER_NIGHTS"]}


async def named(world: World, scheme: str, by: str = "coordinator", **whom: Any) -> Any:
    """Somebody is named to supervise: the answer."""
    return await world[by].post(f"/v1/schemes/{uid(scheme)}/supervisions", whom)


async def supervised(world: World, scheme: str, by: str = "coordinator", **whom: Any) -> str:
    """The same, and it is done: the supervision's path."""
    made = await named(world, scheme, by, **whom)
    assert made.status_code == 201, made.text
    return made.headers["location"]


async def booked(world: World, supervision: str, by: str, day: str = "2026-12-01") -> str:
    """The supervisor books a meeting: its path."""
    made = await world[by].post(f"{supervision}/supervision-talks", {"bookedFor": day})
    assert made.status_code == 201, made.text
    return made.headers["location"]


def of_second_mentor(supervisor: str = "facilitator") -> dict[str, str]:
    """That somebody supervises the second mentor."""
    return {"supervisor": str(assignment(supervisor)), "supporter": str(uid("supporter:second-mentor"))}


async def test_a_supporter_is_supervised_answers_and_is_heard(world: World) -> None:
    """Named by the coordinator, booked and held by the partner's facilitator, answered by the supporter in his own
    words, acknowledged; the cadence then runs from the day it was held. What was said is between the two."""
    path = await supervised(world, "scheme:shannon", **of_second_mentor())
    begun = (await world.coordinator.get(path)).json()
    assert (begun["everyDays"], begun["dueOn"], begun["overdue"], begun["hears"]) == (28, "2026-12-21", False, True)
    talk = await booked(world, path, "facilitator")
    assert (await world.governor.get(path)).json()["bookedFor"] == "2026-12-01"
    world.later(days=8)
    held = await done(world.facilitator, talk, "hold", {**HELD, "note": "You may say no to a third night."})
    assert (held["state"], held["agreed"]) == ("HELD", ["FEWER_NIGHTS"])
    supporter = world["second-mentor"]
    assert (await supporter.get(talk)).json()["note"] == "You may say no to a third night."
    said = await done(supporter, talk, "answer", {"answer": "DISAGREE", "inWords": "I would rather keep them."})
    assert (said["state"], said["answerInWords"]) == ("ANSWERED", "I would rather keep them.")
    assert (await done(world.facilitator, talk, "acknowledge"))["acknowledgedOn"] == "2026-12-01"
    assert codes(await moved(world.facilitator, talk, "hold", HELD)) == ["STATE_ACKNOWLEDGED"]
    after = (await world.coordinator.get(path)).json()
    assert (after["lastHeldOn"], after["dueOn"], after["bookedFor"]) == ("2026-12-01", "2026-12-29", None)
    for name in ("coordinator", "safer", "governor", "samaritan", "mentor"):
        assert (await world[name].get(talk)).status_code == 404, name
    for name in ("officer", "oscar", "hub", "imb", "inspector", "headquarters"):
        assert (await world[name].get(talk)).status_code in (403, 404), name
    for name in ("arthur", "peer-coordinator"):
        assert (await world[name].get(talk)).status_code == 404, name


async def test_what_is_late_is_told_to_who_can_mend_it(world: World) -> None:
    """The last day is in time, the next is late: in the supervision itself and in the list of what waits, the oldest
    first. Nobody else has that list."""
    path = await supervised(world, "scheme:shannon", **of_second_mentor())
    waits = f"/v1/schemes/{uid('scheme:shannon')}/overdue"
    world.later(days=28)
    assert (await world.coordinator.get(path)).json()["overdue"] is False
    world.later(days=1)
    assert (await world.coordinator.get(path)).json()["overdue"] is True
    items = (await world.coordinator.get(waits)).json()["items"]
    late = [(i["supporter"], i["since"]) for i in items if i["what"] == "SUPERVISION_OVERDUE"]
    assert (str(uid("supporter:second-mentor")), "2026-12-21") in late
    assert [i["since"] for i in items] == sorted(i["since"] for i in items)
    for name in ("officer", "oscar", "hub", "safer", "governor", "imb", "inspector", "headquarters", "evaluator"):
        assert (await world[name].get(waits)).status_code == 403, name
    for name in ("mentor", "arthur", "peer-coordinator", "samaritan", "far-coordinator"):
        assert (await world[name].get(waits)).status_code == 404, name


async def test_who_has_no_supervisor_and_no_place_on_the_rota_waits_too(world: World) -> None:
    """Three Listeners whom nobody supervises and whom nobody has rostered: each is in the list, for both reasons."""
    items = (await world.samaritan.get(f"/v1/schemes/{uid('scheme:listeners')}/overdue")).json()["items"]
    listeners = {str(uid(f"supporter:{n}")) for n in ("listener", "second-listener", "third-listener")}
    for what in ("SUPERVISOR_MISSING", "NOT_ROSTERED"):
        assert {i["supporter"] for i in items if i["what"] == what} == listeners
    await supervised(
        world, "scheme:listeners", supervisor=str(assignment("samaritan")), supporter=str(uid("supporter:listener"))
    )
    entry = {"supporter": str(uid("supporter:listener")), "day": "2026-11-24", "band": "NIGHT"}
    assert (await world.coordinator.post(f"/v1/schemes/{uid('scheme:listeners')}/roster", entry)).status_code == 201
    items = (await world.samaritan.get(f"/v1/schemes/{uid('scheme:listeners')}/overdue")).json()["items"]
    assert str(uid("supporter:listener")) not in {i["supporter"] for i in items}


async def test_a_meeting_that_was_missed_is_held_against_nobody(world: World) -> None:
    """A reason in a code, the day is free, the cadence does not move; and another is booked."""
    path = await supervised(world, "scheme:shannon", **of_second_mentor())
    talk = await booked(world, path, "facilitator")
    missed = await done(world.facilitator, talk, "miss", {"reason": "NOT_UNLOCKED"})
    assert (missed["state"], missed["missedFor"]) == ("MISSED", "NOT_UNLOCKED")
    after = (await world.coordinator.get(path)).json()
    assert (after["bookedFor"], after["lastHeldOn"], after["dueOn"]) == (None, None, "2026-12-21")
    assert codes(await moved(world.facilitator, talk, "hold", HELD)) == ["STATE_MISSED"]
    await booked(world, path, "facilitator", "2026-12-02")
    past = await world.facilitator.post(f"{path}/supervision-talks", {"bookedFor": "2026-11-22"})
    assert problem(past) == (422, "unacceptable", [("IN_THE_PAST", "/bookedFor")])


async def test_of_listeners_nothing_is_written_in_words(world: World) -> None:
    """Closed policy: codes, and not a word of either side (rule 20)."""
    path = await supervised(
        world, "scheme:listeners", supervisor=str(assignment("samaritan")), supporter=str(uid("supporter:listener"))
    )
    assert (await world.samaritan.get(path)).json()["everyDays"] == 14
    talk = await booked(world, path, "samaritan", "2026-11-23")
    wordy = {**HELD, "heldOn": "2026-11-23", "note": "He spoke of a man on the wing."}
    refused = await moved(world.samaritan, talk, "hold", wordy)
    assert problem(refused) == (422, "unacceptable", [("MAY_NOT_BE_HELD", "/note")])
    both = await moved(world.samaritan, talk, "hold", {**wordy, "heldOn": "2027-11-23"})
    assert problem(both)[2] == [("IN_THE_FUTURE", "/heldOn"), ("MAY_NOT_BE_HELD", "/note")]
    await done(world.samaritan, talk, "hold", {**HELD, "heldOn": "2026-11-23"})
    wordy = {"answer": "AGREE", "inWords": "It was about a man on the wing."}
    refused = await moved(world.listener, talk, "answer", wordy)
    assert problem(refused) == (422, "unacceptable", [("MAY_NOT_BE_HELD", "/inWords")])
    assert (await done(world.listener, talk, "answer", {"answer": "AGREE"}))["answerInWords"] is None


async def test_staff_are_supervised_as_well(world: World) -> None:
    """The coordinator by safer custody, in the same steps; the coordinator reads and answers what is his own, and a
    load is shown of nobody: he is no supporter."""
    path = await supervised(
        world, "scheme:insiders", supervisor=str(assignment("safer")), staff=str(assignment("coordinator"))
    )
    shown = (await world.governor.get(path)).json()
    assert (shown["supporter"], shown["hears"], shown["everyDays"]) == (None, False, 28)
    talk = await booked(world, path, "safer", "2026-11-23")
    own = {"acting_as": "own"}
    assert (await world.coordinator.get(talk, **own)).json()["bookedFor"] == "2026-11-23"
    await done(world.safer, talk, "hold", {**HELD, "heldOn": "2026-11-23", "note": "Leave at five on Fridays."})
    tag = await world.coordinator.tag(talk, **own)
    said = await world.coordinator.post(f"{talk}/answer", {"answer": "TALK_AGAIN"}, tag=tag, **own)
    assert (said.status_code, said.json()["answer"]) == (200, "TALK_AGAIN")
    assert (await done(world.safer, talk, "acknowledge"))["state"] == "ACKNOWLEDGED"
    for name in ("staff", "governor", "officer", "shannon-coordinator"):
        assert (await world[name].get(talk)).status_code in (403, 404), name
    world.later(days=29)
    items = (await world.coordinator.get(f"/v1/schemes/{uid('scheme:insiders')}/overdue")).json()["items"]
    late = [i for i in items if i["what"] == "SUPERVISION_OVERDUE"]
    assert [(i["supporter"], i["which"]) for i in late] == [(None, path.rpartition("/")[2])]


async def test_a_governor_may_lead_supervision(world: World) -> None:
    """Whoever may be named can also do what he was named for."""
    path = await supervised(
        world, "scheme:insiders", supervisor=str(assignment("governor")), supporter=str(uid("supporter:insider"))
    )
    talk = await booked(world, path, "governor", "2026-11-23")
    await done(world.governor, talk, "hold", {**HELD, "heldOn": "2026-11-23"})
    check = {"rated": 2, "intrusiveThoughts": True, "sleep": "BADLY", "wantsPause": True}
    made = await world.insider.post(f"/v1/supporters/{uid('supporter:insider')}/wellbeing-checks", check)
    assert (await world.governor.get(made.headers["location"])).status_code == 403, "of the prison he hears no more"


@pytest.mark.parametrize(
    "supervisor", ["officer", "hub", "imb", "samaritan", "far-coordinator", "shannon-coordinator", "security"]
)
async def test_who_may_not_lead_supervision(world: World, supervisor: str) -> None:
    """Wing, hub, security, the monitoring board, another partner, another prison, another scheme's coordinator: one
    answer for all of them, and for an assignment that there is not."""
    whom = {"supporter": str(uid("supporter:insider"))}
    refused = await named(world, "scheme:insiders", supervisor=str(assignment(supervisor)), **whom)
    assert problem(refused) == (422, "unacceptable", [("SUPERVISOR_UNKNOWN", "/supervisor")])
    unknown = await named(world, "scheme:insiders", supervisor=str(uid("nobody's assignment")), **whom)
    assert refused.content == unknown.content


async def test_one_supervisor_at_a_time_and_never_oneself(world: World) -> None:
    """Of two kinds of supervised one is named; both reasons at once; and after an end another may be named."""
    both = {**of_second_mentor(), "staff": str(assignment("coordinator"))}
    neither = {"supervisor": str(assignment("facilitator"))}
    for wrong in (both, neither):
        assert problem(await named(world, "scheme:shannon", **wrong))[2] == [("ONE_OF_THE_TWO", "/supporter")]
    himself = {"supervisor": str(assignment("coordinator")), "staff": str(assignment("coordinator"))}
    assert codes(await named(world, "scheme:shannon", **himself)) == ["SUPERVISOR_IS_SUPERVISED"]
    path = await supervised(world, "scheme:shannon", **of_second_mentor())
    assert codes(await named(world, "scheme:shannon", **of_second_mentor("coordinator"))) == ["ALREADY_SUPERVISED"]
    ended = await done(world.facilitator, path, "end")
    assert (ended["endedOn"], ended["dueOn"], ended["overdue"]) == ("2026-11-23", None, False)
    assert codes(await moved(world.coordinator, path, "end")) == ["ENDED"]
    book = {"bookedFor": "2026-12-01"}
    assert codes(await world.facilitator.post(f"{path}/supervision-talks", book)) == ["ENDED"]
    await supervised(world, "scheme:shannon", **of_second_mentor("coordinator"))
    assert len(await world.records(Supervision, supporter=uid("supporter:second-mentor"))) == 2
    other = {**of_second_mentor(), "supporter": str(uid("supporter:insider"))}
    assert codes(await named(world, "scheme:shannon", **other)) == ["NOT_AVAILABLE"]
    out = {**of_second_mentor(), "supporter": str(uid("supporter:suspended"))}
    assert codes(await named(world, "scheme:shannon", **out)) == ["SUSPENDED"]


@pytest.mark.parametrize(
    ("name", "status"),
    [(n, 403) for n in ("officer", "oscar", "hub", "safer", "governor", "imb", "headquarters", "evaluator")]
    + [(n, 404) for n in ("mentor", "arthur", "peer-coordinator", "samaritan", "far-coordinator")],
)
async def test_nobody_else_names_a_supervisor(world: World, name: str, status: int) -> None:
    """Coordinator and partner do. Whoever has no such verb is refused; out of reach there is no such scheme."""
    assert (await named(world, "scheme:shannon", name, **of_second_mentor())).status_code == status
    assert await world.records(Supervision, supporter=uid("supporter:second-mentor")) == []

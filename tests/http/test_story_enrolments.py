"""Support lasts for as long as it is needed: goals measured before and after, reviews, what is to be seen to, and a
change of mentor, wing or prison that ends nothing, over HTTP (S5, S7, S8, S9, F54; rule 24)."""

import dataclasses
from typing import Any
from uuid import UUID

import pytest

from domain.people.record import Person
from domain.sessions.record import Enrolment
from tests.http import tale
from tests.http.cast import START, person, uid
from tests.http.furniture import MOORLAND, session
from tests.http.tale import done, moved
from tests.http.world import World, codes, observed, problem

SHANNON = f"/v1/schemes/{uid('scheme:shannon')}"
LEARNING = f"/v1/enrolments/{uid('enrolment')}"
BEN: dict[str, Any] = {
    "scheme": str(uid("scheme:shannon")),
    "identifier": "A1002QX",
    "name": "Ben Quillfeather",
    "wing": "MDI-B",
    "goal": "READ_TO_CHILDREN",
}
GOAL: dict[str, Any] = {
    "outcome": "READS_BETTER",
    "unit": "COUNT",
    "baseline": 10,
    "target": 40,
    "dueOn": "2027-02-01",
}


async def goal(world: World, **changes: Any) -> str:
    """A goal of Arthur's: its path."""
    made = await world.coordinator.post(f"{LEARNING}/goals", {**GOAL, **changes})
    assert made.status_code == 201, made.text
    return made.headers["location"]


async def due(world: World, by: str = "coordinator") -> list[tuple[str, str, bool]]:
    """What is due in the reading scheme: (what, day, late)."""
    answer = await world[by].get(f"{SHANNON}/due")
    assert answer.status_code == 200, answer.text
    return [(item["what"], item["dueOn"], item["late"]) for item in answer.json()["items"]]


async def test_needs_are_those_of_the_plan_and_the_stage_is_kept(world: World) -> None:
    """Coded, from the plan that holds; another need is refused with its place (S5, S7)."""
    made = await world.coordinator.post("/v1/enrolments", {**BEN, "needs": ["READING"], "stageOfSentence": "SETTLED"})
    assert made.status_code == 201, made.text
    shown = made.json()
    assert (shown["needs"], shown["stageOfSentence"]) == (["READING"], "SETTLED")
    wrong = await world.coordinator.post("/v1/enrolments", {**BEN, "needs": ["READING", "RELEASE"]})
    assert problem(wrong) == (422, "unacceptable", [("NEED_NOT_OF_THE_PLAN", "/needs/1")])
    path = made.headers["location"]
    tag = await world.coordinator.tag(path)
    refused = await world.coordinator.patch(path, {"needs": ["SAFETY"]}, tag=tag)
    assert problem(refused) == (422, "unacceptable", [("NEED_NOT_OF_THE_PLAN", "/needs/0")])


@pytest.mark.parametrize(
    ("reached", "state", "change"), [(40, "ACHIEVED", 30), (25, "PART_ACHIEVED", 15), (10, "NOT_ACHIEVED", 0)]
)
async def test_a_goal_is_measured_before_and_after(world: World, reached: int, state: str, change: int) -> None:
    """Of an outcome that the plan chose; whether it was met follows from the numbers. He reads his own, his mentor
    reads it, another prisoner and the wing do not (S9)."""
    path = await goal(world)
    judged = await done(world.coordinator, path, "judge", {"reached": reached})
    assert (judged["state"], judged["change"], judged["measuredOn"]) == (state, change, "2026-11-23")
    for name in ("arthur", "mentor", "facilitator"):
        assert (await world[name].get(path)).json()["reached"] == reached, name
    await tale.on_duty(world)
    never = f"/v1/goals/{uid('never-existed')}"
    for name in ("ben", "second-mentor", "samaritan", "far-coordinator"):
        assert observed(await world[name].get(path)) == observed(await world[name].get(never)), name
    assert (await world.officer.get(path)).status_code == 403
    assert codes(await moved(world.coordinator, path, "judge", {"reached": 1})) == [f"STATE_{state}"]


async def test_a_goal_downwards_is_met_from_above(world: World) -> None:
    """Fewer is better where less is wanted; and a goal leads somewhere, of an outcome of the plan."""
    path = await goal(world, baseline=34, target=30)
    assert (await done(world.facilitator, path, "judge", {"reached": 31}))["state"] == "PART_ACHIEVED"
    same = await world.coordinator.post(f"{LEARNING}/goals", {**GOAL, "target": 10})
    assert problem(same) == (422, "unacceptable", [("TARGET_IS_BASELINE", "/target")])
    other = await world.coordinator.post(f"{LEARNING}/goals", {**GOAL, "outcome": "IN_RECOVERY"})
    assert problem(other) == (422, "unacceptable", [("OUTCOME_NOT_OF_THE_PLAN", "/outcome")])


async def test_a_review_says_when_the_next_one_is(world: World) -> None:
    """By the rhythm of the kind; more often is said with how often. When its day has passed it is overdue, and on the
    list of whoever runs the scheme."""
    made = await world.coordinator.post("/v1/enrolments", {**BEN, "supporter": str(uid("supporter:mentor"))})
    path = made.headers["location"]
    assert (made.json()["reviewDueOn"], made.json()["reviewOverdue"]) == ("2026-12-21", False)
    world.later(days=29)
    assert (await world.coordinator.get(path)).json()["reviewOverdue"] is True
    assert ("REVIEW", "2026-12-21", True) in await due(world)
    for body in ({"found": "GOES_ON_MORE_OFTEN"}, {"found": "GOES_ON", "sessionsAWeek": 6}):
        refused = await moved(world.coordinator, path, "review", body)
        assert problem(refused) == (422, "unacceptable", [("PACE_GOES_WITH_FINDING", "/sessionsAWeek")])
    fewer = {"found": "GOES_ON_MORE_OFTEN", "sessionsAWeek": 4}
    assert codes(await moved(world.coordinator, path, "review", fewer)) == ["PACE_GOES_WITH_FINDING"]
    seen = await done(world.facilitator, path, "review", {"found": "GOES_ON_MORE_OFTEN", "sessionsAWeek": 6})
    assert (seen["reviewedOn"], seen["reviewDueOn"], seen["sessionsAWeek"]) == ("2026-12-22", "2027-01-19", 6)
    assert ("REVIEW", "2026-12-21", True) not in await due(world)


async def test_what_is_to_be_seen_to_has_a_day_and_somebody(world: World) -> None:
    """The mentor settles his own, and reads nothing of what staff see to; an officer on duty on the wing settles what
    staff do. What is settled is settled (F54)."""
    body = {"what": "MEET_AGAIN", "whose": "SUPPORTER", "dueOn": "2026-11-25"}
    his = (await world.coordinator.post(f"{LEARNING}/follow-ups", body)).headers["location"]
    body = {"what": "PASS_ON_TO_EDUCATION", "whose": "STAFF", "dueOn": "2026-11-24"}
    theirs = (await world.coordinator.post(f"{LEARNING}/follow-ups", body)).headers["location"]
    assert ("FOLLOW_UP", "2026-11-24", False) in await due(world, "facilitator")
    world.later(days=3)
    assert (await world.mentor.get(his)).json()["overdue"] is True
    assert (await world.mentor.get(theirs)).status_code == 404
    assert (await done(world.mentor, his, "settle", {"outcome": "DONE"}))["doneOn"] == "2026-11-26"
    hidden = await world.officer.get(theirs)
    assert hidden.status_code == 404
    await tale.on_duty(world)
    assert (await done(world.officer, theirs, "settle", {"outcome": "NOT_POSSIBLE"}))["overdue"] is False
    assert codes(await moved(world.coordinator, his, "settle", {"outcome": "DONE"})) == ["ALREADY_FINISHED"]
    assert ("FOLLOW_UP", "2026-11-24", True) not in await due(world)
    for name in ("arthur", "ben", "second-mentor"):
        assert (await world[name].get(his)).status_code == 404, name
    past = await world.coordinator.post(f"{LEARNING}/follow-ups", body)
    assert problem(past) == (422, "unacceptable", [("IN_THE_PAST", "/dueOn")])


async def test_a_change_of_mentor_ends_nothing(world: World) -> None:
    """With why, and a history of who from when to when; what was planned with the one who goes does not take place, and
    the learner goes on where he stood. Why two are kept apart is a staff decision, and no more is told to either."""
    before = (await world.coordinator.get(LEARNING)).json()
    second = str(uid("supporter:second-mentor"))
    body = {"because": "STAFF_DECISION", "supporter": second}
    now = await done(world.coordinator, LEARNING, "change-mentor", body)
    assert (now["state"], now["supporter"], now["manual"]) == ("STARTED", second, before["manual"])
    assert now["earlierSupporters"] == [str(uid("supporter:mentor"))]
    assert (now["earlierSince"], now["earlierUntil"]) == ([before["enrolledOn"]], ["2026-11-23"])
    assert (now["earlierFor"], now["mentorSince"]) == (["STAFF_DECISION"], "2026-11-23")
    planned = (await world.coordinator.get(f"/v1/sessions/{uid('session')}")).json()
    assert (planned["state"], planned["notDelivered"]) == ("NOT_DELIVERED", "NOT_REQUIRED"), "nobody was absent"
    assert (await world.mentor.get(LEARNING)).status_code == 404
    assert (await world["second-mentor"].get(LEARNING)).status_code == 200
    assert codes(await moved(world.coordinator, LEARNING, "change-mentor", body)) == ["HAS_THIS_MENTOR"]
    world.later(days=1)
    alone = await done(world.facilitator, LEARNING, "change-mentor", {"because": "MENTOR_ASKED"})
    assert (alone["state"], alone["supporter"], alone["earlierUntil"]) == (
        "STARTED",
        None,
        ["2026-11-23", "2026-11-24"],
    )
    assert ("MENTOR_TO_FIND", "2026-11-24", False) in await due(world)
    again = await done(world.coordinator, LEARNING, "succeed", {"supporter": str(uid("supporter:mentor"))})
    assert (again["mentorSince"], again["earlierFor"]) == ("2026-11-24", ["STAFF_DECISION", "MENTOR_ASKED"])
    unknown = await moved(world.coordinator, LEARNING, "change-mentor", {"because": "NOT_RECORDED"})
    assert problem(unknown) == (422, "unacceptable", [("UNKNOWN_VALUE", "/because")])


@pytest.mark.parametrize("name", ["arthur", "second-mentor", "officer"])
async def test_why_a_mentor_changed_is_told_to_those_who_run_it_alone(world: World, name: str) -> None:
    """Neither learner nor mentor reads which of the two asked for it; who it was before, they know (rule 12)."""
    body = {"because": "LEARNER_ASKED", "supporter": str(uid("supporter:second-mentor"))}
    await done(world.coordinator, LEARNING, "change-mentor", body)
    await tale.on_duty(world)
    shown = (await world[name].get(LEARNING)).json()
    assert (shown["earlierFor"], "earlierFor" in shown["withheld"]) == (None, True)
    assert shown["earlierSupporters"] == [str(uid("supporter:mentor"))]
    assert "LEARNER_ASKED" not in (await world[name].get("/v1/enrolments")).text
    for runs in ("coordinator", "facilitator"):
        assert (await world[runs].get(LEARNING)).json()["earlierFor"] == ["LEARNER_ASKED"], runs


async def test_with_another_mentor_what_is_open_goes_along(world: World) -> None:
    """His open goals and what the mentor sees to are the next one's, be he named at once or found later; the one who
    went reads them no longer. What was judged or settled stays whose it was."""
    judged, open_ = await goal(world), await goal(world, target=50)
    await done(world.coordinator, judged, "judge", {"reached": 40})
    body = {"what": "MEET_AGAIN", "whose": "SUPPORTER", "dueOn": "2026-11-25"}
    his = (await world.coordinator.post(f"{LEARNING}/follow-ups", body)).headers["location"]
    settled = (await world.coordinator.post(f"{LEARNING}/follow-ups", body)).headers["location"]
    await done(world.mentor, settled, "settle", {"outcome": "DONE"})

    async def read_by(name: str) -> list[int]:
        return [(await world[name].get(path)).status_code for path in (open_, his, judged, settled)]

    second = str(uid("supporter:second-mentor"))
    assert await read_by("mentor") == [200, 200, 200, 200]
    await done(world.coordinator, LEARNING, "change-mentor", {"because": "TIMES_DO_NOT_FIT", "supporter": second})
    assert (await read_by("mentor"), await read_by("second-mentor")) == ([404, 404, 200, 200], [200, 200, 404, 404])
    await done(world.coordinator, LEARNING, "change-mentor", {"because": "MENTOR_ASKED"})
    assert (await read_by("mentor"), await read_by("second-mentor")) == ([404, 404, 200, 200], [404] * 4)
    await done(world.coordinator, LEARNING, "succeed", {"supporter": str(uid("supporter:mentor"))})
    assert await read_by("mentor") == [200, 200, 200, 200]
    await done(world.coordinator, f"/v1/supporters/{uid('supporter:mentor')}", "stand-down", {"reason": "OWN_WISH"})
    whose = [(await world.coordinator.get(path)).json()["supporterPerson"] for path in (open_, his, judged, settled)]
    assert whose == [None, None, str(person("mentor")), str(person("mentor"))]


async def test_a_mentor_who_stands_down_leaves_his_days_and_why(world: World) -> None:
    """Whoever decides that he goes: the learner waits, and the history says so."""
    await done(world.coordinator, f"/v1/supporters/{uid('supporter:mentor')}", "stand-down", {"reason": "OWN_WISH"})
    left = (await world.coordinator.get(LEARNING)).json()
    assert (left["state"], left["supporter"], left["earlierFor"]) == ("STARTED", None, ["LEFT_THE_ROLE"])
    assert (left["earlierUntil"], left["mentorSince"]) == (["2026-11-23"], None)


async def test_with_another_wing_what_is_planned_goes_along(world: World) -> None:
    """The officer of the new wing finds him, the one of the old wing does not; nothing else is changed."""
    tag = await world.coordinator.tag(LEARNING)
    assert (await world.coordinator.patch(LEARNING, {"wing": "MDI-C"}, tag=tag)).json()["wing"] == "MDI-C"
    await tale.on_duty(world, "officer", "MDI-A")
    await tale.on_duty(world, "second-officer", "MDI-C")
    for path in (LEARNING, f"/v1/sessions/{uid('session')}"):
        assert (await world.officer.get(path)).status_code == 404
        assert (await world["second-officer"].get(path)).status_code == 200
    tag = await world.coordinator.tag(LEARNING)
    away = await world.coordinator.patch(LEARNING, {"wing": "LEI-A"}, tag=tag)
    assert problem(away) == (422, "unacceptable", [("WING_OF_ANOTHER_PRISON", "/wing")])


@pytest.mark.parametrize(
    ("ending", "because", "ends"),
    [
        ("COMPLETED", "GOAL_MET", True),
        ("COMPLETED", "OWN_WISH", False),
        ("COMPLETED", None, False),
        ("WITHDRAWN_LEARNER", "UNSAFE", True),
        ("RELEASED", "RELEASED", True),
        ("TRANSFERRED", None, True),
        ("TRANSFERRED", "RELEASED", False),
    ],
)
async def test_an_ending_has_its_reason(world: World, ending: str, because: str | None, ends: bool) -> None:
    """Of a closed vocabulary, which the plan uses too; a move to another prison is none (S8)."""
    answer = await moved(world.coordinator, LEARNING, "end", {"ending": ending, "because": because})
    if not ends:
        assert problem(answer) == (422, "unacceptable", [("REASON_GOES_WITH_ENDING", "/because")])
        return
    assert (answer.status_code, answer.json()["endedFor"]) == (200, because)
    planned = (await world.coordinator.get(f"/v1/sessions/{uid('session')}")).json()
    assert planned["state"] == "NOT_DELIVERED"


@pytest.mark.parametrize("ending", ["COMPLETED", "TRANSFERRED"])
async def test_nothing_more_hangs_on_one_that_ended(world: World, ending: str) -> None:
    """No referral and nothing to be seen to. A mentor of somebody who has left the prison reads of him no longer, and
    stands in its history (rule 24)."""
    because = "GOAL_MET" if ending == "COMPLETED" else None
    await done(world.coordinator, LEARNING, "end", {"ending": ending, "because": because})
    body = {"what": "MEET_AGAIN", "whose": "SUPPORTER", "dueOn": "2026-11-25"}
    assert codes(await world.coordinator.post(f"{LEARNING}/follow-ups", body)) == [f"STATE_{ending}"]
    referral = {"enrolment": str(uid("enrolment")), "referredTo": "CHAPLAINCY", "consent": "GIVEN"}
    assert codes(await world.coordinator.post("/v1/referrals", referral)) == [f"STATE_{ending}"]
    left = (await world.coordinator.get(LEARNING)).json()
    gone = ending == "TRANSFERRED"
    assert (left["supporter"] is None, (await world.mentor.get(LEARNING)).status_code) == (gone, 404 if gone else 200)
    assert left["earlierFor"] == (["LEARNER_LEFT"] if gone else [])


async def test_nobody_is_enrolled_twice_at_once(world: World) -> None:
    """In one scheme; once it has ended he may begin anew, and in another scheme he may at any time. Who does not run
    the scheme is told nothing of it."""
    made = await world.coordinator.post("/v1/enrolments", BEN)
    assert made.status_code == 201, made.text
    assert codes(await world.facilitator.post("/v1/enrolments", BEN)) == ["ALREADY_ENROLLED"]
    recovery = {**BEN, "scheme": str(uid("scheme:recovery")), "goal": None}
    assert (await world.coordinator.post("/v1/enrolments", recovery)).status_code == 201
    never = {**BEN, "scheme": str(uid("never-existed"))}
    other = {**recovery, "name": "Ben Other"}
    there, nowhere, misnamed = [
        await world["shannon-coordinator"].post("/v1/enrolments", body) for body in (recovery, never, other)
    ]
    assert observed(there) == observed(nowhere) == observed(misnamed)
    assert there.status_code == 404
    ended = {"ending": "WITHDRAWN_LEARNER", "because": "OWN_WISH"}
    await done(world.coordinator, made.headers["location"], "end", ended)
    assert (await world.coordinator.post("/v1/enrolments", BEN)).status_code == 201


LEEDS = f"/v1/schemes/{uid('far:scheme:shannon')}/enrolments"
ARTHUR = {"identifier": "A1001QX", "name": "Arthur Zephyrine", "wing": "LEI-A"}


async def learned(world: World) -> None:
    """Arthur has passed two manuals and stands on page 12 of the third."""
    was = await world.record(Enrolment, uid("enrolment"))
    held = session(MOORLAND, "session:held", START)
    await world.keep([held])
    world.later(days=1)
    path = f"/v1/sessions/{held.id}"
    assert was.manual == 1
    body = {"delivered": True, "minutes": 20, "manual": 1, "checkPassed": True}
    await done(world.coordinator, path, "record", body)
    body = {"delivered": True, "minutes": 25, "manual": 3, "page": 12}
    await done(world.coordinator, f"/v1/sessions/{uid('session')}", "record", body)


async def test_after_a_move_he_goes_on_where_he_stood_once_he_has_said_yes(world: World) -> None:
    """His prison tells that he left, he says yes, and the new one begins with his card: programme, manual, page,
    checks. It reads nothing else of what was there, and the old one reads nothing of what is here (S8, rule 24)."""
    await learned(world)
    asked = await world["far-coordinator"].post(LEEDS, ARTHUR)
    nobody = await world["far-coordinator"].post(LEEDS, {**ARTHUR, "identifier": "A7777QX"})
    assert (asked.status_code, codes(asked)) == (409, ["NOT_AVAILABLE"])
    assert observed(asked) == observed(nobody)
    await done(world.coordinator, LEARNING, "end", {"ending": "TRANSFERRED"})
    assert observed(await world["far-coordinator"].post(LEEDS, ARTHUR)) == observed(nobody), "without his yes"
    shared = await done(world.arthur, LEARNING, "share", {"shared": True})
    assert shared["shared"] is True
    wrong = await world["far-coordinator"].post(LEEDS, {**ARTHUR, "name": "Arthur Other"})
    assert observed(wrong) == observed(nobody)
    made = await world["far-coordinator"].post(LEEDS, ARTHUR)
    assert made.status_code == 201, made.text
    there = made.json()
    assert (there["manual"], there["page"], there["manualsPassed"]) == (3, 12, [1])
    assert (there["state"], there["goal"], there["wing"]) == ("WAITING", "READ_A_LETTER", "LEI-A")
    assert (there["carriesOn"], there["earlierSupporters"]) == (str(uid("enrolment")), [])
    assert (await world.record(Person, person("arthur"))).prison == "MDI", "where he is, the prison's own systems say"
    path = made.headers["location"]
    assert (await world["far-coordinator"].get(LEARNING)).status_code == 404
    assert (await world.coordinator.get(path)).status_code == 404
    known = await world.record(Person, person("arthur"))
    await world.change(dataclasses.replace(known, prison="LEI", wing="LEI-A"))
    card = (await world.arthur.get(f"{path}/progress")).json()
    assert (card["manual"], card["page"], card["manualsPassed"]) == (3, 12, [1])
    assert observed(await world["far-coordinator"].post(LEEDS, ARTHUR)) == observed(nobody), "once"


async def test_what_he_takes_back_nobody_goes_on_from(world: World) -> None:
    """His yes is his to take back for as long as nobody has used it; nobody gives it for him."""
    await done(world.arthur, LEARNING, "share", {"shared": True})
    await done(world.arthur, LEARNING, "share", {"shared": False})
    await done(world.coordinator, LEARNING, "end", {"ending": "TRANSFERRED"})
    assert codes(await world["far-coordinator"].post(LEEDS, ARTHUR)) == ["NOT_AVAILABLE"]
    for name in ("coordinator", "facilitator"):
        assert (await moved(world[name], LEARNING, "share", {"shared": True})).status_code == 403, name
    for name in ("ben", "mentor"):
        assert (await world[name].post(f"{LEARNING}/share", {"shared": True}, tag='"x"')).status_code == 404, name


async def test_who_still_serves_in_his_old_prison_is_not_here_yet(world: World) -> None:
    """A role of which nobody has told that it is over holds him there, whatever he has said."""
    mentor = {"identifier": "A1007QX", "name": "Marmaduke Quill", "wing": "MDI-A"}
    body = {**BEN, **mentor, "supporter": str(uid("supporter:second-mentor"))}
    made = await world.coordinator.post("/v1/enrolments", body)
    path = made.headers["location"]
    await world.change(dataclasses.replace(await world.record(Enrolment, UUID(made.json()["id"])), shared=True))
    await done(world.coordinator, path, "end", {"ending": "TRANSFERRED"})
    there = {**mentor, "wing": "LEI-A"}
    assert codes(await world["far-coordinator"].post(LEEDS, there)) == ["NOT_AVAILABLE"]
    assert (await world.record(Person, person("mentor"))).prison == "MDI"


@pytest.mark.parametrize("ending", ["TRANSFERRED", "RELEASED"])
async def test_who_has_left_the_prison_is_of_none_of_its_wings(world: World, ending: str) -> None:
    """From the minute that it is told: neither the enrolment nor any session of it is there for the officer of his
    wing; those who run the scheme read what was theirs, and he himself all of it (rule 24)."""
    await tale.on_duty(world)
    paths = (LEARNING, f"/v1/sessions/{uid('session')}")
    assert [(await world.officer.get(path)).status_code for path in paths] == [200, 200]
    because = "RELEASED" if ending == "RELEASED" else None
    await done(world.coordinator, LEARNING, "end", {"ending": ending, "because": because})
    never = [f"/v1/enrolments/{uid('never-existed')}", f"/v1/sessions/{uid('never-existed')}"]
    for path, none in zip(paths, never, strict=True):
        assert observed(await world.officer.get(path)) == observed(await world.officer.get(none))
        assert (await world.coordinator.get(path)).status_code == 200
        assert (await world.arthur.get(path)).status_code == 200

"""A plan from blank to published, over HTTP, with every refusal on the way; then what was found of it, and the next
version that answers it. The seed's planning list, question by question (S6 to S16, S31, S32, S34)."""

import dataclasses
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from api.wire import camel
from domain.confidentiality.roles import Role
from domain.oversight.record import Assignment
from domain.schemes.charter import Charter
from domain.schemes.objective import Objective
from domain.schemes.questions import QUESTIONS, Section
from tests.http import planned
from tests.http.cast import actor, assignment, uid
from tests.http.joining import actor_named, join
from tests.http.tale import done, moved, scheme_begun
from tests.http.world import World, codes, problem

SECTIONS = [section.value for section in Section]


def answers(*sections: Section, kind: str = "INSIDERS", **more: Any) -> dict[str, Any]:
    """The members that answer these sections, as they are sent."""
    plan = planned.plan(kind)
    told = {camel(m): plan[m] for s in sections for m in QUESTIONS[s].members if m in plan}
    return {**{name: on_the_wire(value) for name, value in told.items()}, **more}


def on_the_wire(value: Any) -> Any:
    """A field's value as it is sent."""
    return list(value) if isinstance(value, tuple) else value.isoformat() if isinstance(value, date) else value


async def amended(world: World, path: str, body: dict[str, Any], by: str = "coordinator") -> dict[str, Any]:
    """Read the draft, write in it, and it is written."""
    answer = await world[by].patch(path, body, tag=await world[by].tag(path))
    assert answer.status_code == 200, answer.text
    return answer.json()


async def scheme_of(world: World, kind: str = "INSIDERS") -> tuple[str, str]:
    """A scheme that nobody approved yet, and a blank charter for it: their paths."""
    scheme = await scheme_begun(world, kind)
    drafted = await world.coordinator.post(f"{scheme}/charters")
    assert drafted.status_code == 201, drafted.text
    return scheme, drafted.headers["location"]


async def objective_for(world: World, scheme: str, **more: Any) -> str:
    """An objective of that scheme, SMART: its id."""
    body = {
        "title": "Met on the first day",
        "measure": "NEW_ARRIVALS_MET_IN_24_HOURS",
        "forWhom": "Everybody who arrives",
        "need": "FIRST_DAYS",
        "baseline": 60,
        "baselineSource": "SCHEME_RECORDS",
        "target": 95,
        "achievable": "Two more supporters are in training.",
        "startsOn": "2026-12-01",
        "dueOn": "2027-12-01",
        "runningWeeks": 26,
        **more,
    }
    made = await world.coordinator.post(f"{scheme}/objectives", body)
    assert made.status_code == 201, made.text
    assert made.json()["notSmart"] == []
    return made.json()["id"]


async def whole(world: World, kind: str = "INSIDERS") -> tuple[str, str]:
    """A scheme with a draft in which every question is answered: their paths."""
    scheme, charter = await scheme_of(world, kind)
    await amended(world, charter, answers(*Section, kind=kind))
    more: dict[str, Any] = {} if kind == "INSIDERS" else {"measure": "REQUESTS_MET", "need": "DISTRESS"}
    await amended(world, charter, {"objectives": [await objective_for(world, scheme, **more)]})
    return scheme, charter


async def published(world: World, kind: str = "INSIDERS") -> tuple[str, str]:
    """A scheme with a published charter: their paths."""
    scheme, charter = await whole(world, kind)
    await done(world.coordinator, charter, "submit")
    for signer in ("safer", "governor", *(() if kind == "INSIDERS" else ("samaritan",))):
        await done(world[signer], charter, "sign")
    await done(world.coordinator, charter, "publish")
    return scheme, charter


async def sent_back(world: World, charter: str) -> None:
    """The governor says why, and sends it back."""
    await done(world.governor, charter, "return", {"section": "REVIEW", "words": "That finding is not to be cited."})


async def test_a_blank_plan_lists_every_question_of_the_checklist(world: World) -> None:
    """What is blank is named, section by section; with each that is answered it is one less, and half an answer is
    none. Only members that are sent are written (S10)."""
    _, charter = await scheme_of(world)
    assert (await world.coordinator.get(charter)).json()["missing"] == SECTIONS
    half = await amended(world, charter, {"whyNeeded": "Nobody meets those who come at night."})
    assert "WHY" in half["missing"]
    left = list(SECTIONS)
    for section in Section:
        said = await amended(world, charter, answers(section))
        if section not in (Section.IMPACT,):  # it waits for its objectives
            left.remove(section.value)
        assert said["missing"] == left, section
    assert left == ["IMPACT"]
    blank = await amended(world, charter, {"places": [], "howToAsk": None})
    assert blank["missing"] == ["AVAILABILITY", "IMPACT"]


async def test_the_seed_s_planning_list_is_answered_as_data(world: World) -> None:
    """Purpose and tasks, target group and coded needs with evidence, outcomes tied to needs, how long and what ends it,
    resources as numbers, when, where and how, four policies, stakeholders, how we will know: each is a member with a
    type, and what is of no type is refused (S6 to S9, S11 to S16)."""
    _, charter = await scheme_of(world)
    said = await amended(world, charter, answers(*Section))
    assert said["permittedTasks"] == ["MEET_AND_GREET", "SHOW_ROUND", "EXPLAIN_FORMS", "SIGNPOST"]
    assert (said["needs"], said["evidenceSources"]) == (["FIRST_DAYS"], ["NEEDS_SURVEY"])
    assert said["outcomes"] == ["SETTLED_IN_THE_FIRST_DAYS"]
    assert (said["supportLasts"], said["endings"]) == ("AS_LONG_AS_NEEDED", ["NO_LONGER_NEEDED", "OWN_WISH"])
    assert (said["staffHoursAWeek"], said["unlockMinutesAWeek"], said["moneyMinorUnitsAYear"]) == (6, 240, 0)
    assert (said["paid"], said["practiceContacts"], said["supportersSeenEveryDays"]) == (False, 3, 14)
    assert said["stakeholders"] == ["GOVERNORS", "CURRENT_SUPPORTERS"]
    assert said["evaluationDesign"] == "BEFORE_AND_AFTER"
    wrong = {
        "needs": ["FIRST_DAYS", "BOREDOM"],
        "endings": ["MENTOR_CHANGED"],  # a change of supporter, wing or prison ends nothing (S8)
        "staffHoursAWeek": "six",
        "paid": 1,
        "howToAsk": "Ask A1234BC.",
        "state": "PUBLISHED",
        "missing": [],
        "signedByGovernor": str(uid("actor:governor")),
    }
    for member, value in wrong.items():
        answer = await world.coordinator.patch(charter, {member: value}, tag=await world.coordinator.tag(charter))
        assert problem(answer)[:2] == (422, "unacceptable"), member


async def test_the_questions_are_asked_in_both_languages(world: World) -> None:
    """The checklist is data: English, or Welsh where that is preferred, and the same codes; each member of the charter
    belongs to one question."""
    english = await world.officer.get("/v1/charter-questions")
    welsh = await world.officer.get("/v1/charter-questions", headers={"Accept-Language": "cy"})
    assert (english.headers["content-language"], welsh.headers["content-language"]) == ("en", "cy")
    asked = {item["section"]: item for item in english.json()["items"]}
    assert list(asked) == SECTIONS
    assert asked["WHY"]["question"] == "Why do you need it, and what do you need it to do?"
    assert asked["PURPOSE"]["public"] == ["purpose", "permittedTasks", "prohibitedTasks"]
    for item in welsh.json()["items"]:
        other = asked[item["section"]]
        assert item["members"] == other["members"]
        assert (item["title"] == other["title"], item["question"] == other["question"]) == (False, False)
    members = [m for item in asked.values() for m in item["members"]]
    assert len(members) == len(set(members))


async def test_from_blank_to_published_with_every_refusal_on_the_way(world: World) -> None:
    """A plan goes nowhere while it is blank or contradicts itself; its author signs nothing; nobody signs twice; it is
    published when all have signed, and not before: and each refusal names every reason."""
    scheme, charter = await scheme_of(world, "LISTENERS")
    again = await world.coordinator.post(f"{scheme}/charters")
    assert codes(again) == ["DRAFT_EXISTS"]
    assert (await world.governor.get(f"{scheme}/charter")).status_code == 404  # none holds yet
    blank = await moved(world.coordinator, charter, "submit")
    assert sorted(codes(blank)) == sorted(f"BLANK_{section}" for section in SECTIONS)
    # What does not fit together, all at once.
    body = answers(*Section, kind="LISTENERS", outcomes=["READS_BETTER"], permittedTasks=["GIVE_ADVICE"])
    await amended(world, charter, {**body, "reviewOn": "2026-11-23", "analysisOn": "2026-11-20"})
    assert set(codes(await moved(world.coordinator, charter, "submit"))) == {
        "BLANK_IMPACT",
        "TASK_PERMITTED_AND_PROHIBITED",
        "TASK_PROHIBITED_BY_KIND",
        "NEED_WITHOUT_OUTCOME",
        "OUTCOME_WITHOUT_NEED",
        "REVIEW_NOT_AHEAD",
        "ANALYSIS_NOT_AHEAD",
    }
    objective = await objective_for(world, scheme, measure="REQUESTS_MET", need="DISTRESS")
    await amended(world, charter, {**answers(*Section, kind="LISTENERS"), "objectives": [objective]})
    early = await moved(world.safer, charter, "sign")
    assert codes(early) == ["STATE_DRAFT"]
    submitted = await done(world.coordinator, charter, "submit")
    assert (submitted["state"], submitted["missing"]) == ("SUBMITTED", [])
    closed = await world.coordinator.patch(charter, {"paying": "More."}, tag=await world.coordinator.tag(charter))
    assert codes(closed) == ["STATE_SUBMITTED"]
    unsigned = await moved(world.coordinator, charter, "publish")
    missing = ["SIGNATURE_MISSING_SAFER_CUSTODY", "SIGNATURE_MISSING_GOVERNOR", "SIGNATURE_MISSING_PARTNER"]
    assert codes(unsigned) == missing
    assert problem(await moved(world.coordinator, charter, "sign"))[:2] == (403, "forbidden")
    assert (await world.facilitator.get(charter)).status_code == 404  # another partner's
    for number, signer in enumerate(("safer", "governor", "samaritan")):
        await done(world[signer], charter, "sign")
        assert codes(await moved(world[signer], charter, "sign")) == ["ALREADY_SIGNED"]
        left = missing[number + 1 :]
        if left:
            assert codes(await moved(world.coordinator, charter, "publish")) == left
    out = await done(world.coordinator, charter, "publish")
    assert (out["state"], out["number"], out["inForceFrom"] is not None) == ("PUBLISHED", 1, True)
    assert codes(await moved(world.coordinator, charter, "publish")) == ["STATE_PUBLISHED"]
    assert (await world.governor.get(f"{scheme}/charter")).json()["id"] == out["id"]


async def test_a_plan_permits_nothing_below_the_floor(world: World) -> None:
    """Its tasks are those that the sheets know, and no words of its own; what its kind or the nation prohibits it
    neither permits nor leaves out of what its readers are told (S6)."""
    _, charter = await whole(world)
    tag = await world.coordinator.tag(charter)
    body = {"permittedTasks": ["WASH_AND_DRESS", "INTIMATE_CARE_OF_BUDDY"], "prohibitedTasks": ["NOTHING"]}
    typed = await world.coordinator.patch(charter, body, tag=tag)
    assert problem(typed) == (
        422,
        "unacceptable",
        [
            ("UNKNOWN_VALUE", "/permittedTasks/0"),
            ("UNKNOWN_VALUE", "/permittedTasks/1"),
            ("UNKNOWN_VALUE", "/prohibitedTasks/0"),
        ],
    )
    told = {camel(m): on_the_wire(planned.plan("INSIDERS")[m]) for m in ("permitted_tasks", "prohibited_tasks")}
    for changes, code in (
        ({"permittedTasks": ["SIGNPOST", "INTIMATE_CARE"], "prohibitedTasks": []}, "TASK_PROHIBITED_BY_KIND"),
        ({"prohibitedTasks": ["HOLD_KEYS"]}, "PROHIBITION_DROPPED"),
    ):
        await amended(world, charter, {**told, **changes})
        assert code in codes(await moved(world.coordinator, charter, "submit"))
    await amended(world, charter, told)
    await done(world.coordinator, charter, "submit")


async def test_who_wrote_the_last_version_does_not_sign_the_next(world: World) -> None:
    """Another begins version 2 with the words of version 1: they are still its author's, who has become a governor and
    signs neither."""
    scheme, _ = await published(world)
    again = await join(world, "second-coordinator", Role.COORDINATOR)
    draft = await again.post(f"{scheme}/charters")
    assert draft.json()["writtenBy"] == [str(actor_named("second-coordinator")), str(actor("coordinator"))]
    path = draft.headers["location"]
    await done(again, path, "submit")
    held = await world.record(Assignment, assignment("coordinator"))
    other = dataclasses.replace(held, id=uid("a governor now"), role=Role.GOVERNOR, version=0)  # type: ignore[arg-type]
    await world.keep([other])
    tag = await world.coordinator.tag(path, acting_as=other.id)
    refused = await world.coordinator.post(f"{path}/sign", tag=tag, acting_as=other.id)
    assert codes(refused) == ["SIGNER_IS_AUTHOR"]
    await done(world.governor, path, "sign")


async def test_whoever_wrote_in_it_signs_nothing(world: World) -> None:
    """A coordinator who is governor too: what he wrote, another governor signs; and one man is not two signatures."""
    _, charter = await whole(world)
    await done(world.coordinator, charter, "submit")
    record = await world.record(Charter, UUID(_id(charter)))
    theirs = record.written_by
    assert theirs == (actor("coordinator"),)
    # As the store would have it, had the governor written a word of it.
    await world.change(dataclasses.replace(record, written_by=(*theirs, actor("governor"))))
    assert codes(await moved(world.governor, charter, "sign")) == ["SIGNER_IS_AUTHOR"]
    record = await world.record(Charter, UUID(_id(charter)))
    await world.change(dataclasses.replace(record, written_by=theirs, signed_by_safer_custody=actor("governor")))
    assert codes(await moved(world.governor, charter, "sign")) == ["SIGNED_IN_ANOTHER_ROLE"]


async def test_a_charter_is_sent_back_with_a_comment_and_signed_anew(world: World) -> None:
    """Whoever sends it back says why; what was signed is signed no more. Comments are words to a section of a version
    that is not out yet, name nobody in custody, and tell who made them to those who sign, write and oversee."""
    _, charter = await whole(world)
    early = await moved(world.governor, charter, "return", {"section": "WHY", "words": "Too soon."})
    assert codes(early) == ["STATE_DRAFT"]
    await done(world.coordinator, charter, "submit")
    await done(world.safer, charter, "sign")
    assert problem(await moved(world.governor, charter, "return"))[0] == 422  # and why?
    said = {"section": "CONTINGENCY", "words": "And at night?"}
    named = await world.governor.post(f"{charter}/comments", {**said, "words": "Ask A1234BC"})
    assert problem(named)[0] == 422
    made = await world.governor.post(f"{charter}/comments", said)
    assert (made.status_code, made.json()["madeAs"]) == (201, "GOVERNOR")
    for reader, status in (("safer", 200), ("coordinator", 200), ("imb", 200), ("facilitator", 404), ("officer", 403)):
        assert (await world[reader].get(made.headers["location"])).status_code == status, reader
    back = await done(world.governor, charter, "return", {"section": "WHY", "words": "Which survey?"})
    assert (back["state"], back["signedBySaferCustody"], back["submittedAt"]) == ("DRAFT", None, None)
    listed = (await world.coordinator.get(f"{charter}/comments")).json()["items"]
    assert {(c["section"], c["words"]) for c in listed} == {("CONTINGENCY", "And at night?"), ("WHY", "Which survey?")}
    await amended(world, charter, {"contingency": "By night: Samaritans by phone, then the chaplain."})
    await done(world.coordinator, charter, "submit")
    for signer in ("safer", "governor"):
        await done(world[signer], charter, "sign")
    await done(world.coordinator, charter, "publish")
    assert codes(await world.governor.post(f"{charter}/comments", said)) == ["STATE_PUBLISHED"]


async def test_objectives_that_are_not_smart_keep_a_plan_back(world: World) -> None:
    """An objective may be begun with little and says what is wanting; bound to a plan it is SMART, of this scheme, and
    serves a need that the plan names, or nobody is asked to sign the plan: each is told with the objective and the
    letter. One that is no longer so by then keeps it from being published (S16, S31)."""
    scheme, charter = await scheme_of(world)
    await amended(world, charter, answers(*Section))
    loose = await world.coordinator.post(
        f"{scheme}/objectives",
        {"title": "More", "measure": "SATISFACTION", "need": "FIRST_DAYS"},
    )
    assert loose.json()["notSmart"] == [
        "SPECIFIC_TARGET_MISSING",
        "SPECIFIC_GROUP_MISSING",
        "MEASURABLE_BASELINE_UNKNOWN",
        "ACHIEVABLE_NOT_ARGUED",
        "TIMED_START_MISSING",
        "TIMED_DUE_MISSING",
        "TIMED_RUNNING_TIME_MISSING",
    ]
    assert loose.json()["status"] == "NO_DATA"
    await amended(world, charter, {"needs": ["FIRST_DAYS", "SAFETY"], "outcomes": ["FEELS_SAFER"]})
    other = await objective_for(world, scheme, need="SAFETY")
    bound = [loose.json()["id"], other, str(uid("objective")), str(uid("never-existed"))]
    await amended(world, charter, {"objectives": bound, "needs": ["FIRST_DAYS"]})
    refused = problem(await moved(world.coordinator, charter, "submit"))
    assert refused[:2] == (409, "conflict")
    assert refused[2] == [
        *((letter, "/objectives/0") for letter in loose.json()["notSmart"]),
        ("RELEVANT_NEED_NOT_IN_CHARTER", "/objectives/1"),
        ("OBJECTIVE_UNKNOWN", "/objectives/2"),
        ("OBJECTIVE_UNKNOWN", "/objectives/3"),
    ]
    await amended(world, charter, {"objectives": [other], "needs": ["SAFETY"]})
    await done(world.coordinator, charter, "submit")
    for signer in ("safer", "governor"):
        await done(world[signer], charter, "sign")
    kept = await world.record(Objective, UUID(other))
    await world.change(dataclasses.replace(kept, achievable=None))
    late = problem(await moved(world.coordinator, charter, "publish"))
    assert late[2] == [("ACHIEVABLE_NOT_ARGUED", "/objectives/0")]
    assert (await world.coordinator.get(charter)).json()["state"] == "SUBMITTED"


async def test_an_objective_that_contradicts_itself_is_refused_with_every_reason(world: World) -> None:
    """Due before it starts, no running time, a target that is the baseline or on the wrong side, beyond the measure, a
    measure of another kind, a need of no plan: field by field, all at once, and nothing is kept (S31, S32)."""
    scheme, charter = await scheme_of(world)
    await amended(world, charter, answers(Section.TARGET_GROUP))
    good = {"title": "Met", "measure": "NEW_ARRIVALS_MET_IN_24_HOURS"}
    cases: list[tuple[dict[str, Any], list[tuple[str, str]]]] = [
        (
            {"startsOn": "2027-01-01", "dueOn": "2026-12-01", "runningWeeks": 0, "baseline": 60, "target": 60},
            [("TARGET_IS_BASELINE", "/target"), ("RUNNING_TIME_ZERO", "/runningWeeks"), ("DUE_BEFORE_START", "/dueOn")],
        ),
        ({"baseline": 60, "target": 40}, [("TARGET_ON_WRONG_SIDE", "/target")]),
        ({"measure": "MEDIAN_WAIT", "baseline": 40, "target": 60}, [("TARGET_ON_WRONG_SIDE", "/target")]),
        ({"baseline": 60, "target": 120}, [("BEYOND_THE_MEASURE", "/target")]),
        (
            {"startsOn": "2026-12-01", "dueOn": "2027-01-01", "runningWeeks": 12},
            [("DUE_BEFORE_RUNNING_TIME_ENDS", "/dueOn")],
        ),
        ({"measure": "SESSIONS_DELIVERED"}, [("MEASURE_NOT_FOR_THIS_KIND", "/measure")]),
        ({"measure": "HAPPINESS"}, [("MEASURE_UNKNOWN", "/measure")]),
        ({"need": "READING"}, [("NEED_NOT_IN_CHARTER", "/need")]),
    ]
    kept = len(world.seen.kept)
    for more, expected in cases:
        answer = await world.coordinator.post(f"{scheme}/objectives", {**good, **more})
        assert problem(answer) == (422, "unacceptable", expected), more
    assert len(world.seen.kept) == kept


async def test_an_objective_is_judged_by_the_calendar_and_never_too_early(world: World) -> None:
    """Too early until its running time is over, whatever was measured; then on track or behind by the line from where
    it began; met or not met once it was due. Nobody types it, and a goal that is under way is not moved (S31, S32)."""
    scheme, charter = await scheme_of(world)
    await amended(world, charter, answers(Section.TARGET_GROUP))
    # From 60 to 95, from the first of December to the twentieth of April; it needs eight weeks to be judged.
    id = await objective_for(world, scheme, dueOn="2027-04-20", runningWeeks=8)
    path = f"/v1/objectives/{id}"
    for member in ("status", "notSmart", "direction", "measured"):
        typed = await world.coordinator.patch(path, {member: "MET"}, tag=await world.coordinator.tag(path))
        assert codes(typed) == ["UNKNOWN_FIELD"]

    async def at(day: str, of: str | None = None, value: int = 0) -> str:
        world.at(world.now.replace(year=int(day[:4]), month=int(day[5:7]), day=int(day[8:])))
        if of is not None:
            await done(world.coordinator, path, "measure", {"value": value, "on": of, "source": "SCHEME_RECORDS"})
        return (await world.coordinator.get(path)).json()["status"]

    assert await at("2027-01-01", "2026-12-15", 99) == "TOO_EARLY_TO_JUDGE"
    assert await at("2027-01-25") == "TOO_EARLY_TO_JUDGE"
    assert await at("2027-01-26") == "NO_DATA"  # the weeks are over, and no month since
    assert await at("2027-02-01", "2027-01-31", 60) == "BEHIND"
    said = (await world.headquarters.get(path)).json()
    assert (said["statusAbout"], said["notSmart"], said["withheld"]) == (
        "BEHIND",
        None,
        ["baseline", "achievable", "measured", "setBy", "status", "notSmart"],
    )
    assert (said["measuredOn"], said["measuredAbout"]) == (["2026-12-01", "2027-01-01"], [100, 60])
    assert await at("2027-03-01", "2027-02-02", 87) == "ON_TRACK"
    assert await at("2027-04-21") == "NOT_MET"
    tag = await world.coordinator.tag(path)
    moved_goal = await world.coordinator.patch(path, {"target": 70}, tag=tag)
    assert codes(moved_goal) == ["OBJECTIVE_UNDER_WAY"]
    for body, code in (
        ({"value": 95, "on": "2027-04-02", "source": "SURVEY"}, "PERIOD_NOT_OVER"),
        ({"value": 95, "on": "2026-11-30", "source": "SURVEY"}, "PERIOD_BEFORE_START"),
        ({"value": 95, "on": "2027-01-28", "source": "SURVEY"}, "PERIOD_ALREADY_MEASURED"),
        ({"value": 101, "on": "2027-03-01", "source": "SURVEY"}, "BEYOND_THE_MEASURE"),
    ):
        assert codes(await moved(world.coordinator, path, "measure", body)) == [code]
    assert await at("2027-05-01", "2027-04-20", 96) == "MET"  # of the month in which it was due


async def test_people_in_custody_see_the_public_page_of_what_holds(world: World) -> None:
    """Purpose, for whom, how to ask, when and where, what is passed on: of the version in force, and of no other; what
    is planned, paid, signed or missing is withheld by the mask."""
    scheme, _ = await published(world, "LISTENERS")
    draft = await world.coordinator.post(f"{scheme}/charters")
    for who in ("arthur", "listener", "peer-coordinator"):
        said = (await world[who].get(f"{scheme}/charter")).json()
        assert said["number"] == 1
        for member in ("purpose", "targetGroup", "howToAsk", "whenAvailable", "places", "passedOn", "prohibitedTasks"):
            assert said[member], member
        for member in ("whyNeeded", "moneyMinorUnitsAYear", "writtenBy", "signedByGovernor", "missing", "objectives"):
            assert said[member] is None, member
            assert member in said["withheld"]
        assert (await world[who].get(draft.headers["location"])).status_code == 404
        assert (await world[who].get(f"{scheme}/charter?version=2")).status_code == 404
        assert [c["number"] for c in (await world[who].get(f"{scheme}/charters")).json()["items"]] == [1]
    assert (await world.coordinator.get(f"{scheme}/charter?version=2")).json()["state"] == "DRAFT"
    looks = [e for e in world.entries() if e.verb == "READ_CHARTER" and e.role == "PERSON_IN_CUSTODY"]
    assert looks
    assert all(e.actor is None for e in looks)  # what a prisoner looks at names him nowhere


async def test_a_whole_charter_is_one_look(world: World) -> None:
    """All sections, in one request, for one record read."""
    await world.coordinator.get("/v1/me")  # whoever calls for the first time is worked out first
    world.seen.calls.clear()
    answer = await world.coordinator.get(f"/v1/schemes/{uid('scheme:insiders')}/charter")
    assert answer.json()["missing"] == []
    assert [call for call in world.seen.calls if call[1]] == [("find", "charter")]


async def test_what_inspectors_or_the_board_found_they_say_themselves(world: World) -> None:
    """Nobody says it for them, nor one for the other; nor dresses his own finding as an inspection."""
    path = f"/v1/schemes/{uid('scheme:insiders')}/findings"
    body = {
        "source": "REVIEW",
        "design": "FEEDBACK_ONLY",
        "found": "They were pleased.",
        "foundOn": "2026-11-20",
    }
    for source, speaker in (("INSPECTION", "inspector"), ("MONITORING_BOARD", "imb")):
        for who in ("coordinator", "imb", "inspector"):
            said = await world[who].post(path, {**body, "source": source})
            assert said.status_code == (201 if who == speaker else 422), (source, who)
            if who != speaker:
                assert problem(said)[2] == [("WORD_OF_ANOTHER", "/source")]
    dressed = await world.coordinator.post(path, {**body, "design": "INSPECTION"})
    assert problem(dressed)[2] == [("WORD_OF_ANOTHER", "/design")]


async def test_findings_are_answered_by_the_version_that_cites_them(world: World) -> None:
    """An evaluation finds, a new version cites, publishing answers: and the finding shows which version did. What
    nobody answers is overdue after its quarter, and what is not followed has the governor's reason (S34)."""
    scheme, first = await published(world)
    body = {
        "source": "EVALUATION",
        "design": "BEFORE_AND_AFTER",
        "found": "Late arrivals were met a day late.",
        "recommendation": "Roster one supporter for late arrivals.",
        "foundOn": "2026-11-20",
    }
    ahead = {**body, "foundOn": "2026-12-24"}
    assert codes(await world.coordinator.post(f"{scheme}/findings", ahead)) == ["IN_THE_FUTURE"]
    assert problem(await world.coordinator.post(f"{scheme}/findings", {**body, "found": "Ask A1234BC"}))[0] == 422
    assert (await world.officer.post(f"{scheme}/findings", body)).status_code == 403
    made = [
        (await world[by].post(f"{scheme}/findings", body)).headers["location"]
        for by in ("coordinator", "imb", "inspector")
    ]
    ids = [path.rpartition("/")[2] for path in made]
    assert problem(await moved(world.coordinator, made[2], "decline", {"reason": "NO_RESOURCES"}))[0] == 403
    declined = await done(world.governor, made[2], "decline", {"reason": "EVIDENCE_TOO_WEAK"})
    assert (declined["state"], declined["declinedFor"]) == ("DECLINED", "EVIDENCE_TOO_WEAK")
    world.later(days=45)
    for who in ("coordinator", "imb", "safer", "governor"):
        await world[who].get("/v1/schemes")  # whoever does nothing for ninety days is in his role no more
    world.later(days=46)
    waiting = (await world.imb.get(f"{scheme}/findings?state=OPEN")).json()["items"]
    assert {f["id"]: f["overdue"] for f in waiting} == {ids[0]: True, ids[1]: True}
    assert (await world.imb.get(made[2])).json()["overdue"] is False

    drafted = await world.coordinator.post(f"{scheme}/charters")
    second = drafted.headers["location"]
    assert (drafted.json()["number"], drafted.json()["missing"], drafted.json()["answers"]) == (2, [], [])
    cited = [ids[0], ids[2], str(uid("finding"))]
    await amended(world, second, {"whenAvailable": "Every day, and for late arrivals.", "answers": cited})
    refused = problem(await moved(world.coordinator, second, "submit"))
    assert refused[2] == [("FINDING_NOT_OPEN", "/answers/1"), ("FINDING_UNKNOWN", "/answers/2")]
    await amended(world, second, {"answers": [ids[0]]})
    await done(world.coordinator, second, "submit")
    for signer in ("safer", "governor"):
        await done(world[signer], second, "sign")
    await done(world.coordinator, second, "publish")

    answered = (await world.imb.get(made[0])).json()
    assert (answered["state"], answered["answeredIn"], answered["answeredBy"]) == ("ANSWERED", 2, _id(second))
    assert answered["overdue"] is False
    assert (await world.imb.get(made[1])).json()["state"] == "OPEN"
    assert (await world.coordinator.get(first)).json()["state"] == "SUPERSEDED"
    assert (await world.arthur.get(f"{scheme}/charter")).json()["number"] == 2
    entry = next(e for e in reversed(world.entries()) if e.verb == "PUBLISH_CHARTER" and e.outcome == "DONE")
    assert sorted(change.kind for change in entry.changes) == ["charter", "charter", "finding", "scheme"]


async def test_what_changed_between_two_versions_is_told_by_section(world: World) -> None:
    """Section and member, before and after, of what this viewer sees of both; before the first version all was
    blank."""
    shannon = f"/v1/schemes/{uid('scheme:shannon')}/charter/difference"
    said = (await world.coordinator.get(f"{shannon}?from=1&to=2")).json()
    assert (said["since"], said["to"]) == (1, 2)
    assert [(c["section"], c["member"]) for c in said["changes"]] == [("PURPOSE", "purpose"), ("IMPACT", "objectives")]
    assert said["changes"][0]["before"] == "To teach reading."
    assert said["changes"][1]["before"] is None
    assert (await world.evaluator.get(shannon)).json() == said  # by default: what holds, with the one before
    # Who sees only what holds cannot compare it with what held.
    assert (await world.officer.get(shannon)).status_code == 404
    first = (await world.arthur.get(f"/v1/schemes/{uid('scheme:insiders')}/charter/difference")).json()
    assert first["since"] == 0
    public = {"PURPOSE", "TARGET_GROUP", "OUTCOMES", "DURATION", "AVAILABILITY", "CONFIDENTIALITY"}
    assert {c["section"] for c in first["changes"]} == public
    assert "needsEvidence" not in {c["member"] for c in first["changes"]}


@pytest.mark.parametrize("code", ["NEW_ARRIVALS_MET_IN_24_HOURS", "SESSIONS_DELIVERED", "MEDIAN_WAIT"])
async def test_the_measures_are_a_catalogue(world: World, code: str) -> None:
    """Code, title, unit, better direction, grain and kinds: an objective is bound to one of them, and takes its
    direction from it."""
    items = {m["code"]: m for m in (await world.officer.get("/v1/measures")).json()["items"]}
    assert set(items[code]) == {"code", "title", "unit", "better", "grain", "kinds"}
    assert items["MEDIAN_WAIT"]["better"] == "LOWER"
    assert items["SESSIONS_DELIVERED"]["kinds"] == ["SHANNON_TRUST"]


def _id(path: str) -> Any:
    return path.rpartition("/")[2]


# --- given up before it is done ---------------------------------------------------------------------------------------


async def test_a_draft_is_discarded_and_another_begins_from_what_holds(world: World) -> None:
    """Whoever drafts gives it up; what was said to it stays. Its number is used up, nothing more happens to it, and the
    public never saw it. The next draft begins with what holds, and is compared with the version that held before."""
    scheme, first = await published(world)
    second = (await world.coordinator.post(f"{scheme}/charters")).headers["location"]
    await amended(world, second, {"purpose": "To meet whoever asks.", "needs": ["SAFETY"]})
    said = {"section": "PURPOSE", "words": "That is another scheme."}
    comment = (await world.safer.post(f"{second}/comments", said)).headers["location"]
    for name in ("safer", "governor"):
        assert (await moved(world[name], second, "discard")).status_code == 403
    assert (await done(world.coordinator, second, "discard"))["state"] == "DISCARDED"
    assert codes(await moved(world.coordinator, second, "discard")) == ["STATE_DISCARDED"]
    assert codes(await moved(world.coordinator, second, "submit"))[0] == "STATE_DISCARDED"
    late = await world.coordinator.patch(second, {"purpose": "Back."}, tag=await world.coordinator.tag(second))
    assert codes(late) == ["STATE_DISCARDED"]
    more = await world.safer.post(f"{second}/comments", said)
    assert codes(more) == ["STATE_DISCARDED"]
    assert (await world.safer.get(comment)).json()["words"] == said["words"]
    assert (await world.arthur.get(f"{scheme}/charter")).json()["number"] == 1
    assert (await world.arthur.get(second)).status_code == 404
    unserved = {"title": "Safe", "measure": "NEW_ARRIVALS_MET_IN_24_HOURS", "need": "SAFETY"}
    assert codes(await world.coordinator.post(f"{scheme}/objectives", unserved)) == ["NEED_NOT_IN_CHARTER"]
    third = await world.coordinator.post(f"{scheme}/charters")
    assert (third.status_code, third.json()["number"]) == (201, 3)
    assert third.json()["purpose"] == (await world.coordinator.get(first)).json()["purpose"]
    await amended(world, third.headers["location"], {"whyNeeded": "Half of them come after nine."})
    told = (await world.coordinator.get(f"{scheme}/charter/difference?to=3")).json()
    assert (told["since"], told["to"], [c["member"] for c in told["changes"]]) == (1, 3, ["whyNeeded"])


async def test_what_is_in_the_hands_of_those_who_sign_is_not_discarded(world: World) -> None:
    """It comes back first, with the reason; then its authors may give it up."""
    _, charter = await whole(world)
    await done(world.coordinator, charter, "submit")
    assert codes(await moved(world.coordinator, charter, "discard")) == ["STATE_SUBMITTED"]
    await sent_back(world, charter)
    assert (await done(world.coordinator, charter, "discard"))["state"] == "DISCARDED"


async def test_an_objective_is_closed_with_a_reason_and_no_plan_is_bound_to_it_then(world: World) -> None:
    """Why and when stand on it for everybody who reads it; it is measured and amended no more, cannot be closed twice,
    and a plan that still cites it cannot be handed in."""
    scheme, charter = await whole(world)
    id = (await world.coordinator.get(charter)).json()["objectives"][0]
    path = f"/v1/objectives/{id}"
    assert (await moved(world.governor, path, "close", {"reason": "REPLACED"})).status_code == 403
    closed = await done(world.coordinator, path, "close", {"reason": "CANNOT_BE_MEASURED"})
    assert (closed["state"], closed["status"], closed["closedFor"]) == ("CLOSED", "CLOSED", "CANNOT_BE_MEASURED")
    assert closed["closedOn"] == world.now.date().isoformat()
    again = await moved(world.coordinator, path, "close", {"reason": "REPLACED"})
    assert (codes(again), again.json()["allowedMoves"]) == (["STATE_CLOSED"], [])
    amend = await world.coordinator.patch(path, {"title": "Met"}, tag=await world.coordinator.tag(path))
    assert codes(amend) == ["STATE_CLOSED"]
    point = {"value": 70, "on": "2026-12-02", "source": "SURVEY"}
    world.later(days=45)
    assert codes(await moved(world.coordinator, path, "measure", point)) == ["STATE_CLOSED"]
    assert codes(await moved(world.coordinator, charter, "submit")) == ["OBJECTIVE_CLOSED"]
    await amended(world, charter, {"objectives": [await objective_for(world, scheme)]})
    await done(world.coordinator, charter, "submit")
    for signer in ("safer", "governor"):
        await done(world[signer], charter, "sign")
    assert (await done(world.coordinator, charter, "publish"))["state"] == "PUBLISHED"

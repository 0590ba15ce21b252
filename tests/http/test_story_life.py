"""The life of a scheme over HTTP: from draft to live, at risk, suspended and closed, with each step that is refused."""

import dataclasses
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from api.work.bench import service_begin
from domain.confidentiality.entry import Family
from domain.life.watching_over import watch_over
from domain.oversight.record import Assignment
from domain.schemes.record import Scheme
from tests.http import tale
from tests.http.cast import assignment, uid
from tests.http.tale import changes, done, led_by, moved
from tests.http.world import World, codes, observed, problem
from tests.plans import PLANS, plans_of

LATER = [code for code in PLANS if code != "CHARTER_NOT_PUBLISHED"]
"""The plans that a scheme may be approved without."""

MODULES = ["COMMUNICATION", "TURNING_PAGES", "COUNT_ME_IN"]
PLAN = {"howToAsk": "Ask a mentor.", "reviewOn": "2027-12-01", "supportersWanted": 4, "supportersNeeded": 2}
AHEAD = {"reason": "SAFETY", "reviewOn": "2027-01-20"}


async def a_minute_passes(world: World) -> int:
    """The clock looks at every scheme. How many stand otherwise than before."""
    world.later(minutes=1)
    return await watch_over(service_begin(world.house.runtime))


async def pilot(world: World, **plan: Any) -> tuple[str, list[str]]:
    """A reading scheme, open as a pilot with two active mentors; it took twenty-eight days."""
    scheme = await tale.scheme_approved(world, "SHANNON_TRUST", **{**PLAN, "pilotLimit": 2, **plan})
    mentors = [await tale.trained(world, scheme, who, "facilitator", MODULES) for who in ("mentor", "second-mentor")]
    world.later(days=28)
    for path in mentors:
        await done(world.coordinator, path, "activate")
    await done(world.coordinator, scheme, "open")
    return scheme, mentors


async def planned(world: World, scheme: str) -> None:
    """The plans that it lacks still are there: what they say is told elsewhere."""
    kept = await world.record(Scheme, UUID(scheme.rpartition("/")[2]))
    plans = plans_of(kept, world.now.date())
    await world.keep([plans[code] for code in LATER])


async def live(world: World) -> tuple[str, list[str]]:
    """The same scheme, live after its pilot, its supervision led by safer custody."""
    scheme, mentors = await pilot(world)
    await planned(world, scheme)
    assert (await led_by(world.coordinator, scheme, assignment("safer"))).status_code == 200
    world.later(days=28)
    await done(world.coordinator, scheme, "launch")
    return scheme, mentors


async def test_from_draft_to_live_each_step_waits_for_what_it_needs(empty: World) -> None:
    """Nothing is skipped: what is missing is told at once, with the moves that are left to whoever asked, and
    readiness says the same before it is tried."""
    made = await empty.coordinator.post("/v1/schemes", {"kind": "SHANNON_TRUST", "name": "Readers", "prison": "MDI"})
    scheme, id = made.headers["location"], made.json()["id"]
    early = await moved(empty.coordinator, scheme, "launch")
    assert (codes(early), early.json()["allowedMoves"]) == (["STATE_DRAFT"], ["CLOSE_SCHEME"])
    stop = await moved(empty.governor, scheme, "suspend", AHEAD)
    assert (codes(stop), stop.json()["allowedMoves"]) == (["STATE_DRAFT"], ["APPROVE_SCHEME", "CLOSE_SCHEME"])
    (yes,) = (await empty.governor.get(f"{scheme}/readiness")).json()["moves"]
    assert (yes["move"], yes["may"], yes["missing"]) == ("APPROVE_SCHEME", True, ["CHARTER_NOT_PUBLISHED"])
    to_nothing = await moved(empty.governor, scheme, "approve")
    assert (codes(to_nothing), to_nothing.json()["allowedMoves"]) == (
        yes["missing"],
        ["APPROVE_SCHEME", "CLOSE_SCHEME"],
    )
    await a_minute_passes(empty)
    assert (await empty.governor.get(f"/v1/scheme-statuses/{id}")).json()["gaps"] == ["CHARTER_NOT_PUBLISHED"]
    await tale.chartered(empty, scheme)
    approved = await done(empty.governor, scheme, "approve")
    assert (approved["state"], approved["open"]) == ("APPROVED", False)
    bare = await moved(empty.coordinator, scheme, "open")
    missing = ["HOW_TO_ASK_MISSING", "REVIEW_DATE_MISSING", "NO_ACTIVE_SUPPORTER"]
    assert (codes(bare), bare.json()["allowedMoves"]) == (missing, ["OPEN_SCHEME", "CLOSE_SCHEME"])
    told = (await empty.samaritan.get(f"{scheme}/readiness")).status_code
    assert told == 404, "another partner's scheme"
    for name, may in (("coordinator", True), ("facilitator", False), ("imb", False)):
        said = (await empty[name].get(f"{scheme}/readiness")).json()
        (move,) = said["moves"]
        assert (said["scheme"], said["state"], move["move"], move["may"]) == (id, "APPROVED", "OPEN_SCHEME", may)
        assert move["missing"] == missing
        assert move["cleared"] == ["REVIEW_OVERDUE", "MORE_THAN_THE_PILOT_LIMIT", "PRISON_NOT_ROLLED_OUT"]


async def test_a_pilot_grows_to_its_limit_and_no_further(empty: World) -> None:
    """S21: taken on, trained and active together are no more than the plan's limit, until it is live. The coordinator
    cannot raise it himself once it is approved; the governor can."""
    scheme, _ = await pilot(empty)
    id = scheme.rpartition("/")[2]
    applied = await empty.ben.post("/v1/supporters", {"scheme": id, "wing": "MDI-A"})
    path = applied.headers["location"]
    await tale.suited(empty, path)
    await done(empty.coordinator, path, "decide", {"verdict": "YES"})
    full = await moved(empty.facilitator, path, "decide", {"verdict": "YES"})
    assert problem(full) == (409, "conflict", [("PILOT_FULL", None)])
    assert (await empty.facilitator.get(path)).json()["standing"] == "APPLIED"
    tag = await empty.coordinator.tag(scheme)
    assert codes(await empty.coordinator.patch(scheme, {"pilotLimit": 3}, tag=tag)) == ["FIXED_BY_APPROVAL"]
    tag = await empty.governor.tag(scheme)
    assert (await empty.governor.patch(scheme, {"pilotLimit": 3}, tag=tag)).json()["pilotLimit"] == 3
    assert (await done(empty.facilitator, path, "decide", {"verdict": "YES"}))["standing"] == "ACCEPTED"


async def test_activation_too_waits_for_a_place(empty: World) -> None:
    """The limit was lowered after two were taken on: only one becomes active before it is live."""
    scheme = await tale.scheme_approved(empty, "SHANNON_TRUST", **{**PLAN, "supportersNeeded": 1, "pilotLimit": 2})
    first, second = [
        await tale.trained(empty, scheme, who, "facilitator", MODULES) for who in ("mentor", "second-mentor")
    ]
    await empty.governor.patch(scheme, {"pilotLimit": 1}, tag=await empty.governor.tag(scheme))
    empty.later(days=28)
    await done(empty.coordinator, first, "activate")
    assert codes(await moved(empty.coordinator, second, "activate")) == ["PILOT_FULL"]
    assert codes(await moved(empty.coordinator, scheme, "open")) == ["MORE_THAN_THE_PILOT_LIMIT"]


async def test_a_pilot_goes_live_with_all_that_it_needs(empty: World) -> None:
    """Days, supporters, somebody who leads supervision: until then it says what is missing, and then it is live, and
    grows freely."""
    scheme, _ = await pilot(empty)
    refused = await moved(empty.coordinator, scheme, "launch")
    assert codes(refused) == ["SUPERVISION_VACANT", "PILOT_NOT_OVER", *LATER]
    await planned(empty, scheme)
    assert codes(await moved(empty.coordinator, scheme, "launch")) == ["SUPERVISION_VACANT", "PILOT_NOT_OVER"]
    assert refused.json()["allowedMoves"] == ["LAUNCH_SCHEME", "CLOSE_SCHEME"]
    assert problem(await moved(empty.governor, scheme, "launch"))[0] == 403
    wrong = await led_by(empty.coordinator, scheme, assignment("officer"))
    never = await led_by(empty.coordinator, scheme, uid("never-existed"))
    assert problem(wrong) == (422, "unacceptable", [("ASSIGNMENT_UNKNOWN", "/assignment")])
    assert wrong.content == never.content
    able = (await empty.coordinator.get(f"{scheme}/supervision-leads")).json()["items"]
    assert str(assignment("safer")) in {each["assignment"] for each in able if each["role"] == "SAFER_CUSTODY"}
    assert {each["role"] for each in able} <= {"COORDINATOR", "SAFER_CUSTODY", "GOVERNOR", "PARTNER_VOLUNTEER"}
    assert (await empty.officer.get(f"{scheme}/supervision-leads")).status_code == 403
    led = (await led_by(empty.coordinator, scheme, assignment("safer"))).json()
    assert led["supervisionSince"] == empty.now.date().isoformat()
    empty.later(days=28)
    launched = await done(empty.coordinator, scheme, "launch")
    assert (launched["state"], launched["open"], launched["liveFrom"]) == (
        "LIVE",
        True,
        empty.now.date().isoformat(),
    )
    applied = await empty.ben.post("/v1/supporters", {"scheme": scheme.rpartition("/")[2], "wing": "MDI-A"})
    await tale.suited(empty, applied.headers["location"])
    for who in ("coordinator", "facilitator"):
        decided = await done(empty[who], applied.headers["location"], "decide", {"verdict": "YES"})
    assert decided["standing"] == "ACCEPTED"


async def test_the_service_finds_what_is_at_risk_and_nobody_types_it(empty: World) -> None:
    """A mentor rests, the lead's assignment ends, the review passes: AT_RISK with its reasons and since when, by the
    service, with one line; and it serves on."""
    scheme, (first, _) = await live(empty)
    assert await a_minute_passes(empty) >= 0
    assert (await empty.coordinator.get(scheme)).json()["state"] == "LIVE"
    mark = len(empty.seen.entries)
    assert await a_minute_passes(empty) == 0
    assert len(empty.seen.entries) == mark, "a look that finds nothing new leaves no line"
    await done(empty.coordinator, first, "pause")
    await a_minute_passes(empty)
    (line,) = [e for e in empty.seen.entries[mark:] if e.family is Family.TICK and e.changes]
    assert (line.actor is not None, line.role, line.prison) == (True, "SERVICE", "MDI")
    assert [(c.kind, c.fields) for c in line.changes if c.kind == "scheme"] == [
        ("scheme", ("state", "at_risk_for", "at_risk_since"))
    ]
    seen = (await empty.officer.get(scheme)).json()
    assert (seen["state"], seen["open"], seen["atRiskFor"]) == ("AT_RISK", True, ["SUPPORTERS_TOO_FEW"])
    since = seen["atRiskSince"]
    held = await empty.record(Assignment, assignment("safer"))
    await empty.change(dataclasses.replace(held, ended_at=empty.now))
    soon = {"reviewOn": empty.now.date().isoformat()}
    assert (await empty.coordinator.patch(scheme, soon, tag=await empty.coordinator.tag(scheme))).status_code == 200
    empty.later(days=1)
    await a_minute_passes(empty)
    worse = (await empty.coordinator.get(scheme)).json()
    assert worse["atRiskFor"] == ["SUPPORTERS_TOO_FEW", "SUPERVISION_VACANT", "REVIEW_OVERDUE"]
    assert worse["atRiskSince"] == since


async def test_what_was_at_risk_is_live_again_once_it_is_mended(empty: World) -> None:
    """Back from his rest: the same minute's look takes the scheme back, and nothing of it is left."""
    scheme, (first, _) = await live(empty)
    await done(empty.coordinator, first, "pause")
    await a_minute_passes(empty)
    assert codes(await moved(empty.coordinator, scheme, "launch")) == ["STATE_AT_RISK"]
    for word in (empty.mentor, empty.coordinator):
        await done(word, first, "resume")
    await a_minute_passes(empty)
    mended = (await empty.coordinator.get(scheme)).json()
    assert (mended["state"], mended["atRiskFor"], mended["atRiskSince"]) == ("LIVE", [], None)


async def test_only_a_review_takes_a_scheme_back_whose_review_was_missed(empty: World) -> None:
    """Whoever runs it cannot put the day off himself; governor or safer custody looks, says what was found and when the
    next review is, and within a minute the service finds nothing at risk."""
    scheme, _ = await live(empty)
    soon = {"reviewOn": (empty.now + timedelta(days=1)).date().isoformat()}
    assert (await empty.coordinator.patch(scheme, soon, tag=await empty.coordinator.tag(scheme))).status_code == 200
    empty.later(days=2)
    await a_minute_passes(empty)
    assert (await empty.coordinator.get(scheme)).json()["atRiskFor"] == ["REVIEW_OVERDUE"]
    later = (empty.now + timedelta(days=90)).date().isoformat()
    for day in (later, None):
        off = await empty.coordinator.patch(scheme, {"reviewOn": day}, tag=await empty.coordinator.tag(scheme))
        assert codes(off) == ["REVIEW_FIRST"]
    body = {"found": "PLAN_TO_BE_CHANGED", "reviewOn": later}
    assert (await moved(empty.coordinator, scheme, "review", body)).status_code == 403
    far = {**body, "reviewOn": "2029-01-01"}
    assert problem(await moved(empty.governor, scheme, "review", far))[2] == [("WITHIN_A_YEAR", "/reviewOn")]
    reviewed = await done(empty.governor, scheme, "review", body)
    assert (reviewed["reviewOn"], reviewed["reviewedOn"]) == (later, empty.now.date().isoformat())
    assert reviewed["reviewFound"] == "PLAN_TO_BE_CHANGED"
    await a_minute_passes(empty)
    mended = (await empty.coordinator.get(scheme)).json()
    assert (mended["state"], mended["atRiskFor"]) == ("LIVE", [])
    seen = (await empty.arthur.get(scheme)).json()
    assert (seen["reviewedOn"], seen["reviewFound"]) == (reviewed["reviewedOn"], None)


async def test_people_in_custody_are_not_told_that_a_scheme_is_at_risk(empty: World) -> None:
    """To those whom it helps, and who give their time in it, it is open: the same bytes before and after, by its id, in
    the list and by every filter that they have."""
    scheme, (first, _) = await live(empty)
    await a_minute_passes(empty)
    asked = [scheme, "/v1/schemes", f"{scheme}/readiness", "/v1/scheme-statuses", "/v1/schemes?state=AT_RISK"]
    people = ("arthur", "second-mentor", "peer-coordinator", "staff", "healthcare")
    before = [observed(await empty[who].get(path)) for who in people for path in asked]
    await done(empty.coordinator, first, "pause")
    await a_minute_passes(empty)
    assert (await empty.officer.get(scheme)).json()["state"] == "AT_RISK"
    after = [observed(await empty[who].get(path)) for who in people for path in asked]
    assert after == before
    said = (await empty.arthur.get(scheme)).json()
    assert (said["open"], said["state"], "state" in said["withheld"]) == (True, None, True)


async def test_a_scheme_at_risk_serves_and_a_suspended_one_does_not(empty: World) -> None:
    """Who needs help gets it while somebody mends what is missing; suspended, it takes nobody, and the request that is
    made all the same is kept, unverified."""
    scheme, (first, _) = await live(empty)
    id = scheme.rpartition("/")[2]
    await done(empty.coordinator, first, "pause")
    await a_minute_passes(empty)
    ask = {"need": "EDUCATION", "channel": "STAFF_REFERRAL", "urgency": "ROUTINE", "wing": "MDI-A", "prison": "MDI"}
    asked = await empty.officer.post("/v1/requests", ask, key="at-risk-0001")
    assert (asked.status_code, asked.json()["scheme"]) == (201, id)
    learner = {"scheme": id, "wing": "MDI-A", "goal": "READ_A_BOOK", "identifier": "A3003QX", "name": "Norman Quayle"}
    assert (await empty.coordinator.post("/v1/enrolments", learner)).status_code == 201
    stopped = await done(empty.safer, scheme, "suspend", AHEAD)
    assert (stopped["state"], stopped["open"], stopped["atRiskFor"]) == ("SUSPENDED", False, [])
    asked = await empty.officer.post("/v1/requests", ask, key="at-risk-0002")
    assert (asked.status_code, asked.json()["scheme"], asked.json()["unverified"]) == (201, None, True)
    again = await empty.coordinator.post("/v1/enrolments", {**learner, "identifier": "A3004QX", "name": "Nat Quick"})
    assert codes(again) == ["SCHEME_NOT_OPEN"]


async def test_suspension_is_the_governor_s_or_safer_custody_s_and_costs_nobody_his_standing(empty: World) -> None:
    """With a reason, and a day within ninety on which it is looked at again; resumed, it is what it was."""
    scheme, mentors = await live(empty)
    late = {**AHEAD, "reviewOn": (empty.now.date() + timedelta(days=91)).isoformat()}
    assert problem(await moved(empty.safer, scheme, "suspend", late))[2] == [("WITHIN_NINETY_DAYS", "/reviewOn")]
    for who in ("coordinator", "facilitator", "officer", "imb"):
        assert problem(await empty[who].post(f"{scheme}/suspend", AHEAD, tag='"x"'))[0] == 403
        assert problem(await empty[who].post(f"{scheme}/resume", tag='"x"'))[0] == 403
    await done(empty.safer, scheme, "suspend", AHEAD)
    assert [(await empty.coordinator.get(m)).json()["standing"] for m in mentors] == ["ACTIVE", "ACTIVE"]
    twice = await moved(empty.governor, scheme, "suspend", AHEAD)
    assert (codes(twice), twice.json()["allowedMoves"]) == (["STATE_SUSPENDED"], ["RESUME_SCHEME", "CLOSE_SCHEME"])
    resumed = await done(empty.governor, scheme, "resume")
    assert (resumed["state"], resumed["suspendedFor"], resumed["suspensionReviewOn"]) == ("LIVE", None, None)


async def test_a_scheme_closes_when_nothing_and_nobody_is_left(empty: World) -> None:
    """Learners enrolled, requests open, mentors in role, the partner not told, nothing learned: all of it is told at
    once, by the checklist and by the refusal; then it is over, and takes nobody."""
    scheme, mentors = await live(empty)
    id = scheme.rpartition("/")[2]
    ask = {"need": "EDUCATION", "channel": "STAFF_REFERRAL", "urgency": "ROUTINE", "wing": "MDI-A", "prison": "MDI"}
    request = (await empty.coordinator.post("/v1/requests", ask, key="closing-0001")).headers["location"]
    learner = {"scheme": id, "wing": "MDI-A", "goal": "READ_A_BOOK", "identifier": "A3003QX", "name": "Norman Quayle"}
    enrolment = (await empty.coordinator.post("/v1/enrolments", learner)).headers["location"]
    waits = [
        "SUPPORTERS_STILL_IN_ROLE",
        "ENROLMENTS_STILL_OPEN",
        "REQUESTS_STILL_OPEN",
        "PARTNER_NOT_TOLD",
        "LESSONS_MISSING",
        "LEARNERS_NOT_PLACED",
    ]
    reason = {"reason": "NO_RESOURCES"}
    for who in ("coordinator", "governor"):
        said = (await empty[who].get(f"{scheme}/closing")).json()
        assert [(m["move"], m["may"], m["cleared"], m["missing"]) for m in said["moves"]] == [
            ("CLOSE_SCHEME", True, ["APPLICATIONS_STILL_OPEN", "CONTINGENCY_PLAN_ON"], waits)
        ]
        assert codes(await moved(empty[who], scheme, "close", reason)) == waits
    for who in ("facilitator", "safer", "imb", "headquarters"):
        assert problem(await empty[who].get(f"{scheme}/closing"))[0] == 403
    for path in mentors:
        await done(empty.governor, path, "stand-down", {"reason": "SCHEME_CLOSED"})
    await done(empty.coordinator, request, "withdraw")
    await done(empty.coordinator, enrolment, "end", {"ending": "WITHDRAWN_LEARNER", "because": "OWN_WISH"})
    words = {"partnerToldOn": empty.now.date().isoformat(), "learnersGo": "TO_STAFF", "lessons": "Ask A1234BC."}
    tag = await empty.coordinator.tag(scheme)
    assert problem(await empty.coordinator.patch(scheme, words, tag=tag))[0] == 422, "a number is nobody's lesson"
    tag = await empty.coordinator.tag(scheme)
    words["lessons"] = "Evenings without staff on the wing do not work."
    assert (await empty.coordinator.patch(scheme, words, tag=tag)).status_code == 200
    assert (await empty.coordinator.get(f"{scheme}/closing")).json()["moves"][0]["missing"] == []
    closed = await done(empty.governor, scheme, "close", reason)
    assert (closed["state"], closed["open"], closed["closedFor"]) == ("CLOSED", False, "NO_RESOURCES")
    assert (await empty.governor.get(f"{scheme}/closing")).json()["moves"] == []
    again = await moved(empty.governor, scheme, "close", reason)
    assert (codes(again), again.json()["allowedMoves"]) == (["STATE_CLOSED"], [])
    assert codes(await empty.ben.post("/v1/supporters", {"scheme": id, "wing": "MDI-A"})) == ["SCHEME_CLOSED"]
    tag = await empty.coordinator.tag(scheme)
    assert codes(await empty.coordinator.patch(scheme, {"name": "Again"}, tag=tag)) == ["STATE_CLOSED"]
    assert changes(empty)[-1][2] == "AMEND_SCHEME"


@pytest.mark.parametrize("asked", [False, True])
async def test_listeners_close_without_anybody_looking_whether_somebody_asked(empty: World, asked: bool) -> None:
    """Rule 2: that a request is open is a secret from whoever closes the scheme. It is suspended for a day instead, and
    whether somebody asked makes no difference to a byte."""
    scheme, supporters = await tale.listeners_open(empty)
    if asked:
        await tale.on_duty(empty)
        await tale.asked(empty)
    waits = ["SUPPORTERS_STILL_IN_ROLE", "NOT_SUSPENDED_FOR_A_DAY", "PARTNER_NOT_TOLD", "LESSONS_MISSING"]
    reason = {"reason": "REPLACED"}
    assert codes(await moved(empty.governor, scheme, "close", reason)) == [*waits, "LEARNERS_NOT_PLACED"]
    for path in supporters:
        await done(empty.governor, path, "stand-down", {"reason": "SCHEME_CLOSED"})
    words = {"partnerToldOn": "2027-01-06", "lessons": "Night staff were too few.", "learnersGo": "NOBODY_WAS_LEFT"}
    await empty.coordinator.patch(scheme, words, tag=await empty.coordinator.tag(scheme))
    await done(empty.governor, scheme, "suspend", AHEAD)
    empty.later(hours=23, minutes=59)
    assert codes(await moved(empty.governor, scheme, "close", reason)) == ["NOT_SUSPENDED_FOR_A_DAY"]
    empty.later(minutes=1)
    assert (await done(empty.governor, scheme, "close", reason))["state"] == "CLOSED"


async def test_how_all_schemes_stand_is_one_look(world: World) -> None:
    """Headquarters sees every scheme of its jurisdiction, a governor those of his prison, a partner its own: state,
    reasons, gaps. Counts of supporters leave the prison as counts do."""
    said = (await world.headquarters.get("/v1/scheme-statuses?limit=2000")).json()
    assert {i["prison"] for i in said["items"]} == {"MDI", "LEI"}
    by = {i["id"]: i for i in said["items"]}
    risky, piloting = by[str(uid("scheme:at-risk"))], by[str(uid("scheme:pilot"))]
    assert (risky["stateAbout"], risky["supportersGap"]) == ("AT_RISK", "GAP")
    assert risky["gapsAbout"] == ["SUPERVISION_VACANT", *PLANS]
    assert (piloting["stateAbout"], piloting["gapsAbout"], piloting["reviewDue"]) == ("PILOT", [], False)
    exact = ["state", "atRiskFor", "atRiskSince", "gaps", "supportersNeeded", "supportersActive", "supportersInRole"]
    assert piloting["withheld"] == [*exact, "since"]
    assert (piloting["supportersActive"], piloting["supportersAbout"]) == (None, None)
    assert piloting["supportersGap"] == "NONE"
    own = (await world.governor.get("/v1/scheme-statuses?limit=2000")).json()["items"]
    assert {i["prison"] for i in own} == {"MDI"}
    assert {i["supportersActive"] for i in own if i["id"] == piloting["id"]} == {1}
    (seen,) = (i for i in own if i["id"] == risky["id"])
    assert (seen["state"], seen["atRiskFor"]) == ("AT_RISK", ["SUPPORTERS_TOO_FEW", "SUPERVISION_VACANT"])
    assert seen["gaps"] == ["SUPPORTERS_TOO_FEW", "SUPERVISION_VACANT", *PLANS]
    theirs = (await world.samaritan.get("/v1/scheme-statuses")).json()["items"]
    assert {i["organisation"] for i in theirs} == {"SAMARITANS"}
    assert problem(await world.headquarters.get("/v1/scheme-statuses?state=AT_RISK"))[0] == 400
    risks = (await world.headquarters.get("/v1/scheme-statuses?stateAbout=AT_RISK")).json()["items"]
    assert {i["id"] for i in risks} == {str(uid("scheme:at-risk")), str(uid("far:scheme:at-risk"))}
    for who in ("officer", "staff", "healthcare", "evaluator", "integrator"):
        assert problem(await world[who].get("/v1/scheme-statuses"))[0] == 403


async def test_a_move_is_seen_in_the_list_at_once_and_a_new_scheme_within_a_minute(empty: World) -> None:
    """What an act moved stands in the same transaction; what was only written waits for the clock."""
    scheme, _ = await pilot(empty)
    id = scheme.rpartition("/")[2]
    (how,) = (await empty.governor.get("/v1/scheme-statuses")).json()["items"]
    assert (how["id"], how["state"], how["gaps"]) == (id, "PILOT", ["SUPERVISION_VACANT", "PILOT_NOT_OVER", *LATER])
    await empty.coordinator.post("/v1/schemes", {"kind": "INSIDERS", "name": "New", "prison": "MDI"})
    assert await a_minute_passes(empty) == 1
    items = (await empty.governor.get("/v1/scheme-statuses")).json()["items"]
    assert sorted(i["state"] for i in items) == ["DRAFT", "PILOT"]
    await done(empty.governor, scheme, "suspend", AHEAD)
    again = (await empty.governor.get(f"/v1/scheme-statuses/{id}")).json()
    assert (again["state"], again["reviewOn"]) == ("SUSPENDED", "2027-01-20")

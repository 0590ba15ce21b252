"""What supporters of every kind did, in the codes that follow from their kind's own sheet; drafts that another person
approves; suites and groups, over HTTP (S4, F49, F50, F53; scenarios 1, 8 and 15)."""

import dataclasses
from datetime import datetime, timedelta
from typing import Any

import pytest

from domain.schemes.kinds import KINDS
from domain.schemes.registers.places import MeetingPlace, PlaceKind
from domain.schemes.sheet import Kind
from domain.schemes.tasks import Task
from domain.sessions.record import Enrolment
from domain.sessions.support_sheet import not_said
from domain.supporters.record import Standing
from tests.http import tale
from tests.http.cast import person, uid
from tests.http.furniture import MOORLAND, supporter
from tests.http.lives import scheme
from tests.http.operations import EXAMPLES
from tests.http.registers_furniture import of
from tests.http.tale import done, moved
from tests.http.world import World, actor_of, codes, observed, problem


async def run(world: World, code: str, who: str = "ben") -> str:
    """A scheme of that kind with one supporter of the cast, and Arthur as a case of his: the scheme's path."""
    kind = KINDS[code]
    name, helper = f"scheme:{code}", f"supporter:{code}"
    own = scheme(MOORLAND, name, code)
    helps = supporter(MOORLAND, helper, name, who, Standing.ACTIVE)
    case = dataclasses.replace(
        await world.record(Enrolment, uid("enrolment")),
        id=uid(f"enrolment:{code}"),
        version=0,
        scheme=own.id,
        organisation=kind.partner,
        supporter=helps.id,
        supporter_person=person(who),
        goal=None,
        programme=None,
    )
    await world.keep([own, dataclasses.replace(helps, kind=code, organisation=kind.partner), case])
    return f"/v1/schemes/{own.id}"


def record(**said: Any) -> dict[str, Any]:
    """Something that was done yesterday."""
    return {"heldOn": "2026-11-22", "minutes": 20, **said}


def case(code: str) -> dict[str, str]:
    """Arthur's case."""
    return {"enrolment": str(uid(f"enrolment:{code}"))}


async def kept(world: World, path: str, by: str = "ben", **said: Any) -> dict[str, Any]:
    """It is recorded."""
    made = await world[by].post(f"{path}/support-records", record(**said))
    assert made.status_code == 201, made.text
    return made.json()


async def follows(world: World, path: str, which: str) -> dict[str, tuple[str, str]]:
    """What follows from a record: by what, who sees to it and when."""
    scheme_id = path.rpartition("/")[2]
    found = (await world.coordinator.get(f"/v1/follow-ups?scheme={scheme_id}&limit=100")).json()["items"]
    return {each["what"]: (each["whose"], each["dueOn"]) for each in found if each["which"] == which}


async def test_an_advisers_case(world: World) -> None:
    """Issue, advice, a referral that was made and is chased, and what came of it; he reads his own case, and so does
    whoever he helps; a stranger does not."""
    path = await run(world, "PEER_ADVISERS")
    made = await kept(
        world,
        path,
        **case("PEER_ADVISERS"),
        issue="HOUSING",
        advice=["OPTIONS_EXPLAINED"],
        referredTo="HOUSING_SERVICE",
        referral="MADE",
        outcome="PART_RESOLVED",
        note="Ring them on Thursday.",
    )
    assert (made["state"], made["outcome"], made["person"]) == ("DRAFT", "PART_RESOLVED", str(person("arthur")))
    assert await follows(world, path, made["id"]) == {"CHASE_REFERRAL": ("SUPPORTER", "2026-12-07")}
    own = f"/v1/support-records/{made['id']}"
    for name in ("ben", "arthur", "coordinator"):
        assert (await world[name].get(own)).json()["note"] == "Ring them on Thursday.", name
    never = f"/v1/support-records/{uid('never-existed')}"
    for name in ("mentor", "facilitator", "far-coordinator", "second-listener"):
        assert observed(await world[name].get(own)) == observed(await world[name].get(never)), name
    for name in ("officer", "governor", "safer", "headquarters"):
        assert (await world[name].get(own)).status_code == 403, name


async def test_a_draft_counts_once_another_person_has_approved_it(world: World) -> None:
    """Written, handed in, sent back with a code, put right, handed in, approved: then nobody changes it (F53)."""
    path = await run(world, "PEER_ADVISERS")
    made = await kept(world, path, **case("PEER_ADVISERS"), issue="DEBT")
    own = f"/v1/support-records/{made['id']}"
    assert codes(await moved(world.coordinator, own, "approve")) == ["STATE_DRAFT"]
    assert (await done(world.ben, own, "submit"))["state"] == "SUBMITTED"
    tag = await world.ben.tag(own)
    assert codes(await world.ben.patch(own, {"minutes": 30}, tag=tag)) == ["STATE_SUBMITTED"]
    assert (await world.ben.post(f"{own}/approve", {}, tag=tag)).status_code == 404
    back = await done(world.coordinator, own, "return", {"because": "OUTCOME_NOT_SAID"})
    assert (back["state"], back["returnedFor"]) == ("DRAFT", "OUTCOME_NOT_SAID")
    changed = await world.ben.patch(own, {"outcome": "RESOLVED"}, tag=await world.ben.tag(own))
    assert (changed.json()["outcome"], changed.json()["returnedFor"]) == ("RESOLVED", None)
    await done(world.ben, own, "submit")
    approved = await done(world.coordinator, own, "approve")
    assert (approved["state"], approved["approvedBy"] is not None) == ("APPROVED", True)
    for name in ("ben", "coordinator"):
        tag = await world[name].tag(own)
        assert codes(await world[name].patch(own, {"outcome": "UNRESOLVED"}, tag=tag)) == ["STATE_APPROVED"], name


async def test_what_was_approved_is_corrected_by_another_version(world: World) -> None:
    """The one that stands is never changed: a copy is a draft, is put right, and holds once another person has approved
    it; until then, and if it never is, the first one does. Each once, and both stay to be read (F53)."""
    path = await run(world, "PEER_ADVISERS")
    made = await kept(world, path, **case("PEER_ADVISERS"), issue="DEBT", outcome="RESOLVED", note="All is paid.")
    first = f"/v1/support-records/{made['id']}"
    assert codes(await moved(world.ben, first, "correct")) == ["STATE_DRAFT"]
    await done(world.ben, first, "submit")
    await done(world.coordinator, first, "approve")
    stood = (await world.coordinator.get(first)).json()
    draft = await done(world.ben, first, "correct")
    assert (draft["state"], draft["corrects"], draft["approvedBy"]) == ("DRAFT", made["id"], None)
    assert {name: draft[name] for name in ("person", "issue", "outcome", "note", "heldOn")} == {
        name: stood[name] for name in ("person", "issue", "outcome", "note", "heldOn")
    }
    assert codes(await moved(world.coordinator, first, "correct")) == ["DRAFT_EXISTS"]
    second = f"/v1/support-records/{draft['id']}"
    right = {"outcome": "PART_RESOLVED", "note": "One bill is left."}
    assert (await world.ben.patch(second, right, tag=await world.ben.tag(second))).status_code == 200
    await done(world.ben, second, "submit")
    assert (await world.coordinator.get(first)).json() == stood
    await done(world.coordinator, second, "approve")
    now = (await world.coordinator.get(first)).json()
    assert now == {**stood, "correctedBy": draft["id"]}
    assert codes(await moved(world.ben, first, "correct")) == ["CORRECTED_ALREADY"]
    third = await done(world.coordinator, second, "correct")
    assert (third["corrects"], third["outcome"]) == (draft["id"], "PART_RESOLVED")
    for name in ("mentor", "facilitator", "far-coordinator"):
        assert (await world[name].post(f"{second}/correct", {}, tag='"x"')).status_code == 404, name


async def test_what_counted_at_once_is_corrected_by_two(world: World) -> None:
    """A form that nobody approves is put right by a version that somebody does: nothing is changed quietly."""
    path = await run(world, "INFORMATION_DESK")
    made = await kept(world, path, documents=["VISIT_FORM"])
    first = f"/v1/support-records/{made['id']}"
    tag = await world.ben.tag(first)
    assert codes(await world.ben.patch(first, {"minutes": 5}, tag=tag)) == ["STATE_RECORDED"]
    draft = await done(world.ben, first, "correct")
    second = f"/v1/support-records/{draft['id']}"
    await world.ben.patch(second, {"minutes": 5}, tag=await world.ben.tag(second))
    await done(world.ben, second, "submit")
    await done(world.coordinator, second, "approve")
    shown = [(await world.ben.get(each)).json() for each in (first, second)]
    assert [(each["minutes"], each["state"]) for each in shown] == [(20, "RECORDED"), (5, "APPROVED")]
    assert shown[0]["correctedBy"] == draft["id"]


async def test_who_wrote_it_does_not_approve_it(world: World) -> None:
    """Two people, also where staff type it for a supporter."""
    path = await run(world, "PEER_ADVISERS")
    made = await kept(world, path, "coordinator", supporter=str(uid("supporter:PEER_ADVISERS")), issue="WORK")
    own = f"/v1/support-records/{made['id']}"
    await done(world.coordinator, own, "submit")
    for action, body in (("approve", {}), ("return", {"because": "WRONG_DAY"})):
        assert codes(await moved(world.coordinator, own, action, body)) == ["SECOND_PERSON_NEEDED"]
    assert (await done(world["two-hats"], own, "approve"))["state"] == "APPROVED"


async def test_who_wrote_anothers_draft_anew_does_not_approve_it(world: World) -> None:
    """Whose words they are now, counts: another person than whoever changed them last has looked (F53)."""
    path = await run(world, "PEER_ADVISERS")
    made = await kept(world, path, **case("PEER_ADVISERS"), issue="DEBT")
    own = f"/v1/support-records/{made['id']}"
    assert made["amendedBy"] is None
    changed = await world.coordinator.patch(own, {"issue": "WORK"}, tag=await world.coordinator.tag(own))
    assert changed.json()["amendedBy"] == str(actor_of("coordinator"))
    await done(world.coordinator, own, "submit")
    assert codes(await moved(world.coordinator, own, "approve")) == ["SECOND_PERSON_NEEDED"]
    assert (await done(world["two-hats"], own, "approve"))["state"] == "APPROVED"


async def test_what_a_buddy_may_never_do_has_no_place_in_his_log(world: World) -> None:
    """Tasks that his kind permits; help in the shower is refused with a code of its own, what is only not his with
    another, each at its place (scenario 8). Staff ask whom he helps without him, once in four weeks."""
    path = await run(world, "SOCIAL_CARE_BUDDIES")
    made = await kept(world, path, **case("SOCIAL_CARE_BUDDIES"), tasksDone=["CLEAN_CELL", "COLLECT_MEALS"])
    assert made["tasksDone"] == ["CLEAN_CELL", "COLLECT_MEALS"]
    alone = {"SEE_WITHOUT_THE_SUPPORTER": ("STAFF", "2026-12-21")}
    assert await follows(world, path, made["id"]) == alone
    assert (await world.ben.get("/v1/follow-ups")).json()["items"] == [], "he is not told when he is asked about"
    second = await kept(world, path, **case("SOCIAL_CARE_BUDDIES"), tasksDone=["CLEAN_CELL"])
    assert await follows(world, path, second["id"]) == {}
    body = record(**case("SOCIAL_CARE_BUDDIES"), tasksDone=["CLEAN_CELL", "INTIMATE_CARE", "READ_LEGAL_POST"])
    refused = await world.ben.post(f"{path}/support-records", body)
    expected = [("PROHIBITED_TASK", "/tasksDone/1"), ("KIND_DOES_NOT_ALLOW", "/tasksDone/2")]
    assert problem(refused) == (422, "unacceptable", expected)


async def test_a_worry_of_a_buddy_goes_to_staff(world: World) -> None:
    """The same day, whatever becomes of the draft."""
    path = await run(world, "SOCIAL_CARE_BUDDIES")
    made = await kept(world, path, **case("SOCIAL_CARE_BUDDIES"), concernToldToStaff=True, followUpOn="2026-11-25")
    found = await follows(world, path, made["id"])
    assert found["HEAR_OF_A_CONCERN"] == ("STAFF", "2026-11-23")
    assert found["MEET_AGAIN"] == ("SUPPORTER", "2026-11-25")


SAYS: dict[str, dict[str, Any]] = {
    "PEER_ADVISERS": {
        "issue": "BENEFITS",
        "advice": ["SIGNPOSTED"],
        "referredTo": "JOB_CENTRE",
        "referral": "ACCEPTED",
    },
    "INFORMATION_DESK": {"documents": ["VISIT_FORM"], "tasksDone": ["EXPLAIN_FORMS"], "advice": ["FORM_EXPLAINED"]},
    "HEALTH_TRAINERS": {"issue": "SMOKING", "advice": ["PLAN_MADE"], "outcome": "RESOLVED"},
    "SOCIAL_CARE_BUDDIES": {"tasksDone": ["PUSH_WHEELCHAIR"], "appointment": "VISIT_OR_CLINIC_INSIDE", "kept": True},
    "RECOVERY_MENTORS": {"issue": "SUBSTANCE_USE", "relapseSupport": True},
    "VIOLENCE_REDUCTION": {"advice": ["DISPUTE_TALKED_THROUGH"], "tasksDone": ["CALM_DISPUTE"]},
    "THROUGH_THE_GATE": {"issue": "RELEASE_PLAN", "appointment": "MET_AT_GATE", "kept": False, "advice": ["PLAN_MADE"]},
}
FIELDS: dict[str, Any] = {
    "issue": "DEBT",
    "advice": ["INFORMATION_GIVEN"],
    "documents": ["MENU_SHEET"],
    "relapseSupport": True,
    "note": "On Thursday.",
}
ALSO: dict[str, dict[str, Any]] = {
    "referral": {"referredTo": "CHAPLAINCY", "referral": "MADE"},
    "kept": {"appointment": "GP", "kept": True},
}
MAY: dict[str, set[str]] = {
    "PEER_ADVISERS": {"issue", "advice", "note", "referral"},
    "INFORMATION_DESK": {"advice", "documents", "referral"},
    "HEALTH_TRAINERS": {"issue", "advice", "note", "referral"},
    "SOCIAL_CARE_BUDDIES": {"note", "kept"},
    "RECOVERY_MENTORS": {"issue", "advice", "note", "referral", "relapseSupport"},
    "VIOLENCE_REDUCTION": {"advice", "referral"},
    "THROUGH_THE_GATE": {"issue", "advice", "note", "referral", "kept"},
}
"""What records of each kind may say, of what some may and some may not."""


@pytest.mark.parametrize("code", SAYS)
async def test_each_kind_says_what_its_sheet_lets_it_and_nothing_else(world: World, code: str) -> None:
    """One form, and the sheet decides: what no supporter of the kind does has no place, and a note only where the kind
    holds words."""
    path = await run(world, code)
    made = await kept(world, path, **SAYS[code])
    assert {name: made[name] for name in SAYS[code]} == SAYS[code]
    for name, said in {**{n: {n: v} for n, v in FIELDS.items()}, **ALSO}.items():
        answer = await world.ben.post(f"{path}/support-records", record(**said))
        if name in MAY[code]:
            assert answer.status_code == 201, (name, answer.text)
        else:
            refused = {code for code, _ in problem(answer)[2]}
            assert refused == {"MAY_NOT_BE_HELD" if name == "note" else "KIND_DOES_NOT_ALLOW"}, name


@pytest.mark.parametrize("code", sorted(set(KINDS) - set(SAYS) - {"RED_CROSS_VOLUNTEERS"}))
async def test_other_kinds_record_otherwise_or_nobody_at_all(world: World, code: str) -> None:
    """Listeners hand in tallies, Insiders first meetings, mentors sessions, councils counts."""
    path = await run(world, code)
    answer = await world.coordinator.post(f"{path}/support-records", record(supporter=str(uid(f"supporter:{code}"))))
    assert codes(answer) == ["KIND_DOES_NOT_ALLOW"]


async def test_a_kind_that_nobody_programmed_has_its_form(world: World) -> None:
    """What a kind's records may say is worked out of the sheet, so a sheet that is made tomorrow says it too."""
    sheet: Kind = dataclasses.replace(
        KINDS["INFORMATION_DESK"], code="LIBRARY_GUIDES", permitted_tasks=(Task.MEET_AT_GATE, Task.KEEP_COMPANY)
    )
    said = {"documents": ("LETTER",), "appointment": "GP", "kept": True, "tasks_done": (Task.KEEP_COMPANY,)}
    assert [f.path for f in not_said(sheet, said)] == ["/documents"]


@pytest.mark.parametrize("member", ["identifier", "name", "supporter"])
async def test_a_supporter_who_names_somebody_is_refused_as_for_an_unknown_member(world: World, member: str) -> None:
    """A prisoner never names another (rule 8): he says which of his cases it was, or nobody."""
    path = await run(world, "PEER_ADVISERS")
    value = {"identifier": "A1001QX", "name": "Arthur Zephyrine", "supporter": str(uid("supporter:mentor"))}[member]
    named = await world.ben.post(f"{path}/support-records", record(**{member: value}))
    unknown = await world.ben.post(f"{path}/support-records", record(canary=value))
    assert problem(named)[:2] == problem(unknown)[:2] == (422, "unacceptable")
    assert codes(named) == codes(unknown) == ["UNKNOWN_FIELD"]
    others = await world.ben.post(f"{path}/support-records", record(enrolment=str(uid("enrolment"))))
    nobodys = await world.ben.post(f"{path}/support-records", record(enrolment=str(uid("never-existed"))))
    assert observed(others) == observed(nobodys)
    assert others.status_code == 404


async def test_what_goes_together(world: World) -> None:
    """A referral with its agency, kept with its appointment, an outcome with its issue; all of it at once."""
    path = await run(world, "THROUGH_THE_GATE")
    body = record(referral="MADE", kept=True, outcome="RESOLVED", heldOn="2026-11-24")
    assert {code for code, _ in problem(await world.ben.post(f"{path}/support-records", body))[2]} == {
        "REFERRAL_GOES_WITH_AGENCY",
        "KEPT_GOES_WITH_APPOINTMENT",
        "OUTCOME_GOES_WITH_ISSUE",
        "IN_THE_FUTURE",
    }


async def test_a_case_lasts_and_has_its_goals(world: World) -> None:
    """Somebody is a health trainer's case without manuals: a goal of reading is none of his."""
    path = await run(world, "HEALTH_TRAINERS")
    body = {
        "scheme": path.rpartition("/")[2],
        "identifier": "A1003QX",
        "name": "Lionel Quaverley",
        "wing": "MDI-A",
        "supporter": str(uid("supporter:HEALTH_TRAINERS")),
    }
    made = await world.coordinator.post("/v1/enrolments", body)
    assert (made.status_code, made.json()["programme"], made.json()["goal"]) == (201, None, None)
    assert made.json()["reviewDueOn"] == "2026-12-07"
    for member, value in (("goal", "READ_A_BOOK"), ("programme", "TURNING_PAGES")):
        refused = await world.coordinator.post("/v1/enrolments", {**body, member: value})
        assert codes(refused) == ["KIND_DOES_NOT_ALLOW", "ALREADY_ENROLLED"]
    without = {**body, "scheme": str(uid("scheme:shannon")), "supporter": None}
    assert problem(await world.coordinator.post("/v1/enrolments", without))[2] == [("NEEDED_HERE", "/goal")]


LISTENERS = f"/v1/schemes/{uid('scheme:listeners')}"


async def suite(world: World, kind: PlaceKind = PlaceKind.LISTENER_SUITE) -> dict[str, Any]:
    """A suite of the Listeners', used now."""
    place = {**of(MOORLAND, f"place:{kind}"), "scheme": uid("scheme:listeners"), "organisation": "SAMARITANS"}
    await world.keep([MeetingPlace(**place, kind=kind, name="Suite")])
    return {"place": str(place["id"]), "peerPresent": True, "observationsContinued": True}


async def test_a_suite_is_logged_against_the_room_and_nobody(world: World) -> None:
    """At ten past two: place and band, that a Listener is there and that observations go on. No name, no wing, no hour;
    read by whoever runs the prison tonight, until two hours after the band, and by nobody else (scenario 1; rules 1 and
    2)."""
    world.at(tale.NIGHT)
    body = await suite(world)
    made = await world.oscar.post(f"{LISTENERS}/suite-uses", body)
    assert made.status_code == 201, made.text
    shown = made.json()
    assert (shown["band"], shown["warnings"]) == ("NIGHT", [])
    assert {"person", "name", "wing", "supporter", "author", "heldOn"} & set(shown) == set()
    entry = world.last
    assert (entry.closed, entry.at.minute) == (True, 0)
    path = made.headers["location"]
    assert (await world.oscar.get(path)).status_code == 200
    for name in ("officer", "coordinator", "safer", "governor", "samaritan", "imb"):
        assert (await world[name].get(path)).status_code == 403, name
    for name in ("listener", "arthur", "peer-coordinator"):
        assert (await world[name].get(path)).status_code == 404, name
    world.later(hours=9)
    assert observed(await world.oscar.get(path)) == observed(
        await world.oscar.get(f"/v1/suite-uses/{uid('never-existed')}")
    )


@pytest.mark.parametrize(
    ("said", "warns"),
    [
        ({"peerPresent": False}, ["PEER_NOT_PRESENT"]),
        ({"observationsContinued": False}, ["OBSERVATIONS_NOT_CONTINUED"]),
        (
            {"peerPresent": False, "observationsContinued": False},
            ["PEER_NOT_PRESENT", "OBSERVATIONS_NOT_CONTINUED"],
        ),
    ],
)
async def test_alone_in_a_suite_is_a_warning_that_is_seen(
    world: World, said: dict[str, bool], warns: list[str]
) -> None:
    """What happened is taken down, and what must be seen to now is in the answer and in the list."""
    world.at(tale.NIGHT)
    body = await suite(world)
    made = await world.oscar.post(f"{LISTENERS}/suite-uses", {**body, **said})
    assert (made.status_code, made.json()["warnings"]) == (201, warns)
    assert [each["warnings"] for each in (await world.oscar.get("/v1/suite-uses")).json()["items"]][-1:] == [warns]


async def test_a_night_s_use_that_is_typed_in_the_morning_is_the_night_s(world: World) -> None:
    """After an outage: its band is that in which it was, and it is read no longer than a night's (rule 18). What lies
    ahead is not taken."""
    world.at(tale.NIGHT.replace(hour=8, minute=30))
    body = await suite(world)
    made = await world.oscar.post(f"{LISTENERS}/suite-uses", {**body, "occurredAt": tale.NIGHT.isoformat()})
    assert (made.status_code, made.json()["band"]) == (201, "NIGHT"), made.text
    assert datetime.fromisoformat(made.json()["readableUntil"]) == tale.NIGHT.replace(hour=9, minute=45)
    ahead = (world.now + timedelta(minutes=6)).isoformat()
    refused = await world.oscar.post(f"{LISTENERS}/suite-uses", {**body, "occurredAt": ahead})
    assert problem(refused)[2] == [("IN_THE_FUTURE", "/occurredAt")]


async def test_what_is_no_suite_is_not_logged_as_one(world: World) -> None:
    """A room, or a place of another scheme."""
    world.at(tale.NIGHT)
    body = await suite(world, PlaceKind.ROOM)
    refused = await world.oscar.post(f"{LISTENERS}/suite-uses", body)
    assert problem(refused) == (422, "unacceptable", [("NOT_OF_THIS_SCHEME", "/place")])


GROUP: dict[str, Any] = {"topic": "RECOVERY_GROUP", "heldOn": "2026-11-22", "minutes": 60, "expected": 8, "attended": 5}


async def test_a_group_is_counted_and_nobody_named(world: World) -> None:
    """How many came, and a code for each who did not; put right afterwards; read by those who run it and watch over the
    prison."""
    path = await run(world, "RECOVERY_MENTORS")
    made = await world.coordinator.post(f"{path}/group-sessions", {**GROUP, "absentFor": ["SICK", "CLASH", "REFUSED"]})
    assert made.status_code == 201, made.text
    own = made.headers["location"]
    changed = await world.coordinator.patch(
        own, {"attended": 6, "absentFor": ["SICK", "CLASH"]}, tag=await world.coordinator.tag(own)
    )
    assert (changed.json()["attended"], changed.json()["absentFor"]) == (6, ["SICK", "CLASH"])
    for name in ("governor", "imb"):
        assert (await world[name].get(own)).status_code == 200, name
    assert (await world.officer.get(own)).status_code == 403
    assert (await world.ben.get(own)).status_code == 404
    many = await world.coordinator.post(f"{path}/group-sessions", {**GROUP, "absentFor": ["SICK"] * 4})
    assert problem(many)[2] == [("MORE_THAN_EXPECTED", "/absentFor")]


async def test_one_that_was_not_held_says_why(world: World) -> None:
    """Held with minutes, or not with a code; at one that was not held nobody was."""
    path = await run(world, "RECOVERY_MENTORS")
    off = {**GROUP, "minutes": None, "notHeld": "NO_SPACE", "attended": 0}
    made = await world.coordinator.post(f"{path}/group-sessions", off)
    assert (made.status_code, made.json()["notHeld"]) == (201, "NO_SPACE")
    both = await world.coordinator.post(f"{path}/group-sessions", {**GROUP, "notHeld": "NO_SPACE"})
    assert {code for code, _ in problem(both)[2]} == {"REASON_OR_MINUTES"}
    neither = await world.coordinator.post(f"{path}/group-sessions", {**GROUP, "minutes": None})
    assert {code for code, _ in problem(neither)[2]} == {"NOT_HELD_HAS_NOBODY", "REASON_OR_MINUTES"}


async def test_of_a_council_only_counts_are_kept(world: World) -> None:
    """It holds nobody's identity, so not even why one was not there; who leads no groups has none."""
    path = await run(world, "COUNCIL")
    council = {**GROUP, "topic": "COUNCIL", "expected": 12, "attended": 9}
    assert (await world.coordinator.post(f"{path}/group-sessions", council)).status_code == 201
    told = await world.coordinator.post(f"{path}/group-sessions", {**council, "absentFor": ["SICK"]})
    assert problem(told) == (422, "unacceptable", [("KIND_DOES_NOT_ALLOW", "/absentFor")])
    mentors = await world.coordinator.post(f"/v1/schemes/{uid('scheme:shannon')}/group-sessions", GROUP)
    assert problem(mentors) == (422, "unacceptable", [("KIND_DOES_NOT_ALLOW", "/topic")])


@pytest.mark.parametrize("supporter", ["supporter:insider", "supporter:mentor", "supporter:never"])
async def test_a_coordinator_of_elsewhere_is_not_told_who_serves(world: World, supporter: str) -> None:
    """Of a first meeting in a scheme that is not his he hears that nothing is there, whoever he names."""
    meeting = {**EXAMPLES["recordInduction"].body, "supporter": str(uid(supporter))}  # type: ignore[dict-item]
    told = await world["shannon-coordinator"].post("/v1/inductions", meeting, key="induction-key-0001")
    assert problem(told)[:2] == (404, "not-found")

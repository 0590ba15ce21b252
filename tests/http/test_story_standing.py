"""One Listener, from the day he is accepted: active, suspended, back, removed, heard again, transferred; and who may
know what of it."""

import dataclasses
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import pytest

from domain.kernel.ids import SchemeId
from domain.oversight.record import Assignment
from domain.supporters.absences import Absence, Away
from domain.supporters.record import Supporter
from domain.supporters.suspension import Suspension
from tests.http import tale
from tests.http.cast import assignment, uid
from tests.http.tale import done, moved
from tests.http.world import World, codes, observed, problem

WHY = {"category": "ALLEGATION", "disclosedReason": "GENERAL_REVIEW"}
LIFT = {"word": "LIFT", "reason": "NOTHING_WAS_FOUND"}
REMOVE = {"word": "REMOVE", "reason": "THE_AGREEMENT_WAS_BROKEN"}
SECRET = {"withheldReason": "INTELLIGENCE", "evidence": "SEC-2027-0042"}


async def suspended(world: World, path: str, by: str = "oscar", **more: Any) -> str:
    """He is suspended: the path of the suspension, as those find it who read it."""
    shown = await done(world[by], path, "suspend", {**WHY, **more})
    assert shown["standing"] == "SUSPENDED"
    id = path.rpartition("/")[2]
    items = (await world.imb.get(f"/v1/suspensions?supporter={id}")).json()["items"]
    (open_one,) = [item for item in items if item["state"] == "OPEN"]
    return f"/v1/suspensions/{open_one['id']}"


async def test_one_listener_from_accepted_to_transferred(empty: World) -> None:
    """Accepted, trained, certified, practised, signed for, active; suspended on pay with a reason that he reads and one
    that he does not; reviewed by another, lifted by two words; then removed, heard on appeal, and transferred."""
    scheme, supporters = await tale.listeners_open(empty)
    path = supporters[0]
    case = await suspended(empty, path, **SECRET)
    own = (await empty.listener.get(case)).json()
    assert (own["disclosedReason"], own["payKept"], own["reviewDueOn"]) == (WHY["disclosedReason"], True, "2027-01-13")
    assert (own["withheldReason"], own["evidence"], own["suspendedBy"]) == (None, None, None)
    assert own["category"] is None, "that it is an allegation would tell that somebody spoke of him (rule 12)"
    assert (await empty.coordinator.get(case)).json()["category"] == "ALLEGATION"
    whole = (await empty.safer.get(case)).json()
    assert (whole["withheldReason"], whole["evidence"]) == ("INTELLIGENCE", "SEC-2027-0042")
    assert codes(await moved(empty.governor, case, "decide", LIFT)) == ["STATE_OPEN"]
    empty.later(days=8)
    late = (await empty.imb.get("/v1/suspensions?state=OPEN")).json()["items"]
    assert [item["overdue"] for item in late] == [True]
    await done(empty.safer, case, "review", {"finding": "NOTHING_FOUND"})
    assert (await done(empty.governor, case, "decide", LIFT))["state"] == "REVIEWED"
    assert (await empty.samaritan.get(path)).json()["standing"] == "SUSPENDED"
    lifted = await done(empty.samaritan, case, "decide", LIFT)
    assert (lifted["state"], lifted["decisionReason"]) == ("LIFTED", "NOTHING_WAS_FOUND")
    assert (await empty.listener.get(path)).json()["standing"] == "ACTIVE"

    case = await suspended(empty, path)
    await done(empty.safer, case, "review", {"finding": "CONCERN_CONFIRMED"})
    await done(empty.samaritan, case, "decide", REMOVE)
    assert (await done(empty.governor, case, "decide", REMOVE))["state"] == "REMOVED"
    assert (await empty.coordinator.get(path)).json()["standing"] == "REMOVED"
    appeal = {"ground": "I_WAS_NOT_HEARD"}
    assert (await done(empty.listener, case, "appeal", appeal))["state"] == "APPEALED"
    assert codes(await moved(empty.governor, case, "decide-appeal", {"answer": "OVERTURNED"})) == ["SAME_PERSON"]
    decided = await empty.record(Suspension, uid_of(case))
    await empty.change(dataclasses.replace(decided, prison_decided_by=uid("actor:another-governor")))
    again = await moved(empty.governor, case, "decide-appeal", {"answer": "OVERTURNED"})
    assert codes(again) == ["SAME_PERSON"], "his word was replaced, and was his"
    decided = await empty.record(Suspension, uid_of(case))
    await empty.change(dataclasses.replace(decided, decided_by=()))
    heard = await done(empty.governor, case, "decide-appeal", {"answer": "OVERTURNED"})
    assert heard["state"] == "OVERTURNED"
    assert (await empty.listener.get(path)).json()["standing"] == "ACTIVE"

    gone = await done(empty.coordinator, path, "stand-down", {"reason": "TRANSFERRED"})
    assert (gone["standing"], gone["leftFor"]) == ("TRANSFERRED_OUT", "TRANSFERRED")
    names = [item["name"] for item in (await empty.officer.get(f"{scheme}/team")).json()["items"]]
    assert names == ["Leopold Quexington"]


def uid_of(path: str) -> Any:
    """The id at the end of a path."""
    return UUID(path.rpartition("/")[2])


async def test_nobody_is_told_that_something_was_said_of_him(empty: World) -> None:
    """Rule 12: there is no such reason to choose; after a complaint it is a general review."""
    _, (path, _) = await tale.listeners_open(empty)
    told = {**WHY, "disclosedReason": "SOMETHING_WAS_SAID_ABOUT_YOU"}
    assert (await moved(empty.governor, path, "suspend", told)).status_code in (400, 422)


async def test_three_people_and_whoever_suspended_reaches_it_no_more(empty: World) -> None:
    """Suspender, reviewer and decider are three. To the suspender the case is as one that never was; the reviewer's
    word is refused by code; a partner who suspended has no word either."""
    _, supporters = await tale.listeners_open(empty)
    case = await suspended(empty, supporters[0], by="governor")
    never = f"/v1/suspensions/{uid('never-existed')}"
    assert observed(await empty.governor.get(case)) == observed(await empty.governor.get(never))
    for action, body in (("review", {"finding": "NOTHING_FOUND"}), ("decide", LIFT)):
        answer = await empty.governor.post(f"{case}/{action}", body, tag='"x"')
        assert observed(answer) == observed(await empty.governor.post(f"{never}/{action}", body, tag='"x"'))
        assert answer.status_code == 404
    assert (await empty.governor.get("/v1/suspensions")).json()["items"] == []

    other = await suspended(empty, supporters[1], by="samaritan")
    await done(empty.governor, other, "review", {"finding": "CONCERN_REMAINS"})
    assert codes(await moved(empty.governor, other, "decide", LIFT)) == ["SAME_PERSON"]
    assert (await empty.samaritan.post(f"{other}/decide", LIFT, tag='"x"')).status_code == 404


async def test_two_words_that_differ_decide_nothing(empty: World) -> None:
    """He stays suspended; a side may change its word; staff cannot stand him down meanwhile, but he may leave, and what
    was open is over."""
    _, (path, _) = await tale.listeners_open(empty)
    case = await suspended(empty, path)
    await done(empty.safer, case, "review", {"finding": "CONCERN_REMAINS"})
    await done(empty.governor, case, "decide", REMOVE)
    shown = await done(empty.samaritan, case, "decide", LIFT)
    assert (shown["state"], shown["prisonWord"], shown["partnerWord"]) == ("REVIEWED", "REMOVE", "LIFT")
    dodge = await moved(empty.coordinator, path, "stand-down", {"reason": "PRISON_DECISION"})
    assert codes(dodge) == ["SUSPENSION_UNDECIDED"]
    assert (await done(empty.coordinator, path, "stand-down", {"reason": "OWN_WISH"}))["standing"] == "STOOD_DOWN"
    assert (await empty.safer.get(case)).json()["state"] == "LEFT"
    assert codes(await moved(empty.governor, case, "decide", LIFT)) == ["STATE_LEFT"]


async def test_an_appeal_is_heard_for_28_days(empty: World) -> None:
    """On the last day, and not on the next; and by nobody but himself."""
    _, supporters = await tale.listeners_open(empty)
    cases = []
    for path in supporters:
        case = await suspended(empty, path)
        await done(empty.safer, case, "review", {"finding": "CONCERN_CONFIRMED"})
        await done(empty.samaritan, case, "decide", REMOVE)
        await done(empty.governor, case, "decide", REMOVE)
        cases.append(case)
    ground = {"ground": "TOO_HARSH"}
    assert (await empty["second-listener"].post(f"{cases[0]}/appeal", ground, tag='"x"')).status_code == 404
    empty.later(days=28)
    await done(empty.listener, cases[0], "appeal", ground)
    empty.later(days=1)
    assert codes(await moved(empty["second-listener"], cases[1], "appeal", ground)) == ["TOO_LATE_TO_APPEAL"]


@pytest.mark.parametrize("by", ["officer", "hub", "security", "imb", "headquarters", "staff"])
async def test_who_may_not_suspend(empty: World, by: str) -> None:
    """A wing officer reports; he does not suspend. 403, and nothing of it is kept."""
    _, (path, _) = await tale.listeners_open(empty)
    assert (await empty[by].post(f"{path}/suspend", WHY, tag='"x"')).status_code == 403
    assert await empty.records(Suspension) == []


@pytest.mark.parametrize("by", ["oscar", "safer", "governor", "coordinator", "samaritan"])
async def test_who_may_suspend(empty: World, by: str) -> None:
    """Whoever runs the shift, safer custody, governor, coordinator or partner: he is out of the role at once."""
    _, (path, _) = await tale.listeners_open(empty)
    await suspended(empty, path, by=by)
    await tale.on_duty(empty)
    request = await tale.asked(empty)
    id = path.rpartition("/")[2]
    assert codes(await moved(empty.officer, request, "offer", {"supporter": id})) == ["NOT_AVAILABLE"]
    assert (await empty.listener.post("/v1/tallies", tale.TALLY, key="tally-key-01")).status_code == 404


Do = Callable[[World, str], Awaitable[object]]


async def _court(world: World, path: str) -> object:
    return await world.oscar.post(f"{path}/absences", {"why": "AT_COURT", "firstOn": "2027-01-06"})


async def _hospital(world: World, path: str) -> object:
    return await world.oscar.post(f"{path}/absences", {"why": "HOSPITAL", "firstOn": "2027-01-06"})


async def _segregated(world: World, path: str) -> object:
    body = {"why": "SEGREGATED", "firstOn": "2027-01-06", "lastOn": "2027-01-07"}
    return await world.safer.post(f"{path}/absences", body)


async def _suspended(world: World, path: str) -> object:
    return await suspended(world, path)


async def _rests(world: World, path: str) -> object:
    return await done(world.listener, path, "pause")


async def test_a_peer_coordinator_tells_none_of_them_apart(empty: World) -> None:
    """Court, hospital, segregation, suspension and a rest give him one same view: the name of who agreed, not
    available, trained. So do they give a wing officer, to whom a supporter's own record says no more (rule 10,
    scenario 9)."""
    seen: dict[str, list[Any]] = {}
    scheme, (path, other) = await tale.listeners_open(empty)
    held = await empty.record(Assignment, assignment("peer-coordinator"))
    await empty.change(dataclasses.replace(held, scheme=SchemeId(uid_of(scheme))))
    for one in (path, other):
        who = empty.listener if one == path else empty["second-listener"]
        answer = await who.patch(one, {"agreedToBeListed": one == path}, tag=await who.tag(one))
        assert answer.status_code == 200
    before = (await empty["peer-coordinator"].get(f"{scheme}/team")).json()
    assert [(i["name"], i["available"], i["trained"]) for i in before["items"]] == [("Lionel Quaverley", True, True)]
    kept = await empty.record(Supporter, uid_of(path))
    for do in (_court, _hospital, _segregated, _suspended, _rests):
        await do(empty, path)
        for name in ("peer-coordinator", "officer"):
            seen.setdefault(name, []).append(observed(await empty[name].get(f"{scheme}/team")))
        seen.setdefault("record", []).append(observed(await empty.officer.get(path)))
        for absence in (await empty.safer.get(f"{path}/absences")).json()["items"]:
            where = f"/v1/absences/{absence['id']}"
            gone = {"firstOn": "2026-12-01", "lastOn": "2026-12-01"}
            await empty.safer.patch(where, gone, tag=await empty.safer.tag(where))
        await empty.change(kept)
    for views in seen.values():
        assert len(views) == 5
        assert all(view == views[0] for view in views)
    (his,) = (await empty["peer-coordinator"].get(f"{scheme}/team")).json()["items"]
    assert (his["wing"], his["certification"], his["notAvailableFor"]) == (None, None, None)
    for hidden in (f"{scheme}/eligible-supporters", path, f"{path}/absences", f"{path}/certificates"):
        assert (await empty["peer-coordinator"].get(hidden)).status_code == 404
    for own in ("/v1/suspensions", "/v1/supporters"):
        assert (await empty["peer-coordinator"].get(own)).json()["items"] == []


async def test_why_is_told_to_those_who_may_know(empty: World) -> None:
    """By code, all of it at once; where he is, to the prison and not to the partner, who plans with the days."""
    scheme, (path, _) = await tale.listeners_open(empty)
    await _court(empty, path)
    await suspended(empty, path)
    supporter = await empty.record(Supporter, uid_of(path))
    await empty.change(dataclasses.replace(supporter, certificate_expires_on=empty.now.date().replace(day=5)))
    for name in ("oscar", "safer", "governor", "coordinator", "samaritan", "imb", "inspector", "hub"):
        items = {i["supporter"]: i for i in (await empty[name].get(f"{scheme}/team")).json()["items"]}
        his = items[path.rpartition("/")[2]]
        assert his["notAvailableFor"] == ["SUSPENDED", "NOT_CERTIFIED", "AWAY"], name
        assert (his["available"], his["trained"], his["certification"]) == (False, False, "EXPIRED")
    (day,) = (await empty.samaritan.get(f"{path}/absences")).json()["items"]
    assert (day["firstOn"], day["why"], day["withheld"]) == ("2027-01-06", None, ["why"])
    assert (await empty.coordinator.get(f"/v1/absences/{day['id']}")).json()["why"] == "AT_COURT"


async def test_a_supporter_enters_leave_of_his_own_and_nothing_else(empty: World) -> None:
    """F38: with dates, by himself; then he is not offered, and afterwards he is, without anybody's word. Why he is
    somewhere else is not his to enter, nor another's leave his to change."""
    _, (path, other) = await tale.listeners_open(empty)
    await tale.on_duty(empty)
    leave = {"why": "OWN_WISH", "firstOn": "2027-01-06", "lastOn": "2027-01-06"}
    made = await empty.listener.post(f"{path}/absences", leave)
    assert made.status_code == 201
    again = await empty.listener.post(f"{path}/absences", leave)
    assert problem(again)[2] == [("OVERLAPS_ANOTHER", "/firstOn")]
    wrong = await empty.listener.post(f"{path}/absences", {**leave, "why": "HOSPITAL"})
    assert problem(wrong)[2] == [("OWN_WISH_ONLY", "/why")]
    backwards = await empty.listener.post(f"{path}/absences", {**leave, "firstOn": "2027-02-06"})
    assert problem(backwards)[2] == [("ENDS_BEFORE_START", "/lastOn")]
    both = await empty.listener.post(f"{path}/absences", {**leave, "why": "HOSPITAL", "firstOn": "2027-02-06"})
    assert problem(both)[2] == [("ENDS_BEFORE_START", "/lastOn"), ("OWN_WISH_ONLY", "/why")]
    assert (await empty.listener.post(f"{other}/absences", leave)).status_code == 404
    id = path.rpartition("/")[2]
    request = await tale.asked(empty)
    assert codes(await moved(empty.officer, request, "offer", {"supporter": id})) == ["NOT_AVAILABLE"]
    empty.later(days=1)
    await tale.on_duty(empty)
    request = await tale.asked(empty, key="night-key-0002")
    assert (await done(empty.officer, request, "offer", {"supporter": id}))["state"] == "OFFERED"


async def test_a_court_day_is_no_change_of_standing(empty: World) -> None:
    """Scenario 6: he is away until somebody says that he is back; where he stands is as it was."""
    scheme, (path, _) = await tale.listeners_open(empty)
    made = await _court(empty, path)
    assert (await empty.coordinator.get(path)).json()["standing"] == "ACTIVE"
    eligible = f"{scheme}/eligible-supporters"
    assert [i["name"] for i in (await empty.safer.get(eligible)).json()["items"]] == ["Leopold Quexington"]
    where = made.headers["location"]  # type: ignore[attr-defined]
    empty.later(days=1)
    back = await empty.oscar.patch(where, {"lastOn": "2027-01-06"}, tag=await empty.oscar.tag(where))
    assert back.status_code == 200
    assert len((await empty.safer.get(eligible)).json()["items"]) == 2


async def test_he_is_told_of_a_leave_and_of_no_day_at_court(world: World) -> None:
    """Whoever knows when he is taken out can arrange to be met: a day at court is for himself what never was, whether
    he reads, lists or changes it, with whatever tag; a leave that he wished for is his. Others read both."""
    absence = await world.record(Absence, uid("absence"))
    mine, never = f"/v1/absences/{absence.id}", f"/v1/absences/{uid('never')}"
    listed = f"/v1/supporters/{absence.supporter}/absences"
    days = {"firstOn": "2026-12-24"}
    assert len((await world.mentor.get(listed)).json()["items"]) == 1
    assert (await world.mentor.patch(mine, days, tag='"stale"')).status_code == 412
    await world.change(dataclasses.replace(absence, why=Away.AT_COURT, told_to_him=False))
    nobody = f"/v1/supporters/{uid('never')}/absences"
    assert observed(await world.mentor.get(listed)) == observed(await world.mentor.get(nobody))
    assert observed(await world.mentor.get(mine)) == observed(await world.mentor.get(never))
    patched = [await world.mentor.patch(path, days, tag='"stale"') for path in (mine, never)]
    assert patched[0].status_code == 404
    assert observed(patched[0]) == observed(patched[1])
    himself = (await world.mentor.get(f"/v1/supporters/{absence.supporter}")).json()
    assert "away" not in himself
    assert (await world.coordinator.get(mine)).json()["why"] == "AT_COURT"


@pytest.mark.parametrize("by", ["officer", "oscar", "coordinator", "governor", "samaritan", "hub", "listener"])
async def test_nobody_below_clearance_gets_an_eligible_list(empty: World, by: str) -> None:
    """Only the next offer (rule 11)."""
    scheme, _ = await tale.listeners_open(empty)
    answer = await empty[by].get(f"{scheme}/eligible-supporters")
    assert answer.status_code == (404 if by == "listener" else 403)


async def test_who_spoke_up_and_is_suspended_is_flagged_to_partner_and_board_alone(
    empty: World,
) -> None:
    """Rule 17. Whoever suspended him gets the bytes, the ledger the line, of a world in which he had said nothing."""
    scheme, supporters = await tale.listeners_open(empty)
    report = {"scheme": scheme.rpartition("/")[2], "what": "ASKED_TO_BREACH_CONFIDENCE", "against": "WING_STAFF"}
    assert (await empty["second-listener"].post("/v1/incidents", report)).status_code == 201
    empty.later(days=2)
    flags, lines, answers = [], [], []
    for path in supporters:
        mark = len(empty.entries())
        answer = await moved(empty.oscar, path, "suspend", WHY)
        answers.append((answer.status_code, sorted(answer.json()), answer.json()["withheld"]))
        (entry,) = [e for e in empty.since(mark) if e.verb == "SUSPEND_SUPPORTER"]
        lines.append([(c.kind, c.fields) for c in entry.changes])
        query = f"/v1/suspensions?supporter={path.rpartition('/')[2]}"
        found = {n: (await empty[n].get(query)).json()["items"] for n in ("samaritan", "imb", "safer", "governor")}
        flags.append({name: items[0]["possibleRetaliation"] for name, items in found.items()})
        assert (await empty.oscar.get(query)).status_code == 403
    assert flags == [
        {"samaritan": False, "imb": False, "safer": None, "governor": None},
        {"samaritan": True, "imb": True, "safer": None, "governor": None},
    ]
    assert lines[0] == lines[1]
    assert answers[0] == answers[1]


async def test_a_rest_ends_with_two_words(empty: World) -> None:
    """His own and that of whoever supports him, in either order; one of them twice is not two."""
    _, (path, other) = await tale.listeners_open(empty)
    for one, own, first in ((path, "listener", True), (other, "second-listener", False)):
        await done(empty[own], one, "pause")
        order = [own, "samaritan"] if first else ["samaritan", own]
        assert (await done(empty[order[0]], one, "resume"))["standing"] == "PAUSED"
        assert codes(await moved(empty[order[0]], one, "resume")) == ["ALREADY_SAID"]
        assert (await done(empty[order[1]], one, "resume"))["standing"] == "ACTIVE"


async def test_a_relapse_is_a_rest_or_a_suspension_and_others_are_told_not_available(empty: World) -> None:
    """Scenario 18: for his welfare, by the provider; he reads why in a code, and a wing officer that he cannot be
    had."""
    scheme, (path, _) = await tale.listeners_open(empty)
    shown = await done(
        empty.samaritan, path, "suspend", {"category": "WELFARE", "disclosedReason": "FOR_YOUR_OWN_HEALTH"}
    )
    assert shown["standing"] == "SUSPENDED"
    items = (await empty.officer.get(f"{scheme}/team")).json()["items"]
    assert sorted((i["available"], i["trained"], i["notAvailableFor"]) for i in items) == [
        (False, True, None),
        (True, True, None),
    ]
    (own,) = (await empty.listener.get("/v1/suspensions")).json()["items"]
    assert (own["category"], own["disclosedReason"]) == (None, "FOR_YOUR_OWN_HEALTH")

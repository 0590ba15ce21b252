"""A request is held up: why, and by which role, from fixed lists; what of it is left once the night is over, and who
reviews what should not have been (F51, X5; domain facts 3.6; rules 1, 2, 6 and 20)."""

import dataclasses
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from api.work.bench import service_begin
from domain.confidentiality.roles import Role
from domain.oversight.record import Assignment
from domain.sessions import disputing
from domain.sessions.conduct import Conduct
from domain.sessions.envelopes import Envelope
from domain.sessions.request import Request
from tests.http import tale
from tests.http.stores import MEMORY, MEMORY_FIRST
from tests.http.tale import done, line, moved
from tests.http.test_story_night_sheet import KEY, at, id_of, met, night, offer
from tests.http.test_story_unmet import ESTATE, PARTNER, opened, over
from tests.http.world import World, actor_of, codes, problem

FIRST = pytest.mark.parametrize("empty", MEMORY_FIRST, indirect=True)
TOLD = {"code": "TOLD_TO_WAIT_UNTIL_MORNING"}


async def waiting(world: World, **asked: Any) -> str:
    """Ten past two, an officer on the wing: somebody asks."""
    await tale.listeners_open(world)
    await tale.on_duty(world)
    return await tale.asked(world, **asked)


async def met_after(world: World, path: str, body: dict[str, str] = TOLD) -> None:
    """The first who is asked says yes; what holds up the unlocking is told; half an hour later they meet."""
    await done(world.officer, path, "offer")
    await done(world.officer, path, "answer", {"accepted": True})
    await done(world.officer, path, "delay", body)
    world.later(minutes=30)
    await done(world.officer, path, "unlock", {"place": "LISTENER_SUITE"})
    await done(world.officer, path, "complete")


async def test_a_wait_says_why_and_by_which_role(empty: World) -> None:
    """In each part of it, to those on duty; the request waits on. The line in the ledger tells hour and family, as that
    of any move does, and neither code nor role."""
    path = await waiting(empty)
    empty.later(minutes=5)
    held = await done(empty.officer, path, "delay", {"code": "NIGHT_STATE", "by": "NOBODY"})
    assert held["state"] == "RECEIVED"
    await done(empty.officer, path, "offer")
    await done(empty.officer, path, "answer", {"accepted": True})
    empty.later(minutes=40)
    mark = len(empty.entries())
    await done(empty.officer, path, "delay", {"code": "NO_STAFF_TO_UNLOCK", "by": "ESCORT"})
    held = await done(empty.officer, path, "delay", TOLD)
    entry = empty.since(mark)[-1]
    assert line(entry) == ("officer", "WING_OFFICER", "DELAY_REQUEST", "DONE", True, ("request",))
    assert (entry.at.minute, entry.code) == (0, None)
    assert not {"NIGHT_STATE", "ESCORT", "TOLD_TO_WAIT_UNTIL_MORNING"} & set(str(entry).split("'"))
    names = ("delayCodes", "delayRoles", "delayWaits", "delayMinutes", "delayActors")
    assert [held[name] for name in names] == [
        ["NIGHT_STATE", "NO_STAFF_TO_UNLOCK", "TOLD_TO_WAIT_UNTIL_MORNING"],
        ["NOBODY", "ESCORT", "WING_OFFICER"],
        ["OFFER", "UNLOCKING", "UNLOCKING"],
        [5, 45, 45],
        [None, None, str(actor_of("officer"))],
    ]
    assert (await empty.officer.get(path)).json() == held
    await done(empty.officer, path, "unlock", {"place": "LISTENER_SUITE"})
    assert codes(await moved(empty.officer, path, "delay", TOLD)) == ["STATE_IN_PROGRESS"]


@FIRST
async def test_codes_alone_and_roles_that_can_have_done_so(empty: World) -> None:
    """Rule 20: no words, and what is improper is nobody's but staff's."""
    path = await waiting(empty)
    for body in ({"code": "SMITH KICKING OFF"}, {**TOLD, "note": "Smith"}, {}, {"code": "NON_ASSOCIATION"}):
        assert (await moved(empty.officer, path, "delay", body)).status_code == 422, body
    for by in ("RECIPIENT", "SUPPORTER", "NOBODY"):
        answer = await moved(empty.officer, path, "delay", {**TOLD, "by": by})
        assert problem(answer) == (422, "unacceptable", [("ROLE_DOES_NOT_FIT_CODE", "/by")])
    refusal = {"code": "NIGHT_STATE", "alternative": "NONE", "decidedBy": "SUPPORTER"}
    answer = await moved(empty.officer, path, "refuse", refusal)
    assert problem(answer) == (422, "unacceptable", [("ROLE_DOES_NOT_FIT_CODE", "/decidedBy")])
    (request,) = await empty.records(Request)
    assert (request.delay_codes, request.state) == ((), "RECEIVED")


@FIRST
async def test_it_may_be_told_afterwards_and_is_marked(empty: World) -> None:
    """With its own time, late for ever (rule 16); not before the asking, and not ahead."""
    path = await waiting(empty)
    empty.later(minutes=50)
    (request,) = await empty.records(Request)
    asked = request.asked_at
    for when, code in ((-2, "BEFORE_IT_BEGAN"), (60, "IN_THE_FUTURE")):
        body = {**TOLD, "occurredAt": (asked + timedelta(minutes=when)).isoformat()}
        assert codes(await moved(empty.officer, path, "delay", body)) == [code]
    body = {**TOLD, "occurredAt": (asked + timedelta(minutes=10)).isoformat()}
    held = await done(empty.officer, path, "delay", body)
    assert (held["delayMinutes"], held["late"]) == ([10], True)


async def test_a_sheet_and_its_moves_one_by_one_tell_the_same_delays(empty: World) -> None:
    """The same night, lived through and typed in: one record, but for when it was typed."""
    _, supporters = await tale.listeners_open(empty)
    await tale.on_duty(empty)
    path = await tale.asked(empty)
    empty.later(minutes=5)
    await done(empty.officer, path, "delay", {"code": "NIGHT_STATE", "by": "NOBODY"})
    await done(empty.officer, path, "offer")
    empty.later(minutes=10)
    await done(empty.officer, path, "answer", {"accepted": True})
    await done(empty.officer, path, "delay", TOLD)
    empty.later(minutes=20)
    await done(empty.officer, path, "refuse", {"code": "NIGHT_STATE", "alternative": "NONE", "decidedBy": "GOVERNOR"})
    (lived,) = await empty.records(Request)
    sheet = {
        **tale.ASK,
        "occurredAt": at(2, 10),
        "offers": [offer(str(lived.offered_to), 2, 15, True, minutes=10)],
        "delays": [
            {"code": "NIGHT_STATE", "waitedFor": "OFFER", "occurredAt": at(2, 15), "by": "NOBODY"},
            {**TOLD, "waitedFor": "UNLOCKING", "occurredAt": at(2, 25), "by": "WING_OFFICER", "byMe": True},
        ],
        "end": {
            "how": "REFUSED",
            "occurredAt": at(2, 45),
            "code": "NIGHT_STATE",
            "alternative": "NONE",
            "decidedBy": "GOVERNOR",
        },
        "another": True,
    }
    answer = await empty.officer.post("/v1/night-sheets", sheet, key=KEY)
    assert answer.status_code == 201, answer.text
    told = await empty.record(Request, UUID(answer.json()["id"]))
    typed = {"id", "version", "recorded_at", "late"}
    differ = [n for n in Request.shape.fields if n not in typed and getattr(told, n) != getattr(lived, n)]
    assert (differ, told.delay_waits, told.refused_by_role) == ([], ("OFFER", "UNLOCKING"), "GOVERNOR")
    assert {id_of(each) for each in supporters} >= {str(told.offered_to)}


@FIRST
async def test_a_delay_stands_on_a_sheet_where_it_was(empty: World) -> None:
    """Each fault where it stands, all at once: a part of the wait that there was not, a time that was not in it, a role
    that cannot have, two who decided; a withdrawal is nobody's refusal."""
    supporters = await night(empty)
    delays = [
        {"code": "NIGHT_STATE", "waitedFor": "UNLOCKING", "occurredAt": at(2, 15), "by": "NOBODY"},
        {"code": "NIGHT_STATE", "waitedFor": "UNLOCKING", "occurredAt": at(2, 40), "by": "NOBODY"},
        {**TOLD, "waitedFor": "OFFER", "occurredAt": at(3, 20), "by": "RECIPIENT"},
    ]
    body = {**met(supporters), "delays": delays}
    answer = await empty.officer.post("/v1/night-sheets", body, key=KEY)
    assert problem(answer) == (
        422,
        "unacceptable",
        [
            ("NOT_IN_THIS_ORDER", "/delays/2"),
            ("ROLE_DOES_NOT_FIT_CODE", "/delays/2/by"),
            ("BEFORE_IT_BEGAN", "/delays/0/occurredAt"),
            ("BEFORE_IT_BEGAN", "/delays/2/occurredAt"),
        ],
    )
    end = {"how": "WITHDRAWN", "occurredAt": at(2, 20), "decidedBy": "GOVERNOR"}
    sheet = {**tale.ASK, "occurredAt": at(2, 10), "end": end}
    answer = await empty.officer.post("/v1/night-sheets", sheet, key="other-key-0001")
    assert problem(answer)[2] == [("GOES_WITH_A_REFUSAL", "/end/decidedBy")]
    end = {**end, "how": "REFUSED", "code": "NIGHT_STATE", "alternative": "NONE", "decidedByMe": True}
    answer = await empty.officer.post("/v1/night-sheets", {**sheet, "end": end}, key="other-key-0002")
    assert problem(answer)[2] == [("ME_OR_ANOTHER", "/end/decidedBy")]
    assert await empty.records(Request) == []


async def test_an_improper_delay_is_reviewed_whatever_came_of_the_request(empty: World) -> None:
    """Of one that was met: by its month and prison, and nothing of it says that they met, or when (rule 2). Neither
    the officer nor anybody below who reviews reaches it; the review closes it."""
    path = await waiting(empty)
    await met_after(empty, path)
    (request,) = await empty.records(Request)
    (kept,) = await over(empty)
    assert (kept.ended, kept.code, kept.decided_by_role) == ("DELAYED", "TOLD_TO_WAIT_UNTIL_MORNING", "WING_OFFICER")
    assert (kept.at, kept.wing, kept.review) == (datetime(2027, 1, 1, tzinfo=UTC), "MDI", "WAITING")
    assert (kept.coded_by, kept.goes_up, kept.held_up_for) == (actor_of("officer"), False, ())
    shown = (await empty.safer.get(f"/v1/conduct-records/{kept.id}")).json()
    for told in (request.id, request.offered_to, request.recipient, request.cell, "LISTENER_SUITE", "COMPLETED"):
        assert str(told) not in str(shown), told
    for name, status in (("officer", 403), ("oscar", 403), ("coordinator", 403), ("governor", 200), ("imb", 200)):
        assert (await empty[name].get(f"/v1/conduct-records/{kept.id}")).status_code == status, name
    tasks = (await empty.safer.get("/v1/tasks")).json()["items"]
    (task,) = [t for t in tasks if t["kind"] == "conduct"]
    assert (task["what"], task["which"]) == ("CONDUCT_TO_REVIEW", str(kept.id))
    # Of a month alone it is known: late is who has not looked seven days after its last.
    assert (task["dueOn"], task["late"], kept.overdue(empty.now)) == ("2027-02-07", False, False)
    assert not kept.overdue(datetime(2027, 2, 7, 12, tzinfo=UTC))
    assert kept.overdue(datetime(2027, 2, 8, 12, tzinfo=UTC))
    assert [kept.neglected(datetime(2027, 2, day, 12, tzinfo=UTC)) for day in (7, 8)] == [False, True]
    await done(empty.safer, f"/v1/conduct-records/{kept.id}", "review", {"verdict": "IT_WAS_SO"})
    tasks = (await empty.safer.get("/v1/tasks")).json()["items"]
    assert [t for t in tasks if t["kind"] == "conduct"] == []


@FIRST
@pytest.mark.parametrize("ended", ["met", "refused", "expired"])
async def test_what_is_told_of_a_delay_is_the_same_whatever_came_of_it(empty: World, ended: str) -> None:
    """The row of an improper delay is no other for a request that was met than for one that was not, but for its id."""
    path = await waiting(empty)
    if ended == "met":
        await met_after(empty, path)
    else:
        await done(empty.officer, path, "offer")
        await done(empty.officer, path, "answer", {"accepted": True})
        await done(empty.officer, path, "delay", TOLD)
    if ended == "refused":
        await done(empty.officer, path, "refuse", {"code": "NIGHT_STATE", "alternative": "NONE"})
    rows = [each for each in await over(empty) if each.ended == "DELAYED"]
    other = {"id": rows[0].id, "at": datetime(2027, 1, 1, tzinfo=UTC), "code": "TOLD_TO_WAIT_UNTIL_MORNING"}
    plain = {
        "version": 1,
        "jurisdiction": "EW",
        "prison": "MDI",
        "wing": "MDI",
        "ended": "DELAYED",
        "late": False,
        "after_hold": False,
        "coded_by": actor_of("officer"),
        "decided_by_role": "WING_OFFICER",
        "held_up_for": (),
        "held_up_by": (),
        "noted_by": actor_of("officer"),
        "cleared_by": None,
        "goes_up": False,
        "review": "WAITING",
        "verdict": None,
        "reviewed_by": None,
        "reviewed_on": None,
        "accounts": (),
        "reconciled": None,
        "accounts_on": None,
        "window_asked_for": False,
    }
    assert [{name: getattr(each, name) for name in Conduct.shape.fields} for each in rows] == [{**other, **plain}]


@FIRST
async def test_one_who_is_not_named_may_be_any_of_those_who_review(empty: World) -> None:
    """An officer types that the orderly officer would not: nobody is named, and it goes up past safer custody and
    governor (rule 6). The same delay told twice is one row; another role's is another."""
    path = await waiting(empty)
    for by in ("ORDERLY_OFFICER", "ORDERLY_OFFICER", "GOVERNOR"):
        await done(empty.officer, path, "delay", {"code": "STAFF_DISCRETION", "by": by})
    rows = [each for each in await over(empty) if each.ended == "DELAYED"]
    assert {(each.decided_by_role, each.coded_by, each.goes_up) for each in rows} == {
        ("ORDERLY_OFFICER", None, True),
        ("GOVERNOR", None, True),
    }
    assert len(rows) == 2
    for name, status in (("safer", 404), ("governor", 404), ("imb", 200)):
        assert (await empty[name].get(f"/v1/conduct-records/{rows[0].id}")).status_code == status, name


@FIRST
@pytest.mark.parametrize("by", ["GOVERNOR", "SAFER_CUSTODY"])
async def test_an_unmet_request_that_one_who_reviews_held_up_goes_up(empty: World, by: str) -> None:
    """By his role, whatever the code: he does not read how his own part in it is told, or review it (rule 6)."""
    path = await waiting(empty)
    await done(empty.officer, path, "delay", {"code": "SECURITY_RESTRICTION", "by": by})
    await done(empty.officer, path, "refuse", {"code": "STAFF_DISCRETION", "alternative": "NONE"})
    (kept,) = await over(empty)
    assert (kept.ended, kept.goes_up, kept.held_up_for) == ("REFUSED", True, ())
    for name, status in (("safer", 404), ("governor", 404), ("imb", 200)):
        assert (await empty[name].get(f"/v1/conduct-records/{kept.id}")).status_code == status, name


@FIRST
async def test_who_told_it_late_may_be_any_of_those_who_review(empty: World) -> None:
    """It is not kept who, and that it was late is what is reviewed: so it goes up (rules 6 and 18)."""
    path = await waiting(empty)
    empty.at(empty.now + timedelta(minutes=50))
    then = (empty.now - timedelta(minutes=40)).isoformat()
    await done(empty.officer, path, "delay", {"code": "NIGHT_STATE", "by": "NOBODY", "occurredAt": then})
    (kept,) = await over(empty)
    assert (kept.ended, kept.late, kept.review, kept.goes_up) == ("EXPIRED", True, "WAITING", True)
    for name, status in (("safer", 404), ("governor", 404), ("imb", 200)):
        assert (await empty[name].get(f"/v1/conduct-records/{kept.id}")).status_code == status, name


@FIRST
async def test_who_held_it_up_himself_does_not_review_what_came_of_it(empty: World) -> None:
    """The orderly officer of the night is of those who review by day: it goes up past his colleagues (rule 6)."""
    path = await waiting(empty)
    await done(empty.oscar, path, "delay", {"code": "NO_STAFF_TO_UNLOCK"})
    await done(empty.officer, path, "refuse", {"code": "NIGHT_STATE", "alternative": "NONE"})
    held = next(a for a in await empty.records(Assignment) if a.role is Role.GOVERNOR and a.prison == "MDI")
    await empty.keep([dataclasses.replace(held, id=UUID(int=79), version=0, holder=actor_of("oscar"))])
    (kept,) = await over(empty)
    assert (kept.coded_by, kept.goes_up) == (actor_of("officer"), True)
    assert (await empty.safer.get(f"/v1/conduct-records/{kept.id}")).status_code == 404


@FIRST
async def test_a_claim_is_of_whoever_makes_it_and_a_sheet_of_one_person(empty: World) -> None:
    """That he withdrew is nobody else's word; and what I did I did in my own role (rule 6)."""
    path = await waiting(empty)
    claim = {"code": "WITHDRAWN_CLAIMED", "alternative": "NONE", "decidedBy": "OTHER_STAFF"}
    refused = await empty.officer.post(f"{path}/refuse", claim, tag=await empty.officer.tag(path))
    assert problem(refused)[2] == [("ROLE_DOES_NOT_FIT_CODE", "/decidedBy")]
    mine = {"code": "STAFF_DISCRETION", "waitedFor": "OFFER", "occurredAt": at(2, 12), "by": "GOVERNOR", "byMe": True}
    answer = await empty.officer.post(
        "/v1/night-sheets", {**tale.ASK, "occurredAt": at(2, 10), "delays": [mine]}, key="mine-key-0001"
    )
    assert problem(answer)[2] == [("ME_OR_ANOTHER", "/delays/0/by")]


@FIRST
async def test_an_unmet_request_says_what_held_it_up(empty: World) -> None:
    """It expired, and staff had said why it waited: the codes that need no review, each once and in no order of time;
    and a refusal says in which role it was decided."""
    path = await waiting(empty)
    for body in (
        {"code": "NO_STAFF_TO_UNLOCK", "by": "ORDERLY_OFFICER"},
        {"code": "LOCKDOWN_INCIDENT", "by": "NOBODY"},
        {"code": "NO_STAFF_TO_UNLOCK", "by": "ORDERLY_OFFICER"},
    ):
        await done(empty.officer, path, "delay", body)
    second = await tale.asked(empty, key="night-key-0002")
    await done(empty.officer, second, "refuse", {"code": "NIGHT_STATE", "alternative": "NONE"})
    rows = {each.ended.value: each for each in await over(empty)}
    assert set(rows) == {"EXPIRED", "REFUSED"}
    held = rows["EXPIRED"]
    assert (held.held_up_for, held.held_up_by) == (
        ("LOCKDOWN_INCIDENT", "NO_STAFF_TO_UNLOCK"),
        ("NOBODY", "ORDERLY_OFFICER"),
    )
    assert (held.code, held.review, held.decided_by_role) == (None, "WAITING", None)
    assert (rows["REFUSED"].decided_by_role, rows["REFUSED"].held_up_for) == ("WING_OFFICER", ())


@pytest.mark.parametrize("empty", [MEMORY], indirect=True)
async def test_the_residue_tells_no_more_for_it_and_the_envelope_all(empty: World) -> None:
    """What the mixer is given has the same members with and without a delay, and none of them is a code or a role; a
    proper delay of a request that was met is in its envelope and nowhere else (rules 1 and 2)."""
    path = await waiting(empty)
    await met_after(empty, path, {"code": "LOCKDOWN_INCIDENT", "by": "NOBODY"})
    await tale.met(empty, await tale.asked(empty, key="night-key-0002"))
    assert await over(empty) == []
    letters = [letter.plain for letter in empty.seen.letters if letter.box == "residue"]
    members = "minutes_in_all minutes_to_accept minutes_to_offer minutes_to_unlock month outcome part prison who"
    assert {" ".join(sorted(letter)) for letter in letters} == {members}
    assert "LOCKDOWN" not in str(letters)
    assert "NOBODY" not in str(letters)
    said = [opened(each, PARTNER, ESTATE)["delay_codes"] for each in await empty.records(Envelope)]
    assert sorted(said) == [[], ["LOCKDOWN_INCIDENT"]]


@FIRST
async def test_an_account_of_what_was_not_met_is_not_lost_in_a_delay(empty: World) -> None:
    """Another man says that he asked and nobody came: a delay of that night does not answer him."""
    await met_after(empty, await waiting(empty))
    (kept,) = await over(empty)
    body = {"says": "ASKED", "wing": "MDI-A", "on": "2027-01-06"}
    answer = await empty.arthur.post("/v1/disputes", body, key="dispute-key-01")
    assert answer.status_code == 201, answer.text
    empty.later(days=1)
    assert await disputing.reconcile(lambda: service_begin(empty.house.runtime)) == 1
    added = [each for each in await empty.records(Conduct) if each.id != kept.id]
    assert [(each.ended, each.reconciled) for each in added] == [("NOT_RECORDED", "ADDED_RETROSPECTIVELY")]
    assert (await empty.record(Conduct, kept.id)).accounts == ()

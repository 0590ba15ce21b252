"""A night's sheet: one request, typed in afterwards and whole, in one act (rules 13 and 18)."""

import dataclasses
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from domain.oversight.record import Assignment
from domain.sessions.conduct import Conduct
from domain.sessions.request import Request
from domain.supporters.record import Supporter
from tests.http import tale
from tests.http.cast import assignment
from tests.http.stores import MEMORY_FIRST
from tests.http.test_story_unmet import over
from tests.http.world import World, actor_of, problem

FIRST = pytest.mark.parametrize("empty", MEMORY_FIRST, indirect=True)
KEY = "sheet-key-0001"
ASLEEP = {"how": "REFUSED", "occurredAt": "2027-01-06T02:20:00Z", "code": "ASLEEP_CLAIMED", "alternative": "NONE"}


def at(hour: int, minute: int) -> str:
    """A time of that night."""
    return f"2027-01-06T{hour:02}:{minute:02}:00Z"


def id_of(path: str) -> str:
    """The id at the end of an address."""
    return path.rpartition("/")[2]


async def night(world: World) -> list[str]:
    """Listeners, an officer on the wing; the night is nearly over: half past six. The supporters' ids."""
    _, supporters = await tale.listeners_open(world)
    world.at(datetime(2027, 1, 6, 6, 30, tzinfo=UTC))
    await tale.on_duty(world)
    return [id_of(path) for path in supporters]


def offer(supporter: str, hour: int, minute: int, accepted: bool | None = None, minutes: int = 5) -> dict[str, Any]:
    """An offer, and what he said some minutes later."""
    answer = None if accepted is None else {"accepted": accepted, "occurredAt": at(hour, minute + minutes)}
    return {"supporter": supporter, "occurredAt": at(hour, minute), "answer": answer}


def met(supporters: list[str]) -> dict[str, Any]:
    """Scenario 1 of the domain facts, as it stands on paper."""
    return {
        **tale.ASK,
        "occurredAt": at(2, 10),
        "offers": [offer(supporters[0], 2, 12, False), offer(supporters[1], 2, 20, True)],
        "unlock": {"place": "LISTENER_SUITE", "occurredAt": at(3, 5)},
        "end": {"how": "COMPLETED", "occurredAt": at(4, 40)},
    }


async def test_a_whole_night_is_one_act(empty: World) -> None:
    """Every part has its own time, and the wait its three parts; one line in the ledger, of hour and family, with no
    name in custody; and the same key again is the same request."""
    supporters = await night(empty)
    mark = len(empty.entries())
    answer = await empty.officer.post("/v1/night-sheets", met(supporters), key=KEY)
    assert answer.status_code == 201, answer.text
    shown = answer.json()
    names = ("state", "minutesToOffer", "minutesToAccept", "minutesToUnlock", "late", "place")
    assert [shown[name] for name in names] == ["COMPLETED", 2, 13, 40, True, "LISTENER_SUITE"]
    times = ("askedAt", "offeredAt", "acceptedAt", "unlockedAt", "endedAt", "recordedAt")
    told = [at(2, 10), at(2, 12), at(2, 25), at(3, 5), at(4, 40), at(6, 30)]
    assert [datetime.fromisoformat(shown[name]) for name in times] == [datetime.fromisoformat(t) for t in told]
    assert (shown["declinedBy"], shown["offeredTo"]) == (supporters[:1], supporters[1])
    assert shown["beforeYouUnlock"]
    assert shown["terms"]["kind"] == "LISTENERS"
    (entry,) = empty.since(mark)
    assert (entry.verb, entry.closed, entry.at.minute) == ("RECORD_NIGHT_SHEET", True, 0)
    assert [(c.kind, c.before, c.after) for c in entry.changes] == [("request", 0, 1)]
    again = await empty.officer.post("/v1/night-sheets", met(supporters), key=KEY)
    assert (again.status_code, again.content) == (201, answer.content)
    assert len(await empty.records(Request)) == 1
    read = await empty.officer.get(answer.headers["location"])
    assert (read.json()["id"], read.headers["etag"]) == (shown["id"], answer.headers["etag"])


async def test_a_sheet_and_its_moves_one_by_one_say_the_same(empty: World) -> None:
    """The same story told by a sheet, and lived through step by step, is the same record but for when it was typed."""
    _, supporters = await tale.listeners_open(empty)
    await tale.on_duty(empty)
    path = await tale.asked(empty)
    await tale.met(empty, path)
    (lived,) = await empty.records(Request)
    first, second = (id_of(s) for s in supporters)
    order = [first, second] if str(lived.declined_by[0]) == first else [second, first]
    sheet = {
        **tale.ASK,
        "occurredAt": at(2, 10),
        "offers": [offer(order[0], 2, 10, False), offer(order[1], 2, 15, True, minutes=7)],
        "unlock": {"place": "LISTENER_SUITE", "occurredAt": at(2, 34)},
        "end": {"how": "COMPLETED", "occurredAt": at(3, 14)},
        "another": True,
    }
    answer = await empty.officer.post("/v1/night-sheets", sheet, key=KEY)
    assert answer.status_code == 201, answer.text
    told = await empty.record(Request, UUID(answer.json()["id"]))
    typed = {"id", "version", "recorded_at", "late"}
    assert [
        name for name in Request.shape.fields if name not in typed and getattr(told, name) != getattr(lived, name)
    ] == []


@FIRST
async def test_a_refusal_leaves_conduct_as_any_other_does(empty: World) -> None:
    """Asked at ten past two, refused at twenty past: unmet, a claim, and marked as told late."""
    await night(empty)
    end = {**ASLEEP, "decidedByMe": True}
    body = {**tale.ASK, "occurredAt": at(2, 10), "end": end}
    answer = await empty.officer.post("/v1/night-sheets", body, key=KEY)
    assert (answer.status_code, answer.json()["state"]) == (201, "REFUSED")
    (conduct,) = await over(empty)
    assert (conduct.at, conduct.code, conduct.late) == (datetime(2027, 1, 6, 2, 20, tzinfo=UTC), "ASLEEP_CLAIMED", True)
    assert (conduct.coded_by, conduct.review) == (actor_of("officer"), "WAITING")


@FIRST
@pytest.mark.parametrize("how", [{}, {"how": "WITHDRAWN", "code": None, "alternative": None}])
async def test_what_a_colleague_decided_is_not_the_typist_s(empty: World, how: dict[str, Any]) -> None:
    """Who refused does not escape the record by having it typed: it names nobody, and goes up past all who could be he.
    Whoever typed it does not read it either (rule 6)."""
    await night(empty)
    body = {**tale.ASK, "occurredAt": at(2, 10), "end": {**ASLEEP, **how}}
    answer = await empty.officer.post("/v1/night-sheets", body, key=KEY)
    assert (answer.status_code, answer.json().get("refusedBy")) == (201, None), answer.text
    (conduct,) = await over(empty)
    assert (conduct.coded_by, conduct.noted_by, conduct.goes_up) == (None, actor_of("officer"), True)
    for name, status in (("safer", 404), ("governor", 404), ("imb", 200)):
        assert (await empty[name].get(f"/v1/conduct-records/{conduct.id}")).status_code == status, name


@FIRST
async def test_a_withdrawal_is_a_claim_on_a_sheet_too(empty: World) -> None:
    """What whoever types it says of the recipient is unmet in every count (rule 6)."""
    await night(empty)
    body = {**tale.ASK, "occurredAt": at(2, 10), "end": {"how": "WITHDRAWN", "occurredAt": at(2, 20)}}
    answer = await empty.officer.post("/v1/night-sheets", body, key=KEY)
    assert (answer.json()["state"], answer.json()["refusalCode"]) == ("WITHDRAWN", "WITHDRAWN_CLAIMED")


@FIRST
async def test_a_story_that_has_not_ended_goes_on(empty: World) -> None:
    """Typed while they still meet: it ends by the move that ends any other."""
    supporters = await night(empty)
    body = {**met(supporters), "end": None, "unlock": {"place": "LISTENER_SUITE", "occurredAt": at(6, 10)}}
    answer = await empty.officer.post("/v1/night-sheets", body, key=KEY)
    assert answer.json()["state"] == "IN_PROGRESS"
    tag = answer.headers["etag"]
    ended = await empty.officer.post(f"{answer.headers['location']}/complete", tag=tag)
    assert (ended.status_code, ended.json()["state"]) == (200, "COMPLETED")


@FIRST
async def test_all_that_is_wrong_is_told_at_once_and_nothing_is_done(empty: World) -> None:
    """Each fault where it stands; no row, no letter, one line that says so."""
    supporters = await night(empty)
    body = {
        **tale.ASK,
        "wing": "LEI-A",
        "occurredAt": at(2, 10),
        "offers": [offer(supporters[0], 2, 9, True), offer(supporters[1], 2, 20, False)],
        "end": {"how": "COMPLETED", "occurredAt": at(6, 36), "code": "NIGHT_STATE"},
    }
    answer = await empty.officer.post("/v1/night-sheets", body, key=KEY)
    assert problem(answer) == (
        422,
        "unacceptable",
        [
            ("WING_OF_ANOTHER_PRISON", "/wing"),
            ("NOT_IN_THIS_ORDER", "/offers/1"),
            ("NOT_IN_THIS_ORDER", "/end/how"),
            ("GOES_WITH_A_REFUSAL", "/end/code"),
            ("BEFORE_IT_BEGAN", "/offers/0/occurredAt"),
            ("IN_THE_FUTURE", "/end/occurredAt"),
        ],
    )
    assert await empty.records(Request) == []
    refusal = {"how": "REFUSED", "occurredAt": at(2, 20)}
    answer = await empty.officer.post(
        "/v1/night-sheets", {**tale.ASK, "occurredAt": at(2, 10), "end": refusal}, key="other-key-0001"
    )
    assert problem(answer)[2] == [("A_REFUSAL_SAYS_WHY", "/end/code"), ("A_REFUSAL_SAYS_WHY", "/end/alternative")]


@FIRST
async def test_whoever_was_asked_is_of_the_scheme_wherever_he_stands_now(empty: World) -> None:
    """A fact is taken of one who has been suspended since (rule 18); another scheme's, and nobody, are one answer."""
    supporters = await night(empty)
    reason = {"category": "RISK", "disclosedReason": "GENERAL_REVIEW"}
    suspended = await tale.moved(empty.oscar, f"/v1/supporters/{supporters[1]}", "suspend", reason)
    assert suspended.status_code in (200, 201), suspended.text
    answer = await empty.officer.post("/v1/night-sheets", met(supporters), key=KEY)
    assert (answer.status_code, answer.json()["state"]) == (201, "COMPLETED")
    for key, id in (("x-key-0001", UUID(int=7)), ("y-key-0001", actor_of("officer"))):
        body = {**met(supporters), "offers": [offer(str(id), 2, 12, True)]}
        answer = await empty.officer.post("/v1/night-sheets", body, key=key)
        assert problem(answer)[2] == [("NOT_OF_THIS_SCHEME", "/offers/0/supporter")]


@FIRST
@pytest.mark.parametrize("accepted", [None, True])
async def test_no_offer_is_left_open_on_a_sheet(empty: World, accepted: bool | None) -> None:
    """What is meant, and has not happened, passes the gates of an offer (rules 11 and 18): else a sheet dated now would
    ask a man who is suspended, or whom the recipient would not have. What he declined is over, and may stand there."""
    supporters = await night(empty)
    reason = {"category": "RISK", "disclosedReason": "GENERAL_REVIEW"}
    suspended = await tale.moved(empty.oscar, f"/v1/supporters/{supporters[1]}", "suspend", reason)
    assert suspended.status_code in (200, 201), suspended.text
    told = [offer(supporters[0], 2, 12, False), offer(supporters[1], 6, 20, accepted)]
    body = {**tale.ASK, "occurredAt": at(2, 10), "notWanted": [supporters[1]], "offers": told}
    answer = await empty.officer.post("/v1/night-sheets", body, key=KEY)
    assert problem(answer) == (422, "unacceptable", [("OFFER_STILL_OPEN", "/offers/1")])
    assert await empty.records(Request) == []
    answer = await empty.officer.post("/v1/night-sheets", {**body, "offers": told[:1]}, key="over-key-0001")
    assert (answer.status_code, answer.json()["state"], answer.json()["offeredTo"]) == (201, "RECEIVED", None)
    named = {"supporter": supporters[1]}
    refused = await empty.officer.post(
        f"{answer.headers['location']}/offer", named, tag=answer.headers["etag"], key="offer-key-0001"
    )
    assert problem(refused)[2] == [("NOT_AVAILABLE", None)], refused.text


@FIRST
async def test_a_scheme_that_was_stopped_since_is_the_one_that_answered(empty: World) -> None:
    """Suspended before breakfast: what happened in the night is recorded all the same, of its supporters (rule 18)."""
    supporters = await night(empty)
    scheme = f"/v1/schemes/{(await empty.records(Supporter))[0].scheme}"
    await tale.done(empty.governor, scheme, "suspend", {"reason": "SAFETY", "reviewOn": "2027-01-20"})
    answer = await empty.officer.post("/v1/night-sheets", met(supporters), key=KEY)
    assert (answer.status_code, answer.json()["state"]) == (201, "COMPLETED"), answer.text
    assert answer.json()["scheme"] == scheme.rpartition("/")[2]


@FIRST
async def test_the_hour_that_comes_twice_is_two_hours(empty: World) -> None:
    """On the night when clocks go back, half past one of summer and half past one of winter are an hour apart; without
    an offset a time is not taken; and the night's band ends when the clock on the wall says so."""
    _, supporters = await tale.listeners_open(empty)
    empty.at(datetime(2027, 10, 31, 4, 0, tzinfo=UTC))
    role = await empty.record(Assignment, assignment("officer"))
    await empty.change(dataclasses.replace(role, ends_on=date(2027, 11, 10), last_used_on=date(2027, 10, 30)))
    await tale.on_duty(empty)
    twice = "2027-10-31T01:30:00"
    offered = {"supporter": id_of(supporters[0]), "occurredAt": f"{twice}+00:00", "answer": None}
    end = {"how": "WITHDRAWN", "occurredAt": "2027-10-31T02:00:00+00:00"}
    body = {**tale.ASK, "occurredAt": f"{twice}+01:00", "offers": [offered], "end": end}
    answer = await empty.officer.post("/v1/night-sheets", body, key=KEY)
    assert (answer.status_code, answer.json()["minutesToOffer"], answer.json()["band"]) == (201, 60, "NIGHT")
    assert datetime.fromisoformat(answer.json()["readableUntil"]) == datetime(2027, 10, 31, 9, 45, tzinfo=UTC)
    backwards = {**body, "occurredAt": f"{twice}+00:00", "offers": [{**offered, "occurredAt": f"{twice}+01:00"}]}
    answer = await empty.officer.post("/v1/night-sheets", backwards, key="back-key-0001")
    assert problem(answer)[2] == [("BEFORE_IT_BEGAN", "/offers/0/occurredAt")]
    answer = await empty.officer.post("/v1/night-sheets", {**body, "occurredAt": twice}, key="bare-key-0001")
    assert answer.status_code == 422


@FIRST
@pytest.mark.parametrize(
    ("typed", "until"),
    [
        (datetime(2027, 1, 6, 6, 30, tzinfo=UTC), datetime(2027, 1, 6, 9, 45, tzinfo=UTC)),
        (datetime(2027, 1, 6, 9, 0, tzinfo=UTC), datetime(2027, 1, 6, 9, 45, tzinfo=UTC)),
        (datetime(2027, 1, 6, 10, 0, tzinfo=UTC), datetime(2027, 1, 6, 14, 15, tzinfo=UTC)),
    ],
)
async def test_the_name_goes_at_the_hour_of_the_night_it_was_asked_in(
    empty: World, typed: datetime, until: datetime
) -> None:
    """Before midnight or after, and whenever it is typed: its band is that of the asking; its name goes with the
    night's, or, where that hour has passed, at the next one (rule 2)."""
    await tale.listeners_open(empty)
    empty.at(typed)
    await tale.on_duty(empty)
    for n, asked in enumerate(("2027-01-05T23:50:00Z", "2027-01-06T00:05:00Z")):
        answer = await empty.officer.post(
            "/v1/night-sheets", {**tale.ASK, "occurredAt": asked, "another": True}, key=f"key-0000{n}"
        )
        assert (answer.status_code, answer.json()["band"]) == (201, "NIGHT")
        assert datetime.fromisoformat(answer.json()["readableUntil"]) == until


@FIRST
async def test_it_reaches_no_further_than_the_duty_that_is_declared(empty: World) -> None:
    """A wing that the officer is not on, and anybody who is on none: as if there were no such place."""
    supporters = await night(empty)
    elsewhere = {**met(supporters), "wing": "MDI-B", "cell": "B-1-001"}
    assert (await empty.officer.post("/v1/night-sheets", elsewhere, key=KEY)).status_code == 404
    assert (await empty["second-officer"].post("/v1/night-sheets", met(supporters), key=KEY)).status_code == 404
    assert (await empty.listener.post("/v1/night-sheets", met(supporters), key=KEY)).status_code == 404
    assert (await empty.coordinator.post("/v1/night-sheets", met(supporters), key=KEY)).status_code == 403
    assert await empty.records(Request) == []


@FIRST
async def test_where_a_life_is_at_risk_it_says_what_to_do_and_offers_nothing(empty: World) -> None:
    """Recorded, never queued, never matched (rule 5)."""
    supporters = await night(empty)
    risk = {**tale.ASK, "urgency": "LIFE_AT_RISK", "occurredAt": at(6, 29)}
    answer = await empty.officer.post("/v1/night-sheets", risk, key=KEY, headers={"Accept-Language": "cy"})
    assert (answer.status_code, answer.json()["state"]) == (201, "LIFE_AT_RISK")
    assert answer.json()["doThisNow"]
    body = {**met(supporters), "urgency": "LIFE_AT_RISK"}
    answer = await empty.officer.post("/v1/night-sheets", body, key="risk-key-0001")
    told = {path for code, path in problem(answer)[2] if code == "NOT_IN_THIS_ORDER"}
    assert told == {"/offers/0", "/offers/1", "/unlock", "/end/how"}
    assert answer.json()["doThisNow"]
    assert await empty.records(Conduct) == []


@FIRST
async def test_what_was_told_within_half_an_hour_is_not_late(empty: World) -> None:
    """The mark is for what was typed long after; of several parts the earliest decides (rule 16)."""
    await night(empty)
    soon = empty.now - timedelta(minutes=30)
    body = {**tale.ASK, "occurredAt": soon.isoformat()}
    assert (await empty.officer.post("/v1/night-sheets", body, key=KEY)).json()["late"] is False
    body = {**tale.ASK, "occurredAt": (soon - timedelta(seconds=1)).isoformat(), "another": True}
    assert (await empty.officer.post("/v1/night-sheets", body, key="late-key-0001")).json()["late"] is True


@FIRST
async def test_a_second_sheet_of_the_same_night_and_wing_is_offered_and_not_made(empty: World) -> None:
    """Typed by the officer, and again by whoever ran the night: told which one is there, with nothing kept until he
    says that it is another; the same key is no second sheet (X25)."""
    supporters = await night(empty)
    first = await empty.officer.post("/v1/night-sheets", met(supporters), key=KEY)
    assert first.status_code == 201, first.text
    assert (await empty.officer.post("/v1/night-sheets", met(supporters), key=KEY)).json()["id"] == first.json()["id"]
    near = {**tale.ASK, "cell": None, "recipient": None, "occurredAt": at(2, 35)}
    again = await empty.oscar.post("/v1/night-sheets", near, key="second-key-0001")
    assert problem(again) == (409, "conflict", [("LOOKS_LIKE_ANOTHER", None)])
    assert again.json()["alike"] == [first.json()["id"]]
    assert (await empty.oscar.get(f"/v1/requests/{again.json()['alike'][0]}")).status_code == 200
    assert len(await empty.records(Request)) == 1
    two = await empty.oscar.post("/v1/night-sheets", {**near, "another": True}, key="second-key-0002")
    assert two.status_code == 201, two.text
    assert len(await empty.records(Request)) == 2


@FIRST
@pytest.mark.parametrize(
    "changed",
    [{"recipient": "Somebody Else"}, {"cell": "A-2-001"}, {"need": "INDUCTION"}, {"occurredAt": at(1, 39)}],
    ids=str,
)
async def test_what_differs_in_what_both_say_is_another(empty: World, changed: dict[str, Any]) -> None:
    """Another man, another cell, another need, more than half an hour apart."""
    await night(empty)
    body = {**tale.ASK, "occurredAt": at(2, 10)}
    for n, sheet in enumerate((body, {**body, **changed})):
        answer = await empty.officer.post("/v1/night-sheets", sheet, key=f"sheet-key-{n:04}")
        assert answer.status_code == 201, answer.text


@FIRST
async def test_a_duplicate_is_looked_for_where_its_writer_reads_and_nowhere_else(empty: World) -> None:
    """The officer of another wing is told of none; nor is anybody once the first has gone with its hour: the answer is
    that to a first sheet, and so is the store's work (rules 1, 2 and 13). Who asks now is never kept waiting."""
    await night(empty)
    body = {**tale.ASK, "occurredAt": at(2, 10)}
    assert (await empty.officer.post("/v1/night-sheets", body, key=KEY)).status_code == 201
    assert (await empty.staff.post("/v1/requests", body, key="asked-key-0001")).status_code == 201
    await tale.on_duty(empty, "second-officer", "MDI-B")
    elsewhere = {**body, "wing": "MDI-B"}
    other = await empty["second-officer"].post("/v1/night-sheets", elsewhere, key="other-key-0001")
    assert other.status_code == 201, other.text
    empty.at(datetime(2027, 1, 6, 10, 0, tzinfo=UTC))
    await tale.on_duty(empty)
    late = await empty.officer.post("/v1/night-sheets", body, key="after-key-0001")
    assert late.status_code == 201, late.text


@FIRST
@pytest.mark.parametrize("after", [20, 40])
async def test_what_is_told_late_raises_a_review(empty: World, after: int) -> None:
    """Refused for a reason that needs none, and typed within half an hour: nobody looks into it. Typed later it is
    taken, marked, and waits for somebody who had no part in it (rule 18)."""
    await night(empty)
    when = empty.now - timedelta(minutes=after)
    end = {"how": "REFUSED", "code": "NIGHT_STATE", "alternative": "NONE", "decidedByMe": True}
    body = {**tale.ASK, "occurredAt": when.isoformat(), "end": {**end, "occurredAt": when.isoformat()}}
    assert (await empty.officer.post("/v1/night-sheets", body, key=KEY)).status_code == 201
    (conduct,) = await over(empty)
    assert (conduct.late, conduct.review) == ((True, "WAITING") if after > 30 else (False, "NOT_NEEDED"))
    tasks = [t["which"] for t in (await empty.safer.get("/v1/tasks")).json()["items"] if t["kind"] == "conduct"]
    assert tasks == ([str(conduct.id)] if after > 30 else [])
    assert (await empty.officer.get("/v1/tasks")).json()["items"] == []

"""A referral is not a request (rule 31): somebody else's worry is a task for a day under a closed policy, and under an
open one a referral with the person's yes (F55)."""

from typing import Any

import pytest

from api.work.bench import service_begin
from domain.retention.ending import delete_what_is_over
from domain.sessions.concerns import ConcernRaised
from domain.sessions.request import Request
from tests.http import tale
from tests.http.cast import uid
from tests.http.stores import MEMORY, MEMORY_FIRST, POSTGRESQL
from tests.http.tale import done
from tests.http.world import World, codes, problem

FIRST = pytest.mark.parametrize("empty", MEMORY_FIRST, indirect=True)
FURNISHED = pytest.mark.parametrize("world", MEMORY_FIRST, indirect=True)
WORRY = {"who": "FAMILY_CONCERN", "whom": "Quincy Quagmire", "cell": "A-1-012"}


async def worried(world: World, **changes: Any) -> tuple[str, str]:
    """His mother rings the safer custody line in the night: scheme and concern."""
    scheme, _ = await tale.listeners_open(world)
    made = await world.officer.post(f"{scheme}/concerns", {**WORRY, **changes})
    assert made.status_code == 201, made.text
    return scheme, made.headers["location"]


async def test_a_worry_is_a_task_for_whoever_runs_the_prison(empty: World) -> None:
    """'Offer him the scheme, privately': orderly officer and safer custody read it, and say that somebody has spoken
    with him; what he said is nowhere."""
    _, path = await worried(empty)
    for name in ("oscar", "safer"):
        shown = (await empty[name].get(path)).json()
        assert (shown["offer"], shown["who"], shown["whom"], shown["cell"], shown["seenTo"]) == (
            *("LISTENERS", "FAMILY_CONCERN", "Quincy Quagmire", "A-1-012", False),
        )
        assert [item["id"] for item in (await empty[name].get("/v1/concerns")).json()["items"]] == [shown["id"]]
    settled = await done(empty.safer, path, "settle")
    assert settled["seenTo"] is True
    again = await tale.moved(empty.oscar, path, "settle")
    assert (again.status_code, codes(again)) == (409, ["ALREADY_SEEN_TO"])


@FIRST
async def test_after_a_day_it_is_gone(empty: World) -> None:
    """To the second it is out of reach; the next tick takes the row, and its line names no person."""
    _, path = await worried(empty)
    empty.later(hours=24, seconds=-1)
    assert (await empty.oscar.get(path)).status_code == 200
    empty.later(seconds=1)
    assert (await empty.oscar.get(path)).status_code == 404
    assert await delete_what_is_over(service_begin(empty.house.runtime)) >= 1
    assert await empty.records(ConcernRaised) == []


@FIRST
async def test_who_raised_it_does_not_read_it_and_nobody_on_the_wing_does(empty: World) -> None:
    """Fewer know of it than of a request. In custody nobody raises one: no prisoner names another (rule 8)."""
    scheme, path = await worried(empty)
    await tale.on_duty(empty)
    for name in ("officer", "coordinator", "governor", "samaritan", "imb"):
        assert (await empty[name].get(path)).status_code == 403, name
    for name in ("arthur", "listener", "peer-coordinator"):
        assert (await empty[name].get(path)).status_code == 404, name
        assert (await empty[name].post(f"{scheme}/concerns", WORRY)).status_code == 404, name
    (entry,) = [e for e in empty.entries() if e.verb == "RAISE_CONCERN" and e.outcome == "DONE"]
    assert (entry.closed, entry.at.minute) == (True, 0)


@FURNISHED
async def test_an_open_scheme_has_no_such_worry(world: World) -> None:
    """There he is referred on, with his yes."""
    answer = await world.officer.post(f"/v1/schemes/{uid('scheme:insiders')}/concerns", WORRY)
    assert (answer.status_code, codes(answer)) == (409, ["KIND_DOES_NOT_ALLOW"])


@pytest.mark.parametrize("empty", [MEMORY, POSTGRESQL], indirect=True)
async def test_his_request_has_no_stored_value_of_it_but_the_prison(empty: World) -> None:
    """FAMILY_CONCERN, and then he asks for himself, typed by the same officer, with the same name and cell: as they are
    stored, nothing is in both but the prison and its jurisdiction (rule 31)."""
    await worried(empty)
    await tale.on_duty(empty)
    empty.later(minutes=20)
    await tale.asked(empty)
    (concern,), (request,) = await empty.records(ConcernRaised), await empty.records(Request)
    plain = {f.name for f in ConcernRaised.shape.fields.values() if not f.mark.encrypted}
    held = {f.name for f in Request.shape.fields.values() if not f.mark.encrypted}
    trivial = {True, False, None, (), ""}
    values = {n: v for n in plain if not isinstance(v := getattr(concern, n), bool) and v not in trivial}
    others = [getattr(request, n) for n in held]
    assert {n for n, v in values.items() if v in others} == {"prison", "jurisdiction"}


@FURNISHED
async def test_a_learner_is_referred_on_with_his_yes(world: World) -> None:
    """Made, accepted, and taken back by him: and without a yes nothing is made (F55)."""
    body = {"enrolment": str(uid("enrolment")), "referredTo": "HEALTHCARE", "consent": "NOT_ASKED"}
    refused = await world.coordinator.post("/v1/referrals", body)
    assert problem(refused)[2] == [("CONSENT_NEEDED", "/consent")]
    made = await world.coordinator.post("/v1/referrals", {**body, "consent": "GIVEN"})
    assert (made.status_code, made.json()["state"]) == (201, "MADE")
    path = made.headers["location"]
    assert (await done(world.coordinator, path, "answer", {"answer": "ACCEPTED"}))["state"] == "ACCEPTED"
    back = await done(world.coordinator, path, "answer", {"answer": "TAKEN_BACK"})
    assert (back["state"], back["answeredOn"]) == ("TAKEN_BACK", world.now.date().isoformat())
    over = await tale.moved(world.coordinator, path, "answer", {"answer": "ACCEPTED"})
    assert over.status_code == 409
    assert (await world.officer.get(path)).status_code == 403
    assert (await world.samaritan.get(path)).status_code == 404


@FURNISHED
async def test_they_may_decline_and_that_is_told(world: World) -> None:
    """Declined is an outcome, and the last word of it."""
    path = f"/v1/referrals/{uid('referral')}"
    said = await done(world.coordinator, path, "answer", {"answer": "DECLINED"})
    assert said["state"] == "DECLINED"
    again = await tale.moved(world.coordinator, path, "answer", {"answer": "ACCEPTED"})
    assert again.status_code == 409
    listed = (await world.coordinator.get("/v1/referrals?state=DECLINED")).json()["items"]
    assert [item["id"] for item in listed] == [str(uid("referral"))]

"""Which day it is, is said by the clocks of the prison; and which days may be written, by that day."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.http.cast import uid
from tests.http.tale import done, moved
from tests.http.world import World, problem

SHANNON, INSIDERS = str(uid("scheme:shannon")), str(uid("scheme:insiders"))
NIGHT = datetime(2027, 6, 9, 23, 30, tzinfo=UTC)
"""Half past midnight on the tenth of June in London; the ninth by UTC."""


async def summer(world: World, night: datetime = NIGHT) -> None:
    """It is that night; and nobody's assignment has lapsed, for he looked at something now and then."""
    while world.now < night:
        world.at(min(night, world.now + timedelta(days=60)))
        for who in ("coordinator", "governor"):
            await world[who].get("/v1/schemes")


@pytest.mark.parametrize("on", ["2027-06-10", "2027-06-11"])
@pytest.mark.parametrize(
    ("by", "path", "member", "body"),
    [
        (
            "coordinator",
            f"/v1/schemes/{INSIDERS}/findings",
            "foundOn",
            {"source": "REVIEW", "design": "INTERVIEWS", "found": "They came late."},
        ),
        ("coordinator", f"/v1/schemes/{SHANNON}/meetings", "heldOn", {"kind": "STAFF", "staff": 3}),
        (
            "coordinator",
            f"/v1/schemes/{SHANNON}/spot-checks",
            "askedOn",
            {"askedBy": "STAFF", "asked": 9, "knew": 7},
        ),
    ],
    ids=["finding", "meeting", "spot-check"],
)
async def test_what_has_been_is_of_no_later_day_than_the_prison_s(
    world: World, by: str, path: str, member: str, body: dict[str, Any], on: str
) -> None:
    """After midnight today is over there what UTC calls tomorrow; tomorrow is refused, in one word wherever it is."""
    await summer(world)
    answer = await world[by].post(path, {**body, member: on})
    if on == "2027-06-10":
        assert answer.status_code == 201, answer.text
    else:
        assert problem(answer) == (422, "unacceptable", [("IN_THE_FUTURE", f"/{member}")])


@pytest.mark.parametrize(("minute", "status"), [(29, 422), (31, 200)])
async def test_an_objective_is_measured_by_the_prison_s_calendar(world: World, minute: int, status: int) -> None:
    """A month is over at midnight there, an hour before UTC has it."""
    await summer(world, datetime(2027, 6, 30, 22, 30, tzinfo=UTC) + timedelta(minutes=minute))
    new = {"title": "Met", "measure": "NEW_ARRIVALS_MET_IN_24_HOURS", "startsOn": "2027-01-01"}
    path = (await world.coordinator.post(f"/v1/schemes/{INSIDERS}/objectives", new)).headers["location"]
    answer = await moved(world.coordinator, path, "measure", {"value": 70, "on": "2027-06-10", "source": "SURVEY"})
    assert answer.status_code == status
    if status == 422:
        assert problem(answer)[2] == [("PERIOD_NOT_OVER", "/on")]


async def test_a_scheme_moves_on_the_day_of_its_prison(world: World) -> None:
    """Told to the partner today, closed today: the day on the wall."""
    await summer(world)
    scheme = f"/v1/schemes/{uid('scheme:draft')}"
    tag = await world.coordinator.tag(scheme)
    told = await world.coordinator.patch(scheme, {"partnerToldOn": "2027-06-10"}, tag=tag)
    assert told.status_code == 200, told.text
    over = await done(world.coordinator, scheme, "close", {"reason": "NO_DEMAND"})
    assert over["closedOn"] == "2027-06-10"


async def test_a_finding_is_overdue_by_the_prison_s_clocks(world: World) -> None:
    """It is to be answered by the end of a day there, and late half an hour before UTC says so."""
    body = {"source": "REVIEW", "design": "INTERVIEWS", "found": "Late.", "foundOn": "2026-11-01"}
    await summer(world, datetime(2027, 3, 30, 12, tzinfo=UTC))
    made = await world.coordinator.post(f"/v1/schemes/{INSIDERS}/findings", body)
    assert made.json()["answerBy"] == "2027-06-28"
    await summer(world)
    seen: list[bool] = []
    for minute in (datetime(2027, 6, 28, 22, 59, tzinfo=UTC), datetime(2027, 6, 28, 23, 1, tzinfo=UTC)):
        world.at(minute)
        seen.append((await world.coordinator.get(made.headers["location"])).json()["overdue"])
    assert seen == [False, True]


PLAN = {"trigger": "LOCKDOWN", "cover": ["STAFF"], "tell": ["PARTNER"]}
ACTION = {"about": "RISK", "which": str(uid("risk:open")), "what": "Ask.", "owner": "COORDINATOR"}
SCHEME = {"kind": "INSIDERS", "name": "Insiders on B wing", "prison": "MDI"}


@pytest.mark.parametrize(
    ("path", "member", "body"),
    [
        (f"/v1/schemes/{SHANNON}/contingency-plans", "reviewOn", PLAN),
        (f"/v1/schemes/{SHANNON}/actions", "dueOn", ACTION),
        ("/v1/schemes", "reviewOn", SCHEME),
    ],
    ids=["plan", "action", "scheme"],
)
async def test_what_is_still_to_come_is_of_no_day_that_has_passed(
    world: World, path: str, member: str, body: dict[str, Any]
) -> None:
    """A day in 1900, or yesterday, is a slip of the pen, told with its place; today is in time."""
    for day in ("1900-01-01", "2026-11-22"):
        late = await world.coordinator.post(path, {**body, member: day})
        assert problem(late) == (422, "unacceptable", [("IN_THE_PAST", f"/{member}")])
    assert (await world.coordinator.post(path, {**body, member: "2026-11-23"})).status_code == 201


@pytest.mark.parametrize(
    ("path", "member"),
    [
        (f"/v1/contingency-plans/{uid('contingency-plan')}", "reviewOn"),
        (f"/v1/actions/{uid('action')}", "dueOn"),
        (f"/v1/risks/{uid('risk:open')}", "reviewOn"),
    ],
)
async def test_a_day_that_has_passed_stands_until_another_is_written(world: World, path: str, member: str) -> None:
    """Whoever amends something else is not asked for it; whoever writes it again writes one that is to come."""
    tag = await world.coordinator.tag(path)
    late = await world.coordinator.patch(path, {member: "2026-11-22"}, tag=tag)
    assert problem(late) == (422, "unacceptable", [("IN_THE_PAST", f"/{member}")])
    due = await world.coordinator.patch(path, {member: "2026-11-24"}, tag=tag)
    assert due.status_code == 200
    world.later(days=2)
    other: dict[str, Any] = {"reviewOn": {"inWords": "By day."}, "dueOn": {"what": "Ask again."}}[member]
    if "contingency" in path:
        other = {"coverInWords": "Sheets."}
    if "schemes" in path:
        other = {"howToAsk": "Ask."}
    amended = await world.coordinator.patch(path, other, tag=await world.coordinator.tag(path))
    assert (amended.status_code, amended.json()[member]) == (200, "2026-11-24")


async def test_a_risk_is_looked_at_again_on_a_day_to_come(world: World) -> None:
    """Also where the day that is sent is the one that has passed."""
    path = f"/v1/risks/{uid('risk')}"
    body = {"likelihood": 4, "impact": 5, "owner": "SAFER_CUSTODY", "reviewOn": "2001-01-01"}
    assert problem(await moved(world.coordinator, path, "assess", body))[2] == [("IN_THE_PAST", "/reviewOn")]
    await done(world.coordinator, path, "assess", {**body, "reviewOn": "2026-11-24"})
    world.later(days=2)
    again = await moved(world.coordinator, path, "assess", {**body, "reviewOn": "2026-11-24"})
    assert problem(again)[2] == [("IN_THE_PAST", "/reviewOn")]

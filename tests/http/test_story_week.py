"""A week of twenty minutes a day, planned in one request: each session for itself, sent again the same, and in the end
what was planned against what took place, over HTTP (S3, F37, F50; domain facts 1.3)."""

from typing import Any

from domain.sessions.record import Session
from tests.http.cast import uid
from tests.http.tale import done
from tests.http.test_story_enrolments import BEN
from tests.http.world import World, problem

WEEK = "/v1/planned-sessions"


def week(enrolment: str, at: str = "10:00", until: str = "10:20", key: str = "week") -> list[dict[str, Any]]:
    """Monday to Friday, at the same time of the day."""
    days = ["2026-11-30", "2026-12-01", "2026-12-02", "2026-12-03", "2026-12-04"]
    return [
        {"key": f"{key}-{day}", "enrolment": enrolment, "startsAt": f"{day}T{at}:00Z", "endsAt": f"{day}T{until}:00Z"}
        for day in days
    ]


async def test_five_days_are_planned_at_once_and_each_for_itself(world: World) -> None:
    """One overlaps another booking of the mentor's and one is of nobody: told at their place, and they keep no other
    out. The same ones sent again are answered the same, byte for byte, and nothing is planned twice."""
    arthur = str(uid("enrolment"))
    body = {**BEN, "supporter": str(uid("supporter:mentor"))}
    ben = (await world.coordinator.post("/v1/enrolments", body)).json()["id"]
    busy = {"enrolment": ben, "startsAt": "2026-12-02T10:10:00Z", "endsAt": "2026-12-02T10:30:00Z"}
    assert (await world.coordinator.post("/v1/sessions", busy)).status_code == 201
    items = [*week(arthur), {**week(str(uid("never-existed")), key="none")[0]}]
    answer = await world.coordinator.post(WEEK, {"items": items})
    assert answer.status_code == 200, answer.text
    told = answer.json()["items"]
    assert [(each["key"], each["status"]) for each in told] == [
        *(("week-2026-11-30", 201), ("week-2026-12-01", 201), ("week-2026-12-02", 409)),
        *(("week-2026-12-03", 201), ("week-2026-12-04", 201), ("none-2026-11-30", 404)),
    ]
    assert [each["code"] for each in told[2]["failures"]] == ["NOT_AVAILABLE"]
    assert told[0]["session"]["startsAt"] == "2026-11-30T10:00:00Z"
    assert [each["session"] for each in (told[2], told[5])] == [None, None]
    before = len(await world.records(Session))
    again = await world.coordinator.post(WEEK, {"items": items})
    assert again.content == answer.content
    assert len(await world.records(Session)) == before
    other = await world.coordinator.post(WEEK, {"items": [{**items[0], "endsAt": "2026-11-30T10:25:00Z"}]})
    assert [each["type"] for each in other.json()["items"]] == ["/problems/key-reused"]


async def test_of_a_week_what_was_planned_and_what_took_place(world: World) -> None:
    """Four planned, of which two took place, one mentor was not unlocked, and one nobody has recorded; each told by the
    mentor himself. The card says it to the learner too."""
    arthur = str(uid("enrolment"))
    told = (await world.facilitator.post(WEEK, {"items": week(arthur)[:4]})).json()["items"]
    paths = [f"/v1/sessions/{each['session']['id']}" for each in told]
    off = await world.record(Session, uid("session"))
    await done(world.coordinator, f"/v1/sessions/{off.id}", "record", {"delivered": False, "notDelivered": "REST"})
    world.later(days=12)
    for path, body in zip(
        paths,
        (
            {"delivered": True, "minutes": 20, "manual": 1, "page": 14},
            {"delivered": False, "notDelivered": "NOT_UNLOCKED"},
            {"delivered": True, "minutes": 18, "manual": 1, "page": 22},
        ),
        strict=False,
    ):
        await done(world.mentor, path, "record", body)
    card = (await world.arthur.get(f"/v1/enrolments/{arthur}/progress")).json()
    assert (card["planned"], card["delivered"], card["notRecorded"]) == (5, 2, 1)
    assert {each["reason"]: each["sessions"] for each in card["missed"]} == {"NOT_UNLOCKED": 1, "REST": 1}
    assert (card["minutes"], card["minutesAWeekPlanned"], card["page"]) == (38, 100, 22)


async def test_who_runs_no_scheme_plans_no_week(world: World) -> None:
    """A mentor and a learner plan nothing for others; one of another prison finds nobody."""
    items = {"items": week(str(uid("enrolment")))}
    for name in ("mentor", "arthur"):
        assert (await world[name].post(WEEK, items)).status_code == 404, name
    assert (await world.officer.post(WEEK, items)).status_code == 403
    far = (await world["far-coordinator"].post(WEEK, items)).json()["items"]
    assert {each["status"] for each in far} == {404}
    empty = await world.coordinator.post(WEEK, {"items": []})
    assert problem(empty) == (422, "unacceptable", [("TOO_FEW_ITEMS", "/items")])

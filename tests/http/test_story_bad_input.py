"""What a device may send that is wrong: each has its stable answer, and nothing is half done (issue D)."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from domain.care.debriefs import Debrief
from domain.sessions.record import Session
from domain.sessions.request import Request
from tests.http import stores, tale
from tests.http.cast import START, uid
from tests.http.furniture import MOORLAND, session
from tests.http.world import World, problem

pytestmark = pytest.mark.parametrize("world", stores.MEMORY_FIRST, indirect=True)
NAME = "Quincy Quagmire"
TALLY: dict[str, Any] = {**tale.TALLY, "month": "2026-11", "firstTime": "YES"}


@pytest.mark.parametrize(
    ("member", "code"),
    [
        *((member, "UNKNOWN_VALUE") for member in ("part", "duration", "firstTime", "suicidalFeelings", "selfHarm")),
        ("month", "TOO_LONG"),
        ("concerns", "WRONG_TYPE"),
        ("recipient", "UNKNOWN_FIELD"),
        ("note", "UNKNOWN_FIELD"),
    ],
)
async def test_a_tally_takes_a_name_in_no_member(world: World, member: str, code: str) -> None:
    """In each of its own members, and in one that it has not: refused by place, the name is told nobody and kept
    nowhere; and so of one among others, which are taken."""
    body = {**TALLY, member: NAME}
    answer = await world.listener.post("/v1/tallies", body, key="tally-key-0001")
    assert (answer.status_code, [f["code"] for f in answer.json()["failures"]]) == (422, [code]), answer.text
    assert NAME not in answer.text
    items = [{"key": "late-key-0001", **TALLY}, {"key": "late-key-0002", **body}]
    told = (await world.listener.post("/v1/late-tallies", {"items": items})).json()["items"]
    assert [each["status"] for each in told] == [201, 422]
    assert NAME not in str(told)
    assert len(world.seen.letters) == 1
    assert all(NAME not in str(letter.plain) for letter in world.seen.letters)
    assert all(NAME not in repr(entry) for entry in world.seen.entries)


async def test_a_name_in_a_code_of_a_list_is_no_concern(world: World) -> None:
    """Among true ones too."""
    answer = await world.listener.post("/v1/tallies", {**TALLY, "concerns": ["FAMILY", NAME]}, key="tally-key-0001")
    assert problem(answer)[2] == [("UNKNOWN_VALUE", "/concerns/1")]
    assert world.seen.letters == []


async def test_an_event_that_lies_ahead_is_none(world: World) -> None:
    """A request, each of its moves and a sheet of tomorrow: refused by place, with five minutes for a device's clock
    (rule 18); nothing is kept."""
    ahead, soon = "2026-11-23T10:05:01Z", "2026-11-23T10:05:00Z"
    before = await world.records(Request)
    asked = {**tale.ASK, "occurredAt": ahead}
    refused = await world.officer.post("/v1/requests", asked, key="ahead-key-0001")
    assert problem(refused) == (422, "unacceptable", [("IN_THE_FUTURE", "/occurredAt")])
    await tale.on_duty(world)
    sheet = await world.officer.post("/v1/night-sheets", asked, key="ahead-key-0002")
    assert problem(sheet) == (422, "unacceptable", [("IN_THE_FUTURE", "/occurredAt")])
    moves = {
        "request:received": ("offer", {}),
        "request:offered": ("answer", {"accepted": True}),
        "request:accepted": ("unlock", {"place": "LISTENER_SUITE"}),
        "request:in-progress": ("complete", {}),
    }
    for name, (action, body) in moves.items():
        late = await tale.moved(world.oscar, f"/v1/requests/{uid(name)}", action, {**body, "occurredAt": ahead})
        assert problem(late) == (422, "unacceptable", [("IN_THE_FUTURE", "/occurredAt")]), name
    assert await world.records(Request) == before
    taken = await world.officer.post("/v1/requests", {**asked, "occurredAt": soon}, key="soon-key-0001")
    assert (taken.status_code, len(await world.records(Request))) == (201, len(before) + 1)


async def test_a_bad_one_among_many_sessions_keeps_none_out(world: World) -> None:
    """One says neither minutes nor a reason: it is told so and stands as it was, the others are recorded; sent again,
    the same answers. (Five hundred at once: `test_story_batch`.)"""
    made = [session(MOORLAND, f"session:late-{n}", START + timedelta(hours=n + 2)) for n in range(20)]
    await world.keep(made)
    world.later(days=1)
    items: list[dict[str, Any]] = [
        {"key": f"late-key-{n:04}", "session": str(each.id), "delivered": True, "minutes": 20}
        for n, each in enumerate(made)
    ]
    del items[7]["minutes"]
    first = await world.coordinator.post("/v1/late-sessions", {"items": items})
    told = first.json()["items"]
    assert [t["status"] for t in told] == [422 if n == 7 else 200 for n in range(20)]
    assert told[7]["failures"] == [{"code": "REASON_OR_MINUTES", "path": "/delivered"}]
    assert (await world.record(Session, made[7].id)).state == "PLANNED"
    assert (await world.coordinator.post("/v1/late-sessions", {"items": items})).json()["items"] == told


async def test_a_shift_over_midnight_is_of_the_day_on_which_it_begins(world: World) -> None:
    """A night on the rota of the 27th ends on the 28th; one of the 28th is another, and one of the 27th no second."""
    path = f"/v1/schemes/{uid('scheme:listeners')}/roster"
    body = {"supporter": str(uid("supporter:listener")), "day": "2026-11-27", "band": "NIGHT"}
    made = await world.coordinator.post(path, body)
    assert made.status_code == 201, made.text
    entry = made.json()
    assert (entry["day"], entry["band"]) == ("2026-11-27", "NIGHT")
    (due,) = await world.records(Debrief, entry=UUID(entry["id"]))
    assert due.opens_at.isoformat() == "2026-11-28T07:45:00+00:00"
    assert (await world.coordinator.post(path, body)).status_code == 409

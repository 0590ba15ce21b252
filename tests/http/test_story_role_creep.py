"""A supporter is asked for what is not his task: told by code, counted, nobody blamed, over HTTP (scenario 8)."""

from typing import Any

import pytest

from tests.http.cast import uid
from tests.http.stores import MEMORY_FIRST
from tests.http.world import World, problem

pytestmark = pytest.mark.parametrize("world", MEMORY_FIRST, indirect=True)

SCHEME = f"/v1/schemes/{uid('scheme:shannon')}"
LIST, OURS = "/v1/task-requests", f"scheme={uid('scheme:shannon')}"
ASKED: dict[str, Any] = {
    "task": "HOLD_KEYS",
    "askedBy": "WING_STAFF",
    "askedOn": "2026-11-22",
    "response": "REFUSED",
    "staffInformed": True,
}


async def told(world: World, by: str = "mentor", **other: Any) -> dict[str, Any]:
    """Somebody tells of it."""
    answer = await world[by].post(f"{SCHEME}/task-requests", {**ASKED, **other})
    assert answer.status_code == 201, answer.text
    return answer.json()


async def test_it_is_told_by_code_and_names_nobody(world: World) -> None:
    """By the supporter, any member of staff, the partner, safer custody. Which group told it is kept; who, is not, so
    that nobody is blamed for having said yes, or no."""
    groups = {
        "mentor": "SUPPORTER",
        "officer": "STAFF",
        "coordinator": "STAFF",
        "safer": "STAFF",
        "facilitator": "PARTNER",
    }
    for by, group in groups.items():
        made = await told(world, by, response="PASSED_TO_STAFF")
        shown = (await world.coordinator.get(f"{LIST}/{made['id']}")).json()
        assert shown["toldBy"] == group
        assert {"supporter", "person", "author", "name"} & {*shown, *made} == set()


async def test_what_is_never_a_task_is_told_apart_from_what_is_only_not_his(world: World) -> None:
    """Help with a shower is forbidden by the floor; collecting meals is only not a mentor's; reading is his task, and
    no creep."""
    for task, prohibited in (("INTIMATE_CARE", True), ("COLLECT_MEALS", False)):
        await told(world, task=task)
        items = (await world.coordinator.get(f"{LIST}?limit=100")).json()["items"]
        assert [i["prohibited"] for i in items if i["task"] == task] == [prohibited]
    own = await world.mentor.post(f"{SCHEME}/task-requests", {**ASKED, "task": "READ_TOGETHER"})
    assert problem(own) == (422, "unacceptable", [("TASK_PERMITTED", "/task")])
    early = await world.mentor.post(f"{SCHEME}/task-requests", {**ASKED, "askedOn": "2026-11-24"})
    assert problem(early) == (422, "unacceptable", [("IN_THE_FUTURE", "/askedOn")])


async def test_who_reads_it(world: World) -> None:
    """Who runs, supports or watches over the scheme. Not the wing that asked, and no supporter, his own word
    included; another scheme's supporter does not write here."""
    readers = ("coordinator", "facilitator", "safer", "governor", "imb", "inspector")
    await told(world)
    of, *_ = {i["id"] for i in (await world.imb.get(f"{LIST}?limit=1&{OURS}")).json()["items"]}
    for name in readers:
        assert (await world[name].get(f"/v1/task-requests/{of}")).status_code == 200, name
    for name, status in (("officer", 403), ("hub", 403), ("headquarters", 403), ("mentor", 404), ("arthur", 404)):
        for path in (f"/v1/task-requests/{of}", "/v1/task-requests"):
            assert (await world[name].get(path)).status_code == status, name
    assert (await world.samaritan.get(f"/v1/task-requests/{of}")).status_code == 404
    for other in ("listener", "arthur"):
        assert (await world[other].post(f"{SCHEME}/task-requests", ASKED)).status_code == 404


async def test_counts_go_through_disclosure_control(world: World) -> None:
    """One to seven are not told, and others to the nearest five; what is older than ninety days does not count. Also to
    headquarters, who reads no line of it."""

    async def counts(name: str = "headquarters") -> dict[str, Any]:
        answer = await world[name].get(f"{SCHEME}/role-creep")
        assert answer.status_code == 200
        return answer.json()

    few = await counts()
    assert (few["days"], few["asked"], few["prohibited"], few["done"]) == (90, None, None, 0)
    assert few["byTask"] == [{"task": "HOLD_KEYS", "asked": None}]
    for day in range(8):
        await told(world, task="COLLECT_MEALS", response="DONE", askedOn=f"2026-11-{10 + day}")
    many = await counts()
    assert (many["asked"], many["prohibited"], many["done"]) == (10, None, 10)
    assert {t["task"]: t["asked"] for t in many["byTask"]} == {"COLLECT_MEALS": 10, "HOLD_KEYS": None}
    assert await counts("coordinator") == await counts("imb") == many
    assert (await world.officer.get(f"{SCHEME}/role-creep")).status_code == 403
    assert (await world.mentor.get(f"{SCHEME}/role-creep")).status_code == 404
    for _ in range(8):
        await told(world, task="CLEAN_CELL", askedOn="2026-08-24")
    assert await counts() == many


async def test_the_ledger_does_not_say_which_supporter_told(world: World) -> None:
    """The record has no author, so that nobody is blamed; nor has the line of a supporter's word, told or refused, that
    those read who run the prison. It tells the hour."""
    before = len(world.entries())
    await told(world)
    assert (await world.mentor.post(f"{SCHEME}/task-requests", {**ASKED, "task": "READ_TOGETHER"})).status_code == 422
    tried = [e for e in world.entries()[before:] if e.verb == "TELL_TASK_REQUEST"]
    assert [(e.actor, e.assignment, e.at.minute, e.closed) for e in tried] == [(None, None, 0, True)] * 2

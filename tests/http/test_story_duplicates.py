"""What is typed in afterwards may be there already: then that is offered, and nothing is made, until whoever types it
says that it is another (X25). Looked for where he reads, and nowhere else (rule 11)."""

from typing import Any

import pytest

from domain.sessions.groups import GroupSession
from domain.sessions.record import Induction
from domain.sessions.support import SupportRecord
from tests.http import contacts_operations, stores
from tests.http.cast import uid
from tests.http.test_story_learning import INDUCTION
from tests.http.world import World, problem

pytestmark = pytest.mark.parametrize("world", stores.MEMORY_FIRST, indirect=True)
INSIDER = {"supporter": str(uid("supporter:insider"))}
NIGEL = {"identifier": "A3002QX", "name": "Nigel Quickfall"}
RECOVERY = f"/v1/schemes/{uid('scheme:recovery')}"
HELPED: dict[str, Any] = {
    **contacts_operations.EXAMPLES["addSupportRecord"]["body"],
    "heldOn": "2026-11-20",
    "another": False,
}
GROUP: dict[str, Any] = {
    **contacts_operations.EXAMPLES["addGroupSession"]["body"],
    "heldOn": "2026-11-19",
    "another": False,
}


def alike(answer: Any) -> list[str]:
    """What a refusal offers instead."""
    assert problem(answer) == (409, "conflict", [("LOOKS_LIKE_ANOTHER", None)]), answer.text
    return answer.json()["alike"]


async def made(voice: Any, path: str, body: dict[str, Any]) -> str:
    """It is made: its id."""
    answer = await voice.post(path, body)
    assert answer.status_code == 201, answer.text
    return answer.json()["id"]


async def test_a_meeting_that_both_wrote_down_is_offered_and_not_made(world: World) -> None:
    """The Insider typed it, and staff again from paper: told which one is there, which they read; nothing is kept, and
    nobody hears of it twice, until they say that it is another."""
    first = await made(world.insider, "/v1/inductions", INDUCTION)
    before = {each.id for each in await world.records(Induction)}
    body = {**INDUCTION, **INSIDER, **NIGEL, "seenAt": "2026-11-22T21:40:00Z"}
    (there,) = alike(await world.coordinator.post("/v1/inductions", body))
    assert there == first
    assert (await world.coordinator.get(f"/v1/inductions/{there}")).status_code == 200
    assert alike(await world.insider.post("/v1/inductions", INDUCTION)) == [first]
    assert {each.id for each in await world.records(Induction)} == before
    await made(world.coordinator, "/v1/inductions", {**body, "another": True})


@pytest.mark.parametrize(
    "other",
    [
        {"seenAt": "2026-11-22T21:46:00Z"},
        {"seenAt": "2026-11-22T20:44:00Z"},
        {"arrivedAt": "2026-11-22T20:01:00Z"},
        {"wing": "MDI-B"},
        {"identifier": "A3003QX", "name": "Norman Quayle"},
    ],
    ids=str,
)
async def test_what_differs_in_what_both_say_is_another_meeting(world: World, other: dict[str, str]) -> None:
    """More than half an hour apart, on another wing, somebody who came at another time, or another man by name: a
    reception has several, and nobody is asked about them."""
    body = {**INDUCTION, **INSIDER, **NIGEL}
    await made(world.coordinator, "/v1/inductions", body)
    await made(world.coordinator, "/v1/inductions", {**body, **other})


async def test_a_worry_waits_for_no_question(world: World) -> None:
    """It was not told of with the one that is there: it goes to staff, and nobody is asked first."""
    await made(world.insider, "/v1/inductions", INDUCTION)
    await made(world.insider, "/v1/inductions", {**INDUCTION, "concernToldToStaff": True})


async def test_help_that_was_typed_already_is_offered(world: World) -> None:
    """The same supporter, day, man and task: told which. Another man, another task and another day are others; of one
    who is named in neither, it took as long."""
    path = f"{RECOVERY}/support-records"
    first = await made(world.coordinator, path, HELPED)
    assert alike(await world.coordinator.post(path, {**HELPED, "minutes": 45})) == [first]
    for other in (
        {"identifier": "A3008QX", "name": "Ned Quaid"},
        {"tasksDone": []},
        {"heldOn": "2026-11-19"},
        {"outcome": "UNRESOLVED"},
        {"note": "Something else."},
        {"another": True},
    ):
        await made(world.coordinator, path, {**HELPED, **other})
    nobody = {**HELPED, "identifier": None, "name": None, "heldOn": "2026-11-18"}
    unnamed = await made(world.coordinator, path, nobody)
    assert alike(await world.coordinator.post(path, nobody)) == [unnamed]
    await made(world.coordinator, path, {**nobody, "minutes": 45})
    assert (await world.coordinator.get(f"/v1/support-records/{unnamed}")).status_code == 200


async def test_a_group_that_was_told_of_already_is_offered(world: World) -> None:
    """That day's, of that topic, planned or told of: whoever types it late says what came of the one that is there. One
    that is still to come is nobody's duplicate."""
    path = f"{RECOVERY}/group-sessions"
    first = await made(world.coordinator, path, GROUP)
    count = len(await world.records(GroupSession))
    assert alike(await world.coordinator.post(path, {**GROUP, "attended": 7})) == [first]
    assert len(await world.records(GroupSession)) == count
    await made(world.coordinator, path, {**GROUP, "topic": "HEALTHY_LIVING"})
    await made(world.coordinator, path, {**GROUP, "minutes": 45})
    await made(world.coordinator, path, {**GROUP, "another": True})
    plan = {"topic": "RECOVERY_GROUP", "heldOn": "2026-12-20", "expected": 9}
    for _ in range(2):
        await made(world.coordinator, path, plan)


async def test_nobody_is_told_of_what_he_could_not_read(world: World) -> None:
    """A supporter types what another of his scheme had typed of himself: made as if none were there. Absence comes
    first: a scheme out of reach is 404, whatever lies there."""
    path = f"{RECOVERY}/support-records"
    await made(world.coordinator, path, HELPED)
    own = {name: HELPED[name] for name in ("heldOn", "minutes", "issue", "advice", "tasksDone")}
    before = {each.id for each in await world.records(SupportRecord)}
    answer = await world.insider.post(f"/v1/schemes/{uid('scheme:insiders')}/support-records", own)
    assert "LOOKS_LIKE_ANOTHER" not in answer.text
    far = f"/v1/schemes/{uid('far:scheme:recovery')}/support-records"
    assert (await world.coordinator.post(far, HELPED)).status_code == 404
    unknown = f"/v1/schemes/{uid('nowhere')}/support-records"
    assert (await world.coordinator.post(unknown, HELPED)).status_code == 404
    assert {each.id for each in await world.records(SupportRecord)} == before

"""A closed scheme is history: what belongs to it is read, and stays as it is. Findings alone outlive it."""

import dataclasses
from typing import Any

import pytest

from domain.schemes.record import Scheme, SchemeState
from tests.http.cast import uid
from tests.http.tale import done, moved
from tests.http.world import World, codes

CLOSED = ["SCHEME_CLOSED"]
POINT = {"value": 70, "on": "2026-10-10", "source": "SURVEY"}


async def closed(world: World, name: str) -> str:
    """That scheme has closed: its path."""
    scheme = await world.record(Scheme, uid(name))
    await world.change(dataclasses.replace(scheme, state=SchemeState.CLOSED, open=False))
    return f"/v1/schemes/{scheme.id}"


@pytest.mark.parametrize(
    ("scheme", "by", "charter", "action", "body"),
    [
        ("scheme:insiders", "coordinator", "charter:ready", "submit", {}),
        ("scheme:shannon", "governor", "charter:signed", "return", {"section": "WHY", "words": "Why now?"}),
        ("scheme:suspended", "governor", "charter:submitted", "sign", {}),
        ("scheme:shannon", "coordinator", "charter:signed", "publish", {}),
    ],
)
async def test_the_plan_of_a_closed_scheme_goes_nowhere(
    world: World, scheme: str, by: str, charter: str, action: str, body: dict[str, Any]
) -> None:
    """No version of it is submitted, sent back, signed or published any more; each was free to be until it closed."""
    await closed(world, scheme)
    assert codes(await moved(world[by], f"/v1/charters/{uid(charter)}", action, body)) == CLOSED


async def test_nothing_is_written_in_the_plan_of_a_closed_scheme(world: World) -> None:
    """Nor begun, nor said to it."""
    scheme = await closed(world, "scheme:draft")
    path = f"/v1/charters/{uid('charter:draft')}"
    tag = await world.coordinator.tag(path)
    assert codes(await world.coordinator.patch(path, {"purpose": "Another."}, tag=tag)) == CLOSED
    said = {"section": "WHY", "words": "Why now?"}
    assert codes(await world.governor.post(f"{path}/comments", said)) == CLOSED
    assert codes(await world.coordinator.post(f"{scheme}/charters")) == CLOSED
    assert (await world.coordinator.get(path)).status_code == 200


async def test_the_objectives_of_a_closed_scheme_stand_where_they_stood(world: World) -> None:
    """None is set, none amended, none measured."""
    scheme = await closed(world, "scheme:insiders")
    path = f"/v1/objectives/{uid('objective')}"
    new = {"title": "Met", "measure": "NEW_ARRIVALS_MET_IN_24_HOURS"}
    assert codes(await world.coordinator.post(f"{scheme}/objectives", new)) == CLOSED
    tag = await world.coordinator.tag(path)
    assert codes(await world.coordinator.patch(path, {"title": "Met sooner"}, tag=tag)) == CLOSED
    assert codes(await moved(world.coordinator, path, "measure", POINT)) == CLOSED


async def test_a_finding_outlives_its_scheme(world: World) -> None:
    """What a closing review finds is found after the end, and so is what is said to it: whoever closed it may still
    learn from it."""
    scheme = await closed(world, "scheme:insiders")
    body = {
        "source": "REVIEW",
        "design": "INTERVIEWS",
        "found": "Nobody was told when it would end.",
        "foundOn": "2026-11-20",
    }
    made = await world.coordinator.post(f"{scheme}/findings", body)
    assert made.status_code == 201, made.text
    declined = await done(world.governor, made.headers["location"], "decline", {"reason": "SCHEME_ENDS"})
    assert declined["state"] == "DECLINED"

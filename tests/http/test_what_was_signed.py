"""What was signed stays what was signed: the goals that a plan binds, and the words that everybody reads of it."""

from typing import Any

import pytest

from tests.http.tale import done, moved
from tests.http.test_charter_story import amended, objective_for, published, sent_back, whole
from tests.http.world import World, codes

FIXED = {
    "purpose": "To report to security.",
    "targetGroup": "Whoever is quiet.",
    "howToAsk": "Ask an officer, in writing, with your reason.",
    "places": ["The wing office"],
}
PUBLIC = ("purpose", "targetGroup", "howToAsk", "places", "reviewOn")


async def patched(world: World, path: str, body: dict[str, Any]) -> list[str]:
    """The coordinator reads it and writes in it: the codes of the refusal, none where it was written."""
    answer = await world.coordinator.patch(path, body, tag=await world.coordinator.tag(path))
    return [] if answer.status_code == 200 else codes(answer)


async def test_a_goal_stands_once_its_plan_was_handed_in(world: World) -> None:
    """Whoever signs a plan signs its objectives as he read them: from its submission on nothing of them is changed,
    and a plan that is sent back frees them again."""
    scheme, charter = await whole(world)
    goal = f"/v1/objectives/{(await world.coordinator.get(charter)).json()['objectives'][0]}"
    assert await patched(world, goal, {"target": 96}) == []
    await done(world.coordinator, charter, "submit")
    for change in ({"target": 61, "title": "Met some day"}, {"baselineBy": "2027-01-01"}, {"target": None}):
        assert await patched(world, goal, change) == ["BOUND_BY_CHARTER"], change
    assert await patched(world, goal, {"target": 96}) == []  # as it stands already
    free = f"/v1/objectives/{await objective_for(world, scheme)}"
    assert await patched(world, free, {"target": 70}) == []  # no plan names it
    await sent_back(world, charter)
    assert await patched(world, goal, {"target": 94}) == []


async def test_a_goal_stands_as_long_as_a_published_plan_names_it(world: World) -> None:
    """In force, and in the history of what was: only a baseline that the plan itself left to be measured is filled in,
    once. Whoever wants another goal sets another, and a new version names it."""
    scheme, charter = await whole(world)
    goal = await objective_for(world, scheme, baseline=None, baselineSource=None, baselineBy="2027-02-01")
    await amended(world, charter, {"objectives": [goal]})
    await done(world.coordinator, charter, "submit")
    path = f"/v1/objectives/{goal}"
    assert await patched(world, path, {"baseline": 60, "baselineSource": "SURVEY"}) == ["BOUND_BY_CHARTER"]
    for signer in ("safer", "governor"):
        await done(world[signer], charter, "sign")
    await done(world.coordinator, charter, "publish")
    for change in ({"forWhom": None, "target": None}, {"title": "Met some day"}, {"dueOn": "2036-12-01"}):
        assert await patched(world, path, change) == ["BOUND_BY_CHARTER"], change
    assert await patched(world, path, {"baseline": 60, "baselineSource": "SURVEY"}) == []
    assert await patched(world, path, {"baseline": 90}) == ["BOUND_BY_CHARTER"]
    again = await world.coordinator.post(f"{scheme}/charters")
    second = again.headers["location"]
    await amended(world, second, {"objectives": [await objective_for(world, scheme)]})
    await done(world.coordinator, second, "submit")
    for signer in ("safer", "governor"):
        await done(world[signer], second, "sign")
    await done(world.coordinator, second, "publish")
    assert await patched(world, path, {"title": "Met some day"}) == ["BOUND_BY_CHARTER"]  # it is history


async def test_publishing_a_plan_tells_its_words_to_everybody(world: World) -> None:
    """What a person in custody reads of the scheme is what was signed: publishing takes it from the charter, and says
    so in the same line of the ledger."""
    scheme, charter = await whole(world)
    assert (await world.arthur.get(scheme)).json()["howToAsk"] is None
    await done(world.coordinator, charter, "submit")
    for signer in ("safer", "governor"):
        await done(world[signer], charter, "sign")
    mark = len(world.entries())
    out = await done(world.coordinator, charter, "publish")
    told = (await world.arthur.get(scheme)).json()
    assert {m: told[m] for m in PUBLIC} == {m: out[m] for m in PUBLIC}
    entry = next(e for e in world.since(mark) if e.verb == "PUBLISH_CHARTER")
    assert {c.kind for c in entry.changes} == {"charter", "scheme"}


@pytest.mark.parametrize("member", FIXED)
async def test_words_that_were_signed_are_changed_by_a_new_version_alone(world: World, member: str) -> None:
    """While a charter holds its coordinator does not say otherwise in the scheme; what it does not say stays his, and
    the same words again are no change."""
    scheme, _ = await published(world)
    as_read = (await world.arthur.get(scheme)).json()
    assert await patched(world, scheme, {member: FIXED[member]}) == ["FIXED_BY_CHARTER"]
    assert await patched(world, scheme, {member: as_read[member], "name": "Insiders of the two houseblocks"}) == []
    assert (await world.arthur.get(scheme)).json()[member] == as_read[member]


async def test_without_a_charter_a_scheme_says_what_its_coordinator_writes(world: World) -> None:
    """A draft fixes nothing, handed in or not."""
    scheme, charter = await whole(world)
    await done(world.coordinator, charter, "submit")
    assert await patched(world, scheme, FIXED) == []
    assert (await moved(world.coordinator, charter, "publish")).status_code == 409

"""Who reads what an assessment found."""

import pytest

from tests.http.cast import uid
from tests.http.stores import MEMORY_FIRST
from tests.http.world import World

pytestmark = pytest.mark.parametrize("world", MEMORY_FIRST, indirect=True)


async def test_what_an_assessment_found_is_for_those_who_recruit(world: World) -> None:
    """Board and inspectorate read whether something stands in the way, and not the rules: one may say who is unwell."""
    path = f"/v1/assessments/{uid('assessment:asked')}"
    for name in ("imb", "inspector"):
        told = (await world[name].get(path)).json()
        assert (told["results"], told["overrides"], told["blockedBy"]) == (None, None, None), name
        assert told["blocked"] is True
    assert (await world.coordinator.get(path)).json()["results"]

"""Two type the same in at once: each looks for what is there already and makes his in one moment, so one makes it and
the others are offered what he made (X25)."""

import asyncio
from typing import Any

import pytest

from tests.http.test_story_duplicates import GROUP, HELPED, RECOVERY, alike
from tests.http.world import World


@pytest.mark.parametrize(
    ("path", "body"), [(f"{RECOVERY}/group-sessions", GROUP), (f"{RECOVERY}/support-records", HELPED)]
)
async def test_of_those_who_type_it_at_once_one_makes_it(world: World, path: str, body: dict[str, Any]) -> None:
    """Of four who tell of the same one that was held."""
    sent = (world.coordinator.post(path, body, key=f"at-once-{n:08}") for n in range(4))
    answers = await asyncio.gather(*sent)
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]
    (made,) = {answer.headers["Location"].rpartition("/")[2] for answer in answers if answer.status_code == 201}
    assert [alike(answer) for answer in answers if answer.status_code == 409] == [[made]] * 3

"""The batch of the fixed hour: what it leaves behind lies in no order that says what it was."""

import dataclasses
from datetime import timedelta

import pytest

from domain.confidentiality.policy import decide
from domain.confidentiality.roles import Role
from domain.confidentiality.verbs import Verb
from domain.sessions import emptying
from domain.sessions.conduct import Conduct
from domain.sessions.mixing import REQUESTS
from tests.domain.night import Night
from tests.domain.world import World

GONE = "A4321BC"


async def test_letters_lie_in_no_order_of_the_requests(world: World) -> None:
    """The ledger names requests by their ids, in the order of their acts: by row order a dump would join the two."""
    night = Night(world)
    asked = [await night.ask() for _ in range(12)]
    for number, request in enumerate(asked):
        world.put(dataclasses.replace(world.kept(request), minutes_to_offer=5 * number))
    world.clock.now = world.kept(asked[0]).readable_until
    in_order = [world.kept(r).minutes_to_offer for r in sorted(asked, key=lambda r: str(r.id))]
    service = world.viewer(Role.SERVICE)
    assert await emptying.empty(lambda: world.begun(decide([service], Verb.TICK)), None) == 12
    lie = [letter.plain["minutes_to_offer"] for letter in world.store.letters]
    assert sorted(lie) == sorted(in_order)
    assert lie not in (sorted(lie), in_order)


@pytest.mark.parametrize(
    ("after", "elsewhere", "unmet"),
    [
        pytest.param(timedelta(minutes=30), "TRN", 0, id="before anybody was late"),
        pytest.param(timedelta(hours=3), "TRN", 1, id="when they were late already"),
        pytest.param(-timedelta(minutes=1), "TRN", 1, id="before he asked"),
        pytest.param(timedelta(minutes=30), "MDI", 1, id="to another wing"),
        pytest.param(None, "TRN", 1, id="nobody told when"),
    ],
)
async def test_whoever_was_moved_in_time_was_failed_by_nobody(
    world: World, after: timedelta | None, elsewhere: str, unmet: int
) -> None:
    """A man asks and is taken to another prison before anybody is late: not unmet, and no conduct of anybody's. In
    every other case he was waiting here, and it is."""
    asked = await Night(world).ask()
    request = dataclasses.replace(world.kept(asked), recipient=f"SMITH {GONE}")
    world.put(request)
    left_at = None if after is None else request.asked_at + after
    there = request.asked_at + timedelta(hours=5)  # whenever he came to where he was taken
    world.person("A Smith", GONE, prison=elsewhere, left_at=left_at, moved_at=there)
    world.clock.now = request.readable_until
    service = world.viewer(Role.SERVICE)
    assert await emptying.empty(lambda: world.begun(decide([service], Verb.TICK)), None) == 1
    residues = [letter for letter in world.store.letters if letter.box == REQUESTS]
    assert (len(world.records(Conduct)), len(residues)) == (unmet, unmet)

"""The batch of the fixed hour: what it leaves behind lies in no order that says what it was."""

import dataclasses

from domain.confidentiality.policy import decide
from domain.confidentiality.roles import Role
from domain.confidentiality.verbs import Verb
from domain.sessions import emptying
from tests.domain.night import Night
from tests.domain.world import World


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

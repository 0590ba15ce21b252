"""Nobody is on a rota twice at a time, in whatever schemes he serves, and whoever writes at the same moment (F37)."""

import asyncio
import dataclasses
from uuid import UUID

from domain.care.roster import RosterEntry, RosterState
from domain.supporters.record import Supporter
from tests.http.cast import uid
from tests.http.tale import done
from tests.http.test_story_rota import LISTENER, written
from tests.http.world import World, codes

INSIDER = str(uid("supporter:insider"))
INSIDERS = f"/v1/schemes/{uid('scheme:insiders')}"


async def serves_twice(world: World) -> None:
    """The Listener is an Insider too."""
    listener = await world.record(Supporter, UUID(LISTENER))
    insider = await world.record(Supporter, UUID(INSIDER))
    await world.change(dataclasses.replace(insider, person=listener.person))


async def standing(world: World) -> int:
    """How many entries of the Listeners and the Insiders wait or stand."""
    every = [e for e in await world.records(RosterEntry) if str(e.supporter) in (LISTENER, INSIDER)]
    return sum(e.state is not RosterState.WITHDRAWN for e in every)


async def test_what_waits_takes_its_place_too(world: World) -> None:
    """One that waits for a second person is there already; once it is withdrawn the band is free again."""
    for day in (24, 26):
        await written(world, day)
    waits = await written(world, 28, override="SWAP")
    assert waits.json()["state"] == "WAITING"
    assert codes(await written(world, 28, override="SWAP")) == ["ALREADY_ROSTERED"]
    await done(world.coordinator, waits.headers["location"], "withdraw")
    assert (await written(world, 28, override="SWAP")).status_code == 201


async def test_a_man_of_two_schemes_is_in_one_place_at_a_time(world: World) -> None:
    """In the other scheme it is told without a reason, as of anybody who is not available; another day is
    free, and so is this one once the first is withdrawn."""
    await serves_twice(world)
    first = await written(world, 24, "ED")
    assert first.status_code == 201
    assert codes(await written(world, 24, "ED", scheme=INSIDERS, supporter=INSIDER)) == ["NOT_AVAILABLE"]
    assert (await written(world, 25, "ED", scheme=INSIDERS, supporter=INSIDER)).status_code == 201
    await done(world.coordinator, first.headers["location"], "withdraw")
    assert (await written(world, 24, "ED", scheme=INSIDERS, supporter=INSIDER)).status_code == 201
    assert codes(await written(world, 24, "ED")) == ["NOT_AVAILABLE"]


async def test_of_two_who_write_at_once_one_is_told_as_if_he_had_come_later(world: World) -> None:
    """In one scheme and across two: one entry, one 201, and to every other the code that stands for it."""
    answers = await asyncio.gather(*(written(world, 24) for _ in range(4)))
    assert sorted(a.status_code for a in answers) == [201, 409, 409, 409]
    assert [codes(a) for a in answers if a.status_code == 409] == [["ALREADY_ROSTERED"]] * 3
    await serves_twice(world)
    answers = await asyncio.gather(
        written(world, 26, "ED"), written(world, 26, "ED", scheme=INSIDERS, supporter=INSIDER)
    )
    assert sorted(a.status_code for a in answers) == [201, 409]
    assert [codes(a) for a in answers if a.status_code == 409] == [["NOT_AVAILABLE"]]
    assert await standing(world) == 2


async def test_the_wing_is_his_own_unless_another_is_named(world: World) -> None:
    """It is for those who write the rota; one of another prison is refused."""
    own, other = await written(world, 24), await written(world, 26, wing="MDI-B")
    assert [a.json()["wing"] for a in (own, other)] == ["MDI-A", "MDI-B"]
    for name in ("officer", "hub", "second-listener", "listener"):
        shown = (await world[name].get(other.headers["location"])).json()
        assert (shown["wing"], shown["slot"]) == (None, None), name
    assert codes(await written(world, 28, "AM", wing="LEI-A")) == ["WING_OF_ANOTHER_PRISON"]

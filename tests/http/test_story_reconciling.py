"""What was told is lost, and the night finds it: each prison's own list is laid beside what is known here (rule 24)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from api.work.bench import service_begin
from domain.kernel.whereabouts import InOut, Located, Residents
from domain.movements.reconciling import reconcile
from domain.people.record import Person
from domain.people.reviews import MovementReview
from domain.supporters.absences import Absence
from domain.supporters.record import Supporter
from tests.http.cast import CAST, person, uid
from tests.http.prison_events import SEARCH, Systems, located, notification, told
from tests.http.stores import MEMORY_FIRST
from tests.http.world import World

pytestmark = pytest.mark.parametrize("world", MEMORY_FIRST, indirect=True)

NUMBER = str(CAST["mentor"].number)


@dataclass(slots=True)
class Lists:
    """Who is in which prison, as the systems list it. A prison that is not given cannot be listed now."""

    of: dict[str, dict[str, Located | None]] = field(default_factory=dict[str, dict[str, Located | None]])

    async def __call__(self, prison: str) -> Mapping[str, Located | None] | None:
        """All of one prison."""
        return self.of.get(prison)


async def as_known(world: World) -> Lists:
    """Lists that say what is known here."""
    lists = Lists({"MDI": {}, "LEI": {}})
    for each in await world.records(Person):
        lists.of.setdefault(each.prison, {})[each.identifier] = located(each.prison, wing=each.wing)
    return lists


async def night(world: World, lists: Residents, systems: Systems) -> int:
    """The nightly look."""
    return await reconcile(lambda: service_begin(world.house.runtime), "EW", lists, systems)


async def test_received_is_lost_and_the_night_finds_him(world: World) -> None:
    """Nobody told that he left or came: the next morning his role is over there, and he is here."""
    lists = await as_known(world)
    assert await night(world, lists, Systems()) == 0
    lists.of["LEI"][NUMBER] = located("LEI", wing="LEI-C")
    del lists.of["MDI"][NUMBER]
    assert await night(world, lists, Systems({NUMBER: located("LEI", wing="LEI-C")})) == 1
    there = await world.record(Person, person("mentor"))
    assert (there.prison, there.wing) == ("LEI", "LEI-C")
    assert (await world.record(Supporter, uid("supporter:mentor"))).standing == "TRANSFERRED_OUT"
    assert await night(world, lists, Systems()) == 0, "and once"


async def test_who_is_on_no_list_is_asked_about(world: World) -> None:
    """Released, and never told: what the systems say of him when they are asked. They do not know him: somebody looks,
    and nothing ends by that. They cannot be asked: another night."""
    lists = await as_known(world)
    del lists.of["MDI"][NUMBER]
    assert await night(world, lists, Systems(reachable=False)) == 0
    await night(world, lists, Systems({NUMBER: None}))
    assert (await world.record(Supporter, uid("supporter:mentor"))).standing == "ACTIVE"
    await night(world, lists, Systems({NUMBER: located(None, InOut.OUT)}))
    assert (await world.record(Supporter, uid("supporter:mentor"))).standing == "RELEASED"


async def test_who_is_listed_and_cannot_be_read_has_not_left(world: World) -> None:
    """He is there, and nobody can say where: he is let be, and one told of him waits, until it can be read."""
    lists = await as_known(world)
    lists.of["MDI"][NUMBER] = None
    lists.of["LEI"][str(CAST["arthur"].number)] = None
    systems = Systems({NUMBER: located(None, InOut.OUT)}, unreadable=frozenset({NUMBER}))
    before = await world.record(Person, person("mentor"))
    assert await night(world, lists, systems) == 0
    line = await told(world, notification(f"{SEARCH}released", world.now, of=NUMBER, prisonId="MDI"), where=systems)
    assert len(line.waits) == 1
    assert await world.record(Person, person("mentor")) == before
    assert await world.records(MovementReview, person=person("mentor")) == []


async def test_a_list_that_cannot_be_had_whole_ends_nothing(world: World) -> None:
    """No list: nobody of that prison is thought to be gone."""
    lists = await as_known(world)
    del lists.of["MDI"]
    systems = Systems({NUMBER: located(None, InOut.OUT)})
    assert await night(world, lists, systems) == 0
    assert systems.asked == []


async def test_a_return_that_was_lost(world: World) -> None:
    """At court, and nobody told that he is back: the night does."""
    lists = await as_known(world)
    earlier = await world.records(Absence, supporter=uid("supporter:mentor"))
    await told(world, notification(f"{SEARCH}released", world.now, of=NUMBER, reason="SENT_TO_COURT", prisonId="MDI"))
    assert await world.records(Absence, supporter=uid("supporter:mentor")) != earlier
    world.later(hours=10)
    lists.of["MDI"][NUMBER] = located("MDI", wing=(await world.record(Person, person("mentor"))).wing)
    assert await night(world, lists, Systems()) == 1
    assert await world.records(Absence, supporter=uid("supporter:mentor")) == earlier


async def test_what_was_told_meanwhile_counts(world: World) -> None:
    """The list is older than an event that came while it was read: he is where the event says."""
    lists = await as_known(world)
    del lists.of["MDI"][NUMBER]

    async def slowly(prison: str) -> Mapping[str, Located | None] | None:
        if prison == "MDI":
            at = world.later(minutes=1)
            came = notification(f"{SEARCH}received", at, of=NUMBER, reason="TRANSFERRED", prisonId="LEI")
            await told(world, came)
        return await lists(prison)

    await night(world, slowly, Systems({NUMBER: located(None, InOut.OUT)}))
    assert (await world.record(Person, person("mentor"))).prison == "LEI"


async def test_a_time_that_is_still_to_come_makes_nothing_old(world: World) -> None:
    """A clock elsewhere is a year ahead: what is told and found after that counts all the same."""
    ahead = notification(f"{SEARCH}updated", world.now + timedelta(days=365), of=NUMBER, categoriesChanged=["LOCATION"])
    await told(world, ahead, where=Systems({NUMBER: located("MDI", wing="MDI-B")}))
    assert (await world.record(Person, person("mentor"))).moved_at == world.now
    lists = await as_known(world)
    del lists.of["MDI"][NUMBER]
    world.later(days=1)
    assert await night(world, lists, Systems({NUMBER: located("LEI", wing="LEI-C")})) == 1
    assert (await world.record(Person, person("mentor"))).prison == "LEI"

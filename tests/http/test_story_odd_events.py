"""What the estate may tell that is unknown, contradictory, late or ahead of its time: each is acknowledged by its rule,
moves nobody, and stops nothing that is told later (issue F)."""

from datetime import timedelta
from typing import Any

import pytest

from domain.movements.followed import Followed
from domain.movements.inbox import EventTaken
from domain.people.record import Person
from domain.supporters.record import Supporter
from tests.http import stores
from tests.http.cast import CAST, START, person, uid
from tests.http.prison_events import OFFENDER, SEARCH, Line, consumer, notification, told, wrapped
from tests.http.world import World

pytestmark = pytest.mark.parametrize("world", stores.MEMORY_FIRST, indirect=True)
NUMBER, OTHER = str(CAST["mentor"].number), str(CAST["arthur"].number)
GONE: dict[str, Any] = {"of": NUMBER, "reason": "TRANSFERRED", "prisonId": "MDI"}
LEFT = notification(f"{SEARCH}released", START, **GONE)

ODD: dict[str, tuple[str, Followed]] = {
    "a type that nobody knows": (notification(f"{SEARCH}teleported", START, **GONE), Followed.NOTHING_TO_DO),
    "a type that nobody knows, and no JSON in it": (wrapped("some.event", "{", START), Followed.NOTHING_TO_DO),
    "no notification": (LEFT.replace('"Notification"', '"SubscriptionConfirmation"'), Followed.NOTHING_TO_DO),
    "a reason that nobody knows": (
        notification(f"{SEARCH}released", START, **{**GONE, "reason": "ABDUCTED"}),
        Followed.NOTHING_TO_DO,
    ),
    "a prison of another estate": (
        notification(f"{SEARCH}received", START, **{**GONE, "prisonId": "HOSPITAL"}),
        Followed.NOTHING_TO_DO,
    ),
    "left from where he is not": (
        notification(f"{OFFENDER}released", START, **{**GONE, "prisonId": "LEI"}),
        Followed.AS_IT_WAS,
    ),
    "came to where he is": (notification(f"{SEARCH}received", START, **GONE), Followed.AS_IT_WAS),
    "the body says that he left, and the attribute that he came": (
        LEFT.replace(f'"Value": "{SEARCH}released"', f'"Value": "{SEARCH}received"'),
        Followed.AS_IT_WAS,
    ),
    "an update that changes nothing of where he is": (
        notification(f"{SEARCH}updated", START, of=NUMBER, categoriesChanged=["SENTENCE"]),
        Followed.NOTHING_TO_DO,
    ),
}


@pytest.mark.parametrize("what", ODD)
async def test_it_is_acknowledged_and_moves_nobody(world: World, what: str) -> None:
    """Its row says what was made of it."""
    role = await world.record(Supporter, uid("supporter:mentor"))
    message, followed = ODD[what]
    line = await told(world, message)
    assert (line.waits, line.deleted) == ([], [message])
    assert [each.followed for each in await world.records(EventTaken)] == [followed]
    assert (await world.record(Person, person("mentor"))).prison == "MDI"
    assert (await world.record(Supporter, role.id)).standing == role.standing


async def test_the_reference_counts_where_the_body_names_another(world: World) -> None:
    """As readers of the estate go by it."""
    body = LEFT.replace(f'\\"nomsNumber\\": \\"{NUMBER}\\"', f'\\"nomsNumber\\": \\"{OTHER}\\"')
    assert body != LEFT
    await told(world, body)
    assert (await world.record(Person, person("mentor"))).prison == "TRN"
    assert (await world.record(Person, person("arthur"))).prison == "MDI"


@pytest.mark.parametrize("year", ["2030", "9999"])
async def test_one_that_lies_ahead_stops_nothing(world: World, year: str) -> None:
    """What another system's clock says of tomorrow counts as now's: what is told of him in ten minutes counts too."""
    ahead = notification(f"{SEARCH}received", START, **{**GONE, "prisonId": "LEI"})
    await told(world, ahead.replace("2026", year))
    assert (await world.record(Person, person("mentor"))).prison == "LEI"
    world.later(minutes=10)
    await told(world, notification(f"{SEARCH}received", world.now, **{**GONE, "prisonId": "BXI"}))
    now = await world.record(Person, person("mentor"))
    assert (now.prison, now.moved_at) == ("BXI", world.now)


async def test_one_that_comes_late_is_as_it_was(world: World) -> None:
    """Told a week after: he has moved twice since, and is where he was told last to be."""
    for days, prison in ((1, "LEI"), (2, "BXI")):
        came = notification(f"{SEARCH}received", START + timedelta(days=days), **{**GONE, "prisonId": prison})
        world.at(START + timedelta(days=days))
        await told(world, came)
    world.later(days=7)
    line = await told(world, LEFT, notification(f"{SEARCH}received", START + timedelta(hours=1), **GONE))
    assert line.waits == []
    assert (await world.record(Person, person("mentor"))).prison == "BXI"
    late = [each.followed for each in await world.records(EventTaken) if each.occurred_at < START + timedelta(days=1)]
    assert late == [Followed.AS_IT_WAS] * 2


async def test_a_batch_of_which_one_can_be_read(world: World) -> None:
    """Among them one of somebody: he is moved in the same round."""
    bad = [f'{{"Message": "{n}"' for n in range(9)]
    line = Line([*bad, LEFT])
    await consumer(world, line).once()
    assert line.deleted == [LEFT]
    assert line.waits == bad
    assert (await world.record(Person, person("mentor"))).prison == "TRN"

"""What a rule asks all of, it is given to the last: page by page, whatever a page holds, and each once."""

from typing import Any
from uuid import UUID

import pytest

from domain import looking
from domain.act import Begin
from domain.confidentiality.roles import Role
from domain.confidentiality.verbs import Verb
from domain.supporters.record import Standing, Supporter
from tests.domain.world import World

WINGS = ("C", "A", "B", "A", "B", "B", "A")


@pytest.fixture(params=[2, 7, 8])
def there(world: World, request: Any, monkeypatch: pytest.MonkeyPatch) -> list[Supporter]:
    """Seven of one scheme, and one of another: in pages that end in the middle, at the last, and beyond."""
    monkeypatch.setattr(looking, "PAGE", request.param)
    world.supporter(world.scheme("INSIDERS"))
    of = world.scheme()
    return sorted((world.supporter(of, Standing.ACTIVE, wing=wing) for wing in WINGS), key=lambda s: s.id)


@pytest.mark.parametrize("through", [looking.every, looking.all_known])
async def test_all_are_found_once_and_in_order(world: World, there: list[Supporter], through: Any) -> None:
    """By id or as is asked, ties by id; and from a place in the order on, that place included."""

    async def look(begin: Begin, **how: Any) -> list[Supporter]:
        async with begin(Verb.READ_SUPPORTER) as act:
            return await through(act, Supporter, {"scheme": there[0].scheme}, **how)

    coordinator = world.viewer(Role.COORDINATOR)
    by_wing = sorted(there, key=lambda s: (s.wing, s.id))
    assert await world.make(coordinator, Verb.READ_SUPPORTER, look) == there
    assert await world.make(coordinator, Verb.READ_SUPPORTER, look, order="wing") == by_wing
    assert await world.make(coordinator, Verb.READ_SUPPORTER, look, order="wing", since="B") == by_wing[3:]


async def test_by_column_all_are_read_too(world: World, there: list[Supporter]) -> None:
    """Only the fields that are named, of every one."""

    async def look(begin: Begin) -> list[tuple[UUID, str]]:
        async with begin(Verb.READ_SUPPORTER) as act:
            found: Any = await looking.down(act, Supporter, {"scheme": there[0].scheme}, ("id", "wing"))
            return found

    assert await world.make(world.viewer(Role.COORDINATOR), Verb.READ_SUPPORTER, look) == [
        (s.id, s.wing) for s in there
    ]

"""What an act may make, write, list and look up: within the reach of its one grant."""

import dataclasses
from typing import Any

import pytest

from domain.confidentiality.roles import Role
from domain.confidentiality.verbs import Verb
from domain.confidentiality.within import Within
from domain.kernel.errors import (
    Absent,
    Unacceptable,
)
from domain.kernel.pages import CEILING
from domain.ports import Query
from domain.supporters import acts as supporters
from domain.supporters.record import Standing, Supporter
from tests.domain.world import World, codes, paths


async def test_a_new_record_lies_within_reach(world: World) -> None:
    """Nothing can be made where the grant does not reach: absent, as for any place out of reach."""
    begin = world.begin_anything(world.viewer(Role.GOVERNOR), Verb.APPLY, within=Within.OWN_PRISON)
    elsewhere = dataclasses.replace(world.supporter(world.scheme(prison="LEI")), id=world.ids())
    before = dict(world.store.records)

    async def attempt() -> None:
        async with begin(Verb.APPLY) as act:
            act.keep(elsewhere)

    with pytest.raises(Absent):
        await attempt()
    assert world.store.records == before


async def test_members_that_may_not_be_written_are_unknown(world: World) -> None:
    """An amendment of a member that exists but is not ours to write answers as one that does not exist (F71)."""
    supporter = world.supporter(world.scheme())
    with pytest.raises(Unacceptable) as wrong:
        await world.change(
            world.viewer(Role.COORDINATOR),
            Verb.AMEND_SUPPORTER,
            supporters.amend,
            supporter,
            changes={"standing": Standing.ACTIVE, "wing": "C", "nothing": 1},
        )
    assert (codes(wrong.value), paths(wrong.value)) == (["UNKNOWN_FIELD"] * 2, ["/nothing", "/standing"])
    assert world.kept(supporter) == supporter


async def test_pages_hold_everything_once(world: World) -> None:
    """Page after page gives each record once, in order, and the last page has no next."""
    scheme = world.scheme()
    wings = ["B", "A", "B", "C", "A", "B", "C"]
    made = [world.supporter(scheme, wing=wing) for wing in wings]
    governor = world.viewer(Role.GOVERNOR)
    for order in (None, "wing"):
        got: list[Any] = []
        after = None
        while True:
            query = Query(order=order, after=after, limit=3)
            page = await world.make(governor, Verb.READ_SUPPORTER, supporters.search, query)
            got += page.items
            after = page.next
            if after is None:
                break
            assert len(page.items) == 3
        assert {v.id for v in got} == {s.id for s in made}
        assert len(got) == len(made)
        if order is not None:
            assert [v.values["wing"] for v in got] == sorted(wings)


async def test_no_page_is_larger_than_the_ceiling(world: World) -> None:
    """Whatever is asked for, one page holds a hundred at most, and the line counts what was shown, not what is."""
    scheme = world.scheme()
    for _ in range(CEILING + 5):
        world.supporter(scheme)
    page = await world.make(world.viewer(Role.GOVERNOR), Verb.READ_SUPPORTER, supporters.search, Query(limit=10_000))
    assert (len(page.items), CEILING) == (100, 100)
    assert page.next is not None
    assert sum(s.count for s in world.entry.sights) == 100


async def test_what_the_rules_look_up_is_nobody_s_sight(world: World) -> None:
    """A look for the rules' own sake crosses the walls, shows nothing, and stands in no line."""
    elsewhere = world.supporter(world.scheme(prison="LEI"))
    async with world.begin(world.viewer(Role.GOVERNOR), Verb.READ_SUPPORTER)(Verb.READ_SUPPORTER) as act:
        assert await act.known_one(Supporter, elsewhere.id) == elsewhere
    assert world.entry.sights == ()

"""What an act may make, write, list and look up: within the reach of its one grant."""

import dataclasses
from typing import Any

import pytest

from domain.care import listing
from domain.confidentiality.roles import Role
from domain.confidentiality.verbs import Verb
from domain.confidentiality.within import Within
from domain.kernel.errors import (
    Absent,
    Unacceptable,
)
from domain.kernel.pages import CEILING
from domain.ports import Letter, Look, Query, Scope
from domain.supporters import acts as supporters
from domain.supporters.record import Standing, Supporter
from persistence.memory import MemoryStore
from tests.domain.world import PRISON, World, codes, paths, read_scheme


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
            listing.amend,
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


async def test_the_last_page_knows_that_it_is_the_last(world: World) -> None:
    """A page that is just full has no next: nobody is sent to look at an empty one."""
    for _ in range(3):
        world.supporter(world.scheme())
    page = await world.make(world.viewer(Role.GOVERNOR), Verb.READ_SUPPORTER, supporters.search, Query(limit=3))
    assert (len(page.items), page.next) == (3, None)


class Listening(MemoryStore):
    """A store that remembers how it was looked at."""

    def __init__(self) -> None:
        super().__init__()
        self.scopes: list[Scope] = []

    async def find(self, kind: Any, query: Query, look: Look) -> Any:
        self.scopes.append(look.scope)
        return await super().find(kind, query, look)


@pytest.mark.parametrize(
    ("role", "prisons", "scope"),
    [
        (Role.ACTIVITIES_HUB, frozenset({PRISON}), Scope(frozenset({PRISON}), False)),
        (Role.INSPECTORATE, frozenset({PRISON, "LEI"}), Scope(frozenset({PRISON, "LEI"}), True)),
        (Role.INSPECTORATE, None, Scope(None, True)),
        (Role.ACTIVITIES_HUB, frozenset(), Scope(frozenset(), False)),
    ],
    ids=["one prison", "two, and participation", "all", "none"],
)
async def test_the_second_line_opens_no_further_than_the_grant(role: Role, prisons: Any, scope: Scope) -> None:
    """What row security is told to open is the viewer's own prisons, and participation only where the grant sees it."""
    store = Listening()
    world = World(store)
    await world.make(world.viewer(role, prisons=prisons), Verb.READ_SUPPORTER, supporters.search, Query())
    assert store.scopes == [scope]


async def test_a_line_is_about_the_prison_of_what_it_touched(world: World) -> None:
    """The first record that an act touched says which prison its line is about; where there was none, the viewer's own
    one; where he has several or all, none is guessed."""
    there = world.supporter(world.scheme(prison="LEI"))
    national = world.viewer(Role.INSPECTORATE, prisons=None)
    both = world.viewer(Role.INSPECTORATE, prisons=frozenset({PRISON, "LEI"}))
    await world.make(national, Verb.READ_SUPPORTER, supporters.read, there.id)
    assert world.entry.prison == "LEI"
    async with world.begin_anything(both, Verb.READ_SUPPORTER)(Verb.READ_SUPPORTER) as act:
        await act.fetch(Supporter, there.id)
        await act.fetch(Supporter, world.supporter(world.scheme()).id)
    assert world.entry.prison == "LEI"
    async with world.begin_anything(both, Verb.READ_SUPPORTER)(Verb.READ_SUPPORTER) as act:
        act.keep_beside(dataclasses.replace(there, wing="C"), was=there)
    assert world.entry.prison == "LEI"
    for viewer, prison in ((national, None), (both, None), (world.viewer(Role.INSPECTORATE), PRISON)):
        await world.make(viewer, Verb.READ_SUPPORTER, supporters.search, Query(equal={"wing": "nowhere"}))
        assert world.entry.prison == prison


async def test_a_closed_scheme_s_own_record_is_no_secret(world: World) -> None:
    """That there are Listeners everybody knows: a look at their scheme is an open line."""
    listeners = world.scheme()
    await world.make(world.viewer(Role.GOVERNOR), Verb.READ_SCHEME, read_scheme, listeners.id)
    assert listeners.closed
    assert not world.entry.closed


async def test_an_act_that_kept_something_always_leaves_its_line(world: World) -> None:
    """Only a look that showed nothing new may be silent: with anything kept or handed in, the line is there."""
    supporter = world.supporter(world.scheme())
    begin = world.begin_anything(world.viewer(Role.GOVERNOR), Verb.READ_BOARD)
    async with begin(Verb.READ_BOARD) as act:
        act.unchanged()
    assert world.store.entries == []
    async with begin(Verb.READ_BOARD) as act:
        act.keep(dataclasses.replace(supporter, wing="C"), was=supporter)
        act.unchanged()
    assert len(world.store.entries) == 1
    async with begin(Verb.READ_BOARD) as act:
        act.post(Letter("tally", {}))
        act.unchanged()
    assert len(world.store.entries) == 2


async def test_a_silent_look_that_fails_is_not_silent(world: World) -> None:
    """What goes wrong leaves its line, whatever was said before."""

    async def attempt() -> None:
        async with world.begin_anything(world.viewer(Role.GOVERNOR), Verb.READ_BOARD)(Verb.READ_BOARD) as act:
            act.unchanged()
            raise Absent

    with pytest.raises(Absent):
        await attempt()
    assert len(world.store.entries) == 1

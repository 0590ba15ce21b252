"""Declaring duty: the act by which an officer reaches a wing's live requests, for this band and no longer (rule 13)."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from domain.confidentiality.disclosure import View
from domain.confidentiality.roles import Role
from domain.confidentiality.verbs import Verb
from domain.kernel.errors import Absent, Refused, Unacceptable
from domain.oversight import duties
from domain.oversight.duties import wings_now
from domain.oversight.record import Duty
from domain.ports import Query
from domain.sessions.codes import Band
from tests.domain.world import NOW, PRISON, World, codes, paths

BAND_END = datetime.fromisoformat("2026-01-14T07:45:00+00:00")


async def _declare(world: World, who: Any, *wings: str, prison: str = PRISON) -> View[Duty]:
    return await world.make(who, Verb.DECLARE_DUTY, duties.declare, prison=prison, wings=wings)


@pytest.mark.parametrize("wings", [("MDI-B",), ("MDI-B", "MDI-C")])
async def test_a_duty_lasts_as_long_as_its_band(world: World, wings: tuple[str, ...]) -> None:
    """One wing or two, from now until the band's end, by the officer himself."""
    officer = world.viewer(Role.WING_OFFICER)
    kept: Duty = world.kept(await _declare(world, officer, *wings))
    assert (kept.author, kept.wings, kept.prison, kept.jurisdiction) == (
        officer.actor,
        wings,
        PRISON,
        "EW",
    )
    assert (kept.band, kept.starts_at, kept.ends_at) == (Band.NIGHT, NOW, BAND_END)


async def test_a_duty_is_of_the_officer_s_own_jurisdiction(world: World) -> None:
    """Its band runs by the clock of the jurisdiction that the officer is in, and it lies behind that wall."""
    officer = world.viewer(Role.WING_OFFICER, jurisdictions=frozenset({"IE"}))
    world.clock.now = NOW.replace(month=7, hour=6, minute=50)
    kept: Duty = world.kept(await _declare(world, officer, "MDI-B"))
    assert (kept.jurisdiction, kept.band) == ("IE", Band.AM)


@pytest.mark.parametrize("wings", [(), ("MDI-A", "MDI-B", "MDI-C"), ("MDI-B", "MDI-B"), ("MDI-A", "MDI-B", "MDI-A")])
async def test_two_wings_at_most(world: World, wings: tuple[str, ...]) -> None:
    """None, three, or one of them twice: refused at its place."""
    with pytest.raises(Unacceptable) as wrong:
        await _declare(world, world.viewer(Role.WING_OFFICER), *wings)
    assert (codes(wrong.value), paths(wrong.value)) == (["TWO_WINGS_AT_MOST"], ["/wings"])
    assert world.records(Duty) == []


async def test_a_second_declaration_gives_no_third_wing(world: World) -> None:
    """Declared wing by wing, the whole prison would be reached: what was declared in this band counts. The same wings
    may be declared again, the next band begins anew, and another officer's wings are his own."""
    officer = world.viewer(Role.WING_OFFICER)
    await _declare(world, officer, "MDI-A")
    await _declare(world, officer, "MDI-A", "MDI-B")
    await _declare(world, officer, "MDI-B")
    for wings in (("MDI-C",), ("MDI-B", "MDI-C"), ("MDI-C", "MDI-D")):
        with pytest.raises(Unacceptable) as wrong:
            await _declare(world, officer, *wings)
        assert (codes(wrong.value), paths(wrong.value)) == (["TWO_WINGS_AT_MOST"], ["/wings"])
    assert wings_now(world.records(Duty), NOW) == {"MDI-A", "MDI-B"}
    await _declare(world, world.viewer(Role.WING_OFFICER), "MDI-C", "MDI-D")
    world.clock.now = BAND_END
    kept: Duty = world.kept(await _declare(world, officer, "MDI-C", "MDI-D"))
    assert kept.band is Band.AM


async def test_duty_is_declared_in_one_s_own_prison_by_officers(world: World) -> None:
    """Another prison is absent; who is no wing officer has no wing to declare."""
    with pytest.raises(Absent):
        await _declare(world, world.viewer(Role.WING_OFFICER), "LEI-B", prison="LEI")
    for role in (Role.STAFF_MEMBER, Role.GOVERNOR, Role.COORDINATOR, Role.PARTNER_VOLUNTEER):
        with pytest.raises(Refused):
            world.begin(world.viewer(role), Verb.DECLARE_DUTY)


async def test_reach_ends_two_hours_after_the_band(world: World) -> None:
    """From the declaration, not before, until two hours after the band's end, and not a second longer."""
    duty: Duty = world.kept(await _declare(world, world.viewer(Role.WING_OFFICER), "MDI-B", "MDI-C"))
    second = timedelta(seconds=1)
    end, both = BAND_END + timedelta(hours=2), {"MDI-B", "MDI-C"}
    for at, wings in ((NOW - second, set()), (NOW, both), (end - second, both), (end, set())):
        assert wings_now([duty], at) == wings
    assert wings_now([], NOW) == frozenset()


async def test_the_next_band_s_wings_take_the_place_of_the_last(world: World) -> None:
    """Two wings by night and two by day are never four: what is declared in the new band ends the old one's two
    hours."""
    officer = world.viewer(Role.WING_OFFICER)
    await _declare(world, officer, "MDI-A", "MDI-B")
    world.clock.now = BAND_END + timedelta(minutes=10)
    assert wings_now(world.records(Duty), world.clock.now) == {"MDI-A", "MDI-B"}
    world.clock.forward(minutes=1)
    await _declare(world, officer, "MDI-C", "MDI-D")
    assert wings_now(world.records(Duty), world.clock.now) == {"MDI-C", "MDI-D"}


async def test_a_wing_is_of_the_prison_that_is_declared(world: World) -> None:
    """A wing bears its prison's code: a wing of another prison is refused at its place."""
    for wing in ("LEI-B", "B", "MDIB", "mdi-B"):
        with pytest.raises(Unacceptable) as wrong:
            await _declare(world, world.viewer(Role.WING_OFFICER), wing)
        assert (codes(wrong.value), paths(wrong.value)) == (["WING_OF_ANOTHER_PRISON"], ["/wings"])


async def test_whoever_runs_the_shift_sees_all_duties_and_an_officer_his_own(world: World) -> None:
    """A declaration is shown to the night manager and to safer custody; officers do not watch each other."""
    mine, other = world.viewer(Role.WING_OFFICER), world.viewer(Role.WING_OFFICER)
    one, two = await _declare(world, mine, "MDI-B"), await _declare(world, other, "MDI-C")
    page = await world.make(mine, Verb.READ_DUTY, duties.search, Query())
    assert [v.id for v in page.items] == [one.id]
    for role in (Role.ORDERLY_OFFICER, Role.SAFER_CUSTODY):
        page = await world.make(world.viewer(role), Verb.READ_DUTY, duties.search, Query())
        assert {v.id for v in page.items} == {one.id, two.id}
        assert {v.values["author"] for v in page.items} == {mine.actor, other.actor}

"""What a partner may pass on: its own list, in versions, made by one lead and published by another."""

from datetime import timedelta
from typing import Any

import pytest

from domain.confidentiality.disclosure import View
from domain.confidentiality.roles import Role
from domain.confidentiality.verbs import Verb
from domain.kernel.errors import Absent, NotNow, Refused, Unacceptable
from domain.schemes import promising
from domain.schemes.exceptions import READY_MADE, SAMARITANS, ExceptionList, Obligation, in_force, promises_here
from domain.schemes.kinds import LISTENERS
from domain.schemes.vocabulary import Basis
from tests.domain.world import World, codes, paths

ONE: dict[str, Any] = {
    "code": "CHILD",
    "label": "The person is a child.",
    "duty": "MANDATORY",
    "notifyTo": "SOCIAL_SERVICES",
    "personTold": True,
    "basis": "CHILD_PROTECTION",
}


def _lead(world: World, organisation: str = "SAMARITANS", **facts: Any) -> Any:
    return world.viewer(Role.PARTNER_LEAD, organisations=frozenset({organisation}), prisons=None, **facts)


async def _made(world: World, who: Any = None, *, days: int = 0, exceptions: Any = (ONE,)) -> View[ExceptionList]:
    given = {"effective_from": world.today + timedelta(days=days), "exceptions": exceptions}
    return await world.make(who or _lead(world), Verb.CREATE_EXCEPTION_LIST, promising.make, **given)


async def _published(world: World, made: View[ExceptionList], who: Any = None) -> View[ExceptionList]:
    return await world.change(who or _lead(world), Verb.PUBLISH_EXCEPTION_LIST, promising.publish, made)


def test_the_published_list_is_samaritans_own_and_adds_nothing() -> None:
    """No escape, no hostage, no threat to security; and an adult who can decide for himself is in none of it."""
    assert [g.code for g in SAMARITANS.exceptions] == [
        "NOT_ABLE_TO_DECIDE",
        "CHILD",
        "CHILD_OR_ADULT_AT_RISK",
        "TERRORISM",
        "COURT_ORDER",
    ]
    grounds = {g.basis for g in SAMARITANS.exceptions}
    assert grounds == set(LISTENERS.disclosure) - {Basis.CONSENT}
    assert {g.code for g in SAMARITANS.exceptions if g.duty is Obligation.MANDATORY} == {"TERRORISM", "COURT_ORDER"}
    assert SAMARITANS.effective_from is None
    assert READY_MADE == (SAMARITANS,)


async def test_a_lead_makes_and_another_publishes(world: World) -> None:
    """The number goes on from the list that is published in the world; the maker cannot say yes himself."""
    maker = _lead(world)
    made = await _made(world, maker)
    assert (world.kept(made).number, world.kept(made).organisation) == (2, "SAMARITANS")
    with pytest.raises(NotNow) as wrong:
        await _published(world, made, maker)
    assert codes(wrong.value) == ["SECOND_PERSON_NEEDED"]
    await _published(world, made)
    with pytest.raises(NotNow) as wrong:
        await _published(world, made)
    assert codes(wrong.value) == ["STATE_PUBLISHED"]
    assert world.kept(await _made(world, _lead(world, "ST_GILES"))).number == 1


async def test_nothing_is_promised_backwards(world: World) -> None:
    """Neither made for a day that has passed nor published after its day; a code stands once."""
    with pytest.raises(Unacceptable) as wrong:
        await _made(world, days=-1, exceptions=(ONE, ONE))
    assert (codes(wrong.value), paths(wrong.value)) == (
        ["TWICE", "IN_THE_PAST"],
        ["/exceptions/1/code", "/effectiveFrom"],
    )
    made = await _made(world)
    world.clock.forward(days=1)
    with pytest.raises(NotNow) as late:
        await _published(world, made)
    assert codes(late.value) == ["EFFECTIVE_DAY_HAS_PASSED"]


async def test_a_list_is_its_partner_s(world: World) -> None:
    """Another partner's lead, and one of another jurisdiction, find nothing; nobody else makes or publishes any."""
    made = await _made(world)
    for stranger in (_lead(world, "ST_GILES"), _lead(world, jurisdictions=frozenset({"IE"}))):
        with pytest.raises(Absent):
            await _published(world, made, stranger)
    for role in (Role.PARTNER_VOLUNTEER, Role.HEADQUARTERS, Role.GOVERNOR, Role.COORDINATOR):
        with pytest.raises(Refused):
            await _made(world, world.viewer(role))


async def test_the_version_that_holds_is_the_latest_whose_day_has_come(world: World) -> None:
    """Until then the old one does, and afterwards it stays readable. A draft is nobody's promise."""
    await _made(world)
    later = await _made(world, days=10)
    await _published(world, later)
    wanted = world.kept(later).number
    for forward, holds in ((0, 1), (10, wanted)):
        world.clock.forward(days=forward)
        begin = world.begin(world.viewer(Role.WING_OFFICER), Verb.READ_EXCEPTIONS)
        async with begin(Verb.READ_EXCEPTIONS) as act:
            found = await promises_here(act, "SAMARITANS")
        assert [p.number for p in found] == [1, wanted]
        assert in_force(found, world.clock.now) == {("SAMARITANS", holds)}


async def test_what_is_made_first_may_hold_last(world: World) -> None:
    """A list for summer is made before one for spring: in spring the one for spring holds, in summer the one for
    summer. Of two lists for one day the later made holds."""
    summer, spring = await _made(world, days=180), await _made(world, days=90)
    again = await _made(world, days=180)
    for each in (summer, spring):
        await _published(world, each)
    numbers = {name: world.kept(v).number for name, v in (("summer", summer), ("spring", spring), ("again", again))}
    for forward, holds in ((90, "spring"), (90, "summer")):
        world.clock.forward(days=forward)
        begin = world.begin(world.viewer(Role.WING_OFFICER), Verb.READ_EXCEPTIONS)
        async with begin(Verb.READ_EXCEPTIONS) as act:
            found = await promises_here(act, "SAMARITANS")
        assert in_force(found, world.clock.now) == {("SAMARITANS", numbers[holds])}
    await _published(world, again)
    async with world.begin(world.viewer(Role.WING_OFFICER), Verb.READ_EXCEPTIONS)(Verb.READ_EXCEPTIONS) as act:
        found = await promises_here(act, "SAMARITANS")
    assert in_force(found, world.clock.now) == {("SAMARITANS", numbers["again"])}


async def test_another_jurisdiction_has_its_own_promises(world: World) -> None:
    """Samaritans' list of England and Wales says nothing in Ireland (rule 27)."""
    await _published(world, await _made(world))
    viewer = world.viewer(Role.WING_OFFICER, jurisdictions=frozenset({"IE"}))
    async with world.begin(viewer, Verb.READ_EXCEPTIONS)(Verb.READ_EXCEPTIONS) as act:
        assert await promises_here(act, None) == []

"""Who reaches a complaint, who names whom it is about, and who decides it (rules 6 and 12)."""

from typing import Any

import pytest

from domain.care.incidents import Against
from domain.confidentiality.roles import Role
from domain.confidentiality.verbs import Verb
from domain.feedback import complaints
from domain.feedback.complaints import OF_STAFF, Complaint, ComplaintAbout, ComplaintOutcome, ComplaintReply
from domain.kernel.errors import Absent, NotNow
from domain.oversight.record import Assignment
from tests.domain.world import World, codes

FOUND: dict[str, Any] = {"outcome": ComplaintOutcome.UPHELD, "reply": (ComplaintReply.WE_ARE_SORRY,)}


async def complaint(world: World, against: Against) -> Complaint:
    """One that a member of staff made."""
    scheme, about = world.scheme(), ComplaintAbout.TREATED_UNFAIRLY
    who = world.viewer(Role.STAFF_MEMBER)
    await world.make(who, Verb.COMPLAIN, complaints.complain, scheme=scheme.id, about=about, against=against)
    return world.records(Complaint)[-1]


async def look(world: World, who: Any, of: Complaint, **named: Any) -> Complaint:
    """He looks into it: as it is then."""
    await world.change(who, Verb.LOOK_INTO_COMPLAINT, complaints.look_into, world.kept(of), **named)
    return world.kept(of)


async def decide(world: World, who: Any, of: Complaint) -> Complaint:
    """He decides it."""
    await world.change(who, Verb.DECIDE_COMPLAINT, complaints.decide, world.kept(of), **FOUND)
    return world.kept(of)


def board(world: World) -> Any:
    """A member of the monitoring board."""
    return world.viewer(Role.MONITORING_BOARD)


@pytest.mark.parametrize("against", sorted(OF_STAFF))
async def test_what_may_be_about_staff_comes_down_once_somebody_is_named(world: World, against: Against) -> None:
    """Whoever it may be about could else read it, and name another in his place."""
    of, safer = await complaint(world, against), world.viewer(Role.SAFER_CUSTODY)
    named = world.assignment(role=Role.WING_OFFICER)
    with pytest.raises(Absent):
        await look(world, safer, of, named=named.id)
    await look(world, board(world), of)
    assert (await look(world, board(world), of, named=named.id)).named == named.holder
    assert (await decide(world, safer, of)).decided_by == safer.actor


@pytest.mark.parametrize("role", [Role.SAFER_CUSTODY, Role.GOVERNOR])
async def test_it_stays_up_where_the_named_one_decides_such(world: World, role: Role) -> None:
    """By whichever of his assignments he is named."""
    of = await complaint(world, Against.WING_STAFF)
    named = world.assignment(role=Role.WING_OFFICER)
    world.assignment(role=role, holder=named.holder)
    await look(world, board(world), of)
    assert (await look(world, board(world), of, named=named.id)).goes_up
    with pytest.raises(Absent):
        await decide(world, world.viewer(Role.GOVERNOR), of)


async def test_once_another_is_named_it_is_the_boards(world: World) -> None:
    """Whoever was named before has his reach back by none of it, however often that changes."""
    of = await complaint(world, Against.NOT_SAID)
    some: list[Assignment] = [world.assignment(role=Role.WING_OFFICER) for _ in range(3)]
    await look(world, board(world), of)
    assert not (await look(world, board(world), of, named=some[0].id)).goes_up
    for one in some[1:]:
        assert (await look(world, board(world), of, named=one.id)).goes_up


async def test_whoever_looked_last_names_nobody(world: World) -> None:
    """Not at first, not after himself, and not to change what he said."""
    of, one, other = await complaint(world, Against.NOT_SAID), board(world), board(world)
    named, another = (world.assignment(role=Role.WING_OFFICER) for _ in range(2))
    for who, said in ((one, None), (one, named), (other, named), (other, another)):
        if who is one or said is another:
            await _refused(look(world, who, of, named=(said or named).id), "SECOND_PERSON_NEEDED")
        if said is not another:
            await look(world, who, of, **({} if who is one else {"named": named.id}))
    assert (await look(world, one, of, named=another.id)).named == another.holder


async def _refused(act: Any, code: str) -> None:
    with pytest.raises(NotNow) as wrong:
        await act
    assert codes(wrong.value) == [code]


async def test_nobody_who_had_a_part_decides_it_again(world: World) -> None:
    """Taken up again it has another decider each time: neither who looked into it ever, nor who decided it before."""
    of, people = await complaint(world, Against.SUPPORTERS), [board(world) for _ in range(6)]
    for at in (0, 2, 4):
        await look(world, people[at], of)
        for before in people[: at + 1]:
            await _refused(decide(world, before, of), "SECOND_PERSON_NEEDED")
        await decide(world, people[at + 1], of)
    kept = world.kept(of)
    assert kept.had_a_part == tuple(each.actor for each in people)
    assert (kept.looked_into_by, kept.decided_by) == (people[4].actor, people[5].actor)

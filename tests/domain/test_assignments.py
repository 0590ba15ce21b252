"""Who may act: proposed, confirmed by a second person, ended, and only as long as it holds (rule 14)."""

from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any
from uuid import uuid4

import pytest

from domain.confidentiality.disclosure import View
from domain.confidentiality.principal import PrincipalKind
from domain.confidentiality.roles import BINDING, NATIONAL, OF_A_SCHEME, SECOND_PERSON, Role, holdable
from domain.confidentiality.verbs import Verb
from domain.kernel.errors import Absent, NotNow, Refused, Unacceptable
from domain.kernel.ids import ActorId
from domain.oversight import assignments
from domain.oversight.assignments import effective, live
from domain.oversight.record import Actor, Assignment
from tests.domain.world import PRISON, World, codes, paths

SOMEBODY: dict[str, Any] = {
    "issuer": "https://issuer.example",
    "subject": "SOMEBODY",
    "principal_kind": PrincipalKind.STAFF,
    "role": Role.ACTIVITIES_HUB,
    "organisation": "HMPPS",
    "prison": PRISON,
}


async def _propose(world: World, who: Any, **given: Any) -> View[Assignment]:
    named = {**SOMEBODY, "ends_on": world.today + timedelta(days=30), **given}
    return await world.make(who, Verb.PROPOSE_ASSIGNMENT, assignments.propose, **named)


async def _confirm(world: World, who: Any, assignment: Any) -> View[Assignment]:
    return await world.change(who, Verb.CONFIRM_ASSIGNMENT, assignments.confirm, assignment)


def _actor(world: World, who: Any, subject: str) -> Actor:
    """Our row for somebody who acts already."""
    return world.put(Actor(id=who.actor, issuer="https://issuer.example", subject=subject, kind=PrincipalKind.STAFF))


async def test_a_role_that_reads_no_secret_holds_at_once(world: World) -> None:
    """Made by one person, for a holder who becomes a row of his own, from today to its last day."""
    administrator = world.administrator()
    kept: Assignment = world.kept(await _propose(world, administrator))
    (holder,) = world.records(Actor)
    assert (kept.holder, holder.subject) == (holder.id, "SOMEBODY")
    assert (kept.proposed_by, kept.proposer_organisation) == (administrator.actor, "HMPPS")
    assert (kept.needs_second, kept.confirmed_by, kept.starts_on) == (False, None, world.today)
    assert kept.jurisdiction == "EW"
    assert effective(kept, world.today)
    again = world.kept(await _propose(world, administrator, role=Role.SECURITY))
    assert again.holder == holder.id


@pytest.mark.parametrize("role", sorted(SECOND_PERSON & holdable(PrincipalKind.STAFF)))
async def test_a_role_that_reads_secrets_waits_for_a_second_person(world: World, role: Role) -> None:
    """It is nothing until somebody else, of another organisation, has said yes."""
    by, second = world.administrator("HMPPS"), world.assigned(Role.MONITORING_BOARD, "IMB")
    national: dict[str, Any] = {}
    if role in BINDING:
        by, national = _everywhere(by), {"prison": None}
        second = _everywhere(world.administrator("IMB"))
    view = await _propose(world, by, role=role, **national)
    kept: Assignment = world.kept(view)
    assert (kept.needs_second, effective(kept, world.today)) == (True, False)
    await _confirm(world, second, view)
    assert world.kept(view).confirmed_by == second.actor
    assert effective(world.kept(view), world.today)


async def test_the_second_person_is_another_of_another_organisation(world: World) -> None:
    """Neither who proposed it, nor a colleague of his, nor the holder, nor somebody of no organisation."""
    proposer = world.administrator("HMPPS")
    view = await _propose(world, proposer, role=Role.GOVERNOR)
    holder = world.assigned(Role.MONITORING_BOARD, "IMB")
    own = world.put(type(world.kept(view))(**{**_values(world.kept(view)), "holder": holder.actor}))
    for who, expected in (
        (proposer, ["SECOND_PERSON_NEEDED", "OTHER_ORGANISATION_NEEDED"]),
        (world.administrator("HMPPS"), ["OTHER_ORGANISATION_NEEDED"]),
        (holder, ["NOT_TO_ONESELF"]),
        (world.viewer(Role.MONITORING_BOARD), ["OTHER_ORGANISATION_NEEDED"]),
    ):
        with pytest.raises(NotNow) as wrong:
            await _confirm(world, who, own)
        assert codes(wrong.value) == expected
    assert world.kept(own).confirmed_by is None
    await _confirm(world, world.administrator("CHARITY"), own)


def _values(record: Any) -> dict[str, Any]:
    return {name: getattr(record, name) for name in record.shape.fields}


async def test_what_is_confirmed_or_ended_or_needs_nobody_is_not_confirmed(world: World) -> None:
    """One yes, to what waits for it."""
    board = world.assigned(Role.MONITORING_BOARD, "IMB")
    someone = ActorId(world.ids())
    for given, expected in (
        ({"needs_second": True, "ended_at": world.clock.now}, ["ENDED"]),
        ({"needs_second": True, "confirmed_by": someone}, ["NOTHING_TO_CONFIRM"]),
        ({"needs_second": False}, ["NOTHING_TO_CONFIRM"]),
    ):
        with pytest.raises(NotNow) as wrong:
            await _confirm(world, board, world.assignment(proposer_organisation="HMPPS", **given))
        assert codes(wrong.value) == expected


async def test_nobody_grants_to_himself(world: World) -> None:
    """An administrator who proposes for his own principal is refused, whatever kind he says it is, and nothing is
    kept."""
    administrator = world.administrator()
    me = {"issuer": administrator.principal.issuer, "subject": administrator.principal.subject}
    partner = {"principal_kind": PrincipalKind.PARTNER, "organisation": "IMB", "role": Role.MONITORING_BOARD}
    for given in ({}, partner):
        with pytest.raises(NotNow) as wrong:
            await _propose(world, administrator, **me, **given)
        assert codes(wrong.value) == ["NOT_TO_ONESELF"]
    assert len(world.records(Assignment)) == 1


async def test_nobody_grants_to_who_granted_him(world: World) -> None:
    """Two administrators cannot hold each other up: neither by the assignment that acts, nor by a second one beside
    it, nor by one that has ended since."""
    first, other = world.administrator(), world.administrator()
    _actor(world, first, "FIRST")
    granted = world.assigned(Role.ACCESS_ADMINISTRATOR, proposed_by=first.actor)
    with pytest.raises(NotNow) as wrong:
        await _propose(world, granted, subject="FIRST")
    assert codes(wrong.value) == ["NOT_TO_WHO_GRANTED_ONESELF"]
    by_two = world.assigned(Role.ACCESS_ADMINISTRATOR, proposed_by=other.actor)
    world.assignment(holder=by_two.actor, role=Role.SECURITY, proposed_by=first.actor, ended_at=world.clock.now)
    with pytest.raises(NotNow) as wrong:
        await _propose(world, by_two, subject="FIRST")
    assert codes(wrong.value) == ["NOT_TO_WHO_GRANTED_ONESELF"]
    await _propose(world, first, subject="SOMEBODY")


@pytest.mark.parametrize("kind", PrincipalKind)
@pytest.mark.parametrize("role", Role)
async def test_only_what_the_kind_may_hold_is_granted(world: World, kind: PrincipalKind, role: Role) -> None:
    """Each role to each kind of principal: granted where it is holdable, refused at its place where not (rule 8)."""
    whose: dict[str, Any] = {"organisation": "SAMARITANS"} if kind is PrincipalKind.PARTNER else {}
    where: dict[str, Any] = {"prison": None} if role in BINDING else {}
    if role in OF_A_SCHEME:
        where = {"scheme": uuid4()}
    who = _everywhere(world.administrator()) if role in BINDING else world.administrator()
    if role in holdable(kind):
        made = await _propose(world, who, principal_kind=kind, role=role, **whose, **where)
        assert world.kept(made).role is role
    else:
        with pytest.raises(Unacceptable) as wrong:
            await _propose(world, who, principal_kind=kind, role=role, **whose, **where)
        assert (codes(wrong.value), paths(wrong.value)) == (["ROLE_NOT_HOLDABLE"], ["/role"])
        assert world.records(Actor) == []


@pytest.mark.parametrize(
    ("kind", "organisation"), [(PrincipalKind.STAFF, "SAMARITANS"), (PrincipalKind.PARTNER, "HMPPS")]
)
async def test_whose_person_somebody_is_cannot_be_typed_at_will(
    world: World, kind: PrincipalKind, organisation: str
) -> None:
    """Staff are of their proposer's organisation and partners of another one: the second person is not a colleague
    with another word beside his name."""
    with pytest.raises(NotNow) as wrong:
        await _propose(
            world, world.administrator(), principal_kind=kind, organisation=organisation, role=Role.ACCESS_ADMINISTRATOR
        )
    assert codes(wrong.value) == ["ORGANISATION"]


@pytest.mark.parametrize(
    ("first", "then"),
    [(Role.ACCESS_ADMINISTRATOR, Role.GOVERNOR), (Role.SAFER_CUSTODY, Role.ACCESS_ADMINISTRATOR)],
)
async def test_administrators_hold_no_reading_role(world: World, first: Role, then: Role) -> None:
    """Who says who may read does not read himself, whichever came first, and be it that it still waits for its second
    person: his yes would join the two. What has ended is no bar."""
    made: Assignment = world.kept(await _propose(world, world.administrator(), role=first))
    states: list[dict[str, Any]] = [{"confirmed_by": None}, {"confirmed_by": ActorId(world.ids())}]
    for state in states if made.needs_second else states[:1]:
        world.put(replace(made, **state))
        with pytest.raises(NotNow) as wrong:
            await _propose(world, world.administrator(), role=then)
        assert codes(wrong.value) == ["ADMINISTRATORS_HOLD_NO_READING_ROLE"]
    world.put(replace(made, ended_at=world.clock.now))
    await _propose(world, world.administrator(), role=then)


@pytest.mark.parametrize(
    ("days", "fits"), [(0, True), (366, True), (367, False), (-1, False)], ids=["today", "a year", "longer", "past"]
)
async def test_twelve_months_at_most(world: World, days: int, fits: bool) -> None:
    """An assignment ends within a year of its making, and not before it began."""
    ends = world.today + timedelta(days=days)
    if fits:
        assert world.kept(await _propose(world, world.administrator(), ends_on=ends)).ends_on == ends
    else:
        with pytest.raises(Unacceptable) as wrong:
            await _propose(world, world.administrator(), ends_on=ends)
        assert (codes(wrong.value), paths(wrong.value)) == (["TWELVE_MONTHS_AT_MOST"], ["/endsOn"])


async def test_a_role_is_for_one_prison_unless_it_is_national(world: World) -> None:
    """Without a prison only national roles are granted, and those only by whoever reaches every prison himself; a
    prison's administrator grants in his own."""
    local, everywhere = world.administrator(), _everywhere(world.administrator())
    with pytest.raises(Unacceptable) as wrong:
        await _propose(world, everywhere, prison=None)
    assert paths(wrong.value) == ["/prison"]
    for role in NATIONAL & holdable(PrincipalKind.STAFF):
        with pytest.raises(Absent):
            await _propose(world, local, role=role, prison=None, subject=f"FOR_{role}")
        await _propose(world, everywhere, role=role, prison=None, subject=f"FOR_{role}")
    with pytest.raises(Absent):
        await _propose(world, local, prison="LEI")


def _everywhere(viewer: Any) -> Any:
    """The same, of the whole jurisdiction."""
    return replace(viewer, facts=MappingProxyType({**viewer.facts, "prisons": None}))


@pytest.mark.parametrize("role", sorted(BINDING))
async def test_whose_word_holds_everywhere_is_assigned_to_no_prison(world: World, role: Role) -> None:
    """What headquarters or a partner's lead says holds in every prison: an administrator of one gives neither role,
    and nobody gives it for one prison only."""
    kind = PrincipalKind.PARTNER if role is Role.PARTNER_LEAD else PrincipalKind.STAFF
    given = {"role": role, "principal_kind": kind}
    given["organisation"] = "SAMARITANS" if role is Role.PARTNER_LEAD else "HMPPS"
    for who in (world.administrator(), _everywhere(world.administrator())):
        with pytest.raises(Unacceptable) as wrong:
            await _propose(world, who, **given)
        assert (codes(wrong.value), paths(wrong.value)) == (["UNKNOWN_FIELD"], ["/prison"])
    with pytest.raises(Absent):
        await _propose(world, world.administrator(), **given, prison=None)


LEAD: dict[str, Any] = {
    "role": Role.PARTNER_LEAD,
    "principal_kind": PrincipalKind.PARTNER,
    "organisation": "SAMARITANS",
    "prison": None,
}


async def test_nobody_speaks_for_a_partner_without_the_partner(world: World) -> None:
    """The prison service may propose the lead of a partner, and the partner's own administrator confirms him; or the
    other way about. An administrator of a third organisation does not make up for the partner."""
    service, board = _everywhere(world.administrator("HMPPS")), _everywhere(world.administrator("CHARITY"))
    partner = _everywhere(world.administrator("SAMARITANS"))
    view = await _propose(world, service, **LEAD)
    with pytest.raises(NotNow) as wrong:
        await _confirm(world, board, view)
    assert codes(wrong.value) == ["PARTNER_NEEDED"]
    assert not effective(world.kept(view), world.today)
    await _confirm(world, partner, view)
    assert effective(world.kept(view), world.today)
    partner = replace(partner, principal=replace(partner.principal, kind=PrincipalKind.PARTNER))
    other = await _propose(world, partner, **LEAD, subject="ANOTHER")
    await _confirm(world, service, other)
    assert effective(world.kept(other), world.today)


async def test_who_acts_for_another_organisation_speaks_for_no_partner(world: World) -> None:
    """A volunteer of one partner is not the lead of another, whichever was first; of his own he may be."""
    service, partner = _everywhere(world.administrator("HMPPS")), _everywhere(world.administrator("SAMARITANS"))
    elsewhere = world.assignment(subject="SOMEBODY", organisation="SHANNON_TRUST", role=Role.PARTNER_VOLUNTEER)
    with pytest.raises(NotNow) as wrong:
        await _propose(world, service, **LEAD)
    assert codes(wrong.value) == ["ACTS_FOR_ANOTHER_ORGANISATION"]
    world.put(replace(elsewhere, organisation="SAMARITANS"))
    view = await _propose(world, service, **LEAD)
    world.put(replace(elsewhere, organisation="SHANNON_TRUST"))
    with pytest.raises(NotNow) as wrong:
        await _confirm(world, partner, view)
    assert codes(wrong.value) == ["ACTS_FOR_ANOTHER_ORGANISATION"]
    world.put(replace(elsewhere, ended_at=world.clock.now))
    await _confirm(world, partner, view)


async def test_an_assignment_may_be_to_one_scheme(world: World) -> None:
    """A coordinator's or volunteer's assignment names his scheme and his visit days; without, it is to all of the
    prison's."""
    scheme = world.ids()
    administrator = world.administrator()
    one = await _propose(world, administrator, role=Role.COORDINATOR, scheme=scheme, visit_days=(TODAY,))
    assert (world.kept(one).scheme, world.kept(one).visit_days) == (scheme, (TODAY,))
    everyone = await _propose(world, administrator, role=Role.COORDINATOR)
    assert (world.kept(everyone).scheme, world.kept(everyone).visit_days) == (None, ())


async def test_ending_takes_effect_at_once(world: World) -> None:
    """It ends now, once, and holds no more."""
    administrator = world.administrator()
    assignment = world.assignment()
    await world.change(administrator, Verb.END_ASSIGNMENT, assignments.end, assignment)
    kept: Assignment = world.kept(assignment)
    assert kept.ended_at == world.clock.now
    assert not effective(kept, world.today)
    with pytest.raises(NotNow) as wrong:
        await world.change(administrator, Verb.END_ASSIGNMENT, assignments.end, assignment)
    assert codes(wrong.value) == ["ENDED"]


TODAY = date(2026, 1, 14)


@pytest.mark.parametrize(
    ("given", "holds"),
    [
        ({}, True),
        ({"ends_on": TODAY}, True),
        ({"ends_on": TODAY - timedelta(days=1)}, False),
        ({"starts_on": TODAY + timedelta(days=1)}, False),
        ({"starts_on": TODAY - timedelta(days=90)}, True),
        ({"starts_on": TODAY - timedelta(days=91)}, False),
        ({"starts_on": TODAY - timedelta(days=200), "last_used_on": TODAY - timedelta(days=90)}, True),
        ({"starts_on": TODAY - timedelta(days=200), "last_used_on": TODAY - timedelta(days=91)}, False),
        ({"needs_second": True}, False),
        ({"needs_second": True, "confirmed_by": "somebody"}, True),
    ],
)
def test_it_holds_within_its_dates_used_and_confirmed(world: World, given: dict[str, Any], holds: bool) -> None:
    """From its first day to its last, unless ninety days idle, and with its second person where it needs one."""
    assignment = world.assignment(**given)
    assert effective(assignment, TODAY) is holds
    assert live([assignment], TODAY) == ([assignment] if holds else [])


async def test_the_same_is_not_assigned_twice(world: World) -> None:
    """A second assignment of one role, place and time to one person clashes with the first."""
    await _propose(world, world.administrator())
    with pytest.raises(NotNow) as wrong:
        await _propose(world, world.administrator())
    assert codes(wrong.value) == ["ALREADY_ASSIGNED"]


async def test_who_confirms_or_reads_grants_nothing(world: World) -> None:
    """The board that confirms and sees each grant cannot propose or end one."""
    board = world.viewer(Role.MONITORING_BOARD)
    for verb in (Verb.PROPOSE_ASSIGNMENT, Verb.END_ASSIGNMENT):
        with pytest.raises(Refused):
            world.begin(board, verb)
    assert world.begin(board, Verb.READ_ASSIGNMENT).decision.viewer is board


# The first one.

FIRST: dict[str, Any] = {
    "issuer": "https://issuer.example",
    "subject": "FIRST",
    "principal_kind": PrincipalKind.STAFF,
    "organisation": "HMPPS",
    "jurisdiction": "EW",
    "prison": PRISON,
}


async def _first(world: World, **given: Any) -> Assignment:
    service = world.viewer(Role.SERVICE)
    return await world.make(service, Verb.TICK, assignments.grant_first, **{**FIRST, **given})


async def test_the_first_administrator_is_made_once(world: World) -> None:
    """While a live one exists there is no second; when his has ended, the operator may make one again."""
    first = await _first(world)
    assert (first.role, first.proposed_by) == (Role.ACCESS_ADMINISTRATOR, None)
    assert effective(world.kept(first), world.today)
    with pytest.raises(NotNow) as wrong:
        await _first(world, subject="SECOND")
    assert codes(wrong.value) == ["ADMINISTRATOR_EXISTS"]
    world.clock.forward(days=91)
    assert (await _first(world, subject="SECOND")).id != first.id


async def test_the_first_administrator_reads_no_secret_either(world: World) -> None:
    """The operator's hand does not join what the rules keep apart."""
    world.assignment(issuer=FIRST["issuer"], subject=FIRST["subject"], role=Role.GOVERNOR, needs_second=True)
    with pytest.raises(NotNow) as wrong:
        await _first(world)
    assert codes(wrong.value) == ["ADMINISTRATORS_HOLD_NO_READING_ROLE"]


@pytest.mark.parametrize("kind", [k for k in PrincipalKind if Role.ACCESS_ADMINISTRATOR not in holdable(k)])
async def test_the_first_administrator_is_somebody_who_may_hold_it(world: World, kind: PrincipalKind) -> None:
    """Neither a prisoner nor a client is made an administrator by the operator's hand either (rule 8)."""
    with pytest.raises(Unacceptable) as wrong:
        await _first(world, principal_kind=kind)
    assert codes(wrong.value) == ["ROLE_NOT_HOLDABLE"]
    assert world.records(Assignment) == []

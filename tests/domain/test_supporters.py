"""The way of a supporter: applied, decided on, certified; and who may see and amend his file."""

import dataclasses
from datetime import timedelta
from typing import Any

import pytest

from domain.care import listing
from domain.confidentiality.disclosure import View
from domain.confidentiality.roles import Role
from domain.confidentiality.verbs import Verb
from domain.kernel.errors import Absent, NotNow, Refused, Unacceptable
from domain.kernel.words import camel
from domain.people.record import Person
from domain.ports import Query
from domain.schemes.kinds import kind_of
from domain.schemes.record import SchemeState
from domain.supporters import acts as supporters
from domain.supporters.record import ApplicationReason, Motivation, Standing, Supporter, Verdict
from domain.supporters.recruiting import applying
from domain.training import assessing
from tests.domain.world import WING, World, codes, paths

ON_BEHALF: dict[str, Any] = {"identifier": "A1234BC", "name": "Somebody Made-Up", "wing": WING}


def _state(supporter: Any) -> list[str]:
    return [f"STATE_{supporter.standing}"]


# Applying.


async def test_one_applies_for_oneself(world: World) -> None:
    """An application of one's own bears the name that we have, not one that was typed."""
    scheme, person = world.scheme(), world.person("Own Name")
    prisoner = world.prisoner(person)
    given: dict[str, Any] = {"scheme": scheme.id, "wing": WING, "motivation": Motivation.WAS_HELPED}
    view = await world.make(prisoner, Verb.APPLY, applying.apply, **given)
    kept = world.kept(view)
    assert (kept.person, kept.name, kept.standing) == (person.id, "Own Name", Standing.APPLIED)
    assert (kept.scheme, kept.kind, kept.organisation) == (scheme.id, "LISTENERS", "SAMARITANS")
    assert (kept.applied_on, kept.motivation) == (world.today, Motivation.WAS_HELPED)


@pytest.mark.parametrize("member", ["identifier", "name"])
async def test_a_prisoner_applies_for_nobody_else(world: World, member: str) -> None:
    """From a prisoner's own token another's number or name is refused in the words for an unknown member (rule 8)."""
    scheme, other = world.scheme(), world.person(identifier="B2222BB")
    prisoner = world.prisoner(world.person())
    for value in (getattr(other, member), "C3333CC"):
        given: dict[str, Any] = {"scheme": scheme.id, "wing": WING, member: value}
        with pytest.raises(Unacceptable) as wrong:
            await world.make(prisoner, Verb.APPLY, applying.apply, **given)
        assert (codes(wrong.value), paths(wrong.value)) == (["UNKNOWN_FIELD"], [f"/{camel(member)}"])
    assert world.records(Supporter) == []


async def test_a_prisoner_whom_we_do_not_know_is_absent(world: World) -> None:
    """A token in custody that stands for nobody in our records applies for nothing."""
    stranger = world.viewer(Role.PERSON_IN_CUSTODY)
    with pytest.raises(Absent):
        await world.make(stranger, Verb.APPLY, applying.apply, scheme=world.scheme().id, wing=WING)


async def test_staff_enter_an_application_for_somebody(world: World) -> None:
    """Staff give number and name; who is not known becomes a row of his own, who is known keeps the name we have."""
    scheme, coordinator = world.scheme(), world.viewer(Role.COORDINATOR)
    new = await world.make(coordinator, Verb.APPLY, applying.apply, scheme=scheme.id, **ON_BEHALF)
    (person,) = world.records(Person)
    assert (world.kept(new).person, person.identifier, person.name) == (person.id, "A1234BC", "Somebody Made-Up")
    other = world.scheme("INSIDERS")
    typed = {**ON_BEHALF, "identifier": " a1234bc", "name": "somebody made-up"}
    again = await world.make(coordinator, Verb.APPLY, applying.apply, scheme=other.id, **typed)
    assert world.records(Person) == [person]
    assert (world.kept(again).person, world.kept(again).name) == (person.id, "Somebody Made-Up")
    assert world.entry.actor == coordinator.actor


async def test_staff_say_whom_they_enter(world: World) -> None:
    """Without number and name there is nobody: both that are missing are told."""
    coordinator = world.viewer(Role.COORDINATOR)
    with pytest.raises(Unacceptable) as wrong:
        await world.make(coordinator, Verb.APPLY, applying.apply, scheme=world.scheme().id, wing=WING)
    assert (codes(wrong.value), paths(wrong.value)) == (["MISSING", "MISSING"], ["/identifier", "/name"])


async def test_one_application_at_a_time(world: World) -> None:
    """A second application to the same scheme clashes with the first while it is open, and leaves nothing."""
    scheme, prisoner = world.scheme(), world.prisoner(world.person())
    begin = world.begin(prisoner, Verb.APPLY)
    await applying.apply(begin, scheme=scheme.id, wing=WING)
    with pytest.raises(NotNow) as wrong:
        await applying.apply(begin, scheme=scheme.id, wing=WING)
    assert codes(wrong.value) == ["ALREADY_APPLIED"]
    assert len(world.records(Supporter)) == 1


async def test_nobody_applies_to_what_is_closed_or_elsewhere(world: World) -> None:
    """A closed scheme takes nobody; one of another prison, or of another jurisdiction, is not there."""
    prisoner = world.prisoner(world.person())
    closed = world.scheme(state=SchemeState.CLOSED)
    with pytest.raises(NotNow) as wrong:
        await world.make(prisoner, Verb.APPLY, applying.apply, scheme=closed.id, wing=WING)
    assert codes(wrong.value) == ["SCHEME_CLOSED"]
    for scheme in (world.scheme(prison="LEI"), world.scheme(jurisdiction="IE")):
        with pytest.raises(Absent):
            await world.make(prisoner, Verb.APPLY, applying.apply, scheme=scheme.id, wing=WING)


# Deciding.


async def _decide(world: World, who: Any, supporter: Any, verdict: Verdict, **reason: Any) -> View[Supporter]:
    return await world.change(who, Verb.DECIDE_APPLICATION, supporters.decide, supporter, verdict=verdict, **reason)


@pytest.mark.parametrize("prison_first", [True, False])
async def test_prison_and_partner_decide_together(world: World, prison_first: bool) -> None:
    """Where the partner certifies, a yes from either side waits for the other's; two make it (joint recruitment)."""
    scheme = world.scheme()
    supporter = world.suited(world.supporter(scheme, Standing.APPLIED))
    sides = [world.viewer(Role.COORDINATOR), world.volunteer(scheme)]
    first, second = sides if prison_first else reversed(sides)
    await _decide(world, first, supporter, Verdict.YES)
    waiting = world.kept(supporter)
    assert waiting.standing is Standing.APPLIED
    assert (waiting.prison_verdict, waiting.partner_verdict).count(None) == 1
    await _decide(world, second, supporter, Verdict.YES)
    accepted = world.kept(supporter)
    assert accepted.standing is Standing.ACCEPTED
    assert (accepted.prison_verdict, accepted.partner_verdict) == (Verdict.YES, Verdict.YES)


async def test_where_the_partner_does_not_certify_the_prison_decides(world: World) -> None:
    """Insiders are the prison's own: the coordinator's yes is enough."""
    supporter = world.suited(world.supporter(world.scheme("INSIDERS"), Standing.APPLIED))
    await _decide(world, world.viewer(Role.COORDINATOR), supporter, Verdict.YES)
    assert world.kept(supporter).standing is Standing.ACCEPTED


@pytest.mark.parametrize("partner", [True, False])
async def test_a_no_from_either_side_ends_it_with_a_reason(world: World, partner: bool) -> None:
    """A no is final at once and keeps its reason (F15), whatever the other side said before."""
    scheme = world.scheme()
    supporter = world.supporter(scheme, Standing.APPLIED, prison_verdict=Verdict.YES if partner else None)
    who = world.volunteer(scheme) if partner else world.viewer(Role.COORDINATOR)
    await _decide(world, who, supporter, Verdict.NO, reason=ApplicationReason.NO_PLACES)
    kept = world.kept(supporter)
    assert (kept.standing, kept.rejected_for) == (Standing.REJECTED, ApplicationReason.NO_PLACES)
    with pytest.raises(NotNow):
        await _decide(world, who, supporter, Verdict.YES)


async def test_a_reason_goes_with_a_no_and_only_with_it(world: World) -> None:
    """A no without a reason, and a yes with one, are refused."""
    supporter = world.supporter(world.scheme(), Standing.APPLIED)
    coordinator = world.viewer(Role.COORDINATOR)
    for verdict, reason in ((Verdict.NO, None), (Verdict.YES, ApplicationReason.NO_PLACES)):
        with pytest.raises(Unacceptable) as wrong:
            await _decide(world, coordinator, supporter, verdict, reason=reason)
        assert codes(wrong.value) == ["REASON_GOES_WITH_NO"]


async def test_a_side_decides_once(world: World) -> None:
    """Neither side takes its word back by deciding again; and only an application is decided."""
    scheme = world.scheme()
    coordinator = world.viewer(Role.COORDINATOR)
    decided = world.supporter(scheme, Standing.APPLIED, prison_verdict=Verdict.YES)
    with pytest.raises(NotNow) as wrong:
        await _decide(world, coordinator, decided, Verdict.NO, reason=ApplicationReason.NOT_CLEARED)
    assert codes(wrong.value) == ["ALREADY_DECIDED"]
    for standing in set(Standing) - {Standing.APPLIED}:
        supporter = world.supporter(scheme, standing)
        with pytest.raises(NotNow) as wrong:
            await _decide(world, coordinator, supporter, Verdict.YES)
        assert codes(wrong.value) == _state(supporter)


# Certifying.


async def _certify(world: World, who: Any, supporter: Any) -> View[Supporter]:
    return await world.change(who, Verb.CERTIFY_SUPPORTER, assessing.certify, supporter, certificate="S-77")


async def test_the_partner_certifies_listeners(world: World) -> None:
    """Samaritans assess Listeners: the coordinator cannot, the volunteer can, and with it probation begins."""
    scheme = world.scheme()
    supporter = world.supporter(scheme, Standing.IN_TRAINING)
    with pytest.raises(NotNow) as wrong:
        await _certify(world, world.viewer(Role.COORDINATOR), supporter)
    assert codes(wrong.value) == ["PARTNER_CERTIFIES"]
    await _certify(world, world.volunteer(scheme), supporter)
    kept = world.kept(supporter)
    assert (kept.standing, kept.certificate) == (Standing.PROBATION, "S-77")
    assert kept.certified_on == kept.probation_from == world.today
    assert kept.certificate_expires_on == world.today + timedelta(days=3 * 365)


async def test_the_prison_certifies_insiders(world: World) -> None:
    """Where the kind does not ask for the partner, the coordinator certifies."""
    supporter = world.supporter(world.scheme("INSIDERS"), Standing.IN_TRAINING)
    await _certify(world, world.viewer(Role.COORDINATOR), supporter)
    assert world.kept(supporter).standing is Standing.PROBATION


async def test_nobody_is_certified_half_trained(world: World) -> None:
    """Every module and the compact, and being in training: what is missing is told at once (F25)."""
    scheme = world.scheme("INSIDERS")
    coordinator = world.viewer(Role.COORDINATOR)
    missing = {"modules_passed": kind_of("INSIDERS").modules[1:], "compact_signed_on": None}
    supporter = world.supporter(scheme, Standing.IN_TRAINING, **missing)
    with pytest.raises(NotNow) as wrong:
        await _certify(world, coordinator, supporter)
    assert codes(wrong.value) == ["MODULES_MISSING", "COMPACT_NOT_SIGNED"]
    for standing in set(Standing) - {Standing.IN_TRAINING, Standing.APPLIED, Standing.REJECTED, Standing.ACCEPTED}:
        with pytest.raises(NotNow) as wrong:
            await _certify(world, coordinator, world.supporter(scheme, standing))
        assert codes(wrong.value) == [f"STATE_{standing}"]


async def test_a_supporter_writes_his_languages_and_nothing_else(world: World) -> None:
    """Of his own record he changes what he speaks, and whether a peer coordinator reads his name; staff
    change name, wing and languages; no one a standing (F71)."""
    supporter = world.supporter(world.scheme())
    himself, coordinator = world.supporting(supporter), world.viewer(Role.COORDINATOR)
    for who, members in ((himself, {"languages", "agreed_to_be_listed"}), (coordinator, {"languages", "name", "wing"})):
        for member in Supporter.shape.fields:
            value: Any = ("cy",) if member == "languages" else "New"
            act = world.change(who, Verb.AMEND_SUPPORTER, listing.amend, supporter, changes={member: value})
            if member in members:
                await act
                assert getattr(world.kept(supporter), member) == value
            else:
                with pytest.raises(Unacceptable) as wrong:
                    await act
                assert (codes(wrong.value), paths(wrong.value)) == (["UNKNOWN_FIELD"], [f"/{camel(member)}"])


async def test_a_supporter_sees_his_own_file_only(world: World) -> None:
    """Other supporters' files are not there for him, not even those of his own scheme."""
    scheme = world.scheme()
    mine, other = world.supporter(scheme), world.supporter(scheme)
    page = await world.make(world.supporting(mine), Verb.READ_SUPPORTER, supporters.search, Query())
    assert [v.id for v in page.items] == [mine.id]
    with pytest.raises(Absent):
        await world.make(world.supporting(mine), Verb.READ_SUPPORTER, supporters.read, other.id)


async def test_a_volunteer_reaches_his_organisation_s_supporters(world: World) -> None:
    """Partner reach is organisation, prison and scheme together; on a day without a visit these facts are empty
    (rule 30)."""
    listeners, reading = world.scheme(), world.scheme("SHANNON_TRUST")
    mine, other = world.supporter(listeners), world.supporter(reading)
    far = world.supporter(world.scheme(prison="LEI"))
    volunteer = world.volunteer(listeners, schemes=None)
    page = await world.make(volunteer, Verb.READ_SUPPORTER, supporters.search, Query())
    assert [v.id for v in page.items] == [mine.id]
    for supporter in (other, far):
        with pytest.raises(Absent):
            await world.make(volunteer, Verb.READ_SUPPORTER, supporters.read, supporter.id)
    away = dataclasses.replace(volunteer, facts={**volunteer.facts, "organisations": frozenset()})
    with pytest.raises(Absent):
        await world.make(away, Verb.READ_SUPPORTER, supporters.read, mine.id)


async def test_wing_staff_do_not_move_a_supporter(world: World) -> None:
    """An officer reads who the supporters are and changes nothing about them."""
    supporter = world.supporter(world.scheme())
    officer = world.viewer(Role.WING_OFFICER)
    await world.make(officer, Verb.READ_SUPPORTER, supporters.read, supporter.id)
    for verb in (Verb.STAND_DOWN_SUPPORTER, Verb.PAUSE_SUPPORTER, Verb.AMEND_SUPPORTER, Verb.ACTIVATE_SUPPORTER):
        with pytest.raises(Refused):
            world.begin(officer, verb)

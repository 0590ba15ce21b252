"""A scheme as a plan: made, amended, approved. Its life after that: `test_life`."""

import dataclasses
from datetime import timedelta
from typing import Any

import pytest

from domain.act import UNSEEN
from domain.confidentiality.disclosure import View
from domain.confidentiality.roles import Role
from domain.confidentiality.verbs import Verb
from domain.kernel.errors import Absent, NotNow, Refused, TagRequired, Unacceptable
from domain.kernel.words import camel
from domain.life import acts as life
from domain.ports import Query
from domain.schemes import acts as schemes
from domain.schemes.kinds import KINDS, LISTENERS, kinds_of
from domain.schemes.record import ClosingReason, Scheme, SchemeState, SuspensionReason
from tests.domain.world import PRISON, World, codes, paths, read_scheme, search_schemes
from tests.plans import plans_of


async def _create(world: World, **given: Any) -> View[Scheme]:
    named = {"kind": "LISTENERS", "name": "Listeners", "prison": PRISON, **given}
    return await world.make(world.viewer(Role.COORDINATOR), Verb.CREATE_SCHEME, schemes.create, **named)


@pytest.mark.parametrize("kind", kinds_of("EW"), ids=lambda kind: kind.code)
async def test_a_kind_brings_its_policy_and_partner(world: World, kind: Any) -> None:
    """Whether a scheme is closed, and who its partner is, comes with its kind and from nobody's words."""
    view = await _create(world, kind=kind.code)
    scheme = world.kept(view)
    assert (scheme.closed, scheme.organisation, scheme.purpose) == (kind.policy.closed, kind.partner, kind.purpose)
    assert (scheme.jurisdiction, scheme.scheme) == ("EW", scheme.id)
    assert (scheme.support_types, scheme.stage_of_sentence) == (kind.support_types, kind.stage_of_sentence)
    assert scheme.kind_version is None
    assert (scheme.supporters_wanted, scheme.places, scheme.target_group) == (1, (), None)
    assert world.kept(await _create(world, purpose="Our own")).purpose == "Our own"


async def test_an_unknown_kind_is_not_made(world: World) -> None:
    """A kind is data that the service knows; another word is refused at its place."""
    with pytest.raises(Unacceptable) as wrong:
        await _create(world, kind="BEFRIENDERS")
    assert (codes(wrong.value), paths(wrong.value)) == (["KIND_UNKNOWN"], ["/kind"])


@pytest.mark.parametrize("member", ["state", "approved_by", "opened_on", "closed", "organisation", "jurisdiction"])
async def test_a_plan_brings_no_state(world: World, member: str) -> None:
    """A scheme begins as a draft that nobody approved: no member of a plan can say otherwise."""
    with pytest.raises(TypeError):
        await _create(world, **{member: getattr(world.scheme(), member)})
    assert len(world.records(Scheme)) == 1


async def test_a_scheme_cannot_be_made_in_another_prison(world: World) -> None:
    """A coordinator makes schemes where he works: any other place is absent."""
    with pytest.raises(Absent):
        await _create(world, prison="LEI")
    assert world.records(Scheme) == []


@pytest.mark.parametrize("state", [s for s in SchemeState if s is not SchemeState.DRAFT])
async def test_a_scheme_is_approved_once(world: World, state: SchemeState) -> None:
    """The yes is to a draft; afterwards it cannot be given again, nor by whoever comes later."""
    scheme = world.scheme(state=state)
    with pytest.raises(NotNow) as wrong:
        await world.change(world.viewer(Role.SAFER_CUSTODY), Verb.APPROVE_SCHEME, schemes.approve, scheme)
    assert codes(wrong.value) == [f"STATE_{state}"]


async def test_who_runs_a_scheme_does_not_approve_it(world: World) -> None:
    """The plan is the coordinator's, the yes the governor's or safer custody's (joint planning)."""
    scheme = world.scheme(state=SchemeState.DRAFT)
    for role in (Role.COORDINATOR, Role.PARTNER_VOLUNTEER, Role.WING_OFFICER):
        with pytest.raises(Refused):
            await world.change(world.viewer(role), Verb.APPROVE_SCHEME, schemes.approve, scheme)


async def test_a_prison_has_no_more_drafts_than_it_could_ever_run(world: World) -> None:
    """A hundred plans that wait for a yes, and no more; one that is given up makes room. Another prison's, and those
    that were approved, do not count."""
    drafts = [world.scheme(state=SchemeState.DRAFT) for _ in range(99)]
    world.scheme(state=SchemeState.DRAFT, prison="LEI")
    world.scheme(state=SchemeState.APPROVED)
    await _create(world)
    with pytest.raises(NotNow) as wrong:
        await _create(world)
    assert codes(wrong.value) == ["TOO_MANY_DRAFTS"]
    world.put(dataclasses.replace(drafts[0], state=SchemeState.CLOSED))
    await _create(world)


async def test_nobody_approves_what_he_planned_whatever_else_he_is(world: World) -> None:
    """A coordinator who is a governor too: neither what he started nor what he wrote in, though another started it. A
    governor's own correction of a draft is part of his yes, and keeps him from nothing; nor does what is written after
    the yes."""
    planner, other = world.viewer(Role.COORDINATOR), world.viewer(Role.COORDINATOR)
    plan: dict[str, Any] = {"kind": "INSIDERS", "name": "Mine", "prison": PRISON}
    started = await world.make(planner, Verb.CREATE_SCHEME, schemes.create, **plan)
    begun = await world.make(other, Verb.CREATE_SCHEME, schemes.create, **plan)
    await world.change(planner, Verb.AMEND_SCHEME, schemes.amend, begun, changes={"name": "Mine too"})
    assert (world.kept(started).planned_by, world.kept(begun).planned_by) == (
        (planner.actor,),
        (other.actor, planner.actor),
    )
    hat = dataclasses.replace(world.viewer(Role.GOVERNOR), actor=planner.actor)
    for scheme in (started, begun):
        world.put(plans_of(world.kept(scheme), world.today)["CHARTER_NOT_PUBLISHED"])
        with pytest.raises(NotNow) as wrong:
            await world.change(hat, Verb.APPROVE_SCHEME, schemes.approve, scheme)
        assert codes(wrong.value) == ["APPROVER_IS_PLANNER"]
    governor = world.viewer(Role.GOVERNOR)
    await world.change(governor, Verb.AMEND_SCHEME, schemes.amend, started, changes={"pilot_days": 30})
    await world.change(governor, Verb.APPROVE_SCHEME, schemes.approve, started)
    await world.change(other, Verb.AMEND_SCHEME, schemes.amend, started, changes={"name": "Ours"})
    assert world.kept(started).planned_by == (planner.actor,)


async def test_an_amendment_writes_what_was_sent_and_nothing_else(world: World) -> None:
    """The members that were sent change; state, partner and policy are not among those that may be (F71)."""
    scheme, coordinator = world.scheme(), world.viewer(Role.COORDINATOR)
    changes: dict[str, Any] = {"name": "Listeners, all wings", "places": ("Suite on B",), "review_on": world.today}
    await world.change(coordinator, Verb.AMEND_SCHEME, schemes.amend, scheme, changes=changes)
    assert world.kept(scheme) == dataclasses.replace(scheme, **changes, version=2)
    for member in sorted(set(Scheme.shape.fields) - coordinator_writes()):
        with pytest.raises(Unacceptable) as wrong:
            await world.change(coordinator, Verb.AMEND_SCHEME, schemes.amend, scheme, changes={member: None})
        assert (codes(wrong.value), paths(wrong.value)) == (["UNKNOWN_FIELD"], [f"/{camel(member)}"])


def coordinator_writes() -> set[str]:
    """What a coordinator may amend of a scheme, written out."""
    plan = {"name", "purpose", "target_group", "how_to_ask", "places", "supporters_wanted", "review_on"}
    closing = {"partner_told_on", "lessons", "learners_go"}
    return plan | closing | {"supporters_needed", "pilot_limit", "pilot_days"}


async def test_what_was_approved_is_not_changed_by_whoever_asked_for_it(world: World) -> None:
    """Floor, limit and length of the pilot: the coordinator writes them until the yes, the governor after (S21)."""
    coordinator, governor = world.viewer(Role.COORDINATOR), world.viewer(Role.GOVERNOR)
    draft, pilot = world.scheme(state=SchemeState.DRAFT), world.scheme(state=SchemeState.PILOT)
    for member in ("supporters_needed", "pilot_limit", "pilot_days"):
        given: dict[str, Any] = {"changes": {member: 1}}
        await world.change(coordinator, Verb.AMEND_SCHEME, schemes.amend, draft, **given)
        with pytest.raises(NotNow) as wrong:
            await world.change(coordinator, Verb.AMEND_SCHEME, schemes.amend, pilot, **given)
        assert codes(wrong.value) == ["FIXED_BY_APPROVAL"]
    await world.change(governor, Verb.AMEND_SCHEME, schemes.amend, pilot, changes={"pilot_limit": 9})
    assert world.kept(pilot).pilot_limit == 9
    with pytest.raises(Unacceptable):
        await world.change(governor, Verb.AMEND_SCHEME, schemes.amend, pilot, changes={"name": "The governor's"})


@pytest.mark.parametrize(
    ("numbers", "failures"),
    [
        ({"supporters_needed": 3}, [("MORE_THAN_WANTED", "/supportersNeeded"), ("LESS_THAN_NEEDED", "/pilotLimit")]),
        ({"supporters_needed": 3, "supporters_wanted": 3, "pilot_limit": 2}, [("LESS_THAN_NEEDED", "/pilotLimit")]),
        (
            {"supporters_needed": 3, "supporters_wanted": 2, "pilot_limit": 3},
            [("MORE_THAN_WANTED", "/supportersNeeded")],
        ),
    ],
)
async def test_a_scheme_can_reach_its_floor(
    world: World, numbers: dict[str, int], failures: list[tuple[str, str]]
) -> None:
    """Neither its aim nor its pilot's limit is below what it needs: it could never go live. Made or amended."""
    draft = world.scheme(state=SchemeState.DRAFT)
    amend = (world.viewer(Role.COORDINATOR), Verb.AMEND_SCHEME, schemes.amend, draft)
    with pytest.raises(NotNow) as amended:
        await world.change(*amend, changes=numbers)
    with pytest.raises(Unacceptable) as made:
        await _create(world, **numbers)
    for wrong in (amended.value, made.value):
        assert list(zip(codes(wrong), paths(wrong), strict=True)) == failures
    assert world.kept(draft) == draft


async def test_the_partner_was_told_on_a_day_that_has_come(world: World) -> None:
    """Somebody told it: a day ahead is a plan, and no tick."""
    scheme, coordinator = world.scheme(), world.viewer(Role.COORDINATOR)
    tomorrow = {"partner_told_on": world.today + timedelta(days=1)}
    with pytest.raises(Unacceptable) as wrong:
        await world.change(coordinator, Verb.AMEND_SCHEME, schemes.amend, scheme, changes=tomorrow)
    assert (codes(wrong.value), paths(wrong.value)) == (["IN_THE_FUTURE"], ["/partnerToldOn"])


async def test_a_closed_scheme_is_amended_no_more(world: World) -> None:
    """What has ended is history."""
    scheme = world.scheme(state=SchemeState.CLOSED)
    with pytest.raises(NotNow) as wrong:
        await world.change(
            world.viewer(Role.COORDINATOR), Verb.AMEND_SCHEME, schemes.amend, scheme, changes={"name": "New"}
        )
    assert codes(wrong.value) == ["STATE_CLOSED"]


async def test_every_change_of_a_scheme_needs_the_tag_that_was_read(world: World) -> None:
    """No move and no amendment without saying which version was read."""
    scheme = world.scheme()
    coordinator, governor = world.viewer(Role.COORDINATOR), world.viewer(Role.GOVERNOR)
    later = world.today + timedelta(days=9)
    for who, verb, act, given in (
        (coordinator, Verb.AMEND_SCHEME, schemes.amend, {"changes": {"name": "New"}}),
        (coordinator, Verb.NAME_LEAD, life.name_lead, {"assignment": None}),
        (governor, Verb.APPROVE_SCHEME, schemes.approve, {}),
        (coordinator, Verb.OPEN_SCHEME, life.open_, {}),
        (coordinator, Verb.LAUNCH_SCHEME, life.launch, {}),
        (governor, Verb.SUSPEND_SCHEME, life.suspend, {"reason": SuspensionReason.REGIME, "review_on": later}),
        (governor, Verb.RESUME_SCHEME, life.resume, {}),
        (coordinator, Verb.CLOSE_SCHEME, life.close, {"reason": ClosingReason.NO_DEMAND}),
    ):
        with pytest.raises(TagRequired):
            await act(world.begin(who, verb), scheme.id, seen=UNSEEN, **given)  # type: ignore[operator]
    assert world.kept(scheme) == scheme


async def test_another_s_scheme_is_out_of_reach(world: World) -> None:
    """A coordinator of one scheme reads all of the prison and changes his own only."""
    mine, other, far = world.scheme(), world.scheme("INSIDERS"), world.scheme(prison="LEI")
    coordinator = world.viewer(Role.COORDINATOR, schemes=frozenset({mine.id}))
    page = await world.make(coordinator, Verb.READ_SCHEME, search_schemes, Query())
    assert {v.id for v in page.items} == {mine.id, other.id}
    for scheme in (other, far):
        with pytest.raises(Absent):
            await world.change(coordinator, Verb.OPEN_SCHEME, life.open_, scheme)
    with pytest.raises(Absent):
        await world.make(coordinator, Verb.READ_SCHEME, read_scheme, far.id)


def test_a_listener_is_trained_before_meeting_anybody() -> None:
    """The gates of the Listeners' kind: Samaritans certify, six modules, three observed contacts, four weeks."""
    assert LISTENERS.partner_certifies
    assert LISTENERS.partner == "SAMARITANS"
    assert (len(LISTENERS.modules), LISTENERS.observed_contacts, LISTENERS.probation_days) == (6, 3, 28)
    for kind in KINDS.values():
        assert kind.modules
        assert set(kind.permitted_tasks) & set(kind.prohibited_tasks) == set()

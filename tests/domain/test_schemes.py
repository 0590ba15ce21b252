"""The life of a scheme, through its acts."""

import dataclasses
from datetime import timedelta
from typing import Any

import pytest

from domain.act import UNSEEN
from domain.confidentiality.disclosure import View
from domain.confidentiality.roles import Role
from domain.confidentiality.verbs import Verb
from domain.kernel.errors import Absent, NotNow, Refused, TagRequired, Unacceptable
from domain.ports import Query
from domain.schemes import acts as schemes
from domain.schemes.kinds import KINDS, LISTENERS
from domain.schemes.record import ClosingReason, PauseReason, Scheme, SchemeState
from domain.supporters import opening
from domain.supporters.record import Standing
from tests.domain.world import PRISON, World, codes, paths

READY: dict[str, Any] = {"how_to_ask": "Press the bell and ask for a Listener.", "state": SchemeState.APPROVED}


async def _create(world: World, **given: Any) -> View[Scheme]:
    named = {"kind": "LISTENERS", "name": "Listeners", "prison": PRISON, **given}
    return await world.make(world.viewer(Role.COORDINATOR), Verb.CREATE_SCHEME, schemes.create, **named)


async def _open(world: World, scheme: Any) -> View[Scheme]:
    return await world.change(world.viewer(Role.COORDINATOR), Verb.OPEN_SCHEME, opening.open_, scheme)


async def _close(world: World, scheme: Any, reason: ClosingReason = ClosingReason.NO_DEMAND) -> View[Scheme]:
    return await world.change(world.viewer(Role.COORDINATOR), Verb.CLOSE_SCHEME, opening.close, scheme, reason=reason)


async def test_a_scheme_lives_from_draft_to_closed(world: World) -> None:
    """Drafted, approved, opened, paused, opened again, closed: each by whoever may, each with its date or reason."""
    coordinator, governor = world.viewer(Role.COORDINATOR), world.viewer(Role.GOVERNOR)
    view = await _create(world, how_to_ask="Ask any officer.", review_on=world.today + timedelta(days=365))
    assert world.kept(view).state is SchemeState.DRAFT
    await world.change(governor, Verb.APPROVE_SCHEME, schemes.approve, view)
    assert world.kept(view).approved_by == governor.actor
    supporter = world.supporter(world.kept(view))
    await _open(world, view)
    first_day = world.today
    assert (world.kept(view).state, world.kept(view).opened_on) == (SchemeState.LIVE, first_day)
    await world.change(coordinator, Verb.PAUSE_SCHEME, schemes.pause, view, reason=PauseReason.REGIME)
    assert (world.kept(view).state, world.kept(view).paused_for) == (SchemeState.PAUSED, PauseReason.REGIME)
    world.clock.forward(days=3)
    await _open(world, view)
    again = world.kept(view)
    assert (again.state, again.opened_on, again.paused_for) == (SchemeState.LIVE, first_day, None)
    world.put(dataclasses.replace(supporter, standing=Standing.STOOD_DOWN))
    await _close(world, view, ClosingReason.REPLACED)
    closed = world.kept(view)
    assert (closed.state, closed.closed_on, closed.closed_for) == (
        SchemeState.CLOSED,
        world.today,
        ClosingReason.REPLACED,
    )


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
async def test_a_kind_brings_its_policy_and_partner(world: World, kind: Any) -> None:
    """Whether a scheme is closed, and who its partner is, comes with its kind and from nobody's words."""
    view = await _create(world, kind=kind.code)
    scheme = world.kept(view)
    assert (scheme.closed, scheme.organisation, scheme.purpose) == (kind.policy.closed, kind.partner, kind.purpose)
    assert (scheme.jurisdiction, scheme.scheme) == ("EW", scheme.id)
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


async def test_a_first_opening_names_every_guard_that_fails(world: World) -> None:
    """A way to ask, a review date and an active supporter: all that is missing is told at once."""
    scheme = world.scheme(**{**READY, "how_to_ask": ""})
    with pytest.raises(NotNow) as wrong:
        await _open(world, scheme)
    assert codes(wrong.value) == ["HOW_TO_ASK_MISSING", "REVIEW_DATE_MISSING", "NO_ACTIVE_SUPPORTER"]


@pytest.mark.parametrize("standing", [s for s in Standing if s is not Standing.ACTIVE])
async def test_only_an_active_supporter_of_its_own_opens_a_scheme(world: World, standing: Standing) -> None:
    """Neither an applicant nor somebody on probation, at rest or gone opens a scheme, nor a supporter of another."""
    scheme = world.scheme(**READY, review_on=world.today)
    world.supporter(scheme, standing)
    world.supporter(world.scheme())
    with pytest.raises(NotNow) as wrong:
        await _open(world, scheme)
    assert codes(wrong.value) == ["NO_ACTIVE_SUPPORTER"]
    world.supporter(scheme)
    await _open(world, scheme)
    assert world.kept(scheme).state is SchemeState.LIVE


@pytest.mark.parametrize("state", [SchemeState.DRAFT, SchemeState.LIVE, SchemeState.CLOSED])
async def test_a_scheme_opens_from_approved_or_paused_only(world: World, state: SchemeState) -> None:
    """A draft is approved first, an open one is open, a closed one stays closed."""
    scheme = world.scheme(**{**READY, "state": state}, review_on=world.today)
    world.supporter(scheme)
    with pytest.raises(NotNow) as wrong:
        await _open(world, scheme)
    assert codes(wrong.value) == [f"STATE_{state}"]


@pytest.mark.parametrize("standing", [Standing.IN_TRAINING, Standing.PROBATION, Standing.ACTIVE, Standing.PAUSED])
async def test_a_scheme_closes_when_nobody_is_in_role(world: World, standing: Standing) -> None:
    """Each supporter is stood down first, with a reason of his own; those of another scheme do not count."""
    scheme, other = world.scheme(), world.scheme()
    supporter = world.supporter(scheme, standing)
    world.supporter(other)
    with pytest.raises(NotNow) as wrong:
        await _close(world, scheme)
    assert codes(wrong.value) == ["SUPPORTERS_STILL_IN_ROLE"]
    world.put(dataclasses.replace(supporter, standing=Standing.STOOD_DOWN))
    await _close(world, scheme)
    assert world.kept(scheme).state is SchemeState.CLOSED


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


async def test_an_amendment_writes_what_was_sent_and_nothing_else(world: World) -> None:
    """The members that were sent change; state, partner and policy are not among those that may be (F71)."""
    scheme, coordinator = world.scheme(), world.viewer(Role.COORDINATOR)
    changes: dict[str, Any] = {"name": "Listeners, all wings", "places": ("Suite on B",), "review_on": world.today}
    await world.change(coordinator, Verb.AMEND_SCHEME, schemes.amend, scheme, changes=changes)
    assert world.kept(scheme) == dataclasses.replace(scheme, **changes, version=2)
    for member in sorted(set(Scheme.shape.fields) - coordinator_writes()):
        with pytest.raises(Unacceptable) as wrong:
            await world.change(coordinator, Verb.AMEND_SCHEME, schemes.amend, scheme, changes={member: None})
        assert (codes(wrong.value), paths(wrong.value)) == (["UNKNOWN_FIELD"], [f"/{member}"])


def coordinator_writes() -> set[str]:
    """What a coordinator may amend of a scheme, written out."""
    return {"name", "purpose", "target_group", "how_to_ask", "places", "supporters_wanted", "review_on"}


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
    for who, verb, act, given in (
        (coordinator, Verb.AMEND_SCHEME, schemes.amend, {"changes": {"name": "New"}}),
        (governor, Verb.APPROVE_SCHEME, schemes.approve, {}),
        (coordinator, Verb.OPEN_SCHEME, opening.open_, {}),
        (coordinator, Verb.PAUSE_SCHEME, schemes.pause, {"reason": PauseReason.REGIME}),
        (coordinator, Verb.CLOSE_SCHEME, opening.close, {"reason": ClosingReason.NO_DEMAND}),
    ):
        with pytest.raises(TagRequired):
            await act(world.begin(who, verb), scheme.id, seen=UNSEEN, **given)  # type: ignore[operator]
    assert world.kept(scheme) == scheme


async def test_another_s_scheme_is_out_of_reach(world: World) -> None:
    """A coordinator of one scheme reads all of the prison and changes his own only."""
    mine, other, far = world.scheme(), world.scheme("INSIDERS"), world.scheme(prison="LEI")
    coordinator = world.viewer(Role.COORDINATOR, schemes=frozenset({mine.id}))
    page = await world.make(coordinator, Verb.READ_SCHEME, schemes.search, Query())
    assert {v.id for v in page.items} == {mine.id, other.id}
    for scheme in (other, far):
        with pytest.raises(Absent):
            await world.change(coordinator, Verb.PAUSE_SCHEME, schemes.pause, scheme, reason=PauseReason.REGIME)
    with pytest.raises(Absent):
        await world.make(coordinator, Verb.READ_SCHEME, schemes.read, far.id)


def test_a_listener_is_trained_before_meeting_anybody() -> None:
    """The gates of the Listeners' kind: Samaritans certify, six modules, three observed contacts, four weeks."""
    assert LISTENERS.partner_certifies
    assert LISTENERS.partner == "SAMARITANS"
    assert (len(LISTENERS.modules), LISTENERS.observed_contacts, LISTENERS.probation_days) == (6, 3, 28)
    for kind in KINDS.values():
        assert kind.modules
        assert set(kind.permitted_tasks) & set(kind.prohibited_tasks) == set()

"""The life of a scheme after its approval: every state and move, and each guard."""

import dataclasses
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest

from domain.confidentiality.roles import Role
from domain.confidentiality.verbs import Verb
from domain.kernel.errors import Absent, NotNow, Refused, Unacceptable
from domain.kernel.ids import ObjectiveId
from domain.kernel.rollout import RollOut
from domain.life import acts as life
from domain.life import plans, reading
from domain.life.ready import Guard, guards_of
from domain.life.status import SchemeStatus
from domain.oversight.record import Assignment
from domain.schemes import acts as schemes
from domain.schemes import objectives
from domain.schemes.charter import CharterState
from domain.schemes.objective import ClosingOfObjective, Objective
from domain.schemes.record import (
    SCHEME_LIFE,
    SERVING,
    ClosingReason,
    LearnersGo,
    ReviewFound,
    Scheme,
    SchemeState,
    SuspensionReason,
)
from domain.schemes.registers.publicity import Medium
from domain.supporters.record import Standing, Supporter
from tests.domain.world import World, codes, paths
from tests.plans import PLANS, plans_of

S = SchemeState
_BY = {
    Verb.APPROVE_SCHEME: (Role.GOVERNOR, schemes.approve),
    Verb.OPEN_SCHEME: (Role.COORDINATOR, life.open_),
    Verb.LAUNCH_SCHEME: (Role.COORDINATOR, life.launch),
    Verb.SUSPEND_SCHEME: (Role.SAFER_CUSTODY, life.suspend),
    Verb.RESUME_SCHEME: (Role.GOVERNOR, life.resume),
    Verb.CLOSE_SCHEME: (Role.COORDINATOR, life.close),
}


async def do(world: World, verb: Verb, scheme: Any, role: Role | None = None, **given: Any) -> Scheme:
    """Move a scheme, by whoever may."""
    by, act = _BY[verb]
    called: Callable[..., Awaitable[Any]] = act
    match verb:
        case Verb.SUSPEND_SCHEME:
            ahead = {"reason": SuspensionReason.SAFETY, "review_on": world.today + timedelta(days=14)}
            given = {**ahead, **given}
        case Verb.CLOSE_SCHEME:
            given = {"reason": ClosingReason.REPLACED, **given}
        case _:
            pass
    await world.change(world.viewer(role or by), verb, called, scheme, **given)
    return world.kept(scheme)


def led(world: World, **more: Any) -> Assignment:
    """An assignment by which supervision may be led."""
    return world.assignment(role=Role.SAFER_CUSTODY, **more)


def ready(world: World, state: SchemeState, **more: Any) -> Scheme:
    """A scheme that lacks nothing, whatever its next move is."""
    plan: dict[str, Any] = {
        "how_to_ask": "Press the bell.",
        "review_on": world.today + timedelta(days=300),
        "supervision_lead": led(world).id,
        "supervision_since": world.today,
        "pilot_limit": 5,
        "partner_told_on": world.today,
        "lessons": "People ask at night.",
        "learners_go": LearnersGo.TO_STAFF,
    }
    if state is S.SUSPENDED:
        plan |= {"suspended_at": world.clock.now - timedelta(days=2), "suspended_for": SuspensionReason.SAFETY}
    scheme = world.scheme(**{"kind": "SHANNON_TRUST", "state": state, **plan, **more})
    for record in plans_of(scheme, world.today).values():
        world.put(record)
    return scheme


@pytest.mark.parametrize("state", S)
@pytest.mark.parametrize("verb", SCHEME_LIFE.moves)
async def test_every_state_and_move(world: World, state: SchemeState, verb: Verb) -> None:
    """Of all pairs: from where the table has the move, it is made; from everywhere else it is refused, with the state
    that refuses it and the moves that this viewer may try instead."""
    scheme = ready(world, state)
    if verb is not Verb.CLOSE_SCHEME:
        world.supporter(scheme)
    if state in SCHEME_LIFE.moves[verb]:
        after = await do(world, verb, scheme)
        assert after.state is not state
        assert after.open is (after.state in SERVING)
        return
    with pytest.raises(NotNow) as wrong:
        await do(world, verb, scheme)
    assert codes(wrong.value) == [f"STATE_{state}"]
    assert world.kept(scheme) == scheme
    by = {
        Role.COORDINATOR: {Verb.OPEN_SCHEME, Verb.LAUNCH_SCHEME, Verb.CLOSE_SCHEME},
        Role.SAFER_CUSTODY: {Verb.APPROVE_SCHEME, Verb.SUSPEND_SCHEME, Verb.RESUME_SCHEME},
        Role.GOVERNOR: set(SCHEME_LIFE.moves) - {Verb.OPEN_SCHEME, Verb.LAUNCH_SCHEME},
    }[_BY[verb][0]]
    assert wrong.value.moves == tuple(v for v, states in SCHEME_LIFE.moves.items() if v in by and state in states)


async def test_a_life(world: World) -> None:
    """Approved, piloted, live, suspended, live again, closed: each with its day, its reason, and how it stands."""
    scheme = ready(world, S.DRAFT, supporters_needed=2, supporters_wanted=4)
    await do(world, Verb.APPROVE_SCHEME, scheme)
    first = world.supporter(scheme)
    assert (await do(world, Verb.OPEN_SCHEME, scheme)).opened_on == world.today
    second = world.supporter(scheme)
    world.clock.forward(days=28)
    live = await do(world, Verb.LAUNCH_SCHEME, scheme)
    assert (live.state, live.open, live.live_from) == (S.LIVE, True, world.today)
    stopped = await do(world, Verb.SUSPEND_SCHEME, scheme)
    assert (stopped.state, stopped.open, stopped.suspended_for) == (S.SUSPENDED, False, SuspensionReason.SAFETY)
    assert (stopped.suspended_at, stopped.suspension_review_on) == (world.clock.now, world.today + timedelta(days=14))
    standing = {world.kept(s).standing for s in (first, second)}
    assert standing == {Standing.ACTIVE}, "nobody loses a standing"
    again = await do(world, Verb.RESUME_SCHEME, scheme)
    assert (again.state, again.suspended_for, again.suspended_at) == (S.LIVE, None, None)
    assert again.live_from == live.live_from
    for supporter in (first, second):
        world.put(dataclasses.replace(supporter, standing=Standing.STOOD_DOWN))
    over = await do(world, Verb.CLOSE_SCHEME, scheme)
    assert (over.state, over.open, over.closed_on, over.closed_for) == (
        S.CLOSED,
        False,
        world.today,
        ClosingReason.REPLACED,
    )
    (how,) = world.records(SchemeStatus)
    assert (how.id, how.state, how.gaps, how.review_due, how.supporters_in_role) == (scheme.id, S.CLOSED, (), False, 0)


async def test_a_pilot_that_rested_goes_on_as_a_pilot(world: World) -> None:
    """Suspension is no way round what LIVE asks for."""
    scheme = ready(world, S.PILOT)
    await do(world, Verb.SUSPEND_SCHEME, scheme)
    assert (await do(world, Verb.RESUME_SCHEME, scheme)).state is S.PILOT


_LACKS: dict[str, dict[str, Any]] = {
    "HOW_TO_ASK_MISSING": {"how_to_ask": None},
    "REVIEW_DATE_MISSING": {"review_on": None},
    "REVIEW_OVERDUE": {"review_on": -1},
    "NO_ACTIVE_SUPPORTER": {"supporters": 0},
    "MORE_THAN_THE_PILOT_LIMIT": {"pilot_limit": 1, "supporters": 2},
    "SUPPORTERS_TOO_FEW": {"supporters_needed": 2},
    "SUPERVISION_VACANT": {"supervision_lead": None},
    "PILOT_NOT_OVER": {"opened_on": -27},
    "PRISON_NOT_ROLLED_OUT": {"rolled_out": False},
}
_STANDS = {
    Verb.APPROVE_SCHEME: S.DRAFT,
    Verb.OPEN_SCHEME: S.APPROVED,
    Verb.LAUNCH_SCHEME: S.PILOT,
    Verb.RESUME_SCHEME: S.SUSPENDED,
}


@pytest.mark.parametrize(
    ("guard", "verb"), [(g, v) for v in _STANDS for g in guards_of(v)], ids=lambda p: getattr(p, "code", p)
)
async def test_each_guard_alone_stops_its_move(world: World, guard: Guard, verb: Verb) -> None:
    """One fact is missing, and the move is refused with its code alone; and readiness said so before."""
    lacking = dict(_LACKS.get(guard.code, {}))
    supporters = lacking.pop("supporters", 1)
    if not lacking.pop("rolled_out", True):
        world.rollout = RollOut(frozenset({"LEI"}))
    days = {
        name: world.today + timedelta(days=n) for name, n in lacking.items() if name in ("review_on", "opened_on") and n
    }
    scheme = ready(world, _STANDS[verb], **{"pilot_limit": 2, **lacking, **days})
    if guard.code in PLANS:
        world.drop(plans_of(scheme, world.today)[guard.code])
    for _ in range(supporters):
        world.supporter(scheme)
    told = await world.make(world.viewer(Role.COORDINATOR), Verb.READ_READINESS, reading.readiness, scheme.id)
    (move,) = [m for m in told.moves if m.move is verb]
    with pytest.raises(NotNow) as wrong:
        await do(world, verb, scheme)
    assert codes(wrong.value) == [guard.code] == list(move.missing)
    assert {*move.cleared, *move.missing} == {g.code for g in guards_of(verb)}
    assert world.kept(scheme) == scheme


async def test_all_that_is_missing_is_told_at_once(world: World) -> None:
    """A bare pilot: every guard of LIVE, in the order of the table."""
    scheme = world.scheme("SHANNON_TRUST", S.PILOT, opened_on=world.today, supporters_needed=1)
    with pytest.raises(NotNow) as wrong:
        await do(world, Verb.LAUNCH_SCHEME, scheme)
    bare = ["HOW_TO_ASK_MISSING", "REVIEW_DATE_MISSING", "SUPPORTERS_TOO_FEW", "SUPERVISION_VACANT", "PILOT_NOT_OVER"]
    assert codes(wrong.value) == [*bare, *PLANS]


@pytest.mark.parametrize("standing", [s for s in Standing if s is not Standing.ACTIVE])
async def test_only_an_active_supporter_of_its_own_counts(world: World, standing: Standing) -> None:
    """Neither an applicant nor somebody on probation, at rest or gone, nor a supporter of another scheme."""
    scheme = ready(world, S.APPROVED)
    world.supporter(scheme, standing)
    world.supporter(ready(world, S.LIVE))
    with pytest.raises(NotNow) as wrong:
        await do(world, Verb.OPEN_SCHEME, scheme)
    assert codes(wrong.value) == ["NO_ACTIVE_SUPPORTER"]


async def test_plans_must_be_its_own_and_good(world: World) -> None:
    """Another scheme's plans are none of its; a charter in draft is no plan yet; of its objectives one that is not
    SMART is one too many; and what tells staff is no advert."""
    scheme, other = ready(world, S.PILOT), ready(world, S.PILOT)
    world.supporter(scheme)
    charter, objective, contingency, advert = plans_of(scheme, world.today).values()
    world.put(dataclasses.replace(charter, state=CharterState.DRAFT, in_force_from=None))  # type: ignore[type-var]
    world.put(dataclasses.replace(objective, id=world.ids(), target=None))  # type: ignore[type-var]
    world.put(dataclasses.replace(contingency, scheme=other.id))  # type: ignore[type-var]
    world.put(dataclasses.replace(advert, medium=Medium.STAFF_BRIEFING))  # type: ignore[type-var]
    with pytest.raises(NotNow) as wrong:
        await do(world, Verb.LAUNCH_SCHEME, scheme)
    assert codes(wrong.value) == list(PLANS)


@pytest.mark.parametrize(
    ("standings", "held"),
    [([], False), ([Standing.ACTIVE], True), ([Standing.ACTIVE, Standing.PAUSED], False), ([Standing.PAUSED], False)],
)
async def test_what_must_hold_of_every_record_holds_of_none_where_there_is_none(
    world: World, monkeypatch: pytest.MonkeyPatch, standings: list[Standing], held: bool
) -> None:
    """As objectives that must all be SMART: one that is not stops the launch, and so does having none."""
    monkeypatch.setitem(plans.PLANS, "NOT_ALL", plans.every(Supporter, lambda s, _t: s.standing is Standing.ACTIVE))  # type: ignore[arg-type]
    scheme = ready(world, S.PILOT)
    for standing in standings:
        world.supporter(scheme, standing)
    told = await world.make(world.viewer(Role.GOVERNOR), Verb.READ_READINESS, reading.readiness, scheme.id)
    (move,) = [m for m in told.moves if m.move is Verb.LAUNCH_SCHEME]
    assert ("NOT_ALL" in move.cleared, "NOT_ALL" in move.missing) == (held, not held)


@pytest.mark.parametrize("days", [0, 91])
async def test_a_suspension_is_looked_at_again_within_ninety_days(world: World, days: int) -> None:
    """Not today, and not some day: a scheme that stopped is not forgotten."""
    scheme = ready(world, S.LIVE)
    with pytest.raises(Unacceptable) as wrong:
        await do(world, Verb.SUSPEND_SCHEME, scheme, review_on=world.today + timedelta(days=days))
    assert (codes(wrong.value), paths(wrong.value)) == (["WITHIN_NINETY_DAYS"], ["/reviewOn"])
    await do(world, Verb.SUSPEND_SCHEME, scheme, review_on=world.today + timedelta(days=90))


async def test_who_runs_a_scheme_neither_suspends_nor_resumes_it(world: World) -> None:
    """What takes help from everybody is the governor's or safer custody's to decide, and to take back."""
    for role in (Role.COORDINATOR, Role.PARTNER_VOLUNTEER, Role.WING_OFFICER, Role.MONITORING_BOARD):
        for verb, state in ((Verb.SUSPEND_SCHEME, S.LIVE), (Verb.RESUME_SCHEME, S.SUSPENDED)):
            with pytest.raises(Refused):
                await do(world, verb, ready(world, state), role=role)


# --- who leads supervision -------------------------------------------------------------------------------------------


async def _lead(world: World, scheme: Scheme, assignment: Any) -> Scheme:
    by = world.viewer(Role.COORDINATOR)
    await world.change(by, Verb.NAME_LEAD, life.name_lead, scheme, assignment=assignment)
    return world.kept(scheme)


@pytest.mark.parametrize(
    "more",
    [
        {"role": Role.WING_OFFICER},
        {"prison": "LEI"},
        {"prison": None, "role": Role.HEADQUARTERS},
        {"jurisdiction": "IE"},
        {"needs_second": True},
        {"role": Role.PARTNER_VOLUNTEER, "organisation": "SAMARITANS"},
    ],
    ids=str,
)
async def test_supervision_is_led_by_somebody_of_the_place_who_may(world: World, more: dict[str, Any]) -> None:
    """Another role, another prison, an assignment that does not hold, another scheme's partner, and one that never was:
    refused alike."""
    scheme = world.scheme("SHANNON_TRUST")
    for id in (led(world, **more).id if "role" not in more else world.assignment(**more).id, world.ids()):
        with pytest.raises(Unacceptable) as wrong:
            await _lead(world, scheme, id)
        assert (codes(wrong.value), paths(wrong.value)) == (["ASSIGNMENT_UNKNOWN"], ["/assignment"])
    own = world.assignment(role=Role.PARTNER_VOLUNTEER, organisation="SHANNON_TRUST", scheme=scheme.id)
    kept = await _lead(world, scheme, own.id)
    assert (kept.supervision_lead, kept.supervision_since) == (own.id, world.today)


async def test_whoever_names_a_lead_finds_those_who_may(world: World) -> None:
    """Exactly the assignments that naming a lead takes, to whoever may name one, with who holds each."""
    scheme, other = world.scheme("SHANNON_TRUST"), world.scheme("INSIDERS")
    theirs = {"role": Role.PARTNER_VOLUNTEER, "organisation": "SHANNON_TRUST"}
    made = [
        led(world),
        world.assignment(role=Role.GOVERNOR),
        world.assignment(role=Role.COORDINATOR, scheme=scheme.id),
        world.assignment(role=Role.COORDINATOR, scheme=other.id),
        world.assignment(**theirs),
        world.assignment(**{**theirs, "organisation": "SAMARITANS"}),
        world.assignment(role=Role.WING_OFFICER),
        led(world, prison="LEI"),
        led(world, needs_second=True),
    ]
    coordinator = world.viewer(Role.COORDINATOR, schemes=frozenset({scheme.id}))
    for viewer in (coordinator, world.viewer(Role.GOVERNOR)):
        found = await world.make(viewer, Verb.READ_LEADERS, reading.leaders, scheme.id)
        taken = [a for a in made if life.leads(a, scheme, world.today)]
        assert {v.id for v in found} == {a.id for a in taken} != set()
        assert {(v.values["holder"], v.values["subject"]) for v in found} == {(a.holder, a.subject) for a in taken}
        assert {id for s in world.entry.sights if s.kind == "assignment" for id in s.ids} == {v.id for v in found}
    for v in found:
        await _lead(world, scheme, v.id)
    with pytest.raises(Absent):
        await world.make(coordinator, Verb.READ_LEADERS, reading.leaders, other.id)


async def test_since_when_supervision_is_led(world: World) -> None:
    """From the day on which it was said; the same again changes nothing; nobody is led by since no day."""
    scheme, lead = world.scheme(), led(world)
    await _lead(world, scheme, lead.id)
    first = world.today
    world.clock.forward(days=3)
    assert (await _lead(world, scheme, lead.id)).supervision_since == first
    assert (await _lead(world, scheme, led(world).id)).supervision_since == world.today
    nobody = await _lead(world, scheme, None)
    assert (nobody.supervision_lead, nobody.supervision_since) == (None, None)
    closed = world.scheme(state=S.CLOSED)
    with pytest.raises(NotNow) as wrong:
        await _lead(world, closed, lead.id)
    assert codes(wrong.value) == ["STATE_CLOSED"]


# --- the review -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", S)
async def test_nobody_puts_a_review_off_but_by_holding_it(world: World, state: SchemeState) -> None:
    """While it is planned, a review may be planned for any day. From the yes on whoever runs it may bring it forward,
    and set one where none was set: later, or never, is for those who approve schemes, when they have looked."""
    coordinator, due = world.viewer(Role.COORDINATOR), world.today + timedelta(days=30)
    for to, puts_off in ((due + timedelta(days=1), True), (None, True), (due, False), (due - timedelta(days=9), False)):
        scheme = world.scheme(state=state, review_on=due)
        said: dict[str, Any] = {"changes": {"review_on": to}}
        amending = world.change(coordinator, Verb.AMEND_SCHEME, schemes.amend, scheme, **said)
        expected = ["STATE_CLOSED"] if state is S.CLOSED else []
        expected += ["REVIEW_FIRST"] if puts_off and state is not S.DRAFT else []
        if expected:
            with pytest.raises(NotNow) as wrong:
                await amending
            assert codes(wrong.value) == expected
        else:
            await amending
            assert world.kept(scheme).review_on == to
    none = world.scheme(state=S.APPROVED, review_on=None)
    await world.change(coordinator, Verb.AMEND_SCHEME, schemes.amend, none, changes={"review_on": due})
    assert world.kept(none).review_on == due


async def test_another_member_is_amended_while_a_review_is_overdue(world: World) -> None:
    """What is not sent is not moved: the day that has passed stays where it is, and says so."""
    scheme = world.scheme(state=S.LIVE, review_on=world.today - timedelta(days=9))
    coordinator = world.viewer(Role.COORDINATOR)
    await world.change(coordinator, Verb.AMEND_SCHEME, schemes.amend, scheme, changes={"name": "Another"})
    assert world.kept(scheme).review_on == scheme.review_on


@pytest.mark.parametrize("role", [Role.GOVERNOR, Role.SAFER_CUSTODY])
@pytest.mark.parametrize("state", S)
async def test_a_review_says_what_was_found_and_when_the_next_is(world: World, state: SchemeState, role: Role) -> None:
    """By those who approve schemes, of any that was approved and has not closed; and how it stands says so at once."""
    scheme = ready(world, state, review_on=world.today - timedelta(days=1))
    viewer, to = world.viewer(role), world.today + timedelta(days=180)
    reviewing = world.change(viewer, Verb.REVIEW_SCHEME, life.review, scheme, found=ReviewFound.GOES_ON, review_on=to)
    if state in (S.DRAFT, S.CLOSED):
        with pytest.raises(NotNow) as wrong:
            await reviewing
        assert codes(wrong.value) == [f"STATE_{state.value}"]
        return
    await reviewing
    kept = world.kept(scheme)
    assert (kept.state, kept.review_on, kept.reviewed_on) == (state, to, world.today)
    assert (kept.reviewed_by, kept.review_found) == (viewer.actor, ReviewFound.GOES_ON)
    (stands,) = world.records(SchemeStatus)
    assert not stands.review_due


@pytest.mark.parametrize("days", [0, -1, 367])
async def test_the_next_review_is_within_a_year(world: World, days: int) -> None:
    """A review that puts the next one beyond it, or into the past, is none."""
    scheme = ready(world, S.LIVE)
    given: dict[str, Any] = {"found": ReviewFound.GOES_ON, "review_on": world.today + timedelta(days=days)}
    with pytest.raises(Unacceptable) as wrong:
        await world.change(world.viewer(Role.GOVERNOR), Verb.REVIEW_SCHEME, life.review, scheme, **given)
    assert (codes(wrong.value), paths(wrong.value)) == (["WITHIN_A_YEAR"], ["/reviewOn"])


async def test_who_runs_a_scheme_does_not_review_it(world: World) -> None:
    """The coordinator and the partner ask for a review; they do not hold it."""
    for role in (Role.COORDINATOR, Role.PARTNER_VOLUNTEER, Role.WING_OFFICER):
        with pytest.raises(Refused):
            world.begin(world.viewer(role), Verb.REVIEW_SCHEME)


async def test_a_closed_objective_is_no_gap_and_fills_none(world: World) -> None:
    """One that is not SMART keeps a scheme back until it is mended or closed; a scheme whose objectives are all closed
    has none."""
    scheme = ready(world, S.PILOT)
    (good,) = [o for o in world.records(Objective) if o.scheme == scheme.id]
    bad = dataclasses.replace(good, id=ObjectiveId(world.ids()), target=None)
    world.put(bad)

    async def gaps() -> tuple[str, ...]:
        found = await world.make(world.viewer(Role.COORDINATOR), Verb.READ_READINESS, reading.readiness, scheme.id)
        (launch,) = [m for m in found.moves if m.move is Verb.LAUNCH_SCHEME]
        return tuple(code for code in launch.missing if code == "OBJECTIVES_NOT_SMART")

    closing: dict[str, Any] = {"reason": ClosingOfObjective.SET_IN_ERROR}
    coordinator = world.viewer(Role.COORDINATOR)
    assert await gaps() == ("OBJECTIVES_NOT_SMART",)
    await world.change(coordinator, Verb.CLOSE_OBJECTIVE, objectives.close, bad, **closing)
    assert await gaps() == ()
    await world.change(coordinator, Verb.CLOSE_OBJECTIVE, objectives.close, good, **closing)
    assert await gaps() == ("OBJECTIVES_NOT_SMART",)

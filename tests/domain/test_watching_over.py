"""What the clock finds of schemes: at risk for these reasons, live again for want of any; and how each stands."""

import dataclasses
from datetime import UTC, date, datetime, time, timedelta
from itertools import chain, combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain import looking
from domain.care.supervision import Supervision
from domain.confidentiality.entry import Family
from domain.confidentiality.roles import Role
from domain.confidentiality.verbs import Verb
from domain.life.status import SchemeStatus
from domain.life.watching_over import watch_over
from domain.schemes.record import SCHEME_LIFE, SCHEME_MOVES, AtRiskReason, Scheme, SchemeState
from domain.sessions.codes import RefusalCode
from domain.sessions.conduct import Account, Conduct, ConductVerdict, Review, UnmetAs
from domain.supporters.record import Standing
from tests.domain.test_life import led, ready
from tests.domain.world import PRISON, World

S, R = SchemeState, AtRiskReason
REASONS = list(chain.from_iterable(combinations(R, n) for n in range(len(R) + 1)))


async def look(world: World) -> int:
    """The clock looks once."""
    return await watch_over(world.begin(world.viewer(Role.SERVICE), Verb.TICK))


def lacking(world: World, reasons: tuple[AtRiskReason, ...], state: SchemeState = S.LIVE, **more: Any) -> Scheme:
    """A scheme that lacks just this."""
    given: dict[str, Any] = {}
    if R.SUPERVISION_VACANT in reasons:
        given["supervision_lead"] = led(world, ended_at=world.clock.now).id
    if R.REVIEW_OVERDUE in reasons:
        given["review_on"] = world.today - timedelta(days=1)
    if R.REFUSAL_UNREVIEWED in reasons:
        more = {"kind": "LISTENERS", **more}
        world.put(refused(world, world.today - timedelta(days=8)))
    scheme = ready(world, state, **given, **more)
    if R.SUPPORTERS_TOO_FEW not in reasons:
        world.supporter(scheme)
    if R.SUPERVISION_OVERDUE in reasons:
        supervised(world, scheme, 4, late=0)
        supervised(world, scheme, 1, late=1)
    return scheme


def refused(world: World, on: date, **given: Any) -> Conduct:
    """What is left of a request that was refused on this day, and waits for its review."""
    told = {"code": RefusalCode.ASLEEP_CLAIMED, "review": Review.WAITING, **given}
    at = datetime.combine(on, time(2, 17), UTC)
    where = {"jurisdiction": "EW", "prison": PRISON, "wing": f"{PRISON}-B"}
    return Conduct(id=world.ids(), at=at, ended=UnmetAs.REFUSED, coded_by=world.ids(), **where, **told)  # type: ignore[arg-type]


def supervised(world: World, scheme: Scheme, people: int, *, late: int) -> list[Supervision]:
    """So many whom somebody supervises, every fortnight, late by so many days beyond what is tolerated."""
    since = world.today - timedelta(days=3 * 14 + late)
    where = {name: getattr(scheme, name) for name in ("scheme", "jurisdiction", "prison", "organisation")}
    led_by = {"supervisor": world.ids(), "assignment": world.ids(), "hears": True}
    given = [{**where, **led_by, "every_days": 14, "since": since} for _ in range(people)]
    return [world.put(Supervision(id=world.ids(), supporter=world.ids(), **each)) for each in given]  # type: ignore[arg-type]


@pytest.mark.parametrize("reasons", REASONS, ids=lambda r: "+".join(r) or "nothing")
async def test_a_live_scheme_is_at_risk_for_what_it_lacks(world: World, reasons: tuple[AtRiskReason, ...]) -> None:
    """Every set of triggers: those reasons and no others, since today, by a line of the service; and none at all where
    nothing is lacking."""
    scheme = lacking(world, reasons)
    assert await look(world) == 1
    found = world.kept(scheme)
    assert (found.state, found.at_risk_for) == (S.AT_RISK if reasons else S.LIVE, reasons)
    assert found.at_risk_since == (world.today if reasons else None)
    assert found.open
    kinds = {change.kind for change in world.entry.changes}
    assert kinds == ({"scheme", "scheme-status"} if reasons else {"scheme-status"})
    assert (world.entry.family, world.entry.role, world.entry.prison) == (Family.TICK, "SERVICE", PRISON)
    lines = len(world.store.entries)
    assert await look(world) == 0
    assert len(world.store.entries) == lines, "what is known already leaves no line"


async def test_it_is_live_again_once_it_lacks_nothing(world: World) -> None:
    """Mended in part it is at risk for the rest, since the first day; mended, it is live and nothing is left."""
    scheme = lacking(world, (R.SUPPORTERS_TOO_FEW, R.REVIEW_OVERDUE))
    await look(world)
    first = world.today
    world.clock.forward(days=2)
    world.supporter(scheme)
    await look(world)
    part = world.kept(scheme)
    assert (part.state, part.at_risk_for, part.at_risk_since) == (S.AT_RISK, (R.REVIEW_OVERDUE,), first)
    world.put(dataclasses.replace(part, review_on=world.today))
    await look(world)
    mended = world.kept(scheme)
    assert (mended.state, mended.at_risk_for, mended.at_risk_since) == (S.LIVE, (), None)


@pytest.mark.parametrize("state", [s for s in S if s not in (S.LIVE, S.AT_RISK)])
async def test_the_clock_moves_what_is_live_and_nothing_else(world: World, state: SchemeState) -> None:
    """A draft is not at risk, nor is what rests: it only keeps how each stands. A draft with its charter lacks nothing
    but a yes. Of what is over it keeps nothing: how a scheme stood at its end was kept when it closed."""
    scheme = lacking(world, tuple(R), state)
    await look(world)
    assert world.kept(scheme) == scheme
    if state is S.CLOSED:
        assert world.records(SchemeStatus) == []
        return
    (how,) = world.records(SchemeStatus)
    assert (how.state, bool(how.gaps)) == (state, state not in (S.DRAFT, S.CLOSED))


@pytest.mark.parametrize("standing", [s for s in Standing if s is not Standing.ACTIVE])
async def test_only_active_supporters_hold_the_floor(world: World, standing: Standing) -> None:
    """Two are needed, one is active, and another rests, is on probation, or has gone: below the floor."""
    scheme = ready(world, S.LIVE, supporters_needed=2, supporters_wanted=2)
    world.supporter(scheme)
    other = world.supporter(scheme, standing)
    await look(world)
    assert world.kept(scheme).at_risk_for == (R.SUPPORTERS_TOO_FEW,)
    world.put(dataclasses.replace(other, standing=Standing.ACTIVE))
    await look(world)
    assert world.kept(scheme).state is S.LIVE


async def test_a_lead_who_is_not_there_any_more_leaves_a_vacancy(world: World) -> None:
    """An assignment that ran out, or that nobody used for ninety days, leads nobody: nobody has to say so."""
    scheme = lacking(world, ())
    world.put(dataclasses.replace(scheme, review_on=world.today + timedelta(days=400)))
    for days, state in ((89, S.LIVE), (2, S.AT_RISK)):
        world.clock.forward(days=days)
        await look(world)
        assert world.kept(scheme).state is state
    assert world.kept(scheme).at_risk_for == (R.SUPERVISION_VACANT,)


@pytest.mark.parametrize(("people", "reasons"), [(4, ()), (5, (R.SUPERVISION_OVERDUE,))])
async def test_of_few_supporters_it_is_not_told_that_one_was_not_talked_with(
    world: World, people: int, reasons: tuple[AtRiskReason, ...]
) -> None:
    """Over five it is a fact of the scheme; of fewer it would be one of him (rule 17). What has ended is not late."""
    scheme = lacking(world, ())
    found = supervised(world, scheme, people, late=1)
    await look(world)
    assert world.kept(scheme).at_risk_for == reasons
    for each in found:
        world.put(dataclasses.replace(each, ended_on=world.today))
    await look(world)
    assert world.kept(scheme).state is S.LIVE


@pytest.mark.parametrize(("late", "state"), [(0, S.LIVE), (1, S.AT_RISK)])
async def test_two_cadences_are_tolerated(world: World, late: int, state: SchemeState) -> None:
    """The forty-second day after the last talk is in time, where there is to be one a fortnight; the next is not."""
    scheme = lacking(world, ())
    supervised(world, scheme, 5, late=late)
    await look(world)
    assert world.kept(scheme).state is state


async def test_each_prison_s_schemes_are_its_own(world: World) -> None:
    """One prison's supporters hold no other prison's floor, and each prison has its own line."""
    mine = lacking(world, ())
    other = ready(world, S.LIVE, prison="LEI", supervision_lead=led(world, prison="LEI").id)
    irish = ready(world, S.LIVE, jurisdiction="IE")
    assert await look(world) == 3
    assert [world.kept(s).state for s in (mine, other, irish)] == [S.LIVE, S.AT_RISK, S.AT_RISK]
    assert sorted(str(e.prison) for e in world.store.entries) == ["LEI", PRISON, PRISON]


def test_nobody_but_the_clock_puts_a_scheme_at_risk() -> None:
    """No verb that a person has leads there: AT_RISK is found, never typed."""
    assert [s for s in S if S.AT_RISK in SCHEME_MOVES[s]] == [S.LIVE]
    leading_on = {verb for verb, states in SCHEME_LIFE.moves.items() if S.LIVE in states}
    assert leading_on == {Verb.SUSPEND_SCHEME, Verb.CLOSE_SCHEME}


@given(
    supporters=st.lists(st.sampled_from([Standing.ACTIVE, Standing.PAUSED, Standing.PROBATION]), max_size=12),
    needed=st.integers(1, 9),
    days=st.integers(-3, 3),
    vacant=st.booleans(),
    late=st.booleans(),
)
@settings(max_examples=50, deadline=None)
async def test_how_a_scheme_stands_is_what_its_facts_say(
    supporters: list[Standing], needed: int, days: int, vacant: bool, late: bool
) -> None:
    """Whatever the facts: state, reasons, gaps, counts and review agree with each other, and the count that leaves the
    prison has gone through disclosure control."""
    world = World()
    plan: dict[str, Any] = {"supporters_needed": needed, "supporters_wanted": 9, "pilot_limit": 9}
    scheme = ready(world, S.LIVE, review_on=world.today + timedelta(days=days), **plan)
    if vacant:
        world.put(scheme := dataclasses.replace(scheme, supervision_lead=None))
    supervised(world, scheme, 5, late=int(late))
    for standing in supporters:
        world.supporter(scheme, standing)
    await look(world)
    (how,) = world.records(SchemeStatus)
    active = supporters.count(Standing.ACTIVE)
    kept = world.kept(scheme)
    assert (how.state, how.at_risk_for) == (kept.state, kept.at_risk_for)
    assert (how.state is S.AT_RISK) is bool(how.at_risk_for)
    lacks = (active < needed, vacant, days < 0, late, False)
    assert how.at_risk_for == tuple(r for r, is_so in zip(R, lacks, strict=True) if is_so)
    assert set(how.gaps) == {str(r) for r in how.at_risk_for} - {R.SUPERVISION_OVERDUE.value}
    assert (how.supporters_active, how.supporters_in_role) == (active, len(supporters))
    assert how.supporters_about == (0 if active == 0 else None if active < 8 else 10)
    assert (how.review_on, how.review_due) == (scheme.review_on, days <= 0)


async def test_what_is_over_costs_nothing_and_no_scheme_is_left_out(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many ended ones a prison has: none is looked at, and every other is, page by page."""
    monkeypatch.setattr(looking, "PAGE", 2)
    for _ in range(5):
        world.scheme(state=S.CLOSED)
    running = [lacking(world, (R.SUPERVISION_VACANT,)) for _ in range(5)]
    looked: list[Scheme] = []
    find = world.store.find

    async def listened(kind: Any, query: Any, look: Any) -> Any:
        found = await find(kind, query, look)
        looked.extend(r for r in found if isinstance(r, Scheme))
        return found

    monkeypatch.setattr(world.store, "find", listened)
    assert await look(world) == 5
    assert {s.id for s in looked} == {s.id for s in running}
    assert {s.scheme for s in world.records(SchemeStatus)} == {s.id for s in running}
    assert all(world.kept(s).state is S.AT_RISK for s in running)
    assert await look(world) == 0


@pytest.mark.parametrize(
    ("days", "told", "at_risk"),
    [
        (8, {}, True),
        (7, {}, False),
        (8, {"code": RefusalCode.DENIED_AS_PUNISHMENT}, True),
        (8, {"code": RefusalCode.NIGHT_STATE, "accounts": (Account.ASKED,)}, False),
        (8, {"accounts": (Account.ASKED,)}, True),
        (8, {"accounts": (Account.ASKED,), "verdict": ConductVerdict.IT_WAS_SO}, False),
        (8, {"review": Review.REVIEWED, "verdict": ConductVerdict.IT_WAS_SO}, False),
    ],
)
async def test_a_refusal_that_nobody_reviewed_puts_the_closed_schemes_at_risk(
    world: World, days: int, told: dict[str, Any], at_risk: bool
) -> None:
    """A claim or an improper code, from the eighth day on and until it is reviewed. What those concerned say decides
    nothing of it, or staff could read in the scheme that somebody spoke up (rule 6)."""
    scheme = lacking(world, (), kind="LISTENERS")
    world.put(refused(world, world.today - timedelta(days=days), **told))
    await look(world)
    assert world.kept(scheme).at_risk_for == ((R.REFUSAL_UNREVIEWED,) if at_risk else ())


async def test_a_refusal_puts_no_open_scheme_at_risk(world: World) -> None:
    """Nor one of another prison."""
    open_, elsewhere = lacking(world, ()), lacking(world, (), kind="LISTENERS", prison="LEI")
    world.put(refused(world, world.today - timedelta(days=8)))
    await look(world)
    assert world.kept(open_).at_risk_for == world.kept(elsewhere).at_risk_for == ()

"""A scheme's life, drawn: whoever does whatever in whatever order, what must be true of a scheme stays true."""

import asyncio
import dataclasses
from collections.abc import Coroutine
from datetime import timedelta
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from domain.confidentiality.roles import Role
from domain.confidentiality.verbs import Verb
from domain.kernel.errors import NotNow, Trouble
from domain.leaving import standing_down
from domain.life.status import SchemeStatus
from domain.life.watching_over import watch_over
from domain.oversight.record import Assignment
from domain.schemes import acts as schemes
from domain.schemes.record import SCHEME_LIFE, SCHEME_MOVES, SERVING, Scheme, SchemeState
from domain.supporters import acts as supporters
from domain.supporters.record import IN_ROLE, LeavingReason, Standing, Supporter, Verdict
from tests.domain.test_life import do, ready
from tests.domain.world import World

S = SchemeState
_BY_WHOM = st.none() | st.sampled_from([Role.COORDINATOR, Role.GOVERNOR, Role.SAFER_CUSTODY, Role.WING_OFFICER])
"""Whoever may (None), or anybody."""
_FORWARD = st.sampled_from([v for v in SCHEME_LIFE.moves if v is not Verb.CLOSE_SCHEME])
_LIVED = (S.LIVE, S.AT_RISK)


async def _refusal(what: Coroutine[Any, Any, Any]) -> Any:
    try:
        await what
    except Trouble as trouble:
        return trouble
    return None


class ALife(RuleBasedStateMachine):
    """One scheme whose pilot takes two at most and needs one, with everything that may happen to it."""

    def __init__(self) -> None:
        super().__init__()
        self.world = World()
        self.moves: list[tuple[SchemeState, SchemeState]] = []

    @initialize(state=st.sampled_from([S.DRAFT, S.APPROVED, S.PILOT, S.LIVE]))
    def begun(self, state: SchemeState) -> None:
        plan: dict[str, Any] = {"pilot_limit": 2, "supporters_wanted": 6, "pilot_days": 7}
        made = ready(self.world, state, **plan)
        self.id = made.id
        self.world.supporter(made)

    # --- what is there ---------------------------------------------------------------------------------------------

    @property
    def scheme(self) -> Scheme:
        (found,) = [s for s in self.world.records(Scheme) if s.id == self.id]
        return found

    def standing(self, *standings: Standing) -> list[Supporter]:
        return [s for s in self.world.records(Supporter) if s.standing in standings]

    def run(self, what: Coroutine[Any, Any, Any]) -> bool:
        """Whether it was done; a refusal changes nothing of the scheme or of anybody in it."""
        before = self.scheme, [s.standing for s in self.world.records(Supporter)]
        refused = asyncio.run(_refusal(what))
        if refused is None:
            self.moves.append((before[0].state, self.scheme.state))
            return True
        assert (self.scheme, [s.standing for s in self.world.records(Supporter)]) == before
        assert not isinstance(refused, NotNow) or refused.moves is not None, "what may be done instead is told"
        return False

    # --- what happens ----------------------------------------------------------------------------------------------

    @rule(verb=_FORWARD | _FORWARD | st.just(Verb.CLOSE_SCHEME), role=_BY_WHOM)
    def somebody_moves_it(self, verb: Verb, role: Role | None) -> None:
        was, people = self.scheme.state, [s.standing for s in self.world.records(Supporter)]
        if self.run(do(self.world, verb, self.scheme, role)):
            assert was in SCHEME_LIFE.moves[verb]
            assert [s.standing for s in self.world.records(Supporter)] == people, "no move costs anybody his standing"

    @rule()
    def somebody_applies_and_is_taken(self) -> None:
        applied = self.world.supporter(self.scheme, Standing.APPLIED, partner_verdict=Verdict.YES)
        self.world.suited(applied)
        by = self.world.viewer(Role.COORDINATOR)
        decide = self.world.change(by, Verb.DECIDE_APPLICATION, supporters.decide, applied, verdict=Verdict.YES)
        if not self.run(decide):
            self.world.put(dataclasses.replace(applied, standing=Standing.REJECTED))

    @precondition(lambda self: self.standing(Standing.ACCEPTED))
    @rule()
    def somebody_is_trained_and_becomes_active(self) -> None:
        trained = dataclasses.replace(
            self.world.supporter(self.scheme, Standing.PROBATION), id=self.standing(Standing.ACCEPTED)[0].id
        )
        (spare,) = [s for s in self.standing(Standing.PROBATION) if s.id != trained.id][-1:]
        self.world.drop(spare)
        self.world.put(trained)
        by = self.world.viewer(Role.COORDINATOR)
        assert self.run(self.world.change(by, Verb.ACTIVATE_SUPPORTER, supporters.activate, trained)), "he has a place"

    @precondition(lambda self: self.standing(Standing.ACTIVE))
    @rule(back=st.booleans())
    def somebody_rests_or_leaves(self, back: bool) -> None:
        by, one = self.world.viewer(Role.COORDINATOR), self.standing(Standing.ACTIVE)[0]
        if back:
            self.run(self.world.change(by, Verb.PAUSE_SUPPORTER, supporters.pause, one))
        else:
            leave: dict[str, Any] = {"reason": LeavingReason.OWN_WISH}
            self.run(self.world.change(by, Verb.STAND_DOWN_SUPPORTER, standing_down.stand_down, one, **leave))

    @precondition(lambda self: self.standing(Standing.PAUSED))
    @rule()
    def somebody_comes_back(self) -> None:
        by, one = self.world.viewer(Role.COORDINATOR), self.standing(Standing.PAUSED)[0]
        self.run(self.world.change(by, Verb.RESUME_SUPPORTER, supporters.resume, one))

    @rule(days=st.integers(-1, 60))
    def the_review_is_set(self, days: int) -> None:
        changes = {"review_on": self.world.today + timedelta(days=days)}
        by = self.world.viewer(Role.COORDINATOR)
        self.run(self.world.change(by, Verb.AMEND_SCHEME, schemes.amend, self.scheme, changes=changes))

    @rule(holds=st.booleans())
    def the_lead_leaves_or_is_there_again(self, holds: bool) -> None:
        (lead,) = [a for a in self.world.records(Assignment) if a.id == self.scheme.supervision_lead]
        until = self.world.today + timedelta(days=90)
        ended = None if holds else self.world.clock.now
        self.world.put(dataclasses.replace(lead, ended_at=ended, last_used_on=self.world.today, ends_on=until))

    @rule(days=st.integers(1, 10))
    def days_pass(self, days: int) -> None:
        self.world.clock.forward(days=days)

    @rule()
    def the_clock_looks(self) -> None:
        service = self.world.begin(self.world.viewer(Role.SERVICE), Verb.TICK)
        people = [s.standing for s in self.world.records(Supporter)]
        assert self.run(watch_over(service))
        assert [s.standing for s in self.world.records(Supporter)] == people
        (how,) = self.world.records(SchemeStatus)
        assert (how.state, how.at_risk_for) == (self.scheme.state, self.scheme.at_risk_for)
        if self.scheme.state in _LIVED:
            assert set(how.gaps) >= {str(r) for r in how.at_risk_for}
            assert (self.scheme.state is S.LIVE) is (not how.at_risk_for)

    # --- what stays true -------------------------------------------------------------------------------------------

    @invariant()
    def it_is_open_when_it_serves(self) -> None:
        assert self.scheme.open is (self.scheme.state in SERVING)

    @invariant()
    def at_risk_has_its_reasons_and_nothing_else_has(self) -> None:
        at_risk = self.scheme.state is S.AT_RISK
        assert bool(self.scheme.at_risk_for) is at_risk
        assert (self.scheme.at_risk_since is not None) is at_risk

    @invariant()
    def it_is_suspended_for_a_reason_until_a_day(self) -> None:
        suspended = self.scheme.state is S.SUSPENDED
        told = (self.scheme.suspended_for, self.scheme.suspended_at, self.scheme.suspension_review_on)
        assert suspended is (None not in told) or self.scheme.state is S.CLOSED

    @invariant()
    def a_pilot_is_no_larger_than_its_limit(self) -> None:
        if self.scheme.live_from is None:
            taken = self.standing(Standing.ACCEPTED, Standing.IN_TRAINING, *IN_ROLE)
            assert len(taken) <= self.scheme.pilot_limit

    @invariant()
    def it_is_live_only_after_a_pilot(self) -> None:
        opened, lived = self.scheme.opened_on, self.scheme.live_from
        assert lived is None or (opened is not None and lived >= opened + timedelta(days=self.scheme.pilot_days))
        assert lived is not None or self.scheme.state not in _LIVED

    @invariant()
    def every_move_was_in_the_table(self) -> None:
        """What goes on again is judged in the same act: from suspended by live to at risk."""
        for now, to in self.moves:
            by_live = S.LIVE in SCHEME_MOVES[now] and to in SCHEME_MOVES[S.LIVE]
            assert now is to or to in SCHEME_MOVES[now] or (by_live and now is S.SUSPENDED)

    @invariant()
    def what_has_closed_has_nobody_in_it(self) -> None:
        if self.scheme.state is S.CLOSED:
            assert (self.scheme.closed_on is not None, self.scheme.closed_for is not None) == (True, True)


ALife.TestCase.settings = settings(max_examples=100, stateful_step_count=40, deadline=None)
TestALife = ALife.TestCase
"""A hundred lives of forty steps."""

"""A rota on which supporters take, drop and swap, drawn: whoever wishes whatever in whatever order, what must be true
of a rota stays true."""

import asyncio
import dataclasses
from collections import Counter
from collections.abc import Coroutine
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from domain.care import roster, wishes
from domain.care.cover import CoverNeed
from domain.care.debriefs import Debrief
from domain.care.load import HARD, passed
from domain.care.roster import RosterEntry, RosterState, shift_of
from domain.care.wish import UNDECIDED, RotaWish, RotaWishKind, RotaWishState
from domain.confidentiality.roles import Role
from domain.confidentiality.verbs import Verb
from domain.kernel.errors import Trouble
from domain.kernel.ids import CoverNeedId
from domain.schemes.kinds import kind_of
from domain.schemes.registers.hours import WEEK
from domain.supporters.record import Supporter
from tests.domain.world import World

_MEN = st.integers(0, 2)
_DAYS = st.integers(0, 5)
_BANDS = st.integers(0, 9)
ZONE = "Europe/London"


async def _done(what: Coroutine[Any, Any, Any]) -> bool:
    try:
        await what
    except Trouble:
        return False
    return True


class ARota(RuleBasedStateMachine):
    """Three supporters of one scheme. In each band of each weekday one is needed."""

    def __init__(self) -> None:
        super().__init__()
        self.world = World()
        self.coordinator = self.world.viewer(Role.COORDINATOR)
        self.left: list[tuple[date, str]] = []

    @initialize(kind=st.sampled_from(["LISTENERS", "SHANNON_TRUST"]))
    def begun(self, kind: str) -> None:
        self.kind = kind_of(kind)
        self.scheme = self.world.scheme(kind)
        self.men = [self.world.supporter(self.scheme).id for _ in range(3)]
        place = {n: getattr(self.scheme, n) for n in ("scheme", "jurisdiction", "prison", "organisation")}
        for weekday in WEEK:
            for band in self.kind.bands:
                id = CoverNeedId(self.world.ids())
                self.world.put(CoverNeed(id=id, **place, weekday=weekday, band=band, supporters=1))

    # --- what is there ---------------------------------------------------------------------------------------------

    def man(self, number: int) -> Supporter:
        (found,) = [s for s in self.world.records(Supporter) if s.id == self.men[number]]
        return found

    def published(self) -> list[RosterEntry]:
        return [e for e in self.world.records(RosterEntry) if e.state is RosterState.PUBLISHED]

    def rostered(self) -> Counter[tuple[date, str]]:
        return Counter((e.day, e.band) for e in self.published())

    def when(self, day: int, band: int) -> dict[str, Any]:
        return {"day": self.world.today + timedelta(days=day), "band": self.kind.bands[band % len(self.kind.bands)]}

    def run(self, what: Coroutine[Any, Any, Any], *, by_supporter: bool = True) -> bool:
        """Whether it was done. What a supporter does leaves no band short that was not; of Listeners he takes nobody
        off at all."""
        before, entries = self.rostered(), {e.id for e in self.published()}
        done = asyncio.run(_done(what))
        if by_supporter:
            after = self.rostered()
            self.left += [when for when, count in before.items() if after[when] < min(1, count)]
            if self.kind.self_service.waits or not done:
                self.left += [(e.day, e.band) for e in self.world.records(RosterEntry) if e.id in entries - self.ids()]
        return done

    def ids(self) -> set[UUID]:
        return {e.id for e in self.published()}

    # --- what happens ----------------------------------------------------------------------------------------------

    @rule(man=_MEN, day=_DAYS, band=_BANDS)
    def the_coordinator_writes(self, man: int, day: int, band: int) -> None:
        begin = self.world.begin(self.coordinator, Verb.WRITE_ROSTER_ENTRY)
        given = {"supporter": self.men[man], **self.when(day, band)}
        self.run(roster.write(begin, self.scheme.id, **given), by_supporter=False)

    @rule(man=_MEN, day=_DAYS, band=_BANDS)
    def takes(self, man: int, day: int, band: int) -> None:
        self.wishes(man, RotaWishKind.TAKE, **self.when(day, band))

    @rule(man=_MEN, data=st.data())
    def drops(self, man: int, data: st.DataObject) -> None:
        mine = self.of(man)
        if mine:
            entry = data.draw(st.sampled_from(mine))
            self.wishes(man, RotaWishKind.DROP, day=entry.day, band=entry.band)

    @rule(man=_MEN, other=_MEN, back=st.booleans(), data=st.data())
    def swaps(self, man: int, other: int, back: bool, data: st.DataObject) -> None:
        mine, theirs = self.of(man), self.of(other)
        if mine:
            entry, given = data.draw(st.sampled_from(mine)), dict[str, Any]()
            if theirs and back:
                his = data.draw(st.sampled_from(theirs))
                given = {"for_day": his.day, "for_band": his.band}
            self.wishes(man, RotaWishKind.SWAP, day=entry.day, band=entry.band, other=self.men[other], **given)

    def of(self, man: int) -> list[RosterEntry]:
        return [e for e in self.published() if e.supporter == self.men[man]]

    def wishes(self, man: int, wish: RotaWishKind, **given: Any) -> None:
        begin = self.world.begin(self.world.supporting(self.man(man)), Verb.ASK_ROTA_WISH)
        self.run(wishes.ask(begin, self.men[man], wish=wish, **given))

    @rule(agrees=st.sampled_from([True, True, True, False]), data=st.data())
    def answers(self, agrees: bool, data: st.DataObject) -> None:
        waiting = [w for w in self.world.records(RotaWish) if w.asked_of_him and w.state is RotaWishState.ASKED]
        if waiting:
            wish = data.draw(st.sampled_from(waiting))
            who = self.world.supporting(self.man(self.men.index(wish.supporter)))
            self.run(self.world.change(who, Verb.ANSWER_ROTA_WISH, wishes.answer, wish, agrees=agrees))

    @rule(verb=st.sampled_from([Verb.DECIDE_ROTA_WISH, Verb.WITHDRAW_ROTA_WISH]), data=st.data())
    def ends(self, verb: Verb, data: st.DataObject) -> None:
        waiting = [w for w in self.world.records(RotaWish) if w.state in UNDECIDED]
        if waiting:
            wish = data.draw(st.sampled_from(waiting))
            if verb is Verb.DECIDE_ROTA_WISH:
                allowed = data.draw(st.sampled_from([True, True, False]))
                self.run(
                    self.world.change(self.coordinator, verb, wishes.decide, wish, allowed=allowed),
                    by_supporter=False,
                )
            else:
                who = self.world.supporting(self.man(self.men.index(wish.supporter)))
                self.run(self.world.change(who, verb, wishes.withdraw, wish))

    @rule(man=_MEN, away=st.booleans())
    def goes_or_comes(self, man: int, away: bool) -> None:
        day = self.world.today + timedelta(days=2)
        self.world.put(dataclasses.replace(self.man(man), away=(f"{day}/{day}",) if away else ()))

    @rule(hours=st.sampled_from([1, 9, 30]))
    def time_goes_on(self, hours: int) -> None:
        self.world.clock.forward(hours=hours)

    # --- what stays true -------------------------------------------------------------------------------------------

    @invariant()
    def nobody_is_left_short_by_a_supporter_s_word(self) -> None:
        assert self.left == []

    @invariant()
    def nobody_is_twice_in_a_band_or_beyond_a_limit(self) -> None:
        for man in self.men:
            his = [shift_of(e) for e in self.published() if e.supporter == man]
            assert len(his) == len(set(his))
            for shift in his:
                others = [s for s in his if s != shift]
                assert not HARD & set(passed(shift, others, self.kind.load, ZONE))

    @invariant()
    def both_sides_of_a_swap_stand_alike(self) -> None:
        sides = {w.id: w for w in self.world.records(RotaWish)}
        for wish in sides.values():
            if wish.side is not None:
                other = sides[wish.side]
                assert (other.side, other.state, other.other) == (wish.id, wish.state, wish.supporter)
                assert other.asked_of_him is not wish.asked_of_him

    @invariant()
    def care_follows_the_rota(self) -> None:
        """Whoever is on it has his talk to come, whoever went from it has none."""
        if self.kind.closed_policy:
            prompts = {d.entry for d in self.world.records(Debrief) if d.opens_at > self.world.clock.now}
            over = {d.entry for d in self.world.records(Debrief)} - prompts
            assert prompts <= self.ids() <= prompts | over


ARota.TestCase.settings = settings(max_examples=100, stateful_step_count=25, deadline=None)
TestARota = ARota.TestCase

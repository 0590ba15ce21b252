"""A rota that is proposed: within every gate, as few missing as can be, shared alike, and soon enough (F34)."""

import random
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.care.filling import Gap, Man, Proposal, filled
from domain.care.load import HARD, Shift, passed
from domain.kernel.bands import Band
from domain.schemes.kinds import kind_of

LIMITS = kind_of("LISTENERS").load
ZONE = "Europe/London"
FIRST = date(2026, 11, 30)
BANDS = (Band.LUNCH_LOCKUP, Band.ED, Band.NIGHT)


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


def man(number: int, *has: Shift, cannot: dict[Shift, tuple[str, ...]] | None = None, **more: Any) -> Man:
    given: dict[str, Any] = {"wing": "MDI-A", "languages": frozenset({"en"}), **more}
    return Man(UUID(int=number + 1, version=4), has=frozenset(has), cannot=cannot or {}, **given)


def proposed(men: list[Man], gaps: list[Gap], seconds: float = 5.0) -> Proposal:
    """What is proposed, having been held against the rota's own gates."""
    made = filled(men, gaps, LIMITS, ZONE, seconds=seconds)
    for each in men:
        new = [put.shift for put in made.puts if put.man == each.id]
        assert len(new) == len(set(new))
        assert not set(new) & (each.has | each.cannot.keys())
        for shift in new:
            others: Iterable[Shift] = (s for s in (*each.has, *new) if s != shift)
            assert not HARD & set(passed(shift, others, LIMITS, ZONE)), (each, shift)
    for shift in {put.shift for put in made.puts}:
        wanted = {gap.wing: gap.missing for gap in gaps if gap.shift == shift}
        most = max(wanted.get(None, 0), sum(n for wing, n in wanted.items() if wing is not None))
        assert sum(put.shift == shift for put in made.puts) <= most, "nobody is put where nobody is missing"
    for short in made.short:
        put = sum(p.shift == short.gap.shift and short.gap.wing in (None, p.wing) for p in made.puts)
        assert 0 < short.missing == short.gap.missing - put
    return made


SHIFTS = st.builds(Shift, st.integers(0, 8).map(day), st.sampled_from(BANDS))
MEN = st.lists(
    st.tuples(st.sets(SHIFTS, max_size=3), st.sets(SHIFTS, max_size=6), st.sampled_from(["MDI-A", "MDI-B"])),
    min_size=1,
    max_size=5,
)
GAPS = st.dictionaries(st.tuples(SHIFTS, st.sampled_from([None, "MDI-A"])), st.integers(1, 3), min_size=1, max_size=10)


@given(men=MEN, gaps=GAPS)
@settings(max_examples=40, deadline=None)
def test_whatever_is_proposed_might_have_been_written(
    men: list[tuple[set[Shift], set[Shift], str]], gaps: dict[tuple[Shift, str | None], int]
) -> None:
    """Whoever there is and whatever is wanted: nobody is twice in a band, where he cannot be had, or beyond a hard
    limit, be it by what he has or by what is proposed besides; and nobody where nobody is missing."""
    team = [
        man(n, *has, cannot=dict.fromkeys(cannot, ("AWAY",)), wing=wing) for n, (has, cannot, wing) in enumerate(men)
    ]
    proposed(team, [Gap(shift, wing, missing) for (shift, wing), missing in gaps.items()], seconds=1.0)


def test_as_few_are_missing_as_can_be() -> None:
    """One can come on the first night alone, the other on both: both nights are covered, and it says that none is
    better."""
    nights = [Shift(day(n), Band.NIGHT) for n in (0, 1)]
    team = [man(0, cannot={nights[1]: ("AWAY",)}), man(1)]
    made = proposed(team, [Gap(night, None, 1) for night in nights])
    assert [(put.man, put.shift) for put in made.puts] == [(team[0].id, nights[0]), (team[1].id, nights[1])]
    assert (made.short, made.best) == ((), True)


def test_what_stays_short_says_which_rules_keep_how_many_away() -> None:
    """One is at court, one has had his nights, one would have no rest: of each the rule, and of nobody a name."""
    morning = Shift(day(1), Band.LUNCH_LOCKUP)
    night = Shift(day(0), Band.NIGHT)
    tired = man(0, night)
    made = proposed([tired, man(1, cannot={morning: ("AWAY",)})], [Gap(morning, None, 2)])
    (short,) = made.short
    assert (short.missing, short.because) == (2, {"AWAY": 1, "LOAD_REST": 1})
    nights = [Shift(day(n), Band.NIGHT) for n in (0, 2, 4)]
    made = proposed([man(0, *nights[:2])], [Gap(nights[2], None, 1)])
    assert made.short[0].because == {"LOAD_NIGHTS": 1}


def test_nights_are_shared_and_the_pattern_is_kept() -> None:
    """Four nights of two men are two each; who is there by the pattern of the week is there; a wing has its own."""
    nights = [Shift(day(n), Band.NIGHT) for n in (0, 2, 7, 9)]
    team = [man(0), man(1, usual=frozenset({nights[0], nights[3]}))]
    made = proposed(team, [Gap(night, None, 1) for night in nights])
    assert Counter(put.man for put in made.puts) == {team[0].id: 2, team[1].id: 2}
    assert {put.shift for put in made.puts if put.man == team[1].id} == {nights[0], nights[3]}
    evening = Shift(day(0), Band.ED)
    own = man(2, wing="MDI-B")
    made = proposed([man(3), own], [Gap(evening, "MDI-B", 1)])
    assert [put.man for put in made.puts] == [own.id]


def test_two_languages_are_better_than_one() -> None:
    """Of three who might be there two are wanted: one of them speaks Welsh."""
    night = Shift(day(0), Band.NIGHT)
    welsh = man(2, languages=frozenset({"en", "cy"}))
    made = proposed([man(0), man(1), welsh], [Gap(night, None, 2)])
    assert welsh.id in {put.man for put in made.puts}


def test_four_weeks_of_twenty_four_listeners_in_twenty_seconds() -> None:
    """Three bands of twenty-eight days, two in each, a tenth of them away at any time: nobody is missing, no Listener
    has more than one night beyond another, and it is there within twenty seconds."""
    draw = random.Random(3)
    shifts = [Shift(day(n), band) for n in range(28) for band in BANDS]
    team = [man(n, wing=f"MDI-{'ABCD'[n % 4]}") for n in range(24)]
    team = [replace(each, cannot={s: ("AWAY",) for s in shifts if draw.random() < 0.1}) for each in team]
    since = time.monotonic()
    made = proposed(team, [Gap(shift, None, 2) for shift in shifts], seconds=10.0)
    assert time.monotonic() - since < 20
    assert made.short == ()
    nights = Counter(put.man for put in made.puts if put.shift.band is Band.NIGHT)
    assert max(nights.values()) - min(nights.get(each.id, 0) for each in team) <= 1

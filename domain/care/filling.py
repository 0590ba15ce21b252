"""A rota that is proposed: who might be there, so that no band is short where it need not be (F34). Worked out by
OR-Tools' CP-SAT, which is imported when a proposal is made: in the child process of a job, and nowhere else.

It never puts anybody where whoever writes the rota could not: who cannot be had, is wanted elsewhere, or passes a hard
limit. Among what is left it wants first that nobody is missing, then that nights and hours are shared alike, then what
the pattern of the week says, several languages in a band, and people on their own wing. It knows the rota as published
and what supporters are; it is told of no contact (rule 9).
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final, cast
from uuid import UUID

from domain.care.load import HARD, SEVEN, Shift, minutes, passed, tired
from domain.kernel.bands import Band
from domain.schemes.sheet import Load

SECONDS: Final = 10.0
"""How long it looks for a better one. What it has then is proposed."""
_NIGHT, _HOUR, _PATTERN, _WING, _LANGUAGE = 20, 2, 5, 3, 1
"""What one of each costs, or is worth, among proposals in which as few are missing. A policy value."""
_SEED: Final = 1


@dataclass(frozen=True, slots=True)
class Man:
    """A supporter as a proposal knows him. `has`: what he is rostered for; `cannot`: why not, for each band for which
    he cannot be had; `usual`: the bands that the pattern of the week has for him."""

    id: UUID
    wing: str
    languages: frozenset[str]
    has: frozenset[Shift]
    cannot: Mapping[Shift, tuple[str, ...]]
    usual: frozenset[Shift] = frozenset()


@dataclass(frozen=True, slots=True)
class Gap:
    """A band that is short of so many, on a wing or (None) in the whole prison."""

    shift: Shift
    wing: str | None
    missing: int


@dataclass(frozen=True, slots=True)
class Put:
    """One who is proposed."""

    man: UUID
    shift: Shift
    wing: str


@dataclass(frozen=True, slots=True)
class Short:
    """A gap that stays, and by how many. `because`: how many supporters each rule keeps from it."""

    gap: Gap
    missing: int
    because: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Proposal:
    """Who is proposed, what stays short, and whether none can be better (`best`): else time ran out."""

    puts: tuple[Put, ...]
    short: tuple[Short, ...]
    best: bool


Choice = tuple[UUID, Shift, str]


def filled(
    men: Sequence[Man], gaps: Sequence[Gap], limits: Load, zone: str, *, seconds: float = SECONDS, workers: int = 2
) -> Proposal:
    """Propose. What is proposed is within all limits, one band at a time each."""
    from ortools.sat.python import cp_model

    cp = cast(Any, cp_model)
    model = cp.CpModel()
    wanted = defaultdict[Shift, dict[str | None, int]](dict)
    for gap in gaps:
        if gap.missing:
            wanted[gap.shift][gap.wing] = gap.missing
    chosen: dict[Choice, Any] = {}
    for man in men:
        for shift, by_wing in wanted.items():
            if shift not in {*man.has, *man.cannot} and not HARD & set(passed(shift, man.has, limits, zone)):
                for wing in sorted({man.wing, *(w for w in by_wing if w is not None)}):
                    chosen[man.id, shift, wing] = model.new_bool_var("")
    there = defaultdict[tuple[UUID, Shift], list[Any]](list)
    for (id, shift, _), var in chosen.items():
        there[id, shift].append(var)
    for several in there.values():
        model.add(sum(several) <= 1)
    for man in men:
        _limited(model, man, {s: sum(v) for (id, s), v in there.items() if id == man.id}, limits, zone)
    missing_in_all: list[Any] = []
    for shift, by_wing in wanted.items():
        on = {wing: [v for (_, s, w), v in chosen.items() if s == shift and wing in (None, w)] for wing in by_wing}
        for wing, missing in by_wing.items():
            lacks = model.new_int_var(0, missing, "")
            model.add(sum(on[wing]) + lacks >= missing)
            missing_in_all.append(lacks)
        # Nobody is put where nobody is missing.
        in_all = by_wing.get(None, 0)
        model.add(
            sum(v for (_, s, _), v in chosen.items() if s == shift)
            <= max(in_all, sum(n for w, n in by_wing.items() if w is not None))
        )
    solver = cp.CpSolver()
    solver.parameters.max_time_in_seconds = seconds / 2
    solver.parameters.num_workers = workers
    solver.parameters.random_seed = _SEED
    model.minimize(sum(missing_in_all))
    first = solver.solve(model)
    if first not in (cp.OPTIMAL, cp.FEASIBLE):
        return Proposal((), _short(men, gaps, (), limits, zone), False)
    # As few are missing from now on; the rest of the time is for who it is.
    model.add(sum(missing_in_all) <= round(solver.objective_value))
    for var in chosen.values():
        model.add_hint(var, solver.value(var))
    found = [at for at, var in chosen.items() if solver.value(var)]
    own = {man.id: man for man in men}
    cost = _shared(model, men, there, zone)
    cost += [_WING * v for (id, _, wing), v in chosen.items() if wing != own[id].wing]
    cost += [-_PATTERN * sum(v) for (id, shift), v in there.items() if shift in own[id].usual]
    cost += _spoken(model, men, there)
    model.minimize(sum(cost))
    solver.parameters.max_time_in_seconds = seconds - solver.wall_time
    status = solver.solve(model)
    if status in (cp.OPTIMAL, cp.FEASIBLE):
        found = [at for at, var in chosen.items() if solver.value(var)]
    puts = tuple(Put(*at) for at in sorted(found, key=lambda at: (at[1].day, at[1].band, str(at[0]))))
    best = first == status == cp.OPTIMAL
    return Proposal(puts, _short(men, gaps, puts, limits, zone), best)


def _limited(model: Any, man: Man, on: Mapping[Shift, Any], limits: Load, zone: str) -> None:
    """No hard limit is passed by what he has and what is proposed to him."""
    for start in sorted({s.day - timedelta(days=n) for s in on for n in range(SEVEN)}):
        has, new = ([s for s in shifts if _in_week(s, start)] for shifts in (man.has, on))
        worked = sum(minutes(s, zone) for s in has)
        model.add(sum(minutes(s, zone) * on[s] for s in new) <= max(0, limits.hours_hard * 60 - worked))
        nights = sum(s.band is Band.NIGHT for s in has)
        of_new = [on[s] for s in new if s.band is Band.NIGHT]
        model.add(sum(of_new) <= max(0, limits.nights_in_seven - nights))
    for night in (s for s in on if s.band is Band.NIGHT):
        for later in (s for s in on if s != night and abs((s.day - night.day).days) <= SEVEN):
            if tired(night, later, limits, zone):
                model.add(on[night] + on[later] <= 1)


def _in_week(shift: Shift, start: date) -> bool:
    return start <= shift.day < start + timedelta(days=SEVEN)


def _shared(model: Any, men: Sequence[Man], there: Mapping[tuple[UUID, Shift], list[Any]], zone: str) -> list[Any]:
    """How far those who may be proposed at all are apart, in nights and in hours."""
    nights, hours = list[Any](), list[Any]()
    days = [shift.day for _, shift in there]
    for man in men:
        his = {shift: sum(v) for (id, shift), v in there.items() if id == man.id}
        if his:
            has = [s for s in man.has if min(days) <= s.day <= max(days)]
            fixed = sum(s.band is Band.NIGHT for s in has)
            nights.append(fixed + sum(v for s, v in his.items() if s.band is Band.NIGHT))
            worked = sum(minutes(s, zone) for s in has)
            hours.append(worked + sum(minutes(s, zone) * v for s, v in his.items()))
    cost = list[Any]()
    for of_each, one in ((nights, 1), (hours, 60)):
        if of_each:
            least, most, apart = (model.new_int_var(0, 100_000, "") for _ in range(3))
            for each in of_each:
                model.add(least <= each)
                model.add(each <= most)
            model.add(apart * one >= most - least)
            cost.append((_NIGHT if one == 1 else _HOUR) * apart)
    return cost


def _spoken(model: Any, men: Sequence[Man], there: Mapping[tuple[UUID, Shift], list[Any]]) -> list[Any]:
    """Each language that somebody in a band speaks is worth something, once."""
    speaks = defaultdict[tuple[Shift, str], list[Any]](list)
    languages = {man.id: man.languages for man in men}
    for (id, shift), several in there.items():
        for language in languages[id]:
            speaks[shift, language] += several
    cost = list[Any]()
    for several in speaks.values():
        heard = model.new_bool_var("")
        model.add(heard <= sum(several))
        cost.append(-_LANGUAGE * heard)
    return cost


def _short(men: Sequence[Man], gaps: Sequence[Gap], puts: Sequence[Put], limits: Load, zone: str) -> tuple[Short, ...]:
    """What stays short, with the rules that keep each of those away who are not there."""
    has = {man.id: man.has | {p.shift for p in puts if p.man == man.id} for man in men}
    found = list[Short]()
    for gap in gaps:
        lacks = gap.missing - sum(p.shift == gap.shift and gap.wing in (None, p.wing) for p in puts)
        if lacks > 0:
            because = Counter[str]()
            for man in men:
                if gap.shift not in has[man.id]:
                    over = (c.value for c in passed(gap.shift, has[man.id], limits, zone) if c in HARD)
                    because.update(man.cannot.get(gap.shift) or over)
            found.append(Short(gap, lacks, dict(sorted(because.items()))))
    return tuple(found)

"""The report of an evaluation: method, flow, change with its interval, drop-out, dose, requests, harms, cost, and what
has to be said beside them (S30; domain facts 5.5 and 14). Every count passes disclosure control, and no mean is told of
fewer than ten; what is reckoned is reckoned from numbers as they are told, so that no number of people can be worked
out of an interval. What people answered is counted by whole months, and there is one report of a month
(`domain.evaluation.reporting`).

Sections are plain values, in an order to be read in. A figure that cannot be told is null.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from domain.evaluation import figures, series
from domain.evaluation.before import Parts, Section, packed
from domain.evaluation.change import (
    ADVISED,
    FEWEST_FOR_MEAN,
    FEWEST_FOR_SHARE,
    FEWEST_FOR_STANDARDISED,
)
from domain.evaluation.design import (
    ALWAYS,
    OF_DESIGN,
    OF_PEOPLE,
    SAYS,
    Caveat,
    ComparisonDesign,
    claims_effect,
)
from domain.evaluation.facts import Asked, Facts, Lost, Pair, Sample
from domain.evaluation.instruments import NEWEST
from domain.evaluation.letting import CURVE_DAYS, Let, all_told, analysed, groups
from domain.evaluation.measurement import MeasuringPoint
from domain.evaluation.plan import CollectedBy, Evaluation, MissingAs
from domain.kernel.counts import released
from domain.kernel.intervals import rate
from domain.schemes.measures import MEASURES
from domain.turnover.survival import Reckoned, usual

MANY_LOST: Final = 0.2
"""A greater share of those measured before who were not measured after is said."""
_P: Final = MeasuringPoint


@dataclass(frozen=True, slots=True)
class Made:
    """A report without its method, as it stands; and what a later one has to know of it, sealed."""

    told: Section
    kept: dict[str, Any]


def report(of: Facts) -> Section:
    """The report, without its plots."""
    return whole(of.plan, of.today, of.counted_until, made(of).told)


def whole(plan: Evaluation, made_on: date, until: date, told: Section) -> Section:
    """A report with its method: the words of a plan, to which its conclusion may have come since. Raises `ValueError`
    where it speaks of an effect that nothing was compared for."""
    found = {"method": _method(plan, made_on, until), **told}
    if any(claims_effect(plan.design, text) for text in _texts(found)):
        raise ValueError("a report of what nobody was compared with speaks of an effect")
    return found


def made(of: Facts) -> Made:
    """What is told of these facts, and what has to be kept of it."""
    plan = of.plan
    people = plan.design in OF_PEOPLE
    sample = Sample(of, plan.outcome)
    pairs = analysed(of, sample)
    let, numbers = all_told(of, sample, pairs)
    parts = Parts(of.before, of.counted_until)
    change = figures.changes(of, NEWEST[plan.outcome], pairs, parts, let, ("change",)) if people else None
    told: Section = {
        "tooEarlyToJudge": of.today < plan.runs_until,
        "flow": _flow(let) if people else None,
        "notMeasuredAfter": _lost(let) if people else None,
        "points": figures.points(sample, parts, let) if people else [],
        "change": change,
        "further": [figures.further(of, code, parts, let) for code in plan.further],
        "leavers": figures.leavers(of, sample, parts, let) if people else None,
        "dose": figures.dose(pairs, parts, let) if people else None,
        "series": None if people else _series(of, let),
        "requests": [_asked(each) for each in of.asked],
        "supportersStaying": _staying(of, let),
        "cover": _cover(of, let),
        "themes": _themes(of, let),
        "harms": _harms(of, let),
        "used": {kind.value: of.used[kind] for kind in sorted(of.used)},
        "collected": _collected(let),
    }
    found = caveats(of, pairs, parts, let)
    told["caveats"] = [{"code": caveat.value, "says": SAYS[caveat]} for caveat in found]
    return Made(told, packed(numbers, parts.now))


def caveats(of: Facts, pairs: Sequence[Pair], parts: Parts, let: Let) -> list[Caveat]:
    """What has to be said, by rule, in the order in which it is printed."""
    plan, c = of.plan, Caveat
    by_rule: list[tuple[Caveat, bool]] = [
        *((caveat, True) for caveat in OF_DESIGN[plan.design]),
        (c.NOT_RUN_LONG_ENOUGH, of.today < plan.runs_until),
        (c.BEFORE_ITS_DAY, of.today < plan.analysis_on),
        *((caveat, of.today >= plan.starts_on) for caveat in _of_series(of, let)),
    ]
    if plan.design in OF_PEOPLE:
        n = min((_people(name, group, parts) for name, group in groups(plan.design, pairs).items()), default=0)
        by_rule += [
            (c.TOO_FEW_FOR_MEAN, n < FEWEST_FOR_MEAN),
            (c.TOO_FEW_FOR_STANDARDISED, FEWEST_FOR_MEAN <= n < FEWEST_FOR_STANDARDISED),
            (c.FEWER_THAN_ADVISED, FEWEST_FOR_STANDARDISED <= n < ADVISED),
            # As it is told: how many were wanted is known, and by one more or less nobody shall be found.
            (c.FEWER_THAN_PLANNED, (let["flow", "ANALYSED"] or 0) < plan.wanted),
            (c.MEANS_STAND, any(part.until < parts.until for part in parts.now.values())),
            # By what is told: one more or less who was lost shall turn no sentence.
            (c.MANY_LOST, _many_lost(let)),
            (c.LEAVERS_DIFFERED, figures.differed(of, parts)),
            (c.HELPED_TO_ANSWER, any(t.helped for t in of.taken)),
            (c.BASELINE_LATE, any(t.late for t in of.taken)),
            (c.CARRIED_FORWARD, plan.missing_as is MissingAs.AS_BEFORE),
            (c.SCHEME_COLLECTED, plan.collected_by is CollectedBy.SCHEME),
        ]
    by_rule += [(c.COST_UNKNOWN, not of.used), (c.HARMS_NOT_COUNTED, plan.harms is None)]
    return [caveat for caveat, holds in by_rule if holds] + list(ALWAYS)


def _many_lost(let: Let) -> bool:
    """Where both numbers are told. What was lost to those not due yet is nobody's loss."""
    first, gone = let["flow", _P.BASELINE.value], let["gone",]
    return first is not None and gone is not None and gone > MANY_LOST * first


def _people(name: str, group: Sequence[Pair], parts: Parts) -> int:
    part = parts.now.get(f"change/{name}")
    return len(group) if part is None else part.people


def _method(plan: Evaluation, made_on: date, until: date) -> Section:
    people = plan.design in OF_PEOPLE
    title = NEWEST[plan.outcome].title if people else MEASURES[plan.outcome].title
    return {
        "title": plan.title,
        "question": plan.question,
        "design": plan.design,
        "outcome": plan.outcome,
        "outcomeTitle": title,
        "instrumentVersion": NEWEST[plan.outcome].version if people else None,
        "registeredOn": _day(plan.registered_on),
        "startsOn": _day(plan.starts_on),
        "analysisOn": _day(plan.analysis_on),
        "runningWeeks": plan.running_weeks,
        "asOf": _day(made_on),
        "countedUntil": _day(until),
        "wanted": plan.wanted,
        "missingAs": plan.missing_as,
        "collectedBy": plan.collected_by,
        "consentVersion": plan.consent_version,
        "conclusion": plan.conclusion,
    }


def _flow(let: Let) -> list[Section]:
    steps = ("APPROACHED", "CONSENTED", *(point.value for point in _P), "ANALYSED")
    return [{"step": step, "people": let["flow", step]} for step in steps]


def _lost(let: Let) -> Section:
    return {word: let["lost", word] for word in (*sorted(why.value for why in Lost), "total")}


def _made_series(of: Facts, let: Let) -> tuple[list[int], series.Interrupted | None]:
    """The months that are told, and the line through what is told of them: it tells nothing of the others."""
    told = [(m.year * 12 + m.month, n) for m, _ in sorted(of.series) if (n := let["series", m]) is not None]
    months = [month for month, _ in told]
    return months, series.interrupted(months, [float(n) for _, n in told], _month(of.plan.starts_on))


def _month(day: date) -> int:
    return day.year * 12 + day.month


def _series(of: Facts, let: Let) -> Section:
    """The measure month by month: what may be told of each, and the line through them."""
    months, line = _made_series(of, let)
    fitted = {} if line is None else dict(zip(months, line.fitted, strict=True))
    points: list[Section] = []
    for month, _ in sorted(of.series):
        on = fitted.get(_month(month))
        at = None if on is None else figures.tenth(on)
        points.append({"month": f"{month:%Y-%m}", "value": let["series", month], "fitted": at})
    told: Section = {"unit": MEASURES[of.plan.outcome].unit, "began": f"{of.plan.starts_on:%Y-%m}", "months": points}
    if line is None:
        return told | {"level": None, "slope": None}
    return told | {
        "level": figures.mean_of(line.level_changed.by, line.level_changed.interval),
        "slope": figures.mean_of(line.slope_changed.by, line.slope_changed.interval),
    }


def _of_series(of: Facts, let: Let) -> Iterator[Caveat]:
    if of.plan.design is not ComparisonDesign.BEFORE_AFTER_SERIES:
        return
    months, line = _made_series(of, let)
    before = sum(month < _month(of.plan.starts_on) for month in months)
    if min(before, len(months) - before) < series.ADVISED_A_SIDE:
        yield Caveat.SHORT_SERIES
    if line is not None and line.durbin_watson is not None and line.durbin_watson < series.ALIKE:
        yield Caveat.MONTHS_ALIKE


def _asked(of: Asked) -> Section:
    told = {"day": of.day, "night": of.night, "unmet": of.unmet, "median": of.median, "nineInTen": of.nine_in_ten}
    return {"month": f"{of.month:%Y-%m}", **told}


def _staying(of: Facts, let: Let) -> list[Section]:
    """How long supporters stay: the curve of the scheme's own past, where enough have left to have one."""
    made = usual(of.stays)
    if made.basis is not Reckoned.OWN_PAST:
        return []
    found: list[Section] = []
    for day in CURVE_DAYS:
        if not (there := let["staying", day]):
            break
        chance = made.staying(0, day)
        share = {
            "low": figures.hundredth(chance.low),
            "share": figures.hundredth(chance.likely),
            "high": figures.hundredth(chance.high),
        }
        found.append({"day": day, "observed": there, **share})
    return found


def _cover(of: Facts, let: Let) -> list[Section]:
    """Of each band of a weekday: on what share of the days that needed somebody everybody was there."""
    found: list[Section] = []
    for when, days in of.cover.items():
        weekday, band = when
        needed, there = let["needed", *when], let["covered", *when]
        told, share = {"needed": needed, "covered": there}, None
        if needed is not None and there is not None and released(days.needed - days.covered) is not None:
            share = round(100 * min(there, needed) / needed) if days.needed >= FEWEST_FOR_SHARE else None
        found.append({"weekday": weekday.value, "band": band.value, **told, "perCent": share})
    return found


def _themes(of: Facts, let: Let) -> Section | None:
    """How many said something of the scheme, and what about. Words are in no report."""
    if of.heard is None:
        return None
    themes = {theme.value: let["theme", theme] for theme in sorted(of.heard.themes)}
    return {"given": let["given",], "themes": themes}


def _harms(of: Facts, let: Let) -> Section:
    """How many came to harm, and how many in a thousand prisoner-days."""
    plan = of.plan
    told: Section = {"people": let.get(("harms",)), "rate": None}
    if plan.prisoner_days and told["people"] is not None:
        value, *ends = rate(told["people"], plan.prisoner_days, 1_000)
        low, high = (round(end, 3) for end in ends)
        told["rate"] = {"perThousandDays": round(value, 3), "low": low, "high": high}
    return told


def _collected(let: Let) -> Section:
    """How the answers came to be."""
    modes = {f"{where[1]}": n for where, n in let.items() if where[0] == "modes" and where[1] != "total"}
    told = {mode: modes[mode] for mode in sorted(modes)} | {"total": let["modes", "total"]}
    return {"modes": told, "lateBaselines": let["late",], "unscored": let["unscored",]}


def _day(day: date | None) -> str | None:
    return None if day is None else f"{day}"


def _texts(told: Any) -> Iterator[str]:
    if isinstance(told, str):
        yield told
    elif isinstance(told, Mapping):
        for name, each in told.items():  # pyright: ignore[reportUnknownVariableType]
            yield from (f"{name}", *_texts(each))
    elif isinstance(told, (list, tuple)):
        for each in told:  # pyright: ignore[reportUnknownVariableType]
            yield from _texts(each)

"""The report of an evaluation: method, flow, change with its interval, drop-out, dose, waits, harms, cost, and what has
to be said beside them (S30; domain facts 5.5 and 14). Every count passes disclosure control, and no mean is told of
fewer than ten; means and intervals are rounded to a tenth of a point, so that no number of people can be worked out of
them. What people answered is counted by whole months, so that two reports of one week cannot be told apart by one man.

Sections are plain values, in an order to be read in. A figure that cannot be told is null.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from domain.evaluation import figures, series
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
from domain.evaluation.facts import Facts, Lost, Pair, Sample
from domain.evaluation.figures import Section
from domain.evaluation.instruments import NEWEST
from domain.evaluation.intervals import per_thousand_days
from domain.evaluation.letting import CURVE_DAYS, Let, all_told, analysed, groups
from domain.evaluation.measurement import MeasuringPoint
from domain.evaluation.plan import CollectedBy, MissingAs
from domain.evaluation.waits import waits
from domain.kernel.counts import released
from domain.schemes.measures import MEASURES
from domain.sessions.tally import DayOrNight
from domain.turnover.survival import Reckoned, usual

MANY_LOST: Final = 0.2
"""A greater share of those measured before who were not measured after is said."""
_P: Final = MeasuringPoint


def report(of: Facts) -> Section:
    """The report, without its plots."""
    plan = of.plan
    people = plan.design in OF_PEOPLE
    sample = Sample(of, plan.outcome)
    pairs = analysed(of, sample)
    told_of = all_told(of, sample, pairs)
    told: Section = {
        "method": _method(of),
        "tooEarlyToJudge": of.today < plan.runs_until,
        "flow": _flow(told_of) if people else None,
        "notMeasuredAfter": _lost(told_of) if people else None,
        "points": figures.points(sample, told_of) if people else [],
        "change": (figures.changes(plan.design, NEWEST[plan.outcome], pairs, told_of, ("change",)) if people else None),
        "further": [figures.further(of, code, told_of) for code in plan.further],
        "leavers": figures.leavers(sample, told_of) if people else None,
        "dose": figures.dose(pairs, told_of) if people else None,
        "series": None if people else _series(of, told_of),
        "waits": [_waits(of, part, told_of) for part in sorted(of.waited)],
        "supportersStaying": _staying(of, told_of),
        "cover": _cover(of, told_of),
        "themes": _themes(of, told_of),
        "harms": _harms(of, told_of),
        "used": {kind.value: of.used[kind] for kind in sorted(of.used)},
        "collected": _collected(told_of),
    }
    told["caveats"] = [{"code": c.value, "says": SAYS[c]} for c in caveats(of, sample, pairs)]
    if any(claims_effect(plan.design, text) for text in _texts(told)):
        raise ValueError("a report of what nobody was compared with speaks of an effect")
    return told


def caveats(of: Facts, sample: Sample, pairs: Sequence[Pair]) -> list[Caveat]:
    """What has to be said, by rule, in the order in which it is printed."""
    plan, c = of.plan, Caveat
    first = len(sample.scores(_P.BASELINE))
    left = [why for why in sample.left().values() if why is not Lost.NOT_DUE_YET]
    n = min((len(group) for group in groups(plan.design, pairs).values()), default=0)
    by_rule: list[tuple[Caveat, bool]] = [
        *((caveat, True) for caveat in OF_DESIGN[plan.design]),
        (c.NOT_RUN_LONG_ENOUGH, of.today < plan.runs_until),
        (c.BEFORE_ITS_DAY, of.today < plan.analysis_on),
        *((caveat, of.today >= plan.starts_on) for caveat in _of_series(of)),
    ]
    if plan.design in OF_PEOPLE:
        by_rule += [
            (c.TOO_FEW_FOR_MEAN, n < FEWEST_FOR_MEAN),
            (c.TOO_FEW_FOR_STANDARDISED, FEWEST_FOR_MEAN <= n < FEWEST_FOR_STANDARDISED),
            (c.FEWER_THAN_ADVISED, FEWEST_FOR_STANDARDISED <= n < ADVISED),
            (c.FEWER_THAN_PLANNED, len(pairs) < plan.wanted),
            (c.MANY_LOST, first > 0 and len(left) > MANY_LOST * first),
            (c.LEAVERS_DIFFERED, figures.differed(sample)),
            (c.HELPED_TO_ANSWER, any(t.helped for t in of.taken)),
            (c.BASELINE_LATE, any(t.late for t in of.taken)),
            (c.CARRIED_FORWARD, plan.missing_as is MissingAs.AS_BEFORE),
            (c.SCHEME_COLLECTED, plan.collected_by is CollectedBy.SCHEME),
        ]
    by_rule += [(c.COST_UNKNOWN, not of.used), (c.HARMS_NOT_COUNTED, plan.harms is None)]
    return [caveat for caveat, holds in by_rule if holds] + list(ALWAYS)


def _method(of: Facts) -> Section:
    plan = of.plan
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
        "asOf": _day(of.today),
        "countedUntil": _day(of.counted_until),
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


def _made_series(of: Facts) -> tuple[list[int], list[float], series.Interrupted | None]:
    months = [(m.year * 12 + m.month, float(v)) for m, v in sorted(of.series)]
    began = of.plan.starts_on.year * 12 + of.plan.starts_on.month
    numbers, values = [m for m, _ in months], [v for _, v in months]
    return numbers, values, series.interrupted(numbers, values, began)


def _series(of: Facts, let: Let) -> Section:
    """The measure month by month: what may be told of each, and the line through them."""
    _, _, made = _made_series(of)
    points: list[Section] = []
    for place, (month, _) in enumerate(sorted(of.series)):
        fitted = None if made is None else figures.tenth(made.fitted[place])
        points.append({"month": f"{month:%Y-%m}", "value": let["series", month], "fitted": fitted})
    told: Section = {"unit": MEASURES[of.plan.outcome].unit, "began": f"{of.plan.starts_on:%Y-%m}", "months": points}
    if made is None:
        return told | {"level": None, "slope": None}
    return told | {
        "level": figures.mean_of(made.level_changed.by, made.level_changed.interval),
        "slope": figures.mean_of(made.slope_changed.by, made.slope_changed.interval),
    }


def _of_series(of: Facts) -> Iterator[Caveat]:
    if of.plan.design is not ComparisonDesign.BEFORE_AFTER_SERIES:
        return
    numbers, _, made = _made_series(of)
    began = of.plan.starts_on.year * 12 + of.plan.starts_on.month
    before = sum(n < began for n in numbers)
    if min(before, len(numbers) - before) < series.ADVISED_A_SIDE:
        yield Caveat.SHORT_SERIES
    if made is not None and made.durbin_watson is not None and made.durbin_watson < series.ALIKE:
        yield Caveat.MONTHS_ALIKE


def _waits(of: Facts, part: DayOrNight, let: Let) -> Section:
    made = waits(of.waited[part].met, of.waited[part].unmet)
    told = {"requests": let["requests", part], "unmet": let["unmet", part]}
    enough = made.n >= FEWEST_FOR_MEAN and None not in told.values()
    return {"part": part, **told, "median": made.median if enough else None, "p90": made.p90 if enough else None}


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
        told = {"needed": let["needed", when], "covered": let["covered", when]}
        clear = None not in (*told.values(), released(days.needed - days.covered))
        share = round(100 * days.covered / days.needed) if clear and days.needed >= FEWEST_FOR_SHARE else None
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
    if plan.harms is not None and plan.prisoner_days and told["people"] is not None:
        made = per_thousand_days(plan.harms, plan.prisoner_days)
        low, high = made.interval.low, made.interval.high
        told["rate"] = {"perThousandDays": round(made.value, 3), "low": round(low, 3), "high": round(high, 3)}
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

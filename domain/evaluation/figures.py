"""The figures of a report that are of people: how they scored, how they changed, who was lost, how much of the scheme
they had. Counts as they may leave; means of ten and more, to a tenth of a point."""

from collections.abc import Sequence
from statistics import fmean, median
from typing import Any

from domain.evaluation.change import (
    FEWEST_FOR_MEAN,
    FEWEST_FOR_SHARE,
    FEWEST_FOR_STANDARDISED,
    difference,
    slope,
    spread,
    standardised,
)
from domain.evaluation.design import ComparisonDesign
from domain.evaluation.facts import Facts, Lost, Pair, Sample
from domain.evaluation.instruments import NEWEST, Instrument
from domain.evaluation.intervals import Interval, of_share
from domain.evaluation.letting import Let, analysed, groups, reliably
from domain.evaluation.measurement import MeasuringPoint
from domain.kernel.counts import released
from domain.oversight.control import Lay

Section = dict[str, Any]
_P = MeasuringPoint


def points(sample: Sample, let: Let) -> list[Section]:
    """The mean at each point of an evaluation."""
    found: list[Section] = []
    for point in _P:
        scores = sample.scores(point)
        mean = spread(scores) if len(scores) >= FEWEST_FOR_MEAN else None
        told = {"mean": None, "low": None, "high": None} if mean is None else mean_of(mean.mean, mean.interval)
        found.append({"point": point.value, "people": let["flow", point.value], **told})
    return found


def changes(design: ComparisonDesign, by: Instrument, pairs: Sequence[Pair], let: Let, where: Lay) -> Section:
    """The change of each group and, where two are compared, the difference between them."""
    each = groups(design, pairs)
    told: Section = {name: _change(by, group, let, (*where, name)) for name, group in each.items()}
    if "compared" in each:
        one, other = each["scheme"], each["compared"]
        enough = min(len(one), len(other)) >= FEWEST_FOR_MEAN
        made = difference(spread([p.change for p in one]), spread([p.change for p in other])) if enough else None
        told["difference"] = None if made is None else mean_of(made.mean, made.interval)
    return told


def _change(by: Instrument, pairs: Sequence[Pair], let: Let, where: Lay) -> Section:
    """Of one group: counts of all three always, a mean from ten people on, a standardised one from twenty."""
    n, changes = len(pairs), [p.change for p in pairs]
    told: Section = {"people": let[where], "mean": None, "low": None, "high": None, "sd": None}
    told |= {"before": None, "after": None, "standardised": None, "reliable": None}
    if by.reliable is not None:
        told["reliable"] = _reliable(by, changes, let, where)
    if n < FEWEST_FOR_MEAN:
        return told
    made = spread(changes)
    before, after = spread([p.before for p in pairs]), spread([p.after for p in pairs])
    told |= {**mean_of(made.mean, made.interval), "sd": tenth(made.sd)}
    told |= {"before": tenth(before.mean), "after": tenth(after.mean)}
    if n >= FEWEST_FOR_STANDARDISED and (of := standardised(made, before, after)) is not None:
        told["standardised"] = {
            "dZ": hundredth(of.d_z),
            "dAv": None if of.d_av is None else hundredth(of.d_av),
            "g": hundredth(of.g),
        }
    return told


def _reliable(by: Instrument, changes: Sequence[float], let: Let, where: Lay) -> Section:
    told: Section = {word: let.get((*where, word)) for word in ("improved", "neither", "deteriorated")}
    shares: Section | None = None
    if len(changes) >= FEWEST_FOR_SHARE and None not in told.values():
        shares = {f"{word}": share_of(n, len(changes)) for word, n in reliably(by, changes).items()}
    return {"from": by.reliable, **told, "shares": shares}


def further(of: Facts, code: str, let: Let) -> Section:
    """What else people were measured with, which answers no question."""
    made = changes(of.plan.design, NEWEST[code], analysed(of, Sample(of, code)), let, ("further", code))
    return {"instrument": code, "title": NEWEST[code].title, **made}


def _two(sample: Sample) -> tuple[list[float], list[float]]:
    """The first scores of those who were measured after, and of those who were lost."""
    left = {who for who, why in sample.left().items() if why is not Lost.NOT_DUE_YET}
    first = {who: t.value for who, t in sample.at[_P.BASELINE].items() if t.value is not None}
    ends = {who for who, t in sample.at[_P.END].items() if t.value is not None}
    return [v for who, v in first.items() if who in ends], [v for who, v in first.items() if who in left]


def leavers(sample: Sample, let: Let) -> Section:
    """Whether those who were lost were others to begin with."""
    stayed, left = _two(sample)
    told: Section = {}
    for name, scores in (("stayed", stayed), ("left", left)):
        enough = len(scores) >= FEWEST_FOR_MEAN
        told[name] = {"people": let[name,], "before": tenth(fmean(scores)) if enough else None}
    return told


def differed(sample: Sample) -> bool:
    """Whether the two began apart by more than chance makes."""
    stayed, left = _two(sample)
    if min(len(stayed), len(left)) < FEWEST_FOR_MEAN:
        return False
    within = difference(spread(stayed), spread(left)).interval
    return within.low > 0 or within.high < 0


def dose(pairs: Sequence[Pair], let: Let) -> Section:
    """How much of the scheme those had who were analysed, and whether more of it went with more change."""
    there = [(p.man, p.change) for p in pairs if p.man is not None and not p.compared]
    told: Section = dict.fromkeys(("sessions", "minutes", "delivered", "changeASession"))
    told["people"] = let["dose",]
    if len(there) >= FEWEST_FOR_MEAN:
        men = [man for man, _ in there]
        told |= {"sessions": round(median(m.delivered for m in men)), "minutes": round(median(m.minutes for m in men))}
        planned, delivered = sum(m.planned for m in men), sum(m.delivered for m in men)
        if planned >= FEWEST_FOR_SHARE and None not in (released(delivered), released(planned - delivered)):
            told["delivered"] = share_of(delivered, planned)
        found = slope([float(m.delivered) for m in men], [change for _, change in there])
        if found is not None:
            by, within = found
            told["changeASession"] = {
                "by": hundredth(by),
                "low": hundredth(within.low),
                "high": hundredth(within.high),
            }
    return told


def mean_of(mean: float, within: Interval) -> Section:
    """A mean and the ends of its interval."""
    return {"mean": tenth(mean), "low": tenth(within.low), "high": tenth(within.high)}


def share_of(of: int, total: int) -> Section:
    """A share in per cent and the ends of its interval."""
    within = of_share(of, total)
    return {
        "perCent": round(100 * of / total),
        "low": round(100 * within.low),
        "high": round(100 * within.high),
    }


def tenth(value: float) -> float:
    """To a tenth; never minus nought."""
    return round(value, 1) + 0.0


def hundredth(value: float) -> float:
    """To a hundredth; never minus nought."""
    return round(value, 2) + 0.0

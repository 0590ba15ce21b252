"""The figures of a report that are of people: how they scored, how they changed, who was lost, how much of the scheme
they had.

Whatever is told beside a count is reckoned from the count as it was told, and from means and deviations as they are
told: an interval of the true number would tell that number, for how wide it is depends on it. Of a number that could be
several the least is taken, so that no interval is too narrow. Each mean stands until ten more people are in it
(`domain.evaluation.before`).
"""

from collections.abc import Mapping, Sequence
from statistics import median

from domain.evaluation.before import Parts, Rounded, Section, key_of
from domain.evaluation.change import (
    FEWEST_FOR_MEAN,
    FEWEST_FOR_SHARE,
    FEWEST_FOR_STANDARDISED,
    Spread,
    difference,
    slope,
    spread,
    standardised,
)
from domain.evaluation.design import WITH_OTHERS, ComparisonDesign
from domain.evaluation.facts import Facts, Lost, Man, Pair, Sample
from domain.evaluation.instruments import NEWEST, Instrument
from domain.evaluation.letting import BESIDE, WORDS, Let, analysed, groups
from domain.evaluation.measurement import MeasuringPoint
from domain.evaluation.plan import MissingAs
from domain.kernel.counts import bounds, released
from domain.kernel.intervals import Interval, wilson
from domain.oversight.control import Lay

_P = MeasuringPoint
_NO_MEAN: Section = {"mean": None, "low": None, "high": None}


def points(sample: Sample, parts: Parts, let: Let) -> list[Section]:
    """The mean at each point: before and after, of those of the scheme who are analysed; at the others, of those who
    were measured then."""
    found: list[Section] = []
    change = parts.now.get("change/scheme")
    for point in _P:
        where: Lay = ("point", point.value)
        if point in BESIDE:
            scores = sample.scores(point, compared=False)
            part = parts.of(key_of(where), len(scores), lambda of=scores, at=where: _mean(of, let, at))
            people = let[where] if part is None else part.section["people"]
            mean = _NO_MEAN if part is None else told_mean(part.means["mean"])
        else:
            people = let["change", "scheme"] if change is None else change.section["people"]
            when = "before" if point is _P.BASELINE else "after"
            mean = _NO_MEAN if change is None else told_mean(change.means[when])
        found.append({"point": point.value, "people": people, **mean})
    return found


def _mean(scores: Sequence[float], let: Let, where: Lay) -> tuple[Section, Mapping[str, Rounded]] | None:
    made = rounded(scores, let[where])
    return None if made is None else ({"people": let[where]}, {"mean": made})


def changes(of: Facts, by: Instrument, pairs: Sequence[Pair], parts: Parts, let: Let, where: Lay) -> Section:
    """The change of each group and, where two are compared, the difference between them."""
    design: ComparisonDesign = of.plan.design
    each = groups(design, pairs)
    told: Section = {name: _change(by, group, parts, let, (*where, name)) for name, group in each.items()}
    if "compared" in each:
        one, other = (parts.now.get(key_of((*where, name))) for name in ("scheme", "compared"))
        told["difference"] = None
        if one is not None and other is not None:
            made = difference(Spread(*one.means["change"]), Spread(*other.means["change"]))
            told["difference"] = mean_of(made.mean, made.interval)
    return told


def _change(by: Instrument, pairs: Sequence[Pair], parts: Parts, let: Let, where: Lay) -> Section:
    """Of one group: counts of all three always, a mean from ten people on, a standardised one from twenty."""
    part = parts.of(key_of(where), len(pairs), lambda: _changed(by, pairs, parts, let, where))
    if part is not None:
        return part.section
    told: Section = {"people": let[where], "countedUntil": f"{parts.until}", **_NO_MEAN}
    told |= dict.fromkeys(("sd", "before", "after", "standardised"))
    return told | {"reliable": _reliable(by, len(pairs), let, where)}


def _changed(
    by: Instrument, pairs: Sequence[Pair], parts: Parts, let: Let, where: Lay
) -> tuple[Section, Mapping[str, Rounded]] | None:
    """What changed, where enough are in it and their changes are not all the same."""
    people, enough = let[where], len(pairs) >= FEWEST_FOR_STANDARDISED
    columns = [p.change for p in pairs], [p.before for p in pairs], [p.after for p in pairs]
    change, before, after = (rounded(column, people) for column in columns)
    if change is None or before is None or after is None:
        return None
    told: Section = {"people": people, "countedUntil": f"{parts.until}", **told_mean(change)}
    told |= {"sd": change[2] if enough else None, "before": before[1], "after": after[1], "standardised": None}
    if enough and (of := standardised(Spread(*change), Spread(*before), Spread(*after))) is not None:
        told["standardised"] = {
            "dZ": hundredth(of.d_z),
            "dAv": None if of.d_av is None else hundredth(of.d_av),
            "g": hundredth(of.g),
        }
    told["reliable"] = _reliable(by, len(pairs), let, where)
    return told, {"change": change, "before": before, "after": after}


def _reliable(by: Instrument, people: int, let: Let, where: Lay) -> Section | None:
    if by.reliable is None:
        return None
    told = {word: let.get((*where, word)) for word in WORDS}
    found, total = {word: n for word, n in told.items() if n is not None}, let[where]
    shares: Section | None = None
    if people >= FEWEST_FOR_SHARE and total is not None and len(found) == len(WORDS):
        shares = {word: share_of(n, sum(found.values()), total) for word, n in found.items()}
    return {"from": by.reliable, **told, "shares": shares}


def further(of: Facts, code: str, parts: Parts, let: Let) -> Section:
    """What else people were measured with, which answers no question."""
    made = changes(of, NEWEST[code], analysed(of, Sample(of, code)), parts, let, ("further", code))
    return {"instrument": code, "title": NEWEST[code].title, **made}


def _left(sample: Sample) -> list[float]:
    """The first scores of those who were lost."""
    left = {who for who, why in sample.left().items() if why is not Lost.NOT_DUE_YET}
    return [t.value for who, t in sample.at[_P.BASELINE].items() if t.value is not None and who in left]


def leavers(of: Facts, sample: Sample, parts: Parts, let: Let) -> Section:
    """Whether those who were lost were others to begin with. Where they are among those analysed, or those compared
    with are, those who stayed are what is left of told means, and have none of their own."""
    left = _left(sample)
    part = parts.of("left", len(left), lambda: _mean(left, let, ("left",)))
    people = let["left",] if part is None else part.section["people"]
    stayed = parts.now.get("change/scheme") if alone(of) else None
    return {
        "stayed": {"people": let["stayed",], "before": None if stayed is None else stayed.section["before"]},
        "left": {"people": people, "before": None if part is None else part.means["mean"][1]},
    }


def alone(of: Facts) -> bool:
    """Whether those of the scheme who are analysed are exactly those who stayed."""
    return of.plan.missing_as is MissingAs.LEFT_OUT and of.plan.design not in WITH_OTHERS


def differed(of: Facts, parts: Parts) -> bool:
    """Whether the two began apart by more than chance makes: by the means as they may be told, where both stand."""
    left, stayed = parts.now.get("left"), parts.now.get("change/scheme")
    if left is None or stayed is None or not alone(of):
        return False
    within = difference(Spread(*stayed.means["before"]), Spread(*left.means["mean"])).interval
    return within.low > 0 or within.high < 0


def dose(pairs: Sequence[Pair], parts: Parts, let: Let) -> Section:
    """How much of the scheme those had who were analysed, and whether more of it went with more change."""
    there = [(p.man, p.change) for p in pairs if p.man is not None and not p.compared]
    part = parts.of("dose", len(there), lambda: _dose(there, let))
    if part is not None:
        return part.section
    return {**dict.fromkeys(("sessions", "minutes", "delivered", "changeASession")), "people": let["dose",]}


def _dose(there: Sequence[tuple[Man, float]], let: Let) -> tuple[Section, Mapping[str, Rounded]] | None:
    if len(there) < FEWEST_FOR_MEAN or let["dose",] is None:
        return None
    men = [man for man, _ in there]
    told: Section = {"people": let["dose",], "delivered": None, "changeASession": None}
    told |= {"sessions": round(median(m.delivered for m in men)), "minutes": five(median(m.minutes for m in men))}
    planned, delivered = sum(m.planned for m in men), sum(m.delivered for m in men)
    of, part = released(planned), released(delivered)
    if of is not None and part is not None and of >= FEWEST_FOR_SHARE and released(planned - delivered) is not None:
        told["delivered"] = share_of(part, of, of)
    found = slope([float(m.delivered) for m in men], [change for _, change in there])
    if found is not None:
        by, within = found
        told["changeASession"] = {"by": tenth(by), "low": tenth(within.low), "high": tenth(within.high)}
    return told, {}


def rounded(values: Sequence[float], told: int | None) -> Rounded | None:
    """Mean and standard deviation to a tenth, and of how many people at the least, where so many were told. None: too
    few; or all are the same to a tenth, and the mean would be each one's own."""
    if told is None or len(values) < FEWEST_FOR_MEAN:
        return None
    made = spread(values)
    sd = tenth(made.sd)
    return None if sd == 0 else (max(FEWEST_FOR_MEAN, bounds(told)[0]), tenth(made.mean), sd)


def told_mean(of: Rounded) -> Section:
    """A rounded mean with its interval."""
    return mean_of(of[1], Spread(*of).interval)


def mean_of(mean: float, within: Interval) -> Section:
    """A mean and the ends of its interval."""
    return {"mean": tenth(mean), "low": tenth(within.low), "high": tenth(within.high)}


def share_of(of: int, total: int, people: int) -> Section:
    """A share in per cent, of numbers as they were told, and the ends of the interval that it has of this number of
    people at the least. Each is rounded on its own, and a part may have come to more than the whole."""
    of, least = min(of, total), bounds(people)[0]
    within = wilson(of * least / total, least)
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


def five(value: float) -> int:
    """To the nearest five."""
    return 5 * round(value / 5)

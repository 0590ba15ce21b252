"""All counts of a report, let out together: what is a part of what, between its tables too, so that nobody who is not
told in one can be reckoned out of the others (X13; `domain.oversight.control`).

What is left between two numbers, as those whom nobody measured of those who consented, is in no table. Everybody can
reckon it, and so it is among the numbers here.
"""

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from typing import Final

from domain.evaluation.change import FEWEST_FOR_SHARE, reliable
from domain.evaluation.design import OF_PEOPLE, WITH_OTHERS, ComparisonDesign
from domain.evaluation.facts import Facts, Lost, Pair, Sample
from domain.evaluation.instruments import NEWEST, Instrument
from domain.evaluation.measurement import MeasuringPoint
from domain.evaluation.plan import MissingAs
from domain.kernel.counts import Cell, Told, each_one
from domain.oversight.control import Lay, Sum, let_out

Let = Mapping[Lay, Told | None]
"""By where they stand in the report: the section, and the place in it."""
CURVE_DAYS: Final = tuple(range(0, 361, 30))
_P: Final = MeasuringPoint


class _Numbers:
    """Numbers and the sums between them, until all are let out."""

    def __init__(self) -> None:
        self.cells = dict[Lay, Cell]()
        self.sums = list[Sum[Lay]]()

    def put(self, where: Lay, count: int) -> None:
        """Each is taken for another person."""
        self.cells[where] = each_one(count)

    def whole(self, where: Lay, *parts: Lay) -> None:
        """One that is there is what others come to, that are there."""
        self.sums.append(Sum(where, parts))

    def part(self, of: Lay, where: Lay, count: int) -> None:
        """One that is part of another, and what is left of that. No part: whoever was counted in the one was not
        necessarily in the other, and nothing can be reckoned."""
        self.put(where, count)
        if (left := self.cells[of].count - count) >= 0:
            self.put(("left", of, where), left)
            self.whole(of, where, ("left", of, where))


def groups(design: ComparisonDesign, pairs: Sequence[Pair]) -> dict[str, list[Pair]]:
    """Those of the scheme and, where the design has them, those with whom is compared."""
    if design not in WITH_OTHERS:
        return {"scheme": list(pairs)}
    return {"scheme": [p for p in pairs if not p.compared], "compared": [p for p in pairs if p.compared]}


def analysed(of: Facts, sample: Sample) -> list[Pair]:
    """Whoever is analysed, by the plan's word on those who were lost."""
    return sample.pairs(as_before=of.plan.missing_as is MissingAs.AS_BEFORE)


def all_told(of: Facts, sample: Sample, pairs: Sequence[Pair]) -> Let:
    """What may leave of all of them."""
    into = _Numbers()
    if of.plan.design in OF_PEOPLE:
        _flow(into, of, sample, pairs)
        _changed(into, ("change",), of.plan.design, NEWEST[of.plan.outcome], pairs)
        each = [("change", name) for name in groups(of.plan.design, pairs)]
        into.whole(("flow", "ANALYSED"), *each)
        dose = sum(p.man is not None and not p.compared for p in pairs)
        into.part(("change", "scheme"), ("dose",), dose)
    for code in of.plan.further:
        more = analysed(of, Sample(of, code))
        _changed(into, ("further", code), of.plan.design, NEWEST[code], more)
    for month, value in of.series:
        into.put(("series", month), value)
    for part, waited in of.waited.items():
        into.put(("requests", part), len(waited.met) + waited.unmet)
        into.part(("requests", part), ("unmet", part), waited.unmet)
    for day in CURVE_DAYS:
        into.put(("staying", day), sum(s.since <= day <= s.days for s in of.stays))
    for when, days in of.cover.items():
        into.put(("needed", when), days.needed)
        into.part(("needed", when), ("covered", when), days.covered)
    if of.heard is not None:
        into.put(("given",), of.heard.given)
        for theme, n in of.heard.themes.items():
            into.part(("given",), ("theme", theme), n)
    if of.plan.harms is not None:
        into.put(("harms",), of.plan.harms)
    _collected(into, of)
    return let_out(into.cells, into.sums)


def _flow(into: _Numbers, of: Facts, sample: Sample, pairs: Sequence[Pair]) -> None:
    """From those asked to those analysed; and of those measured before, who was measured after and who was lost."""
    asked, agreed, first = ("flow", "APPROACHED"), ("flow", "CONSENTED"), ("flow", _P.BASELINE.value)
    into.put(asked, of.plan.approached)
    into.part(asked, agreed, max(0, of.plan.approached - of.plan.refused))
    for point in _P:
        into.part(agreed, ("flow", point.value), len(sample.scores(point)))
    why = Counter(sample.left().values())
    for lost in Lost:
        into.put(("lost", lost.value), why[lost])
    into.put(("lost", "total"), why.total())
    into.whole(("lost", "total"), *(("lost", lost.value) for lost in Lost))
    into.part(("flow", _P.END.value), ("stayed",), into.cells[first].count - why.total())
    into.whole(first, ("stayed",), ("lost", "total"))
    gone = tuple(("lost", lost.value) for lost in Lost if lost is not Lost.NOT_DUE_YET)
    into.put(("left",), why.total() - why[Lost.NOT_DUE_YET])
    into.whole(("left",), *gone)
    into.put(("flow", "ANALYSED"), len(pairs))
    carried = gone if of.plan.missing_as is MissingAs.AS_BEFORE else ()
    into.whole(("flow", "ANALYSED"), ("stayed",), *carried)


def _changed(into: _Numbers, where: Lay, design: ComparisonDesign, by: Instrument, pairs: Sequence[Pair]) -> None:
    """How many are analysed in each group, and how many of them changed for certain."""
    for name, group in groups(design, pairs).items():
        into.put((*where, name), len(group))
        for word, count in reliably(by, [p.change for p in group]).items():
            into.put((*where, name, word), count)
        words = tuple(w for w in into.cells if w[:-1] == (*where, name) and len(w) == len(where) + 2)
        if words:
            into.whole((*where, name), *words)


def reliably(by: Instrument, changes: Sequence[float]) -> dict[Hashable, int]:
    """How many are better, neither, and worse, by the instrument's reliable change; none, where it has none. All of a
    few alike is a statement about each of them, however many they are called: none either."""
    if by.reliable is None:
        return {}
    made = reliable(changes, by.reliable, by.better)
    cells: dict[Hashable, int] = {"improved": made.improved, "neither": made.neither, "deteriorated": made.deteriorated}
    alike = 0 < made.total < FEWEST_FOR_SHARE and max(cells.values()) == made.total
    return {} if alike else cells


def _collected(into: _Numbers, of: Facts) -> None:
    """How the answers came to be; and of how many of them something is said."""
    modes = Counter(t.mode.value for t in of.taken if t.mode is not None)
    into.put(("modes", "total"), modes.total())
    for mode, n in modes.items():
        into.put(("modes", mode), n)
    if modes:
        into.whole(("modes", "total"), *(("modes", mode) for mode in modes))
    into.part(("modes", "total"), ("late",), sum(t.late for t in of.taken))
    into.part(("modes", "total"), ("unscored",), sum(bool(t.answers) and t.value is None for t in of.taken))

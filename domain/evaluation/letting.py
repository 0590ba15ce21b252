"""All counts of a report, let out together: what is a part of what, between its tables too, so that nobody who is not
told in one can be reckoned out of the others, nor out of an earlier report (X13; `domain.oversight.control`).

What is left between two numbers, as those whom nobody measured of those who consented, is in no table. Everybody can
reckon it, and so it is among the numbers here.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Final

from domain.evaluation.before import Before, Numbers, key_of, numbers_of
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
LINKED: Final = 3
"""So many earlier reports are reckoned with, the last ones: each of them was let out beside those before it."""
CURVE_DAYS: Final = tuple(range(0, 361, 30))
WORDS: Final = ("improved", "neither", "deteriorated")
BESIDE: Final = (MeasuringPoint.MIDWAY, MeasuringPoint.FOLLOW_UP)
"""The points at which nobody is compared with what he was."""
_P: Final = MeasuringPoint
_ASKED: Final[Lay] = ("flow", "APPROACHED")
_AGREED: Final[Lay] = ("flow", "CONSENTED")
WRITTEN_DOWN: Final = frozenset({key_of(_ASKED), key_of(_AGREED), key_of(("left", _ASKED, _AGREED))})
"""Numbers that whoever plans the evaluation wrote down himself, and knows as they are."""


class _Numbers:
    """Numbers and the sums between them, until all are let out beside those of earlier reports."""

    def __init__(self, before: Before) -> None:
        self.before = before
        self.cells = dict[Lay, Cell]()
        self.sums = list[Sum[Lay]]()
        self.fixed = dict[Lay, Told | None]()

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

    def stand(self, where: Lay, now: int) -> list[Lay]:
        """A number of people whose figures stand, as it was told with them; and how many have come since. Both."""
        last, key = self.before.reports[-1], key_of(where)
        self.put(where, was := last.counts[key])
        if _fixed(last, key):
            self.fixed[where] = last.told[key]
        if now < was:
            return [where]
        self.put(("since", where), now - was)
        return [where, ("since", where)]

    def let_out(self) -> tuple[Let, Numbers]:
        """All of them: what may leave; and what a later report has to know of it."""
        cells, sums, fixed = dict(self.cells), list(self.sums), dict(self.fixed)
        reports = self.before.reports[-LINKED:]
        chain: Sequence[Mapping[str, Lay]] = [
            {key: ("at", place, key) for key in each.counts} for place, each in enumerate(reports)
        ]
        for each, lies in zip(reports, chain, strict=True):
            cells |= {lie: each_one(each.counts[key]) for key, lie in lies.items()}
            fixed |= {lie: each.told[key] for key, lie in lies.items() if _fixed(each, key)}
            sums += [Sum[Lay](lies[whole], tuple(lies[part] for part in parts)) for whole, parts in each.sums]
        then = [*chain, {key_of(lie): lie for lie in self.cells}]
        for (place, was), now in zip(enumerate(then), then[1:], strict=False):
            for key in was.keys() & now.keys():
                more, less = sorted((was[key], now[key]), key=lambda lie: -cells[lie].count)
                apart = each_one(cells[more].count - cells[less].count)
                if apart.small or apart.count == 0:  # the difference of others gives nobody away
                    cells["apart", place, key] = apart
                    sums.append(Sum(more, (less, ("apart", place, key))))
        told = let_out(cells, sums, fixed)
        # Once for those who know no more than the report, and once more for those who wrote down who was asked.
        back = {lie: None for lie, value in told.items() if value is None}
        exact = [lie for lie in cells if (lie[2] if lie[0] in ("at", "apart") else key_of(lie)) in WRITTEN_DOWN]
        told = let_out(cells, sums, fixed | back, exact)
        counts = {lie: cell.count for lie, cell in self.cells.items() if _linked(lie)}
        kept = numbers_of(counts, told, [one for one in self.sums if _linked(one.whole)])
        return {lie: told[lie] for lie in self.cells}, kept


def _linked(lie: Lay) -> bool:
    """Whether it is reckoned with in later reports: it is of people who were asked or helped. Days of the rota are
    nobody's, and supporters, who are known to everybody, come and go by one."""
    return not {"needed", "covered", "staying"}.intersection(key_of(lie).split("/"))


def _fixed(of: Numbers, key: str) -> bool:
    """Whether it stands as it was. What was kept back for another's sake is nobody's secret: it may be kept back again,
    and need not be hidden from whoever reckons."""
    return of.told[key] is not None or each_one(of.counts[key]).told is None


def groups(design: ComparisonDesign, pairs: Sequence[Pair]) -> dict[str, list[Pair]]:
    """Those of the scheme and, where the design has them, those with whom is compared."""
    if design not in WITH_OTHERS:
        return {"scheme": list(pairs)}
    return {"scheme": [p for p in pairs if not p.compared], "compared": [p for p in pairs if p.compared]}


def analysed(of: Facts, sample: Sample) -> list[Pair]:
    """Whoever is analysed, by the plan's word on those who were lost."""
    return sample.pairs(as_before=of.plan.missing_as is MissingAs.AS_BEFORE)


def all_told(of: Facts, sample: Sample, pairs: Sequence[Pair]) -> tuple[Let, Numbers]:
    """What may leave of all of them; and what a later report has to know of it."""
    into = _Numbers(of.before)
    if of.plan.design in OF_PEOPLE:
        _flow(into, of, sample, pairs)
        each = _changed(into, ("change",), of.plan.design, NEWEST[of.plan.outcome], pairs)
        into.whole(("flow", "ANALYSED"), *each)
        _dosed(into, sum(p.man is not None and not p.compared for p in pairs))
    for code in of.plan.further:
        more = analysed(of, Sample(of, code))
        _changed(into, ("further", code), of.plan.design, NEWEST[code], more)
    for month, value in of.series:
        into.put(("series", month), value)
    for day in CURVE_DAYS:
        into.put(("staying", day), sum(s.since <= day <= s.days for s in of.stays))
    for when, days in of.cover.items():
        into.put(("needed", *when), days.needed)
        into.part(("needed", *when), ("covered", *when), days.covered)
    if of.heard is not None:
        into.put(("given",), of.heard.given)
        for theme, n in of.heard.themes.items():
            into.part(("given",), ("theme", theme), n)
    if of.plan.harms is not None:
        into.put(("harms",), of.plan.harms)
    _collected(into, of)
    return into.let_out()


def _flow(into: _Numbers, of: Facts, sample: Sample, pairs: Sequence[Pair]) -> None:
    """From those asked to those analysed; and of those measured before, who was measured after and who was lost."""
    asked, agreed, first = _ASKED, _AGREED, ("flow", _P.BASELINE.value)
    into.put(asked, of.plan.approached)
    into.part(asked, agreed, max(0, of.plan.approached - of.plan.refused))
    for point in _P:
        into.part(agreed, ("flow", point.value), len(sample.scores(point)))
    for point in BESIDE:
        _within(into, ("flow", point.value), ("point", point.value), len(sample.scores(point, compared=False)))
    why = Counter(sample.left().values())
    for lost in Lost:
        into.put(("lost", lost.value), why[lost])
    into.put(("lost", "total"), why.total())
    into.whole(("lost", "total"), *(("lost", lost.value) for lost in Lost))
    into.part(("flow", _P.END.value), ("stayed",), into.cells[first].count - why.total())
    into.whole(first, ("stayed",), ("lost", "total"))
    gone = tuple(("lost", lost.value) for lost in Lost if lost is not Lost.NOT_DUE_YET)
    into.put(("gone",), why.total() - why[Lost.NOT_DUE_YET])
    into.whole(("gone",), *gone)
    _within(into, ("gone",), ("left",), into.cells["gone",].count)
    into.put(("flow", "ANALYSED"), len(pairs))
    carried = gone if of.plan.missing_as is MissingAs.AS_BEFORE else ()
    into.whole(("flow", "ANALYSED"), ("stayed",), *carried)


def _within(into: _Numbers, of: Lay, where: Lay, now: int) -> None:
    """A number of people of whom a mean is told, as part of another: as it stands, or as it is now."""
    if into.before.stands(key_of(where), now) is None:
        into.part(of, where, now)
        return
    lies = into.stand(where, now)
    if len(lies) > 1 and (left := into.cells[of].count - now) >= 0:
        into.put(("left", of, where), left)
        into.whole(of, *lies, ("left", of, where))


def _dosed(into: _Numbers, now: int) -> None:
    if into.before.stands("dose", now) is None:
        into.part(("change", "scheme"), ("dose",), now)
    else:
        into.stand(("dose",), now)


def _changed(
    into: _Numbers, where: Lay, design: ComparisonDesign, by: Instrument, pairs: Sequence[Pair]
) -> Iterable[Lay]:
    """How many are analysed in each group, and how many of them changed for certain; of whom all of them consist."""
    lies = list[Lay]()
    for name, group in groups(design, pairs).items():
        each: Lay = (*where, name)
        counts = {(*each, word): n for word, n in reliably(by, [p.change for p in group]).items()}
        if into.before.stands(key_of(each), len(group)) is not None:
            lies += into.stand(each, len(group))
            there = [(*each, word) for word in WORDS if key_of((*each, word)) in into.before.reports[-1].counts]
            for word in there:
                into.stand(word, 0)
        else:
            lies.append(each)
            into.put(each, len(group))
            there = list(counts)
            for word, n in counts.items():
                into.put(word, n)
        if there:
            into.whole(each, *there)
    return lies


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

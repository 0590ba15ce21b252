"""What leaves in tables: held against a linear programme that has all of them (X13, F66)."""

import random
from collections.abc import Hashable, Iterable, Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.kernel.counts import NOTHING, SMALLEST, Cell, Told, beside, bounds, each_one, released, together
from domain.oversight.control import Lay, Sum, let_out, sums_in
from tests.domain.attacker import Found, Number, attack

Cells = Mapping[Hashable, int]
Sets = dict[Hashable, frozenset[Hashable]]
TABLES = 150
ROWS, COLUMNS = tuple("ABCDEF"), tuple(range(5))


def drawn(random_: random.Random, keys: Iterable[Hashable], mean: float) -> Cells:
    """Counts as schemes have them: many small, some great, some none."""
    return {key: 0 if random_.random() < 0.08 else int(random_.expovariate(1 / mean)) for key in keys}


def laid_out(cells: Cells, over: Mapping[Hashable, Iterable[Hashable]]) -> tuple[dict[Hashable, Cell], Sets]:
    """All numbers of a release, cells and sums, with the cells that each is made of."""
    sets: Sets = {key: frozenset([key]) for key in cells}
    for whole, parts in over.items():
        sets[whole] = frozenset[Hashable]().union(*(sets[part] for part in parts))
    return {key: each_one(sum(cells[c] for c in of)) for key, of in sets.items()}, sets


def square(cells: Cells) -> dict[Hashable, tuple[Hashable, ...]]:
    """The margins of a table of rows and columns."""
    rows = {("row", r): tuple((r, c) for c in COLUMNS) for r in ROWS}
    columns = {("column", c): tuple((r, c) for r in ROWS) for c in COLUMNS}
    return {**rows, **columns, "all": tuple(rows)}


def sums_of(over: Mapping[Hashable, tuple[Hashable, ...]]) -> list[Sum[Hashable]]:
    """The sums that hold between them."""
    return [Sum(whole, parts) for whole, parts in over.items()]


def numbers(
    told: Mapping[Hashable, int | None], true: Mapping[Hashable, Cell], sets: Sets, exact: frozenset[Hashable]
) -> list[Number]:
    return [Number(sets[k], true[k].count if k in exact else told[k], true[k].count, k in exact) for k in told]


def found_in_tables(mean: float, how: str) -> list[Found]:
    """What the attacker finds in so many tables: with `exact` margins, each number `alone`, or under `control`."""
    random_, found = random.Random(f"{mean}"), list[Found]()
    for _ in range(TABLES):
        cells = drawn(random_, ((r, c) for r in ROWS for c in COLUMNS), mean)
        over = square(cells)
        true, sets = laid_out(cells, over)
        sums = [*sums_of(over), Sum("all", tuple(("column", c) for c in COLUMNS))]
        told = let_out(true, sums) if how == "control" else {k: c.told for k, c in true.items()}
        exact = (
            frozenset(k for k in true if told[k] is not None or k in over) if how == "exact" else frozenset[Hashable]()
        )
        found += attack(numbers(told, true, sets, exact))
    assert len(found) > 500
    return found


@pytest.mark.parametrize("mean", [3, 9, 20])
def test_no_small_cell_of_a_table_is_found_by_a_linear_programme(mean: float) -> None:
    """Of 150 drawn tables of six rows and five columns none gives a small number away, and under one in a hundred comes
    within three of it."""
    found = found_in_tables(mean, "control")
    assert [f for f in found if f.exact] == []
    assert sum(f.narrow for f in found) < len(found) / 100


def test_exact_margins_are_broken_by_the_same_attacker() -> None:
    """The table that everybody makes first: small cells suppressed, all else exact. He has more than one in eight of
    them exactly: were he to find nothing, he would prove nothing."""
    found = found_in_tables(9, "exact")
    assert sum(f.exact for f in found) > len(found) / 8
    assert sum(f.narrow for f in found) > len(found) / 4


def test_rounding_alone_is_not_enough() -> None:
    """8, 8 and 1 with a total of 17: the total is 17 at the most, the two are 8 at the least. Each rounded on its own,
    they give the third away; together they do not."""
    over: dict[Hashable, tuple[Hashable, ...]] = {"all": ("a", "b", "c")}
    true, sets = laid_out({"a": 8, "b": 8, "c": 1}, over)
    alone = {k: c.told for k, c in true.items()}
    assert alone == {"a": 10, "b": 10, "c": None, "all": 15}
    assert attack(numbers(alone, true, sets, frozenset())) == [Found(1, 1, 1)]
    told = let_out(true, sums_of(over))
    assert (told["c"], sum(v is None for v in told.values())) == (None, 2)
    (left,) = attack(numbers(told, true, sets, frozenset()))
    assert not left.narrow


def test_the_table_of_the_handbook() -> None:
    """Wings with 12, 3 and 7, 22 in all: the second and third are suppressed, the rest is rounded."""
    true, _ = laid_out({"A": 12, "B": 3, "C": 7}, {"all": ("A", "B", "C")})
    assert let_out(true, [Sum("all", ("A", "B", "C"))]) == {"A": 10, "B": None, "C": None, "all": 20}


# All tables of a period, and those before it.

PRISONS, SCHEMES, MONTHS, CODES = ("MDI", "LEI", "BXI"), ("x", "y"), ("7", "8", "9"), ("MET", "UNMET")
OF_EACH = {p: tuple((p, s) for s in SCHEMES) for p in PRISONS}
PLACES: Mapping[Hashable, tuple[Hashable, ...]] = {"all": PRISONS, **OF_EACH}
PERIODS: Mapping[Hashable, tuple[Hashable, ...]] = {"quarter": MONTHS}
WORDS: Mapping[Hashable, tuple[Hashable, ...]] = {"all": CODES}


def of_a_quarter(cells: Cells) -> tuple[dict[Lay, Cell], Sets]:
    """Schemes, prisons and all, by what it came to and in all; by the month, and of the quarter."""
    places = [*(one for of in OF_EACH.values() for one in of), *PRISONS, "all"]
    sets: Sets = {key: frozenset([key]) for key in cells}
    for place in places:
        for period in (*MONTHS, "quarter"):
            for word in (*CODES, "all"):
                apart = zip((PLACES, PERIODS, WORDS), range(3), strict=True)
                lie = (place, period, word)
                for made_of, at in apart:
                    if parts := made_of.get(lie[at]):
                        sets[lie] = frozenset().union(*(sets[(*lie[:at], p, *lie[at + 1 :])] for p in parts))
    return {key: each_one(sum(cells[c] for c in of)) for key, of in sets.items()}, sets  # pyright: ignore[reportReturnType]


def test_all_tables_of_a_quarter_together_give_nobody_away() -> None:
    """Month by month they leave, then the quarter; what left before stands. He has all of them at the end."""
    random_, found, hidden = random.Random(11), list[Found](), 0
    keys = [(one, m, c) for of in OF_EACH.values() for one in of for m in MONTHS for c in CODES]
    for _ in range(25):
        true, sets = of_a_quarter(drawn(random_, keys, 9))
        told: dict[Lay, Told | None] = {}
        for period in (*MONTHS, "quarter"):
            now = [k for k in true if k[1] == period or k in told]
            before = dict(told)
            told = let_out({k: true[k] for k in now}, sums_in(now, (PLACES, PERIODS, WORDS)), told)
            assert before.items() <= told.items()
        assert told.keys() == true.keys()
        hidden += sum(v is None and true[k].count >= 8 for k, v in told.items())
        found += attack(numbers({**told}, {**true}, sets, frozenset()))
    assert len(found) > 500
    assert [f for f in found if f.exact] == []
    assert sum(f.narrow for f in found) < len(found) / 100
    assert hidden > 0


def test_what_was_let_out_before_makes_room_for_nothing() -> None:
    """Two schemes with 8 each left in an earlier table. Now a third, which is 1, and all of them, 17: the difference
    between two releases is a release. What is new gives way, and the old stands."""
    over: dict[Hashable, tuple[Hashable, ...]] = {"all": ("a", "b", "new")}
    true, sets = laid_out({"a": 8, "b": 8, "new": 1}, over)
    sums = sums_of(over)
    old: dict[Hashable, Cell] = {k: true[k] for k in "ab"}
    before = let_out(old, [])
    told = let_out(true, sums, before)
    assert told == {"a": 10, "b": 10, "new": None, "all": None}
    careless = numbers({**told, "all": true["all"].told}, true, sets, frozenset())
    assert [f.exact for f in attack(careless)] == [True]


# One number.


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        (NOTHING, 0),
        (Cell(12, 1, 12), None),
        (Cell(12, 7, 2), None),
        (Cell(12, 8, 2), 10),
        (Cell(40, 20, 21), None),
        (Cell(40, 20, 20), 40),
        (Cell(7, 7, 1), None),
    ],
)
def test_people_decide_and_not_events(cell: Cell, told: int | None) -> None:
    """One man who asked twelve times is one man; and of what one person makes more than half, nothing is told."""
    assert cell.told == told


@pytest.mark.parametrize("wrong", [(-1, 0, 0), (3, 4, 1), (3, 1, 4), (3, -1, 0)])
def test_a_cell_that_cannot_be_is_a_defect(wrong: tuple[int, int, int]) -> None:
    """Nobody comes to more people than events."""
    with pytest.raises(ValueError, match=r"people|negative"):
        Cell(*wrong)


def test_the_same_people_may_stand_in_several_cells() -> None:
    """Months of one prison may be of the same people; two prisons are of one man at the most twice."""
    month = Cell(20, 9, 4)
    assert together([month, month, NOTHING]) == Cell(40, 9, 8)
    assert beside([Cell(4, 4, 1)] * 4) == Cell(16, 8, 4)
    assert beside([month, NOTHING]) == month
    assert (together([]), beside([])) == (NOTHING, NOTHING)


@pytest.mark.parametrize("alike", [False, True])
def test_a_group_that_is_all_alike_is_not_told(alike: bool) -> None:
    """All thirty who were asked said the same: whoever is known to be one of them has told it. Neither the row nor its
    total leaves, where the numbers say something of people."""
    true, _ = laid_out({"yes": 30, "no": 0}, {"all": ("yes", "no")})
    told = let_out(true, [Sum("all", ("yes", "no"), alike)])
    assert told == ({"yes": None, "no": None, "all": None} if alike else {"yes": 30, "no": 0, "all": 30})


@pytest.mark.parametrize(("in_need", "others"), [(30, 0), (0, 30), (18, 12)])
def test_what_was_said_of_everybody_is_not_told_and_that_it_was_of_nobody_is(in_need: int, others: int) -> None:
    """All thirty are in one need: that is kept back, as it is where few are. That nobody is says nothing of anybody.
    The others are shown to nobody: beside them, what is kept back of thirty could be thirty alone."""
    true, _ = laid_out({"in need": in_need, "others": others}, {"all": ("in need", "others")})
    told = let_out(true, [Sum("all", ("in need", "others"), alike=True, silent=("others",))])
    assert told["all"] == 30
    parts = (told["in need"], told["others"])
    assert parts == {30: (None, None), 0: (0, 30), 18: (20, 10)}[in_need]


def test_what_tells_of_everybody_is_not_known_to_be_more_than_few_by_other_places() -> None:
    """All fifteen of one prison are in one need, as of two others twenty of forty are: of the whole and the two others
    it must not follow that in the first it is more than seven."""
    places = {"A": (15, 15), "B": (40, 20), "C": (40, 20), "whole": (95, 55)}
    true: dict[Lay, Cell] = {}
    for place, (every, need) in places.items():
        true |= {(place, w): each_one(n) for w, n in (("all", every), ("need", need), ("others", every - need))}
    sums = [
        *sums_in(true, ({"whole": ("A", "B", "C")}, {})),
        *sums_in(true, ({}, {"all": ("need", "others")}), alike=True, silent=("others",)),
    ]
    told = let_out(true, sums)
    assert told["A", "need"] is None
    known = [told[place, "need"] for place in ("whole", "B", "C")]
    if None not in known:
        whole, b, c = (bounds(n) for n in known)
        assert whole[0] - b[1] - c[1] < SMALLEST


def test_a_great_number_of_few_people_is_no_difference() -> None:
    """One man's forty visits among fifty: 40 are his, and what is told of the others does not leave them standing as
    the rest of a total."""
    true = {"his": Cell(40, 1, 40), "others": Cell(20, 12, 3), "all": Cell(60, 13, 30)}
    told = let_out(true, [Sum("all", ("his", "others"))])
    assert told["his"] is None
    assert None in (told["others"], told["all"])


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.sampled_from("ABCDEFG"), st.integers(0, 40), min_size=1))
def test_what_leaves_is_nothing_or_near_the_truth(cells: dict[str, int]) -> None:
    """Whatever is suppressed beside: a number that leaves is what it would be alone, and nought is nought."""
    over: dict[Hashable, tuple[Hashable, ...]] = {"all": tuple(cells)}
    true, _ = laid_out({**cells}, over)
    for place, told in let_out(true, sums_of(over)).items():
        assert told in (None, released(true[place].count))
        assert told is None or bounds(told)[0] <= true[place].count <= bounds(told)[1]
        assert true[place].count > 0 or told == 0

"""Tables of one dimension: their cells and their total pass disclosure control together."""

from collections.abc import Mapping
from typing import Final

from domain.kernel.counts import Cell, Told, each_one
from domain.oversight.control import Lay, Sum, let_out, sums_in

__all__ = ["of_kinds", "of_the_same", "table"]
_ALL: Final = "total"


def table(cells: Mapping[str, int], *, alike: bool = False) -> dict[str, Told | None]:
    """Counts of different people, each in one cell, with their total. `alike`: the cell says something of him."""
    counts = {**cells, _ALL: sum(cells.values())}
    told = let_out({name: each_one(n) for name, n in counts.items()}, [Sum(_ALL, tuple(cells), alike)])
    return {name: told[name] for name in (*sorted(cells), _ALL)}


def of_the_same(total: int, holds: Mapping[str, int]) -> dict[str, Told | None]:
    """Of how many of the same people each of several things holds, with their total. For how many it does not hold is
    nowhere told, and yet everybody can reckon with it."""
    numbers: dict[Lay, Cell] = {(_ALL,): each_one(total)}
    for name, n in holds.items():
        numbers |= {(name,): each_one(n), (name, False): each_one(total - n)}
    told = let_out(numbers, [Sum((_ALL,), ((name,), (name, False))) for name in holds])
    return {name: told[name,] for name in (*holds, _ALL)}


def of_kinds(rows: Mapping[str, Mapping[str, int]]) -> dict[str, dict[str, Told | None]]:
    """Rows of counts of different people by name, and under `total` what each of the names comes to. What the names of
    one row say of each other is not reckoned with: they are different things of the same people."""
    names = sorted({name for row in rows.values() for name in row})
    counts = {(row, name): of.get(name, 0) for row, of in rows.items() for name in names}
    whole = {(_ALL, name): sum(counts[row, name] for row in rows) for name in names}
    cells: dict[Lay, int] = {**counts, **whole}
    told = let_out({lie: each_one(n) for lie, n in cells.items()}, sums_in(cells, ({_ALL: tuple(rows)}, {})))
    return {row: {name: told[row, name] for name in names} for row in (*sorted(rows), _ALL)}

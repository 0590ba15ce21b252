"""Who reckons suppressed numbers out of those that were released: a linear programme over all tables of a period.

He knows more than any reader does: which of the suppressed cells are small ones; a suppressed sum could be anything. Of
each number that was kept back he asks the least and the most that it can be, where every released number is what
rounding says of it.
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from math import ceil, floor, inf

from ortools.linear_solver import pywraplp

from domain.kernel.counts import SMALLEST, bounds

_CLOSE = 1e-6
_GREATEST = 100_000
"""What is told nowhere could be anything up to here: there is a greatest number that it could be."""


@dataclass(frozen=True)
class Number:
    """A number that was released, or kept back: of which cells it is the sum, what was told, and what it is."""

    cells: frozenset[Hashable]
    told: int | None
    truth: int
    exact: bool = False
    """It was told as it is, and not rounded: what a table with exact margins does."""


@dataclass(frozen=True)
class Found:
    """The least and the most that a small number can be."""

    truth: int
    least: int
    most: int

    @property
    def exact(self) -> bool:
        """He knows it."""
        return self.least == self.most

    @property
    def narrow(self) -> bool:
        """It is one of three at the most."""
        return self.most - self.least < 3


def attack(numbers: Iterable[Number], small: int = SMALLEST) -> list[Found]:
    """What he finds of each number that was kept back and is small (1 to 7)."""
    told = list(numbers)
    solver = pywraplp.Solver.CreateSolver("GLOP")
    cells = {cell: solver.NumVar(0, _GREATEST, "") for cell in {c for n in told for c in n.cells}}
    for number in told:
        low, high = _said(number, small)
        solver.Add(low <= sum(cells[c] for c in number.cells))
        if high < inf:
            solver.Add(sum(cells[c] for c in number.cells) <= high)
    aims: Mapping[frozenset[Hashable], int] = {n.cells: n.truth for n in told if n.told is None and 0 < n.truth < small}
    return [Found(truth, *_ends(solver, cells, aim)) for aim, truth in aims.items()]


def _said(number: Number, small: int) -> tuple[float, float]:
    if number.told is None:
        return (1, small - 1) if len(number.cells) == 1 and 0 < number.truth < small else (0, inf)
    return (number.told, number.told) if number.exact else bounds(number.told)


def _ends(solver: pywraplp.Solver, cells: Mapping[Hashable, object], aim: frozenset[Hashable]) -> tuple[int, int]:
    ends: list[float] = []
    for greatest in (False, True):
        objective = solver.Objective()
        objective.Clear()
        for cell in aim:
            objective.SetCoefficient(cells[cell], 1)
        objective.SetOptimizationDirection(greatest)
        if solver.Solve() != pywraplp.Solver.OPTIMAL:
            raise AssertionError("what was released contradicts itself")
        ends.append(objective.Value())
    return ceil(ends[0] - _CLOSE), floor(ends[1] + _CLOSE)

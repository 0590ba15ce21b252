"""Disclosure control of numbers that add up to each other: the one function that all of them pass together.

Each number passes alone first (`domain.kernel.counts`). That is not enough: of 8, 8 and 1 with a total of 17 there
leave 10, 10, nothing and 15, and as the two are 8 at least and the total 17 at most, what is missing is 1 exactly. So
whoever could be reckoned out of the rest, in all tables of a period and those released before it, takes a neighbour
with him: the smallest number near it is suppressed too, until he could be any of several again.

What is reckoned is what everybody can: from the least and the most that each number can be, along every sum that holds
between them, in both directions, until nothing moves. A linear programme finds hardly more (`tests/domain/attacker.py`
holds all tables against one). Whoever reckons here is even told which suppressed numbers are small ones, which no
reader of a table is.
"""

import math
from collections import deque
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

from domain.kernel.counts import SMALLEST, Cell, Told, bounds

K = TypeVar("K", bound=Hashable)
APART: Final = 3
"""A small number could be so much more, at the least, than the least that it could be."""
Bound = tuple[float, float]


@dataclass(frozen=True)
class Sum(Generic[K]):
    """One number is what others come to. `alike`: they say of each of the same people which of several he is, so that
    one of them that holds all tells of everybody."""

    whole: K
    parts: tuple[K, ...]
    alike: bool = False


Lay = tuple[Hashable, ...]
"""Where a number lies: a word for each dimension, such as place, period and code."""


def sums_in(
    lies: Collection[Lay], made_of: Sequence[Mapping[Any, Sequence[Hashable]]], alike: bool = False
) -> list[Sum[Lay]]:
    """Every sum that holds between numbers that lie so. `made_of` says for each dimension of which other words of it a
    word is the sum. All ways in which it is one have to be said: what is reckoned goes along these and no other."""
    there, found = frozenset(lies), list[Sum[Lay]]()
    for lie in there:
        for at, of in enumerate(made_of):
            parts = tuple((*lie[:at], word, *lie[at + 1 :]) for word in of.get(lie[at], ()))
            if parts and there.issuperset(parts):
                found.append(Sum(lie, parts, alike))
    return sorted(found, key=str)


def let_out(
    numbers: Mapping[K, Cell], sums: Sequence[Sum[K]], earlier: Mapping[K, Told | None] | None = None
) -> dict[K, Told | None]:
    """What of these numbers may leave: 0, a multiple of five, or None. `earlier` is what was let out of some of them
    before: it stands as it is, for it cannot be taken back, and what comes now gives way to it."""
    fixed = dict(earlier or {})
    told = {place: cell.told for place, cell in numbers.items()} | fixed
    for one in sums:
        if _all_alike(numbers, one):
            told.update((place, None) for place in (one.whole, *one.parts) if place not in fixed)
    kept_back = frozenset(place for place, value in told.items() if value is None)
    web = _Web(numbers, sums)
    while True:
        known = web.known(told)
        found = [place for place in kept_back if _narrow(numbers[place], known[place])]
        hidden = {near for place in found if (near := web.nearest(place, told, fixed)) is not None}
        if not hidden:
            return told
        told.update(dict.fromkeys(hidden, None))


def _all_alike(numbers: Mapping[K, Cell], one: Sum[K]) -> bool:
    whole = numbers[one.whole].count
    return one.alike and whole > 0 and len(one.parts) > 1 and any(numbers[p].count == whole for p in one.parts)


def _narrow(cell: Cell, known: Bound) -> bool:
    """Whether what is kept back could be told by what is known. A great number that is few people's is told by whoever
    knows it to a quarter more or less."""
    wide = APART if cell.small else max(SMALLEST, cell.count / 2)
    return cell.count > 0 and known[1] - known[0] < wide


class _Web(Generic[K]):
    """The numbers and the sums between them."""

    def __init__(self, numbers: Mapping[K, Cell], sums: Sequence[Sum[K]]) -> None:
        self._numbers = numbers
        self._sums = [(one.whole, one.parts) for one in sums]
        self._of: dict[K, list[int]] = {place: [] for place in numbers}
        for at, (whole, parts) in enumerate(self._sums):
            for place in (whole, *parts):
                self._of[place].append(at)

    def known(self, told: Mapping[K, int | None]) -> dict[K, Bound]:
        """The least and the most that each number can be."""
        known = {place: self._first(place, told[place]) for place in self._numbers}
        waiting, queued = deque(range(len(self._sums))), set(range(len(self._sums)))
        while waiting:
            at = waiting.popleft()
            queued.discard(at)
            for place in _tightened(known, *self._sums[at]):
                again = [other for other in self._of[place] if other != at and other not in queued]
                waiting.extend(again)
                queued.update(again)
        return known

    def _first(self, place: K, told: int | None) -> Bound:
        return (0, math.inf) if told is None and not self._numbers[place].small else bounds(told)

    def nearest(self, place: K, told: Mapping[K, int | None], fixed: Mapping[K, int | None]) -> K | None:
        """The smallest number that is told, and not fixed, among those that the fewest sums lie between."""
        seen, ring = {place}, [place]
        while ring:
            beyond = {
                near for each in ring for at in self._of[each] for near in (self._sums[at][0], *self._sums[at][1])
            } - seen
            found = [near for near in beyond if told[near] and near not in fixed]
            if found:
                return min(found, key=lambda near: (self._numbers[near].count, str(near)))
            seen |= beyond
            ring = sorted(beyond, key=str)
        return None


def _tightened(known: dict[K, Bound], whole: K, parts: Sequence[K]) -> list[K]:
    """Reckon along one sum, both ways; which of its numbers are known better now."""
    moved = list[K]()
    least, most = sum(known[p][0] for p in parts), sum(known[p][1] for p in parts)
    _closer(known, whole, (least, most), moved)
    low, high = known[whole]
    endless = sum(known[p][1] == math.inf for p in parts)
    finite = sum(known[p][1] for p in parts if known[p][1] != math.inf)
    for part in parts:
        own_low, own_high = known[part]
        others_most = (
            math.inf if endless > (own_high == math.inf) else finite - (own_high if own_high < math.inf else 0)
        )
        _closer(known, part, (low - others_most, high - (least - own_low)), moved)
    return moved


def _closer(known: dict[K, Bound], place: K, by: Bound, moved: list[K]) -> None:
    was = known[place]
    now = max(was[0], by[0]), min(was[1], by[1])
    if now != was and now[0] <= now[1]:  # numbers that contradict each other tell nothing of each other
        known[place] = now
        moved.append(place)

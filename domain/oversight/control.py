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
    one of them that holds all tells of everybody; `silent`: those of them that say nothing of their people."""

    whole: K
    parts: tuple[K, ...]
    alike: bool = False
    silent: tuple[K, ...] = ()


Lay = tuple[Hashable, ...]
"""Where a number lies: a word for each dimension, such as place, period and code."""


def sums_in(
    lies: Collection[Lay],
    made_of: Sequence[Mapping[Any, Sequence[Hashable]]],
    *,
    alike: bool = False,
    silent: Collection[Hashable] = (),
) -> list[Sum[Lay]]:
    """Every sum that holds between numbers that lie so, in their order. `made_of` says for each dimension of which
    other words of it a word is the sum. All ways in which it is one have to be said: what is reckoned goes along these
    and no other. `silent`: words that say nothing of their people."""
    there, found = frozenset(lies), list[Sum[Lay]]()
    for lie in lies:
        for at, of in enumerate(made_of):
            parts = tuple((*lie[:at], word, *lie[at + 1 :]) for word in of.get(lie[at], ()))
            if parts and there.issuperset(parts):
                found.append(Sum(lie, parts, alike, tuple(part for part in parts if part[at] in silent)))
    return found


def let_out(
    numbers: Mapping[K, Cell],
    sums: Sequence[Sum[K]],
    earlier: Mapping[K, Told | None] | None = None,
    exact: Collection[K] = (),
) -> dict[K, Told | None]:
    """What of these numbers may leave: 0, a multiple of five, or None. `earlier` is what was let out of some of them
    before: it stands as it is, for it cannot be taken back, and what comes now gives way to it. `exact`: numbers that
    some readers know as they are, so that there is nothing to hide of them, and all else has to be hidden from whoever
    knows them."""
    fixed = dict(earlier or {})
    told = {place: cell.told for place, cell in numbers.items()} | fixed
    of_all = {place for one in sums for place in _tells_of_all(numbers, one) if place not in fixed}
    told.update(dict.fromkeys(of_all))
    kept_back = frozenset(place for place, value in told.items() if value is None)
    if not kept_back:
        return told
    web, waiting = _Web(numbers, sums, told, frozenset(exact)), kept_back.difference(exact)
    kept_back = waiting
    stands = fixed | {place: told[place] for place in exact}
    while True:
        found = {place for place in waiting if _narrow(numbers[place], web.known(place), place in of_all)}
        hidden = {near for place in found if (near := web.nearest(place, told, stands)) is not None}
        if not hidden:
            return told
        told.update(dict.fromkeys(hidden, None))
        waiting = kept_back & (found | web.hide(hidden))


def _tells_of_all(numbers: Mapping[K, Cell], one: Sum[K]) -> tuple[K, ...]:
    """What is kept back, for it would tell of everybody. Where one part alone says anything, the whole is told: with
    the silent part shown to nobody, what is kept back could as well be few."""
    whole, telling = numbers[one.whole].count, [part for part in one.parts if part not in one.silent]
    if not one.alike or len(one.parts) < 2 or not any(0 < whole == numbers[part].count for part in telling):
        return ()
    return one.parts if len(telling) == 1 else (one.whole, *one.parts)


def _narrow(cell: Cell, known: Bound, of_all: bool) -> bool:
    """Whether what is kept back could be told by what is known. A great number that is few people's is told by whoever
    knows it to a quarter more or less; one that tells of everybody, by whoever knows that it is not small."""
    if of_all and not cell.small and known[0] >= SMALLEST:
        return True
    wide = APART if cell.small else max(SMALLEST, cell.count / 2)
    return cell.count > 0 and known[1] - known[0] < wide


class _Web(Generic[K]):
    """The numbers and the sums between them, and the least and the most that each number can be. Within, a number is
    its place in the order in which they were given."""

    def __init__(
        self,
        numbers: Mapping[K, Cell],
        sums: Sequence[Sum[K]],
        told: Mapping[K, int | None],
        exact: Collection[K],
    ) -> None:
        self._exact = frozenset(exact)
        self._names, self._cells = list(numbers), list(numbers.values())
        self._at = {name: at for at, name in enumerate(self._names)}
        self._sums = [(self._at[one.whole], tuple(self._at[part] for part in one.parts)) for one in sums]
        self._of: list[list[int]] = [[] for _ in self._names]
        for number, (whole, parts) in enumerate(self._sums):
            for at in (whole, *parts):
                self._of[at].append(number)
        self._alone: list[Bound] = [self._by_itself(at, told[name]) for at, name in enumerate(self._names)]
        self._known = list[Bound](self._alone)
        self._by: list[set[int]] = [set() for _ in self._names]
        self._reckon(range(len(self._sums)))

    def known(self, place: K) -> Bound:
        """The least and the most that it can be."""
        return self._known[self._at[place]]

    def hide(self, places: Collection[K]) -> set[K]:
        """Reckon again without these; which numbers may be known less well now. They are those that became narrower
        along a sum with one of them in it, and so on: all else stands, and a country is not reckoned for one wing."""
        hidden = [self._at[place] for place in places]
        less, ring = set(hidden), list(hidden)
        while ring:
            for number in self._of[ring.pop()]:
                whole, parts = self._sums[number]
                found = [near for near in (whole, *parts) if number in self._by[near] and near not in less]
                less.update(found)
                ring.extend(found)
        for at in hidden:
            self._alone[at] = self._by_itself(at, None)
        for at in less:
            self._known[at] = self._alone[at]
            self._by[at].clear()
        self._reckon(sorted({number for at in less for number in self._of[at]}))
        return {self._names[at] for at in less}

    def nearest(self, place: K, told: Mapping[K, int | None], fixed: Mapping[K, int | None]) -> K | None:
        """The smallest number that is told, and not fixed, among the nearest of those that it became narrow by: along
        the sums that it was reckoned by, and that those were. Without any other it would be as narrow."""
        seen: set[int] = {self._at[place]}
        ring = list[int](seen)
        while ring:
            lines: set[int] = {number for at in ring for number in self._by[at]}
            beyond: set[int] = {
                near for number in lines for near in (self._sums[number][0], *self._sums[number][1])
            } - seen
            found = [at for at in beyond if told[self._names[at]] and self._names[at] not in fixed]
            if found:
                return self._names[min(found, key=lambda at: (self._cells[at].count, str(self._names[at])))]
            seen |= beyond
            ring = sorted(beyond)
        return None

    def _by_itself(self, at: int, told: int | None) -> Bound:
        if self._names[at] in self._exact:
            return self._cells[at].count, self._cells[at].count
        return (0, math.inf) if told is None and not self._cells[at].small else bounds(told)

    def _reckon(self, along: Collection[int]) -> None:
        """Along these sums, and along all that what they tell leads to, until nothing moves."""
        waiting, queued = deque(along), set(along)
        while waiting:
            number = waiting.popleft()
            queued.discard(number)
            for at in _tightened(self._known, *self._sums[number]):
                self._by[at].add(number)
                again = [other for other in self._of[at] if other != number and other not in queued]
                waiting.extend(again)
                queued.update(again)


def _tightened(known: list[Bound], whole: int, parts: Sequence[int]) -> list[int]:
    """Reckon along one sum, both ways; which of its numbers are known better now."""
    moved = list[int]()
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


def _closer(known: list[Bound], place: int, by: Bound, moved: list[int]) -> None:
    was = known[place]
    now = max(was[0], by[0]), min(was[1], by[1])
    if now != was and now[0] <= now[1]:  # numbers that contradict each other tell nothing of each other
        known[place] = now
        moved.append(place)

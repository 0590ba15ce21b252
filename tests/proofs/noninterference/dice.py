"""What draws: Hypothesis, which can shrink what it drew; or dice, which are quicker and spread more evenly."""

from collections.abc import Callable, Sequence
from random import Random
from typing import Any, Protocol, TypeVar

from hypothesis import strategies as st

T = TypeVar("T")


class Dice(Protocol):
    """Something that draws."""

    def one(self, of: Sequence[T]) -> T:
        """One of them."""
        ...

    def number(self, least: int, most: int) -> int:
        """A number, both ends included."""
        ...

    def some(self, of: Sequence[T], least: int, most: int) -> list[T]:
        """Several different ones."""
        ...


class Drawn:
    """By Hypothesis."""

    def __init__(self, draw: Callable[[st.SearchStrategy[Any]], Any]) -> None:
        self._draw = draw

    def one(self, of: Sequence[T]) -> T:
        return self._draw(st.sampled_from(of))

    def number(self, least: int, most: int) -> int:
        return self._draw(st.integers(least, most))

    def some(self, of: Sequence[T], least: int, most: int) -> list[T]:
        most = min(most, len(of))
        return self._draw(st.lists(st.sampled_from(of), min_size=min(least, most), max_size=most, unique=True))


class Rolled:
    """By a seeded generator."""

    def __init__(self, random: Random) -> None:
        self._random = random

    def one(self, of: Sequence[T]) -> T:
        return self._random.choice(of)

    def number(self, least: int, most: int) -> int:
        return self._random.randint(least, most)

    def some(self, of: Sequence[T], least: int, most: int) -> list[T]:
        most = min(most, len(of))
        return self._random.sample(list(of), self._random.randint(min(least, most), most))

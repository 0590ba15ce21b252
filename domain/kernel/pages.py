"""A page of a list: what came back, and where the next one starts. No totals: a total is a disclosure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar
from uuid import UUID

T = TypeVar("T")
CEILING: Final = 100
"""The most that one page may hold, whatever is asked for."""


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """`next` is the (order value, id) after which the next page starts, or None at the end."""

    items: Sequence[T]
    next: tuple[Any, UUID] | None = None

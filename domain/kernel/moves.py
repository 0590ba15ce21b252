"""States as explicit tables of allowed moves. What the table does not allow is refused; nothing is forbidden by
name."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from domain.kernel.errors import Failure, NotNow

S = TypeVar("S", bound=StrEnum)
Moves = Mapping[S, frozenset[S]]


@dataclass(frozen=True, slots=True)
class Life:
    """The life of a kind of record: the field that says where it stands, and from where each verb may move it."""

    field: str
    moves: Mapping[Any, frozenset[Any]]


def move(table: Moves[S], now: S, to: S) -> S:
    """The new state, or `NotNow` with `STATE_<NOW>`: from this state the move is not in the table."""
    if to not in table[now]:
        raise NotNow([Failure(f"STATE_{now.value}")])
    return to


def require(*failures: tuple[bool, str | Failure]) -> None:
    """All guards at once: each (holds, code) that does not hold is a failure; a `Failure` names a member too."""
    broken = [failure for holds, failure in failures if not holds]
    if broken:
        raise NotNow(broken)

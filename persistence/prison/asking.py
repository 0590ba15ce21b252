"""What comes of asking one of the prison's systems, and the words in which we say that nothing came of it.

Nothing here ever gets as far as a route: each client says None where it cannot ask (`domain.ports`), and the state is
for the log and for tests. It never holds an address, a number, a name or a body.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from enum import StrEnum
from typing import Any, cast

Json = dict[str, Any]
"""One object of an answer."""


class Silence(StrEnum):
    """Why there is no answer."""

    NO_TOKEN = "NO_TOKEN"  # noqa: S105 - the word for its absence
    """The estate's issuer gave us no token."""
    UNREACHABLE = "UNREACHABLE"
    """Not connected, or cut off before an answer, as often as we try."""
    TOO_LONG = "TOO_LONG"
    """It did not answer in time, or not to the end."""
    FAILING = "FAILING"
    """It says itself that something is wrong with it, or that it is busy."""
    REFUSED = "REFUSED"
    """It understood, and does not give it to us; or it sends us elsewhere, where we do not go."""
    UNREADABLE = "UNREADABLE"
    """Too large, no JSON, or JSON of another shape than its document says."""
    RESTING = "RESTING"
    """It failed several times, and is left alone for a while."""


class CannotBeAsked(Exception):
    """There is no answer, and what is asked about is not known. Never the same as an answer that says none."""

    def __init__(self, state: Silence) -> None:
        super().__init__(state)
        self.state = state


def unreadable() -> CannotBeAsked:
    """The answer has another shape than its document says."""
    return CannotBeAsked(Silence.UNREADABLE)


def an_object(found: object) -> Json:
    """A JSON object, or `CannotBeAsked`."""
    if not isinstance(found, dict):
        raise unreadable()
    return cast(Json, found)


def objects(found: object) -> list[Json]:
    """A JSON array of objects, or `CannotBeAsked`."""
    if not isinstance(found, list):
        raise unreadable()
    return [an_object(each) for each in cast(list[object], found)]


def text(held: Json, name: str) -> str | None:
    """A text that may be missing or null; an empty one says nothing. `CannotBeAsked`: it is something else."""
    found = held.get(name)
    if found is None:
        return None
    if not isinstance(found, str):
        raise unreadable()
    return found.strip() or None


def a_text(held: Json, name: str) -> str:
    """A text that must be there, or `CannotBeAsked`."""
    found = text(held, name)
    if found is None:
        raise unreadable()
    return found


def day(held: Json, name: str) -> date | None:
    """A day that may be missing or null, or `CannotBeAsked`."""
    found = text(held, name)
    try:
        return None if found is None else date.fromisoformat(found[:10])
    except ValueError:
        raise unreadable() from None


def flag(held: Json, name: str) -> bool | None:
    """A yes or no that may be missing or null, or `CannotBeAsked`."""
    found = held.get(name)
    if found is not None and not isinstance(found, bool):
        raise unreadable()
    return found


def number(held: Json, name: str) -> int:
    """A whole number that must be there, or `CannotBeAsked`. Some systems write it as a text."""
    found = held.get(name)
    if isinstance(found, str) and found.isascii() and found.isdigit():
        return int(found)
    if isinstance(found, bool) or not isinstance(found, int):
        raise unreadable()
    return found


def chunks(numbers: Iterable[str], most: int) -> Iterable[Sequence[str]]:
    """Each number once, in order, so many at a time: an order that says nothing of whoever asks."""
    each = sorted(set(numbers))
    return (each[start : start + most] for start in range(0, len(each), most))


Monotonic = Callable[[], float]
"""Seconds, that only grow."""

"""The switchboard: leaks, planted one at a time in the running service, in places where a mistake could put them.

Each is one for a side channel of security.md 7.3 (`channels` holds the table), switched on for a test and off again by
leaving its block. None of them asks the store for anything more (but the one that is about just that): so none is
caught by its work, and all by what the viewer is told. What a leak remembers, it forgets when another world begins.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Any
from unittest import mock
from uuid import UUID

from domain.confidentiality.record import Record
from domain.confidentiality.verbs import Verb
from domain.confidentiality.within import covers
from persistence.memory import MemoryStore
from tests.http.cast import CAST
from tests.proofs.noninterference.house import House
from tests.proofs.noninterference.knowledge import Mind, about, mind
from tests.proofs.noninterference.state import Key

Planting = Callable[[House], Iterator[None]]


@dataclass(frozen=True, slots=True)
class Leak:
    """One planted leak: the row of the table, its name, what is wrong with it, and how it is switched on."""

    channel: int
    name: str
    told: str
    planted: Callable[[House], AbstractContextManager[None]]
    viewers: Callable[[], tuple[str, ...]] | None = None
    """Whom it tells, where that is one in forty: the hunt is for them alone."""
    kinds: tuple[str, ...] = ()
    """Of what it tells, where that is one kind in sixty: half of the hunt is about these."""
    acts: frozenset[Verb] = frozenset()
    """By what it tells, where that is one act in a hundred: the hunt tries these on what is beside the secret."""

    def __str__(self) -> str:
        return f"{self.channel}-{self.name.replace('_', '-')}"


SWITCHBOARD: list[Leak] = []


def leak(
    channel: int,
    viewers: Callable[[], tuple[str, ...]] | None = None,
    kinds: tuple[str, ...] = (),
    acts: frozenset[Verb] = frozenset(),
) -> Callable[[Planting], Planting]:
    """Put a leak on the switchboard, under the row of the table that it is an example of."""

    def made(planting: Planting) -> Planting:
        told = " ".join((planting.__doc__ or "").split())
        SWITCHBOARD.append(Leak(channel, planting.__name__, told, contextmanager(planting), viewers, kinds, acts))
        return planting

    return made


# --- whom a leak tells -----------------------------------------------------------------------------------------------


def who(may: Callable[[Mind], bool]) -> Callable[[], tuple[str, ...]]:
    """The members of the cast of whom that is so: whom a leak can tell, worked out from the policy."""
    return lambda: tuple(name for name in CAST if may(mind(name)))


def does(*verbs: Verb) -> Callable[[], tuple[str, ...]]:
    """Whoever may do one of these."""
    return who(lambda m: any(m.eyes.may(verb) for verb in verbs))


def _changes_in_part(m: Mind) -> bool:
    moved = {about(o) for o in m.may if o.moves}
    return any(each.fields and each.kind in moved for each in m.secrets)


CHANGES_IN_PART = who(_changes_in_part)
"""Whoever changes records of which he does not see all."""


def _lists_in_part(m: Mind) -> bool:
    listed = {about(o) for o in m.may if o.method == "GET" and not o.of_one}
    return any(each.fields and each.kind in listed for each in m.secrets)


LISTS_IN_PART = who(_lists_in_part)
"""Whoever lists records of which he does not see all."""


# --- what the leaks lean on ------------------------------------------------------------------------------------------


def kept(house: House) -> MemoryStore:
    """The store of the world that stands, as nobody but a leak reads it."""
    inner: Any = house.stand.inner
    return inner


def rows(house: House) -> Mapping[Key, Record]:
    """All that it holds."""
    return kept(house).records


def of(house: House, kind: str) -> list[Any]:
    """All that it holds of a kind."""
    return [record for (name, _), record in rows(house).items() if name == kind]


def hidden(act: Any, house: House, kind: type[Record], id: UUID) -> bool:
    """Whether a record is there and out of this act's reach."""
    record = rows(house).get((kind.shape.kind, id))
    return record is not None and not covers(act.decision.reach(kind), act.viewer, act.now, record)


def there(house: House, path: str) -> bool:
    """Whether the address names the id of any record that is there."""
    ids = {str(id) for _, id in rows(house)}
    return any(part in ids for part in path.split("/"))


class Memory(dict[Any, Any]):
    """What a leak remembers of one world."""

    def __init__(self, house: House) -> None:
        super().__init__()
        self._house = house
        self._of = 0

    def now(self) -> "Memory":
        """As it is in the world that stands."""
        if self._of != self._house.turn.worlds:
            self._of = self._house.turn.worlds
            self.clear()
        return self


@contextmanager
def instead(of: Any, name: str, made: Callable[[Any], Any]) -> Iterator[None]:
    """Put `made(what was there)` in its place, even where the thing is frozen."""
    was = getattr(of, name)
    if isinstance(of, type) or hasattr(of, "__spec__"):
        with mock.patch.object(of, name, made(was)):
            yield
        return
    object.__setattr__(of, name, made(was))
    try:
        yield
    finally:
        object.__setattr__(of, name, was)

"""Everything that names a person, found by the shapes of the records and not by a list: a kind that is added tomorrow
is joined too.

The rows of an act of merging are gathered first, each once and with all that happens to it, and kept at its end. What
is live of a closed policy names nobody by our id (`request_closed_has_no_person` holds the table to it): there is
nothing in it to join, and nothing of a merge tells of it. Were there ever any, it is left as it is (rules 2, 4 and 23).
"""

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Final, NewType, TypeVar, Union, cast, get_args, get_origin
from uuid import UUID

from domain import looking
from domain.act import Act
from domain.confidentiality.classification import Classification
from domain.confidentiality.record import KINDS, Record
from domain.kernel.ids import PersonId

T = TypeVar("T", bound=Record)
APART: Final = frozenset({"person", "person-merge"})
"""The person himself, who is joined otherwise, and the map."""


@cache
def naming(kind: type[Record], id: Any) -> tuple[str, ...]:
    """The fields of a kind that hold such an id, or several."""
    return tuple(name for name, field in kind.shape.fields.items() if id in _parts(field.type))


@cache
def kinds_naming(id: Any) -> Mapping[type[Record], tuple[str, ...]]:
    """The kinds with such fields."""
    found = {kind: naming(kind, id) for name, kind in sorted(KINDS.items()) if name not in APART}
    return {kind: fields for kind, fields in found.items() if fields}


def several(kind: type[Record], field: str) -> bool:
    """Whether the field holds many."""
    return any(get_origin(part) is tuple for part in _parts(kind.shape.fields[field].type))


def _parts(hint: Any) -> Iterator[Any]:
    yield hint
    for part in get_args(hint):
        yield from _parts(part)


def is_closed(record: Record) -> bool:
    """Live use of a closed policy."""
    return record.shape.existence is Classification.PARTICIPATION and getattr(record, "closed", False)


class Gathered:
    """The rows that an act of merging changes: each as it was, and as it will be."""

    def __init__(self, act: Act) -> None:
        self.act = act
        self.was: dict[tuple[str, UUID], Record] = {}
        self.now: dict[tuple[str, UUID], Record] = {}
        self.roles: list[Any] = []
        """The roles that stay, of those that were double, or that people must look at for another of his."""
        self.ended: list[Any] = []
        """The enrolments that ended, or of which a session met another."""

    def latest(self, record: T) -> T:
        """The record with all that has happened to it so far."""
        return cast(T, self.now.get((record.shape.kind, record.id), record))

    def before(self, record: T) -> T:
        """The record as it was before this act."""
        return cast(T, self.was.get((record.shape.kind, record.id), record))

    def change(self, record: T, **changes: Any) -> T:
        """Change it further. One that stays as it is, is not touched."""
        latest = self.latest(record)
        if all(getattr(latest, name) == value for name, value in changes.items()):
            return latest
        key = (record.shape.kind, record.id)
        self.was.setdefault(key, record)
        self.now[key] = dataclasses.replace(cast(Any, latest), **changes)
        return cast(T, self.now[key])

    async def of(self, kind: type[T], equal: Mapping[str, Any]) -> list[T]:
        """All that are so now, those too that are so only since this act changed them."""
        found = {each.id: each for each in await looking.all_known(self.act, kind, equal)}
        found |= {id: self.was[name, id] for name, id in self.now if name == kind.shape.kind}  # type: ignore[misc]
        latest = [self.latest(cast(T, each)) for each in found.values()]
        same = [each for each in latest if all(_is(getattr(each, name), value) for name, value in equal.items())]
        return sorted(same, key=lambda each: each.id)

    async def give(self, gone: UUID, stays: UUID, only: Callable[[Record], bool] = lambda _: True) -> None:
        """Whatever names the one names the other."""
        for kind, fields in kinds_naming(PersonId).items():
            for field in fields:
                for each in await looking.all_known(self.act, kind, {field: gone}):
                    if only(each) and not is_closed(each):
                        self.change(each, **{field: stays})

    def keep(self) -> None:
        """Have the act keep them: what ends before what goes on, for of some there may only be one."""
        for key in sorted(self.now, key=lambda key: (not _ends(self.now[key]), str(key))):
            self.act.keep_beside(self.now[key], was=self.was[key])

    def undo(self) -> list[dict[str, Any]]:
        """How each row was before and is now, and by which version it is known to be as the merge left it."""
        return [
            {
                "kind": kind,
                "id": str(id),
                "version": self.was[kind, id].version + 1,
                "was": {n: written(getattr(self.was[kind, id], n)) for n in _changed(self.was[kind, id], now)},
                "now": {n: written(getattr(now, n)) for n in _changed(self.was[kind, id], now)},
            }
            for (kind, id), now in self.now.items()
        ]


def _is(value: Any, asked: Any) -> bool:
    return value in asked if isinstance(asked, frozenset) else value == asked


def _changed(was: Record, now: Record) -> list[str]:
    return [n for n in was.shape.fields if n != "version" and getattr(was, n) != getattr(now, n)]


_ENDED: Final = frozenset({"STOOD_DOWN", "WITHDRAWN", "WITHDRAWN_LEARNER", "NOT_DELIVERED"})


def _ends(record: Record) -> bool:
    stands = getattr(record, "standing", getattr(record, "state", None))
    return stands in _ENDED or getattr(record, "current", True) is False


def written(value: Any) -> Any:
    """A value of a record as JSON has it."""
    match value:
        case tuple():
            return [written(each) for each in cast(tuple[Any, ...], value)]
        case UUID():
            return str(value)
        case date():
            return value.isoformat()
        case StrEnum():
            return value.value
        case _:
            return value


def read(hint: Any, value: Any) -> Any:
    """The value of a field of this type again."""
    if value is None:
        return None
    if get_origin(hint) in (Union, UnionType):
        return read(next(part for part in get_args(hint) if part is not NoneType), value)
    if get_origin(hint) is tuple:
        return tuple(read(get_args(hint)[0], each) for each in value)
    if isinstance(hint, NewType):
        return UUID(str(value))
    if isinstance(hint, type) and issubclass(hint, date):
        return hint.fromisoformat(str(value))
    return hint(value) if isinstance(hint, type) and issubclass(hint, StrEnum | UUID) else value

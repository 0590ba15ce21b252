"""How the store that forgets looks: records sorted by kind, and what a look and a query hold of them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, cast, overload
from uuid import UUID

from domain.confidentiality.classification import Classification
from domain.confidentiality.record import R, Record, Unread, columns
from domain.confidentiality.within import covers
from domain.ports import Look, Query, Scope
from persistence import clashes, question
from persistence.faults import Fault


class Sorted:
    """Records by kind and id, and by kind when they are first asked for like that."""

    def __init__(self, records: Mapping[tuple[str, UUID], Record]) -> None:
        self.records = records

    @cached_property
    def kinds(self) -> clashes.ByKind:
        """All of each kind."""
        return clashes.by_kind(self.records.values())

    def among(self, kind: type[Record], query: Query) -> Iterable[Record]:
        """Of an id alone one, and else all of the kind."""
        id = query.equal.get("id")
        if not isinstance(id, UUID):
            return self.kinds.get(kind, ())
        one = self.records.get((kind.shape.kind, id))
        return () if one is None else (one,)


def found_in(records: Sorted, kind: type[R], query: Query, look: Look) -> list[R]:
    """The records of a kind that look and query hold, in the order that the query asks for."""
    wanted = [(name, question.wanted(value)) for name, value in query.equal.items()]
    found = list[R]()
    for record in records.among(kind, query):
        for name, values in wanted:
            if getattr(record, name) not in values:
                break
        else:
            if in_scope(record, look.scope) and covers(look.reach, look.viewer, look.now, record):
                found.append(cast(R, record))
    order = query.order
    found.sort(key=lambda record: _place(order, record))
    if query.after is not None:
        value, id = query.after
        last = _rank(value, id) if order is not None else (id,)
        found = [record for record in found if _place(order, record) > last]
    return found[: query.limit]


def told(found: list[R], query: Query) -> Sequence[R]:
    """As much of it as was asked for."""
    return InPart(found, {"id", query.order, *query.only}) if query.only else found


class InPart(Unread[R]):
    """What a query found that asked for some fields alone: of the others it tells as little as PostgreSQL would."""

    def __init__(self, found: Sequence[R], asked: Collection[str | None]) -> None:
        self._found, self._asked = found, asked

    def columns(self, fields: Sequence[str]) -> Mapping[str, Sequence[Any]]:
        """The values of these fields, if they were asked for."""
        if unasked := set(fields).difference(self._asked):
            raise KeyError(*sorted(unasked))
        return columns(self._found, fields)

    def some(self, at: Sequence[int]) -> "InPart[R]":
        """Those at these places."""
        return InPart([self._found[place] for place in at], self._asked)

    def __len__(self) -> int:
        return len(self._found)

    @overload
    def __getitem__(self, at: int) -> R: ...
    @overload
    def __getitem__(self, at: slice) -> "InPart[R]": ...
    def __getitem__(self, at: int | slice) -> "R | InPart[R]":
        if isinstance(at, slice):
            return InPart(self._found[at], self._asked)
        raise Fault("a record of some of its fields")


def _place(order: str | None, record: Record) -> tuple[Any, ...]:
    return (record.id,) if order is None else _rank(getattr(record, order), record.id)


def _rank(value: Any, id: UUID) -> tuple[Any, ...]:
    return (1, id) if value is None else (0, value, id)


def in_scope(record: Record, scope: Scope) -> bool:
    """Whether the scope holds the record."""
    if record.shape.existence is Classification.PARTICIPATION and not scope.participation:
        return False
    if scope.prisons is None or "prison" not in record.shape.fields:
        return scope.prisons is None or bool(scope.prisons)  # a scope of no prison opens nothing
    return getattr(record, "prison", None) in scope.prisons

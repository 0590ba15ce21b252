"""Rows to records and back, by name; marked fields through the cipher on the way.

A field has the column of its own name, but for what `STORED_AS` and `NOT_STORED` say; a column has a field, but for
what `BESIDES` says. A test holds the two sides to that. Which values need a change on the way (an enumeration, a tuple,
an id of the driver's own class) is worked out once a kind, at import.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, NewType, cast, get_args, get_origin
from uuid import UUID, SafeUUID

import orjson
from sqlalchemy import Column, Table

from domain.confidentiality.record import R, Record
from domain.records import KINDS
from persistence.cipher import Cipher
from persistence.question import FOUND_BLIND, plain
from persistence.tables import RECORDS

STORED_AS: Final[Mapping[str, Mapping[str, str]]] = {
    "ledger-line": {"at": "shown_at", "act": "shown_act", "author": "actor"}
}
"""Fields that are kept in a column of another name. A line's author is its actor again."""
NOT_STORED: Final[Mapping[str, frozenset[str]]] = {"ledger-line": frozenset({"version"})}
"""Fields without a column: they have their default."""
BESIDES: Final[Mapping[str, frozenset[str]]] = {
    "ledger-line": frozenset({"at", "tx", "bytes", "closed"}),
    "person": frozenset({"identifier_index"}),
    "actor": frozenset({"subject_index"}),
    "assignment": frozenset({"subject_index"}),
    "person-merge": frozenset({"removed_index", "survivor_index"}),
}
"""Columns without a field."""

Change = Callable[[Any], Any]
_UNKNOWN: Final = SafeUUID.unknown


@dataclass(frozen=True, slots=True)
class Part:
    """One field and its column; how its value changes on the way in and out (None: it does not)."""

    field: str
    column: Column[Any]
    encode: Change | None
    decode: Change | None
    encrypted: bool


class Mapped:
    """One kind of record and its table."""

    __slots__ = ("_decoded", "_defaults", "_opened", "_written", "blind", "kind", "name", "parts", "record", "table")

    def __init__(self, record: type[Record]) -> None:
        self.record: Final = record
        self.kind: Final = record.shape.kind
        self.table: Final[Table] = RECORDS[self.kind]
        self.name: Final[str] = self.table.name
        stored, absent = STORED_AS.get(self.kind, {}), NOT_STORED.get(self.kind, frozenset())
        self.parts: Final = tuple(
            _part(f.name, self.table.c[stored.get(f.name, f.name)], plain(f.type), f.mark.encrypted)
            for f in record.shape.fields.values()
            if f.name not in absent
        )
        self._decoded: Final = tuple((p.field, p.decode) for p in self.parts if p.decode is not None)
        self._opened: Final = tuple((p.field, p.column.name) for p in self.parts if p.encrypted)
        self._written: Final = {p.field: p for p in self.parts}
        self._defaults: Final[dict[str, Any]] = {n: record.__dataclass_fields__[n].default for n in absent}  # type: ignore[attr-defined]
        self.blind: Final = {f: beside for (kind, f), beside in FOUND_BLIND.items() if kind == self.kind}

    def part(self, field: str) -> Part:
        """The field's part. Raises `AttributeError`, as the record itself would."""
        for part in self.parts:
            if part.field == field:
                return part
        raise AttributeError(f"{self.kind} has no column for {field}")

    def encoded(self, field: str, value: Any) -> Any:
        """A value of a field, as the driver wants it."""
        encode = self.part(field).encode
        return value if encode is None or value is None else encode(value)

    def row(self, record: Record, cipher: Cipher, version: int) -> dict[str, Any]:
        """The values of the record's row, by column. The store alone counts versions."""
        values: dict[str, Any] = {}
        for part in self.parts:
            value = getattr(record, part.field)
            if value is not None:
                if part.encrypted:
                    value = cipher.seal(self.name, part.column.name, record.id, value)
                elif part.encode is not None:
                    value = part.encode(value)
            values[part.column.name] = value
        for field, beside in self.blind.items():
            told = (*(getattr(record, b) for b in beside), getattr(record, field))
            values[f"{field}_index"] = cipher.index(f"{self.name}.{field}", *told)
        values["version"] = version
        return values

    def read(self, row: Any, cipher: Cipher) -> Record:
        """The record of a row whose columns are called as the fields."""
        values = dict[str, Any](row)  # the driver's own loop; then only what changes is touched (20 us a row, not 35)
        values.pop("mark", None)  # of the viewer's footing, where the look held it
        for field, column in self._opened:
            value = values[field]
            if value is not None:
                values[field] = cipher.open(self.name, column, values["id"], value)
        for field, decode in self._decoded:
            value = values[field]
            if value is not None:
                values[field] = decode(value)
        return self.record(**values)

    def columns(self, rows: Sequence[Any], fields: Sequence[str], cipher: Cipher) -> dict[str, list[Any]]:
        """These fields of these rows as they are written in JSON, column by column: 13 us a row less than `read`, for
        most values are written as the driver gives them."""
        found: dict[str, list[Any]] = {}
        for field in fields:
            part = self._written.get(field)
            if part is None:
                found[field] = [self._defaults[field]] * len(rows)
                continue
            values = [row[field] for row in rows]
            if part.encrypted:
                values = cipher.open_all(self.name, part.column.name, [row["id"] for row in rows], values)
            elif part.decode in (orjson.loads, _several_plain):
                values = [None if value is None else orjson.loads(value) for value in values]
            found[field] = values
        return found


def _part(field: str, column: Column[Any], hint: Any, encrypted: bool) -> Part:
    encode, decode = _changes(hint)
    if encrypted and hint is not str and not (isinstance(hint, type) and issubclass(hint, StrEnum)):
        raise TypeError(f"{column} is encrypted and no text")
    return Part(field, column, encode, decode, encrypted)


def _changes(hint: Any) -> tuple[Change | None, Change | None]:
    """How values of a type go to the driver, and come back."""
    while isinstance(hint, NewType):
        hint = cast(Any, hint).__supertype__
    if get_origin(hint) is tuple and get_origin(get_args(hint)[0]) is dict:
        return _json, _several_plain
    if get_origin(hint) is tuple:
        inner = get_args(hint)[0]
        _, one = _changes(plain(inner))
        if one is not None and plain(inner) is not inner:
            one = _or_none(one)
        return list, (tuple if one is None else lambda values: tuple(map(one, values)))
    if get_origin(hint) is dict:
        return _json, orjson.loads
    if hint is UUID:
        return None, _own_uuid
    if hint is datetime:
        return _aware, None
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        # By dictionary: calling the class costs ten times as much, and every row has several.
        return str, {word.value: word for word in hint}.__getitem__
    return None, None


def _aware(value: datetime) -> datetime:
    """The driver would take an instant without a zone for one of this machine's own."""
    if value.tzinfo is None:
        raise ValueError("an instant without a zone")
    return value


def _or_none(one: Change) -> Change:
    """The same of a value that may not be there."""
    return lambda value: None if value is None else one(value)


def _json(value: Any) -> str:
    return orjson.dumps(value).decode()


def _several_plain(value: Any) -> tuple[Any, ...]:
    return tuple(orjson.loads(value))


def _own_uuid(value: Any) -> UUID:
    """The driver's UUID is a class of its own, which orjson refuses; this makes a plain one in a third of the time that
    calling the class takes (0.3 us)."""
    made = object.__new__(UUID)
    object.__setattr__(made, "int", value.int)
    object.__setattr__(made, "is_safe", _UNKNOWN)
    return made


MAPPED: Final[Mapping[str, Mapped]] = {kind: Mapped(record) for kind, record in KINDS.items()}
"""Every kind, mapped."""


def mapped(kind: type[R]) -> Mapped:
    """The mapping of a kind."""
    return MAPPED[kind.shape.kind]

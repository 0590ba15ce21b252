"""What an attacker may know and try: routes, parameters, field names, ids and values, read off the service itself.

Nothing is listed here that the service lists: a new route, filter, kind of record or field is tried without a line.
"""

import dataclasses
import json
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from functools import lru_cache
from typing import Any
from uuid import UUID

from fastapi.routing import APIRoute

from api.wire import camel
from domain.confidentiality.about import ABOUT
from domain.confidentiality.record import Record
from domain.confidentiality.viewer import Viewer
from domain.records import KINDS
from tests.http import cast, furniture, planned
from tests.http.cast import uid
from tests.http.operations import OPERATIONS, Operation, may
from tests.http.world import theatre
from tests.proofs.noninterference.cleared import Eyes, eyes
from tests.proofs.noninterference.state import Key, base

ABSENT = str(uid("never-existed"))
READS = [o for o in OPERATIONS if o.of_one and o.method == "GET"]
MOVES = [o for o in OPERATIONS if o.moves]
MAKES = [o for o in OPERATIONS if o.method == "POST" and not o.of_one]
METHODS = ("HEAD", "OPTIONS", "PUT", "DELETE", "TRACE", "BREW", "PATCH", "POST")


def about(operation: Operation) -> str | None:
    """The kind of record that an operation is about."""
    return ABOUT[operation.verb].kind


@lru_cache(maxsize=1)
def parameters() -> dict[str, tuple[str, ...]]:
    """The query parameters of each operation."""
    return {
        str(route.operation_id): tuple(p.alias for p in route.dependant.query_params)
        for route in theatre().app.routes
        if isinstance(route, APIRoute)
    }


PAGED = [o for o in OPERATIONS if "limit" in parameters()[o.name]]
LISTS = [o for o in OPERATIONS if o.method == "GET" and not o.of_one and about(o) is not None]
READ_OF = {
    kind: o
    for o in READS
    if (kind := about(o)) is not None and ABOUT[o.verb].shows and o.example.about is None and o.template == o.record
}
"""By which a record of the kind is shown itself. What is made of it besides (a page, a print, a file) is among `READS`.
"""
LIST_OF = {kind: o for o in PAGED if (kind := about(o)) is not None and not o.of_one}


@lru_cache(maxsize=1)
def field_names() -> tuple[str, ...]:
    """Every name of a field of any record, as it is on the wire and as it is within."""
    plain = {name for kind in KINDS.values() for name in kind.shape.fields}
    return tuple(sorted(plain | {camel(name) for name in plain}))


def on_the_wire(value: Any) -> Any:
    """A field's value as a caller would write it."""
    match value:
        case Enum():
            return value.value
        case UUID():
            return str(value)
        case datetime() | date():
            return value.isoformat().replace("+00:00", "Z")
        case tuple():
            return [on_the_wire(v) for v in value]
        case _:
            return value


@lru_cache(maxsize=1)
def values() -> dict[str, tuple[Any, ...]]:
    """For each name on the wire: the values that fields so named have at the beginning."""
    found: dict[str, dict[str, Any]] = {}
    for record in base().records.values():
        for name in record.shape.fields:
            value = on_the_wire(getattr(record, name))
            if value not in (None, [], {}):
                found.setdefault(camel(name), {})[repr(value)] = value
    return {name: tuple(there.values())[:40] for name, there in found.items()}


# --- one viewer ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SecretClass:
    """A class of facts that the viewer is not cleared for: that records of a kind are there, or fields of one class."""

    kind: str
    what: str
    records: tuple[Key, ...]
    fields: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.kind}: {self.what}"


@dataclass(frozen=True, slots=True)
class Mind:
    """What one viewer knows of, can do, and may not know at the beginning."""

    name: str
    eyes: Eyes
    visible: tuple[Key, ...]
    secrets: tuple[SecretClass, ...]
    may: tuple[Operation, ...]
    prison: str

    def visible_of(self, kind: str | None) -> list[str]:
        """The ids that he may know of, of one kind."""
        return [str(id) for k, id in self.visible if k == kind]


@lru_cache(maxsize=64)
def mind(name: str) -> Mind:
    """What that member of the cast may and may not know at the beginning."""
    there = base().all()
    seeing = eyes(name, there.values(), cast.START)
    own = {(r.shape.kind, r.id) for r in seeing.own}
    found: dict[tuple[str, str], tuple[list[Key], set[str]]] = {}
    visible: list[Key] = []
    for key, record in there.items():
        known = seeing.fields(record)
        if known:
            visible.append(key)
        elif key not in own:
            found.setdefault((key[0], "there at all"), ([], set()))[0].append(key)
        for field in record.shape.fields.values() if known else ():
            if field.name not in known and field.name not in ("version", *record.shape.derived):
                keys, names = found.setdefault((key[0], field.mark.classification.value), ([], set()))
                names.add(field.name)
                if key not in keys:
                    keys.append(key)
    secrets = tuple(SecretClass(k, w, tuple(keys), tuple(sorted(ns))) for (k, w), (keys, ns) in sorted(found.items()))
    allowed = tuple(o for o in OPERATIONS if may(name, o.verb))
    return Mind(name, seeing, tuple(visible), secrets, allowed, cast.CAST[name].prison or "MDI")


def cleared_for(one: Record | None, other: Record | None) -> list[str]:
    """The members of the cast who are cleared for the difference of two records, and read such records in one capacity
    and for one purpose, so that they need not say which; in a prison of theirs, for the store opens to no other."""
    record = one or other
    operation = None if record is None else READ_OF.get(record.shape.kind) or LIST_OF.get(record.shape.kind)
    if operation is None:
        return []
    minds = [mind(name) for name in cast.CAST]
    return [
        m.name
        for m in minds
        if m.eyes.facts(one) != m.eyes.facts(other)
        and len(m.eyes.may(operation.verb)) == 1
        and any(_opens(m.eyes.may(operation.verb)[0][0], r) for r in (one, other) if r is not None)
    ]


def _opens(viewer: Viewer, record: Record) -> bool:
    """Whether the store opens to this viewer where the record is (row security, behind the reach)."""
    prison, prisons = getattr(record, "prison", None), viewer.fact("prisons")
    return "prison" not in record.shape.fields or prisons is None or prison in prisons


# --- elsewhere -------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=4)
def _elsewhere(prefix: str) -> dict[str, str]:
    """For each record of Moorland's furniture, the like one of another prison."""
    place = {"far:": furniture.LEEDS, "irish:": furniture.MOUNTJOY}[prefix]
    makes = (furniture.schemes, furniture.supporters, furniture.requests, furniture.learning, furniture.oversight)
    makes = (*makes, furniture.registers, planned.records)
    here = [r for make in makes for r in make(furniture.MOORLAND)]
    there = [r for make in makes for r in make(place)]
    found: dict[str, str] = {}
    for record in here:
        like = next((r for r in there if _alike(record, r) and str(r.id) not in found.values()), None)
        if like is not None:
            found[str(record.id)] = str(like.id)
    return found


def _alike(one: Record, other: Record) -> bool:
    same = ("kind", "state", "standing", "closed")
    return type(one) is type(other) and all(getattr(one, n, None) == getattr(other, n, None) for n in same)


PREFIXES = {"MDI": "", "LEI": "far:", "MJY": "irish:"}


def moved(value: Any, prison: str) -> Any:
    """A body or an id of the examples, which are Moorland's, as it would be in another prison."""
    prefix = PREFIXES.get(prison, "")
    if not prefix:
        return value
    match value:
        case dict():
            return {k: moved(v, prison) for k, v in value.items()}
        case list():
            return [moved(v, prison) for v in value]
        case str():
            return _elsewhere(prefix).get(value, value.replace("MDI", prison))
        case _:
            return value


def address(operation: Operation, prison: str) -> str:
    """Where an operation lists or makes: under the like scheme of another prison, where it is under one."""
    return "/".join(moved(part, prison) for part in operation.address.split("/"))


def addresses(operation: Operation) -> tuple[str, ...]:
    """Where it is asked in each prison: once, where it is under no scheme."""
    return tuple(dict.fromkeys(address(operation, prison) for prison in PREFIXES))


def members_of(kind: str) -> dict[str, str]:
    """Each field of a kind by its name on the wire, with its class."""
    fields = KINDS[kind].shape.fields
    return {camel(n): fields[n].mark.classification.value for n in fields}


def plainly(record: Record) -> dict[str, Any]:
    """A record's fields as a caller would write them."""
    names = [f.name for f in dataclasses.fields(record)]  # type: ignore[arg-type]
    return {camel(n): on_the_wire(getattr(record, n)) for n in names if n != "version"}


def on_the_wire_body(operation: Operation, viewer: str) -> bytes:
    """The example's body of an operation, in bytes, as that viewer's prison has it."""
    return json.dumps(moved(operation.example.body, mind(viewer).prison)).encode()

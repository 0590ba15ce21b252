"""Mass assignment: whatever a record holds and an operation does not take is put into its body, one member at a time.

For each operation that writes there is a request that is done when it is sent; each attempt is that request with one
member more, or with one in the place of one that is allowed.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final, NewType, cast, get_args, get_origin
from uuid import UUID
from zlib import crc32

from api.wire import camel
from domain.confidentiality.about import ABOUT
from domain.confidentiality.entry import Outcome
from domain.records import KINDS
from persistence.question import plain
from tests.http.cast import uid
from tests.http.operations import WITH_BODY, Operation
from tests.http.world import theatre
from tests.proofs.matrix import cells
from tests.proofs.matrix.asgi import Stand
from tests.proofs.matrix.cells import Cell

NOBODYS: Final[dict[str, Any]] = {
    "__proto__": {"role": "GOVERNOR"},
    "constructor": {"prototype": {"role": "GOVERNOR"}},
    "withheld": [],
    "etag": "x",
    "roles": ["GOVERNOR"],
    "may": ["READ_LEDGER"],
    "is_admin": True,
    "": "nothing",
}
"""Members of no record that a careless reader of bodies might heed."""


def tried() -> dict[str, Any]:
    """Every member of every kind of record, by its name in Python and on the wire, with a value of its type."""
    found: dict[str, Any] = dict(NOBODYS)
    for kind in KINDS.values():
        for field in kind.shape.fields.values():
            for name in (field.name, camel(field.name)):
                found.setdefault(name, _value(field.type))
    return found


def _value(hint: Any) -> Any:
    kind = plain(hint)
    if get_origin(kind) is tuple:
        return [_value(get_args(kind)[0])]
    while isinstance(kind, NewType):
        kind = cast(Any, kind).__supertype__
    if get_origin(kind) is dict:
        return {"x": 1}
    if issubclass(kind, StrEnum):
        return list(kind)[-1].value
    values: dict[Any, Any] = {
        UUID: str(uid("tried")),
        str: "MDI-Z",
        int: 7,
        bool: True,
        date: "2026-12-24",
        datetime: "2026-12-24T10:00:00Z",
    }
    return values[kind]


def taken(operation: Operation) -> dict[str, Any]:
    """The members that an operation takes, as the document has them."""
    document = theatre().contract.document
    said = document["paths"][operation.template][operation.method.lower()]["requestBody"]
    name = said["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
    return document["components"]["schemas"][name].get("properties", {})


async def done(stand: Stand, operation: Operation) -> Cell:
    """The operation's own request that is done when it is sent: its example, in the relation that it needs."""
    for purpose in cells.PURPOSES:
        for cell in cells.cells_of(operation.example.by, operation, purpose):
            if cell.changes and (await sent(stand, cell)).status < 300:
                return cell
    raise AssertionError(f"no request of {operation} is done by {operation.example.by}")


async def sent(stand: Stand, cell: Cell) -> Any:
    """Send it over its own store."""
    stand.set(*cell.placed, without=cell.instead)
    return await stand.send(cell.who, cell.operation.method, cell.path, body=cell.body, headers=cell.headers)


@dataclass(frozen=True, slots=True)
class Attempt:
    """A request with a member that it may not have, and the places that the refusal may name."""

    cell: Cell
    member: str
    path: str = ""


EIGHTH: Final = 8


def attempts(done: Cell, *, thorough: bool = False) -> Iterator[Attempt]:
    """Each member that is not taken, added; and in the place of one that is: those of the kind that the operation is
    about and those of none, and of all others one in eight, another eighth for each operation; all where it is
    `thorough`."""
    body, known = done.body, taken(done.operation)
    about = KINDS.get(ABOUT[done.operation.verb].kind or "")
    near = {*NOBODYS, *(about.shape.fields if about else ()), *map(camel, about.shape.fields if about else ())}
    fewer = {name: value for name, value in body.items() if name != min(body)}
    for member, value in tried().items():
        here = thorough or member in near or crc32(f"{done.operation} {member}".encode()) % EIGHTH == 0
        if member not in known and here:
            yield Attempt(replace(done, body={**body, member: value}), member)
            if body and (thorough or member in near):
                yield Attempt(replace(done, body={**fewer, member: value}), member)


async def succeeded(stand: Stand, attempt: Attempt) -> list[str]:
    """What is wrong with the refusal of an attempt; nothing, if all is well."""
    cell = attempt.cell
    stand.set(*cell.placed, without=cell.instead)
    before = dict(stand.records)
    reply = await stand.send(cell.who, cell.operation.method, cell.path, body=cell.body, headers=cell.headers)
    found = []
    if reply.status != 422 or ("UNKNOWN_FIELD", attempt.path) not in reply.codes:
        found.append(f"{reply.status} {reply.content[:120]!r}")
    if stand.records != before or stand.seen.letters or stand.seen.keys:
        found.append("something was kept")
    if [line.outcome for line in stand.lines] != [Outcome.MALFORMED]:
        found.append(f"lines {[line.outcome for line in stand.lines]}")
    return [f"{cell.who} {cell.operation} with {attempt.member}: {what}" for what in found]


WRITES: Final = WITH_BODY

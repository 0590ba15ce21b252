"""From views to bytes, and what the document says of them. Nothing but a `View` is accepted.

Names are camelCase, instants UTC with offset, and a withheld member is `null` and named in `withheld`. Response models
are read off the records: they document and are checked in tests, and are not paid for on each request
(performance.md 4: orjson straight from the view).
"""

import dataclasses
import re
import types
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from enum import Enum
from functools import lru_cache
from operator import itemgetter
from typing import Annotated, Any, Final, Union, cast, get_args, get_origin
from uuid import UUID

import orjson
from pydantic import BaseModel, ConfigDict, Field, RootModel, create_model

from domain.confidentiality.classification import Classification
from domain.confidentiality.disclosure import NEVER, View, Views
from domain.confidentiality.record import R, Record
from domain.kernel.words import camel

ECHOES: Final[Mapping[str, frozenset[str]]] = {
    "scheme": frozenset({"scheme"}),
    "scheme-status": frozenset({"scheme"}),
    "person": frozenset({"person"}),
    "ledger-line": frozenset({"author", "readable_from"}),
    "feedback": frozenset({"by_code"}),
    "complaint": frozenset({"author"}),
    "subscription": frozenset({"author", "secret", "secret_before"}),
}
"""Fields that are there for reach, for counting or for signing alone: most repeat another under the name by which reach
reads them."""
LONGEST: Final[Mapping[str, int]] = {"request": 40, "duty": 40, "watch": 40}
"""The longest string on records that may be of a closed-policy scheme: codes, places and names, no words (rule 20)."""
_WORDS: Final = 1000
_NUMBERS: Final = re.compile(r" \((?:rules? [^)]*|[FSX]\d[^)]*|domain facts[^)]*)\)")
_NAMES: Final = re.compile("(?<=`)[a-z]+(_[a-z]+)+(?=`)")


@dataclasses.dataclass(frozen=True, slots=True)
class _Form:
    """How views of a kind are written: the fields in their order, their names on the wire, and which of these are
    instants. Worked out once a kind: asking of each value what it is took 30 us a record."""

    fields: tuple[str, ...]
    members: tuple[str, ...]
    instants_at: tuple[int, ...]
    take: Callable[[Any], tuple[Any, ...]]


@lru_cache(maxsize=256)
def _form(kind: type[Record]) -> _Form:
    fields = tuple(n for n in kind.shape.members if n not in NEVER and not _echoes(kind, n))
    instants = tuple(at for at, n in enumerate(fields) if datetime in _types(kind.shape.members[n].type))
    return _Form(fields, tuple(map(camel, fields)), instants, cast(Any, itemgetter)(*fields))


def _types(hint: Any) -> tuple[Any, ...]:
    return (hint, *get_args(hint))


def _echoes(kind: type[Record], field: str) -> bool:
    return field in ECHOES.get(kind.shape.kind, ())


@lru_cache(maxsize=4096)
def _withheld(kind: type[Record], names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(camel(n) for n in names if not _echoes(kind, n))


def body(view: View[Any]) -> dict[str, Any]:
    """A view as plain values, ready to be written."""
    if not isinstance(view, View):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise TypeError("only a View reaches the wire")
    form = _form(view.kind)
    out = dict(zip(form.members, form.take(view.values), strict=True))
    for at in form.instants_at:
        member = form.members[at]
        instant = out[member]
        if instant is not None and instant.tzinfo is not UTC:
            out[member] = instant.astimezone(UTC)
    out["withheld"] = _withheld(view.kind, view.withheld)
    return out


def items(views: Sequence[View[R]]) -> Sequence[Any]:
    """The bodies of views. Where a page was disclosed whole they are put together from its columns: 15 us a record less
    than from a view of each."""
    if not isinstance(views, Views):
        return [body(view) for view in views]
    page = cast("Views[R]", views)
    form, none = _form(page.kind), [None] * len(page)
    down = [page.columns.get(field, none) for field in form.fields]
    for at in form.instants_at:
        down[at] = [i if i is None or i.tzinfo is UTC else i.astimezone(UTC) for i in down[at]]
    withheld = [_withheld(page.kind, page.withheld)] * len(page)
    members = (*form.members, "withheld")
    return [dict(zip(members, row, strict=True)) for row in zip(*down, withheld, strict=True)]


def shown(told: Any) -> dict[str, Any]:
    """What a function of the domain worked out, by the names of the wire: figures and codes of ours, and no record."""
    return {camel(field.name): getattr(told, field.name) for field in dataclasses.fields(told)}


def _told(value: Any) -> str:
    """The driver's ids are of a class of their own, of which orjson knows nothing."""
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no form on the wire")


_AS: Final = orjson.OPT_NON_STR_KEYS | orjson.OPT_UTC_Z | orjson.OPT_OMIT_MICROSECONDS


def to_bytes(value: Any) -> bytes:
    """JSON: instants to the second, and UUIDs, dates and enums, by orjson; anything else unknown is a fault of ours."""
    return orjson.dumps(value, _told, _AS)


def exact(values: Sequence[Any]) -> bytes:
    """Values as one text that is another for any other value, instants to the microsecond: what a tag is made of."""
    return orjson.dumps(values, _told, orjson.OPT_NON_STR_KEYS)


def _documented(plain: Any, longest: int, called: str) -> Any:
    origin: Any = get_origin(plain)
    if origin in (Union, types.UnionType):
        return Union[tuple(_documented(a, longest, called) for a in get_args(plain))]  # noqa: UP007  (built at run time)
    if plain is type(None):
        return None
    if origin is tuple:
        inner = get_args(plain)[0]
        return Annotated[list[_documented(inner, longest, called)], Field(max_length=100)]  # type: ignore[misc]
    if origin is dict:
        # By a name of its own, since a generator would else make one up.
        return create_model(called, __base__=RootModel[dict[str, Any]])
    supertype = getattr(plain, "__supertype__", None)
    if supertype is not None:
        return _documented(supertype, longest, called)
    if isinstance(plain, type):
        if plain is int:
            return Annotated[int, Field(ge=0, le=2_147_483_647)]
        if plain is str:
            return Annotated[str, Field(max_length=longest)]
        if not issubclass(plain, Enum) and plain not in (bool, date, datetime, UUID):
            raise TypeError(f"{plain.__name__} has no form on the wire")
        return cast(Any, plain)
    raise TypeError(f"{plain} has no form on the wire")


@lru_cache(maxsize=256)
def model(kind: type[Record], **shapes: Any) -> type[BaseModel]:
    """The response model of a kind: every member always there, nullable where it may be withheld. `shapes` are the
    models of members that hold plain values by name, of which the record's own type says no more than that."""
    fields: dict[str, Any] = {}
    form = _form(kind)
    for name, wire in zip(form.fields, form.members, strict=True):
        field = kind.shape.members[name]
        documented = shapes.get(name) or _documented(
            field.type, LONGEST.get(kind.shape.kind, _WORDS), f"{kind.__name__}{wire.capitalize()}"
        )
        held = field.mark.classification
        if held is not Classification.OPEN:
            documented = documented | None if not _nullable(field.type) else documented
        extra: dict[str, Any] = {"x-classification": held.value}
        fields[wire] = (documented, Field(description=_outside(field.said), json_schema_extra=extra))
    fields["withheld"] = (
        Annotated[list[Annotated[str, Field(max_length=64)]], Field(max_length=64)],
        Field(description="The members that this role is not shown; each is null."),
    )
    title = kind.__name__
    config = ConfigDict(extra="forbid", defer_build=True)
    return create_model(title, __config__=config, __doc__=_first_line(kind), **fields)


@lru_cache(maxsize=256)
def page_model(kind: type[Record], **shapes: Any) -> type[BaseModel]:
    """The response model of a list of a kind."""
    item: Any = model(kind, **shapes)
    cursor: Any = Annotated[str, Field(max_length=400)]
    return create_model(
        f"{kind.__name__}Page",
        __config__=ConfigDict(extra="forbid", defer_build=True),
        __doc__=f"A page of {kind.__name__} records.",
        items=(Annotated[list[item], Field(max_length=kind.shape.ceiling)], ...),  # type: ignore[valid-type]
        next=(
            cast(Any, cursor | None),
            Field(description="The cursor of the next page, or null. Also in the `Link` header."),
        ),
    )


def describe(body: type[BaseModel], kind: type[Record]) -> None:
    """Let the members of a request's body say what the record says of its fields of the same names. Its validator and
    its schema are made later, with its route."""
    for name, member in body.model_fields.items():
        if member.description is None and name in kind.shape.members:
            member.description = _outside(kind.shape.members[name].said)


def _outside(said: str) -> str | None:
    """What a field says of itself, in the words of the wire: without the numbers of rules, which are ours."""
    plain = _NUMBERS.sub("", said).replace("None", "null")
    return _NAMES.sub(lambda name: camel(name[0]), plain) or None


def _nullable(plain: Any) -> bool:
    return get_origin(plain) in (Union, types.UnionType) and type(None) in get_args(plain)


def _first_line(kind: type[Record]) -> str:
    return " ".join((kind.__doc__ or kind.__name__).split())

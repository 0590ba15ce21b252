"""What we keep. A record reads like a privacy notice: every field says how closely it is held, or the import fails."""

import ast
import dataclasses
import inspect
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from types import MappingProxyType
from typing import (
    Annotated,
    Any,
    ClassVar,
    Final,
    TypeVar,
    cast,
    dataclass_transform,
    get_args,
    get_origin,
    get_type_hints,
)

from domain.confidentiality.classification import Classification, Mark
from domain.kernel.moves import Life
from domain.kernel.pages import CEILING


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a record: its name, its plain type, its mark, and what is said of it."""

    name: str
    type: Any
    mark: Mark
    said: str = ""


@dataclass(frozen=True, slots=True)
class Shape:
    """What is true of every record of a kind.

    `existence` is the class of the bare fact that a record is there: a grant that lacks it never reaches one.
    `parties` are the fields that hold the id of a person concerned; no role reaches a record in which its holder is or
    was a party, except as his own (rule 30). `judged` are the fields that hold who acted or is named, where the record
    exists to be reviewed: nobody reviews himself (rule 6). `embargo` is the field that holds the instant before which
    nobody reads it. `kept` says in words what ends the record's life; no kind is without. `derived` are the members
    that are worked out as a record is disclosed, and kept nowhere. `life` says where it stands and what moves it from
    there; `ceiling` is the most that one page of a list may hold.
    """

    kind: str
    fields: Mapping[str, Field]
    derived: Mapping[str, Field]
    existence: Classification
    parties: tuple[str, ...]
    judged: tuple[str, ...]
    embargo: str | None
    kept: str
    life: Life | None = None
    ceiling: int = CEILING

    @property
    def members(self) -> Mapping[str, Field]:
        """Fields and derived members: all that a view may show."""
        return {**self.fields, **self.derived}


class Record:
    """What every record has: an id that tells nothing, and a version that never leaves the store."""

    __slots__ = ()
    shape: ClassVar[Shape]
    id: Any
    version: Any


R = TypeVar("R", bound=Record)
C = TypeVar("C")


class Unread(Sequence[R]):
    """Records that a store has found, and of which nothing is opened or made before it is asked for."""

    def columns(self, fields: Sequence[str]) -> Mapping[str, Sequence[Any]]:
        """The values of these fields alone, each as it is written in JSON: an enumeration or an id may be its text."""
        raise NotImplementedError

    def some(self, at: Sequence[int]) -> "Unread[R]":
        """Those at these places."""
        raise NotImplementedError


def columns(records: Sequence[R], fields: Sequence[str]) -> Mapping[str, Sequence[Any]]:
    """The values of these fields, down the records."""
    if isinstance(records, Unread):
        return records.columns(fields)
    return {name: [getattr(record, name) for record in records] for name in fields}


def some(records: Sequence[R], at: Sequence[int]) -> Sequence[R]:
    """Those of the records that are at these places."""
    return records.some(at) if isinstance(records, Unread) else [records[place] for place in at]


KINDS: Final[dict[str, type[Record]]] = {}
"""Every kind of record, by name. Filled as modules are imported; read by the store, the register and the tests."""


class Unmarked(TypeError):
    """A field without a classification, or a record without a rule for its end."""


ALIKE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "id": "Drawn at random: it tells nothing.",
        "scheme": "The scheme that it belongs to.",
        "jurisdiction": "Whose law and whose clocks: EW for England and Wales, IE for Ireland.",
        "prison": "The prison's code in the estate.",
        "organisation": "The partner whose scheme it is; PRISON: the prison itself.",
        "closed": "Whether its scheme has a closed policy: of its use nothing leaves it.",
        "wing": "Prison and wing, as in a location key.",
    }
)
"""What fields of these names say in every record, where it says nothing else of its own."""


@lru_cache(maxsize=256)
def _written(module: str) -> Mapping[str, Mapping[str, str]]:
    """By class of a module: the string that stands below each field. None, where the source is not at hand."""
    try:
        tree = ast.parse(inspect.getsource(sys.modules[module]))
    except (OSError, TypeError):
        return {}
    return {node.name: dict(_strings(node.body)) for node in tree.body if isinstance(node, ast.ClassDef)}


def _strings(body: Sequence[ast.stmt]) -> Iterator[tuple[str, str]]:
    for field, below in pairwise(body):
        match field, below:
            case ast.AnnAssign(target=ast.Name(name)), ast.Expr(ast.Constant(str(said))):
                yield name, " ".join(said.split())
            case _:
                pass


def _said(cls: type, name: str) -> str:
    return _written(cls.__module__).get(cls.__name__, {}).get(name, ALIKE.get(name, ""))


def _marked(cls: type, name: str, hint: Any, said: str) -> Field:
    if get_origin(hint) is Annotated:
        plain, *extras = get_args(hint)
        marks = [e for e in extras if isinstance(e, Mark)]
        if len(marks) == 1:
            return Field(name, plain, marks[0], said)
    raise Unmarked(f"{cls.__name__}.{name} says not how closely it is held")


_DERIVED: Final = "__derived__"
Derive = TypeVar("Derive", bound=Callable[..., Any])


def derived(method: Derive) -> Derive:
    """A member that is worked out of the record's fields and the instant (`overdue`, `score`) as the record is
    disclosed: never stored, sent or filtered by. What it returns says how closely it is held, and that is no less
    closely than what it is made of."""
    setattr(method, _DERIVED, True)
    return method


def _derived(cls: type) -> Mapping[str, Field]:
    methods = {n: m for n, m in vars(cls).items() if getattr(m, _DERIVED, False)}
    hints = {n: get_type_hints(m, include_extras=True).get("return") for n, m in methods.items()}
    return MappingProxyType(
        {n: _marked(cls, n, hint, " ".join((methods[n].__doc__ or "").split())) for n, hint in hints.items()}
    )


def _open_repr(self: Record) -> str:
    shown = ", ".join(
        f"{f.name}={getattr(self, f.name)!r}"
        for f in self.shape.fields.values()
        if f.mark.classification is Classification.OPEN
    )
    return f"{type(self).__name__}({shown})"


@dataclass_transform(frozen_default=True, kw_only_default=True)
def record(
    *,
    kind: str,
    kept: str,
    existence: Classification = Classification.OPEN,
    parties: tuple[str, ...] = (),
    judged: tuple[str, ...] = (),
    embargo: str | None = None,
    life: Life | None = None,
    ceiling: int = CEILING,
) -> Callable[[type[C]], type[C]]:
    """Make a class a record: frozen, slotted, by keyword; every field marked; a `repr` that shows open fields only.

    The `repr` matters because logs, tracebacks and error trackers print it without asking anybody.
    """

    def made(cls: type[C]) -> type[C]:
        if not kept:
            raise Unmarked(f"{cls.__name__} has no rule for its end")
        hints = get_type_hints(cls, include_extras=True)
        names = [n for n in cls.__annotations__ if get_origin(hints[n]) is not ClassVar]
        fields = {n: _marked(cls, n, hints[n], _said(cls, n)) for n in names}
        worked_out = _derived(cls)
        frozen: Any = dataclasses.dataclass(frozen=True, slots=True, kw_only=True, repr=False)(cls)
        unknown = ({*parties, *judged, embargo, None if life is None else life.field} - {None}) - set(fields)
        if unknown or "id" not in fields or "version" not in fields:
            raise Unmarked(f"{cls.__name__} lacks id or version, or names what is no field of it")
        frozen.shape = Shape(
            kind, MappingProxyType(fields), worked_out, existence, parties, judged, embargo, kept, life, ceiling
        )
        frozen.__repr__ = _open_repr
        if kind in KINDS and KINDS[kind].__qualname__ != frozen.__qualname__:
            raise Unmarked(f"two kinds are called {kind}")
        KINDS[kind] = frozen
        return frozen

    return made


def changed_fields(before: Record | None, after: Record) -> tuple[str, ...]:
    """The names of the fields that differ; all of them that are not empty, where there was no record before."""
    names = [n for n in after.shape.fields if n != "version"]
    if before is None:
        return tuple([n for n in names if getattr(after, n) not in (None, (), "")])
    return tuple([n for n in names if getattr(before, n) != getattr(after, n)])


def with_version(record: R, version: int) -> R:
    """The record as that version."""
    return cast(R, dataclasses.replace(cast(Any, record), version=version))

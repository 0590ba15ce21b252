"""A kind's sheet as it is written down: plain values by name, in a record and on the wire alike.

Written and read off the type itself, so that a new member of the sheet is kept, sent and shown without a line here.
"""

import dataclasses
import types
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final, Union, cast, get_args, get_origin, get_type_hints

from domain.kernel.words import camel
from domain.schemes.sheet import Kind

Sheet = Mapping[str, Any]
NO_PART_OF_IT: Final = frozenset({"code", "jurisdiction"})
"""What a kind is called and where it holds is not in its sheet."""


def _fields(of: type) -> dict[str, Any]:
    hints = get_type_hints(of)
    return {f.name: hints[f.name] for f in dataclasses.fields(of) if f.name not in NO_PART_OF_IT}


MEMBERS: Final = {camel(name): name for name in _fields(Kind)}
"""Every member of a sheet, with the attribute that it is of a kind."""


def written(kind: Kind) -> dict[str, Any]:
    """The kind's sheet."""
    return {member: _plain(getattr(kind, name)) for member, name in MEMBERS.items()}


def kind_from(code: str, jurisdiction: str, sheet: Sheet) -> Kind:
    """The kind of a whole sheet. Raises `ValueError` or `KeyError`: it is no whole sheet."""
    hints = _fields(Kind)
    values = {name: _of(hints[name], sheet[member]) for member, name in MEMBERS.items()}
    return Kind(code=code, jurisdiction=jurisdiction, **values)


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {camel(f.name): _plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, frozenset):
        return sorted(_plain(each) for each in cast(frozenset[Any], value))
    if isinstance(value, tuple):
        return [_plain(each) for each in cast(tuple[Any, ...], value)]
    return value.value if isinstance(value, StrEnum) else value


def _of(hint: Any, plain: Any) -> Any:
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        return None if plain is None else _of(next(t for t in get_args(hint) if t is not type(None)), plain)
    if origin in (tuple, frozenset):
        several = [_of(get_args(hint)[0], each) for each in plain]
        return tuple(several) if origin is tuple else frozenset(several)
    if dataclasses.is_dataclass(hint):
        return cast(Any, hint)(**{name: _of(of, plain[camel(name)]) for name, of in _fields(cast(type, hint)).items()})
    return hint(plain) if isinstance(hint, type) and issubclass(hint, StrEnum) else plain

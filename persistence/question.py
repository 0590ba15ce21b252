"""What a query may ask of the store, whichever store it is. Wrong questions are defects of ours, so they raise
`ValueError`: what a *caller* may filter and sort by is decided in the policy, before."""

from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import Any, Final, cast, get_args, get_origin

from domain.confidentiality.record import Record
from domain.ports import Query

FOUND_BLIND: Final[Mapping[tuple[str, str], tuple[str, ...]]] = {
    ("person", "identifier"): ("identifier_kind",),
    ("actor", "subject"): ("issuer", "kind"),
    ("assignment", "subject"): ("issuer",),
    ("person-merge", "removed"): ("jurisdiction",),
    ("person-merge", "survivor"): ("jurisdiction",),
}
"""Ciphertext that is found again by a keyed index, with the fields that the index is made of besides (security.md
4.2)."""


def checked(kind: type[Record], query: Query) -> None:
    """Refuse what has no answer: an unknown field, ciphertext without an index, an order of things without one."""
    _checked(kind, tuple(query.equal), among(query), query.order, query.only)


@lru_cache(maxsize=4096)
def _checked(
    kind: type[Record], asked: tuple[str, ...], several: tuple[str, ...], order: str | None, only: tuple[str, ...]
) -> None:
    fields = kind.shape.fields
    if unknown := set(only) - fields.keys():
        raise ValueError(f"{kind.shape.kind} has no field {', '.join(sorted(unknown))}")
    for name in asked:
        if name not in fields:
            raise ValueError(f"{kind.shape.kind} has no field {name}")
        if fields[name].mark.encrypted:
            beside = FOUND_BLIND.get((kind.shape.kind, name))
            if beside is None or not set(beside) <= set(asked) - set(several):
                raise ValueError(f"{kind.shape.kind}.{name} is ciphertext at rest")
        if _mapping(fields[name].type):
            raise ValueError(f"{kind.shape.kind}.{name} cannot be compared")
        if name in several and _several(fields[name].type):
            raise ValueError(f"{kind.shape.kind}.{name} cannot be one of several values")
    if order is not None:
        ordered = fields.get(order)
        if ordered is None or ordered.mark.encrypted or _mapping(ordered.type) or _several(ordered.type):
            raise ValueError(f"{kind.shape.kind} has no order by {order}")


Shape = tuple[tuple[str, ...], tuple[str, ...], str | None, str | None, tuple[str, ...], tuple[str, ...]]
"""Of a question: the fields that must have a value, those that must have none, the order, what the last place had, the
only fields that are asked, and those that must have one of several values (see `statements.look`). All of it but the
values, so it is one of a few."""


def shape(query: Query) -> Shape:
    """What kind of question this is."""
    after = None if query.after is None else "id" if query.order is None else _place(query.after[0])
    rest = (query.order, after, query.only)
    several = among(query)
    if len(query.equal) == 1 and not several:  # a record by its id, most often
        ((name, value),) = query.equal.items()
        return ((), (name,), *rest, ()) if value is None else ((name,), (), *rest, ())
    equal = tuple(sorted(n for n, v in query.equal.items() if v is not None and n not in several))
    empty = tuple(sorted(n for n, v in query.equal.items() if v is None))
    return equal, empty, *rest, several


def among(query: Query) -> tuple[str, ...]:
    """The fields that must have one of several values."""
    return tuple(sorted(name for name, value in query.equal.items() if type(value) is frozenset))


def wanted(asked: Any) -> Collection[Any]:
    """The values of which a field must have one: that which is asked for, or any of several."""
    return cast("frozenset[Any]", asked) if type(asked) is frozenset else (asked,)


def _place(value: Any) -> str:
    return "empty" if value is None else "value"


def plain(type: Any) -> Any:
    """The type without its None."""
    kept = [t for t in get_args(type) if t is not NoneType] if get_origin(type) is not None else []
    return kept[0] if _optional(type) and len(kept) == 1 else type


def _optional(type: Any) -> bool:
    return NoneType in get_args(type)


def _mapping(type: Any) -> bool:
    return get_origin(plain(type)) is dict


def _several(type: Any) -> bool:
    return get_origin(plain(type)) is tuple


NoneType = type(None)

"""What a query may ask of the store, whichever store it is. Wrong questions are defects of ours, so they raise
`ValueError`: what a *caller* may filter and sort by is decided in the policy, before."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final, get_args, get_origin

from domain.confidentiality.record import Record
from domain.ports import Query

FOUND_BLIND: Final[Mapping[tuple[str, str], tuple[str, ...]]] = {
    ("person", "identifier"): ("identifier_kind",),
    ("actor", "subject"): ("issuer", "kind"),
    ("assignment", "subject"): ("issuer",),
}
"""Ciphertext that is found again by a keyed index, with the fields that the index is made of besides (security.md
4.2)."""


def checked(kind: type[Record], query: Query) -> None:
    """Refuse what has no answer: an unknown field, ciphertext without an index, an order of things without one."""
    _checked(kind, tuple(query.equal), query.order)


@lru_cache(maxsize=4096)
def _checked(kind: type[Record], asked: tuple[str, ...], order: str | None) -> None:
    fields, derived = kind.shape.fields, kind.shape.derived
    for name in asked:
        if name not in fields or name in derived:
            raise ValueError(f"{kind.shape.kind} has no field {name}")
        if fields[name].mark.encrypted:
            beside = FOUND_BLIND.get((kind.shape.kind, name))
            if beside is None or not set(beside) <= set(asked):
                raise ValueError(f"{kind.shape.kind}.{name} is ciphertext at rest")
        if _mapping(fields[name].type):
            raise ValueError(f"{kind.shape.kind}.{name} cannot be compared")
    if order is not None:
        ordered = fields.get(order)
        if (
            ordered is None
            or order in kind.shape.derived
            or ordered.mark.encrypted
            or _mapping(ordered.type)
            or _several(ordered.type)
        ):
            raise ValueError(f"{kind.shape.kind} has no order by {order}")


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

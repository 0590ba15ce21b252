"""The only way out: a record goes in, a `View` comes out, masked by the grant that decided.

Only a `View` reaches the wire (`api.wire` accepts nothing else), and only this module makes one. A withheld field is
`None` and is named in `withheld`, so that absence of data and absence of permission stay different things. What is
withheld depends on the grant and the kind alone, never on the record: otherwise the mask itself would tell.
"""

import hashlib
import hmac
from collections.abc import Callable, Mapping
from dataclasses import InitVar, dataclass, field
from datetime import date, datetime
from enum import Enum
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final, Generic
from uuid import UUID

from domain.confidentiality.classification import Classification
from domain.confidentiality.record import R, Record
from domain.kernel.ids import ActorId

NEVER: Final = frozenset({"version"})
"""The record's own version never leaves the store: it counts changes that the viewer may not see."""

_MAKING: Final = object()


@dataclass(frozen=True, slots=True)
class View(Generic[R]):
    """A record as one viewer may see it. Made by `disclose` and by nothing else: the proof is asked for and not kept,
    so that no other view can be made from this one. Its `repr` shows no value, for logs print it."""

    kind: type[R]
    id: UUID
    values: Mapping[str, Any] = field(repr=False)
    withheld: tuple[str, ...]
    proof: InitVar[object] = None

    def __post_init__(self, proof: object) -> None:
        if proof is not _MAKING:
            raise TypeError("only disclosure makes a View")


@lru_cache(maxsize=4096)
def mask(kind: type[Record], sees: frozenset[Classification]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(shown, withheld): the names of the fields that this clearance sees of this kind, and of those it does not."""
    names = [f for f in kind.shape.fields.values() if f.name not in NEVER]
    shown = tuple(f.name for f in names if f.mark.classification in sees)
    return shown, tuple(f.name for f in names if f.mark.classification not in sees)


def disclose(record: R, sees: frozenset[Classification]) -> View[R]:
    """The record as a viewer with this clearance may see it."""
    shown, withheld = mask(type(record), sees)
    values: dict[str, Any] = {name: getattr(record, name) for name in shown}
    for name in withheld:
        values[name] = None
    return View(type(record), record.id, MappingProxyType(values), withheld, _MAKING)


Tag = str
"""An ETag's opaque text: a keyed hash of the representation as this viewer sees it."""

Tagger = Callable[[View[Any], ActorId], Tag]


def tagger(key: bytes) -> Tagger:
    """Tags keyed per viewer: two viewers cannot compare theirs, and a change that a viewer cannot see moves nothing."""

    def tag(view: View[Any], actor: ActorId) -> Tag:
        mac = hmac.new(key, actor.bytes, hashlib.sha256)
        mac.update(view.kind.shape.kind.encode())
        for name, value in sorted(view.values.items()):
            mac.update(f"\x1f{name}\x1e{_text(value)}".encode())
        return mac.hexdigest()[:32]

    return tag


def _text(value: Any) -> str:
    match value:
        case None:
            return "-"
        case Enum():
            return f"e{value.value}"
        case datetime() | date():
            return f"t{value.isoformat()}"
        case tuple() | list():
            items: list[Any] = list(value)  # pyright: ignore[reportUnknownArgumentType]
            return f"l{len(items)}[" + ",".join(_text(v) for v in items) + "]"
        case _:
            return f"v{len(str(value))}:{value}"

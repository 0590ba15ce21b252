"""The only way out: a record goes in, a `View` comes out, masked by the grant that decided.

Only a `View` reaches the wire (`api.wire` accepts nothing else), and only this module makes one. A withheld field is
`None` and is named in `withheld`, so that absence of data and absence of permission stay different things. What is
withheld depends on the grant and the kind alone, never on the record: otherwise the mask itself would tell.
"""

import hmac
from collections.abc import Callable, Mapping, Sequence
from dataclasses import InitVar, dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from operator import attrgetter
from types import MappingProxyType
from typing import Any, Final, Generic, cast, get_args, overload
from uuid import UUID

from domain.confidentiality.classification import Classification
from domain.confidentiality.record import R, Record, columns
from domain.kernel.ids import ActorId

NEVER: Final = frozenset({"version", "away"})
"""What is there for the rules alone, and disclosed to nobody: a record's version counts changes that the viewer may not
see, and the days on which a supporter is away are read where he himself does not (`domain.supporters.absences`)."""

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
    names = [f for f in kind.shape.members.values() if f.name not in NEVER]
    shown = tuple(f.name for f in names if f.mark.classification in sees)
    return shown, tuple(f.name for f in names if f.mark.classification not in sees)


@lru_cache(maxsize=4096)
def _parted(kind: type[Record], shown: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What is shown, parted into fields and derived members."""
    return tuple(n for n in shown if n in kind.shape.fields), tuple(n for n in shown if n in kind.shape.derived)


def _worked_out(record: Record, name: str, now: datetime | None) -> Any:
    if now is None:
        raise TypeError(f"{record.shape.kind}.{name} is of an instant")
    return getattr(record, name)(now)


def disclose(record: R, sees: frozenset[Classification], now: datetime | None = None) -> View[R]:
    """The record as a viewer with this clearance may see it; its derived members, where it has any, as of `now`."""
    shown, withheld = mask(type(record), sees)
    fields, derived = _parted(type(record), shown)
    values = dict(zip(fields, _of(fields)(record), strict=True))
    values.update((name, _worked_out(record, name, now)) for name in derived)
    values.update(dict.fromkeys(withheld))
    return View(type(record), record.id, MappingProxyType(values), withheld, _MAKING)


class Views(Sequence[View[R]]):
    """A page of records as one viewer may see them. Each is a `View`; and `columns` are what all of them show, field by
    field, so that a page is written without making a view of each. The same mask makes both, and a test holds the
    bytes equal for every kind and clearance. Made by `disclose_all` and by nothing else."""

    __slots__ = ("_now", "_records", "_sees", "columns", "kind", "withheld")

    def __init__(
        self,
        kind: type[R],
        records: Sequence[R],
        sees: frozenset[Classification],
        now: datetime | None,
        proof: object,
    ) -> None:
        if proof is not _MAKING:
            raise TypeError("only disclosure makes Views")
        shown, self.withheld = mask(kind, sees)
        fields, derived = _parted(kind, shown)
        self.kind = kind
        self.columns: Mapping[str, Sequence[Any]] = columns(records, fields)
        if derived:
            made = list(records)
            self.columns = {**self.columns, **{n: [_worked_out(r, n, now) for r in made] for n in derived}}
        self._records = records
        self._sees = sees
        self._now = now

    def __len__(self) -> int:
        return len(self._records)

    @overload
    def __getitem__(self, at: int) -> View[R]: ...
    @overload
    def __getitem__(self, at: slice) -> "Views[R]": ...
    def __getitem__(self, at: int | slice) -> "View[R] | Views[R]":
        if isinstance(at, slice):
            return Views(self.kind, self._records[at], self._sees, self._now, _MAKING)
        return disclose(self._records[at], self._sees, self._now)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(cast(Sequence[Any], other))

    __hash__ = None  # pyright: ignore[reportAssignmentType]  (as no list has one)


def disclose_all(
    kind: type[R], records: Sequence[R], sees: frozenset[Classification], now: datetime | None = None
) -> Views[R]:
    """These records as a viewer with this clearance may see them. What is withheld is not even opened, but for kinds
    with derived members, which are worked out of whole records."""
    return Views(kind, records, sees, now, _MAKING)


@lru_cache(maxsize=4096)
def _of(names: tuple[str, ...]) -> Callable[[Record], tuple[Any, ...]]:
    """All of these fields of a record at once (1 us for 28 of them; one by one 3)."""
    if len(names) > 1:
        return attrgetter(*names)
    return lambda record: tuple(getattr(record, name) for name in names)


Tag = str
"""An ETag's opaque text: a keyed hash of the representation as this viewer sees it."""

Tagger = Callable[[View[Any], ActorId], Tag]


def _told(values: Sequence[Any]) -> bytes:
    return repr(values).encode()


def tagger(key: bytes, told: Callable[[Sequence[Any]], bytes] = _told) -> Tagger:
    """Tags keyed per viewer: two viewers cannot compare theirs, and a change that a viewer cannot see moves nothing.

    `told` writes all values of a view as one text, which is another for any other value: who has a faster way than
    `repr` (14 of the 19 us that a tag took) gives his own."""

    def tag(view: View[Any], actor: ActorId) -> Tag:
        kind, shown = view.kind, view.values
        values = [shown[name] for name in _order(kind)]
        for at in _instants(kind):  # they are the same in whatever zone they are written
            instant = values[at]
            if instant is not None and instant.tzinfo is not UTC:
                values[at] = instant.astimezone(UTC)
        said = b"".join((actor.bytes, kind.shape.kind.encode(), told(values)))
        return hmac.digest(key, said, "sha256").hex()[:32]

    return tag


@lru_cache(maxsize=256)
def _order(kind: type[Record]) -> tuple[str, ...]:
    return tuple(sorted(name for name in kind.shape.members if name not in NEVER))


@lru_cache(maxsize=256)
def _instants(kind: type[Record]) -> tuple[int, ...]:
    """Where in that order an instant may stand."""
    types = [kind.shape.members[name].type for name in _order(kind)]
    return tuple(at for at, hint in enumerate(types) if datetime in (hint, *get_args(hint)))

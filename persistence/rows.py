"""Rows that are records as soon as somebody asks for one, and no sooner; and those that are none, since the query asked
for some of their fields alone."""

from collections.abc import Mapping, Sequence
from typing import Any, cast, overload

from domain.confidentiality.record import R, Unread
from persistence.cipher import Cipher
from persistence.faults import Fault
from persistence.mapping import Mapped


class Rows(Unread[R]):
    """What a look found. Equal to whatever sequence holds the same records."""

    __slots__ = ("_cipher", "_of", "_rows", "_whole")

    def __init__(self, of: Mapped, rows: Sequence[Any], cipher: Cipher, *, whole: bool = True) -> None:
        self._of = of
        self._rows = rows
        self._cipher = cipher
        self._whole = whole

    def columns(self, fields: Sequence[str]) -> Mapping[str, Sequence[Any]]:
        """The values of these fields alone; nothing else is opened."""
        return self._of.columns(self._rows, fields, self._cipher)

    def some(self, at: Sequence[int]) -> "Rows[R]":
        """Those at these places; of the others nothing is opened."""
        return Rows(self._of, [self._rows[place] for place in at], self._cipher, whole=self._whole)

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, at: int) -> R: ...
    @overload
    def __getitem__(self, at: slice) -> "Rows[R]": ...
    def __getitem__(self, at: int | slice) -> "R | Rows[R]":
        if isinstance(at, slice):
            return Rows(self._of, self._rows[at], self._cipher, whole=self._whole)
        if not self._whole:
            raise Fault("a record of some of its fields")
        return cast(R, self._of.read(self._rows[at], self._cipher))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(cast(Sequence[Any], other))

    __hash__ = None  # pyright: ignore[reportAssignmentType]  (as no list has one)

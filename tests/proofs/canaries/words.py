"""Canaries: words that occur nowhere by accident, each used once, so that whoever finds one knows where it came from.

Three forms, because fields have theirs: letters alone (a name), a prison number, and codes of places. All are found in
any case, in text and in bytes.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from domain.confidentiality.record import Record

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_FORMS = re.compile(
    r"[a-z]{3}-zqv[a-z](?![a-z])|zqv[a-z]-[a-z]{4}|zqv[a-z]{5}|[a-z][0-9]{4}zx|(?<![0-9a-f])903[0-9]{3}(?![0-9a-f])"
)
"""A wing, a cell, a word, a number, and a number of a jurisdiction whose numbers have no letters."""


@dataclass(frozen=True, slots=True)
class Place:
    """A field of a record as it once was, in which a canary stood."""

    record: Record
    field: str

    @property
    def encrypted(self) -> bool:
        """Whether the field's mark wants ciphertext at rest."""
        return self.record.shape.fields[self.field].mark.encrypted

    def __repr__(self) -> str:
        return f"{self.record.shape.kind}.{self.field}"


@dataclass
class Canaries:
    """All that were made, and where each has stood. Keys are in lower case."""

    origins: dict[str, str] = field(default_factory=dict[str, str])
    places: dict[str, list[Place]] = field(default_factory=dict[str, list[Place]])
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def word(self, origin: str) -> str:
        """Eight letters, the first a capital: a name, a note, a code, whatever is free."""
        return self._known(f"Zqv{_spelled(next(self._numbers))}", origin)

    def cell(self, origin: str) -> str:
        """In the form of a cell."""
        spelled = _spelled(next(self._numbers)).upper()
        return self._known(f"ZQV{spelled[0]}-{spelled[1:]}", origin)

    def wing(self, prison: str, letter: str, origin: str) -> str:
        """In the form of a wing of that prison; the one canary that many records share, or nobody would reach them."""
        return self._known(f"{prison}-ZQV{letter}", origin)

    def number(self, origin: str, pattern: str = "^[A-Z][0-9]{4}[A-Z]{2}$") -> str:
        """In the form of a prison number."""
        n = next(self._numbers)
        made = f"{_LETTERS[n // 10_000 % 26].upper()}{n % 10_000:04}ZX"
        return self._known(made if re.search(pattern, made) else f"903{n % 1000:03}", origin)

    def _known(self, made: str, origin: str) -> str:
        self.origins.setdefault(made.lower(), origin)
        return made

    def find(self, text: str) -> set[str]:
        """Those that stand in a text, in whatever case."""
        return {found for found in _FORMS.findall(text.lower()) if found in self.origins}

    def note(self, record: Record) -> None:
        """Remember where this record has canaries."""
        for name in record.shape.fields:
            for found in self.find(said(getattr(record, name))):
                self.places.setdefault(found, []).append(Place(record, name))

    def told(self, canary: str) -> str:
        """For a failure: where it came from, and where it stood."""
        places = sorted({repr(place) for place in self.places.get(canary, ())})
        return f"{canary} ({self.origins[canary]}; kept in {', '.join(places) or 'no field'})"


def said(value: Any) -> str:
    """A field's value as text."""
    return value if isinstance(value, str) else json.dumps(value, default=str) if value else ""


def _spelled(n: int) -> str:
    """Five letters: four that count, and one that follows from them. PostgreSQL compresses long rows, and puts a byte
    of its own before every eighth: where that is a letter, one word is not to be read as another."""
    counted = [n // 26**place % 26 for place in range(4)]
    check = sum(letter * weight for letter, weight in zip(counted, (3, 5, 7, 9), strict=True)) % 26
    return "".join(_LETTERS[letter] for letter in (*reversed(counted), check))

"""Text that names nobody, and the patterns of identifiers. A prison number in a text is refused, never stored."""

import re
from dataclasses import dataclass
from typing import Final

_NUMBER: Final = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]\s*\d{4}\s*[A-Za-z]{2}(?![A-Za-z0-9])")


def names_a_number(text: str) -> bool:
    """Does the text hold what looks like a prison number (of England and Wales), however spaced or cased?"""
    return _NUMBER.search(text) is not None


@dataclass(frozen=True, slots=True)
class Jurisdiction:
    """A rule pack: what a jurisdiction's identifiers look like, and what it has. Walls, not layers (rule 27)."""

    code: str
    name: str
    identifier_kind: str
    identifier_pattern: str
    time_zone: str
    languages: tuple[str, ...]
    has: frozenset[str]
    """What exists there at all: `ACCT`, `OFFERS` (one-to-one call-outs) … What is lacking is refused."""


JURISDICTIONS: Final = {
    j.code: j
    for j in (
        Jurisdiction(
            "EW",
            "England and Wales",
            "NOMS",
            r"^[A-Z][0-9]{4}[A-Z]{2}$",
            "Europe/London",
            ("en", "cy"),
            frozenset({"ACCT", "OFFERS"}),
        ),
        Jurisdiction("IE", "Ireland", "PRIS", r"^[0-9]{4,6}$", "Europe/Dublin", ("en", "ga"), frozenset()),
    )
}
"""The jurisdictions that the service knows. Ireland proves the seam; issue B deepens it."""

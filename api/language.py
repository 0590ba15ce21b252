"""Which of our two languages an answer is written in.

English and Welsh, by the Welsh Language (Wales) Measure 2011 and the estate's own practice. Only sentences are
translated: codes, slugs and member names never change with language (rule 28).
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any


class Language(StrEnum):
    """A language in which we have sentences; the value is what `Content-Language` says."""

    ENGLISH = "en"
    WELSH = "cy"


# A header may be up to 16 KiB of ranges: nobody needs more than a few, and what we do for one must be bounded.
MOST_RANGES = 16


def preferred(accept_language: str | None) -> Language:
    """The language that the header ranks highest among ours; English when it is absent, malformed or names neither.

    Quality values as in RFC 9110, 12.4.2 and 12.5.4; `cy-GB` counts as Welsh, `*` as English; a tie goes to the
    first named. Nothing in the header can make a request fail.
    """
    best, weight = Language.ENGLISH, 0.0
    for part in (accept_language or "").split(",")[:MOST_RANGES]:
        tag, _, parameters = part.strip().partition(";")
        primary = tag.strip().lower().partition("-")[0]
        language = {"en": Language.ENGLISH, "cy": Language.WELSH, "*": Language.ENGLISH}.get(primary)
        quality = _quality(parameters)
        if language is not None and quality > weight:
            best, weight = language, quality
    return best


def _quality(parameters: str) -> float:
    name, _, value = parameters.strip().partition("=")
    if name.strip().lower() != "q":
        return 1.0
    try:
        quality = float(value.strip()[:5])
    except ValueError:
        return 0.0
    return quality if 0.0 <= quality <= 1.0 else 0.0


def of(scope: Mapping[str, Any]) -> Language:
    """The language of a request, from its ASGI scope."""
    for name, value in scope.get("headers", ()):
        if name == b"accept-language":
            return preferred(value.decode("latin-1"))
    return Language.ENGLISH

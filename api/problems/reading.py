"""What FastAPI found wrong with a request, as stable codes and places: never the caller's words.

Pydantic's errors hold the input, and their place may hold it too: the name of an unknown member is whatever the caller
typed, a prison number perhaps. So a place is told only as far as it is made of words of our own document.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final, cast

from api.problems import kinds
from api.problems.kinds import Kind
from domain.kernel.errors import Failure

MALFORMED: Final = "MALFORMED_JSON"
UNKNOWN_FIELD: Final = "UNKNOWN_FIELD"

_BY_TYPE: Final[Mapping[str, str]] = {
    "json_invalid": MALFORMED,
    "missing": "MISSING",
    "extra_forbidden": UNKNOWN_FIELD,
    "string_too_long": "TOO_LONG",
    "bytes_too_long": "TOO_LONG",
    "url_too_long": "TOO_LONG",
    "too_long": "TOO_MANY_ITEMS",
    "string_too_short": "TOO_SHORT",
    "bytes_too_short": "TOO_SHORT",
    "too_short": "TOO_FEW_ITEMS",
    "string_pattern_mismatch": "BAD_FORMAT",
    "string_unicode": "BAD_FORMAT",
    "uuid_version": "BAD_FORMAT",
    "timezone_naive": "BAD_FORMAT",
    "enum": "UNKNOWN_VALUE",
    "literal_error": "UNKNOWN_VALUE",
    "union_tag_invalid": "UNKNOWN_VALUE",
    "union_tag_not_found": "MISSING",
    "greater_than": "OUT_OF_RANGE",
    "greater_than_equal": "OUT_OF_RANGE",
    "less_than": "OUT_OF_RANGE",
    "less_than_equal": "OUT_OF_RANGE",
    "multiple_of": "OUT_OF_RANGE",
    "finite_number": "OUT_OF_RANGE",
    "int_parsing_size": "OUT_OF_RANGE",
    "date_past": "OUT_OF_RANGE",
    "date_future": "OUT_OF_RANGE",
    "datetime_past": "OUT_OF_RANGE",
    "datetime_future": "OUT_OF_RANGE",
    # Of our own (`api.routes.shapes`).
    "prison_number": "LOOKS_LIKE_A_PRISON_NUMBER",
    "blank": "BLANK",
    "invisible": "INVISIBLE_CHARACTER",
}


def code_of(error_type: str) -> str:
    """Our code for one of pydantic's error types; a type that a later pydantic adds is BAD_VALUE."""
    if error_type in _BY_TYPE:
        return _BY_TYPE[error_type]
    if error_type.endswith(("_parsing", "_from_date_parsing", "_object_invalid")):
        return "BAD_FORMAT"
    if error_type.endswith(("_type", "_attributes_type", "_required")) or error_type == "int_from_float":
        return "WRONG_TYPE"
    return "BAD_VALUE"


class Words:
    """The words of our own document: member names, which may be told, and tags of unions, which are left out.

    Read from the document on first use, not at start: the handlers are installed before the routes are.
    """

    def __init__(self, document: Callable[[], Mapping[str, Any]]) -> None:
        self._document = document
        self._members: frozenset[str] | None = None
        self._tags: frozenset[str] = frozenset()

    def pointer(self, place: Sequence[int | str]) -> str:
        """The JSON pointer to a place in the body, cut before the first word that is not ours."""
        if self._members is None:
            self._read()
        members = self._members or frozenset()
        told: list[str] = []
        for step in place:
            if isinstance(step, int):
                told.append(str(step))
            elif step in members:
                told.append(step.replace("~", "~0").replace("/", "~1"))
            elif step not in self._tags:
                break
        return "".join(f"/{step}" for step in told)

    def _read(self) -> None:
        document = self._document()
        schemas: Mapping[str, Any] = document.get("components", {}).get("schemas", {})
        found = list(_within(document))
        self._tags = frozenset(schemas) | {tag for members in found for tag in _tags(members)}
        self._members = frozenset(name for members in found for name in _names(members))


def _within(value: object) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, dict):
        mapping = cast(dict[str, Any], value)
        yield mapping
        for inner in mapping.values():
            yield from _within(inner)
    elif isinstance(value, list):
        for inner in cast(list[Any], value):
            yield from _within(inner)


def _names(members: Mapping[str, Any]) -> Iterator[str]:
    properties = members.get("properties")
    if isinstance(properties, dict):
        yield from (name for name in cast(dict[str, Any], properties))


def _tags(members: Mapping[str, Any]) -> Iterator[str]:
    discriminator = members.get("discriminator")
    if isinstance(discriminator, dict):
        yield from cast(dict[str, Any], discriminator).get("mapping", {})


def failures(errors: Sequence[Mapping[str, Any]], words: Words) -> tuple[Kind, list[Failure]]:
    """All that was wrong, and the kind that answers it.

    A fault outside the body, or in its syntax, makes the request unreadable (400); else the body is unacceptable (422).
    """
    told: list[Failure] = []
    readable = True
    for error in errors:
        where, *place = cast(Sequence[int | str], error["loc"])
        code = code_of(error["type"])
        if where == "body" and code != MALFORMED:
            # The last step of an unknown member is the caller's own word even where it spells one of ours.
            told.append(Failure(code, words.pointer(place[:-1] if code == UNKNOWN_FIELD else place)))
            continue
        readable = False
        if where == "body":
            told.append(Failure(code))
        elif code == UNKNOWN_FIELD or not place:
            told.append(Failure(code, f"{where}:"))
        else:
            told.append(Failure(code, f"{where}:{place[0]}"))
    return (kinds.UNACCEPTABLE if readable else kinds.UNREADABLE), told

"""What the OpenAPI document says of a route's headers: those that it takes, and those of its answer."""

from enum import StrEnum
from typing import Any, Final

IF_MATCH: Final[dict[str, Any]] = {
    "name": "If-Match",
    "in": "header",
    "required": True,
    "description": "The `ETag` of the record as it was read.",
    "schema": {"type": "string", "maxLength": 66, "pattern": '^"[A-Za-z0-9_-]{1,64}"$'},
}
IF_NONE_MATCH: Final[dict[str, Any]] = {
    "name": "If-None-Match",
    "in": "header",
    "required": False,
    "description": "The `tag` of what was shown before.",
    "schema": {"type": "string", "maxLength": 66, "pattern": '^"[A-Za-z0-9_-]{1,64}"$'},
}
KEY: Final[dict[str, Any]] = {
    "name": "Idempotency-Key",
    "in": "header",
    "description": "One for each thing meant: sent again with the same body, it is not done again. Kept for 72 hours.",
    "schema": {"type": "string", "minLength": 8, "maxLength": 64, "pattern": "^[A-Za-z0-9_-]{8,64}$"},
}
_TAG: Final = {"ETag": ("The record as this viewer sees it: for `If-Match`.", 66, '^"[A-Za-z0-9_-]{1,64}"$')}
_PLACE: Final = {"Location": ("Where it is.", 200, "^/v1/[a-z0-9/-]+$")}
_FILE: Final = {"Content-Disposition": ("The name of the file.", 120, '^attachment; filename="[A-Za-z0-9-]+[.]csv"$')}
_SPOKEN: Final = {"Content-Language": ("The languages that it is in.", 8, "^(cy|en|cy, en)$")}
_LINK: Final = {"Link": ('The next page, as `rel="next"`; absent at the end.', 2600, '^<[^<>]*>; rel="next"$')}


LARGEST: Final = 4_000_000
CSV: Final = "text/csv"


class Answers(StrEnum):
    """What an operation answers with, beside its body."""

    PLAIN = "PLAIN"
    RECORD = "RECORD"
    """One record with its tag."""
    MADE = "MADE"
    """One new record, with its place and its tag."""
    PLACED = "PLACED"
    """One new record, with its place; its maker sees it otherwise than who goes on with it, so no tag is given."""
    LIST = "LIST"


def headers_of(answers: Answers, *, spoken: bool, file: bool) -> dict[str, Any]:
    match answers:
        case Answers.PLAIN:
            named: dict[str, tuple[str, int, str]] = {}
        case Answers.RECORD:
            named = {**_TAG}
        case Answers.MADE:
            named = {**_TAG, **_PLACE}
        case Answers.PLACED:
            named = {**_PLACE}
        case Answers.LIST:
            named = {**_LINK}
    if spoken:
        named = {**named, **_SPOKEN}
    if file:
        named = {**named, **_FILE}
    return {
        name: {
            "description": told,
            "required": name not in _LINK,  # a last page has none
            "schema": {"type": "string", "maxLength": most, "pattern": pattern},
        }
        for name, (told, most, pattern) in named.items()
    }


def moves(method: str, path: str, status: int | None) -> bool:
    """Whether it changes a record that exists, so that it takes `If-Match`; what is made (201) is new, and the id that
    of what it is made under. Outside `/v1` are no records."""
    if not path.startswith("/v1/"):
        return False
    return method in ("PATCH", "PUT", "DELETE") or (method == "POST" and "{id}" in path and status != 201)


def kind_of_answer(shows: Any, status: int) -> Answers:
    if shows is None:
        return Answers.PLAIN
    if shows.__name__.endswith("Page"):
        return Answers.LIST
    if "id" not in shows.model_fields or "withheld" not in shows.model_fields:
        return Answers.PLAIN
    return Answers.MADE if status in (201, 202) else Answers.RECORD

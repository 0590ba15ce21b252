"""Something to stand in every field of a record that is read whole."""

from collections.abc import Callable
from datetime import date, datetime
from enum import Enum
from typing import Any, NewType, cast, get_args, get_origin
from uuid import UUID

from domain.confidentiality.record import Record
from persistence.question import plain


def written(kind: type[Record], id_of: Callable[[str], UUID], day: date) -> dict[str, Any]:
    """A value for each field: words of a sentence or two, the first of every vocabulary, one of what there are several
    of, and no instant."""
    return {name: _answer(name, field.type, id_of, day) for name, field in kind.shape.fields.items()}


def _answer(name: str, hint: Any, id_of: Callable[[str], UUID], day: date) -> Any:
    hint = plain(hint)
    if get_origin(hint) is tuple:
        return (_answer(name, get_args(hint)[0], id_of, day),)
    while isinstance(hint, NewType):
        hint = cast(Any, hint).__supertype__
    if issubclass(hint, Enum):
        return next(iter(hint))
    words = f"What the plan says of {name.replace('_', ' ')}, in a sentence or two, as plans do. Made up, every word."
    known: dict[Any, Any] = {str: words, int: 4, bool: True, UUID: id_of(name), date: day, datetime: None}
    return known[hint]

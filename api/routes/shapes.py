"""Shapes that request bodies and parameters share. Strict and closed: what is not named is refused (ASVS 15.3.3).

No string on a closed-policy record is without an enumeration, a pattern or a short length (rule 20).
"""

import re
from collections.abc import Collection
from datetime import date
from typing import Annotated, Any, ClassVar, Final, get_type_hints
from uuid import UUID

from fastapi import Path, Query
from pydantic import (
    AfterValidator,
    AwareDatetime,
    BeforeValidator,
    ConfigDict,
    Field,
    Strict,
    StringConstraints,
    create_model,
)
from pydantic_core import PydanticCustomError

from api import written_in
from api.described import Described
from api.wire import camel
from domain.kernel.screened import hides_something, shows_nothing
from domain.kernel.words import names_a_number


class Body(Described):
    """A request body: camelCase, closed, immutable. The string below a member is its description."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        alias_generator=camel,
        populate_by_name=False,
    )

    def given(self) -> dict[str, Any]:
        """Every member by its Python name; lists as tuples, because records are immutable."""
        return {name: _tupled(getattr(self, name)) for name in type(self).model_fields}

    def sent(self) -> dict[str, Any]:
        """Only the members that were sent: a PATCH writes no others."""
        return {name: value for name, value in self.given().items() if name in self.model_fields_set}


def _tupled(value: Any) -> Any:
    if isinstance(value, list):
        items: list[Any] = value  # pyright: ignore[reportUnknownVariableType]
        return tuple(items)
    return value


def _nameless(text: str) -> str:
    if names_a_number(text, written_in.JURISDICTIONS.get()):
        raise PydanticCustomError("prison_number", "looks like a prison number")
    return text


def _seen(text: str) -> str:
    """Trimmed, with line breaks of one kind and no tabs; and what is left is something that can be seen, all of it: a
    plan of blank answers would else be whole."""
    plain = text.replace("\r\n", "\n").replace("\t", " ").strip()
    if shows_nothing(plain):
        raise PydanticCustomError("blank", "something to be seen")
    if hides_something(plain):
        raise PydanticCustomError("invisible", "nothing that is not seen")
    return plain


_INSTANT: Final = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,6})?([Zz]|[+-]\d\d:\d\d)")
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
# Far enough from the calendar's two ends that no offset and no sum of ours can leave it.
_YEARS: Final = range(1900, 2200)
# The same as JSON Schema can say it, which has no least and no greatest for a string.
_DOCUMENTED_INSTANT: Final = (
    r"^(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
    r"[Tt]([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,6})?([Zz]|[+-]([01][0-9]|2[0-3]):[0-5][0-9])$"
)


def _written_as_instant(value: object) -> object:
    """RFC 3339 and nothing else: pydantic would take a number for seconds since 1970."""
    written = str(_written(value, _INSTANT))
    if int(written[:4]) not in _YEARS:
        raise PydanticCustomError("less_than_equal", "within those years")
    return written


def _written_as_day(value: object) -> object:
    written = str(_written(value, _DAY))
    if int(written[:4]) not in _YEARS:
        raise PydanticCustomError("less_than_equal", "within those years")
    return written


def _written(value: object, form: re.Pattern[str]) -> object:
    if not isinstance(value, str):
        raise PydanticCustomError("string_type", "a string")
    if form.fullmatch(value) is None:
        raise PydanticCustomError("string_pattern_mismatch", "of that form")
    return value


def _without_defaults(schema: dict[str, Any]) -> None:
    for member in schema.get("properties", {}).values():
        member.pop("default", None)


class Amendment(Body):
    """A PATCH: members that are not sent stay as they are. Each may be left out, but for those that are `needed`; null
    may be what its type lets be null. What stands for one that is left out is read by nobody (`sent`), nor documented.
    """

    model_config = ConfigDict(json_schema_extra=_without_defaults)
    needed: ClassVar[frozenset[str]] = frozenset()

    @classmethod
    def __pydantic_init_subclass__(cls, **_: Any) -> None:
        """Let each member be left out: its validator is not made yet."""
        for name, field in cls.model_fields.items():
            if name not in cls.needed:
                field.default = None


def amending(name: str, told: str, *of: type[Body], without: Collection[str] = (), **further: Any) -> type[Amendment]:
    """The PATCH of what these bodies make: the members that they have, but for some, and further ones by their
    types."""
    hints = {n: hint for body in of for n, hint in get_type_hints(body, include_extras=True).items()}
    kept = {n: hints[n] for body in of for n in body.model_fields if n not in without}
    members: dict[str, Any] = {n: (hint, ...) for n, hint in {**kept, **further}.items()}
    return create_model(name, __base__=Amendment, __doc__=told, **members)


class Nothing(Body):
    """A body without members: the move itself says all."""


Prison = Annotated[str, StringConstraints(max_length=5, pattern=r"^[A-Z][A-Z0-9]{2,4}$"), Field(examples=["MDI"])]
"""A prison's code in the estate."""
Wing = Annotated[
    str,
    StringConstraints(max_length=10, pattern=r"^[A-Z][A-Z0-9]{2,4}-[A-Z0-9]{1,4}$"),
    Field(description="Prison and wing, as in a location key.", examples=["MDI-A"]),
]
Cell = Annotated[
    str,
    StringConstraints(max_length=19, pattern=r"^[A-Z0-9]{1,4}(-[A-Z0-9]{1,4}){1,3}$"),
    Field(examples=["A-1-012"]),
]
Identifier = Annotated[
    str,
    StringConstraints(max_length=12, pattern=r"^[A-Za-z0-9]{3,12}$"),
    Field(description="Prison number.", examples=["A1234BC"]),
]
PersonName = Annotated[
    str,
    StringConstraints(max_length=60, pattern=r"^[A-Za-zÀ-ÖØ-öø-ÿ][A-Za-zÀ-ÖØ-öø-ÿ' .-]{0,59}$"),
    Field(examples=["Sam Made-Up"]),
]
Recipient = Annotated[
    str,
    StringConstraints(max_length=40, pattern=r"^[A-Za-z0-9À-ÖØ-öø-ÿ' .-]{1,40}$"),
    Field(description="Name or number as it was given. Kept until the band's end plus two hours.", examples=["Sam"]),
]
Language = Annotated[str, StringConstraints(max_length=3, pattern=r"^[a-z]{2,3}$"), Field(examples=["cy"])]
Languages = Annotated[list[Language], Field(min_length=1, max_length=8)]
Code = Annotated[str, StringConstraints(max_length=40, pattern=r"^[A-Z][A-Z0-9_]{1,39}$"), AfterValidator(_nameless)]
Text = Annotated[
    str, StringConstraints(min_length=1, max_length=1000), AfterValidator(_seen), AfterValidator(_nameless)
]
ShortText = Annotated[
    str, StringConstraints(min_length=1, max_length=80), AfterValidator(_seen), AfterValidator(_nameless)
]
Certificate = Annotated[
    str, StringConstraints(max_length=40, pattern=r"^[A-Za-z0-9/-]{3,40}$"), Field(examples=["SAM-2026-0117"])
]
Reference = Annotated[
    str,
    StringConstraints(max_length=40, pattern=r"^[A-Za-z0-9/-]{3,40}$"),
    AfterValidator(_nameless),
    Field(examples=["SEC-2026-0042"]),
]
"""Where something is kept elsewhere."""
Instant = Annotated[
    AwareDatetime,
    BeforeValidator(_written_as_instant),
    Field(
        description="RFC 3339, with offset; from 1900 to 2199.",
        examples=["2026-11-23T02:10:00Z"],
        json_schema_extra={"pattern": _DOCUMENTED_INSTANT},
    ),
]
Day = Annotated[
    date,
    BeforeValidator(_written_as_day),
    Field(examples=["2026-11-23"], json_schema_extra={"pattern": r"^(19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}$"}),
]
"""A day from 1900 to 2199: far enough from the calendar's two ends that no sum of ours leaves it."""
Flag = Annotated[bool, Strict()]
"""true or false. Not 1, not "yes": what two clients could mean differently is refused."""

Whole = Annotated[int, Strict()]
"""A number. Not one in quotation marks."""

IdPath = Annotated[UUID, Path(description="The record's id.")]
Limit = Annotated[int, Query(ge=1, le=100, description="The most that the page may hold.")]
Cursor = Annotated[
    str | None,
    Query(max_length=400, pattern=r"^[A-Za-z0-9_-]+$", description="From `next` of the page before; lives 24 hours."),
]
PAGE: Final = 50

"""Limits of every schema of the document: nothing without an end, and nothing but what is really enforced.

Where a model says its own limit, that stands. Where it says none, the document tells the limit that the edge and the
strict reader enforce on everything: so many bytes of body or address, so many items of a list, so many digits.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final, cast

from api import strict_json
from api.edge.limits import Limits

Schema = dict[str, Any]

_LIMITS: Final = Limits()
# How many characters fit where a parameter stands, and in a body.
ROOM: Final[Mapping[str, int]] = {
    "path": _LIMITS.uri,
    "query": _LIMITS.uri,
    "header": _LIMITS.headers,
    "cookie": _LIMITS.headers,
    "body": _LIMITS.body,
}
# The longest of each format: RFC 9562; RFC 3339 with microseconds and a numeric offset; RFC 5321.
_LONGEST: Final[Mapping[str, int]] = {
    "uuid": 36,
    "date": 10,
    "date-time": 32,
    "time": 21,
    "duration": 64,
    "email": 254,
    "uri": 2048,
}
# strict_json and the gate refuse NUL everywhere, and PostgreSQL cannot hold it: so much is true of any string.
_NO_NUL: Final = r"^[^\u0000]*$"
_WIDEST: Final = 10**strict_json.MOST_DIGITS - 1
_INT32: Final = 2**31 - 1

_ONE: Final = ("items", "additionalProperties", "not", "if", "then", "else", "contains", "propertyNames")
_MANY: Final = ("anyOf", "oneOf", "allOf", "prefixItems")
_NAMED: Final = ("properties", "patternProperties", "$defs")


def inner(schema: Schema) -> Iterator[Schema]:
    """The schemas directly within a schema."""
    for keyword in _ONE:
        if isinstance(schema.get(keyword), dict):
            yield schema[keyword]
    for keyword in _MANY:
        yield from cast(list[Schema], schema.get(keyword, []))
    for keyword in _NAMED:
        yield from cast(dict[str, Schema], schema.get(keyword, {})).values()


def every(schema: Schema) -> Iterator[Schema]:
    """A schema and all within it, references not followed."""
    yield schema
    for within in inner(schema):
        yield from every(within)


def limit(schema: Schema, room: int) -> None:
    """Give every string, list and integer within its end, and take away the titles that pydantic makes of names."""
    for each in every(schema):
        kinds = _types(each)
        if isinstance(each.get("title"), str):
            del each["title"]
        if "enum" in each or "const" in each:
            continue
        if "string" in kinds:
            each.setdefault("maxLength", _LONGEST.get(each.get("format", ""), room))
            if "format" not in each:
                each.setdefault("pattern", _NO_NUL)
        if "array" in kinds:
            each.setdefault("maxItems", strict_json.MOST_ITEMS)
        if "integer" in kinds:
            _limit_integer(each)


def _limit_integer(schema: Schema) -> None:
    if "exclusiveMinimum" not in schema:
        schema.setdefault("minimum", -_WIDEST)
    if "exclusiveMaximum" not in schema:
        schema.setdefault("maximum", _WIDEST)
    ends = (schema.get(name, 0) for name in ("minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum"))
    schema.setdefault("format", "int32" if all(abs(end) <= _INT32 for end in ends) else "int64")


def _types(schema: Schema) -> list[str]:
    kinds: Any = schema.get("type", [])
    return [kinds] if isinstance(kinds, str) else kinds


def referred(value: object) -> set[str]:
    """The names of the component schemas that are referred to anywhere within."""
    found: set[str] = set()
    if isinstance(value, dict):
        mapping = cast(dict[str, Any], value)
        reference = mapping.get("$ref")
        if isinstance(reference, str) and reference.startswith("#/components/schemas/"):
            found.add(reference.rpartition("/")[2])
        for within in mapping.values():
            found |= referred(within)
    elif isinstance(value, list):
        for within in cast(list[Any], value):
            found |= referred(within)
    return found


def reached(values: list[Any], components: Mapping[str, Schema]) -> set[str]:
    """The names of the component schemas that these lead to, through as many references as it takes."""
    found: set[str] = set()
    frontier = set[str]().union(*map(referred, values))
    while frontier:
        name = frontier.pop()
        if name not in found and name in components:
            found.add(name)
            frontier |= referred(components[name])
    return found


def is_open_object(schema: Schema) -> bool:
    """Whether an object takes members that it does not name."""
    if "object" not in _types(schema) and "properties" not in schema:
        return False
    return schema.get("additionalProperties", True) is True


def close(schema: Schema) -> None:
    """Say of every object within that it has no other members than those that it names."""
    for each in every(schema):
        if "properties" in each and is_open_object(each):
            each["additionalProperties"] = False


def mark_open_enums(schema: Schema) -> None:
    """Say of every enumeration within that it may grow (rule 29): a client reads what it does not know as UNKNOWN."""
    for each in every(schema):
        if "enum" in each:
            each["x-open-enum"] = True

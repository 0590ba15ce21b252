"""What the OpenAPI document says of the body of an operation."""

import json
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from api.routes import shapes
from tests.http.operations import Operation

DOCUMENT = Path(__file__).parents[3] / "openapi" / "openapi.json"
_NAMES_A_THING = {"uuid", "date", "date-time"}
_OF_THE_SETTINGS = {"issuer"}


def _patterns(kind: Any) -> set[str]:
    found = (getattr(mark, "pattern", None) for mark in kind.__metadata__)
    return {pattern for pattern in found if isinstance(pattern, str)}


_OF_THE_ESTATE = {p for kind in (shapes.Prison, shapes.Wing, shapes.Code, shapes.Identifier) for p in _patterns(kind)}


@lru_cache
def document() -> dict[str, Any]:
    """The committed document."""
    return json.loads(DOCUMENT.read_text())


def references(operation: Operation) -> list[str]:
    """The members of its body that name what must exist: records, people, places, codes of kinds, days, instants, and
    whom the settings trust."""
    named = _members(operation).items()
    return sorted(name for name, member in named if name in _OF_THE_SETTINGS or any(map(_refers, _parts(member))))


def values(operation: Operation) -> dict[str, list[Any]]:
    """The members of its body that have few values, with those values; of words with a pattern, the examples; of whole
    numbers, the least and the greatest; of lists of these, each alone."""
    found: dict[str, list[Any]] = {}
    for name, member in _members(operation).items():
        for part in (member, *member.get("anyOf", ())):
            named = _schema(part["$ref"]) if "$ref" in part else part
            few = [True, False] if named.get("type") == "boolean" else named.get("enum", [])
            if named.get("type") == "array":
                of = named.get("items", {})
                few = [[each] for each in (_schema(of["$ref"]) if "$ref" in of else of).get("enum", [])]
            if named.get("type") == "integer":
                few = [named[end] for end in ("minimum", "maximum") if end in named]
            if "pattern" in named:
                few = [*few, *named.get("examples", [])]
            found.setdefault(name, []).extend(few)
    return found


def optional(operation: Operation) -> list[str]:
    """The members of its body that need not be sent."""
    return [name for name in _members(operation) if name not in _body(operation).get("required", ())]


def members(operation: Operation) -> frozenset[str]:
    """The members that its body may have."""
    return frozenset(_members(operation))


def parameters(operation: Operation) -> frozenset[str]:
    """The names that its query may have."""
    said = document()["paths"][operation.template][operation.method.lower()].get("parameters", ())
    return frozenset(each["name"] for each in map(_resolved, said) if each["in"] == "query")


def _members(operation: Operation) -> dict[str, Any]:
    return _body(operation).get("properties", {})


def _body(operation: Operation) -> dict[str, Any]:
    said = document()["paths"][operation.template][operation.method.lower()].get("requestBody")
    return {} if said is None else _schema(said["content"]["application/json"]["schema"]["$ref"])


def _schema(reference: str) -> dict[str, Any]:
    return document()["components"]["schemas"][reference.rpartition("/")[2]]


def _resolved(said: dict[str, Any]) -> dict[str, Any]:
    return document()["components"]["parameters"][said["$ref"].rpartition("/")[2]] if "$ref" in said else said


def _parts(member: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield member
    within = _schema(member["$ref"]).get("properties", {}).values() if "$ref" in member else ()
    for part in [*member.get("anyOf", ()), *([member["items"]] if "items" in member else ()), *within]:
        yield from _parts(part)


def _refers(part: dict[str, Any]) -> bool:
    month = part.get("examples") == ["2026-11"]
    return month or part.get("format") in _NAMES_A_THING or part.get("pattern") in _OF_THE_ESTATE


def example(operation: dict[str, Any]) -> Any:
    """The example of an operation's body, as the document says it."""
    return operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("example")


def example_of(name: str) -> Any:
    """The same, of the operation of that name."""
    everything = (operation for item in document()["paths"].values() for operation in item.values())
    return next(example(operation) for operation in everything if operation["operationId"] == name)

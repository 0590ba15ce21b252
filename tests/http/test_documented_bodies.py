"""Whoever sends a body as the document shows it is not told that it is badly formed or contradicts itself."""

import json
from typing import Any

import pytest

from api.document import document_text
from tests.http.operations import OPERATIONS, Operation
from tests.http.stores import MEMORY_FIRST
from tests.http.world import World, codes

FIRST = pytest.mark.parametrize("world", MEMORY_FIRST, indirect=True)

_SHOWN = "3f2b8c1e-7d4a-4b6f-9a1d-0c5e8f7a2b61"
_DOCUMENTED = {
    operation["operationId"]: operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    for item in json.loads(document_text())["paths"].values()
    for operation in item.values()
}
_SIGNED = ("verifyPassport", "takePassport")
"""What these take is signed by the service that is asked: no document can show one that is good."""
_TRUSTED = ("lockOut",)
"""Whom a service trusts no document knows: what it shows is an issuer that this one does not."""
_SENDS = [o for o in OPERATIONS if "example" in _DOCUMENTED.get(o.name, {}) and o.name not in (*_SIGNED, *_TRUSTED)]


def _body(operation: Operation) -> Any:
    """The documented example, with ids and references of records that there are in place of the made-up ones, and in
    the prison of its own."""
    shown, mine = _DOCUMENTED[operation.name]["example"], operation.example.body or {}
    place = {"wing"} if str(mine.get("wing", "")).startswith("LEI") else set[str]()
    return {
        name: mine.get(name, value) if _SHOWN in (value, *_list(value)) or name in place else value
        for name, value in shown.items()
    }


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


@pytest.mark.parametrize("operation", _SENDS, ids=str)
@FIRST
async def test_a_documented_body_is_not_refused_for_what_it_says(world: World, operation: Operation) -> None:
    """In its role's own world it is done, or the state of a record forbids it; never its shape, nor its words."""
    answer = await operation.send(world, body=_body(operation))
    assert answer.is_success or answer.status_code == 409, (codes(answer), answer.text)


def test_examples_say_what_they_are_of() -> None:
    """A scheme and a place have names of their own, no person's; whole numbers are written as such."""
    shown = {name: found["example"] for name, found in _DOCUMENTED.items() if "example" in found}
    for name in ("createScheme", "amendScheme", "addMeetingPlace", "amendMeetingPlace"):
        assert shown[name]["name"] not in ("", "Sam Made-Up")
    assert [name for name, body in shown.items() if any(isinstance(v, float) for v in body.values())] == []


def test_what_ends_in_an_example_has_begun_before() -> None:
    """Also within a list: whoever pastes it is not told that it takes no time."""
    bodies = [found["example"] for found in _DOCUMENTED.values() if "example" in found]
    spans = [each for body in bodies for each in _within(body) if "endsAt" in each]
    assert len(spans) > 1
    assert [each for each in spans if each["startsAt"] >= each["endsAt"]] == []


def _within(body: Any) -> list[dict[str, Any]]:
    parts = body if isinstance(body, list) else body.values() if isinstance(body, dict) else ()
    return [*([body] if isinstance(body, dict) else []), *(found for part in parts for found in _within(part))]

"""The OpenAPI document in the repository is the service's own, and says what the policy decides."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from api.document import document_text
from api.openapi_schemas import reached
from api.routes import importing
from api.signing import LONGEST
from domain.confidentiality.grants import GRANTS
from domain.confidentiality.verbs import Verb
from domain.life.plans import PLANS
from domain.life.ready import guards_of
from domain.schemes.record import SCHEME_LIFE

COMMITTED = Path(__file__).parents[1] / "openapi" / "openapi.json"


def test_the_committed_document_is_what_the_service_says() -> None:
    """No route, member or error is in the service and not in the document, or the other way round (F95)."""
    assert COMMITTED.read_text() == document_text()


def test_the_document_says_of_each_operation_what_the_policy_says() -> None:
    """Roles and purposes of every operation under /v1 are those of its verb's grants (X27)."""
    document = json.loads(COMMITTED.read_text())
    said = 0
    for path, item in document["paths"].items():
        for operation in item.values():
            if not path.startswith("/v1"):
                continue
            if operation.get("security") == [{}]:  # without a token: whoever holds a code, or nobody in particular
                continue
            grants = [g for g in GRANTS if operation["x-verb"] in g.may]
            assert operation["x-roles"] == sorted({g.role.value for g in grants})
            assert operation["x-purposes"] == sorted({g.purpose.value for g in grants})
            said += 1
    assert said > 50


def test_the_document_names_every_guard_of_a_scheme_s_moves() -> None:
    """Whoever reads what a move needs reads all of it: in its own text, and of going live in the README too."""
    said = {
        o["x-verb"]: o["description"]
        for item in json.loads(COMMITTED.read_text())["paths"].values()
        for o in item.values()
        if "x-verb" in o
    }
    asked = {verb: {g.code for g in guards_of(verb)} for verb in SCHEME_LIFE.moves}
    assert asked[Verb.LAUNCH_SCHEME] >= set(PLANS)
    for verb, codes in asked.items():
        assert {code for code in codes if f"`{code}`" not in said[verb]} == set(), verb
    readme = (COMMITTED.parents[1] / "README.md").read_text()
    assert {code for code in PLANS if f"`{code}`" not in readme} == set()


def test_every_member_that_may_be_withheld_is_nullable_and_marked() -> None:
    """A member that some role does not see may be null, and carries its class; so generated types stay true."""
    schemas = json.loads(COMMITTED.read_text())["components"]["schemas"]
    marked = 0
    for schema in schemas.values():
        for name, member in schema.get("properties", {}).items():
            held = member.get("x-classification")
            if held is None or "withheld" not in schema["properties"]:
                continue
            marked += 1
            if held != "OPEN":
                assert {"type": "null"} in member.get("anyOf", []), name
    assert marked > 100


def test_every_string_of_a_request_says_its_own_length() -> None:
    """None takes the whole room of a body or an address: a client that keeps to the document is never told 413 or 414,
    and a form knows how long its fields are."""
    document = json.loads(COMMITTED.read_text())
    models = document["components"]["schemas"]
    asked = [
        part
        for item in document["paths"].values()
        for operation in item.values()
        for part in (operation.get("requestBody", {}), operation.get("parameters", []))
    ]
    asked += [models[name] for name in reached(asked, models)] + [document["components"]["parameters"]]
    lengths = [length for part in asked for length in _lengths(part)]
    assert len(lengths) > 50
    # A signed passport is longer, and alone; so is a file.
    assert max(length for length in lengths if length not in (LONGEST, importing.LONGEST)) <= 1000


def _lengths(part: Any) -> Iterator[int]:
    if isinstance(part, dict):
        if "maxLength" in part:
            yield part["maxLength"]
        for within in part.values():
            yield from _lengths(within)
    elif isinstance(part, list):
        for within in part:
            yield from _lengths(within)


def test_every_body_has_an_example_that_is_valid() -> None:
    """What is sent and what is answered, of every operation under /v1: a page of documentation draws none at random,
    least of all the words for an emergency."""
    document = json.loads(COMMITTED.read_text())
    given = 0
    for path, item in document["paths"].items():
        for operation in item.values():
            bodies = [operation.get("requestBody", {})]
            bodies += [said for status, said in operation["responses"].items() if status.startswith("2")]
            for media in (m for body in bodies for kind, m in body.get("content", {}).items() if kind.endswith("json")):
                if not path.startswith("/v1"):
                    continue
                whole = {**media["schema"], "components": document["components"]}
                Draft202012Validator(whole).validate(media["example"])
                given += 1
    assert given > 80


def test_a_path_has_one_parameter_at_most_and_one_name_for_it() -> None:
    """`{id}`, whether of the record itself or of what a list is under; a kind or a metric is found by its `{code}`."""
    paths = [path for path in json.loads(COMMITTED.read_text())["paths"] if path.startswith("/v1")]
    named = {path: re.findall("{([^}]*)}", path) for path in paths}
    assert {path for path, names in named.items() if names not in ([], ["id"])} == {
        "/v1/kinds/{code}",
        "/v1/metrics/{code}",
    }
    assert len(paths) > 100


def test_every_whole_number_says_what_it_counts() -> None:
    """Hours or days, of what, in which unit money is: a number without it is a guess. A change of a plan is of any
    member."""
    schemas = json.loads(COMMITTED.read_text())["components"]["schemas"]
    numbers = {
        (name, member): said
        for name, schema in schemas.items()
        for member, said in schema.get("properties", {}).items()
        if "integer" in _types(said)
    }
    assert len(numbers) > 100
    bare = {where for where, said in numbers.items() if "description" not in said}
    assert bare == {("CharterChange", "before"), ("CharterChange", "after")}


def _types(said: dict[str, Any]) -> set[Any]:
    within = [*said.get("anyOf", []), *([said["items"]] if "items" in said else [])]
    return {said.get("type")}.union(*map(_types, within))


def test_a_body_says_what_the_record_says_of_the_same_member() -> None:
    """What is sent is counted as what is shown: nobody looks for the unit elsewhere."""
    schemas = json.loads(COMMITTED.read_text())["components"]["schemas"]
    said = schemas["Charter"]["properties"]["moneyMinorUnitsAYear"]["description"]
    assert "pence" in said
    assert schemas["AmendCharter"]["properties"]["moneyMinorUnitsAYear"]["description"] == said

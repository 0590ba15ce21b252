"""The AsyncAPI document in the repository is what the projection says."""

import json
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from api.messages import document
from domain.confidentiality.verbs import Verb
from domain.telling import types
from domain.telling.types import TOLD, Told

COMMITTED = Path(__file__).parents[2] / "openapi" / "asyncapi.yaml"


def test_the_committed_document_is_what_is_sent() -> None:
    """No type, verb or member is sent and not in the document, or the other way round."""
    assert COMMITTED.read_text() == document.text()


def test_another_line_is_another_document(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever adds to what is told has to show it here."""
    first = TOLD[0]
    added = Told(first.type, first.kind, first.path, first.verbs | {Verb.DRAFT_CHARTER}, first.said, first.because)
    monkeypatch.setattr(document, "TOLD", (added, *TOLD[1:]))
    assert types.TOLD is TOLD
    assert COMMITTED.read_text() != document.text()


def test_every_example_is_valid_and_every_type_has_one() -> None:
    """The examples are made by the projection itself, so that they hold what is really sent."""
    messages = document.document()["components"]["messages"]
    assert {m["name"] for m in messages.values()} >= {told.type.value for told in TOLD}
    for name, message in messages.items():
        for example in message["examples"]:
            Draft202012Validator(message["payload"]).validate(example["payload"])
            if "headers" in example:
                Draft202012Validator(message["headers"]).validate(example["headers"])
        assert message["examples"], name


def test_it_reads_as_yaml_as_it_was_meant() -> None:
    """Quoted as JSON quotes: a parser of YAML that nobody here wrote gives the same values."""
    assert yaml.safe_load(document.text()) == json.loads(json.dumps(document.document()))

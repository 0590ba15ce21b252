"""The AsyncAPI document in the repository is what the projection says."""

import json
import subprocess
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from api.messages import document
from domain.confidentiality.verbs import Verb
from domain.telling import types
from domain.telling.types import TOLD, Told
from tests.outside import ROOT, npm_program

COMMITTED = ROOT / "openapi" / "asyncapi.json"
RULES = ROOT / ".ci" / "tools" / "spectral-asyncapi.yaml"


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


def findings(path: Path) -> list[str]:
    """The codes of what the linter finds in a document, of every severity."""
    command = [str(npm_program("spectral")), "lint", "-r", str(RULES), "-f", "json", "-F", "hint", str(path)]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    begun, ended = ran.stdout.find("["), ran.stdout.rfind("]")
    return [finding["code"] for finding in json.loads(ran.stdout[begun : ended + 1])]


def test_the_linter_finds_nothing(tmp_path: Path) -> None:
    """Spectral's own rules of AsyncAPI; and of a document that is none, it does."""
    assert findings(COMMITTED) == []
    wrong = document.document()
    del wrong["channels"]["audit"]["address"], wrong["info"]["version"]
    (tmp_path / "wrong.json").write_text(json.dumps(wrong))
    assert findings(tmp_path / "wrong.json") != []

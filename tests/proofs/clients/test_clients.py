"""Clients that others would generate from the document: compiled as strictly as can be, and run through the main story
against the service on loopback, unmodified (rule 29, F95).
"""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from persistence.memory import MemoryStore
from tests.http import world as worlds
from tests.http.cast import CAST
from tests.proofs import live
from tests.proofs.clients import made
from tests.proofs.contract import furnishing

TOKENS = {name: name for name in CAST if name != "two-hats"}
"""Everybody but who has two roles, and is asked in which he acts."""


async def told(tell: Callable[[str], Any]) -> dict[str, int]:
    """The story, told to a fresh service by a program of its own; its account."""
    async with worlds.opened(MemoryStore()) as world:
        world.stage.caseloads = dict(furnishing.CASELOADS)
        async with live.served(world.app) as address:
            said = await asyncio.to_thread(tell, address)
    assert said.returncode == 0, said.stdout + said.stderr
    account = json.loads(said.stdout)
    print(account)
    return account


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the Python client and its story."""
    folder = tmp_path_factory.mktemp("python")
    made.python_client(folder)
    return folder


def test_the_python_client_is_typed_strictly(python: Path) -> None:
    """Under pyright's strictest, story and package: nothing but the four rules that the generator's own templates
    break, and none of them in the story."""
    faults = made.faults_of_types(python)
    assert [fault for fault in faults if fault[1] not in made.OF_THE_GENERATOR] == []
    assert [fault for fault in faults if not fault[0].startswith(made.PACKAGE)] == []


async def test_the_python_client_tells_the_story(python: Path) -> None:
    """Duty, request, offers, answers, unlock, completion, refusal, tally; every page of a list; every role's view, with
    each withheld member there and null."""
    account = await told(
        lambda address: made.ran(
            *(made.sys.executable, "-W", "error", "story.py", address, json.dumps(TOKENS)), cwd=python
        )
    )
    assert account["voices"] == len(TOKENS)


async def test_the_typescript_client_is_typed_strictly_and_tells_the_story(tmp_path: Path) -> None:
    """The same, by openapi-typescript and openapi-fetch, compiled by tsc with every strictness, and run by node."""
    compiled = made.typescript_client(tmp_path)
    assert compiled.returncode == 0, compiled.stdout
    account = await told(lambda address: made.ran("node", "story.js", address, json.dumps(TOKENS), cwd=tmp_path))
    assert account["voices"] == len(TOKENS)


def changed(folder: Path, change: Callable[[dict[str, Any]], None]) -> Path:
    """The document with a fault."""
    document = json.loads(made.DOCUMENT.read_text())
    change(document["components"]["schemas"])
    (folder / "faulty.json").write_text(json.dumps(document))
    return folder / "faulty.json"


def never_withheld(schemas: dict[str, Any]) -> None:
    """A member that some roles are not shown, documented as if it were always there."""
    member = schemas["Scheme"]["properties"]["approvedBy"]
    schemas["Scheme"]["properties"]["approvedBy"] = next(part for part in member["anyOf"] if part["type"] != "null")


def forgotten(schemas: dict[str, Any]) -> None:
    """A member that the story reads, and the document lacks."""
    del schemas["Request"]["properties"]["declinedBy"]
    schemas["Request"]["required"].remove("declinedBy")


@pytest.mark.nightly
async def test_a_document_that_calls_a_withheld_member_certain_breaks_the_python_client(tmp_path: Path) -> None:
    """The story fails at run time, where a null meets what was promised."""
    made.python_client(tmp_path, changed(tmp_path, never_withheld))
    async with worlds.opened(MemoryStore()) as world:
        world.stage.caseloads = dict(furnishing.CASELOADS)
        async with live.served(world.app) as address:
            said = await asyncio.to_thread(
                made.ran, made.sys.executable, "story.py", address, json.dumps(TOKENS), cwd=tmp_path
            )
    assert said.returncode != 0


@pytest.mark.nightly
def test_a_document_that_lacks_a_member_breaks_both_compilations(tmp_path: Path) -> None:
    """Neither story is well typed any more."""
    document = changed(tmp_path, forgotten)
    made.python_client(tmp_path, document)
    assert any("declined_by" in words for _, _, words in made.faults_of_types(tmp_path))
    compiled = made.typescript_client(tmp_path, document)
    assert compiled.returncode != 0
    assert "declinedBy" in compiled.stdout

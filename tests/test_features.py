"""The catalogue: every row of the feature table is in `features.toml`, and what it claims is there to be run."""

import ast
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

TESTS = Path(__file__).parent
ROWS = [f"{letter}{n}" for letter, last in (("S", 36), ("F", 109), ("X", 28)) for n in range(1, last + 1)]
CATALOGUE: list[dict[str, Any]] = tomllib.loads((TESTS / "features.toml").read_text())["row"]


@cache
def functions(path: Path) -> frozenset[str]:
    """Every test function of a file; a test in a class as `Class::test`."""
    found: set[str] = set()
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            found.add(node.name)
        elif isinstance(node, ast.ClassDef):
            inner = (n for n in node.body if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef))
            found |= {f"{node.name}::{n.name}" for n in inner}
            if any(isinstance(b, ast.Attribute) and b.attr == "TestCase" for b in ast.walk(node)):
                found.add(node.name)
        elif isinstance(node, ast.Assign):
            found |= {t.id for t in node.targets if isinstance(t, ast.Name)}
    return frozenset(found)


def test_every_row_is_there_once() -> None:
    """No row of the table is forgotten, none is there twice, and none is made up."""
    assert sorted(row["id"] for row in CATALOGUE) == sorted(ROWS)


@pytest.mark.parametrize("row", CATALOGUE, ids=lambda row: row["id"])
def test_each_row_says_what_proves_it_or_what_is_missing(row: dict[str, Any]) -> None:
    """A row names tests that exist, or says why it has none: never neither."""
    assert row["feature"]
    assert row.get("tests") or row.get("missing")
    for node in row.get("tests", []):
        file, _, name = node.partition("::")
        assert (TESTS.parent / file).is_file(), file
        assert name.partition("[")[0] in functions(TESTS.parent / file), node

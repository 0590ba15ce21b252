"""The domain knows nobody but itself, and says what its words mean."""

import ast
import sys
from pathlib import Path

import pytest

import domain
from domain.confidentiality.record import KINDS
from domain.sessions.codes import Band

SOURCES = sorted(Path(domain.__file__).parent.rglob("*.py"))
GLOSSARY = (domain.__doc__ or "").strip().split("\n\n")[-1].splitlines()
TERMS = [line[:17].strip() for line in GLOSSARY]


CALCULATES = {"filling": {"ortools"}}
"""Leaf modules, and the library of pure calculation that each has: plain values in and out."""


@pytest.mark.parametrize("source", SOURCES, ids=lambda p: p.stem)
def test_the_domain_imports_itself_and_the_standard_library(source: Path) -> None:
    """No framework, no database, no wire: wherever an import stands in a module, it is ours or Python's own."""
    for node in ast.walk(ast.parse(source.read_text())):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, node.module
            names = [node.module or ""]
        for name in names:
            root = name.split(".")[0]
            assert root == "domain" or root in sys.stdlib_module_names | CALCULATES.get(source.stem, set()), name


@pytest.mark.parametrize("source", SOURCES, ids=lambda p: p.stem)
def test_the_domain_does_no_input_or_output(source: Path) -> None:
    """No file, socket, process or clock of its own: instants come from a `Clock`, ids from `Ids`."""
    never = {
        "os",
        "io",
        "socket",
        "subprocess",
        "pathlib",
        "logging",
        "random",
        "secrets",
        "time",
        "threading",
        "urllib",
    }
    tree = ast.parse(source.read_text())
    modules = {a.name.split(".")[0] for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
    modules |= {(n.module or "").split(".")[0] for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
    assert modules & never == set()
    calls = {n.func.attr for n in ast.walk(tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Attribute)}
    assert calls & {"now", "utcnow", "today", "uuid4", "uuid1"} == set()
    names = {n.func.id for n in ast.walk(tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)}
    assert names & {"open", "print", "input", "uuid4", "uuid1"} == set()


@pytest.mark.parametrize("source", SOURCES, ids=lambda p: p.stem)
def test_there_is_one_calendar(source: Path) -> None:
    """Which day it is, is said by the prison's clocks (`domain.kernel.days`): nobody takes the day of an instant, which
    is UTC's, but for who may act until when."""
    asked = {"domain/oversight/assignments.py", "domain/kernel/days.py"}
    if not any(source.as_posix().endswith(name) for name in asked):
        assert "now.date()" not in source.read_text()


@pytest.mark.parametrize("source", SOURCES, ids=lambda p: p.stem)
def test_a_module_is_full_at_three_hundred_lines(source: Path) -> None:
    """A reader holds a module in mind at once, and each says first what it is for."""
    text = source.read_text()
    assert len(text.splitlines()) <= 300
    assert ast.get_docstring(ast.parse(text))


def test_every_kind_of_record_has_its_word_in_the_glossary() -> None:
    """Whatever is kept has a name that the glossary explains."""
    words = {word for term in TERMS for word in (term.lower(), *term.lower().split())}
    missing = [kind for kind in KINDS if kind.replace("-", " ") not in words]
    assert missing == []


def test_the_glossary_is_in_order_and_names_each_word_once() -> None:
    """A reader finds a word where he looks for it."""
    assert len(TERMS) > 35
    assert all(line[17] != " " and line[16] == " " for line in GLOSSARY)
    assert sorted({t.lower() for t in TERMS}) == [t.lower() for t in TERMS]


def test_the_bands_are_those_that_the_glossary_lists() -> None:
    """The parts of the prison day by their codes, as the glossary says them."""
    assert all(band.value in (domain.__doc__ or "") for band in Band)

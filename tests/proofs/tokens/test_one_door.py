"""python-jose stands behind one door, and the door does not open with the wrong backend (security.md 9, T6)."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
PACKAGES = ("api", "domain", "persistence", "migrations")


def imported(root: Path) -> Iterator[tuple[str, str]]:
    """(file, library) for everything that the service imports, by any form of the statement or through importlib."""
    for package in PACKAGES:
        for path in sorted((root / package).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text())):
                for name in _named(node):
                    yield str(path.relative_to(root)), name.partition(".")[0]


def _named(node: ast.AST) -> list[str]:
    match node:
        case ast.Import(names=names):
            return [name.name for name in names]
        case ast.ImportFrom(module=str(module), level=0):
            return [module]
        case ast.Call(args=[ast.Constant(value=str(named)), *_]):  # import_module("…"), __import__("…")
            return [named]
        case _:
            return []


def test_jose_is_imported_in_one_file() -> None:
    """So another library could replace it in a day; and no other token library is imported anywhere."""
    found = set(imported(ROOT))
    assert {file for file, library in found if library == "jose"} == {"api/identity/signature.py"}
    assert not {library for _, library in found} & {"jwt", "joserfc", "authlib", "jwcrypto", "ecdsa", "rsa"}


@pytest.mark.parametrize(
    "line",
    ["import jose", "import jose.jwt as j", "from jose import jwt", "def f():\n    from jose.utils import x\n",
     "import importlib\nm = importlib.import_module('jose.jwt')", "m = __import__('jose')"],
)  # fmt: skip
def test_a_second_import_is_found(line: str, tmp_path: Path) -> None:
    """Wherever it stands in a file, and however it is written."""
    for package in PACKAGES:
        (tmp_path / package).mkdir()
    (tmp_path / "domain" / "planted.py").write_text(line)
    assert ("domain/planted.py", "jose") in set(imported(tmp_path))


START = "import sys; sys.argv = ['peer-support', 'serve']\n{}\nfrom api.__main__ import main\nsys.exit(main())"
PURE_PYTHON = "import jose.backends as b; from jose.backends.ecdsa_backend import ECDSAECKey; b.ECKey = ECDSAECKey"


def started(planted: str) -> subprocess.CompletedProcess[str]:
    """`peer-support serve` without settings, after these lines."""
    return subprocess.run(
        [sys.executable, "-c", START.format(planted)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={"PATH": "", "DATABASE_URL": "x"},
        timeout=60,
        check=False,
    )


def test_the_service_does_not_start_on_another_backend() -> None:
    """With jose's pure Python class in the place of the one that uses `cryptography`, `serve` ends before it reads a
    setting, and says what to install. `tests/api/identity/test_keys.py` has the same of each backend, without a
    process; the same start without the plant gets as far as the settings."""
    done = started(PURE_PYTHON)
    assert done.returncode != 0
    assert "python-jose is not using the cryptography package" in done.stderr
    done = started("")
    assert done.returncode != 0
    assert "cryptography" not in done.stderr
    assert "KEYS is not set" in done.stderr

"""What the suite uses that is not in the project: documents and payloads of the estate, and programs from npm.

Where one is missing its tests name it and are left out; where `REQUIRE=all` says that nothing may be missing they fail.
"""

import os
import shutil
import socket
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SHARED_VARIABLE = "PEER_SUPPORT_SHARED"
"""Where the folder is that is beside the project as `shared`."""


def missing(what: str) -> None:
    """Leaves the test out by this name, or fails it where everything is required."""
    if os.environ.get("REQUIRE") == "all":
        pytest.fail(f"REQUIRE=all, and {what} is missing")
    pytest.skip(f"{what} is missing")


def estate_data(*parts: str) -> Path:
    """A file or folder of the estate's own documents and payloads, of which the project holds none."""
    for folder in (os.environ.get(SHARED_VARIABLE), str(ROOT.parent / "shared")):
        if folder and (found := Path(folder, "reference", "hmpps-data", *parts)).exists():
            return found
    missing("the estate's documents (../shared/reference/hmpps-data)")
    raise AssertionError


def npm_program(name: str) -> Path:
    """A program from npm, where CI or a developer installed it."""
    for folder in (os.environ.get("OPENAPI_LINT_TOOLS"), str(ROOT / ".ci" / "tools")):
        if folder and (found := Path(folder) / "node_modules" / ".bin" / name).exists() and shutil.which("node"):
            return found
    missing(f"{name} (npm)")
    raise AssertionError


def npm_package(name: str) -> Path:
    """A package from npm, likewise."""
    for folder in (os.environ.get("OPENAPI_LINT_TOOLS"), str(ROOT / ".ci" / "tools")):
        if folder and (found := Path(folder) / "node_modules" / name).exists() and shutil.which("node"):
            return found
    missing(f"{name} (npm)")
    raise AssertionError


def free_port() -> int:
    """A port on which nothing listens now."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])

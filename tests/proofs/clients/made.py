"""Clients made from the OpenAPI document by the generators that others would use, in a folder of their own."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[3]
DOCUMENT = ROOT / "openapi" / "openapi.json"
HERE = Path(__file__).parent
PACKAGE = "peer_support_client"
# What its own templates break under strict, whatever the document is; all other rules hold.
OF_THE_GENERATOR = frozenset(
    {"reportUnusedImport", "reportUnknownArgumentType", "reportUnknownMemberType", "reportUnknownVariableType"}
)
STRICTEST = {
    "strict": True,
    "noUncheckedIndexedAccess": True,
    "exactOptionalPropertyTypes": True,
    "target": "es2022",
    "module": "nodenext",
    "lib": ["es2022", "dom"],
    "types": [],
}


def ran(*command: str | Path, cwd: Path, environment: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """What a program said."""
    return subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={**os.environ, **(environment or {})},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def python_client(folder: Path, document: Path = DOCUMENT) -> None:
    """The package, and beside it the story. A warning of the generator fails it."""
    settings = folder / "generator.yaml"
    # It knows of files by this one name only; a printed page is a file to a client, and nothing to be parsed.
    files = {"application/pdf": "application/octet-stream"}
    said = {"post_hooks": [], "package_name_override": PACKAGE, "content_type_overrides": files}
    settings.write_text(json.dumps(said))
    program = Path(sys.executable).with_name("openapi-python-client")
    made = ran(
        *(program, "generate", "--path", document, "--meta", "none", "--config", settings, "--fail-on-warning"),
        *("--output-path", folder / PACKAGE),
        cwd=folder,
    )
    assert made.returncode == 0, made.stdout + made.stderr
    shutil.copy(HERE / "story.py", folder / "story.py")


def faults_of_types(folder: Path) -> list[tuple[str, str, str]]:
    """What pyright says of package and story under `strict`: (file, rule, words)."""
    settings = {"typeCheckingMode": "strict", "pythonVersion": "3.11", "venvPath": str(ROOT), "venv": ".venv"}
    (folder / "pyrightconfig.json").write_text(json.dumps(settings))
    said = ran(Path(sys.executable).with_name("pyright"), "-p", folder, "--outputjson", cwd=folder)
    found: list[dict[str, Any]] = json.loads(said.stdout)["generalDiagnostics"]
    return [(str(Path(f["file"]).relative_to(folder)), f.get("rule", ""), f["message"]) for f in found]


def npm_tool(name: str) -> Path:
    """A program from npm where CI or the developer installed it; else the test names what it lacks, or fails where
    everything is required."""
    for folder in (os.environ.get("OPENAPI_LINT_TOOLS"), str(ROOT / ".ci" / "tools")):
        if folder and (found := Path(folder) / "node_modules" / ".bin" / name).exists() and shutil.which("node"):
            return found
    if os.environ.get("REQUIRE") == "all":
        pytest.fail(f"{name} and node are required, and not installed")
    pytest.skip(f"the TypeScript client: {name} (npm) or node is not installed")


def typescript_client(folder: Path, document: Path = DOCUMENT) -> subprocess.CompletedProcess[str]:
    """Types made from the document, and the story compiled against them; what the compiler said."""
    generator, compiler = npm_tool("openapi-typescript"), npm_tool("tsc")
    made = ran(generator, document, "--output", folder / "schema.d.ts", cwd=folder)
    assert made.returncode == 0, made.stdout + made.stderr
    shutil.copy(HERE / "story.ts", folder / "story.ts")
    (folder / "package.json").write_text(json.dumps({"type": "module"}))
    (folder / "tsconfig.json").write_text(json.dumps({"compilerOptions": STRICTEST, "files": ["story.ts"]}))
    (folder / "node_modules").symlink_to(compiler.parents[1].resolve())
    return ran(compiler, "--project", folder, cwd=folder)

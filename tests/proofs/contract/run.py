"""One run of Schemathesis for one role, in a process of its own, against the service on loopback; and what it said."""

import asyncio
import json
import os
import sys
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from domain.confidentiality.roles import Role
from tests.proofs import live
from tests.proofs.contract import bodies, furnishing, ready, stage
from tests.proofs.contract.prompter import Prompter

ROOT = Path(__file__).parents[3]
CONFIGURATION = Path(__file__).with_name("schemathesis.toml")
_LEFT_TO_CHANCE = ("deterministic = true", "deterministic = false")


@dataclass(slots=True, kw_only=True)
class Report:
    """What a run said: its exit code and words, and how each call was drawn and answered.

    `calls` counts (operation, POSITIVE or NEGATIVE as it was drawn, status), without the probes that checks make of
    their own; `checks` counts (check, how it ended).
    """

    role: Role
    code: int
    words: str
    summary: dict[str, Any]
    not_ready: list[str]
    calls: Counter[tuple[str, str, int]] = field(default_factory=Counter[tuple[str, str, int]])
    probes: int = 0
    checks: Counter[tuple[str, str]] = field(default_factory=Counter[tuple[str, str]])

    def total(self, drawn: str | None = None) -> int:
        """All calls, or those that were drawn so."""
        return sum(n for (_, how, _), n in self.calls.items() if drawn in (None, how))

    def share(self, drawn: str | None = None) -> float:
        """Which part of them was answered 2xx."""
        done = sum(n for (_, how, status), n in self.calls.items() if drawn in (None, how) and 200 <= status < 300)
        return done / max(1, self.total(drawn))

    def failures(self) -> list[tuple[str, list[str]]]:
        """What failed, and at which operations."""
        return [(failure["title"], failure["operations"]) for failure in self.summary["failures"]]

    def warnings(self) -> dict[str, list[str]]:
        """What was warned of, and at which operations."""
        return {kind: where for kind, where in self.summary["warnings"].items() if where}

    def line(self) -> str:
        """The run in one line."""
        return (
            f"{self.role.value}: {self.summary['operations']['tested']} operations, {self.total()} calls and "
            f"{self.probes} probes, {sum(self.checks.values())} checks of {len({c for c, _ in self.checks})} kinds; "
            f"2xx: {self.share('positive'):.0%} of {self.total('positive')} valid, {self.share():.0%} of all"
        )


async def run(
    role: Role,
    folder: Path,
    *options: str,
    only: Collection[str] = (),
    spoil: Callable[[Any], Any] = lambda app: app,
    by_chance: bool = False,
) -> Report:
    """Check every operation of a role, and those that are anybody's. `only` these of them; `spoil` puts a fault between
    service and caller; `by_chance` draws otherwise each time."""
    names = [name for name in ready.of_role(bodies.document(), role) if not only or name in only]
    async with stage.opened(furnishing.furnish) as at:
        prompter = Prompter(at, role)
        names = await prompter.prepare(names)
        names += [name for name in _anybodys() if not only or name in only]
        async with live.served(stage.answering(spoil(at.world.app), prompter)) as url:
            code, words = await _schemathesis(folder, url, names, options, by_chance)
    report = Report(
        role=role,
        code=code,
        words=words,
        summary=json.loads((folder / "report.json").read_text()),
        not_ready=prompter.not_ready,
    )
    _count(report, folder / "events.ndjson")
    return report


def _anybodys() -> Iterator[str]:
    for item in bodies.document()["paths"].values():
        yield from (operation["operationId"] for operation in item.values() if "x-verb" not in operation)


async def _schemathesis(
    folder: Path, url: str, names: list[str], options: tuple[str, ...], by_chance: bool
) -> tuple[int, str]:
    configuration = folder / "schemathesis.toml"
    said = CONFIGURATION.read_text()
    configuration.write_text(said.replace(*_LEFT_TO_CHANCE) if by_chance else said)
    process = await asyncio.create_subprocess_exec(
        *(str(Path(sys.executable).with_name("st")), "--config-file", str(configuration)),
        *("run", str(bodies.DOCUMENT), "--url", url, "--no-color"),
        *(part for name in names for part in ("--include-operation-id", name)),
        *("--report-ndjson-path", str(folder / "events.ndjson"), "--report-json-path", str(folder / "report.json")),
        *options,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "CONTRACT_HARNESS": f"{url}{stage.PREFIX.rstrip('/')}"},
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    try:
        words, _ = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    return process.returncode or 0, words.decode()


def _count(report: Report, events: Path) -> None:
    with events.open() as lines:
        for line in lines:
            recorder = json.loads(line).get("ScenarioFinished", {}).get("recorder", {})
            for id, interaction in recorder.get("interactions", {}).items():
                case = recorder["cases"][id]
                if "parent_id" in case and not case["is_transition_applied"]:
                    report.probes += 1
                    continue
                value = case["value"]
                drawn = value.get("meta", {}).get("generation", {}).get("mode", "")
                status = (interaction.get("response") or {"status_code": 0})["status_code"]
                report.calls[f"{value['method']} {value['path']}", drawn, status] += 1
            for found in recorder.get("checks", {}).values():
                report.checks.update((check["name"], check["status"]) for check in found)

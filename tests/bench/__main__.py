"""The bench: how fast the service is, with everything on, against the limit of Python on the same machine.

    python -m tests.bench                     all of it, in less than five minutes
    python -m tests.bench --only inproc       one part: http, calls, inproc, moments, start, inbox (several by comma)
    python -m tests.bench --rounds 5 --json bench.json

It starts a PostgreSQL of its own, fsync on, fills it with a made-up estate, and asks four servers for four jobs
(`jobs`, `limit`, `template`, `rounds`). Leave it the machine to itself: whatever else runs is in its figures. A wrong
answer, a line of the ledger too few or a record that was not kept ends it with 1. Goals are printed, reached or not,
and decide nothing: a benchmark is not a test. What CI holds is the ratio of CPU in one process (`gate`).
"""

import argparse
import json
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import uvloop
from rich.console import Console

from tests.bench import estate, inbox, inproc, issuer, machine, moments, rounds, visible
from tests.bench.estate import SMALL, Size
from tests.bench.inproc import OURS
from tests.bench.jobs import WrongAnswer
from tests.bench.machine import Postgres
from tests.bench.report import Report

PARTS: Final = ("http", "calls", "inproc", "moments", "start", "inbox")
_OURS_LINES: Final = "select count(*) from ledger where client = 'bench'"
_WRITTEN: Final = "select count(*) from request"


class Bench:
    """One run: a full database, an issuer, and what is to be measured."""

    def __init__(self, postgres: Postgres, issuers: str, size: Size, out: Console) -> None:
        self.postgres = postgres
        self.issuers = issuers
        self.size = size
        self.out = out
        self.cores = machine.cores()
        self.tokens = issuer.tokens(estate.callers(size))

    def http(self, report: Report, many: int, seconds: float) -> None:
        """The servers side by side; and that each answer of ours left its line, and each 201 its record."""
        jwk, on = issuer.jwk(), self.cores.measured
        before, kept = int(self.postgres.sql(_OURS_LINES)), int(self.postgres.sql(_WRITTEN))
        with (
            rounds.other(inproc.PLAIN, self.postgres, jwk, on) as plain,
            rounds.other(inproc.RECORDED, self.postgres, jwk, on) as recorded,
            rounds.other(inproc.TEMPLATE, self.postgres, jwk, on) as template,
            rounds.ours(self.postgres, self.issuers, on) as (ours, _),
            rounds.client(self.size, self.tokens, self.cores.others) as client,
        ):
            servers = (plain, recorded, ours, template)
            report.cells = rounds.rounds(client, servers, many=many, seconds=seconds)
            report.memory = ours.private_megabytes()
        lines = int(self.postgres.sql(_OURS_LINES)) - before
        written = int(self.postgres.sql(_WRITTEN)) - kept
        if lines != client.answers[OURS]:
            raise WrongAnswer(f"{client.answers[OURS]} answers of ours, and {lines} lines in the ledger")
        if written != sum(client.written.values()):
            raise WrongAnswer(f"{sum(client.written.values())} records said to be written, and {written} are there")
        self.out.print(f"{sum(client.answers.values())} answers, all right; {lines} lines in the ledger for ours.")

    def calls(self, report: Report, many: int, seconds: float) -> None:
        """Ours alone, for what is to be reached is no ratio; and that each answer left its line."""
        before, on = int(self.postgres.sql(_OURS_LINES)), self.cores.measured
        with (
            rounds.ours(self.postgres, self.issuers, on) as (ours, _),
            rounds.client(self.size, self.tokens, self.cores.others) as client,
        ):
            report.calls = rounds.passed(client, ours, many=many, seconds=seconds)
        lines = int(self.postgres.sql(_OURS_LINES)) - before
        if lines != client.answers[OURS]:
            raise WrongAnswer(f"{client.answers[OURS]} answers to calls, and {lines} lines in the ledger")

    def inproc(self, report: Report) -> None:
        """The same applications in this process."""
        with machine.pinned(self.cores.measured):
            uvloop.run(self._inproc(report))

    async def _inproc(self, report: Report) -> None:
        def apps() -> Any:
            return inproc.apps(
                rounds.SERVERS, self.postgres.owner_url, self.postgres.app_url, self.issuers, issuer.jwk()
            )

        async with apps() as made:
            report.costs = await inproc.costs(made, self.size, self.tokens)
        # Of connections made from now on, PostgreSQL writes down every statement.
        self.postgres.sql(f"alter database {machine.DATABASE} set log_statement = 'all'")
        try:
            async with apps() as made:
                report.statements = await inproc.statements(made, self.size, self.tokens, self.postgres.logged)
        finally:
            self.postgres.sql(f"alter database {machine.DATABASE} reset log_statement")

    def start(self, report: Report) -> None:
        """Until ready, on the database as it is."""
        report.ready = rounds.starts(self.postgres, self.issuers, 3)

    def inbox(self, report: Report, many: int) -> None:
        """Events through the inbox in this process; then, with real processes, until each is seen."""
        with machine.pinned(self.cores.measured):
            report.inbox = uvloop.run(inbox.measured(self.postgres, self.issuers, many))
        on = self.cores.measured
        report.seen = visible.measured(self.postgres, self.issuers, self.tokens, self.size, on, 20 * many)


def main() -> int:
    """Measure, print, and say by the exit code whether every answer was right."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="Speed, as ratios to the limit.")
    parser.add_argument("--rounds", type=int, default=3, help="interleaved rounds over HTTP")
    parser.add_argument("--seconds", type=float, default=0.8, help="of each server, job and number of connections")
    parser.add_argument("--only", default=",".join(PARTS), help=f"some of {', '.join(PARTS)}")
    parser.add_argument("--json", type=Path, help="a file for everything that was measured")
    told = parser.parse_args()
    parts = told.only.split(",")
    if not set(parts) <= set(PARTS):
        parser.error(f"--only takes some of {', '.join(PARTS)}")
    out, start, report = Console(width=120), time.monotonic(), Report()
    # How long the tables are is nothing to an event: alone, they are filled in a second.
    size = SMALL if set(parts) == {"inbox"} else Size()
    try:
        cores = machine.cores()
        report.pinned = cores.measured is not None
        if "moments" in parts:
            with machine.pinned(cores.measured):
                report.moments = moments.measured()
        if set(parts) - {"moments"}:
            with machine.postgres(pinned_to=cores.others) as postgres, issuer.published() as issuers:
                out.print(f"A made-up estate: {', '.join(f'{v} {k}' for k, v in asdict(size).items())} a prison.")
                estate.fill(postgres.owner_url, size)
                bench = Bench(postgres, issuers, size, out)
                if "start" in parts:
                    bench.start(report)
                if "inproc" in parts:
                    bench.inproc(report)
                if "calls" in parts:
                    bench.calls(report, told.rounds, 2 * told.seconds)
                if "inbox" in parts:
                    bench.inbox(report, told.rounds)
                if "http" in parts:
                    bench.http(report, told.rounds, told.seconds)
    except WrongAnswer as wrong:
        out.print(f"WRONG ANSWER: {wrong}", markup=False)
        return 1
    report.show(out)
    if told.json is not None:
        told.json.write_text(json.dumps(report.document(), indent=1))
    out.print(f"{time.monotonic() - start:.0f} seconds.")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""What was measured, as one table for people and one document for programs; which goals are reached, and which not.

Ratios are of one round, given as least, median and most of all rounds. Absolute figures are of this machine, today.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any, Final

from rich import box
from rich.console import Console
from rich.table import Table

from tests.bench import inbox
from tests.bench.calls import ASK, CALLS, CALLS_WITH_PAUSES, OFFER, PLACES, STEPS, WHOLE
from tests.bench.inbox import Through
from tests.bench.inproc import OURS, PLAIN, RECORDED, times
from tests.bench.jobs import BOARD, CHARTER, ELIGIBLE, JOBS, LIST, READ, WRITE
from tests.bench.rounds import CALLERS, CONNECTIONS, SERVERS, WRITERS, Cell, Passed

_AT: Final = 16
"""The goals are for this many connections."""


@dataclass(frozen=True, slots=True)
class Goal:
    """What is to be reached: `least` or `most`, whichever is given."""

    name: str
    value: float
    least: float | None = None
    most: float | None = None

    @property
    def reached(self) -> bool:
        """Whether it is."""
        return (self.least is None or self.value >= self.least) and (self.most is None or self.value <= self.most)


@dataclass(slots=True)
class Report:
    """Everything that a run found. Empty where it was not asked for."""

    cells: Sequence[Cell] = ()
    calls: Sequence[Passed] = ()
    inbox: Sequence[Through] = ()
    seen: Sequence[float] = ()
    """Milliseconds until an event's effect is seen over HTTP."""
    costs: Mapping[str, Mapping[str, Sequence[float]]] | None = None
    statements: Mapping[str, Mapping[str, float]] | None = None
    moments: Mapping[str, float] | None = None
    ready: float | None = None
    memory: float | None = None
    pinned: bool = False

    def goals(self) -> Iterator[Goal]:
        """Every goal of which something is known."""
        if self.cells:
            yield Goal("read one, of plain", self._middle(READ, PLAIN), least=0.35)
            yield Goal("read one, of recorded", self._middle(READ, RECORDED), least=1.0)
            yield Goal("list of 50, of plain", self._middle(LIST, PLAIN), least=0.60)
            yield Goal("list of 50, of plain, its mask by grants alone", self._middle(LIST, PLAIN), least=0.75)
            yield Goal("write, of the bare record's", self._middle(WRITE, PLAIN), least=0.45)
            yield Goal("charter with all sections, of plain", self._middle(CHARTER, PLAIN), least=0.35)
            yield Goal("eligible of 400, of plain", self._middle(ELIGIBLE, PLAIN), least=0.25)
            yield Goal("board of 200 open, of plain", self._middle(BOARD, PLAIN), least=0.60)
            for job in JOBS:
                of = [c.p99 / c.p50 for c in self._of(OURS, job, _AT)]
                yield Goal(f"{job}, p99 of p50", median(of), most=3.0)
        if self.calls:
            for step, said in ((WHOLE, "asked, read and offered"), (ASK, "asked"), (OFFER, "offered")):
                yield Goal(f"call {said}, p99 ms", median(self._late(CALLS, step)), most=50)
                yield Goal(f"with pauses, {said}, p99 ms", median(self._late(CALLS_WITH_PAUSES, step)), most=50)
        if self.inbox:
            yield Goal("events a second through the inbox", median(self._through(inbox.TAKEN)), least=2000)
        if self.seen:
            yield Goal("ms until an event is seen, at most", max(self.seen), most=1000)
        if self.ready is not None:
            yield Goal("seconds until ready", self.ready, most=1.5)
        if self.memory is not None:
            yield Goal("private megabytes of a worker", self.memory, most=110)
        if self.moments is not None:
            yield Goal("policy decision p99, us", self.moments["decision p99"], most=5)
            yield Goal("token first seen (RS256), us", self.moments["token RS256 first seen"], most=60)
            yield Goal("token seen again, us", self.moments["token RS256 seen again"], most=2)

    def document(self) -> dict[str, Any]:
        """For programs."""
        return {
            "cells": [asdict(cell) for cell in self.cells],
            "calls": [asdict(passed) for passed in self.calls],
            "inbox": [asdict(through) for through in self.inbox],
            "seen": list(self.seen),
            "costs": self.costs,
            "statements": self.statements,
            "moments": self.moments,
            "ready": self.ready,
            "memory": self.memory,
            "pinned": self.pinned,
            "goals": [asdict(goal) | {"reached": goal.reached} for goal in self.goals()],
        }

    def show(self, out: Console) -> None:
        """For people."""
        if self.cells:
            out.print(self._rates())
        if self.calls:
            out.print(self._calls())
        if self.inbox:
            out.print(self._inbox())
        if self.seen:
            told = sorted(self.seen)
            p50, p99 = told[len(told) // 2], told[min(len(told) - 1, len(told) * 99 // 100)]
            out.print(f"An event is seen over HTTP after {p50:.0f} ms (p50), {p99:.0f} (p99), {told[-1]:.0f} (most).")
        if self.costs is not None:
            out.print(self._costs(self.costs))
        if self.moments is not None:
            out.print(_plain("Microseconds", self.moments))
        goals = _table("Goals (one worker, 16 connections)", "goal", "measured", "wanted", "")
        known = list(self.goals())
        for goal in known:
            wanted = f">= {goal.least:g}" if goal.least is not None else f"<= {goal.most:g}"
            goals.add_row(goal.name, f"{goal.value:.2f}", wanted, "reached" if goal.reached else "NOT REACHED")
        if known:
            out.print(goals)
        if not self.pinned:
            out.print("One core, or no way to pin: server, database and client took time from each other.")

    def _rates(self) -> Table:
        table = _table("Over HTTP. Of plain: least, median, most of the rounds. p50, p99: ms. CPU: us a request.")
        for column in ("job", "at once", "server", "a second", "of plain", "p50", "p99", "CPU", "client"):
            table.add_column(column, justify="left" if column in ("job", "server") else "right")
        for job in JOBS:
            for connections in CONNECTIONS:
                for server in SERVERS:
                    cells = self._of(server, job, connections)
                    table.add_row(
                        job,
                        str(connections),
                        server,
                        f"{median(c.rate for c in cells):.0f}",
                        _spread(self._ratios(job, PLAIN, server, connections)),
                        f"{median(c.p50 for c in cells) / 1000:.2f}",
                        f"{median(c.p99 for c in cells) / 1000:.2f}",
                        f"{median(c.cpu for c in cells):.0f}",
                        f"{median(c.client for c in cells):.0%}",
                    )
            table.add_section()
        return table

    def _calls(self) -> Table:
        said = (
            f"Calls, {CALLERS} at once and {WRITERS} who write. ms: p50, then p99 as least, median, most of the rounds."
        )
        table = _table(said, "job", "step", "p50", "p99", "calls a second", "lost", "writes", "CPU us")
        for job in PLACES:
            of = [c for c in self.calls if c.job == job]
            for step in (*STEPS, WHOLE):
                p50 = f"{median(c.spread[step][0] for c in of) / 1000:.1f}"
                row = [job, step, p50, _spread(self._late(job, step), 1)]
                if step == WHOLE:
                    lost = f"{sum(c.lost for c in of)} of {sum(c.calls for c in of)}"
                    row += [_spread((c.rate for c in of), 0), lost, f"{median(c.writes for c in of):.0f}"]
                    row += [f"{median(c.cpu for c in of):.0f}"]
                table.add_row(*row)
            table.add_section()
        return table

    def _inbox(self) -> Table:
        said = "Events through the inbox, ten at a time: a second, and of a plain insert's; least, median, most."
        table = _table(said, "events", "a second", "of plain")
        for sort in inbox.SORTS:
            of = [t.rate / t.plain for t in self.inbox if t.sort == sort]
            table.add_row(sort, _spread(self._through(sort), 0), _spread(of))
        return table

    def _through(self, sort: str) -> list[float]:
        return [t.rate for t in self.inbox if t.sort == sort]

    def _late(self, job: str, step: str) -> list[float]:
        """p99 of each round, in milliseconds."""
        return [c.spread[step][1] / 1000 for c in self.calls if c.job == job]

    def _costs(self, costs: Mapping[str, Mapping[str, Sequence[float]]]) -> Table:
        said = "In process: CPU of a request, quartiles"
        table = _table(said, "job", "server", "CPU us", "times plain", "statements")
        for job, by_server in costs.items():
            for server, rounds in by_server.items():
                statements = "" if self.statements is None else f"{self.statements[job][server]:g}"
                ratio = f"{times(rounds, by_server[PLAIN]):.2f}"
                table.add_row(job, server, _quartiles(rounds), ratio, statements)
            table.add_section()
        return table

    def _of(self, server: str, job: str, connections: int) -> list[Cell]:
        return [c for c in self.cells if (c.server, c.job, c.connections) == (server, job, connections)]

    def _ratios(self, job: str, base: str, server: str = OURS, connections: int = _AT) -> list[float]:
        bases = {c.round: c.rate for c in self._of(base, job, connections)}
        return [c.rate / bases[c.round] for c in self._of(server, job, connections)]

    def _middle(self, job: str, base: str) -> float:
        return median(self._ratios(job, base))


def _table(title: str, *columns: str) -> Table:
    return Table(*columns, title=title, title_justify="left", box=box.SIMPLE_HEAD)


def _plain(title: str, values: Mapping[str, float]) -> Table:
    table = _table(title, "what", "us")
    for name, value in values.items():
        table.add_row(name, f"{value:.2f}")
    return table


def _quartiles(rounds: Sequence[float]) -> str:
    found = sorted(rounds)
    return "  ".join(f"{found[len(found) * part // 4]:.0f}" for part in (1, 2, 3))


def _spread(values: Iterable[float], digits: int = 2) -> str:
    found = sorted(values)
    return "  ".join(f"{v:.{digits}f}" for v in (found[0], median(found), found[-1]))

"""What the bench says follows from what it measured: ratios of one and the same round, and goals that can be missed."""

import dataclasses

from tests.bench.inproc import OURS, PLAIN, RECORDED
from tests.bench.jobs import JOBS, READ
from tests.bench.report import Goal, Report
from tests.bench.rounds import CONNECTIONS, SERVERS, Cell


def _cells(ours: float) -> list[Cell]:
    """Three rounds, the machine slower in each; ours does that part of what plain does."""
    return [
        Cell(
            server=server,
            job=job,
            connections=connections,
            round=number,
            rate=(ours if server == OURS else 1.0) * speed,
            p50=1000,
            p99=2000,
            cpu=100,
            client=0.1,
        )
        for number, speed in enumerate((10_000.0, 1_000.0, 100.0))
        for server in SERVERS
        for job in JOBS
        for connections in CONNECTIONS
    ]


def _goal(report: Report, name: str) -> Goal:
    return next(goal for goal in report.goals() if goal.name == name)


def test_ratios_are_of_one_round() -> None:
    """A machine that slows down from round to round changes no ratio."""
    assert _goal(Report(cells=_cells(0.4)), "read one, of plain").value == 0.4


def test_a_goal_is_reached_or_it_is_not() -> None:
    """What is above the least, or below the most, is reached; what is not is said to be so."""
    assert _goal(Report(cells=_cells(0.4)), "read one, of plain").reached
    assert not _goal(Report(cells=_cells(0.3)), "read one, of plain").reached
    assert not _goal(Report(cells=_cells(0.3)), "read one, of recorded").reached
    assert not _goal(Report(ready=1.6), "seconds until ready").reached
    assert _goal(Report(memory=100), "private megabytes of a worker").reached


def test_a_slow_answer_in_a_hundred_is_seen() -> None:
    """A p99 of four times the p50 misses its goal."""
    slow = [dataclasses.replace(c, p99=4000) if c.server == OURS and c.job == READ else c for c in _cells(1.0)]
    assert not _goal(Report(cells=slow), "read one, p99 of p50").reached


def test_the_document_says_what_the_table_says() -> None:
    """Programs get every cell and every goal."""
    said = Report(cells=_cells(0.4)).document()
    assert len(said["cells"]) == 3 * len(SERVERS) * len(JOBS) * len(CONNECTIONS)
    assert {g["name"] for g in said["goals"] if not g["reached"]} >= {"list of 50, of plain"}
    assert {PLAIN, RECORDED, OURS} <= {cell["server"] for cell in said["cells"]}

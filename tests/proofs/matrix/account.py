"""What a proof counted, told at the end of the run: a green line says that nothing failed, and not how much was tried.

def test_every_cell(counted: Counted) -> None:
    counted("cells of the route matrix", 12_345, at_least=5_000)
"""

from collections.abc import Callable
from typing import Any

import pytest

Counted = Callable[..., None]
COUNTED = "counted"


@pytest.fixture
def counted(record_property: Callable[[str, object], None]) -> Counted:
    """Note a number, which fails the test where it is less than it was promised to be."""

    def note(what: str, number: int, *, at_least: int = 1) -> None:
        record_property(COUNTED, f"{number:>7,} {what}")
        assert number >= at_least, f"{number} {what}: fewer than {at_least}"

    return note


def tell(terminal: pytest.TerminalReporter, under: str) -> None:
    """Print what the tests of one folder counted."""
    reports: list[Any] = [report for kind in ("passed", "failed") for report in terminal.stats.get(kind, [])]
    lines = [
        str(value)
        for report in reports
        if report.nodeid.startswith(under)
        for name, value in getattr(report, "user_properties", ())
        if name == COUNTED
    ]
    if lines:
        terminal.section(f"counted by {under}")
        for line in lines:
            terminal.line(line)

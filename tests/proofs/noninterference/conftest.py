"""One house for all tests of the proof, and its account at the end."""

from collections.abc import Iterator

import pytest

from tests.proofs.noninterference import house, telling


@pytest.fixture(scope="session")
def home() -> Iterator[house.House]:
    """The application with nothing left to chance."""
    with house.opened() as made:
        yield made


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how much was proved: a proof that ran over nothing is green as well."""
    if lines := telling.summary():
        terminalreporter.section("non-interference")
        for line in lines:
            terminalreporter.line(line)

"""What the proofs of the policy counted, at the end of the run."""

import pytest

from tests.proofs.matrix.account import counted as counted  # a fixture for the tests here, by being here
from tests.proofs.matrix.account import tell


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the numbers."""
    tell(terminalreporter, "tests/proofs/policy")

"""What once told something is asked again on every commit."""

from pathlib import Path

import pytest

from tests.proofs.noninterference.house import House
from tests.proofs.noninterference.judging import judged
from tests.proofs.noninterference.telling import REGRESSIONS, report
from tests.proofs.noninterference.traces import from_json

KEPT = sorted(REGRESSIONS.glob("*.json"))


@pytest.mark.parametrize("kept", KEPT, ids=lambda kept: kept.stem)
def test_what_once_told_something_tells_nothing(home: House, kept: Path) -> None:
    """Each trace that once told two worlds apart finds them the same, and is still a pair: it is judged."""
    trace = from_json(kept.read_text())
    verdict = judged(home, trace)
    assert not verdict.discarded, f"{kept.name} proves nothing any more: {verdict.discarded}"
    assert verdict.found is None, report(trace, verdict)

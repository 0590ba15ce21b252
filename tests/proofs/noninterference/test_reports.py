"""The proof can fail, and says what it found so that it can be mended."""

from random import Random

import pytest

from tests.proofs.noninterference.dice import Rolled
from tests.proofs.noninterference.drawing_secrets import state_pairs
from tests.proofs.noninterference.house import House
from tests.proofs.noninterference.judging import judged
from tests.proofs.noninterference.telling import report
from tests.proofs.noninterference.test_leaks import SWITCHBOARD
from tests.proofs.noninterference.test_pairs import VIEWERS, drawn, proved
from tests.proofs.noninterference.traces import from_json


def test_a_difference_is_printed_side_by_side(home: House) -> None:
    """Who, what was secret, what he asked, by which rules; the two answers beside each other; and the trace, whole."""
    leak = next(one for one in SWITCHBOARD if one.name == "refused_if_it_is_there")
    dice = Rolled(Random(7))
    with leak.planted(home):
        found = ((t, v) for t in (state_pairs(dice, VIEWERS) for _ in range(300)) if (v := judged(home, t)).found)
        trace, verdict = next(found)
    text = report(trace, verdict)
    assert f"{trace.viewer} can tell two worlds apart (status)" in text
    assert "rules by which he acts:" in text
    assert any(line.startswith("! ") and "403" in line and "404" in line for line in text.splitlines())
    kept = text.rpartition("trace: ")[2].strip()
    with open(kept) as file:
        assert from_json(file.read()) == trace


def test_a_difference_is_shrunk(home: House) -> None:
    """With a leak planted the test of the pairs fails, and what it prints is a trace of a step or two."""
    leak = next(one for one in SWITCHBOARD if one.name == "refused_if_it_is_there")
    with leak.planted(home), pytest.raises(AssertionError, match="can tell two worlds apart") as failure:
        proved(home, "", drawn(state_pairs, "coordinator"), 200, nightly=False, p5=False)
    asked = [line for line in str(failure.value).splitlines() if line[:5].strip(" >").isdigit()]
    assert len(asked) <= 3, failure.value

"""Every planted leak is caught, by the traces that find none in the service as it is."""

import time
from collections.abc import Callable
from functools import partial
from random import Random

import pytest

from tests.proofs.noninterference import leaks_absence, leaks_lists, leaks_matching, leaks_shared, leaks_told
from tests.proofs.noninterference.dice import Dice, Rolled
from tests.proofs.noninterference.drawing_secrets import ABLE, alternating, purges, state_pairs
from tests.proofs.noninterference.house import House
from tests.proofs.noninterference.judging import judged
from tests.proofs.noninterference.leaks import SWITCHBOARD, Leak
from tests.proofs.noninterference.telling import LEAKS, report
from tests.proofs.noninterference.traces import Trace

PLANTED = (leaks_absence, leaks_lists, leaks_matching, leaks_shared, leaks_told)
MOST = 3000
"""Traces by which a leak must be caught."""


AT_NIGHT = {
    "1-a-fault-tells",
    "1-whoever-was-called-rests",
    "7-the-cursor-says-how-far-it-looked",
    "25-whoever-was-called-is-shown-as-busy",
    "32-a-row-s-place-says-who-asked",
    "40-the-newest-decision-decides",
    "4-asked-already",
    "4-no-room-for-one-more",
    "9-any-field-orders",
    "9-ordered-by-what-changed-last",
    "23-lines-have-positions",
    "29-allow-by-object",
    "30-a-late-one-says-that-it-is-another-s",
    "31-open-requests-of-a-scheme",
}
"""What takes many hundreds of traces to be met, or as long as ten others. The other leaks, and all traces of the
service as it is, are at each commit."""


def traces_of(leak: Leak) -> tuple[Callable[[Dice, tuple[str, ...]], Trace], ...]:
    """The properties in turn."""
    pairs, acts = partial(state_pairs, kinds=leak.kinds, acts=leak.acts), partial(purges, kinds=leak.kinds)
    return pairs, acts, partial(pairs, faults=True), alternating, acts


def test_no_leak_of_the_night_is_misspelt() -> None:
    """Each is one that is planted."""
    assert {f"{leak}" for leak in SWITCHBOARD} > AT_NIGHT


@pytest.mark.parametrize(
    "leak", [pytest.param(n, marks=pytest.mark.nightly if f"{n}" in AT_NIGHT else (), id=f"{n}") for n in SWITCHBOARD]
)
def test_a_planted_leak_is_caught(home: House, leak: Leak) -> None:
    """Switched on alone, it tells two worlds apart within the traces of one run; how many it took is printed."""
    viewers = ABLE if leak.viewers is None else leak.viewers()
    dice, since = Rolled(Random(f"{leak}")), time.process_time()
    drawn = traces_of(leak)
    with leak.planted(home):
        for traces in range(MOST):
            trace = drawn[traces % len(drawn)](dice, viewers)
            verdict = judged(home, trace)
            if verdict.found is not None:
                break
        else:
            pytest.fail(f"{leak}: {leak.told} Not caught in {MOST} traces.")
    seconds, way = time.process_time() - since, verdict.found.way
    LEAKS.append(f"{leak.channel:>4} {leak.name:<38} {traces + 1:>5} traces {seconds:>5.1f} s  {way}")
    # Switched off again, the same trace finds nothing: it was this leak that was caught.
    clean = judged(home, trace)
    assert clean.found is None, report(trace, clean)

"""The service may not grow dearer unseen: its CPU a request, as a ratio to the limit's, is held to what is stored."""

import subprocess
import sys
from collections.abc import Callable

from tests.bench import gate, inproc
from tests.bench.gate import ALLOWANCE, ATTEMPTS, Ratios
from tests.bench.inproc import OURS, PLAIN
from tests.bench.jobs import JOBS
from tests.bench.machine import ROOT
from tests.bench.stub import TINY, Stub, Tokens


def test_a_request_costs_no_more_cpu_than_is_stored() -> None:
    """Read one, list and write take no more than a fifth above the stored multiple of the limit's CPU. In a process of
    its own: what pytest and other tests have loaded would be measured too."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.gate"], cwd=ROOT, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, (
        f"{done.stdout}{done.stderr}\nIf the cost is meant: python -m tests.bench.gate --store, and say what it buys"
    )


def test_every_job_has_a_stored_ratio() -> None:
    """A job that is added is held from the first day on."""
    assert set(gate.stored()) == set(JOBS), "python -m tests.bench.gate --store"


async def test_a_slower_application_is_seen() -> None:
    """CPU that is burnt in each request moves the ratio beyond the allowance: the measurement measures."""
    found = await inproc.costs({PLAIN: Stub(), OURS: inproc.slowed(Stub(), 3000)}, TINY, Tokens(), rounds=3)
    for by in found.values():
        assert inproc.quartile(by[OURS]) >= 3000
        assert inproc.times(by[OURS], by[PLAIN]) > ALLOWANCE


def test_what_grew_in_every_attempt_is_told() -> None:
    """A ratio beyond the allowance in every attempt fails the gate, and it says which job's."""
    same: Ratios = dict.fromkeys(JOBS, 10.0)
    worse = {**same, JOBS[1]: 10 * ALLOWANCE + 0.1}
    assert set(gate.judged(_measuring(*[worse] * ATTEMPTS), same)) == {JOBS[1]}


def test_what_is_within_the_allowance_is_measured_once() -> None:
    """A ratio that has not grown, or has fallen, passes at the first attempt."""
    same: Ratios = dict.fromkeys(JOBS, 10.0)
    assert gate.judged(_measuring({JOBS[0]: 1.0, JOBS[1]: 10 * ALLOWANCE, JOBS[2]: 10.0}), same) == {}


def test_one_noisy_attempt_fails_nothing() -> None:
    """What another attempt clears was noise, even where another job was noisy in that one."""
    same: Ratios = dict.fromkeys(JOBS, 10.0)
    assert gate.judged(_measuring({**same, JOBS[0]: 30.0}, {**same, JOBS[1]: 30.0}), same) == {}


def _measuring(*found: Ratios) -> Callable[[], Ratios]:
    attempts = iter(found)
    return lambda: next(attempts)

"""No viewer tells two worlds apart that differ only in what he may not know: P1 to P6 over the service as it is."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.proofs.noninterference.dice import Drawn
from tests.proofs.noninterference.drawing_secrets import VIEWERS, alternating, purges, state_pairs
from tests.proofs.noninterference.house import House
from tests.proofs.noninterference.judging import judged, noticed
from tests.proofs.noninterference.telling import ACCOUNTS, Account, report
from tests.proofs.noninterference.traces import Trace

NIGHTLY = 45
"""How many times as many traces are drawn at night, from another seed each time."""
_EVERY = (
    HealthCheck.too_slow,
    HealthCheck.filter_too_much,
    HealthCheck.data_too_large,
    HealthCheck.function_scoped_fixture,
)


@st.composite
def drawn(draw: Any, kind: Callable[..., Trace], *viewers: str, **how: bool) -> Trace:
    """A trace of that kind, drawn so that it shrinks."""
    return kind(Drawn(draw), viewers or VIEWERS, **how)


def proved(home: House, name: str, strategy: st.SearchStrategy[Trace], times: int, nightly: bool, p5: bool) -> None:
    """Judge that many traces; the first difference is shrunk and printed."""
    account = Account()
    if name:
        ACCOUNTS.setdefault(f"{name}, nightly" if nightly else name, []).append(account)

    @settings(
        max_examples=times * (NIGHTLY if nightly else 1),
        derandomize=not nightly,
        database=None,
        deadline=None,
        suppress_health_check=_EVERY,
        print_blob=nightly,
    )
    @given(strategy)
    def holds(trace: Trace) -> None:
        since = time.process_time()
        verdict = judged(home, trace)
        clear = not verdict.discarded and verdict.found is None
        account.add(trace, verdict, noticed(home, trace, verdict) if p5 and clear else None, since)
        assert verdict.found is None, report(trace, verdict)

    holds()
    # P5. No pair is empty: who is cleared for the secret and asks the same is answered differently in the two worlds.
    told = account.noticed[True] + account.noticed[False]
    # To who grants roles, granting releases nearly all of what others hold: what is left of his pairs is judged.
    left = account.traces - account.discarded["released: whom_an_administrator_grants"]
    assert account.judged >= max(1, left / 3), account.line()
    assert account.statuses[500] == 0, account.line()
    # Of a viewer's few pairs three may chance to ask beside what differs: one in fourteen does, and of forty viewers
    # with a dozen pairs each one has three such more often than not. At night it is one in ten of hundreds.
    assert not p5 or account.noticed[False] <= max(3, 0.1 * told), account.line()


def _both(times: int) -> pytest.MarkDecorator:
    """The common run, and the same at night."""
    return pytest.mark.parametrize(
        ("times", "nightly"),
        [pytest.param(times, False, id="common"), pytest.param(times, True, id="nightly", marks=pytest.mark.nightly)],
    )


@_both(14)
@pytest.mark.parametrize("viewer", VIEWERS)
def test_two_states_that_differ_in_a_secret_are_one_to_him(home: House, viewer: str, times: int, nightly: bool) -> None:
    """P1 and P3. For each viewer: states that differ in records out of his reach, in fields that he is not shown, in
    keys and letters of others; and whatever he asks, every byte is the same, the states at the end are alike again, and
    nothing that he cannot see was overwritten. P5: nine in ten of these secrets are told to who is cleared for them."""
    proved(home, "P1 state pairs", drawn(state_pairs, viewer), times, nightly, p5=True)


@_both(8)
@pytest.mark.parametrize("viewer", VIEWERS)
def test_what_others_do_in_secret_leaves_no_trace_for_him(home: House, viewer: str, times: int, nightly: bool) -> None:
    """P2. Others act through the service itself, between his requests or in the middle of one, on what he may not know;
    in the other world they do not. Keys, rates, tags, ids, lines and order of what he hears are the same."""
    proved(home, "P2 purge", drawn(purges, viewer), times, nightly, p5=True)


@_both(120)
def test_whoever_else_looks_changes_nothing_for_him(home: House, times: int, nightly: bool) -> None:
    """P4. Somebody who is cleared for more asks for the same things in the same process: no cache, count or tag of his
    reaches the first."""
    proved(home, "P4 two viewers", drawn(alternating), times, nightly, p5=False)


@_both(120)
@pytest.mark.parametrize("kind", [state_pairs, purges], ids=["states", "purge"])
def test_when_the_store_fails_it_fails_alike(
    home: House, kind: Callable[..., Trace], times: int, nightly: bool
) -> None:
    """P6. The same call of the same step fails in both worlds: what is answered then is the same too."""
    proved(home, "P6 with a fault", drawn(kind, faults=True), times, nightly, p5=False)

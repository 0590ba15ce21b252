"""What is printed: the account at the end of a run, and a difference when there is one."""

import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from domain.confidentiality.grants import GRANTS
from tests.proofs.noninterference.judging import Verdict, seeing_of
from tests.proofs.noninterference.state import base
from tests.proofs.noninterference.traces import Trace

REGRESSIONS = Path(__file__).parent / "regressions"
_WIDE = 96


@dataclass(slots=True)
class Account:
    """What one property cost and covered."""

    traces: int = 0
    judged: int = 0
    requests: int = 0
    seconds: float = 0.0
    discarded: Counter[str] = field(default_factory=Counter[str])
    pairs: set[tuple[str, str]] = field(default_factory=set[tuple[str, str]])
    noticed: Counter[bool | None] = field(default_factory=Counter[bool | None])
    statuses: Counter[int] = field(default_factory=Counter[int])
    """What was answered, of all worlds: a service that answers nothing but 500 keeps every secret."""

    def add(self, trace: Trace, verdict: Verdict, noticed: bool | None, since: float) -> None:
        """One more trace."""
        self.traces += 1
        self.requests += verdict.requests
        self.seconds += time.process_time() - since
        if verdict.discarded:
            self.discarded[verdict.discarded] += 1
            return
        self.judged += 1
        self.statuses += Counter(heard.status for run in verdict.runs for heard in run.heard)
        self.pairs.add((trace.viewer, trace.about))
        self.noticed[noticed] += 1

    def line(self) -> str:
        """All of it on one line."""
        told = self.noticed[True] + self.noticed[False]
        seen = f", seen by who is cleared {self.noticed[True]} of {told}" if told else ""
        return (
            f"{self.judged} pairs of worlds judged for {len(self.pairs)} (viewer, secret), "
            f"{sum(self.discarded.values())} of {self.traces} discarded{seen}, "
            f"{self.requests} requests ({', '.join(f'{s} {n}' for s, n in self.statuses.most_common(5) if s)}), "
            f"{self.seconds:.1f} s"
        )


ACCOUNTS: dict[str, list[Account]] = {}
"""By property; one for each test."""
LEAKS: list[str] = []
"""A line for each planted leak: channel, leak, traces until it was caught."""


def _together(accounts: list[Account]) -> Account:
    whole = Account()
    for account in accounts:
        whole.traces += account.traces
        whole.judged += account.judged
        whole.requests += account.requests
        whole.seconds += account.seconds
        whole.discarded += account.discarded
        whole.noticed += account.noticed
        whole.statuses += account.statuses
        whole.pairs |= account.pairs
    return whole


def summary() -> list[str]:
    """The account of the whole run."""
    lines = [f"{name}: {_together(accounts).line()}" for name, accounts in sorted(ACCOUNTS.items())]
    why = sum((a.discarded for accounts in ACCOUNTS.values() for a in accounts), Counter[str]())
    lines += [f"    discarded, {reason}: {n}" for reason, n in why.most_common()]
    return [*lines, *LEAKS]


def report(trace: Trace, verdict: Verdict) -> str:
    """What told the worlds apart, for whoever has to mend it. The trace is kept in a file beside."""
    found = verdict.found
    assert found is not None
    one = verdict.runs[0]
    rules = sorted(
        {g.rule for c in seeing_of(trace.viewer, base().records).capacities for g in GRANTS if g.role is c.role}
    )
    with tempfile.NamedTemporaryFile("w", suffix=".json", prefix="trace-", delete=False) as kept:
        kept.write(trace.as_json())
    lines = [
        f"{trace.viewer} can tell two worlds apart ({found.way}), which differ for him only in what he may not know",
        f"secret: {trace.about}",
        *(f"    {secret}" for secret in trace.secrets),
        *(f"    before step {high.at}: {step}" for high in trace.highs for step in high.steps),
        *(f"    or else: {step}" for high in trace.highs for step in high.twins),
        *([] if trace.fault is None else [f"the store fails at (step, call) {trace.fault}"]),
        "he asks:",
        *(f"  {'>' if n == found.step else ' '} {n} {asked}" for n, asked in enumerate(one.asked)),
        f"rules by which he acts: {', '.join(rules)}",
        "",
        *_beside(found.one, found.other),
        "",
        f"trace: {kept.name}",
    ]
    return "\n".join(lines)


def _beside(one: str, other: str) -> list[str]:
    """Two texts side by side, what differs marked; what is long and the same is cut."""
    left, right = _lines(one), _lines(other)
    rows = max(len(left), len(right))
    left, right = left + [""] * (rows - len(left)), right + [""] * (rows - len(right))
    told: list[str] = []
    for a, b in zip(left, right, strict=True):
        a, b = (_from_where_they_differ(a, b), _from_where_they_differ(b, a)) if a != b else (a, b)
        told.append(f"{'!' if a != b else ' '} {a[:_WIDE]:<{_WIDE}} | {b[:_WIDE]}")
    return told


def _lines(text: str) -> list[str]:
    return text.split("\n")


def _from_where_they_differ(line: str, other: str) -> str:
    at = next((n for n, (a, b) in enumerate(zip(line, other, strict=False)) if a != b), min(len(line), len(other)))
    return line if at < _WIDE // 2 else "..." + line[at - _WIDE // 3 :]

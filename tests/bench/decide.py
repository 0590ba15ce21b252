"""What a decision costs. A measurement, not a test; run from the repository's root:

    python -m tests.bench.decide

Goal A4 (security.md 9): the 99th of a hundred decisions takes less than 5 us. Every role, verb and purpose of the
policy is asked, the refused ones besides; `covers` is asked of the records of the whole policy space.
"""

import gc
import time
from collections.abc import Callable, Sequence

from domain.confidentiality.grants import GRANTS
from domain.confidentiality.policy import decide, reach_of
from domain.confidentiality.record import KINDS
from domain.confidentiality.roles import Purpose, Role
from domain.confidentiality.verbs import Verb
from domain.confidentiality.within import covers
from domain.kernel.errors import Trouble
from tests.persistence.samples import NOW
from tests.proofs.policy import space

ROUNDS = 5


def spread(acts: Sequence[Callable[[], object]]) -> tuple[int, float, float]:
    """(how many, the median, the 99th of a hundred) in microseconds; of each act the best of some rounds, since what
    else the machine does is no cost of the act."""
    best: list[float] = []
    gc.disable()
    for act in acts:
        rounds: list[int] = []
        for _ in range(ROUNDS):
            start = time.perf_counter_ns()
            act()
            rounds.append(time.perf_counter_ns() - start)
        best.append(min(rounds) / 1000)
    gc.enable()
    best.sort()
    return len(best), best[len(best) // 2], best[len(best) * 99 // 100]


def deciding(role: Role, verb: Verb, purpose: Purpose | None, facts: space.Facts) -> Callable[[], object]:
    """One decision, refused or not."""
    capacities = [space.viewer(role, facts)]

    def act() -> object:
        try:
            return decide(capacities, verb, purpose=purpose)
        except Trouble as trouble:
            return trouble

    return act


def main() -> None:
    """Print the table."""
    of = space.built(GRANTS)
    facts = of.facts["bounded"]
    decisions = [deciding(r, v, p, facts) for r in Role for v in Verb for p in (*Purpose, None)]
    reaching: list[Callable[[], object]] = []
    for grant, kind in space.reached_by(GRANTS):
        reach, viewer = reach_of(grant, KINDS[kind]), space.viewer(grant.role, facts)
        for record in of.records[grant.rule, kind]:
            reaching.append(lambda reach=reach, viewer=viewer, record=record: covers(reach, viewer, NOW, record))
    for name, acts in (("decide", decisions), ("covers", reaching)):
        number, middle, late = spread(acts)
        print(f"{name:<8}{number:>7,} cases   p50 {middle:6.2f} us   p99 {late:6.2f} us")


if __name__ == "__main__":
    main()

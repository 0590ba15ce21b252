"""The gate of CI: what a request costs in CPU of one process, as a ratio to the limit, may not grow unseen.

    python -m tests.bench.gate              measure, compare with `stored.json`; 1 where it has grown too far
    python -m tests.bench.gate --store      measure, and store what was found as what holds from now on

Only this ratio: it does not depend on sockets, disks or the other core, both of its sides are taken in short turns
within one process, and whatever slows the machine slows both. It may be a fifth above what is stored; where it is more
it is measured anew, twice, before it counts. What is stored is lowered by whoever makes the service faster, in the same
commit, and raised only by one who says in the commit what the cost buys. Another release of Python has ratios of its
own: store them when it is raised.
"""

import argparse
import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import median
from typing import Final

import uvloop

from tests.bench import estate, inproc, issuer, machine
from tests.bench.estate import SMALL
from tests.bench.inproc import OURS, PLAIN, RECORDED, TEMPLATE
from tests.bench.jobs import WrongAnswer

STORED: Final = Path(__file__).with_name("stored.json")
ALLOWANCE: Final = 1.20
ATTEMPTS: Final = 3

Ratios = Mapping[str, float]
"""For each job how many times the limit's CPU ours takes."""


def measured(extra: float = 0.0) -> Ratios:
    """The median ratio of each job. `extra`: microseconds that are burnt besides in each request of ours, to see that
    they are seen. Raises `WrongAnswer`."""
    with machine.postgres(durable=False, pinned_to=machine.cores().others) as postgres, issuer.published() as issuers:
        estate.fill(postgres.owner_url, SMALL)
        with machine.pinned(machine.cores().measured):
            return uvloop.run(_measured(postgres, issuers, extra))


async def _measured(postgres: machine.Postgres, issuers: str, extra: float) -> Ratios:
    tokens = issuer.tokens(estate.callers(SMALL))
    names = (PLAIN, OURS)
    async with inproc.apps(names, postgres.owner_url, postgres.app_url, issuers, issuer.jwk()) as made:
        if extra:
            made = {**made, OURS: inproc.slowed(made[OURS], extra)}
        found = await inproc.costs(made, SMALL, tokens)
    # The bench alone compares with these two; here it is seen that they still answer as it expects.
    async with inproc.apps((RECORDED, TEMPLATE), postgres.owner_url, postgres.app_url, issuers, issuer.jwk()) as others:
        await inproc.costs(others, SMALL, tokens, rounds=0, requests=2)
    return {job: inproc.times(by[OURS], by[PLAIN]) for job, by in found.items()}


def grown(found: Ratios, stored: Ratios) -> dict[str, tuple[float, float]]:
    """The jobs whose ratio is beyond the allowance, with what was found and what is stored. Raises `KeyError` for a
    job of which nothing is stored."""
    return {job: (ratio, stored[job]) for job, ratio in found.items() if ratio > stored[job] * ALLOWANCE}


def judged(measure: Callable[[], Ratios], stored: Ratios) -> dict[str, tuple[float, float]]:
    """What has grown in every one of three attempts; nothing as soon as one attempt clears it."""
    left: dict[str, tuple[float, float]] = {}
    for attempt in range(ATTEMPTS):
        again = grown(measure(), stored)
        left = {job: told for job, told in again.items() if attempt == 0 or job in left}
        if not left:
            break
    return left


def stored() -> Ratios:
    """What holds."""
    return json.loads(STORED.read_text())


def main() -> int:
    """Compare, or store."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.gate", description="CPU a request, as a ratio.")
    parser.add_argument("--store", action="store_true", help="store what is found")
    parser.add_argument("--burn", type=float, default=0.0, help="microseconds to waste in each request of ours")
    told = parser.parse_args()

    def measure() -> Ratios:
        found = measured(told.burn)
        print("  ".join(f"{job} {ratio:.2f}" for job, ratio in found.items()), flush=True)
        return found

    try:
        if told.store:
            runs = [measure() for _ in range(ATTEMPTS)]
            middle = {job: round(median(run[job] for run in runs), 2) for job in runs[0]}
            STORED.write_text(json.dumps(middle, indent=2) + "\n")
            return 0
        left = judged(measure, stored())
    except WrongAnswer as wrong:
        print(f"WRONG ANSWER: {wrong}")
        return 1
    for job, (found, held) in left.items():
        print(f"{job}: {found:.2f} times the limit's CPU, and {held:.2f} is stored")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())

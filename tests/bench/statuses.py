"""How long headquarters waits for how an estate stands: 1,440 schemes, one request. `python -m tests.bench.statuses`

Over PostgreSQL 18 in this process, HTTP without a socket. It prints; it decides nothing.
"""

import asyncio
import statistics
import time

from api.work.bench import service_begin
from domain.life.watching_over import watch_over
from tests.http import stores
from tests.http.cast import START
from tests.http.world import opened
from tests.persistence.test_scheme_statuses import estate, stands

TIMES = 20


async def main() -> None:
    """Fill, ask, print."""
    async with stores.opened(stores.POSTGRESQL, lambda: START) as store, opened(store, furnished=False) as world:
        schemes = estate()
        await world.keep(schemes)
        await world.keep([stands(s) for s in schemes])
        took: list[float] = []
        for _ in range(TIMES):
            world.seen.entries.clear()
            since = time.perf_counter()
            answer = await world.http.get(
                "/v1/scheme-statuses?limit=2000", headers={"Authorization": "Bearer headquarters"}
            )
            took.append(1000 * (time.perf_counter() - since))
        print(f"{len(answer.json()['items'])} schemes, {len(answer.content):,} bytes")
        print(f"median {statistics.median(took):.0f} ms, least {min(took):.0f} ms, of {TIMES}")
        await watch_over(service_begin(world.house.runtime))
        since = time.perf_counter()
        await watch_over(service_begin(world.house.runtime))
        print(f"one look of the clock at all of them: {1000 * (time.perf_counter() - since):.0f} ms")


if __name__ == "__main__":
    asyncio.run(main())

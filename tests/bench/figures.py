"""What a metric costs that speaks of ten million sessions. A measurement, not a test; run from the repository's root:

    python -m tests.bench.figures

Goal (issue E): under 50 ms. A question reads figures that were let out, and no session: so what must be large here is
what ten million sessions leave behind. 120 prisons with six schemes each, four years of months, quarters and years, of
every series: over nine hundred thousand figures. Each question is a whole request, from the gate to the bytes, with its
entry in the ledger, at any place and period; one after the other, over PostgreSQL.
"""

import asyncio
import itertools
import statistics
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from random import Random
from typing import Any, Final

import uvloop

from domain.confidentiality.record import Record
from domain.confidentiality.roles import Role
from domain.kernel.days import months_after
from domain.kernel.ids import FigureId, SchemeId
from domain.metrics.catalogue import METRICS
from domain.metrics.record import Figure, FigurePeriod
from domain.metrics.series import LAYOUTS, ROLLED
from persistence import driver, migrate
from persistence.cipher import Cipher
from persistence.keys import Keys
from persistence.mapping import MAPPED
from tests.bench import estate, inproc, issuer, machine
from tests.bench.jobs import Asked, Right

PRISONS: Final = tuple(f"X{n:03}" for n in range(120))
SCHEMES: Final = 6
YEARS: Final = 4
SESSIONS: Final = 10_000_000
QUESTIONS: Final = 2_000
BATCH: Final = 20_000
_NOW: Final = datetime.now(UTC)
_FIRST: Final = date(_NOW.year - YEARS, 1, 1)
_MONTHS: Final = tuple(months_after(_FIRST, n) for n in range(12 * YEARS))
_ASKING: Final = tuple(f"headquarters-X000-{n}" for n in range(100))
"""So many, that nobody spends his rate."""


def _places() -> Iterator[tuple[str | None, SchemeId | None]]:
    yield None, None
    for prison in PRISONS:
        yield prison, None
        yield from ((prison, SchemeId(estate.uid(f"scheme {prison} {n}"))) for n in range(SCHEMES))


def _figures() -> Iterator[Figure]:
    random, each = Random(1), SESSIONS // (len(PRISONS) * SCHEMES * len(_MONTHS))
    for (prison, scheme), series, period in itertools.product(_places(), ROLLED, FigurePeriod):
        if scheme is not None and LAYOUTS[series].of_prison:
            continue
        many = each * period.months * (1 if scheme else SCHEMES) * (1 if prison else len(PRISONS))
        for first in _MONTHS[:: period.months]:
            told = tuple(5 * round(many * random.uniform(0.5, 1.5) / 5) for _ in LAYOUTS[series].words)
            kept: dict[str, Any] = {"told_cleared" if LAYOUTS[series].cleared else "told": told}
            yield Figure(
                id=FigureId(estate.uid(f"figure {prison} {scheme} {series} {period} {first}")),
                jurisdiction="EW",
                prison=prison,
                scheme=scheme,
                organisation="HMPPS" if scheme else None,
                series=series,
                period=period,
                first=first,
                words=LAYOUTS[series].words,
                **kept,
            )


async def _fill(url: str) -> int:
    await migrate.upgrade(url)
    cipher, connection, done = Cipher(Keys.parse(estate.KEYS)), await driver.connect(url, timeout=5), 0
    roles = (estate.assignment(each, "X000", _NOW) for each in _ASKING)

    async def keep(records: tuple[Record, ...]) -> None:
        rows = [MAPPED[r.shape.kind].row(r, cipher, 1) for r in records]
        values = [tuple(row.values()) for row in rows]
        await connection.copy_records_to_table(
            MAPPED[records[0].shape.kind].name, records=values, columns=list(rows[0])
        )

    try:
        await connection.execute("set session_replication_role = replica")
        await keep(tuple(estate.actor(each) for each in _ASKING))
        await keep(tuple(replace(each, role=Role.HEADQUARTERS, prison=None) for each in roles))
        figures = _figures()
        while some := tuple(itertools.islice(figures, BATCH)):
            await keep(some)
            done += len(some)
        await connection.execute("vacuum (analyze)")
    finally:
        await connection.close()
    return done


def _asked(random: Random) -> Asked:
    prison, scheme = random.choice(_ALL)
    code = random.choice([m.code for m in METRICS.values() if not (scheme and LAYOUTS[m.series].of_prison)])
    query = {"period": random.choice(list(FigurePeriod)).value, "on": random.choice(_MONTHS[-12:]).isoformat()}
    query |= {"prison": prison} if prison else {}
    query |= {"scheme": str(scheme)} if scheme else {}
    said = "&".join(f"{name}={value}" for name, value in query.items())
    return Asked("GET", f"/v1/metrics/{code}", said, random.choice(_ASKING), b"", {})


_ALL: Final = tuple(_places())


async def _measure(postgres: machine.Postgres, issuers: str) -> None:
    random = Random(2)
    async with inproc.apps([inproc.OURS], postgres.owner_url, postgres.app_url, issuers, issuer.jwk()) as apps:
        driver_ = inproc.Driver(apps[inproc.OURS], issuer.tokens(_ASKING), Right())
        spent: list[float] = []
        for _ in range(QUESTIONS):
            asked = _asked(random)
            at = time.perf_counter()
            status, body = await driver_.answer(asked)
            spent.append(1000 * (time.perf_counter() - at))
            assert status == 200, (status, body, asked)
        percentiles = statistics.quantiles(spent, n=100)
        print(
            f"{QUESTIONS} questions: median {percentiles[49]:.1f} ms, 99 in 100 under {percentiles[98]:.1f} ms, "
            f"most {max(spent):.1f} ms"
        )


def main() -> None:
    """Measure, and print."""
    with machine.postgres() as postgres, issuer.published() as issuers:
        at = time.perf_counter()
        print(f"{asyncio.run(_fill(postgres.owner_url))} figures, filled in {time.perf_counter() - at:.0f} s")
        uvloop.run(_measure(postgres, issuers))


if __name__ == "__main__":
    main()

"""What a forecast costs. A measurement, not a test; run from the repository's root:

    python -m tests.bench.forecasts

Goals (issue C): one prison in less than 200 ms, all of 120 prisons as a job in less than 30 s; over PostgreSQL, with
everything on. Each prison has three schemes and a hundred supporters in each, of whom half have left.
"""

import asyncio
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from statistics import median
from typing import Any, Final

import uvloop

from api.wiring.opening import opened
from api.work.bench import service_begin
from domain.confidentiality.record import Record
from domain.kernel.ids import PersonId, SupporterId
from domain.people.record import Person
from domain.schemes.record import Scheme, SchemeState
from domain.supporters.record import LeavingReason, Standing, Supporter
from domain.turnover import acts, national
from persistence import driver, migrate
from persistence.cipher import Cipher
from persistence.keys import Keys
from persistence.mapping import MAPPED
from tests.bench import estate, inproc, issuer, machine

PRISONS: Final = tuple(f"F{n:03}" for n in range(120))
EACH: Final = 100
_TODAY: Final = datetime.now(UTC).date()


def records() -> Iterator[Sequence[Record]]:
    """All prisons' schemes, people and supporters."""
    yield [_scheme(prison, kind) for prison in PRISONS for kind in estate.KINDS]
    yield [_person(p, k, n) for p in PRISONS for k in estate.KINDS for n in range(EACH)]
    yield [_supporter(p, k, n) for p in PRISONS for k in estate.KINDS for n in range(EACH)]


def _scheme(prison: str, code: str) -> Scheme:
    kind, id = estate.KINDS[code], estate.scheme_of(prison, code)
    told: dict[str, Any] = {"state": SchemeState.LIVE, "open": True, "supporters_wanted": 60, "opened_on": _TODAY}
    return Scheme(
        id=id,
        scheme=id,
        kind=code,
        name=kind.title,
        jurisdiction="EW",
        prison=prison,
        organisation=kind.partner,
        closed=kind.policy.closed,
        support_types=kind.support_types,
        stage_of_sentence=kind.stage_of_sentence,
        purpose=kind.purpose,
        live_from=_TODAY,
        **told,
    )


def _number(prison: str, code: str, n: int) -> str:
    at = (PRISONS.index(prison) * len(estate.KINDS) + list(estate.KINDS).index(code)) * EACH + n
    return f"A{at % 10_000:04}{chr(65 + at // 10_000)}Z"


def _person(prison: str, code: str, n: int) -> Person:
    id = PersonId(estate.uid(f"person {prison} {code} {n}"))
    where: dict[str, Any] = {"jurisdiction": "EW", "prison": prison, "wing": f"{prison}-A"}
    named: dict[str, Any] = {
        "identifier_kind": "NOMS_NUMBER",
        "identifier": _number(prison, code, n),
        "name": "Sam Made-Up",
    }
    given: dict[str, Any] = {**where, **named}
    return Person(id=id, person=id, **given)


def _supporter(prison: str, code: str, n: int) -> Supporter:
    one, since = estate.supporter(n + 1), _TODAY - timedelta(days=60 + n * 7 % 500)
    left = n % 2 == 0
    return replace(
        one,
        id=SupporterId(estate.uid(f"forecast {prison} {code} {n}")),
        person=PersonId(estate.uid(f"person {prison} {code} {n}")),
        scheme=estate.scheme_of(prison, code),
        kind=code,
        prison=prison,
        organisation=estate.KINDS[code].partner,
        wing=f"{prison}-A",
        standing=Standing.STOOD_DOWN if left else Standing.ACTIVE,
        applied_on=since - timedelta(days=90),
        active_from=since,
        certificate_expires_on=_TODAY + timedelta(days=900),
        left_on=_TODAY - timedelta(days=n % 59) if left else None,
        left_for=LeavingReason.OWN_WISH if left else None,
    )


async def _fill(url: str) -> None:
    await migrate.upgrade(url)
    cipher, connection = Cipher(Keys.parse(estate.KEYS)), await driver.connect(url, timeout=5)
    try:
        await connection.execute("set session_replication_role = replica")
        for made in records():
            rows = [MAPPED[r.shape.kind].row(r, cipher, 1) for r in made]
            values = [tuple(row.values()) for row in rows]
            await connection.copy_records_to_table(
                MAPPED[made[0].shape.kind].name, records=values, columns=list(rows[0])
            )
        await connection.execute("vacuum (analyze)")
    finally:
        await connection.close()


async def _releases(prison: str, identifiers: Collection[str]) -> Mapping[str, date | None]:
    assert prison
    return {number: _TODAY + timedelta(days=int(number[1:5]) % 700) for number in identifiers}


async def _measure(postgres: machine.Postgres, issuers: str) -> None:
    async with opened(inproc.settings(postgres.app_url, issuers)) as found:
        runtime = found.runtime
        one, cpu = list[float](), list[float]()
        for prison in PRISONS[:20]:
            start, busy = time.perf_counter(), time.process_time()
            assert len(await acts.of_prison(service_begin(runtime), "EW", prison, _releases)) == len(estate.KINDS)
            one.append(time.perf_counter() - start)
            cpu.append(time.process_time() - busy)
        told_of = f"median {1000 * median(one):.0f} ms, CPU {1000 * median(cpu):.0f} ms, most {1000 * max(one):.0f} ms"
        print(f"one prison, {3 * EACH} supporters: {told_of}")
        told: list[int] = []

        async def progress(percent: int) -> None:
            told.append(percent)

        start = time.perf_counter()
        result = await national.turnover(lambda: service_begin(runtime), "EW", _releases, progress)
        spent = time.perf_counter() - start
        print(f"{result['prisons']} prisons, {len(PRISONS) * 3 * EACH} supporters: {spent:.1f} s; progress {told}")


def main() -> None:
    """Measure, and print."""
    with machine.postgres() as postgres, issuer.published() as issuers:
        asyncio.run(_fill(postgres.owner_url))
        uvloop.run(_measure(postgres, issuers))


if __name__ == "__main__":
    main()

"""What is done by the clock: by one worker at a time, whoever holds the lock."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from typing import Final, cast

from api.capacities import service_entry
from api.messages.relay import Relay
from api.runtime import Runtime
from api.work.bench import Bench, Tick, service_begin
from domain.feedback.mixing import mix as mix_by_code
from domain.kernel.whereabouts import no_residents
from domain.life.watching_over import watch_over
from domain.metrics.closing import close
from domain.metrics.releasing import release
from domain.movements.reconciling import reconcile as reconcile_prisons
from domain.oversight.jobs import forget
from domain.packs.chronology import move_on
from domain.packs.covering import keep as keep_cover
from domain.ports import Seal
from domain.retention.ending import delete_what_is_over
from domain.retention.words import shred
from domain.sessions.disputing import reconcile
from domain.sessions.emptying import empty
from domain.sessions.envelopes import delete_envelopes
from domain.sessions.expiring import expire, take_back
from domain.sessions.mixing import mix
from domain.sessions.parting import part
from domain.sessions.watching import end_watches
from domain.training.certificates import lapse
from domain.turnover.holds import settle as settle_holds
from domain.vigilance.computing import measure_all
from domain.vigilance.looks import look_through
from domain.vigilance.quarterly import keep_all
from persistence import retention
from persistence.engine import Engine

_WORK_LOCK: Final = 0x7065_6572


def bench_of(behind: Runtime, engine: Engine, seal: Seal | None, relay: Relay | None = None) -> Bench:
    """All that a worker does by the clock, and how often in seconds."""

    def tick(do: Callable[..., object]) -> Callable[[], Awaitable[int]]:
        async def done() -> int:
            found = do(engine, service_entry(behind), behind.clock())
            return await cast(Awaitable[int], found)

        return done

    ticks = (
        Tick("requests expire", 60, lambda: expire(service_begin(behind))),
        Tick("offers are taken back", 60, lambda: take_back(service_begin(behind))),
        Tick("schemes are watched over", 60, lambda: watch_over(service_begin(behind))),
        Tick("certificates end", 600, lambda: lapse(service_begin(behind))),
        Tick("watches end", 60, lambda: end_watches(service_begin(behind))),
        Tick("transfer holds end", 600, lambda: settle_holds(service_begin(behind))),
        Tick("what is over is deleted", 600, lambda: delete_what_is_over(service_begin(behind))),
        Tick("words are deleted", 600, lambda: shred(service_begin(behind))),
        Tick("requests leave the tables", 60, lambda: empty(lambda: service_begin(behind), seal)),
        Tick("envelopes are deleted", 600, lambda: delete_envelopes(service_begin(behind))),
        Tick("accounts are laid beside conduct", 600, lambda: reconcile(lambda: service_begin(behind))),
        Tick("prisons are reconciled", 86_400, lambda: _reconcile_prisons(behind)),
        Tick("mentors are kept apart", 600, lambda: part(lambda: service_begin(behind), behind.apart)),
        Tick("months are mixed", 600, lambda: mix(lambda: service_begin(behind))),
        Tick("months are closed", 600, lambda: close(lambda: service_begin(behind), behind.rolls)),
        Tick("cover of months is kept", 600, lambda: keep_cover(lambda: service_begin(behind))),
        Tick("figures are let out", 600, lambda: release(lambda: service_begin(behind), asyncio.to_thread)),
        Tick("what was said by codes is mixed", 600, lambda: mix_by_code(lambda: service_begin(behind))),
        Tick("unusual looks are looked for", 3600, lambda: look_through(lambda: service_begin(behind))),
        Tick("quarters are watched over", 3600, lambda: keep_all(lambda: service_begin(behind))),
        Tick("objectives are measured", 21_600, lambda: measure_all(lambda: service_begin(behind))),
        Tick("chronologies move on", 60, lambda: move_on(service_begin(behind))),
        Tick("files are forgotten", 600, lambda: forget(service_begin(behind))),
        Tick("keys run out", 600, tick(retention.end_used_keys)),
        Tick("transactions are cleared", 600, tick(retention.clear_transactions)),
        *(() if relay is None else (Tick("events are passed on", 1, relay.pass_on),)),
    )
    return Bench(behind, ticks, partial(_alone, engine))


async def _reconcile_prisons(behind: Runtime) -> int:
    if no_residents is behind.residents:
        return 0
    begin, jurisdiction = lambda: service_begin(behind), behind.jurisdiction_of("")
    return await reconcile_prisons(begin, jurisdiction, behind.residents, behind.whereabouts)


@asynccontextmanager
async def _alone(engine: Engine) -> AsyncGenerator[bool]:
    """One holder of the work, by an advisory lock that PostgreSQL drops with the holder's connection."""
    connection = await engine.connect()
    try:
        yield bool(await connection.fetchval("select pg_try_advisory_lock($1)", _WORK_LOCK))
    finally:
        await connection.close(timeout=2)

"""The collector of traces and metrics, where one is set; and what a scraper reads, where a port for it is."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from api import health
from api.runtime import Runtime
from api.settings import Settings
from api.wiring.database import CannotStart
from api.work.bench import service_begin
from domain.oversight import jobs
from persistence.engine import Engine

if TYPE_CHECKING:
    from api.telemetry.exporting import Exporting
    from api.telemetry.scraped import Scraped


def port_of(settings: Settings, *, for_work: bool) -> int | None:
    """Where this process's numbers are read; None: nowhere."""
    return settings.work_metrics_port if for_work else settings.metrics_port


@asynccontextmanager
async def collected(settings: Settings, *, numbers: bool = True) -> AsyncGenerator["Exporting | None"]:
    """What tells it; None: there is none. Without `numbers` it is told of spans alone. Raises `CannotStart`: its
    address is none. That it is away stops nothing."""
    address = settings.otel_exporter_otlp_endpoint
    if address is None:
        yield None
        return
    if not address.startswith(("https://", "http://")):
        raise CannotStart("OTEL_EXPORTER_OTLP_ENDPOINT: an address of http or https")
    # Imported where a collector is set: memory, and a tenth of a start, of a process that has none.
    from api.telemetry.exporting import exporting

    telling = exporting(settings.build_version, numbers=numbers)
    found = telling.__enter__()
    try:
        yield found
    finally:
        # It waits for the collector, and the loop has other things to end.
        await asyncio.to_thread(telling.__exit__, None, None, None)


def scraped(
    settings: Settings, behind: Runtime, engine: Engine, components: health.Components | None, spans: "Exporting | None"
) -> "Scraped":
    """What a scraper reads of this process: of one that serves, which has components, its health; of a worker, jobs."""
    # Imported where a port is set, as above.
    from api.telemetry.scraped import Pool, Scraped, Sources

    async def waiting() -> int:
        return await jobs.how_many_wait(service_begin(behind))

    sources = Sources(
        components=components,
        pool=lambda: Pool(engine.size, engine.waited, engine.gave_up),
        jobs=waiting if components is None else None,
    )
    return Scraped({"version": settings.build_version, "commit": settings.git_commit}, sources, spans)

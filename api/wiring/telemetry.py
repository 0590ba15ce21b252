"""The collector of traces and metrics, where one is set."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from api.settings import Settings
from api.wiring.database import CannotStart

if TYPE_CHECKING:
    from api.telemetry.exporting import Exporting


@asynccontextmanager
async def collected(settings: Settings) -> AsyncGenerator["Exporting | None"]:
    """What tells it; None: there is none. Raises `CannotStart`: its address is none. That it is away stops nothing."""
    address = settings.otel_exporter_otlp_endpoint
    if address is None:
        yield None
        return
    if not address.startswith(("https://", "http://")):
        raise CannotStart("OTEL_EXPORTER_OTLP_ENDPOINT: an address of http or https")
    # Imported where a collector is set: memory, and a tenth of a start, of a process that has none.
    from api.telemetry.exporting import exporting

    telling = exporting(settings.build_version)
    found = telling.__enter__()
    try:
        yield found
    finally:
        # It waits for the collector, and the loop has other things to end.
        await asyncio.to_thread(telling.__exit__, None, None, None)

"""A process opened whole, as its settings have it: where it tells of itself, and in which prisons it is there."""

import asyncio

import pytest

from api.app import create_app
from api.settings import Settings
from api.wiring.opening import opened
from persistence import migrate
from persistence.keys import generate
from tests.api.telemetry.receiver import receiving
from tests.prison.test_wiring import ISSUERS
from tests.servers import Urls


async def test_a_process_tells_and_is_there_as_it_is_set(database: Urls, monkeypatch: pytest.MonkeyPatch) -> None:
    """The collector of the environment has what was told once the process ends; roll-out and `/info` are one list. A
    worker tells too, of what it hands over."""
    await migrate.upgrade(database.owner_url)
    with receiving() as received:
        # As an operator sets them: one name for the service's own reading, and for the SDK's.
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", received.base)
        monkeypatch.setenv("ACTIVE_AGENCIES", "LEI, MDI")
        monkeypatch.setenv("DATABASE_URL", database.app_url)
        monkeypatch.setenv("KEYS", generate())
        monkeypatch.setenv("ISSUERS", ISSUERS)
        monkeypatch.setenv("POOL_SIZE", "2")
        async with opened(Settings()) as found:
            rollout = found.runtime.rollout
            assert [rollout.includes(prison) for prison in ("LEI", "MDI", "BXI")] == [True, True, False]
            assert found.backstage.info.active_agencies == ["LEI", "MDI"]
            telemetry = found.backstage.telemetry
            assert telemetry is not None
            assert create_app(found.backstage).user_middleware[-1].kwargs == {"telemetry": telemetry}
            telemetry.span("GET", "/v1/policy", 1, None).end(200)
        assert [span.name for span in received.spans] == ["GET /v1/policy"]
        async with opened(Settings(), for_work=True) as worker:
            assert worker.backstage.telemetry is not None
            await asyncio.sleep(0)

"""The port at which a scraper reads: what it answers, and that without its setting there is none."""

import asyncio
import subprocess
import sys
from typing import Any

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from api.commands import running
from api.commands.running import listening
from api.commands.scraping import scraping
from api.settings import Settings, SettingsUnusable, read
from api.telemetry.scraped import STEP, Scraped, Sources
from api.wiring.opening import opened
from persistence import migrate
from persistence.keys import generate
from tests.api.telemetry.receiver import receiving
from tests.api.telemetry.test_scraped import one
from tests.api.telemetry.test_scraped import read as figures_in
from tests.outside import free_port
from tests.prison.test_wiring import ISSUERS
from tests.servers import Urls

_LOADED = """
import sys
from api.commands import running
from api.wiring import opening
print(sorted(n for n in sys.modules if n.startswith("prometheus_client")))
"""


def _figures() -> Scraped:
    return Scraped({"version": "1", "commit": "x"}, Sources())


async def test_one_address_answers_with_one_text() -> None:
    """In the format and media type that Prometheus reads; the whole answer the same, header for header, however often
    and after whatever. Nothing else is there."""
    figures, taken = _figures(), listening("127.0.0.1", 0)
    base = f"http://127.0.0.1:{taken.getsockname()[1]}"
    async with scraping(figures, taken), httpx.AsyncClient(base_url=base) as http:
        first = await http.get("/metrics")
        for _ in range(100):
            figures.counted()
        figures.answered("GET", "/v1/policy", 200, 0.01)
        second = await http.get(
            "/metrics", headers={"Accept": "application/openmetrics-text", "Accept-Encoding": "gzip"}
        )
        assert (first.status_code, first.headers["content-type"]) == (200, "text/plain; version=0.0.4; charset=utf-8")
        assert (first.content, first.headers) == (second.content, second.headers)
        assert set(first.headers) == {"content-type", "content-length", "cache-control"}
        assert next(f.name for f in text_string_to_metric_families(first.text)) == "peer_support_build_info"
        for path in ("/", "/metrics/", "/health", "/v1/me"):
            answer = await http.get(path)
            assert (answer.status_code, answer.content) == (404, b""), path
        assert (await http.post("/metrics")).status_code == 404
    with pytest.raises(httpx.ConnectError):
        await httpx.AsyncClient().get(base)


async def test_it_is_looked_again_when_the_step_is_over(monkeypatch: pytest.MonkeyPatch, caplog: Any) -> None:
    """And though a look goes wrong: that is in the log, and the next is made."""
    figures, taken, waits = _figures(), listening("127.0.0.1", 0), list[float]()
    now, sleep, write = asyncio.Event(), asyncio.sleep, figures.look
    went_wrong = [True]

    async def slept(seconds: float, *_: object) -> None:
        if seconds < STEP - 5:  # the server's own
            await sleep(seconds)
            return
        waits.append(seconds)
        await now.wait()
        now.clear()

    async def look() -> None:
        if waits and went_wrong and went_wrong.pop():
            raise ValueError("A1001QX")
        await write()

    monkeypatch.setattr("api.commands.scraping.asyncio.sleep", slept)
    monkeypatch.setattr(figures, "look", look)
    async with scraping(figures, taken):
        before = figures.text
        figures.failed()
        for looks in (1, 2):
            while len(waits) < looks:
                await sleep(0.01)
            assert figures.text == before
            now.set()
        while len(waits) < 3:
            await sleep(0.01)
        assert one(figures_in(figures.text), "peer_support_requests_failed_total") == 1
    assert all(STEP - 5 <= each < 2 * STEP for each in waits)
    told = [(r.message, r.error) for r in caplog.records if r.name == "peer_support.metrics"]
    assert told == [("figures not looked at", "ValueError")]


def test_without_a_port_there_is_none() -> None:
    """No socket is taken, nothing is looked at, and the library is not even loaded."""
    settings = Settings()
    ports = (settings.metrics_port, settings.work_metrics_port)
    assert [running._read_at(settings, port) for port in ports] == [None, None]
    ran = subprocess.run([sys.executable, "-c", _LOADED], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


@pytest.mark.parametrize(
    "taken", [{"PORT": "9000", "METRICS_PORT": "9000"}, {"METRICS_PORT": "9001", "WORK_METRICS_PORT": "9001"}]
)
def test_a_port_is_nobody_else_s(taken: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the service, or of the other process: one line, at the start. And unless a network is named, it is this
    machine's alone."""
    for name, value in taken.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingsUnusable, match=r"METRICS_PORT: .*a port of its own"):
        read()
    assert Settings.model_fields["metrics_host"].default == "127.0.0.1"


async def test_each_process_tells_its_own(database: Urls, monkeypatch: pytest.MonkeyPatch) -> None:
    """What serves tells what it stands on, the worker how many jobs wait and when its timers ran; where a collector is
    set besides, it is sent spans and no numbers. To open a process takes no port: operators' commands do, and jobs."""
    await migrate.upgrade(database.owner_url)
    with receiving() as received:
        environment = {
            "OTEL_EXPORTER_OTLP_ENDPOINT": received.base,
            "DATABASE_URL": database.app_url,
            "KEYS": generate(),
            "ISSUERS": ISSUERS,
            "POOL_SIZE": "2",
            "METRICS_PORT": str(free_port()),
            "WORK_METRICS_PORT": "9",
        }
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        async with opened(Settings()) as found:
            assert found.figures is found.backstage.telemetry
            assert found.figures is not None
            found.figures.span("GET", "/v1/policy", 1, None).end(200)
            found.figures.answered("GET", "/v1/policy", 200, 0.01)
            await found.figures.look()
            series = figures_in(found.figures.text)
            assert one(series, "peer_support_component_up", component="db") == 1
            assert one(series, "peer_support_database_pool_size") == 2
            assert one(series, "peer_support_jobs_waiting") is None
        assert [span.name for span in received.spans] == ["GET /v1/policy"]
        assert received.metrics == []
        async with opened(Settings(), for_work=True) as worker:
            assert worker.figures is not None
            worker.bench.ran("requests expire", True)
            await worker.figures.look()
            series = figures_in(worker.figures.text)
            assert one(series, "peer_support_jobs_waiting") == 0
            assert one(series, "peer_support_timer_last_success_timestamp_seconds", timer="requests expire") is not None
            assert [labels for name, labels in series if name == "peer_support_component_up"] == []

"""What goes to a collector, over the wire; and that nothing is loaded where there is none."""

import subprocess
import sys

import pytest

from api.settings import Settings
from api.telemetry.exporting import STEP, step
from api.telemetry.told import TOGETHER
from api.wiring.database import CannotStart
from api.wiring.telemetry import collected
from tests.api.telemetry.receiver import receiving

_LOADED = """
import sys
from api.commands import running
from api.wiring import opening
print(sorted(n for n in sys.modules if n.startswith(("opentelemetry.sdk", "opentelemetry.exporter", "requests"))))
"""


async def test_spans_and_metrics_reach_a_collector(monkeypatch: pytest.MonkeyPatch) -> None:
    """Over OTLP/HTTP, by the standard names of the environment; what is gathered is sent as the service ends."""
    with receiving() as received:
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", received.base)
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_HEADERS", "authorization=Bearer collector")
        monkeypatch.setenv("OTEL_SERVICE_NAME", "peer-support-dev")
        async with collected(Settings(build_version="7")) as telemetry:
            assert telemetry is not None
            telemetry.span("GET", "/v1/policy", 1, None).end(200)
            telemetry.answered("GET", "/v1/policy", 200, 0.01)
            for _ in range(2 * TOGETHER):
                telemetry.counted()
            telemetry.failed()
            with telemetry.handing_over("aws_sns") as carried:
                assert carried["traceparent"].startswith("00-")
        assert [span.name for span in received.spans] == ["GET /v1/policy", "send aws_sns"]
        assert received.series == {
            "http.server.request.duration",
            "peer_support.requests.others",
            "peer_support.requests.failed",
        }
        resource = {a.key: a.value.string_value for a in received.traces[0].resource_spans[0].resource.attributes}
        assert (resource["service.name"], resource["service.version"]) == ("peer-support-dev", "7")
        assert {headers["authorization"] for headers in received.headers} == {"Bearer collector"}


async def test_a_collector_that_is_away_stops_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is nobody's request that waits for it."""
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9")
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_TIMEOUT", "1")
    async with collected(Settings()) as telemetry:
        assert telemetry is not None
        telemetry.span("GET", "/v1/policy", 1, None).end(200)


async def test_a_disabled_sdk_tells_nothing_and_passes_nothing_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """`OTEL_SDK_DISABLED` is obeyed though a collector is set."""
    with receiving() as received:
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", received.base)
        monkeypatch.setenv("OTEL_SDK_DISABLED", "true")
        async with collected(Settings()) as telemetry:
            assert telemetry is not None
            span = telemetry.span("GET", "/v1/policy", 1, None)
            assert span.traceparent is None
            span.end(200)
            with telemetry.handing_over("aws_sns") as carried:
                assert dict(carried) == {}
        assert received.spans == []


async def test_without_a_collector_nothing_is_told() -> None:
    """And what is no address stops the start, in one line."""
    async with collected(Settings()) as telemetry:
        assert telemetry is None
    with pytest.raises(CannotStart, match="OTEL_EXPORTER_OTLP_ENDPOINT"):
        async with collected(Settings(otel_exporter_otlp_endpoint="collector:4318")):
            pass


def test_without_a_collector_the_sdk_is_not_loaded() -> None:
    """A process that tells nobody has not its fifteen megabytes, nor the time to load them."""
    ran = subprocess.run([sys.executable, "-c", _LOADED], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


@pytest.mark.parametrize(("said", "is_"), [("", STEP), ("1000", STEP), ("600000", 600_000), ("nonsense", STEP)])
def test_metrics_go_in_steps_of_five_minutes_at_least(said: str, is_: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the environment asks for (rule 19): in a shorter step one number is one request."""
    monkeypatch.setenv("OTEL_METRIC_EXPORT_INTERVAL", said)
    assert step() == is_

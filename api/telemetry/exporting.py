"""The SDK: what is told is made, gathered and sent to the collector, by threads of its own. Imported only where a
collector is set, since it is fifteen megabytes of a process that has none.

The standard names of OpenTelemetry (`OTEL_SERVICE_NAME`, `OTEL_RESOURCE_ATTRIBUTES`, `OTEL_TRACES_SAMPLER`,
`OTEL_EXPORTER_OTLP_HEADERS`, …) are the SDK's own to read. What is our own to say it cannot turn off: steps of five
minutes, and no exemplars.
"""

import os
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from typing import Final

from opentelemetry.context import Context
from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.metrics import MeterProvider as Meters
from opentelemetry.sdk.metrics import AlwaysOffExemplarFilter, MeterProvider
from opentelemetry.sdk.metrics.export import MetricReader, PeriodicExportingMetricReader
from opentelemetry.sdk.resources import SERVICE_NAME, SERVICE_VERSION, Resource
from opentelemetry.sdk.trace import SpanProcessor, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import Span, SpanKind, Status, StatusCode
from opentelemetry.trace import TracerProvider as Tracers
from opentelemetry.trace.propagation import set_span_in_context
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from api.telemetry import traced
from api.telemetry.told import Together

STEP: Final = 300_000
"""Milliseconds between two lots of metrics, at least (rule 19)."""
_NAME: Final = "peer-support"
_METHOD, _ROUTE, _STATUS = "http.request.method", "http.route", "http.response.status_code"
_SECONDS: Final = (0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10)
"""The edges that the conventions of OpenTelemetry advise."""
_PROPAGATOR: Final = TraceContextTextMapPropagator()


class _Told:
    """A span of the SDK."""

    def __init__(self, span: Span) -> None:
        self._span = span

    @property
    def traceparent(self) -> str | None:
        """As W3C writes it, and of its state nothing. None: the SDK was disabled."""
        return written(self._span)

    def end(self, status: int) -> None:
        """It was answered so."""
        self._span.set_attribute(_STATUS, status)
        if status >= 500:
            self._span.set_status(Status(StatusCode.ERROR))
        self._span.end()


class Exporting:
    """What is told of requests and of what the relay hands over (`api.telemetry.traced.Telemetry`)."""

    def __init__(self, tracers: Tracers, meters: Meters) -> None:
        self._tracer = tracers.get_tracer(_NAME)
        meter = meters.get_meter(_NAME)
        self._seconds = meter.create_histogram(
            "http.server.request.duration", "s", "Requests about things.", explicit_bucket_boundaries_advisory=_SECONDS
        )
        others = "All other requests, in fifties of about fifty."
        self._others = meter.create_counter("peer_support.requests.others", "{request}", others)
        self._together = Together()
        self._failures = meter.create_counter("peer_support.requests.failed", "{request}", "Answers of 5xx.")

    def span(self, method: str, route: str, began: int, parent: str | None) -> traced.Span:
        """Begin one, under the caller's trace if that can be read."""
        # Without the current context, and without `tracestate`: nothing of a caller's but two numbers and a flag.
        context = _PROPAGATOR.extract({} if parent is None else {"traceparent": parent}, Context())
        return _Told(
            self._tracer.start_span(
                f"{method} {route}",
                context,
                SpanKind.SERVER,
                {_METHOD: method, _ROUTE: route},
                start_time=began,
                record_exception=False,
                set_status_on_exception=False,
            )
        )

    def answered(self, method: str, route: str, status: int, seconds: float) -> None:
        """Measure one that is told of."""
        self._seconds.record(seconds, {_METHOD: method, _ROUTE: route, _STATUS: status})

    def counted(self) -> None:
        """Count one that is not."""
        if told := self._together.another():
            self._others.add(told)

    def failed(self) -> None:
        """Count an answer of 5xx."""
        self._failures.add(1)

    @contextmanager
    def handing_over(self, system: str) -> Generator[Mapping[str, str]]:
        """While some messages are handed to a queue or topic: what goes with each of them."""
        span = self._tracer.start_span(
            f"send {system}",
            Context(),
            SpanKind.PRODUCER,
            {"messaging.system": system, "messaging.operation.type": "send"},
            record_exception=False,
            set_status_on_exception=False,
        )
        try:
            traceparent = written(span)
            yield traced.NOTHING if traceparent is None else {"traceparent": traceparent}
        except BaseException:
            span.set_status(Status(StatusCode.ERROR))
            raise
        finally:
            span.end()


def written(span: Span) -> str | None:
    """`traceparent` of a span, and of its state nothing. None: it is none, since the SDK was disabled."""
    carrier: dict[str, str] = {}
    _PROPAGATOR.inject(carrier, set_span_in_context(span))
    return carrier.get("traceparent")


@contextmanager
def exporting(version: str, *, numbers: bool = True) -> Generator[Exporting]:
    """To the collector that the environment names, until this is left: then what is gathered is sent. Without `numbers`
    it is sent spans alone."""
    reader = PeriodicExportingMetricReader(OTLPMetricExporter(), step()) if numbers else None
    with telling(version, BatchSpanProcessor(OTLPSpanExporter()), reader) as found:
        yield found


@contextmanager
def telling(version: str, spans: SpanProcessor, metrics: MetricReader | None) -> Generator[Exporting]:
    """To these. Without a reader of metrics none are told."""
    resource = Resource.create({SERVICE_NAME: os.environ.get("OTEL_SERVICE_NAME") or _NAME, SERVICE_VERSION: version})
    tracers = TracerProvider(resource=resource, shutdown_on_exit=False)
    tracers.add_span_processor(spans)
    readers = () if metrics is None else (metrics,)
    meters = MeterProvider(
        readers, resource=resource, exemplar_filter=AlwaysOffExemplarFilter(), shutdown_on_exit=False
    )
    try:
        yield Exporting(tracers, meters)
    finally:
        tracers.shutdown()
        meters.shutdown()


def step() -> int:
    """Milliseconds between two lots of metrics: as `OTEL_METRIC_EXPORT_INTERVAL` says, and never less than five
    minutes."""
    said = os.environ.get("OTEL_METRIC_EXPORT_INTERVAL", "")
    return max(STEP, int(said) if said.isascii() and said.isdigit() else STEP)

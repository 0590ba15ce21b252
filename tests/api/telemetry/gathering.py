"""A collector in memory, and what it was told."""

import contextlib
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from typing import Any

from opentelemetry.sdk.metrics.export import InMemoryMetricReader
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from api.telemetry.exporting import Exporting, telling


@dataclass(frozen=True, slots=True)
class Gathered:
    """Spans as they ended, and series as they stand."""

    telemetry: Exporting
    exporter: InMemorySpanExporter
    reader: InMemoryMetricReader

    @property
    def spans(self) -> list[Any]:
        """`ReadableSpan`s, of which the SDK has each member as perhaps none."""
        return list(self.exporter.get_finished_spans())

    def series(self) -> dict[tuple[str, tuple[tuple[str, Any], ...]], int]:
        """How many are counted in each: by the metric's name and its attributes."""
        return {
            (metric.name, tuple(sorted((point.attributes or {}).items()))): getattr(point, "count", None) or point.value
            for metric in self._metrics()
            for point in metric.data.data_points
        }

    def said(self) -> str:
        """Everything that leaves, in one text."""
        spans = [span.to_json() for span in self.spans]
        told = self.reader.get_metrics_data()
        return "\n".join([*spans, "" if told is None else told.to_json()])

    def _metrics(self) -> Iterator[Any]:
        told = self.reader.get_metrics_data()
        for resource in () if told is None else told.resource_metrics:
            for scope in resource.scope_metrics:
                yield from scope.metrics


@contextlib.contextmanager
def gathering() -> Generator[Gathered]:
    """While this lasts."""
    exporter, reader = InMemorySpanExporter(), InMemoryMetricReader()
    with telling("1.2.3", SimpleSpanProcessor(exporter), reader) as telemetry:
        yield Gathered(telemetry, exporter, reader)

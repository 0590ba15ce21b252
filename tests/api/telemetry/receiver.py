"""A collector that listens, as OTLP/HTTP has it: protobuf by POST, at one path for each sort."""

import contextlib
import threading
from collections.abc import Generator
from dataclasses import dataclass, field
from gzip import decompress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import ExportMetricsServiceRequest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest


@dataclass(slots=True)
class Received:
    """What came, and where it listens."""

    base: str = ""
    traces: list[ExportTraceServiceRequest] = field(default_factory=list[Any])
    metrics: list[ExportMetricsServiceRequest] = field(default_factory=list[Any])
    headers: list[dict[str, str]] = field(default_factory=list[dict[str, str]])

    def take(self, path: str, headers: dict[str, str], body: bytes) -> int:
        """The status for what was sent there."""
        if headers.get("content-type") != "application/x-protobuf":
            return 415
        content = decompress(body) if headers.get("content-encoding") == "gzip" else body
        match path:
            case "/v1/traces":
                self.traces.append(ExportTraceServiceRequest.FromString(content))
            case "/v1/metrics":
                self.metrics.append(ExportMetricsServiceRequest.FromString(content))
            case _:
                return 404
        self.headers.append(headers)
        return 200

    @property
    def spans(self) -> list[Any]:
        """Every span."""
        return [s for t in self.traces for r in t.resource_spans for scope in r.scope_spans for s in scope.spans]

    @property
    def series(self) -> set[str]:
        """The names of all metrics."""
        return {m.name for t in self.metrics for r in t.resource_metrics for s in r.scope_metrics for m in s.metrics}


@contextlib.contextmanager
def receiving() -> Generator[Received]:
    """While this lasts, on a port of its own and in threads of its own."""
    found = Received()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status = found.take(self.path, {k.lower(): v for k, v in self.headers.items()}, body)
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            del format, args

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    found.base = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield found
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

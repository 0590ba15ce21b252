"""What a Prometheus server may read at `/metrics`: numbers, in steps of five minutes. Imported only where a port for it
is set (`METRICS_PORT`, `WORK_METRICS_PORT`).

Whoever scrapes is taken for somebody who wants to know whether a Listener was asked for at 02:10 (rules 3, 4, 19), and
who may ask as often as he likes. So:

- *What is told is what a collector is told* (`told` decides, in one place): requests about things by method, template
  and class of status; all others one number without any label.
- *Nothing is looked at when somebody scrapes.* Once a step everything is looked at and written down, and that text is
  what everybody gets until the next one: two scrapes within a step are the same bytes. It holds for the process's CPU
  and memory, the pool, queues and timers too, each of which would else tell a request as it happens.
- *A step is never shorter*, not the first one either, and ends for all processes at the same minute: steps that
  overlapped would cut the five minutes finer. For that reason numbers leave by one way only. Where a port is set, the
  collector of OTLP is sent spans and no numbers.
- *What grows by single requests about people is told coarsely*: their number in fifties, CPU in whole seconds,
  memory in 16 MiB. On a quiet night of screens that ask by the minute, three more would be somebody's request.
- *Not told at all*: the ledger's queue and the relay's backlog (a line is an act), how much a timer did, how long one
  took, connections in use at a moment, statements, jobs by kind.

Answers of 5xx are told exactly, whatever they were about: they are our fault, and must be seen when they are few. When
a timer last ended well is told to the step.

**On a port of its own** (rule 19), off unless it is set, and on this machine alone unless `METRICS_HOST` says
otherwise. At the service's own address there is no `/metrics`: what the estate's ingress lets through is what is
routed there, and a token would have to be given to each scraper, whose roles then would be one more thing to review.
Who can reach the port may read everything on it, which is why it holds nothing that not everybody might read. Each
process tells its own figures: that which serves, and the worker at a port of its own.
"""

import bisect
import itertools
import logging
import math
import os
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from prometheus_client import generate_latest
from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric

from api import health
from api.telemetry import traced
from api.telemetry.told import Together

log = logging.getLogger("peer_support.metrics")
STEP: Final = 300
"""Seconds for which one text is told (rule 19)."""
_LATE: Final = 5
"""Seconds by which a look may be early or late and still count as that of its minute."""
_EDGES: Final = (0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
"""Seconds of a request: fewer than a collector is sent, since here each is a series."""
_MEMORY: Final = 16 * 1024 * 1024
_LABELS: Final = ("http_request_method", "http_route", "status_class")

_Series = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Usage:
    """What the process has used: seconds of CPU, bytes of memory now. None: this machine does not say."""

    seconds: float
    memory: int | None


def usage() -> Usage:
    """As the machine says it."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except (OSError, IndexError, ValueError):
        return Usage(time.process_time(), None)
    return Usage(time.process_time(), pages * os.sysconf("SC_PAGE_SIZE"))


@dataclass(frozen=True, slots=True)
class Pool:
    """The database's pool: its size, how often somebody waited for a connection, and waited in vain."""

    size: int
    waited: int
    gave_up: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """What is looked at once a step. Of what is None nothing is told."""

    components: health.Components | None = None
    pool: Callable[[], Pool] | None = None
    jobs: Callable[[], Awaitable[int]] | None = None
    """How many jobs wait."""
    clock: Callable[[], float] = time.time
    usage: Callable[[], Usage] = usage


@dataclass(slots=True)
class _Durations:
    """Requests of one series: how many in each bucket, and the seconds of all."""

    buckets: list[int] = field(default_factory=lambda: [0] * (len(_EDGES) + 1))
    seconds: float = 0.0

    def add(self, seconds: float) -> None:
        self.buckets[bisect.bisect_left(_EDGES, seconds)] += 1
        self.seconds += seconds


@dataclass(frozen=True, slots=True)
class _Looked:
    """What was found in one look."""

    states: Mapping[str, health.HealthState] = field(default_factory=dict[str, health.HealthState])
    details: Mapping[str, health.Details] = field(default_factory=dict[str, health.Details])
    jobs: int | None = None


class _Silent:
    """A request that is measured and of which no span is made."""

    traceparent = None

    def end(self, status: int) -> None:
        """Nobody is told."""


_SILENT: Final = _Silent()


class Scraped:
    """What is told of requests (`api.telemetry.traced.Telemetry`) and of timers, as a scraper reads it. `spans`: who
    makes spans, if anybody does; it is sent no numbers."""

    def __init__(self, build: Mapping[str, str], sources: Sources, spans: traced.Telemetry | None = None) -> None:
        self._build, self._sources, self._spans = dict(build), sources, spans
        self._began = int(sources.clock())
        self._durations: dict[_Series, _Durations] = {}
        self._together, self._others, self._failures = Together(), 0, 0
        self._ran: dict[str, int] = {}
        self._went_wrong: Counter[str] = Counter()
        self.text = b""
        """What is told until the next look."""

    def span(self, method: str, route: str, began: int, parent: str | None) -> traced.Span:
        """Begin one, where spans are made."""
        return _SILENT if self._spans is None else self._spans.span(method, route, began, parent)

    def answered(self, method: str, route: str, status: int, seconds: float) -> None:
        """Measure a request that is told of."""
        self._durations.setdefault((method, route, f"{status // 100}xx"), _Durations()).add(seconds)

    def counted(self) -> None:
        """Count one that is not."""
        self._others += self._together.another()

    def failed(self) -> None:
        """Count an answer of 5xx."""
        self._failures += 1

    def ran(self, timer: str, well: bool) -> None:
        """A timer has ended."""
        if well:
            self._ran[timer] = _step_of(self._sources.clock())
        else:
            self._went_wrong[timer] += 1

    def next_look(self) -> float:
        """Seconds until the next look: when a step of the clock ends, the first that makes this one whole."""
        now = self._sources.clock()
        return math.ceil((now + STEP - _LATE) / STEP) * STEP - now

    async def look(self) -> None:
        """Look at everything, and tell that from now on."""
        looked, components = _Looked(), self._sources.components
        if components is not None:
            looked = replace(looked, states=await components.states(), details=components.details())
        if self._sources.jobs is not None:
            try:
                looked = replace(looked, jobs=await self._sources.jobs())
            except Exception as wrong:  # that it is missing tells: the figures that are there must not go with it
                log.warning("jobs not counted", extra={"error": type(wrong).__name__})
        # Written in one go, with no step of the loop in between: no text is half of one moment and half of another.
        self.text = generate_latest(_Collected([*self._of_process(), *self._of_requests(), *self._of_rest(looked)]))

    def _of_process(self) -> Iterator[Metric]:
        used = self._sources.usage()
        build = GaugeMetricFamily("peer_support_build_info", "What was built, as /info says it.", labels=[*self._build])
        build.add_metric([*self._build.values()], 1)
        yield build
        looked = "Step of five minutes in which all this was looked at; it stands still where looking does."
        yield GaugeMetricFamily("peer_support_looked_timestamp_seconds", looked, _step_of(self._sources.clock()))
        yield GaugeMetricFamily("process_start_time_seconds", "When counting began, since 1970.", self._began)
        whole = int(used.seconds)
        yield CounterMetricFamily("process_cpu_seconds_total", "CPU of this process, in whole seconds.", whole)
        if used.memory is not None:
            memory = -(-used.memory // _MEMORY) * _MEMORY
            yield GaugeMetricFamily("process_resident_memory_bytes", "Memory of this process, in 16 MiB.", memory)

    def _of_requests(self) -> Iterator[Metric]:
        durations = HistogramMetricFamily(
            "http_server_request_duration_seconds", "Requests about things.", labels=_LABELS
        )
        for series, found in sorted(self._durations.items()):
            edges = (*(str(edge) for edge in _EDGES), "+Inf")
            buckets = list(zip(edges, map(float, itertools.accumulate(found.buckets)), strict=True))
            durations.add_metric(series, buckets, found.seconds)
        yield durations
        others = "All other requests, in fifties of about fifty."
        yield CounterMetricFamily("peer_support_requests_others_total", others, self._others)
        failed = "Answers of 5xx, whatever was asked."
        yield CounterMetricFamily("peer_support_requests_failed_total", failed, self._failures)

    def _of_rest(self, looked: _Looked) -> Iterator[Metric]:
        if self._sources.pool is not None:
            pool, name = self._sources.pool(), "peer_support_database_pool"
            yield GaugeMetricFamily(f"{name}_size", "Connections that there may be.", pool.size)
            yield CounterMetricFamily(f"{name}_waits_total", "Found all connections in use.", pool.waited)
            yield CounterMetricFamily(f"{name}_exhausted_total", "Found none in two seconds.", pool.gave_up)
        up = GaugeMetricFamily("peer_support_component_up", "Whether it serves, as /health says.", labels=["component"])
        for name, state in looked.states.items():
            up.add_metric([name], state is health.HealthState.UP)
        yield up
        messages = GaugeMetricFamily(
            "peer_support_queue_messages", "Messages of a queue, by SQS's own count.", labels=["queue", "state"]
        )
        for name, told in looked.details.items():
            if isinstance(told, health.QueueDetails):
                for state, count in _messages(told).items():
                    messages.add_metric([name, state], count)
        yield messages
        if looked.jobs is not None:
            yield GaugeMetricFamily("peer_support_jobs_waiting", "Jobs that no worker has begun.", looked.jobs)
        last = GaugeMetricFamily(
            "peer_support_timer_last_success_timestamp_seconds", "Step in which it last ended well.", labels=["timer"]
        )
        wrong = CounterMetricFamily("peer_support_timer_failures_total", "Ended with an error.", labels=["timer"])
        for timer, at in sorted(self._ran.items()):
            last.add_metric([timer], at)
        for timer, count in sorted(self._went_wrong.items()):
            wrong.add_metric([timer], count)
        yield from (last, wrong)


@dataclass(frozen=True, slots=True)
class _Collected:
    """What the library asks for metrics: these. Its own registry, in which any library may register anything, is asked
    for none."""

    metrics: list[Metric]

    def collect(self) -> list[Metric]:
        return self.metrics


def _messages(told: health.QueueDetails) -> dict[str, int]:
    found = {"waiting": told.messages_on_queue, "in_flight": told.messages_in_flight}
    # Left out where nothing can be put aside.
    return {**found, "put_aside": told.messages_on_dlq} if "messages_on_dlq" in told.model_fields_set else found


def _step_of(at: float) -> int:
    return int(at // STEP) * STEP

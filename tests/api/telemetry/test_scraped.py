"""What a scraper reads, one thing at a time: what is told, how coarsely, and when it is looked at."""

import logging
import re
from collections.abc import Awaitable, Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families

from api import health
from api.health import Components, Told
from api.telemetry import told as telling
from api.telemetry.scraped import STEP, Pool, Scraped, Sources, Usage, usage
from api.telemetry.told import TOGETHER, Together
from api.work.bench import Bench, Tick
from api.work.loop import _ticked
from domain.kernel.errors import Unavailable
from tests.api.telemetry.gathering import gathering

BUILD = {"version": "7", "commit": "0e10013"}
NOON = 1_798_459_200.0
"""A whole step of the clock."""
_Series = dict[tuple[str, tuple[tuple[str, str], ...]], float]


class Clock:
    """Seconds since 1970, as a test sets them."""

    def __init__(self, at: float = NOON) -> None:
        self.at = at

    def __call__(self) -> float:
        return self.at


def made(clock: Clock | None = None, spans: Any = None, **sources: Any) -> Scraped:
    """Figures of a process that uses nothing, unless a source says otherwise."""
    given = {"usage": lambda: Usage(0.0, None), **sources}
    return Scraped(BUILD, Sources(clock=clock or Clock(), **given), spans)


def read(text: bytes) -> _Series:
    """As Prometheus reads it: the value of each series."""
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(text.decode())
        for sample in family.samples
    }


async def looked(figures: Scraped) -> _Series:
    """After a look."""
    await figures.look()
    return read(figures.text)


def one(series: _Series, name: str, **labels: str) -> float | None:
    """The value of one of them, if it is there."""
    return series.get((name, tuple(sorted(labels.items()))))


async def test_requests_about_things_are_told_by_method_template_and_class() -> None:
    """Each bucket holds what took no longer, the last one all; in the format that Prometheus reads, with a type and a
    sentence for each metric, and with no series that says when it began."""
    figures = made()
    route = "/v1/schemes/{id}"
    for status, seconds in ((200, 0.01), (201, 0.05), (200, 3.0), (200, 60.0), (404, 0.01)):
        figures.answered("GET", route, status, seconds)
    series = await looked(figures)
    labels = {"http_request_method": "GET", "http_route": route, "status_class": "2xx"}
    name = "http_server_request_duration_seconds"
    buckets = {
        edge: one(series, f"{name}_bucket", le=edge, **labels) for edge in ("0.025", "0.05", "2.5", "10.0", "+Inf")
    }
    assert buckets == {"0.025": 1, "0.05": 2, "2.5": 2, "10.0": 3, "+Inf": 4}
    assert one(series, f"{name}_sum", **labels) == pytest.approx(63.06)
    assert one(series, f"{name}_count", **{**labels, "status_class": "4xx"}) == 1
    assert one(series, "peer_support_build_info", **BUILD) == 1
    families = list(text_string_to_metric_families(figures.text.decode()))
    assert [family.name for family in families if not family.documentation or family.type == "unknown"] == []
    assert [name for name, _ in series if name.endswith("_created")] == []


async def test_all_others_are_one_number_in_whole_fifties(monkeypatch: pytest.MonkeyPatch) -> None:
    """One too few are none, and what is over waits for the next lot: none is lost and none told by itself."""
    monkeypatch.setattr(telling, "a_lot", lambda: TOGETHER)
    figures, told = made(), list[float | None]()
    for count in (TOGETHER - 1, 1, TOGETHER + 3, TOGETHER - 3):
        for _ in range(count):
            figures.counted()
        told.append(one(await looked(figures), "peer_support_requests_others_total"))
    assert told == [0, 50, 100, 150]


def test_nobody_knows_which_one_is_told_of() -> None:
    """Lots differ, none is smaller than half of fifty, and on the whole as many are told as there were."""
    together, since, lots = Together(), 0, list[int]()
    for _ in range(100_000):
        since += 1
        if together.another():
            lots.append(since)
            since = 0
    assert set(lots) == set(range(TOGETHER // 2, TOGETHER * 3 // 2 + 1))
    assert abs(sum(lots) / len(lots) - TOGETHER) < 3


async def test_nothing_moves_until_the_next_look() -> None:
    """Whatever happens meanwhile, what is read is the same bytes: counts, timers, the pool, CPU and memory."""
    clock, pool, used = Clock(), [0], [0.0]
    figures = made(clock, pool=lambda: Pool(10, pool[0], pool[0]), usage=lambda: Usage(used[0], int(used[0]) << 20))
    await figures.look()
    before = figures.text
    for _ in range(2 * TOGETHER):
        figures.counted()
    figures.failed()
    figures.answered("GET", "/v1/policy", 200, 0.01)
    figures.ran("requests expire", True)
    figures.ran("requests expire", False)
    clock.at, pool[0], used[0] = NOON + STEP - 1, 5, 100.0
    assert figures.text == before
    await figures.look()
    assert figures.text != before


async def test_cpu_and_memory_are_told_coarsely() -> None:
    """What one request takes shows in neither: whole seconds, and 16 MiB."""
    told = []
    for used in (Usage(7.01, 100 << 20), Usage(7.99, 105 << 20), Usage(8.0, 113 << 20)):
        series = await looked(made(usage=lambda used=used: used))
        told.append((one(series, "process_cpu_seconds_total"), one(series, "process_resident_memory_bytes")))
    assert told == [(7, 112 << 20), (7, 112 << 20), (8, 128 << 20)]
    assert one(await looked(made()), "process_resident_memory_bytes") is None
    here = usage()
    assert here.seconds > 0
    assert here.memory is None or here.memory > 1 << 20


@pytest.mark.parametrize("began", [0.0, 0.2, 1.0, 4.9, 5.1, 100.0, 250.0, 294.9, 295.1, 299.9])
def test_a_step_is_never_shorter_and_ends_at_the_same_minute_everywhere(began: float) -> None:
    """Whenever a process began, and though each look comes a little early or late: no two of its looks are nearer than
    five minutes (but for that little), and all processes look together, so that no two steps overlap."""
    clock = Clock(NOON + began)
    figures, looks = made(clock), [clock.at]
    for late in (0.0, 1.5, -0.5, 4.0, 0.0):
        clock.at = round(clock.at + figures.next_look(), 6) + late
        looks.append(clock.at)
        assert abs((clock.at - late) % STEP) < 1e-3
    steps = [later - earlier for earlier, later in pairwise(looks)]
    assert min(steps) >= STEP - 5
    assert max(steps) < 2 * STEP


async def test_what_it_stands_on_and_its_queues_are_told_as_health_tells_them() -> None:
    """By the same names. How many were put aside is left out where nothing can be."""

    def queue(**counts: int) -> Callable[[], Awaitable[Told]]:
        details = health.QueueDetails.model_validate({"dlqStatus": "UP", **counts})

        async def told() -> Told:
            return Told(True, details)

        return told

    async def down() -> bool:
        return False

    checks: dict[str, health.Check] = {
        "db": down,
        "prisonEvents": queue(messagesOnQueue=3, messagesInFlight=2, messagesOnDlq=1),
        "commands": queue(messagesOnQueue=0, messagesInFlight=0),
    }
    series = await looked(made(components=Components(checks), pool=lambda: Pool(10, 4, 1)))
    name = "peer_support_component_up"
    assert [one(series, name, component=each) for each in checks] == [0, 1, 1]
    name = "peer_support_queue_messages"
    states = ("waiting", "in_flight", "put_aside")
    assert [one(series, name, queue="prisonEvents", state=each) for each in states] == [3, 2, 1]
    assert [one(series, name, queue="commands", state=each) for each in states] == [0, 0, None]
    names = ("size", "waits_total", "exhausted_total")
    assert [one(series, f"peer_support_database_pool_{each}") for each in names] == [10, 4, 1]


async def test_timers_say_when_they_last_ended_well_to_the_step(caplog: pytest.LogCaptureFixture) -> None:
    """And how often with an error; that others were faster, or that the database was away, is neither. How much they
    did is told nowhere."""
    caplog.set_level(logging.CRITICAL)
    clock = Clock(NOON + 299)
    figures = made(clock)
    nothing: Any = None
    bench = Bench(nothing, (), nothing, figures.ran)

    async def well() -> int:
        return 17

    async def wrong() -> int:
        raise ValueError("A1001QX")

    async def away() -> int:
        raise Unavailable

    assert await _ticked(bench, Tick("requests expire", 60, well)) == 17
    assert await _ticked(bench, Tick("words are deleted", 60, wrong)) is None
    with pytest.raises(Unavailable):
        await _ticked(bench, Tick("months are mixed", 60, away))
    series = await looked(figures)
    timers = {labels: value for (name, labels), value in series.items() if "timer" in name}
    assert timers == {(("timer", "requests expire"),): NOON, (("timer", "words are deleted"),): 1}
    assert b"17" not in figures.text.replace(str(int(NOON)).encode(), b"")
    assert b"A1001QX" not in figures.text


async def test_jobs_are_a_number_and_what_cannot_be_counted_is_left_out(caplog: pytest.LogCaptureFixture) -> None:
    """The rest is told all the same, and the log says why."""

    async def three() -> int:
        return 3

    async def away() -> int:
        raise Unavailable

    assert one(await looked(made(jobs=three)), "peer_support_jobs_waiting") == 3
    series = await looked(made(jobs=away))
    assert one(series, "peer_support_jobs_waiting") is None
    assert one(series, "peer_support_requests_failed_total") == 0
    assert [(r.message, vars(r)["error"]) for r in caplog.records] == [("jobs not counted", "Unavailable")]


async def test_every_series_is_in_the_readme() -> None:
    """An operator finds each there, and none that is not told."""

    async def none() -> int:
        return 0

    figures = made(pool=lambda: Pool(1, 0, 0), jobs=none, usage=lambda: Usage(1.0, 1))
    await figures.look()
    names = {
        f"{family.name}_total" if family.type == "counter" else family.name
        for family in text_string_to_metric_families(figures.text.decode())
    }
    table = (Path(__file__).parents[3] / "README.md").read_text().partition("| series |")[2].partition("\n\n")[0]
    told = {name for line in table.splitlines() for name in re.findall(r"`([a-z_]+)`", line.split(" | ")[0])}
    assert names == {name for name in told if name.startswith(("peer_support_", "process_", "http_server_"))}


async def test_spans_go_where_they_went_and_numbers_do_not() -> None:
    """With a collector besides: it is sent the span, and the numbers are read here and nowhere else."""
    with gathering() as gathered:
        figures = made(spans=gathered.telemetry)
        span = figures.span("GET", "/v1/policy", 1, None)
        assert span.traceparent is not None
        span.end(200)
        figures.answered("GET", "/v1/policy", 200, 0.01)
        for _ in range(TOGETHER):
            figures.counted()
        figures.failed()
        assert [span.name for span in gathered.spans] == ["GET /v1/policy"]
        assert gathered.series() == {}
    silent = made().span("GET", "/v1/policy", 1, None)
    silent.end(200)
    assert silent.traceparent is None
    assert one(await looked(figures), "peer_support_requests_failed_total") == 1

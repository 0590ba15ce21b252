"""What a scraper reads of a night: what there is about things, and not that somebody asked for a Listener (rule 19)."""

from collections.abc import AsyncGenerator
from itertools import pairwise
from typing import Any

import pytest
from fastapi.routing import APIRoute

from api.guarded import verb_of
from api.telemetry import told as told_of
from api.telemetry.told import TOGETHER, is_told
from persistence.memory import MemoryStore
from tests.api.telemetry.test_scraped import one, read
from tests.http import tale
from tests.http.cast import CAST, uid
from tests.http.world import World, opened

SCHEME = f"/v1/schemes/{uid('scheme:listeners')}"
ASKING = {"need": "EMOTIONAL", "channel": "KIOSK_OR_LAPTOP", "urgency": "NOW"}
DURATION = "http_server_request_duration_seconds"


@pytest.fixture(name="world")
async def _world() -> AsyncGenerator[World]:
    """Furnished, at ten past two."""
    async with opened(MemoryStore()) as world:
        world.at(tale.NIGHT)
        yield world


async def _scraped(world: World) -> bytes:
    """At the end of this step of five minutes."""
    world.later(minutes=5)
    await world.figures.look()
    return world.figures.text


async def _listener_is_asked_for(world: World) -> int:
    """By an officer, and by the man himself; he is told so, the board is read, a tally handed in. How many requests."""
    steps: tuple[tuple[Any, str, str, Any], ...] = (
        (world.officer, "POST", "/v1/duties", {"wings": ["MDI-A"]}),
        (world.officer, "POST", "/v1/requests", tale.ASK),
        (world.officer, "GET", "/v1/requests", ...),
        (world.arthur, "POST", "/v1/requests", {**ASKING, "wing": "MDI-A"}),
        (world.arthur, "GET", SCHEME, ...),
        (world.listener, "GET", "/v1/tasks", ...),
        (world.listener, "POST", "/v1/tallies", tale.TALLY),
        (world.officer, "GET", f"/v1/requests/{uid('nobody asked')}", ...),
    )
    for n, (voice, method, path, body) in enumerate(steps):
        text = world.figures.text
        key = f"night-{n}" if method == "POST" else None
        answer = await voice.send(method, path, body=body, key=key)
        assert answer.status_code < 500
        assert world.figures.text == text, "read within a step, it is the same bytes"
    return len(steps)


async def _quiet(world: World, requests: int) -> None:
    """Screens that ask by the minute."""
    for _ in range(requests):
        assert (await world.listener.get("/v1/tasks")).status_code == 200


def _without_the_minute(text: bytes) -> list[bytes]:
    return [line for line in text.splitlines() if not line.startswith(b"peer_support_looked_timestamp_seconds ")]


async def test_a_quiet_night_reads_the_same_whether_a_listener_was_asked_for(world: World) -> None:
    """Step by step: a night in which nothing happens, and one in which somebody asks, are the same bytes but for the
    minute; no series comes or goes."""
    await _quiet(world, 10)
    before = await _scraped(world)
    await _listener_is_asked_for(world)
    after = await _scraped(world)
    assert after != before, "the minute is another"
    assert _without_the_minute(after) == _without_the_minute(before)


async def test_on_a_busy_night_no_series_differs_by_what_was_asked(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As many requests, among them those by which somebody came to a Listener or not: one number grows by as much, and
    nothing else does."""
    monkeypatch.setattr(told_of, "a_lot", lambda: TOGETHER)
    first = await _scraped(world)
    await _quiet(world, TOGETHER)
    second = await _scraped(world)
    await _quiet(world, TOGETHER - await _listener_is_asked_for(world))
    third = await _scraped(world)
    told = [read(text) for text in (first, second, third)]
    others = [one(each, "peer_support_requests_others_total") for each in told]
    assert others == [0, TOGETHER, 2 * TOGETHER]
    changed = [{s for s in {**was, **now} if was.get(s) != now.get(s)} for was, now in pairwise(told)]
    assert changed[0] == changed[1]
    assert {name for name, _ in changed[0]} == {
        "peer_support_looked_timestamp_seconds",
        "peer_support_requests_others_total",
    }


async def test_hidden_and_absent_are_one_series(world: World) -> None:
    """A scheme of another prison, and one that never was."""
    for scheme in (uid("far:scheme:listeners"), uid("nothing at all")):
        assert (await world.coordinator.get(f"/v1/schemes/{scheme}")).status_code == 404
    counts = {labels: n for (name, labels), n in read(await _scraped(world)).items() if name == f"{DURATION}_count"}
    labels = (("http_request_method", "GET"), ("http_route", "/v1/schemes/{id}"), ("status_class", "4xx"))
    assert counts == {labels: 2}


async def test_every_route_that_is_told_is_about_things(world: World) -> None:
    """Of everything that can be read, as it is asked by everybody: a template of the application, of a verb that may be
    told of, and no label besides those that are known."""
    routes = [
        r for r in world.app.routes if isinstance(r, APIRoute) and "GET" in (r.methods or ()) and "{" not in r.path
    ]
    for route in routes:
        for by in ("coordinator", "officer", "governor", "arthur"):
            await world.http.get(route.path, headers={"Authorization": f"Bearer {by}"})
    series = read(await _scraped(world))
    told = {dict(labels).get("http_route") for _, labels in series} - {None}
    may_be = {r.path_format for r in routes if (verb := verb_of(r)) is not None and is_told(verb)}
    assert told
    assert told <= may_be
    assert {name for _, labels in series for name, _ in labels} == {
        *("http_request_method", "http_route", "status_class", "le"),
        *("component", "version", "commit"),
    }


async def test_what_fails_is_one_number(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever was asked: of a request about people not even its route."""

    async def breaks(*_given: object, **_named: object) -> None:
        raise RuntimeError("A1001QX asked at ten past two")

    monkeypatch.setattr(MemoryStore, "get", breaks)
    assert (await world.officer.get(f"/v1/requests/{uid('request')}")).status_code == 500
    series = read(await _scraped(world))
    assert one(series, "peer_support_requests_failed_total") == 1
    assert [labels for name, labels in series if name.startswith(DURATION)] == []


async def test_the_service_s_own_address_has_no_figures(world: World) -> None:
    """To nobody, whatever his role, and whoever keeps the queues least of all: it is an address that does not exist."""
    for by in (*CAST, None):
        headers = {} if by is None else {"Authorization": f"Bearer {by}"}
        answers = [await world.http.get(path, headers=headers) for path in ("/metrics", "/nothing")]
        assert {a.status_code for a in answers} == {401 if by is None else 404}
        told = [{n: v for n, v in a.json().items() if n != "requestId"} for a in answers]
        assert told[0] == told[1], by
    assert world.app.openapi_url is None
    assert not [r for r in world.app.routes if "metrics" in str(getattr(r, "path", "")).split("/")[:2]]

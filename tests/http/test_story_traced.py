"""What a collector hears of a day's work: things and their numbers, and of people nothing but how many they were."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from api.telemetry import told
from api.telemetry.told import TOGETHER
from api.telemetry.traced import passed_on
from persistence.memory import MemoryStore
from persistence.prison.sending import Sending
from tests.api.telemetry.gathering import Gathered, gathering
from tests.http import tale
from tests.http.cast import uid
from tests.http.world import ORIGIN, Theatre, World
from tests.prison.elsewhere import elsewhere, said

SCHEME = f"/v1/schemes/{uid('scheme:listeners')}"
TEMPLATE = "/v1/schemes/{id}"
THEIRS = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
OTHERS = ("peer_support.requests.others", ())


@dataclass(frozen=True, slots=True)
class Traced:
    """A furnished world, and what was told of it."""

    world: World
    gathered: Gathered


@pytest.fixture
async def traced() -> AsyncGenerator[Traced]:
    """With a collector in memory."""
    with gathering() as gathered:
        house = Theatre(telemetry=gathered.telemetry)
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app=house.app), base_url=ORIGIN) as http:
            world = World(house, http, MemoryStore())
            await world.furnish(furnished=True)
            yield Traced(world, gathered)


def _said(span: Any) -> tuple[str, dict[str, Any]]:
    return span.name, dict(span.attributes)


async def test_a_request_about_things_is_a_span_by_its_template(traced: Traced) -> None:
    """Method, template and status, and nothing of what was asked for, by whom, or in which words."""
    answer = await traced.world.coordinator.get(SCHEME, headers={"Baggage": "who=coordinator"})
    assert answer.status_code == 200
    (span,) = traced.gathered.spans
    attributes = {"http.request.method": "GET", "http.route": TEMPLATE, "http.response.status_code": 200}
    assert _said(span) == (f"GET {TEMPLATE}", attributes)
    assert (span.parent, list(span.events), list(span.links)) == (None, [], [])
    assert dict(span.resource.attributes)["service.name"] == "peer-support"
    series = traced.gathered.series()
    assert series == {("http.server.request.duration", tuple(sorted(attributes.items()))): 1}


async def test_hidden_and_absent_are_one_to_a_collector(traced: Traced) -> None:
    """A scheme of another prison, and one that never was: the same span, one series, and no span beneath."""
    for scheme in (uid("far:scheme:listeners"), uid("nothing at all")):
        assert (await traced.world.coordinator.get(f"/v1/schemes/{scheme}")).status_code == 404
    hidden, absent = traced.gathered.spans
    assert _said(hidden) == _said(absent)
    assert (hidden.status.status_code, hidden.parent) == (absent.status.status_code, absent.parent)
    assert [count for (name, _), count in traced.gathered.series().items() if name.endswith("duration")] == [2]


async def test_nobody_hears_that_a_listener_was_asked_for(traced: Traced, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the asking to the end of the night, by officer, Listener and the man himself, with a trace of the caller's
    own: no span, and no series grows or comes; until there are fifty requests about people, whichever they were, and
    one number grows by as many (rules 3 and 19)."""
    monkeypatch.setattr(told, "a_lot", lambda: TOGETHER)
    world, gathered = traced.world, traced.gathered
    world.at(tale.NIGHT)
    await world.coordinator.get(SCHEME)
    before, spans = gathered.series(), len(gathered.spans)
    asked = 0
    asking = {"need": "EMOTIONAL", "channel": "KIOSK_OR_LAPTOP", "urgency": "NOW"}
    for voice, method, path, body in (
        (world.officer, "POST", "/v1/duties", {"wings": ["MDI-A"]}),
        (world.officer, "POST", "/v1/requests", tale.ASK),
        (world.officer, "GET", "/v1/requests", ...),
        (world.arthur, "POST", "/v1/requests", {**asking, "wing": "MDI-A"}),
        (world.arthur, "GET", SCHEME, ...),
        (world.listener, "GET", "/v1/tasks", ...),
        (world.listener, "POST", "/v1/tallies", tale.TALLY),
        (world.arthur, "POST", "/v1/complaints", {"scheme": str(uid("scheme:listeners"))}),
        (world.coordinator, "GET", f"{SCHEME}/feedback-counts", ...),
    ):
        key = f"key-{asked}" if method == "POST" else None
        await voice.send(method, path, body=body, key=key, headers={"Traceparent": THEIRS})
        asked += 1
    assert len(gathered.spans) == spans
    assert gathered.series() == before
    for _ in range(TOGETHER - asked):
        await world.listener.get("/v1/tasks")
    assert gathered.series() == {**before, OTHERS: TOGETHER}
    assert len(gathered.spans) == spans


async def test_a_trace_is_taken_from_a_client_of_the_estate_alone(traced: Traced) -> None:
    """Its two numbers and its flag; of its state and baggage nothing. Of somebody without a client, nothing at all;
    what cannot be read begins a trace of its own."""
    headers = {"Traceparent": THEIRS, "Tracestate": "vendor=A1001QX", "Baggage": "man=A1001QX"}
    world, gathered = traced.world, traced.gathered
    assert (await world.integrator.get("/v1/policy", headers=headers)).status_code == 200
    assert (await world.coordinator.get("/v1/policy", headers=headers)).status_code == 200
    assert (await world.integrator.get("/v1/policy", headers={"Traceparent": "A1001QX"})).status_code == 200
    taken, not_trusted, unreadable = gathered.spans
    assert f"{taken.context.trace_id:032x}" == THEIRS[3:35]
    assert f"{taken.parent.span_id:016x}" == THEIRS[36:52]
    assert (not_trusted.parent, unreadable.parent) == (None, None)
    assert not taken.context.trace_state
    assert "A1001QX" not in gathered.said()


async def test_a_trace_goes_on_to_the_prison_where_nobody_is_concerned(
    traced: Traced, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a request about a scheme asks of the prison's systems goes with its trace; what one about people asks, and
    what is asked by the clock, goes with none. State and baggage never go."""
    async with elsewhere() as prison, httpx.AsyncClient() as http:
        prison.answers["/asked"] = said({})
        sending = Sending(http, trace=passed_on)

        async def caseload(_principal: object) -> None:
            await sending.send("GET", f"{prison.base}/asked", headers={})

        # As the service asks where a member of staff works, while it answers him.
        monkeypatch.setattr(traced.world.house.rechecked, "_source", caseload)
        await traced.world.coordinator.get(SCHEME, headers={"Baggage": "man=A1001QX"})
        await traced.world.officer.get("/v1/requests")
        await caseload(None)
        sent = [each.headers for each in prison.asks("/asked")]
    (span,) = traced.gathered.spans
    here = f"00-{span.context.trace_id:032x}-{span.context.span_id:016x}-"
    assert sent[0]["traceparent"].startswith(here)
    assert [headers.get("traceparent") for headers in sent[1:]] == [None] * (len(sent) - 1)
    assert len(sent) == 3
    assert not {"baggage", "tracestate"} & set().union(*sent)


async def test_what_fails_is_counted_and_says_nothing(traced: Traced, monkeypatch: pytest.MonkeyPatch) -> None:
    """An exception's words are in no span, and of a request about people not even its route."""

    async def breaks(*_given: object, **_named: object) -> None:
        raise RuntimeError("A1001QX asked at ten past two")

    monkeypatch.setattr(MemoryStore, "get", breaks)
    monkeypatch.setattr(MemoryStore, "find", breaks)
    assert (await traced.world.coordinator.get(SCHEME)).status_code == 500
    assert (await traced.world.officer.get(f"/v1/requests/{uid('request')}")).status_code == 500
    (span,) = traced.gathered.spans
    assert span.attributes is not None
    assert span.attributes["http.response.status_code"] == 500
    assert list(span.events) == []
    assert traced.gathered.series()[("peer_support.requests.failed", ())] == 2
    assert "A1001QX" not in traced.gathered.said()
    assert "RuntimeError" not in traced.gathered.said()


async def test_health_and_strangers_are_not_told_of(traced: Traced) -> None:
    """Probes would drown everything else, and who has no token is told of nowhere."""
    await traced.world.stranger.get("/health/ping")
    await traced.world.stranger.get(SCHEME)
    assert (traced.gathered.spans, traced.gathered.series()) == ([], {})

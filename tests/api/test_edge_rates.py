"""The edge's rates: a caller's own, a stranger's by address, and what is noted of them."""

from dataclasses import replace
from typing import Any

import pytest
from fastapi import FastAPI, Request
from starlette.responses import Response

from api.edge.gate import Notes, address_of
from api.edge.rate import Buckets, Rate
from api.problems.kinds import Kind
from domain.kernel.errors import Unavailable
from tests.api.sample import AUTHORISED, EDGE, JSON, Clock, application, client, echo


async def test_a_rate_is_spent_told_and_refills() -> None:
    """The bucket empties by one a request, says so on each answer, refuses with Retry-After and fills again in time."""
    clock = Clock()
    edge = replace(EDGE, callers=Rate(3, 0.5))
    async with client(application(edge=edge, clock=clock)) as http:
        seen = [await http.get("/v1/things", headers=AUTHORISED) for _ in range(4)]
        assert [answer.status_code for answer in seen] == [200, 200, 200, 429]
        assert [answer.headers["ratelimit-limit"] for answer in seen] == ["3"] * 4
        assert [answer.headers["ratelimit-remaining"] for answer in seen] == ["2", "1", "0", "0"]
        assert [answer.headers["ratelimit-reset"] for answer in seen] == ["2", "4", "6", "6"]
        assert seen[3].headers["retry-after"] == "2"
        clock.now += 1.9
        assert (await http.get("/v1/things", headers=AUTHORISED)).status_code == 429
        clock.now += 0.2
        assert (await http.get("/v1/things", headers=AUTHORISED)).status_code == 200


async def test_every_answer_of_a_known_caller_tells_his_rate() -> None:
    """Found, refused, malformed, unknown and broken alike."""

    def add(app: FastAPI) -> None:
        async def broken(_request: Request) -> Response:
            raise RuntimeError

        app.add_route("/v1/broken", broken, methods=["GET"])

    async with client(application(add)) as http:
        answers = [
            await http.request(method, path, headers=JSON, content=body)
            for method, path, body in (
                ("GET", "/v1/things", b""),
                ("GET", "/v1/nothing", b""),
                ("PUT", "/v1/things", b""),
                ("POST", "/v1/things", b"{"),
                ("POST", "/v1/things", b" " * 70_000),
                ("GET", "/v1/broken", b""),
            )
        ]
    assert [answer.status_code for answer in answers] == [200, 404, 405, 400, 413, 500]
    remaining = [int(answer.headers["ratelimit-remaining"]) for answer in answers]
    assert remaining == list(range(remaining[0], remaining[0] - 6, -1))


async def test_one_callers_rate_is_his_own() -> None:
    """What another spends shows neither in one's 429 nor in one's headers (side channel 16), at one address even."""
    edge = replace(EDGE, callers=Rate(2, 0.001), strangers=Rate(2, 0.001))
    async with client(application(edge=edge)) as http:
        for _ in range(3):
            await http.get("/v1/things", headers={"Authorization": "Bearer good noisy"})
            await http.get("/v1/things")
        quiet = await http.get("/v1/things", headers={"Authorization": "Bearer good quiet"})
    assert (quiet.status_code, quiet.headers["ratelimit-remaining"]) == (200, "1")


async def test_strangers_are_limited_by_address_and_told_nothing_of_others() -> None:
    """Beyond its rate an address without a valid token gets 429; another address does not notice."""
    heard: list[str] = []
    edge = replace(EDGE, strangers=Rate(2, 0.1))
    app = application(edge=edge, notes=Notes(on_unidentified=heard.append))
    async with client(app, address="192.0.2.1") as http:
        answers = [await http.get("/v1/things") for _ in range(4)]
    async with client(app, address="192.0.2.2") as other:
        assert (await other.get("/v1/things")).status_code == 401
    assert [answer.status_code for answer in answers] == [401, 401, 429, 429]
    assert {answer.headers["ratelimit-remaining"] for answer in answers} == {"0"}
    assert answers[2].headers["retry-after"] == "10"
    assert heard == ["192.0.2.1", "192.0.2.1", "192.0.2.2"]


async def test_probes_and_named_open_routes_are_never_refused_for_their_address() -> None:
    """No pod is restarted for a busy neighbour, and anonymous feedback is limited by its code alone (rule 12)."""
    route = "/v1/feedback-by-code"
    edge = replace(EDGE, open_routes=frozenset({route}), visitors=Rate(1, 0.001))
    app = application(echo("/health/ping"), echo(route), edge=edge)
    async with client(app) as http:
        assert [(await http.get("/problems")).status_code for _ in range(2)] == [200, 429]
        for _ in range(3):
            assert (await http.get("/health/ping")).headers["ratelimit-remaining"] == "1"
            assert (await http.post(route)).headers["ratelimit-remaining"] == "1"


async def test_on_open_pages_nobody_is_told_what_others_at_his_address_have_spent() -> None:
    """A whole prison is behind one address: how often it read the documentation shows to no reader of it, until nothing
    is left (side channel 16)."""
    edge = replace(EDGE, visitors=Rate(3, 0.001))
    async with client(application(edge=edge)) as http:
        answers = [await http.get("/info") for _ in range(4)]
    assert [answer.status_code for answer in answers] == [*[answers[0].status_code] * 3, 429]
    told = [{n: v for n, v in answer.headers.items() if n.startswith("ratelimit")} for answer in answers]
    assert told[0] == told[1] == told[2]
    assert told[3]["ratelimit-remaining"] == "0"


async def test_a_repeated_429_is_noted_once_a_minute_for_each_caller() -> None:
    """The ledger's line about a caller past his rate: one a minute, and before the answer."""
    clock = Clock()
    noted: list[object] = []

    async def note(caller: object) -> None:
        noted.append(caller)

    edge = replace(EDGE, callers=Rate(1, 0.0001))
    app = application(edge=edge, clock=clock, notes=Notes(on_limited=note))
    async with client(app) as http:
        for minute in (0.0, 30.0, 61.0):
            clock.now = minute
            for name in ("one", "two"):
                for _ in range(4):
                    await http.get("/v1/things", headers={"Authorization": f"Bearer good {name}"})
    assert noted == [" one", " two", " one", " two"]


async def test_a_note_that_cannot_be_written_is_503_and_tried_again() -> None:
    """Without its entry there is no answer but 503 (the ledger before all)."""
    tried: list[object] = []

    async def note(caller: object) -> None:
        tried.append(caller)
        if len(tried) < 3:
            raise Unavailable

    edge = replace(EDGE, callers=Rate(1, 0.0001))
    async with client(application(edge=edge, notes=Notes(on_limited=note))) as http:
        statuses = [(await http.get("/v1/things", headers=AUTHORISED)).status_code for _ in range(5)]
    assert statuses == [200, 503, 503, 429, 429]
    assert len(tried) == 3


async def test_a_refusal_at_a_limit_is_noted_until_the_rate_is_spent() -> None:
    """A known caller's 413 is an attempt; past his rate he cannot fill the ledger with them."""
    refused: list[str] = []
    limited: list[object] = []

    async def on_refused(_caller: object, kind: Kind) -> None:
        refused.append(kind.slug)

    async def on_limited(caller: object) -> None:
        limited.append(caller)

    edge = replace(EDGE, callers=Rate(2, 0.0001))
    notes = Notes(on_refused=on_refused, on_limited=on_limited)
    async with client(application(edge=edge, notes=notes)) as http:
        for _ in range(6):
            answer = await http.post("/v1/things", content=b" " * 70_000, headers=JSON)
            assert answer.status_code == 413
    assert refused == ["content-too-large"] * 2
    assert len(limited) == 1


def test_buckets_are_bounded_and_forget_the_least_recently_used() -> None:
    """A million callers do not fill the memory; who comes back forgotten finds his bucket full."""
    buckets = Buckets(Rate(2, 1.0), monotonic=Clock(), most=3)
    for key in range(1000):
        buckets.take(key)
    assert len(buckets) == 3
    buckets.take(997)
    buckets.take("new")
    assert buckets.take(997).allowed is False
    assert buckets.take(998).remaining == 1


def test_a_clock_that_stands_or_goes_back_gives_nothing() -> None:
    """Tokens come with time alone."""
    clock = Clock()
    clock.now = 100.0
    buckets = Buckets(Rate(1, 1.0), monotonic=clock)
    assert buckets.take("a").allowed
    clock.now = 50.0
    assert not buckets.take("a").allowed


@pytest.mark.parametrize("rate", [(0, 1.0), (1, 0.0), (1, -1.0)])
def test_a_rate_that_lets_nobody_in_is_no_rate(rate: tuple[int, float]) -> None:
    """A wrong setting stops the start."""
    with pytest.raises(ValueError, match="rate"):
        Rate(*rate)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (("192.0.2.7", 1), "192.0.2.7"),
        (("2001:db8:1:2:3:4:5:6", 1), "2001:db8:1:2::/64"),
        (("2001:db8:1:2:ffff::1", 1), "2001:db8:1:2::/64"),
        (("socket", 0), ""),
        (("Quentin", 0), ""),
        (("192.0.2.7:4711", 0), ""),
        (None, ""),
    ],
)
def test_an_address_is_its_network_where_one_machine_has_it_all(given: Any, expected: str) -> None:
    """Of IPv6 the /64: else one machine would have 2**64 buckets. What is no address is none, and shares one bucket:
    words that a caller wrote stand in no log."""
    assert address_of({"client": given}) == expected

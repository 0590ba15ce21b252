"""The edge: who is it, before all else; and what every answer carries."""

from dataclasses import replace
from typing import Any

import httpx
import pytest
from fastapi import FastAPI, Request
from starlette.responses import Response

from api.edge.gate import Notes
from api.edge.install import Edge
from domain.kernel.errors import Unavailable, Unidentified
from tests.api.sample import AUTHORISED, EDGE, ORIGIN, application, client, echo

OWN = {"x-request-id", "ratelimit-remaining", "ratelimit-reset", "content-length"}


def settled(answer: httpx.Response) -> dict[str, str]:
    """The headers that must not differ between two answers."""
    return {name: value for name, value in answer.headers.items() if name not in OWN}


BROKEN: list[tuple[str, str, dict[str, str], bytes]] = [
    ("GET", "/v1/things", {}, b""),
    ("GET", "/v1/nothing/here", {}, b""),
    ("GET", "/anything", {}, b""),
    ("BREW", "/v1/things", {}, b""),
    ("DELETE", "/v1/things", {}, b""),
    ("OPTIONS", "/v1/things", {"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}, b""),
    ("POST", "/v1/things", {"Content-Type": "application/json"}, b'{"a":'),
    ("POST", "/v1/things", {"Content-Type": "text/plain"}, b"x"),
    ("POST", "/v1/things", {"Content-Type": "application/json"}, b" " * 70_000),
    ("GET", "/v1/things?x=" + "y" * 3000, {}, b""),
    ("GET", "/v1/things", {"X-Filler": "z" * 20_000}, b""),
    ("GET", "/v1/things/%00not-an-id", {}, b""),
]


@pytest.mark.parametrize(("method", "path", "headers", "body"), BROKEN)
@pytest.mark.parametrize("token", [None, "", "Basic abc", "Bearer bad"])
async def test_without_a_valid_token_everything_is_the_same_401(
    method: str, path: str, headers: dict[str, str], body: bytes, token: str | None
) -> None:
    """401 comes before all else, and its bytes and headers tell neither what was asked for nor which check failed."""
    sent = headers if token is None else {**headers, "Authorization": token}
    async with client(application()) as http:
        plain = await http.get("/v1/things")
        answer = await http.request(method, path, headers=sent, content=body)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"
    assert (answer.content, settled(answer)) == (plain.content, settled(plain))
    assert answer.headers["ratelimit-remaining"] == plain.headers["ratelimit-remaining"]


async def test_two_tokens_are_none() -> None:
    """Which of two Authorization headers counts could differ between a proxy and us: neither does."""
    headers = [("Authorization", "Bearer good"), ("Authorization", "Bearer good2")]
    async with client(application()) as http:
        assert (await http.get("/v1/things", headers=headers)).status_code == 401


async def test_the_caller_reaches_the_route() -> None:
    """What `authenticate` returned is in the request's state."""
    async with client(application(echo())) as http:
        answer = await http.get("/v1/echo", headers={"Authorization": "Bearer good officer"})
    assert answer.json()["caller"] == " officer"


async def test_no_identity_provider_is_503_and_a_bug_is_500() -> None:
    """Neither lets anybody in."""

    async def gone(_authorization: str | None) -> object:
        raise Unavailable(3)

    async def broken(_authorization: str | None) -> object:
        raise KeyError("secret")

    async with client(application(authenticated_by=gone)) as http:
        answer = await http.get("/v1/things", headers=AUTHORISED)
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "3")
        assert "doThisNow" in (await http.get("/v1/requests", headers=AUTHORISED)).json()
    async with client(application(authenticated_by=broken)) as http:
        answer = await http.get("/v1/things", headers=AUTHORISED)
        assert answer.status_code == 500
        assert "secret" not in answer.text


async def test_open_paths_need_no_token_and_nothing_beside_them_is_open() -> None:
    """Health, documentation and problems are open, and so is a path that the settings name."""
    edge = replace(EDGE, open_routes=frozenset({"/v1/feedback-by-code"}))
    app = application(echo("/v1/feedback-by-code"), echo("/health"), edge=edge)
    async with client(app) as http:
        assert (await http.get("/health")).status_code == 200
        assert (await http.get("/problems")).status_code == 200
        assert (await http.post("/v1/feedback-by-code", json={})).status_code == 200
        assert (await http.get("/docs/no-such-asset")).status_code == 404
        for method, path in (
            ("POST", "/v1/feedback-by-code/"),
            ("POST", "/v1/feedback-by-code/x"),
            ("GET", "/healthy"),
            ("GET", "/docsx"),
            ("GET", "/"),
            ("GET", "/v1/docs/x"),
        ):
            assert (await http.request(method, path)).status_code == 401, path


async def test_a_token_that_is_sent_where_none_is_needed_is_still_judged() -> None:
    """An open answer is no proof of a token: a false one is 401 there too. Where keys cannot be had it is let be."""

    async def gone(_authorization: str | None) -> object:
        raise Unavailable

    async with client(application(echo("/health"))) as http:
        assert (await http.get("/health", headers=AUTHORISED)).status_code == 200
        assert (await http.get("/health", headers={"Authorization": "Bearer bad"})).status_code == 401
        assert (await http.get("/problems", headers={"Authorization": "Bearer bad"})).status_code == 401
    async with client(application(echo("/health"), authenticated_by=gone)) as http:
        assert (await http.get("/health", headers=AUTHORISED)).status_code == 200


async def test_a_named_open_route_judges_a_bearer_token_itself() -> None:
    """Anonymous feedback answers any bearer token with its own 400 (rule 12): it gets it unlooked at, and no caller."""
    heard: list[str] = []
    route = "/v1/feedback-by-code"
    edge = replace(EDGE, open_routes=frozenset({route}))
    app = application(echo(route), edge=edge, notes=Notes(on_unidentified=heard.append))
    async with client(app) as http:
        for token in ("Bearer good", "Bearer bad"):
            answer = await http.post(route, headers={"Authorization": token})
            assert (answer.status_code, answer.json()["caller"]) == (200, None)
        assert (await http.post(route, headers={"Authorization": "Basic bad"})).status_code == 401
    assert heard == []


@pytest.mark.parametrize("address", ["/v1/echo%00", "/v1/echo/%00", "/v1/things?limit=%00", "/v1/echo?%00=1"])
async def test_nul_in_an_address_reaches_no_route(address: str) -> None:
    """PostgreSQL would refuse it in the middle of a statement; no name of ours has one."""
    async with client(application(echo())) as http:
        answer = await http.get(address, headers=AUTHORISED)
    assert (answer.status_code, answer.json()["failures"]) == (400, [{"code": "NUL_CHARACTER"}])


async def test_a_websocket_is_closed_before_it_opens() -> None:
    """There is none here; without this it would pass the gate unlooked at."""
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        return {"type": "websocket.connect"}

    await application()({"type": "websocket", "path": "/v1/things", "headers": []}, receive, send)
    assert sent == [{"type": "websocket.close", "code": 1008}]


SECURE = {
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "access-control-allow-origin": ORIGIN,
    "vary": "Authorization, Purpose-Of-Use, Acting-As, Accept-Language",
}


def odd_routes(app: FastAPI) -> None:
    """Routes that break, that say headers of their own, and that answer with nothing."""

    async def broken(_request: Request) -> Response:
        raise RuntimeError("secret")

    async def own(_request: Request) -> Response:
        headers = {
            "Cache-Control": "public",
            "Vary": "Cookie, authorization",
            "Access-Control-Allow-Origin": "*",
            "X-Request-Id": "1",
        }
        return Response(b"", 200, {**headers, "Content-Security-Policy": "default-src *", "X-Frame-Options": "ALLOW"})

    app.add_route("/v1/broken", broken, methods=["GET"])
    app.add_route("/v1/own", own, methods=["GET"])
    app.add_route("/docs/own", own, methods=["GET"])


@pytest.mark.parametrize(
    ("method", "path", "headers"),
    [
        ("GET", "/v1/things", AUTHORISED),
        ("GET", "/v1/things", {}),
        ("GET", "/v1/nothing", AUTHORISED),
        ("PUT", "/v1/things", AUTHORISED),
        ("GET", "/v1/things?limit=0", AUTHORISED),
        ("GET", "/v1/broken", AUTHORISED),
        ("GET", "/v1/things?x=" + "y" * 3000, AUTHORISED),
    ],
)
async def test_every_answer_carries_the_same_headers(method: str, path: str, headers: dict[str, str]) -> None:
    """200, 400, 401, 404, 405, 414 and 500 cannot be told apart by what protects them (side channel 39)."""
    async with client(application(odd_routes)) as http:
        answer = await http.request(method, path, headers={**headers, "Origin": "https://evil.example"})
    assert {name: answer.headers[name] for name in SECURE} == SECURE
    assert int(answer.headers["ratelimit-limit"]) >= 0
    assert len(answer.headers.get_list("vary")) == 1
    assert "server" not in answer.headers


async def test_under_v1_no_route_can_loosen_them_and_elsewhere_only_two() -> None:
    """The documentation may be cached and run its scripts; nothing may widen who reads an answer."""
    async with client(application(odd_routes)) as http:
        inside = await http.get("/v1/own", headers=AUTHORISED)
        page = await http.get("/docs/own")
    assert {name: inside.headers[name] for name in SECURE} == {**SECURE, "vary": f"{SECURE['vary']}, Cookie"}
    loosened = {
        "cache-control": "public",
        "content-security-policy": "default-src *",
        "vary": f"{SECURE['vary']}, Cookie",
    }
    assert {name: page.headers[name] for name in SECURE} == {**SECURE, **loosened}
    for answer in (inside, page):
        assert len(answer.headers["x-request-id"]) == 32
        assert all(len(answer.headers.get_list(name)) == 1 for name in SECURE)


async def test_the_request_id_is_ours_random_and_of_one_length() -> None:
    """A caller's own id is never echoed, and no two are alike."""
    async with client(application()) as http:
        ids = [
            (
                await http.get(path, headers={**AUTHORISED, "X-Request-Id": "caller", "Correlation-Id": "caller"})
            ).headers["x-request-id"]
            for path in ("/v1/things", "/v1/nothing", "/problems") * 20
        ]
    assert len(set(ids)) == 60
    assert {len(identifier) for identifier in ids} == {32}


async def test_a_demonstration_says_so_on_every_answer() -> None:
    """Rule 22: 200, 401 and 500 alike; and a service that is none never says so."""
    demonstration = application(odd_routes, edge=replace(EDGE, demonstration=True))
    for app, marked in ((demonstration, True), (application(odd_routes), False)):
        async with client(app) as http:
            for path, headers in (("/v1/things", AUTHORISED), ("/v1/things", {}), ("/v1/broken", AUTHORISED)):
                assert ("x-demonstration" in (await http.get(path, headers=headers)).headers) is marked


@pytest.mark.parametrize("origin", ["*", "null", "", "peer.example", "https://peer.example/"])
def test_an_origin_that_is_none_stops_the_start(origin: str) -> None:
    """Never `*`, never `null`: a wrong setting is found before the first answer."""
    app = application(edge=Edge(origin=origin))
    with pytest.raises(ValueError, match="origin"):
        app.build_middleware_stack()


async def test_half_an_answer_is_not_mended() -> None:
    """After the first byte an error cannot become a 500: nothing is added, and the server sees that it is half."""

    def add(app: FastAPI) -> None:
        async def half(_request: Request) -> Response:
            class Half(Response):
                async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
                    await send({"type": "http.response.start", "status": 200, "headers": []})
                    await send({"type": "http.response.body", "body": b"half", "more_body": True})
                    raise RuntimeError("secret")

            return Half()

        app.add_route("/v1/half", half, methods=["GET"])

    sent: list[Any] = []

    async def receive() -> Any:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    headers = [(b"authorization", b"Bearer good")]
    scope = {"type": "http", "method": "GET", "path": "/v1/half", "headers": headers, "query_string": b""}
    await application(add)(scope, receive, send)
    assert [message["type"] for message in sent] == ["http.response.start", "http.response.body"]
    assert sent[1]["more_body"] is True


async def test_an_error_of_identification_is_not_kept_from_the_next_caller() -> None:
    """Nothing of one request's state is left for the next."""
    calls = 0

    async def once(_authorization: str | None) -> object:
        nonlocal calls
        calls += 1
        if calls == 1:
            return "first"
        raise Unidentified

    async with client(application(echo(), authenticated_by=once)) as http:
        assert (await http.get("/v1/echo")).json()["caller"] == "first"
        assert (await http.get("/v1/echo")).status_code == 401

"""The edge's limits of size and type, at their exact size and in their one order."""

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest
from fastapi import FastAPI, Request
from starlette.responses import Response

from api.edge.limits import Limits
from api.edge.rate import Rate
from tests.api.sample import AUTHORISED, EDGE, JSON, Clock, application, client, echo


async def chunks(size: int, *, step: int = 1000) -> AsyncIterator[bytes]:
    """A body that does not declare its length."""
    for begun in range(0, size, step):
        yield b" " * min(step, size - begun)


@pytest.mark.parametrize(("size", "status"), [(65_536, 200), (65_537, 413)])
@pytest.mark.parametrize("declared", [True, False])
async def test_a_body_is_taken_to_its_exact_limit(size: int, status: int, declared: bool) -> None:
    """64 KiB is good and one byte more is 413, whether the length was declared or the body streams in."""
    content: Any = b" " * size if declared else chunks(size)
    async with client(application(echo())) as http:
        answer = await http.post("/v1/echo", content=content, headers=JSON)
    assert answer.status_code == status
    if status == 200:
        assert answer.json()["size"] == size


async def test_a_body_without_end_is_not_read_to_its_end() -> None:
    """Reading stops at the limit, not at the caller's convenience."""
    given = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal given
        while True:
            given += 1
            yield b" " * 1000

    async with client(application(echo())) as http:
        answer = await http.post("/v1/echo", content=endless(), headers=JSON)
    assert answer.status_code == 413
    assert given < 70


async def test_a_path_may_take_a_larger_body_and_others_still_do_not() -> None:
    """An import's limit is its own."""
    edge = replace(EDGE, limits=Limits(larger_bodies={"/v1/imports": 100_000}))
    async with client(application(echo("/v1/imports"), echo(), edge=edge)) as http:
        assert (await http.post("/v1/imports", content=b" " * 100_000, headers=JSON)).status_code == 200
        assert (await http.post("/v1/imports", content=b" " * 100_001, headers=JSON)).status_code == 413
        assert (await http.post("/v1/echo", content=b" " * 100_000, headers=JSON)).status_code == 413


@pytest.mark.parametrize(("size", "status"), [(2048, 200), (2049, 414)])
@pytest.mark.parametrize("filler", ["y", "%C3%B4"])
async def test_an_address_is_taken_to_its_exact_limit(size: int, status: int, filler: str) -> None:
    """2 KiB of path and query as they came over the wire, percent signs and all."""
    address = "/v1/echo?x="
    room = size - len(address)
    address += filler * (room // len(filler)) + "y" * (room % len(filler))
    async with client(application(echo())) as http:
        assert (await http.get(address, headers=AUTHORISED)).status_code == status


@pytest.mark.parametrize(("over", "status"), [(0, 200), (1, 431)])
async def test_headers_are_taken_to_their_exact_limit(over: int, status: int) -> None:
    """16 KiB of names, values and the four bytes between and after them."""
    async with client(application(echo())) as http:
        request = http.build_request("GET", "/v1/echo", headers={**AUTHORISED, "X-Filler": ""})
        room = 16_384 - sum(len(name) + len(value) + 4 for name, value in request.headers.raw)
        request.headers["X-Filler"] = "z" * (room + over)
        assert (await http.send(request)).status_code == status


@pytest.mark.parametrize(
    ("method", "headers", "status"),
    [
        ("POST", {"Content-Type": "application/json"}, 200),
        ("POST", {"Content-Type": "Application/JSON; Charset=UTF-8"}, 200),
        ("POST", {"Content-Type": 'application/json;charset="utf-8"'}, 200),
        ("POST", {"Content-Type": "application/json", "Content-Encoding": "identity"}, 200),
        ("PATCH", {"Content-Type": "application/merge-patch+json"}, 200),
        ("POST", {"Content-Type": "application/merge-patch+json"}, 415),
        ("POST", {"Content-Type": "application/json; charset=latin-1"}, 415),
        ("POST", {"Content-Type": "application/json; profile=x"}, 415),
        ("POST", {"Content-Type": "application/jsonx"}, 415),
        ("POST", {"Content-Type": "application/problem+json"}, 415),
        ("POST", {"Content-Type": "text/plain"}, 415),
        ("POST", {"Content-Type": "multipart/form-data; boundary=x"}, 415),
        ("POST", {"Content-Type": "application/x-www-form-urlencoded"}, 415),
        ("POST", {"Content-Type": "application/json", "Content-Encoding": "gzip"}, 415),
        ("POST", {"Content-Type": ""}, 415),
        ("POST", {}, 415),
        ("GET", {"Content-Type": "text/plain"}, 415),
    ],
)
async def test_a_body_is_json_in_utf8_as_it_is(method: str, headers: dict[str, str], status: int) -> None:
    """Any other type, charset or coding is 415; merge patches are for PATCH."""
    async with client(application(echo())) as http:
        answer = await http.request(method, "/v1/echo", content=b"{}", headers={**AUTHORISED, **headers})
    assert answer.status_code == status


async def test_no_body_needs_no_media_type() -> None:
    """A POST that moves a record may have nothing to say."""
    async with client(application(echo())) as http:
        assert (await http.post("/v1/echo", headers=AUTHORISED)).status_code == 200
        assert (await http.post("/v1/echo", headers={**AUTHORISED, "Content-Type": "text/plain"})).status_code == 200


async def test_an_undeclared_body_is_looked_at_too() -> None:
    """HTTP/2 may send a body with neither a length nor a coding of transfer."""
    scope = {
        "type": "http",
        "method": "POST",
        "path": "/v1/echo",
        "query_string": b"",
        "headers": [(b"authorization", b"Bearer good"), (b"content-type", b"text/plain")],
        "client": ("127.0.0.1", 1),
    }
    statuses: list[int] = []

    async def receive() -> Any:
        return {"type": "http.request", "body": b"x", "more_body": False}

    async def send(message: Any) -> None:
        statuses.extend([message["status"]] if "status" in message else [])

    await application(echo())(scope, receive, send)
    assert statuses == [415]


async def test_of_several_limits_the_first_in_order_is_told() -> None:
    """413 as declared, 414, 431, 415, 429: one order, so that no answer depends on how busy we are."""
    clock = Clock()
    edge = replace(EDGE, callers=Rate(1, 0.001))
    large, long = b" " * 70_000, "?x=" + "y" * 3000
    text, headers = {"Content-Type": "text/plain"}, {"X-Filler": "z" * 20_000}
    async with client(application(echo(), edge=edge, clock=clock)) as http:
        assert (await http.get("/v1/echo", headers=AUTHORISED)).status_code == 200
        for path, sent, body, status in (
            ("/v1/echo" + long, {**text, **headers}, large, 413),
            ("/v1/echo" + long, {**text, **headers}, b"x", 414),
            ("/v1/echo", {**text, **headers}, b"x", 431),
            ("/v1/echo", text, b"x", 415),
            ("/v1/echo", {"Content-Type": "application/json"}, b"{}", 429),
            ("/v1/no/such/route", {}, b"", 429),
        ):
            answer = await http.post(path, headers={**AUTHORISED, **sent}, content=body)
            assert answer.status_code == status


async def test_limits_hold_on_open_paths_too() -> None:
    """What needs no token is not therefore unlimited."""
    async with client(application()) as http:
        assert (await http.request("GET", "/problems", content=b" " * 70_000)).status_code == 413
        assert (await http.get("/problems?x=" + "y" * 3000)).status_code == 414


async def test_a_caller_who_hangs_up_reaches_no_route() -> None:
    """Half a body is no body: nothing runs on it and nothing is answered to nobody."""
    reached: list[object] = []

    def add(app: FastAPI) -> None:
        async def note(request: Request) -> Response:
            reached.append(request)
            return Response()

        app.add_route("/v1/echo", note, methods=["POST"])

    messages = iter([{"type": "http.request", "body": b"{", "more_body": True}, {"type": "http.disconnect"}])
    sent: list[Any] = []

    async def receive() -> Any:
        return next(messages)

    async def send(message: Any) -> None:
        sent.append(message)

    headers = [(b"authorization", b"Bearer good"), (b"content-type", b"application/json")]
    scope = {"type": "http", "method": "POST", "path": "/v1/echo", "headers": headers, "query_string": b""}
    await application(add)(scope, receive, send)
    assert (reached, sent) == ([], [])

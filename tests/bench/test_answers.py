"""A benchmark of wrong answers measures nothing: whoever sends the requests, each answer is held against what is right,
and the first wrong one ends everything."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator
from typing import Any

import orjson
import pytest
import uvicorn

from tests.bench import jobs, machine
from tests.bench.inproc import Driver
from tests.bench.jobs import JOBS, LIST, READ, WRITE, Right, WrongAnswer
from tests.bench.load import Client, Order, Told
from tests.bench.stub import TINY, Spoil, Stub, Tokens, unspoilt


def _other_status(status: int, body: dict[str, Any]) -> tuple[int, Any]:
    return 202, body


def _another_prison(status: int, body: dict[str, Any]) -> tuple[int, Any]:
    if "items" in body:
        return status, {**body, "items": [*body["items"][:-1], {**body["items"][-1], "prison": "LEI"}]}
    return status, {**body, "prison": "LEI"}


def _one_too_few(status: int, body: dict[str, Any]) -> tuple[int, Any]:
    if "items" in body:
        return status, {**body, "items": body["items"][:-1]}
    return status, {name: value for name, value in body.items() if name != "prison"}


def _no_json(status: int, body: dict[str, Any]) -> tuple[int, Any]:
    return status, orjson.dumps(body)[:-1]


def _one_id(status: int, body: dict[str, Any]) -> tuple[int, Any]:
    return status, {**body, "id": "00000000-0000-4000-8000-000000000001"}


SPOILS: list[tuple[str, Spoil]] = [
    (job, spoil) for job in JOBS for spoil in (_other_status, _another_prison, _one_too_few, _no_json)
] + [(WRITE, _one_id), (READ, _one_id)]


def _later(spoil: Spoil) -> Spoil:
    """Right at first, so that what is remembered of right answers is tried too."""
    told = 0

    def spoilt(status: int, body: dict[str, Any]) -> tuple[int, Any]:
        nonlocal told
        told += 1
        return (spoil if told > 30 else unspoilt)(status, body)

    return spoilt


@pytest.mark.parametrize(("job", "spoil"), SPOILS, ids=lambda value: getattr(value, "__name__", value))
async def test_no_wrong_answer_is_measured(job: str, spoil: Spoil) -> None:
    """Another status, another's record, a member or an item missing, half an answer, an id given twice: each ends the
    measuring, though the answers before were right."""
    driver = Driver(Stub(_later(spoil)), Tokens(), Right())
    asked = (list(jobs.asked(job, TINY)[:20]) * 100)[:100]
    with pytest.raises(WrongAnswer):
        await driver.microseconds(asked)


@pytest.mark.parametrize("job", JOBS)
async def test_right_answers_are_measured(job: str) -> None:
    """And right ones are not taken for wrong, however often they come."""
    driver = Driver(Stub(), Tokens(), Right())
    for _ in range(3):
        assert await driver.microseconds(jobs.asked(job, TINY)[:20]) > 0


@contextlib.asynccontextmanager
async def _served(app: Any) -> AsyncGenerator[int]:
    port = machine.free_port()
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_config=None, lifespan="off"))
    serving = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - uvicorn tells by a flag alone
        await asyncio.sleep(0.01)
    try:
        yield port
    finally:
        server.should_exit = True
        await serving


async def _asked(app: Any, job: str, connections: int, least: int = 1) -> Told:
    """What the client tells once it has had so many answers, or a wrong one."""
    client, answers = Client(TINY, Tokens()), 0
    async with _served(app) as port:
        while True:
            told = await client.carry_out(Order("stub", port, job, connections, 0.2))
            answers += told.answers
            if told.wrong is not None or answers >= least:
                return told


@pytest.mark.parametrize("connections", [1, 16])
@pytest.mark.parametrize("job", JOBS)
async def test_answers_are_counted_over_http(job: str, connections: int) -> None:
    """Every answer is counted once, with its latency."""
    answered = 0

    def counting(status: int, body: dict[str, Any]) -> tuple[int, Any]:
        nonlocal answered
        answered += 1
        return status, body

    told = await _asked(Stub(counting), job, connections)
    assert told.wrong is None
    assert told.answers == answered >= connections
    assert 0 < told.p50 <= told.p99


@pytest.mark.parametrize("spoil", [_other_status, _another_prison, _one_too_few, _no_json])
async def test_no_wrong_answer_is_measured_over_http(spoil: Spoil) -> None:
    """A wrong answer among right ones is told, and nothing that was measured is."""
    told = await _asked(Stub(_later(spoil)), LIST, 4, least=100)
    assert told.wrong is not None
    assert told.answers == 0


async def test_a_connection_that_is_closed_under_a_request_is_told() -> None:
    """A server that hangs up does not answer fast."""

    async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.close()

    server = await asyncio.start_server(hang_up, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        told = await Client(TINY, Tokens()).carry_out(Order("hangs up", port, READ, 4, 0.2))
    assert told.wrong is not None

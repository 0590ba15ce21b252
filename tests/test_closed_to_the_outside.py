"""A test that reaches for another machine fails, so that green here means green on a machine without a network."""

import asyncio
import contextlib
import socket
from collections.abc import Iterator

import httpx
import pytest

from tests import conftest


@pytest.fixture(autouse=True)
def counted() -> Iterator[None]:
    """Each of these tests runs into the guard once, on purpose, which is not held against the run."""
    before = len(conftest.attempts)
    yield
    assert len(conftest.attempts) == before + 1
    conftest.attempts.pop()


def test_another_address_is_refused() -> None:
    """An address of the documentation's range (RFC 5737) is never dialled."""
    with socket.socket() as held, pytest.raises(conftest.OutsideRefused):
        held.connect(("192.0.2.1", 80))


def test_a_datagram_is_refused() -> None:
    """Nor is it sent a single packet, by IPv6 either (RFC 3849)."""
    with socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as held, pytest.raises(conftest.OutsideRefused):
        held.sendto(b"x", ("2001:db8::1", 53))


async def test_a_name_is_not_looked_up_by_the_client_that_the_service_uses() -> None:
    """The refusal is no network error that a client would retry or translate."""
    async with httpx.AsyncClient() as client:
        with pytest.raises(conftest.OutsideRefused):
            await client.get("https://example.invalid/")


async def test_loopback_is_open_and_a_caught_refusal_is_remembered() -> None:
    """What a test starts itself it may reach; and who swallows the refusal is found out all the same."""
    server = await asyncio.start_server(lambda _, writer: writer.close(), "127.0.0.1", 0)
    async with server:
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        assert await reader.read() == b""
        writer.close()
    with contextlib.suppress(AssertionError):
        socket.create_connection(("192.0.2.1", 80), timeout=1)

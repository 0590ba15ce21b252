"""How the service takes its port."""

import asyncio
import socket

import pytest

from api.commands.running import listening
from api.wiring.database import CannotStart


async def test_an_answer_is_sent_at_once_on_a_kept_connection() -> None:
    """What is accepted has Nagle's delay off: with it on, the second half of every answer but the first waits for the
    caller's acknowledgement, forty milliseconds on Linux."""
    seen: asyncio.Queue[int] = asyncio.Queue()

    async def accepted(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        seen.put_nowait(writer.get_extra_info("socket").getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
        writer.close()

    taken = listening("127.0.0.1", 0)
    async with await asyncio.start_server(accepted, sock=taken):
        _, writer = await asyncio.open_connection(*taken.getsockname())
        assert await seen.get() != 0
        writer.close()
        await writer.wait_closed()


def test_a_port_that_is_taken_is_one_clear_line() -> None:
    """The address and why, and no traceback."""
    with listening("127.0.0.1", 0) as taken:
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CannotStart, match=rf"cannot listen on 127\.0\.0\.1:{port}"):
            listening("127.0.0.1", port)

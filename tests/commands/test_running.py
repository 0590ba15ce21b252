"""How the service takes its port, and leaves no worker behind."""

import asyncio
import os
import socket
import sys
from pathlib import Path

import pytest

from api import logs
from api.commands import running
from api.commands.demo import demo
from api.commands.running import listening
from api.settings import Settings
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


def test_a_demonstration_fills_nothing_for_a_port_that_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is found out before a database is made."""
    monkeypatch.setattr(logs, "configure", lambda: None)  # the logs of this process are the tests'
    with listening("127.0.0.1", 0) as taken:
        taken.listen()
        settings = Settings(port=taken.getsockname()[1], data=tmp_path / "data")
        with pytest.raises(CannotStart, match="cannot listen"):
            asyncio.run(demo(settings))
    assert list(tmp_path.iterdir()) == []


async def test_no_worker_outlives_whoever_started_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SIGINT to the parent alone cancels it just as it ends its worker: the child has ended by then. One that went on
    would join the next start's database."""
    child, written = tmp_path / "child", tmp_path / "pid"
    child.write_text(f"#!/bin/sh\necho $$ > {written}.new && mv {written}.new {written}\nexec sleep 600\n")
    child.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(child))

    async def serving() -> None:
        async with running._worker({}):
            while not written.exists():  # noqa: ASYNC110  (another process tells)
                await asyncio.sleep(0.01)
            task.cancel()  # as the runner does for a signal that uvicorn raises again on its way out

    task = asyncio.create_task(serving())
    with pytest.raises(asyncio.CancelledError):
        await task
    with pytest.raises(ProcessLookupError):
        os.kill(int(written.read_text()), 0)

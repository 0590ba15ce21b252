"""Canaries where things break: an exception that nobody expected, a database that quotes what it was given, and a real
server at DEBUG.
"""

from collections.abc import AsyncGenerator

import asyncpg
import httpx
import pytest

from persistence.memory import MemoryStore
from tests.http.operations import OPERATIONS
from tests.proofs.canaries.ground import Ground, planted
from tests.proofs.canaries.judging import UNMATCHED, Judge
from tests.proofs.serving import served


@pytest.fixture(name="ground")
async def _ground() -> AsyncGenerator[Ground]:
    async with planted(MemoryStore()) as ground:
        ground.remember()
        yield ground


@pytest.mark.parametrize("step", ["find", "settle", "abandon"])
async def test_a_loud_exception_is_not_heard(step: str, ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the store raises, with whatever in it: 500 without a word of it, and a log line that says its type."""
    judge = Judge(ground, broken=True)
    broken = 0
    for operation in OPERATIONS:
        by = operation.example.by
        tag = await ground.tag(by, operation)
        good, bad = ground.asking.good(operation, tag), ground.asking.nth_bad(operation, broken)
        for sent in (good, bad):
            word = ground.canaries.word("raised")

            async def breaks(*_given: object, word: str = word, **_named: object) -> None:
                raise asyncpg.UniqueViolationError(f"Key (name)=({word}) already exists") from ValueError(word)

            with monkeypatch.context() as patch:
                if sent is bad:  # a caller who is remembered is not looked for: both ways are tried
                    ground.world.house.runtime.remembered._kept.clear()
                patch.setattr(MemoryStore, step, breaks)
                heard = await ground.ask(by, sent)
            judge.judge(heard)
            broken += heard.answer.status_code == 500
            assert heard.answer.status_code != 500 or any("UniqueViolationError" in line for line in heard.lines)
        ground.restore()
    print(f"{broken} of {judge.requests} requests broke in {step}")
    assert judge.faults == []
    assert broken > 0.4 * judge.requests


async def test_a_real_server_says_no_more(ground: Ground) -> None:
    """Every operation over a real connection, the server's own lines at DEBUG among what is searched."""
    judge = Judge(ground)
    async with (
        served(ground.scoped) as port,
        httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False) as http,
    ):
        ground.world.http = http
        for row, operation in enumerate(OPERATIONS):
            by = operation.example.by
            ground.restore()
            tag = await ground.tag(by, operation)
            judge.judge(await ground.ask(by, ground.asking.good(operation, tag)))
            judge.judge(await ground.ask(by, ground.asking.nth_bad(operation, row)))
            judge.judge(await ground.ask("a false token", ground.asking.good(operation, tag)))
    print(f"{judge.requests} requests over a real connection, {judge.bytes:,} characters searched")
    assert judge.faults == []
    assert judge.done == {operation.name for operation in OPERATIONS} - UNMATCHED

"""The commands by which a window of envelopes is handed out, and opened by two people who hold a key each (rule 2)."""

import asyncio
import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from api.__main__ import main
from api.settings import Settings
from api.wiring.opening import opened
from domain.ports import Kept
from domain.sessions.request import Request
from persistence import migrate
from persistence.keys import generate
from tests import servers
from tests.persistence import samples
from tests.servers import Urls

Command = Callable[..., tuple[object, str, str]]


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """`peer-support` with these words: its code, and what it wrote to either stream."""

    def done(*words: object) -> tuple[object, str, str]:
        monkeypatch.setattr(sys, "argv", ["peer-support", *map(str, words)])
        code = main()
        told = capsys.readouterr()
        return code, told.out, told.err

    return done


async def _emptied(settings: Settings, request: Request) -> None:
    """A request whose hour has come goes from the tables, as the worker has it."""
    async with opened(settings, for_work=True) as found:
        await found.runtime.store.settle(samples.entry(), [Kept(request, 0)], samples.EVERYWHERE)
        (tick,) = (tick for tick in found.bench.ticks if tick.name == "requests leave the tables")
        assert await tick.do() == 1


def test_two_holders_open_what_an_operator_hands_out(
    database: Urls, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: Command
) -> None:
    """Each makes his key, the service has the public halves; the operator hands out days and sees no name; the partner
    first, then the estate, and neither alone nor in the other order."""
    asyncio.run(migrate.upgrade(database.owner_url))
    holders = [tmp_path / name for name in ("partner.pem", "estate.pem")]
    for holder, setting in zip(holders, ("ENVELOPE_KEY_PARTNER", "ENVELOPE_KEY_ESTATE"), strict=True):
        code, public, _ = command("window-key", holder)
        assert code == 0
        monkeypatch.setenv(setting, public.strip())
    for name, value in (
        ("DATABASE_URL", database.app_url),
        ("MIGRATIONS_URL", database.owner_url),
        ("KEYS", generate()),
    ):
        monkeypatch.setenv(name, value)
    now = datetime.now(UTC)
    asked = samples.request("MDI", asked_at=now - timedelta(hours=20), readable_until=now - timedelta(hours=1))
    asyncio.run(_emptied(Settings(), asked))

    window, half, read = (tmp_path / name for name in ("window", "half", "read"))
    days = ["--first", f"{now - timedelta(days=2):%Y-%m-%d}", "--last", f"{now + timedelta(days=1):%Y-%m-%d}"]
    assert command("hand-out-window", "--prison", "MDI", *days, "--file", window)[0] == 0
    handed_out = (
        "select count(*) from ledger where shown_act = 'HAND_OUT_WINDOW' or role = 'SERVICE' and client is not null"
    )
    assert servers.run_sql(database, handed_out).strip() == "1"
    partner, estate = holders
    code, _, wrong = command("open-window", window, "--key", estate, "--into", half)
    assert (code, wrong.count("\n"), half.exists()) == (1, 1, False)
    assert command("open-window", window, "--key", partner, "--into", half)[0] == 0
    code, _, wrong = command("open-window", half, "--key", partner, "--into", read)
    assert (code, wrong.count("\n"), read.exists()) == (1, 1, False)
    for file in (window, half):
        assert str(asked.recipient) not in file.read_text()
    assert command("open-window", half, "--key", estate, "--into", read)[0] == 0
    assert json.loads(read.read_text())["request"]["recipient"] == asked.recipient
    # What is there is never written over, and another prison's days hold none of it.
    assert command("open-window", half, "--key", estate, "--into", read)[0] == 1
    assert command("hand-out-window", "--prison", "LEI", *days, "--file", tmp_path / "empty")[0] == 0
    assert (tmp_path / "empty").read_text() == ""

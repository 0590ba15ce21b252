"""For every test: databases on real servers, no way out of this machine, and an account of what was left out."""

import gc
import importlib.util
import ipaddress
import socket
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from tests import servers
from tests.servers import database as database  # a fixture for every test, by being here


class OutsideRefused(AssertionError):
    """A test reached for another machine. An AssertionError, so that no code under test takes it for a lost network."""


def _refuse_outside(event: str, arguments: tuple[Any, ...]) -> None:
    """Refuse an address, or a name to resolve, of any other machine than this one."""
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        held, address = arguments
        if held.family not in (socket.AF_INET, socket.AF_INET6) or not isinstance(address, tuple):
            return
        host = str(address[0])
    elif event == "socket.getaddrinfo":
        host = str(arguments[0] or "")
    else:
        return
    if _guarded and not _loopback(host):
        attempts.append(host)
        raise OutsideRefused(f"a test may not reach {host!r}: only this machine's loopback and unix sockets")


def _loopback(host: str) -> bool:
    if host in ("", "localhost"):
        return True
    try:
        return ipaddress.ip_address(host.split("%", 1)[0]).is_loopback
    except ValueError:
        return False


# httpx looks for it at every request, in every folder there is: a tenth of a millisecond to find nothing.
if importlib.util.find_spec("sniffio") is None:
    sys.modules["sniffio"] = None  # type: ignore[assignment]

attempts: list[str] = []
_guarded: list[bool] = []
sys.addaudithook(_refuse_outside)  # sees every socket of this process, uvloop's own excepted; it can never be removed


@pytest.fixture(scope="session", autouse=True)
def closed_to_the_outside() -> Iterator[None]:
    """Keep the guard up while tests run, and tell of what ran into it even if somebody caught the refusal."""
    _guarded.append(True)
    yield
    _guarded.clear()
    assert attempts == []


def pytest_itemcollected(item: pytest.Item) -> None:
    """Refuse a name that is another one in another process: workers that disagree of the names run nothing at all."""
    if "frozenset(" in item.nodeid or " at 0x" in item.nodeid:
        raise pytest.UsageError(f"the name of a test holds what differs from run to run: {item.nodeid[:200]}")


def pytest_collection_finish() -> None:
    """Tests by the ten thousand, and the application, are here to stay, and the collector need not walk them again and
    again: of two large files it took a fifth of the CPU."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def pytest_sessionfinish() -> None:
    """Stop the servers that tests started."""
    servers.stop_servers()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what this run left out, so that a green line is never taken for more than it is."""
    missing = servers.left_out()
    skipped = {str(report.longrepr[2]) for report in terminalreporter.stats.get("skipped", []) if report.longrepr}
    if missing or skipped:
        terminalreporter.section("left out of this run")
        for line in sorted({*missing, *skipped}):
            terminalreporter.line(line)

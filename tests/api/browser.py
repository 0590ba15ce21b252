"""Headless Chromium, driven over its own debugging protocol through two pipes: no driver, no port, no library."""

import base64
import json
import os
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import pytest

_NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "chrome")
_FLAGS: Final = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-sync",
    "--disable-dev-shm-usage",
    # The network is closed: no name resolves, and no address but this machine's own is let through.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--window-size=1280,1600",
    "--remote-debugging-pipe",
)
# Chromium reads its commands from descriptor 3 and answers on 4: both are first moved out of each other's way.
_IN_PLACE: Final = """
import os, sys
commands, answers = os.dup(int(sys.argv[1])), os.dup(int(sys.argv[2]))
os.dup2(commands, 3)
os.dup2(answers, 4)
os.set_inheritable(3, True)
os.set_inheritable(4, True)
os.execv(sys.argv[3], sys.argv[3:])
"""
_PATIENCE: Final = 60.0


def program() -> str:
    """Chromium, or the test names what it lacks: a skip, and a failure where everything is required."""
    for name in _NAMES:
        if found := shutil.which(name):
            return found
    if os.environ.get("REQUIRE") == "all":
        pytest.fail("headless Chromium is required, and not installed")
    pytest.skip("the documentation page in a browser: Chromium is not installed")


class Tab:
    """One page: what it asked for, what it complained about, and what its scripts say."""

    def __init__(self, commands: int, answers: int) -> None:
        self._commands = commands
        self._answers = answers
        self._read = b""
        self._number = 0
        self._session: str | None = None
        self.requested: list[str] = []
        self.complaints: list[str] = []

    def open(self, address: str) -> None:
        """Go there, with every request and complaint noted from the first one on."""
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Network", "Log", "Runtime", "Page"):
            self.ask(f"{domain}.enable")
        self.ask("Page.navigate", url=address)

    def ask(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Send one command and wait for its answer, noting the events that come before it."""
        self._number += 1
        command: dict[str, Any] = {"id": self._number, "method": method, "params": parameters}
        if self._session is not None:
            command["sessionId"] = self._session
        os.write(self._commands, json.dumps(command).encode() + b"\0")
        while True:
            message = self._message()
            if message.get("id") == self._number:
                assert "error" not in message, message
                return message["result"]
            self._note(message)

    def value_of(self, expression: str) -> Any:
        """What a script's expression comes to in the page."""
        return self.ask("Runtime.evaluate", expression=expression, returnByValue=True)["result"].get("value")

    def wait_for(self, expression: str, seconds: float = 20.0) -> Any:
        """Wait until an expression is true in the page."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if value := self.value_of(expression):
                return value
            time.sleep(0.1)
        raise AssertionError(f"never true: {expression}; the page complained {self.complaints}")

    def picture(self, path: Path) -> None:
        """A PNG of what the page looks like."""
        path.write_bytes(base64.b64decode(self.ask("Page.captureScreenshot", format="png")["data"]))

    def _message(self) -> dict[str, Any]:
        while b"\0" not in self._read:
            ready, _, _ = select.select([self._answers], [], [], _PATIENCE)
            assert ready, "Chromium says nothing"
            chunk = os.read(self._answers, 1 << 20)
            assert chunk, "Chromium has gone"
            self._read += chunk
        message, _, self._read = self._read.partition(b"\0")
        return json.loads(message)

    def _note(self, message: dict[str, Any]) -> None:
        parameters = message.get("params", {})
        match message.get("method"):
            case "Network.requestWillBeSent":
                self.requested.append(parameters["request"]["url"])
            case "Log.entryAdded" if parameters["entry"]["level"] in ("error", "warning"):
                entry = parameters["entry"]
                self.complaints.append(f"{entry['text']} {entry.get('url', '')}")
            case "Runtime.consoleAPICalled" if parameters["type"] in ("error", "warning", "assert"):
                self.complaints.append(str([argument.get("value") for argument in parameters["args"]]))
            case "Runtime.exceptionThrown":
                self.complaints.append(str(parameters["exceptionDetails"]))
            case _:
                pass


@contextmanager
def tab(folder: Path) -> Iterator[Tab]:
    """A fresh browser whose whole memory is in that folder, and its one page; gone at the end."""
    found = program()
    read_commands, write_commands = os.pipe()
    read_answers, write_answers = os.pipe()

    process = subprocess.Popen(
        [
            sys.executable,
            "-c",
            _IN_PLACE,
            str(read_commands),
            str(write_answers),
            found,
            *_FLAGS,
            f"--user-data-dir={folder / 'profile'}",
            "about:blank",
        ],
        env={**os.environ, "HOME": str(folder), "XDG_CONFIG_HOME": str(folder), "XDG_CACHE_HOME": str(folder)},
        pass_fds=(read_commands, write_answers),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(read_commands)
    os.close(write_answers)
    try:
        yield Tab(write_commands, read_answers)
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(10)
        os.close(write_commands)
        os.close(read_answers)

"""What the bench runs on: a PostgreSQL of its own, processes of its own, and which core each of them has.

The service under test has one core to itself. PostgreSQL and whoever sends the requests share the other, so that
neither takes time from the process that is measured. Where there is one core, or a system that cannot pin, nothing is
pinned, and the report says so.
"""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.error import URLError
from urllib.request import urlopen

import psutil

from persistence import cluster, roles, wheel
from persistence.cluster import Cluster
from tests.servers import temporary_folder

ROOT: Final = Path(__file__).parents[2]
DATABASE: Final = "bench"
# What a database in earnest is set to: an answer is given once its commit is on disk.
_DURABLE: Final = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}
_FORGETFUL: Final = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}
# `%m` opens each line of the log, so that a statement of several lines is counted once.
_LOGGED: Final = {"max_connections": "200", "log_line_prefix": "%m "}
_SECONDS_TO_START: Final = 60


@dataclass(frozen=True, slots=True)
class Cores:
    """One core for what is measured, the others for what is not; None where nothing can be pinned."""

    measured: frozenset[int] | None
    others: frozenset[int] | None


def cores() -> Cores:
    """The cores that this process may use, divided."""
    allowed = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_setaffinity") else []
    if len(allowed) < 2:
        return Cores(None, None)
    return Cores(frozenset(allowed[:1]), frozenset(allowed[1:]))


def pin(pid: int, to: Iterable[int] | None) -> None:
    """Keep a process and the children that it has on these cores; later children inherit it."""
    if to is None:
        return
    for process in (psutil.Process(pid), *psutil.Process(pid).children(recursive=True)):
        with contextlib.suppress(psutil.NoSuchProcess):
            process.cpu_affinity(list(to))


@contextlib.contextmanager
def pinned(to: Iterable[int] | None) -> Generator[None]:
    """Keep this process on these cores for a while."""
    if to is None:
        yield
        return
    process = psutil.Process()
    before = process.cpu_affinity()
    process.cpu_affinity(list(to))
    try:
        yield
    finally:
        process.cpu_affinity(before)


@dataclass(frozen=True, slots=True)
class Postgres:
    """A running server with an empty database and the service's roles in it."""

    cluster: Cluster
    pid: int

    @property
    def owner_url(self) -> str:
        """As the owner, a superuser: who fills the tables, and as whom the raw limit reads past row security."""
        return self.cluster.url(cluster.OWNER, DATABASE)

    @property
    def app_url(self) -> str:
        """As the application."""
        return self.cluster.url(roles.RoleNames().application, DATABASE)

    def sql(self, *statements: str) -> str:
        """Run statements as the owner."""
        return cluster.sql(self.cluster, DATABASE, *statements)

    def logged(self) -> int:
        """How many statements the log tells of, of connections made while `log_statement` was on."""
        text = self.cluster.log.read_text(errors="replace")
        return text.count(" LOG:  execute ") + text.count(" LOG:  statement: ")


@contextlib.contextmanager
def postgres(*, durable: bool = True, pinned_to: Iterable[int] | None = None) -> Generator[Postgres]:
    """A server out of the wheel, gone at the end with all that it held."""
    account = cluster.server_account()
    folder = temporary_folder("peer-support-bench-")
    server = Cluster(
        programs=wheel.programs(folder if account else None),
        data=folder / "database",
        settings=folder / "settings",
        run=folder / "run",
        socket=folder / "run",
        account=account,
    )
    try:
        cluster.private_folder(server.run, account)
        cluster.create(server, version=wheel.VERSION, durable=durable)
        settings = _LOGGED | (_DURABLE if durable else _FORGETFUL)
        cluster.launch(server, settings=settings, admit="trust", identities=[])
        pid = int((server.data / "postmaster.pid").read_text().split("\n", 1)[0])
        pin(pid, pinned_to)
        cluster.sql(server, "postgres", f"create database {DATABASE} template template0")
        cluster.sql(server, DATABASE, *roles.statements(DATABASE))
        yield Postgres(server, pid)
    finally:
        if cluster.running(server):
            cluster.halt(server)
        shutil.rmtree(folder, ignore_errors=True)


def free_port() -> int:
    """A port of this machine that nobody listens on now."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def environment(**settings: str) -> dict[str, str]:
    """What a process of ours is given: nothing of the caller's own settings, which could change what is measured."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
    return {**kept, **settings}


@contextlib.contextmanager
def process(
    *arguments: str, settings: Mapping[str, str], pinned_to: Iterable[int] | None = None
) -> Generator[subprocess.Popen[bytes]]:
    """A Python process of this repository, told to stop at the end, and made to if it does not. What it said is shown
    where it did not serve."""
    with tempfile.TemporaryFile("w+") as said:
        made = subprocess.Popen(
            [sys.executable, *arguments], cwd=ROOT, env=environment(**settings), stdout=said, stderr=said
        )
        try:
            pin(made.pid, pinned_to)
            yield made
        except BaseException:
            said.seek(0)
            print("".join(said.readlines()[-20:]), file=sys.stderr)
            raise
        finally:
            _stop(made)


def _stop(made: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError):
        made.send_signal(signal.SIGTERM)
    try:
        made.wait(20)
    except subprocess.TimeoutExpired:
        made.kill()
        made.wait()


def until_ready(url: str, made: subprocess.Popen[bytes]) -> None:
    """Wait for the first 200 of an address. Raises where the process ends first, or none comes."""
    end = time.monotonic() + _SECONDS_TO_START
    while time.monotonic() < end:
        if made.poll() is not None:
            raise RuntimeError(f"the process for {url} ended with {made.returncode}")
        with contextlib.suppress(URLError, OSError), urlopen(url, timeout=2) as answer:  # noqa: S310 - our own address
            if answer.status == 200:
                return
        time.sleep(0.005)
    raise RuntimeError(f"no answer from {url}")

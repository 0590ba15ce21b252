"""The servers side by side, asked in interleaved rounds over HTTP.

Ours is what an operator starts: `python -m api serve`, with keys, issuer, ledger, row security and every route and
layer. All servers run at once, each a single process; only the one that is asked has anything to do. In each round the
order is shuffled, so that whatever else this machine does falls on all alike; a ratio is always of one and the same
round.
"""

import contextlib
import json
import random
import subprocess
import sys
import time
from collections.abc import Generator, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any, Final

import psutil

from tests.bench import estate, machine
from tests.bench.calls import PAUSES, PLACES
from tests.bench.estate import Size
from tests.bench.inproc import OURS, PLAIN, RECORDED, TEMPLATE
from tests.bench.jobs import JOBS, WrongAnswer
from tests.bench.load import Order
from tests.bench.machine import Postgres, process, until_ready

SERVERS: Final = (PLAIN, RECORDED, OURS, TEMPLATE)
CONNECTIONS: Final = (1, 16, 64)
CALLERS: Final = 16
WRITERS: Final = 4
"""How many connections pass calls on, and how many write beside them."""
_WARM: Final = 0.25
LONG: Final = 5.0
"""Seconds of a round with pauses, at the least: there are few calls in it."""


@dataclass(frozen=True, slots=True)
class Server:
    """A server that runs."""

    name: str
    port: int
    process: subprocess.Popen[bytes]

    def cpu(self) -> float:
        """Seconds of CPU that it has used."""
        spent = psutil.Process(self.process.pid).cpu_times()
        return spent.user + spent.system

    def private_megabytes(self) -> float:
        """Memory that would be free if it ended."""
        return psutil.Process(self.process.pid).memory_full_info().uss / 1e6


@dataclass(frozen=True, slots=True)
class Cell:
    """One server at one job with so many connections in one round."""

    server: str
    job: str
    connections: int
    round: int
    rate: float
    p50: float
    p99: float
    cpu: float
    """Microseconds of the server's CPU a request."""
    client: float
    """How much of its core the client took."""


@dataclass(frozen=True, slots=True)
class Passed:
    """Calls of one round: how many a second, of those that lost to others, what the writers wrote a second, and of each
    step and of the whole p50 and p99 in microseconds."""

    job: str
    round: int
    rate: float
    lost: int
    calls: int
    writes: float
    cpu: float
    spread: Mapping[str, Sequence[float]]


@contextlib.contextmanager
def ours(
    postgres: Postgres, issuers: str, pinned_to: Iterable[int] | None, ready: str = "/health/readiness"
) -> Generator[tuple[Server, float]]:
    """The service as an operator starts it, and the seconds until it was ready."""
    port = machine.free_port()
    settings = {
        "DATABASE_URL": postgres.app_url,
        "KEYS": estate.KEYS,
        "ISSUERS": issuers,
        "PORT": str(port),
        # Its worker is a process of its own, which answers nobody.
        "WORK_INSIDE": "false",
    }
    start = time.perf_counter()
    with process("-m", "api", "serve", settings=settings, pinned_to=pinned_to) as made:
        until_ready(f"http://127.0.0.1:{port}{ready}", made)
        yield Server(OURS, port, made), time.perf_counter() - start


@contextlib.contextmanager
def other(name: str, postgres: Postgres, jwk: Mapping[str, Any], pinned_to: Iterable[int] | None) -> Generator[Server]:
    """One that ours is compared with."""
    port = machine.free_port()
    settings = {"BENCH_URL": postgres.owner_url, "BENCH_JWK": json.dumps(jwk), "BENCH_PORT": str(port)}
    with process("-m", "tests.bench.raw", name, settings=settings, pinned_to=pinned_to) as made:
        until_ready(f"http://127.0.0.1:{port}/health", made)
        yield Server(name, port, made)


class Client:
    """The process that sends the requests."""

    def __init__(self, made: subprocess.Popen[str]) -> None:
        self._made = made
        self.answers: dict[str, int] = {}
        self.written: dict[str, int] = {}

    def carry_out(self, order: Order) -> Mapping[str, Any]:
        """Have an order carried out. Raises `WrongAnswer`."""
        told = self.say(asdict(order))
        if told["wrong"]:
            raise WrongAnswer(told["wrong"])
        self.answers[order.server] = self.answers.get(order.server, 0) + told["answers"]
        self.written[order.server] = told["made"]
        return told

    def say(self, what: object) -> Any:
        """One line to it, and its answer."""
        assert self._made.stdin is not None
        assert self._made.stdout is not None
        self._made.stdin.write(json.dumps(what) + "\n")
        self._made.stdin.flush()
        line = self._made.stdout.readline()
        if not line:
            raise RuntimeError("the process that sends the requests has ended")
        return json.loads(line)


@contextlib.contextmanager
def client(size: Size, tokens: Mapping[str, str], pinned_to: Iterable[int] | None) -> Generator[Client]:
    """Start it, on its own core."""
    made = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.load"],
        cwd=machine.ROOT,
        env=machine.environment(BENCH_SIZE=json.dumps(asdict(size))),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        machine.pin(made.pid, pinned_to)
        client = Client(made)
        client.say(dict(tokens))
        yield client
    finally:
        made.kill()
        made.communicate()


def rounds(client: Client, servers: Sequence[Server], *, many: int, seconds: float) -> list[Cell]:
    """Everything once a round, shuffled. Raises `WrongAnswer`."""
    shuffled = random.Random(1)
    found: list[Cell] = []
    for number in range(many):
        wanted = [(s, job, c) for s in servers for job in JOBS for c in CONNECTIONS]
        shuffled.shuffle(wanted)
        for server, job, connections in wanted:
            client.carry_out(Order(server.name, server.port, job, connections, _WARM))
            cpu = server.cpu()
            told = client.carry_out(Order(server.name, server.port, job, connections, seconds))
            spent = (server.cpu() - cpu) / told["answers"] * 1e6
            rate = told["answers"] / told["seconds"]
            found.append(
                Cell(server.name, job, connections, number, rate, told["p50"], told["p99"], spent, told["client"])
            )
    return found


def passed(client: Client, server: Server, *, many: int, seconds: float) -> list[Passed]:
    """Calls, over many prisons and over one, in turn. Raises `WrongAnswer`."""
    for job in PLACES:
        client.carry_out(Order(server.name, server.port, job, CALLERS, 0))  # each officer is known before he is called
    found: list[Passed] = []
    for number in range(many):
        for job in list(PLACES)[:: 1 if number % 2 else -1]:
            client.carry_out(Order(server.name, server.port, job, CALLERS, _WARM, WRITERS))
            cpu = server.cpu()
            long = max(seconds, LONG) if job in PAUSES else seconds
            told = client.carry_out(Order(server.name, server.port, job, CALLERS, long, WRITERS))
            of, spent = told["calls"], (server.cpu() - cpu) / told["answers"] * 1e6
            rate, writes = of["calls"] / told["seconds"], of["written"] / told["seconds"]
            found.append(Passed(job, number, rate, of["lost"], of["calls"], writes, spent, of["spread"]))
    return found


def starts(postgres: Postgres, issuers: str, many: int) -> float:
    """Seconds until ready on a database that is there: the median of several starts."""
    took: list[float] = []
    for _ in range(many):
        with ours(postgres, issuers, None) as (_, seconds):
            took.append(seconds)
    return median(took)

"""Who sends the requests: a closed loop over keep-alive connections, in a process of its own.

Each connection sends its next request when the answer to the last one has come and was right. It is written for little
CPU, since it shares a core with PostgreSQL: a client that is slow makes the fastest server look like the others.
(A closed loop waits with a server that waits, so its p99 is kinder than that of callers who do not. One with pauses
does not: what is due is late from then on.)

    python -m tests.bench.load          reads orders from standard input, one JSON line each, and answers each with one
"""

import asyncio
import contextlib
import gc
import itertools
import json
import os
import random
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from time import perf_counter
from typing import Any, Final

import httptools
import psutil
import uvloop

from tests.bench import calls, jobs
from tests.bench.calls import Call, Heard
from tests.bench.estate import Size
from tests.bench.jobs import Asked, Right, WrongAnswer

_SECONDS_FOR_AN_ANSWER: Final = 10.0
_SECONDS_TO_BE_KNOWN: Final = 120.0
_UNDER_WAY: Final = Asked("", "", "", "", b"", {})


@dataclass(frozen=True, slots=True)
class Order:
    """Ask the server at a port for a job, so many at once, for so long. Of calls, so many `writers` write beside."""

    server: str
    port: int
    job: str
    connections: int
    seconds: float
    writers: int = 0


@dataclass(frozen=True, slots=True)
class Told:
    """What came of an order: answers, all of them right, seconds, latencies in microseconds, and how much of the
    client's own core it took. `wrong`: the first answer that was not right, and then nothing else counts."""

    answers: int
    seconds: float
    p50: float
    p99: float
    client: float
    wrong: str | None = None
    calls: dict[str, Any] = field(default_factory=dict[str, Any])
    """Of calls, what `Heard` tells; and of the answers, which are all, how many the writers had."""

    @property
    def rate(self) -> float:
        """Answers a second."""
        return self.answers / self.seconds


class _Connection(asyncio.Protocol):
    """One keep-alive connection, with one request under way."""

    def __init__(self, run: "_Run") -> None:
        self._run = run
        self._parser = httptools.HttpResponseParser(self)
        self._body: list[bytes] = []
        self._transport: Any = None
        self._asked: Asked | None = None
        self._since = self._due = 0.0
        self.ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport
        self._next()

    def data_received(self, data: bytes) -> None:
        try:
            self._parser.feed_data(data)
        except WrongAnswer as wrong:
            self._end(wrong)
        except httptools.HttpParserError as error:
            # The parser wraps what a callback raised.
            wrong = error.__context__ if isinstance(error.__context__, WrongAnswer) else WrongAnswer(f"HTTP: {error}")
            self._end(wrong)

    def connection_lost(self, exc: Exception | None) -> None:
        self._end(WrongAnswer("the server closed a connection"))  # which has ended already, where we closed it

    def on_body(self, body: bytes) -> None:
        self._body.append(body)

    def on_message_complete(self) -> None:
        now, asked = perf_counter(), self._asked
        body = self._body[0] if len(self._body) == 1 else b"".join(self._body)
        self._body.clear()
        if asked is None:
            raise WrongAnswer("an answer that nobody asked for")
        self._run.right.check(asked, self._parser.get_status_code(), body)
        self._run.latencies.append(now - self._since)
        self._next()

    def _next(self) -> None:
        """The next one, now or when it is due."""
        now, pause = perf_counter(), self._run.pause
        # The first of each a little later than another's: they do not come all together.
        due = self._due + pause if self._due else now + random.uniform(0, pause)
        self._due = min(due, self._run.until) if pause else now
        if self._due > now:
            self._asked = None
            asyncio.get_running_loop().call_later(self._due - now, self._go)
        else:
            self._go()

    def _go(self) -> None:
        now = perf_counter()
        self._since = min(self._due, now)  # uvloop's timers are up to a millisecond early
        if now >= self._run.until:
            self._asked = None
            self._end(None)
            return
        following = next(self._run.requests, None)
        if following is None:
            self._asked = None
            self._end(None)
            return
        self._asked, head = following
        if self._asked.keyed:
            head = b"".join((head, jobs.key().encode(), b"\r\n\r\n", self._asked.body))
        self._transport.write(head)

    def _end(self, wrong: WrongAnswer | None) -> None:
        if not self.ended.done():
            self.ended.set_result(None) if wrong is None else self.ended.set_exception(wrong)
            self._transport.close()


class _CallConnection(_Connection):
    """One that passes calls on."""

    def __init__(self, call: Call, until: float, pause: float) -> None:
        self._call = call
        self._tag = b""
        super().__init__(_Run(iter(()), Right(), until, pause))

    def on_header(self, name: bytes, value: bytes) -> None:
        if name.lower() == b"etag":
            self._tag = value

    def on_message_complete(self) -> None:
        body = b"".join(self._body)
        self._body.clear()
        self._call.answered(self._parser.get_status_code(), body)
        self._next()

    def _next(self) -> None:
        if self._call.between:
            super()._next()
        else:
            self._sent(self._call.next(self._tag))

    def _go(self) -> None:
        self._sent(self._call.next(self._tag, min(self._due, perf_counter())))

    def _sent(self, head: bytes | None) -> None:
        if head is None:
            self._asked = None
            self._end(None)
            return
        self._asked = _UNDER_WAY
        self._transport.write(head)


class _Run:
    """One order under way."""

    def __init__(self, requests: Iterator[tuple[Asked, bytes]], right: Right, until: float, pause: float = 0.0) -> None:
        self.requests = requests
        self.right = right
        self.until = until
        self.pause = pause
        """Seconds from one request of a connection to the next; 0: it is sent when the last was answered."""
        self.latencies: list[float] = []


class Client:
    """Keeps, for each job, where it is in the requests; for each server, what was right."""

    def __init__(self, size: Size, tokens: dict[str, str]) -> None:
        self._requests = {
            job: itertools.cycle([(asked, _head(asked, tokens[asked.subject])) for asked in jobs.asked(job, size)])
            for job in jobs.JOBS
        }
        self._right: dict[str, Right] = {}
        self._size, self._tokens = size, tokens
        self._turns = {job: calls.turns(job, size) for job in (calls.CALLS, calls.CALLS_OF_ONE)}
        self._turns[calls.CALLS_WITH_PAUSES] = self._turns[calls.CALLS]  # the same officers, each as often as he may
        self._taken = set[str]()

    def made(self, server: str) -> int:
        """How many records a server says that it wrote."""
        return self._right[server].made if server in self._right else 0

    async def carry_out(self, order: Order) -> Told:
        """Ask, and tell."""
        right = self._right.setdefault(order.server, Right())
        if order.job in calls.PLACES:
            return await self._passed_on(order, right)
        run = _Run(self._requests[order.job], right, perf_counter() + order.seconds)
        seconds, client, wrong = await self._connected(order, [lambda: _Connection(run)] * order.connections)
        if wrong is not None:
            return Told(0, 1.0, 0, 0, 0, wrong)
        found = sorted(run.latencies)
        p50, p99 = (found[min(len(found) - 1, int(len(found) * part))] * 1e6 for part in (0.5, 0.99))
        return Told(len(found), seconds, p50, p99, client)

    async def _passed_on(self, order: Order, right: Right) -> Told:
        """Calls, and whoever writes beside them."""
        until = perf_counter() + order.seconds
        heard = Heard(right, until, self._turns[order.job], self._tokens, self._taken)
        between, of_writes = calls.PAUSES.get(order.job, (0.0, 0.0))
        run = _Run(self._requests[jobs.WRITE], right, until, of_writes)
        passing: list[Callable[[], _Connection]] = [lambda: _CallConnection(Call(heard), until, between)]
        made = passing * order.connections + [lambda: _Connection(run)] * order.writers
        seconds, client, wrong = await self._connected(order, made)
        if wrong is not None:
            return Told(0, 1.0, 0, 0, 0, wrong)
        told: dict[str, Any] = {**heard.told(), "written": len(run.latencies)}
        p50, p99 = told["spread"][calls.WHOLE]
        return Told(heard.answers + len(run.latencies), seconds, p50, p99, client, calls=told)

    async def known(self, order: Order) -> Told:
        """Each officer of these calls looks at his board once."""
        hellos = [(asked, _head(asked, self._tokens[asked.subject])) for asked in calls.hellos(order.job, self._size)]
        run = _Run(iter(hellos), self._right.setdefault(order.server, Right()), float("inf"))
        patient = replace(order, seconds=_SECONDS_TO_BE_KNOWN)
        seconds, client, wrong = await self._connected(patient, [lambda: _Connection(run)] * order.connections)
        return Told(len(run.latencies), seconds, 0, 0, client, wrong)

    async def _connected(
        self, order: Order, wanted: Sequence[Callable[[], _Connection]]
    ) -> tuple[float, float, str | None]:
        """Connections of these sorts, until all have ended: seconds, the client's part of its core, and the first
        answer that was not right."""
        loop, process = asyncio.get_running_loop(), psutil.Process()
        start, cpu = perf_counter(), _cpu(process)
        made: list[_Connection] = []
        try:
            async with asyncio.timeout(order.seconds + _SECONDS_FOR_AN_ANSWER):
                for each in wanted:
                    made.append((await loop.create_connection(each, "127.0.0.1", order.port))[1])
                await asyncio.gather(*(connection.ended for connection in made))
        except (WrongAnswer, OSError, TimeoutError) as error:
            for connection in made:
                with contextlib.suppress(asyncio.InvalidStateError):
                    connection.ended.cancel()
            said = str(error) or f"no answer in {_SECONDS_FOR_AN_ANSWER} seconds"
            return 1.0, 0.0, f"{order.server}: {said}"
        seconds = perf_counter() - start
        return seconds, (_cpu(process) - cpu) / seconds, None


def _cpu(process: psutil.Process) -> float:
    spent = process.cpu_times()
    return spent.user + spent.system


def _head(asked: Asked, token: str) -> bytes:
    lines = [
        f"{asked.method} {asked.target} HTTP/1.1",
        "Host: bench.example",
        f"Authorization: Bearer {token}",
        "Accept: application/json",
    ]
    if asked.body:
        lines += ["Content-Type: application/json", f"Content-Length: {len(asked.body)}"]
    if asked.keyed:
        return "\r\n".join([*lines, "Idempotency-Key: "]).encode()
    return "\r\n".join([*lines, "", ""]).encode() + asked.body


def main() -> None:
    """Carry out orders until standard input ends."""
    client = Client(Size(**json.loads(os.environ["BENCH_SIZE"])), json.loads(sys.stdin.readline()))
    gc.collect()
    gc.freeze()
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        print(json.dumps("ready"), flush=True)
        for line in sys.stdin:
            order = Order(**json.loads(line))
            hello = order.job in calls.PLACES and order.seconds == 0
            told = runner.run(client.known(order) if hello else client.carry_out(order))
            print(json.dumps(asdict(told) | {"made": client.made(order.server)}), flush=True)


if __name__ == "__main__":
    main()

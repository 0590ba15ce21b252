"""Applications driven without a socket: CPU a request of this process alone, the steadiest figure that there is.

No HTTP is parsed and nothing is sent, so what is left is ours: gate, route, act, statements, ledger, bytes. The time of
PostgreSQL is another process's. Ours is put together by the wiring, as `serve` does it.
"""

import asyncio
import contextlib
import gc
import itertools
from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import dataclass
from time import process_time
from typing import Any, Final

from api.app import create_app
from api.commands.running import settle_memory
from api.settings import Settings
from api.wiring.opening import opened
from tests.bench import estate, jobs
from tests.bench.estate import Size
from tests.bench.jobs import Asked, Right
from tests.bench.raw import application

AT_ONCE: Final = 8
OURS, PLAIN, RECORDED, TEMPLATE = "ours", "plain", "recorded", "template"
_WARM: Final = 3
# Else a round of the limit would be over before the clock tells anything.
_OFTENER: Final = {PLAIN: 8, RECORDED: 6}


def settings(app_url: str, issuers: str) -> Settings:
    """What an operator would set for the bench's database and issuer."""
    return Settings(database_url=app_url, keys=estate.KEYS, issuers=issuers, work_inside=False)


@contextlib.asynccontextmanager
async def apps(
    names: Sequence[str], owner_url: str, app_url: str, issuers: str, jwk: dict[str, Any]
) -> AsyncGenerator[Mapping[str, Any]]:
    """These applications, over one database, in this process."""
    async with contextlib.AsyncExitStack() as stack:
        made: dict[str, Any] = {}
        for name in names:
            if name == OURS:
                found = await stack.enter_async_context(opened(settings(app_url, issuers)))
                made[name] = create_app(found.backstage)
                continue
            made[name] = application(name, owner_url, jwk)
            if name == TEMPLATE:
                stack.push_async_callback(made[name].state.engine.dispose)
            else:
                await made[name].open()
                stack.push_async_callback(made[name].close)
        stack.callback(gc.set_threshold, *gc.get_threshold())
        settle_memory()
        stack.callback(gc.unfreeze)
        yield made


def slowed(app: Any, microseconds: float) -> Any:
    """The application, wasting so much CPU in each request besides: to see that a measurement sees it."""

    async def wasteful(scope: Any, receive: Any, send: Any) -> None:
        end = process_time() + microseconds / 1e6
        while process_time() < end:
            pass
        await app(scope, receive, send)

    return wasteful


@dataclass(slots=True)
class Driver:
    """Asks one application, and holds every answer against what is right."""

    app: Any
    tokens: Mapping[str, str]
    right: Right

    async def ask(self, asked: Asked) -> None:
        """One request, its answer looked at. Raises `WrongAnswer`."""
        self.right.check(asked, *await self.answer(asked))

    async def answer(self, asked: Asked) -> tuple[int, bytes]:
        """One request: its status and its body."""
        status, parts = 0, list[bytes]()
        sent = False

        async def receive() -> dict[str, Any]:
            nonlocal sent
            if sent:
                await asyncio.Event().wait()
            sent = True
            return {"type": "http.request", "body": asked.body, "more_body": False}

        async def send(message: dict[str, Any]) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            else:
                parts.append(message.get("body", b""))

        await self.app(self._scope(asked), receive, send)
        return status, b"".join(parts)

    def _scope(self, asked: Asked) -> dict[str, Any]:
        headers = [
            (b"host", b"bench.example"),
            (b"authorization", b"Bearer " + self.tokens[asked.subject].encode()),
            (b"accept", b"application/json"),
        ]
        if asked.body:
            headers += [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(asked.body))]
        if asked.keyed:
            headers.append((b"idempotency-key", jobs.key().encode()))
        return {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "http_version": "1.1",
            "server": ("127.0.0.1", 8000),
            "client": ("127.0.0.1", 50000),
            "scheme": "http",
            "method": asked.method,
            "root_path": "",
            "path": asked.path,
            "raw_path": asked.path.encode(),
            "query_string": asked.query.encode(),
            "headers": headers,
            "state": {},
        }

    async def microseconds(self, asks: Sequence[Asked], at_once: int = AT_ONCE) -> float:
        """CPU of this process a request, over all of these. Answers are looked at when the clock has stopped."""
        waiting = iter(asks)
        answers: list[tuple[Asked, int, bytes]] = []

        async def one_after_another() -> None:
            for asked in waiting:
                answers.append((asked, *await self.answer(asked)))

        start = process_time()
        await asyncio.gather(*(one_after_another() for _ in range(at_once)))
        spent = process_time() - start
        for answer in answers:
            self.right.check(*answer)
        return spent / len(asks) * 1e6


async def costs(
    made: Mapping[str, Any], size: Size, tokens: Mapping[str, str], *, rounds: int = 25, requests: int = 8
) -> dict[str, dict[str, list[float]]]:
    """For each job and application the microseconds of each round; rounds are short and interleaved, and the first
    three are thrown away."""
    drivers = {name: Driver(app, tokens, Right()) for name, app in made.items()}
    asks = {job: itertools.cycle(jobs.asked(job, size)) for job in jobs.JOBS}
    found: dict[str, dict[str, list[float]]] = {job: {name: [] for name in made} for job in jobs.JOBS}
    for number in range(-_WARM, rounds):
        for job in jobs.JOBS:
            for name in list(made)[:: 1 if number % 2 else -1]:
                wanted = list(itertools.islice(asks[job], requests * _OFTENER.get(name, 1)))
                spent = await drivers[name].microseconds(wanted)
                if number >= 0:
                    found[job][name].append(spent)
    return found


def times(of: Sequence[float], base: Sequence[float]) -> float:
    """How many times the CPU of `base` the other takes. Of each the lower quartile of its rounds: what else the
    machine does only ever adds, so that is nearer to what a request costs than the middle is."""
    return quartile(of) / quartile(base)


def quartile(rounds: Sequence[float]) -> float:
    """The lower one."""
    return sorted(rounds)[len(rounds) // 4]


async def statements(
    made: Mapping[str, Any], size: Size, tokens: Mapping[str, str], logged: Any, requests: int = 10
) -> dict[str, dict[str, float]]:
    """For each job and application the statements that reach PostgreSQL a request, one request after another. `logged`
    counts what its log holds."""
    found: dict[str, dict[str, float]] = {}
    for job in jobs.JOBS:
        asks = itertools.cycle(jobs.asked(job, size))
        found[job] = {}
        for name, app in made.items():
            driver = Driver(app, tokens, Right())
            # What a caller's first request, or a connection's, costs besides is no cost of every request.
            known = list(itertools.islice(asks, requests))
            for asked in known:
                await driver.ask(asked)
            before = logged()
            for asked in known:
                await driver.ask(asked)
            found[job][name] = (logged() - before) / requests
    return found

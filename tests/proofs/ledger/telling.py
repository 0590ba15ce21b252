"""A telling: a world, its books, and a small model of what the ledger must have when each step is over.

The model knows nothing of how acts are recorded. It counts attempts by known viewers, says how many lines each must
have left from nothing but its answer, remembers which keys were used for what, and holds the books before and after
each step against one another (`reckoning`).
"""

from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import permutations
from random import Random
from typing import Any

import httpx

from api.wiring import timers
from api.work import loop
from api.work.bench import Bench, service_begin
from domain.notes import HANDED_IN
from domain.oversight import jobs
from domain.ports import Raced
from tests.http.cast import IN_CUSTODY
from tests.http.operations import OPERATIONS, Operation
from tests.http.world import World, actor_of
from tests.proofs.ledger import reckoning
from tests.proofs.ledger.attempts import TAG, Attempt
from tests.proofs.ledger.books import Books, Line, Reader
from tests.proofs.ledger.house import BURST

OUTCOMES = {
    200: {"DONE", "REPLAYED"},
    201: {"DONE", "REPLAYED"},
    202: {"DONE", "REPLAYED"},
    204: {"DONE", "REPLAYED"},
    400: {"MALFORMED", "REFUSED"},
    403: {"REFUSED"},
    404: {"ABSENT"},
    409: {"NOT_NOW", "REFUSED"},
    412: {"STALE"},
    413: {"MALFORMED"},
    415: {"MALFORMED"},
    422: {"MALFORMED", "REFUSED"},
    428: {"STALE"},
    429: {"LIMITED"},
    503: {"FAILED"},
}
"""What the ledger may call an attempt that was answered so. To a person in custody every refusal is one 404."""
DONE = frozenset({"DONE", "REPLAYED"})
PROBLEM = frozenset(
    {"type", "title", "status", "code", "failures", "errorCode", "userMessage", "developerMessage", "moreInfo"}
)
"""All that an outage may say, besides what to do now (rule 5)."""
DO_THIS_NOW = frozenset({"doThisNow", "doThisNowLanguage", "doThisNowInLanguageAsked"})
ONLY_IN_A_DATABASE = frozenset({"keys run out", "transactions are cleared"})
"""Timers that are SQL, and that the store that forgets therefore has not."""


@dataclass(slots=True)
class Counts:
    """What was told, to be printed."""

    steps: int = 0
    attempts: int = 0
    lines: int = 0
    kept: int = 0
    statuses: Counter[int] = field(default_factory=Counter[int])

    def __str__(self) -> str:
        answered = ", ".join(f"{status}: {n}" for status, n in sorted(self.statuses.items()))
        return f"{self.steps} steps, {self.attempts} attempts ({answered}), {self.lines} lines, {self.kept} changes"


def alone(answer: httpx.Response) -> httpx.Response:
    """The answer to a batch of one, as its item would have been answered by itself."""
    said = answer.json() if answer.is_success and "json" in answer.headers.get("content-type", "") else {}
    items: list[dict[str, Any]] = said.get("items", []) if isinstance(said, dict) else []
    if len(items) != 1 or not {"key", "status", "failures"} <= set(items[0]) or items[0]["status"] < 300:
        return answer
    told = dict.fromkeys(PROBLEM) | {"failures": items[0]["failures"], "status": items[0]["status"]}
    return httpx.Response(items[0]["status"], json=told)


@dataclass(frozen=True, slots=True)
class Answered:
    """An attempt, what was answered, and how many lines it must have."""

    attempt: Attempt
    answer: httpx.Response
    lines: int


@dataclass(frozen=True, slots=True)
class _Used:
    content: bytes | None
    path: str
    until: datetime


class Telling:
    """One world, step by step. `wrong` says what does not agree after a step; `heard` is all that was answered."""

    def __init__(self, world: World, reader: Reader, books: Books) -> None:
        self.world = world
        self.reader = reader
        self.books = books
        self.counts = Counts()
        self.sent: list[Attempt] = []
        self.heard: list[tuple[str, int, str]] = []
        self.stories: list[tuple[str, tuple[Any, ...]]] = []
        self._used: dict[tuple[str | None, str, str], _Used] = {}
        self._noted: dict[str, float] = {}
        self._pending: list[Answered] = []
        self._engine: Any = getattr(world.stage.store and world.stage.store.inner, "engine", None)
        self._bench: Bench = timers.bench_of(world.house.runtime, self._engine, None)

    @classmethod
    async def begun(cls, world: World, reader: Reader) -> "Telling":
        """A telling that begins with the store as it is."""
        return cls(world, reader, await reader.read())

    async def step(self, name: str, *given: Any) -> list[str]:
        """Do one step by name, and say what does not agree then."""
        self.counts.steps += 1
        self._pending = []
        # Each step draws ids of its own: a timer that one store has not, or an act that is run again, shifts no others.
        self.world.stage.random = Random(f"step {self.counts.steps}")
        await getattr(self, f"_{name}")(*given)
        self.stories.append((name, given))
        return await self._agreed()

    # --- the steps ---------------------------------------------------------------------------------------------------

    async def _attempt(self, attempt: Attempt) -> None:
        await self._send(await self._tagged(attempt))

    async def _again(self, number: int, by: str | None) -> None:
        """What was sent before, byte for byte, by its sender or by somebody else."""
        if self.sent:
            earlier = self.sent[number % len(self.sent)]
            await self._send(earlier if by is None else replace(earlier, by=by))

    async def _later(self, seconds: float) -> None:
        self.world.later(seconds=seconds)

    async def _outage(self, how: str, attempt: Attempt) -> None:
        """The ledger cannot be written, or nothing can be had at all, while somebody tries."""
        tagged = await self._tagged(attempt)
        setattr(self.world.seen, how, True)
        try:
            await self._send(tagged)
        finally:
            setattr(self.world.seen, how, False)

    async def _meanwhile(self, attempt: Attempt, other: Attempt) -> None:
        """Somebody else acts at the very instant before this attempt settles."""
        tagged, others = await self._tagged(attempt), await self._tagged(other)

        async def happens() -> None:
            await self._send(others)

        self.world.seen.meanwhile = happens
        await self._send(tagged)
        self.world.seen.meanwhile = None

    async def _spree(self, operation: Operation, by: str) -> None:
        """Somebody asks and asks, until his rate is spent and well beyond."""
        for _ in range(BURST + 10):
            await self._send(Attempt(operation, by, operation.path))

    async def _tick(self, number: int) -> None:
        """A timer of the service, or a worker's look for a job."""
        done: list[tuple[str, Callable[[], Awaitable[Any]]]] = [(t.name, t.do) for t in self._bench.ticks]
        done += [("jobs wait again", lambda: jobs.requeue(self._begin())), ("a job is done", self._a_job)]
        name, do = done[number % len(done)]
        if self._engine is not None or name not in ONLY_IN_A_DATABASE:
            with suppress(Raced):  # the next tick tries again
                await do()

    async def _a_job(self) -> None:
        job = await jobs.next_waiting(self._begin())
        if job is not None:
            await loop.run_one(self._bench, job.id)

    def _begin(self) -> Any:
        return service_begin(self.world.house.runtime)

    # --- sending -----------------------------------------------------------------------------------------------------

    async def _tagged(self, attempt: Attempt) -> Attempt:
        """With the tag that its sender reads now, where it wants one: reading is an attempt like any other."""
        if attempt.headers.get("If-Match") != TAG:
            return attempt
        answer = await self._send(Attempt(_reading(attempt.operation), attempt.by, attempt.place))
        tag = answer.headers.get("ETag", '"no-tag-was-given"')
        return replace(attempt, headers={**attempt.headers, "If-Match": tag})

    async def _send(self, attempt: Attempt) -> httpx.Response:
        well = not (self.world.seen.deaf or self.world.seen.gone)
        answer = await attempt.send(self.world)
        self._pending.append(Answered(attempt, answer, self._lines_of(attempt, answer, well)))
        self.sent.append(attempt)
        self.counts.attempts += attempt.by is not None
        self.counts.statuses[answer.status_code] += 1
        body = answer.json() if "json" in answer.headers.get("content-type", "") else answer.content
        if isinstance(body, dict) and "next" in body:
            body["next"] = body["next"] is not None  # a cursor is sealed anew each time
        told = f"{body} {answer.headers.get('ETag')} {answer.headers.get('Location')}"
        self.heard.append((str(attempt), answer.status_code, told))
        return answer

    def _lines_of(self, attempt: Attempt, answer: httpx.Response, well: bool) -> int:
        """How many lines this attempt must have: one, but for those who are nobody, for a look inside a watch that
        shows nothing new, for a rate that is spent, and for what could not be written."""
        if attempt.by is None or answer.status_code in (401, 304) or not well:
            return 0
        if answer.status_code != 429:
            return 1
        last, now = self._noted.get(attempt.by), self.world.stage.seconds
        if last is not None and now - last < 60:
            return 0
        self._noted[attempt.by] = now
        return 1

    # --- what must agree ---------------------------------------------------------------------------------------------

    async def _agreed(self) -> list[str]:
        before, self.books = self.books, await self.reader.read()
        lines = [line for line in self.books.since(before) if not line.of_the_service]
        self.counts.lines += len(self.books.lines) - len(before.lines)
        self.counts.kept += sum(self.books.records.get(p) != row for p, row in before.records.items())
        self.counts.kept += len(self.books.records.keys() - before.records.keys())
        wrong = reckoning.unlike(before, self.books)
        wrong += [w for told in self._pending for w in _shown(told)]
        due = [told for told in self._pending for _ in range(told.lines)]
        if len(due) != len(lines):
            tried = [f"{t.attempt} -> {t.answer.status_code}" for t in self._pending]
            found = [(line.entry["verb"], line.entry["outcome"]) for line in lines]
            return [*wrong, f"{len(due)} lines are due for {tried}, and the ledger has {found}"]
        wrong += self._paired(due, lines)
        return wrong

    def _paired(self, due: Sequence[Answered], lines: Sequence[Line]) -> list[str]:
        """Every attempt with its own line. A few were made at once: then one pairing without a fault is enough."""
        if len(due) > 4:
            return [w for told, line in zip(due, lines, strict=True) for w in self._line(told, line)]
        pairings = [[self._line(t, x) for t, x in zip(due, p, strict=True)] for p in permutations(lines)]
        best = min(pairings, key=lambda found: sum(map(len, found)), default=[])
        if not any(best):
            for told in due:
                self._remember(told)
        return [w for found in best for w in found]

    def _line(self, told: Answered, line: Line) -> list[str]:
        attempt, answer, entry = told.attempt, alone(told.answer), line.entry
        by, status = str(attempt.by), answer.status_code
        who = f"{attempt} -> {status} is written {entry['verb']} {entry['outcome']} {entry['code']}"
        allowed = OUTCOMES.get(status, set())
        if by in IN_CUSTODY and status == 404:
            allowed = {outcome for outcomes in OUTCOMES.values() for outcome in outcomes} - DONE
        wrong: list[str] = []
        if entry["outcome"] not in allowed:
            wrong.append(f"{who}, as another outcome")
        if entry["verb"] not in (str(attempt.operation.verb), "NONE"):
            wrong.append(f"{who}, as another verb")
        if entry["actor"] not in (None, str(actor_of(by))):
            wrong.append(f"{who}, as somebody else's")
        if entry["actor"] is None and not entry["closed"] and entry["verb"] != "GIVE_FEEDBACK":
            wrong.append(f"{who}, by nobody, in an open matter")
        if entry["changes"] and entry["outcome"] != "DONE":
            wrong.append(f"{who}, with a change")
        earlier = self._used.get(_place(attempt))
        if earlier is not None and status < 300 and self.world.now < earlier.until and entry["outcome"] != "REPLAYED":
            wrong.append(f"{who}, though its key was used")
        # Of two with one key at the same instant, either may find that the other used it.
        single = attempt.key is None or sum(_place(each.attempt) == _place(attempt) for each in self._pending) == 1
        if earlier is None and entry["outcome"] == "REPLAYED" and single:
            wrong.append(f"{who}, though its key is new")
        return wrong

    def _remember(self, told: Answered) -> None:
        attempt = told.attempt
        place = _place(attempt)
        if attempt.key is None or alone(told.answer).status_code >= 300:
            return
        life = timedelta(hours=24 if attempt.operation.verb in HANDED_IN else 72)
        earlier = self._used.get(place)
        if earlier is None or earlier.until <= self.world.now:
            self._used[place] = _Used(attempt.content, attempt.path, self.world.now + life)


def _place(attempt: Attempt) -> tuple[str | None, str, str]:
    """Where its key is its own: one sender's, at one address."""
    return attempt.by, attempt.operation.template, attempt.key or ""


def _shown(told: Answered) -> list[str]:
    """A server's fault is never an answer; and one without a line, from a known viewer, shows nothing of a record."""
    answer = alone(told.answer)
    wrong = [f"{told.attempt} -> {answer.status_code}"] if answer.status_code == 500 else []
    if answer.status_code == 503:
        said = set(answer.json())
        if not PROBLEM <= said <= PROBLEM | DO_THIS_NOW or answer.json()["failures"]:
            wrong.append(f"{told.attempt} -> 503 says {said}")
        if {"etag", "location", "link"} & set(answer.headers):
            wrong.append(f"{told.attempt} -> 503 has headers of a record")
    elif told.lines == 0 and told.attempt.by is not None and answer.status_code not in (304, 429):
        wrong.append(f"{told.attempt} -> {answer.status_code} without a ledger")
    return wrong


def _reading(move: Operation) -> Operation:
    """The operation that reads the record which this one moves."""
    return next(o for o in OPERATIONS if o.method == "GET" and o.template == move.record)

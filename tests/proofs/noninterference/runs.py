"""One world, run through a trace: the low steps and, in this world, what others do besides."""

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import parse_qs, quote, urlencode, urlsplit

from api.work.bench import service_begin
from api.work.loop import result_of
from domain.confidentiality.record import Record
from domain.life import watching_over
from domain.oversight import jobs
from domain.retention import ending, words
from domain.sessions import disputing, emptying, envelopes, expiring, mixing, watching
from domain.training import certificates
from persistence.memory import MemoryStore
from tests.proofs.noninterference.house import Heard, House
from tests.proofs.noninterference.state import Key, State, held
from tests.proofs.noninterference.traces import TICK, Step, Trace

NOBODYS = "00000000-0000-4000-8000-00000000dead"
"""Stands where an id was to be filled in and none was made."""
_TICK = Heard(0, (), b"")
_LATER = timedelta(minutes=20)
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Asked:
    """A request in the bytes in which it is sent."""

    method: str
    path: str
    query: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes | None = None

    def __str__(self) -> str:
        what = f"{self.method} {self.path}{'?' if self.query else ''}{self.query}"
        more = "".join(f"\n      {n}: {v}" for n, v in self.headers)
        return what + more + ("" if self.body is None else f"\n      {self.body.decode()}")


@dataclass(frozen=True, slots=True)
class Done:
    """What somebody else did: what he asked and heard, when, and the records before and after."""

    step: Step
    heard: Heard
    at: datetime
    before: Mapping[Key, Record]
    after: Mapping[Key, Record]


@dataclass(slots=True)
class Run:
    """What came of it. `high`: what others did."""

    store: MemoryStore
    asked: list[Asked] = field(default_factory=list[Asked])
    heard: list[Heard] = field(default_factory=list[Heard])
    states: list[Mapping[Key, Record]] = field(default_factory=list[Mapping[Key, Record]])
    high: list["Done"] = field(default_factory=list["Done"])
    log: str = ""
    requests: int = 0
    instants: list[datetime] = field(default_factory=list[datetime])

    def made_by_others(self) -> list[str]:
        """The ids of what others made, newest last."""
        return [where.rpartition("/")[2] for done in self.high if (where := done.heard.header("location"))]


class World:
    """A house with one state in it, while one trace runs."""

    def __init__(self, house: House, state: State, trace: Trace) -> None:
        self.house = house
        self.trace = trace
        self.run = Run(state.store())
        house.enter(self.run.store)
        self._tags: dict[str, list[str]] = {}
        self._next: str | None = None
        self._made: str = NOBODYS
        self._read: dict[tuple[str, str], str] = {}

    def to_the_end(self, *, others: bool, given: Sequence[Asked] | None = None, by: str | None = None) -> Run:
        """Run every step. `others`: what is done besides is that of the first world, else its twin. `given`: the bytes
        that were sent in the first world. `by`: who asks it instead of the viewer."""

        async def through() -> None:
            for index, step in enumerate(self.trace.steps):
                await self._low(index, step, others, given, by or self.trace.viewer)

        self.house.run(through())
        self.run.log = self.house.log.getvalue()
        return self.run

    async def _low(self, index: int, step: Step, others: bool, given: Sequence[Asked] | None, by: str) -> None:
        turn, stand, run = self.house.turn, self.house.stand, self.run
        turn.low = index
        during: Callable[[], Awaitable[None]] | None = None
        call = 0
        for number, high in enumerate(self.trace.highs):
            if high.at != index:
                continue
            happens = self._others(number, high.steps if others else high.twins)
            if high.call and step.method != TICK and during is None:
                during, call = happens, high.call
            else:
                await happens()
        fault = self.trace.fault
        stand.step(None if fault is None or fault[0] != index else fault[1])
        if during is not None:
            stand.meanwhile = (call, during)
        if step.method == TICK:
            stand.fails_at = None
            await self._tick()
            turn.passed += _HOUR
            asked, heard = Asked(TICK, ""), _TICK
        else:
            asked = given[index] if given is not None else self._filled_in(step)
            heard = await self._say(by, asked)
            self._remember(asked, heard)
        run.asked.append(asked)
        run.heard.append(heard)
        run.states.append(run.store.records)
        run.instants.append(turn.clock())
        if stand.meanwhile is not None:  # the step ended before that look: it happens now
            happens, stand.meanwhile = stand.meanwhile[1], None
            await happens()

    def _others(self, number: int, steps: Sequence[Step]) -> Callable[[], Awaitable[None]]:
        async def happens() -> None:
            turn, stand = self.house.turn, self.house.stand
            asked, fails_at = stand.asked, stand.fails_at
            for place, step in enumerate(steps):
                turn.high, turn.late = 10 * number + place, _LATER if step.late else timedelta(0)
                stand.step()
                before = self.run.store.records
                heard = await self._say(str(step.by), self._of_another(step))
                if (tag := heard.header("etag")) is not None:
                    self._read[str(step.by), _record(step.path)] = tag
                self.run.high.append(Done(step, heard, turn.clock(), before, self.run.store.records))
            turn.high, turn.late = None, timedelta(0)
            stand.asked, stand.fails_at = asked, fails_at

        return happens

    async def _say(self, by: str, asked: Asked) -> Heard:
        self.run.requests += 1
        return await self.house.say(by, asked.method, asked.path, asked.query, asked.headers, asked.body)

    def _filled_in(self, step: Step) -> Asked:
        others = self.run.made_by_others()
        path = step.path.replace("{made}", self._made).replace("{high}", others[-1] if others else NOBODYS)
        headers = list(step.headers)
        tags = self._tags.get(_record(path), [])
        if step.tag is not None and tags:
            headers.append(("if-match", tags[-1] if step.tag == "read" else tags[0]))
        query = list(step.query)
        if step.cursor and self._next is not None:
            query = [(n, v) for n, v in query if n != "cursor"] + [("cursor", self._next)]
        body = None if step.body is None else json.dumps(step.body).replace("{high}", others[-1] if others else NOBODYS)
        return Asked(
            step.method, quote(path), urlencode(query), tuple(headers), None if body is None else body.encode()
        )

    def _of_another(self, step: Step) -> Asked:
        others = self.run.made_by_others()
        path = step.path.replace("{high}", others[-1] if others else NOBODYS)
        tag = self._read.get((str(step.by), _record(path)))
        headers = (*step.headers, *((("if-match", tag),) if step.tag is not None and tag is not None else ()))
        body = None if step.body is None else json.dumps(step.body).encode()
        return Asked(step.method, path, urlencode(step.query), headers, body)

    def _remember(self, asked: Asked, heard: Heard) -> None:
        if (tag := heard.header("etag")) is not None:
            where = heard.header("location") or asked.path
            self._tags.setdefault(_record(where), []).append(tag)
        if (where := heard.header("location")) is not None:
            self._made = where.rpartition("/")[2]
        if (link := heard.header("link")) is not None:
            self._next = parse_qs(urlsplit(link[1:].partition(">")[0]).query)["cursor"][0]

    async def _tick(self) -> None:
        """The service's timers, once, and its jobs until none waits: how long one waits behind others' is time, and no
        answer (row 20)."""
        runtime = self.house.runtime
        timers = (
            watching_over.watch_over,
            watching.end_watches,
            certificates.lapse,
            ending.delete_what_is_over,
            words.shred,
        )
        for do in (expiring.expire, expiring.take_back, *timers, envelopes.delete_envelopes):
            await do(service_begin(runtime))
        await emptying.empty(lambda: service_begin(runtime), lambda place, plain: "c2VhbGVk")
        await disputing.reconcile(lambda: service_begin(runtime))
        await mixing.mix(lambda: service_begin(runtime))
        while (job := await jobs.next_waiting(service_begin(runtime))) is not None:
            await jobs.finish(service_begin(runtime), job, await result_of(runtime, job))


def _record(path: str) -> str:
    """The address of the record that a path is about: a move is named behind it."""
    parts = path.split("/")
    ids = [n for n, part in enumerate(parts) if len(part) == 36 and part.count("-") == 4]
    return "/".join(parts[: ids[-1] + 1]) if ids else path


def end_of(run: Run) -> dict[Key, Record]:
    """The records at the end."""
    return held(run.store)

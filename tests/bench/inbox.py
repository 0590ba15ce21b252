"""Events of the prison's systems through the inbox: how many a second, ten at a time, beside a plain insert of as many.

The source lies in this process, so that no queue's speed is in the figures; the consumer, the acts and PostgreSQL are
those of a worker. Three sorts of event: those from which nothing follows here, which are nearly all that the estate
tells; those of people who are known, followed by their own word; and the same where the prison's systems are asked
first, which answer in five milliseconds. Rounds are interleaved: ours, then the insert, then ours of the next sort.

Each round is counted afterwards: every event has its row in the inbox and its place in a line of the ledger, once.
"""

import asyncio
import time
from collections import deque
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import count
from typing import Any, Final
from uuid import uuid4

from api.messages.consumer import Consumer, Message
from api.messages.running import HANDS
from api.runtime import Runtime
from api.wiring.opening import opened
from api.work.bench import service_begin
from domain.confidentiality.entry import Family
from domain.kernel.whereabouts import InOut, Located
from domain.people.record import Person
from domain.ports import Kept, Scope
from persistence import driver
from tests.bench import estate, inproc
from tests.bench.jobs import WrongAnswer
from tests.bench.machine import Postgres
from tests.http.prison_events import SEARCH, located, notification
from tests.persistence import samples

TAKEN, FOLLOWED, ASKED = "taken in", "followed", "asked about first"
SORTS: Final = (TAKEN, FOLLOWED, ASKED)
MOST: Final = 10
PEOPLE: Final = 200
_ANSWER: Final = 0.005
"""Seconds until the prison's systems answer."""
_BATCHES: Final = {TAKEN: 200, FOLLOWED: 10, ASKED: 10}
"""How many batches of a sort make a round: enough for a second or so."""
_PLAIN: Final = "insert into bench_event select * from unnest($1::uuid[], $2::text[], $3::timestamptz[])"
_COUNTED: Final = """
    select (select count(*) from prison_event) as inbox, (
        select count(*) from ledger, jsonb_array_elements(convert_from(bytes, 'utf8')::jsonb -> 'changes') c
        where c ->> 'kind' = 'prison-event'
    ) as lines
"""


@dataclass(frozen=True, slots=True)
class Through:
    """One round of one sort: events a second through the inbox, and rows a second of the plain insert beside it."""

    sort: str
    round: int
    rate: float
    plain: float


class Source:
    """A queue in this process that holds what it was given, and takes nothing back."""

    def __init__(self, bodies: Sequence[str]) -> None:
        self.waits = deque(bodies)
        self.over = 0

    async def take(self) -> list[Message]:
        """The next ten."""
        some = [self.waits.popleft() for _ in range(min(MOST, len(self.waits)))]
        return [Message(str(n), body, str(n)) for n, body in enumerate(some)]

    async def done(self, messages: list[Message]) -> None:
        """These are over."""
        self.over += len(messages)

    async def later(self, message: Message, seconds: int) -> None:
        """None of these may wait."""
        raise WrongAnswer(f"an event waits for {seconds} seconds")


def number_of(person: int) -> str:
    """The number of one of the people of whom the events are."""
    return f"E{person:04d}ST"


@cache
def people(first: int = 0) -> list[Person]:
    """They are supporters of the estate who are active, from this one on."""
    return [
        samples.person(
            estate.supporter(n).prison,
            id=estate.supporter(n).person,
            person=estate.supporter(n).person,
            wing=estate.supporter(n).wing,
            identifier=number_of(n),
            name=estate.supporter(n).name,
        )
        for n in numbers(first)
    ]


def numbers(first: int = 0) -> list[int]:
    """The estate's numbers of them."""
    return [n for n in range(first, first + PEOPLE * 2) if n % 7][:PEOPLE]


async def known(runtime: Runtime, first: int = 0) -> None:
    """Put them into the database."""
    entry = samples.entry(actor=None, role="SERVICE", verb="TICK", family=Family.TICK)
    await runtime.store.settle(entry, [Kept(each, 0) for each in people(first)], Scope(None, True))


class Events:
    """What the estate tells, one after another, none twice."""

    def __init__(self) -> None:
        self._told = count()
        self._now = datetime.now(UTC)
        self.out: dict[str, bool] = {}

    def of(self, sort: str, many: int) -> list[str]:
        """So many of a sort."""
        return [self._one(sort, next(self._told)) for _ in range(many)]

    async def whereabouts(self, identifiers: Collection[str]) -> Mapping[str, Located | None]:
        """Where they are, as the systems answer: what was told last is so."""
        await asyncio.sleep(_ANSWER)
        prisons = {each.identifier: each.prison for each in people()}
        return {n: self._at(n, prisons[n]) for n in identifiers}

    def _at(self, number: str, prison: str) -> Located:
        if self.out.get(number):
            return located(prison, InOut.OUT, last_movement="CRT")
        return located(prison)

    def _one(self, sort: str, told: int) -> str:
        at = self._now + timedelta(milliseconds=told)
        if sort == TAKEN:
            type = f"{SEARCH}received" if told % 2 else "person.case-note.created"
            number = f"Z{told % 10_000:04d}ZZ"
            return notification(type, at, id=str(told), of=number, reason="TRANSFERRED", prisonId="LEI")
        person = people()[told % PEOPLE]
        back = self.out.get(person.identifier, False)
        self.out[person.identifier] = not back
        what, why = ("received", "RETURN_FROM_COURT") if back else ("released", "SENT_TO_COURT")
        return notification(
            f"{SEARCH}{what}", at, id=str(told), of=person.identifier, reason=why, prisonId=person.prison
        )


async def measured(postgres: Postgres, issuers: str, rounds: int) -> list[Through]:
    """All rounds. Raises `WrongAnswer`."""
    postgres.sql("create table bench_event (id uuid primary key, type text not null, occurred_at timestamptz not null)")
    events, found, told = Events(), list[Through](), 0
    plain = await driver.connect(postgres.owner_url, timeout=5)
    try:
        async with opened(inproc.settings(postgres.app_url, issuers)) as service:
            runtime = service.runtime
            await known(runtime)
            for number in range(-1, rounds):
                for sort in SORTS:
                    many = _BATCHES[sort]
                    bodies = events.of(sort, many * MOST)
                    rate = await _ours(runtime, bodies, events if sort == ASKED else None)
                    told += len(bodies)
                    beside = await _inserted(plain, many)
                    if number >= 0:
                        found.append(Through(sort, number, rate, beside))
            counted = await plain.fetchrow(_COUNTED)
    finally:
        await plain.close()
    if (counted["inbox"], counted["lines"]) != (told, told):
        raise WrongAnswer(f"{told} events, {counted['inbox']} in the inbox, {counted['lines']} told of in the ledger")
    return found


async def _ours(runtime: Runtime, bodies: Sequence[str], asked: Events | None) -> float:
    source = Source(bodies)
    where = None if asked is None else asked.whereabouts
    consumer = Consumer(source, lambda: service_begin(runtime), "EW", where)

    async def hand() -> None:
        while source.waits:
            await consumer.once()

    start = time.perf_counter()
    await asyncio.gather(*(hand() for _ in range(HANDS)))
    seconds = time.perf_counter() - start
    if source.over != len(bodies):
        raise WrongAnswer(f"{len(bodies)} events, and {source.over} were done with")
    return len(bodies) / seconds


async def _inserted(plain: Any, batches: int) -> float:
    at = datetime.now(UTC)
    rows = [([uuid4() for _ in range(MOST)], ["some.event"] * MOST, [at] * MOST) for _ in range(batches)]
    start = time.perf_counter()
    for row in rows:
        await plain.execute(_PLAIN, *row)
    return batches * MOST / (time.perf_counter() - start)

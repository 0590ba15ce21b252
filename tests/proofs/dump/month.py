"""A month of the Listeners in a prison of three wings, played over HTTP with the service's own timers, and what
somebody outside knows of it: the movement log, the rota, who was on duty.

What is told of each contact is drawn from a seed. Of each the truth is known by a mark that no attack is given: its
tally's concerns, and the wait until it was offered.
"""

import itertools
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from api.wiring import timers
from domain.sessions.codes import Concern, DurationBand
from domain.sessions.request import Request
from persistence import migrate
from persistence.engine import open_engine
from persistence.keys import Keys, generate
from persistence.sealing import Outside
from persistence.store import PostgresStore
from tests import servers
from tests.http import tale
from tests.http.tale import done
from tests.http.world import World, opened, theatre
from tests.servers import Urls

FIRST = datetime(2027, 1, 1, tzinfo=UTC)
MIXED = datetime(2027, 2, 3, 0, 5, tzinfo=UTC)
WINGS = ("MDI-A", "MDI-B", "MDI-C")
PEOPLE = tuple(f"A42{n:02d}ZX" for n in range(9))
P = PEOPLE[0]
"""Of whom one wants to know."""
_OFFICERS = {"MDI-A": "officer", "MDI-B": "second-officer", "MDI-C": "second-officer"}
MARKS = 16
"""How many waits there are until an offer, of five minutes each."""
_MARKS = [c for size in (1, 2, 3) for c in itertools.combinations(sorted(Concern), size)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """What happened, as the movement log has it; and the marks by which the test alone knows whose row is whose."""

    number: int
    request: str
    asked_at: datetime
    unlocked_at: datetime | None
    ended_at: datetime
    handed_in_at: datetime | None
    minutes: int
    person: str
    wing: str
    supporter: str | None
    author: str
    night: bool
    concerns: tuple[str, ...]
    minutes_to_offer: int
    minutes_to_accept: int | None
    minutes_to_unlock: int | None

    @property
    def part(self) -> str:
        """The half of the day."""
        return "NIGHT" if self.night else "DAY"

    @property
    def duration(self) -> str:
        """The band of how long it was."""
        for end, band in ((15, "UNDER_15"), (30, "FROM_15_TO_30"), (60, "FROM_30_TO_60"), (120, "FROM_60_TO_120")):
            if self.minutes < end:
                return band
        return DurationBand.OVER_120.value


@dataclass(frozen=True, slots=True)
class Played:
    """The world after its month, and what happened in it."""

    world: World
    urls: Urls
    contacts: tuple[Contact, ...]


@asynccontextmanager
async def played(count: int, *, mixed: bool = True, seed: int = 11) -> AsyncGenerator[Played]:
    """So many contacts, by day and by night in turn, in a database of their own; mixed, unless it is said otherwise."""
    urls = servers.create_database("18")
    await migrate.upgrade(urls.owner_url)
    store = PostgresStore(await open_engine(urls.app_url, size=4), Keys.parse(generate()), theatre().stage.clock)
    try:
        async with opened(store) as world:
            month = _Month(world, store, Random(seed))
            contacts = await month.play(count)
            if mixed:
                world.at(MIXED)
                await month.ticked()
            yield Played(world, urls, contacts)
    finally:
        await store.close()
        servers.drop_database(urls)


class _Month:
    def __init__(self, world: World, store: PostgresStore, random: Random) -> None:
        self._world = world
        self._random = random
        seal = Outside(X25519PrivateKey.generate().public_key(), X25519PrivateKey.generate().public_key()).seal
        self._ticks = timers.bench_of(world.house.runtime, store.engine, seal).ticks
        self._keys = itertools.count()
        self._marks = random.sample(_MARKS, len(_MARKS))
        self._waits = [[5 * n for n in random.sample(range(MARKS), MARKS)] for _ in range(2)]
        self._waiting: list[tuple[datetime, str, dict[str, Any]]] = []

    async def play(self, count: int) -> tuple[Contact, ...]:
        """One after another; what is handed in comes hours later, between others."""
        self._world.at(FIRST)
        await self.ticked()
        contacts = [await self._contact(n, begins) for n, begins in enumerate(self._begins(count))]
        await self._until(MIXED - timedelta(hours=10))
        assert not [r for r in await self._world.records(Request, closed=True) if r.asked_at >= FIRST]
        self._world.at(MIXED - timedelta(hours=1))
        await tale.on_duty(self._world)
        await tale.asked(self._world, key=self._key(), recipient=P)  # of the next month, and alive in the dump
        return tuple(contacts)

    def _begins(self, count: int) -> Iterator[datetime]:
        step = timedelta(days=30) / ((count + 1) // 2)
        for n in range(count):
            # A night's from midnight on, a day's from its longest band on: each is over while it may still be read.
            day = (FIRST + step * (n // 2)).replace(hour=0, minute=0, second=0, microsecond=0)
            yield day + timedelta(hours=13.75 * (n % 2), minutes=self._random.randrange(10), seconds=n % 60)

    async def _contact(self, number: int, begins: datetime) -> Contact:
        world, draw = self._world, self._random
        await self._until(begins)
        wing, person = draw.choice(WINGS), PEOPLE[0] if number % 6 == 0 else draw.choice(PEOPLE[1:])
        officer = _OFFICERS[wing]
        asked_at = world.now
        await tale.on_duty(world, officer, wing)
        path = await tale.asked(
            world, officer, self._key(), wing=wing, recipient=person, cell=f"{wing[-1]}-1-0{number:02d}"
        )
        mark = self._waits[number % 2][number // 2 % MARKS]
        await self._look_about()
        await self._until(asked_at + timedelta(minutes=mark))
        await tale.on_duty(world, officer, wing)
        offered = await done(world[officer], path, "offer")
        unmet = number % 9 == 8
        told: dict[str, Any] = dict.fromkeys(("unlocked_at", "supporter", "minutes_to_accept", "minutes_to_unlock")) | {
            "minutes": 0
        }
        if unmet:
            world.later(minutes=draw.randrange(1, 9))
            await done(world[officer], path, "refuse", {"code": "NIGHT_STATE", "alternative": "NONE"})
        else:
            told = await self._met(path, officer, wing, offered["offeredTo"])
        ended_at = world.now
        concerns = self._marks[number % len(_MARKS)]
        handed_in_at = None
        if not unmet and number % 12 != 5:
            handed_in_at = ended_at + timedelta(minutes=draw.randrange(10, 900))
            if number % 10 == 3:  # On the last day on which the month is open: the keys of these are there yet.
                handed_in_at = MIXED - timedelta(hours=14, minutes=number)
        contact = Contact(
            number=number,
            request=path.rpartition("/")[2],
            asked_at=asked_at,
            ended_at=ended_at,
            handed_in_at=handed_in_at,
            person=person,
            wing=wing,
            author=officer,
            night=number % 2 == 0,
            concerns=concerns,
            minutes_to_offer=mark,
            **told,
        )
        if handed_in_at is not None:
            self._hands_in(contact, handed_in_at)
        return contact

    async def _met(self, path: str, officer: str, wing: str, offered_to: str) -> dict[str, Any]:
        world, draw = self._world, self._random
        accept, unlock = draw.randrange(1, 20), draw.randrange(3, 40)
        world.later(minutes=accept)
        await done(world[officer], path, "answer", {"accepted": True})
        world.later(minutes=unlock)
        await done(world[officer], path, "unlock", {"place": "LISTENER_SUITE"})
        unlocked_at, minutes = world.now, draw.choice((9, 22, 41, 80, 165))
        world.later(minutes=minutes)
        await tale.on_duty(world, officer, wing)
        await done(world[officer], path, "complete")
        waits = {"minutes_to_accept": accept, "minutes_to_unlock": unlock}
        return {"unlocked_at": unlocked_at, "minutes": minutes, "supporter": offered_to, **waits}

    def _hands_in(self, contact: Contact, at: datetime) -> None:
        body = {
            "month": f"{FIRST:%Y-%m}",
            "part": contact.part,
            "duration": contact.duration,
            "concerns": list(contact.concerns),
            "firstTime": self._random.choice(("YES", "NO", "UNKNOWN")),
            "suicidalFeelings": self._random.choice(("YES", "NO")),
        }
        by = "samaritan" if contact.number % 5 == 0 else "listener"
        self._waiting.append((at, by, body))
        self._waiting.sort(key=lambda each: each[0])

    async def _until(self, instant: datetime) -> None:
        """Time goes on: what is written down is handed in at its minute; timers tick after each night and each day."""
        world = self._world
        while world.now < instant:
            step = min(instant, _next_ticking(world.now))
            if self._waiting and self._waiting[0][0] <= step:
                at, by, body = self._waiting.pop(0)
                world.at(max(world.now, at))
                answer = await world[by].post("/v1/tallies", body, key=self._key())
                assert answer.status_code == 201, answer.text
                continue
            world.at(step)
            if step < instant:
                await self.ticked()

    async def ticked(self) -> None:
        """The service's own timers, as a worker runs them."""
        for tick in self._ticks:
            await tick.do()

    async def _look_about(self) -> None:
        """What else goes on: looks that leave lines with their minute."""
        world = self._world
        for name in self._random.sample(("coordinator", "governor", "hub", "safer"), 2):
            await world[name].get("/v1/schemes")

    def _key(self) -> str:
        return f"a-month-of-keys-{next(self._keys):06d}"


def _next_ticking(after: datetime) -> datetime:
    day = after.replace(hour=0, minute=0, second=0, microsecond=0)
    return next(at for hours in (10, 20, 34) if (at := day + timedelta(hours=hours)) > after)

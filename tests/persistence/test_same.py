"""The store that forgets and the one that does not: the same questions in the same order get the same answers."""

import asyncio
import dataclasses
import random
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.confidentiality.record import Record
from domain.confidentiality.within import Within
from domain.ports import Kept, KeyUse, Query, Scope
from domain.records import KINDS
from domain.sessions.record import SessionState
from domain.supporters.record import Standing
from persistence.memory import MemoryStore
from persistence.store import PostgresStore
from tests.persistence import samples
from tests.persistence.conftest import opened
from tests.persistence.samples import NOW, entry, look
from tests.servers import Urls

STEPS = 50


@pytest.fixture(scope="module")
def both(ready: Urls) -> Iterator[tuple[asyncio.Runner, PostgresStore]]:
    """A loop, and a store in PostgreSQL that lives in it."""
    with asyncio.Runner() as runner:
        store = runner.run(opened(ready))
        yield runner, store
        runner.run(store.close())


class Story:
    """Steps drawn from a seed. Small pools, so that versions, bookings, applications and keys meet each other; but
    every telling has ids of its own, since the database remembers the last one."""

    def __init__(self, seed: int) -> None:
        self.draw = random.Random(seed)
        self.ids = [uuid4() for _ in range(6)]
        self.prisons = [samples.new_prison() for _ in range(2)]
        self.made: list[Record] = []
        self.uses: list[KeyUse] = []

    def step(self) -> tuple[str, dict[str, Any]]:
        """What to ask both stores."""
        draw = self.draw
        what = draw.choice(["new", "new", "new", "change", "change", "find", "find", "get", "erase", "several", "used"])
        match what:
            case "new":
                kept = [Kept(self._record(), 0)]
            case "change" | "erase" if self.made:
                kept = [self._changed(erased=what == "erase")]
            case "several" if self.made:
                kept = [self._changed(erased=False), Kept(self._record(), 0)]
            case "get" if self.made:
                record = draw.choice(self.made)
                return "get", {"kind": type(record), "id": record.id, "look": self._look(type(record))}
            case "used" if self.uses:
                use = draw.choice(self.uses)
                return "used", {"actor": use.actor, "route": use.route, "key": use.key}
            case _:
                return self._find()
        key = self._use() if draw.random() < 0.4 else None
        scope = Scope(frozenset(draw.sample(self.prisons, draw.choice([1, 2, 2, 2]))), True)
        return "settle", {"entry": self._entry(), "kept": kept, "scope": scope, "key": key}

    def _record(self) -> Record:
        draw, prison = self.draw, self.draw.choice(self.prisons)
        id: Any = uuid4()
        start = NOW + timedelta(minutes=draw.randrange(0, 60, 10))
        make: list[tuple[Any, dict[str, Any]]] = [
            (
                samples.session,
                {
                    "person": draw.choice(self.ids),
                    "supporter_person": draw.choice(self.ids),
                    "state": draw.choice(list(SessionState)),
                    "starts_at": start,
                    "ends_at": start + timedelta(minutes=15),
                },
            ),
            (
                samples.supporter,
                {
                    "scheme": draw.choice(self.ids[:2]),
                    "person": draw.choice(self.ids[:2]),
                    "standing": draw.choice([Standing.APPLIED, Standing.ACTIVE]),
                },
            ),
            (samples.assignment, {"holder": draw.choice(self.ids[:2]), "scheme": draw.choice([None, self.ids[0]])}),
            (samples.scheme, {"scheme": id, "review_on": draw.choice([None, NOW.date()])}),
            (samples.person, {"person": id, "identifier": f"{self.prisons[0]}{draw.randrange(3)}"}),
        ]
        maker, given = draw.choice(make)
        record = maker(prison, id=id, **given)
        self.made.append(record)
        return record

    def _changed(self, *, erased: bool) -> Kept:
        record: Any = self.draw.choice(self.made)
        return Kept(dataclasses.replace(record), self.draw.choice([1, 1, 1, 2, 3]), erased=erased)

    def _use(self) -> KeyUse:
        if self.uses and self.draw.random() < 0.5:
            return self.draw.choice(self.uses)
        until = NOW + timedelta(hours=self.draw.choice([0, 72]))
        key = f"{self.draw.getrandbits(64)}"
        self.uses.append(
            samples.use(actor=self.ids[0], key=key, subject=self.draw.choice([None, self.ids[1]]), until=until)
        )
        return self.uses[-1]

    def _find(self) -> tuple[str, dict[str, Any]]:
        draw = self.draw
        kind = draw.choice(
            [KINDS[k] for k in ("session", "supporter", "assignment", "scheme", "person", "ledger-line")]
        )
        orders = {"session": ["starts_at", "state"], "supporter": ["standing"], "scheme": ["review_on", "name"]}
        order = draw.choice([None, *orders.get(kind.shape.kind, [])])
        after = None
        known = [r for r in self.made if type(r) is kind]
        if known and draw.random() < 0.4:
            last = draw.choice(known)
            after = (getattr(last, order) if order else None, last.id)
        query = Query(
            equal={"prison": draw.choice(self.prisons)}, order=order, after=after, limit=draw.choice([1, 3, 50])
        )
        return "find", {"kind": kind, "query": query, "look": self._look(kind)}

    def _look(self, kind: type[Record]) -> Any:
        draw = self.draw
        prisons = draw.choice([None, frozenset(self.prisons), frozenset(self.prisons[:1])])
        who = samples.viewer(prisons=prisons, jurisdictions=frozenset({"EW"}), schemes=None)
        reach = draw.choice([(), Within.OWN_PRISON.value])
        return look(reach, by=who, scope=Scope(prisons, draw.random() < 0.8))

    def _entry(self) -> Any:
        id: Any = uuid4()
        return entry(id=id, actor=self.ids[0], prison=self.draw.choice(self.prisons), closed=self.draw.random() < 0.5)


@settings(max_examples=15, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**64))
def test_both_stores_answer_alike(both: tuple[asyncio.Runner, PostgresStore], seed: int) -> None:
    """Fifty steps a story: what is found, what is refused and by which rule, which keys are used."""
    runner, postgres = both

    async def tell() -> None:
        memory, story = MemoryStore(), Story(seed)
        await memory.abandon(entry())  # the store that forgets learns the time from what it is told
        for number in range(STEPS):
            name, given = story.step()
            answers: list[Any] = []
            for store in (memory, postgres):
                try:
                    answers.append(await getattr(store, name)(**given))
                except Exception as error:
                    answers.append((type(error).__name__, getattr(error, "rule", None)))
            assert answers[0] == answers[1], (number, name, given)

    runner.run(tell())


def test_the_stories_have_something_to_tell(both: tuple[asyncio.Runner, PostgresStore]) -> None:
    """The property above would hold of empty answers: so in a few stories every ending that there is occurs."""
    runner, _ = both
    endings: set[str] = set()

    async def tell(seed: int) -> None:
        memory, story = MemoryStore(), Story(seed)
        await memory.abandon(entry())
        for _ in range(STEPS):
            name, given = story.step()
            try:
                answer = await getattr(memory, name)(**given)
                endings.add(f"{name} {'something' if answer else 'nothing'}")
            except Exception as error:
                endings.add(type(error).__name__ + str(getattr(error, "rule", "")))

    for seed in range(60):
        runner.run(tell(seed))
    assert endings >= {
        *("find something", "find nothing", "get something", "get nothing", "used something", "used nothing"),
        *("Raced", "ClashNOT_AVAILABLE", "ClashALREADY_APPLIED", "ClashALREADY_ASSIGNED", "KeyInFlight", "Fault"),
        "settle nothing",
    }

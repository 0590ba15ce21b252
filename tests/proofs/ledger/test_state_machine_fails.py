"""What the state machine reckons with finds what is wrong: one fault a test, put into a store that is well or into the
code above it. Most are shown by one short story, told step by step; of a few Hypothesis finds the story by itself."""

import asyncio
import dataclasses
from collections.abc import Callable, Iterator, Sequence
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import Phase, settings

from api.edge.gate import Gate
from domain.act import Act
from domain.confidentiality.entry import Entry
from domain.kernel.errors import Unavailable
from domain.ports import Kept, KeyUse, Letter, Raced, Scope
from persistence.memory import MemoryStore
from persistence.store import PostgresStore
from tests.http.operations import operation
from tests.http.watched import Watched
from tests.http.world import actor_of
from tests.proofs.ledger import house
from tests.proofs.ledger.attempts import TWISTS, Drawn, example
from tests.proofs.ledger.telling import Telling
from tests.proofs.ledger.test_state_machine import COMMON, InMemory, InPostgres, tell

SHORT = settings(
    **COMMON,
    derandomize=True,
    max_examples=80,
    stateful_step_count=40,
    phases=[Phase.generate],
    report_multiple_bugs=False,
)


@pytest.fixture(scope="module")
def runner() -> Iterator[asyncio.Runner]:
    """One loop for all stories."""
    with asyncio.Runner() as made:
        yield made


class Faulty(MemoryStore):
    """A store that does everything through `_settle`, so that a fault is one method."""

    async def settle(
        self,
        entry: Entry,
        kept: Sequence[Kept],
        scope: Scope,
        key: KeyUse | None = None,
        letters: Sequence[Letter] = (),
    ) -> None:
        await self._settle(entry, kept, scope, key, letters)

    async def _settle(self, entry: Entry, kept: Any, scope: Any, key: Any, letters: Any) -> None:
        await super().settle(entry, kept, scope, key, letters)


class ForgetsTheEntry(Faulty):
    async def _settle(self, entry: Entry, kept: Any, scope: Any, key: Any, letters: Any) -> None:
        await super()._settle(entry, kept, scope, key, letters)
        if kept:
            self.entries.pop()


class ForgetsTheRecord(Faulty):
    async def _settle(self, entry: Entry, kept: Any, scope: Any, key: Any, letters: Any) -> None:
        await super()._settle(entry, kept[1:], scope, key, letters)


class ForgetsTheLetter(Faulty):
    async def _settle(self, entry: Entry, kept: Any, scope: Any, key: Any, letters: Any) -> None:
        await super()._settle(entry, kept, scope, key, ())


class SkipsAVersion(Faulty):
    async def _settle(self, entry: Entry, kept: Any, scope: Any, key: Any, letters: Any) -> None:
        await super()._settle(entry, kept, scope, key, letters)
        for one in kept:
            place = (one.record.shape.kind, one.record.id)
            if one.before and place in self.records:
                record: Any = self.records[place]
                self.records = {**self.records, place: dataclasses.replace(record, version=one.before + 2)}


class WritesTheLineOfARaceThatWasLost(Faulty):
    async def _settle(self, entry: Entry, kept: Any, scope: Any, key: Any, letters: Any) -> None:
        try:
            await super()._settle(entry, kept, scope, key, letters)
        except Raced:
            await self.abandon(dataclasses.replace(entry, changes=()))
            raise


class HonoursNoKey(Faulty):
    async def used(self, actor: Any, route: str, key: str) -> KeyUse | None:
        return None

    async def _settle(self, entry: Entry, kept: Any, scope: Any, key: Any, letters: Any) -> None:
        await super()._settle(entry, kept, scope, None, letters)


class NamesWhoAsks(Faulty):
    async def _settle(self, entry: Entry, kept: Any, scope: Any, key: Any, letters: Any) -> None:
        if entry.closed and entry.actor is None:
            named: Any = actor_of("arthur")
            entry = dataclasses.replace(entry, actor=named)
        await super()._settle(entry, kept, scope, key, letters)


class TellsTheMinute(Faulty):
    async def _settle(self, entry: Entry, kept: Any, scope: Any, key: Any, letters: Any) -> None:
        await super()._settle(dataclasses.replace(entry, at=entry.at.replace(minute=7)), kept, scope, key, letters)


class WritesAClosedMatterAsAnOpenOne(Faulty):
    async def _settle(self, entry: Entry, kept: Any, scope: Any, key: Any, letters: Any) -> None:
        await super()._settle(dataclasses.replace(entry, closed=False), kept, scope, key, letters)


class WritesNoRefusal(Faulty):
    async def abandon(self, entry: Entry) -> None:
        return None


class WritesEachRefusalTwice(Faulty):
    async def abandon(self, entry: Entry) -> None:
        other: Any = uuid4()
        await super().abandon(entry)
        await super().abandon(dataclasses.replace(entry, id=other))


class WritesOneIdTwice(Faulty):
    async def abandon(self, entry: Entry) -> None:
        await super().abandon(entry)
        await super().abandon(entry)


class RewritesTheLedger(Faulty):
    async def abandon(self, entry: Entry) -> None:
        self.entries = [dataclasses.replace(e, code="made better") for e in self.entries]
        await super().abandon(entry)


FAULTY = [kind for kind in Faulty.__subclasses__() if kind is not Faulty]


STORY = (
    *("getScheme", "listSupporters", "createScheme", "amendSupporter", "suspendScheme", "openWatch"),
    *("askForSupport", "offerRequest", "handInTally", "giveFeedback", "proposeAssignment"),
)


async def told_in_short(kind: type[MemoryStore]) -> list[str]:
    """A short story of each sort of act: done twice with one key, by whom it is for and by who never does it;
    a man who asks for himself; two at once; an outage; a rate spent. What did not agree."""
    async with house.in_memory(kind) as (world, reader):
        telling = await Telling.begun(world, reader)
        wrong: list[str] = []
        key = TWISTS["a key"]
        for number, name in enumerate(STORY):
            of = operation(name)
            attempt = key(example(of, of.example.by, number), Drawn(telling.books, [], number))
            wrong += await telling.step("attempt", attempt)
            wrong += await telling.step("again", len(telling.sent) - 1, None)
            wrong += await telling.step("attempt", example(of, "nobody", number))
        ask = example(operation("askForSupport"), "arthur", 1000)
        wrong += await telling.step("attempt", TWISTS["nobody named"](ask, Drawn(telling.books, [], 0)))
        amend = example(operation("amendScheme"), "coordinator", 1001)
        wrong += await telling.step("meanwhile", amend, amend)
        wrong += await telling.step("outage", "deaf", example(operation("createScheme"), "coordinator", 1002))
        return wrong + await telling.step("spree", operation("listSchemes"), "officer")


async def test_a_store_without_a_fault_has_nothing_wrong() -> None:
    """The short story itself, so that what follows is the faults' doing."""
    assert await told_in_short(MemoryStore) == []
    assert await told_in_short(Faulty) == []


@pytest.mark.parametrize("kind", FAULTY, ids=lambda kind: kind.__name__)
async def test_a_store_with_a_fault_is_found_out(kind: type[Faulty]) -> None:
    """Each of these stores does one thing wrong, and the story tells it."""
    assert await told_in_short(kind)


@pytest.mark.parametrize("kind", [ForgetsTheEntry, WritesTheLineOfARaceThatWasLost, SkipsAVersion])
def test_the_machine_finds_a_fault_by_itself(runner: asyncio.Runner, kind: type[Faulty]) -> None:
    """Without a story given to it."""
    with pytest.raises(AssertionError):
        tell(runner, InMemory, SHORT, opened=staticmethod(lambda: house.in_memory(kind)))


async def _shows_what_it_could_not_write_down(
    self: Act, error: BaseException | None, end: Callable[..., Any] = Act.end
) -> None:
    try:
        await end(self, error)
    except Unavailable:
        return


async def _keeps_what_it_could_not_write_down(
    self: Watched, entry: Entry, kept: Any, *more: Any, settle: Callable[..., Any] = Watched.settle
) -> None:
    if self.seen.deaf:
        inner: Any = self.inner
        if isinstance(inner, MemoryStore):
            await inner.settle(entry, kept, *more)
            inner.entries.pop()
    await settle(self, entry, kept, *more)


async def _notes_every_429(self: Gate, caller: object, key: object) -> None:
    await self._notes.on_limited(caller)


async def _notes_no_429(self: Gate, caller: object, key: object) -> None:
    return None


@pytest.mark.parametrize(
    ("place", "name", "fault"),
    [
        (Act, "end", _shows_what_it_could_not_write_down),
        (Watched, "settle", _keeps_what_it_could_not_write_down),
        (Gate, "_note_limited", _notes_every_429),
        (Gate, "_note_limited", _notes_no_429),
    ],
    ids=["shown without a line", "kept without a line", "a line for every 429", "no line for any 429"],
)
async def test_a_fault_above_the_store_is_found_out(
    monkeypatch: pytest.MonkeyPatch, place: Any, name: str, fault: Any
) -> None:
    """The same for what is done before and after a store is asked."""
    monkeypatch.setattr(place, name, fault)
    assert await told_in_short(MemoryStore)


class TurnsListsRound(PostgresStore):
    async def find(self, kind: Any, query: Any, look: Any) -> Any:
        return list(reversed(await super().find(kind, query, look)))


def test_two_stores_that_answer_otherwise_are_found_out(runner: asyncio.Runner) -> None:
    """Nothing is wrong with the ledger of a store that gives its lists the other way round; but it is not the same."""
    with pytest.raises(AssertionError, match=r"(?s)PostgreSQL: .*memory: "):
        tell(runner, InPostgres, SHORT, opened=staticmethod(lambda: house.in_postgres(TurnsListsRound)))

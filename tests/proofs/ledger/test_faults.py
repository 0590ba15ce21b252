"""A fault at every SQL statement of every operation (R3): all of an act or none, nothing shown, and one effect in the
end."""

import dataclasses
import os
from typing import Any
from uuid import uuid4

import pytest

from domain.act import Act
from domain.confidentiality.entry import Entry
from domain.kernel.errors import Unavailable
from domain.ports import KeyUse
from persistence.engine import Engine
from persistence.store import PostgresStore
from tests import servers
from tests.http.operations import OPERATIONS, operation
from tests.proofs.ledger.attempts import Attempt
from tests.proofs.ledger.faulty import Kind
from tests.proofs.ledger.striking import NEWCOMER, Scene, scene

KINDS = list(Kind)
SEED = int(os.environ.get("PROOF_SEED", "0"))
"""With which kind of fault each statement begins: another number is another turn of the same wheel."""
FIRST_SEEN = Attempt(operation("getMe"), NEWCOMER, "/v1/me")
"""Of somebody whom nobody knows a row is made before he acts."""


async def struck(where: Scene, turn: int | None) -> list[str]:
    """All operations, and what did not hold of any."""
    wrong: list[str] = []
    for number, of in enumerate(OPERATIONS):
        wrong += await where.strike(of, KINDS, None if turn is None else turn + number)
    return wrong + await where.strike_attempt("first seen", FIRST_SEEN, KINDS, turn)


def complete(where: Scene, *, kinds: int) -> None:
    """That no operation, no statement and, where all were meant, no kind of fault was left out."""
    print(f"PostgreSQL {where.database.urls.version}: {where.struck}")
    assert where.struck.statements.keys() == {*(of.name for of in OPERATIONS), "first seen"}
    all_of_them = kinds == len(KINDS)
    meant = {n: sent for n, sent in where.struck.statements.items() if all_of_them or where.struck.like(n) == n}
    due = {(name, at): kinds for name, sent in meant.items() for at in range(len(sent))}
    done: dict[tuple[str, int], set[Kind]] = {}
    for name, at, kind in where.struck.done:
        done.setdefault((name, at), set()).add(kind)
    assert {place: len(found) for place, found in done.items()} == due
    assert {kind for found in done.values() for kind in found} == set(Kind)


async def test_a_fault_at_any_statement_leaves_all_of_an_act_or_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """On each way that an operation goes through the database each statement goes wrong once, in one of six ways by
    turns; those of each operation do so at night. The answer is 503 and shows
    nothing (or the act is run again, and is done); record, entry and key are all there or none of them; sent again it
    is done exactly once; and every connection can be used afterwards."""
    async with scene(monkeypatch) as where:
        wrong = await struck(where, SEED)
        assert not wrong, "\n".join(wrong)
        complete(where, kinds=1)


@pytest.mark.nightly
@pytest.mark.parametrize("version", servers.VERSIONS)
async def test_every_fault_at_any_statement_leaves_all_of_an_act_or_none(
    monkeypatch: pytest.MonkeyPatch, version: str
) -> None:
    """The same in each of the six ways, on each version."""
    async with scene(monkeypatch, version) as where:
        wrong = await struck(where, None)
        assert not wrong, "\n".join(wrong)
        complete(where, kinds=len(KINDS))


# --- faults of our own -----------------------------------------------------------------------------------------------


class WritesTheLineByItself(PostgresStore):
    """A line in a transaction of its own, before the change has one too."""

    async def settle(self, entry: Entry, kept: Any, scope: Any, key: KeyUse | None = None, letters: Any = ()) -> None:
        if kept:
            await self.abandon(entry)
            entry = self.another(entry)
        await super().settle(entry, kept, scope, key, letters)

    def another(self, entry: Entry) -> Entry:
        other: Any = uuid4()
        return dataclasses.replace(entry, id=other, changes=())


class HonoursNoKey(PostgresStore):
    """Every time is the first."""

    async def settle(self, entry: Entry, kept: Any, scope: Any, key: KeyUse | None = None, letters: Any = ()) -> None:
        await super().settle(entry, kept, scope, None, letters)


async def _shows(self: Act, error: BaseException | None, end: Any = Act.end) -> None:
    try:
        await end(self, error)
    except Unavailable:
        return


def _keeps(self: Engine, lent: Any, *, well: bool, give_back: Any = Engine._give_back) -> None:
    if well:
        give_back(self, lent, well=well)
    else:
        lent[0].terminate()  # thrown away as it should be, and its place with it


CREATE = operation("createScheme")
BOTH = [Kind.LOST, Kind.REFUSED]
"""Faults by which a fault of our own is found out: of a connection, and of a statement."""


async def test_the_service_itself_has_nothing_wrong_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """The operation that is struck below, without a fault of ours: what they find is theirs."""
    async with scene(monkeypatch) as where:
        assert await where.strike(CREATE, BOTH) == []


@pytest.mark.parametrize("kind", [WritesTheLineByItself, HonoursNoKey], ids=lambda kind: kind.__name__)
async def test_a_store_that_does_it_in_parts_is_found_out(
    monkeypatch: pytest.MonkeyPatch, kind: type[PostgresStore]
) -> None:
    """Part of an act kept and part of it not, or an act done twice for one key."""
    async with scene(monkeypatch, kind=kind) as where:
        try:
            wrong = await where.strike(CREATE, BOTH)
        except AssertionError as well_already:
            wrong = [str(well_already)]
        assert wrong


@pytest.mark.parametrize(
    ("place", "name", "fault", "told"),
    [
        (Act, "end", _shows, "answered 201"),
        (Engine, "_give_back", _keeps, "a connection is missing"),
    ],
    ids=["shown without a line", "a connection kept"],
)
async def test_what_is_wrong_around_the_store_is_found_out(
    monkeypatch: pytest.MonkeyPatch, place: Any, name: str, fault: Any, told: str
) -> None:
    """An answer that was never written down, or a connection that nobody gets back."""
    monkeypatch.setattr("persistence.engine.SECONDS_TO_BORROW", 0.2)
    async with scene(monkeypatch) as where:
        await where.strike(CREATE, [], None)
        monkeypatch.setattr(place, name, fault)
        wrong = await where.strike(CREATE, BOTH)
        assert any(told in what for what in wrong), wrong

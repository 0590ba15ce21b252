"""The third reading of the same space: what the SQL of each grant finds among all its records is what `covers` holds,
and so what Cedar permits (A3)."""

import asyncio
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from domain.confidentiality.grants import GRANTS
from domain.confidentiality.policy import reach_of
from domain.confidentiality.record import KINDS, Record
from domain.confidentiality.within import Reach, covers
from domain.ports import Look, Query
from domain.vigilance.breach import Breach
from persistence import reach as reaches
from persistence import statements
from persistence.ledger.line import line_of
from persistence.store import PostgresStore
from tests.persistence.conftest import opened
from tests.persistence.conftest import ready as ready  # a fixture for the tests here, by being here
from tests.persistence.drawn import ALWAYS_CLOSED, NEVER_CLOSED
from tests.persistence.samples import EVERYWHERE, NOW, entry, new
from tests.proofs.matrix.account import Counted
from tests.proofs.policy import space
from tests.servers import Urls

SPACE = space.built(GRANTS)


def storable(record: Record) -> bool:
    """Whether the tables hold such a row at all: the rows that they refuse lie behind another fence."""
    kind, closed = record.shape.kind, getattr(record, "closed", False)
    if isinstance(record, Breach):
        return record.goes_up is (record.whose is None)
    if not closed:
        return kind not in ALWAYS_CLOSED
    return kind not in NEVER_CLOSED and getattr(record, "person", None) is None


class Kept:
    """The records of the space, kept in a database."""

    def __init__(self, runner: asyncio.Runner, store: PostgresStore) -> None:
        self.runner = runner
        self.store = store
        self.rows: dict[str, list[Record]] = {}
        for record in filter(storable, SPACE.all_records()):
            self.rows.setdefault(record.shape.kind, []).append(record)
        for kind, found in self.rows.items():
            self.rows[kind] = self._lines(found) if kind == "ledger-line" else self._records(found)

    def _records(self, found: list[Record]) -> list[Record]:
        self.runner.run(self.store.settle(entry(), [new(r) for r in found], EVERYWHERE))
        return found

    def _lines(self, found: list[Any]) -> list[Record]:
        entries = [entry(id=r.id, prison=r.prison, jurisdiction=r.jurisdiction, actor=r.author) for r in found]
        for each in entries:
            self.runner.run(self.store.abandon(each))
        return [line_of(each) for each in entries]

    def found(self, kind: str, reach: Reach, facts: space.Facts) -> set[Any]:
        """The ids that the statement of this reach finds for a viewer of these facts, among the rows of the space."""
        look = Look(reach, space.viewer(GRANTS[0].role, facts), NOW, EVERYWHERE)
        rows = self.runner.run(self.store.find(KINDS[kind], Query(limit=10_000), look))
        return {row.id for row in rows} & {row.id for row in self.rows[kind]}

    def held(self, kind: str, reach: Reach, facts: space.Facts) -> set[Any]:
        """The ids that `covers` holds."""
        viewer = space.viewer(GRANTS[0].role, facts)
        return {row.id for row in self.rows[kind] if covers(reach, viewer, NOW, row)}


@pytest.fixture(scope="module")
def kept(ready: Urls) -> Iterator[Kept]:
    """Every record of the space, in each version of PostgreSQL."""
    with asyncio.Runner() as runner:
        store = runner.run(opened(ready, size=1))
        try:
            yield Kept(runner, store)
        finally:  # a connection that is left open is told of in another test, whichever runs when it is collected
            runner.run(store.close())


def cases() -> list[tuple[str, Reach, str]]:
    """(kind, reach, viewer): each reach of a grant over a kind, once."""
    pairs = {(kind, reach_of(grant, KINDS[kind])) for grant, kind in space.reached_by(GRANTS)}
    return [(kind, reach, name) for kind, reach in sorted(pairs, key=repr) for name in SPACE.facts]


def differing(kept: Kept) -> Iterator[tuple[str, Reach, str]]:
    """Where the statement and `covers` do not hold the same records."""
    for kind, reach, name in cases():
        facts = SPACE.facts[name]
        if kept.found(kind, reach, facts) != kept.held(kind, reach, facts):
            yield kind, reach, name


def test_the_statement_of_each_grant_finds_what_covers_holds(kept: Kept, ready: Urls, counted: Counted) -> None:
    """For every grant, kind and viewer, every combination of what its conditions may find: the same rows."""
    assert list(differing(kept)) == []
    number = sum(len(kept.rows[kind]) for kind, *_ in cases())
    counted(f"cases of the policy put to SQL of PostgreSQL {ready.version}, 0 disagreements", number)


@pytest.fixture
def dropping(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[int], None]]:
    """Drop the condition of this number from every statement that is made from now on."""
    real = reaches.conditions

    def drop(number: int) -> None:
        def without(reach: Any, of: Any, how: Any) -> Any:
            return [c for n, c in enumerate(real(reach, of, how)) if n != number]

        monkeypatch.setattr(reaches, "conditions", without)
        statements.look.cache_clear()

    yield drop
    statements.look.cache_clear()


def test_a_condition_left_out_of_the_sql_is_found(kept: Kept, dropping: Callable[[int], None]) -> None:
    """Each condition of the statements is dropped in turn, and the comparison sees it."""
    for number in range(4):
        dropping(number)
        assert any(True for _ in differing(kept)), number

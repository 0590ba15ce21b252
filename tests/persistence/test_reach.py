"""One reach, read twice: what `covers` holds in Python is what the statement finds in PostgreSQL, for every reach that
the policy has, every kind, and viewers whose facts are some, none, or all."""

import asyncio
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.confidentiality.grants import GRANTS
from domain.confidentiality.policy import reach_of
from domain.confidentiality.record import Record
from domain.confidentiality.within import In, IsFalse, IsTrue, NotIn, Reach, Until, Within, covers, fields_of
from domain.oversight.record import LedgerLine
from domain.ports import Query
from domain.records import KINDS
from persistence.ledger.line import line_of
from persistence.question import plain
from persistence.store import PostgresStore
from tests.persistence import samples
from tests.persistence.conftest import opened
from tests.persistence.drawn import ALWAYS_CLOSED, NEVER_CLOSED, Drawn
from tests.persistence.samples import EVERYWHERE, NOW, entry, look, new
from tests.servers import Urls

ROWS = 40
VIEWERS = 200
SEED = 20250304


def reaches(kind: type[Record]) -> list[Reach]:
    """Every reach that can be asked of a kind: each `Within`, each grant's with its walls, and conditions on any field
    that no grant has today."""
    found: set[Reach] = {within.value for within in Within} | {reach_of(grant, kind) for grant in GRANTS}
    fields = kind.shape.fields
    for name in ("person", "author", "scheme", "actor"):
        found |= {(NotIn(name, "persons"),), (In(name, "schemes"),), (NotIn(name, "schemes"),)}
    for name in ("ended_at", "readable_until", "unlocked_at"):
        found.add((Until(name),))
    for name in ("closed", "late"):
        if name in fields and plain(fields[name].type) is bool:  # of a figure it is how many came late
            found |= {(IsFalse(name),), (IsTrue(name),)}
    return sorted((r for r in found if fields_of(r) <= set(fields)), key=repr)


@dataclass
class Kept:
    """A database with rows of every kind, and the same rows as records."""

    runner: asyncio.Runner
    store: PostgresStore
    records: dict[str, list[Record]]


@pytest.fixture(scope="module")
def kept(ready: Urls) -> Iterator[Kept]:
    """Rows of every kind, made once a version."""
    drawn = Drawn(SEED)
    with asyncio.Runner() as runner:
        store = runner.run(opened(ready))
        records: dict[str, list[Record]] = {}
        for name, kind in samples.RECORDS.items():
            records[name] = [drawn.record(kind, n) for n in range(ROWS)]
            runner.run(store.settle(entry(), [new(r) for r in records[name]], EVERYWHERE))
        lines = [
            entry(
                prison=drawn.draw.choice([*drawn.prisons, None]),
                jurisdiction=drawn.draw.choice(["EW", "IE", None]),
                actor=drawn.draw.choice([*drawn.ids, None]),
                closed=drawn.draw.random() < 0.5,
            )
            for _ in range(ROWS)
        ]
        for line in lines:
            runner.run(store.abandon(line))
        records["ledger-line"] = [line_of(line) for line in lines]
        yield Kept(runner, store, records)
        runner.run(store.close())


def test_the_rows_are_not_all_alike(kept: Kept) -> None:
    """The property below would hold of nothing: so each reach holds some rows and leaves some out, for some viewer."""
    drawn = Drawn(SEED)
    viewers = [samples.viewer(**drawn.facts()) for _ in range(VIEWERS)]
    for name, kind in KINDS.items():
        for reach in reaches(kind):
            if reach:
                pairs = itertools.product(viewers, kept.records[name])
                held: set[bool] = set()
                while len(held) < 2 and (pair := next(pairs, None)) is not None:
                    held.add(covers(reach, pair[0], NOW, pair[1]))
                flagged = any(isinstance(c, IsFalse | IsTrue) for c in reach)
                one_sided = flagged and name in (*NEVER_CLOSED, *ALWAYS_CLOSED)
                assert held == {True, False} or one_sided, (name, reach)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)
@given(number=st.integers(0, 2**32))
def test_python_and_sql_hold_the_same(kept: Kept, number: int) -> None:
    """Each of about 200 pairs of kind and reach, for a viewer drawn anew."""
    drawn = Drawn(SEED)
    drawn.draw.seed(number)
    viewer = samples.viewer(**drawn.facts())

    async def compare() -> None:
        for name, kind in KINDS.items():
            for reach in reaches(kind):
                at = look(reach, by=viewer)
                known = {r.id for r in kept.records[name]}
                found = {r.id for r in await kept.store.find(kind, Query(limit=1000), at)} & known
                assert found == {r.id for r in kept.records[name] if covers(reach, viewer, NOW, r)}, (name, reach)

    kept.runner.run(compare())


def test_an_item_is_reached_as_its_list_is(kept: Kept) -> None:
    """`get` and `find` are one statement."""
    drawn = Drawn(SEED + 1)
    viewer = samples.viewer(**(drawn.facts() | {"jurisdictions": frozenset({"EW"}), "prisons": None}))
    reach = Within.OWN_PRISON.value

    async def compare() -> None:
        for record in kept.records["scheme"]:
            got = await kept.store.get(type(record), record.id, look(reach, by=viewer))
            assert (got is not None) is covers(reach, viewer, NOW, record)

    kept.runner.run(compare())


def test_a_fact_of_another_type_equals_nothing(kept: Kept) -> None:
    """A fact that no row can hold reaches no row, and is no error."""
    odd: Any = frozenset({"not an id", 7})
    viewer = samples.viewer(schemes=odd, prisons=odd, jurisdictions=frozenset({"EW"}))
    found = kept.runner.run(kept.store.find(LedgerLine, Query(), look(Within.OWN_PRISON.value, by=viewer)))
    assert found == []
    scheme = KINDS["scheme"]
    assert kept.runner.run(kept.store.find(scheme, Query(), look(Within.OWN_SCHEME.value, by=viewer))) == []


def test_a_field_that_the_kind_lacks_is_a_defect(kept: Kept) -> None:
    """As in Python: a reach over a field that is not there raises, and finds nothing by mistake."""
    viewer = samples.viewer(prisons=None, jurisdictions=frozenset({"EW"}))
    with pytest.raises(AttributeError):
        covers(Within.OWN_WING.value, viewer, NOW, samples.scheme("X"))
    with pytest.raises(AttributeError):
        kept.runner.run(kept.store.find(KINDS["scheme"], Query(), look(Within.OWN_WING.value)))

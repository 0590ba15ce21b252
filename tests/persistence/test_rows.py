"""A page that goes from rows to bytes is the page that would have been made of its records: for every kind, whatever is
seen of it, in memory and in PostgreSQL. And nothing of it is opened that is not shown."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations
from typing import Any
from uuid import UUID

import pytest

from api import wire
from domain.confidentiality.classification import Classification
from domain.confidentiality.disclosure import View, Views, disclose, disclose_all, mask, tagger
from domain.confidentiality.record import Record, columns, some
from domain.kernel.ids import ActorId
from domain.ports import Query
from domain.records import KINDS
from domain.supporters.record import Supporter
from persistence import cipher
from persistence.faults import Fault
from persistence.memory import MemoryStore
from persistence.rows import Rows
from tests.persistence.samples import EVERYWHERE, NOW, entry, look, new
from tests.persistence.test_reach import Kept, kept  # noqa: F401  (a fixture)

CLASSES = sorted(Classification)
CLEARANCES = [frozenset(some) for n in range(len(CLASSES) + 1) for some in combinations(CLASSES, n)]
TAG, ACTOR = tagger(b"a key"), ActorId(UUID(int=7, version=4))
PARAMETERS = [pytest.param(kind, id=name) for name, kind in KINDS.items()]


def by_record(records: Sequence[Record], sees: frozenset[Classification]) -> tuple[bytes, list[str]]:
    """The bytes of a page as they are made of one record after another, and their tags."""
    views: list[View[Any]] = [disclose(record, sees, NOW) for record in records]
    return wire.to_bytes([wire.body(view) for view in views]), [TAG(view, ACTOR) for view in views]


def clearances(kind: type[Record]) -> list[frozenset[Classification]]:
    """One for each way in which the kind is seen, of every set of classes that a grant could see."""
    return list({mask(kind, sees): sees for sees in CLEARANCES}.values())


def _told(kind: type[Record], sees: frozenset[Classification]) -> frozenset[str]:
    """The fields that reach the wire for this clearance: what is there for reach or for counting alone never does."""
    return frozenset(mask(kind, sees)[0]) - wire.ECHOES.get(kind.shape.kind, frozenset())


def found(kept: Kept, kind: type[Record]) -> Rows[Any]:  # noqa: F811
    """All that there is of a kind, as the store found it."""
    rows = kept.runner.run(kept.store.find(kind, Query(limit=1000), look()))
    assert isinstance(rows, Rows)
    assert len(rows) >= 40
    return rows


@pytest.mark.parametrize("kind", PARAMETERS)
def test_a_page_of_rows_is_the_page_of_its_records(kept: Kept, kind: type[Record]) -> None:  # noqa: F811
    """Byte for byte and tag for tag, for every way in which the kind may be seen."""
    rows = found(kept, kind)
    records = list(rows)
    shown: set[bytes] = set()
    for sees in clearances(kind):
        expected, tags = by_record(records, sees)
        for page in (rows, records):
            views = disclose_all(kind, page, sees, NOW)
            assert wire.to_bytes(wire.items(views)) == expected
            assert [TAG(view, ACTOR) for view in views] == tags
        shown.add(expected)
    # Or the clearances would not have mattered.
    assert len(shown) == len({_told(kind, sees) for sees in clearances(kind)})


@pytest.mark.parametrize("kind", PARAMETERS)
def test_what_is_withheld_is_not_even_opened(
    kept: Kept,  # noqa: F811
    kind: type[Record],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """For a page only the columns that it shows are deciphered, and each where it is ciphertext."""
    rows, opened = found(kept, kind), list[str]()

    def open_all(_: Any, _table: str, column: str, _rows: Any, sealed: Any) -> list[str]:
        opened.append(column)
        return ["text"] * len(sealed)

    monkeypatch.setattr(cipher.Cipher, "open_all", open_all)
    whole = bool(kind.shape.derived)  # what is worked out of a record takes all of it
    if not whole:
        monkeypatch.setattr(cipher.Cipher, "open", None)
    for sees in clearances(kind):
        opened.clear()
        disclose_all(kind, rows, sees, NOW)
        shown = {n for n in mask(kind, sees)[0] if kind.shape.members[n].mark.encrypted}
        assert set(opened) <= shown if whole else set(opened) == shown


def test_a_page_holds_no_column_that_it_does_not_show(kept: Kept) -> None:  # noqa: F811
    """Nor can one be made but by disclosure, or a part of one show more."""
    for kind in KINDS.values():
        rows = found(kept, kind)
        for sees in clearances(kind):
            views = disclose_all(kind, rows, sees, NOW)
            assert set(views.columns) == set(mask(kind, sees)[0])
            assert set(views[:3].columns) == set(views.columns)
            assert views.withheld == mask(kind, sees)[1]
        with pytest.raises(TypeError, match="only disclosure"):
            Views(kind, rows, frozenset(CLASSES), NOW, object())


def test_a_slice_of_rows_is_the_slice_of_its_records(kept: Kept) -> None:  # noqa: F811
    """Rows are the sequence of their records, made when asked for."""
    for kind in KINDS.values():
        rows = found(kept, kind)
        assert rows[3:9] == list(rows)[3:9]
        assert rows[-1] == list(rows)[-1]
        assert rows[:0] == []
        assert rows != list(rows)[1:]


def test_of_what_was_asked_in_part_nothing_else_is_told(kept: Kept) -> None:  # noqa: F811
    """In PostgreSQL as in memory: the fields that were asked for, as whole rows have them; no other, and no record."""
    memory = MemoryStore()
    kept.runner.run(memory.settle(entry(), [new(record) for record in kept.records["supporter"]], EVERYWHERE))
    query = Query(order="standing", only=("name",), limit=1000)
    for store in (kept.store, memory):
        whole = kept.runner.run(store.find(Supporter, replace(query, only=()), look()))
        part = kept.runner.run(store.find(Supporter, query, look()))
        assert len(part) == len(whole) >= 40
        for some_ in (part, part[3:9], some(part, [5, 2])):
            assert set(columns(some_, ("id", "standing", "name"))) == {"id", "standing", "name"}
            with pytest.raises(KeyError):
                columns(some_, ("wing",))
            with pytest.raises(Fault):
                _ = some_[0]
        assert columns(part, ("id", "name")) == columns(whole, ("id", "name"))
        with pytest.raises(ValueError, match="has no field"):
            kept.runner.run(store.find(Supporter, Query(only=("age",)), look()))

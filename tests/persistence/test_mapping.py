"""Records and tables say the same: a field is a column, a column a field, in kind, in emptiness and in encryption."""

from datetime import date, datetime
from enum import StrEnum
from types import NoneType
from typing import Any, NewType, cast, get_args, get_origin
from uuid import UUID

import orjson
import pytest
from sqlalchemy import LargeBinary
from sqlalchemy.dialects.postgresql import JSON

from domain.confidentiality.record import Record
from domain.records import KINDS
from persistence import mapping
from persistence.cipher import Cipher
from persistence.question import plain
from persistence.tables import METADATA, RECORDS
from tests.persistence import samples
from tests.persistence.conftest import KEYS
from tests.persistence.drawn import Drawn

PARAMETERS = [pytest.param(kind, id=name) for name, kind in KINDS.items()]
BESIDE = {"footing", "idempotency_key", "letterbox", "relay", "stamp", "tally_key"}


def test_every_kind_has_a_table_and_every_table_a_kind() -> None:
    """But for what rests beside the records."""
    assert set(RECORDS) == set(KINDS)
    assert {t.name for t in METADATA.sorted_tables} == {t.name for t in RECORDS.values()} | BESIDE


@pytest.mark.parametrize("kind", PARAMETERS)
def test_every_field_has_a_column_and_every_column_a_field(kind: type[Record]) -> None:
    """But for the few that `mapping` names."""
    name = kind.shape.kind
    stored = mapping.STORED_AS.get(name, {})
    fields = {stored.get(f, f) for f in kind.shape.fields if f not in mapping.NOT_STORED.get(name, ())}
    columns = {c.name for c in RECORDS[name].c} - mapping.BESIDES.get(name, frozenset())
    assert fields == columns


@pytest.mark.parametrize("kind", PARAMETERS)
def test_a_column_holds_what_its_field_does(kind: type[Record]) -> None:
    """The same type, empty where the field may be, and ciphertext where it is marked."""
    for part in mapping.mapped(kind).parts:
        field, column = kind.shape.fields[part.field], part.column
        assert column.nullable is (NoneType in get_args(field.type)), column
        assert isinstance(column.type, LargeBinary) is field.mark.encrypted is part.encrypted, column
        if field.mark.encrypted:
            continue
        hint = plain(field.type)
        while isinstance(hint, NewType):
            hint = cast(Any, hint).__supertype__
        several = get_origin(hint) in (tuple, dict)
        plainly = get_origin(hint) is dict or dict in [get_origin(inner) for inner in get_args(hint)]
        if isinstance(hint, type) and issubclass(hint, StrEnum):
            hint = str
        expected = {tuple: list, dict: dict}[get_origin(hint)] if several else hint
        kept = getattr(column.type, "impl_instance", column.type)  # SQLModel wraps the type of an instant
        assert isinstance(kept, JSON) is plainly, column
        assert plainly or kept.python_type is expected, column
        assert expected in (list, dict, str, int, bool, UUID, date, datetime)


@pytest.mark.parametrize("kind", samples.RECORDS.values(), ids=samples.RECORDS)
def test_a_row_is_the_record_again(kind: type[Record]) -> None:
    """Without a database: what `row` gives, `read` takes back; and ids are plain, as orjson wants them."""
    of, cipher, drawn = mapping.mapped(kind), Cipher(KEYS), Drawn(11)
    for number in range(10):
        record: Any = drawn.record(kind, number)
        row = of.row(record, cipher, 0)
        assert set(row) == {c.name for c in of.table.c}
        again: Any = of.read({p.field: row[p.column.name] for p in of.parts}, cipher)
        assert again == record
        for name, value in row.items():
            assert not isinstance(value, StrEnum), name
        orjson.dumps([getattr(again, f) for f in kind.shape.fields if not isinstance(getattr(again, f), dict)])


def test_the_drivers_ids_become_plain_ones() -> None:
    """asyncpg has a UUID of its own, which is equal to ours and is not ours."""
    from asyncpg.pgproto.pgproto import UUID as Theirs

    theirs: Any = cast(Any, Theirs)(samples.scheme("X").id.bytes)
    made = mapping.mapped(KINDS["scheme"]).part("id").decode
    assert made is not None
    assert type(made(theirs)) is UUID
    assert made(theirs) == theirs
    assert (hash(made(theirs)), str(made(theirs)), made(theirs).bytes) == (hash(theirs), str(theirs), theirs.bytes)


def test_an_encrypted_field_is_text() -> None:
    """Anything else would need a form of its own before it can be sealed; until one does, it is refused at import."""
    with pytest.raises(TypeError, match="no text"):
        mapping._part("x", RECORDS["scheme"].c.closed, bool, True)  # pyright: ignore[reportPrivateUsage]


def test_an_instant_has_a_zone() -> None:
    """One without would be taken for the machine's own."""
    request: Any = samples.request("X", asked_at=datetime(2025, 3, 4, 2, 10))  # noqa: DTZ001
    with pytest.raises(ValueError, match="zone"):
        mapping.mapped(type(request)).row(request, Cipher(KEYS), 1)

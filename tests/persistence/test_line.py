"""What is kept of an entry: its bytes, and the columns that its readers see."""

import json
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import asyncpg.pgproto.pgproto as driver
import pytest

from domain.confidentiality.entry import Change, Entry, Family, Outcome, Sight
from domain.confidentiality.roles import Purpose, Role
from domain.confidentiality.verbs import Verb
from domain.kernel.ids import ActorId, AssignmentId, EntryId
from persistence.ledger.line import canonical, columns_of, line_of

AT = datetime(2026, 3, 1, 23, 59, 59, 123456, UTC)


def entry(at: datetime, *, closed: bool, some: type[UUID]) -> Entry:
    """An entry with something in every place; its ids of a class."""
    ids = (some(str(uuid4())), some(str(uuid4())))
    return Entry(
        id=EntryId(uuid4()),
        at=at,
        actor=ActorId(some(str(uuid4()))),
        client="büro",
        role=Role.COORDINATOR,
        assignment=AssignmentId(uuid4()),
        purpose=Purpose.RECRUITMENT,
        verb=Verb.READ_SUPPORTER,
        family=Family.LOOK,
        rule="a.rule",
        outcome=Outcome.DONE,
        code=None,
        prison="LEI",
        jurisdiction="EW",
        closed=closed,
        sights=(Sight("supporter", "a.rule", ids, 2, ("id", "name")), Sight("scheme", "a.rule", (), 0, ())),
        changes=(Change("supporter", ids[0], 1, 2, ("name",)), Change("feedback", None, 0, 1, ())),
    )


@pytest.mark.parametrize("at", [AT, AT.replace(microsecond=0), AT.replace(microsecond=0) + timedelta(seconds=1)])
@pytest.mark.parametrize("some", [UUID, driver.UUID])
def test_the_bytes_are_the_entry_in_canonical_json(at: datetime, some: type[UUID]) -> None:
    """Keys sorted, no blanks: the same bytes as whoever verifies them makes of the entry's plain values, whichever
    class its ids are of."""
    one = entry(at, closed=False, some=some)
    plain = json.dumps(one.as_json(), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert canonical(one) == plain.encode()


@pytest.mark.parametrize("closed", [True, False])
def test_the_columns_are_what_a_reader_gets(closed: bool) -> None:
    """What the memory shows of a line and what the table shows of it are one."""
    one = entry(AT, closed=closed, some=UUID)
    columns, line = columns_of(one), line_of(one)
    named = {"at": "shown_at", "act": "shown_act", "author": "actor"}
    for name in line.shape.fields:
        if name != "version":
            assert columns[named.get(name, name)] == getattr(line, name), name
    assert all(type(columns[name]) is str for name in ("role", "purpose", "shown_act", "outcome"))

"""The ledger's tail: in commit order, without what is closed, and a place for each destination that outlives a kill."""

import dataclasses
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import asyncpg

from domain.confidentiality.entry import Change, Entry, Family, Outcome, Sight
from domain.kernel.ids import EntryId, SubscriptionId
from domain.ports import Kept
from domain.telling.ports import Line, Standing, Tail
from domain.telling.subscription import Subscription
from domain.telling.types import EventType
from persistence.ledger.line import canonical
from persistence.ledger.tail import LedgerTail, entry_of
from persistence.memory import MemoryStore
from persistence.memory_tail import MemoryTail
from persistence.store import PostgresStore
from tests.persistence import samples
from tests.persistence.samples import EVERYWHERE, NOW, entry, new
from tests.servers import Urls

DAY = date(2025, 3, 4)


def tail_of(store: Any) -> Tail:
    """The tail of a store of either sort."""
    return MemoryTail(store) if isinstance(store, MemoryStore) else LedgerTail(store.engine)


async def begun(store: Any) -> tuple[Tail, str]:
    """A destination of its own, that begins here."""
    tail, name = tail_of(store), f"test-{uuid4()}"
    assert await tail.lines(name, 100, NOW) == []
    return tail, name


async def acted(store: Any, **given: Any) -> Entry:
    """An act that kept nothing but its line."""
    made = entry(**given)
    await store.abandon(made)
    return made


def ids(lines: Any) -> list[UUID]:
    return [line.entry.id for line in lines]


async def test_what_comes_after_the_place_comes_in_its_order(store: Any) -> None:
    """Whole entries, from where the destination began on; and until it says that it took them, the same again."""
    await acted(store)
    tail, name = await begun(store)
    made = [await acted(store) for _ in range(3)]
    lines = await tail.lines(name, 100, NOW)
    assert [line.entry for line in lines] == made
    assert ids(await tail.lines(name, 2, NOW)) == ids(lines)[:2]
    await tail.told(name, lines[1].place)
    if isinstance(store, PostgresStore):  # another process, after a kill
        assert ids(await tail_of(store).lines(name, 100, NOW)) == [made[2].id]
    assert ids(await tail.lines(name, 100, NOW)) == [made[2].id]
    await tail.told(name, lines[2].place)
    assert await tail.lines(name, 100, NOW) == []


async def test_closed_lines_are_never_in_it(store: Any) -> None:
    """Neither before nor after their number is cleared."""
    tail, name = await begun(store)
    await acted(store, closed=True)
    shown = await acted(store)
    await acted(store, closed=True, nameless=True)
    assert ids(await tail.lines(name, 100, NOW)) == [shown.id]


async def test_each_destination_has_its_own_place_and_its_own_failures(store: Any) -> None:
    """One that is down keeps what it has not taken, and holds up no other; what it takes clears its failures."""
    tail, name = await begun(store)
    other = f"test-{uuid4()}"
    await tail.lines(other, 1, NOW)
    made = await acted(store)
    (line,) = await tail.lines(name, 1, NOW)
    await tail.told(name, line.place)
    later = NOW + timedelta(seconds=10)
    await tail.failed(other, Standing(2, later))
    assert dict(await tail.standing([name, other])) == {other: Standing(2, later)}
    (waiting,) = await tail.lines(other, 1, NOW)
    assert waiting.entry.id == made.id
    await tail.told(other, waiting.place)
    assert dict(await tail.standing([name, other])) == {}


async def test_a_day_is_told_once_and_begins_with_yesterday(store: Any) -> None:
    """A destination that is new owes today, tomorrow."""
    tail, name = await begun(store)
    assert await tail.day_of(name, DAY) == DAY - timedelta(days=1)
    assert await tail.day_of(name, DAY + timedelta(days=3)) == DAY - timedelta(days=1)
    await tail.day_told(name, DAY)
    assert await tail.day_of(name, DAY + timedelta(days=3)) == DAY


async def test_a_day_s_numbers_are_of_each_actor_and_prison(store: Any) -> None:
    """Closed acts and those that are not told one by one are counted; an act that is told counts as none, and names
    its actor all the same. What names nobody is nobody's."""
    tail = tail_of(store)
    prisons = sorted(samples.new_prison() for _ in range(2))
    one, other = sorted((uuid4(), uuid4()))
    at = datetime(2031, 5, 6, 12, tzinfo=UTC)
    for prison, actor, given in [
        (prisons[0], one, {"closed": True}),
        (prisons[0], one, {"verb": "READ_SUPPORTER"}),
        (prisons[0], one, {"verb": "AMEND_SCHEME"}),
        (prisons[0], other, {"verb": "AMEND_SCHEME"}),
        (prisons[1], one, {"closed": True, "outcome": Outcome.REFUSED}),
        (prisons[1], one, {"at": at + timedelta(days=1)}),
        (None, one, {}),
        (prisons[0], None, {"closed": True}),
    ]:
        await acted(store, **{"prison": prison, "actor": actor, "at": at, **given})
    found = await tail.numbers(at.date(), {"AMEND_SCHEME"})
    told = [(n.prison, n.actor, n.number) for n in found if n.actor in (one, other)]
    assert told == [(None, one, 1), (prisons[0], one, 2), (prisons[0], other, 0), (prisons[1], one, 1)]
    assert None not in {n.actor for n in found}


def subscription(**given: Any) -> Subscription:
    """A webhook."""
    told: dict[str, Any] = {
        "id": SubscriptionId(uuid4()),
        "author": uuid4(),
        "assignment": uuid4(),
        "jurisdiction": "EW",
        "address": "https://hooks.example.org/a",
        "types": (EventType.SCHEME_CREATED,),
        "since": NOW,
        "secret": "whsec_c2VjcmV0",
    }
    return Subscription(**(told | given))


async def test_a_webhook_begins_where_it_was_made(store: Any) -> None:
    """However late the worker first looks: what was settled after it is told to it, and nothing from before."""
    tail, hook = tail_of(store), subscription()
    await acted(store)
    change = Change("subscription", hook.id, 0, 1, ("address",))
    made = entry(changes=(change,))
    await store.settle(made, [new(hook)], EVERYWHERE)
    after = await acted(store)
    assert ids(await tail.lines(f"hook:{hook.id}", 100, NOW)) == [made.id, after.id]


def test_an_entry_s_bytes_are_read_back_whole() -> None:
    """What a destination is decided on is what was kept, every member of it."""
    made = entry(
        assignment=uuid4(),
        client="a-client",
        family=Family.CHANGE,
        sights=(Sight("scheme", "r", (uuid4(),), 1, ("id", "name")), Sight("person", "r", (), 3, ())),
        changes=(Change("scheme", uuid4(), 1, 2, ("name",)), Change("feedback-code", None, 0, 1, ())),
    )
    assert entry_of(canonical(made)) == made
    assert entry_of(canonical(entry(actor=None, nameless=True, closed=True))).actor is None


# --- PostgreSQL alone -------------------------------------------------------------------------------------------------

_INSERT = """
    insert into ledger (id, at, bytes, shown_at, readable_from, role, shown_act, outcome, closed)
    values ($1, now(), $2, now(), now(), 'GOVERNOR', 'READ_SCHEME', 'DONE', false)
"""


async def _added(connection: Any) -> UUID:
    made = entry(id=EntryId(uuid4()))
    await connection.execute(_INSERT, made.id, canonical(made))
    return made.id


async def test_a_transaction_that_settles_late_is_not_passed_over(postgres: PostgresStore, ready: Urls) -> None:
    """One that began first and commits last holds the tail back until it has: read by commit time or by number alone,
    its line would never be told."""
    tail, name = await begun(postgres)
    slow = await asyncpg.connect(ready.app_url)
    try:
        transaction = slow.transaction()
        await transaction.start()
        first = await _added(slow)
        second = (await acted(postgres)).id
        assert ids(await tail.lines(name, 100, NOW)) == []
        await transaction.commit()
    finally:
        await slow.close()
    assert ids(await tail.lines(name, 100, NOW)) == [first, second]


async def test_lines_of_one_transaction_are_told_each_once(postgres: PostgresStore, ready: Urls) -> None:
    """They share a number, and go by their ids: a place in the middle of them stands."""
    tail, name = await begun(postgres)
    connection = await asyncpg.connect(ready.app_url)
    try:
        async with connection.transaction():
            made = sorted([await _added(connection) for _ in range(4)])
    finally:
        await connection.close()
    told: list[UUID] = []
    while lines := await tail.lines(name, 1, NOW):
        told += ids(lines)
        await tail.told(name, lines[0].place)
    assert told == made


async def test_a_database_whose_numbers_began_again_loses_nothing(postgres: PostgresStore, owner: Any) -> None:
    """As after a dump was loaded into a new server: a place that lies ahead of it begins again by time, what was told
    of late comes twice with the same ids, and what is old and has its old large number does not."""
    tail, name = await begun(postgres)
    then = datetime(2099, 5, 6, 12, tzinfo=UTC)  # after whatever else is in this database
    before = await acted(postgres, at=then - timedelta(days=2))
    told = await acted(postgres, at=then)
    lines: list[Line] = list(await tail.lines(name, 100, NOW))
    assert ids(lines) == [before.id, told.id]
    await tail.told(name, dataclasses.replace(lines[-1].place, tx=2**62))
    fresh = await acted(postgres, at=then + timedelta(hours=1))
    again = await tail.lines(name, 100, NOW)
    assert ids(again) == [told.id, fresh.id]
    await tail.told(name, again[-1].place)
    assert await tail.lines(name, 100, NOW) == []
    assert await owner.fetchval("select least_at from relay where name = $1", name) == then - timedelta(hours=1)


async def test_the_place_of_a_webhook_goes_with_it(postgres: PostgresStore, owner: Any) -> None:
    """Nothing of it is left once it is deleted; and its secrets are ciphertext while it stands."""
    hook = subscription(secret_before="whsec_b2xk", secret_before_until=NOW)
    await postgres.settle(entry(), [new(hook)], EVERYWHERE)
    row = await owner.fetchrow("select * from subscription where id = $1", hook.id)
    assert b"whsec" not in row["secret"] + row["secret_before"]
    assert await owner.fetchval("select count(*) from relay where name = $1", f"hook:{hook.id}") == 1
    await postgres.settle(entry(), [Kept(hook, 1, erased=True)], EVERYWHERE)
    assert await owner.fetchval("select count(*) from relay where name = $1", f"hook:{hook.id}") == 0


async def test_the_tail_walks_an_index(postgres: PostgresStore, owner: Any) -> None:
    """However long the ledger is, the next lines are found by the number of their transaction."""
    tail, name = await begun(postgres)
    for _ in range(5):
        await acted(postgres)
    await owner.execute("analyze ledger")
    await owner.execute("set enable_seqscan = off")
    plan = await owner.fetch(
        "explain select tx, id from ledger where tx is not null and not closed and tx >= '1'::xid8"
        " and (tx, id) > ('1'::xid8, gen_random_uuid()) order by tx, id limit 10"
    )
    assert any("ledger_by_tx" in row[0] for row in plan)
    assert len(await tail.lines(name, 100, NOW)) == 5

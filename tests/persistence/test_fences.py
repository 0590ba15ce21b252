"""What the database refuses, whatever the service asks of it. Each fence is tried by plain SQL as the application, with
the code of the store left out of it."""

import dataclasses
from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import asyncpg
import pytest

from domain.confidentiality.classification import Classification
from domain.ports import Query, Scope
from domain.records import KINDS
from domain.schemes.record import Scheme
from domain.sessions.request import Request
from persistence import scope, statements
from persistence.faults import Fault
from persistence.ledger.line import columns_of
from persistence.mapping import MAPPED
from persistence.store import PostgresStore
from tests.persistence import samples
from tests.persistence.conftest import opened
from tests.persistence.samples import EVERYWHERE, entry, look, new
from tests.servers import Urls

LINE = (
    "insert into ledger (id, at, bytes, shown_at, role, shown_act, outcome, closed)"
    " values (gen_random_uuid(), now(), '', now(), 'NONE', 'NONE', 'DONE', false)"
)
OPEN_UP = "select set_config('peer_support.prisons', '*', true), set_config('peer_support.participation', 'yes', true)"
DUTY = "insert into duty values (gen_random_uuid(), 1, gen_random_uuid(), 'EW', 'MDI', '{A}', 'AM', now(), now())"
RECORD_TABLES = sorted(of.name for of in MAPPED.values() if of.name != "ledger")
FENCED = [*RECORD_TABLES, "idempotency_key", "letterbox", "tally_key"]


@pytest.fixture
async def app(ready: Urls) -> AsyncIterator[Any]:
    """A plain connection as the application."""
    connection = await asyncpg.connect(ready.app_url)
    yield connection
    await connection.close()


@pytest.fixture
async def owner(ready: Urls) -> AsyncIterator[Any]:
    """A plain connection as the owner, here a superuser, whom row security does not bind."""
    connection = await asyncpg.connect(ready.owner_url)
    yield connection
    await connection.close()


async def rows(connection: Any, table: str) -> int:
    return await connection.fetchval(f"select count(*) from {table}")


async def run(connection: Any, *steps: str) -> None:
    """All steps in one transaction."""
    async with connection.transaction():
        for step in steps:
            await connection.execute(step)


@pytest.mark.parametrize(
    "steps",
    [
        (OPEN_UP, DUTY),
        (OPEN_UP, DUTY, "savepoint a", LINE, "rollback to savepoint a"),
        (OPEN_UP, "savepoint a", LINE, "rollback to savepoint a", DUTY),
        (OPEN_UP, "savepoint a", DUTY, "release savepoint a"),
        (OPEN_UP, "set constraints all immediate", DUTY, LINE),
        (f"with s as materialized ({OPEN_UP}) {DUTY.replace('values (', 'select ')[:-1]} from s",),
        (OPEN_UP, f"with w as ({DUTY} returning 1) select * from w"),
        (OPEN_UP, DUTY, "update duty set band = 'PM'"),
    ],
)
async def test_no_change_without_an_entry(app: Any, owner: Any, steps: tuple[str, ...]) -> None:
    """In no order, by no savepoint and by no CTE: a transaction that leaves no line in the ledger changes nothing."""
    before = await rows(owner, "duty")
    with pytest.raises(asyncpg.PostgresError, match="without an entry in the ledger") as refused:
        await run(app, *steps)
    assert getattr(refused.value, "sqlstate", None) == "PS001"
    assert await rows(owner, "duty") == before


@pytest.mark.parametrize(
    "steps",
    [
        (OPEN_UP, DUTY, LINE),
        (OPEN_UP, LINE, DUTY),
        (OPEN_UP, "savepoint a", DUTY, "release savepoint a", "savepoint b", LINE, "release savepoint b"),
        (OPEN_UP, "savepoint a", LINE, "release savepoint a", DUTY),
        (OPEN_UP, f"with w as ({DUTY} returning 1), e as ({LINE}) select * from w"),
        (LINE, OPEN_UP, DUTY, "select set_config('peer_support.prisons', '', true)"),
    ],
)
async def test_a_change_with_its_entry_stands(app: Any, owner: Any, steps: tuple[str, ...]) -> None:
    """Entry first or last, side by side, whatever the scope is when the transaction ends."""
    before = await rows(owner, "duty")
    await run(app, *steps)
    assert await rows(owner, "duty") == before + 1


async def test_an_entry_of_another_transaction_is_none(app: Any) -> None:
    """The line must be of this very transaction: one just before does not count, and its number cannot be chosen."""
    await run(app, LINE)
    with pytest.raises(asyncpg.PostgresError, match="without an entry"):
        await run(app, OPEN_UP, DUTY)
    forged = LINE.replace("closed)", "closed, tx)").replace("false)", "false, pg_current_xact_id())")
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await run(app, forged)


@pytest.mark.parametrize("table", FENCED)
async def test_every_table_asks_for_an_entry(owner: Any, table: str) -> None:
    """The fence stands around each table, for each row, on insert, update and delete, as the transaction ends, and is
    switched on."""
    found = await owner.fetchrow(
        "select pg_get_triggerdef(oid) as is, tgdeferrable, tginitdeferred, tgenabled from pg_trigger"
        " where tgrelid = $1::regclass and tgname = $2",
        table,
        f"{table}_entry_required",
    )
    assert found is not None
    assert "AFTER INSERT OR DELETE OR UPDATE" in found["is"]
    assert "FOR EACH ROW" in found["is"]
    assert (found["tgdeferrable"], found["tginitdeferred"], found["tgenabled"]) == (True, True, b"O")


async def test_a_deletion_or_a_change_needs_its_entry_too(postgres: PostgresStore, app: Any, owner: Any) -> None:
    """Not only what is new."""
    await postgres.settle(entry(), [new(samples.scheme(samples.new_prison()))], EVERYWHERE)
    for change in ("delete from scheme", "update scheme set name = 'x'"):
        with pytest.raises(asyncpg.PostgresError, match="without an entry"):
            await run(app, OPEN_UP, change)
    assert await owner.fetchval("select count(*) from scheme where name <> 'x'") > 0


@pytest.mark.parametrize(
    "change",
    [
        "update ledger set code = 'x'",
        "update ledger set tx = null",
        "delete from ledger",
        "truncate ledger",
        "alter table ledger disable trigger all",
        "drop table ledger",
    ],
)
async def test_the_application_can_only_add_to_the_ledger(app: Any, change: str) -> None:
    """No update, no deletion, no truncation, no way around."""
    await run(app, LINE)
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await run(app, OPEN_UP, change)


@pytest.mark.parametrize(
    "change", ["update ledger set code = 'x'", "update ledger set tx = null", "delete from ledger", "truncate ledger"]
)
async def test_even_the_owner_can_only_add_to_the_ledger(owner: Any, change: str) -> None:
    """Rights are one fence; the trigger behind them is another."""
    await run(owner, LINE)
    with pytest.raises(asyncpg.PostgresError, match="the ledger only grows"):
        await run(owner, change)


@pytest.mark.parametrize(
    ("change", "changed"),
    [
        ("update ledger set tx = null where closed", True),
        ("update ledger set tx = null where not closed", False),
        ("update ledger set tx = pg_current_xact_id() where closed", None),
        ("update ledger set closed = false", None),
        ("delete from ledger", None),
        ("select bytes from ledger", None),
        ("insert into ledger select * from ledger", None),
    ],
)
async def test_the_sealer_can_clear_a_number_and_nothing_else(
    app: Any, owner: Any, change: str, changed: bool | None
) -> None:
    """Rule 4: of closed entries, the number of the transaction, and only to nothing. `None`: refused."""
    await run(app, LINE.replace("false)", "true)"), LINE)
    steps = (OPEN_UP, "set local role peer_support_sealer", change)
    with_number = "select count(*) from ledger where tx is not null and closed"
    before = await owner.fetchval(with_number)
    if changed is None:
        with pytest.raises(asyncpg.PostgresError):
            await run(app, *steps)
    else:
        await run(app, *steps)
    assert (await owner.fetchval(with_number) < before) is bool(changed)
    assert await owner.fetchval("select count(*) from ledger where tx is null and not closed") == 0


async def test_nobody_reads_the_letterbox(app: Any, postgres: PostgresStore) -> None:
    """The application hands in, and cannot look, change or take out."""
    await postgres.settle(entry(), [], EVERYWHERE, None, [samples.letter()])
    for attempt in ("select * from letterbox", "update letterbox set box = ''", "delete from letterbox"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await run(app, OPEN_UP, LINE, attempt)


@pytest.mark.parametrize("table", [*RECORD_TABLES, "ledger"])
async def test_without_a_scope_nothing_is_there(postgres: PostgresStore, app: Any, owner: Any, table: str) -> None:
    """It fails closed: no setting, an empty one, and (for participation) the right prison without the word."""
    drawn = samples.Drawn(7)
    kind = next(kind for kind, of in MAPPED.items() if of.name == table)
    if table != "ledger":
        await postgres.settle(entry(), [new(drawn.record(KINDS[kind], 0))], EVERYWHERE)
    await run(app, LINE)
    assert await rows(owner, table) > 0
    assert await rows(app, table) == 0
    for prisons in ("", "XXX"):
        async with app.transaction():
            await app.execute("select set_config('peer_support.prisons', $1, true)", prisons)
            assert await rows(app, table) == 0 or (table == "actor" and prisons)
    if KINDS[kind].shape.existence is Classification.PARTICIPATION:
        async with app.transaction():
            await app.execute("select set_config('peer_support.prisons', '*', true)")
            assert await rows(app, table) == 0
    await app.execute("select set_config('peer_support.prisons', '*', false)")
    await app.execute("select set_config('peer_support.participation', 'yes', false)")
    assert await rows(app, table) == await rows(owner, table)


async def test_with_the_reach_removed_no_foreign_row_comes_back(postgres: PostgresStore) -> None:
    """Sabotage: the store is asked without any reach, as if its filter had been forgotten. The scope alone holds."""
    mine, theirs = samples.new_prison(), samples.new_prison()
    schemes = [samples.scheme(p) for p in (mine, theirs) for _ in range(20)]
    asked = [samples.request(p) for p in (mine, theirs) for _ in range(20)]
    await postgres.settle(entry(), [new(r) for r in (*schemes, *asked)], EVERYWHERE)
    for kind, kept in ((Scheme, schemes), (Request, asked)):
        found = await postgres.find(kind, Query(limit=1000), look(scope=Scope(frozenset({mine}), True)))
        assert {r.prison for r in found} == {mine}
        for record in kept:
            got = await postgres.get(kind, record.id, look(scope=Scope(frozenset({mine}), True)))
            assert (got is not None) is (record.prison == mine)
    assert await postgres.find(Request, Query(limit=1000), look(scope=Scope(frozenset({mine}), False))) == []


async def test_nothing_of_the_scope_is_left_for_the_next_borrower(ready: Urls) -> None:
    """Two prisons take turns on a pool of one connection: each sees its own, and in between nothing is set."""
    store = await opened(ready, size=1)
    try:
        prisons = [samples.new_prison(), samples.new_prison()]
        await store.settle(entry(), [new(samples.scheme(p)) for p in prisons], EVERYWHERE)
        for turn in range(500):
            mine = prisons[turn % 2]
            found = await store.find(Scheme, Query(limit=10), look(scope=Scope(frozenset({mine}), True)))
            assert {s.prison for s in found} == {mine}
            if turn % 50 == 0:
                await store.settle(entry(), [new(samples.scheme(mine))], Scope(frozenset({mine}), True))
                async with store.serially() as serial:
                    await serial.find(Scheme, Query(limit=10), look())
            if turn % 10 == 0:
                left = await store.engine.fetch(
                    "select current_setting('peer_support.prisons', true) as p,"
                    " current_setting('peer_support.participation', true) as q, (select count(*) from scheme) as n",
                    [],
                )
                assert (left[0]["p"] or "", left[0]["q"] or "", left[0]["n"]) == ("", "", 0)
    finally:
        await store.close()


@pytest.mark.parametrize(
    "planner",
    [
        (),
        ("enable_indexscan", "enable_bitmapscan", "enable_indexonlyscan"),
        ("enable_nestloop",),
        ("enable_nestloop", "enable_hashjoin"),
        ("enable_nestloop", "enable_mergejoin", "enable_indexscan", "enable_bitmapscan"),
        ("enable_seqscan",),
    ],
)
@pytest.mark.parametrize("generic", ["force_generic_plan", "force_custom_plan"])
async def test_a_statement_finds_its_own_rows_whatever_the_planner_thinks(
    ready: Urls, postgres: PostgresStore, owner: Any, planner: tuple[str, ...], generic: str
) -> None:
    """Looks and changes set the scope before they read, by their shape and not by the planner's mood: on tables with
    and without statistics, with joins and scans forbidden. (An update that joins the locked row fails this.)"""
    mine = samples.new_prison()
    kept = [samples.scheme(mine) for _ in range(3)]
    await postgres.settle(entry(), [new(s) for s in kept], EVERYWHERE)
    await owner.execute("vacuum analyze scheme")
    connection = await asyncpg.connect(ready.app_url)
    try:
        for setting in planner:
            await connection.execute(f"set {setting} = off")
        await connection.execute(f"set plan_cache_mode = {generic}")
        await connection.execute("set jit = off")  # what is forbidden counts as dear, and would be compiled
        of, own = MAPPED["scheme"], scope.scope_values(Scope(frozenset({mine}), True))
        seen = statements.look("scheme", (), (), ("id",), (), None, None)
        change = statements.change("scheme", keyed=False)
        for number, scheme in enumerate(kept):
            assert len(await connection.fetch(seen.sql, *seen.arguments(own | {"is_id": scheme.id, "limit": 1}))) == 1
            row = {f"r_{name}": v for name, v in of.row(scheme, postgres._cipher, 2).items()}
            line = {f"e_{name}": v for name, v in columns_of(entry()).items()}
            given = own | row | line | {"before": 1}
            away = scope.scope_values(Scope(frozenset({"XXX"}), True))
            assert await connection.fetchval(change.sql, *change.arguments(given | away)) == 0
            assert await connection.fetchval(change.sql, *change.arguments(given)) == 1, number
    finally:
        await connection.close()


async def test_the_application_owns_nothing_and_nobody_lends_it_powers(owner: Any) -> None:
    """No table of its own, no function that runs as its maker, no view; and no table without row security but those
    that hold nothing of a person."""
    assert await owner.fetchval("select count(*) from pg_class where relowner = 'peer_support_app'::regrole") == 0
    assert await owner.fetchval("select count(*) from pg_class where relowner = 'peer_support_sealer'::regrole") == 0
    ours = "pronamespace = 'public'::regnamespace"
    assert await owner.fetchval(f"select count(*) from pg_proc where {ours} and prosecdef") == 0
    there = "relnamespace = 'public'::regnamespace"
    assert await owner.fetchval(f"select count(*) from pg_class where {there} and relkind in ('v', 'm')") == 0
    free = await owner.fetch(
        f"select relname from pg_class where {there} and relkind = 'r' and not (relrowsecurity and relforcerowsecurity)"
    )
    assert {row["relname"] for row in free} == {"alembic_version", "idempotency_key", "stamp", "tally_key"}


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        ("request", {"closed": True, "person": uuid4()}),
        ("feedback", {"closed": True, "words": "Thank you.", "author": None}),
        ("feedback", {"closed": True, "words": None, "author": uuid4()}),
        ("session", {"closed": True}),
        ("induction", {"closed": True}),
        ("enrolment", {"closed": True}),
        ("request", {"closed": False, "wing": "Smith is kicking off again, he is in a state, come"}),
    ],
)
async def test_what_admission_refuses_the_tables_cannot_hold(
    postgres: PostgresStore, owner: Any, kind: str, given: dict[str, Any]
) -> None:
    """A closed-policy record with a person, words or an author is refused by the table itself, and the reason that
    leaves the store has no value in it."""
    record: Any = samples.Drawn(3).record(KINDS[kind], 0)
    wrong = dataclasses.replace(record, **given)
    before = await rows(owner, kind)
    with pytest.raises(Fault) as refused:
        await postgres.settle(entry(), [new(wrong)], EVERYWHERE)
    assert await rows(owner, kind) == before
    assert refused.value.constraint is not None
    assert refused.value.__context__ is None
    assert str(wrong.id) not in str(refused.value)


async def test_an_unknown_word_is_refused(postgres: PostgresStore) -> None:
    """A vocabulary's column holds its words only, alone or in a list."""
    scheme: Any = samples.scheme(samples.new_prison())
    for wrong in (
        dataclasses.replace(scheme, state="OPEN_ENDED"),
        dataclasses.replace(samples.Drawn(4).record(KINDS["feedback"], 0), themes=("NONSENSE",)),  # type: ignore[type-var]
    ):
        with pytest.raises(Fault, match="_known"):
            await postgres.settle(entry(), [new(wrong)], EVERYWHERE)

"""What the database refuses, whatever the service asks of it. Each fence is tried by plain SQL as the application, with
the code of the store left out of it."""

import dataclasses
from typing import Any
from uuid import uuid4

import asyncpg
import pytest

from domain.records import KINDS
from persistence.faults import Fault
from persistence.store import PostgresStore
from tests.persistence import samples
from tests.persistence.drawn import Drawn
from tests.persistence.plain_sql import LINE, OPEN_UP, RECORD_TABLES, rows, run
from tests.persistence.samples import EVERYWHERE, entry, new

DUTY = "insert into duty values (gen_random_uuid(), 1, gen_random_uuid(), 'EW', 'MDI', '{A}', 'AM', now(), now())"
FENCED = [*RECORD_TABLES, "idempotency_key", "letterbox", "tally_key"]


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


async def test_a_closed_line_that_is_taken_away_must_be_there_again(owner: Any) -> None:
    """The owner too can lay a closed line elsewhere, and do nothing else with it."""
    await run(owner, LINE.replace("false)", "true)"))
    for back in (
        "",
        '; insert into ledger select (jsonb_populate_record(l, \'{"code": "X", "tx": null}\')).* from gone l',
    ):
        await run(owner, "create temporary table gone as select * from ledger where closed")
        with pytest.raises(asyncpg.PostgresError, match="the ledger only grows"):
            await run(owner, f"delete from ledger where closed{back}")
        await run(owner, "drop table gone")


@pytest.mark.parametrize(
    ("change", "changed"),
    [
        ("select ledger_clear('2100-01-01')", True),
        ("select ledger_clear('1900-01-01')", False),
        ("update ledger set tx = null where closed", None),
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


@pytest.mark.parametrize(
    "change",
    [
        "update letterbox set box = ''",
        "insert into letterbox select * from letterbox",
        "select bytes from ledger",
        "select * from mixed_tally",
        "select * from request",
    ],
)
async def test_the_mixer_looks_and_takes_out_and_nothing_else(
    postgres: PostgresStore, app: Any, owner: Any, change: str
) -> None:
    """In no other table, and no letter is changed (rule 1); what it takes out it does with an entry."""
    await postgres.settle(entry(), [], EVERYWHERE, None, [samples.letter()])
    mixer = "set local role peer_support_mixer"
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await run(app, OPEN_UP, LINE, mixer, change)
    with pytest.raises(asyncpg.PostgresError, match="without an entry"):
        await run(app, OPEN_UP, mixer, "delete from letterbox")
    assert await owner.fetchval("select count(*) from letterbox") > 0
    await run(app, OPEN_UP, LINE, mixer, "delete from letterbox", "reset role")
    assert await owner.fetchval("select count(*) from letterbox") == 0


async def test_nobody_reads_the_letterbox(app: Any, postgres: PostgresStore) -> None:
    """The application hands in, and cannot look, change or take out."""
    await postgres.settle(entry(), [], EVERYWHERE, None, [samples.letter()])
    for attempt in ("select * from letterbox", "update letterbox set box = ''", "delete from letterbox"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await run(app, OPEN_UP, LINE, attempt)


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
    record: Any = Drawn(3).record(KINDS[kind], 0)
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
        dataclasses.replace(Drawn(4).record(KINDS["feedback"], 0), themes=("NONSENSE",)),  # type: ignore[type-var]
    ):
        with pytest.raises(Fault, match="_known"):
            await postgres.settle(entry(), [new(wrong)], EVERYWHERE)

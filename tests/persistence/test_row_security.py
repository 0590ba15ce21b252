"""The second line behind reach: row security, which shows nothing without a scope and leaves none behind."""

from typing import Any

import asyncpg
import pytest

from domain.confidentiality.classification import Classification
from domain.ports import Query, Scope
from domain.records import KINDS
from domain.schemes.record import Scheme
from domain.sessions.request import Request
from persistence import scope, statements
from persistence.ledger.line import columns_of
from persistence.mapping import MAPPED
from persistence.store import PostgresStore
from tests.persistence import samples
from tests.persistence.conftest import opened
from tests.persistence.drawn import Drawn
from tests.persistence.plain_sql import LINE, RECORD_TABLES, rows, run
from tests.persistence.samples import EVERYWHERE, entry, look, new
from tests.servers import Urls

OF_NO_PRISON = ("actor", "exception_list", "prison_event", "tokens_ended")


@pytest.mark.parametrize("table", [*RECORD_TABLES, "ledger"])
async def test_without_a_scope_nothing_is_there(postgres: PostgresStore, app: Any, owner: Any, table: str) -> None:
    """It fails closed: no setting, an empty one, and (for participation) the right prison without the word."""
    drawn = Drawn(7)
    kind = next(kind for kind, of in MAPPED.items() if of.name == table)
    if table != "ledger":
        await postgres.settle(entry(), [new(drawn.record(KINDS[kind], 0))], EVERYWHERE)
    await run(app, LINE)
    assert await rows(owner, table) > 0
    assert await rows(app, table) == 0
    for prisons in ("", "XXX"):
        async with app.transaction():
            await app.execute("select set_config('peer_support.prisons', $1, true)", prisons)
            assert await rows(app, table) == 0 or (table in OF_NO_PRISON and prisons)
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
        of, own = MAPPED["scheme"], dict(scope.scope_values(Scope(frozenset({mine}), True)))
        seen = statements.look("scheme", (), (), ("id",), (), None, None)
        change = statements.change("scheme", keyed=False)
        for number, scheme in enumerate(kept):
            assert len(await connection.fetch(seen.sql, *seen.arguments(own | {"is_id": scheme.id, "limit": 1}))) == 1
            row = {f"r_{name}": v for name, v in of.row(scheme, postgres._cipher, 2).items()}
            line = {f"e_{name}": v for name, v in columns_of(entry()).items()}
            given = own | row | line | {"before": 1}
            away = dict(scope.scope_values(Scope(frozenset({"XXX"}), True)))
            assert await connection.fetchval(change.sql, *change.arguments(given | away)) == 0
            assert await connection.fetchval(change.sql, *change.arguments(given)) == 1, number
    finally:
        await connection.close()


async def test_the_application_owns_nothing_and_nobody_lends_it_powers(owner: Any) -> None:
    """No table of its own, no view; no function that runs as its maker but the two by which a closed line is laid
    elsewhere (rule 4), which the application may not call; and no table without row security but those that hold
    nothing of a person."""
    assert await owner.fetchval("select count(*) from pg_class where relowner = 'peer_support_app'::regrole") == 0
    assert await owner.fetchval("select count(*) from pg_class where relowner = 'peer_support_sealer'::regrole") == 0
    ours = "pronamespace = 'public'::regnamespace"
    lends = await owner.fetch(f"select oid::regprocedure::text as name from pg_proc where {ours} and prosecdef")
    clears = "ledger_clear(timestamp with time zone)"
    assert {row["name"] for row in lends} == {clears, "ledger_line_stays()"}
    assert not await owner.fetchval(f"select has_function_privilege('peer_support_app', '{clears}', 'execute')")
    there = "relnamespace = 'public'::regnamespace"
    assert await owner.fetchval(f"select count(*) from pg_class where {there} and relkind in ('v', 'm')") == 0
    free = await owner.fetch(
        f"select relname from pg_class where {there} and relkind = 'r' and not (relrowsecurity and relforcerowsecurity)"
    )
    assert {row["relname"] for row in free} == {
        *("alembic_version", "footing", "idempotency_key", "relay", "stamp", "tally_key")
    }

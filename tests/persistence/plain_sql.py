"""For the fences: plain SQL of our own, with the code of the store left out of it."""

from typing import Any

from persistence.mapping import MAPPED

LINE = (
    "insert into ledger (id, at, bytes, shown_at, readable_from, role, shown_act, outcome, closed)"
    " values (gen_random_uuid(), now(), '', now(), now(), 'NONE', 'NONE', 'DONE', false)"
)
OPEN_UP = "select set_config('peer_support.prisons', '*', true), set_config('peer_support.participation', 'yes', true)"
RECORD_TABLES = sorted(of.name for of in MAPPED.values() if of.name != "ledger")


async def rows(connection: Any, table: str) -> int:
    return await connection.fetchval(f"select count(*) from {table}")


async def run(connection: Any, *steps: str) -> None:
    """All steps in one transaction."""
    async with connection.transaction():
        for step in steps:
            await connection.execute(step)

"""Which lines of the ledger wrote a record: what a chronology says of the versions of what it tells.

The entry's own bytes are read, line by line: no index joins a record to its lines, for none shall be found so in
passing. It is for long work alone. Lines that changed nothing are passed over by their bytes, which are canonical.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from domain.ports import Scope, Written
from persistence import statements
from persistence.engine import Transaction
from persistence.scope import scope_values

_WRITTEN: Final = """
    select l.id, l.at, l.actor, c ->> 'kind' as kind, (c ->> 'id')::uuid as record, (c ->> 'before')::int = 0 as first,
        array(select json_array_elements_text(c -> 'fields')) as fields
    from ledger l, json_array_elements(convert_from(l.bytes, 'UTF8')::json -> 'changes') c
    where l.prison = $1 and l.shown_at >= $2 and not l.closed
        and position('"changes":[]'::bytea in l.bytes) = 0 and c ->> 'id' = any($3::text[])
    order by l.at, l.id
"""


async def written(open: Transaction, prison: str, since: datetime, ids: Collection[UUID]) -> Sequence[Written]:
    """The lines, in a transaction of their own or an act's."""
    scope = statements.scope()
    await open.fetch(scope.sql, scope.arguments(scope_values(Scope(frozenset({prison}), True))))
    rows = await open.fetch(_WRITTEN, [prison, since, [str(id) for id in ids]])
    return [
        Written(
            UUID(int=row["id"].int),
            row["at"],
            row["actor"],
            row["kind"],
            row["record"],
            row["first"],
            tuple(row["fields"]),
        )
        for row in rows
    ]

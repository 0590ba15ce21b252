"""The fences around a table, as SQL. What stands here is history: a change is another function, used by a later
migration, never an edit.

* *Entry*: a row-level constraint trigger, looked at when the transaction ends, refuses a change whose transaction left
  no line in the ledger. Row-level, because only so it sees a change made by a CTE; deferred, so that entry and change
  may come in any order.
* *Row security*, forced on the owner too: rows of the prisons in the scope, and rows whose very existence tells that
  somebody took part only where the scope says so. Without a scope nothing is there. The `coalesce` is for the planner:
  it multiplies what it thinks of `prison = any (…)` with what it thinks of the reach's own `prison = …`, expects one
  row, and sorts all of a prison's for a page instead of walking the index that has them in order.
"""

from collections.abc import Generator
from contextlib import contextmanager

from alembic import op

APPLICATION = "peer_support_app"
SEALER = "peer_support_sealer"

PRISONS = "nullif(current_setting('peer_support.prisons', true), '')"
EVERYWHERE = f"{PRISONS} = '*'"
IN_PRISON = f"prison = any (string_to_array({PRISONS}, ','))"
PARTICIPATION = "current_setting('peer_support.participation', true) = 'yes'"


def entry_required(table: str) -> str:
    """No change without an entry in the same transaction."""
    return (
        f"create constraint trigger {table}_entry_required after insert or update or delete on {table}"
        " deferrable initially deferred for each row execute function entry_required()"
    )


def row_security(table: str) -> list[str]:
    """Row security, for the owner too."""
    return [f"alter table {table} enable row level security", f"alter table {table} force row level security"]


def fenced(table: str, within: str) -> list[str]:
    """Everything around a table of records: `within` is the condition on its rows."""
    return [
        entry_required(table),
        *row_security(table),
        f"create policy {table}_within on {table} using ({within}) with check ({within})",
        f"grant select, insert, update, delete on {table} to {APPLICATION}",
    ]


def of_prison(*, participation: bool = False) -> str:
    """The condition on rows of a prison; of those whose existence is participation, only where the scope says so."""
    where = f"{EVERYWHERE} or {IN_PRISON}"
    return f"coalesce(({where}) and {PARTICIPATION}, false)" if participation else f"coalesce({where}, false)"


@contextmanager
def unfenced(table: str) -> Generator[None]:
    """While a release changes rows of it: no act does, and there is no entry to keep with them. Forced row security
    would else show the owner none."""
    op.execute(f"lock table {table} in access exclusive mode")
    op.execute(f"alter table {table} disable trigger {table}_entry_required")
    op.execute("select set_config('peer_support.prisons', '*', true)")
    yield
    op.execute("select set_config('peer_support.prisons', '', true)")
    op.execute(f"alter table {table} enable trigger {table}_entry_required")


@contextmanager
def unfenced_whole(table: str) -> Generator[None]:
    """The same for a table whose rows tell that somebody took part."""
    with unfenced(table):
        op.execute("select set_config('peer_support.participation', 'yes', true)")
        yield
        op.execute("select set_config('peer_support.participation', '', true)")

"""The steps of an explicit transaction, and what is written beside the records: entries, keys, letters.

Made as `persistence.statements` makes the rest: once, held to a shape, with a parameter for every value.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby
from typing import Any, Final

from sqlalchemy import (
    ARRAY,
    JSON,
    Table,
    and_,
    any_,
    bindparam,
    cast,
    column,
    delete,
    func,
    insert,
    null,
    select,
    union_all,
    update,
)

from domain.ports import Kept
from persistence import statements
from persistence.mapping import MAPPED
from persistence.shapes import Statement
from persistence.tables import IDEMPOTENCY_KEY, LEDGER, LETTERBOX, TALLY_KEY


@cache
def step_add(kind: str) -> Statement:
    """Keep a new record, in a transaction whose scope is set."""
    table = MAPPED[kind].table
    return Statement("step add", insert(table).values(statements.columns(table, "r_")).returning(table.c.id))


AT_ONCE: Final = 10
"""New records of a kind that one statement keeps, at most: as many as the estate's queue hands over together."""


@cache
def step_adds(kind: str, many: int) -> Statement:
    """Keep so many new records of a kind, in a transaction whose scope is set: an act that keeps ten waits for the
    database once."""
    table = MAPPED[kind].table
    rows = [statements.columns(table, f"r{n}_") for n in range(many)]
    return Statement("step adds", insert(table).values(rows).returning(table.c.id))


def together(kept: Sequence[Kept]) -> Iterator[Sequence[Kept]]:
    """What one statement keeps, in their order: new records of a kind that follow each other, and else each for
    itself."""
    for (_, is_new), same in groupby(kept, lambda one: (type(one.record), one.before == 0 and not one.erased)):
        some, many = list(same), AT_ONCE if is_new else 1
        yield from (some[n : n + many] for n in range(0, len(some), many))


@cache
def step_change(kind: str) -> Statement:
    """Change a record whose version is still `before`, in a transaction whose scope is set."""
    table = MAPPED[kind].table
    changed = update(table).values(statements.columns(table, "r_", "id")).where(_as_read(table))
    return Statement("step change", changed.returning(table.c.id))


@cache
def step_erase(kind: str) -> Statement:
    """Delete a record whose version is still `before`, in a transaction whose scope is set."""
    table = MAPPED[kind].table
    return Statement("step erase", delete(table).where(_as_read(table)).returning(table.c.id))


def _as_read(table: Table) -> Any:
    return and_(
        table.c.id == bindparam("r_id", type_=table.c.id.type),
        table.c.version == bindparam("before", type_=table.c.version.type),
    )


@cache
def step_entry() -> Statement:
    """Append one entry, in the transaction that is open."""
    return Statement("step add", insert(LEDGER).values(statements.columns(LEDGER, "e_", "tx")))


@cache
def step_letter() -> Statement:
    """Hand in one letter, in the transaction that is open. Nothing is asked back: the application may not read it."""
    return Statement("step add", insert(LETTERBOX).values(statements.columns(LETTERBOX, "b_")))


@cache
def letters_in() -> Statement:
    """What lies in a letterbox, for the role that may look."""
    table = LETTERBOX
    found = select(table.c.id, table.c.sealed).where(table.c.box == bindparam("b_box", type_=table.c.box.type))
    return Statement("letters", found.order_by(table.c.id))


@cache
def take_letters() -> Statement:
    """Take these out of the letterbox, as that role."""
    table = LETTERBOX
    these = table.c.id == any_(bindparam("b_ids", type_=ARRAY(table.c.id.type)))
    return Statement("take letters", delete(table).where(these).returning(table.c.id))


@cache
def append() -> Statement:
    """Append many entries at once: the parameter is a JSON list of objects, one a line, by the names of the columns.
    Given a list of values for each column, the driver took 203 us of CPU for eight lines, and so it takes 114."""
    columns = [c for c in LEDGER.c if c.name != "tx"]
    lines = func.json_to_recordset(bindparam("lines", type_=JSON()))
    u = lines.table_valued(*(column(c.name, c.type) for c in columns)).render_derived(name="u", with_types=True)
    made = insert(LEDGER).from_select([c.name for c in columns], select(*u.c), include_defaults=False)
    return Statement("append", made)


@cache
def key_lock() -> Statement:
    """Try once for a key's lock, which lasts as long as the transaction that is open."""
    return Statement("key lock", select(statements.try_lock()))


@cache
def key_end(*, tally: bool) -> Statement:
    """Remove the use of a key if it has run out."""
    table = TALLY_KEY if tally else IDEMPOTENCY_KEY
    use, until = bindparam("k_use", type_=table.c.use.type), bindparam("k_now", type_=table.c.until.type)
    return Statement("key end", delete(table).where(table.c.use == use, table.c.until <= until))


@cache
def key_add(*, tally: bool) -> Statement:
    """Keep the use of a key, in the transaction that is open."""
    table = TALLY_KEY if tally else IDEMPOTENCY_KEY
    return Statement("step add", insert(table).values(statements.columns(table, "k_")))


@cache
def key_look() -> Statement:
    """The use of a key that has not run out, wherever it is kept: of a letter's key `day` is the day of its end."""
    one, other = IDEMPOTENCY_KEY, TALLY_KEY
    uses = bindparam("k_uses", type_=ARRAY(one.c.use.type))
    no_day = cast(null(), other.c.until.type).label("day")
    kept = select(one.c.use, one.c.body, one.c.subject, one.c.until, no_day).where(
        one.c.use == any_(uses), one.c.until > bindparam("k_now", type_=one.c.until.type)
    )
    handed_in = select(
        other.c.use,
        other.c.body,
        cast(null(), one.c.subject.type).label("subject"),
        cast(null(), one.c.until.type).label("until"),
        other.c.until.label("day"),
    ).where(other.c.use == any_(uses), other.c.until > bindparam("k_today", type_=other.c.until.type))
    return Statement("key look", union_all(kept, handed_in))

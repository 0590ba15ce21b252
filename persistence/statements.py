"""Every statement that the store runs: built with Core, compiled once, kept.

Building a statement for each request was the dearest thing measured in reads (294 of 810 us), so a statement is made
when it is first needed and its text never changes after: values are parameters, always. `persistence.shapes` refuses a
text with a value in it, or of another shape than the few that it knows.

**Row security in one round trip.** A statement carries its own scope: a materialised CTE `s` calls `set_config(…,
true)`, and everything that reads a table does so after it.

* A look reads in a lateral subquery with a LIMIT. Such a subquery is never pulled up, so the planner can only run it
  inside a nested loop under `s`: whatever it thinks of the table, the setting comes first.
* A change locks its row the same way (`k`, `FOR UPDATE`), and writes it by `insert … on conflict (id) do update`: the
  row that it meets is found by the unique index as the insert runs, after `k`. An `update … from k` would read the
  table by a plan of the planner's choice, and on a table that was analysed it reads it before `s`: then row security
  hides the viewer's own row, and no row changes (tried on 15 and 18, at 1, 3 and 300 rows; it fails closed).

Both are set for the transaction alone, which is the statement; nothing is left for the connection's next borrower.
"""

from functools import cache, lru_cache
from typing import Any

from sqlalchemy import (
    ARRAY,
    CTE,
    BigInteger,
    Executable,
    Label,
    Table,
    Text,
    Uuid,
    and_,
    any_,
    bindparam,
    delete,
    func,
    literal_column,
    or_,
    select,
    true,
    tuple_,
)
from sqlalchemy.dialects.postgresql import insert

from domain.confidentiality.within import Reach
from persistence import reach as reaches
from persistence.mapping import MAPPED, Mapped
from persistence.reach import Bounds
from persistence.shapes import SETTINGS, Statement
from persistence.tables import FOOTING, IDEMPOTENCY_KEY, LEDGER


def _scope_columns() -> list[Any]:
    return [
        func.set_config(literal_column(SETTINGS[setting]), bindparam(setting, type_=Text()), true()).label(name)
        for setting, name in (("prisons", "p"), ("participation", "q"))
    ]


def _scope(*further: Any) -> CTE:
    return select(*_scope_columns(), *further).cte("s").prefix_with("MATERIALIZED")


def columns(table: Table, prefix: str, *without: str) -> dict[str, Any]:
    """A parameter for each column of a table but these, by its name with the prefix."""
    return {c.name: bindparam(prefix + c.name, type_=c.type) for c in table.c if c.name not in without}


@lru_cache(maxsize=4096)
def look(
    kind: str,
    reach: Reach,
    how: Bounds,
    equal: tuple[str, ...] = (),
    empty: tuple[str, ...] = (),
    order: str | None = None,
    after: str | None = None,
    only: tuple[str, ...] = (),
    among: tuple[str, ...] = (),
    *,
    on_footing: bool = False,
) -> Statement:
    """A look at one kind: what the reach holds and the query asks for. `how` says how many values the reach's facts
    have; `equal` and `empty` name the fields that must have a value or none, `among` those that must have one of
    several; `after` is None, or says what the last place had: "value", "empty" or, by id alone, "id". `only` names the
    fields that are asked, besides id and order.

    `on_footing`: also, in the same snapshot, the mark of the viewer's footing: in each row, or in one row of nothing
    else. So what was remembered of a viewer is held without a round trip of its own."""
    of = MAPPED[kind]
    s = _scope(_mark().scalar_subquery().label("mark")) if on_footing else _scope()
    r, places = _found(of, s, reach, how, equal, empty, order, after, only, among)
    shown = (r, s.c.mark) if on_footing else (r,)
    made = select(*shown).select_from(s.join(r, true(), isouter=on_footing)).order_by(*(r.c[f] for f in places))
    return Statement("look on footing" if on_footing else "look", made)


def _mark() -> Any:
    return select(FOOTING.c.mark).where(FOOTING.c.actor == bindparam("footing", type_=FOOTING.c.actor.type))


@cache
def mark() -> Statement:
    """The mark of an actor's footing."""
    return Statement("mark", _mark())


def _found(
    of: Mapped,
    s: CTE,
    reach: Reach,
    how: Bounds,
    equal: tuple[str, ...],
    empty: tuple[str, ...],
    order: str | None,
    after: str | None,
    only: tuple[str, ...],
    among: tuple[str, ...],
) -> tuple[Any, list[str]]:
    """The lateral subquery of a look, and the names of the columns that order it."""
    asked = {"id", order, *only}
    columns = [part.column.label(part.field) for part in of.parts if not only or part.field in asked]
    inner = (
        select(*columns)
        .where(s.c.p.is_not(None), *reaches.conditions(reach, of, how), *_asked(of, equal, empty, among))
        .limit(bindparam("limit", type_=BigInteger()))
    )
    id = of.table.c.id
    places = [id] if order is None else [of.part(order).column, id]
    if after is not None:
        inner = inner.where(_beyond(places, after))
    return inner.order_by(*places).lateral("r"), ["id"] if order is None else [order, "id"]


def _asked(of: Mapped, equal: tuple[str, ...], empty: tuple[str, ...], among: tuple[str, ...]) -> list[Any]:
    found: list[Any] = []
    for field in equal:
        if field not in of.blind:
            column = of.part(field).column
            found.append(column == bindparam(f"is_{field}", type_=column.type))
    # One value too has several indexes: one of each version of the key.
    for field in (*(field for field in equal if field in of.blind), *among):
        column = of.table.c[f"{field}_index"] if field in of.blind else of.part(field).column
        found.append(column == any_(bindparam(f"is_{field}", type_=ARRAY(column.type))))
    return [*found, *(of.part(field).column.is_(None) for field in empty)]


def _beyond(places: list[Any], after: str) -> Any:
    id = places[-1]
    last_id = bindparam("after_id", type_=Uuid())
    if len(places) == 1:
        return id > last_id
    column = places[0]
    if after == "empty":
        return and_(column.is_(None), id > last_id)
    last = bindparam("after", type_=column.type)
    if column.nullable:  # empty places come last
        return or_(column > last, and_(column == last, id > last_id), column.is_(None))
    return tuple_(column, id) > tuple_(last, last_id)


@cache
def add(kind: str, *, keyed: bool) -> Statement:
    """Keep a new record, its entry and, where `keyed`, the use of its key, in one statement. It gives `kept` (0 or 1)
    and, where keyed, `got`: whether the key's lock was free."""
    table, s, lock = MAPPED[kind].table, _scope(), _lock() if keyed else None
    values = columns(table, "r_")
    chosen = select(*values.values())
    if lock is not None:
        chosen = chosen.select_from(lock).where(lock.c.got)
    chosen = chosen.select_from(s).where(s.c.p.is_not(None))
    w = insert(table).from_select(list(values), chosen, include_defaults=False).returning(table.c.id).cte("w")
    return Statement("add", _with_entry(w, lock))


@cache
def change(kind: str, *, keyed: bool) -> Statement:
    """Change a record whose version is still `before`, with its entry and, where `keyed`, its key. Gives as `add`."""
    table, s, lock = MAPPED[kind].table, _scope(), _lock() if keyed else None
    o = (
        select(table.c.id)
        .where(s.c.p.is_not(None))
        .where(table.c.id == bindparam("r_id", type_=table.c.id.type))
        .where(table.c.version == bindparam("before", type_=table.c.version.type))
        .with_for_update()
        .lateral("o")
    )
    found = select(o.c.id.label("id"))
    if lock is not None:
        found = found.select_from(lock).where(lock.c.got)
    k = found.select_from(s.join(o, true())).cte("k").prefix_with("MATERIALIZED")
    values = columns(table, "r_")
    adding = insert(table).from_select(list(values), select(*values.values()).select_from(k), include_defaults=False)
    changing = adding.on_conflict_do_update(
        index_elements=[table.c.id], set_={name: adding.excluded[name] for name in values if name != "id"}
    )
    return Statement("change", _with_entry(changing.returning(table.c.id).cte("w"), lock))


def _lock() -> CTE:
    return select(try_lock()).cte("l").prefix_with("MATERIALIZED")


def try_lock() -> Label[Any]:
    """A key's lock, tried once."""
    return func.pg_try_advisory_xact_lock(bindparam("k_lock", type_=BigInteger())).label("got")


def _with_entry(w: CTE, lock: CTE | None) -> Executable:
    """The entry, and the key, for a row that was written and for no other."""
    line = columns(LEDGER, "e_", "tx")
    e = insert(LEDGER).from_select(list(line), select(*line.values()).select_from(w), include_defaults=False).cte("e")
    made = select(func.count().label("kept")).select_from(w)
    if lock is None:
        return made.add_cte(e)
    table = IDEMPOTENCY_KEY
    x = (
        delete(table)
        .where(table.c.use == bindparam("k_use", type_=table.c.use.type))
        .where(table.c.until <= bindparam("k_now", type_=table.c.until.type))
        .where(w.c.id.is_not(None))
        .returning(table.c.use)
        .cte("x")
    )
    # Reading from `x` puts the removal of a use that has run out before the insert. One that has not, or that was kept
    # a moment ago, then meets the primary key, and the whole statement is undone.
    removed = select(func.count(x.c.use).label("n")).select_from(x).subquery("y")
    use = columns(table, "k_")
    chosen = select(*use.values()).select_from(w, removed).where(removed.c.n.is_not(None))
    i = insert(table).from_select(list(use), chosen, include_defaults=False).cte("i")
    return made.add_columns(select(lock.c.got).scalar_subquery().label("got")).add_cte(e, x, i)


@cache
def scope() -> Statement:
    """Set the scope, for the rest of the transaction that is open."""
    return Statement("scope", select(*_scope_columns()))

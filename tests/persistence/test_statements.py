"""What the service may ask of its database: a few shapes, with parameters for every value."""

from typing import Any

import pytest
from sqlalchemy import Integer, bindparam, delete, literal_column, select, update

from domain.confidentiality.grants import GRANTS
from domain.confidentiality.policy import reach_of
from domain.confidentiality.within import In, NotIn, Within, fields_of
from domain.ports import Kept
from domain.records import KINDS
from persistence import shapes, statements, steps
from persistence.mapping import MAPPED
from persistence.reach import Many
from persistence.shapes import Statement, WrongShape
from persistence.steps import AT_ONCE
from persistence.tables import RECORDS
from tests.persistence import samples

SCHEME = RECORDS["scheme"]


def every_statement() -> list[Statement]:
    """Each statement without a choice in it, each look that a grant can lead to, and each kind's order and filters."""
    found = [statements.scope(), steps.step_entry(), steps.step_letter(), steps.append()]
    found += [steps.letters_in(), steps.take_letters()]
    found += [steps.key_lock(), steps.key_look(), statements.mark()]
    found += [make(tally=tally) for make in (steps.key_end, steps.key_add) for tally in (True, False)]
    for name, kind in KINDS.items():
        for grant in GRANTS:
            reach = reach_of(grant, kind)
            if fields_of(reach) <= set(kind.shape.fields):
                for many in Many:
                    how = tuple(many if isinstance(c, In | NotIn) else None for c in reach)
                    for held in (False, True):
                        found.append(statements.look(name, reach, how, ("id",), on_footing=held))
        for part in (p for p in MAPPED[name].parts if not p.encrypted):
            for after in ("value", "empty") if part.column.nullable else ("value",):
                found.append(statements.look(name, (), (), (part.field,), (part.field,), part.field, after))
        found += [statements.look(name, (), (), among=(f,)) for f in ("id", "state") if f in kind.shape.fields]
        found.append(statements.look(name, (), (), (), (), None, "id"))
        found += [statements.look(name, (), (), only=("id",), on_footing=held) for held in (False, True)]
        if name != "ledger-line":
            found += [statements.add(name, keyed=keyed) for keyed in (True, False)]
            found += [statements.change(name, keyed=keyed) for keyed in (True, False)]
            found += [steps.step_add(name), steps.step_change(name), steps.step_erase(name)]
            found += [steps.step_adds(name, many) for many in (2, steps.AT_ONCE)]
    return found


def test_every_statement_has_one_of_the_shapes() -> None:
    """Making a statement is checking it; here all are made. None of them needs a shape that is not there, and no shape
    is there that none needs."""
    made = {statement.sql for statement in every_statement()}  # many grants lead to one look
    assert len(made) > 500
    used: set[str] = set()
    for sql in made:
        assert not shapes.has_value(sql)
        has = [shape for shape in shapes.SHAPES if shapes.has_shape(shape, sql)]
        assert len(has) == 1, sql
        used.update(has)
    assert used == set(shapes.SHAPES)


def test_a_look_is_one_text_for_what_is_hidden_and_what_is_absent() -> None:
    """The text depends on the kind, the reach and the names in the question, never a value: it is one object."""
    reach = reach_of(next(g for g in GRANTS if g.within is Within.OWN_PRISON), KINDS["scheme"])
    how = (Many.ONE,) * len(reach)
    looks = [statements.look("scheme", reach, how, ("id",), (), None, None) for _ in range(2)]
    assert looks[0] is looks[1]


@pytest.mark.parametrize(
    "made",
    [
        select(SCHEME.c.id),
        select(SCHEME.c.id).where(SCHEME.c.name == "Smith"),
        update(SCHEME).values(name=bindparam("x", type_=SCHEME.c.name.type)),
        delete(SCHEME),
        delete(SCHEME).where(SCHEME.c.id == bindparam("x", type_=SCHEME.c.id.type)),
        select(literal_column("1")),
        select(SCHEME.c.id).where(SCHEME.c.name.in_(bindparam("x", expanding=True))),
        select(SCHEME.c.id).limit(bindparam("x", type_=Integer(), literal_execute=True)),
    ],
)
def test_no_other_statement_is_made(made: Any) -> None:
    """A bare select, an update of everything, a literal, a parameter that is expanded as it runs: no shape has them."""
    for shape in shapes.SHAPES:
        with pytest.raises(WrongShape):
            Statement(shape, made)


@pytest.mark.parametrize("sql", ["select 'x'", "select 1", "where a = '' or true", "x in (__[POSTCOMPILE_x])"])
def test_a_value_in_a_text_is_seen(sql: str) -> None:
    """Quotes, numbers and promises of values."""
    assert shapes.has_value(sql)


def test_the_settings_of_the_scope_are_no_values() -> None:
    """The two names are the only words in quotes; a third is a value."""
    assert not shapes.has_value(statements.scope().sql)
    assert shapes.has_value(statements.scope().sql.replace("participation'", "else'"))


def test_new_records_of_a_kind_are_kept_together_in_their_order() -> None:
    """Ten at once at most; what is changed or erased, and what is of another kind, stands for itself and moves
    nowhere."""
    men = [samples.person("MDI") for _ in range(AT_ONCE + 2)]
    new = [Kept(man, 0) for man in men]
    scheme, changed, gone = Kept(samples.scheme("MDI"), 0), Kept(men[0], 1), Kept(men[1], 1, erased=True)
    kept = [*new, changed, gone, new[0], scheme, new[1]]
    found = [list(some) for some in steps.together(kept)]
    assert [one for some in found for one in some] == kept
    assert [len(some) for some in found] == [AT_ONCE, 2, 1, 1, 1, 1, 1]

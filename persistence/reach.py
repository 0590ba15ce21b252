"""A reach, said in SQL: the same conditions that `domain.confidentiality.within.covers` reads in Python.

A property test holds the two equal. The values stay out of the statement, so one statement serves every viewer of the
same reach; only whether a fact is unbounded changes its text.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final, assert_never

from sqlalchemy import ARRAY, ColumnElement, DateTime, any_, bindparam, false, null, or_
from sqlalchemy.types import TypeEngine

from domain.confidentiality.viewer import Viewer
from domain.confidentiality.within import In, IsFalse, NotIn, Reach, Until
from persistence.mapping import Mapped

NOW: Final = "now"


def unbounded(reach: Reach, viewer: Viewer) -> frozenset[str]:
    """The names of the reach's facts that bound nothing for this viewer."""
    return frozenset(c.facts for c in reach if isinstance(c, In | NotIn) and viewer.fact(c.facts) is None)


def conditions(reach: Reach, of: Mapped, all_of: frozenset[str]) -> list[ColumnElement[bool]]:
    """The conditions on a kind's table. `all_of` names the facts that bound nothing."""
    found: list[ColumnElement[bool]] = []
    for number, condition in enumerate(reach):
        column = of.part(condition.field).column
        match condition:
            case In(_, facts):
                if facts not in all_of:
                    found.append(column == any_(_values(number, column.type)))
            case NotIn(_, facts):
                # Where the fact holds everything, only an empty field is not in it.
                free = column.is_(null())
                found.append(free if facts in all_of else or_(free, ~(column == any_(_values(number, column.type)))))
            case Until():
                found.append(or_(column.is_(null()), column > bindparam(NOW, type_=DateTime(timezone=True))))
            case IsFalse():
                found.append(column.is_(false()))
            case _:
                assert_never(condition)
    return found


def values(reach: Reach, of: Mapped, viewer: Viewer, now: datetime) -> dict[str, Any]:
    """The values for `conditions`, by the names of their parameters.

    A fact of another type than the column can equal nothing in it, and the driver would refuse it: it is left out.
    """
    given: dict[str, Any] = {NOW: now}
    for number, condition in enumerate(reach):
        if isinstance(condition, In | NotIn):
            facts = viewer.fact(condition.facts)
            if facts is not None:
                part = of.part(condition.field)
                fits = part.column.type.python_type
                given[_name(number)] = [_plain(part.encode, value) for value in facts if isinstance(value, fits)]
    return given


def _values(number: int, type: TypeEngine[Any]) -> Any:
    return bindparam(_name(number), type_=ARRAY(type))


def _name(number: int) -> str:
    return f"within_{number}"


def _plain(encode: Callable[[Any], Any] | None, value: Any) -> Any:
    return value if encode is None else encode(value)

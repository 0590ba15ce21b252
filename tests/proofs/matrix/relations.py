"""For a viewer and a reach, the records that stand in every relation to him: one that is near, and for each condition
of the reach one that differs from it in that alone. Read off the reach, so that a new condition has its relation.
"""

import dataclasses
from collections.abc import Iterator
from datetime import timedelta
from typing import Any, assert_never
from uuid import UUID

from domain.confidentiality.record import Record
from domain.confidentiality.viewer import Viewer
from domain.confidentiality.within import Condition, In, IsEmpty, IsFalse, IsTrue, NotIn, Past, Reach, Until
from tests.http.cast import START, uid

NEAR = "near"
_NAMES = {
    "jurisdictions": "other jurisdiction",
    "prisons": "other prison",
    "schemes": "other scheme",
    "wings": "other wing",
    "organisations": "other organisation",
    "persons": "another's own",
    "authors": "another's acts",
}
_POOLS: dict[str, tuple[Any, ...]] = {
    "jurisdictions": ("IE", "EW"),
    "prisons": ("LEI", "MDI", "MJY"),
    "schemes": (uid("scheme:draft"), uid("scheme:suspended")),
    "wings": ("MDI-B", "MDI-A", "MDI-C"),
    "organisations": ("SOME_CHARITY", "ANOTHER_CHARITY"),
    "persons": (uid("person:somebody"), uid("person:somebody-else")),
    "authors": (uid("actor:somebody"), uid("actor:somebody-else")),
}
"""What is not among a viewer's facts is taken from here: the first that is not."""


def relation_of(condition: Condition) -> str:
    """What the records that fail this one condition are called."""
    match condition:
        case In(_, facts):
            return _NAMES[facts]
        case NotIn(field, facts):
            return f"his own as {field}" if facts == "persons" else "his own acts, to be judged"
        case Until():
            return "after its band"
        case Past():
            return "before it may be read"
        case IsFalse():
            return "closed policy"
        case IsTrue():
            return "not agreed to"
        case IsEmpty():
            return "after he left"
        case _:
            assert_never(condition)


def around(base: Record, reach: Reach, viewer: Viewer, called: str) -> Iterator[tuple[str, Record]]:
    """(relation, record): `base` drawn near, then each condition failed in turn. Their ids follow from `called`."""
    near: dict[str, Any] = {}
    for condition in reach:
        near[condition.field] = _meeting(condition, viewer, near.get(condition.field, getattr(base, condition.field)))
    yield NEAR, _made(base, near, f"{called}:{NEAR}")
    for condition in reach:
        failing = _failing(condition, viewer)
        if failing is not None:
            relation = relation_of(condition)
            yield relation, _made(base, {**near, condition.field: failing}, f"{called}:{relation}")


def _meeting(condition: Condition, viewer: Viewer, value: Any) -> Any:
    match condition:
        case In(_, facts):
            known = viewer.fact(facts)
            if known is None or value in known or not known:
                return value
            return sorted(known, key=str)[0]
        case NotIn(_, facts):
            return _other(facts, viewer) if value is not None and value in (viewer.fact(facts) or ()) else value
        case Until():
            return value if value is None or value > START else START + timedelta(hours=1)
        case Past():
            return value if value is not None and value <= START else START
        case IsFalse():
            return False
        case IsTrue():
            return True
        case IsEmpty():
            return None
        case _:
            assert_never(condition)


def _failing(condition: Condition, viewer: Viewer) -> Any:
    """A value that fails it; None where none can."""
    match condition:
        case In(_, facts):
            return _other(facts, viewer)
        case NotIn(_, facts):
            return next(iter(sorted(viewer.fact(facts) or (), key=str)), None)
        case Until():
            return START
        case Past():
            return START + timedelta(hours=1)
        case IsFalse():
            return True
        case IsTrue():
            return False
        case IsEmpty():
            return START.date()
        case _:
            assert_never(condition)


def _other(facts: str, viewer: Viewer) -> Any:
    return next(v for v in _POOLS[facts] if v not in (viewer.fact(facts) or ()))


def _made(base: Record, values: dict[str, Any], called: str) -> Record:
    id: UUID = uid(f"matrix:{called}")
    if base.shape.kind in ("scheme", "scheme-status"):
        # A scheme's own scheme is itself: one that is among a viewer's schemes is that scheme. So is how it stands.
        given = values.get("scheme", id)
        id = id if given == base.id else given
        values = {**values, "scheme": id}
    return dataclasses.replace(base, **{**values, "id": id})  # type: ignore[type-var]

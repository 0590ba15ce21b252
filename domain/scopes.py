"""How wide the database opens for an act: the second line, behind reach (row-level security, DESIGN 5)."""

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from typing import Final

from domain.confidentiality.classification import Classification
from domain.confidentiality.policy import Decision
from domain.confidentiality.record import Record
from domain.confidentiality.within import In
from domain.ports import Footing, Kept, Look, Scope

_HIMSELF: Final = In("person", "persons")


def to_look(decision: Decision, kind: type[Record], now: datetime, footing: Footing | None) -> Look:
    """A look of this decision at a kind: the viewer's prisons, and participation only where the grant sees it. What is
    about a man in custody himself is his wherever he was then: he is moved, and his record is not (rule 24). What is
    about those whom he helped there is not."""
    reach, viewer = decision.reach(kind), decision.viewer
    himself = _HIMSELF in reach
    been = viewer.fact("been") if himself else None
    return Look(reach, viewer, now, _of(been or viewer.fact("prisons"), decision.grant.sees), footing)


@lru_cache(maxsize=4096)
def _of(prisons: frozenset[object] | None, sees: frozenset[Classification]) -> Scope:
    return Scope(None if prisons is None else frozenset(str(p) for p in prisons), Classification.PARTICIPATION in sees)


def to_write(kept: Iterable[Kept], was: Iterable[Record] = ()) -> Scope:
    """Where these are kept, and where they were read (`was`): their prisons and no others; all, for what is of no one
    prison (a national assignment, a partner's list)."""
    every = [*(k.record for k in kept), *was]
    placed = [record for record in every if "prison" in record.shape.fields]
    prisons = {getattr(record, "prison", None) for record in placed}
    return Scope(None if None in prisons or not placed else frozenset(str(p) for p in prisons), True)

"""Who looks, in what capacity, and how far that capacity reaches. One request acts in one capacity, never a union."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from domain.confidentiality.principal import Principal
from domain.confidentiality.roles import Role
from domain.kernel.ids import ActorId, AssignmentId

NOTHING: Final[frozenset[object]] = frozenset()
UNBOUNDED: Final = frozenset({"schemes", "prisons"})
"""Facts that may be None. Each stands in a reach only beside a jurisdiction's wall."""


@dataclass(frozen=True, slots=True)
class Viewer:
    """One principal in one capacity, with the facts by which reach is decided.

    `facts` are named sets: `prisons`, `wings` (only by a live duty declaration, rule 13), `schemes`, `organisations`,
    `jurisdictions`, `persons` (who the viewer is or was in custody), `been` (of one in custody: his prison, and those
    where he has or had a role), `authors` (the viewer's own actor id). A fact that is missing is empty, and an empty
    one reaches nothing. None, for `UNBOUNDED` facts only, is 'all of them': an assignment to every scheme of a prison,
    or of a national role to every prison of its jurisdiction.
    """

    actor: ActorId
    principal: Principal
    role: Role
    assignment: AssignmentId | None = None
    facts: Mapping[str, frozenset[object] | None] = field(default_factory=lambda: MappingProxyType({}))

    def __post_init__(self) -> None:
        if any(value is None and name not in UNBOUNDED for name, value in self.facts.items()):
            raise ValueError("only schemes and prisons may be unbounded")

    def fact(self, name: str) -> frozenset[object] | None:
        """The named set, empty where it is not known, None where it bounds nothing."""
        return self.facts.get(name, NOTHING)

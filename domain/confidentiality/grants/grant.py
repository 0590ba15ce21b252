"""One line of the policy, and the sets of classes that most lines see."""

from dataclasses import dataclass, field
from typing import Final

from domain.confidentiality.classification import Classification as C
from domain.confidentiality.roles import Purpose, Role
from domain.confidentiality.verbs import Verb
from domain.confidentiality.within import Within

OPEN: Final = frozenset({C.OPEN})
RUN: Final = frozenset({C.OPEN, C.OPERATIONAL})
STANDING: Final = RUN | {C.STANDING}
"""Where supporters stand besides: whoever answers for them, but not those who only work beside them."""
TAKEN_PART: Final = RUN | {C.PARTICIPATION}
WORKED_ON: Final = TAKEN_PART | {C.CONTENT}
ANSWERED_FOR: Final = WORKED_ON | {C.STANDING}
"""What was worked on, and where the supporters of it stand: for whoever runs the scheme, and for neither of the two."""


@dataclass(frozen=True, slots=True)
class Grant:
    """One line of the policy. `closed`: reaches the live records of closed-policy schemes too (those on duty only).
    `writes`: the members that an amendment under this grant may change (F71); none unless named."""

    role: Role
    purpose: Purpose
    within: Within
    sees: frozenset[C]
    may: frozenset[Verb]
    closed: bool = False
    writes: frozenset[str] = frozenset()
    part: str = ""
    rule: str = field(init=False, compare=False)
    """A stable id: role, purpose, reach, and the part where a role has several lines of one reach."""

    def __post_init__(self) -> None:
        words = (self.role, self.purpose, self.within.name, *((self.part,) if self.part else ()))
        object.__setattr__(self, "rule", ".".join(w.lower().replace("_", "-") for w in words))


def may(*verbs: Verb) -> frozenset[Verb]:
    """These verbs."""
    return frozenset(verbs)

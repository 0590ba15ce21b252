"""Both sides of every case, and where they differ."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from domain.confidentiality.about import ABOUT
from domain.confidentiality.classification import Classification
from domain.confidentiality.grants import Grant
from domain.confidentiality.roles import Purpose, Role
from domain.confidentiality.verbs import Verb
from tests.persistence.samples import NOW
from tests.proofs.policy import cedar, space
from tests.proofs.policy.space import Space


@dataclass(slots=True)
class Compared:
    """How many cases were put to both sides, and those on which they differ, in words. `each` is told to
    Cedar."""

    each: int
    cases: dict[str, int] = field(default_factory=dict[str, int])
    differ: list[str] = field(default_factory=list[str])
    permitting: dict[str, frozenset[str]] = field(default_factory=dict[str, frozenset[str]])
    """By which rules anything was permitted, in each part: a rule that permits nothing would prove nothing."""

    @property
    def total(self) -> int:
        """All cases."""
        return sum(self.cases.values())

    def hold(self, part: str, what: list[Any], ours: list[frozenset[str]], theirs: list[frozenset[str]]) -> None:
        """Count one part of the space."""
        self.cases[part] = len(ours)
        self.permitting[part] = frozenset[str]().union(*ours)
        for case, one, other in zip(what, ours, theirs, strict=True):
            if one != other:
                self.differ.append(f"{part} {case}: ours {sorted(one)}, Cedar {sorted(other)}")


def compare(
    grants: Sequence[Grant],
    texts: cedar.Texts,
    of: Space,
    *,
    parts: Sequence[str] = ("may", "reach", "see"),
    roles: Sequence[Role] = tuple(Role),
    each: int = 29,
) -> Compared:
    """Put every case of the space of `grants` to our policy as it stands, and to the Cedar of `texts`; or of some of
    its parts, and some roles. Every `each`th is put to the policies of other roles too."""
    found = Compared(each)
    if "may" in parts:
        _gates(found, roles, texts, of)
    if "reach" in parts:
        _reaches(found, grants, texts, of)
    if "see" in parts:
        _sights(found, grants, texts, of)
    return found


def _viewers(of: Space) -> list[dict[str, Any]]:
    return [
        *cedar.role_entities(),
        *(cedar.viewer_entity(name, role, facts) for role in Role for name, facts in of.facts.items()),
    ]


def _gates(found: Compared, roles: Sequence[Role], texts: cedar.Texts, of: Space) -> None:
    """Every role, verb and purpose, and no purpose at all."""
    cases = [(role, verb, purpose) for role in roles for verb in Verb for purpose in (*Purpose, None)]
    ours = [space.gate(role, verb, purpose, of.facts["bounded"]) for role, verb, purpose in cases]
    questions = [
        cedar.question(
            f"{role.value}:bounded",
            f"may:{verb.value}",
            (cedar.NOTHING, "-"),
            purposes=[p.value for p in (Purpose if purpose is None else (purpose,))],
            now=0,
        )
        for role, verb, purpose in cases
    ]
    found.hold("may", cases, ours, cedar.asked(texts.may, texts.rules["may"], _viewers(of), questions, each=found.each))


def _reaches(found: Compared, grants: Sequence[Grant], texts: cedar.Texts, of: Space) -> None:
    """Every grant and verb, each viewer, each combination of what the conditions find."""
    now = int(NOW.timestamp())
    cases = [
        (grant, verb, name, record)
        for grant, kind in space.reached_by(grants)
        for verb in sorted(grant.may)
        if ABOUT[verb].kind == kind
        for name in of.facts
        for record in of.records[grant.rule, kind]
    ]
    ours = [space.reached(grant, verb, of.facts[name], record) for grant, verb, name, record in cases]
    questions = [
        cedar.question(
            f"{grant.role.value}:{name}",
            verb.value,
            (cedar.entity_of(record.shape.kind), str(record.id)),
            purposes=[grant.purpose.value],
            now=now,
        )
        for grant, verb, name, record in cases
    ]
    records = {record.id: cedar.record_entity(record) for *_, record in cases}
    entities = [*_viewers(of), *records.values()]
    theirs = cedar.asked(texts.reach, texts.rules["reach"], entities, questions, each=found.each)
    told = [(g.rule, v, n, records[r.id]["attrs"]) for g, v, n, r in cases]
    found.hold("reach", told, ours, theirs)


def _sights(found: Compared, grants: Sequence[Grant], texts: cedar.Texts, of: Space) -> None:
    """Every grant and verb, each class of field."""
    cases = [(grant, verb) for grant in grants for verb in sorted(grant.may)]
    seen = [space.shown(grant, verb, of.facts["bounded"]) for grant, verb in cases]
    ours = [by_class[each] for by_class in seen for each in Classification]
    questions = [
        cedar.question(
            f"{grant.role.value}:bounded",
            "see",
            (cedar.NOTHING, "-"),
            purposes=[grant.purpose.value],
            verb=verb.value,
            **{"class": each.value},
        )
        for grant, verb in cases
        for each in Classification
    ]
    theirs = cedar.asked(texts.see, texts.rules["see"], _viewers(of), questions, each=found.each)
    told = [f"{grant.rule} {verb} {each}" for grant, verb in cases for each in Classification]
    found.hold("see", told, ours, theirs)

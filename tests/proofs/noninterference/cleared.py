"""Who is cleared for what: labels, from the one table that also checks, masks and filters.

A viewer is cleared for a fact (a field of a record, and by it that the record is there) when one grant of a capacity of
his, for something that shows an existing record, reaches the record, sees its existence, and sees the field's class.
His capacities are worked out here from the rows anew, in the plainest way, and not by the code under test: were that to
give somebody too much, the proof would else believe it. A test holds the two equal where nothing is wrong.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from typing import Any

from domain.confidentiality.about import ABOUT
from domain.confidentiality.grants import GRANTS, Grant
from domain.confidentiality.policy import reach_of
from domain.confidentiality.principal import PrincipalKind
from domain.confidentiality.record import Record
from domain.confidentiality.roles import CLIENT_AUTHORITY, IMPLICIT, Role
from domain.confidentiality.verbs import Verb
from domain.confidentiality.viewer import Viewer
from domain.confidentiality.within import Reach, covers
from domain.oversight.assignments import effective
from domain.oversight.duties import wings_now
from domain.oversight.record import Actor, Assignment, Duty
from domain.people.record import Person
from domain.supporters.record import Standing, Supporter
from tests.http import cast
from tests.http.operations import OPERATIONS
from tests.http.world import actor_of

SHOWING = frozenset(o.verb for o in OPERATIONS if o.method == "GET" or o.of_one)
"""What shows a record that is there already. Making a new one shows nothing else."""
_IN_ROLE = (Standing.ACTIVE, Standing.PROBATION, Standing.PAUSED)
Records = Iterable[Record]


@dataclass(frozen=True, slots=True)
class Eyes:
    """One viewer at one instant: his capacities, and the rows that are about himself, which he knows."""

    name: str
    now: datetime
    capacities: tuple[Viewer, ...]
    own: tuple[Record, ...]

    def fields(self, record: Record) -> frozenset[str]:
        """The fields of the record that he is cleared for; none: he may not know that it is there."""
        seen: set[str] = set()
        for viewer in self.capacities:
            for reach, fields in _shows(viewer.role, type(record)):
                if not fields <= seen and covers(reach, viewer, self.now, record):
                    seen |= fields
        return frozenset(seen)

    def knows(self, record: Record) -> bool:
        """Whether he may know that it is there."""
        return bool(self.fields(record))

    def facts(self, record: Record | None) -> Mapping[str, Any] | None:
        """What he is cleared for of it. None: nothing, or there is nothing."""
        fields = frozenset[str]() if record is None else self.fields(record)
        return {name: getattr(record, name) for name in sorted(fields)} or None

    def may(self, verb: Verb) -> list[tuple[Viewer, Grant]]:
        """The capacities and grants by which he may do this."""
        return [(c, g) for c in self.capacities for g in _granting(c.role, verb)]

    def reads_lines_of(self, name: str) -> bool:
        """Whether he reads in the ledger what that member of the cast does."""
        member = cast.CAST[name]
        return any(
            member.jurisdiction in (c.fact("jurisdictions") or ())
            and (member.prison is None or (prisons := c.fact("prisons")) is None or member.prison in prisons)
            for c, _ in self.may(Verb.READ_LEDGER)
        )

    def reaches(self, verb: Verb, record: Record) -> bool:
        """Whether he may do this to that record."""
        return any(covers(reach_of(g, type(record)), c, self.now, record) for c, g in self.may(verb))


@cache
def _granting(role: Role, verb: Verb) -> tuple[Grant, ...]:
    return tuple(g for g in GRANTS if g.role is role and verb in g.may)


@lru_cache(maxsize=1024)
def _shows(role: Role, kind: type[Record]) -> tuple[tuple[Reach, frozenset[str]], ...]:
    """For each grant of a role that shows records of a kind: how far it reaches, and which fields it shows."""
    return tuple(
        (
            reach_of(g, kind),
            # The version counts changes that the viewer may not see: nobody is cleared for it.
            frozenset(n for n, f in kind.shape.fields.items() if n != "version" and f.mark.classification in g.sees),
        )
        for g in GRANTS
        if g.role is role
        and kind.shape.existence in g.sees
        and any(ABOUT[v].kind == kind.shape.kind and ABOUT[v].shows for v in g.may & SHOWING)
    )


def eyes(name: str, records: Records, now: datetime) -> Eyes:
    """A member of the cast, as the rows of a world make him."""
    member, who = cast.CAST[name], cast.principal(name)
    mine = own_rows(name, records)
    person = next((r for r in mine if isinstance(r, Person)), None)
    row = next((r for r in mine if isinstance(r, Actor)), None)
    inside = who.kind is PrincipalKind.IN_CUSTODY
    actor = actor_of(name) if inside else None if row is None else row.id
    persons = {None if person is None else person.id, None if row is None else row.person} - {None}
    known = {"authors": frozenset({actor}), "persons": frozenset(persons)}
    if person is not None:
        known["been"] = frozenset({person.prison, *(r.prison for r in mine if isinstance(r, Supporter))})
    held = [
        r
        for r in mine
        if isinstance(r, Assignment)
        and effective(r, now.date())
        and (CLIENT_AUTHORITY.get(r.role) is None or CLIENT_AUTHORITY[r.role] in who.authorities)
    ]
    duties = [r for r in mine if isinstance(r, Duty)]
    capacities: list[Any] = []
    for a in held:
        facts: dict[str, Any] = {**known, "jurisdictions": frozenset({a.jurisdiction})}
        if not (who.kind is PrincipalKind.PARTNER and a.visit_days and now.date() not in a.visit_days):
            here = [d for d in duties if d.prison == a.prison]
            facts |= {
                "prisons": None if a.prison is None else frozenset({a.prison}),
                "schemes": None if a.scheme is None else frozenset({a.scheme}),
                "organisations": frozenset({a.organisation}),
                "wings": wings_now(here, now),
            }
        capacities.append(Viewer(actor, who, a.role, a.id, facts))  # type: ignore[arg-type]
    for s in mine:
        if person is not None and isinstance(s, Supporter) and s.standing in _IN_ROLE and s.prison == person.prison:
            facts = {**known, "jurisdictions": frozenset({s.jurisdiction}), "prisons": frozenset({s.prison})}
            facts["schemes"] = frozenset({s.scheme})
            capacities.append(Viewer(actor, who, Role.SUPPORTER, s.id, facts))  # type: ignore[arg-type]
    if (implicit := IMPLICIT.get(who.kind)) is not None:
        prisons = {person.prison} if person is not None else {a.prison for a in held} - {None}
        facts = {**known, "jurisdictions": frozenset({member.jurisdiction}), "prisons": frozenset(prisons)}
        capacities.append(Viewer(actor, who, implicit, None, facts))  # type: ignore[arg-type]
    return Eyes(name, now, tuple(capacities), mine)


def own_rows(name: str, records: Records) -> tuple[Record, ...]:
    """The rows that are about the viewer himself and decide what he may do: his principal, his person, his assignments,
    his duties, his standing as a supporter."""
    who, actor = cast.principal(name), actor_of(name)
    wall = cast.CAST[name].jurisdiction
    inside = who.kind is PrincipalKind.IN_CUSTODY
    rows = list(records)
    person = next(
        (
            r.id
            for r in rows
            if isinstance(r, Person) and inside and (r.identifier, r.jurisdiction) == (who.subject, wall)
        ),
        None,
    )

    def mine(record: Record) -> bool:
        match record:
            case Assignment() if not inside:
                return record.holder == actor  # by whom it is found; of a prisoner there is no row to hold it
            case Actor() | Assignment():
                kind = record.kind if isinstance(record, Actor) else record.principal_kind
                return (record.issuer, record.subject, kind) == (who.issuer, who.subject, who.kind)
            case Duty():
                return record.author == actor
            case Person():
                return record.id == person
            case Supporter():
                return record.person == person
            case _:
                return False

    return tuple(sorted((r for r in rows if mine(r)), key=lambda r: (r.shape.kind, r.id)))


def alike(viewer: Eyes, one: Sequence[Record | None], other: Sequence[Record | None]) -> bool:
    """Whether he is cleared for no difference between them, record by record."""
    return all(viewer.facts(a) == viewer.facts(b) for a, b in zip(one, other, strict=True))

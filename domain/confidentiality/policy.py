"""How a request is decided: deny by default, one grant, one rule id. The grants themselves are in `grants`.

From the one table come the check, the SQL filter (`persistence.reach`), the field mask (`disclosure`), the fields that
may be filtered by, the marks in OpenAPI and the printed policy (X27). A person in custody gets one answer for every
refusal, absence; others learn 403 for what their role never does, because that tells nothing about any object.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Final

from domain.confidentiality.about import ABOUT
from domain.confidentiality.classification import Classification
from domain.confidentiality.disclosure import mask
from domain.confidentiality.grants import GRANTS, Grant
from domain.confidentiality.record import KINDS, Record
from domain.confidentiality.roles import BINDING, IMPLICIT, IN_CUSTODY, SECOND_PERSON, Purpose, Role
from domain.confidentiality.verbs import Verb
from domain.confidentiality.viewer import Viewer
from domain.confidentiality.within import Condition, IsFalse, NotIn, Past, Reach, Within, covers, fields_of
from domain.kernel.errors import Absent, CapacityRequired, PurposeRequired, Refused, Trouble

OWN: Final = frozenset({Within.OWN_PERSON, Within.OWN_PERSON_TOLD, Within.OWN_ACTS, Within.OWN_SUPPORT, Within.ANYONE})
"""Reaches that need no wall against one's own matters."""


def _index() -> Mapping[tuple[Role, Verb], tuple[Grant, ...]]:
    found: dict[tuple[Role, Verb], tuple[Grant, ...]] = {}
    for grant in GRANTS:
        for verb in grant.may:
            found[grant.role, verb] = (*found.get((grant.role, verb), ()), grant)
    return found


_BY_ROLE_AND_VERB: Final = _index()


@dataclass(frozen=True, slots=True)
class Decision:
    """That this viewer may do this, by this grant, for this purpose."""

    viewer: Viewer
    verb: Verb
    grant: Grant

    @property
    def rule(self) -> str:
        """The rule's stable id; the ledger keeps it with the decision (F83)."""
        return self.grant.rule

    def reach(self, kind: type[Record]) -> Reach:
        """How far this decision reaches among records of a kind, its walls included."""
        return reach_of(self.grant, kind)

    def sees(self, kind: type[Record]) -> frozenset[Classification]:
        """The classes of fields that are shown."""
        return self.grant.sees


def reach_of(grant: Grant, kind: type[Record]) -> Reach:
    """The grant's `Within`, plus walls: closed-policy records only where the grant says so, and no record in which
    the viewer is or was a party, except as his own (rule 30), nor any review of the viewer's own acts (rule 6). And no
    reader, whoever he is, gets a record before its embargo has run out."""
    return _walled(grant.within, grant.closed, grant.within in OWN, kind)


@lru_cache(maxsize=4096)
def _walled(within: Within, closed: bool, own: bool, kind: type[Record]) -> Reach:
    # Kept by everything that decides it: made anew for each look it took 12 us, and looks like no other to whoever
    # keeps what follows from it.
    walls: list[Condition] = []
    if "closed" in kind.shape.fields and kind.shape.existence is Classification.PARTICIPATION and not closed:
        walls.append(IsFalse("closed"))
    if not own:
        walls.extend(NotIn(party, "persons") for party in kind.shape.parties)
        walls.extend(NotIn(actor, "authors") for actor in kind.shape.judged)
    if kind.shape.embargo is not None:
        walls.append(Past(kind.shape.embargo))
    return (*within.value, *walls)


def grants_of(role: Role, verb: Verb) -> tuple[Grant, ...]:
    """What the table says of a role and a verb."""
    return _BY_ROLE_AND_VERB.get((role, verb), ())


def decide(
    capacities: Sequence[Viewer], verb: Verb, *, purpose: Purpose | None = None, acting_as: str | None = None
) -> Decision:
    """Choose the one capacity in which the verb is done, or say why not.

    Raises `Refused` (this role never does it), `PurposeRequired`, `CapacityRequired`; for a principal in custody,
    `Absent` in place of each. An implicit capacity serves only where no assigned one fits; `Acting-As: own` names it.
    """
    try:
        return _decide(capacities, verb, purpose, acting_as)
    except Trouble:
        if any(c.role in IN_CUSTODY for c in capacities):
            raise Absent from None
        raise


def _decide(capacities: Sequence[Viewer], verb: Verb, purpose: Purpose | None, acting_as: str | None) -> Decision:
    if acting_as is not None:
        capacities = [c for c in capacities if _named(c) == acting_as]
    fitting = [c for c in capacities if grants_of(c.role, verb)]
    fitting = [c for c in fitting if c.assignment is not None] or fitting
    if not fitting:
        raise Refused
    if purpose is not None:
        fitting = [c for c in fitting if any(g.purpose is purpose for g in grants_of(c.role, verb))]
        if not fitting:
            raise Refused
    if len(fitting) > 1:
        raise CapacityRequired(sorted(_named(c) for c in fitting))
    viewer = fitting[0]
    grants = [g for g in grants_of(viewer.role, verb) if purpose is None or g.purpose is purpose]
    if len(grants) > 1:
        raise PurposeRequired(sorted(g.purpose for g in grants))
    return Decision(viewer, verb, grants[0])


def _named(viewer: Viewer) -> str:
    return "own" if viewer.assignment is None else str(viewer.assignment)


def filterable(grant: Grant, kind: type[Record]) -> frozenset[str]:
    """The fields that this grant may filter or sort by: those it sees, and that are not ciphertext at rest. Never the
    version: it counts changes that the viewer may not see."""
    return frozenset(
        f.name for n in mask(kind, grant.sees)[0] if (f := kind.shape.fields.get(n)) and not f.mark.encrypted
    )


def moves_of(decision: Decision, now: datetime, record: Record | None) -> tuple[str, ...] | None:
    """The moves that this viewer, in this capacity, may try from where the record stands: all that he could find out by
    trying each. None where the record has no life, is not what the verb is about, or hides from him where it stands."""
    if record is None or record.shape.life is None or record.shape.kind != ABOUT[decision.verb].kind:
        return None
    field = record.shape.fields[record.shape.life.field]
    if field.mark.classification not in decision.sees(type(record)):
        return None
    return moves_from(decision.viewer, now, record)


def moves_from(viewer: Viewer, now: datetime, record: Record) -> tuple[str, ...]:
    """The moves that this viewer may try from where the record stands: its state allows them, and a grant of his
    reaches it."""
    kind, life = type(record), record.shape.life
    if life is None:
        return ()
    stands = getattr(record, life.field)
    return tuple(
        verb.value
        for verb, states in life.moves.items()
        if stands in states
        and any(covers(reach_of(g, kind), viewer, now, record) for g in grants_of(viewer.role, verb))
    )


def faults() -> list[str]:
    """What is wrong with the table as it stands; empty, or the service does not start."""
    found: list[str] = []
    rules = [g.rule for g in GRANTS]
    found += [f"two grants are called {r}" for r in sorted(set(rules)) if rules.count(r) > 1]
    for (role, verb), grants in _BY_ROLE_AND_VERB.items():
        purposes = [g.purpose for g in grants]
        if len(purposes) != len(set(purposes)):
            found.append(f"{role} has {verb} twice for one purpose")
    found += [f"nobody may {verb}" for verb in Verb if not any(verb in g.may for g in GRANTS)]
    for grant in GRANTS:
        for verb in sorted(grant.may):
            found += _faults(grant, verb)
    found += _second_person_faults()
    return found


def _faults(grant: Grant, verb: Verb) -> list[str]:
    name = ABOUT[verb].kind
    if name is None:
        return []
    kind = KINDS.get(name)
    if kind is None:
        return [f"{grant.rule}: no record is called {name}"]
    missing = fields_of(reach_of(grant, kind)) - set(kind.shape.fields)
    found = [f"{grant.rule} {verb}: {name} has no {', '.join(sorted(missing))}"] if missing else []
    creates = verb in _CREATES
    if kind.shape.existence not in grant.sees and not creates:
        found.append(f"{grant.rule} {verb}: reaches {name} without seeing {kind.shape.existence}")
    if grant.within is Within.ANYONE and ABOUT[verb].kind is not None and not creates:
        found.append(f"{grant.rule} {verb}: reaches every {name}")
    return found


_CREATES: Final = frozenset({Verb.ASK, Verb.GIVE_FEEDBACK, Verb.REPORT_INCIDENT, Verb.RAISE_CONCERN, Verb.COMPLAIN})
"""What makes a record that whoever makes it does not read."""


def _second_person_faults() -> list[str]:
    guarded = {Classification.PARTICIPATION, Classification.CASEWORK}
    reads = {
        g.role
        for g in GRANTS
        if g.role not in IN_CUSTODY | set(IMPLICIT.values()) | {Role.SERVICE}
        and (g.sees & guarded or Verb.READ_LEDGER in g.may)
    }
    return [
        f"{r} reads participation, casework or the ledger, or binds everybody: say so in SECOND_PERSON"
        for r in sorted((reads | BINDING) ^ SECOND_PERSON)
    ]

"""The whole finite space of the policy: every role, verb and purpose; three viewers of each role; for every grant and
kind of record a record for each combination of what the grant's conditions may find; every class of field.

`judged` is our own side of the comparison: `decide`, `covers` and `mask`, as acts ask them.
"""

import dataclasses
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType
from typing import Any, Final, cast, get_args
from uuid import UUID

from domain.confidentiality.about import ABOUT
from domain.confidentiality.classification import Classification
from domain.confidentiality.disclosure import NEVER, mask
from domain.confidentiality.grants import Grant
from domain.confidentiality.policy import decide, reach_of
from domain.confidentiality.principal import Principal, PrincipalKind
from domain.confidentiality.record import KINDS, Record
from domain.confidentiality.roles import Purpose, Role
from domain.confidentiality.verbs import Verb
from domain.confidentiality.viewer import Viewer
from domain.confidentiality.within import covers, fields_of
from domain.kernel.errors import Absent, PurposeRequired, Refused, Trouble
from tests.persistence.drawn import Drawn
from tests.persistence.samples import NOW
from tests.proofs.policy import cedar

Facts = dict[str, frozenset[object] | None]


def _id(number: int) -> UUID:
    return UUID(int=number, version=4)


FOUND: Final[dict[str, tuple[Any, ...]]] = {
    "jurisdiction": ("EW", "IE"),
    "prison": ("MDI", "LEI"),
    "scheme": (_id(1), _id(2)),
    "wing": ("MDI-A", "MDI-B"),
    "organisation": ("SAMARITANS", "SHANNON_TRUST"),
    "person": (_id(3), _id(4)),
    "supporter_person": (_id(3), _id(4)),
    "author": (_id(5), _id(6)),
    "suspended_by": (_id(5), _id(6)),
    "readable_until": (NOW + timedelta(seconds=1), NOW),
    "readable_from": (NOW, NOW + timedelta(seconds=1)),
    "in_force_from": (NOW, NOW + timedelta(seconds=1)),
    "in_force_until": (NOW + timedelta(seconds=1), NOW),
    "closed": (False, True),
    "opens_at": (NOW, NOW + timedelta(seconds=1)),
    "supervisor": (_id(5), _id(6)),
    "supervisee": (_id(5), _id(6)),
    "named": (_id(5), _id(6)),
    "coded_by": (_id(5), _id(6)),
    "noted_by": (_id(5), _id(6)),
    "whose": (_id(5), _id(6)),
    "cleared_by": (_id(5), _id(6)),
    "goes_up": (False, True),
    "staff_only": (False, True),
    "listed": (True, False),
    "told_to_him": (True, False),
    "left_on": (NOW.date(),),
}
"""What may be found in each field of which the policy speaks: the viewer's own or what is open, and the other. A field
that may be empty is empty besides. The instant that is now is past."""

_ROWS: Final[dict[str, dict[str, Any]]] = {
    "supporter": {"standing": "STOOD_DOWN"},
    "session": {"state": "NOT_DELIVERED"},
    "feedback": {"words": None, "author": None},
    "complaint": {"came_from": "STAFF"},
    "request": {"stage_of_sentence": None},
    "suspension": {"reviewed_by": None, "prison_decided_by": None, "partner_decided_by": None},
    "absence": {"last_on": None},
    "cohort": {"starts_on": NOW.date(), "ends_on": NOW.date()},
    "course": {"hours": 1},
    "cover-need": {"supporters": 0},
}
"""So that many rows that differ in nothing else can be kept side by side."""


def facts_of(schemes: frozenset[object] = frozenset()) -> dict[str, Facts]:
    """The three viewers: one of a prison and a scheme, one of everywhere in his jurisdiction, and one of whom nothing
    is known. `schemes` are further ones of his own."""
    bounded: Facts = {
        "jurisdictions": frozenset({"EW"}),
        "prisons": frozenset({"MDI"}),
        "schemes": frozenset({_id(1)}) | schemes,
        "wings": frozenset({"MDI-A"}),
        "organisations": frozenset({"SAMARITANS"}),
        "persons": frozenset({_id(3)}),
        "authors": frozenset({_id(5)}),
    }
    return {"bounded": bounded, "national": {**bounded, "prisons": None, "schemes": None}, "bare": {}}


def viewer(role: Role, facts: Facts) -> Viewer:
    """A viewer of that role."""
    principal = Principal("issuer", "subject", PrincipalKind.STAFF)
    return Viewer(cast(Any, _id(5)), principal, role, cast(Any, _id(7)), MappingProxyType(facts))


@dataclass(frozen=True, slots=True)
class Space:
    """The records that each grant is asked about, by (grant's rule, kind); and the facts of the viewers."""

    records: dict[tuple[str, str], tuple[Record, ...]]
    facts: dict[str, Facts]

    def all_records(self) -> list[Record]:
        """Each record once."""
        return list({(r.shape.kind, r.id): r for found in self.records.values() for r in found}.values())


def reached_by(grants: Sequence[Grant]) -> Iterator[tuple[Grant, str]]:
    """(grant, kind) for each kind of record that a grant's verbs are about."""
    for grant in grants:
        for kind in sorted({k for v in grant.may if (k := ABOUT[v].kind) is not None}):
            yield grant, kind


def built(grants: Sequence[Grant]) -> Space:
    """The space of a table. The fields that vary are those of which either side speaks: what ours forgot, Cedar's hand-
    written meaning still names."""
    drawn = Drawn(7)
    made: dict[tuple[str, tuple[str, ...]], tuple[Record, ...]] = {}
    records: dict[tuple[str, str], tuple[Record, ...]] = {}
    numbers = itertools.count()
    for grant, name in reached_by(grants):
        kind = KINDS[name]
        spoken = {f for _, fields in cedar.walls(grant.within, grant.closed, kind) for f in fields}
        spoken |= {*cedar.MEANING[grant.within][1], *fields_of(reach_of(grant, kind)), "closed"}
        fields = tuple(sorted(spoken & set(kind.shape.fields)))
        if (name, fields) not in made:
            made[name, fields] = tuple(_combinations(kind, fields, drawn, numbers))
        records[grant.rule, name] = made[name, fields]
    schemes = [r for found in made.values() for r in found if r.shape.kind in ("scheme", "scheme-status")]
    own = frozenset(r.id for r in schemes if int(r.id) % 2)
    return Space(records, facts_of(own))


def _combinations(
    kind: type[Record], fields: tuple[str, ...], drawn: Drawn, numbers: "itertools.count[int]"
) -> Iterator[Record]:
    base = {n: FOUND[n][0] for n in cedar.spoken_of(kind) if n != "scheme"}  # of another kind a name may be another's
    for found in itertools.product(*(_outcomes(kind, f) for f in fields)):
        number = next(numbers)
        values = dict(zip(fields, found, strict=True))
        record: Any = drawn.record(kind, 1_000 + number)
        further = {**base, **_ROWS.get(kind.shape.kind, {}), **values}
        since, until = further.get("in_force_from"), further.get("in_force_until")
        if until is not None and (since is None or since > until):
            continue  # the tables hold none that ended before it held
        if kind.shape.kind == "charter":
            further["state"] = "DISCARDED" if since is None else "SUPERSEDED"
        if kind.shape.kind == "vacancy":
            further["state"] = "WITHDRAWN" if until is not None else "DRAFT" if since is None else "PUBLISHED"
        if kind.shape.kind == "breach" and "goes_up" not in values:
            further["goes_up"] = further["whose"] is None  # the tables hold no other
        if "supervisee" in kind.shape.fields:
            # The tables hold a supporter's or a member of staff's, and none by himself: what is not asked about gives
            # way to what is.
            if "supervisee" not in values:
                further["supervisee"] = None if further["person"] is not None else _beside(further["supervisor"])
            elif "person" not in values:
                further["person"] = None if further["supervisee"] is not None else FOUND["person"][0]
            if "supervisor" not in values:
                further["supervisor"] = _beside(further["supervisee"])
            if (further["person"] is None) is (further["supervisee"] is None) or further["supervisee"] == further[
                "supervisor"
            ]:
                continue
            further["supporter"] = further["person"]
        if kind.shape.kind in ("scheme", "scheme-status"):
            # A scheme's scheme is itself, so that whether it is one of the viewer's own is in its id: odd ones are.
            own = values.get("scheme", FOUND["scheme"][0]) == FOUND["scheme"][0]
            further["id"] = further["scheme"] = _id(1_000_000 + 2 * number + int(own))
        elif "scheme" in kind.shape.fields:
            further.setdefault("scheme", FOUND["scheme"][0])
        yield dataclasses.replace(record, **further)


def _beside(actor: Any) -> Any:
    """Somebody else than this one."""
    return next(each for each in FOUND["supervisor"] if each != actor)


def _outcomes(kind: type[Record], field: str) -> tuple[Any, ...]:
    empty = (None,) if type(None) in get_args(kind.shape.fields[field].type) else ()
    return (*FOUND[field], *empty)


# --- our own side -----------------------------------------------------------------------------------------------------


def gate(role: Role, verb: Verb, purpose: Purpose | None, facts: Facts) -> frozenset[str]:
    """By which rules the verb may be done at all: one, none, or those between which a purpose decides."""
    try:
        return frozenset({decide([viewer(role, facts)], verb, purpose=purpose).rule})
    except (Refused, Absent):
        return frozenset()
    except PurposeRequired as required:
        if purpose is not None:
            return frozenset({"two lines for one purpose"})
        return frozenset().union(*(gate(role, verb, Purpose(p), facts) for p in required.choices))


def reached(grant: Grant, verb: Verb, facts: Facts, record: Record) -> frozenset[str]:
    """By which rule a record is reached, for the grant's purpose."""
    try:
        decision = decide([viewer(grant.role, facts)], verb, purpose=grant.purpose)
    except Trouble:
        return frozenset()
    held = covers(decision.reach(type(record)), decision.viewer, NOW, record)
    return frozenset({decision.rule}) if held else frozenset()


def shown(grant: Grant, verb: Verb, facts: Facts) -> dict[Classification, frozenset[str]]:
    """By which rule each class of field is shown; of a kind, the mask must show just the fields of those classes."""
    try:
        decision = decide([viewer(grant.role, facts)], verb, purpose=grant.purpose)
    except Trouble:
        return dict.fromkeys(Classification, frozenset())
    name = ABOUT[verb].kind
    found: dict[Classification, frozenset[str]] = {}
    for each in Classification:
        seen = each in decision.grant.sees
        if name is not None:
            kind = KINDS[name]
            of_class = {f.name for f in kind.shape.fields.values() if f.mark.classification is each} - NEVER
            visible, withheld = mask(kind, decision.sees(kind))
            seen = seen if not of_class else of_class <= set(visible)
            assert of_class <= set(visible) or of_class <= set(withheld), (grant.rule, each)
        found[each] = frozenset({decision.rule}) if seen else frozenset()
    return found

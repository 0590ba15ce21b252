"""The cells of the route matrix: every member of the cast x every operation x every purpose, and none x every relation
of a record to him; with the status that the policy, the reach and the record as it is kept say that it must have.

Nothing here is a list of expectations: a new operation, role, grant, kind or condition has its cells without a line.
"""

import dataclasses
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from typing import Any, Final
from uuid import UUID

from domain.confidentiality.about import ABOUT
from domain.confidentiality.disclosure import disclose
from domain.confidentiality.grants import GRANTS
from domain.confidentiality.policy import Decision
from domain.confidentiality.record import KINDS, Record
from domain.confidentiality.roles import IN_CUSTODY, Purpose, Role
from domain.confidentiality.verbs import Verb
from domain.confidentiality.within import In, Reach, Within, covers
from domain.kernel.ids import SupporterId
from domain.kernel.words import JURISDICTIONS
from domain.metrics.record import Figure
from domain.oversight.record import Duty, Job, JobKind, LedgerLine
from domain.packs import chronology, evidence
from domain.ports import Clash, Raced
from domain.schemes.belonging import reaches_over
from domain.schemes.record import Scheme
from domain.supporters.record import GONE, HOLDING, Standing, Supporter
from persistence import clashes
from persistence.ledger.line import line_of
from tests.http import packs_operations
from tests.http.cast import CAST, START, uid
from tests.http.operations import OPERATIONS, Operation
from tests.http.world import theatre
from tests.persistence.samples import entry
from tests.proofs.matrix import players
from tests.proofs.matrix.relations import NEAR, around

ABSENT: Final = "never existed"
PAST: Final = frozenset({200, 201, 202, 204, 409, 412, 422})
"""Past gate and reach: done, or refused for what the body, the tag or the state says."""
PURPOSES: Final = (None, *Purpose)
STALE: Final = "0123456789abcdef"
_ID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_NOT_HIS: Final = frozenset({"recipient", "prison", "identifier", "name", "supporter", "onBehalfOf"})
"""What a person in custody names of nobody, himself included (rule 8)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One request, and what must come of it. `placed` stands in the store besides, `instead` of those records, which it
    might clash with; `absent`: it must be answered as what never existed; `changes`: something may be kept."""

    who: str
    operation: Operation
    purpose: Purpose | None
    relation: str
    decision: Decision | int
    expected: frozenset[int]
    path: str
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict[str, str])
    placed: tuple[Record, ...] = ()
    instead: tuple[Record, ...] = ()
    absent: bool = False
    changes: bool = False

    def __str__(self) -> str:
        why = self.purpose or "no purpose"
        return f"{self.who} {self.operation} [{self.relation}] {why}: {sorted(self.expected)}"


def all_cells(*, thorough: bool = False) -> Iterator[Cell]:
    """Every cell. Members of one set of roles are turned away at the gate alike, whatever else is true of them: so a
    purpose that does not fit is tried by one of each set, each operation with another of these purposes by the next of
    them (that the policy refuses every one is put to it case by case in `tests.proofs.policy`); and all by all where it
    is `thorough`."""
    firsts = {who: n for n, who in enumerate(CAST if thorough else one_of_each().values())}
    for number, operation in enumerate(OPERATIONS):
        for who in CAST:
            found = {purpose: list(cells_of(who, operation, purpose)) for purpose in PURPOSES}
            refused = [p for p, cells in found.items() if p is not None and isinstance(cells[0].decision, int)]
            if who not in firsts:
                left_out = refused
            else:
                tried = (number + firsts[who]) % max(1, len(refused))
                left_out = [] if thorough else refused[:tried] + refused[tried + 1 :]
            for purpose, cells in found.items():
                if purpose not in left_out:
                    yield from cells


def one_of_each() -> dict[Any, str]:
    """One member for each set of roles, and for each kind of principal without any."""
    found: dict[Any, str] = {}
    for who, member in CAST.items():
        found.setdefault((member.kind, frozenset(c.role for c in players.capacities(who))), who)
    return found


def cells_of(who: str, operation: Operation, purpose: Purpose | None) -> Iterator[Cell]:
    """The cells of a member, an operation and a purpose, over every relation."""
    decision = players.decided(who, operation.verb, purpose)
    given: dict[str, Any] = {"who": who, "operation": operation, "purpose": purpose, "decision": decision}
    given["headers"] = _headers(operation, purpose)
    if operation.has_body:
        given["body"] = body_of(operation, decision)
    if isinstance(decision, int):
        yield from _turned_away(operation, purpose, decision, given)
    elif operation.of_one:
        yield from _of_one(operation, decision, given)
    elif operation.under:
        yield from _under_another(operation, decision, given)
    elif operation.method == "GET" or not operation.has_body:
        yield _whole(operation, decision, given)
    else:
        yield from _making(operation, decision, given)


def _headers(operation: Operation, purpose: Purpose | None) -> dict[str, str]:
    found = {} if purpose is None else {"Purpose-Of-Use": purpose.value}
    if operation.moves:
        found["If-Match"] = f'"{STALE}"'
    if operation.key_required:
        found["Idempotency-Key"] = "matrix-key-0001"
    return found


def body_of(operation: Operation, decision: Decision | int) -> dict[str, Any]:
    """The example's body, with the members that this capacity may send."""
    body = dict(operation.example.body or {})
    if isinstance(decision, int):
        return body
    if decision.viewer.role in IN_CUSTODY:
        body = {name: value for name, value in body.items() if name not in _NOT_HIS}
    if operation.method == "PATCH":
        writes = {_camel(name) for name in decision.grant.writes}
        body = {name: value for name, value in operation.example.body.items() if name in writes}  # type: ignore[union-attr]
    return body


def _camel(name: str) -> str:
    head, *rest = name.split("_")
    return head + "".join(word.capitalize() for word in rest)


@cache
def standing() -> dict[tuple[str, Any], Record]:
    """What stands in the store before any cell, by kind and id."""
    return {(r.shape.kind, r.id): r for r in players.records()}


def _example(operation: Operation) -> Record:
    return standing()[str(ABOUT[operation.verb].kind), uid(str(operation.shown))]


def _turned_away(operation: Operation, purpose: Purpose | None, status: int, given: dict[str, Any]) -> Iterator[Cell]:
    """At the gate it makes no difference what is asked for."""
    further = {"expected": frozenset({status}), "absent": status == 404}
    yield Cell(**given, **further, relation="not asked", path=operation.path)
    if operation.of_one and purpose is None:
        yield Cell(**given, **further, relation=ABSENT, path=operation.path_of(uid("never-existed")))


def _of_one(operation: Operation, decision: Decision, given: dict[str, Any]) -> Iterator[Cell]:
    base = _example(operation)
    called = f"{given['who']}:{operation}:{decision.rule}"
    past = frozenset({200} if operation.method == "GET" else {412})
    further = _OF_A_JOB if isinstance(base, Job) else ()
    if isinstance(base, Job) and operation.name in _FILES and not _made_for(base, decision):
        past = frozenset({403})
    for relation, record in around(base, (*decision.reach(type(base)), *further), decision.viewer, called):
        record, instead = _apart(decision, _alone(decision, record), base, operation)
        known = players.knowing(decision, [record])
        held = players.reaches(known, record) and _still_in_reach(decision, record, further)
        path, placed = operation.path_to(record), (record,)
        about = {**given, "relation": relation, "path": path, "placed": placed, "instead": instead}
        yield Cell(**about, expected=past if held else frozenset({404}), absent=not held)
        if held and operation.moves and relation == NEAR:
            told = {**about, "headers": _having_read(decision, record, given["headers"]), "relation": "near, as read"}
            elsewhere = _may_lie_elsewhere(operation, record, base)
            yield Cell(**told, expected=frozenset({200, 409, 422} if elsewhere else {200, 409}), changes=True)
    if operation.method == "GET" and players.reaches(decision, base) and _still_in_reach(decision, base, further):
        # Whoever has the one scheme of the example has none that is drawn near it: a scheme is its own scheme.
        yield Cell(**given, relation="the example", path=operation.path, expected=past)
    if operation.moves and given["who"] == operation.example.by and players.reaches(decision, base):
        # What others say of it (its supporters, its requests) is said of the example's own record alone.
        as_is = {**given, "path": operation.path, "headers": _having_read(decision, base, given["headers"])}
        yield Cell(**as_is, relation="the example, as read", expected=frozenset({200}), changes=True)
    path = operation.path_of(uid("never-existed"))
    yield Cell(**given, relation=ABSENT, path=path, expected=frozenset({404}), absent=True)


_OF_A_JOB: Final = (In("jurisdiction", "jurisdictions"), In("prison", "prisons"), In("scheme", "schemes"))
"""What a job is about is in its maker's reach still, or he has it no more; if it is about one of these at all."""
_FILES: Final = frozenset({"getJobExport", *packs_operations.EVIDENCE, *packs_operations.CHRONOLOGY})
"""What is fetched at an address of its own, by whoever may have it made."""


def _still_in_reach(decision: Decision, record: Record, further: tuple[In, ...]) -> bool:
    found = [record]
    if isinstance(record, Job) and record.kind is JobKind.EXPORT and _made_for(record, decision):
        found.append(standing()["scheme", record.scheme])  # whose register it is, wherever the job says that it is
    about = ((getattr(one, each.field), decision.viewer.fact(each.facts)) for one in found for each in further)
    return all(value is None or known is None or value in known for value, known in about)


def _made_for(job: Job, decision: Decision) -> bool:
    """Whether the role may have such a thing made: for any other there is no reading it either, though he made it."""
    role = decision.viewer.role
    match job.kind:
        case JobKind.EVIDENCE:
            return role in evidence.READERS
        case JobKind.CHRONOLOGY:
            return role in chronology.ASKS
        case _:
            return any(grant.role is role and grant.rule == job.rule for grant in GRANTS)


_BY_THE_SHEET: Final = frozenset({Verb.KEEP_SUPPORT_RECORD})


def _may_lie_elsewhere(operation: Operation, record: Record, base: Record) -> bool:
    """What the example's body or its record names, a record or a wing of its prison, may be unknown where this record
    is; and what is said of a scheme of one kind may not be said of another's."""
    if operation.verb in _BY_THE_SHEET and getattr(record, "scheme", None) != getattr(base, "scheme", None):
        return True
    body = operation.example.body or {}
    of_a_wing = "wing" in body or str(getattr(record, "wing", "")).startswith(f"{getattr(base, 'prison', None)}-")
    if of_a_wing and getattr(record, "prison", None) != getattr(base, "prison", None):
        return True
    return any(_ID.fullmatch(str(value)) for value in body.values())


def _having_read(decision: Decision, record: Record, headers: dict[str, str]) -> dict[str, str]:
    tag = theatre().runtime.tag(disclose(record, decision.sees(type(record)), START), decision.viewer.actor)
    return {**headers, "If-Match": f'"{tag}"'}


def _apart(decision: Decision, record: Any, base: Record, operation: Operation) -> tuple[Record, tuple[Record, ...]]:
    """The record, and what is not there beside it: that in whose place it stands, and what it would clash with. Where
    an address names its scheme, no other of the kind may answer for it. What is only read is put into a scheme of its
    own instead, unless the viewer is bound to schemes."""
    others = [r for r in standing().values() if type(r) is type(record)]
    by_scheme = operation.example.about is not None
    bound = In("scheme", "schemes") in decision.reach(type(record)) and decision.viewer.fact("schemes") is not None
    rivals = [r for r in others if (r.scheme == record.scheme if by_scheme else _clash(record, r))]  # type: ignore[attr-defined]
    if rivals and not bound and operation.method == "GET" and "scheme" in record.shape.fields:
        return dataclasses.replace(record, scheme=uid(f"matrix:scheme-of:{record.id}")), (base,)
    return record, (base, *(r for r in rivals if r is not base))


def _clash(record: Record, other: Record) -> bool:
    try:
        if type(record) is type(other) and record.id != other.id:
            clashes.Beside(clashes.by_kind([other])).keep(record)
    except (Clash, Raced):
        return True
    return False


def _whole(operation: Operation, decision: Decision, given: dict[str, Any]) -> Cell:
    """A list, or what is named by a code: of the example's own jurisdiction, and absent in another (rule 27). What is
    worked out of figures is absent where none of them is in reach."""
    here = not operation.example.values or "EW" in (decision.viewer.fact("jurisdictions") or ())
    if operation.verb is Verb.READ_FIGURE and operation.name != "getMetrics":
        figures = [r for r in standing().values() if isinstance(r, Figure)]
        of = [r for r in figures if r.prison is None] if operation.name == "getMetric" else figures  # of the whole
        here = here and any(players.reaches(decision, r) for r in of)
    expected = frozenset({200 if here else 404})
    return Cell(**given, relation="all in reach", expected=expected, absent=not here, path=operation.path)


def _alone(decision: Decision, record: Record) -> Record:
    """A supporter's record is his capacity. One that is his own takes the place of the one by which he acts, or he
    would have two."""
    if not isinstance(record, Supporter) or decision.viewer.role is not Role.SUPPORTER:
        return record
    if record.person in (decision.viewer.fact("persons") or ()) and record.standing in players.IN_ROLE:
        return dataclasses.replace(record, id=SupporterId(decision.viewer.assignment))  # type: ignore[arg-type]
    return record


def _one_capacity(decision: Decision, record: Record) -> Record:
    """The same of one under which something lies; who is in no role has left it, or had a capacity."""
    inside, own = decision.viewer.role is Role.PERSON_IN_CUSTODY, decision.viewer.fact("persons") or ()
    if inside and isinstance(record, Supporter) and record.person in own:
        return dataclasses.replace(record, standing=Standing.STOOD_DOWN)
    return _alone(decision, record)


# --- making something new ---------------------------------------------------------------------------------------------

_PLACE: Final[Reach] = Within.OWN_PRISON.value


def place_reach(decision: Decision, kind: type[Record]) -> Reach:
    """How far a grant reaches among the places in which something new may be made: in one's own prison, and where
    what is made would be in reach, as far as its place says so."""
    if ABOUT[decision.verb].kind == kind.shape.kind or kind is not Scheme:
        return decision.reach(kind)
    about = ABOUT[decision.verb].kind
    made = decision.reach(KINDS[about]) if about is not None else ()
    if decision.grant.within is Within.OWN_ACTS:
        made = Within.OWN_SCHEME.value  # what one does oneself is done for a scheme of one's own
    of_place = {c for c in made if isinstance(c, In) and c.field in ("scheme", "organisation", "prison")}
    return (*_PLACE, *sorted(of_place - set(_PLACE), key=repr))


def _making(operation: Operation, decision: Decision, given: dict[str, Any]) -> Iterator[Cell]:
    body: dict[str, Any] = given["body"]
    kinds = {"enrolment": "enrolment", "scheme": "scheme"}
    named = next((m for m in kinds if m in body and operation.verb is not Verb.PROPOSE_ASSIGNMENT), None)
    if named is not None:
        yield from _in_a_record(operation, decision, given, named)
    elif "prison" in body:
        yield from _in_a_prison(operation, decision, given)
    else:
        yield Cell(**given, relation="nowhere named", expected=PAST | {404}, path=operation.path, changes=True)


_OF_ANOTHER: Final = frozenset({Verb.LAY_PROPOSAL})
"""What is made under a record out of another that its body names, which is one's own or absent."""


def _under_another(operation: Operation, decision: Decision, given: dict[str, Any]) -> Iterator[Cell]:
    """What is listed or made under a scheme, or a charter: the verb's own reach over those says whether it is there at
    all."""
    ((above, id),) = operation.under.items()
    base = standing()[above, id]
    called = f"{given['who']}:{operation}:{decision.rule}"
    makes = operation.method == "POST"
    told = reaches_over(decision, type(base))
    relations = around(base, decision.reach(type(base)), decision.viewer, called) if told else ()
    drawn = ((relation, _one_capacity(decision, record)) for relation, record in relations)
    for relation, record in (("as in the example", base), *drawn):
        others = (r for key, r in standing().items() if key != (above, record.id))
        held = is_there(operation, decision, [*others, record], record)
        about = {
            **given,
            "relation": relation,
            "placed": (record,),
            "path": operation.path_under(record.id),
        }
        expected = frozenset({404}) if not held else PAST if makes else frozenset({200})
        if held and operation.verb in _OF_ANOTHER:
            expected |= {404}
        yield Cell(**about, expected=expected, absent=not held, changes=held and makes)
    path = operation.path_under(uid("never-existed"))
    yield Cell(**given, relation=ABSENT, path=path, expected=frozenset({404}), absent=True)


def _in_a_record(operation: Operation, decision: Decision, given: dict[str, Any], named: str) -> Iterator[Cell]:
    base = standing()[named, UUID(given["body"][named])]
    here = covers(place_reach(decision, type(base)), decision.viewer, START, base)
    if here and not _may_say(operation, decision, base):
        served = _served(decision, base)
        about = {"relation": "he has served in it", "placed": (base, served), "path": operation.path}
        yield Cell(**given, **about, expected=PAST, changes=True)
    called = f"{given['who']}:{operation}:{decision.rule}"
    reach = place_reach(decision, type(base))
    for relation, record in (("as in the example", base), *around(base, reach, decision.viewer, called)):
        body = {**given["body"], named: str(record.id)}
        about = {**given, "body": body, "relation": relation, "placed": (record,)}
        held = covers(reach, decision.viewer, START, record) and _may_say(operation, decision, record)
        here = covers(_PLACE, decision.viewer, START, record)
        beside = here and isinstance(record, Scheme)  # everybody in the prison may know that there is a scheme
        expected = PAST if held else frozenset({404, 409, 422} if beside else {404})
        yield Cell(**about, expected=expected, absent=not held and not beside, path=operation.path, changes=held)
    body = {**given["body"], named: str(uid("never-existed"))}
    about = {**given, "body": body, "relation": ABSENT}
    yield Cell(**about, expected=frozenset({404}), absent=True, path=operation.path)


def _may_say(operation: Operation, decision: Decision, of: Record) -> bool:
    """Of those in custody whoever serves in the scheme, or has served, reports what was done to him there; and whoever
    has a part in it says whom he met."""
    part = [r for r in standing().values() if isinstance(r, Supporter) and r.scheme == of.id]
    his = [r for r in part if r.person in (decision.viewer.fact("persons") or ())]
    match operation.verb, decision.viewer.role:
        case Verb.REPORT_INCIDENT, Role.PERSON_IN_CUSTODY:
            return any(r.standing in {*HOLDING, *GONE} for r in his)
        case Verb.RECORD_INDUCTION, Role.SUPPORTER:
            return bool(his)
        case _:
            return True


def _served(decision: Decision, of: Record) -> Record:
    """That he was a supporter of this scheme, and is none any more."""
    one = next(r for r in standing().values() if isinstance(r, Supporter) and r.scheme == of.id)
    person = next(iter(decision.viewer.fact("persons") or ()), None)
    values: dict[str, Any] = {"id": uid(f"matrix:served:{person}"), "person": person}
    return dataclasses.replace(one, standing=Standing.STOOD_DOWN, **values)


def _asks_nobody(decision: Decision) -> bool:
    known: Any = decision.viewer.fact("jurisdictions") or ()
    return not any("OFFERS" in JURISDICTIONS[each].has for each in known)


def _in_a_prison(operation: Operation, decision: Decision, given: dict[str, Any]) -> Iterator[Cell]:
    prisons = decision.viewer.fact("prisons")
    anywhere = decision.grant.within is Within.ANYONE
    for relation, prison in (("own prison", "MDI"), ("other prison", "LEI"), (ABSENT, "XXX")):
        body = {**given["body"], "prison": prison}
        for member in ("wing", "wings"):
            if member in body:
                body[member] = f"{prison}-A" if member == "wing" else [f"{prison}-A"]
        held = anywhere or prisons is None or prison in prisons
        if "wing" in body and In("wing", "wings") in decision.reach(KINDS[str(ABOUT[operation.verb].kind)]):
            held = held and body["wing"] in (decision.viewer.fact("wings") or ())
        # A refusal that does not come from the place (an administrator's organisation; a jurisdiction in which nobody
        # is asked) may come before it.
        expected = PAST if held else frozenset({404, 409, 422} if _asks_nobody(decision) else {404, 409})
        about = {**given, "body": body, "relation": relation}
        yield Cell(**about, expected=expected, path=operation.path, changes=held)


# --- lists ------------------------------------------------------------------------------------------------------------


def in_reach(decision: Decision, records: list[Record], **under: UUID) -> set[str]:
    """The ids of those records of the decision's kind that it reaches; `under` one other, for a list under it."""
    about, decision = ABOUT[decision.verb].kind, players.knowing(decision, records)
    found = [r for r in records if r.shape.kind == about and players.reaches(decision, r)]
    return {str(r.id) for r in found if all(getattr(r, above, None) == id for above, id in under.items())}


def is_there(operation: Operation, decision: Decision, records: list[Record], above: Record | None = None) -> bool:
    """Whether that under which an operation lists is in reach, as it stands among the records (or is `above`); where
    it lists under nothing, there is nothing to miss. A reach that says nothing of it says it by what is in the list."""
    of = {(above.shape.kind, above.id)} if above is not None else set(operation.under.items())
    decision = players.knowing(decision, records)
    found = [r for r in records if (r.shape.kind, r.id) in of]
    if all(reaches_over(decision, type(r)) for r in found):
        return not of or any(players.reaches(decision, r) for r in found)
    return bool(in_reach(decision, records, **{str(kind): id for kind, id in of}))


def neighbours(who: str) -> list[Record]:
    """Every record that stands in any relation to a member, for his lists: each with an id of its own."""
    found: dict[Any, Record] = {}
    for operation in OPERATIONS:
        of_one = operation.of_one and operation.example.about is None
        if operation.method == "GET" and of_one and operation.example.on is not None:
            for purpose in PURPOSES:
                decision = players.decided(who, operation.verb, purpose)
                if not isinstance(decision, int):
                    base = _example(operation)
                    called = f"list:{who}:{operation}:{decision.rule}"
                    for _, record in around(base, decision.reach(type(base)), decision.viewer, called):
                        found[record.id] = _giving_nothing(record)
    return list(found.values())


def _giving_nothing(record: Record) -> Record:
    """What makes nobody more than he is: a duty of yesterday, which gives no wing; somebody who has left, and is no
    supporter by it."""
    if isinstance(record, Duty):
        day = timedelta(days=1)
        return dataclasses.replace(record, starts_at=record.starts_at - day, ends_at=record.ends_at - day)
    if isinstance(record, Supporter):
        return dataclasses.replace(record, standing=Standing.STOOD_DOWN)
    return record


def lines_for(who: str) -> list[Any]:
    """Entries whose lines stand in every relation to a reader of the ledger."""
    found: list[Any] = []
    for purpose in PURPOSES:
        decision = players.decided(who, Verb.READ_LEDGER, purpose)
        if isinstance(decision, int):
            continue
        base = _line()
        for relation, line in around(base, decision.reach(LedgerLine), decision.viewer, f"line:{who}:{decision.rule}"):
            made: Any = line
            id = uid(f"matrix:line:{who}:{decision.rule}:{relation}")
            found.append(entry(id=id, at=START, prison=made.prison, jurisdiction=made.jurisdiction, actor=made.author))
    return found


def _line() -> LedgerLine:
    return line_of(entry(prison="MDI", actor=uid("actor:somebody")))

"""Drawing what is secret: states that differ (P1), acts of others (P2), and another viewer's looks (P4)."""

from dataclasses import replace
from functools import cache, lru_cache
from typing import Any
from uuid import UUID

from api.wire import camel
from domain.confidentiality.record import Record
from domain.confidentiality.verbs import Verb
from domain.sessions.record import Session, SessionState
from tests.http import cast
from tests.http.operations import OPERATIONS, Operation
from tests.proofs.noninterference import knowledge
from tests.proofs.noninterference.cleared import Eyes
from tests.proofs.noninterference.dice import Dice
from tests.proofs.noninterference.drawing import Focus, Pen
from tests.proofs.noninterference.knowledge import Mind, SecretClass, mind
from tests.proofs.noninterference.state import Edit, Key, Secret, Used, base, changed
from tests.proofs.noninterference.traces import High, Step, Trace

VIEWERS = tuple(cast.CAST)


def _weight(name: str) -> int:
    """As often as he has things to try; and more often, where he may change what he does not see all of."""
    who = mind(name)
    moved = {knowledge.about(o) for o in who.may if o.moves}
    return 1 + len(who.may) // 4 + 12 * any(each.fields and each.kind in moved for each in who.secrets)


ABLE = tuple(name for name in VIEWERS for _ in range(_weight(name)))
"""The viewers, by weight: for a hunt over all of them."""
_KEY = "key-of-another-1"
# Words of a code's kind: a value that no such row could have would test the service against what the tables refuse.
_CODES = frozenset({"jurisdiction", "prison", "kind", "identifier_kind", "issuer", "organisation", "scheme"})

# How a scheme stands is kept where the scheme is: elsewhere there is no such world, and the timers would find none to
# change and one that is there already.
_SCHEME_S_OWN = {
    "scheme-status": ("scheme", "kind", "name", "jurisdiction", "prison", "organisation"),
    "scheme": ("jurisdiction", "prison"),
}


def state_pairs(
    dice: Dice,
    viewers: tuple[str, ...] = VIEWERS,
    *,
    faults: bool = False,
    kinds: tuple[str, ...] = (),
    acts: frozenset[Verb] = frozenset(),
) -> Trace:
    """P1: two states that differ in one secret class, half of them of these kinds, and what the viewer asks, these acts
    more often than others. With `faults`, P6."""
    who = mind(dice.one(viewers))
    secrets, about, focus = _secret(dice, who, kinds)
    pen = Pen(dice, who, replace(focus, acts=acts))
    steps = tuple(pen.steps())
    return Trace(who.name, steps, secrets, fault=_fault(dice, pen) if faults else None, about=about)


def _fault(dice: Dice, pen: Pen) -> tuple[int, int]:
    """At which step, and at which of its looks at the store: mostly where the secret is asked for."""
    at = pen.straight_at if dice.one((False, True)) else dice.number(0, pen.straight_at + 2)
    return at, dice.number(1, 6)


def _secret(dice: Dice, who: Mind, kinds: tuple[str, ...]) -> tuple[tuple[Secret, ...], str, Focus]:
    others = [n for n in VIEWERS if n != who.name]
    which = dice.number(0, len(who.secrets) + 1)
    # Fields that are kept from him of records that he does see: there are fewer such classes, and more ways to them.
    inside = [n for n, each in enumerate(who.secrets) if each.fields]
    # Records beside which he sees others of their kind, or that belong to what he sees: lists, cursors, counts and
    # guards are of both.
    beside = [n for n, each in enumerate(who.secrets) if not each.fields and _beside_what_he_sees(who, each)]
    made = {knowledge.about(o) for o in who.may if o in knowledge.MAKES}
    ground = [n for n, each in enumerate(who.secrets) if each.kind in made]
    drawn = dice.number(0, 99)
    moved = {knowledge.about(o) for o in who.may if o.moves}
    overwritten = [n for n in inside if who.secrets[n].kind in moved]
    if overwritten and drawn >= 50:
        which = dice.one(overwritten)
    elif inside and drawn >= 65:
        which = dice.one(inside)
    elif beside and drawn >= 35:
        which = dice.one(beside)
    elif ground and drawn >= 20:
        which = dice.one(ground)
    steered = [n for n, each in enumerate(who.secrets) if each.kind in kinds]
    if steered and dice.one((False, True)):
        which = dice.one(steered)
    if which >= len(who.secrets):
        by, made = dice.one(others), dice.one(knowledge.MAKES)
        used = Used(by, made.template, _KEY, letter=which > len(who.secrets))
        kind = knowledge.about(made) or "request"
        return (used,), "letters" if used.letter else "keys of others", Focus((kind,), (), keys=(_KEY,))
    of = who.secrets[which]
    belonging = [k for k in of.records if _belongs(who, k)]
    key = dice.one(belonging if belonging and dice.number(0, 99) >= 40 else of.records)
    record = base().all()[key]
    what = dice.one(("drop", "twin", "set")) if of.what == "there at all" else "set"
    edit = Edit(what, key[0], str(key[1]), _fields(dice, of, record, what))
    after = changed(base(), (edit,)).all().get(edit.key)
    ids = tuple(dict.fromkeys([(key[0], str(edit.key[1])), (key[0], str(key[1]))]))
    fields = tuple(camel(name) for name, _ in edit.fields)
    near = _named(record)
    kinds = tuple(dict.fromkeys((key[0], *_near(record.shape.kind))))
    return (edit,), str(of), Focus(kinds, ids, _values(record, after), near, fields)


def _beside_what_he_sees(who: Mind, of: SecretClass) -> bool:
    return bool(who.visible_of(of.kind)) or any(_belongs(who, key) for key in of.records)


def _belongs(who: Mind, key: Key) -> bool:
    """Whether the record names one that the viewer sees."""
    return any(named in _seen(who.name) for named in _named(base().all()[key]))


@lru_cache(maxsize=64)
def _seen(name: str) -> frozenset[tuple[str, str]]:
    return frozenset((kind, str(id)) for kind, id in mind(name).visible)


def _schemes(who: Mind, prison: str) -> tuple[tuple[str, str], ...]:
    """The closed schemes of a prison that the viewer knows: what is asked for there is asked of one of them."""
    known = who.visible_of("scheme")
    here = [r for (k, _), r in base().records.items() if k == "scheme" and getattr(r, "prison", None) == prison]
    return tuple(("scheme", str(r.id)) for r in here if getattr(r, "closed", False) and str(r.id) in known)


def _named(*records: Record | None) -> tuple[tuple[str, str], ...]:
    """The records that these name."""
    known = _kinds_by_id()
    values = [getattr(r, n) for r in records if r is not None for n in r.shape.fields if n != "id"]
    return tuple(dict.fromkeys((kind, str(v)) for v in values if isinstance(v, UUID) for kind in known.get(v, ())))


@cache
def _kinds_by_id() -> dict[UUID, list[str]]:
    known: dict[UUID, list[str]] = {}
    for kind, id in base().records:
        known.setdefault(id, []).append(kind)  # how a scheme stands has the scheme's own id
    return known


def _fields(dice: Dice, of: SecretClass, record: Record, what: str) -> tuple[tuple[str, str | int], ...]:
    unkept = {"id", "version", *record.shape.derived, *_SCHEME_S_OWN.get(of.kind, ())}
    if isinstance(record, Session) and record.state is not SessionState.DELIVERED:
        unkept.add("marks")  # what is marked of a session is marked when it is told of, and no earlier
    names = [n for n in of.fields or record.shape.fields if n not in unkept]
    if what == "drop" or of.kind == "ledger-line" or not names:
        return ()
    most = 2 if what == "twin" else 3
    chosen = dice.some(names, 0 if what == "twin" else 1, most)
    like = [str(id) for kind, id in base().records if kind == of.kind]
    return tuple(
        (n, dice.one(like) if n in _CODES or dice.one((False, True)) else dice.number(0, 3)) for n in sorted(chosen)
    )


def _near(kind: str) -> tuple[str, ...]:
    """The kinds of what it belongs to, and what belongs to it."""
    told = {"request": ("scheme", "supporter"), "session": ("enrolment",), "enrolment": ("session", "supporter")}
    more = {"supporter": ("scheme", "request"), "person": ("supporter", "enrolment"), "actor": ("assignment",)}
    return {**told, **more}.get(kind, ())


def _values(*records: Record | None) -> tuple[tuple[str, Any], ...]:
    found = [(n, v) for r in records if r is not None for n, v in knowledge.plainly(r).items()]
    return tuple({repr(pair): pair for pair in found if pair[1] not in (None, [], {})}.values())


# --- what others do --------------------------------------------------------------------------------------------------


def purges(
    dice: Dice, viewers: tuple[str, ...] = VIEWERS, *, faults: bool = False, kinds: tuple[str, ...] = ()
) -> Trace:
    """P2: others act between the viewer's steps, or while one is under way, half of the times on these kinds; in the
    other world they do not, or (where the viewer reads the ledger, in which an act leaves its line) do the like about
    somebody else."""
    who = mind(dice.one(viewers))
    operation, prison = _act_of_others(dice, who, kinds)
    by = _by(dice, who.name, operation, prison)
    acts = _acts(dice, who, operation, prison, by)
    reads = who.eyes.reads_lines_of(by)
    twins = tuple(_twin(dice, operation, step) for step in acts) if reads else ()
    kind = knowledge.about(operation) or "request"
    body = acts[-1].body or {}
    record = base().records.get((kind, UUID(_id_in(acts[-1].path)))) if operation.of_one else None
    ids = ((kind, str(record.id)),) if record is not None else ()
    values = (*_values(record), *((n, v) for n, v in body.items() if v not in (None, [], {})))
    near = _named(record) or _schemes(who, prison)
    keys = tuple(v for s in acts for n, v in s.headers if n == "idempotency-key")
    focus = Focus((kind, *(_near(kind))), ids, values, near, tuple(body), keys, acts)
    pen = Pen(dice, who, focus)
    steps = tuple(pen.steps())
    call = dice.number(1, 6) if dice.number(0, 9) >= 6 else 0
    at = dice.number(0, pen.straight_at)
    fault = _fault(dice, pen) if faults else None
    highs = [High(at, acts, twins, call)]
    if who.eyes.may(Verb.READ_LEDGER):
        # Something that he does read in the ledger, in both worlds, after what he does not.
        look = Step("GET", "/v1/schemes", by=dice.one([n for n in ("coordinator", "hub") if n != who.name]))
        highs.append(High(at, (look,), (look,)))
    return Trace(who.name, steps, highs=tuple(highs), fault=fault, about=f"{kind}: {operation.name}")


def _act_of_others(dice: Dice, who: Mind, kinds: tuple[str, ...]) -> tuple[Operation, str]:
    """What others do, and where: mostly in his own prison; more than a quarter is to ask, for that must never be told;
    much is what the viewer does himself, for there the two meet."""
    acts = _hidden_acts(who.name)
    here = [a for a in acts if a[1] == who.prison]
    acts = here if here and dice.number(0, 99) >= 30 else acts
    steered = [a for a in acts if knowledge.about(a[0]) in kinds]
    if steered and dice.one((False, True)):
        return dice.one(steered)
    makes = [a for a in acts if not a[0].of_one]
    asks = [a for a in makes if a[0].verb is Verb.ASK]
    shared = [a for a in makes if a[0] in who.may]
    inside = [a for a in acts if a[0].example.on is not None and _inside(who, *a)]
    if inside and dice.number(0, 99) >= 85:
        return dice.one(inside)
    drawn = dice.number(0, 99)
    return dice.one((asks if drawn >= 72 else shared if drawn >= 40 else makes if drawn >= 25 else ()) or acts)


def _inside(who: Mind, operation: Operation, prison: str) -> bool:
    named = UUID(knowledge.moved(str(cast.uid(str(operation.example.on))), prison))
    return who.eyes.knows(base().records[str(knowledge.about(operation)), named])


_hidden: dict[str, list[tuple[Operation, str]]] = {}


def _hidden_acts(name: str) -> list[tuple[Operation, str]]:
    """The acts of others, and where, whose record the viewer may not know."""
    if name not in _hidden:
        who = mind(name)
        found: list[tuple[Operation, str]] = []
        for operation in OPERATIONS:
            for prison in ("MDI", "LEI"):
                if operation.method != "GET" and _hidden_from(who.eyes, operation, prison):
                    found.append((operation, prison))
        _hidden[name] = found
    return _hidden[name]


def _hidden_from(viewer: Eyes, operation: Operation, prison: str) -> bool:
    """Whether it is on what the viewer may not know: a record that is kept from him, or fields of it."""
    kind = knowledge.about(operation) or "request"
    there = [r for (k, _), r in base().records.items() if k == kind and getattr(r, "prison", prison) == prison]
    if operation.example.on is None:
        return any(not viewer.knows(r) for r in there)
    named = base().records.get((kind, UUID(knowledge.moved(str(cast.uid(operation.example.on)), prison))))
    return named is not None and (not viewer.knows(named) or bool(_kept_from(viewer, operation, named)))


def _kept_from(viewer: Eyes, operation: Operation, record: Record) -> list[str]:
    """The members of an operation's body that are fields of the record which the viewer is not shown."""
    wire = {camel(n): n for n in record.shape.fields}
    return [n for n in operation.example.body or {} if n in wire and wire[n] not in viewer.fields(record)]


def _by(dice: Dice, viewer: str, operation: Operation, prison: str) -> str:
    """Somebody else of that prison who does it."""
    usual = operation.example.by
    if prison == "MDI" and operation.verb in (Verb.ASK, Verb.GIVE_FEEDBACK) and dice.one((False, True)):
        able = ["arthur", "ben", "listener"]
    elif prison == "MDI" and usual != viewer:
        return usual
    else:
        able = [n for n, m in cast.CAST.items() if m.prison == prison and knowledge.may(n, operation.verb)]
    return dice.one([n for n in able if n != viewer] or [n for n in VIEWERS if n != viewer])


def _acts(dice: Dice, who: Mind, operation: Operation, prison: str, by: str) -> tuple[Step, ...]:
    body = dict(knowledge.moved(operation.example.body, prison) or {})
    if by in cast.IN_CUSTODY:
        body = {n: v for n, v in body.items() if n not in ("recipient", "prison", "onBehalfOf")}
    if dice.number(0, 3) == 3 and body:
        del body[dice.one(sorted(body))]
    headers = (("idempotency-key", _KEY),) if operation.key_required or dice.one((False, True)) else ()
    if not operation.of_one:
        return (Step("POST", knowledge.address(operation, prison), (), headers, body, by=by),)
    named = knowledge.moved(str(cast.uid(str(operation.example.on))), prison)
    kind = knowledge.about(operation)
    if who.eyes.knows(base().records[str(kind), UUID(named)]):
        # He sees the record: only what is kept from him of it is changed, on this one or on another.
        near = [r for (k, _), r in base().records.items() if k == kind and getattr(r, "prison", prison) == prison]
        record = dice.one(near)
        named, hidden = str(record.id), _kept_from(who.eyes, operation, record)
        body = {n: v for n, v in body.items() if n in hidden}
    look = Step("GET", operation.record.replace("{id}", named), by=by)
    return look, Step(operation.method, operation.path_of(named), (), headers, body, "read", by=by)


def _twin(dice: Dice, operation: Operation, step: Step) -> Step:
    """The like, about somebody else: members of closer classes as others have them, or of another man in custody."""
    kind = knowledge.about(operation)
    if kind is None or not isinstance(step.body, dict):
        return step
    classes = knowledge.members_of(kind)
    closer = [n for n in step.body if classes.get(n, "OPEN") not in ("OPEN", "OPERATIONAL") and n not in _FIXED]
    body = dict(step.body)
    for name in closer:
        there = knowledge.values().get(name, ())
        if name == "wing":  # that of another prison asks there, and the line would be of that place
            there = [v for v in there if str(v).split("-")[0] == str(step.body[name]).split("-")[0]]
        if there and dice.one((False, True)):
            body[name] = dice.one(there)
    men = ("arthur", "ben")
    by = men[1 - men.index(step.by)] if step.by in men else step.by
    # What is closed is told to the hour: whether it was at ten past or at half past is a secret too (rule 4).
    closed = any(grant.closed for _, grant in mind(str(by)).eyes.may(operation.verb))
    late = closed and kind == "request" and dice.one((False, True))
    return Step(step.method, step.path, step.query, step.headers, body, step.tag, by=by, late=late)


# Which scheme answers, in which prison, and whether it is urgent are in the line's rule, place and outcome.
_FIXED = frozenset({"need", "prison", "scheme", "urgency", "channel", "occurredAt"})


def _id_in(path: str) -> str:
    return next((p for p in path.split("/") if len(p) == 36 and p.count("-") == 4), knowledge.ABSENT)


def alternating(dice: Dice, viewers: tuple[str, ...] = VIEWERS) -> Trace:
    """P4: a second viewer, who is cleared for more, looks at the same things between the first one's steps, in one
    process; in the other world he is not there."""
    who = mind(dice.one(viewers))
    other = mind(dice.one([n for n in VIEWERS if n != who.name]))
    more = [k for k in other.visible if k not in who.visible] or list(other.visible)
    kind, id = dice.one(more or list(base().records))
    record = base().all()[kind, id]
    focus = Focus((kind, *_near(record.shape.kind)), ((kind, str(id)),), _values(record))
    steps = tuple(Pen(dice, who, focus).steps())
    looks = [n for n, s in enumerate(steps) if s.method == "GET" and "{" not in s.path and not s.cursor]
    shared = [steps[n] for n in dice.some(looks, 1, 3)] if looks else [Step("GET", "/v1/me")]
    theirs = tuple(Step("GET", s.path, s.query, (), by=other.name) for s in shared)
    # Before one of his steps; or in the middle of one of his looks, so that two are under way at once.
    during = bool(looks) and dice.one((False, True))
    at = dice.one(looks) if during else dice.number(0, len(steps) - 1)
    high = High(at, theirs, call=dice.number(1, 5) if during else 0)
    return Trace(who.name, steps, highs=(high,), about=f"beside {other.name}")

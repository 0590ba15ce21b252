"""Drawing what a viewer asks: weighted towards what betrays (security.md 7.4)."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from domain.confidentiality.roles import Purpose
from domain.confidentiality.verbs import Verb
from tests.http import cast
from tests.http.operations import OPERATIONS, Operation
from tests.proofs.noninterference import knowledge
from tests.proofs.noninterference.dice import Dice
from tests.proofs.noninterference.knowledge import ABSENT, LIST_OF, LISTS, MAKES, METHODS, MOVES, READ_OF, READS, Mind
from tests.proofs.noninterference.state import base
from tests.proofs.noninterference.traces import TICK, Step

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Focus:
    """What the secret is about: kinds, ids of records that are in it, and values that their fields have, by name."""

    kinds: tuple[str, ...]
    ids: tuple[tuple[str, str], ...]
    values: tuple[tuple[str, Any], ...] = ()
    near: tuple[tuple[str, str], ...] = ()
    """What it belongs to: the records that it names."""
    fields: tuple[str, ...] = ()
    """The names of what differs, as they are on the wire."""
    keys: tuple[str, ...] = ()
    others: tuple[Step, ...] = ()
    """What somebody else does meanwhile."""
    acts: frozenset[Verb] = frozenset()
    """What the viewer tries more often than all else, on what he sees beside the secret."""


class Pen:
    """Draws the steps of one trace."""

    def __init__(self, dice: Dice, mind: Mind, focus: Focus) -> None:
        self._dice = dice
        self.mind = mind
        self.focus = focus
        self.straight_at = 0

    def one(self, of: Sequence[T]) -> T:
        """One of them."""
        return self._dice.one(of)

    def chance(self, per_cent: int) -> bool:
        """Yes so often; no when it shrinks."""
        return self._dice.number(0, 99) >= 100 - per_cent

    def steps(self) -> list[Step]:
        """Two to fourteen steps, one of which asks straight for the secret."""
        steps = [step for _ in range(self._dice.number(1, 5)) for step in self._some()][:12]
        self.straight_at = at = self._dice.number(0, len(steps))
        return [*steps[:at], *self._straight(), *steps[at:]]

    # --- one thing that is tried -------------------------------------------------------------------------------------

    def _some(self) -> list[Step]:
        ways: list[tuple[int, Callable[[], list[Step]]]] = [
            (20, self._read),
            (20, self._list),
            (22, lambda: self._move()),
            (18, self._make),
            (5, self._method),
            (8, self._plain),
            (3, self._pages),
            (4, self._tick),
        ]
        if self.chance(12) and any(o.verb is Verb.START_JOB for o in self.mind.may):
            return self._tick()
        if self.focus.others and self.chance(28):
            return self._the_same()
        if self.focus.acts and self.chance(40):
            return self._beside()
        if self._changes_what_he_sees_in_part() and self.chance(30):
            return self._move(self.focus.ids[0])
        drawn = self._dice.number(0, 99)
        for weight, way in ways:
            drawn -= weight
            if drawn < 0:
                return way()
        return self._read()

    def _straight(self) -> list[Step]:
        """What a cleared viewer would ask to see the secret: the record by its id, else the list of its kind."""
        kind, id = self.focus.ids[0] if self.focus.ids else (self.focus.kinds[0], "{high}")
        by_id = self.focus.ids or self.focus.others
        read = [Step("GET", READ_OF[kind].path_of(id))] if by_id and kind in READ_OF else []
        places = knowledge.addresses(LIST_OF[kind]) if kind in LIST_OF else ()
        listed = [Step("GET", place, (("limit", "100"),)) for place in places]
        if read and self.focus.ids:
            about = [o for o in LISTS if knowledge.about(o) == kind]
            lists = self._listed(self.one(about)) if listed and self.chance(70) else []
            return [*read, *lists, *(self._lines() if self.focus.others else ())]
        return [*read, *listed, *self._lines()] or [Step("GET", "/v1/me")]

    def _lines(self) -> list[Step]:
        """An hour later, the ledger: for whoever reads it."""
        reads = any(o.verb is Verb.READ_LEDGER for o in self.mind.may)
        return [Step(TICK), Step("GET", LIST_OF["ledger-line"].template, (("limit", "100"),))] if reads else []

    def _the_same(self) -> list[Step]:
        """What somebody else does too: the same address, body and key."""
        return [replace(step, by=None) for step in self.focus.others]

    def _read(self) -> list[Step]:
        kind, id = self._target()
        return [Step("GET", self._read_of(kind).path_of(id), headers=self._headers())]

    def _read_of(self, kind: str) -> Operation:
        """How a record is read: itself, or what is made of it (a page, a print, a file), or as if it were another's."""
        if kind in READ_OF and self.chance(82):
            return READ_OF[kind]
        about = [o for o in READS if knowledge.about(o) == kind]
        return self.one(about if about and self.chance(60) else READS)

    def _list(self) -> list[Step]:
        kind = self.one(self.focus.kinds) if self.chance(55) else ""
        mine = [o for o in LISTS if o in self.mind.may] or LISTS
        about = [o for o in LISTS if knowledge.about(o) == kind]
        operation = self.one(about or (mine if self.chance(80) else LISTS))
        return self._listed(operation)

    def _listed(self, operation: Operation) -> list[Step]:
        """A list: cut at, before or behind what he sees of it; filtered, ordered, gone on with."""
        query: list[tuple[str, str]] = []
        there = max(1, len(self.mind.visible_of(knowledge.about(operation))))
        if self.chance(65):
            query.append(("limit", str(min(100, self.one((1, 2, max(1, there - 1), there, there + 1))))))
        # Where fields of what he does see are secret, it is by filter and order that they would show.
        shown = (
            self.focus.fields and self.focus.ids and self.focus.ids[0][1] in self.mind.visible_of(self.focus.ids[0][0])
        )
        if self.chance(45 if shown else 25):
            query.append(self._filter(operation))
        if self.chance(50 if shown else 8):
            query.append((self.one(("sort", "order", "orderBy", "sortBy")), self._field()))
        step = Step("GET", self._address(operation), tuple(query), self._headers())
        further = Step("GET", step.path, tuple(query), step.headers, cursor=True)
        return [step, further] if query and query[0][0] == "limit" and self.chance(70) else [step]

    def _address(self, operation: Operation) -> str:
        """Where it is asked: under the scheme of the example, or under the one that the secret is of."""
        usual = knowledge.address(operation, self.mind.prison)
        schemes = [id for kind, id in self.focus.near if kind == "scheme"]
        if usual.startswith("/v1/schemes/") and schemes and self.chance(60):
            return "/".join((*usual.split("/")[:3], self.one(schemes), *usual.split("/")[4:]))
        return usual

    def _filter(self, operation: Operation) -> tuple[str, str]:
        known = [p for p in knowledge.parameters()[operation.name] if p not in ("limit", "cursor")]
        name = self.one(known) if known and self.chance(40) else self._field()
        return name, self._text(self._value(name))

    def _field(self) -> str:
        """The name of any field of any record, allowed or not; mostly of one that differs."""
        return self.one(self.focus.fields if self.focus.fields and self.chance(60) else knowledge.field_names())

    def _pages(self) -> list[Step]:
        operation = self.one([o for o in LISTS if o in self.mind.may] or LISTS)
        first = Step("GET", knowledge.address(operation, self.mind.prison), (("limit", str(self.one((1, 2)))),))
        return [
            first,
            *[Step("GET", knowledge.address(operation, self.mind.prison), first.query, cursor=True)]
            * self.one((1, 2, 3)),
        ]

    def _beside(self) -> list[Step]:
        """One of the acts that are looked for, on what the operation's own example is about or something like it."""
        operation = self.one([o for o in OPERATIONS if o.verb in self.focus.acts])
        kind, own = knowledge.about(operation), str(cast.uid(str(operation.example.on)))
        if not operation.moves:
            moved = knowledge.moved(own, self.mind.prison)
            path = operation.path_of(moved) if operation.of_one else self._address(operation)
            body = self._body(operation) if operation.has_body else None
            return [Step(operation.method, path, (), self._key(operation.key_required), body)]
        seen, near = self.mind.visible_of(str(kind)), [id for k, id in self.focus.near if k == kind]
        id = self.one(seen) if seen and self.chance(30) else knowledge.moved(own, self.mind.prison)
        id = self.one(near) if near and self.chance(50) else id
        look = Step("GET", operation.record.replace("{id}", id))
        return [look, Step(operation.method, operation.path_of(id), (), self._key(), self._body(operation), "read")]

    def _changes_what_he_sees_in_part(self) -> bool:
        kind, id = self.focus.ids[0] if self.focus.ids else ("", "")
        return id in self.mind.visible_of(kind) and any(o.moves and knowledge.about(o) == kind for o in self.mind.may)

    def _move(self, of: tuple[str, str] | None = None) -> list[Step]:
        kind, id = of or self._target()
        about = [o for o in MOVES if knowledge.about(o) == kind] or MOVES
        mine = [o for o in about if o in self.mind.may] or about
        operation = self.one(mine if self.chance(85) else MOVES)
        apart = (*self.focus.ids, *self.focus.near, ("", "{high}"))
        if id not in [each for _, each in apart] and operation.example.on is not None and self.chance(40):
            id = knowledge.moved(str(cast.uid(operation.example.on)), self.mind.prison)
        tag = "read" if self.chance(80) else "first" if self.chance(50) else None
        headers = self._headers()
        if tag is None and self.chance(70):
            headers = (*headers, ("if-match", self.one(('"00000000000000000000000000000000"', "*", 'W/"1"'))))
        made = Step(operation.method, operation.path_of(id), (), (*headers, *self._key()), self._body(operation), tag)
        look = Step("GET", operation.record.replace("{id}", id), headers=headers if tag == "read" else ())
        return [look, made, *([made] if self.chance(15) else [])] if tag is not None else [made]

    def _make(self) -> list[Step]:
        about = [o for o in MAKES if knowledge.about(o) in self.focus.kinds]
        mine = [o for o in MAKES if o in self.mind.may] or MAKES
        pool = [o for o in about if o in mine] if self.chance(50) else mine
        operation = self.one(pool or mine) if self.chance(90) else self.one(MAKES)
        headers = (*self._headers(), *self._key(operation.key_required))
        made = Step("POST", knowledge.address(operation, self.mind.prison), (), headers, self._body(operation))
        again = Step(
            "POST",
            knowledge.address(operation, self.mind.prison),
            (),
            headers,
            self._body(operation) if self.chance(30) else made.body,
        )
        kind = knowledge.about(operation)
        look = [Step("GET", READ_OF[kind].path_of("{made}"))] if kind in READ_OF and self.chance(25) else []
        return [made, *look, *([again] if self.chance(25) else [])]

    def _method(self) -> list[Step]:
        kind, id = self._target()
        operation = self._read_of(kind) if self.chance(60) else self.one(OPERATIONS)
        return [Step(self.one(METHODS), operation.path_of(id), body={} if self.chance(20) else None)]

    def _plain(self) -> list[Step]:
        paths = (*["/v1/me"] * 4, "/v1/policy", "/v1/kinds", "/v1/board", *["/openapi.json"] * 3, "/v1/nothing")
        known = (("if-none-match", '"0000"'),) if self.chance(30) else ()
        return [Step("GET", self.one(paths), headers=(*self._headers(), *known))]

    def _tick(self) -> list[Step]:
        start = [o for o in self.mind.may if o.verb is Verb.START_JOB]
        if not start:
            return [Step(TICK)]
        body = knowledge.moved(start[0].example.body, self.mind.prison)
        if self.mind.visible_of("scheme") and self.chance(70):
            body = {**body, "scheme": self.one(self.mind.visible_of("scheme"))}
        return [Step("POST", start[0].template, body=body), Step(TICK), Step("GET", "/v1/jobs/{made}")]

    # --- its parts ---------------------------------------------------------------------------------------------------

    def _target(self) -> tuple[str, str]:
        """A record to speak of: mostly the secret one, or one that the viewer knows, or made, or that never was."""
        drawn = self._dice.number(0, 99)
        if drawn < 45 and (self.focus.ids or self.focus.others):
            if self.focus.others and (not self.focus.ids or self.chance(70)):
                return self.one(self.focus.kinds), "{high}"
            return self.one(self.focus.ids)
        if drawn < 62 and self.focus.near:
            return self.one(self.focus.near)
        if drawn < 80 and self.mind.visible:
            near = [k for k in self.mind.visible if k[0] in self.focus.kinds]
            kind, id = self.one(near if near and self.chance(60) else self.mind.visible)
            return kind, str(id)
        if drawn < 88:
            kind, id = self.one(tuple(base().records))
            return kind, str(id)
        return self.one(self.focus.kinds), "{made}" if drawn < 92 else ABSENT

    def _headers(self) -> tuple[tuple[str, str], ...]:
        if not self.chance(14):
            return ()
        assigned = [str(id) for kind, id in base().records if kind == "assignment"]
        own = [str(c.assignment) for c in self.mind.eyes.capacities if c.assignment is not None]
        which = self._dice.number(0, 3)
        if which == 0:
            return (("purpose-of-use", self.one(tuple(Purpose)).value),)
        if which == 1:
            return (("acting-as", self.one(("own", *own, *own))),)
        if which == 2:
            return (("acting-as", self.one(assigned)),)
        return (("accept-language", "cy"),)

    def _key(self, required: bool = False) -> tuple[tuple[str, str], ...]:
        if not required and not self.chance(30):
            return ()
        return (("idempotency-key", self.one((*self.focus.keys, "key-of-the-viewer-1", "key-of-the-viewer-2"))),)

    def _body(self, operation: Operation) -> Any:
        """The example's body, of the viewer's own prison; some members as the secret has them, or left out."""
        body = self._varied(knowledge.moved(operation.example.body, self.mind.prison) or {})
        if body and self.chance(4):
            body[self.one(knowledge.field_names())] = True
        return body

    def _varied(self, said: dict[str, Any]) -> dict[str, Any]:
        body = dict(said)
        for name, value in said.items():
            if isinstance(value, list) and value and isinstance(value[0], dict) and self.chance(80):
                several: list[dict[str, Any]] = value
                body[name] = [self._varied(each) for each in several]
            elif self.chance(22):
                body[name] = self._value(name)
            elif self.chance(12):
                del body[name]
        return body

    def _value(self, name: str) -> Any:
        """A value for a member of that name: mostly one that the secret has."""
        secret = [v for n, v in self.focus.values if n == name]
        if secret and self.chance(65):
            return self.one(secret)
        if name in READ_OF or name in ("scheme", "supporter", "enrolment"):
            near = [i for k, i in self.focus.ids if k == name]
            ids = near if near and self.chance(50) else self.mind.visible_of(name)
            if ids:
                return self.one(ids)
        return self.one(knowledge.values().get(name) or (ABSENT, "true", "MDI", 1))

    def _text(self, value: Any) -> str:
        return value if isinstance(value, str) else json.dumps(value)

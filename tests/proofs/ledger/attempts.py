"""One attempt: a request as it goes over the wire, drawn from an operation's example and twisted.

A twist is one way in which a request differs from the example: another body, another record, another tag, another key.
What a twisted request should be answered is not said here: whatever the answer is, the ledger must agree with it.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

import httpx

from domain.confidentiality.about import ABOUT
from domain.confidentiality.verbs import Verb
from tests.http.cast import CAST, assignment
from tests.http.operations import EACH_FOR_ITSELF, Operation
from tests.http.world import World
from tests.proofs.ledger.books import Books


@dataclass(frozen=True, slots=True)
class Attempt:
    """A request to the byte, and who sends it: None for somebody without a token."""

    operation: Operation
    by: str | None
    path: str
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    content: bytes | None = None

    def __str__(self) -> str:
        return f"{self.operation} by {self.by} at {self.path} with {dict(self.headers)} {self.content!r}"

    @property
    def key(self) -> str | None:
        """The key that it carries, if one is read at all: in a batch of one, its item's. A sign-out reads none."""
        if self.operation.verb is Verb.SIGN_OUT:
            return None
        if self.operation.name in EACH_FOR_ITSELF:
            return self._of_the_item()
        return self.headers.get("Idempotency-Key") if self.operation.method == "POST" else None

    def _of_the_item(self) -> str | None:
        match _read(self.content):
            case {"items": [{"key": str(key)}]}:
                return key
            case _:
                return None

    @property
    def place(self) -> str:
        """The address of the record that it is about."""
        before = self.operation.template.partition("{id}")[0]
        return before + self.path.removeprefix(before).partition("?")[0].partition("/")[0]

    async def send(self, world: World) -> httpx.Response:
        """Send it; its answer is held against the document."""
        world_voice = world[self.by] if self.by else world.stranger
        return await world_voice.send(self.operation.method, self.path, headers=self.headers, content=self.content)


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a twist draws from: what is in the store now, what was sent before, and a number to pick by."""

    books: Books
    earlier: Sequence[Attempt]
    pick: int

    def one_of(self, things: Sequence[Any]) -> Any:
        """One of them, by the number."""
        return things[self.pick % len(things)]


Twist = Callable[[Attempt, Drawn], Attempt]
TAG = "TAG"
"""In place of a tag: the attempt's sender reads it first."""


def example(operation: Operation, by: str | None, number: int) -> Attempt:
    """The operation's example as a request: with the tag of now, and a key of its own where one is needed."""
    headers: dict[str, str] = {}
    if operation.moves:
        headers["If-Match"] = TAG
    if operation.key_required:
        headers["Idempotency-Key"] = f"key-of-its-own-{number}"
    content = None if not operation.has_body else _json(operation.example.body)
    return Attempt(operation, by, operation.path, headers, content)


def _header(name: str, value: str | None) -> Twist:
    def twist(attempt: Attempt, drawn: Drawn) -> Attempt:
        rest = {k: v for k, v in attempt.headers.items() if k != name}
        return replace(attempt, headers=rest if value is None else {**rest, name: value})

    return twist


def _another_record(attempt: Attempt, drawn: Drawn) -> Attempt:
    known = drawn.books.known(ABOUT[attempt.operation.verb].kind)
    if not attempt.operation.of_one or not known:
        return attempt
    return replace(attempt, path=attempt.operation.path_of(drawn.one_of(known)))


def _no_record(attempt: Attempt, drawn: Drawn) -> Attempt:
    if not attempt.operation.of_one:
        return attempt
    return replace(attempt, path=attempt.operation.path_of(UUID(int=drawn.pick, version=4)))


def _body(change: Callable[[dict[str, Any], Drawn], Any]) -> Twist:
    def twist(attempt: Attempt, drawn: Drawn) -> Attempt:
        body = _read(attempt.content)
        return attempt if not isinstance(body, dict) else replace(attempt, content=_json(change(body, drawn)))

    return twist


def _read(content: bytes | None) -> Any:
    try:
        return json.loads(content or b"")
    except ValueError:
        return None  # nonsense already


def _json(body: Any) -> bytes:
    return json.dumps(body).encode()


def _without_one(body: dict[str, Any], drawn: Drawn) -> Any:
    without = drawn.one_of([*body, None])
    return {name: value for name, value in body.items() if name != without}


def _one_wrong(body: dict[str, Any], drawn: Drawn) -> Any:
    wrong = drawn.one_of([*body, "unknownMember"])
    return {**body, wrong: {"not": ["what", "is", "meant"]}}


def _less_asked(body: dict[str, Any], drawn: Drawn) -> Any:
    """What names somebody left out, as a person in custody has to ask; the place is his own."""
    return {name: value for name, value in body.items() if name not in ("recipient", "identifier", "name", "prison")}


def _nonsense(attempt: Attempt, drawn: Drawn) -> Attempt:
    return replace(attempt, content=drawn.one_of([b"{", b"[]", b"null", b'{"a": 1, "a": 2}', b"\xff"]))


def _unasked_filter(attempt: Attempt, drawn: Drawn) -> Attempt:
    joint = "&" if "?" in attempt.path else "?"
    return replace(attempt, path=f"{attempt.path}{joint}{drawn.one_of(['subject', 'limit', 'state', 'cursor'])}=1")


def _own_capacity(attempt: Attempt, drawn: Drawn) -> Attempt:
    member = CAST.get(attempt.by or "")
    if member is None or attempt.by is None:
        return attempt
    held = [r for r in (member.role, *member.further) if r is not None]
    choices = ["own", *(str(assignment(attempt.by, role)) for role in held)]
    return _header("Acting-As", drawn.one_of(choices))(attempt, drawn)


def _purpose(attempt: Attempt, drawn: Drawn) -> Attempt:
    purposes = ["support", "operations", "oversight", "investigation", "recruitment", "safety", "nonsense"]
    return _header("Purpose-Of-Use", drawn.one_of(purposes))(attempt, drawn)


def _anothers_key(attempt: Attempt, drawn: Drawn) -> Attempt:
    used = [earlier.key for earlier in drawn.earlier if earlier.key]
    return _header("Idempotency-Key", drawn.one_of(used) if used else "a-key-of-somebody")(attempt, drawn)


TWISTS: dict[str, Twist] = {
    "another record of its kind": _another_record,
    "a record that never was": _no_record,
    "a member left out": _body(_without_one),
    "a member that is wrong": _body(_one_wrong),
    "nobody named": _body(_less_asked),
    "nonsense": _nonsense,
    "an unknown filter": _unasked_filter,
    "no tag": _header("If-Match", None),
    "an old tag": _header("If-Match", '"0123456789abcdef0123456789abcdef"'),
    "a tag that is none": _header("If-Match", "*"),
    "a key": lambda attempt, drawn: _header("Idempotency-Key", f"a-key-{drawn.pick % 4:04}")(attempt, drawn),
    "a key used before": _anothers_key,
    "no key": _header("Idempotency-Key", None),
    "a key that is none": _header("Idempotency-Key", "short"),
    "one of his capacities": _own_capacity,
    "a purpose": _purpose,
}

"""The six things that are asked of every server, and what a right answer to each is.

    read one      GET /v1/supporters/{id}: one record, its name opened from ciphertext
    list of 50    GET /v1/supporters?limit=50: the first page of a prison's supporters
    write         POST /v1/requests: somebody asks for support, with an idempotency key
    charter       GET /v1/charters/{id}: a scheme's plan whole, every section written, in one answer
    eligible      GET /v1/schemes/{id}/eligible-supporters: who of four hundred could be asked now, by every gate
    board         GET /v1/board: of two hundred calls that are open, the hundred that it shows

Every answer is held against what the estate says is right, member by member. What was right once is kept, and the same
bytes need not be read again; of a page all but the cursor, which is sealed anew each time. Of a board the tag is not
held against anything: each server has its own.
"""

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from random import Random
from typing import Any, Final
from uuid import UUID

import orjson

from domain.schemes.kinds import LISTENERS
from tests.bench import estate, night
from tests.bench.estate import PRISONS, Size

READ, LIST, WRITE, CHARTER, ELIGIBLE = "read one", "list of 50", "write", "charter", "eligible"
BOARD: Final = "board"
JOBS: Final = (READ, LIST, WRITE, CHARTER, ELIGIBLE, BOARD)
PAGE: Final = 50
_READERS: Final = 1000
_SENT: Final = count(1)
_CURSOR: Final = re.compile(rb'"[A-Za-z0-9_-]+"\}')


class WrongAnswer(Exception):
    """A server answered what is not so; nothing that it was measured at counts."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: who asks what, and what is to be answered. `keyed`: each sending has an idempotency key of its
    own."""

    method: str
    path: str
    query: str
    subject: str
    body: bytes
    expected: Mapping[str, Any] = field(repr=False)
    keyed: bool = False

    @property
    def target(self) -> str:
        """Path and query, as the request line has them."""
        return f"{self.path}?{self.query}" if self.query else self.path


def asked(job: str, size: Size) -> Sequence[Asked]:
    """The requests of a job, in an order that mixes callers and prisons; the same in every process."""
    everybody = sorted(estate.callers(size).items())
    subjects = [(s, prison) for s, prison in everybody if prison in PRISONS]
    random = Random(job)
    made: list[Asked] = []
    if job == READ:
        by_prison = {p: [s for s, q in subjects if q == p] for p in PRISONS}
        for number in random.sample(range(size.supporters), min(_READERS, size.supporters)):
            one = estate.supporter(number)
            caller = random.choice(by_prison[one.prison])
            made.append(Asked("GET", f"/v1/supporters/{one.id}", "", caller, b"", estate.shown(one)))
    elif job == LIST:
        pages = {p: [estate.shown(s) for s in estate.first_of(p, size, PAGE)] for p in PRISONS}
        for subject, prison in subjects:
            made.append(Asked("GET", "/v1/supporters", f"limit={PAGE}", subject, b"", {"items": pages[prison]}))
    elif job == CHARTER:
        plans = {p: [estate.charter(p, kind) for kind in estate.KINDS] for p in PRISONS}
        shown = {one.id: estate.shown(one) for of in plans.values() for one in of}
        for subject, prison in subjects:
            for one in plans[prison]:
                made.append(Asked("GET", f"/v1/charters/{one.id}", "", subject, b"", shown[one.id]))
    elif job == ELIGIBLE:
        path = f"/v1/schemes/{estate.scheme_of(estate.CROWDED, LISTENERS.code)}/eligible-supporters"
        right = {"items": estate.eligible()}
        made += [Asked("GET", path, "", s, b"", right) for s, p in everybody if p == estate.CROWDED]
    elif job == BOARD:
        right = night.board()
        made += [Asked("GET", "/v1/board", "", s, b"", right) for s, p in everybody if p == estate.WAITING]
    else:
        made += [asking(subject, prison) for subject, prison in subjects]
    random.shuffle(made)
    return made


def asking(subject: str, prison: str) -> Asked:
    """Somebody there asks for a Listener, and it is typed for him."""
    body = {
        "need": "EMOTIONAL",
        "channel": "CELL_BELL",
        "urgency": "TODAY",
        "prison": prison,
        "wing": f"{prison}-A",
        "recipient": "Sam",
        "cell": "A-1-012",
    }
    scheme = str(estate.scheme_of(prison, LISTENERS.code))
    expected = {"prison": prison, "scheme": scheme, "jurisdiction": "EW", "closed": True, "unverified": False}
    return Asked("POST", "/v1/requests", "", subject, orjson.dumps(body), expected, keyed=True)


def key() -> str:
    """An idempotency key that nobody gave before; the process is in it, since several ask the same database."""
    return f"{os.getpid():08}-{next(_SENT):012}"


class Right:
    """Holds the answers of one server against the estate, and remembers what was right."""

    def __init__(self) -> None:
        self._right: dict[int, bytes] = {}
        self._made: set[str] = set()

    @property
    def made(self) -> int:
        """How many records it says that it wrote."""
        return len(self._made)

    def check(self, asked: Asked, status: int, body: bytes) -> None:
        """Raises `WrongAnswer`."""
        if status != (201 if asked.method == "POST" else 200):
            raise WrongAnswer(f"{asked.method} {asked.target}: {status} {body[:300]!r}")
        if asked.method == "POST":
            self._written(asked, body)
            return
        head, _, tail = body.rpartition(b'"next":')
        same = head if head and _CURSOR.fullmatch(tail) else body
        if self._right.get(id(asked)) == same:
            return
        _compare(asked, asked.expected, {k: v for k, v in _read(asked, body).items() if k not in ("next", "tag")})
        self._right[id(asked)] = same

    def _written(self, asked: Asked, body: bytes) -> None:
        said = _read(asked, body)
        _compare(asked, asked.expected, {k: said.get(k) for k in asked.expected})
        made = str(UUID(said.get("id")))
        if made in self._made:
            raise WrongAnswer(f"{asked.target}: one id for two records")
        self._made.add(made)


def _read(asked: Asked, body: bytes) -> dict[str, Any]:
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        raise WrongAnswer(f"{asked.target}: no JSON: {body[:300]!r}") from None


def _compare(asked: Asked, right: Any, said: Any, place: str = "") -> None:
    if isinstance(right, Mapping) and isinstance(said, Mapping):
        if right.keys() != said.keys():
            differ = sorted(right.keys() ^ said.keys())
            raise WrongAnswer(f"{asked.target}{place}: members differ: {', '.join(differ)}")
        for name in right:
            _compare(asked, right[name], said[name], f"{place}/{name}")
    elif isinstance(right, list) and isinstance(said, list) and len(right) == len(said):
        for number, (one, other) in enumerate(zip(right, said, strict=True)):
            _compare(asked, one, other, f"{place}/{number}")
    elif right != said:
        raise WrongAnswer(f"{asked.target}{place}: {said!r}, and not {right!r}")

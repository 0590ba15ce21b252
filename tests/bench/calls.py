"""Calls: somebody asks, and it is passed on until a Listener is offered, while others write. Issue D: under 50 ms, of a
hundred calls ninety-nine, at sixteen connections.

    ask           POST /v1/requests: it is recorded
    read          GET /v1/requests/{id}: by the officer who passes it on; the tag is in the answer
    offer         POST /v1/requests/{id}/offer: matched by every gate, offered to whose turn it is, with its entry
    withdraw      POST /v1/requests/{id}/withdraw: so that the Listener is free for the next

One connection does this again and again, each time as another officer, for one may offer eleven times an hour. The time
of a call is that of the first three together, each sent when the last was answered. Over several prisons, or over one:
there sixteen officers offer the same Listeners at once. Beside them coordinators of other prisons write requests. All
of them do so without a pause, which tells what the service can bear; and once more with pauses: then a call, and a
write, begins when it is due, and has waited since then if the one before it was late.

That nobody is offered twice is looked at here too: whoever is offered is on duty, and is offered to no other call
before his is withdrawn. An offer that lost to others as often as it is tried (503) ends its call, and is told.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from time import perf_counter
from typing import Any, Final

import orjson

from tests.bench import estate, jobs, night
from tests.bench.estate import CALLED, Size
from tests.bench.jobs import Asked, Right, WrongAnswer

CALLS, CALLS_OF_ONE, CALLS_WITH_PAUSES = "calls", "calls of one prison", "calls with pauses"
PLACES: Final[Mapping[str, Sequence[str]]] = {
    CALLS: CALLED[:-1],
    CALLS_OF_ONE: CALLED[-1:],
    CALLS_WITH_PAUSES: CALLED[:-1],
}
PAUSES: Final[Mapping[str, tuple[float, float]]] = {CALLS_WITH_PAUSES: (2.0, 0.2)}
"""Seconds from one call, and from one write, of a connection to the next: of sixteen and four, eight calls and twenty
writes a second."""
ASK, READ, OFFER, WITHDRAW = "ask", "read", "offer", "withdraw"
STEPS: Final = (ASK, READ, OFFER, WITHDRAW)
WHOLE: Final = "whole"
MOST_OFFERS: Final = 11
"""As many as one officer may make in an hour."""
_LOST: Final = 503


def officers(job: str, size: Size) -> list[tuple[str, str]]:
    """(subject, prison) of each who passes calls on: one of each prison, and then the next of each."""
    found = [(s, p) for s, p in sorted(estate.callers(size).items()) if p in PLACES[job]]
    Random(job).shuffle(found)
    each = [[one for one in found if one[1] == prison] for prison in PLACES[job]]
    return [one for row in zip(*each, strict=True) for one in row]


def turns(job: str, size: Size) -> Iterator[tuple[str, str]]:
    """Whose the next call is, until all of them have offered as often as they may."""
    for _ in range(MOST_OFFERS):
        yield from officers(job, size)


@dataclass(slots=True)
class Heard:
    """What came of the calls of one order."""

    right: Right
    until: float
    turns: Iterator[tuple[str, str]]
    tokens: Mapping[str, str]
    taken: set[str]
    """Who is offered now, as far as whoever calls can know."""
    latencies: dict[str, list[float]] = field(default_factory=lambda: {name: [] for name in (*STEPS, WHOLE)})
    answers: int = 0
    lost: int = 0

    def told(self) -> dict[str, Any]:
        """How many, and of each step and of the whole p50 and p99 in microseconds."""
        spread = {name: [_at(found, 0.5), _at(found, 0.99)] for name, found in self.latencies.items()}
        return {"calls": len(self.latencies[WHOLE]), "lost": self.lost, "spread": spread}


def _at(found: list[float], part: float) -> float:
    placed = sorted(found)
    return placed[min(len(placed) - 1, int(len(placed) * part))] * 1e6 if placed else 0.0


class Call:
    """One call after another over one connection: what is sent next, and what its answer means."""

    def __init__(self, heard: Heard) -> None:
        self._heard = heard
        self._step = WITHDRAW
        self._began = self._since = 0.0
        self._subject, self._prison = "", ""
        self._id = ""
        self._listener: str | None = None

    @property
    def between(self) -> bool:
        """No call is under way."""
        return self._step == WITHDRAW

    def next(self, tag: bytes, due: float | None = None) -> bytes | None:
        """The next request, as bytes; None: the time is over, and no call is under way. `tag` came with the last
        answer; `due`: since when it waits to be sent."""
        self._since = perf_counter() if due is None else due
        if self._step == WITHDRAW:
            return self._begun()
        self._step = STEPS[STEPS.index(self._step) + 1]
        if self._step == READ:
            return self._head("GET", "")
        if self._step == WITHDRAW and self._listener is not None:
            self._heard.taken.discard(self._listener)
        return self._head("POST", f"/{self._step}", b"{}", b"If-Match: " + tag)

    def _begun(self) -> bytes | None:
        if self._since >= self._heard.until:
            return None
        turn = next(self._heard.turns, None)
        if turn is None:
            raise WrongAnswer("every officer has offered as often as he may")
        self._step, self._began, self._listener = ASK, self._since, None
        self._subject, self._prison = turn
        self._asked = jobs.asking(*turn)
        return self._head("POST", None, self._asked.body, b"Idempotency-Key: " + jobs.key().encode())

    def answered(self, status: int, body: bytes) -> None:
        """Hold an answer against what is right. Raises `WrongAnswer`."""
        now, heard = perf_counter(), self._heard
        heard.answers += 1
        heard.latencies[self._step].append(now - self._since)
        if self._step == ASK:
            heard.right.check(self._asked, status, body)
            self._id = orjson.loads(body)["id"]
            return
        if self._step == OFFER:
            heard.latencies[WHOLE].append(now - self._began)
            if status == _LOST:
                heard.lost += 1
                return
        said: dict[str, Any] = orjson.loads(body) if status == 200 else {}
        state = {READ: "RECEIVED", OFFER: "OFFERED", WITHDRAW: "WITHDRAWN"}[self._step]
        if (said.get("id"), said.get("state"), said.get("prison")) != (self._id, state, self._prison):
            raise WrongAnswer(f"{self._step} {self._id}: {status} {body[:300]!r}")
        if self._step == OFFER:
            self._offered(said)

    def _offered(self, said: Mapping[str, Any]) -> None:
        self._listener = str(said["offeredTo"])
        if self._listener not in night.on_duty(self._prison):
            raise WrongAnswer(f"offered to one who is not on duty: {self._listener}")
        if self._listener in self._heard.taken:
            raise WrongAnswer(f"one Listener offered to two calls: {self._listener}")
        self._heard.taken.add(self._listener)

    def _head(self, method: str, action: str | None, body: bytes = b"", more: bytes = b"") -> bytes:
        path = "/v1/requests" if action is None else f"/v1/requests/{self._id}{action}"
        lines = [
            f"{method} {path} HTTP/1.1".encode(),
            b"Host: bench.example",
            b"Authorization: Bearer " + self._heard.tokens[self._subject].encode(),
            b"Accept: application/json",
        ]
        if body:
            lines += [b"Content-Type: application/json", b"Content-Length: %d" % len(body), more]
        return b"\r\n".join([*lines, b"", b""]) + body


def hellos(job: str, size: Size) -> Sequence[Asked]:
    """One look of each officer at his board, so that he is known when he is called."""
    empty = {"wings": [], "items": [], "more": False}
    return [Asked("GET", "/v1/board", "", subject, b"", empty) for subject, _ in officers(job, size)]

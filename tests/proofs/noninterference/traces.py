"""A trace: who looks, what is secret from him, and what he asks. Plain data, kept as JSON when it once told something.

A step may lean on what the viewer heard before (a tag, a cursor, the address of what he made) or on an id that somebody
else's step made (`{high}`). Those are filled in while the first world runs; the second world gets the same bytes.
"""

import json
from dataclasses import asdict, dataclass
from typing import Any

from tests.proofs.noninterference.state import Edit, Secret, Used

TICK = "TICK"
"""The method of a step in which the service's own timers and jobs are done, by hand."""
Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One request, as it will be asked. `tag`: send as `If-Match` the tag `read` last of this record, or the `first`
    one. `cursor`: go on where the last list ended. `by`: who asks, where it is not the viewer."""

    method: str
    path: str = "/"
    query: Pairs = ()
    headers: Pairs = ()
    body: Any = None
    tag: str | None = None
    cursor: bool = False
    by: str | None = None
    late: bool = False
    """Of what others do: a while later than in the other world, within the hour."""


@dataclass(frozen=True, slots=True)
class High:
    """What others do, which the viewer may not know: before the low step `at`; or, with `call`, while it is under way,
    just before its `call`-th look at the store. `twins`: what is done in the other world instead (nothing: a purge)."""

    at: int
    steps: tuple[Step, ...]
    twins: tuple[Step, ...] = ()
    call: int = 0


@dataclass(frozen=True, slots=True)
class Trace:
    """Two worlds: they differ by `secrets` from the start (P1, P3) or by what others do meanwhile (P2, P4). `fault`: in
    both, the store fails in that step at that call (P6)."""

    viewer: str
    steps: tuple[Step, ...]
    secrets: tuple[Secret, ...] = ()
    highs: tuple[High, ...] = ()
    fault: tuple[int, int] | None = None
    about: str = ""
    """The secret class, for the account."""

    def as_json(self) -> str:
        """As it is kept."""
        plain = asdict(self)
        plain["secrets"] = [{"is": type(s).__name__, **asdict(s)} for s in self.secrets]
        return json.dumps(plain, indent=1, ensure_ascii=False) + "\n"


def from_json(text: str) -> Trace:
    """The trace that was kept."""
    plain = json.loads(text)

    def step(said: dict[str, Any]) -> Step:
        return Step(**{**said, "query": _pairs(said["query"]), "headers": _pairs(said["headers"])})

    def secret(said: dict[str, Any]) -> Secret:
        kind = {"Edit": Edit, "Used": Used}[said.pop("is")]
        if kind is Edit:
            said["fields"] = _pairs(said["fields"])
        return kind(**said)

    highs = [
        High(h["at"], tuple(map(step, h["steps"])), tuple(map(step, h["twins"])), h["call"]) for h in plain["highs"]
    ]
    return Trace(
        viewer=plain["viewer"],
        steps=tuple(map(step, plain["steps"])),
        secrets=tuple(map(secret, plain["secrets"])),
        highs=tuple(highs),
        fault=None if plain["fault"] is None else tuple(plain["fault"]),
        about=plain["about"],
    )


def _pairs(said: list[Any]) -> tuple[Any, ...]:
    return tuple(tuple(pair) for pair in said)

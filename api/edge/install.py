"""The edge, put around an application."""

from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass, field
from time import monotonic as system_monotonic
from typing import Any, Final

from fastapi import FastAPI

from api.edge.envelope import Envelope
from api.edge.gate import Gate, Notes
from api.edge.limits import Limits
from api.edge.rate import Buckets, Rate
from api.problems.answers import Answers

# A repeated 429 is one entry a minute (rule of the ledger: who gets a line).
_A_MINUTE: Final = Rate(1, 1 / 60)
_CALLERS: Final = Rate(300, 20.0)
_OFFERS: Final = Rate(11, 11 / 3600)
_LOCK_OUTS: Final = Rate(30, 30 / 3600)
_PEERS: Final = Rate(30, 0.5)
_STRANGERS: Final = Rate(600, 10.0)
_VISITORS: Final = Rate(600, 20.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """What an operator may set about the edge.

    `callers` is a known caller's rate: a wing office's board polls every few seconds and a night's work comes in
    bursts, so it is generous; a loop gone wild is what it stops. `peers` is how often a prisoner who coordinates others
    may read besides (rule 10), `offers` how often one may offer: eleven times in any hour, so that the
    twelfth is a reminder (rule 11; `api.offers`), `lock_outs` how often one may lock somebody out: thirty times in any
    hour. `strangers` is how often an address may fail to identify itself before it is told 429; `visitors` is the rate
    of an address on open pages. `open_routes` are further paths that need no token, beside health, documentation and
    problems.
    """

    origin: str
    demonstration: bool = False
    limits: Limits = field(default_factory=Limits)
    open_routes: frozenset[str] = frozenset()
    callers: Rate = _CALLERS
    peers: Rate = _PEERS
    offers: Rate = _OFFERS
    lock_outs: Rate = _LOCK_OUTS
    strangers: Rate = _STRANGERS
    visitors: Rate = _VISITORS


def install(
    app: FastAPI,
    edge: Edge,
    *,
    answers: Answers,
    authenticate: Callable[[str | None], Awaitable[object]],
    caller_key: Callable[[Any], Hashable],
    notes: Notes | None = None,
    monotonic: Callable[[], float] = system_monotonic,
) -> None:
    """Put envelope and gate around the application, outside everything else of ours.

    They go in as middleware and not around the application, since Starlette's own outermost layer would otherwise
    answer an unhandled error in plain text and without our headers.
    """
    app.add_middleware(
        Gate,
        answers=answers,
        authenticate=authenticate,
        caller_key=caller_key,
        limits=edge.limits,
        open_routes=edge.open_routes,
        callers=Buckets(edge.callers, monotonic=monotonic),
        strangers=Buckets(edge.strangers, monotonic=monotonic),
        visitors=Buckets(edge.visitors, monotonic=monotonic),
        minutes=Buckets(_A_MINUTE, monotonic=monotonic),
        notes=notes or Notes(),
    )
    app.add_middleware(Envelope, answers=answers, origin=edge.origin, demonstration=edge.demonstration)

"""Whether this process lives, may be sent requests, and what it stands on: the estate's five addresses (hmpps.md 2.6).

`/health/ping`, `/health/liveness` and `/health/readiness` say UP or DOWN and nothing else; `/health` lists components
by name. None says a host, a version of a library or an error: what a component is down of is in the log, by the type of
the error. Of a queue it says how many messages lie where, in the estate's words, and neither its name nor its address:
with an account's number they are where it is. Liveness asks nobody: a database that is away must not have the process
restarted, since it comes back without one. Whoever depends on us calls our ping, never our `/health`, so that no outage
spreads.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from time import monotonic as system_monotonic
from types import MappingProxyType
from typing import Annotated, Any, Final, Protocol

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field, create_model
from pydantic.alias_generators import to_camel
from starlette.responses import Response

from api.info import Info

log = logging.getLogger("peer_support.health")

TAG: Final = "health"

# A check that has not answered in two seconds is down (hmpps.md 2.6); what it said is believed for two seconds more, so
# that probes from many places are one query.
PATIENCE: Final = 2.0
BELIEVED: Final = 2.0


class HealthState(StrEnum):
    """UP or DOWN, as the estate's probes and dashboards read it."""

    UP = "UP"
    DOWN = "DOWN"


class _Shown(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, alias_generator=to_camel, populate_by_name=True)


class HealthStatus(BaseModel):
    """A state, and nothing else."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    status: Annotated[HealthState, Field(examples=["UP"])]


_Messages = Annotated[int, Field(ge=0, le=1_000_000_000, examples=[0])]


class QueueDetails(_Shown):
    """How many messages lie where, by SQS's own count, which is approximate."""

    messages_on_queue: Annotated[_Messages, Field(description="How many wait.")]
    messages_in_flight: Annotated[_Messages, Field(description="How many are being worked on.")]
    dlq_status: Annotated[
        HealthState, Field(description="DOWN: there is no redrive policy, and one bad message would come for ever.")
    ]
    messages_on_dlq: Annotated[
        _Messages, Field(default_factory=lambda: None, description="How many were put aside; left out where none can.")
    ]


class QueueHealth(HealthStatus):
    """A queue's state. Without details: it could not be asked."""

    details: Annotated[QueueDetails, Field(default_factory=lambda: None)]


class TopicDetails(_Shown):
    """Who listens to the topic."""

    subscriptions_confirmed: Annotated[_Messages, Field(description="How many listen.")]
    subscriptions_pending: Annotated[_Messages, Field(description="How many have been asked and have not said yes.")]


class TopicHealth(HealthStatus):
    """A topic's state. Without details: it could not be asked."""

    details: Annotated[TopicDetails, Field(default_factory=lambda: None)]


Details = QueueDetails | TopicDetails


@dataclass(frozen=True, slots=True)
class Told:
    """What a component says of itself besides whether it serves."""

    up: bool
    details: Details


class Check(Protocol):
    """Asks one component whether it serves. False, an exception and silence are all DOWN."""

    def __call__(self) -> Awaitable[bool | Told]: ...


@dataclass(slots=True)
class _Said:
    at: float
    states: Mapping[str, HealthState]
    details: Mapping[str, Details]


@dataclass(slots=True)
class _Group:
    """Components that are asked together, and what they said last."""

    names: tuple[str, ...]
    said: _Said | None = None
    asking: asyncio.Lock = field(default_factory=asyncio.Lock)


class Components:
    """What the process stands on. `needed` are the components without which it must not be sent requests.

    `may_have` are those that another process may have by its settings: the document names them, and does not depend on
    where it was made; `detailed` says of which of them more than a state is told, and in which shape. `stopping` says
    that the process has been told to end: it is then no longer ready, so that the balancer looks elsewhere while what
    is under way is finished.
    """

    def __init__(
        self,
        checks: Mapping[str, Check],
        *,
        needed: Collection[str] | None = None,
        may_have: Collection[str] = (),
        detailed: Mapping[str, type[HealthStatus]] = MappingProxyType({}),
        stopping: Callable[[], bool] = lambda: False,
        monotonic: Callable[[], float] = system_monotonic,
        patience: float = PATIENCE,
    ) -> None:
        self._checks = dict(checks)
        self._needed = frozenset(self._checks if needed is None else needed)
        if not self._needed <= set(self._checks):
            raise ValueError("a needed component has no check")
        self.may_have = tuple(may_have)
        self.detailed = detailed
        self._stopping = stopping
        self._monotonic = monotonic
        self._patience = patience
        # Apart, so that readiness does not wait for what is not needed: a system elsewhere that hangs is no reason.
        self._groups = tuple(
            _Group(tuple(n for n in self._checks if (n in self._needed) is which)) for which in (True, False)
        )

    @property
    def names(self) -> tuple[str, ...]:
        """The components, in the order in which they were given."""
        return tuple(self._checks)

    async def states(self) -> Mapping[str, HealthState]:
        """The state of each, at most two seconds old. Many who ask at once are one question."""
        needed, others = await asyncio.gather(*(self._states(group) for group in self._groups))
        found = {**needed, **others}
        return {name: found[name] for name in self._checks}

    def details(self) -> Mapping[str, Details]:
        """What components said of themselves when they were last asked."""
        return {name: each for group in self._groups if group.said for name, each in group.said.details.items()}

    async def is_ready(self) -> bool:
        """Whether requests may be sent here. Only what is needed is asked."""
        if self._stopping():
            return False
        states = await self._states(self._groups[0])
        return all(state is HealthState.UP for state in states.values())

    async def _states(self, group: "_Group") -> Mapping[str, HealthState]:
        async with group.asking:
            said = group.said
            if said is None or self._monotonic() - said.at >= BELIEVED:
                asked = await asyncio.gather(*(self._ask(name, self._checks[name]) for name in group.names))
                found = dict(zip(group.names, asked, strict=True))
                said = group.said = _Said(
                    self._monotonic(),
                    {name: state for name, (state, _) in found.items()},
                    {name: details for name, (_, details) in found.items() if details is not None},
                )
            return said.states

    async def _ask(self, name: str, check: Check) -> tuple[HealthState, Details | None]:
        reason, details = "refused", None
        try:
            async with asyncio.timeout(self._patience):
                up = await check()
                if isinstance(up, Told):
                    up, details = up.up, up.details
                if up:
                    return HealthState.UP, details
        except Exception as error:
            reason = type(error).__name__
        log.warning("component down", extra={"component": name, "error": reason})
        return HealthState.DOWN, details


def routes(components: Components, info: Info) -> APIRouter:
    """The five routes, ready to be joined to an application."""
    router = APIRouter(tags=[TAG])
    # Models whose members are only known here: what pydantic makes of a name has no type that could be written down.
    make: Any = create_model
    listed = make(
        "HealthComponents",
        __config__=ConfigDict(extra="forbid"),
        __doc__="Each component's state.",
        **{name: (HealthStatus, ...) for name in components.names if name not in components.may_have},
        # A default that is made leaves no null in the document: the member is there, or it is not.
        **{
            name: (components.detailed.get(name, HealthStatus), Field(default_factory=lambda: None))
            for name in components.may_have
        },
    )
    health_model = make(
        "Health",
        __config__=ConfigDict(extra="forbid"),
        __doc__="The state of the whole, and of what it stands on.",
        status=(HealthState, ...),
        components=(listed, ...),
    )
    shown = info.model_dump_json(by_alias=True).encode()

    async def ping() -> Response:
        """UP, if this process answers at all: what other services call. Open."""
        return _answer(HealthState.UP)

    async def liveness() -> Response:
        """UP as long as this process can answer; it asks no component, and a database away is no reason. Open."""
        return _answer(HealthState.UP)

    async def readiness() -> Response:
        """Whether requests may be sent here: UP, or 503 and DOWN while a needed component is away. Open."""
        return _answer(HealthState.UP if await components.is_ready() else HealthState.DOWN)

    async def health() -> Response:
        """Each component's state, by name, at most two seconds old; 503 if one is DOWN. Open."""
        states = await components.states()
        whole = HealthState.UP if all(state is HealthState.UP for state in states.values()) else HealthState.DOWN
        details = components.details()
        told = {name: _told(components, name, state, details.get(name)) for name, state in states.items()}
        found = health_model(status=whole, components=listed(**told))
        text = found.model_dump_json(by_alias=True, exclude_none=True)
        return Response(text, _code(whole), media_type="application/json")

    async def what_runs() -> Response:
        """What runs here: commit, build, product, the prisons that have it, and whether it is a demonstration. Open."""
        return Response(shown, media_type="application/json")

    for path, answers, name, summary in (
        ("/health/ping", ping, "ping", "Does it answer"),
        ("/health/liveness", liveness, "liveness", "Is it alive"),
    ):
        router.add_api_route(path, answers, operation_id=name, summary=summary, response_model=HealthStatus)
    down: dict[int | str, dict[str, Any]] = {
        503: {"model": HealthStatus, "description": "Not to be sent requests now."}
    }
    router.add_api_route(
        "/health/readiness",
        readiness,
        operation_id="readiness",
        summary="May it be sent requests",
        response_model=HealthStatus,
        responses=down,
    )
    parts_down: dict[int | str, dict[str, Any]] = {503: {"model": health_model, "description": "A component is down."}}
    router.add_api_route(
        "/health",
        health,
        operation_id="health",
        summary="State of each component",
        response_model=health_model,
        responses=parts_down,
    )
    router.add_api_route("/info", what_runs, operation_id="info", summary="What runs here", response_model=Info)
    return router


def _told(components: Components, name: str, state: HealthState, details: Details | None) -> HealthStatus:
    shape: Any = components.detailed.get(name, HealthStatus)
    return shape(status=state) if details is None else shape(status=state, details=details)


def _code(state: HealthState) -> int:
    return 200 if state is HealthState.UP else 503


def _answer(state: HealthState) -> Response:
    return Response(HealthStatus(status=state).model_dump_json(), _code(state), media_type="application/json")

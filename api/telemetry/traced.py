"""The layer around the routes, and what goes on from it to others.

Whether a request is told of is known only once its route is found, which is within; so its span begins, with the time
at which the request came, when it is first needed: as something is passed on, or at the end.
"""

import time
from collections.abc import Mapping
from contextvars import ContextVar
from types import MappingProxyType
from typing import Any, Final, Protocol

from fastapi.routing import APIRoute
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.guarded import verb_of
from api.telemetry.told import is_told, is_trusted, may_be_told_of

NOTHING: Final[Mapping[str, str]] = MappingProxyType({})
_OURS: Final = "/v1/"


class Span(Protocol):
    """A request that is told of, under way."""

    @property
    def traceparent(self) -> str | None:
        """What is passed on of it; None: nothing is."""
        ...

    def end(self, status: int) -> None:
        """It was answered so."""
        ...


class Telemetry(Protocol):
    """What is told of requests."""

    def span(self, method: str, route: str, began: int, parent: str | None) -> Span:
        """Begin one. `began`: nanoseconds since 1970. `parent`: a caller's `traceparent`, which may be none."""
        ...

    def answered(self, method: str, route: str, status: int, seconds: float) -> None:
        """Measure a request that is told of."""
        ...

    def counted(self) -> None:
        """Count one that is not."""
        ...

    def failed(self) -> None:
        """Count an answer of 5xx, whichever it was."""
        ...


class Under:
    """One request under way."""

    def __init__(self, scope: Scope, telemetry: Telemetry) -> None:
        self._scope, self._telemetry = scope, telemetry
        self._began, self._clock = time.time_ns(), time.perf_counter()
        self._span: Span | None = None

    @property
    def traceparent(self) -> str | None:
        """Of its span; None: it is not told of, or nobody knows yet whether it will be."""
        span = self._begun()
        return None if span is None else span.traceparent

    def end(self, status: int) -> None:
        """It was answered."""
        span, route = self._begun(), self._told()
        if span is not None and route is not None:
            span.end(status)
            self._telemetry.answered(self._scope["method"], route, status, time.perf_counter() - self._clock)
        elif str(self._scope["path"]).startswith(_OURS):
            self._telemetry.counted()
        if status >= 500:
            self._telemetry.failed()

    def _told(self) -> str | None:
        """The route's template; None: this is not told of."""
        route = self._scope.get("route")
        verb = verb_of(route) if isinstance(route, APIRoute) else None
        if verb is None or not is_told(verb) or not may_be_told_of(self._caller):
            return None
        return str(getattr(route, "path_format", None))

    def _begun(self) -> Span | None:
        if self._span is None and (route := self._told()) is not None:
            parent = _sent(self._scope, b"traceparent") if is_trusted(self._caller) else None
            self._span = self._telemetry.span(self._scope["method"], route, self._began, parent)
        return self._span

    @property
    def _caller(self) -> object:
        return self._scope.get("state", {}).get("caller")


_UNDER: Final[ContextVar[Under | None]] = ContextVar("under", default=None)


def passed_on() -> Mapping[str, str]:
    """The headers that go to another system with what is asked of it now: `traceparent`, where the request under way
    is told of, and else none."""
    under = _UNDER.get()
    traceparent = None if under is None else under.traceparent
    return NOTHING if traceparent is None else {"traceparent": traceparent}


class Traced:
    """The ASGI layer, within the gate: what is refused there has no route, and is counted nowhere."""

    def __init__(self, app: ASGIApp, *, telemetry: Telemetry) -> None:
        self._app, self._telemetry = app, telemetry

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        under = Under(scope, self._telemetry)
        status = 500  # what the envelope answers where nobody within did

        async def watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        token = _UNDER.set(under)
        try:
            await self._app(scope, receive, watched)
        finally:
            _UNDER.reset(token)
            under.end(status)


def _sent(scope: Scope, name: bytes) -> str | None:
    """A header that was sent once."""
    headers: list[tuple[Any, Any]] = scope["headers"]
    found = [value for header, value in headers if header == name]
    return found[0].decode("latin-1") if len(found) == 1 else None

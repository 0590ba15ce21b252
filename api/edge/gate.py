"""The gate: one order for every request, whatever it asks for.

    1. who is it: 401, even for an unknown route, a wrong method or a broken body
    2. limits: 413 (as declared), 414, 431, 415, 429, 413 (as it streams in); and NUL in the address, 400, which no
       route should have to think of
    3. the application: the verb (403), the shape (400, 422), and so on

Everything needs a token but what is listed as open; there a token is not needed, but one that is sent and is not valid
is still 401, so that nobody takes an open answer for the proof that his token is good. The body is read to its end here
and replayed, so that no route runs on half a body and none can be held open by a slow one. Of the four limits the rate
comes last, but a request that breaks another one spends a token too: being refused is not free.
"""

from collections.abc import Awaitable, Callable, Hashable
from contextlib import suppress
from dataclasses import dataclass, field
from ipaddress import IPv6Address, IPv6Network, ip_address
from typing import Any, Final

from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.edge.limits import Limits, is_json, refusal
from api.edge.rate import Buckets, Reading
from api.edge.sent import Sent
from api.problems import kinds
from api.problems.answers import Answers
from api.problems.kinds import Kind
from domain.kernel.errors import Failure, TooMany, Trouble, Unavailable, Unidentified

OPEN_PATHS: Final = frozenset(
    {
        "/health",
        "/health/ping",
        "/health/liveness",
        "/health/readiness",
        "/info",
        "/passport-keys",
        "/docs",
        "/openapi.json",
        "/problems",
        "/favicon.ico",
    }
)
OPEN_PREFIXES: Final = ("/docs/", "/problems/")


def is_open(path: str, open_routes: frozenset[str]) -> bool:
    """Whether a request needs no token, whatever its method. The document asks it of a path template too, so that the
    two cannot differ."""
    return path in OPEN_PATHS or path.startswith(OPEN_PREFIXES) or path in open_routes


# Probes must never be refused for what others behind the same address do: a pod would be restarted for it.
UNLIMITED_PATHS: Final = frozenset({"/health", "/health/ping", "/health/liveness", "/health/readiness"})

# A stranger is owed no request at all, and is told nothing of what others at his address have spent.
_STRANGER: Final = Reading(False, 0, 0, 0)


async def _no_note(_caller: object) -> None:
    return None


async def _no_refusal(_caller: object, _kind: Kind) -> None:
    return None


def _no_stranger(_address: str) -> None:
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Notes:
    """Whom the gate tells. A trouble raised by an awaited one is answered instead of the refusal: what must be written
    down and cannot be is a 503 (the ledger before all).

    on_limited       a known caller's 429, at most once a minute each
    on_refused       a known caller's 400, 413, 414, 415 or 431 of the gate, with its kind
    on_unidentified  an address without a valid token, for the security log; no oftener than that address's own rate
    """

    on_limited: Callable[[object], Awaitable[None]] = field(default=_no_note)
    on_refused: Callable[[object, Kind], Awaitable[None]] = field(default=_no_refusal)
    on_unidentified: Callable[[str], None] = field(default=_no_stranger)


class _Turned(Exception):
    """A refusal on its way out of the gate."""

    def __init__(self, kind: Kind, failures: tuple[Failure, ...] = ()) -> None:
        super().__init__(kind.slug)
        self.kind = kind
        self.failures = failures


class _Gone(Exception):
    """The caller hung up before the body's end."""


class Gate:
    """The ASGI layer. `authenticate` gets the Authorization header (None where there is none, or more than one) and
    raises Unidentified; what it returns is in `scope["state"]["caller"]`. `caller_key` says whose bucket it is.

    `callers`, `strangers`, `visitors` and `minutes` are the buckets of known callers, of addresses without a valid
    token, of addresses on open paths, and of notes about 429. `open_routes` are paths that need no token and
    are limited by their own act alone, as anonymous feedback is by its code (rule 12).
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        answers: Answers,
        authenticate: Callable[[str | None], Awaitable[object]],
        caller_key: Callable[[Any], Hashable],
        limits: Limits,
        open_routes: frozenset[str],
        callers: Buckets,
        strangers: Buckets,
        visitors: Buckets,
        minutes: Buckets,
        notes: Notes,
    ) -> None:
        self.app = app
        self._answers = answers
        self._authenticate = authenticate
        self._caller_key = caller_key
        self._limits = limits
        self._open_routes = open_routes
        self._callers = callers
        self._strangers = strangers
        self._visitors = visitors
        self._minutes = minutes
        self._notes = notes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            # There is none here, and a door without a lock must not be left for one.
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        answer: Response
        try:
            body = await self._admit(scope, receive)
        except _Gone:
            return
        except _Turned as turned:
            answer = self._answers.problem(scope, turned.kind, failures=turned.failures)
        except Trouble as trouble:
            answer = self._answers.trouble(scope, trouble)
        else:
            await self.app(scope, _replayed(body, receive), send)
            return
        await answer(scope, receive, send)

    async def _admit(self, scope: Scope, receive: Receive) -> bytes:
        """The whole body of a request that may go on; raises what it is refused with."""
        state: dict[str, Any] = scope.setdefault("state", {})
        path: str = scope["path"]
        sent = state["sent"] = Sent(scope["headers"])
        if not is_open(path, self._open_routes):
            return await self._admit_caller(scope, receive, state, sent)
        named = path in self._open_routes
        unlimited = named or path in UNLIMITED_PATHS
        reading = self._visitors.full() if unlimited else self._visitors.take(address_of(scope))
        # A whole prison is behind one address: what others there have read of the documentation is told to nobody,
        # until nothing is left.
        state["rate"] = self._visitors.full() if reading.allowed else reading
        await self._no_false_token(scope, state, named)
        self._within_limits(scope, sent)
        if not reading.allowed:
            raise TooMany(reading.retry_after)
        return await self._body(scope, receive, sent)

    async def _no_false_token(self, scope: Scope, state: dict[str, Any], named: bool) -> None:
        """Refuse a token that is sent where none is needed, and is not valid.

        A named open route judges a bearer token itself (anonymous feedback refuses a good one too, rule 12), and no
        address is noted there. Where keys cannot be had a probe is answered all the same.
        """
        tokens = state["sent"].values(b"authorization")
        if not tokens:
            return
        if named:
            if not tokens[0].lower().startswith("bearer "):
                state["rate"] = _STRANGER
                raise Unidentified
            return
        with suppress(Unavailable):
            await self._identified(scope, state)

    async def _admit_caller(self, scope: Scope, receive: Receive, state: dict[str, Any], sent: Sent) -> bytes:
        state["rate"] = _STRANGER
        caller = state["caller"] = await self._identified(scope, state)
        key = self._caller_key(caller)
        state["rate"] = reading = self._callers.take(key)
        try:
            self._within_limits(scope, sent)
            if not reading.allowed:
                raise TooMany(reading.retry_after)
            return await self._body(scope, receive, sent)
        except _Turned as turned:
            # Past his rate a caller's refusals are not written down one by one, or he could fill the ledger with them.
            if reading.allowed:
                await self._notes.on_refused(caller, turned.kind)
            else:
                await self._note_limited(caller, key)
            raise
        except TooMany:
            await self._note_limited(caller, key)
            raise

    async def _identified(self, scope: Scope, state: dict[str, Any]) -> object:
        tokens = state["sent"].values(b"authorization")
        try:
            return await self._authenticate(tokens[0] if len(tokens) == 1 else None)
        except Unidentified:
            state["rate"] = _STRANGER
            address = address_of(scope)
            reading = self._strangers.take(address)
            if not reading.allowed:
                raise TooMany(reading.retry_after) from None
            self._notes.on_unidentified(address)
            raise

    async def _note_limited(self, caller: object, key: Hashable) -> None:
        if not self._minutes.take(key).allowed:
            return
        try:
            await self._notes.on_limited(caller)
        except BaseException:
            self._minutes.give_back(key)
            raise

    def _within_limits(self, scope: Scope, sent: Sent) -> None:
        kind = refusal(scope, sent, self._limits)
        if kind is not None:
            raise _Turned(kind)

    def _readable(self, scope: Scope) -> None:
        """NUL reaches no route: no name of ours has one, and PostgreSQL refuses it in the middle of a statement."""
        if "\0" in scope["path"] or b"%00" in scope.get("query_string", b""):
            raise _Turned(kinds.UNREADABLE, (Failure("NUL_CHARACTER"),))

    async def _body(self, scope: Scope, receive: Receive, sent: Sent) -> bytes:
        self._readable(scope)
        most = self._limits.body_of(scope["path"])
        read = bytearray()
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise _Gone
            read += message.get("body", b"")
            if len(read) > most:
                raise _Turned(kinds.CONTENT_TOO_LARGE)
            if message.get("more_body", False):
                continue
            # HTTP/2 may send a body without having declared one, so its type is looked at again.
            if read and not is_json(scope["method"], sent):
                raise _Turned(kinds.UNSUPPORTED_MEDIA_TYPE)
            body = scope["state"]["body"] = bytes(read)
            return body


def _replayed(body: bytes, receive: Receive) -> Receive:
    """A `receive` that gives the whole body once, and after it whatever the server says (that the caller hung up)."""
    given = False

    async def replay() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replay


def address_of(scope: Scope) -> str:
    """The caller's address, as the server knows it. Of IPv6 the /64, since one machine has all of it to itself.

    What is no address is empty: behind a proxy that passes on whatever it was given it is a caller's own words, which
    no log shall hold, and which would give him a new bucket for each of them.
    """
    client = scope.get("client")
    host = str(client[0]) if client else ""
    try:
        address = ip_address(host)
    except ValueError:
        return ""
    if isinstance(address, IPv6Address):
        return str(IPv6Network((int(address) >> 64 << 64, 64)))
    return host

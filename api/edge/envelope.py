"""What every answer carries, and the last resort for what nobody caught.

The headers are one constant list: the same for 200, 404 and 500, so that no header tells which of our layers answered
(security.md 7.3, 39). The request id is ours, random and of fixed length; a caller's own is never read. Own origin is
the only one that may read an answer (`Access-Control-Allow-Origin`, from a setting); there is no preflight, since our
own pages need none and no other origin's shall succeed.
"""

import logging
import re
import secrets
from collections.abc import Collection, Iterable
from typing import Any, Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.edge.rate import Reading
from api.problems import kinds
from api.problems.answers import Answers

log = logging.getLogger("peer_support.edge")

# Who is asking, for what, as whom and in which language: all that an answer of ours depends on.
_VARY: Final = "Authorization, Purpose-Of-Use, Acting-As, Accept-Language"
_VARIED: Final = frozenset(name.strip().lower() for name in _VARY.split(","))

# Helmet's defaults as an API wants them (OWASP REST Security Cheat Sheet): nothing is framed, sniffed, referred, run.
_ALWAYS: Final[tuple[tuple[bytes, bytes], ...]] = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"strict-transport-security", b"max-age=63072000; includeSubDomains"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
)
# Ours unless a page or an asset outside /v1 says otherwise: the documentation has scripts, and may be cached.
_UNLESS_SAID: Final[tuple[tuple[bytes, bytes], ...]] = (
    (b"cache-control", b"no-store"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
)
_OURS: Final = frozenset({b"vary", b"x-request-id", b"access-control-allow-origin", b"x-demonstration"}) | {
    name for name, _ in _ALWAYS
}
_SAYABLE: Final = frozenset(name for name, _ in _UNLESS_SAID)
_SAID: Final = _OURS | _SAYABLE
# Under /v1 a page for people says which style is its own and, where it has plots, that they stand in it, and no more;
# nothing there may be cached, whatever it says.
_PAGES_OWN: Final = re.compile(
    rb"default-src 'none'; style-src 'sha256-[A-Za-z0-9+/=]{44}'; base-uri 'none'; form-action 'none'; "
    rb"frame-ancestors 'none'(; img-src data:)?"
)
_PLAIN: Final = frozenset({b"content-type", b"content-length", b"etag", b"location", b"link"})
"""What an answer of /v1 says besides, nearly always: none of it is ours to say."""


class Envelope:
    """The outermost ASGI layer of ours. `origin` is the service's own (`https://…`), never `*` and never an echo;
    `demonstration` marks every answer of a service that runs on made-up data (rule 22).
    """

    def __init__(self, app: ASGIApp, *, answers: Answers, origin: str, demonstration: bool) -> None:
        if not origin.startswith(("https://", "http://")) or origin.endswith("/"):
            raise ValueError("the own origin is a scheme, a host and perhaps a port, without a path")
        self.app = app
        self._answers = answers
        self._constant = [*_ALWAYS, (b"access-control-allow-origin", origin.encode("ascii"))]
        if demonstration:
            self._constant.append((b"x-demonstration", b"true"))
        self._of_api = [*self._constant, *_UNLESS_SAID, (b"vary", _VARY.encode("latin-1"))]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        state: dict[str, Any] = scope.setdefault("state", {})
        request_id: str = secrets.token_hex(16)
        state["request_id"] = request_id
        started = False

        async def enveloped(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                message = {**message, "headers": self._headers(scope, message.get("headers", ()), request_id)}
            await send(message)

        try:
            await self.app(scope, receive, enveloped)
        except Exception as error:
            # The type only: an exception's text may hold what somebody typed, and a traceback the values of a record.
            log.error(
                "unhandled",
                extra={
                    "error": f"{type(error).__module__}.{type(error).__qualname__}",
                    "request_id": request_id,
                    "route": getattr(scope.get("route"), "path", None),
                },
            )
            # Half an answer cannot be mended; the server closes the connection, and the caller sees that it is half.
            if not started:
                await self._answers.problem(scope, kinds.INTERNAL_ERROR)(scope, receive, enveloped)

    def _headers(
        self, scope: Scope, given: Collection[tuple[bytes, bytes]], request_id: str
    ) -> list[tuple[bytes, bytes]]:
        api = str(scope["path"]).startswith("/v1")
        if api and _PLAIN.issuperset([header[0] for header in given]):
            # All that is added is one list, made once: 10 us less a request.
            kept = [*given, *self._of_api]
        else:
            kept = self._mixed(given, api)
        kept.append((b"x-request-id", request_id.encode("ascii")))
        reading: Reading | None = scope["state"].get("rate")
        if reading is not None:
            kept.append((b"ratelimit-limit", b"%d" % reading.limit))
            kept.append((b"ratelimit-remaining", b"%d" % reading.remaining))
            kept.append((b"ratelimit-reset", b"%d" % reading.reset))
        return kept

    def _mixed(self, given: Iterable[tuple[bytes, bytes]], api: bool) -> list[tuple[bytes, bytes]]:
        kept: list[tuple[bytes, bytes]] = []
        vary = _VARY
        said: set[bytes] = set()
        for raw, value in given:
            name = raw.lower()
            if name == b"vary":
                further = (part.strip() for part in value.decode("latin-1").split(","))
                vary = ", ".join([vary, *(part for part in further if part.lower() not in _VARIED)])
            elif name in _SAYABLE and (not api or _PAGES_OWN.fullmatch(value)):
                said.add(name)
                kept.append((name, value))
            elif name not in _SAID:
                kept.append((name, value))
        kept.extend(self._constant)
        kept.extend(header for header in _UNLESS_SAID if header[0] not in said)
        kept.append((b"vary", vary.encode("latin-1")))
        return kept

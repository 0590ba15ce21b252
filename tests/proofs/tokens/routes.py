"""Every address of the application as a request without a token, sorted into classes by what it asks.

Read off the application's own routes, so that a new route is asked too, and a class that nobody thought of fails.
"""

import json
from collections.abc import Iterator

from fastapi import FastAPI
from starlette.routing import Route

from api import guarded
from api.edge.gate import is_open
from api.routes import by_code
from domain.confidentiality.verbs import Verb
from tests.proofs.tokens.house import Asked

_JSON = ((b"content-type", b"application/json"),)
_ID = "6f9619ff-8b86-4d01-b42d-00cf4fc964ff"
_LETTERS = frozenset({Verb.HAND_IN_TALLY, Verb.HAND_IN_DISPUTE, Verb.GIVE_FEEDBACK})
_FILLED = {
    "id": _ID,
    "code": "LISTENERS",
    "slug": "not-found",
    "name": "page.css",
    "dlqName": "aside",
    "queueName": "aside",
}

CLASSES = ("open", "letterbox", "move", "amend", "create", "read one", "list")
"""What a route may be."""


def class_of(route: Route, method: str) -> str:
    """Which class a route's method belongs to."""
    if is_open(route.path, frozenset()):
        return "open"
    if not isinstance(route, guarded.Guarded):
        raise AssertionError(f"{method} {route.path} is neither open nor guarded")
    verb = guarded.verb_of(route)
    match method:
        case "POST" if verb in _LETTERS:
            return "letterbox"
        case "POST":
            return "move" if "{id}" in route.path and route.status_code != 201 else "create"
        case "PATCH" | "PUT" | "DELETE":
            return "amend"
        case "GET":
            return "read one" if "{" in route.path else "list"
        case _:
            raise AssertionError(f"say of which class {method} {route.path} is")


def every(app: FastAPI) -> Iterator[tuple[str, Asked]]:
    """(class, request) for each method of each route. What is said by a code judges no token: it refuses good ones
    too, in words of its own (rule 12)."""
    for route in app.routes:
        assert isinstance(route, Route)
        if route.path in by_code.OPEN:
            continue
        for method in sorted(route.methods or ()):
            body = b"{}" if method in ("POST", "PUT", "PATCH") else b""
            asked = Asked(f"{method} {route.path}", method, route.path.format_map(_FILLED), _JSON if body else (), body)
            yield class_of(route, method), asked


def one_of_each(app: FastAPI) -> list[Asked]:
    """A request of each class, and of those that reach no route; every open address."""
    found: dict[str, Asked] = {}
    for kind, asked in every(app):
        found.setdefault(asked.name if kind == "open" else kind, asked)
    return [*found.values(), *beside_the_routes()]


def beside_the_routes() -> list[Asked]:
    """What is no route, or not asked as one should."""
    deep = b"[" * 5_000 + b"]" * 5_000
    return [
        Asked("unknown route", "GET", "/v1/nowhere/at-all?q=1"),
        Asked("unknown below an open prefix", "GET", "/docs/nowhere"),
        Asked("root", "GET", "/"),
        Asked("wrong method", "DELETE", "/v1/schemes"),
        Asked("wrong method of an open address", "POST", "/health", _JSON, b"{}"),
        Asked("method that is none", "BREW", "/v1/schemes"),
        Asked("options", "OPTIONS", "/v1/schemes"),
        Asked("head", "HEAD", "/v1/me"),
        Asked("malformed body", "POST", "/v1/requests", _JSON, b'{"need": '),
        Asked("deep body", "POST", "/v1/requests", _JSON, deep),
        Asked("no utf-8", "PATCH", f"/v1/schemes/{_ID}", _JSON, b"\xff"),
        Asked("life at risk", "POST", "/v1/requests", _JSON, json.dumps({"urgency": "LIFE_AT_RISK"}).encode()),
        Asked("too large a body", "POST", "/v1/schemes", _JSON, b"a" * 70_000),
        Asked("another media type", "POST", "/v1/schemes", ((b"content-type", b"text/plain"),), b"{}"),
        Asked("too long an address", "GET", f"/v1/schemes?cursor={'a' * 3_000}"),
        Asked("NUL in the address", "GET", "/v1/schemes?scheme=%00"),
        Asked("too large headers", "GET", "/v1/me", ((b"x-more", b"a" * 17_000),)),
        Asked("headers that cannot be read", "POST", f"/v1/schemes/{_ID}/open", ((b"if-match", b"*"), *_JSON), b"{}"),
    ]

"""Routes found by an index, not by a walk.

FastAPI tries its routes one after another: with 200 of them the last costs 238 us, in nested routers up to 592 us; by
this index it is 50 us, as the first is (performance.md 3). A route is found by method, number of segments and its first
two literal segments; what is left in the bucket, a few routes, decides by its own pattern.

It answers as the walk does (the first registered route that matches), but for two things that the walk gets wrong: the
Allow of a 405 lists every method of the address, sorted, by route and never by object (security.md 7.3, 29), and an
address with a slash too many is not found, instead of a redirect that echoes the caller's Host.

It hangs in `app.router.middleware_stack`, a public attribute of Starlette's Router whose use a test pins. It takes only
routes that lie directly on the application; `join` lays them there, and anything else stops the start.
"""

from collections.abc import Iterable
from typing import Final

from fastapi import APIRouter, FastAPI
from starlette.exceptions import HTTPException
from starlette.routing import BaseRoute, Match, Route
from starlette.types import ASGIApp, Receive, Scope, Send

# How many literal segments lead to a bucket: /v1/supporters/{id} is found by ("v1", "supporters").
_LEADING: Final = 2

_Key = tuple[int, tuple[str, ...]]


def join(app: FastAPI, *routers: APIRouter) -> None:
    """Lay the routes of these routers on the application itself.

    A router's own prefix, tags and dependencies are in its routes already; `include_router` would keep the router
    alive and walk it. A router inside one of these, or a mounted application, raises TypeError.
    """
    for router in routers:
        for route in router.routes:
            app.router.routes.append(_plain(route))


def install(app: FastAPI) -> "RouteIndex":
    """Index what is registered now, and find routes by it from now on. Call it last.

    Raises TypeError for what is not a plain route.
    """
    if app.router.redirect_slashes:
        raise ValueError("make the application with redirect_slashes=False: the index never redirects")
    index = RouteIndex((_plain(route) for route in app.routes), otherwise=app.router.app)
    app.router.middleware_stack = index
    return index


def _plain(route: BaseRoute) -> Route:
    if not isinstance(route, Route) or not route.methods:
        raise TypeError(f"only plain routes with methods can be indexed, not {type(route).__name__}: use join")
    return route


class RouteIndex:
    """The index, as the ASGI application that stands where the walk stood. `otherwise` gets what is not HTTP."""

    def __init__(self, routes: Iterable[Route], *, otherwise: ASGIApp) -> None:
        self._otherwise = otherwise
        # Routes whose leading segments are not literal, or whose length is open, are candidates everywhere.
        anywhere: list[tuple[int, Route]] = []
        placed: dict[_Key, list[tuple[int, Route]]] = {}
        for order, route in enumerate(routes):
            key = _key_of_template(route.path)
            if key is None:
                anywhere.append((order, route))
            else:
                placed.setdefault(key, []).append((order, route))
        self._anywhere = [route for _, route in anywhere]
        self._by_key = {
            key: [route for _, route in sorted([*found, *anywhere], key=_by_order)] for key, found in placed.items()
        }
        self._by_method: dict[tuple[str, _Key], list[Route]] = {}
        for key, found in self._by_key.items():
            for route in found:
                for method in _methods(route):
                    self._by_method.setdefault((method, key), []).append(route)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._otherwise(scope, receive, send)
            return
        path: str = scope["path"]
        root: str = scope.get("root_path", "")
        if root and path.startswith(f"{root}/"):
            path = path[len(root) :]
        key = _key_of_path(path)
        if key in self._by_key:
            candidates = self._by_method.get((scope["method"], key), [])
        else:
            candidates = [route for route in self._anywhere if scope["method"] in _methods(route)]
        for route in candidates:
            found = route.path_regex.match(path)
            if found is not None:
                # What `route.matches` finds, without its thought of mounts and of other methods (6 us).
                convert = route.param_convertors
                scope["path_params"] = {name: convert[name].convert(v) for name, v in found.groupdict().items()}
                scope["route"], scope["endpoint"] = route, route.endpoint
                await route.handle(scope, receive, send)
                return
        self._refuse(scope, self._by_key.get(key, self._anywhere))

    def _refuse(self, scope: Scope, candidates: list[Route]) -> None:
        allowed: set[str] = set()
        for route in candidates:
            if route.matches(scope)[0] is not Match.NONE:
                allowed |= _methods(route)
        if allowed:
            raise HTTPException(405, headers={"Allow": ", ".join(sorted(allowed))})
        raise HTTPException(404)


def _methods(route: Route) -> set[str]:
    return route.methods or set()


def _by_order(placed: tuple[int, Route]) -> int:
    return placed[0]


def _segments(path: str) -> list[str]:
    return path.removeprefix("/").split("/")


def _key_of_path(path: str) -> _Key:
    segments = _segments(path)
    return len(segments), tuple(segments[:_LEADING])


def _key_of_template(path: str) -> _Key | None:
    """Where a route's path template leads, or None where it may lead anywhere.

    `{name:path}` swallows slashes, so its number of segments is open.
    """
    segments = _segments(path)
    if ":path}" in path or any("{" in segment for segment in segments[:_LEADING]):
        return None
    return len(segments), tuple(segments[:_LEADING])

"""FastAPI as the maker of routes and of their document; between the server and a route stand our own layers alone.

What it and Starlette put around an application besides is of no use here, and costs a read 30 of 430 us of CPU: a last
resort (the envelope is ours), telemetry (its spans would hold paths; ours is `api.telemetry`), a limit of bodies (the
gate's), a second wrapping of `send`. FastAPI's own routes (health, the open pages) want its exit stack, so that stays.
"""

from collections.abc import Mapping
from typing import Any, Final

from fastapi import FastAPI
from fastapi.middleware.asyncexitstack import AsyncExitStackMiddleware
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send


class Application(FastAPI):
    """The application: what `add_middleware` was given, then the handlers of exceptions, then the routes."""

    def build_middleware_stack(self) -> ASGIApp:
        """Called once, before the first request."""
        routes = AsyncExitStackMiddleware(self.router.middleware_stack)
        app: ASGIApp = Handled(routes, self.exception_handlers)
        for layer, args, kwargs in reversed(self.user_middleware):
            app = layer(app, *args, **kwargs)
        return app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer; what is no request (start and end of the service) is FastAPI's own matter."""
        if scope["type"] != "http":
            await super().__call__(scope, receive, send)
            return
        if self.middleware_stack is None:
            self.middleware_stack = self.build_middleware_stack()
        scope["app"] = self
        await self.middleware_stack(scope, receive, send)


class Handled:
    """The layer that answers what a route raises, by the handler of its class or of the nearest class above it. What
    has none goes on to the envelope, which is the last resort."""

    def __init__(self, app: ASGIApp, handlers: Mapping[Any, Any]) -> None:
        self._app: Final = app
        self._handlers: Final = handlers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await self._app(scope, receive, send)
        except Exception as error:
            handler = next((self._handlers[c] for c in type(error).__mro__ if c in self._handlers), None)
            if handler is None:
                raise
            answer = await handler(Request(scope, receive, send), error)
            await answer(scope, receive, send)

"""The exception handlers of the application. What no handler knows falls to the edge's last resort (edge/envelope)."""

from collections.abc import Awaitable, Callable
from typing import Final

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from api.problems import kinds, reading
from api.problems.answers import Answers
from api.problems.kinds import Kind
from domain.kernel.errors import Trouble

# What Starlette and FastAPI may raise by themselves; any other status below 500 is a request that could not be read.
_BY_STATUS: Final = {
    401: kinds.UNAUTHORISED,
    403: kinds.FORBIDDEN,
    404: kinds.NOT_FOUND,
    405: kinds.METHOD_NOT_ALLOWED,
    413: kinds.CONTENT_TOO_LARGE,
    414: kinds.URI_TOO_LONG,
    415: kinds.UNSUPPORTED_MEDIA_TYPE,
    431: kinds.HEADER_TOO_LARGE,
}


def install(
    app: FastAPI, answers: Answers, *, on_unread: Callable[[Request, Kind], Awaitable[None]] | None = None
) -> None:
    """Make the application answer trouble, unreadable requests, unknown routes and methods as problems.

    `on_unread` is awaited before an answer to a request that reached no act (an unknown route or method, a shape that
    FastAPI refused), so that the ledger can hold the attempt of a known viewer (DESIGN 5). A trouble that it raises is
    answered instead: without its entry there is no answer but 503.
    """
    words = reading.Words(app.openapi)

    async def unread(request: Request, kind: Kind, answer: Response) -> Response:
        if on_unread is None:
            return answer
        try:
            await on_unread(request, kind)
        except Trouble as trouble:
            return answers.trouble(request.scope, trouble)
        return answer

    async def trouble_answered(request: Request, error: Exception) -> Response:
        if not isinstance(error, Trouble):
            raise error
        return answers.trouble(request.scope, error)

    async def shape_answered(request: Request, error: Exception) -> Response:
        if not isinstance(error, RequestValidationError):
            raise error
        kind, failures = reading.failures(error.errors(), words)
        return await unread(request, kind, answers.problem(request.scope, kind, failures=failures))

    async def http_answered(request: Request, error: Exception) -> Response:
        if not isinstance(error, HTTPException):
            raise error
        # FastAPI wraps what a body's own reader raises in a 400; the trouble within is the better answer.
        if isinstance(error.__cause__, Trouble):
            return answers.trouble(request.scope, error.__cause__)
        if error.status_code >= 500:
            return answers.problem(request.scope, kinds.INTERNAL_ERROR)
        kind = _BY_STATUS.get(error.status_code, kinds.UNREADABLE)
        headers = {"Allow": allow} if kind is kinds.METHOD_NOT_ALLOWED and (allow := _allow(error)) else None
        return await unread(request, kind, answers.problem(request.scope, kind, headers=headers))

    app.add_exception_handler(Trouble, trouble_answered)
    app.add_exception_handler(RequestValidationError, shape_answered)
    app.add_exception_handler(HTTPException, http_answered)


def _allow(error: HTTPException) -> str:
    """The methods, in order: Starlette joins a set, and the order of a set differs from process to process."""
    return ", ".join(sorted({method.strip() for method in (error.headers or {}).get("Allow", "").split(",")} - {""}))

"""An application that knows every right answer, and can be told to spoil some: what the bench itself is tried on."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import uuid4

import orjson

from tests.bench import jobs
from tests.bench.estate import Size

TINY = Size(supporters=1_000, requests=0, lines=0, callers=1, officers=1)
Spoil = Callable[[int, dict[str, Any]], tuple[int, Any]]
"""Status and body in place of the right ones."""


def unspoilt(status: int, body: dict[str, Any]) -> tuple[int, Any]:
    """The right answer."""
    return status, body


class Tokens(dict[str, str]):
    """A token for everybody."""

    def __missing__(self, subject: str) -> str:
        return f"token-of-{subject}"


class Stub:
    """The application."""

    def __init__(self, spoil: Spoil = unspoilt) -> None:
        self._spoil = spoil
        self._right: dict[tuple[str, str], Mapping[str, Any]] = {
            (asked.target, asked.subject): asked.expected for job in jobs.JOBS for asked in jobs.asked(job, TINY)
        }

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        await receive()
        headers = dict(scope["headers"])
        subject = headers[b"authorization"].decode().removeprefix("Bearer token-of-")
        query = scope["query_string"].decode()
        right = dict(self._right[f"{scope['path']}?{query}" if query else scope["path"], subject])
        if "items" in right:
            right["next"] = str(uuid4())
        if scope["method"] == "POST":
            right["id"] = str(uuid4())
        status, body = self._spoil(201 if scope["method"] == "POST" else 200, right)
        said = body if isinstance(body, bytes) else orjson.dumps(body)
        length = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(said))]
        await send({"type": "http.response.start", "status": status, "headers": length})
        await send({"type": "http.response.body", "body": said})

"""What was written down while nothing answered, sent in one request: each item for itself, as if it had come alone.

One that is bad keeps no other out, and what is sent again is answered again (X25). The request is nothing besides: it
has no id and no line of its own, and of what is handed into a letterbox neither order nor neighbour is kept: the items
are done in an order that is drawn anew each time, or rows that lie side by side would say what one device sent (rules 1
and 18).
"""

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from random import SystemRandom
from typing import Annotated, Any, Final, TypeVar, cast

from fastapi import FastAPI
from pydantic import Field, StringConstraints, ValidationError

from api.call import Call
from api.described import Shown
from api.problems import reading
from api.problems.answers import kind_of
from api.routes.shapes import Body
from domain.kernel.errors import Failure, Trouble, Unacceptable

MOST: Final = 500
"""Items of one request."""
_KEY: Final = r"^[A-Za-z0-9_-]{8,64}$"
Key = Annotated[
    str,
    StringConstraints(min_length=8, max_length=64, pattern=_KEY),
    Field(description="The item's own idempotency key: sent again with it, it is not done again."),
]
_Code = Annotated[str, Field(max_length=60)]
B = TypeVar("B", bound=Body)
One = Callable[[Call, B], Awaitable[Mapping[str, Any]]]


@dataclass(frozen=True, slots=True)
class Unfit:
    """An item of which something is wrong before its shape is looked at (a row of a file), and its key, if it has
    one."""

    key: str | None
    failures: Sequence[Failure]


class LateFailure(Shown):
    """One thing that was wrong with an item, and where in it."""

    code: _Code
    path: Annotated[str, Field(max_length=200)] | None


class LateAnswer(Shown):
    """What became of one item: the status that it would have had alone, and of one that was refused the type of its
    problem, with all that was wrong."""

    key: Annotated[str, Field(max_length=64)] | None = Field(
        description="The item's own; null: it had none that is good."
    )
    status: Annotated[int, Field(ge=200, le=599, description="As of a request.")]
    type: Annotated[str, Field(max_length=60, description="A problem's type; null: it was done.")] | None
    failures: Annotated[list[LateFailure], Field(max_length=100)]


async def each(
    call: Call,
    route: str,
    items: Sequence[Any],
    of: type[B],
    one: One[B],
    status: int,
    none: Mapping[str, Any],
    *,
    in_order: bool = False,
) -> dict[str, Any]:
    """Every item's answer, in the order in which they were sent; `none` stands for what was not done. `in_order`: they
    are done in it too, where one depends on another, and none goes into a letterbox."""
    first: dict[str, int] = {}
    later: list[int] = []
    for n, item in enumerate(items):
        key = _key(item)
        if key is None or key not in first:
            first[key or f"{n}"] = n
        else:
            later.append(n)
    order = list(first.values())
    if not in_order:
        SystemRandom().shuffle(order)
    answers: dict[int, dict[str, Any]] = {}
    for n in (*order, *later):
        answers[n] = await _answered(call, route, items[n], of, one, status)
    return {"items": [{**none, **answers[n]} for n in range(len(items))]}


async def _answered(call: Call, route: str, item: Any, of: type[B], one: One[B], status: int) -> dict[str, Any]:
    key = _key(item)
    sent = {name: value for name, value in _members(item).items() if name != "key"}
    alone = replace(call, route=route, body=sent, own_key=key, begun=False)
    if isinstance(item, Unfit):
        kind = kind_of(refused := await alone.slipped(Unacceptable(item.failures)))
        return _refused(key, kind.status, kind.type, refused.failures)
    try:
        done = await one(alone, of.model_validate(item))
    except ValidationError as error:
        await alone.slipped(Unacceptable())
        told = [{**each, "loc": ("body", *each["loc"])} for each in error.errors()]
        kind, failures = reading.failures(told, _words(call.request.scope["app"]))
        return _refused(key, kind.status, kind.type, failures)
    except Trouble as trouble:
        refused = trouble if alone.begun else await alone.slipped(trouble)
        kind = kind_of(refused)
        return _refused(key, kind.status, kind.type, refused.failures)
    return {"key": key, "status": status, "type": None, "failures": [], **done}


def _refused(key: str | None, status: int, type: str, failures: Sequence[Failure]) -> dict[str, Any]:
    told = [{"code": f.code, "path": f.path} for f in failures]
    return {"key": key, "status": status, "type": type, "failures": told}


def _key(item: Any) -> str | None:
    key = item.key if isinstance(item, Unfit) else _members(item).get("key")
    return key if isinstance(key, str) and re.fullmatch(_KEY, key) else None


def _members(item: Any) -> dict[str, Any]:
    return cast(dict[str, Any], item) if isinstance(item, dict) else {}


@cache
def _words(app: FastAPI) -> reading.Words:
    return reading.Words(app.openapi)

"""The shape of a request, read by FastAPI's own fields and without the rest of its machinery.

A guarded route takes its call, path, query and one JSON body, and nothing else. For that FastAPI opens two exit stacks,
looks for dependencies of dependencies and makes a response that nobody sends: 150 of a read's 900 us of CPU. What is
used here is what it made of the route's signature (names, places, defaults, pydantic's validators), so that document
and errors stay its own, in its own order: path, query, body. A route that takes anything else cannot be made, nor the
document with it.
"""

from collections.abc import Callable, Coroutine, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, Final

from fastapi import params

# Its private half is pinned by the lock file, and by the tests of every broken shape.
from fastapi._compat import ModelField, get_missing_field_error
from fastapi._compat.shared import field_annotation_is_sequence
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic_core import PydanticUndefined
from starlette.requests import Request
from starlette.responses import Response

_NOTHING: Final[Mapping[str, str]] = {}


@dataclass(frozen=True, slots=True)
class _Part:
    """One parameter: what the endpoint calls it, what the request does, and what holds where it is not sent."""

    name: str
    sent_as: str
    place: tuple[str, ...]
    validate: Callable[..., tuple[Any, list[Any]]]
    required: bool
    default: Any


class Shape:
    """What a route's endpoint takes. Raises `TypeError` for what is not read here."""

    def __init__(self, route: APIRoute, call: Callable[..., Any]) -> None:
        dependant = route.dependant
        odd = (dependant.header_params, dependant.cookie_params, dependant.body_params[1:])
        given = (
            dependant.request_param_name,
            dependant.response_param_name,
            dependant.background_tasks_param_name,
            dependant.security_scopes_param_name,
            dependant.http_connection_param_name,
        )
        within = [one for one in dependant.dependencies if one.call is not call or one.dependencies]
        if any(odd) or any(given) or within or dependant.call is None:
            raise TypeError(f"{route.path} takes more than its call, path, query and one body")
        self._endpoint: Final[Callable[..., Coroutine[Any, Any, Response]]] = dependant.call
        self._calls: Final = tuple(str(one.name) for one in dependant.dependencies)
        self._path: Final = tuple(_part(field, "path") for field in dependant.path_params)
        self._query: Final = tuple(_part(field, "query") for field in dependant.query_params)
        self._body: Final = tuple(_part(field, "body") for field in dependant.body_params)

    async def answer(self, request: Request, call: Any, body: Any) -> Response:
        """What the endpoint answers. Raises `RequestValidationError` with everything that is wrong."""
        values = dict.fromkeys(self._calls, call)
        errors: list[Any] = []
        if self._path:
            _take(self._path, request.path_params, values, errors)
        if self._query:
            sent = request.query_params if request.scope.get("query_string") else _NOTHING
            _take(self._query, sent, values, errors)
        for part in self._body:
            value, wrong = part.validate(body, values, loc=part.place)
            values[part.name] = value
            errors += wrong
        if errors:
            raise RequestValidationError(errors, body=body)
        return await self._endpoint(**values)


def _take(parts: tuple[_Part, ...], sent: Mapping[str, Any], values: dict[str, Any], errors: list[Any]) -> None:
    for part in parts:
        value = sent.get(part.sent_as)
        if value is not None:
            value, wrong = part.validate(value, values, loc=part.place)
            errors += wrong
        elif part.required:
            errors.append(get_missing_field_error(loc=part.place))
        else:
            value = part.default
        values[part.name] = value


def _part(field: ModelField, place: str) -> _Part:
    required = field.field_info.is_required()
    default = PydanticUndefined if required else deepcopy(field.default)
    form = isinstance(field.field_info, params.Form) or bool(getattr(field.field_info, "embed", False))
    several = place != "body" and field_annotation_is_sequence(field.field_info.annotation)
    if form or several or field.field_info.validate_default or isinstance(default, list | dict | set):
        raise TypeError(f"{field.name} is a form, several values, or has a default that is no plain value")
    loc = (place,) if place == "body" else (place, field.alias)
    return _Part(field.name, field.alias, loc, field.validate, required, default)

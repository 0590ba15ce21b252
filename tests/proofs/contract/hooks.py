"""What a caller knows and a generator does not: real records, their tags, his own capacity, the time.

Loaded by Schemathesis in its own process. Before a request goes out, whatever in it was drawn as valid and must name
something that exists is made to name it; what was drawn as invalid is left as it was drawn, and so are all words,
codes, numbers and flags. Outside of the stateful phase each request meets the same world.
"""

import itertools
import json
import os
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote, urlencode

import requests
import schemathesis
from schemathesis.core.parameters import ParameterLocation
from schemathesis.core.transport import Response
from schemathesis.generation.meta import TestPhase

from api.edge.limits import Limits
from api.problems.kinds import KINDS

_HARNESS = os.environ["CONTRACT_HARNESS"]
_LIMITS = Limits()
_SESSION = requests.Session()
_SESSION.trust_env = False  # no proxy between us and the harness
_KEYS = itertools.count(1)
_TURNS: dict[tuple[str, str, bool], Iterator[int]] = defaultdict(itertools.count)
_SLUGS = itertools.cycle(KINDS)
# Codes of ours that say that the shape is wrong. What the document calls valid must never be answered with one; but
# four members are missed by a rule, whose need depends on who asks, or for what.
_MISSED_BY_A_RULE = frozenset({"/prison", "/identifier", "/name", "/scheme"})
_OF_SHAPE = frozenset(
    {
        *("MISSING", "UNKNOWN_FIELD", "UNKNOWN_VALUE", "TOO_LONG", "TOO_SHORT", "TOO_MANY_ITEMS", "TOO_FEW_ITEMS"),
        *("BAD_FORMAT", "BAD_VALUE", "WRONG_TYPE", "OUT_OF_RANGE", "MALFORMED_JSON"),
        "LOOKS_LIKE_A_PRISON_NUMBER",
    }
)


def _prompted(path: str) -> Any:
    answer = _SESSION.get(f"{_HARNESS}/{path}", timeout=30)
    answer.raise_for_status()
    return answer.json()


def _id_of(operation: Any) -> str:
    return str(operation.definition.raw["operationId"])


def _needs_a_token(operation: Any) -> bool:
    return "x-verb" in operation.definition.raw


@schemathesis.auth(refresh_interval=None)
class Token:
    """The token of whoever of the role does this operation."""

    def get(self, case: schemathesis.Case, context: schemathesis.AuthContext) -> str | None:
        return _prompted(f"by/{_id_of(case.operation)}") if _needs_a_token(case.operation) else None

    def set(self, case: schemathesis.Case, data: str | None, context: schemathesis.AuthContext) -> None:
        if data is not None:
            case.headers["Authorization"] = f"Bearer {data}"


@schemathesis.hook
def filter_case(context: schemathesis.HookContext, case: schemathesis.Case) -> bool:
    """Send nothing beyond the edge's limits. What is larger is refused for that before it is read, whatever else is
    wrong with it: 413, 414 and 431 are no answers to the data, and have tests of their own."""
    query = urlencode(case.query, doseq=True) if isinstance(case.query, dict) else str(case.query)
    path = case.operation.path + "".join(map(str, case.path_parameters.values()))
    headers = "".join(f"{name}{value}" for name, value in case.headers.items())
    body = json.dumps(case.body, default=str) if isinstance(case.body, dict | list | str) else ""
    return (
        len(quote(path)) + len(query) < _LIMITS.uri // 2
        and len(headers) < _LIMITS.headers // 4
        and len(body) < _LIMITS.body // 2
    )


@schemathesis.hook
def before_call(context: schemathesis.HookContext, case: schemathesis.Case, kwargs: dict[str, Any]) -> None:
    """Make what was drawn as valid name what exists."""
    operation, meta = case.operation, case.meta
    if meta is None:
        return

    def drawn_valid(location: ParameterLocation) -> bool:
        return not meta.is_negative_at(location)

    if not _needs_a_token(operation):
        if "slug" in case.path_parameters and drawn_valid(ParameterLocation.PATH):
            case.path_parameters["slug"] = next(_SLUGS)
        if drawn_valid(ParameterLocation.BODY) and isinstance(case.body, dict) and "code" in case.body:
            _say_by_a_code(case, case.body)
        return
    stateful = meta.phase.name is TestPhase.STATEFUL
    id = str(case.path_parameters.get("id", "")) if drawn_valid(ParameterLocation.PATH) else ""
    asked = f"{'stay' if stateful else 'reset'}/{_id_of(operation)}/{id}"
    ready = _prompted(asked)
    if drawn_valid(ParameterLocation.PATH):
        case.path_parameters.update(ready["path"])
    if drawn_valid(ParameterLocation.QUERY):
        case.query.pop("cursor", None)  # nobody guesses one, and an empty one is no cursor
        if "quarter" in case.query and next(_TURNS[_id_of(operation), "quarter", True]) % 2 == 0:
            case.query["quarter"] = ready["quarter"]
        if "watch" in case.query and ready["watch"] is not None:
            case.query["watch"] = ready["watch"]
        if ready["query"] and next(_TURNS[_id_of(operation), "query", meta.generation.mode.is_positive]) % 2 == 0:
            case.query.clear()  # of another period, or of a wing, there may be nothing
            case.query.update(ready["query"])
    if drawn_valid(ParameterLocation.HEADER):
        _headers(case, ready)
    if drawn_valid(ParameterLocation.BODY) and isinstance(case.body, dict) and ready["body"] is not None:
        _name_what_exists(case.body, ready)
        # Turns of calls that are valid throughout are counted apart: else those that are invalid elsewhere take them.
        if next(_TURNS[_id_of(operation), meta.phase.name.value, meta.generation.mode.is_positive]) % 2 == 0:
            _keep_together(case.body, ready)


def _say_by_a_code(case: schemathesis.Case, body: dict[str, Any]) -> None:
    """By a code that is good; every other time what the example says, for its members are bound to each other."""
    name = _id_of(case.operation)
    told = _prompted(f"code/{name}")
    if next(_TURNS[name, "", case.meta is not None and case.meta.generation.mode.is_positive]) % 2 == 0:
        body.clear()
        body.update(told["example"])
    body["code"] = told["code"]


def _headers(case: schemathesis.Case, ready: Mapping[str, Any]) -> None:
    headers = case.headers
    if "If-Match" in headers and ready["tag"] is not None:
        headers["If-Match"] = ready["tag"]
    if "Idempotency-Key" in headers:
        headers["Idempotency-Key"] = f"{headers['Idempotency-Key'][:40]}-{next(_KEYS):08}"
    if "Acting-As" in headers:
        headers["Acting-As"] = ready["capacity"]
    if "Purpose-Of-Use" in headers or ready["purpose"] is not None:
        headers["Purpose-Of-Use"] = ready["purpose"] or ready["purposes"][0]


def _name_what_exists(body: dict[str, Any], ready: Mapping[str, Any]) -> None:
    for name, value in body.items():
        if name in ready["references"] and value is not None:
            body[name] = ready["body"].get(name)
    for name in ready["unnamed"]:
        body.pop(name, None)


def _keep_together(body: dict[str, Any], ready: Mapping[str, Any]) -> None:
    """Members that a rule binds to each other, so that they agree: every other time, for a refusal is to be met too."""
    for name in ready["bound"]:
        if name in ready["body"]:
            body[name] = ready["body"][name]
        else:
            body.pop(name, None)


def _names_what_was_said(path: str, body: Any) -> bool:
    """A rule that takes a member of the document from some only, a prison of a national role, names it at its own
    place; one that no document has is told at the place of whatever held it."""
    said = body.get(path.removeprefix("/")) if isinstance(body, dict) else None  # type: ignore[reportUnknownMemberType]
    return said is not None and not isinstance(said, dict | list)


@schemathesis.check
def a_refusal_of_valid_data_is_a_rules(ctx: Any, response: Response, case: schemathesis.Case) -> None:
    """What the document calls valid may be refused by a rule, never for its shape."""
    meta = case.meta
    if meta is None or not meta.generation.mode.is_positive or response.status_code not in (400, 422):
        return
    said = response.json()
    of_shape = [
        failure
        for failure in said["failures"]
        if failure["code"] in _OF_SHAPE
        and not (failure["code"] == "MISSING" and failure.get("path") in _MISSED_BY_A_RULE)
        and not (failure["code"] == "UNKNOWN_FIELD" and _names_what_was_said(failure.get("path", ""), case.body))
    ]
    assert said["failures"], f"refused without a reason: {said['code']}"
    assert of_shape == [], f"refused for its shape: {of_shape}"

"""The one table from the domain's trouble to kinds of problem, and the bytes of an answer."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, Final

import orjson
from starlette.responses import Response

from api import language
from api.do_this_now import DoThisNow
from api.language import Language
from api.problems import kinds
from api.problems.kinds import Kind
from domain.kernel.errors import (
    Absent,
    CapacityRequired,
    Failure,
    KeyInFlight,
    KeyReused,
    NotNow,
    PurposeRequired,
    Refused,
    Stale,
    TagRequired,
    TooLarge,
    TooMany,
    Trouble,
    Unacceptable,
    Unavailable,
    Unidentified,
    Unreadable,
)

MEDIA_TYPE: Final = "application/problem+json"
LIFE_AT_RISK: Final = "life_at_risk"
"""Where a request's state says that its body spoke of a life at risk, whatever else was wrong with it."""

# Reasons are all told (DESIGN 7), up to a number that bounds the answer to a body made of nothing but mistakes.
MOST_FAILURES: Final = 100

BY_TROUBLE: Final[Mapping[type[Trouble], Kind]] = MappingProxyType(
    {
        Unidentified: kinds.UNAUTHORISED,
        Refused: kinds.FORBIDDEN,
        PurposeRequired: kinds.PURPOSE_REQUIRED,
        CapacityRequired: kinds.CAPACITY_REQUIRED,
        Absent: kinds.NOT_FOUND,
        Unreadable: kinds.UNREADABLE,
        Unacceptable: kinds.UNACCEPTABLE,
        NotNow: kinds.CONFLICT,
        TagRequired: kinds.TAG_REQUIRED,
        Stale: kinds.STALE,
        KeyReused: kinds.KEY_REUSED,
        KeyInFlight: kinds.KEY_IN_FLIGHT,
        TooMany: kinds.TOO_MANY,
        TooLarge: kinds.CONTENT_TOO_LARGE,
        Unavailable: kinds.UNAVAILABLE,
    }
)

# Which limit of size it was, TooLarge says by its code.
BY_SIZE_CODE: Final[Mapping[str, Kind]] = MappingProxyType(
    {kind.slug: kind for kind in (kinds.CONTENT_TOO_LARGE, kinds.URI_TOO_LONG, kinds.HEADER_TOO_LARGE)}
)

# Kinds whose answer must not differ by a byte between two causes: what was missing, or which check failed, is not told.
CONSTANT: Final = frozenset({kinds.NOT_FOUND, kinds.UNAUTHORISED, kinds.INTERNAL_ERROR})

_CODE: Final = re.compile(r"[a-z][a-z0-9-]{0,63}\Z")


def kind_of(trouble: Trouble) -> Kind:
    """The kind that answers a trouble: its class's row, else that of the nearest class above it that has one.

    A `Trouble` that is of no kind is a mistake of ours, and answers as one.
    """
    if isinstance(trouble, TooLarge):
        return BY_SIZE_CODE.get(trouble.code, kinds.CONTENT_TOO_LARGE)
    for ancestor in type(trouble).__mro__:
        if ancestor in BY_TROUBLE:
            return BY_TROUBLE[ancestor]
    return kinds.INTERNAL_ERROR


def document(
    kind: Kind,
    spoken: Language,
    *,
    failures: Sequence[Failure] = (),
    code: str | None = None,
    members: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """A problem as its members. `code` refines the slug where it is a slug itself; `members` are further ones."""
    sentences, english = kind.sentences(spoken), kind.sentences(Language.ENGLISH)
    code = code if code is not None and _CODE.match(code) else kind.slug
    return {
        "type": kind.type,
        "title": sentences.title,
        "status": kind.status,
        "code": code,
        "failures": [_failure(failure) for failure in failures[:MOST_FAILURES]],
        **(members or {}),
        "errorCode": code,
        "userMessage": f"{sentences.title}: {sentences.meaning}",
        "developerMessage": english.meaning,
        "moreInfo": kind.type,
    }


def _failure(failure: Failure) -> dict[str, str]:
    return {"code": failure.code} if failure.path is None else {"code": failure.code, "path": failure.path}


@cache
def _constant(kind: Kind, spoken: Language) -> bytes:
    return orjson.dumps(document(kind, spoken))


@dataclass(frozen=True, slots=True)
class Answers:
    """How this service answers trouble: the table, and the instruction that 5xx answers of request routes carry.

    `request_routes` are path prefixes (rule 5: any 503 of them carries `doThisNow`; a 500 is no less of an outage to
    whoever stands at the cell door, so it carries it too).
    """

    do_this_now: DoThisNow
    request_routes: tuple[str, ...] = ("/v1/requests", "/v1/night-sheets")

    def trouble(self, scope: Mapping[str, Any], trouble: Trouble) -> Response:
        """The answer to a trouble of the domain."""
        members: dict[str, Any] = {}
        headers: dict[str, str] = {}
        match trouble:
            case PurposeRequired() | CapacityRequired():
                members["choices"] = list(trouble.choices)
            case NotNow():
                members |= {} if trouble.moves is None else {"allowedMoves": list(trouble.moves)}
                members |= {"alike": list(trouble.like)} if trouble.like else {}
            case TooMany() | Unavailable():
                headers["Retry-After"] = str(max(1, trouble.retry_after))
            case _:
                pass
        return self.problem(
            scope, kind_of(trouble), failures=trouble.failures, code=trouble.code, members=members, headers=headers
        )

    def problem(
        self,
        scope: Mapping[str, Any],
        kind: Kind,
        *,
        failures: Sequence[Failure] = (),
        code: str | None = None,
        members: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Response:
        """The answer of one kind, to the request of this ASGI scope, in its language."""
        spoken = language.of(scope)
        carried: dict[str, Any] = {}
        # Rule 5: an outage of request routes, and any answer at all to urgency LIFE_AT_RISK, says what to do now.
        at_risk = scope.get("state", {}).get(LIFE_AT_RISK, False)
        if at_risk or (kind.status >= 500 and self._is_request_route(scope)):
            instruction = self.do_this_now.instruction(spoken)
            # Where English stands in for a language that has no approved text, the whole answer is English (rule 28).
            spoken, carried = instruction.language, instruction.members()
        if kind in CONSTANT and not carried:
            body = _constant(kind, spoken)
        else:
            told = () if kind in CONSTANT else failures
            code = None if kind in CONSTANT else code
            body = orjson.dumps(
                document(kind, spoken, failures=told, code=code, members={**(members or {}), **carried})
            )
        sent = {"Content-Language": spoken.value, "Vary": "Accept-Language", **(headers or {})}
        if kind.status == 401:
            sent["WWW-Authenticate"] = "Bearer"
        return Response(body, kind.status, sent, MEDIA_TYPE)

    def _is_request_route(self, scope: Mapping[str, Any]) -> bool:
        path: str = scope.get("path", "")
        return any(path == prefix or path.startswith(f"{prefix}/") for prefix in self.request_routes)

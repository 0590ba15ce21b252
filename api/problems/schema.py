"""Problems as the OpenAPI document shows them: one schema, one response a status, examples made by what answers.

Every example is what `answers.document` really makes, so that none can grow apart from what is sent.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from api.do_this_now import TEXTS
from api.language import Language
from api.problems import kinds
from api.problems.answers import MEDIA_TYPE, MOST_FAILURES, document
from api.problems.kinds import Kind
from domain.kernel.errors import Failure

# No control characters: what a sentence of ours is made of.
_SENTENCE: Final = r"^[^\u0000-\u001F]+$"
_SLUG: Final = r"^[a-z][a-z0-9-]*$"
_TYPE: Final = r"^/problems/[a-z][a-z0-9-]*$"
_CODE: Final = r"^[A-Z][A-Z0-9_]*$"


def _text(pattern: str, most: int, description: str) -> dict[str, Any]:
    return {"type": "string", "maxLength": most, "pattern": pattern, "description": description}


SCHEMAS: Final[Mapping[str, Mapping[str, Any]]] = MappingProxyType(
    {
        "Failure": {
            "type": "object",
            "additionalProperties": False,
            "description": "One reason. Its code is stable and English; its path is there if one member is at fault.",
            "required": ["code"],
            "properties": {
                "code": _text(_CODE, 64, "The reason."),
                "path": _text(
                    r"^[^\u0000-\u001F]*$",
                    1000,
                    "A JSON pointer into the body, or `query:`, `path:` or `header:` and a name. Never what was sent.",
                ),
            },
        },
        "Language": {
            "type": "string",
            "enum": [language.value for language in Language],
            "description": "A language in which we have sentences.",
        },
        "Problem": {
            "type": "object",
            "additionalProperties": False,
            "description": "A problem (RFC 9457), with the members that HMPPS's clients read as extensions.",
            "required": [
                "type",
                "title",
                "status",
                "code",
                "failures",
                "errorCode",
                "userMessage",
                "developerMessage",
                "moreInfo",
            ],
            "properties": {
                "type": _text(
                    _TYPE, 80, "The kind of problem: the address of a page of this service that explains it."
                ),
                "title": _text(_SENTENCE, 120, "The kind in words, in the language of `Content-Language`."),
                "status": {
                    "type": "integer",
                    "format": "int32",
                    "minimum": 400,
                    "maximum": 599,
                    "description": "The HTTP status.",
                },
                "code": _text(_SLUG, 64, "The kind as a stable code, the same in every language."),
                "failures": {
                    "type": "array",
                    "maxItems": MOST_FAILURES,
                    "items": {"$ref": "#/components/schemas/Failure"},
                    "description": "Every reason, where there are any to tell.",
                },
                "choices": {
                    "type": "array",
                    "maxItems": 100,
                    "items": _text(r"^[A-Za-z0-9:_-]+$", 64, "One choice."),
                    "description": "The purposes of your role, or your own assignments, of which to send one.",
                },
                "allowedMoves": {
                    "type": "array",
                    "maxItems": 20,
                    "items": _text(_CODE, 40, "A verb, as in `x-verb` of the operation that does it, and in `/v1/me`."),
                    "description": (
                        "Of a 409 about one record: the moves that its state allows now, and that you, in this "
                        "capacity, may try. Guards besides may fail. Empty: none is left to you."
                    ),
                },
                "alike": {
                    "type": "array",
                    "maxItems": 10,
                    "items": {"type": "string", "format": "uuid", "maxLength": 36},
                    "description": (
                        "Of LOOKS_LIKE_ANOTHER: what is recorded already, and that you may read. If yours is another, "
                        "send it again with `another`: true."
                    ),
                },
                "doThisNow": _text(_SENTENCE, 2000, "What to do instead of waiting, if somebody's life is at risk."),
                "doThisNowLanguage": {
                    "$ref": "#/components/schemas/Language",
                    "description": "The language of `doThisNow`.",
                },
                "doThisNowInLanguageAsked": {
                    "type": "boolean",
                    "description": "False when no approved text exists in the language asked for, and this is English.",
                },
                "errorCode": _text(_SLUG, 64, "The same as `code`, by HMPPS's name."),
                "userMessage": _text(_SENTENCE, 500, "What to tell a person."),
                "developerMessage": _text(_SENTENCE, 500, "The meaning of the kind, in English."),
                "moreInfo": _text(_TYPE, 80, "The same as `type`, by HMPPS's name."),
            },
        },
    }
)

HEADERS: Final[Mapping[str, Mapping[str, Any]]] = MappingProxyType(
    {
        "Access-Control-Allow-Origin": {
            "description": "This service's own origin, from its settings. No other origin's pages may read it.",
            "required": True,
            "schema": {"type": "string", "maxLength": 255, "format": "uri"},
        },
        "X-Request-Id": {
            "description": "This answer's own random id, to name it by. A caller's id is never used.",
            "required": True,
            "schema": {"type": "string", "minLength": 32, "maxLength": 32, "pattern": "^[0-9a-f]{32}$"},
        },
        "RateLimit-Limit": {
            "description": "How many requests the caller may make at once; 0 without a valid token.",
            "required": True,
            "schema": {"type": "integer", "format": "int32", "minimum": 0, "maximum": 1000000},
        },
        "RateLimit-Remaining": {
            "description": "How many of them are left. Only the caller's own requests count.",
            "required": True,
            "schema": {"type": "integer", "format": "int32", "minimum": 0, "maximum": 1000000},
        },
        "RateLimit-Reset": {
            "description": "Seconds until all of them are there again.",
            "required": True,
            "schema": {"type": "integer", "format": "int32", "minimum": 0, "maximum": 1000000},
        },
        "Retry-After": {
            "description": "Seconds to wait before trying again.",
            "required": True,
            "schema": {"type": "integer", "format": "int32", "minimum": 1, "maximum": 86400},
        },
        "WWW-Authenticate": {
            "description": "How to identify oneself.",
            "required": True,
            "schema": {"type": "string", "enum": ["Bearer"]},
        },
        "Content-Language": {
            "description": "The language of the sentences.",
            "required": True,
            "schema": {"type": "string", "enum": [language.value for language in Language]},
        },
    }
)

# What every answer carries, whatever it is (edge/envelope).
EVERYWHERE: Final = (
    "Access-Control-Allow-Origin",
    "X-Request-Id",
    "RateLimit-Limit",
    "RateLimit-Remaining",
    "RateLimit-Reset",
)

_NAMES: Final[Mapping[int, str]] = MappingProxyType(
    {
        400: "BadRequest",
        401: "Unauthorised",
        403: "Forbidden",
        404: "NotFound",
        409: "Conflict",
        412: "PreconditionFailed",
        413: "ContentTooLarge",
        414: "UriTooLong",
        415: "UnsupportedMediaType",
        422: "UnprocessableContent",
        428: "PreconditionRequired",
        429: "TooManyRequests",
        431: "HeadersTooLarge",
        500: "InternalError",
        503: "Unavailable",
    }
)
_FAILURES: Final[Mapping[Kind, tuple[Failure, ...]]] = MappingProxyType(
    {
        kinds.UNREADABLE: (Failure("MALFORMED_JSON"),),
        kinds.PURPOSE_REQUIRED: (Failure("PURPOSE_REQUIRED", "header:Purpose-Of-Use"),),
        kinds.CAPACITY_REQUIRED: (Failure("CAPACITY_REQUIRED", "header:Acting-As"),),
        kinds.UNACCEPTABLE: (Failure("TOO_LONG", "/name"), Failure("UNKNOWN_FIELD", "")),
        kinds.CONFLICT: (Failure("SCHEME_NOT_OPEN"),),
    }
)
_CHOICES: Final[Mapping[Kind, list[str]]] = MappingProxyType(
    {
        kinds.PURPOSE_REQUIRED: ["support", "safety"],
        kinds.CAPACITY_REQUIRED: ["6f1b0f6e-6a5c-4b8e-9d55-0b7e7c1f0a11", "d0c7a1de-2f43-4c1c-8a43-95b2f1e3c7aa"],
    }
)


STATUSES: Final[Mapping[str, int]] = MappingProxyType({name: status for status, name in _NAMES.items()})
"""The status of each response, by its component's name."""


def name_of(status: int) -> str:
    """The component's name of the response with that status."""
    return _NAMES[status]


def response(status: int, *, help_at_once: bool = False) -> dict[str, Any]:
    """The response of that status: what it means, its headers, and an example of each of its kinds.

    With `help_at_once` it is that of a request route: its 5xx carry what to do now (rule 5).
    """
    found = [kind for kind in kinds.KINDS.values() if kind.status == status]
    headers = [*EVERYWHERE, "Content-Language"]
    if status == 401:
        headers.append("WWW-Authenticate")
    if status in (429, 503):
        headers.append("Retry-After")
    return {
        "description": " ".join(f"{kind.en.title}. {kind.en.meaning}" for kind in found),
        "headers": {name: {"$ref": f"#/components/headers/{name}"} for name in headers},
        "content": {
            MEDIA_TYPE: {
                "schema": {"$ref": "#/components/schemas/Problem"},
                "examples": {
                    kind.slug: {"summary": kind.en.title, "value": _example(kind, help_at_once)} for kind in found
                },
            }
        },
    }


def _example(kind: Kind, help_at_once: bool) -> dict[str, Any]:
    members: dict[str, Any] = {}
    if kind in _CHOICES:
        members["choices"] = _CHOICES[kind]
    if help_at_once:
        text = TEXTS["EW"][Language.ENGLISH]
        members |= {"doThisNow": text, "doThisNowLanguage": "en", "doThisNowInLanguageAsked": True}
    if kind is kinds.CONFLICT:
        members["allowedMoves"] = ["SUSPEND_SCHEME", "CLOSE_SCHEME"]
    return document(kind, Language.ENGLISH, failures=_FAILURES.get(kind, ()), members=members)

"""How large a request may be, and of what media type its body. Sizes in bytes (security.md 6.1)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

from api.edge.sent import Sent
from api.problems import kinds
from api.problems.kinds import Kind

JSON: Final = "application/json"
MERGE_PATCH: Final = "application/merge-patch+json"

# What an HTTP/1.1 header line has besides name and value: ": " and CRLF.
_LINE: Final = 4


# Five hundred at once: tallies are codes, a session may have a note of a thousand characters (`api.routes.late`).
# What was kept on paper is brought here in files of as many rows (`api.routes.importing`).
_LARGER: Final = MappingProxyType(
    {
        "/v1/late-tallies": 256 * 1024,
        "/v1/late-sessions": 2 * 1024 * 1024,
        "/v1/imported-schemes": 2 * 1024 * 1024,
        "/v1/schemes/{id}/imported-supporters": 1024 * 1024,
        "/v1/schemes/{id}/imported-roster": 1024 * 1024,
    }
)
_ID: Final = re.compile(r"(?<=/)[0-9a-fA-F-]{36}(?=/)")


def _larger_bodies() -> Mapping[str, int]:
    return _LARGER


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The largest of each that is still taken. `larger_bodies` are paths that take more, as an import does, with `{id}`
    for the id of what they are under."""

    uri: int = 2 * 1024
    headers: int = 16 * 1024
    body: int = 64 * 1024
    larger_bodies: Mapping[str, int] = field(default_factory=_larger_bodies)

    def body_of(self, path: str) -> int:
        """The limit of a body sent to this path."""
        return self.larger_bodies.get(path) or self.larger_bodies.get(_ID.sub("{id}", path, 1), self.body)


def refusal(scope: Mapping[str, Any], sent: Sent, limits: Limits) -> Kind | None:
    """The first limit that the request's head breaks, in the one order: 413 as declared, 414, 431, 415."""
    length = declared_length(sent)
    if length is not None and length > limits.body_of(scope["path"]):
        return kinds.CONTENT_TOO_LARGE
    if uri_length(scope) > limits.uri:
        return kinds.URI_TOO_LONG
    if sent.size(_LINE) > limits.headers:
        return kinds.HEADER_TOO_LARGE
    if (length or sent.values(b"transfer-encoding")) and not is_json(scope["method"], sent):
        return kinds.UNSUPPORTED_MEDIA_TYPE
    return None


def declared_length(sent: Sent) -> int | None:
    """The Content-Length; None where there is none. What is no number has no limit that it keeps, so it is infinite."""
    lengths = sent.values(b"content-length")
    if not lengths:
        return None
    digits = lengths[0].strip()
    return int(digits) if len(lengths) == 1 and digits.isascii() and digits.isdigit() and len(digits) < 16 else 1 << 62


def uri_length(scope: Mapping[str, Any]) -> int:
    """Bytes of path and query as they came over the wire."""
    path: bytes = scope.get("raw_path") or str(scope["path"]).encode()
    query: bytes = scope.get("query_string", b"")
    return len(path) + (len(query) + 1 if query else 0)


def is_json(method: str, sent: Sent) -> bool:
    """Whether the body says that it is JSON in UTF-8, as it is: one Content-Type, no coding."""
    types = sent.values(b"content-type")
    if len(types) != 1 or any(value.strip().lower() != "identity" for value in sent.values(b"content-encoding")):
        return False
    if types[0] == JSON:
        return True
    essence, _, parameters = types[0].partition(";")
    allowed = (JSON, MERGE_PATCH) if method == "PATCH" else (JSON,)
    if essence.strip().lower() not in allowed:
        return False
    for parameter in filter(None, (part.strip() for part in parameters.split(";"))):
        name, _, value = parameter.partition("=")
        if name.strip().lower() != "charset" or value.strip().strip('"').lower() not in ("utf-8", "utf8"):
            return False
    return True

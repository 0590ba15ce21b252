"""Headers that make a change safe: `If-Match`, `Idempotency-Key`, and those that say why and as whom."""

import re
from typing import Final
from uuid import UUID

from starlette.requests import Request

from api.edge.sent import Sent
from domain.act import UNSEEN
from domain.confidentiality.disclosure import Tag
from domain.confidentiality.roles import Purpose
from domain.kernel.errors import Failure, Unreadable

_TAG: Final = re.compile(r'"([A-Za-z0-9_-]{1,64})"')
_KEY: Final = re.compile(r"[A-Za-z0-9_-]{8,64}")
_OWN: Final = "own"


def _single(request: Request, name: str) -> str | None:
    sent: Sent = request.scope["state"]["sent"]
    values = sent.values(name.lower().encode())
    if len(values) > 1:
        raise Unreadable([Failure("REPEATED_HEADER", f"header:{name}")])
    return values[0] if values else None


def seen(request: Request) -> Tag:
    """The tag in `If-Match`, strong and single; `UNSEEN` where none was sent (the act answers 428). `*` names no
    version that anybody read, and a weak tag none exactly: neither is accepted."""
    sent = _single(request, "If-Match")
    if sent is None:
        return UNSEEN
    match = _TAG.fullmatch(sent.strip())
    if match is None:
        raise Unreadable([Failure("IF_MATCH", "header:If-Match")])
    return match[1]


def known(request: Request) -> Tag | None:
    """The tag in `If-None-Match`, if one was sent."""
    sent = _single(request, "If-None-Match")
    if sent is None:
        return None
    match = _TAG.fullmatch(sent.strip())
    if match is None:
        raise Unreadable([Failure("IF_NONE_MATCH", "header:If-None-Match")])
    return match[1]


def quoted(tag: Tag) -> str:
    """The tag as it stands in `ETag`."""
    return f'"{tag}"'


def key(request: Request, *, required: bool) -> str | None:
    """The `Idempotency-Key`: 8 to 64 letters, digits, `-` or `_`."""
    sent = _single(request, "Idempotency-Key")
    if sent is None:
        if required:
            raise Unreadable([Failure("IDEMPOTENCY_KEY_REQUIRED", "header:Idempotency-Key")])
        return None
    if _KEY.fullmatch(sent) is None:
        raise Unreadable([Failure("IDEMPOTENCY_KEY", "header:Idempotency-Key")])
    return sent


def purpose(request: Request) -> Purpose | None:
    """`Purpose-Of-Use`, one of the nine."""
    sent = _single(request, "Purpose-Of-Use")
    if sent is None:
        return None
    try:
        return Purpose(sent)
    except ValueError:
        raise Unreadable([Failure("PURPOSE_OF_USE", "header:Purpose-Of-Use")]) from None


def acting_as(request: Request) -> str | None:
    """`Acting-As`: the id of one of the caller's own assignments, or `own` for the capacity that needs none."""
    sent = _single(request, "Acting-As")
    if sent is None or sent == _OWN:
        return sent
    try:
        return str(UUID(sent))
    except ValueError:
        raise Unreadable([Failure("ACTING_AS", "header:Acting-As")]) from None

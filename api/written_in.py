"""In which jurisdictions the caller of this request writes: what is looked for in a text that he types depends on it,
and the shape of a body knows its caller no other way. Set anew for each request, before its shape is read."""

from collections.abc import Collection
from contextvars import ContextVar
from typing import Final

JURISDICTIONS: Final[ContextVar[Collection[str] | None]] = ContextVar("written_in", default=())
"""None: he is bounded by none, so everything is looked for."""

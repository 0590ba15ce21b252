"""The headers of one request, by their names."""

from collections.abc import Sequence

RawHeaders = Sequence[tuple[bytes, bytes]]


class Sent:
    """What a request's head says. The gate makes it, once, and leaves it in `scope["state"]["sent"]`: seven questions
    are asked of the headers of every request, and each was a walk over all of them (15 us a read)."""

    __slots__ = ("_once", "_raw")

    def __init__(self, raw: RawHeaders) -> None:
        once = dict(raw)
        self._raw = raw
        self._once = once if len(once) == len(raw) else None
        """None where a name was sent more than once: a dictionary would hold the last of its values alone."""

    def values(self, name: bytes) -> list[str]:
        """Every value of a header, as sent. ASGI names are lower-case."""
        if self._once is not None:
            value = self._once.get(name)
            return [] if value is None else [value.decode("latin-1")]
        return [value.decode("latin-1") for found, value in self._raw if found == name]

    def size(self, a_line: int) -> int:
        """Bytes of all headers, each with so many besides name and value."""
        return sum([len(name) + len(value) + a_line for name, value in self._raw])

"""An answer in JSON that is written already."""

from collections.abc import Mapping

from starlette.responses import Response


class Written(Response):
    """Its head is made at once: what Starlette's own constructor asks (is there a charset, a length, a type?) is known
    of every answer of ours, and took 5 us."""

    media_type = "application/json"

    def __init__(self, body: bytes, status: int, headers: Mapping[str, str]) -> None:
        self.body = body
        self.status_code = status
        self.background = None
        self.raw_headers = [(name.lower().encode("latin-1"), said.encode("latin-1")) for name, said in headers.items()]
        self.raw_headers += [(b"content-length", b"%d" % len(body)), (b"content-type", b"application/json")]

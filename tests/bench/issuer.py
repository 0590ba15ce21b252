"""An issuer of the bench's own: its tokens go the whole way that an estate's do, keys fetched over HTTP and all.

RS256, as the estate's own sign-in signs. The tokens live an hour, so that none ends under a round.
"""

import contextlib
import json
import threading
import time
from collections.abc import Generator, Iterable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Final

from tests.api.identity import forge

ISSUER: Final = "https://issuer.bench.example"
AUDIENCE: Final = "peer-support"
_KID: Final = "bench"
_LIFE: Final = 3600


def jwk() -> dict[str, object]:
    """The public key, for those who are given it beforehand."""
    return forge.jwk(forge.rsa_key("bench"), _KID)


def tokens(subjects: Iterable[str]) -> dict[str, str]:
    """A token for each subject, issued now."""
    now = int(time.time())
    header = {"alg": "RS256", "kid": _KID, "typ": "at+jwt"}
    claims = {"iss": ISSUER, "aud": AUDIENCE, "client_id": "bench", "iat": now, "exp": now + _LIFE}
    return {
        subject: forge.sign(header, claims | {"sub": subject, "jti": f"token-of-{subject}"}, forge.rsa_key("bench"))
        for subject in subjects
    }


@contextlib.contextmanager
def published() -> Generator[str]:
    """The value of `ISSUERS` by which a service trusts this issuer, while its keys can be fetched from this machine."""
    body = forge.key_set(jwk())

    class Keys(BaseHTTPRequestHandler):
        """The address of the keys."""

        def do_GET(self) -> None:
            """The keys."""
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Nothing: the report is all that the bench prints."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Keys)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        profile = {
            "preset": "oidc",
            "issuer": ISSUER,
            "jwks_url": f"http://127.0.0.1:{server.server_address[1]}/keys",
            "audiences": [AUDIENCE],
            "kind": "STAFF",
        }
        yield json.dumps([profile])
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

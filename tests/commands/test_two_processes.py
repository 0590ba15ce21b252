"""Two processes of the service over one database, as in a deployment: who signs out in one is out in
each (F105)."""

import asyncio
import json
import os
import sys
import threading
import time
from collections.abc import AsyncGenerator, Generator, Mapping
from contextlib import asynccontextmanager, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx

from persistence import migrate
from persistence.keys import generate
from tests import servers
from tests.api.identity import forge
from tests.api.identity.worlds import LAUNCHPAD
from tests.outside import ROOT, free_port

LONG = 120.0
"""Seconds within which a process is ready, on a slow machine."""
HEARD = 30.0
"""Seconds within which one hears what another ended: about one, where the machine has time for it."""


@contextmanager
def _keys() -> Generator[str]:
    """Where the issuer's keys are."""

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = LAUNCHPAD.keys()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            del format, args

    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/jwks"
        finally:
            server.shutdown()
            thread.join()


@asynccontextmanager
async def _process(settings: Mapping[str, str]) -> AsyncGenerator[httpx.AsyncClient]:
    """A process of the service, once it says that it is ready."""
    port = free_port()
    environment = {**os.environ, **settings, "PORT": str(port), "WORK_INSIDE": "false"}
    quiet = asyncio.subprocess.DEVNULL
    served = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "api", "serve", cwd=ROOT, env=environment, stdin=quiet, stdout=quiet, stderr=quiet
    )
    try:
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=LONG, trust_env=False) as http:
            async with asyncio.timeout(LONG):
                while not await _ready(http):
                    assert served.returncode is None, "it ended before it was ready"
                    await asyncio.sleep(0.1)
            yield http
    finally:
        if served.returncode is None:
            served.terminate()
        await served.wait()


async def _ready(http: httpx.AsyncClient) -> bool:
    try:
        return (await http.get("/health/readiness")).status_code == 200
    except httpx.TransportError:
        return False


def _token(jti: str) -> str:
    now = int(time.time())
    return forge.sign(
        LAUNCHPAD.header, {**LAUNCHPAD.payload, "iat": now - 10, "exp": now + 3000, "jti": jti}, LAUNCHPAD.key
    )


async def _me(http: httpx.AsyncClient, token: str) -> int:
    return (await http.get("/v1/me", headers={"Authorization": f"Bearer {token}"})).status_code


async def test_who_signs_out_in_one_process_is_out_in_each() -> None:
    """In this one at once; in the other shortly, although it had verified his token a moment ago; and in one that is
    started afterwards as soon as it is ready. His other token is good in each of them."""
    urls = await asyncio.to_thread(servers.create_database, "18")
    await migrate.upgrade(urls.owner_url)
    with _keys() as jwks_url:
        issuer = {
            "preset": "launchpad",
            "issuer": LAUNCHPAD.profile.issuer,
            "jwks_url": jwks_url,
            "audiences": [LAUNCHPAD.payload["aud"]],
        }
        settings = {"DATABASE_URL": urls.app_url, "KEYS": generate(), "ISSUERS": json.dumps([issuer])}
        his, other = _token("at-the-kiosk"), _token("in-his-cell")
        async with _process(settings) as one, _process(settings) as two:
            for http in (one, two):
                assert [await _me(http, token) for token in (his, other)] == [200, 200]
            signed = await one.post("/v1/sign-out", headers={"Authorization": f"Bearer {his}"}, json={})
            assert (signed.status_code, signed.content) == (204, b"")
            assert await _me(one, his) == 401
            async with asyncio.timeout(HEARD):
                while await _me(two, his) == 200:  # noqa: ASYNC110  (another process hears)
                    await asyncio.sleep(0.1)
            assert await _me(two, his) == 401
            assert [await _me(http, other) for http in (one, two)] == [200, 200]
        async with _process(settings) as started:
            assert [await _me(started, token) for token in (his, other)] == [401, 200]
    servers.drop_database(urls)

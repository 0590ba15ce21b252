"""The same refusals through a real server and a real connection: what stands before the application changes nothing."""

import asyncio
import re
from contextlib import AsyncExitStack

from tests.api.identity.worlds import WORLDS
from tests.proofs.listening import listening
from tests.proofs.serving import served
from tests.proofs.tokens.house import House, bearer
from tests.proofs.tokens.trial import NO_VALID_TOKEN, QUIET, refused_tokens

_REQUEST = b"GET /v1/me HTTP/1.1\r\nHost: peer-support.example\r\nAuthorization: %b\r\n\r\n"
_CANNOT_TRAVEL = re.compile(rb"[\0-\x08\x0a-\x1f\x7f]")
"""A header that holds one of these ends the request before there is one."""


async def _answered(port: int, header: bytes) -> bytes:
    """The whole answer, its random request id aside."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(_REQUEST % header)
        head = await reader.readuntil(b"\r\n\r\n")
        (length,) = re.findall(rb"(?m)^content-length: (\d+)\r$", head)
        body = await reader.readexactly(int(length))
        return re.sub(rb"(?m)^(x-request-id: )[0-9a-f]{32}(\r)$", rb"\1\2", head) + body
    finally:
        writer.close()


async def test_every_token_that_can_travel_is_the_one_401() -> None:
    """Byte for byte, status line and headers as the server writes them; the log holds nothing of any token."""
    house, sent, stayed = House(), 0, 0
    async with AsyncExitStack() as stack:
        heard, port = stack.enter_context(listening()), await stack.enter_async_context(served(house.app))
        said: dict[bytes, str] = {}
        for world in WORLDS:
            for name, header in refused_tokens(world):
                if _CANNOT_TRAVEL.search(header):
                    stayed += 1
                    continue
                sent += 1
                said.setdefault(await _answered(port, header), name)
            assert (await _answered(port, bearer(world.token()))).split()[1] != b"401"
        others = heard.lines.keys() - QUIET - {NO_VALID_TOKEN.replace("192.0.2.7", "127.0.0.1")}
    print(f"{sent} tokens over the wire, {stayed} that no header can carry")
    ((answer, _),) = said.items()
    assert answer.startswith(b"HTTP/1.1 401 ")
    # The server and the loop speak of themselves, and say nothing of a request.
    assert {line.split()[0] for line in others} <= {"uvicorn.error", "asyncio"}
    assert not any(part in line for line in others for part in ("eyJ", "Bearer", "/v1/"))
    assert stayed < 0.05 * sent


async def test_an_address_that_a_caller_made_up_stands_in_no_line() -> None:
    """Whoever forwards to us may pass on what it was given: words in `X-Forwarded-For` are no address, and are neither
    logged nor told; what is one is, for the security log."""
    house = House()
    with listening() as heard:
        async with served(house.app) as port:
            for told in (b"Quentin", b"192.0.2.1, A9999QX", b"198.51.100.7"):
                answer = await _answered(port, b"Bearer x\r\nX-Forwarded-For: " + told)
                assert answer.startswith(b"HTTP/1.1 401 ")
    said = [line for line in heard.lines if line.startswith("peer_support.security")]
    assert said == [NO_VALID_TOKEN.replace("192.0.2.7", address) for address in ("", "198.51.100.7")]

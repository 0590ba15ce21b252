"""Keys over HTTP: rotation, removal, an issuer that is down, floods of invented ids, and answers that are no answer."""

import asyncio
import gzip
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import httpx
import pytest

from api.identity.keys import FetchedKeys, KeysInMemory, KeyState, Patience, keys_in
from api.identity.signature import Algorithm
from tests.api.identity import forge

URL = "https://id.example.test/keys"
OLD = forge.jwk(forge.ec_key("old"), "old")
NEW = forge.jwk(forge.ec_key("new"), "new")


class Issuer:
    """Answers as it is told, and counts."""

    def __init__(self, *keys: dict[str, object]) -> None:
        self.body = forge.key_set(*keys)
        self.headers: dict[str, str] = {}
        self.status = 200
        self.down = False
        self.asked: list[httpx.Request] = []
        self.gate: asyncio.Event | None = None

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        if self.gate is not None:
            await self.gate.wait()
        if self.down:
            raise httpx.ConnectError("down", request=request)
        return httpx.Response(self.status, headers=self.headers, stream=httpx.ByteStream(self.body))


class Watched:
    """Keys of one issuer, a clock, and how often they changed."""

    def __init__(self, issuer: Issuer) -> None:
        self.clock = forge.Clock()
        self.changes = 0
        self.keys = FetchedKeys(
            URL,
            frozenset(Algorithm),
            http=httpx.AsyncClient(transport=httpx.MockTransport(issuer)),
            clock=self.clock,
            changed=self._changed,
        )

    def _changed(self) -> None:
        self.changes += 1

    async def knows(self, kid: str) -> bool:
        return await self.keys.find(kid) is not None


async def test_nothing_is_fetched_until_a_token_comes_and_then_once_in_ten_minutes() -> None:
    """Start-up does not depend on the issuer; readiness sees the age, and does not fetch either."""
    issuer = Issuer(OLD)
    watched = Watched(issuer)
    assert watched.keys.state() == KeyState(None, usable=False)
    assert issuer.asked == []
    assert await watched.knows("old")
    watched.clock.advance(599)
    assert await watched.knows("old")
    assert len(issuer.asked) == 1
    assert watched.keys.state() == KeyState(599.0, usable=True)
    watched.clock.advance(1)
    assert await watched.knows("old")
    assert len(issuer.asked) == 2
    assert watched.keys.state() == KeyState(0.0, usable=True)
    assert str(issuer.asked[0].url) == URL
    assert issuer.asked[0].headers["accept-encoding"] == "identity"


async def test_a_new_key_is_found_at_once_and_a_removed_one_stops_at_the_next_refresh() -> None:
    """Rotation: the unknown id asks again; what is gone from the set is gone from here; each change is told."""
    issuer = Issuer(OLD)
    watched = Watched(issuer)
    assert await watched.knows("old")
    issuer.body = forge.key_set(OLD, NEW)
    assert await watched.knows("new")
    assert (len(issuer.asked), watched.changes) == (2, 2)
    issuer.body = forge.key_set(NEW)
    assert await watched.knows("old")  # not refreshed yet
    watched.clock.advance(600)
    assert not await watched.knows("old")
    assert await watched.knows("new")
    assert (len(issuer.asked), watched.changes) == (3, 3)
    watched.clock.advance(600)
    assert await watched.knows("new")
    assert (len(issuer.asked), watched.changes) == (4, 3)


async def test_another_key_under_the_same_id_replaces_it() -> None:
    """The id is the same, the key is not: it is a change."""
    issuer = Issuer(OLD)
    watched = Watched(issuer)
    first = await watched.keys.find("old")
    issuer.body = forge.key_set(NEW | {"kid": "old"})
    watched.clock.advance(600)
    second = await watched.keys.find("old")
    assert first is not None
    assert second is not None
    assert first.thumbprint != second.thumbprint
    assert watched.changes == 2


async def test_an_issuer_that_withdraws_every_key_is_heeded() -> None:
    """An empty set is an answer, not an error."""
    issuer = Issuer(OLD)
    watched = Watched(issuer)
    assert await watched.knows("old")
    issuer.body = forge.key_set()
    watched.clock.advance(600)
    assert not await watched.knows("old")


async def test_invented_ids_drive_one_request_a_minute() -> None:
    """A thousand tokens with ids of their own: one fetch for the first, one more after a minute."""
    issuer = Issuer(OLD)
    watched = Watched(issuer)
    assert await watched.knows("old")
    for number in range(1000):
        assert not await watched.knows(f"invented-{number}")
        watched.clock.advance(0.05)
    assert len(issuer.asked) == 2
    watched.clock.advance(10.1)
    assert not await watched.knows("invented")
    assert len(issuer.asked) == 3
    assert await watched.knows("old")


async def test_ten_thousand_invented_ids_a_second_drive_no_more() -> None:
    """For two seconds, beside tokens with the known one: one fetch, and every known token gets in."""
    issuer = Issuer(OLD)
    watched = Watched(issuer)
    assert await watched.knows("old")
    for number in range(20_000):
        assert not await watched.knows(f"invented-{number}")
        watched.clock.advance(0.0001)
        if number % 100 == 0:
            assert await watched.knows("old")
    assert len(issuer.asked) == 2


async def test_an_unknown_id_right_after_a_fetch_does_not_fetch_again() -> None:
    """The set is of this very moment: there is nothing newer to ask for."""
    issuer = Issuer(OLD)
    assert not await Watched(issuer).knows("unknown")
    assert len(issuer.asked) == 1


async def test_stale_keys_serve_for_a_day_if_the_issuer_is_down(caplog: pytest.LogCaptureFixture) -> None:
    """And not a moment longer. A failure is logged by its kind alone, and tried again every ten seconds at most."""
    issuer = Issuer(OLD)
    watched = Watched(issuer)
    assert await watched.knows("old")
    issuer.down = True
    watched.clock.advance(600)
    with caplog.at_level(logging.WARNING, logger="api.identity.keys"):
        for _ in range(100):
            assert await watched.knows("old")
            assert not await watched.knows("unknown")
    assert len(issuer.asked) == 2
    assert [record.getMessage() for record in caplog.records] == [
        "keys of an issuer could not be fetched: ConnectError"
    ]
    watched.clock.advance(24 * 3600 - 601)
    assert await watched.knows("old")
    assert watched.keys.state() == KeyState(24 * 3600.0 - 1, usable=True)
    watched.clock.advance(1)
    assert not await watched.knows("old")
    assert watched.keys.state() == KeyState(24 * 3600.0, usable=False)
    issuer.down = False
    watched.clock.advance(10)
    assert await watched.knows("old")
    assert watched.changes == 1


async def test_an_issuer_down_at_start_is_asked_again_after_ten_seconds() -> None:
    """Not on every token, and not never."""
    issuer = Issuer(OLD)
    issuer.down = True
    watched = Watched(issuer)
    for _ in range(50):
        assert not await watched.knows("old")
    assert len(issuer.asked) == 1
    issuer.down = False
    watched.clock.advance(9)
    assert not await watched.knows("old")
    watched.clock.advance(1)
    assert await watched.knows("old")
    assert len(issuer.asked) == 2


async def test_a_clock_set_back_does_not_keep_keys_young() -> None:
    """Keys from the future are not fresh: they are fetched anew, and are no use if they cannot be."""
    issuer = Issuer(OLD)
    watched = Watched(issuer)
    assert await watched.knows("old")
    watched.clock.advance(-86_400)
    issuer.down = True
    assert not await watched.knows("old")
    issuer.down = False
    watched.clock.advance(10)
    assert await watched.knows("old")
    assert len(issuer.asked) == 3


async def test_one_fetch_serves_all_who_wait() -> None:
    """A hundred tokens at once, some with a new key: one request; who gives up waiting does not end it for the rest."""
    issuer = Issuer(OLD)
    issuer.gate = asyncio.Event()
    watched = Watched(issuer)
    waiting = [asyncio.create_task(watched.knows("old" if n % 2 else "unknown")) for n in range(100)]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    waiting[0].cancel()
    await asyncio.sleep(0)
    issuer.gate.set()
    answers = await asyncio.gather(*waiting, return_exceptions=True)
    assert isinstance(answers[0], asyncio.CancelledError)
    assert answers[1:] == [n % 2 == 1 for n in range(1, 100)]
    assert len(issuer.asked) == 1


async def test_who_comes_during_a_fetch_for_an_unknown_id_gets_its_result() -> None:
    """Rotation under load: every token with the new key gets in, not only the first."""
    issuer = Issuer(OLD)
    watched = Watched(issuer)
    assert await watched.knows("old")
    issuer.body, issuer.gate = forge.key_set(OLD, NEW), asyncio.Event()
    waiting = [asyncio.create_task(watched.knows("new")) for _ in range(50)]
    await asyncio.sleep(0)
    issuer.gate.set()
    assert await asyncio.gather(*waiting) == [True] * 50
    assert len(issuer.asked) == 2


async def test_closing_ends_a_fetch_under_way() -> None:
    """So that the service stops when it is told to."""
    issuer = Issuer(OLD)
    issuer.gate = asyncio.Event()
    watched = Watched(issuer)
    waiting = asyncio.create_task(watched.knows("old"))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    await watched.keys.aclose()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    await watched.keys.aclose()


BAD: dict[str, tuple[int, dict[str, str], bytes]] = {
    "redirect": (302, {"location": "https://attacker.example.test/keys"}, forge.key_set(NEW)),
    "permanent-redirect": (308, {"location": URL + "2"}, forge.key_set(NEW)),
    "error": (500, {}, forge.key_set(NEW)),
    "not-found": (404, {}, forge.key_set(NEW)),
    "other-success": (203, {}, forge.key_set(NEW)),
    "no-content": (204, {}, b""),
    "html": (200, {"content-type": "text/html"}, b"<html>sign in</html>"),
    "cut": (200, {}, forge.key_set(NEW)[:-2]),
    "duplicate-names": (200, {}, forge.key_set(NEW)[:-1] + b',"keys":[]}'),
    "too-large": (200, {}, forge.key_set(NEW) + b" " * 65_536),
    "endless": (200, {}, b" " * 10_000_000),
    "compressed": (200, {"content-encoding": "gzip"}, gzip.compress(forge.key_set(NEW))),
    "bomb": (200, {"content-encoding": "gzip"}, gzip.compress(forge.key_set(NEW) + b" " * 60_000_000)),
}


@pytest.mark.parametrize(("status", "headers", "body"), BAD.values(), ids=list(BAD))
async def test_what_is_not_the_answer_changes_nothing(status: int, headers: dict[str, str], body: bytes) -> None:
    """The keys already known go on serving, and no other address is asked."""
    issuer = Issuer(OLD)
    watched = Watched(issuer)
    assert await watched.knows("old")
    issuer.status, issuer.headers, issuer.body = status, headers, body
    watched.clock.advance(600)
    assert not await watched.knows("new")
    assert await watched.knows("old")
    assert [str(request.url) for request in issuer.asked] == [URL, URL]
    assert watched.changes == 1


async def test_the_largest_body_is_64_kib() -> None:
    """To the byte."""
    issuer = Issuer()
    issuer.body = forge.key_set(OLD).ljust(65_536)
    assert await Watched(issuer).knows("old")
    issuer.body += b" "
    assert not await Watched(issuer).knows("old")


@asynccontextmanager
async def loopback(answer: Callable[[asyncio.StreamWriter], Awaitable[None]]) -> AsyncIterator[tuple[str, list[bytes]]]:
    """A server on this machine that answers so; its address, and the requests it got."""
    asked: list[bytes] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append(await reader.readuntil(b"\r\n\r\n"))
        try:
            await answer(writer)
        except ConnectionError:
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/keys", asked


async def over_http(url: str, patience: Patience | None = None) -> bool:
    """Whether the key is found through a real HTTP client, within two seconds."""
    async with httpx.AsyncClient(trust_env=False) as http, asyncio.timeout(2):
        keys = FetchedKeys(
            url, frozenset(Algorithm), http=http, clock=forge.Clock(), changed=lambda: None, patience=patience
        )
        return await keys.find("old") is not None


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


async def test_over_a_real_connection() -> None:
    """The whole way, once."""
    body = forge.key_set(OLD)

    async def answer(writer: asyncio.StreamWriter) -> None:
        writer.write(HEAD + b"Content-Length: %d\r\n\r\n" % len(body) + body)
        await writer.drain()

    async with loopback(answer) as (url, asked):
        assert await over_http(url)
        assert len(asked) == 1


async def test_a_redirect_over_a_real_connection_is_not_followed() -> None:
    """Even to the same server."""

    async def answer(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 307 Temporary Redirect\r\nLocation: /keys\r\nContent-Length: 0\r\n\r\n")
        await writer.drain()

    async with loopback(answer) as (url, asked):
        assert not await over_http(url)
        assert len(asked) == 1


async def test_a_server_that_says_nothing_is_left_after_the_read_timeout() -> None:
    """It neither holds the request nor raises."""

    async def answer(writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(1)

    async with loopback(answer) as (url, _):
        assert not await over_http(url, Patience(read=0.05, whole=60))


async def test_a_server_that_drips_is_left_after_the_whole_timeout() -> None:
    """Each byte comes in time, the answer never does."""

    async def answer(writer: asyncio.StreamWriter) -> None:
        writer.write(HEAD + b"\r\n")
        for _ in range(200):
            writer.write(b" ")
            await writer.drain()
            await asyncio.sleep(0.01)

    async with loopback(answer) as (url, _):
        assert not await over_http(url, Patience(read=60, whole=0.2))


async def test_a_server_that_sends_too_much_is_left_before_it_ends() -> None:
    """No more is taken than the limit and one piece."""
    sent = 0

    async def answer(writer: asyncio.StreamWriter) -> None:
        nonlocal sent
        writer.write(HEAD + b"\r\n")
        while sent < 500_000_000:
            writer.write(b" " * 65_536)
            sent += 65_536
            await writer.drain()

    async with loopback(answer) as (url, _):
        assert not await over_http(url)
    assert sent < 50_000_000


async def test_nobody_listening() -> None:
    """Refused at once, and no exception."""

    async def never(_: asyncio.StreamWriter) -> None:
        raise AssertionError

    async with loopback(never) as (url, _):
        pass
    assert not await over_http(url)


def test_patience_is_one_second_to_connect_and_two_to_read() -> None:
    """As published (security.md 1.3); five for the whole, so that a request waits no longer than that."""
    assert Patience() == Patience(connect=1.0, read=2.0, whole=5.0)


async def test_the_timeouts_reach_the_client() -> None:
    """What is said is what is used."""
    issuer = Issuer(OLD)
    await Watched(issuer).knows("old")
    timeout = issuer.asked[0].extensions["timeout"]
    assert (timeout["connect"], timeout["read"]) == (1.0, 2.0)


async def test_keys_in_memory_never_age() -> None:
    """And nothing is fetched for an id that is not there."""
    keys = KeysInMemory(keys_in(forge.key_set(OLD), frozenset(Algorithm)))
    assert await keys.find("old") is not None
    assert await keys.find("new") is None
    assert keys.state() == KeyState(0.0, usable=True)
    await keys.aclose()

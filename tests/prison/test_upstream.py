"""One careful client: whatever goes wrong elsewhere, there is an end to it, and 'cannot be asked' is not 'none'."""

import asyncio
import base64
import logging
import time

import pytest

from persistence.prison.asking import CannotBeAsked, Silence
from persistence.prison.breaker import FAILURES, REST
from persistence.prison.sending import LARGEST, Patience
from persistence.prison.upstream import Upstream
from tests.prison.elsewhere import Answer, Line, dripping, elsewhere, line, said, silent, slammed

NUMBER = "A1234BC"


async def _silence(at: Line, path: str = "/thing") -> Silence:
    with pytest.raises(CannotBeAsked) as told:
        await at.upstream.ask("POST", path, body=[NUMBER])
    return told.value.state


async def test_an_answer_comes_with_our_own_token_and_tells_nothing_of_who_asked() -> None:
    """The body has the number; no address, no user's name, no trace of a request of ours goes along."""
    async with line() as at:
        at.server.answers["/thing"] = said({"a": 1})
        assert await at.upstream.ask("POST", "/thing", query=[("f", "x"), ("f", "y")], body=[NUMBER]) == {"a": 1}
        token, thing = at.server.asked
    assert token.headers["authorization"] == "Basic " + base64.b64encode(b"us:s%3Acret").decode()
    assert token.body == b"grant_type=client_credentials"
    assert (thing.query, thing.json) == ([("f", "x"), ("f", "y")], [NUMBER])
    assert thing.headers["authorization"] == "Bearer t1"
    allowed = {"host", "accept", "accept-encoding", "connection", "user-agent", "authorization"}
    assert set(thing.headers) == allowed | {"content-length", "content-type"}
    assert thing.headers["accept-encoding"] == "identity"


async def test_what_is_not_there_is_an_answer() -> None:
    """404 is None, and no failure: however often, the system is asked again."""
    async with line() as at:
        for _ in range(FAILURES + 1):
            assert await at.upstream.ask("GET", "/nobody") is None
        assert not at.breaker.is_open


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (said({"status": 500}, 500), Silence.FAILING),
        (said({}, 502), Silence.FAILING),
        (said({}, 429), Silence.FAILING),
        (said({"status": 403}, 403), Silence.REFUSED),
        (said({"status": 400}, 400), Silence.REFUSED),
        (said({}, 302, location="/elsewhere"), Silence.REFUSED),
        (said({}, 204), Silence.REFUSED),
        (said(b"<html>sign in</html>"), Silence.UNREADABLE),
        (said(b""), Silence.UNREADABLE),
        (said(b"null"), Silence.UNREADABLE),
        (said(b"[" * 100_000), Silence.UNREADABLE),
        (said(b'{"a": "\xff"}'), Silence.UNREADABLE),
        (said({}, content_encoding="gzip"), Silence.UNREADABLE),
        (slammed, Silence.UNREACHABLE),
        (silent, Silence.TOO_LONG),
        (dripping, Silence.TOO_LONG),
    ],
)
async def test_each_way_to_fail_has_its_word_and_its_end(answer: Answer, state: Silence) -> None:
    """Within our patience, and as one kind of exception that clients turn into 'not known'."""
    async with line() as at:
        at.server.answers |= {"/thing": answer, "/elsewhere": said({"got": "there"})}
        await at.tokens()
        began = time.monotonic()
        assert await _silence(at) is state
        assert time.monotonic() - began < 10
        assert at.server.asks("/elsewhere") == []


async def test_ten_megabytes_are_cut_off() -> None:
    """An answer larger than any that we ask for is not read to its end."""
    async with line(Patience(connect=1, read=2, whole=10)) as at:
        at.server.answers["/thing"] = said(b'["' + b"x" * 10 * 1024 * 1024 + b'"]')
        assert await _silence(at) is Silence.UNREADABLE
        at.server.answers["/thing"] = said(b'["' + b"x" * (LARGEST - 4) + b'"]')
        assert await at.upstream.ask("GET", "/thing") is not None


async def test_nobody_listens() -> None:
    """Nothing is there to connect to, for the system or for tokens; and at the end of the process we ask nobody."""
    async with line() as at:
        await at.tokens()
        async with elsewhere() as gone:
            base = gone.base
        nowhere = Upstream("nowhere", base, sending=at.upstream._sending, tokens=at.tokens)
        with pytest.raises(CannotBeAsked) as told:
            await nowhere.ask("GET", "/thing")
        assert told.value.state is Silence.UNREACHABLE
    assert await _silence(at) is Silence.UNREACHABLE


@pytest.mark.parametrize(("answer", "times"), [(slammed, 3), (said({}, 502), 3), (said({}, 500), 1), (silent, 1)])
async def test_it_is_tried_again_where_nothing_was_lost(answer: Answer, times: int) -> None:
    """After a lost connection and a bad gateway, twice; after an error or silence, not: that would be a storm."""
    async with line() as at:
        at.server.answers["/thing"] = answer
        await at.tokens()
        await _silence(at)
        assert len(at.server.asks("/thing")) == times


async def test_a_second_try_may_succeed() -> None:
    """A connection that was closed while it lay idle costs nobody an answer."""
    async with line() as at:
        at.server.answers["/thing"] = [slammed, said({}, 502), said(["fine"])]
        assert await at.upstream.ask("GET", "/thing") == ["fine"]


async def test_a_token_that_is_refused_is_renewed_once() -> None:
    """401, a new token, the answer; and a second 401 is the end."""
    async with line() as at:
        at.server.answers["/thing"] = [said({}, 401), said(["fine"]), said({}, 401)]
        assert await at.upstream.ask("GET", "/thing") == ["fine"]
        assert [each.headers["authorization"] for each in at.server.asks("/thing")] == ["Bearer t1", "Bearer t2"]
        assert await _silence(at) is Silence.REFUSED
        assert (len(at.server.asks("/thing")), at.server.tokens_given) == (4, 3)


async def test_a_token_is_fetched_once_and_again_before_its_end() -> None:
    """Many at once are one fetch, in nobody's name; a minute before its end it is used no more."""
    async with line() as at:
        assert await asyncio.gather(*(at.tokens() for _ in range(20))) == ["t1"] * 20
        at.server.seconds += 1139
        assert await at.tokens() == "t1"
        at.server.seconds += 1
        assert await at.tokens() == "t2"
        assert at.server.asked[-1].body == b"grant_type=client_credentials"


@pytest.mark.parametrize(
    "answer",
    [
        said({"error": "invalid_client"}, 401),
        said({}, 500),
        said({"access_token": "t", "token_type": "mac", "expires_in": 9}),
        said({"access_token": "t\n", "token_type": "bearer"}),
        said({"token_type": "bearer", "expires_in": 9}),
        said(b"no json"),
        slammed,
        silent,
    ],
)
async def test_without_a_token_nothing_is_asked(answer: Answer) -> None:
    """The system is not troubled, nor blamed; the issuer is asked again after a while, and not each time."""
    async with line() as at:
        at.server.answers |= {"/auth/oauth/token": answer, "/thing": said({})}
        for _ in range(FAILURES + 1):
            assert await _silence(at) in (Silence.NO_TOKEN, Silence.TOO_LONG)
        assert at.server.asks("/thing") == []
        assert not at.breaker.is_open
        tried = len(at.server.asks("/auth/oauth/token"))
        assert tried <= 3
        del at.server.answers["/auth/oauth/token"]
        at.server.seconds += 5
        assert await at.upstream.ask("GET", "/thing") == {}


async def test_one_who_goes_away_does_not_end_the_fetch_for_the_others() -> None:
    """A caller that is cancelled leaves the token to those who wait for it."""
    async with line() as at:
        gone = asyncio.create_task(at.tokens())
        waits = asyncio.create_task(at.tokens())
        await asyncio.sleep(0)
        gone.cancel()
        assert await waits == "t1"


async def test_a_system_that_fails_is_left_alone_and_then_tried_by_one() -> None:
    """After five failures nobody asks; after half a minute one does; if it fails the rest begins anew, else all may."""
    async with line() as at:
        at.server.answers["/thing"] = said({}, 500)
        for _ in range(FAILURES):
            assert await _silence(at) is Silence.FAILING
        assert [await _silence(at) for _ in range(3)] == [Silence.RESTING] * 3
        assert len(at.server.asks("/thing")) == FAILURES
        at.server.seconds += REST
        assert await _silence(at) is Silence.FAILING
        assert await _silence(at) is Silence.RESTING
        at.server.seconds += REST
        at.server.answers["/thing"] = said([])
        tried = await asyncio.gather(*(at.upstream.ask("GET", "/thing") for _ in range(5)), return_exceptions=True)
        assert tried.count([]) == 1
        assert await at.upstream.ask("GET", "/thing") == []


async def test_one_who_tries_and_goes_away_leaves_his_place() -> None:
    """Whoever was let through and was cancelled does not shut the system for good."""
    async with line() as at:
        at.server.answers["/thing"] = said({}, 500)
        for _ in range(FAILURES):
            await _silence(at)
        at.server.seconds += REST
        at.server.answers["/thing"] = silent
        trying = asyncio.create_task(at.upstream.ask("GET", "/thing"))
        await asyncio.sleep(0.1)
        trying.cancel()
        with pytest.raises(asyncio.CancelledError):
            await trying
        at.server.answers["/thing"] = said([])
        assert await at.upstream.ask("GET", "/thing") == []


async def test_nothing_of_an_exchange_is_written_down(caplog: pytest.LogCaptureFixture) -> None:
    """No number, no name, no body, no address and no secret: a state, and which system it was."""
    with caplog.at_level(logging.DEBUG, logger="peer_support"):
        async with line() as at:
            for answer in (said({"name": "SMITH"}, 500), said(b"SMITH"), said({}, 403)):
                at.server.answers["/thing"] = answer
                await _silence(at)
    lines = [f"{each.getMessage()} {vars(each)}" for each in caplog.records if each.name.startswith("peer_support")]
    assert len(lines) == 3
    for canary in (NUMBER, "SMITH", "127.0.0.1", "s:cret", "t1", "/thing"):
        assert not any(canary in each for each in lines)
    assert [vars(each)["error"] for each in caplog.records if each.name.startswith("peer_support")] == [
        "FAILING",
        "UNREADABLE",
        "REFUSED",
    ]


@pytest.mark.parametrize(("answer", "well"), [(said({"status": "UP"}), True), (said({"status": "DOWN"}, 503), False)])
async def test_it_is_well_by_its_own_ping(answer: Answer, well: bool) -> None:
    """Its ping and never its health, without a token."""
    async with line() as at:
        at.server.answers["/health/ping"] = answer
        assert await at.upstream.ping() is well
        assert [each.path for each in at.server.asked] == ["/health/ping"]
        assert "authorization" not in at.server.asked[0].headers


async def test_a_ping_that_hangs_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """Silence is an end within its own time."""
    monkeypatch.setattr("persistence.prison.upstream.PING", 0.1)
    async with line() as at:
        at.server.answers["/health/ping"] = silent
        with pytest.raises((TimeoutError, CannotBeAsked)):
            await at.upstream.ping()

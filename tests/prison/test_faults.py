"""Each client of the prison's systems against each way in which one may fail: 'not known', within its patience, and
never an exception that nobody expects. What goes wrong beneath them all is in `test_upstream`."""

import asyncio
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import pytest

from domain.confidentiality.principal import Principal, PrincipalKind
from persistence.prison.apart import KnownApart
from persistence.prison.caseloads import ManagedCaseloads
from persistence.prison.facts import PrisonFactsFound
from persistence.prison.search import SearchedReleases, SearchedResidents, SearchedWhereabouts
from persistence.prison.sending import Patience
from persistence.prison.upstream import Upstream
from tests.prison.elsewhere import Answer, Line, dripping, line, said, silent, slammed

NUMBER = "A1234BC"
SHORT = Patience(connect=1.0, read=0.3, whole=0.6)
LONGEST = 10.0
"""Seconds, on a slow machine: far less than any of these faults lasts by itself."""
TOKENS = "/auth/oauth/token"
STAFF = Principal("issuer", "JSMITH_GEN", PrincipalKind.STAFF)

CLIENTS: dict[str, Callable[[Upstream], Awaitable[Any]]] = {
    "whereabouts": lambda at: SearchedWhereabouts(at)([NUMBER]),
    "residents": lambda at: SearchedResidents(at)("MDI"),
    "releases": lambda at: SearchedReleases(at)("MDI", [NUMBER]),
    "facts": lambda at: PrisonFactsFound(at, alerts=at, csip=at, activities=at)("NOMS", NUMBER),
    "apart": lambda at: KnownApart(at)("NOMS", [NUMBER]),
    "caseloads": lambda at: ManagedCaseloads(at, issuers=["issuer"])(STAFF),
}
FAULTS: dict[str, Answer] = {
    "a drip": dripping,
    "silence": silent,
    "a slammed door": slammed,
    "500": said({"status": 500}, 500),
    "503": said({"status": 503}, 503),
    "too many requests": said({}, 429),
    "forbidden": said({"status": 403}, 403),
    "a redirect": said({}, 302, location="/health/ping"),
    "a page": said(b"<html>sign in</html>"),
    "half of an answer": said(b'{"content": ['),
    "no UTF-8": said(b'[{"prisonerNumber": "\xff"}]'),
    "nothing": said(b""),
    "ten megabytes": said(b"[" + b'"x",' * 2_500_000 + b'"x"]'),
    "a very long number": said(b"[" + b"1" * 100_000 + b"]"),
    "another shape": said({"content": "MDI", "caseloads": 1, "prisonerNumber": NUMBER}),
}


class Always(dict[str, Any]):
    """This answer under every path but that of tokens, or under that path too."""

    def __init__(self, answer: Answer, *, tokens: bool) -> None:
        super().__init__()
        self.answer, self.tokens = answer, tokens

    def __contains__(self, path: object) -> bool:
        return path != TOKENS or self.tokens

    def get(self, path: str, otherwise: Any = None) -> Any:
        return self.answer if path in self else otherwise


@asynccontextmanager
async def lines(answer: Answer, *, tokens: bool) -> AsyncGenerator[dict[str, Line]]:
    """A system of its own for each client: one that failed for another is left alone, and would prove nothing."""
    async with AsyncExitStack() as stack:
        found = {name: await stack.enter_async_context(line(SHORT)) for name in CLIENTS}
        for each in found.values():
            each.server.answers = Always(answer, tokens=tokens)
        yield found


async def answered(name: str, at: Line) -> tuple[Any, float]:
    """What a client says, and after how many seconds."""
    start = time.monotonic()
    return await CLIENTS[name](at.upstream), time.monotonic() - start


@pytest.mark.parametrize("tokens", [False, True], ids=["of the system", "of the token's issuer"])
@pytest.mark.parametrize("fault", FAULTS)
async def test_each_client_says_not_known_and_soon(fault: str, tokens: bool) -> None:
    """None of them takes it for nobody, none, or nowhere."""
    async with lines(FAULTS[fault], tokens=tokens) as found:
        said_by = await asyncio.gather(*(answered(name, at) for name, at in found.items()))
        assert all(at.server.asked for at in found.values())
        assert not [each for at in found.values() for each in at.server.asks("/health/ping")]
    for name, (answer, seconds) in zip(found, said_by, strict=True):
        assert answer is None, name
        assert seconds < LONGEST, name


async def test_a_client_that_is_answered_knows() -> None:
    """So that 'not known' above is the fault's doing."""
    him = {"prisonerNumber": NUMBER, "prisonId": "MDI", "inOutStatus": "IN", "identifier": "X"}
    async with lines(said([him]), tokens=False) as found:
        assert (await answered("whereabouts", found["whereabouts"]))[0] is not None
        assert (await answered("releases", found["releases"]))[0] == {NUMBER: None}
    async with lines(said({"content": [him], "last": True, "totalElements": 1}), tokens=False) as found:
        assert (await answered("residents", found["residents"]))[0] is not None
    async with lines(said({"caseloads": [{"id": "MDI"}], "active": True}), tokens=False) as found:
        assert (await answered("caseloads", found["caseloads"]))[0] == {"MDI"}
    async with lines(said([]), tokens=False) as found:
        assert (await answered("apart", found["apart"]))[0] is not None

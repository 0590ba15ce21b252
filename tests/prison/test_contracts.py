"""Each client against the upstream's own document, served by Prism, and against payloads that its makers publish.

Prism refuses a request that the document does not allow, and answers with what the document gives as examples: so a
client that asks wrongly, or cannot read what is promised, is found out. The documents are outside the project.
"""

import contextlib
import json
import os
import signal
import subprocess
import time
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest

from domain.confidentiality.principal import Principal, PrincipalKind
from domain.kernel.prison import IncentiveLevel
from domain.kernel.whereabouts import InOut
from persistence.prison import facts, search
from persistence.prison.apart import KnownApart
from persistence.prison.asking import CannotBeAsked, Silence
from persistence.prison.caseloads import ManagedCaseloads
from persistence.prison.facts import PrisonFactsFound
from persistence.prison.search import SearchedReleases, SearchedResidents, SearchedWhereabouts
from persistence.prison.sending import Patience, Sending
from persistence.prison.tokens import Tokens
from persistence.prison.upstream import Upstream
from tests.outside import estate_data, free_port, npm_program
from tests.prison.elsewhere import elsewhere, line, said

PATIENT = Patience(connect=5, read=20, whole=30)  # Prism's first answer takes a second
AT_START = 120.0


class Recorded(httpx.AsyncHTTPTransport):
    """Passes on, and remembers each answer: (method, path, status, what Prism found wrong)."""

    def __init__(self) -> None:
        super().__init__()
        self.answers: list[tuple[str, str, int, str]] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        answer = await super().handle_async_request(request)
        found = json.loads(answer.headers.get("sl-violations", "[]"))
        # Their own examples write times without a zone, which their own documents do not allow: only ours count.
        wrong = "; ".join(str(each) for each in found if each["location"][0] == "request")
        self.answers.append((request.method, request.url.path, answer.status_code, wrong))
        return answer


@pytest.fixture(scope="module")
def prism(tmp_path_factory: pytest.TempPathFactory) -> Iterator["Prisms"]:
    """Prisms, started as they are asked for."""
    with contextlib.ExitStack() as stack:
        yield Prisms(npm_program("prism"), tmp_path_factory.mktemp("documents"), stack)


@dataclass(slots=True)
class Prisms:
    """One for each document."""

    program: Path
    folder: Path
    stack: contextlib.ExitStack
    bases: dict[str, str] = field(default_factory=dict[str, str])

    def base(self, document: str) -> str:
        """Where this document is served."""
        if document not in self.bases:
            path, port = self.folder / f"{document}.json", free_port()
            # Where a document says only that an answer is of some type, Prism would make it text, and cannot.
            path.write_text(estate_data("openapi", path.name).read_text().replace('"*/*"', '"application/json"'))
            process = subprocess.Popen(
                [self.program, "mock", "--host", "127.0.0.1", "--port", str(port), path],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
            self.stack.callback(_end, process)
            self.bases[document] = f"http://127.0.0.1:{port}"
            _await(process, self.bases[document])
        return self.bases[document]


def _await(process: subprocess.Popen[bytes], base: str) -> None:
    until = time.monotonic() + AT_START
    while time.monotonic() < until:
        assert process.poll() is None, "Prism did not start"
        with contextlib.suppress(httpx.HTTPError):
            httpx.get(base, timeout=5)
            return
        time.sleep(0.2)
    raise AssertionError("Prism did not listen in time")


def _end(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(10)


@dataclass(frozen=True, slots=True)
class Served:
    """Upstreams by document, and what was answered."""

    upstreams: dict[str, Upstream]
    answers: list[tuple[str, str, int, str]]

    def all_allowed(self, times: int) -> None:
        """So many requests of ours, and none that its document does not allow."""
        assert [(status, wrong) for _, _, status, wrong in self.answers] == [(200, "")] * times


@asynccontextmanager
async def served(prism: Prisms, *documents: str) -> AsyncGenerator[Served]:
    """Clients' upstreams at Prism; tokens from a little server of our own."""
    bases = {document: prism.base(document) for document in documents}
    recorded = Recorded()
    async with elsewhere() as issuer, httpx.AsyncClient(transport=recorded) as http, httpx.AsyncClient() as own:
        tokens = Tokens(
            f"{issuer.base}/auth/oauth/token", "us", "secret", sending=Sending(own), monotonic=time.monotonic
        )
        sending = Sending(http, PATIENT)
        found = {name: Upstream(name, base, sending=sending, tokens=tokens) for name, base in bases.items()}
        try:
            yield Served(found, recorded.answers)
        finally:
            await tokens.aclose()


EXAMPLE = "A1234AA"
"""The prisoner of the documents' examples."""


async def test_where_somebody_is(prism: Prisms) -> None:
    """Prisoner Search, by numbers."""
    async with served(prism, "prisoner-search") as at:
        found = await SearchedWhereabouts(at.upstreams["prisoner-search"])([EXAMPLE, "A9999ZZ"])
        at.all_allowed(1)
    assert found is not None
    assert found["A9999ZZ"] is None
    located = found[EXAMPLE]
    assert located is not None
    assert (located.prison, located.in_out, located.wing) == ("MDI", InOut.IN, "MDI-A")
    assert (located.restricted_patient, located.last_movement) == (True, "CRT")


async def test_when_somebody_is_to_be_released(prism: Prisms) -> None:
    """Prisoner Search, by numbers."""
    async with served(prism, "prisoner-search") as at:
        found = await SearchedReleases(at.upstreams["prisoner-search"])("MDI", [EXAMPLE])
        at.all_allowed(1)
    assert found == {EXAMPLE: date(2023, 5, 1)}


async def test_who_lives_in_a_prison(prism: Prisms) -> None:
    """Prisoner Search, by prison. The page of the examples is the last and says that it is part of less than nothing;
    what is on it is all."""
    async with served(prism, "prisoner-search") as at:
        found = await SearchedResidents(at.upstreams["prisoner-search"])("MDI")
        at.all_allowed(1)
    assert found is not None
    assert list(found) == [EXAMPLE]


async def test_the_facts_of_somebody(prism: Prisms) -> None:
    """Prisoner Search, Alerts, CSIP and Activities, each asked as it wants to be."""
    async with served(prism, "prisoner-search", "alerts", "csip", "activities-management") as at:
        found = await PrisonFactsFound(
            at.upstreams["prisoner-search"],
            alerts=at.upstreams["alerts"],
            csip=at.upstreams["csip"],
            activities=at.upstreams["activities-management"],
        )("NOMS", EXAMPLE)
        at.all_allowed(4)
    assert found is not None
    assert (found.born_on, found.incentive) == (date(1975, 4, 2), IncentiveLevel.STD)
    assert found.alerts == frozenset({"ABC"})


async def test_the_alerts_that_prisoner_search_has(prism: Prisms) -> None:
    """Where Alerts is not configured."""
    async with served(prism, "prisoner-search") as at:
        found = await PrisonFactsFound(at.upstreams["prisoner-search"])("NOMS", EXAMPLE)
        at.all_allowed(1)
    assert found is not None
    assert found.alerts == frozenset({"HA"})


async def test_who_must_not_be_brought_together(prism: Prisms) -> None:
    """Non-associations, in one question, and one by one."""
    async with served(prism, "non-associations") as at:
        known = KnownApart(at.upstreams["non-associations"])
        found = await known("NOMS", ["A1234BC"])
        assert found is not None
        assert found["A1234BC"].non_associations
        one = await known._each(["A1234BC"])
        at.all_allowed(2)
        await known.aclose()
    assert one["A1234BC"]


async def test_in_which_prisons_somebody_works(prism: Prisms) -> None:
    """Manage Users."""
    async with served(prism, "manage-users") as at:
        asked = ManagedCaseloads(at.upstreams["manage-users"], issuers=["https://estate"])
        assert await asked(Principal("https://estate", "TEST_USER1", PrincipalKind.STAFF)) == {"WWI"}
        at.all_allowed(1)


@pytest.mark.parametrize(
    ("document", "method", "path", "query", "body"),
    [
        ("prisoner-search", "POST", "/prisoner-search/prisoner-numbers", [], {"numbers": [EXAMPLE]}),
        ("prisoner-search", "GET", "/prison/MDI/prisoners", [("page", "-1")], None),
        ("alerts", "POST", "/search/alerts/prison-numbers", [("includeInactive", "perhaps")], [EXAMPLE]),
        ("non-associations", "POST", "/non-associations/involving", [], []),
    ],
)
async def test_a_wrong_request_is_found_out(
    prism: Prisms, document: str, method: str, path: str, query: list[tuple[str, str]], body: object
) -> None:
    """Prism refuses what a document does not allow: what the tests above rest on."""
    async with served(prism, document) as at:
        with pytest.raises(CannotBeAsked) as told:
            await at.upstreams[document].ask(method, path, query=query, body=body)
    assert told.value.state is Silence.REFUSED


@pytest.mark.parametrize("names", [search._PLACE, facts._ASKED, facts._ALERTS, ("releaseDate", "confirmedReleaseDate")])
def test_only_fields_that_there_are_are_asked_for(names: tuple[str, ...]) -> None:
    """A field that the document does not know would silently be missing for everybody."""
    schemas = json.loads(estate_data("openapi", "prisoner-search.json").read_text())["components"]["schemas"]
    for name in names:
        held = schemas["Prisoner"]
        for part in name.split("."):
            held = held["properties"][part]
            held = held.get("items", held)
            held = schemas[held["$ref"].rpartition("/")[2]] if "$ref" in held else held


async def test_payloads_that_the_makers_publish() -> None:
    """Their own test data: a whole record, a page of a prison, alerts and non-associations."""
    samples = estate_data("samples")

    def sample(name: str) -> Any:
        return json.loads((samples / name).read_text())

    man = sample("prisoner-search.prisoner.full.json")
    number = man["prisonerNumber"]
    held = sample("non-associations.involving.json")
    page = sample("prisoner-search.prison-prisoners.page.json")
    async with line() as at:
        at.server.answers |= {
            "/prisoner-search/prisoner-numbers": said([man]),
            "/search/alerts/prison-numbers": said(sample("alerts.search-prison-numbers.json")),
            "/non-associations/involving": said(held),
            "/prison/MDI/prisoners": said(page),
        }
        where = await SearchedWhereabouts(at.upstream)([number])
        assert where is not None
        assert where[number] is not None
        known = await PrisonFactsFound(at.upstream, alerts=at.upstream)("NOMS", number)
        assert known is not None
        assert known.alerts is not None
        numbers = sorted(
            {each["firstPrisonerNumber"] for each in held} | {each["secondPrisonerNumber"] for each in held}
        )
        real = [n for n in numbers if search.is_number(n)]
        apart = KnownApart(at.upstream)
        found = await apart("NOMS", real)
        assert found is not None
        assert any(each.non_associations for each in found.values())
        residents = await SearchedResidents(at.upstream)("MDI")
        whole = page["last"] and len(page["content"]) >= page["totalElements"]
        assert (residents is not None) is whole

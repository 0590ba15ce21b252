"""A caller's rate over the real application: his own, told in time, and written down once a minute."""

from collections.abc import AsyncGenerator

import httpx
import pytest

from api.edge.install import Edge
from api.edge.rate import Rate, Windows
from domain.confidentiality.entry import Outcome
from persistence.memory import MemoryStore
from tests.http import cast, tale
from tests.http.cast import actor
from tests.http.tale import moved
from tests.http.world import ORIGIN, Theatre, World, problem


@pytest.fixture
async def narrow() -> AsyncGenerator[World]:
    """A world in which each may ask three times at once, and one time more in an hour."""
    house = Theatre(callers=Rate(3, 1 / 3600))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=house.app), base_url=ORIGIN) as http:
        world = World(house, http, MemoryStore())
        await world.keep(cast.records())
        yield world


async def test_who_asks_too_often_is_told_when_to_come_back(narrow: World) -> None:
    """429 with the seconds; being refused is not free either; and the headers count only his own."""
    left = [(await narrow.officer.get("/v1/me")).headers["ratelimit-remaining"] for _ in range(3)]
    assert left == ["2", "1", "0"]
    answer = await narrow.officer.get("/v1/me")
    assert problem(answer) == (429, "too-many-requests", [])
    assert 3500 < int(answer.headers["retry-after"]) <= 3600
    other = await narrow["second-officer"].get("/v1/me")
    assert (other.status_code, other.headers["ratelimit-remaining"]) == (200, "2")


async def test_a_rate_that_is_spent_is_one_line_a_minute(narrow: World) -> None:
    """However often he tries: or he could fill the ledger with his refusals."""
    for _ in range(3):
        await narrow.officer.get("/v1/me")
    mark = len(narrow.entries())
    for _ in range(20):
        assert (await narrow.officer.get("/v1/me")).status_code == 429
        assert (await narrow.officer.send("POST", "/v1/requests", content=b"x")).status_code in (415, 429)
    lines = narrow.since(mark)
    assert [(e.outcome, e.code, e.actor) for e in lines] == [(Outcome.LIMITED, "too-many-requests", actor("officer"))]


async def test_a_refusal_costs_as_much_as_an_answer(narrow: World) -> None:
    """Nonsense, what is forbidden and what is not there are counted like anything else."""
    await narrow.officer.get("/v1/ledger")
    await narrow.officer.get("/v1/there-is-no-such-thing")
    await narrow.officer.send("POST", "/v1/requests", content=b"{")
    assert (await narrow.officer.get("/v1/me")).status_code == 429


async def test_a_rate_that_is_spent_cannot_be_told_without_a_ledger(narrow: World) -> None:
    """503 where its line cannot be written; and it is written when it can be."""
    for _ in range(3):
        await narrow.officer.get("/v1/me")
    narrow.seen.deaf = True
    assert (await narrow.officer.get("/v1/me")).status_code == 503
    narrow.seen.deaf = False
    assert (await narrow.officer.get("/v1/me")).status_code == 429
    assert narrow.last.outcome is Outcome.LIMITED


@pytest.fixture
async def coordinated() -> AsyncGenerator[World]:
    """A world in which a prisoner who coordinates others may read thirty times a minute, as he may outside of tests."""
    house = Theatre(peers=Edge(origin=ORIGIN).peers)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=house.app), base_url=ORIGIN) as http:
        world = World(house, http, MemoryStore())
        await world.keep(cast.records())
        yield world


async def test_a_prisoner_with_a_rota_reads_thirty_times_a_minute(coordinated: World) -> None:
    """Whatever he reads, what is refused included, and no more; others are not held to it, nor what he does (rule 10).
    A refusal that he repeats leaves no further line."""
    peer = coordinated["peer-coordinator"]
    for number in range(30):
        path = "/v1/schemes" if number % 2 else "/v1/supporters/11111111-1111-4111-8111-111111111111"
        assert (await peer.get(path)).status_code in (200, 404)
    mark = len(coordinated.entries())
    refused = await peer.get("/v1/schemes")
    assert problem(refused) == (429, "too-many-requests", [])
    assert refused.headers["ratelimit-limit"] == "30"
    assert 1 <= int(refused.headers["retry-after"]) <= 2
    for _ in range(5):
        assert (await peer.get("/v1/schemes")).status_code == 429
    assert [(e.outcome, e.code) for e in coordinated.since(mark)] == [(Outcome.LIMITED, "too-many-requests")]
    assert (await peer.post("/v1/feedback", {})).status_code == 422
    for name in ("arthur", "officer"):
        answers = [(await coordinated[name].get("/v1/schemes")).status_code for _ in range(31)]
        assert set(answers) == {200}, name


def test_a_window_lets_through_no_more_in_any_hour() -> None:
    """Where a bucket would let through twenty-one: eleven at once, and one more each time that it has refilled."""
    now = [0.0]
    windows = Windows(Edge(origin=ORIGIN).offers, monotonic=lambda: now[0])
    taken: list[float] = []
    for seconds in range(0, 4 * 3600, 60):
        now[0] = float(seconds)
        reading = windows.take("somebody")
        taken += [now[0]] if reading.allowed else []
        assert reading.remaining == 11 - len([t for t in taken if t > now[0] - 3600])
        assert reading.allowed or now[0] + reading.retry_after == taken[-11] + 3600
    assert len(taken) == 44
    assert all(later - earlier >= 3600 for earlier, later in zip(taken, taken[11:], strict=False))


def test_windows_forget_whoever_asked_longest_ago() -> None:
    """So that many callers cannot fill the memory; whoever is forgotten begins anew, and nobody else does."""
    windows = Windows(Rate(1, 1.0), monotonic=lambda: 0.0, most=2)
    assert [windows.take(key).allowed for key in ("a", "b", "a", "c", "a", "b")] == [
        True,
        True,
        False,
        True,
        False,
        True,
    ]


@pytest.fixture
async def watched() -> AsyncGenerator[World]:
    """A world in which one may offer as often as one may outside of tests."""
    house = Theatre(offers=Edge(origin=ORIGIN).offers)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=house.app), base_url=ORIGIN) as http:
        world = World(house, http, MemoryStore())
        await world.keep(cast.records())
        yield world


async def test_twelve_probes_in_an_hour_raise_one_reminder(watched: World) -> None:
    """T of rule 11: created, offered, withdrawn, or picked by name, again and again; the twelfth is refused, and it is
    one line, which safer custody reads with who it was, however often he tries on. The answers before it do not count
    down, and nobody else is held to it."""
    await tale.on_duty(watched)
    path = await tale.asked(watched)
    heard = [await moved(watched.officer, path, "offer") for _ in range(11)]
    assert {a.status_code for a in heard} == {409}
    assert len({a.headers["ratelimit-remaining"] for a in heard}) == 1
    mark = len(watched.entries())
    for body in (None, {"supporter": "11111111-1111-4111-8111-111111111111"}, None):
        refused = await watched.officer.post(f"{path}/offer", body, tag='"x"')
        assert problem(refused) == (429, "too-many-requests", [])
        assert 1 <= int(refused.headers["retry-after"]) <= 3600
    lines = watched.since(mark)
    assert [(e.outcome, e.actor, str(e.verb)) for e in lines] == [(Outcome.LIMITED, actor("officer"), "OFFER_REQUEST")]
    assert (await watched.officer.get(path)).status_code == 200
    await tale.on_duty(watched, "second-officer")
    assert (await moved(watched["second-officer"], path, "offer")).status_code == 409
    watched.later(hours=2)
    found = (await watched.safer.get("/v1/ledger?outcome=LIMITED")).json()["items"]
    assert [(i["actor"], i["prison"]) for i in found] == [(str(actor("officer")), "MDI")]

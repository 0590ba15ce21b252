"""A Listener is suspended minutes after he was called: the call goes to the next, and whoever suspended him learns
nothing of it, over HTTP (rules 9 and 17)."""

import dataclasses
from typing import Any
from uuid import UUID

import httpx
import pytest

from api.work.bench import service_begin
from domain.sessions.expiring import take_back
from domain.sessions.request import Request
from domain.supporters.record import Supporter
from persistence import driver
from tests.http import tale
from tests.http.stores import MEMORY_FIRST, POSTGRESQL
from tests.http.tale import done, moved
from tests.http.world import World, observed

WHY = {"category": "RISK", "disclosedReason": "GENERAL_REVIEW"}


async def called(world: World) -> tuple[str, str, str]:
    """Two Listeners; one of them has been offered a request: the request, whom, and the other."""
    _, supporters = await tale.listeners_open(world)
    await tale.on_duty(world)
    request = await tale.asked(world)
    await done(world.officer, request, "offer", {"supporter": supporters[0].rpartition("/")[2]})
    return request, supporters[0], supporters[1]


async def tick(world: World) -> int:
    """The clock looks."""
    return await take_back(service_begin(world.house.runtime))


@pytest.mark.parametrize("empty", MEMORY_FIRST, indirect=True)
@pytest.mark.parametrize("accepted", [False, True], ids=["offered", "accepted"])
async def test_the_call_goes_to_the_next(empty: World, accepted: bool) -> None:
    """Within the minute it is open again, with the wait that it has had; the officer offers it to the next."""
    request, one, other = await called(empty)
    if accepted:
        empty.later(minutes=5)
        await done(empty.officer, request, "answer", {"accepted": True})
    assert await tick(empty) == 0
    await done(empty.samaritan, one, "suspend", WHY)
    state = "ACCEPTED" if accepted else "OFFERED"
    assert (await empty.officer.get(request)).json()["state"] == state
    empty.later(minutes=1)
    assert await tick(empty) == 1
    shown = (await empty.officer.get(request)).json()
    assert (shown["state"], shown["minutesToOffer"], shown["minutesToAccept"]) == ("RECEIVED", 0, None)
    empty.later(minutes=4)
    await done(empty.officer, request, "offer")
    (kept,) = await empty.records(Request)
    assert (str(kept.offered_to), kept.declined_by) == (other.rpartition("/")[2], ())
    yes = await done(empty.officer, request, "answer", {"accepted": True})
    assert (yes["state"], yes["minutesToAccept"]) == ("ACCEPTED", 10 if accepted else 5)


@pytest.mark.parametrize("empty", MEMORY_FIRST, indirect=True)
async def test_one_who_takes_a_rest_is_asked_no_more_that_night(empty: World) -> None:
    """By his own word, without a reason: what he had been asked goes on without him."""
    request, one, _ = await called(empty)
    await done(empty.listener, one, "pause")
    assert await tick(empty) == 1
    assert (await empty.officer.get(request)).json()["state"] == "RECEIVED"


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The text of every statement on every connection, in order; from before the store is opened."""
    texts: list[str] = []
    connect = driver.connect

    async def listened_to(*given: Any, **named: Any) -> Any:
        connection = await connect(*given, **named)
        connection.add_query_logger(lambda query: texts.append(query.query))
        return connection

    monkeypatch.setattr(driver, "connect", listened_to)
    return texts


def _told(answer: httpx.Response, *own: str) -> tuple[int, str, dict[str, str]]:
    """All of an answer but what is of the one man and not of the other: his ids, his name, his tag."""
    status, content, headers = observed(answer)
    text = content.decode()
    for each in own:
        text = text.replace(each, "?")
    return status, text, {name: value for name, value in headers.items() if name not in ("etag", "content-length")}


@pytest.mark.parametrize("empty", [POSTGRESQL], indirect=True)
async def test_whoever_suspends_does_not_learn_that_he_had_just_been_called(said: list[str], empty: World) -> None:
    """Two men alike in all but the call. The same statements, the same bytes, the same line in the ledger: to suspend
    him does no more work for the one who was called."""
    _, one, other = await called(empty)
    heard: list[Any] = []
    for _ in ("prepared", "counted"):
        heard.clear()
        for path in (one, other):
            kept = await empty.record(Supporter, UUID(path.rpartition("/")[2]))
            await empty.change(dataclasses.replace(kept, wing="MDI-A", certificate="CERT-2026-0001"))
            tag, line = await empty.oscar.tag(path), len(empty.entries())
            mark = len(said)
            answer = await empty.oscar.post(f"{path}/suspend", WHY, tag=tag)
            statements = said[mark:]
            assert answer.status_code == 200, answer.text
            entry = next(e for e in empty.since(line) if e.verb == "SUSPEND_SUPPORTER")
            answers = [answer, await empty.oscar.get(path), await moved(empty.oscar, path, "suspend", WHY)]
            own = (str(kept.id), kept.name, str(kept.person))
            changed = [(change.kind, change.fields) for change in entry.changes]
            heard.append((statements, changed, [_told(each, *own) for each in answers]))
            await empty.change(kept)
    assert len(heard[0][0]) > 5
    assert heard[0] == heard[1]

"""Offers to a supporter who cannot come any more are open again by the clock, and by nobody's act (rule 9)."""

import dataclasses
from datetime import datetime, timedelta
from typing import Any

import pytest

from domain.confidentiality.roles import Role
from domain.confidentiality.verbs import Verb
from domain.sessions import expiring
from domain.sessions.request import Request, RequestState
from domain.supporters.record import Standing
from tests.domain.night import Night


def _at(clock: str) -> datetime:
    return datetime.fromisoformat(f"2026-01-14T{clock}:00+00:00")


async def _tick(night: Night) -> int:
    return await night.world.make(night.world.viewer(Role.SERVICE), Verb.TICK, expiring.take_back)


async def _offered(night: Night, *, accepted: bool = False) -> Request:
    """Asked and offered to the first at 02:10, and perhaps accepted at 02:25."""
    request = await night.ask()
    kept = await night.offer(request, supporter=night.listeners[0].id)
    if accepted:
        night.world.clock.now = _at("02:25")
        kept = await night.answer(request, accepted=True)
    return kept


def _becomes(night: Night, **changes: Any) -> None:
    night.world.put(dataclasses.replace(night.world.kept(night.listeners[0]), **changes))


GONE: list[dict[str, Any]] = [
    {"standing": Standing.SUSPENDED},
    {"standing": Standing.PAUSED},
    {"standing": Standing.STOOD_DOWN},
    {"standing": Standing.REMOVED},
    {"standing": Standing.TRANSFERRED_OUT},
    {"standing": Standing.DECEASED},
    {"away": ("2026-01-14/..",)},
    {"certificate_expires_on": _at("00:00").date() - timedelta(days=1)},
]


@pytest.mark.parametrize("changes", GONE, ids=lambda c: str(next(iter(c.values()))))
@pytest.mark.parametrize("accepted", [False, True], ids=["offered", "accepted"])
async def test_an_offer_to_one_who_cannot_come_is_open_again(
    night: Night, accepted: bool, changes: dict[str, Any]
) -> None:
    """Whyever he cannot: as if nobody had been asked last. He did not decline; when it was first offered stands, when
    it was accepted does not, so that the wait for an answer goes on."""
    request = await _offered(night, accepted=accepted)
    assert await _tick(night) == 0
    assert night.world.kept(request) == request
    _becomes(night, **changes)
    assert await _tick(night) == 1
    back = night.world.kept(request)
    assert (back.state, back.offered_to, back.declined_by) == (RequestState.RECEIVED, None, ())
    assert (back.asked_at, back.offered_at, back.accepted_at) == (request.asked_at, request.offered_at, None)
    assert (back.minutes_to_offer, back.minutes_to_accept, back.minutes_to_unlock) == (0, None, None)
    assert await _tick(night) == 0


async def test_the_next_who_accepts_ends_the_whole_wait(night: Night) -> None:
    """Offered at 02:10, accepted at 02:25, taken back; the second accepts at 02:50, and the door opens at 03:05: 40
    minutes for an answer and 15 of staff's, 55 in all, as they were waited."""
    request = await _offered(night, accepted=True)
    _becomes(night, standing=Standing.SUSPENDED)
    await _tick(night)
    night.world.clock.now = _at("02:40")
    again = await night.offer(request)
    assert again.offered_to == night.listeners[1].id
    night.world.clock.now = _at("02:50")
    await night.answer(request, accepted=True)
    night.world.clock.now = _at("03:05")
    done = await night.unlock(request)
    assert (done.minutes_to_offer, done.minutes_to_accept, done.minutes_to_unlock) == (0, 40, 15)


async def test_a_supporter_who_is_with_somebody_stays(night: Night) -> None:
    """What has begun is a fact: nobody is fetched out of a room by the clock (rule 18)."""
    request = await _offered(night, accepted=True)
    await night.unlock(request)
    _becomes(night, standing=Standing.SUSPENDED)
    assert await _tick(night) == 0
    assert night.world.kept(request).state is RequestState.IN_PROGRESS


async def test_none_is_missed_behind_those_that_stand(night: Night, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many offers may stand as they are; and no transaction holds more than a batch."""
    monkeypatch.setattr(expiring, "BATCH", 2)
    requests = [await night.ask() for _ in range(5)]
    for request in requests:
        kept = night.world.kept(request)
        at = {"state": RequestState.OFFERED, "offered_at": kept.asked_at}
        night.world.put(dataclasses.replace(kept, **at, offered_to=night.listeners[0].id))
    for request in requests[:2]:
        night.world.put(dataclasses.replace(night.world.kept(request), offered_to=night.listeners[1].id))
    _becomes(night, standing=Standing.PAUSED)
    assert [await _tick(night) for _ in range(3)] == [2, 1, 0]
    states = [night.world.kept(request).state for request in requests]
    assert states == [RequestState.OFFERED] * 2 + [RequestState.RECEIVED] * 3

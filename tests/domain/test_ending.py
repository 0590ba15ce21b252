"""What the clock deletes, each kind when its own time has come, and the ticks that found nothing to do."""

from datetime import timedelta
from typing import Any

import pytest

from domain.confidentiality.entry import Outcome
from domain.confidentiality.record import Record
from domain.confidentiality.roles import Role
from domain.confidentiality.verbs import Verb
from domain.movements.inbox import EventTaken
from domain.oversight import jobs
from domain.oversight.ended import TokensEnded
from domain.oversight.record import Duty, Job, JobState
from domain.ports import Raced
from domain.records import KINDS
from domain.retention import ending
from domain.sessions import expiring
from domain.sessions.concerns import ConcernRaised
from domain.sessions.request import Request
from domain.sessions.suites import SuiteUse
from domain.sessions.watching import Watch
from tests.domain.given import sample
from tests.domain.world import NOW, PRISON, World

SECOND = timedelta(seconds=1)
PLACE: dict[str, Any] = {"prison": PRISON, "jurisdiction": "EW"}


async def _tick(world: World, act: Any = ending.delete_what_is_over) -> Any:
    return await world.make(world.viewer(Role.SERVICE), Verb.TICK, act)


def _put(world: World, kind: type[Record], **given: Any) -> Any:
    place = {n: v for n, v in PLACE.items() if n in kind.shape.fields}
    return world.put(sample(kind, id=world.ids(), **place, **given))


@pytest.mark.parametrize(
    ("kind", "given", "days"),
    [
        (Duty, {"ends_at": NOW}, 30),
        (Watch, {"ends_at": NOW, "closed_at": NOW}, 1),
        (Request, {"readable_until": NOW, "closed": False}, 60),
        (Job, {"ended_at": NOW, "state": JobState.DONE}, 30),
        (Job, {"ended_at": NOW, "state": JobState.FAILED}, 30),
        (ConcernRaised, {"readable_until": NOW}, 0),
        (SuiteUse, {"readable_until": NOW}, 0),
        (EventTaken, {"taken_at": NOW}, 30),
        (TokensEnded, {"until": NOW}, 0),
    ],
    ids=[
        *("duty", "watch", "request", "job that is done", "job that failed", "concern", "use of a suite", "event"),
        "tokens that were ended",
    ],
)
async def test_each_goes_when_its_time_has_come(
    world: World, kind: type[Record], given: dict[str, Any], days: int
) -> None:
    """To the second, not before; and its line says by name and id what was deleted, with the version that it had; of an
    event, whose id is not ours, by name alone."""
    record = _put(world, kind, **given)
    world.clock.now = NOW + timedelta(days=days) - SECOND
    assert await _tick(world) == 0
    assert world.kept(record) == record
    assert world.store.entries == []
    world.clock.forward(seconds=1)
    assert await _tick(world) == 1
    assert world.records(kind) == []
    (change,) = world.entry.changes
    said = None if kind in (EventTaken, TokensEnded) else record.id
    assert (change.kind, change.id, change.before) == (kind.shape.kind, said, record.version)
    assert world.entry.outcome is Outcome.DONE


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        (Watch, {"ends_at": NOW, "closed_at": None}),
        (Request, {"readable_until": NOW, "closed": True}),
        (Job, {"state": JobState.WAITING, "ended_at": None, "made_at": NOW}),
        (Job, {"state": JobState.RUNNING, "ended_at": None, "made_at": NOW}),
    ],
    ids=["a watch that nobody closed", "a request that leaves otherwise", "a job that waits", "a job that runs"],
)
async def test_what_has_not_ended_does_not_go(world: World, kind: type[Record], given: dict[str, Any]) -> None:
    """However old: it is ended first; and a closed-policy request leaves by the batch of its hour alone (rule 2)."""
    record = _put(world, kind, **given)
    world.clock.now = NOW + timedelta(days=1000)
    assert await _tick(world) == 0
    assert world.kept(record) == record


async def test_nothing_else_is_deleted(world: World) -> None:
    """No record of another kind goes by this clock, whatever its age."""
    by_this_clock = (Duty, Watch, Request, Job, ConcernRaised, SuiteUse, EventTaken, TokensEnded)
    others = [k for name, k in KINDS.items() if k not in by_this_clock and name != "ledger-line"]
    for kind in others:
        _put(world, kind)
    world.clock.now = NOW + timedelta(days=10_000)
    assert await _tick(world) == 0
    assert len(world.store.records) == len(others) > 5


async def test_a_tick_that_did_nothing_is_no_act(world: World) -> None:
    """Twice a second, lines of nothing would be all that the ledger holds: a tick without work leaves none, one with
    work leaves its one line, and one that fails leaves that."""
    for act in (ending.delete_what_is_over, expiring.expire, expiring.take_back, jobs.next_waiting, jobs.requeue):
        await _tick(world, act)
    assert world.store.entries == []
    _put(world, Job, state=JobState.WAITING)
    await _tick(world, jobs.next_waiting)
    assert len(world.store.entries) == 1

    async def fail() -> None:
        service = world.begin(world.viewer(Role.SERVICE), Verb.TICK)
        async with service(Verb.TICK):
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()
    assert [e.outcome for e in world.store.entries] == [Outcome.DONE, Outcome.FAILED]


async def test_what_was_changed_meanwhile_is_not_deleted_unread(world: World) -> None:
    """A deletion is guarded by the version that was read, like any change."""
    duty = _put(world, Duty, ends_at=NOW)
    begin = world.begin(world.viewer(Role.SERVICE), Verb.TICK)
    async with begin(Verb.TICK) as act:
        act.erase(duty)
    assert world.records(Duty) == []
    duty = _put(world, Duty, ends_at=NOW)
    with pytest.raises(Raced):
        await _erase_after_a_change(world, duty)
    assert world.records(Duty) != []


async def _erase_after_a_change(world: World, duty: Duty) -> None:
    begin = world.begin(world.viewer(Role.SERVICE), Verb.TICK)
    async with begin(Verb.TICK) as act:
        world.put(duty, version=2)
        act.erase(duty)

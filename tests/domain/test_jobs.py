"""Long work, read by its maker alone; and disclosure control, which every count passes before it leaves."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.confidentiality.disclosure import View
from domain.confidentiality.roles import Role
from domain.confidentiality.verbs import Verb
from domain.kernel.counts import released
from domain.kernel.errors import Absent
from domain.oversight import jobs
from domain.oversight.counts import table
from domain.oversight.record import Job, JobKind, JobState
from domain.schemes.record import Scheme
from domain.supporters.record import Standing
from tests.domain.given import FEW
from tests.domain.world import World


async def _start(world: World, who: Any, scheme: Scheme) -> View[Job]:
    return await world.make(who, Verb.START_JOB, jobs.start, kind=JobKind.SCHEME_SUMMARY, scheme=scheme.id)


async def _tick(world: World, act: Any, *given: Any) -> Any:
    return await world.make(world.viewer(Role.SERVICE), Verb.TICK, act, *given)


async def test_a_job_waits_runs_and_is_done(world: World) -> None:
    """Started by an act, taken once, done by the service, and read with its result by who started it."""
    scheme, governor = world.scheme(), world.viewer(Role.GOVERNOR)
    for _ in range(12):
        world.supporter(scheme)
    world.supporter(scheme, Standing.PAUSED)
    view = await _start(world, governor, scheme)
    assert (world.kept(view).state, world.kept(view).author) == (JobState.WAITING, governor.actor)
    job = await _tick(world, jobs.next_waiting)
    assert (job.id, job.state, job.progress) == (view.id, JobState.RUNNING, 1)
    assert await _tick(world, jobs.next_waiting) is None
    assert await _tick(world, jobs.running, job.id) == job
    result = await _tick(world, jobs.summarise, job)
    await _tick(world, jobs.finish, job, result)
    read = await world.make(governor, Verb.READ_JOB, jobs.read, view.id)
    assert (read.values["state"], read.values["progress"]) == (JobState.DONE, 100)
    assert read.values["result"] == result
    standings = result["supportersByStanding"]
    assert (standings["ACTIVE"], standings["PAUSED"], standings["STOOD_DOWN"], standings["total"]) == (10, None, 0, 15)
    assert set(standings) == {s.value for s in Standing} | {"total"}
    assert await _tick(world, jobs.running, job.id) is None


async def test_a_job_is_its_maker_s_own(world: World) -> None:
    """Another governor of the same prison finds no job, whatever its state."""
    scheme, governor = world.scheme(), world.viewer(Role.GOVERNOR)
    view = await _start(world, governor, scheme)
    with pytest.raises(Absent):
        await world.make(world.viewer(Role.GOVERNOR), Verb.READ_JOB, jobs.read, view.id)


async def test_a_job_is_about_a_scheme_within_reach(world: World) -> None:
    """Another prison's scheme is absent; so is another scheme than one's own, and every scheme while none is known of
    the viewer: a fact that is missing reaches nothing."""
    mine, other, far = world.scheme(), world.scheme("INSIDERS"), world.scheme(prison="LEI")
    coordinator = world.viewer(Role.COORDINATOR, schemes=frozenset({mine.id}))
    await _start(world, coordinator, mine)
    for scheme in (other, far):
        with pytest.raises(Absent):
            await _start(world, coordinator, scheme)
    nobody_s = world.viewer(Role.COORDINATOR, schemes=frozenset())
    with pytest.raises(Absent):
        await _start(world, nobody_s, mine)
    assert len(world.records(Job)) == 1


async def test_a_restart_loses_no_job(world: World) -> None:
    """Jobs that ran when their worker ended wait again; those that wait, or are done, stay as they are."""
    scheme, governor = world.scheme(), world.viewer(Role.GOVERNOR)
    await _start(world, governor, scheme)
    done = await _tick(world, jobs.next_waiting)
    await _tick(world, jobs.finish, done, {})
    await _start(world, governor, scheme)
    ran = await _tick(world, jobs.next_waiting)
    assert await _tick(world, jobs.requeue) == 1
    assert (world.kept(ran).state, world.kept(ran).progress) == (JobState.WAITING, 0)
    assert world.kept(done).state is JobState.DONE
    assert (await _tick(world, jobs.next_waiting)).id == ran.id


async def test_a_job_that_fails_says_so_without_a_result(world: World) -> None:
    """A process that ended without a result leaves a job that FAILED; one that is done is not undone by it."""
    scheme, governor = world.scheme(), world.viewer(Role.GOVERNOR)
    view = await _start(world, governor, scheme)
    job = await _tick(world, jobs.next_waiting)
    await _tick(world, jobs.fail, job.id)
    kept: Job = world.kept(view)
    assert (kept.state, kept.result, kept.ended_at) == (JobState.FAILED, None, world.clock.now)
    other = await _start(world, governor, scheme)
    running = await _tick(world, jobs.next_waiting)
    await _tick(world, jobs.finish, running, {"n": 1})
    await _tick(world, jobs.fail, running.id)
    assert world.kept(other).state is JobState.DONE
    await _tick(world, jobs.fail, world.ids())


# Disclosure control.


@pytest.mark.parametrize(
    ("count", "leaves"), [(0, 0), (1, None), (7, None), (8, 10), (12, 10), (13, 15), (17, 15), (1002, 1000)]
)
def test_small_counts_stay_and_others_are_rounded(count: int, leaves: int | None) -> None:
    """Nothing is nothing; one to seven stay here; all else leaves rounded to the nearest five."""
    assert released(count) == leaves


def test_a_count_is_not_negative() -> None:
    """A number below zero is a defect of ours, not a figure."""
    with pytest.raises(ValueError, match="negative"):
        released(-1)


@FEW
@given(count=st.integers(0, 10_000))
def test_no_released_count_tells_the_exact_one(count: int) -> None:
    """What leaves is 0, nothing, or a multiple of five within two of the truth: five counts look alike."""
    leaves = released(count)
    if leaves is None:
        assert 0 < count < 8
    elif leaves == 0:
        assert count == 0
    else:
        assert leaves % 5 == 0
        assert abs(leaves - count) <= 2


@FEW
@given(cells=st.dictionaries(st.sampled_from("ABCDEFG"), st.integers(0, 60)))
def test_a_table_rounds_its_total_on_its_own(cells: dict[str, int]) -> None:
    """Cells and total leave as they would alone, or not at all: so that no suppressed cell is what is missing from the
    total, nor can be worked out of the others."""
    made = table(cells)
    alone = {**{n: released(c) for n, c in cells.items()}, "total": released(sum(cells.values()))}
    assert all(told in (None, alone[name]) for name, told in made.items())
    assert list(made) == [*sorted(cells), "total"]


def test_a_table_does_not_give_away_what_is_missing() -> None:
    """8, 8 and 1: rounded each on its own, with a total of 17, the third is 1 and nothing else."""
    told = table({"A": 8, "B": 8, "C": 1})
    assert told["C"] is None
    assert list(told.values()).count(None) == 2
    assert table({"A": 12, "B": 9, "C": 1}) == {"A": 10, "B": 10, "C": None, "total": 20}


def test_a_suppressed_cell_is_not_the_difference() -> None:
    """12, 3 and 7 with a total of 22: of the three only the first leaves, and the rest could be anything up to ten."""
    assert table({"A": 12, "B": 3, "C": 7}) == {"A": 10, "B": None, "C": None, "total": 20}

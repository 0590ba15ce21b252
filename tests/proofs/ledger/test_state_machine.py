"""Any acts in any order: kept records are records with a line, every attempt has its line, and nothing is shown when
the ledger cannot be written."""

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.http.operations import EACH_FOR_ITSELF, operation
from tests.proofs.ledger import house
from tests.proofs.ledger.attempts import example
from tests.proofs.ledger.machine import Machine, told_again
from tests.proofs.ledger.telling import Counts, Telling

COMMON: dict[str, Any] = {"deadline": None, "suppress_health_check": list(HealthCheck), "database": None}
PER_COMMIT = settings(**COMMON, derandomize=True, max_examples=40, stateful_step_count=50)
OVER_POSTGRES = settings(**COMMON, derandomize=True, max_examples=14, stateful_step_count=40)
TIMERS = 8
EVERY_SORT = frozenset({200, 201, 400, 403, 404, 409, 412, 422, 503})
CREATE = operation("createScheme")
NIGHTLY = settings(**COMMON, max_examples=400, stateful_step_count=50, phases=[Phase.generate, Phase.shrink])


@pytest.fixture(scope="module")
def runner() -> Iterator[asyncio.Runner]:
    """One loop for all stories."""
    with asyncio.Runner() as made:
        yield made


def tell(runner: asyncio.Runner, machine: type[Machine], given: settings, **with_a_fault: Any) -> Counts:
    """Tell as many stories as the settings say, and count."""
    counts = Counts()
    kind = type(machine.__name__, (machine,), {"runner": runner, "total": counts, **with_a_fault})
    run_state_machine_as_test(kind, settings=given)
    return counts


class InMemory(Machine):
    """Over the store that forgets."""

    opened = staticmethod(house.in_memory)


class InPostgres(Machine):
    """Over PostgreSQL; and the same story, told to the store that forgets, has the same answers (R14)."""

    opened = staticmethod(house.in_postgres)
    compared = 0

    def teardown(self) -> None:
        """Let the store go, and tell the story again."""
        super().teardown()
        compared, different = self.runner.run(told_again(self.telling))
        InPostgres.compared += compared
        assert different is None, different


def test_the_ledger_agrees_with_the_store_that_forgets(runner: asyncio.Runner) -> None:
    """After every step of every story: each change has its line and each line its change, version by version; each
    attempt of a known viewer has one line, each of a stranger none; an outage shows and keeps nothing; a used key makes
    nothing twice; a closed matter names nobody in custody and tells the hour."""
    counts = tell(runner, InMemory, PER_COMMIT)
    print(f"memory: {counts}")
    assert_told(counts, steps=1000)


def test_the_ledger_agrees_with_postgresql(runner: asyncio.Runner) -> None:
    """The same over PostgreSQL, read as its owner; and the store that forgets answers the same, word for word."""
    InPostgres.compared = 0
    counts = tell(runner, InPostgres, OVER_POSTGRES)
    print(f"PostgreSQL: {counts}; {InPostgres.compared} answers the same in memory")
    assert_told(counts, steps=200, answers=EVERY_SORT - {422})  # few steps, and among many operations few of bad bodies
    assert InPostgres.compared > 100


async def test_every_timer_leaves_both_stores_to_go_on_alike() -> None:
    """A timer that is SQL is none of the store that forgets; what is done after it is answered the same."""
    async with house.in_postgres() as (world, reader):
        told = await Telling.begun(world, reader)
        for number in range(TIMERS):
            created = example(CREATE, CREATE.example.by, number)
            for name, given in (("tick", (number,)), ("attempt", (created,))):
                assert not await told.step(name, *given)
    assert await told_again(told) == (TIMERS, None)


async def test_an_account_of_somebody_in_custody_goes_once_it_lies_beside_conduct() -> None:
    """He says that he asked; on the next day the timer makes conduct of it, and takes the letter out."""
    async with house.in_memory() as (world, reader):
        told, dispute = await Telling.begun(world, reader), operation("handInDispute")
        attempt = example(dispute, "arthur", 1)
        for step, given in (("attempt", (attempt,)), ("later", (90_000.0,)), *(("tick", (n,)) for n in range(24))):
            assert not await told.step(step, *given)
    assert told.heard[0][1] == 201


@pytest.mark.parametrize("name", EACH_FOR_ITSELF)
async def test_a_batch_of_one_is_told_by_the_key_of_its_item(name: str) -> None:
    """Sent again it is a replay, and when two send it at the same instant one of them is."""
    async with house.in_memory() as (world, reader):
        told, batch = await Telling.begun(world, reader), operation(name)
        attempt = example(batch, batch.example.by, 1)
        for step, given in (("later", (2_700_000.0,)), ("meanwhile", (attempt, attempt)), ("again", (0, None))):
            assert not await told.step(step, *given)


def assert_told(counts: Counts, *, steps: int, answers: frozenset[int] = EVERY_SORT) -> None:
    """That there was something to tell: enough steps, changes, lines, and every sort of answer."""
    assert counts.steps >= steps
    assert counts.lines > counts.steps / 2
    assert counts.kept > steps / 20
    assert answers <= counts.statuses.keys()
    assert sum(n for status, n in counts.statuses.items() if status < 300) > counts.attempts / 6


@pytest.mark.nightly
def test_twenty_thousand_steps_agree_in_memory(runner: asyncio.Runner) -> None:
    """The same, for a night, from a seed that nobody chose."""
    counts = tell(runner, InMemory, NIGHTLY)
    print(f"memory: {counts}")
    assert_told(counts, steps=10_000)


@pytest.mark.nightly
def test_twenty_thousand_steps_agree_in_postgresql(runner: asyncio.Runner) -> None:
    """The same, for a night, over PostgreSQL and again over memory (U1, R14)."""
    counts = tell(runner, InPostgres, NIGHTLY)
    print(f"PostgreSQL: {counts}; {InPostgres.compared} answers the same in memory")
    assert_told(counts, steps=10_000)

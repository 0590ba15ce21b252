"""Hidden or absent: the same work, over PostgreSQL. Every statement is counted, whoever sends it."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from random import Random
from typing import Any

import pytest

from domain.ports import Kept, Scope
from persistence import driver
from tests.http import stores
from tests.http.operations import OF_ONE, Operation
from tests.proofs.noninterference import knowledge
from tests.proofs.noninterference.dice import Rolled
from tests.proofs.noninterference.drawing_secrets import VIEWERS, state_pairs
from tests.proofs.noninterference.house import Heard, House
from tests.proofs.noninterference.judging import alike
from tests.proofs.noninterference.knowledge import ABSENT, mind
from tests.proofs.noninterference.runs import Asked, World
from tests.proofs.noninterference.state import Edit, State, base, changed, entry
from tests.proofs.noninterference.test_leaks import SWITCHBOARD
from tests.proofs.noninterference.traces import TICK, Trace

_ALL = Scope(None, True)


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The text of every statement on every connection, in order."""
    texts: list[str] = []
    connect = driver.connect

    async def listened_to(*given: Any, **named: Any) -> Any:
        connection = await connect(*given, **named)
        connection.add_query_logger(lambda query: texts.append(query.query))
        return connection

    monkeypatch.setattr(driver, "connect", listened_to)
    return texts


@asynccontextmanager
async def standing(home: House, state: State) -> AsyncGenerator[None]:
    """The house over PostgreSQL, with that state in it."""
    async with stores.opened(stores.POSTGRESQL, home.turn.clock) as store:
        home.enter(store)
        for line in state.entries:
            await store.abandon(line)
        await store.settle(
            entry("entry:nobody", "far-man", closed=True), [Kept(r, 0) for r in state.records.values()], _ALL
        )
        home.enter(store)
        yield


def _hidden(operation: Operation) -> list[tuple[str, str]]:
    """(viewer, id): records that are there and out of reach of somebody who may do this; one a place and viewer."""
    found: dict[tuple[str, str], str] = {}
    kind = knowledge.about(operation)
    for name in VIEWERS:
        who = mind(name)
        if operation not in who.may or len(who.eyes.may(operation.verb)) != 1:
            continue
        for (k, id), record in base().records.items():
            if k == kind and not who.eyes.reaches(operation.verb, record):
                found.setdefault((name, str(getattr(record, "prison", ""))), str(id))
    return [(name, id) for (name, _), id in found.items()]


async def _first_that_differs(home: House, said: list[str], operations: Sequence[Operation], each: int) -> str:
    """The first (operation, viewer, record) for which hidden and absent differ; empty: none does."""
    absences = 0
    async with standing(home, base()):
        for operation in operations:
            for name, id in _hidden(operation)[:each]:
                body = None if operation.method == "GET" else knowledge.on_the_wire_body(operation, name)
                headers = (("if-match", '"00000000000000000000000000000000"'),) if operation.moves else ()
                heard: list[tuple[list[str], Heard]] = []
                for named in (ABSENT, id, ABSENT, id):  # once each first, so that nothing is prepared for one alone
                    home.turn.worlds += 1
                    home.turn.again("hex")
                    home.stand.step()
                    said.clear()
                    answer = await home.say(name, operation.method, operation.path_of(named), "", headers, body)
                    heard.append((list(said), answer))
                (statements, absent), hidden = heard[2:]
                assert len(statements) >= 2, "no statement was heard"
                # What a body may not say at all is told before anything is looked for.
                assert absent.status in (404, 422), (operation.name, name, absent.body)
                absences += absent.status == 404
                if hidden != (statements, absent):
                    return f"{operation} {name} {id}"
    assert absences > 2 * len(operations)
    return ""


async def test_hidden_and_absent_cost_the_same_statements(home: House, said: list[str]) -> None:
    """Each operation on one record, viewers who may do it, a record out of their reach: the statements that run are the
    same texts in the same order as for an id that never was, and so is every byte of the answer."""
    assert await _first_that_differs(home, said, OF_ONE, 5) == ""


async def test_a_look_more_is_counted(home: House, said: list[str]) -> None:
    """The count can fail: where a record that is there costs one look more, it says for whom."""
    leak = next(one for one in SWITCHBOARD if one.name == "looked_at_twice")
    with leak.planted(home):
        assert (await _first_that_differs(home, said, OF_ONE[:1], 1)).startswith("getScheme")


@pytest.mark.nightly
async def test_everything_hidden_costs_the_same_statements(home: House, said: list[str]) -> None:
    """The same for every viewer and every prison."""
    assert await _first_that_differs(home, said, OF_ONE, 1000) == ""


async def _over_postgresql(home: House, traces: int, seed: object) -> int:
    """How many pairs of states were the same over PostgreSQL."""
    dice, judged = Rolled(Random(f"{seed}")), 0
    for _ in range(traces):
        trace = state_pairs(dice, VIEWERS)
        first, second = base(), changed(base(), trace.secrets)
        if not all(isinstance(s, Edit) for s in trace.secrets) or alike(trace.viewer, first.all(), second.all()):
            continue
        asked = await _asked(home, trace)
        heard: list[list[Heard]] = []
        for state in (first, second):
            try:
                async with standing(home, state):
                    heard.append([await _say(home, trace.viewer, n, each) for n, each in enumerate(asked)])
            except Exception as refused:  # a state that the tables do not hold is no state
                if type(refused).__name__ not in ("Fault", "Clash", "Raced"):
                    raise
                break
        if len(heard) == 2:
            assert heard[0] == heard[1], trace.as_json()
            judged += 1
    return judged


async def _asked(home: House, trace: Trace) -> list[Asked]:
    """What is asked, in bytes: as it comes about over the store that forgets."""
    one = World(home, base(), trace)
    for index, step in enumerate(trace.steps):
        await one._low(index, step, True, None, trace.viewer)  # pyright: ignore[reportPrivateUsage]
    return one.run.asked


async def _say(home: House, name: str, low: int, asked: Asked) -> Heard:
    home.turn.low = low
    home.stand.step()
    if asked.method == TICK:
        return Heard(0, (), b"")
    return await home.say(name, asked.method, asked.path, asked.query, asked.headers, asked.body)


async def test_a_few_pairs_are_the_same_over_postgresql(home: House) -> None:
    """P1 over the database that serves: a sample, for its planner, row security and constraints are others."""
    assert await _over_postgresql(home, 12, "common") >= 4


@pytest.mark.nightly
async def test_many_pairs_are_the_same_over_postgresql(home: House) -> None:
    """The same, three hundred times."""
    assert await _over_postgresql(home, 300, Random().random()) >= 150

"""Every operation, done once as it is documented: by whom it is for, and written down."""

import pytest

from domain.confidentiality.entry import Outcome
from tests.http import cast
from tests.http.operations import AT_QUEUES, EXAMPLES, OPERATIONS, Operation, roles_of
from tests.http.world import World


def test_every_operation_has_an_example_and_no_example_is_of_none() -> None:
    """What runs over all operations runs over all there are."""
    assert sorted(EXAMPLES) == sorted(o.name for o in OPERATIONS)


@pytest.mark.parametrize("operation", OPERATIONS, ids=str)
async def test_an_operation_is_done_for_whom_it_is_meant_and_written_down(world: World, operation: Operation) -> None:
    """Each answers as the document says, with one entry that names verb, role, rule and outcome; what only looks
    changes nothing, and what changes keeps something."""
    sending = operation.moves
    before = len(world.entries())
    answer = await operation.send(world)
    assert answer.is_success, answer.text
    entries = world.since(before)[1 if sending else 0 :]  # a move read the record's tag first
    assert [e.verb for e in entries] == [operation.verb]
    (entry,) = entries
    assert entry.outcome is Outcome.DONE
    assert entry.role in roles_of(cast.CAST[operation.example.by])
    assert entry.rule is not None
    assert entry.purpose is not None
    assert entry.at <= world.now
    keeps = operation.method != "GET" and operation.verb not in AT_QUEUES
    assert bool(world.seen.kept or world.seen.letters) is keeps
    assert bool(entry.changes) is bool(world.seen.kept)


@pytest.mark.parametrize("operation", [o for o in OPERATIONS if o.method == "POST" and not o.moves], ids=str)
async def test_what_was_made_is_where_the_answer_says(world: World, operation: Operation) -> None:
    """`Location` is sent with what has an address, and leads there; what is handed in has none."""
    answer = await operation.send(world)
    place = answer.headers.get("location")
    assert (place is not None) is ("id" in (answer.json() if answer.content else {}))
    if place is not None:
        assert place == f"{operation.flat}/{answer.json()['id']}"
        assert world.house.contract.operation("GET", place) is not None

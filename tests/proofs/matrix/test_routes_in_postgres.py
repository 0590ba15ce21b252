"""A seeded sample of the route matrix over PostgreSQL: the store in memory, over which all of it runs, is no kinder and
no stricter than the database. What the tables refuse to hold is no cell."""

import asyncio
from collections.abc import Iterator
from random import Random

import pytest

from domain.oversight.record import Assignment, Duty
from domain.ports import Clash, Raced
from domain.supporters.record import Supporter
from persistence.faults import Fault
from persistence.store import PostgresStore
from tests.persistence.conftest import copied
from tests.persistence.samples import EVERYWHERE, entry, look, new
from tests.proofs.matrix import cells
from tests.proofs.matrix.account import Counted
from tests.proofs.matrix.cells import Cell
from tests.proofs.matrix.judge import NOWHERE
from tests.proofs.matrix.masks import unmasked
from tests.proofs.matrix.standing import furnish, stand_over
from tests.servers import Urls, drop_database

SEED = 20261123
EACH = 5
"""How many cells of an operation are drawn."""


def drawn(seed: int, each: int) -> list[Cell]:
    """Cells that change nothing, of every operation, half of them past the gate; none that makes somebody more than he
    is, for what is placed stays."""
    random = Random(seed)
    by_operation: dict[tuple[str, bool], list[Cell]] = {}
    for cell in cells.all_cells():
        apart = len(cell.instead) > 1  # the tables hold them all
        if (
            not cell.changes
            and not apart
            and not any(isinstance(r, Supporter | Duty | Assignment) for r in cell.placed)
        ):
            by_operation.setdefault((cell.operation.name, isinstance(cell.decision, int)), []).append(cell)
    return [cell for found in by_operation.values() for cell in random.sample(found, min(each, len(found)))]


async def placed(store: PostgresStore, cell: Cell) -> bool:
    """Whether the tables hold what the cell needs."""
    for record in cell.placed:
        try:
            await store.settle(entry(), [new(record)], EVERYWHERE)
        except Raced:
            # An earlier cell's, and the same; or one that cannot stand beside what is there.
            known = (record.shape.kind, record.id) in cells.standing()
            return not known and await store.get(type(record), record.id, look()) is not None
        except (Clash, Fault):
            return False
    return True


@pytest.fixture
def furnished() -> Iterator[Urls]:
    """A database with three prisons in it. Version 15 has the same statements, and proofs of its own."""
    urls = copied("18")
    asyncio.run(furnish(urls))
    yield urls
    drop_database(urls)


@pytest.mark.parametrize(
    ("seed", "each"), [(SEED, EACH), pytest.param(SEED + 1, 60, marks=pytest.mark.nightly)], ids=["", "many"]
)
async def test_a_sample_of_the_cells_is_answered_alike_in_postgres(
    furnished: Urls, seed: int, each: int, counted: Counted
) -> None:
    """The same statuses, the same absence, one line, the same masks."""
    number, wrong = 0, []
    async with stand_over(furnished) as (stand, store):
        for cell in drawn(seed, each):
            if not await placed(store, cell):
                continue
            number += 1
            stand.over(store)
            reply = await stand.send(cell.who, cell.operation.method, cell.path, body=cell.body, headers=cell.headers)
            lines = len(stand.lines)
            if reply.status not in cell.expected or lines != 1 or stand.seen.letters:
                wrong.append(f"{cell}: {reply.status}, {lines} lines")
            if cell.absent and reply.seen != (await stand.send(cell.who, "GET", NOWHERE)).seen:
                wrong.append(f"{cell}: not the absence of what never existed")
            if reply.status < 300 and not isinstance(cell.decision, int):
                wrong += unmasked(cell.decision, reply)
    assert wrong == []
    counted("cells of the matrix over PostgreSQL, 0 mismatches", number, at_least=300)

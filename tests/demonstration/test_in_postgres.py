"""The year in a real database: every constraint holds, and what comes out is what went in."""

from collections.abc import AsyncIterator
from datetime import datetime
from uuid import uuid4

import pytest

from api.capacities import service_viewer
from api.demonstration.examples import find_examples
from api.demonstration.seed import seed
from api.demonstration.year import a_year
from domain.confidentiality.record import Record, with_version
from domain.ports import Look, Query, Scope
from persistence import keys, migrate
from persistence.engine import open_engine
from persistence.store import PostgresStore
from tests.demonstration.stage import NOW, counting
from tests.servers import Urls

LOOK = Look((), service_viewer(), NOW, Scope(None, True))


def clock() -> datetime:
    """The instant of the demonstration."""
    return NOW


@pytest.fixture
async def store(database: Urls) -> AsyncIterator[PostgresStore]:
    """An empty one, with all migrations run."""
    await migrate.upgrade(database.owner_url)
    engine = await open_engine(database.app_url)
    store = PostgresStore(engine, keys.Keys.parse(keys.generate()), clock)
    yield store
    await store.close()


async def test_the_whole_year_goes_in_and_comes_out(store: PostgresStore) -> None:
    """No constraint, fence or column refuses it; each record is read back equal, names out of their ciphertext too."""
    seeded = await seed(store, counting(), NOW, list[str]().append)
    expected = a_year(counting(), NOW)
    found: list[Record] = []
    for kind in {type(r) for r in expected.records}:
        found += await store.find(kind, Query(limit=10_000), LOOK)
    assert len(found) == len(expected.records) == sum(seeded.records.values())
    assert {r.id: r for r in found} == {r.id: with_version(r, 1) for r in expected.records}
    assert await find_examples(store, uuid4, NOW) == seeded.examples
    assert all(getattr(seeded.examples, name) is not None for name in ("request", "next_session", "applicant"))

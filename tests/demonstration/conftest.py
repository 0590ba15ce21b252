"""One seeded store for all tests here (who would change it takes a copy), and years that end at awkward instants."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

import pytest

from api.demonstration.seed import Seeded, seed
from api.demonstration.year import Year, a_year
from persistence.memory import MemoryStore
from tests.demonstration.stage import INSTANTS, NOW


@dataclass(frozen=True)
class Played:
    """A store, what seeding said of it, and what it told meanwhile."""

    store: MemoryStore
    seeded: Seeded
    told: list[str]


@pytest.fixture(scope="session")
def played() -> Played:
    """The demonstration's year in a store that forgets, seeded once for the whole run."""
    store, told = MemoryStore(), list[str]()
    return Played(store, asyncio.run(seed(store, uuid4, NOW, told.append)), told)


@pytest.fixture(scope="session", params=[*INSTANTS.values()], ids=[*INSTANTS])
def now(request: pytest.FixtureRequest) -> datetime:
    """The instant that a year ends at."""
    return request.param


@pytest.fixture(scope="session")
def year(now: datetime) -> Year:
    """The year that ends then."""
    return a_year(uuid4, now)

"""For tests of the rules: a fresh world for each."""

import pytest

import domain.records  # noqa: F401  (every kind of record is known before any test asks for them)
from tests.domain.night import Night
from tests.domain.world import World


@pytest.fixture
def world() -> World:
    """A world with nobody in it yet."""
    return World()


@pytest.fixture
def night(world: World) -> Night:
    """A night at 02:10."""
    return Night(world)

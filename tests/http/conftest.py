"""The world, once for each store. A module of many tests that never reach a store keeps to memory, and says so."""

from collections.abc import AsyncGenerator

import pytest

from tests.http import stores, world


@pytest.fixture(params=stores.NAMES)
async def empty(request: pytest.FixtureRequest) -> AsyncGenerator[world.World]:
    """A world with its cast, and nothing else: a story makes its own schemes."""
    async with (
        stores.opened(request.param, world.theatre().stage.clock) as store,
        world.opened(store, furnished=False) as made,
    ):
        yield made


@pytest.fixture(params=stores.NAMES, name="world")
async def furnished(request: pytest.FixtureRequest) -> AsyncGenerator[world.World]:
    """A world with three prisons, furnished."""
    async with stores.opened(request.param, world.theatre().stage.clock) as store, world.opened(store) as made:
        yield made

"""Who could be asked, of ten and of four hundred, is the same number of statements to PostgreSQL (issue C)."""

from collections.abc import Callable
from typing import Any

import asyncpg
import pytest

from domain.supporters.record import Standing
from tests.http.cast import uid
from tests.http.furniture import supporter
from tests.http.places import MOORLAND
from tests.http.stores import POSTGRESQL
from tests.http.test_story_training import away
from tests.http.world import World

SCHEME = f"/v1/schemes/{uid('scheme:listeners')}"


@pytest.fixture
def statements(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every statement that is sent, as it is sent."""
    sent: list[str] = []

    def watched(real: Callable[..., Any]) -> Callable[..., Any]:
        def send(connection: Any, sql: str, *arguments: Any, **more: Any) -> Any:
            sent.append(sql)
            return real(connection, sql, *arguments, **more)

        return send

    for name in ("fetch", "fetchrow", "fetchval", "execute", "executemany"):
        monkeypatch.setattr(asyncpg.Connection, name, watched(getattr(asyncpg.Connection, name)))
    return sent


@pytest.mark.parametrize("world", [POSTGRESQL], indirect=True)
@pytest.mark.parametrize("path", ["eligible-supporters", "team"])
async def test_four_hundred_are_as_many_statements_as_ten(world: World, statements: list[str], path: str) -> None:
    """Word for word the same, and less than six; and the list is longer by those who came."""
    await world.safer.get("/v1/me")
    found: list[tuple[list[str], int]] = []
    for more in (range(10), range(10, 400)):
        await world.keep(
            supporter(MOORLAND, f"supporter:crowd-{n}", "scheme:listeners", f"crowd-{n}", Standing.ACTIVE, **away(n))
            for n in more
        )
        await world.safer.get(f"{SCHEME}/{path}")  # what a first request costs besides is no cost of every request
        statements.clear()
        answer = await world.safer.get(f"{SCHEME}/{path}")
        found.append((list(statements), len(answer.json()["items"])))
    assert found[0][0] == found[1][0]
    assert 1 <= len(found[0][0]) < 6
    able = sum(1 for n in range(10, 400) if path == "team" or not away(n))
    assert found[1][1] - found[0][1] == able

"""An estate of schemes in one look: 120 prisons with twelve each, over HTTP and PostgreSQL, in as many statements as
one scheme takes."""

from collections.abc import AsyncGenerator
from typing import Any
from uuid import UUID

import pytest

from api.work.bench import service_begin
from domain.life.ready import Ready
from domain.life.status import SchemeStatus, status
from domain.life.watching_over import watch_over
from persistence import driver
from tests.http import lives, stores
from tests.http.cast import START
from tests.http.places import TODAY, Place
from tests.http.world import World, opened
from tests.plans import PLANS

PRISONS, EACH = 120, 12


def estate() -> list[Any]:
    """Schemes of made-up prisons, each with how it stands."""
    found: list[Any] = []
    for prison in range(PRISONS):
        place = Place(f"estate:{prison}:", f"P{prison:03d}")
        for number in range(EACH):
            kind = ("LISTENERS", "INSIDERS", "SHANNON_TRUST")[number % 3]
            found.append(lives.scheme(place, f"scheme:{number}", kind))
    return found


def stands(scheme: Any) -> SchemeStatus:
    """With a supporter and somebody who leads."""
    plans: dict[str, bool] = dict.fromkeys(PLANS, False)
    return status(Ready(scheme=scheme, today=TODAY, active=1, in_role=1, led=True, plans=plans), START)


@pytest.fixture
async def world(monkeypatch: pytest.MonkeyPatch) -> AsyncGenerator[tuple[World, list[str]]]:
    """A world over PostgreSQL, and the text of every statement."""
    texts: list[str] = []
    connect = driver.connect

    async def listened_to(*given: Any, **named: Any) -> Any:
        connection = await connect(*given, **named)
        connection.add_query_logger(lambda query: texts.append(query.query))
        return connection

    monkeypatch.setattr(driver, "connect", listened_to)
    async with stores.opened(stores.POSTGRESQL, lambda: START) as store, opened(store, furnished=False) as made:
        yield made, texts


async def asked(world: World, texts: list[str], limit: int) -> tuple[list[Any], list[str]]:
    """Headquarters asks how all stand: the items, and the statements that ran."""
    for _ in range(2):  # the first time a caller is worked out, and statements are prepared
        texts.clear()
        answer = await world.headquarters.get(f"/v1/scheme-statuses?limit={limit}")
    return answer.json()["items"], list(texts)


async def test_an_estate_is_one_request_and_as_many_statements_as_one_scheme(world: tuple[World, list[str]]) -> None:
    """1,440 schemes on one page, each with its state, gaps and numbers; the same statements as for a single one."""
    made, texts = world
    schemes = estate()
    await made.keep([stands(schemes[0])])
    (one,), few = await asked(made, texts, 2000)
    await made.keep([stands(s) for s in schemes[1:]])
    items, many = await asked(made, texts, 2000)
    assert len(items) == PRISONS * EACH == len({item["id"] for item in items})
    assert len({item["prison"] for item in items}) == PRISONS
    assert UUID(one["id"]) == schemes[0].id
    assert 0 < len(many) == len(few) <= 4
    assert many == few


async def test_the_clock_s_look_at_a_prison_does_not_grow_with_its_schemes(world: tuple[World, list[str]]) -> None:
    """One scheme or twelve: as many statements a prison, and one for each of the few who lead supervision."""
    made, texts = world
    schemes = estate()[: 2 * EACH]
    await made.keep([schemes[0]])
    await watch_over(service_begin(made.house.runtime))
    texts.clear()
    await watch_over(service_begin(made.house.runtime))
    one = len(texts)
    await made.keep(schemes[1:EACH])
    await watch_over(service_begin(made.house.runtime))
    texts.clear()
    await watch_over(service_begin(made.house.runtime))
    assert 0 < len(texts) == one

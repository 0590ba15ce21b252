"""Ten past two, with a real system of non-associations: what it hears says of nobody that he asked for a Listener, and
not that anybody did (rules 3, 4 and 11)."""

import json
from typing import Any, cast

import pytest

from api.work.bench import service_begin
from domain.people.record import Person
from domain.sessions.asked_about import asked_about
from domain.supporters.record import Standing, Supporter
from persistence.prison.apart import EVERY, KnownApart
from tests.http import tale
from tests.http.cast import CAST
from tests.http.stores import MEMORY_FIRST
from tests.http.tale import done
from tests.http.world import World
from tests.prison.elsewhere import Asked, line, said

FIRST = pytest.mark.parametrize("empty", MEMORY_FIRST, indirect=True)
RECIPIENT = "A4321ZY"
INVOLVING = "/non-associations/involving"


async def active(world: World) -> list[str]:
    """The numbers of all active supporters, by a test's own eyes."""
    people = {each.person for each in await world.records(Supporter, standing=Standing.ACTIVE)}
    return sorted(each.identifier for each in await world.records(Person) if each.id in people)


async def test_all_active_supporters_are_asked_about_and_nobody_else(world: World) -> None:
    """By the clock, as the service, without a line in the ledger: it shows nobody anything."""
    mark = len(world.seen.entries)
    found = await asked_about(service_begin(world.house.runtime))
    assert list(found) == ["NOMS"]
    assert sorted(set(found["NOMS"])) == await active(world) != []
    assert len(world.seen.entries) == mark


async def night(world: World, *, asks: bool) -> list[Asked]:
    """A night in which somebody asks and is offered the one whom nothing keeps from him, or in which nobody asks."""
    await tale.listeners_open(world)
    async with line() as at:
        first, second = str(CAST["listener"].number), str(CAST["second-listener"].number)
        held = {"firstPrisonerNumber": first, "secondPrisonerNumber": RECIPIENT, "isClosed": False}
        at.server.answers[INVOLVING] = said([held])
        known = KnownApart(at.upstream, recorded_as_non_associations=True, monotonic=at.server.monotonic)
        world.stage.apart = cast(Any, known)

        async def round_() -> None:
            assert await known.ask_again((await asked_about(service_begin(world.house.runtime)))["NOMS"])

        await round_()
        if asks:
            await tale.on_duty(world)
            path = await tale.asked(world, recipient=f"Quincy Quagmire {RECIPIENT}")
            offered = await done(world.officer, path, "offer")
            supporters = {str(each.id): each for each in await world.records(Supporter)}
            person = await world.record(Person, supporters[offered["offeredTo"]].person)
            assert person.identifier == second
        at.server.seconds += EVERY
        await round_()
        await known.aclose()
        return at.server.asked


@FIRST
async def test_a_request_leaves_no_trace_there(empty: World) -> None:
    """Two rounds, two questions about both Listeners, in the service's name; the request and its offer add none. The
    enemy is not offered all the same."""
    heard = await night(empty, asks=True)
    questions = [each for each in heard if each.path == INVOLVING]
    listeners = sorted(str(CAST[name].number) for name in ("listener", "second-listener"))
    assert [each.json for each in questions] == [listeners] * 2
    token = [each for each in heard if each not in questions]
    assert [each.body for each in token] == [b"grant_type=client_credentials"]
    written = json.dumps([[each.path, each.query, each.headers, each.body.decode()] for each in heard])
    for canary in (RECIPIENT, "Quagmire", "officer", "A-1-012", "MDI"):
        assert canary not in written


@FIRST
async def test_it_hears_the_same_on_a_night_without_one(empty: World) -> None:
    """What it hears of a quiet night: two questions about both."""
    heard = await night(empty, asks=False)
    assert len([each for each in heard if each.path == INVOLVING]) == 2

"""After a death in the prison: support for every active supporter, and who is told what of it, over HTTP (scenario 13;
CONFIDENTIALITY, decided here; rule 16)."""

from typing import Any

import pytest

from tests.http import tale
from tests.http.cast import uid
from tests.http.stores import MEMORY_FIRST
from tests.http.tale import done, moved
from tests.http.world import World, codes, observed, problem

pytestmark = pytest.mark.parametrize("empty", MEMORY_FIRST, indirect=True)

TASKS = "/v1/postvention-tasks"


async def opened(world: World) -> tuple[str, list[str], str]:
    """Listeners, two of them active; a death, and safer custody opens it: scheme, supporters, postvention."""
    scheme, supporters = await tale.listeners_open(world)
    answer = await world.safer.post(f"{scheme}/postventions")
    assert answer.status_code == 201, answer.text
    return scheme, supporters, answer.headers["location"]


async def own(world: World, name: str) -> dict[str, Any]:
    """His one offer."""
    (item,) = (await world[name].get(TASKS)).json()["items"]
    return item


async def test_every_active_supporter_is_offered_support_whoever_was_called(empty: World) -> None:
    """Both, of whom one was with somebody that night and the other was not: the same offer, in the same words. Whose
    death it was is nowhere in it."""
    scheme, _ = await tale.listeners_open(empty)
    await tale.on_duty(empty)
    await tale.met(empty, await tale.asked(empty))
    made = await empty.safer.post(f"{scheme}/postventions")
    shown = made.json()
    assert (shown["supporters"], shown["openedOn"]) == (2, "2027-01-06")
    assert set(shown) == {
        *("id", "scheme", "jurisdiction", "prison", "organisation", "openedOn", "openedBy", "supporters", "withheld"),
    }
    one, other = await own(empty, "listener"), await own(empty, "second-listener")
    differs = {member for member in one if one[member] != other[member]}
    assert differs == {"id", "supporter", "person"}
    assert (one["state"], one["offeredOn"]) == ("OFFERED", "2027-01-06")


async def test_a_second_death_that_day_needs_no_second_offer(empty: World) -> None:
    """Once a day; and of those who rest or are gone, none is asked the next day."""
    scheme, (path, _), _ = await opened(empty)
    assert codes(await empty.safer.post(f"{scheme}/postventions")) == ["ALREADY_OPENED"]
    await done(empty.listener, path, "pause")
    empty.later(days=1)
    again = await empty.safer.post(f"{scheme}/postventions")
    assert (again.status_code, again.json()["supporters"]) == (201, 1)
    assert len((await empty.listener.get(TASKS)).json()["items"]) == 1
    assert len((await empty["second-listener"].get(TASKS)).json()["items"]) == 2


async def test_he_takes_it_or_leaves_it_and_the_partner_gives_it(empty: World) -> None:
    """A no is no end: he may say yes later. What was given is given."""
    await opened(empty)
    path = f"{TASKS}/{(await own(empty, 'listener'))['id']}"
    assert (await done(empty.listener, path, "answer", {"accepted": False}))["state"] == "DECLINED"
    empty.later(days=3)
    yes = await done(empty.listener, path, "answer", {"accepted": True})
    assert (yes["state"], yes["answeredOn"]) == ("ACCEPTED", "2027-01-09")
    assert (await empty.listener.post(f"{path}/give", tag='"x"')).status_code == 404
    given = await done(empty.samaritan, path, "give")
    assert (given["state"], given["givenOn"]) == ("GIVEN", "2027-01-09")
    refused = await moved(empty.listener, path, "answer", {"accepted": False})
    assert refused.status_code == 404 or codes(refused) == ["STATE_GIVEN"]


async def test_how_anybody_took_it_is_his_and_the_partners(empty: World) -> None:
    """Safer custody, governor and board read that it was offered, and to how many; who took it, none of them."""
    _, _, path = await opened(empty)
    task = f"{TASKS}/{(await own(empty, 'listener'))['id']}"
    for name in ("safer", "governor", "imb", "inspector", "coordinator", "samaritan"):
        assert (await empty[name].get(path)).json()["supporters"] == 2
    assert len((await empty.samaritan.get(TASKS)).json()["items"]) == 2
    for name in ("safer", "governor", "imb", "inspector", "officer", "hub", "headquarters"):
        for where in (TASKS, task):
            assert (await empty[name].get(where)).status_code == 403, name
    never = f"{TASKS}/{uid('never-existed')}"
    for name in ("second-listener", "coordinator", "facilitator", "arthur", "peer-coordinator"):
        assert observed(await empty[name].get(task)) == observed(await empty[name].get(never))
        assert (await empty[name].get(task)).status_code == 404


@pytest.mark.parametrize("by", ["officer", "coordinator", "samaritan", "governor", "imb", "listener"])
async def test_safer_custody_alone_opens_it(empty: World, by: str) -> None:
    """Anybody else asks safer custody; nobody learns from the refusal whether it was opened."""
    scheme, _ = await tale.listeners_open(empty)
    before = await empty[by].post(f"{scheme}/postventions")
    await empty.safer.post(f"{scheme}/postventions")
    assert observed(await empty[by].post(f"{scheme}/postventions")) == observed(before)
    assert before.status_code == (404 if by == "listener" else 403)
    assert problem(before)[2] == []

"""What a transfer does to security's word, what leaving early does to a place, and what cannot be said of an
applicant (F13, F14, F18, S17, S18)."""

import dataclasses
from typing import Any

import pytest

from domain.confidentiality.roles import Role
from domain.people.record import Person
from domain.supporters.record import Supporter
from domain.supporters.recruiting.vacancies import Vacancy
from tests.http import tale
from tests.http.cast import CAST, person, uid
from tests.http.joining import join
from tests.http.places import MOORLAND
from tests.http.recruiting_furniture import application
from tests.http.stores import MEMORY_FIRST
from tests.http.tale import done, moved
from tests.http.test_story_recruiting import YES, advertised, applied, scored
from tests.http.world import World, codes, problem

MENTOR = f"/v1/supporters/{uid('supporter:mentor')}"


async def accepted(world: World, who: str, scheme: str, vacancy: str) -> str:
    """He applies for the place, is found fit, and both say yes: his path."""
    path = await applied(world, who, scheme, vacancy)
    await tale.suited(world, path)
    await scored(world, path, 3, "coordinator", "samaritan")
    await done(world.coordinator, path, "decide", YES)
    await done(world.samaritan, path, "decide", YES)
    return path


async def to_renew(world: World) -> set[str]:
    """The clearances that security is asked to renew."""
    return {each["id"] for each in (await world.security.get("/v1/clearance-renewals?limit=100")).json()["items"]}


async def filled(world: World, vacancy: str) -> int:
    """How many of its places are taken."""
    return (await world.coordinator.get(vacancy)).json()["filled"]


@pytest.mark.parametrize("world", MEMORY_FIRST, indirect=True)
async def test_clearance_never_goes_with_anybody(world: World) -> None:
    """F18: on transfer it lapses where it was given; the next prison finds none, by any address, and clears anew."""
    given = await world.security.post(f"{MENTOR}/clearances", {"outcome": "CLEARED", "expiresOn": "2026-12-20"})
    assert given.status_code == 201, given.text
    word = given.headers["location"]
    assert (await world.security.get(word)).json()["lapsedOn"] is None
    assert given.json()["id"] in await to_renew(world)
    gone = await done(world.coordinator, MENTOR, "stand-down", {"reason": "TRANSFERRED"})
    assert gone["standing"] == "TRANSFERRED_OUT"
    assert (await world.security.get(word)).json()["lapsedOn"] == "2026-11-23"
    assert given.json()["id"] not in await to_renew(world), "there is nothing to renew"
    there = await join(world, "far-security", Role.SECURITY, prison="LEI")
    for path in (word, f"{MENTOR}/clearances"):
        assert (await there.get(path)).status_code == 404
    moved_on = await world.record(Person, person("mentor"))
    await world.change(dataclasses.replace(moved_on, prison="LEI", wing="LEI-A"))
    number, name = str(CAST["mentor"].number), CAST["mentor"].full_name
    body = {"scheme": str(uid("far:scheme:shannon")), "wing": "LEI-A", "identifier": number, "name": name}
    made = await world["far-coordinator"].post("/v1/supporters", body)
    assert made.status_code == 201, made.text
    path = made.headers["location"]
    assert (await there.get(f"{path}/clearances")).json()["items"] == []
    refused = await moved(world["far-coordinator"], path, "decide", YES)
    assert codes(refused) == ["CLEARANCE_MISSING", "NOT_ASSESSED"]


@pytest.mark.parametrize("empty", MEMORY_FIRST, indirect=True)
async def test_whoever_leaves_before_he_serves_frees_his_place(empty: World) -> None:
    """F14: one place, taken three times: he who thinks better of it and he who fails give it back."""
    scheme, vacancy = await advertised(empty)
    first = await accepted(empty, "arthur", scheme, vacancy)
    second = await applied(empty, "ben", scheme, vacancy)
    await tale.suited(empty, second)
    await scored(empty, second, 3, "coordinator", "samaritan")
    await done(empty.coordinator, second, "decide", YES)
    assert codes(await moved(empty.samaritan, second, "decide", YES)) == ["PILOT_FULL", "PLACES_FILLED"]
    await done(empty.coordinator, first, "stand-down", {"reason": "OWN_WISH"})
    assert await filled(empty, vacancy) == 0
    await done(empty.samaritan, second, "decide", YES)
    assert await filled(empty, vacancy) == 1
    await done(empty.coordinator, second, "train", {"modulesPassed": ["LISTENING"]})
    await done(empty.samaritan, second, "fail", {"module": "BOUNDARIES"})
    assert await filled(empty, vacancy) == 0
    for gone in (first, second):
        (word,) = (await empty.security.get(f"{gone}/clearances")).json()["items"]
        assert word["lapsedOn"] == "2026-11-23", "there is nothing to renew"
    third = await accepted(empty, "listener", scheme, vacancy)
    assert (await empty.coordinator.get(third)).json()["standing"] == "ACCEPTED"
    assert await filled(empty, vacancy) == 1


@pytest.mark.parametrize("world", MEMORY_FIRST, indirect=True)
async def test_a_place_that_was_served_stays_filled(world: World) -> None:
    """Whoever served filled it: another in his stead is another vacancy. And who was never taken on took none."""
    vacancy = await world.record(Vacancy, uid("vacancy"))
    await world.change(dataclasses.replace(vacancy, filled=1))
    served = await world.record(Supporter, uid("supporter:insider"))
    await world.keep([application(MOORLAND, "application:served", served, vacancy=vacancy.id)])
    for name in ("insider", "applied"):
        await done(world.coordinator, f"/v1/supporters/{uid(f'supporter:{name}')}", "stand-down", {"reason": "HEALTH"})
        assert await filled(world, f"/v1/vacancies/{vacancy.id}") == 1, name


@pytest.mark.parametrize("empty", MEMORY_FIRST, indirect=True)
async def test_what_cannot_be_is_told_by_member(empty: World) -> None:
    """A second application, a day before birth, in the future or after release: each a code and a member, all at
    once."""
    scheme, _ = await advertised(empty)
    path = await applied(empty, "arthur", scheme)
    own = {"scheme": scheme, "wing": "MDI-A"}
    typed = {**own, "identifier": str(CAST["arthur"].number), "name": CAST["arthur"].full_name}
    for voice, body in ((empty.arthur, own), (empty.coordinator, typed)):
        twice = await voice.post("/v1/supporters", body)
        assert problem(twice) == (409, "conflict", [("ALREADY_APPLIED", "/scheme")])
    for on in ("1989-12-31", "2026-11-24"):
        body: Any = {"outcome": "CLEARED", "decidedOn": on}
        wrong = await empty.security.post(f"{path}/clearances", body)
        code = "BEFORE_BIRTH" if on < "2000" else "IN_THE_FUTURE"
        assert problem(wrong) == (422, "unacceptable", [(code, "/decidedOn")])
    both = {"outcome": "CLEARED", "decidedOn": "1989-12-31", "expiresOn": "1989-01-01"}
    wrong = await empty.security.post(f"{path}/clearances", both)
    said = [("BEFORE_BIRTH", "/decidedOn"), ("ENDS_BEFORE_START", "/expiresOn")]
    assert problem(wrong) == (422, "unacceptable", said)
    late = await moved(empty.coordinator, path, "defer", {"reason": "HEALTH", "reviewOn": "2032-01-02"})
    assert problem(late) == (422, "unacceptable", [("AFTER_RELEASE", "/reviewOn")])
    last = await done(empty.coordinator, path, "defer", {"reason": "HEALTH", "reviewOn": "2032-01-01"})
    assert last["standing"] == "DEFERRED", "on the day of his release he is here yet"
    again = await empty.arthur.post("/v1/supporters", own)
    assert codes(again) == ["ALREADY_APPLIED"], "what was put off is open"
    await done(empty.arthur, path, "withdraw")
    assert (await empty.arthur.post("/v1/supporters", own)).status_code == 201

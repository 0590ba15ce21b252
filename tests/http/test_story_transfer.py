"""A mentor with learners is moved to another prison at six in the morning, over HTTP (scenario 5; rule 24).

This service has no feed of movements yet. That he left is told by whoever stands him down, that he came by whoever
takes his passport; either may come first, and the other may never come.
"""

from typing import Any

import pytest

from domain.people.record import Person
from domain.supporters.record import Supporter
from domain.supporters.recruiting.clearing import Clearance
from tests.http.cast import CAST, person, uid
from tests.http.places import LEEDS
from tests.http.stores import MEMORY_FIRST
from tests.http.tale import done
from tests.http.test_story_hand_over import LEARNING, MENTOR, SCHEME, five_learners, of_his
from tests.http.world import World, codes, observed

pytestmark = pytest.mark.parametrize("world", MEMORY_FIRST, indirect=True)

LEEDS_SCHEME = f"/v1/schemes/{LEEDS.id('scheme:shannon')}"
MOVED = {"reason": "TRANSFERRED"}


async def released(world: World) -> None:
    """The prison that he leaves says so."""
    gone = await done(world.coordinator, MENTOR, "stand-down", MOVED)
    assert (gone["standing"], gone["leftFor"]) == ("TRANSFERRED_OUT", "TRANSFERRED")


async def passport(world: World) -> str:
    """He has one made, and shows it."""
    made = await world.mentor.post(f"{MENTOR}/passports")
    assert made.status_code == 201, made.text
    return (await world.mentor.get(f"{made.headers['location']}/document")).text


async def received(world: World, shown: str) -> str:
    """The prison that he has come to takes him on by it: where he stands there."""
    body = {"passport": shown, "identifier": str(CAST["mentor"].number), "wing": "LEI-A"}
    made = await world["far-coordinator"].post(f"{LEEDS_SCHEME}/supporters", body)
    assert made.status_code == 201, made.text
    return made.headers["location"]


async def the_end(world: World) -> dict[str, Any]:
    """What there is of him in the prison that he has left."""
    was = await world.record(Supporter, uid("supporter:mentor"))
    learner = (await world.coordinator.get(LEARNING)).json()
    (list_,) = await of_his(world)
    cleared = await world.records(Clearance, supporter=was.id)
    team = (await world.coordinator.get(f"{SCHEME}/team")).json()["items"]
    return {
        "standing": was.standing,
        "left": (was.left_on, was.left_for),
        "learner": (learner["state"], learner["supporter"], learner["manual"], learner["earlierSupporters"]),
        "handOver": (list_["state"], list_["stillOpen"]),
        "clearance": {each.lapsed_on is not None for each in cleared if each.current},
        "listed": str(was.id) in {item["supporter"] for item in team},
        "prison": (await world.record(Person, person("mentor"))).prison,
    }


async def test_whichever_is_told_first_the_other_finds_him_gone(world: World) -> None:
    """Left, then come: a mentor with five learners is gone, they wait with all that they have reached, clearance
    lapsed, and his passport is good."""
    await five_learners(world)
    await released(world)
    there = await received(world, await passport(world))
    end = await the_end(world)
    assert end == {
        "standing": "TRANSFERRED_OUT",
        "left": (world.now.date(), "TRANSFERRED"),
        "learner": ("STARTED", None, 3, [str(uid("supporter:mentor"))]),
        "handOver": ("OPEN", end["handOver"][1]),
        "clearance": end["clearance"] - {False},
        "listed": False,
        "prison": "LEI",
    }
    assert "SUCCESSORS" in end["handOver"][1]
    await unreached(world, there)


async def test_come_first_and_left_never(world: World) -> None:
    """Taken on by his passport while nobody had stood him down: what he was here is over by that alone, in the same
    way; and standing him down afterwards has nothing left to do."""
    await five_learners(world)
    there = await received(world, await passport(world))
    came_first = await the_end(world)
    assert (came_first["standing"], came_first["listed"], came_first["prison"]) == ("TRANSFERRED_OUT", False, "LEI")
    assert came_first["left"] == (world.now.date(), "TRANSFERRED")
    assert came_first["learner"] == ("STARTED", None, 3, [str(uid("supporter:mentor"))])
    assert False not in came_first["clearance"]
    late = await world.coordinator.post(f"{MENTOR}/stand-down", MOVED, tag=await world.coordinator.tag(MENTOR))
    assert codes(late) == ["STATE_TRANSFERRED_OUT"]
    await unreached(world, there)


async def unreached(world: World, there: str) -> None:
    """Nobody of the old prison reaches what he is in the new one, nor the other way round; he reads his own where
    he is."""
    never = f"/v1/supporters/{uid('never-existed')}"
    for name in ("coordinator", "officer", "safer", "facilitator"):
        assert observed(await world[name].get(there)) == observed(await world[name].get(never)), name
        assert there.rpartition("/")[2] not in (await world[name].get("/v1/supporters?limit=100")).text
    assert observed(await world["far-coordinator"].get(MENTOR)) == observed(await world["far-coordinator"].get(never))
    assert (await world.mentor.get(there)).status_code == 200


@pytest.mark.parametrize("name", ["officer", "oscar", "hub", "security"])
async def test_he_left_and_the_wing_finds_nobody(world: World, name: str) -> None:
    """From the minute that he is told to have left: by id and in the list he is as one who never was, to all of the old
    prison but those who watch over it and those who close what he left open (rule 24)."""
    never = f"/v1/supporters/{uid('never-existed')}"
    assert (await world[name].get(MENTOR)).status_code == 200
    await released(world)
    assert observed(await world[name].get(MENTOR)) == observed(await world[name].get(never))
    assert MENTOR.rpartition("/")[2] not in (await world[name].get("/v1/supporters?limit=100")).text
    assert (await world.governor.get(MENTOR)).json()["standing"] == "TRANSFERRED_OUT"


async def test_he_left_and_nobody_hears_that_he_came(world: World) -> None:
    """Received lost: here he is gone all the same, and there nobody finds anything of him before he shows it
    himself."""
    await five_learners(world)
    before = [item["id"] for item in (await world["far-coordinator"].get("/v1/supporters?limit=100")).json()["items"]]
    await released(world)
    world.later(days=3)
    after = [item["id"] for item in (await world["far-coordinator"].get("/v1/supporters?limit=100")).json()["items"]]
    assert after == before
    for hidden in (MENTOR, LEARNING, f"/v1/supervisions/{uid('supervision')}", f"{MENTOR}/passports"):
        assert (await world["far-coordinator"].get(hidden)).status_code in (403, 404), hidden
    end = await the_end(world)
    assert (end["standing"], end["listed"], end["learner"][1]) == ("TRANSFERRED_OUT", False, None)


async def test_the_forecast_counts_him_no_more(world: World) -> None:
    """Scenario 5: recalculated, from the same minute."""
    before = (await world.coordinator.get(f"{SCHEME}/forecast")).json()
    await released(world)
    after = (await world.coordinator.get(f"{SCHEME}/forecast")).json()
    assert before != after
    assert after["active"] == before["active"] - 1


async def test_one_who_is_suspended_leaves_with_nothing_decided(world: World) -> None:
    """He is taken elsewhere before the review: the case ends as one of whoever left, and is nobody's in the new
    prison."""
    kept = await world.record(Supporter, uid("supporter:mentor"))
    why = {"category": "RISK", "disclosedReason": "GENERAL_REVIEW"}
    shown = await passport(world)
    await done(world.oscar, MENTOR, "suspend", why)
    await received(world, shown)
    (case,) = (await world.safer.get(f"/v1/suspensions?supporter={kept.id}")).json()["items"]
    assert case["state"] == "LEFT"
    assert (await world.record(Supporter, kept.id)).standing == "TRANSFERRED_OUT"
    there = (await world["far-safer"].get("/v1/suspensions?limit=100")).json()["items"]
    assert case["id"] not in {item["id"] for item in there}

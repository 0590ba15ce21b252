"""A mentor with learners is moved to another prison at six in the morning, over HTTP (scenario 5; rule 24).

This service has no feed of movements yet. That he left is told by whoever stands him down, that he came by whoever
takes his passport; who is told of first has to wait for nothing but the other's word, and ends nothing by his own.
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
    """He has one made, and shows it: no coordinator fetches it for him."""
    made = await world.mentor.post(f"{MENTOR}/passports")
    assert made.status_code == 201, made.text
    return (await world.mentor.get(f"{made.headers['location']}/document")).json()["passport"]


async def showing(world: World, shown: str) -> Any:
    """He shows it in the prison that he has come to."""
    body = {"passport": shown, "identifier": str(CAST["mentor"].number), "wing": "LEI-A"}
    return await world["far-coordinator"].post(f"{LEEDS_SCHEME}/supporters", body)


async def received(world: World, shown: str) -> str:
    """The prison that he has come to takes him on by it: where he stands there."""
    made = await showing(world, shown)
    assert made.status_code == 201, made.text
    return made.headers["location"]


async def standing_of(world: World) -> list[Any]:
    """What is kept of him in the prison that he leaves, and where he is said to be."""
    was = await world.record(Supporter, uid("supporter:mentor"))
    cleared = await world.records(Clearance, supporter=was.id)
    return [was, cleared, (await world.record(Person, person("mentor"))).prison]


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


async def test_come_first_waits_for_left(world: World) -> None:
    """Shown in the new prison while nobody of the old one has told that he left: by that word alone nothing of him
    changes anywhere. Once it is told, he is gone there and is taken on here, as if it had come first."""
    await five_learners(world)
    before, shown = await standing_of(world), await passport(world)
    assert codes(await showing(world, shown)) == ["NOT_HERE_YET"]
    assert await standing_of(world) == before
    await released(world)
    there = await received(world, shown)
    end = await the_end(world)
    assert (end["standing"], end["listed"], end["prison"]) == ("TRANSFERRED_OUT", False, "LEI")
    assert end["learner"] == ("STARTED", None, 3, [str(uid("supporter:mentor"))])
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


@pytest.mark.parametrize("suspended", [False, True])
async def test_no_word_from_elsewhere_frees_him_of_a_case(world: World, suspended: bool) -> None:
    """He is suspended, and another prison takes him on: refused in the words for one who is active, so that it tells of
    no suspension; and his case stands where it stood. It ends when his own prison tells that he left."""
    shown = await passport(world)
    if suspended:
        why = {"category": "RISK", "disclosedReason": "GENERAL_REVIEW"}
        await done(world.oscar, MENTOR, "suspend", why)
    assert codes(await showing(world, shown)) == ["NOT_HERE_YET"]
    standing = (await world.record(Supporter, uid("supporter:mentor"))).standing
    assert standing == ("SUSPENDED" if suspended else "ACTIVE")
    cases = f"/v1/suspensions?supporter={uid('supporter:mentor')}"
    open_ones = (await world.safer.get(cases)).json()["items"]
    assert [case["state"] for case in open_ones] == ["OPEN"] * suspended
    await released(world)
    await received(world, shown)
    closed = (await world.safer.get(cases)).json()["items"]
    assert [case["state"] for case in closed] == ["LEFT"] * suspended
    there = (await world["far-safer"].get("/v1/suspensions?limit=100")).json()["items"]
    assert not {case["id"] for case in closed} & {item["id"] for item in there}


@pytest.mark.parametrize("name", ["coordinator", "facilitator"])
async def test_nobody_fetches_the_signed_document_for_him(world: World, name: str) -> None:
    """They read what is in it; to have it is to speak for him."""
    made = await world.mentor.post(f"{MENTOR}/passports")
    path = made.headers["location"]
    assert (await world[name].get(path)).status_code == 200
    for form in ("document", "passport.pdf"):
        assert (await world[name].get(f"{path}/{form}")).status_code == 403

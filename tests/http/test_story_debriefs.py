"""Debriefs: by the rota alone where the policy is closed, after a worry that was passed on where it is open, and
whenever a supporter asks (X8, F41); what he calls hard, and the rest that it suggests (X9)."""

from typing import Any

import pytest

from domain.care.debriefs import Debrief
from tests.http import stores
from tests.http.cast import assignment, uid
from tests.http.tale import done, moved
from tests.http.test_story_learning import INDUCTION
from tests.http.test_story_supervision import supervised
from tests.http.world import World, codes

pytestmark = pytest.mark.parametrize("world", stores.MEMORY_FIRST, indirect=True)
NOT_THEIRS = [
    *((n, 403) for n in ("officer", "oscar", "hub", "safer", "governor", "imb", "inspector", "headquarters")),
    *((n, 404) for n in ("coordinator", "second-listener", "arthur", "peer-coordinator", "facilitator")),
]


async def rostered(world: World, who: str = "listener", day: str = "2026-11-23", band: str = "NIGHT") -> str:
    """A Listener has a place on the rota: the entry's path."""
    body = {"supporter": str(uid(f"supporter:{who}")), "day": day, "band": band}
    made = await world.coordinator.post(f"/v1/schemes/{uid('scheme:listeners')}/roster", body)
    assert made.status_code == 201, made.text
    return made.headers["location"]


async def debriefs(world: World, by: str, who: str) -> list[dict[str, Any]]:
    """A supporter's debriefs, as this member finds them."""
    answer = await world[by].get(f"/v1/debriefs?supporter={uid(f'supporter:{who}')}")
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


async def test_a_listener_who_was_on_call_is_asked_how_he_is(world: World) -> None:
    """It is there at the band's end and not before, for him and the Samaritans; a day later it is late, which the
    partner's list says and the coordinator's does not; he says how hard it was; the talk is had."""
    await rostered(world)
    assert await debriefs(world, "listener", "listener") == await debriefs(world, "samaritan", "listener") == []
    world.later(hours=21, minutes=44)
    assert await debriefs(world, "listener", "listener") == []
    world.later(minutes=1)
    (due,) = await debriefs(world, "samaritan", "listener")
    assert (due["because"], due["state"]) == ("ROSTERED", "DUE")
    assert (due["opensAt"], due["dueBy"]) == ("2026-11-24T07:45:00Z", "2026-11-25T07:45:00Z")
    assert [d["id"] for d in await debriefs(world, "listener", "listener")] == [due["id"]]
    path, waits = f"/v1/debriefs/{due['id']}", f"/v1/schemes/{uid('scheme:listeners')}/overdue"
    for name, status in NOT_THEIRS:
        assert (await world[name].get(path)).status_code == status, name
    world.later(days=1, minutes=1)
    late = {
        name: [i["which"] for i in (await world[name].get(waits)).json()["items"] if i["what"] == "DEBRIEF_OVERDUE"]
        for name in ("samaritan", "coordinator")
    }
    assert late == {"samaritan": [due["id"]], "coordinator": []}
    said = await done(world.listener, path, "rate", {"hard": 4, "talk": True})
    assert (said["hard"], said["state"], said["overdue"]) == (4, "DUE", True)
    held = await done(world.samaritan, path, "hold", {})
    assert (held["state"], held["hard"], held["heldOn"]) == ("HELD", 4, "2026-11-25")
    assert codes(await moved(world.listener, path, "rate", {"hard": 1, "talk": False})) == ["STATE_HELD"]


async def test_it_is_his_to_decline_and_to_think_again(world: World) -> None:
    """Without a reason; it waits for nobody then, and may be had all the same."""
    await rostered(world)
    world.later(days=1)
    (due,) = await debriefs(world, "listener", "listener")
    path = f"/v1/debriefs/{due['id']}"
    assert (await done(world.listener, path, "rate", {"hard": 1, "talk": False}))["state"] == "DECLINED"
    world.later(days=3)
    waits = (await world.samaritan.get(f"/v1/schemes/{uid('scheme:listeners')}/overdue")).json()["items"]
    assert "DEBRIEF_OVERDUE" not in {i["what"] for i in waits}
    assert (await done(world.listener, path, "rate", {"hard": 5, "talk": True}))["state"] == "DUE"
    assert (await done(world.samaritan, path, "hold", {"hard": 3}))["hard"] == 3


async def test_who_is_taken_from_the_rota_in_time_is_not_asked(world: World) -> None:
    """Its prompt goes with the place; once its day has passed it stands, and so does what is due for it."""
    entry = await rostered(world, day="2026-11-24")
    await done(world.coordinator, entry, "withdraw")
    stays = await rostered(world)
    world.later(days=3)
    assert [d["opensAt"] for d in await debriefs(world, "samaritan", "listener")] == ["2026-11-24T07:45:00Z"]
    assert codes(await moved(world.coordinator, stays, "withdraw")) == ["DAY_HAS_PASSED"]


@pytest.mark.parametrize("told", [True, False])
async def test_a_worry_that_was_passed_on_is_followed_by_a_talk(world: World, told: bool) -> None:
    """An Insider tells staff of a worry: he is asked how he is within a day, by the coordinator who supervises him.
    Without a worry nobody asks."""
    insider = str(uid("supporter:insider"))
    await supervised(world, "scheme:insiders", supervisor=str(assignment("coordinator")), supporter=insider)
    made = await world.insider.post("/v1/inductions", {**INDUCTION, "concernToldToStaff": told})
    assert made.status_code == 201, made.text
    found = await debriefs(world, "insider", "insider")
    assert [(d["because"], d["dueBy"]) for d in found] == (
        [("CONCERN_RAISED", made.json()["seenAt"].replace("-22T", "-23T"))] if told else []
    )
    assert [d["id"] for d in await debriefs(world, "coordinator", "insider")] == [d["id"] for d in found]
    for each in found:
        path = f"/v1/debriefs/{each['id']}"
        for name in ("safer", "governor", "officer"):
            assert (await world[name].get(path)).status_code == 403
        for name in ("shannon-coordinator", "two-hats", "mentor"):
            assert (await world[name].get(path)).status_code in (403, 404, 409), name
        assert (await done(world.coordinator, path, "hold", {"hard": 2}))["state"] == "HELD"


async def test_a_supporter_asks_for_a_talk_whenever_he_wants(world: World) -> None:
    """Without a reason, and for himself alone; one that waits is enough, and after it he may ask again."""
    his = f"/v1/supporters/{uid('supporter:second-mentor')}/debriefs"
    asked = await world["second-mentor"].post(his)
    assert (asked.status_code, asked.json()["because"]) == (201, "ASKED_FOR")
    assert asked.json()["dueBy"] == "2026-11-26T10:00:00Z"
    assert codes(await world["second-mentor"].post(his)) == ["ALREADY_ASKED"]
    assert (await world.mentor.post(his)).status_code == 404
    for name in ("coordinator", "facilitator", "officer"):
        assert (await world[name].post(his)).status_code == 403, name
    await done(world.facilitator, asked.headers["location"], "hold", {})
    assert (await world["second-mentor"].post(his)).status_code == 201


async def test_hard_sessions_suggest_a_rest(world: World) -> None:
    """Three that he called hard within four weeks, and not two; told to him and to who hears how he fares. The figure
    stands nobody down: he is as he was, and who only supervises the rota reads neither."""
    listener = str(uid("supporter:listener"))
    path = await supervised(world, "scheme:listeners", supervisor=str(assignment("samaritan")), supporter=listener)
    suggested: list[list[str]] = []
    for day, hard in (("2026-11-23", 5), ("2026-11-25", 4), ("2026-11-30", 3), ("2026-12-02", 4)):
        await rostered(world, day=day)
        world.at(world.now.replace(month=int(day[5:7]), day=int(day[8:])))
        world.later(days=1)
        (due,) = [d for d in await debriefs(world, "listener", "listener") if d["hard"] is None]
        await done(world.listener, f"/v1/debriefs/{due['id']}", "rate", {"hard": hard, "talk": False})
        suggested.append((await world.samaritan.get(f"{path}/strain")).json()["suggestions"])
    assert suggested == [[], [], [], ["REST_AFTER_HARD_SESSIONS"]]
    own = (await world.listener.get(f"{path}/strain")).json()
    assert (own["hardSessions"], own["suggestions"]) == (3, ["REST_AFTER_HARD_SESSIONS"])
    assert (own["nightsLastSevenDays"], own["nightsInSeven"], own["minutesLastSevenDays"]) == (2, 2, 0)
    assert (await world.coordinator.get(f"/v1/supporters/{listener}")).json()["standing"] == "ACTIVE"
    assert len(await world.records(Debrief, supporter=uid("supporter:listener"))) == 4
    for name in ("officer", "hub", "oscar", "safer", "governor", "imb", "inspector"):
        assert (await world[name].get(f"{path}/strain")).status_code == 403, name
    for name in ("coordinator", "second-listener", "facilitator", "peer-coordinator"):
        assert (await world[name].get(f"{path}/strain")).status_code == 404, name

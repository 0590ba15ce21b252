"""How a supporter fares is between him and whoever hears it; what leaves the two are counts over five (X9, F42; rules 9
and 17; scenario 11)."""

from datetime import date, timedelta
from typing import Any

import pytest

from domain.care.wellbeing import Sleep, WellbeingCheck
from tests.http import stores
from tests.http.cast import actor, assignment, uid
from tests.http.tale import done
from tests.http.test_story_supervision import supervised
from tests.http.world import World, problem

pytestmark = pytest.mark.parametrize("world", stores.MEMORY_FIRST, indirect=True)
CHECK = {"rated": 2, "intrusiveThoughts": True, "sleep": "BADLY", "wantsPause": True}
LISTENER = f"/v1/supporters/{uid('supporter:listener')}"
FARING = f"/v1/schemes/{uid('scheme:listeners')}/faring"
STAFF = ("officer", "oscar", "hub", "safer", "governor", "security", "healthcare", "staff")
OUTSIDE = ("imb", "inspector", "ombudsman", "headquarters", "evaluator", "lead")
INSIDE = ("second-listener", "mentor", "arthur", "peer-coordinator")


async def supervised_listener(world: World) -> str:
    """A Samaritan supervises the Listener: the path of it."""
    whom = {"supervisor": str(assignment("samaritan")), "supporter": str(uid("supporter:listener"))}
    return await supervised(world, "scheme:listeners", **whom)


async def test_he_says_how_he_is_and_two_people_read_it(world: World) -> None:
    """He and his supervisor of the Samaritans: not the wing, not the coordinator who runs the scheme, not safer
    custody, governor, board or inspectors, no other Listener and no peer coordinator. And nothing happens by itself."""
    supervision = await supervised_listener(world)
    mark = len(world.seen.kept)
    made = await world.listener.post(f"{LISTENER}/wellbeing-checks", CHECK)
    assert made.status_code == 201, made.text
    path = made.headers["location"]
    assert [k.record.shape.kind for k in world.seen.kept[mark:]] == ["wellbeing-check"], "no alarm, no task, no change"
    for name in ("listener", "samaritan"):
        assert (await world[name].get(path)).json()["rated"] == 2, name
    for name in (*STAFF, *OUTSIDE):
        assert (await world[name].get(path)).status_code == 403, name
    for name in (*INSIDE, "coordinator", "facilitator", "shannon-coordinator"):
        assert (await world[name].get(path)).status_code == 404, name
    (found,) = (await world.samaritan.get(f"/v1/wellbeing-checks?supporter={uid('supporter:listener')}")).json()[
        "items"
    ]
    assert found["id"] == made.json()["id"]
    assert (await world.coordinator.get("/v1/wellbeing-checks")).json()["items"] == []
    strain = (await world.samaritan.get(f"{supervision}/strain")).json()
    assert (strain["lastRated"], strain["suggestions"]) == (2, ["ASKED_FOR_A_PAUSE", "RATES_HIMSELF_LOW"])
    assert (await world.coordinator.get(LISTENER)).json()["standing"] == "ACTIVE"


async def test_a_supervisor_of_the_prison_hears_nothing_of_it(world: World) -> None:
    """Who supervises for the prison in a scheme of a partner's reads the load and no answer; the supporter's own stay
    his (rule 17)."""
    whom = {"supervisor": str(assignment("coordinator")), "supporter": str(uid("supporter:listener"))}
    supervision = await supervised(world, "scheme:listeners", **whom)
    made = await world.listener.post(f"{LISTENER}/wellbeing-checks", CHECK)
    assert (await world.coordinator.get(made.headers["location"])).status_code == 404
    strain = (await world.coordinator.get(f"{supervision}/strain")).json()
    assert (strain["lastRated"], strain["suggestions"]) == (None, [])
    assert (await world.listener.get(made.headers["location"])).json()["rated"] == 2


async def test_the_next_supervisor_does_not_read_what_was_said_to_the_last(world: World) -> None:
    """What was said to one person was said to that one."""
    supervision = await supervised_listener(world)
    first = (await world.listener.post(f"{LISTENER}/wellbeing-checks", CHECK)).headers["location"]
    await done(world.coordinator, supervision, "end")
    second = (await world.listener.post(f"{LISTENER}/wellbeing-checks", CHECK)).headers["location"]
    assert (await world.samaritan.get(first)).status_code == 200
    assert (await world.samaritan.get(second)).status_code == 404
    assert (await world.listener.get(second)).status_code == 200


@pytest.mark.parametrize(
    ("name", "status"),
    [*((n, 403) for n in (*STAFF, *OUTSIDE, "coordinator", "samaritan")), *((n, 404) for n in INSIDE)],
)
async def test_nobody_says_it_for_him(world: World, name: str, status: int) -> None:
    """It is his own word."""
    assert (await world[name].post(f"{LISTENER}/wellbeing-checks", CHECK)).status_code == status
    assert await world.records(WellbeingCheck, supporter=uid("supporter:listener")) == []


async def test_an_answer_is_a_figure_and_codes(world: World) -> None:
    """No word of his goes in, and no figure beyond ten."""
    for wrong in ({"rated": 11}, {"rated": -1}, {"sleep": "LIKE A LOG"}, {"note": "I cannot bear it"}):
        answer = await world.listener.post(f"{LISTENER}/wellbeing-checks", {**CHECK, **wrong})
        assert problem(answer)[0] in (400, 422), wrong
        assert "bear" not in answer.text


def answered(world: World, number: int, on: date | None = None, **more: Any) -> WellbeingCheck:
    """What the Listener of this number said, on the last day of last month unless another is named."""
    given: dict[str, Any] = {"rated": 2, "intrusive_thoughts": False, "sleep": Sleep.WELL, "wants_pause": False, **more}
    return WellbeingCheck(
        id=uid(f"check:{number}:{given['rated']}"),  # type: ignore[arg-type]
        version=1,
        scheme=uid("scheme:listeners"),  # type: ignore[arg-type]
        jurisdiction="EW",
        prison="MDI",
        organisation="SAMARITANS",
        supporter=uid(f"listener of number {number}"),  # type: ignore[arg-type]
        person=uid(f"man of number {number}"),  # type: ignore[arg-type]
        supervisor=actor("samaritan"),
        checked_on=on or world.now.date().replace(day=1) - timedelta(days=1),
        **given,
    )


@pytest.mark.parametrize("people", [1, 4])
async def test_of_few_nothing_is_said(world: World, people: int) -> None:
    """Whatever they said: the same bytes as where nobody said anything."""
    nobody = await world.governor.get(FARING)
    await world.keep([answered(world, n) for n in range(people)])
    assert (await world.governor.get(FARING)).content == nobody.content
    assert set(nobody.json().values()) == {31, None}


async def test_it_is_the_same_all_month(world: World) -> None:
    """An answer of today moves no figure today, nor does one run out of it: whoever reads it each day learns of
    nobody's answer. With the new month it is counted."""
    await world.keep([answered(world, n) for n in range(11)])
    before = (await world.governor.get(FARING)).content
    await world.keep([answered(world, n, world.now.date(), rated=9) for n in range(6)])
    assert (await world.governor.get(FARING)).content == before
    world.later(days=7)
    assert (await world.governor.get(FARING)).content == before
    world.later(days=3)
    assert (await world.governor.get(FARING)).content != before


async def test_of_many_a_count_is_said(world: World) -> None:
    """Rounded, of their last answers; and of a thing that few say nothing, nor that nobody says it."""
    await world.keep([answered(world, n) for n in range(11)])
    await world.keep([answered(world, n, rated=9, intrusive_thoughts=True) for n in range(3)])
    for name in ("coordinator", "samaritan", "safer", "governor", "imb", "inspector"):
        said = (await world[name].get(FARING)).json()
        assert said == {
            "days": 31,
            "supporters": 10,
            "low": 10,
            "intrusiveThoughts": None,
            "sleepBadly": None,
            "wantPause": None,
        }, name
    for name in ("officer", "oscar", "hub", "headquarters", "evaluator", "staff"):
        assert (await world[name].get(FARING)).status_code == 403, name
    for name in INSIDE:
        assert (await world[name].get(FARING)).status_code == 404, name
    world.later(days=29)
    assert (await world.governor.get(FARING)).json()["supporters"] is None, "what is older is nobody's state now"

"""Five manuals at one's own pace, twenty minutes a day: what was planned and what was delivered, with why not, and
awards for learner and mentor, over HTTP (S3, F50)."""

from datetime import timedelta
from typing import Any

import pytest

from domain.sessions.record import Enrolment
from tests.http.cast import START, uid
from tests.http.furniture import MOORLAND, session
from tests.http.tale import done, moved
from tests.http.world import World, codes, observed, problem

LEARNING = f"/v1/enrolments/{uid('enrolment')}"


async def held(world: World, *came: dict[str, Any]) -> None:
    """Sessions of the last days, one after the other, and what came of each."""
    days = [START - timedelta(days=n + 1) for n in range(len(came))]
    planned = [session(MOORLAND, f"session:{n}", day) for n, day in enumerate(days)]
    await world.keep(list(planned))
    for each, body in zip(planned, came, strict=True):
        await done(world.mentor, f"/v1/sessions/{each.id}", "record", body)


def passed(manual: int) -> dict[str, Any]:
    """The check of a manual was passed."""
    return {"delivered": True, "minutes": 20, "manual": manual, "checkPassed": True}


async def card(world: World, by: str = "arthur") -> dict[str, Any]:
    """The progress card, as this member reads it."""
    answer = await world[by].get(f"{LEARNING}/progress")
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_planned_against_delivered_with_why_not(world: World) -> None:
    """What is still to come is not counted; what nobody has recorded is told apart; each reason with its number. The
    learner, his mentor and those who run it read the same, and nobody else reads it."""
    await held(
        world,
        {"delivered": True, "minutes": 20, "manual": 1, "page": 9},
        {"delivered": True, "minutes": 15, "manual": 2, "page": 3},
        {"delivered": False, "notDelivered": "NOT_UNLOCKED"},
        {"delivered": False, "notDelivered": "NOT_UNLOCKED"},
        {"delivered": False, "notDelivered": "SICK"},
    )
    await world.keep([session(MOORLAND, "session:forgotten", START - timedelta(days=9))])
    told = await card(world)
    assert (told["planned"], told["delivered"], told["notRecorded"], told["minutes"]) == (6, 2, 1, 35)
    missed = {each["reason"]: each["sessions"] for each in told["missed"]}
    assert missed == {"NOT_UNLOCKED": 2, "SICK": 1}
    assert (told["manual"], told["page"], told["minutesAWeekPlanned"]) == (2, 3, 100)
    for name in ("mentor", "coordinator", "facilitator"):
        assert await card(world, name) == told, name
    never = f"/v1/enrolments/{uid('never-existed')}/progress"
    for name in ("ben", "second-mentor", "samaritan", "far-coordinator"):
        hidden = await world[name].get(f"{LEARNING}/progress")
        assert observed(hidden) == observed(await world[name].get(never)), name


@pytest.mark.parametrize("reason", ["SICK", "REFUSED", "NOT_REQUIRED", "REST", "CLASH", "SUSPENDED", "OTHER"])
async def test_the_prisons_own_codes_of_attendance_are_reasons(world: World, reason: str) -> None:
    """As the prison service codes attendance (domain facts 3.7), besides the field's own words."""
    body = {"delivered": False, "notDelivered": reason}
    assert (await done(world.mentor, f"/v1/sessions/{uid('session')}", "record", body))["notDelivered"] == reason


async def test_checks_are_of_manuals_in_any_order_and_each_once(world: World) -> None:
    """Who begins at the third has passed one check, not three; passed again, it counts once; an earlier manual does not
    take him back."""
    await held(world, passed(3), passed(3), passed(1), {"delivered": True, "minutes": 20, "manual": 2, "page": 8})
    told = await world.record(Enrolment, uid("enrolment"))
    assert (told.manuals_passed, told.checks_passed, told.manual) == ((1, 3), 2, 3)
    assert (await card(world))["manualsPassed"] == [1, 3]


async def test_awards_are_what_the_record_bears_out(world: World) -> None:
    """A manual whose check was passed, once; the programme after all five; a level to the mentor of somebody who passed
    one, the second after the first. Each reads his own, and nobody another's."""
    early = await world.coordinator.post(f"{LEARNING}/awards", {"what": "MANUAL", "manual": 1})
    assert codes(early) == ["CHECK_NOT_PASSED"]
    without = await world.coordinator.post(f"{LEARNING}/awards", {"what": "MANUAL"})
    assert problem(without) == (422, "unacceptable", [("MANUAL_GOES_WITH_AWARD", "/manual")])
    await held(world, passed(1))
    first = await world.facilitator.post(f"{LEARNING}/awards", {"what": "MANUAL", "manual": 1})
    assert first.status_code == 201, first.text
    assert (first.json()["mentor"], first.json()["programme"]) == (None, "TURNING_PAGES")
    twice = await world.coordinator.post(f"{LEARNING}/awards", {"what": "MANUAL", "manual": 1})
    assert codes(twice) == ["ALREADY_AWARDED"]
    whole = await world.coordinator.post(f"{LEARNING}/awards", {"what": "PROGRAMME"})
    assert codes(whole) == ["CHECK_NOT_PASSED"]
    second = await world.facilitator.post(f"{LEARNING}/awards", {"what": "MENTORING_LEVEL_2"})
    assert codes(second) == ["LEVEL_1_FIRST"]
    level = await world.facilitator.post(f"{LEARNING}/awards", {"what": "MENTORING_LEVEL_1"})
    assert level.json()["mentor"] == str(uid("supporter:mentor"))
    his, mentors = first.headers["location"], level.headers["location"]
    assert (await world.arthur.get(his)).status_code == 200
    assert (await world.arthur.get(mentors)).status_code == 404
    assert (await world.mentor.get(mentors)).status_code == 200
    assert (await world.mentor.get(his)).status_code == 404
    assert [item["id"] for item in (await world.mentor.get("/v1/awards")).json()["items"]] == [level.json()["id"]]
    await done(world.coordinator, LEARNING, "end", {"ending": "RELEASED", "because": "RELEASED"})
    further = await world.facilitator.post(f"{LEARNING}/awards", {"what": "MENTORING_LEVEL_2"})
    assert further.json()["mentor"] == str(uid("supporter:mentor")), "his, though his learner has left"


async def test_all_five_are_a_programme(world: World) -> None:
    """Turning Pages or Count Me In: five manuals each."""
    await held(world, *(passed(n) for n in range(1, 6)))
    given = await world.coordinator.post(f"{LEARNING}/awards", {"what": "PROGRAMME"})
    assert given.status_code == 201, given.text
    body = {
        "scheme": str(uid("scheme:shannon")),
        "identifier": "A1002QX",
        "name": "Ben Quillfeather",
        "wing": "MDI-B",
        "goal": "NUMBERS_EVERY_DAY",
        "programme": "COUNT_ME_IN",
    }
    numbers = await world.coordinator.post("/v1/enrolments", body)
    assert (numbers.status_code, numbers.json()["programme"]) == (201, "COUNT_ME_IN")


async def test_what_the_mentor_goes_with_stays_when_somebody_else_comes(world: World) -> None:
    """A change of mentor loses nothing of the card."""
    await held(world, passed(1), {"delivered": True, "minutes": 20, "manual": 2, "page": 30})
    before = await card(world)
    body = {"because": "WING_CHANGED", "supporter": str(uid("supporter:second-mentor"))}
    assert (await moved(world.coordinator, LEARNING, "change-mentor", body)).status_code == 200
    assert await card(world, "second-mentor") == before

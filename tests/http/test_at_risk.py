"""A warning ends when what it warns of is mended, and not by typing."""

import dataclasses
from datetime import date, timedelta

import pytest

from api.work.bench import service_begin
from domain.life.watching_over import watch_over
from domain.schemes.charter import Charter, CharterState
from domain.schemes.questions import Section
from domain.schemes.record import Scheme
from tests.http.cast import START, uid
from tests.http.tale import done
from tests.http.test_charter_story import answers, scheme_of
from tests.http.test_what_was_signed import patched
from tests.http.world import World, codes, problem

LISTENERS = uid("scheme:listeners")
PATH = f"/v1/schemes/{LISTENERS}"
LAST = date(2028, 11, 23)
"""Two years and a day after START's own: the last day on which a review may be promised."""
SUSPENDED = {"reason": "SUPPORTERS_TOO_FEW", "reviewOn": "2026-12-20"}


async def lowered(world: World, needed: int) -> list[str]:
    """The governor says that so many are enough: the codes of the refusal, none where it was written."""
    answer = await world.governor.patch(PATH, {"supportersNeeded": needed}, tag=await world.governor.tag(PATH))
    return [] if answer.status_code == 200 else codes(answer)


async def short_of_supporters(world: World) -> None:
    """Listeners who need more than are active; a minute passes."""
    scheme = await world.record(Scheme, LISTENERS)
    await world.change(dataclasses.replace(scheme, supporters_needed=9, supporters_wanted=12, pilot_limit=12))
    await watch_over(service_begin(world.house.runtime))
    seen = (await world.governor.get(PATH)).json()
    assert (seen["state"], seen["atRiskFor"]) == ("AT_RISK", ["SUPPORTERS_TOO_FEW"])


@pytest.mark.parametrize("day", [LAST + timedelta(days=1), date(2199, 12, 31)])
async def test_a_review_is_promised_within_two_years(world: World, day: date) -> None:
    """By a scheme, new or amended, and by a plan: a day beyond is no review, and would end the warning that one is
    overdue."""
    assert START.date() + timedelta(days=731) == LAST
    refused = (422, [("REVIEW_TOO_FAR_AHEAD", "/reviewOn")])
    body = {"kind": "INSIDERS", "name": "Insiders", "prison": "MDI", "reviewOn": day.isoformat()}
    told = problem(await world.coordinator.post("/v1/schemes", body))
    assert (told[0], told[2]) == refused
    scheme, charter = await scheme_of(world)
    told = problem(
        await world.coordinator.patch(scheme, {"reviewOn": day.isoformat()}, tag=await world.coordinator.tag(scheme))
    )
    assert (told[0], told[2]) == refused
    assert await patched(world, scheme, {"reviewOn": LAST.isoformat()}) == []
    assert await patched(world, charter, answers(*Section, reviewOn=day.isoformat())) == []
    submitted = await world.coordinator.post(f"{charter}/submit", tag=await world.coordinator.tag(charter))
    assert "REVIEW_TOO_FAR_AHEAD" in codes(submitted)


async def test_a_shortage_does_not_end_by_needing_fewer(world: World) -> None:
    """The governor alone does not lower what is needed while the scheme is at risk for want of it; more is his to ask;
    and under a version of the plan that was published since, which others signed, it may be fewer."""
    await short_of_supporters(world)
    assert await lowered(world, 1) == ["LOWERED_WHILE_SHORT"]
    assert await lowered(world, 10) == []
    world.later(days=1)
    (charter,) = await world.records(Charter, scheme=LISTENERS, state=CharterState.PUBLISHED)
    await world.change(dataclasses.replace(charter, in_force_from=world.now))
    assert await lowered(world, 1) == []
    await watch_over(service_begin(world.house.runtime))
    assert (await world.governor.get(PATH)).json()["state"] == "LIVE"


async def test_nor_by_suspending_it_in_between(world: World) -> None:
    """While it is suspended nothing is lowered; and when it goes on it is at risk from the first moment."""
    await short_of_supporters(world)
    await done(world.governor, PATH, "suspend", SUSPENDED)
    assert await lowered(world, 1) == ["LOWERED_WHILE_SHORT"]
    again = await done(world.governor, PATH, "resume")
    assert (again["state"], again["atRiskFor"]) == ("AT_RISK", ["SUPPORTERS_TOO_FEW"])
    assert (await world.governor.get(f"/v1/scheme-statuses/{LISTENERS}")).json()["state"] == "AT_RISK"
    assert await lowered(world, 1) == ["LOWERED_WHILE_SHORT"]


async def test_what_is_not_short_may_need_fewer(world: World) -> None:
    """A governor who plans for fewer people needs nobody's leave while there are enough."""
    scheme = await world.record(Scheme, LISTENERS)
    await world.change(dataclasses.replace(scheme, supporters_needed=2, supporters_wanted=4, pilot_limit=4))
    assert await lowered(world, 1) == []

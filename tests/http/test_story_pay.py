"""Supporters' pay: bands with dated rates, days by the week, the hub's sheet, and other work beside it; over HTTP, by
everybody who may and who may not."""

import dataclasses
from datetime import timedelta
from typing import Any

import pytest

from domain.pay.entries import PayEntry
from domain.supporters.record import Standing, Supporter
from tests.http import furniture
from tests.http.cast import CAST, START, actor, uid
from tests.http.places import MOORLAND
from tests.http.world import World, codes, problem

TODAY = START.date()
MONDAY = TODAY - timedelta(days=TODAY.weekday())
LAST = MONDAY - timedelta(weeks=1)
MENTOR = f"/v1/supporters/{uid('supporter:mentor')}"
SECOND = f"/v1/supporters/{uid('supporter:second-mentor')}"
RATE = f"/v1/pay-rates/{uid('pay-rate')}"


async def enter(world: World, supporter: str = SECOND, **more: Any) -> Any:
    """The hub enters last week's pay."""
    body = {"weekOf": str(LAST), "band": "BAND_2", "halfDays": 2, "fullDays": 3, **more}
    return await world.hub.post(f"{supporter}/pay-entries", body)


async def test_a_week_is_paid_by_the_rate_of_that_week(world: World) -> None:
    """Two half days at 90 and three whole ones at 175 are 705 pence; the week is entered once."""
    entered = await enter(world)
    assert (entered.status_code, entered.json()["moneyMinorUnits"]) == (201, 705)
    assert codes(await enter(world)) == ["WEEK_ALREADY_ENTERED"]
    corrected = await world.hub.post(
        f"{entered.headers['Location']}/correct",
        {"halfDays": 0, "fullDays": 1},
        tag=await world.hub.tag(entered.headers["Location"]),
    )
    assert corrected.json()["moneyMinorUnits"] == 175


async def test_a_later_rate_changes_no_past_week(world: World) -> None:
    """The old rate ends on a Sunday, the new one begins on the Monday after; what was entered stays what it was."""
    before = (await enter(world)).json()
    overlapping = {
        "prison": "MDI",
        "band": "BAND_2",
        "moneyMinorUnitsHalfDay": 200,
        "moneyMinorUnitsFullDay": 400,
        "validFrom": str(MONDAY),
    }
    assert problem(await world.hub.post("/v1/pay-rates", overlapping))[2] == [("RATE_OVERLAPS", "/validFrom")]
    ended = await world.hub.post(
        f"{RATE}/end", {"validUntil": str(MONDAY - timedelta(days=1))}, tag=await world.hub.tag(RATE)
    )
    assert ended.is_success, ended.text
    made = await world.hub.post("/v1/pay-rates", overlapping)
    assert (made.status_code, made.json()["currency"]) == (201, "GBP")
    assert (await world.hub.get(f"/v1/pay-entries/{before['id']}")).json() == before
    assert (await enter(world, weekOf=str(MONDAY))).json()["moneyMinorUnits"] == 2 * 200 + 3 * 400
    assert (await enter(world, weekOf=str(LAST - timedelta(weeks=1)))).json()["moneyMinorUnits"] == 705


async def test_a_rate_is_of_whole_weeks(world: World) -> None:
    """From a Monday, to a Sunday, in that order."""
    body = {
        "prison": "MDI",
        "band": "BAND_9",
        "moneyMinorUnitsHalfDay": 1,
        "moneyMinorUnitsFullDay": 2,
        "validFrom": str(MONDAY + timedelta(days=1)),
        "validUntil": str(MONDAY),
    }
    assert sorted(problem(await world.hub.post("/v1/pay-rates", body))[2]) == [
        ("ENDS_BEFORE_START", "/validUntil"),
        ("NOT_A_MONDAY", "/validFrom"),
        ("NOT_A_SUNDAY", "/validUntil"),
    ]
    assert (await world.hub.post("/v1/pay-rates", {**body, "prison": "LEI"})).status_code == 404


async def test_for_a_listener_nothing_can_be_entered(world: World) -> None:
    """Their kind is unpaid (domain facts 2.4), and no contact is ever counted for money."""
    listener = f"/v1/supporters/{uid('supporter:listener')}"
    assert codes(await enter(world, listener)) == ["PAY_NOT_OF_THIS_KIND"]


async def test_what_no_week_holds_is_refused(world: World) -> None:
    """No day, more than seven, a Tuesday, a week to come, one in which he had no role, a band without a rate."""
    assert problem(await enter(world, halfDays=0, fullDays=0))[2] == [("NO_DAYS", "/halfDays")]
    assert problem(await enter(world, halfDays=1, fullDays=7))[2] == [("MORE_THAN_A_WEEK", "/halfDays")]
    assert problem(await enter(world, weekOf=str(LAST + timedelta(days=1))))[2] == [("NOT_A_MONDAY", "/weekOf")]
    assert problem(await enter(world, weekOf=str(MONDAY + timedelta(weeks=1))))[2] == [("IN_THE_FUTURE", "/weekOf")]
    years_ago = str(LAST - timedelta(weeks=104))
    assert codes(await enter(world, weekOf=years_ago)) == ["NOT_IN_ROLE_THAT_WEEK", "NO_RATE_THAT_WEEK"]
    assert codes(await enter(world, band="BAND_8")) == ["NO_RATE_THAT_WEEK"]


async def sheet(world: World) -> dict[str, dict[str, Any]]:
    """The hub's sheet of last week, by supporter."""
    items = (await world.hub.get("/v1/pay-sheets")).json()["items"]
    return {each["supporter"]: each for each in items}


async def test_the_sheet_has_days_and_amounts_and_no_time_of_anything(world: World) -> None:
    """Rule 30: allocation, days by the week, amount, clash. A Listener is not on it; a mentor whose week nobody has
    entered is, with nothing beside his name."""
    found = await sheet(world)
    mentor = found[str(uid("supporter:mentor"))]
    assert set(mentor) == {
        *("scheme", "kind", "supporter", "entry"),
        *("band", "halfDays", "fullDays", "moneyMinorUnits", "clash"),
    }
    assert (mentor["halfDays"], mentor["fullDays"], mentor["moneyMinorUnits"]) == (2, 3, 705)
    assert found[str(uid("supporter:second-mentor"))]["entry"] is None
    assert str(uid("supporter:listener")) not in found
    assert (await world.hub.get("/v1/pay-sheets?weekOf=2026-11-17")).status_code == 400


async def test_who_is_at_rest_stays_on_the_sheet_like_everybody_else(world: World) -> None:
    """Nobody loses income by a rest or a suspension, and the sheet tells of neither: byte for byte the same."""
    before = await sheet(world)
    kept = await world.record(Supporter, uid("supporter:mentor"))
    await world.change(dataclasses.replace(kept, standing=Standing.PAUSED, paused_on=LAST))
    assert await sheet(world) == before


async def test_two_allocations_of_one_week_clash(world: World) -> None:
    """Yes or no, and not with what (rule 30)."""
    mentor = await world.record(Supporter, uid("supporter:mentor"))
    assert not (await sheet(world))[str(mentor.id)]["clash"]
    other = furniture.supporter(MOORLAND, "supporter:twice", "scheme:at-risk", "mentor", Standing.ACTIVE)
    entry = PayEntry(
        id=MOORLAND.id("pay-entry:twice"),
        scheme=other.scheme,
        jurisdiction="EW",
        prison="MDI",
        organisation=other.organisation,
        supporter=other.id,
        person=mentor.person,
        week_of=LAST,
        band="BAND_2",
        half_days=0,
        full_days=7,
        money_minor_units=1225,
        entered_by=actor("hub"),
    )
    await world.keep([other, entry])
    found = await sheet(world)
    assert found[str(mentor.id)]["clash"]
    assert found[str(other.id)]["clash"]


async def test_supporters_work_is_laid_beside_other_work(world: World) -> None:
    """Of one supporter neither number nor mean is told; of eight both are, the number to the nearest five."""
    (band,) = (await world.hub.get("/v1/pay-parity")).json()["items"]
    assert (band["band"], band["supporters"], band["halfDays"], band["moneyMinorUnits"]) == ("BAND_2", None, None, None)
    assert (band["jobs"], band["places"], band["jobHalfDays"], band["jobMoneyMinorUnits"]) == (1, 3, 8.0, 700)
    kept = await world.record(PayEntry, uid("pay-entry"))
    more = [
        dataclasses.replace(kept, id=MOORLAND.id(f"pay-entry:{n}"), supporter=MOORLAND.id(f"paid:{n}"), half_days=4)
        for n in range(7)
    ]
    await world.keep(more)
    (band,) = (await world.governor.get("/v1/pay-parity")).json()["items"]
    assert (band["supporters"], band["halfDays"]) == (10, round((8 + 7 * 10) / 8, 1))
    retired = await world.hub.post(
        f"/v1/comparison-jobs/{uid('comparison-job')}/retire",
        tag=await world.hub.tag(f"/v1/comparison-jobs/{uid('comparison-job')}"),
    )
    assert retired.json()["inUse"] is False
    assert (await world.governor.get("/v1/pay-parity")).json()["items"] == []  # nothing to lay it beside


async def test_a_supporter_reads_his_own_pay_and_no_other_s(world: World) -> None:
    """His weeks, and nobody else's; nor does a partner read what the prison pays."""
    own = (await world.mentor.get(f"{MENTOR}/pay-entries")).json()["items"]
    assert [each["moneyMinorUnits"] for each in own] == [705]
    entry = f"/v1/pay-entries/{uid('pay-entry')}"
    assert (await world["second-mentor"].get(entry)).status_code == 404
    assert (await world.arthur.get(f"{MENTOR}/pay-entries")).status_code == 404
    for name in ("facilitator", "officer", "headquarters", "evaluator"):
        assert (await world[name].get(entry)).status_code == 403


@pytest.mark.parametrize("name", ["coordinator", "governor", "safer", "imb", "inspector", "facilitator", "officer"])
async def test_only_the_hub_enters_pay(world: World, name: str) -> None:
    """Who runs a scheme does not pay its supporters."""
    body = {"weekOf": str(LAST), "band": "BAND_2", "halfDays": 1}
    assert (await world[name].post(f"{SECOND}/pay-entries", body)).status_code == 403
    assert (await world[name].get("/v1/pay-sheets")).status_code == 403
    assert CAST[name].role is not None

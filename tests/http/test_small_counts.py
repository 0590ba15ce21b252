"""Numbers that leave the prison: no day, no exact value, and no threshold beside one that is not told."""

import dataclasses
from typing import Any
from uuid import UUID

import pytest

from api.work.bench import service_begin
from domain.life.watching_over import watch_over
from domain.schemes.record import Scheme
from domain.supporters.record import Standing, Supporter
from tests.http.cast import uid
from tests.http.tale import done, moved
from tests.http.world import World, codes, problem

LISTENERS = uid("scheme:listeners")


@pytest.mark.parametrize("code", ["IMPROPER_REFUSALS_UNREVIEWED", "INCIDENTS_OF_PRESSURE", "MEDIAN_WAIT", "COMPLAINTS"])
async def test_a_value_of_a_closed_scheme_leaves_the_prison_as_a_count_does(world: World, code: str) -> None:
    """Of a month that is over at the finest, and never by a day; one is not told outside, nor what follows from it. Who
    runs and oversees the scheme sees it."""
    body = {"title": "Fewer", "measure": code, "startsOn": "2026-07-01", "baseline": 3}
    path = (await world.coordinator.post(f"/v1/schemes/{LISTENERS}/objectives", body)).headers["location"]
    today = {"value": 1, "on": "2026-11-21", "source": "SCHEME_RECORDS"}
    assert codes(await moved(world.coordinator, path, "measure", today)) == ["PERIOD_NOT_OVER"]
    said = await done(world.coordinator, path, "measure", {**today, "on": "2026-09-21"})
    first = "2026-07-01" if code == "COMPLAINTS" else "2026-09-01"  # a quarter, or a month
    assert (said["measuredOn"], said["measured"], said["baseline"]) == ([first], [1], 3)
    again = {**today, "value": 2, "on": "2026-09-02"}
    assert codes(await moved(world.coordinator, path, "measure", again)) == ["PERIOD_ALREADY_MEASURED"]
    for who in ("imb", "governor", "samaritan"):
        assert (await world[who].get(path)).json()["measured"] == [1], who
    outside = (await world.headquarters.get(path)).json()
    assert {m: outside[m] for m in ("measured", "measuredAbout", "baseline", "baselineAbout", "status")} == {
        "measured": None,
        "measuredAbout": [None],
        "baseline": None,
        "baselineAbout": None,
        "status": None,
    }


async def with_supporters(world: World, active: int, needed: int) -> dict[str, Any]:
    """So many are active in a live scheme that needs so many; a minute passes: what headquarters reads of it."""
    there = [s for s in await world.records(Supporter, scheme=LISTENERS) if s.standing is Standing.ACTIVE]
    for number in range(len(there), active):
        ids = {"id": uid(f"more:{number}"), "person": uid(f"person:more:{number}")}
        await world.keep([dataclasses.replace(there[0], version=0, **ids)])
    for leaving in there[active:]:
        await world.change(dataclasses.replace(leaving, standing=Standing.STOOD_DOWN))
    scheme = await world.record(Scheme, LISTENERS)
    plan = {"supporters_needed": needed, "supporters_wanted": 12, "pilot_limit": 12}
    await world.change(dataclasses.replace(scheme, **plan))
    await watch_over(service_begin(world.house.runtime))
    return (await world.headquarters.get(f"/v1/scheme-statuses/{LISTENERS}")).json()


async def test_headquarters_cannot_work_out_how_many_supporters_there_are(world: World) -> None:
    """Seven of the seven that are needed, and six of them: at risk, and the same to headquarters; the prison knows. Of
    nine that are needed it is told that there is a gap."""
    seven = await with_supporters(world, 7, 7)
    assert (seven["supportersGap"], seven["supportersAbout"], seven["stateAbout"]) == ("TOO_SMALL_TO_SAY", None, "LIVE")
    assert (await world.governor.get(f"/v1/schemes/{LISTENERS}")).json()["state"] == "LIVE"
    six = await with_supporters(world, 6, 7)
    assert six == seven
    scheme = f"/v1/schemes/{LISTENERS}"
    assert (await world.headquarters.get(scheme)).json()["supportersNeeded"] is None
    assert (await world.arthur.get(scheme)).json()["supportersNeeded"] is None
    within = (await world.governor.get(f"/v1/scheme-statuses/{LISTENERS}")).json()
    assert (within["state"], within["supportersActive"], within["supportersNeeded"]) == ("AT_RISK", 6, 7)
    assert "SUPPORTERS_TOO_FEW" in within["gaps"]
    short = await with_supporters(world, 6, 9)
    assert (short["supportersGap"], short["stateAbout"]) == ("GAP", "AT_RISK")
    assert problem(await world.headquarters.get("/v1/scheme-statuses?state=AT_RISK"))[0] == 400
    risks = (await world.headquarters.get("/v1/scheme-statuses?stateAbout=AT_RISK")).json()["items"]
    assert LISTENERS in {UUID(i["id"]) for i in risks}

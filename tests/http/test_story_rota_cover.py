"""How many supporters each band needs, where the rota falls short of it, and a week's pattern laid over many (F32, F33,
F36, X4; rules 9 and 10)."""

import dataclasses
from typing import Any
from uuid import UUID

import httpx
import pytest

from domain.care.roster import RosterEntry
from domain.supporters.record import Supporter
from tests.http.cast import uid
from tests.http.tale import done
from tests.http.test_story_rota import LISTENER, LISTENERS, written
from tests.http.world import World, codes, observed, problem

SECOND = str(uid("supporter:second-listener"))
WEEK = "?since=2026-11-23&until=2026-11-29"


async def needs(world: World, weekday: str, band: str, supporters: int, wing: str | None = None) -> httpx.Response:
    """So many are needed then: the answer."""
    body = {"wing": wing, "weekday": weekday, "band": band, "supporters": supporters}
    return await world.coordinator.post(f"{LISTENERS}/cover-needs", body)


async def cover(world: World, by: str = "coordinator", asked: str = WEEK) -> dict[tuple[str, str, str | None], Any]:
    """(needed, rostered, missing) by day, band and wing, as this member reads it."""
    answer = await world[by].get(f"{LISTENERS}/cover{asked}")
    assert answer.status_code == 200, answer.text
    return {
        (i["day"], i["band"], i["wing"]): (i["needed"], i["rostered"], i["missing"]) for i in answer.json()["items"]
    }


async def line(world: World, weekday: str, band: str, supporter: str = LISTENER) -> httpx.Response:
    """A line of the pattern: the answer."""
    body = {"supporter": supporter, "weekday": weekday, "band": band}
    return await world.coordinator.post(f"{LISTENERS}/rota-lines", body)


async def laid(world: World, weeks: int = 2, key: str | None = None) -> list[tuple[str, str, bool, list[str]]]:
    """The pattern over these weeks from the 30th on: (supporter, day, whether he is there, codes)."""
    body = {"firstWeek": "2026-11-30", "weeks": weeks}
    answer = await world.coordinator.post(f"{LISTENERS}/lay-pattern", body, key=key)
    assert answer.status_code == 201, answer.text
    return [(i["supporter"], i["day"], i["entry"] is not None, i["codes"]) for i in answer.json()["items"]]


async def test_each_night_wants_two_and_each_wing_its_own(world: World) -> None:
    """Two at night so that one may decline, one on wing B by day: a gap is told by day, band and wing, night included;
    what is on the rota counts for the wing that it is for, and for the prison in any case."""
    assert (await needs(world, "TUESDAY", "NIGHT", 2)).status_code == 201
    assert (await needs(world, "TUESDAY", "AM", 1, "MDI-B")).status_code == 201
    assert codes(await needs(world, "TUESDAY", "NIGHT", 3)) == ["ALREADY_SAID"]
    empty = await cover(world)
    assert len(empty) == 7 * 5 + 1
    assert empty["2026-11-24", "NIGHT", None] == (2, 0, 2)
    assert empty["2026-11-24", "AM", "MDI-B"] == (1, 0, 1)
    assert empty["2026-11-25", "NIGHT", None] == (0, 0, 0)
    await written(world, 24)
    await written(world, 24, supporter=SECOND)
    await written(world, 24, "AM", supporter=str(uid("supporter:third-listener")))
    there = await cover(world)
    assert there["2026-11-24", "NIGHT", None] == (2, 2, 0)
    assert there["2026-11-24", "AM", "MDI-B"] == (1, 0, 1)
    assert there["2026-11-24", "AM", None] == (0, 1, 0)


async def test_a_number_is_changed_and_none_is_needed_any_more(world: World) -> None:
    """The coordinator alone says it; a wing of another prison and a band that the kind has not are refused."""
    path = (await needs(world, "TUESDAY", "AM", 1, "MDI-B")).headers["location"]
    changed = await world.coordinator.patch(path, {"supporters": 0}, tag=await world.coordinator.tag(path))
    assert (changed.status_code, changed.json()["supporters"]) == (200, 0)
    assert ("2026-11-24", "AM", "MDI-B") not in await cover(world)
    assert problem(await needs(world, "MONDAY", "AM", 1, "LEI-A"))[2] == [("WING_OF_ANOTHER_PRISON", "/wing")]
    body = {"weekday": "MONDAY", "band": "NIGHT", "supporters": 1}
    refused = await world.coordinator.post(f"/v1/schemes/{uid('scheme:shannon')}/cover-needs", body)
    assert problem(refused)[2] == [("KIND_DOES_NOT_ALLOW", "/band")]
    for name in ("samaritan", "officer", "safer", "governor"):
        assert (await world[name].post(f"{LISTENERS}/cover-needs", body)).status_code == 403, name


@pytest.mark.parametrize("asked", ["?since=2026-11-23&until=2026-11-22", "?since=2026-11-23&until=2026-12-24"])
async def test_a_month_to_a_page(world: World, asked: str) -> None:
    """An end before the beginning, or more than a month from it."""
    refused = await world.coordinator.get(f"{LISTENERS}/cover{asked}")
    assert (refused.status_code, problem(refused)[2]) == (400, [("NOT_WITHIN_A_MONTH", "query:until")])
    assert len(await cover(world, asked="?since=2026-11-23&until=2026-12-23")) == 31 * 5
    assert len(await cover(world, asked="")) == 7 * 5


async def test_staff_and_partner_read_the_figure_and_nobody_in_custody(world: World) -> None:
    """The same figure to all who read it; to supporters and peer coordinators no figure, and none that there is one."""
    await needs(world, "TUESDAY", "NIGHT", 2)
    await written(world, 24)
    told = await cover(world)
    for name in ("samaritan", "officer", "oscar", "hub", "safer", "governor"):
        assert await cover(world, name) == told, name
    for name in ("listener", "second-listener", "peer-coordinator", "arthur"):
        never = await world[name].get(f"/v1/schemes/{uid('never-existed')}/cover")
        answer = await world[name].get(f"{LISTENERS}/cover")
        assert answer.status_code == 404
        assert observed(answer) == observed(never), name


async def test_the_figure_is_of_the_rota_and_of_nothing_else(world: World) -> None:
    """At court, segregated, resting or suspended, who is on the rota counts as before: to everybody who reads it every
    world is the same, until the rota is published anew (rules 9 and 10)."""
    await needs(world, "TUESDAY", "NIGHT", 2)
    entry = (await written(world, 24)).headers["location"]
    was = await world.record(Supporter, UUID(LISTENER))
    before = {n: await cover(world, n) for n in ("coordinator", "officer", "hub", "samaritan")}
    await world.change(dataclasses.replace(was, away=("2026-11-23/..",)))
    assert {n: await cover(world, n) for n in before} == before
    body = {"category": "ALLEGATION", "disclosedReason": "GENERAL_REVIEW"}
    await done(world.oscar, f"/v1/supporters/{LISTENER}", "suspend", body)
    assert {n: await cover(world, n) for n in before} == before
    await done(world.coordinator, entry, "withdraw")
    assert (await cover(world, "hub"))["2026-11-24", "NIGHT", None] == (2, 0, 2)


async def test_a_pattern_is_laid_over_weeks_and_what_cannot_be_is_told_line_by_line(world: World) -> None:
    """One supporter's days at court keep nobody else off the rota: all that can be placed is, in one act, and of the
    rest each line says what stands in its way. Three nights in seven are not."""
    for weekday in ("MONDAY", "WEDNESDAY", "FRIDAY"):
        assert (await line(world, weekday, "NIGHT")).status_code == 201
    assert (await line(world, "MONDAY", "NIGHT", SECOND)).status_code == 201
    assert codes(await line(world, "MONDAY", "NIGHT", SECOND)) == ["ALREADY_SAID"]
    assert await world.records(RosterEntry, scheme=uid("scheme:listeners")) == []
    was = await world.record(Supporter, UUID(SECOND))
    await world.change(dataclasses.replace(was, away=("2026-12-07/2026-12-07",)))
    found = await laid(world)
    assert sorted(found) == sorted(
        [
            (LISTENER, "2026-11-30", True, []),
            (SECOND, "2026-11-30", True, []),
            (LISTENER, "2026-12-02", True, []),
            (LISTENER, "2026-12-04", False, ["LOAD_NIGHTS"]),
            (LISTENER, "2026-12-07", True, []),
            (SECOND, "2026-12-07", False, ["AWAY"]),
            (LISTENER, "2026-12-09", True, []),
            (LISTENER, "2026-12-11", False, ["LOAD_NIGHTS"]),
        ]
    )
    assert len(await world.records(RosterEntry, scheme=uid("scheme:listeners"))) == 5
    again = await laid(world)
    assert [there for _, _, there, _ in again] == [there for _, _, there, _ in found]
    assert len(await world.records(RosterEntry, scheme=uid("scheme:listeners"))) == 5


async def test_a_key_that_comes_again_rosters_nobody_anew(world: World) -> None:
    """What was withdrawn since is not put back by a replay; by a new act it is."""
    await line(world, "MONDAY", "NIGHT")
    assert await laid(world, 1, "laid-once-0001") == [(LISTENER, "2026-11-30", True, [])]
    (entry,) = await world.records(RosterEntry, scheme=uid("scheme:listeners"))
    await done(world.coordinator, f"/v1/roster/{entry.id}", "withdraw")
    assert await laid(world, 1, "laid-once-0001") == [(LISTENER, "2026-11-30", False, [])]
    assert await laid(world, 1, "laid-once-0002") == [(LISTENER, "2026-11-30", True, [])]


async def test_what_cannot_be_laid_and_what_was_taken_out(world: World) -> None:
    """Weeks begin on Mondays and lie within three months; a line that has ended rosters nobody, and its entries
    stand."""
    path = (await line(world, "MONDAY", "NIGHT")).headers["location"]
    for first, weeks, wrong in (
        ("2026-12-01", 1, "NOT_A_MONDAY"),
        ("2026-11-16", 1, "IN_THE_PAST"),
        ("2026-12-28", 13, "TOO_FAR_AHEAD"),
    ):
        refused = await world.coordinator.post(f"{LISTENERS}/lay-pattern", {"firstWeek": first, "weeks": weeks})
        assert problem(refused)[2] == [(wrong, "/firstWeek")]
    assert len(await laid(world, 1)) == 1
    assert (await done(world.coordinator, path, "end"))["endedOn"] == "2026-11-23"
    assert await laid(world, 2) == []
    assert len(await world.records(RosterEntry, scheme=uid("scheme:listeners"))) == 1
    assert (await line(world, "MONDAY", "NIGHT")).status_code == 201


@pytest.mark.parametrize(
    ("name", "status"),
    [(n, 403) for n in ("officer", "oscar", "hub", "safer", "governor", "samaritan", "imb")]
    + [(n, 404) for n in ("listener", "arthur", "peer-coordinator", "far-coordinator", "shannon-coordinator")],
)
async def test_the_pattern_is_the_coordinators(world: World, name: str, status: int) -> None:
    """He alone reads, writes and lays it."""
    body = {"firstWeek": "2026-11-30", "weeks": 1}
    assert (await world[name].post(f"{LISTENERS}/lay-pattern", body)).status_code == status
    assert (await world[name].get(f"{LISTENERS}/rota-lines")).status_code == status

"""The rota, within what the kind lets be asked of one man; and beyond it only with a reason and a second person's word
(X9, F42; domain facts 2.5 and 12)."""

import dataclasses
from datetime import date
from typing import Any
from uuid import UUID

import httpx
import pytest

from domain.care.roster import RosterEntry
from domain.supporters.record import Supporter
from tests.http import stores
from tests.http.cast import uid
from tests.http.tale import done, moved
from tests.http.world import World, codes, problem

pytestmark = pytest.mark.parametrize("world", stores.MEMORY_FIRST, indirect=True)
LISTENERS = f"/v1/schemes/{uid('scheme:listeners')}"
LISTENER = str(uid("supporter:listener"))


async def written(
    world: World, day: int, band: str = "NIGHT", by: str = "coordinator", scheme: str = LISTENERS, **more: Any
) -> httpx.Response:
    """The Listener is rostered on this day of November: the answer."""
    body = {"supporter": LISTENER, "day": f"2026-11-{day:02}", "band": band, **more}
    return await world[by].post(f"{scheme}/roster", body)


async def rota(world: World, by: str) -> list[tuple[str, str, str]]:
    """(name, day, band) of all that this member finds on the Listeners' rota."""
    answer = await world[by].get(f"/v1/roster?scheme={uid('scheme:listeners')}")
    assert answer.status_code == 200, answer.text
    return [(i["name"], i["day"], i["band"]) for i in answer.json()["items"]]


async def test_within_the_limits_it_is_published_at_once(world: World) -> None:
    """Two nights in seven; supporter, wing, hub and orderly officer read name, day and band, and nothing of load."""
    for day in (24, 26):
        made = await written(world, day)
        assert (made.status_code, made.json()["state"], made.json()["load"]) == (201, "PUBLISHED", [])
    both = [("Lionel Quaverley", "2026-11-24", "NIGHT"), ("Lionel Quaverley", "2026-11-26", "NIGHT")]
    for name in ("coordinator", "samaritan", "officer", "oscar", "hub", "listener", "second-listener"):
        assert await rota(world, name) == both, name
    for name in ("officer", "oscar", "hub", "second-listener"):
        shown = (await world[name].get(made.headers["location"])).json()
        assert [shown[m] for m in ("state", "load", "overriddenFor", "writtenBy", "approvedBy")] == [None] * 5, name
    for name in ("staff", "safer", "governor", "imb", "headquarters", "evaluator"):
        assert (await world[name].get("/v1/roster")).status_code == 403, name
    assert codes(await written(world, 26)) == ["ALREADY_ROSTERED"]


async def test_more_hours_than_somebody_asks_about_are_said_and_not_refused(world: World) -> None:
    """Above eight hours a week somebody asks: the entry says so to those who write it."""
    for day, band in ((24, "AM"), (25, "ED"), (26, "LUNCH_LOCKUP")):
        made = await written(world, day, band)
    assert (made.status_code, made.json()["load"]) == (201, ["LOAD_HOURS_SOFT"])
    over = await written(world, 27, "AM")
    assert problem(over)[:2] == (409, "conflict")
    assert codes(over) == ["LOAD_HOURS"]


async def test_every_hard_limit_that_is_passed_is_told(world: World) -> None:
    """A third night before a morning; a morning after a night beyond the hours of the week. Nothing of it is kept."""
    for day, band in ((23, "NIGHT"), (26, "NIGHT"), (29, "AM"), (25, "PM"), (25, "ED")):
        assert (await written(world, day, band)).status_code == 201
    kept = len(await world.records(RosterEntry))
    assert codes(await written(world, 28)) == ["LOAD_NIGHTS", "LOAD_REST"]
    assert codes(await written(world, 27, "AM")) == ["LOAD_HOURS", "LOAD_REST"]
    assert len(await world.records(RosterEntry)) == kept


async def test_beyond_a_limit_only_with_a_reason_and_a_second_person(world: World) -> None:
    """Until another says yes nobody is rostered, and only who writes and approves knows that it waits; his own yes is
    none. Then it is on the rota like any other, and the record says why, by whom, and what it passes."""
    for day in (24, 26):
        await written(world, day)
    waits = await written(world, 28, override="NOBODY_ELSE")
    assert (waits.status_code, waits.json()["state"], waits.json()["load"]) == (201, "WAITING", ["LOAD_NIGHTS"])
    path = waits.headers["location"]
    for name in ("officer", "hub", "listener", "second-listener", "oscar"):
        assert (await world[name].get(path)).status_code == 404, name
        assert len(await rota(world, name)) == 2, name
    assert codes(await moved(world.coordinator, path, "approve")) == ["SECOND_PERSON_NEEDED"]
    approved = await done(world.samaritan, path, "approve")
    assert (approved["state"], approved["overriddenFor"]) == ("PUBLISHED", "NOBODY_ELSE")
    kept = await world.record(RosterEntry, UUID(path.rpartition("/")[2]))
    assert kept.written_by != kept.approved_by is not None
    for name in ("officer", "hub", "listener"):
        assert len(await rota(world, name)) == 3, name
    assert codes(await moved(world.samaritan, path, "approve")) == ["STATE_PUBLISHED"]


async def test_what_waits_too_long_is_not_published_afterwards(world: World) -> None:
    """A yes on the day after rosters nobody for yesterday."""
    for day in (24, 26):
        await written(world, day)
    path = (await written(world, 28, override="SWAP")).headers["location"]
    world.later(days=6)
    assert codes(await moved(world.samaritan, path, "approve")) == ["DAY_HAS_PASSED"]
    assert codes(await moved(world.coordinator, path, "withdraw")) == ["DAY_HAS_PASSED"]


async def test_there_must_be_something_to_override(world: World) -> None:
    """Nobody gets used to it."""
    assert codes(await written(world, 24, override="OWN_WISH")) == ["NOTHING_TO_OVERRIDE"]


async def test_it_is_withdrawn_and_gone_for_everybody_who_reads_it(world: World) -> None:
    """Who wrote it sees that it was there; the limits count it no more."""
    for day in (24, 26):
        last = (await written(world, day)).headers["location"]
    assert codes(await written(world, 25)) == ["LOAD_NIGHTS"]
    assert (await done(world.coordinator, last, "withdraw"))["state"] == "WITHDRAWN"
    for name in ("officer", "hub", "listener", "second-listener"):
        assert (await world[name].get(last)).status_code == 404, name
    assert (await world.coordinator.get(last)).json()["state"] == "WITHDRAWN"
    assert (await written(world, 28)).status_code == 201
    assert codes(await moved(world.coordinator, last, "withdraw")) == ["STATE_WITHDRAWN"]


async def test_what_cannot_be_on_a_rota(world: World) -> None:
    """A day that is over, one that nobody can know yet, a band that the kind has not: all that is wrong at once. Who is
    not in the role is not available, whyever."""
    past = await written(world, 22)
    assert problem(past) == (422, "unacceptable", [("IN_THE_PAST", "/day")])
    far = {"supporter": str(uid("supporter:mentor")), "day": "2027-02-24", "band": "NIGHT"}
    refused = await world.coordinator.post(f"/v1/schemes/{uid('scheme:shannon')}/roster", far)
    assert problem(refused)[2] == [("TOO_FAR_AHEAD", "/day"), ("KIND_DOES_NOT_ALLOW", "/band")]
    answers = []
    for who in ("supporter:mentor", "supporter:paused", "nobody at all"):
        answers.append((await written(world, 24, supporter=str(uid(who)))).content)
    assert answers[0] == answers[1] == answers[2]
    assert b"NOT_AVAILABLE" in answers[0]


async def test_no_shift_without_a_certificate_for_its_day(world: World) -> None:
    """The certificate ends on the 25th, and he is at court on the 26th: what stands in the way on the day of the band
    is told with every limit that it passes, and of a waiting entry once more when another says yes (F25)."""
    was = await world.record(Supporter, UUID(LISTENER))
    await world.change(dataclasses.replace(was, away=("2026-11-26/2026-11-26",)))
    for day in (23, 25):
        assert (await written(world, day)).status_code == 201
    assert codes(await written(world, 26)) == ["LOAD_NIGHTS", "AWAY"]
    waits = await written(world, 27, override="SWAP")
    assert waits.status_code == 201
    now = await world.record(Supporter, UUID(LISTENER))
    await world.change(dataclasses.replace(now, certificate_expires_on=date(2026, 11, 25)))
    assert codes(await written(world, 26)) == ["LOAD_NIGHTS", "NOT_CERTIFIED", "AWAY"]
    assert codes(await moved(world.coordinator, waits.headers["location"], "approve")) == [
        "SECOND_PERSON_NEEDED",
        "NOT_CERTIFIED",
    ]
    assert codes(await moved(world.samaritan, waits.headers["location"], "approve")) == ["NOT_CERTIFIED"]
    body = {"category": "ALLEGATION", "disclosedReason": "GENERAL_REVIEW"}
    await done(world.oscar, f"/v1/supporters/{LISTENER}", "suspend", body)
    assert codes(await written(world, 30)) == ["SUSPENDED", "NOT_CERTIFIED"]


@pytest.mark.parametrize(
    ("name", "status"),
    [(n, 403) for n in ("officer", "oscar", "hub", "safer", "governor", "samaritan", "imb")]
    + [(n, 404) for n in ("listener", "arthur", "peer-coordinator", "far-coordinator", "shannon-coordinator")],
)
async def test_nobody_else_writes_the_rota(world: World, name: str, status: int) -> None:
    """The coordinator alone: the wing does not, and no prisoner does (rule 10)."""
    assert (await written(world, 24, by=name)).status_code == status
    path = (await written(world, 24)).headers["location"]
    for action in ("approve", "withdraw"):
        if (name, action) != ("samaritan", "approve"):
            tag = '"x"'
            assert (await world[name].post(f"{path}/{action}", tag=tag)).status_code in (403, 404)

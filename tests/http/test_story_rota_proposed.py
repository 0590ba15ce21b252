"""A rota is proposed where it is short, and laid by the coordinator (F34; rules 9 and 10)."""

import dataclasses
from typing import Any
from uuid import UUID

import httpx
import pytest

from api.work.bench import service_begin
from api.work.loop import result_of
from domain.care import proposing
from domain.care.roster import RosterEntry, RosterState
from domain.oversight import jobs
from domain.oversight.record import Job, JobKind
from domain.supporters.record import Standing, Supporter
from tests.http import tale
from tests.http.cast import uid
from tests.http.tale import done
from tests.http.test_rules_rota import called
from tests.http.test_story_rota import LISTENER, LISTENERS, written
from tests.http.test_story_rota_cover import SECOND, cover, line, needs
from tests.http.world import World, codes, problem

SCHEME = str(uid("scheme:listeners"))
THIRD = str(uid("supporter:third-listener"))
AHEAD = "?since=2026-11-30&until=2026-12-27"


async def started(world: World, by: str = "coordinator", **more: Any) -> httpx.Response:
    """A rota is asked for: the answer."""
    return await world[by].post("/v1/jobs", {"kind": "ROTA", "scheme": SCHEME, **more})


async def worked(world: World) -> None:
    """Whatever waits is done."""
    runtime = world.house.runtime
    while (job := await jobs.next_waiting(service_begin(runtime))) is not None:
        if job.kind is JobKind.ROTA:
            await jobs.finish(service_begin(runtime), job, await result_of(runtime, job))


async def proposed(world: World) -> tuple[str, dict[str, Any]]:
    """A proposal is made: its path, and what it says."""
    answer = await started(world)
    assert answer.status_code == 202, answer.text
    await worked(world)
    path = answer.headers["location"]
    told = (await world.coordinator.get(path)).json()
    assert (told["state"], told["progress"]) == ("DONE", 100)
    return path, told["result"]


async def laid(world: World, path: str, key: str | None = None) -> list[tuple[str, str, bool, list[str]]]:
    """It is laid: (supporter, day, whether he is there, codes)."""
    body = {"job": path.rpartition("/")[2]}
    answer = await world.coordinator.post(f"{LISTENERS}/lay-proposal", body, key=key)
    assert answer.status_code == 201, answer.text
    return [(i["supporter"], i["day"], i["entry"] is not None, i["codes"]) for i in answer.json()["items"]]


async def test_a_rota_is_proposed_and_laid_by_the_coordinator(world: World) -> None:
    """Two each Tuesday night for four weeks, of three: nobody is on the rota by the proposal, and all are once it is
    laid; then nothing is missing, and no night is shared unfairly. Laid again it finds them there."""
    await needs(world, "TUESDAY", "NIGHT", 2)
    path, told = await proposed(world)
    assert (told["firstWeek"], told["weeks"], told["best"], told["short"]) == ("2026-11-30", 4, True, [])
    days = ["2026-12-01", "2026-12-08", "2026-12-15", "2026-12-22"]
    assert [i["day"] for i in told["items"]] == sorted(days * 2)
    nights = {who: sum(i["supporter"] == who for i in told["items"]) for who in (LISTENER, SECOND, THIRD)}
    assert sorted(nights.values()) == [2, 3, 3]
    assert await world.records(RosterEntry, scheme=UUID(SCHEME)) == []
    assert [(there, codes) for _, _, there, codes in await laid(world, path)] == [(True, [])] * 8
    assert {v for k, v in (await cover(world, asked=AHEAD)).items() if k[1] == "NIGHT"} == {(2, 2, 0), (0, 0, 0)}
    assert [codes for *_, codes in await laid(world, path)] == [["ALREADY_ROSTERED"]] * 8
    assert len(await world.records(RosterEntry, scheme=UUID(SCHEME))) == 8
    assert (await proposed(world))[1]["items"] == []


async def test_it_goes_by_the_rota_that_there_is_and_by_the_pattern(world: World) -> None:
    """What stands is kept, and counts towards the limits; who is there by the pattern of the week is there."""
    await needs(world, "TUESDAY", "NIGHT", 1)
    await line(world, "TUESDAY", "NIGHT", THIRD)
    for day in ("2026-11-30", "2026-12-02"):
        body = {"supporter": LISTENER, "day": day, "band": "NIGHT"}
        assert (await world.coordinator.post(f"{LISTENERS}/roster", body)).status_code == 201
    body = {"supporter": SECOND, "day": "2026-12-15", "band": "NIGHT"}
    assert (await world.coordinator.post(f"{LISTENERS}/roster", body)).status_code == 201
    _, told = await proposed(world)
    assert [i["day"] for i in told["items"]] == ["2026-12-01", "2026-12-08", "2026-12-22"]
    assert LISTENER not in {i["supporter"] for i in told["items"] if i["day"] == "2026-12-01"}
    assert THIRD in {i["supporter"] for i in told["items"]}


async def test_what_stays_short_says_which_rule_it_is(world: World) -> None:
    """To the coordinator, who may know it of each of them: one is at court, one has had his nights, one is
    suspended."""
    await needs(world, "FRIDAY", "NIGHT", 2)
    for day in ("2026-12-01", "2026-12-03"):
        body = {"supporter": LISTENER, "day": day, "band": "NIGHT"}
        assert (await world.coordinator.post(f"{LISTENERS}/roster", body)).status_code == 201
    was = await world.record(Supporter, UUID(SECOND))
    await world.change(dataclasses.replace(was, away=("2026-12-04/2026-12-04",)))
    body = {"category": "ALLEGATION", "disclosedReason": "GENERAL_REVIEW"}
    await done(world.oscar, f"/v1/supporters/{THIRD}", "suspend", body)
    _, told = await proposed(world)
    assert told["short"][0] == {
        "day": "2026-12-04",
        "band": "NIGHT",
        "wing": None,
        "missing": 2,
        "because": {"AWAY": 1, "LOAD_NIGHTS": 1},
    }
    assert THIRD not in {i["supporter"] for i in told["items"]}


async def test_what_changed_meanwhile_is_told_one_by_one(world: World) -> None:
    """Laid, each passes the gates of today: whoever cannot come any more is not put there, and the others are. A key
    that comes again puts nobody back."""
    await needs(world, "TUESDAY", "NIGHT", 3)
    path, told = await proposed(world)
    assert len(told["items"]) == 12
    was = await world.record(Supporter, UUID(SECOND))
    await world.change(dataclasses.replace(was, away=("2026-12-01/2026-12-01",)))
    found = await laid(world, path, "laid-once-0001")
    assert [(who, day) for who, day, there, _ in found if not there] == [(SECOND, "2026-12-01")]
    assert [codes for *_, there, codes in found if not there] == [["AWAY"]]
    entry = next(e for e in await world.records(RosterEntry, scheme=UUID(SCHEME)) if f"{e.day}" == "2026-12-08")
    await done(world.coordinator, f"/v1/roster/{entry.id}", "withdraw")
    again = await laid(world, path, "laid-once-0001")
    assert [codes for *_, codes in again] == [[]] * 12
    assert sum(there for *_, there, _ in again) == 10
    stands = [e for e in await world.records(RosterEntry, scheme=UUID(SCHEME)) if e.state is RosterState.PUBLISHED]
    assert len(stands) == 10


async def test_whoever_is_on_probation_fills_no_gap(world: World) -> None:
    """He is on the rota where the coordinator wrote him, beside another; alone there he leaves the band as short as it
    was, and no proposal puts him anywhere."""
    await needs(world, "TUESDAY", "NIGHT", 2)
    (who,) = await world.records(Supporter, id=UUID(LISTENER))
    await world.change(dataclasses.replace(who, standing=Standing.PROBATION))
    await written(world, 24)
    assert (await cover(world))["2026-11-24", "NIGHT", None] == (2, 0, 2)
    _, told = await proposed(world)
    assert {i["supporter"] for i in told["items"]} == {SECOND, THIRD}
    assert told["short"] == []


async def test_who_was_called_changes_no_proposal(world: World) -> None:
    """The same needs and the same rota: called twice in the night or not, a proposal goes by the very same facts, and
    leaves as many missing (rule 9)."""
    await needs(world, "TUESDAY", "NIGHT", 2)
    await needs(world, "TUESDAY", "ED", 1)
    await written(world, 24)
    path, before = await proposed(world)
    (job,) = await world.records(Job, id=UUID(path.rpartition("/")[2]))
    facts = await proposing.gathered(service_begin(world.house.runtime), job)
    world.at(world.now.replace(day=24, hour=23))
    await tale.on_duty(world)
    await called(world, 2)
    assert await proposing.gathered(service_begin(world.house.runtime), job) == facts
    _, after = await proposed(world)
    assert len(facts.men) == 3
    assert (before["short"], len(before["items"])) == (after["short"], len(after["items"])) == ([], 12)


@pytest.mark.parametrize("name", ["governor", "evaluator", "inspector", "headquarters"])
async def test_a_rota_is_proposed_to_its_coordinator_alone(world: World, name: str) -> None:
    """Others who have long work done count supporters; none has them named to him."""
    refused = await started(world, name)
    assert problem(refused)[:2] == (422, "unacceptable")
    assert codes(refused)[0] == "JOB_OF_COORDINATOR"


async def test_a_proposal_is_laid_by_whom_it_was_made_for(world: World) -> None:
    """His own job, of that scheme, of that kind, and done: any other is not there."""
    await needs(world, "TUESDAY", "NIGHT", 1)
    assert (await started(world, "shannon-coordinator")).status_code == 404
    answer = await started(world)
    path = answer.headers["location"]
    waits = await world.coordinator.post(f"{LISTENERS}/lay-proposal", {"job": path.rpartition("/")[2]})
    assert codes(waits) == ["STATE_WAITING"]
    await worked(world)
    body = {"job": path.rpartition("/")[2]}
    for job in ("job", "no job", "job:rota"):
        other = await world.coordinator.post(f"{LISTENERS}/lay-proposal", {"job": str(uid(job))})
        assert other.status_code == 404, job
    assert (await world["once-inside"].post(f"{LISTENERS}/lay-proposal", body)).status_code == 404
    for name, status in (("samaritan", 403), ("officer", 403), ("listener", 404), ("peer-coordinator", 404)):
        assert (await world[name].post(f"{LISTENERS}/lay-proposal", body)).status_code == status, name
    assert (await world.governor.get(path)).status_code == 404
    (kept,) = await world.records(Job, id=UUID(path.rpartition("/")[2]))
    assert kept.progress == 100

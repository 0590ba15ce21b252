"""A caller is remembered between requests, and no longer than what he may do (ASVS 8.3.2, security.md T5)."""

import asyncio
import dataclasses
from datetime import timedelta
from typing import Any

import pytest

from domain.confidentiality.principal import Principal
from domain.oversight.record import Actor, Assignment, Duty
from tests.http.cast import CAST, IN_CUSTODY, actor, assignment, uid
from tests.http.operations import operation
from tests.http.tale import line, on_duty
from tests.http.world import World, problem

SCHEME = f"/v1/schemes/{uid('scheme:insiders')}"
FREE = [name for name in CAST if name not in IN_CUSTODY]


async def warm(world: World, name: str) -> None:
    """Have the caller remembered."""
    for _ in range(2):
        await world[name].get("/v1/policy")
    world.seen.calls.clear()


async def test_a_remembered_caller_costs_one_look(world: World) -> None:
    """Reading one record, or changing one: the look at it holds his footing."""
    await warm(world, "coordinator")
    assert (await world.coordinator.get(SCHEME)).status_code == 200
    assert world.seen.calls == [("get", "scheme"), ("settle", "")]
    world.seen.calls.clear()
    assert (await operation("amendScheme").send(world, tag='"stale"')).status_code == 412
    assert ("get", "scheme") in world.seen.calls
    assert {what for what, _ in world.seen.calls} <= {"get", "find", "settle", "abandon"}


async def test_a_remembered_caller_s_refusal_costs_one_look(world: World) -> None:
    """He has not the verb: his mark is asked for once, and the refusal has its line."""
    await warm(world, "coordinator")
    assert (await world.coordinator.get("/v1/ledger")).status_code == 403
    assert world.seen.calls == [("mark", ""), ("abandon", "")]


async def test_what_a_caller_is_worked_out_from_is_what_his_mark_stands_for(world: World) -> None:
    """The kinds that are looked at before anything else, for everybody who is remembered: those whose changes move the
    mark, and no other. One more needs a trigger of its own first."""
    met: set[str] = set()
    for name in FREE:
        world.house.runtime.remembered._kept.clear()
        world.seen.calls.clear()
        await world[name].get("/v1/me")
        met |= {kind for what, kind in world.seen.calls if what in ("get", "find")}
    assert met == {"actor", "assignment", "duty"}


async def test_a_person_in_custody_is_worked_out_each_time(world: World) -> None:
    """His capacities come from where he is and what he is trusted with: he is never remembered."""
    for name in ("arthur", "listener"):
        await warm(world, name)
        await world[name].get(SCHEME)
        assert ("find", "person") in world.seen.calls
    assert not any(p.subject in {CAST[n].number for n in IN_CUSTODY} for p in world.house.runtime.remembered._kept)


async def test_a_capacity_given_or_taken_counts_from_the_next_request(world: World) -> None:
    """Behind everybody's back, as another process would do it: a look, a change and a refusal before any act are each
    decided on what holds now; and the line names the role that is left."""
    sent: list[tuple[str, str, Any]] = [
        ("GET", "/v1/supporters", ...),
        ("GET", "/v1/supporters?limit=0", ...),  # a slip, and the verb comes before it
        ("GET", "/v1/supporters?bogus=1", ...),
        ("POST", "/v1/duty-declarations", {"prison": "MDI", "wings": ["MDI-A"]}),
    ]
    for method, path, body in sent:
        await warm(world, "officer")
        held = await world.record(Assignment, assignment("officer"))
        await world.change(dataclasses.replace(held, ended_at=world.now))
        assert problem(await world.officer.send(method, path, body=body))[:2] == (403, "forbidden")
        assert line(world.last)[1] == "STAFF_MEMBER"
        held = await world.record(Assignment, assignment("officer"))
        await world.change(dataclasses.replace(held, ended_at=None))
        assert (await world.officer.get("/v1/supporters")).status_code == 200


async def test_who_acts_for_the_first_time_that_day_leaves_the_day_only(world: World) -> None:
    """The service's own line of it is written just before the act that may be about somebody who asked: with its
    instant it would tell what the act's own line hides (rule 4)."""
    world.later(days=1)
    await world.oscar.get("/v1/board")
    (used,) = [e for e in world.seen.entries if any(c.kind == "assignment" for c in e.changes)]
    assert (used.closed, used.nameless, used.at) == (True, True, world.now.replace(hour=0))
    world.stage.tokens["hub"] = dataclasses.replace(world.stage.tokens["hub"], subject="never-seen")
    await world.hub.get("/v1/me")
    (met,) = [e for e in world.seen.entries if any(c.kind == "actor" for c in e.changes)]
    assert (met.closed, met.nameless, met.at) == (True, True, world.now.replace(hour=0))


async def test_a_duty_reaches_from_the_next_request_and_ends_by_time_alone(world: World) -> None:
    """Nothing is written when a band ends: what was remembered ends with it."""
    path = f"/v1/requests/{uid('request:received')}"
    await warm(world, "officer")
    assert (await world.officer.get(path)).status_code == 404
    await on_duty(world)
    assert (await world.officer.get(path)).status_code == 200
    (duty,) = await world.records(Duty, author=actor("officer"))
    world.at(duty.ends_at + timedelta(hours=2, seconds=-1))
    await warm(world, "officer")
    assert (await world.officer.get(path)).status_code == 200
    world.later(seconds=1)
    assert (await world.officer.get(path)).status_code == 404


async def test_another_client_or_authority_is_another_caller(world: World) -> None:
    """The same person by another client, or a client whose token lost its authority, is not who is remembered."""
    await warm(world, "integrator")
    assert (await world.integrator.get("/v1/schemes")).status_code == 200
    token: Principal = world.stage.tokens["integrator"]
    world.stage.tokens["integrator"] = dataclasses.replace(token, authorities=frozenset())
    assert (await world.integrator.get("/v1/schemes")).status_code == 403


async def test_who_turns_out_to_have_been_inside_loses_his_own_file_at_once(world: World) -> None:
    """The actor's own row is part of the footing: rule 30 holds from the request after it was learnt."""
    path = f"/v1/supporters/{uid('supporter:mentor')}"
    await warm(world, "coordinator")
    assert (await world.coordinator.get(path)).status_code == 200
    known = await world.record(Actor, actor("coordinator"))
    await world.change(dataclasses.replace(known, person=uid("person:mentor")))
    assert (await world.coordinator.get(path)).status_code == 404


@pytest.mark.parametrize("rounds", [40, pytest.param(2500, marks=pytest.mark.nightly)])
async def test_no_request_after_the_end_of_an_assignment_is_decided_on_it(world: World, rounds: int) -> None:
    """Requests run while the assignment ends: each that begins after the end is refused, whichever of four readers it
    comes from; each that was let through had begun before."""
    raced = 0
    for _ in range(rounds):
        ended: list[bool] = []

        async def reads(ended: list[bool] = ended) -> None:
            for _ in range(4):
                after = bool(ended)
                answer = await world.oscar.get("/v1/board")
                assert answer.status_code == 403 if after else answer.status_code in (200, 403)

        async def ends(ended: list[bool] = ended) -> None:
            held = await world.record(Assignment, assignment("oscar"))
            await world.change(dataclasses.replace(held, ended_at=world.now))
            ended.append(True)

        await asyncio.gather(reads(), ends(), reads(), reads(), reads())
        raced += 4
        held = await world.record(Assignment, assignment("oscar"))
        await world.change(dataclasses.replace(held, ended_at=None))
    assert raced == 4 * rounds

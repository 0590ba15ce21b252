"""After a death: a chronology for coroner and ombudsman (rule 16, scenario 13). Supporters are letters, refusals are of
the prison and of nobody, and it is made alike for whoever never asked."""

import dataclasses
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from api.work.bench import service_begin
from api.work.loop import result_of
from domain.confidentiality.verbs import Verb
from domain.oversight import jobs
from domain.oversight.record import Job, JobKind
from domain.packs.chronology import Letters
from domain.people.record import Person
from domain.sessions.conduct import Conduct
from domain.sessions.record import Enrolment, Session, SessionState
from tests.http.cast import START, uid
from tests.http.furniture import MOORLAND, session
from tests.http.stores import MEMORY_FIRST
from tests.http.world import World, codes

FIRST = pytest.mark.parametrize("world", MEMORY_FIRST, indirect=True)
NOBODY = "A9999ZZ"


async def held(world: World) -> str:
    """A death of today is recorded: the hold's id."""
    answer = await world.governor.post("/v1/envelope-holds", {"prison": "MDI", "on": "2026-11-23"})
    assert answer.status_code == 201, answer.text
    return answer.json()["id"]


async def asked(world: World, hold: str, identifier: str, by: str = "ombudsman") -> Any:
    """A chronology is asked for: the answer."""
    return await world[by].post("/v1/jobs", {"kind": "CHRONOLOGY", "hold": hold, "identifier": identifier})


async def made(world: World, hold: str, identifier: str) -> str:
    """And made: the path of its job."""
    answer = await asked(world, hold, identifier)
    assert answer.status_code == 202, answer.text
    assert answer.json()["person"] is None
    assert "person" in answer.json()["withheld"]
    runtime = world.house.runtime
    while (job := await jobs.next_waiting(service_begin(runtime))) is not None:
        if job.kind is JobKind.CHRONOLOGY:
            await jobs.finish(service_begin(runtime), job, await result_of(runtime, job))
    return answer.headers["location"]


async def read(world: World, path: str) -> dict[str, Any]:
    """The chronology."""
    answer = await world.ombudsman.get(f"{path}/chronology")
    assert answer.status_code == 200, answer.text
    return answer.json()


async def learner(world: World) -> tuple[Enrolment, str]:
    """Somebody who is enrolled in the prison, and his number."""
    enrolment = await world.record(Enrolment, uid("enrolment"))
    person = await world.record(Person, enrolment.person)
    return enrolment, person.identifier


def met(of: Enrolment, days: int) -> Session:
    """A session of his that was held so many days ago."""
    at = START - timedelta(days=days)
    his = {"person": of.person, "enrolment": of.id, "supporter": of.supporter, "state": SessionState.DELIVERED}
    return session(MOORLAND, f"met:{days}", at, minutes=20, supporter_person=of.supporter_person, **his)


async def test_it_tells_of_open_schemes_in_order_with_supporters_as_letters(world: World) -> None:
    """His own contacts of the days of the hold, each with its hash; no supporter, no name, no number; and two of them
    give no supporter the same letter by rule."""
    hold = await held(world)
    enrolment, number = await learner(world)
    for days in (3, 9):
        await world.keep([met(enrolment, days)])
    await world.keep([met(enrolment, 40)])
    told = await read(world, await made(world, hold, number))
    kinds = {each["kind"] for each in told["events"]}
    assert {"conduct", "envelope-hold", "session"} <= kinds
    sessions = [each for each in told["events"] if each["what"] == "SESSION_HELD"]
    assert len(sessions) == 2
    assert sessions[0]["supporters"] == sessions[1]["supporters"] != []
    assert [each["at"] for each in told["events"]] == sorted(each["at"] for each in told["events"])
    assert {letter for each in told["events"] for letter in each["supporters"]} <= {
        f"Supporter {letter}" for letter in "ABCDEFGH"
    }
    said = str(told)
    assert str(enrolment.supporter) not in said
    assert str(enrolment.supporter_person) not in said
    assert number not in said
    assert enrolment.name not in said
    assert str(enrolment.person) not in said
    assert all(len(each["sha256"]) == 64 for each in told["events"])
    line = world.last
    assert (line.verb, [s.kind for s in line.sights]) == (Verb.READ_JOB, ["job"])


async def test_of_a_closed_policy_it_has_what_is_of_nobody_and_is_alike_for_all(world: World) -> None:
    """Refusals of the prison, with whoever coded them and their marks; for a man of whom nothing is known the same
    ones, and the same answer when it is asked for."""
    hold = await held(world)
    _, number = await learner(world)
    known, unknown = await asked(world, hold, number), await asked(world, hold, NOBODY)
    alike = [{k: v for k, v in each.json().items() if k not in ("id",)} for each in (known, unknown)]
    assert alike[0] == alike[1]
    his = await read(world, await made(world, hold, number))
    nobodys = await read(world, await made(world, hold, NOBODY))
    refusals = [each for each in his["events"] if each["kind"] == "conduct"]
    assert refusals == [each for each in nobodys["events"] if each["kind"] == "conduct"]
    assert [each["kind"] for each in nobodys["events"]].count("envelope-hold") == 1
    assert len(nobodys["events"]) == len(refusals) + 1
    (kept,) = [each for each in await world.records(Conduct) if each.prison == "MDI"]
    assert [(each["record"], each["by"]) for each in refusals] == [(str(kept.id), str(kept.coded_by))]
    assert not [each["supporters"] for each in refusals if each["supporters"]]


@FIRST
async def test_what_was_recorded_after_the_hold_says_so(world: World) -> None:
    """The mark of a refusal stands in it."""
    hold = await held(world)
    (kept,) = [each for each in await world.records(Conduct) if each.prison == "MDI"]
    await world.change(dataclasses.replace(kept, late=True, after_hold=True))
    told = await read(world, await made(world, hold, NOBODY))
    assert [(each["late"], each["afterHold"]) for each in told["events"] if each["kind"] == "conduct"] == [(True, True)]


@FIRST
async def test_it_is_for_coroner_and_ombudsman_and_its_maker_alone(world: World) -> None:
    """Board, governor and inspectorate have none made, though they start other jobs; nobody else reads it; a hold that
    is not there, and a number of no form, are refused; no death, no chronology."""
    hold = await held(world)
    for by in ("imb", "governor", "inspector", "coordinator"):
        assert codes(await asked(world, hold, NOBODY, by)) == ["JOB_OF_CORONER"]
    for by in ("officer", "safer"):
        assert (await asked(world, hold, NOBODY, by)).status_code == 403
    assert (await asked(world, str(uid("no hold")), NOBODY)).status_code == 404
    assert (await asked(world, str(uid("irish:envelope-hold")), NOBODY)).status_code == 404
    assert (await asked(world, hold, "QQ")).status_code == 422
    wrong = await world.ombudsman.post("/v1/jobs", {"kind": "CHRONOLOGY"})
    assert codes(wrong) == ["MISSING", "MISSING"]
    path = await made(world, hold, NOBODY)
    assert (await world.imb.get(f"{path}/chronology")).status_code == 404
    waiting = (await asked(world, hold, NOBODY)).headers["location"]
    assert codes(await world.ombudsman.get(f"{waiting}/chronology")) == ["NO_CHRONOLOGY"]


@FIRST
async def test_whom_it_is_about_stands_in_the_job_alone(world: World) -> None:
    """As our own random id; and the worker's line names the records that it told of."""
    hold = await held(world)
    enrolment, number = await learner(world)
    path = await made(world, hold, number)
    job = await world.record(Job, UUID(path.rpartition("/")[2]))
    assert job.person == enrolment.person
    assert number not in str(job.result)
    ticks = [e for e in world.seen.entries if e.verb == Verb.TICK and any(s.kind == "conduct" for s in e.sights)]
    assert ticks


def test_letters_are_of_one_chronology() -> None:
    """Twenty-eight supporters: A to Z, AA, AB, in another order by another seed."""
    met = {uid(f"supporter:{n}") for n in range(28)}
    first, second = Letters(b"one", met).told(), Letters(b"two", met).told()
    assert sorted(first.values()) == sorted(second.values())
    assert {"Supporter A", "Supporter Z", "Supporter AA", "Supporter AB"} < set(first.values())
    assert first != second

"""After a death: a chronology for coroner and ombudsman (rule 16, scenario 13). Supporters are letters, refusals are of
the prison and of nobody, and it is made alike for whoever never asked."""

import dataclasses
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from api.work.bench import service_begin
from api.work.loop import result_of
from domain.confidentiality.verbs import Verb
from domain.oversight import jobs
from domain.oversight.record import Assignment, Job, JobKind
from domain.packs.chronology import Letters, move_on
from domain.people.record import Person
from domain.retention.ending import delete_what_is_over
from domain.sessions.conduct import Conduct
from domain.sessions.holding import EnvelopeHold
from domain.sessions.record import Enrolment, Induction, Session, SessionState
from domain.sessions.request import Request
from tests.http import cast
from tests.http.cast import START, assignment, uid
from tests.http.furniture import MOORLAND, session
from tests.http.stores import MEMORY_FIRST
from tests.http.test_story_contacts import case, kept, run
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
    await move_on(service_begin(runtime))
    while (job := await jobs.next_waiting(service_begin(runtime))) is not None:
        if job.kind is JobKind.CHRONOLOGY:
            await jobs.finish(service_begin(runtime), job, await result_of(runtime, job))
    return answer.headers["location"]


async def unbound(world: World, hold: str) -> None:
    """As if no number had been asked for under it."""
    there = await world.record(EnvelopeHold, UUID(hold))
    await world.change(dataclasses.replace(there, about=()))


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
    hold, other = await held(world), str(uid("envelope-hold"))
    _, number = await learner(world)
    known, unknown = await asked(world, hold, number), await asked(world, other, NOBODY)
    alike = [{k: v for k, v in each.json().items() if k not in ("id", "hold")} for each in (known, unknown)]
    assert alike[0] == alike[1]
    his = await read(world, await made(world, hold, number))
    await unbound(world, hold)
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
    assert codes(await world.ombudsman.get(f"{waiting}/chronology")) == ["STATE_FOR_A_SECOND"]


@FIRST
async def test_whom_it_is_about_stands_in_the_job_alone(world: World) -> None:
    """As our own random id; and the worker's line names the records that it told of."""
    hold = await held(world)
    enrolment, number = await learner(world)
    path = await made(world, hold, number)
    job = await world.record(Job, UUID(path.rpartition("/")[2]))
    assert job.person == enrolment.person
    assert job.result is None
    assert number not in (job.file or number)
    bound = await world.record(EnvelopeHold, UUID(hold))
    assert bound.about == (job.about,)
    shown = (await world.ombudsman.get(path)).json()
    assert (shown["state"], shown["result"], shown["file"], shown["about"]) == ("DONE", None, None, None)
    assert str(job.about) not in (await world.governor.get(f"/v1/envelope-holds/{hold}")).text
    ticks = [e for e in world.seen.entries if e.verb == Verb.TICK and any(s.kind == "conduct" for s in e.sights)]
    assert ticks


@FIRST
async def test_another_number_under_a_hold_needs_a_second_person(world: World) -> None:
    """The first number is bound. Another waits, however often one person asks; nothing is looked up; and when somebody
    else asks for the same, both have theirs. Under another hold it has nothing to do with this one."""
    hold = await held(world)
    _, number = await learner(world)
    await made(world, hold, number)
    again, first = await asked(world, hold, number), await asked(world, hold, NOBODY)
    await asked(world, hold, NOBODY)
    await made(world, hold, number)
    path = first.headers["location"]
    assert codes(await world.ombudsman.get(f"{path}/chronology")) == ["STATE_FOR_A_SECOND"]
    assert (await world.ombudsman.get(again.headers["location"])).json()["state"] == "DONE"
    await made(world, str(uid("envelope-hold")), NOBODY)
    mine, second = await world.record(Assignment, assignment("ombudsman")), cast.principal("samaritan")
    whose = {"holder": cast.actor("samaritan"), "issuer": second.issuer, "subject": second.subject}
    new: Any = uid("assignment:second-ombudsman")
    await world.keep([dataclasses.replace(mine, id=new, version=0, **whose)])
    third = await asked(world, hold, "A8888YY", "samaritan")
    await asked(world, hold, NOBODY, "samaritan")
    await made(world, hold, number)
    assert (await world.ombudsman.get(f"{path}/chronology")).status_code == 200
    assert (await world.samaritan.get(third.headers["location"])).json()["state"] == "FOR_A_SECOND"
    bound = await world.record(EnvelopeHold, UUID(hold))
    assert len(bound.about) == len(set(bound.about)) == 2
    assert not {NOBODY, number} & set(bound.about)


@FIRST
async def test_the_answer_to_asking_does_not_tell_which_number_was_asked_for(world: World) -> None:
    """Of the first number, of the one that is bound and of another the answer is the same, and asking changes nothing
    of the hold: what may be made is seen to by the clock."""
    hold = await held(world)
    first = await asked(world, hold, NOBODY)
    assert (await world.record(EnvelopeHold, UUID(hold))).about == ()
    assert await move_on(service_begin(world.house.runtime)) == 1
    assert (await world.ombudsman.get(first.headers["location"])).json()["state"] == "WAITING"
    same, other = await asked(world, hold, NOBODY), await asked(world, hold, "A8888YY")
    answers = [each.json() for each in (first, same, other)]
    assert [each["state"] for each in answers] == ["FOR_A_SECOND"] * 3
    assert len({str({k: v for k, v in each.items() if k != "id"}) for each in answers}) == 1
    assert await move_on(service_begin(world.house.runtime)) == 1
    assert (await world.ombudsman.get(other.headers["location"])).json()["state"] == "FOR_A_SECOND"
    assert await move_on(service_begin(world.house.runtime)) == 0


@FIRST
async def test_what_no_second_person_asks_for_is_deleted(world: World) -> None:
    """After thirty days; the hold stays bound to the first number."""
    hold = await held(world)
    await asked(world, hold, NOBODY)
    await move_on(service_begin(world.house.runtime))
    waiting = UUID((await asked(world, hold, "A8888YY")).headers["location"].rpartition("/")[2])
    world.later(days=29)
    await delete_what_is_over(service_begin(world.house.runtime))
    assert await world.records(Job, id=waiting)
    world.later(days=1)
    await delete_what_is_over(service_begin(world.house.runtime))
    assert not await world.records(Job, id=waiting)
    assert len((await world.record(EnvelopeHold, UUID(hold))).about) == 1


@FIRST
async def test_whoever_reads_no_hold_of_the_prison_any_more_has_it_no_more(world: World) -> None:
    """Nor after seven days, whether or not the clock has been."""
    hold = await held(world)
    path = await made(world, hold, NOBODY)
    here = await world.record(Assignment, assignment("ombudsman"))
    await world.change(dataclasses.replace(here, prison="LEI"))
    for suffix in ("", "/chronology", "/chronology.html"):
        assert (await world.ombudsman.get(path + suffix)).status_code == 404
    here = await world.record(Assignment, here.id)
    await world.change(dataclasses.replace(here, prison=None))
    assert (await world.ombudsman.get(f"{path}/chronology")).status_code == 200
    world.later(days=7)
    assert codes(await world.ombudsman.get(f"{path}/chronology")) == ["FILE_GONE"]
    assert await jobs.forget(service_begin(world.house.runtime)) > 0
    assert (await world.record(Job, UUID(path.rpartition("/")[2]))).file is None


@FIRST
async def test_a_supporter_who_typed_it_is_a_letter_and_nothing_else(world: World) -> None:
    """Beside his letter his own id would be the key to it: who typed it is told of staff alone."""
    hold = await held(world)
    enrolment, number = await learner(world)
    met = await world.record(Induction, uid("induction"))
    own, one, other = (uid(name) for name in ("actor of a supporter", "met:him", "met:staff"))
    by_him = dataclasses.replace(met, id=one, version=0, person=enrolment.person, author=own)
    by_staff = dataclasses.replace(by_him, id=other, author=cast.actor("officer"))
    await world.keep([by_him, by_staff])
    told = await read(world, await made(world, hold, number))
    met_first = [each for each in told["events"] if each["what"] == "FIRST_MEETING"]
    by = {each["record"]: each["by"] for each in met_first}
    assert by == {str(by_him.id): None, str(by_staff.id): str(cast.actor("officer"))}
    assert str(own) not in str(told)


async def test_beside_each_thing_stand_the_lines_that_wrote_its_record(world: World) -> None:
    """The line by which the hold was made, and who of the staff it was; the line that bound a number to it, which is of
    nobody of the staff, says so by the name of the member alone, and leaves the first as it was. None of what is
    closed: such lines name no record."""
    hold = await held(world)
    made_by = world.last
    _, number = await learner(world)
    world.later(minutes=5)
    told = await read(world, await made(world, hold, number))
    (death,) = [each for each in told["events"] if each["kind"] == "envelope-hold"]
    first, bound = death["versions"]
    assert (first["line"], first["first"], first["by"]) == (str(made_by.id), True, str(cast.actor("governor")))
    assert (bound["first"], bound["fields"], bound["by"]) == (False, ["about"], None)
    assert (bound["line"], bound["at"]) == (None, "2026-11-23T10:00:00Z")
    refusals = [each for each in told["events"] if each["kind"] == "conduct"]
    assert refusals
    assert not [each for each in refusals if each["versions"]]
    page = await world.ombudsman.get((await made(world, hold, number)) + "/chronology.html")
    assert f"line {made_by.id}, by the member of staff {first['by']}" in page.text


@FIRST
async def test_no_line_and_no_instant_of_a_supporter_opens_his_letter(world: World) -> None:
    """Whoever has a chronology reads the ledger too, where he has one id: neither his line nor when it was written
    stands beside his letter. Of staff both do."""
    path = await run(world, "PEER_ADVISERS")
    world.at(datetime(2026, 11, 23, 12, 0, 20, tzinfo=UTC))
    mine = await kept(world, path, heldOn="2026-11-23", issue="DEBT", **case("PEER_ADVISERS"))
    line = str(world.last.id)
    world.later(minutes=3)
    his_own = {"supporter": str(uid("supporter:PEER_ADVISERS")), **case("PEER_ADVISERS")}
    theirs = await kept(world, path, "coordinator", issue="DEBT", **his_own)
    noted = str(world.last.id)
    asked_for = dataclasses.replace(await world.record(Request, uid("request:accepted")), closed=False, version=0)
    enrolment, number = await learner(world)
    at = datetime(2026, 11, 20, 14, 17, 41, tzinfo=UTC)
    his: dict[str, Any] = {"person": enrolment.person, "asked_at": at, "recorded_at": at}
    one, other = (dataclasses.replace(asked_for, id=uid(f"asked:{by}"), **his) for by in ("ben", "officer"))
    by_him, by_staff = (
        dataclasses.replace(each, author=cast.actor(by)) for each, by in ((one, "ben"), (other, "officer"))
    )
    await world.keep([by_him, by_staff])
    told = await read(world, await made(world, await held(world), number))
    assert line not in str(told)
    found = {each["record"]: each for each in told["events"] if each["what"] in ("HELPED", "ASKED")}
    (version,) = found[mine["id"]]["versions"]
    assert (version["line"], version["at"], version["by"]) == (None, "2026-11-23T12:00:00Z", None)
    assert found[mine["id"]]["hoursAlone"]
    (version,) = found[theirs["id"]]["versions"]
    assert (version["line"], version["at"]) == (noted, "2026-11-23T12:03:20Z")
    assert not found[theirs["id"]]["hoursAlone"]
    names = ("at", "recordedAt", "hoursAlone")
    hour, exact = "2026-11-20T14:00:00Z", "2026-11-20T14:17:41Z"
    assert [found[str(by_him.id)][name] for name in names] == [hour, hour, True]
    assert [found[str(by_staff.id)][name] for name in names] == [exact, exact, False]


async def test_it_is_a_page_and_prints(world: World) -> None:
    """HTML with each event under its time, its marks and its hash; and PDF by the same printing."""
    hold = await held(world)
    enrolment, number = await learner(world)
    await world.keep([met(enrolment, 3)])
    path = await made(world, hold, number)
    told = await read(world, path)
    page = await world.ombudsman.get(f"{path}/chronology.html")
    assert page.status_code == 200, page.text
    assert page.text.count("<h2") == 2
    assert all(each["sha256"] in page.text for each in told["events"])
    assert "Supporter A" in page.text
    assert number not in page.text
    printed = await world.ombudsman.get(f"{path}/chronology.pdf")
    assert printed.content.startswith(b"%PDF")


def test_letters_are_of_one_chronology() -> None:
    """Twenty-eight supporters: A to Z, AA, AB, in another order by another seed."""
    met = {uid(f"supporter:{n}") for n in range(28)}
    first, second = Letters(b"one", met).told(), Letters(b"two", met).told()
    assert sorted(first.values()) == sorted(second.values())
    assert {"Supporter A", "Supporter Z", "Supporter AA", "Supporter AB"} < set(first.values())
    assert first != second

"""A register for a spreadsheet: the rows and members of its list, by the same grant; for a day; and never of persons
(F67; rule 3)."""

import csv
import dataclasses
import io
from typing import Any
from uuid import UUID

import pytest

from api.spreadsheets import BOM
from api.wire import camel
from api.work.bench import service_begin
from api.work.loop import result_of
from domain.confidentiality.record import KINDS
from domain.confidentiality.verbs import Verb
from domain.oversight import jobs
from domain.oversight.record import Assignment, ExportOf, Job, JobKind
from domain.packs.exporting import EXPORTED, unfit
from tests.http.cast import assignment, uid
from tests.http.stores import MEMORY_FIRST
from tests.http.world import World, codes

FIRST = pytest.mark.parametrize("world", MEMORY_FIRST, indirect=True)
SCHEME = str(uid("scheme:insiders"))
RISKS = {"kind": "EXPORT", "scheme": SCHEME, "exported": "RISKS"}


async def made(world: World, by: str = "coordinator", **body: Any) -> str:
    """An export is asked for and made: the path of its job."""
    answer = await world[by].post("/v1/jobs", {**RISKS, **body})
    assert answer.status_code == 202, answer.text
    runtime = world.house.runtime
    while (job := await jobs.next_waiting(service_begin(runtime))) is not None:
        if job.kind is JobKind.EXPORT:
            await jobs.finish(service_begin(runtime), job, await result_of(runtime, job))
    return answer.headers["location"]


def id_of(path: str) -> UUID:
    """The job's id."""
    return UUID(path.rpartition("/")[2])


async def lines(world: World, path: str, by: str = "coordinator") -> list[dict[str, str]]:
    """The file, as a spreadsheet reads it."""
    answer = await world[by].get(f"{path}/export.csv")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(answer.content.decode().removeprefix(BOM), newline="")))


@pytest.mark.parametrize("by", ["coordinator", "governor", "imb"])
async def test_the_file_holds_what_the_list_shows_and_no_formula(world: World, by: str) -> None:
    """The same rows and members as the list of the same reader, no other; and what somebody typed as a formula is a
    text. Start, reading of the rows and fetching each leave their line."""
    evil = {"risk": "OTHER", "inWords": "=HYPERLINK(1)"}
    added = await world.coordinator.post(f"/v1/schemes/{SCHEME}/risks", evil)
    assert added.status_code == 201, added.text
    path = await made(world, by)
    listed = (await world[by].get(f"/v1/schemes/{SCHEME}/risks?limit=100")).json()["items"]
    found = await lines(world, path, by)
    assert listed
    assert [row["id"] for row in found] == sorted(each["id"] for each in listed)
    shown = {name for name in listed[0] if name not in ("withheld", "jurisdiction", "closed")}
    assert set(found[0]) == shown - set(listed[0]["withheld"])
    assert "'=HYPERLINK(1)" in {row["inWords"] for row in found}
    assert not [v for row in found for v in row.values() if v.startswith(("=", "+", "@", "\t", "\r"))]
    ticks = [e for e in world.seen.entries if e.verb == Verb.TICK and any(s.kind == "risk" for s in e.sights)]
    assert {str(id) for e in ticks for s in e.sights for id in s.ids} == {each["id"] for each in listed}
    assert (world.last.verb, [s.kind for s in world.last.sights]) == (Verb.READ_JOB, ["job"])


@FIRST
async def test_it_may_be_fetched_for_a_day_and_then_is_gone(world: World) -> None:
    """After twenty-four hours 409, whether or not the clock has been; and then the rows are in no table."""
    path = await made(world)
    assert await jobs.forget(service_begin(world.house.runtime)) == 0
    world.later(seconds=jobs.FETCHED[JobKind.EXPORT].total_seconds())
    gone = await world.coordinator.get(f"{path}/export.csv")
    assert (gone.status_code, codes(gone)) == (409, ["EXPORT_GONE"])
    assert await jobs.forget(service_begin(world.house.runtime)) > 0
    assert (await world.record(Job, id_of(path))).file is None
    assert codes(await world.coordinator.get(f"{path}/export.csv")) == ["EXPORT_GONE"]


@FIRST
async def test_it_is_its_makers_alone_and_by_the_rule_he_has(world: World) -> None:
    """Another finds no file; whoever reads the register by that rule no more is refused; a job of another kind has
    none; and nobody starts one of what he does not read, or of a scheme out of his reach."""
    path = await made(world)
    assert (await world.governor.get(f"{path}/export.csv")).status_code == 404
    job = await world.record(Job, id_of(path))
    await world.change(dataclasses.replace(job, rule="governor.oversight.own-prison"))
    assert (await world.coordinator.get(f"{path}/export.csv")).status_code == 403
    none = await world.coordinator.get(f"/v1/jobs/{uid('job')}/export.csv")
    assert codes(none) == ["NO_EXPORT"]
    missing = await world.coordinator.post("/v1/jobs", {"kind": "EXPORT"})
    assert codes(missing) == ["MISSING", "MISSING"]
    far = await world.coordinator.post("/v1/jobs", {**RISKS, "scheme": str(uid("far:scheme:insiders"))})
    assert far.status_code == 404
    wrong = await world["shannon-coordinator"].post("/v1/jobs", RISKS)
    assert wrong.status_code == 404
    assert (await world.evaluator.post("/v1/jobs", {**RISKS, "exported": "COVER_NEEDS"})).status_code == 403


@FIRST
async def test_whoever_moved_fetches_nothing_of_where_he_was(world: World) -> None:
    """A coordinator who works in another prison now has neither the file nor the job, though both are his; back again,
    he has them."""
    path = await made(world)
    here = await world.record(Assignment, assignment("coordinator"))
    await world.change(dataclasses.replace(here, prison="LEI"))
    for suffix in ("", "/export.csv"):
        assert (await world.coordinator.get(path + suffix)).status_code == 404
    now = await world.record(Assignment, here.id)
    await world.change(dataclasses.replace(now, prison="MDI"))
    assert (await world.coordinator.get(f"{path}/export.csv")).status_code == 200


@FIRST
async def test_the_job_itself_tells_no_row(world: World) -> None:
    """Where the register's rule and the day are not asked for, nothing of the file is told: it lies sealed, and in no
    plain member."""
    path = await made(world)
    job = await world.record(Job, id_of(path))
    assert job.result is None
    assert "rows" in (job.file or "")
    shown = (await world.coordinator.get(path)).json()
    assert (shown["state"], shown["result"], shown["file"]) == ("DONE", None, None)
    assert "file" in shown["withheld"]


def test_nothing_of_persons_or_of_a_closed_policys_use_is_exported() -> None:
    """Each register that is, is fit for it; requests, conduct, enrolments, supporters, complaints and feedback are
    not."""
    assert {what: unfit(kind) for what, (kind, _) in EXPORTED.items()} == {what: [] for what in ExportOf}
    for name in ("request", "conduct", "enrolment", "session", "supporter", "complaint", "feedback", "envelope"):
        assert unfit(KINDS[name]), name
    assert all(camel(name) for what in EXPORTED.values() for name in what[0].shape.fields)

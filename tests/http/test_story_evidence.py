"""Evidence for inspectors and monitors: made as a job, read under the reader's own grants (domain facts, need 27; rules
6 and 19)."""

import dataclasses
import hashlib
import json
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import httpx
import pytest

from api.work.bench import service_begin
from api.work.loop import result_of
from domain.care.cover import CoverNeed
from domain.care.incidents import Against
from domain.feedback.complaints import Complaint, ComplaintAbout, ComplaintFrom
from domain.kernel.bands import Band
from domain.oversight import jobs
from domain.oversight.record import Assignment, Job, JobKind, LedgerLine
from domain.packs import covering
from domain.packs.evidence import SAMPLE
from domain.packs.reading import PackPart
from domain.schemes.registers.hours import Weekday
from domain.schemes.registers.publicity import AskedBy, SpotCheck
from domain.sessions.conduct import Conduct
from tests.http.cast import assignment, uid
from tests.http.stores import MEMORY_FIRST
from tests.http.test_story_metrics import closed
from tests.http.world import World, codes

FIRST = pytest.mark.parametrize("world", MEMORY_FIRST, indirect=True)
OVER = datetime(2027, 1, 20, 9, tzinfo=UTC)
SHANNON, RECOVERY, LISTENERS = (uid(f"scheme:{name}") for name in ("shannon", "recovery", "listeners"))
OF_SHANNON: dict[str, Any] = {
    "scheme": SHANNON,
    "jurisdiction": "EW",
    "prison": "MDI",
    "organisation": "SHANNON_TRUST",
}

OF_LISTENERS: dict[str, Any] = {**OF_SHANNON, "scheme": LISTENERS, "organisation": "SAMARITANS"}


async def made(world: World, by: str = "imb", **body: Any) -> str:
    """A pack is asked for and made: the path of its job."""
    answer = await world[by].post("/v1/jobs", {"kind": "EVIDENCE", **(body or {"prison": "MDI"})})
    assert answer.status_code == 202, answer.text
    runtime = world.house.runtime
    while (job := await jobs.next_waiting(service_begin(runtime))) is not None:
        if job.kind is JobKind.EVIDENCE:
            await jobs.finish(service_begin(runtime), job, await result_of(runtime, job))
    return answer.headers["location"]


async def read(world: World, path: str, by: str = "imb") -> dict[str, Any]:
    """The pack, as JSON."""
    answer = await world[by].get(f"{path}/evidence")
    assert answer.status_code == 200, answer.text
    return answer.json()


def told(pack: dict[str, Any], section: str, word: str, **of: Any) -> tuple[int | None, str]:
    """A number of the pack, and its state."""
    (one,) = [
        each
        for each in pack["numbers"]
        if (each["section"], each["word"]) == (section, word) and all(each[k] == v for k, v in of.items())
    ]
    return one["told"], one["state"]


def complaint(number: int, about: ComplaintAbout) -> Complaint:
    """One of November."""
    name: Any = uid(f"complaint:{number}")
    return Complaint(
        id=name,
        **OF_SHANNON,
        about=about,
        against=Against.NOT_SAID,
        goes_up=False,
        came_from=ComplaintFrom.NOT_SAID,
        week_of=date(2026, 11, 2),
        answer_by=date(2026, 11, 30),
    )


async def test_the_refusals_are_rows_and_name_nobody_of_the_staff(world: World) -> None:
    """Board and inspectorate read each refusal of the quarter: where, when, with which code, what its review stands at.
    Neither who gave the code nor who noted it; and the reading says which were seen, to the hour."""
    world.at(OVER)
    for by in ("imb", "inspector"):
        path = await made(world, by, prison="MDI")
        world.seen.kept.clear()
        pack = await read(world, path, by)
        (row,) = pack["refusals"]
        (kept,) = [each for each in await world.records(Conduct) if each.prison == "MDI"]
        assert (row["id"], row["wing"], row["code"], row["claimed"]) == (str(kept.id), "MDI-A", "ASLEEP_CLAIMED", True)
        assert (row["review"], row["overdue"], row["verdict"]) == ("WAITING", True, None)
        assert str(kept.coded_by) not in str(pack["refusals"])
        assert not {"codedBy", "notedBy", "clearedBy"} & set(row)
        assert {s["section"] for s in pack["sections"]} == set(PackPart)
        assert all(s["cleared"] and s["definition"] and s["withheld"] for s in pack["sections"])
        line = world.entries()[-1]
        assert (line.verb, line.at.minute) == ("READ_JOB", 0)
        assert [s.ids for s in line.sights if s.kind == "conduct"] == [(kept.id,)]


async def test_figures_are_those_that_were_let_out(world: World) -> None:
    """Complaints as their quarter was let out: nine of one sort are told as ten, two of another are not. What is
    complained of afterwards changes nothing."""
    await world.keep(complaint(n, ComplaintAbout.TURNED_AWAY) for n in range(9))
    await world.keep(complaint(n, ComplaintAbout.PRESSED) for n in range(20, 22))
    for month in (date(2026, 11, 1), date(2026, 12, 1)):
        await closed(world, month)
    world.at(OVER)
    path = await made(world)
    pack = await read(world, path)
    assert told(pack, "COMPLAINTS", "PRESSED") == (None, "TOO_FEW")
    assert told(pack, "COMPLAINTS", "TURNED_AWAY") == (10, "TOLD")
    assert told(pack, "COMPLAINTS", "WRONG_ADVICE") == (0, "TOLD")
    await world.keep([complaint(99, ComplaintAbout.PRESSED)])
    again = await read(world, await made(world))
    assert [n for n in again["numbers"] if n["section"] == "COMPLAINTS"] == [
        n for n in pack["numbers"] if n["section"] == "COMPLAINTS"
    ]


@FIRST
async def test_what_was_not_let_out_says_so(world: World) -> None:
    """No month was closed: not a nought."""
    world.at(OVER)
    pack = await read(world, await made(world))
    assert told(pack, "COMPLAINTS", "ALL") == (None, "NOT_CLOSED")
    assert told(pack, "REQUESTS", "ALL") == (None, "NOT_CLOSED")


async def test_cover_is_told_by_wing_and_night_as_it_was_when_months_were_closed(world: World) -> None:
    """A wing of which nights were needed and nobody was rostered: short. Days for which nothing was said have no
    record, and read neither nought nor a hundred per cent. What is said to be needed afterwards changes nothing."""
    need: Any = uid("need:nights")
    nights = CoverNeed(id=need, **OF_LISTENERS, wing="MDI-C", weekday=Weekday.MONDAY, band=Band.NIGHT, supporters=1)
    await world.keep([nights])
    for month in (date(2026, 11, 1), date(2026, 12, 1)):  # October is made up for with November
        await closed(world, month)
        assert await covering.keep(lambda: service_begin(world.house.runtime)) > 0
        assert await covering.keep(lambda: service_begin(world.house.runtime)) == 0
    world.at(OVER)
    pack = await read(world, await made(world, scheme=str(LISTENERS)))
    assert told(pack, "COVER", "NEEDED", wing="MDI-C", part="NIGHT") == (15, "TOLD")
    assert told(pack, "COVER", "SHORT", wing="MDI-C", part="NIGHT") == (15, "TOLD")
    assert told(pack, "COVER", "COVERED", wing="MDI-C", part="NIGHT") == (0, "TOLD")
    assert told(pack, "COVER", "NEEDED", wing="MDI-C", part="DAY") == (None, "NO_RECORDS")
    assert {n["scheme"] for n in pack["numbers"] if n["section"] == "COVER"} == {str(LISTENERS)}
    said = await world.record(CoverNeed, need)
    await world.change(dataclasses.replace(said, supporters=0))
    late: Any = uid("need:late")
    await world.keep([dataclasses.replace(nights, id=late, wing="MDI-D")])
    again = await read(world, await made(world, scheme=str(LISTENERS)))
    assert cover(again) == cover(pack)


def cover(pack: dict[str, Any]) -> list[Any]:
    """What a pack tells of cover."""
    return [n for n in pack["numbers"] if n["section"] == "COVER"]


@FIRST
async def test_of_a_quarter_that_was_not_closed_no_cover_is_told(world: World) -> None:
    """It is not nought, and is not worked out of what is needed today."""
    world.at(OVER)
    pack = await read(world, await made(world, prison="MDI", quarter="2025-05-05"))
    states = {n["state"] for n in pack["numbers"] if n["section"] == "COVER"}
    assert states == {"NOT_CLOSED"}
    assert (pack["first"], pack["last"], pack["refusals"]) == ("2025-04-01", "2025-06-30", [])


async def test_small_counts_of_spot_checks_stay_in(world: World) -> None:
    """Of twenty asked seventeen knew: the three who did not are not told, and the others are told as fifteen."""
    name: Any = uid("check")
    check = SpotCheck(
        id=name,
        **{**OF_SHANNON, "scheme": RECOVERY},
        asked_on=date(2026, 11, 3),
        asked_by=AskedBy.MONITORING_BOARD,
        asked=20,
        knew=17,
    )
    await world.keep([check])
    world.at(OVER)
    pack = await read(world, await made(world, scheme=str(RECOVERY)))
    assert told(pack, "SPOT_CHECKS", "DID_NOT_KNOW") == (None, "TOO_FEW")
    assert [told(pack, "SPOT_CHECKS", word)[0] for word in ("ASKED", "KNEW")] == [20, 15]


async def test_looks_are_drawn_by_a_seed_that_anybody_may_use_again(world: World) -> None:
    """Thirty looks, of which twenty-five are drawn: those whose hash with the seed is least. They say who looked and by
    which rule, and at nobody's record; none is of who reads the pack."""
    world.at(datetime(2026, 12, 1, 9, tzinfo=UTC))
    for _ in range(30):
        assert (await world.governor.get(f"/v1/schemes/{SHANNON}")).status_code == 200
    await world.imb.get(f"/v1/schemes/{SHANNON}")
    world.at(OVER)
    path = await made(world)
    pack = await read(world, path)
    lines = [
        each
        for each in await world.records(LedgerLine)
        if each.prison == "MDI" and each.actor is not None and each.act.startswith(("READ_", "LOOK"))
    ]
    in_quarter = [
        each.id for each in lines if datetime(2026, 10, 1, tzinfo=UTC) <= each.at < datetime(2027, 1, 1, tzinfo=UTC)
    ]
    seed = UUID(pack["seed"])
    expected = sorted(in_quarter, key=lambda id: hashlib.sha256(seed.bytes + id.bytes).digest())[:SAMPLE]
    (job,) = await world.records(Job, id=seed)
    assert job.result is None
    assert json.loads(job.file or "")["sampled"] == [str(id) for id in expected]
    assert pack["drawn"] == SAMPLE
    own = {str(each.id) for each in lines if each.role == "MONITORING_BOARD"}
    assert [look["id"] for look in pack["looks"]] == [str(id) for id in expected if str(id) not in own]
    assert {tuple(sorted(look)) for look in pack["looks"]} == {
        ("act", "actor", "at", "id", "outcome", "purpose", "role", "rule")
    }


@FIRST
async def test_it_is_its_makers_alone_and_done_before_it_is_read(world: World) -> None:
    """Another reader finds none; one that waits, or is of another kind, has no pack."""
    world.at(OVER)
    waiting = await world.imb.post("/v1/jobs", {"kind": "EVIDENCE", "prison": "MDI"})
    early = await world.imb.get(f"{waiting.headers['location']}/evidence")
    assert (early.status_code, codes(early)) == (409, ["STATE_WAITING"])
    register = {"kind": "EXPORT", "scheme": str(uid("scheme:shannon")), "exported": "RISKS"}
    other = (await world.imb.post("/v1/jobs", register)).headers["location"]
    assert codes(await world.imb.get(f"{other}/evidence")) == ["NO_EVIDENCE"]
    path = await made(world)
    for suffix in ("", "/evidence", "/evidence.html", "/evidence.pdf"):
        assert (await world.inspector.get(path + suffix)).status_code == 404
    other = await world.governor.get(f"{path}/evidence")
    assert other.status_code == 404


@FIRST
async def test_whoever_watches_over_another_prison_now_reads_it_no_more(world: World) -> None:
    """Though the job is his own."""
    world.at(OVER)
    path = await made(world)
    assert (await world.imb.get(path)).json()["result"] is None
    here = await world.record(Assignment, assignment("imb"))
    await world.change(dataclasses.replace(here, prison="LEI"))
    for suffix in ("", "/evidence", "/evidence.html"):
        assert (await world.imb.get(path + suffix)).status_code == 404


@FIRST
@pytest.mark.parametrize(
    ("by", "body", "status", "wrong"),
    [
        ("governor", {"prison": "MDI"}, 422, ["JOB_OF_INSPECTORS"]),
        ("imb", {}, 422, ["PRISON_OR_SCHEME"]),
        ("imb", {"prison": "MDI", "scheme": str(SHANNON)}, 422, ["PRISON_OR_SCHEME"]),
        ("imb", {"prison": "LEI"}, 404, None),
        ("imb", {"prison": "MDI", "quarter": "2027-01-05"}, 422, ["QUARTER_NOT_TOLD"]),
        ("imb", {"prison": "MDI", "exported": "RISKS"}, 422, ["UNKNOWN_FIELD"]),
        ("officer", {"prison": "MDI"}, 403, None),
    ],
)
async def test_it_is_for_whoever_watches_over_the_prison(
    world: World, by: str, body: dict[str, Any], status: int, wrong: list[str] | None
) -> None:
    """Board and inspectorate, of a prison in reach and a quarter that is told."""
    world.at(OVER)
    answer = await world[by].post("/v1/jobs", {"kind": "EVIDENCE", **body})
    assert answer.status_code == status, answer.text
    if wrong is not None:
        assert codes(answer) == wrong


async def test_it_is_a_page_and_prints(world: World) -> None:
    """HTML with a heading for each part and what is kept back beside it; and PDF by the same printing."""
    world.at(OVER)
    path = await made(world)
    page = await world.imb.get(f"{path}/evidence.html")
    assert page.status_code == 200, page.text
    assert page.text.count("<h2") == len(PackPart)
    assert page.text.count("<dt>Kept back</dt>") == len(PackPart)
    assert "Asleep claimed" not in page.text
    assert "Code: ASLEEP_CLAIMED" in page.text
    printed: httpx.Response = await world.imb.get(f"{path}/evidence.pdf")
    assert printed.content.startswith(b"%PDF")

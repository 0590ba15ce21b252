"""A prison that has run Listeners for years on paper brings the scheme here: tried first, half sent, sent again; the
men come at rest, and into the role by their own word, security's and the partner's (F103)."""

import csv
import dataclasses
import io
from typing import Any
from uuid import UUID

import httpx
import pytest

from api.spreadsheets import BOM, file_of
from api.work.bench import service_begin
from domain.confidentiality.entry import Entry, Outcome
from domain.confidentiality.verbs import Verb
from domain.merging.merge import merge
from domain.people.record import Person
from domain.schemes.record import Scheme, SchemeState
from domain.supporters.record import Supporter
from domain.supporters.recruiting.application import Application
from domain.training.certificates import Certificate
from tests.http.cast import CAST, START, uid
from tests.http.importing_operations import NEW
from tests.http.importing_operations import ROW as A_ROW
from tests.http.stores import MEMORY_FIRST
from tests.http.tale import LISTENING, done, moved, scheme_approved
from tests.http.watched import Seen
from tests.http.world import World, problem

HEAD = [
    *("identifier", "name", "wing", "activeFrom", "compactSignedOn", "languages", "modulesPassed", "signedOff"),
    *("certificate", "certifiedOn", "certificateExpiresOn"),
]
ALL = "COMMUNICATION; PROBLEM_SOLVING; SPECIFIC_NEED"
ROW = {name: value for name, value in A_ROW.items() if name != "key"} | {"modulesPassed": ["LISTENING"]}


def man(identifier: str, name: str, number: int, **other: str) -> dict[str, str]:
    """A row of the file."""
    given = dict(
        zip(HEAD, ("", "", "MDI-A", "2021-03-01", "2021-02-01", "en; cy", "; ".join(LISTENING), ALL), strict=False)
    )
    given |= {"certificate": f"PAPER-{number}", "certifiedOn": "2025-01-10", "certificateExpiresOn": "2028-01-09"}
    return given | {"identifier": identifier, "name": name} | other


def member(name: str, number: int, **other: str) -> dict[str, str]:
    """One of the cast."""
    return man(str(CAST[name].number), CAST[name].full_name, number, **other)


def written(*rows: dict[str, str]) -> str:
    """The file, as it is sent: text in JSON."""
    return file_of(HEAD, [[row[name] for name in HEAD] for row in rows]).decode()


async def taken(world: World, scheme: str, body: dict[str, Any], by: str = "coordinator") -> list[dict[str, Any]]:
    """Supporters are sent, and each is answered."""
    answer = await world[by].post(f"{scheme}/imported-supporters", body)
    assert answer.status_code == 201, answer.text
    assert answer.json()["dryRun"] is body.get("dryRun", False)
    return answer.json()["items"]


def told(items: list[dict[str, Any]]) -> list[tuple[int, list[tuple[str, str | None]]]]:
    """Of each row the status, and what was wrong with it where."""
    return [(each["status"], [(f["code"], f["path"]) for f in each["failures"]]) for each in items]


async def listeners(world: World, **plan: Any) -> str:
    """A scheme of Listeners that is planned and approved here."""
    return await scheme_approved(world, "LISTENERS", supportersWanted=6, **plan)


async def kept(world: World) -> list[int]:
    """How much of it is there."""
    return [len(await world.records(kind)) for kind in (Supporter, Application, Certificate, Person, Scheme)]


async def test_a_scheme_that_ran_for_years_is_taken_over(empty: World) -> None:
    """The whole way: its plan, its men, its rota; and out again in the same shape."""
    world = empty
    plan = {
        "csv": "kind,name,prison,supportersWanted,places\r\nLISTENERS,Listeners since 1999,MDI,6,Suite A; Chapel\r\n"
    }
    answer = await world.coordinator.post("/v1/imported-schemes", plan)
    (planned,) = answer.json()["items"]
    assert (planned["status"], planned["scheme"]["state"], planned["scheme"]["places"]) == (
        201,
        "DRAFT",
        ["Suite A", "Chapel"],
    )
    again = await world.coordinator.post("/v1/imported-schemes", plan)
    assert again.content == answer.content
    assert len(await world.records(Scheme)) == 1

    scheme = f"/v1/schemes/{planned['scheme']['id']}"
    rows = [member("arthur", 1), man(NEW, "Anne-Marie O'Neil", 2), member("ben", 3, wing="LEI-A")]
    before, lines = await kept(world), len(world.entries())
    tried = await taken(world, scheme, {"csv": written(*rows), "dryRun": True})
    assert told(tried) == [(201, []), (201, []), (422, [("WING_OF_ANOTHER_PRISON", "/csv/4/wing")])]
    assert [each["supporter"] for each in tried] == [None] * 3
    assert await kept(world) == before
    assert [as_tried(e) for e in world.since(lines)] == [
        ("DONE", "tried", 0),
        ("DONE", "tried", 0),
        ("MALFORMED", "unacceptable", 0),
    ]

    done_ = await taken(world, scheme, {"csv": written(*rows)})
    assert told(done_) == told(tried)
    first = done_[0]["supporter"]
    assert (first["standing"], first["activeFrom"], first["importedOn"]) == ("PAUSED", "2021-03-01", "2026-11-23")
    assert (first["certificate"], first["modulesPassed"], first["languages"]) == ("PAPER-1", LISTENING, ["en", "cy"])
    assert await kept(world) == [2, 2, 2, before[3] + 1, before[4]]
    assert (await taken(world, scheme, {"csv": written(*rows)})) == done_
    assert await kept(world) == [2, 2, 2, before[3] + 1, before[4]]

    arthur = f"/v1/supporters/{first['id']}"
    assert codes(await moved(world.samaritan, arthur, "resume", {})) == ["NOT_AVAILABLE", "OWN_WORD_FIRST"]
    await done(world.arthur, arthur, "resume", {})
    refused = codes(await moved(world.coordinator, arthur, "resume", {}))
    assert refused == ["CLEARANCE_MISSING", "PARTNER_CERTIFIES"]
    cleared = await world.security.post(f"{arthur}/clearances", {"outcome": "CLEARED"})
    assert cleared.status_code == 201, cleared.text
    assert codes(await moved(world.coordinator, arthur, "resume", {})) == ["PARTNER_CERTIFIES"]
    back = await done(world.samaritan, arthur, "resume", {})
    assert (back["standing"], back["activeFrom"]) == ("ACTIVE", "2021-03-01")
    world.later(days=1)
    await done(world.coordinator, arthur, "pause", {})
    assert (await done(world.coordinator, arthur, "resume", {}))["standing"] == "PAUSED"
    assert (await done(world.arthur, arthur, "resume", {}))["standing"] == "ACTIVE", "from now on as anybody"

    number = CAST["arthur"].number
    shifts = (
        f"identifier,day,band\r\n{number},2026-11-25,NIGHT\r\n{NEW},2026-11-26,NIGHT\r\nA0000QX,2026-11-26,NIGHT\r\n"
    )
    for dry in (True, False):
        answer = await world.coordinator.post(f"{scheme}/imported-roster", {"csv": shifts, "dryRun": dry})
        one, resting, nobody = answer.json()["items"]
        assert (one["status"], one["entry"] is None) == (201, dry)
        assert told([resting, nobody]) == [(409, [("PAUSED", "/csv/3")]), (409, [("NOT_AVAILABLE", "/csv/4")])]
    out = await world.coordinator.get(f"{scheme}/exported-roster")
    assert out.json()["items"] == [
        {"identifier": number, "day": "2026-11-25", "band": "NIGHT", "wing": "MDI-A", "override": None}
    ]

    lines = len(world.entries())
    out = (await world.coordinator.get(f"{scheme}/exported-supporters")).json()["items"]
    assert [(each["identifier"], each["certificate"]) for each in out] == [(NEW, "PAPER-2"), (number, "PAPER-1")]
    (entry,) = world.since(lines)
    seen = {sight.kind: (sight.count, sight.fields) for sight in entry.sights}
    assert seen["supporter"][0] == 2
    assert seen["person"] == (2, ("identifier",))
    file = await world.coordinator.get(f"{scheme}/exported-supporters.csv")
    read = list(csv.DictReader(io.StringIO(file.text.removeprefix(BOM), newline="")))
    assert [row["name"] for row in read] == ["Anne-Marie O'Neil", CAST["arthur"].full_name]
    fresh = await listeners(world)
    assert [each["status"] for each in await taken(world, fresh, {"csv": file.text})] == [201, 201]
    assert (await world.coordinator.get(f"{fresh}/exported-supporters.csv")).text == file.text
    assert (await world.coordinator.get(f"{fresh}/exported-supporters")).json()["items"] == out


def codes(answer: httpx.Response) -> list[str]:
    """Why it was refused."""
    return sorted(code for code, _ in problem(answer)[2])


def as_tried(entry: Entry) -> tuple[str, str | None, int]:
    """Of a line: how it ended, and how much it changed."""
    return entry.outcome.value, entry.code, len(entry.changes)


@pytest.mark.parametrize("empty", MEMORY_FIRST, indirect=True)
async def test_a_file_that_was_half_read_is_sent_again_whole(empty: World) -> None:
    """The service goes away in the middle: what was kept is kept, and the same file sent again does the rest, and
    nothing twice."""
    scheme = await listeners(empty)
    rows = [man(f"A40{n:02d}QX", f"Old Hand {'ABCDEF'[n]}", n) for n in range(6)]
    watched = empty.stage.store
    assert watched is not None
    watched.seen = Stops(entries=watched.seen.entries)
    await empty.coordinator.post(f"{scheme}/imported-supporters", {"csv": written(*rows)})
    empty.seen.gone = False
    half = {each.id for each in await empty.records(Supporter)}
    assert len(half) == Stops.after
    watched.seen = Seen()
    items = await taken(empty, scheme, {"csv": written(*rows)})
    assert [each["status"] for each in items] == [201] * 6
    assert {UUID(each["supporter"]["id"]) for each in items[:3]} == half
    assert [e.outcome for e in empty.entries()] == [Outcome.REPLAYED] * 3 + [Outcome.DONE] * 3
    assert len(await empty.records(Supporter)) == 6


class Stops(Seen):
    """What was seen of a store that goes away after a few settlings."""

    after = 3

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.left = self.after

    async def write(self, what: str) -> None:
        """One writing less."""
        self.left -= what == "settle"
        self.gone = self.gone or self.left < 0
        await super().write(what)


@pytest.mark.parametrize("empty", MEMORY_FIRST, indirect=True)
async def test_a_row_that_is_bad_is_told_at_its_place_and_keeps_no_other_out(empty: World) -> None:
    """Every wrong row by number, column and code; the good one among them is kept."""
    scheme = await listeners(empty)
    rows = [
        man("A4001QX", "Sam Good", 1),
        man("12345", "Wrong Number", 2),
        man("A4003QX", "=HYPERLINK(1)", 3),
        man("A4004QX", 'Sam "S", Made-Up', 4),
        man("A4005QX", "Sam\r\nMade-Up", 5),
        man("A4006QX", "No Module", 6, modulesPassed="LISTENING; JUGGLING"),
        man("A4007QX", "Too Early", 7, certifiedOn="2026-12-01", activeFrom="2027-01-01"),
        man("A4008QX", "Half Certified", 8, certifiedOn=""),
        man("A4001QX", "Sam Good", 9),
        man("A4010QX", "Same Paper", 1),
        man("A4011QX", "No Day", 11, activeFrom="1 March 2021"),
    ]
    text = written(*rows).replace("\"'=HYPERLINK", '"=HYPERLINK') + '"A4012QX","Too few"\r\n'
    items = await taken(empty, scheme, {"csv": text})
    assert told(items) == [
        (201, []),
        (422, [("IDENTIFIER", "/csv/3/identifier")]),
        (422, [("FORMULA", "/csv/4/name")]),
        (422, [("BAD_FORMAT", "/csv/5/name")]),
        (422, [("BAD_FORMAT", "/csv/6/name")]),
        (422, [("MODULE_UNKNOWN", "/csv/7/modulesPassed")]),
        (422, [("IN_THE_FUTURE", "/csv/8/activeFrom"), ("IN_THE_FUTURE", "/csv/8/certifiedOn")]),
        (422, [("MISSING", "/csv/9/certifiedOn")]),
        (409, [("ALREADY_A_SUPPORTER", "/csv/10")]),
        (422, [("CERTIFICATE_TWICE", "/csv/11/certificate")]),
        (422, [("BAD_FORMAT", "/csv/12/activeFrom")]),
        (422, [("CELLS_UNLIKE_HEADER", "/csv/13")]),
    ]
    assert len(await empty.records(Supporter)) == 1


FILES: dict[str, tuple[str, list[tuple[str, str]]]] = {
    "no header": ("\r\n\r\n", [("NO_HEADER", "/csv")]),
    "no rows": (written(), [("NO_ROWS", "/csv")]),
    "unknown column": (
        written(member("ben", 1)).replace('"wing"', '"cell"'),
        [("COLUMN_UNKNOWN", "/csv/1/3"), ("COLUMN_MISSING", "/csv/1/wing")],
    ),
    "doubled column": (
        written(member("ben", 1)).replace('"languages"', '"wing"'),
        [("COLUMN_TWICE", "/csv/1/wing")],
    ),
    "a quotation mark": (
        written(member("ben", 1)).replace('"MDI-A"', '"MDI"-A'),
        [("CSV_MALFORMED", "/csv/2")],
    ),
    "not closed": (written(member("ben", 1))[:-3], [("CSV_MALFORMED", "/csv/2")]),
    "read as latin": (written(member("ben", 1)).encode().decode("latin-1"), [("WRONG_ENCODING", "/csv")]),
    "could not be read": (written(man(NEW, "Ren\ufffde", 1)), [("WRONG_ENCODING", "/csv")]),
    "semicolons": (written(member("ben", 1)).replace('","', '";"'), [("CSV_MALFORMED", "/csv/1")]),
}


@pytest.mark.parametrize("why", FILES)
@pytest.mark.parametrize("empty", MEMORY_FIRST, indirect=True)
async def test_a_bad_file_is_told_as_a_whole_and_nothing_of_it_is_kept(empty: World, why: str) -> None:
    """422 with code and place, and never its own words; the attempt has its line."""
    scheme = await listeners(empty)
    text, failures = FILES[why]
    lines = len(empty.entries())
    answer = await empty.coordinator.post(f"{scheme}/imported-supporters", {"csv": text})
    assert problem(answer) == (422, "unacceptable", failures)
    (entry,) = empty.since(lines)
    assert (entry.verb, entry.outcome) == ("IMPORT_SUPPORTER", Outcome.MALFORMED)
    assert await empty.records(Supporter) == []


@pytest.mark.parametrize("empty", MEMORY_FIRST, indirect=True)
async def test_rows_come_in_one_way_and_not_too_many(empty: World) -> None:
    """In `items` or in `csv`; up to five hundred; a text of NUL or broken bytes is no JSON of ours."""
    scheme = await listeners(empty)
    path = f"{scheme}/imported-supporters"
    for body in ({}, {"items": [A_ROW], "csv": written(member("ben", 1))}, {"items": None, "csv": None}):
        assert problem(await empty.coordinator.post(path, body)) == (422, "unacceptable", [("ITEMS_OR_CSV", None)])
    many = written(*(man(f"A{n:04d}QX", "Old Hand", n) for n in range(501)))
    assert problem(await empty.coordinator.post(path, {"csv": many}))[2] == [("TOO_MANY_ROWS", "/csv/502")]
    long = await empty.coordinator.post(path, {"csv": "x" * 250_001})
    assert problem(long)[2] == [("TOO_LONG", "/csv")]
    assert (await empty.coordinator.post(path, {"csv": "x" * 1_100_000})).status_code == 413
    nul = await empty.coordinator.post(path, {"csv": written(member("ben", 1)) + "\x00"})
    assert problem(nul) == (400, "unreadable", [("NUL_CHARACTER", None)])
    broken = await empty.coordinator.send("POST", path, content=b'{"csv": "\xff"}')
    assert problem(broken) == (400, "unreadable", [("INVALID_UTF8", None)])
    assert await empty.records(Supporter) == []


@pytest.mark.parametrize("world", MEMORY_FIRST, indirect=True)
async def test_only_who_runs_the_scheme_takes_people_over(world: World) -> None:
    """The coordinator of the scheme, while it was never live here; nobody else, and no other scheme's."""
    body = {"items": [{**ROW, "modulesPassed": []}]}
    draft = f"/v1/schemes/{uid('scheme:draft')}"
    for name in ("officer", "samaritan", "governor", "security"):
        for path in ("imported-supporters", "imported-roster"):
            assert (await world[name].post(f"{draft}/{path}", body)).status_code == 403, name
        for path in ("exported-supporters", "exported-roster", "exported-supporters.csv", "exported-roster.csv"):
            assert (await world[name].get(f"{draft}/{path}")).status_code == 403, name
    for name in ("arthur", "listener", "peer-coordinator"):
        assert (await world[name].post(f"{draft}/imported-supporters", body)).status_code == 404, name
        assert (await world[name].get(f"{draft}/exported-supporters")).status_code == 404, name
    for name in ("far-coordinator", "shannon-coordinator"):
        assert (await world[name].post(f"{draft}/imported-supporters", body)).status_code == 404, name
    live = f"/v1/schemes/{uid('scheme:listeners')}"
    assert told(await taken(world, live, body)) == [(409, [("SCHEME_RUNS_ALREADY", None)])]
    irish = f"/v1/schemes/{uid('irish:scheme:insiders')}"
    assert (await world.coordinator.post(f"{irish}/imported-supporters", body)).status_code == 404
    over = await world.record(Scheme, uid("scheme:draft"))
    await world.change(dataclasses.replace(over, state=SchemeState.CLOSED))
    assert told(await taken(world, draft, body)) == [(409, [("SCHEME_CLOSED", None)])]
    assert {each.imported_on for each in await world.records(Supporter)} == {None}


async def test_trying_tells_of_no_number_whether_it_is_known(world: World) -> None:
    """A man of another prison, one who is called otherwise and one whom nobody knows are answered alike, and the ledger
    says the same of each; it is told where people are taken over in earnest."""
    draft = f"/v1/schemes/{uid('scheme:draft')}"
    far = next(p for p in await world.records(Person) if (p.jurisdiction, p.prison) == ("EW", "LEI"))
    numbers = [far.identifier, str(CAST["arthur"].number), NEW]
    rows = [{**ROW, "identifier": each, "name": "Nobody Atall", "modulesPassed": []} for each in numbers]
    mark = len(world.entries())
    tried = await taken(world, draft, {"items": rows, "dryRun": True})
    assert told(tried) == [(201, [])] * 3
    lines = [{k: v for k, v in e.as_json().items() if k not in ("id", "at")} for e in world.since(mark)]
    assert lines[0] == lines[1] == lines[2]
    assert [each["status"] for each in await taken(world, draft, {"items": rows})] == [409, 409, 201]


async def test_no_file_tells_what_a_number_became(world: World) -> None:
    """Whoever is taken over by a number that is no more is found by it, and the file out has the other nowhere."""
    draft, survivor = f"/v1/schemes/{uid('scheme:draft')}", "A3011QX"
    async with service_begin(world.house.runtime).serially(Verb.TICK) as act:
        await merge(act, "EW", survivor, NEW, START)
    numbers = (NEW, "A3012QX")
    rows = [{**ROW, "identifier": each, "certificate": f"PAPER-{each}", "modulesPassed": []} for each in numbers]
    items = await taken(world, draft, {"items": rows})
    assert told(items) == [(201, [])] * 2
    out = await world.coordinator.get(f"{draft}/exported-supporters")
    assert {each["identifier"] for each in out.json()["items"]} == {None, "A3012QX"}
    assert survivor not in out.text + (await world.coordinator.get(f"{draft}/exported-supporters.csv")).text


@pytest.mark.parametrize("empty", MEMORY_FIRST, indirect=True)
async def test_a_pilot_takes_on_no_more_than_its_limit(empty: World) -> None:
    """Whoever comes by a file takes a place like anybody else (S21)."""
    scheme = await listeners(empty, pilotLimit=2, supportersNeeded=1)
    items = await taken(empty, scheme, {"csv": written(*(man(f"A40{n:02d}QX", "Old Hand", n) for n in range(3)))})
    assert told(items) == [(201, []), (201, []), (409, [("PILOT_FULL", "/csv/4")])]

"""Somebody is pressed: what he is given, who reads it, who never does, and how it ends (X10; rules 6 and 7)."""

import dataclasses
from typing import Any
from uuid import UUID

import pytest

from domain.care.incidents import Incident, short_code
from domain.confidentiality.grants import GRANTS
from domain.confidentiality.verbs import Verb
from domain.supporters.record import Standing, Supporter
from tests.http import tale
from tests.http.cast import IN_CUSTODY, actor, assignment, uid
from tests.http.stores import MEMORY_FIRST
from tests.http.tale import done, moved
from tests.http.world import World, codes, observed, problem

pytestmark = pytest.mark.parametrize("world", MEMORY_FIRST, indirect=True)

LIST = "/v1/incidents"
NEVER = f"{LIST}/{uid('never-existed')}"
PRESSED: dict[str, Any] = {
    "scheme": str(uid("scheme:listeners")),
    "what": "ASKED_TO_BREACH_CONFIDENCE",
    "sought": "INFORMATION",
    "against": "WING_STAFF",
}
READERS = ("safer", "governor", "imb", "inspector")
REFUSED = ("officer", "second-officer", "oscar", "coordinator", "samaritan", "hub", "headquarters", "staff", "lead")


async def reported(world: World, by: str = "listener", **other: Any) -> str:
    """Somebody reports: the path at which those find it who may."""
    before = {each.id for each in await world.records(Incident)}
    answer = await world[by].post(LIST, {**PRESSED, **other})
    assert answer.status_code == 201, answer.text
    (made,) = [each for each in await world.records(Incident) if each.id not in before]
    assert answer.json() == {"code": short_code(made.id)}
    return f"{LIST}/{made.id}"


async def test_a_listener_is_given_a_short_code_and_nothing_else(world: World) -> None:
    """No address, no tag, no list, no second look; the same key, the same bytes. His name is in no line of it."""
    first = await world.listener.post(LIST, PRESSED, key="pressure-key-01")
    again = await world.listener.post(LIST, PRESSED, key="pressure-key-01")
    assert (first.status_code, set(first.json())) == (201, {"code"})
    assert (again.status_code, again.content) == (201, first.content)
    assert {"location", "etag"} & set(first.headers) == set()
    assert len(await world.records(Incident, reported_on=world.now.date())) == 1
    entry = next(e for e in world.entries() if e.verb == "REPORT_INCIDENT")
    assert (entry.actor, entry.code, entry.at.minute, entry.at.second) == (None, None, 0, 0)
    (made,) = await world.records(Incident, reported_on=world.now.date())
    for path in (LIST, f"{LIST}/{made.id}"):
        assert (await world.listener.get(path)).status_code == 404
    assert observed(await world.listener.get(f"{LIST}/{made.id}")) == observed(await world.listener.get(NEVER))


@pytest.mark.parametrize("by", ["mentor", "officer", "coordinator", "samaritan", "safer"])
async def test_whoever_reported_reads_it_no_more(world: World, by: str) -> None:
    """A supporter of any scheme, staff, the partner: each may report, and none of them reads it back, by whatever role
    he has. The others who deal with it do."""
    path = await reported(world, by)
    hidden = await world[by].get(path)
    assert observed(hidden) == observed(await world[by].get(NEVER))
    assert hidden.status_code in (403, 404)
    shown = (await world.imb.get(path)).json()
    groups = {"mentor": "SUPPORTER", "samaritan": "PARTNER"}
    assert (shown["reportedBy"], shown["state"]) == (groups.get(by, "STAFF"), "REPORTED")


async def test_it_is_read_outside_the_wing_by_those_who_deal_with_it(world: World) -> None:
    """Safer custody, governor, monitoring board, inspectorate: in the list and one by one. Nobody of the wing, nobody
    who runs or supervises the scheme, nobody in custody, nobody of another prison."""
    path = await reported(world)
    id = path.rpartition("/")[2]
    for name in READERS:
        shown = (await world[name].get(path)).json()
        assert {m: shown[m] for m in PRESSED} == PRESSED
        assert shown["code"] == short_code(uid_of(path))
        assert id in {item["id"] for item in (await world[name].get(f"{LIST}?limit=100")).json()["items"]}
    await tale.on_duty(world)
    for name in (*REFUSED, *sorted(IN_CUSTODY - {"irish-man"})):
        for where in (LIST, path):
            assert (await world[name].get(where)).status_code == (404 if name in IN_CUSTODY else 403), (name, where)
        assert observed(await world[name].get(path)) == observed(await world[name].get(NEVER))
    assert observed(await world["far-safer"].get(path)) == observed(await world["far-safer"].get(NEVER))
    assert id not in {item["id"] for item in (await world["far-safer"].get(LIST)).json()["items"]}


def uid_of(path: str) -> Any:
    """The id at the end of a path."""
    return UUID(path.rpartition("/")[2])


@pytest.mark.parametrize("against", ["SAFER_CUSTODY", "GOVERNOR"])
async def test_what_is_against_those_who_would_decide_it_goes_past_them(world: World, against: str) -> None:
    """Neither safer custody nor governor finds it, whichever of the two it is against; the monitoring board sorts it
    and the inspectorate reads it."""
    path = await reported(world, against=against)
    for name in ("safer", "governor"):
        assert observed(await world[name].get(path)) == observed(await world[name].get(NEVER))
        assert path.rpartition("/")[2] not in (await world[name].get(f"{LIST}?limit=100")).text
        tried = await world[name].post(f"{path}/triage", {"priority": "WATCH"}, tag='"x"')
        assert tried.status_code == 404
    assert (await world.inspector.get(path)).json()["goesUp"] is True
    assert (await done(world.imb, path, "triage", {"priority": "TODAY"}))["state"] == "TRIAGED"


async def test_whoever_is_named_in_it_reaches_it_no_more(world: World) -> None:
    """The governor sorts it and names the head of safer custody: to him it is from then on what never was."""
    path = await reported(world)
    assert (await world.safer.get(path)).status_code == 200
    named = {"priority": "TODAY", "named": str(assignment("safer"))}
    shown = await done(world.governor, path, "triage", named)
    assert (shown["state"], shown["priority"]) == ("TRIAGED", "TODAY")
    assert observed(await world.safer.get(path)) == observed(await world.safer.get(NEVER))
    assert path.rpartition("/")[2] not in (await world.safer.get(f"{LIST}?limit=100")).text
    closing = await world.safer.post(f"{path}/close", {"outcome": "NOT_FOUND_SO"}, tag='"x"')
    never = await world.safer.post(f"{NEVER}/close", {"outcome": "NOT_FOUND_SO"}, tag='"x"')
    assert observed(closing) == observed(never)
    again = await done(world.imb, path, "triage", {"priority": "THIS_WEEK"})
    assert again["named"] == str(uid("actor:safer"))


async def test_nobody_of_another_prison_is_named(world: World) -> None:
    """An assignment elsewhere and one that never was are refused alike."""
    path = await reported(world)
    for named in (assignment("far-officer"), uid("never-existed")):
        answer = await moved(world.governor, path, "triage", {"priority": "TODAY", "named": str(named)})
        assert problem(answer) == (422, "unacceptable", [("STAFF_UNKNOWN", "/named")])


async def test_another_than_sorted_it_says_what_came_of_it(world: World) -> None:
    """First it is sorted; then a second person closes it, and what was closed stays so."""
    path = await reported(world)
    end = {"outcome": "SUPPORTER_PROTECTED"}
    assert codes(await moved(world.safer, path, "close", end)) == ["STATE_REPORTED"]
    await done(world.safer, path, "triage", {"priority": "TODAY"})
    assert codes(await moved(world.safer, path, "close", end)) == ["SECOND_PERSON_NEEDED"]
    world.later(days=1)
    closed = await done(world.governor, path, "close", end)
    assert (closed["state"], closed["outcome"], closed["closedOn"]) == ("CLOSED", end["outcome"], "2026-11-24")
    for who, action, body in (("safer", "triage", {"priority": "WATCH"}), ("imb", "close", end)):
        refused = await moved(world[who], path, action, body)
        assert (codes(refused), refused.json()["allowedMoves"]) == (["STATE_CLOSED"], [])
    assert (await world.inspector.post(f"{path}/close", end, tag='"x"')).status_code == 403


async def test_a_report_has_no_place_for_words_and_no_other_prison(world: World) -> None:
    """Codes alone; and a scheme elsewhere is one that never was, so that nothing of it is confirmed."""
    wordy = await world.listener.post(LIST, {**PRESSED, "note": "It was Smith."})
    assert codes(wordy) == ["UNKNOWN_FIELD"]
    for by in ("listener", "officer", "samaritan"):
        elsewhere = await world[by].post(LIST, {**PRESSED, "scheme": str(uid("far:scheme:listeners"))})
        never = await world[by].post(LIST, {**PRESSED, "scheme": str(uid("never-existed"))})
        assert observed(elsewhere) == observed(never)
        assert elsewhere.status_code == 404
    assert [e for e in await world.records(Incident) if e.reported_on == world.now.date()] == []


async def test_his_screen_is_the_same_whether_he_reported_or_not(world: World) -> None:
    """Rule 7: whoever stands behind him at the kiosk sees the same in each of his views, before and after."""
    views = ("/v1/me", LIST, "/v1/suspensions", "/v1/postvention-tasks", "/v1/news", "/v1/requests")

    async def screens() -> list[Any]:
        return [observed(await world.listener.get(view)) for view in views]

    before = await screens()
    path = await reported(world)
    assert await screens() == before
    await done(world.safer, path, "triage", {"priority": "TODAY", "named": str(assignment("officer"))})
    await done(world.governor, path, "close", {"outcome": "RULES_EXPLAINED"})
    assert await screens() == before


@pytest.mark.parametrize("by", ["listener", "officer", "samaritan", "coordinator"])
async def test_no_reader_of_the_ledger_learns_who_reported(world: World, by: str) -> None:
    """Governor and safer custody read the ledger, and one of them may be accused. Its line of a report, and of an
    attempt at one that failed, has no actor, the day alone, and a rule by which other things are said too."""
    before = len(world.entries())
    await reported(world, by, against="GOVERNOR")
    assert (await world[by].post(LIST, {**PRESSED, "scheme": str(uid("never-existed"))})).status_code == 404
    assert (await world[by].post(LIST, {**PRESSED, "what": "NO_SUCH_THING"})).status_code == 422
    tried = [e for e in world.entries()[before:] if e.verb == "REPORT_INCIDENT"]
    assert len(tried) == 3
    for entry in tried:
        assert (entry.actor, entry.client, entry.assignment, entry.at.hour) == (None, None, None, 0)
        assert entry.rule is None or [g.may - {Verb.REPORT_INCIDENT} for g in GRANTS if g.rule == entry.rule] != [set()]
    world.later(days=1)
    world.later(minutes=10)
    lines = (await world.governor.get("/v1/ledger?limit=100", purpose="oversight")).json()["items"]
    assert not [i for i in lines if i["actor"] == str(actor(by)) and i["act"] == "CHANGE"]


async def test_who_reported_is_told_to_those_alone_who_deal_with_it(world: World) -> None:
    """Safer custody, governor and monitoring board have to protect him. The inspectorate deals with no report: it reads
    what was reported, and not by whom (rule 6)."""
    path = await reported(world)
    for name in READERS:
        shown = (await world[name].get(path)).json()
        told = (shown["author"], shown["supporter"], shown["person"])
        assert (told == (None, None, None)) is (name == "inspector"), name


async def test_whoever_was_named_stays_out_whoever_sorts_it_again(world: World) -> None:
    """A second name in place of the first would let the first back in: it is refused, and he reads it no more."""
    path = await reported(world)
    await done(world.imb, path, "triage", {"priority": "TODAY", "named": str(assignment("safer"))})
    again = {"priority": "THIS_WEEK", "named": str(assignment("officer"))}
    assert codes(await moved(world.governor, path, "triage", again)) == ["NAMED_ALREADY"]
    await done(world.governor, path, "triage", {"priority": "THIS_WEEK", "named": str(assignment("safer"))})
    assert observed(await world.safer.get(path)) == observed(await world.safer.get(NEVER))


@pytest.mark.parametrize("standing", [Standing.SUSPENDED, Standing.REMOVED])
async def test_one_who_is_suspended_or_gone_can_still_report(world: World, standing: Standing) -> None:
    """He is silenced by nobody: a code, and nothing else. Another in custody finds no such scheme to report of."""
    kept = await world.record(Supporter, uid("supporter:listener"))
    await world.change(dataclasses.replace(kept, standing=standing))
    path = await reported(world)
    told = (await world.imb.get(path)).json()
    assert (told["reportedBy"], told["supporter"]) == ("SUPPORTER", str(kept.id))
    assert (await world.listener.get(path)).status_code == 404
    assert (await world.arthur.post(LIST, PRESSED)).status_code == 404

"""Complaints: nobody learns who complained, and those who run a scheme or serve in it see nothing of it (rules 6, 7 and
12)."""

import dataclasses
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from domain.care.incidents import short_code
from domain.feedback.complaints import Complaint
from tests.http.cast import START, assignment, uid
from tests.http.operations import OPERATIONS, may
from tests.http.tale import done, moved
from tests.http.test_story_by_code import mixed, printed
from tests.http.world import World, actor_of, codes, observed

LISTENERS = str(uid("scheme:listeners"))
ABOUT: dict[str, Any] = {"scheme": LISTENERS, "about": "NOT_KEPT_PRIVATE", "against": "SUPPORTERS"}


async def complained(world: World, by: str = "arthur", acting_as: str | None = None, **more: Any) -> str:
    """The short code that he was given."""
    answer = await world[by].post("/v1/complaints", {**ABOUT, **more}, acting_as=acting_as)
    assert answer.status_code == 201, answer.text
    return answer.json()["code"]


async def found(world: World, code: str, by: str = "safer") -> str:
    """The path of the complaint with that code, as this member finds it once its week is over."""
    if world.now < START + timedelta(days=7):
        world.later(days=7)
    await mixed(world)
    items = (await world[by].get("/v1/complaints?limit=100")).json()["items"]
    return next((f"/v1/complaints/{i['id']}" for i in items if i["code"] == code), "")


async def everything_read(world: World, who: str) -> dict[str, tuple[int, bytes]]:
    """All that a member can read, by address: every list, and every record of the furnished world."""
    told: dict[str, tuple[int, bytes]] = {}
    for each in OPERATIONS:
        if each.method != "GET" or not may(who, each.verb) or each.name == "getRotaPdf":
            continue
        answer = await world[who].get(each.path)
        told[each.path] = observed(answer)[:2]
    return told


@pytest.mark.parametrize("who", ["listener", "second-listener", "arthur"])
async def test_its_subject_reads_the_same_with_and_without_it(world: World, who: str) -> None:
    """Of every address that a supporter may read, and of whoever complained himself, the bytes are the same before and
    after, and when its week is over: no list, no count, no status (rules 7 and 12)."""
    before = await everything_read(world, who)
    await complained(world)
    await complained(world, about="PRESSED")
    assert await everything_read(world, who) == before
    assert before
    world.later(days=7)
    before = await everything_read(world, who)
    assert await mixed(world) == 2
    assert await everything_read(world, who) == before


async def test_who_complained_is_kept_nowhere(world: World) -> None:
    """Of a person in custody no field of the record and no part of the line names him; the line tells the week, and is
    read once that is over. Of staff the line says as little."""
    world.later(days=2)
    code = await complained(world)
    lines = [world.last]
    await complained(world, by="officer", acting_as="own")
    lines += [world.last]
    for line in lines:
        assert (line.verb, line.actor, line.assignment, line.nameless) == ("COMPLAIN", None, None, True)
        assert line.at.isoformat() == "2026-11-23T00:00:00+00:00"
        assert line.readable_from.isoformat() == "2026-11-30T00:05:00+00:00"
        assert {s.ids for s in line.sights} <= {()}
        assert {c.id for c in line.changes} <= {None}
    path = await found(world, code)
    kept = await world.record(Complaint, UUID(path.rpartition("/")[2]))
    assert (kept.author, kept.came_from, kept.week_of.isoformat()) == (None, "NOT_SAID", "2026-11-23")


async def test_who_of_the_staff_complained_is_told_to_nobody_who_decides(world: World) -> None:
    """It is kept so that he reaches nothing of it himself; of whoever else reads it nobody is told who he is, nor that
    anything of it is kept from him."""
    code = await complained(world, by="officer", acting_as="own")
    author = str(actor_of("officer"))
    for by in ("safer", "governor", "imb", "inspector"):
        path = await found(world, code, by)
        told = (await world[by].get(path)).json()
        assert told["cameFrom"] == "STAFF"
        assert author not in str(told)
        assert "author" not in {*told, *told["withheld"]}
    (kept,) = [c for c in await world.records(Complaint) if short_code(c.id) == code]
    assert kept.author == actor_of("officer")


async def test_by_token_it_comes_with_its_week_and_as_one_by_code(world: World) -> None:
    """Until then nobody reads it and no row is there: the minute of either would tell at which kiosk it was made. And
    then but for its id nothing is other than of one by a code."""
    before = len(await world.records(Complaint))
    (sheet,) = [await printed(world, f"/v1/schemes/{LISTENERS}", "samaritan")]
    by_code = {**{name: ABOUT[name] for name in ("about", "against")}, "code": sheet[0]}
    told = {
        await complained(world),
        (await world.stranger.post("/v1/complaints-by-code", by_code)).json()["askBy"],
    }
    world.later(days=6)
    assert await mixed(world) == 0
    assert len(await world.records(Complaint)) == before
    world.later(days=1)
    assert await mixed(world) == 2
    both = [c for c in await world.records(Complaint) if short_code(c.id) in told]
    assert len(both) == 2
    assert len({dataclasses.replace(each, id=both[0].id) for each in both}) == 1


async def test_the_same_key_is_told_the_same_code(world: World) -> None:
    """And complains once, whoever it is: before its week is over, and of staff, whose complaint is read at once."""
    for by, more in (("arthur", {}), ("officer", {"acting_as": "own"})):
        one = await world[by].post("/v1/complaints", ABOUT, key="complaint-01", **more)
        other = await world[by].post("/v1/complaints", ABOUT, key="complaint-01", **more)
        assert observed(one)[:2] == observed(other)[:2]
        assert world.last.outcome == "REPLAYED"
        assert (world.last.actor, world.last.nameless) == (None, True)
        changed = await world[by].post("/v1/complaints", {**ABOUT, "about": "PRESSED"}, key="complaint-01", **more)
        assert changed.status_code == 422
    world.later(days=7)
    await mixed(world)
    assert len([c for c in await world.records(Complaint) if str(c.scheme) == LISTENERS]) == 2


async def test_one_looks_into_it_and_another_decides_and_answers(world: World) -> None:
    """Two people; the reply is read out to whoever brings the code, who may not take it: it is looked into again."""
    path = await found(world, await complained(world))
    told = {"outcome": "UPHELD", "reply": ["WE_ARE_SORRY", "IT_WAS_PUT_RIGHT"]}
    assert codes(await moved(world.safer, path, "decide", told)) == ["STATE_RECEIVED"]
    looked = await done(world.safer, path, "look-into", {})
    assert looked["state"] == "LOOKED_INTO"
    assert codes(await moved(world.safer, path, "decide", told)) == ["SECOND_PERSON_NEEDED"]
    decided = await done(world.governor, path, "decide", told)
    assert (decided["state"], decided["reply"], decided["overdue"]) == ("DECIDED", told["reply"], False)
    again = await done(world.imb, path, "look-into", {})
    assert (again["state"], again["outcome"], again["reply"]) == ("LOOKED_INTO", None, [])
    assert again["hadAPart"] == [str(actor_of(name)) for name in ("safer", "governor", "imb")]
    for name in ("safer", "governor", "imb"):
        assert codes(await moved(world[name], path, "decide", told)) == ["SECOND_PERSON_NEEDED"]


async def test_after_twenty_eight_days_it_is_overdue(world: World) -> None:
    """By the week in which it was made."""
    path = await found(world, await complained(world))
    world.later(days=21)
    assert (await world.safer.get(path)).json()["overdue"] is False
    world.later(days=1)
    assert (await world.safer.get(path)).json()["overdue"] is True


async def test_what_is_against_the_deciders_goes_up(world: World) -> None:
    """Safer custody and governor reach nothing of it; the monitoring board and the inspectorate do. So it is with what
    may be about any of the staff, while nobody is named."""
    groups = ("SAFER_CUSTODY", "GOVERNOR", "NOT_SAID", "WING_STAFF", "COORDINATOR")
    for code in [await complained(world, against=against) for against in groups]:
        assert await found(world, code, "safer") == await found(world, code, "governor") == ""
        path = await found(world, code, "imb")
        assert path != ""
        for name in ("safer", "governor"):
            never = await world[name].get(f"/v1/complaints/{uid('never-existed')}")
            assert observed(await world[name].get(path)) == observed(never)


async def test_whoever_is_named_reaches_it_no_more(world: World) -> None:
    """Somebody else than looked into it names him; that it was another, the monitoring board says alone, and then it is
    the board's: who was named before does not get it back. Nor does a member of staff reach what he complained of
    himself."""
    path = await found(world, await complained(world))
    officer, governor = ({"named": str(assignment(name))} for name in ("officer", "governor"))
    assert codes(await moved(world.governor, path, "look-into", officer)) == ["SECOND_PERSON_NEEDED"]
    await done(world.governor, path, "look-into", {})
    assert codes(await moved(world.governor, path, "look-into", officer)) == ["SECOND_PERSON_NEEDED"]
    unknown = await moved(world.safer, path, "look-into", {"named": str(uid("no assignment"))})
    assert codes(unknown) == ["STAFF_UNKNOWN"]
    named = await done(world.safer, path, "look-into", officer)
    assert (named["named"], named["goesUp"]) == (str(actor_of("officer")), False)
    assert codes(await moved(world.governor, path, "look-into", governor)) == ["NAMED_ALREADY"]
    assert (await done(world.imb, path, "look-into", governor))["goesUp"] is True
    for name in ("governor", "safer"):
        assert (await world[name].get(path)).status_code == 404
    code = await complained(world, "safer", acting_as="own")
    assert await found(world, code, "safer") == ""
    assert await found(world, code, "governor") != ""


@pytest.mark.parametrize(
    ("name", "status"),
    [(n, 403) for n in ("coordinator", "officer", "samaritan", "hub", "evaluator", "headquarters")]
    + [(n, 404) for n in ("listener", "arthur", "peer-coordinator", "far-safer")],
)
async def test_those_who_run_it_and_those_outside_reach_none(world: World, name: str, status: int) -> None:
    """By the list and by the id."""
    path = await found(world, await complained(world))
    assert (await world[name].get(path)).status_code == status
    listed = await world[name].get("/v1/complaints")
    assert listed.status_code == (200 if name == "far-safer" else status)
    if name == "far-safer":
        assert path.rpartition("/")[2] not in listed.text


async def test_words_and_names_have_no_place(world: World) -> None:
    """Every member is a code: a word of one's own is an unknown member, or no code."""
    for body in ({**ABOUT, "words": "It was Smith"}, {**ABOUT, "about": "It was Smith"}):
        assert (await world.arthur.post("/v1/complaints", body)).status_code == 422
    assert all(
        field.name in ("jurisdiction", "prison", "organisation")
        for field in Complaint.shape.fields.values()
        if field.type in (str, str | None)
    )

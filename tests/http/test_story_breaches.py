"""The register of breaches joined to the ledger, and looks out of the ordinary: a rule finds, a person reviews, and no
number accuses anybody (S29, X17; rule 32)."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from api.work.bench import service_begin
from domain.vigilance.breach import Breach
from domain.vigilance.looks import UnusualLook, look_through
from tests.http.cast import START, actor, assignment, uid
from tests.http.tale import done, moved
from tests.http.world import World, codes, observed, problem

SHANNON = f"/v1/schemes/{uid('scheme:shannon')}"
NOTED = {"what": "LOOKED_WITHOUT_NEED", "foundBy": "STAFF", "awareAt": "2026-11-23T10:00:00Z"}


async def a_line(world: World, by: str = "officer") -> str:
    """The id of a line of this member's, as information governance finds it: an officer's once its hour is over."""
    await world[by].get(f"/v1/supporters/{uid('supporter:mentor')}")
    world.later(hours=2 if by == "officer" else 0)
    path = f"/v1/ledger?actor={actor(by)}"
    told = (await world.governance.get(path, purpose="oversight")).json()
    return told["items"][-1]["id"]


async def noted(world: World, **more: Any) -> str:
    """A suspected breach, by lines or of the officer: its path."""
    more = more if "lines" in more else {"named": str(assignment("officer")), **more}
    answer = await world.governance.post(f"{SHANNON}/breaches", {**NOTED, **more})
    assert answer.status_code == 201, answer.text
    return answer.headers["location"]


async def test_a_suspicion_links_to_the_very_reads(world: World) -> None:
    """The lines are there, as whoever reads the breach reads them; and he whose acts they are reaches neither."""
    line = await a_line(world)
    path = await noted(world, lines=[line])
    (told,) = (await world.governance.get(f"{path}/lines")).json()["items"]
    assert (told["id"], told["act"], told["actor"]) == (line, "LOOK", str(actor("officer")))
    shown = (await world.governance.get(path)).json()
    assert (shown["lines"], shown["whose"]) == ([line], str(actor("officer")))
    mine = await a_line(world, "safer")
    of_safer = await noted(world, lines=[mine])
    never = await world.safer.get(f"/v1/breaches/{uid('never-existed')}")
    assert observed(await world.safer.get(of_safer)) == observed(never)
    assert (await world.imb.get(of_safer)).status_code == 200


async def test_lines_of_two_people_are_two_breaches(world: World) -> None:
    """Together it could not be said whose acts they are, and each of them would reach it himself. One by one, neither
    reaches his own by any route: not in the list, not its lines, not to assess or to decide it."""
    lines = [await a_line(world, "governor"), await a_line(world, "safer")]
    both = await world.governance.post(f"{SHANNON}/breaches", {**NOTED, "lines": lines})
    assert problem(both)[2] == [("SEVERAL_PEOPLE", "/lines")]
    for name, line in zip(("governor", "safer"), lines, strict=True):
        path, none = await noted(world, lines=[line]), f"/v1/breaches/{uid('never-existed')}"
        assert path.rpartition("/")[2] not in {b["id"] for b in (await world[name].get("/v1/breaches")).json()["items"]}
        for way in ("", "/lines"):
            answer = await world[name].get(f"{path}{way}")
            assert (answer.status_code, observed(answer)) == (404, observed(await world[name].get(f"{none}{way}")))
        told = {"finding": "NO_BREACH", "harm": "NONE", "people": "NOBODY"}
        tag = await world.governance.tag(path)
        if name == "governor":
            assert (await world.governor.post(f"{path}/assess", told, tag=tag)).status_code == 404
        assert (await world.imb.get(path)).status_code == 200


async def test_a_line_that_is_not_his_to_read_is_unknown(world: World) -> None:
    """One that never was and one's own are refused in the same words; and what lies ahead nobody was aware of."""
    await world.governance.get("/v1/ledger", purpose="oversight")
    told = await world.imb.get(f"/v1/ledger?actor={actor('governance')}")
    own = told.json()["items"][-1]["id"]
    answers = [
        await world.governance.post(f"{SHANNON}/breaches", {**NOTED, "lines": [line]})
        for line in (own, str(uid("no line")))
    ]
    assert [problem(each)[2] for each in answers] == [[("LINE_UNKNOWN", "/lines")]] * 2
    assert observed(answers[0]) == observed(answers[1])
    ahead = await world.governance.post(f"{SHANNON}/breaches", {**NOTED, "awareAt": "2026-11-23T11:00:00Z"})
    assert problem(ahead)[2] == [("IN_THE_FUTURE", "/awareAt")]


async def test_at_seventy_one_hours_it_is_due(world: World) -> None:
    """From when somebody was aware; after seventy-two it is overdue, and stays so when it is decided late."""
    path = await noted(world)
    told = (await world.governance.get(path)).json()
    assert (told["awareAt"], told["reportBy"]) == (NOTED["awareAt"], "2026-11-26T10:00:00Z")
    for name in ("safer", "inspector"):
        told = (await world[name].get(path)).json()
        assert (told["awareAt"], told["reportBy"], told["awareOn"]) == (None, None, "2026-11-23"), name
    for hours, due, late in ((47, False, False), (71, True, False), (73, True, True)):
        world.at(START + timedelta(hours=hours))
        told = (await world.governance.get(path)).json()
        assert (told["due"], told["overdue"]) == (due, late), hours


async def test_one_assesses_and_another_decides(world: World) -> None:
    """Two people; what was done is said with the decision, and each of it once. Whoever assessed it once and was
    followed by another does not decide it either."""
    path = await noted(world)
    told = {"finding": "BREACH", "harm": "SOME", "people": "UP_TO_4"}
    decided = {"decision": "REPORTED", "because": ["ACCESS_ENDED", "PEOPLE_TOLD"]}
    assert codes(await moved(world.governance, path, "decide", decided)) == ["STATE_SUSPECTED"]
    await done(world.governance, path, "assess", told)
    assert codes(await moved(world.governance, path, "decide", decided)) == ["SECOND_PERSON_NEEDED"]
    await done(world.imb, path, "assess", told)
    for name in ("governance", "imb"):
        assert codes(await moved(world[name], path, "decide", decided)) == ["SECOND_PERSON_NEEDED"], name
    twice = {**decided, "because": ["TRAINED", "TRAINED"]}
    assert codes(await moved(world.governor, path, "decide", twice)) == ["TWICE"]
    closed = await done(world.governor, path, "decide", decided)
    assert (closed["state"], closed["decision"], closed["overdue"]) == ("CLOSED", "REPORTED", False)
    assert codes(await moved(world.governance, path, "assess", told)) == ["STATE_CLOSED"]


async def test_what_names_nobody_goes_up(world: World) -> None:
    """A suspicion without a line is of anybody who would read it: nobody finds it but the monitoring board, which
    assesses it, not even who noted it. Named by an assignment, he alone does not; one of no such assignment is refused,
    and so is another than the lines tell of."""
    bare = await noted(world, lines=[], foundBy="PERSON_CONCERNED")
    of_governor = await noted(world, named=str(assignment("governor")))
    for name in ("governor", "safer", "governance"):
        path = bare if name != "governor" else of_governor
        here = {b["id"] for b in (await world[name].get("/v1/breaches")).json()["items"]}
        for gone in {bare, path}:
            assert gone.rpartition("/")[2] not in here
            never = await world[name].get(f"/v1/breaches/{uid('never-existed')}")
            assert observed(await world[name].get(gone)) == observed(never)
        assert (of_governor.rpartition("/")[2] in here) is (name != "governor")
    told = {"finding": "BREACH", "harm": "SOME", "people": "UP_TO_4"}
    tag = await world.imb.tag(bare)
    assert (await world.governor.post(f"{bare}/assess", told, tag=tag)).status_code == 404
    assert (await done(world.imb, bare, "assess", told))["whose"] is None
    unknown = await world.governance.post(f"{SHANNON}/breaches", {**NOTED, "named": str(uid("no assignment"))})
    assert problem(unknown)[2] == [("STAFF_UNKNOWN", "/named")]
    line, named = await a_line(world), str(assignment("governor"))
    other = await world.governance.post(f"{SHANNON}/breaches", {**NOTED, "lines": [line], "named": named})
    assert problem(other)[2] == [("SEVERAL_PEOPLE", "/lines")]


@pytest.mark.parametrize(
    ("name", "status"),
    [(n, 403) for n in ("coordinator", "officer", "hub", "samaritan", "headquarters", "evaluator")]
    + [(n, 404) for n in ("arthur", "listener", "peer-coordinator", "far-safer")],
)
async def test_who_reaches_neither(world: World, name: str, status: int) -> None:
    """Those who run a scheme read no breach, nor what the rules found; to people in custody there is nothing."""
    assert (await world[name].get(f"/v1/breaches/{uid('breach')}")).status_code == status
    look = await world[name].get(f"/v1/unusual-looks/{uid('unusual-look')}")
    assert look.status_code == (403 if name == "far-safer" else status)


async def looked(world: World, by: str, times: int) -> None:
    """So many looks at what is there for him."""
    for _ in range(times):
        assert (await world[by].get(f"/v1/supporters/{uid('supporter:mentor')}")).status_code == 200


async def looks(world: World) -> list[UnusualLook]:
    """What the rules found, the furnished ones aside."""
    return [each for each in await world.records(UnusualLook) if each.lines]


async def found(world: World) -> int:
    """The next day at ten the clock looks through the day before."""
    world.at(START.replace(hour=10, minute=30) + timedelta(days=1))
    return await look_through(lambda: service_begin(world.house.runtime))


async def test_sixty_looks_in_an_hour_are_put_before_somebody(world: World) -> None:
    """By the written rule, with its limit and the count; fifty-nine are not. Twice a day finds it once."""
    await looked(world, "officer", 60)
    await looked(world, "second-officer", 59)
    assert await found(world) == 1
    assert await found(world) == 0
    (look,) = await looks(world)
    assert (look.rule, look.at_least, look.times, look.whose) == ("MANY_IN_AN_HOUR", 60, 60, actor("officer"))
    told = (await world.imb.get(f"/v1/unusual-looks/{look.id}")).json()
    assert (told["rule"], told["atLeast"], told["times"], told["state"]) == ("MANY_IN_AN_HOUR", 60, 60, "WAITING")
    lines = (await world.imb.get(f"/v1/unusual-looks/{look.id}/lines")).json()["items"]
    assert {line["actor"] for line in lines} == {str(actor("officer"))}
    assert len(lines) == 60


async def test_to_ask_again_and_again_for_what_is_not_there(world: World) -> None:
    """Twelve refusals in a day; of people in custody nothing is ever found."""
    for n in range(12):
        await world.hub.get(f"/v1/supporters/{uid(f'nobody {n}')}")
        await world.arthur.get(f"/v1/supporters/{uid(f'nobody {n}')}")
    assert await found(world) == 1
    (look,) = await looks(world)
    assert (look.rule, look.whose, look.role) == ("MANY_TURNED_AWAY", actor("hub"), "ACTIVITIES_HUB")


async def test_by_night_counts_for_those_who_work_by_day(world: World) -> None:
    """Five looks of the hub at eleven at night; the orderly officer's are his work."""
    world.at(START.replace(hour=23))
    await looked(world, "hub", 5)
    await looked(world, "oscar", 5)
    assert await found(world) == 1
    (look,) = await looks(world)
    assert (look.rule, look.whose) == ("BY_NIGHT", actor("hub"))


async def test_a_review_decides_and_what_is_not_explained_is_a_suspicion(world: World) -> None:
    """With its lines, in the register of a scheme of that prison; he whose looks they are reaches neither, and nothing
    that he reads has changed meanwhile."""
    await looked(world, "governor", 60)
    await found(world)
    (look,) = await looks(world)
    path = f"/v1/unusual-looks/{look.id}"
    never = await world.governor.get(f"/v1/unusual-looks/{uid('never-existed')}")
    assert observed(await world.governor.get(path)) == observed(never)
    bare = await moved(world.governance, path, "review", {"review": "NOT_EXPLAINED"})
    assert problem(bare)[2] == [("SCHEME_GOES_WITH_SUSPICION", "/scheme")]
    far = {"review": "NOT_EXPLAINED", "scheme": str(uid("far:scheme:shannon"))}
    assert problem(await moved(world.governance, path, "review", far))[2] == [("SCHEME_UNKNOWN", "/scheme")]
    reviewed = await done(
        world.governance, path, "review", {"review": "NOT_EXPLAINED", "scheme": str(uid("scheme:shannon"))}
    )
    assert (reviewed["state"], reviewed["review"]) == ("REVIEWED", "NOT_EXPLAINED")
    (breach,) = [b for b in await world.records(Breach) if b.look == look.id]
    assert (breach.whose, breach.found_by, breach.lines) == (actor("governor"), "UNUSUAL_LOOK", look.lines)
    assert (await world.governor.get(f"/v1/breaches/{breach.id}")).status_code == 404
    assert (await world.governance.get(f"/v1/breaches/{breach.id}")).status_code == 200
    assert codes(await moved(world.imb, path, "review", {"review": "MISTAKE"})) == ["STATE_REVIEWED"]


async def test_part_of_the_work_is_all_that_comes_of_it(world: World) -> None:
    """No breach, and nothing else."""
    before = len(await world.records(Breach))
    await done(world.imb, f"/v1/unusual-looks/{uid('unusual-look')}", "review", {"review": "PART_OF_THE_WORK"})
    assert len(await world.records(Breach)) == before
    assert (await world.record(UnusualLook, UUID(str(uid("unusual-look"))))).reviewed_by == actor("imb")

"""Rule 13: 'now, own wing' is what an officer has declared, for this band and no longer."""

import dataclasses
from datetime import UTC, datetime, timedelta

import pytest

from domain.confidentiality.entry import Outcome
from domain.oversight.record import Assignment, Duty
from domain.sessions.request import Request, RequestState
from tests.http import tale
from tests.http.cast import START, actor, assignment, uid
from tests.http.furniture import LEEDS, MOORLAND, request
from tests.http.tale import line
from tests.http.world import World, observed, problem

ITEM = f"/v1/requests/{uid('request:received')}"
BAND_END = datetime(2026, 11, 23, 12, 15, tzinfo=UTC)
"""The morning's, in which the furniture's requests were asked."""
LISTS = ("/v1/requests", "/v1/board")


async def shown(world: World, name: str = "officer", path: str = "/v1/requests") -> set[str]:
    """The wings of what is shown."""
    return {item["wing"] for item in (await world[name].get(path)).json()["items"]}


async def test_without_a_declaration_a_wing_is_out_of_reach(world: World) -> None:
    """The lists are empty, and an item is what never existed: before any declaration, and for whoever made none."""
    nowhere = await world.officer.get(f"/v1/requests/{uid('never-existed')}")
    assert nowhere.status_code == 404
    assert observed(await world.officer.get(ITEM)) == observed(nowhere)
    assert [await shown(world, "officer", path) for path in LISTS] == [set(), set()]
    assert (await world.officer.post(f"{ITEM}/offer", tag='"x"')).status_code == 404
    await tale.on_duty(world)
    assert [await shown(world, "second-officer", path) for path in LISTS] == [set(), set()]
    assert (await world["second-officer"].get(ITEM)).status_code == 404


async def test_a_declaration_gives_its_wings_and_no_others(world: World) -> None:
    """What was asked on the wing is there; what was asked on another is not, nor what was asked in another prison."""
    await world.keep([request(MOORLAND, "request:b", wing="MDI-B"), request(LEEDS, "request:strange", wing="MDI-A")])
    mark = len(world.entries())
    await tale.on_duty(world, "officer", "MDI-A")
    assert line(world.last) == ("officer", "WING_OFFICER", "DECLARE_DUTY", "DONE", False, ("duty",))
    assert (await world.officer.get(ITEM)).status_code == 200
    assert [await shown(world, "officer", path) for path in LISTS] == [{"MDI-A"}, {"MDI-A"}]
    items = (await world.officer.get("/v1/requests")).json()["items"]
    assert {item["prison"] for item in items} == {"MDI"}
    for other in ("request:b", "request:strange"):
        assert (await world.officer.get(f"/v1/requests/{uid(other)}")).status_code == 404
    assert (await world.officer.get("/v1/board")).json()["wings"] == ["MDI-A"]
    assert (await world.officer.get("/v1/me")).json()["capacities"][0]["wingsNow"] == ["MDI-A"]
    assert len(world.entries()) > mark


async def test_a_declared_wing_gives_what_happens_on_it_too(world: World) -> None:
    """Inductions, enrolments and sessions of the wing, only while the duty lasts."""
    paths = [f"/v1/{kind}s/{uid(kind)}" for kind in ("induction", "enrolment", "session")]
    assert [(await world.officer.get(path)).status_code for path in paths] == [404] * 3
    await tale.on_duty(world)
    assert [(await world.officer.get(path)).status_code for path in paths] == [200] * 3
    world.at(BAND_END + timedelta(hours=2))
    assert [(await world.officer.get(path)).status_code for path in paths] == [404] * 3


@pytest.mark.parametrize(
    ("wings", "code"),
    [
        (["MDI-A", "MDI-B", "MDI-C"], "TWO_WINGS_AT_MOST"),
        (["MDI-A", "MDI-A"], "TWO_WINGS_AT_MOST"),
        ([], "TOO_FEW_ITEMS"),
        ([f"MDI-{n}" for n in range(20)], "TWO_WINGS_AT_MOST"),
        ([f"MDI-{n}" for n in range(21)], "TOO_MANY_ITEMS"),
    ],
)
async def test_a_third_wing_is_refused(world: World, wings: list[str], code: str) -> None:
    """One or two, each once; a refused declaration gives no wing at all."""
    answer = await world.officer.post("/v1/duty-declarations", {"prison": "MDI", "wings": wings})
    assert problem(answer) == (422, "unacceptable", [(code, "/wings")])
    assert world.last.outcome is Outcome.MALFORMED
    assert await shown(world) == set()


async def test_duty_said_again_is_the_same_duty(world: World) -> None:
    """No row without end: a hundred of one wing would push the other wing out of every look, and a third would fit."""
    answers = [await world.officer.post("/v1/duty-declarations", {"prison": "MDI", "wings": ["MDI-A"]}) for _ in "abc"]
    assert {(a.status_code, a.json()["id"]) for a in answers} == {(201, answers[0].json()["id"])}
    assert len(await world.records(Duty, author=actor("officer"))) == 1
    await tale.on_duty(world, "officer", "MDI-B")
    await tale.on_duty(world, "officer", "MDI-B", "MDI-A")
    assert [e.outcome for e in world.entries()[-3:]] == [Outcome.DONE] * 3


async def test_a_third_wing_is_refused_by_two_declarations_as_by_one(world: World) -> None:
    """At most two wings in one band, however often duty is declared."""
    await world.keep([request(MOORLAND, f"request:{w}", wing=f"MDI-{w}") for w in "BC"])
    await tale.on_duty(world, "officer", "MDI-A", "MDI-B")
    answer = await world.officer.post("/v1/duty-declarations", {"prison": "MDI", "wings": ["MDI-C"]})
    assert problem(answer) == (422, "unacceptable", [("TWO_WINGS_AT_MOST", "/wings")])
    assert await shown(world) == {"MDI-A", "MDI-B"}
    await tale.on_duty(world, "officer", "MDI-B")
    assert await shown(world) == {"MDI-A", "MDI-B"}


async def test_an_old_hand_reaches_his_wing_like_anybody(world: World) -> None:
    """However many declarations an officer has made in his time, today's counts."""
    long_ago = [START - timedelta(days=n) for n in range(1, 601)]
    pattern = dataclasses.replace(await world.record(Duty, uid("duty")), author=actor("officer"))
    await world.keep(dataclasses.replace(pattern, id=uid(f"duty:{at}"), starts_at=at, ends_at=at) for at in long_ago)
    await tale.on_duty(world)
    assert await shown(world) == {"MDI-A"}
    assert (await world.officer.get("/v1/board")).json()["wings"] == ["MDI-A"]


async def test_duty_is_declared_where_one_works(world: World) -> None:
    """Another prison is out of reach, and another prison's wing is no wing of one's own."""
    answer = await world.officer.post("/v1/duty-declarations", {"prison": "LEI", "wings": ["LEI-A"]})
    assert answer.status_code == 404
    wrong = await world.officer.post("/v1/duty-declarations", {"prison": "MDI", "wings": ["LEI-A"]})
    assert problem(wrong) == (422, "unacceptable", [("WING_OF_ANOTHER_PRISON", "/wings")])
    assert await shown(world) == set()
    assert (await world.officer.get(f"/v1/requests/{uid('far:request:received')}")).status_code == 404


async def test_reach_ends_two_hours_after_the_band(world: World) -> None:
    """To the band's end and two hours more, and not a minute longer; then the item is what never existed."""
    await tale.on_duty(world)
    for instant in (BAND_END, BAND_END + timedelta(hours=1, minutes=59, seconds=59)):
        world.at(instant)
        assert (await world.officer.get(ITEM)).status_code == 200
        assert await shown(world) == {"MDI-A"}
    world.at(BAND_END + timedelta(hours=2, minutes=1))
    nowhere = await world.officer.get(f"/v1/requests/{uid('never-existed')}")
    assert observed(await world.officer.get(ITEM)) == observed(nowhere)
    assert [await shown(world, "officer", path) for path in LISTS] == [set(), set()]
    assert (await world.officer.get("/v1/board")).json()["wings"] == []


async def test_a_request_ends_though_duty_is_declared_anew(world: World) -> None:
    """The next band's declaration does not bring back what was asked two bands before: nor to the night manager."""
    world.at(BAND_END + timedelta(hours=2, minutes=1))
    await tale.on_duty(world)
    assert (await world.officer.get(ITEM)).status_code == 404
    assert (await world.oscar.get(ITEM)).status_code == 404
    assert await shown(world, "oscar") == set()


async def test_what_is_asked_in_the_next_band_is_reached_by_the_next_declaration(world: World) -> None:
    """And by the last one only for its two hours."""
    await tale.on_duty(world)
    world.at(BAND_END + timedelta(hours=1, minutes=30))
    asked = await tale.asked(world, "staff")
    assert (await world.officer.get(asked)).status_code == 200
    world.at(BAND_END + timedelta(hours=2))
    assert (await world.officer.get(asked)).status_code == 404
    await tale.on_duty(world)
    assert (await world.officer.get(asked)).status_code == 200


@pytest.mark.parametrize(
    ("asked_at", "band", "until"),
    [
        ("2026-11-23T07:45:00Z", "AM", "2026-11-23T14:15:00Z"),
        ("2026-11-23T23:59:00Z", "NIGHT", "2026-11-24T09:45:00Z"),
        ("2026-11-24T07:44:59Z", "NIGHT", "2026-11-24T09:45:00Z"),
        ("2027-03-27T23:30:00Z", "NIGHT", "2027-03-28T08:45:00Z"),  # the clocks go forward in this night
        ("2027-10-30T23:30:00Z", "NIGHT", "2027-10-31T09:45:00Z"),  # and back in this one
    ],
)
async def test_the_band_is_that_of_the_prisons_own_clock(world: World, asked_at: str, band: str, until: str) -> None:
    """Across midnight, and through the two nights of the year that are not of eight hours."""
    world.at(datetime.fromisoformat(asked_at))
    held = await world.record(Assignment, assignment("oscar"))
    await world.change(dataclasses.replace(held, last_used_on=world.now.date(), ends_on=world.now.date()))
    path = await tale.asked(world, "oscar")
    live = (await world.oscar.get(path)).json()
    assert (live["band"], live["readableUntil"]) == (band, until)


async def test_the_night_manager_needs_no_declaration_and_the_coordinator_has_no_queue(world: World) -> None:
    """The orderly officer reaches the prison tonight; a coordinator only open-policy requests; nobody above either."""
    live = {item["id"] for item in (await world.oscar.get("/v1/requests")).json()["items"]}
    names = ("received", "offered", "accepted", "in-progress", "open-policy")
    assert live == {str(uid(f"request:{name}")) for name in names}
    for name in ("coordinator", "safer", "imb", "inspector"):
        items = (await world[name].get("/v1/requests")).json()["items"]
        assert {i["closed"] for i in items} == {False}, name
        assert (await world[name].get(ITEM)).status_code == 404
    for name in ("governor", "samaritan", "hub", "staff", "headquarters", "integrator"):
        assert (await world[name].get(ITEM)).status_code == 403


async def test_the_board_shows_what_is_open_and_no_more(world: World) -> None:
    """Refused, withdrawn, completed and expired requests leave the board, though they may still be read."""
    over = (RequestState.COMPLETED, RequestState.REFUSED, RequestState.WITHDRAWN, RequestState.EXPIRED)
    await world.keep([request(MOORLAND, f"request:{state.value}", state) for state in over])
    await world.keep([request(MOORLAND, "request:life", RequestState.LIFE_AT_RISK)])
    items = (await world.oscar.get("/v1/board")).json()["items"]
    assert {i["state"] for i in items} == {"RECEIVED", "OFFERED", "ACCEPTED", "IN_PROGRESS", "LIFE_AT_RISK"}
    assert len((await world.oscar.get("/v1/requests")).json()["items"]) == len(items) + len(over)
    assert (await world.oscar.get(f"/v1/requests/{uid('request:REFUSED')}")).status_code == 200


async def test_a_declaration_is_shown_to_whoever_runs_the_shift_and_compares_it(world: World) -> None:
    """The night manager and safer custody see who declared what; an officer sees his own; others nothing."""
    await tale.on_duty(world)
    (own,) = (await world.officer.get("/v1/duty-declarations")).json()["items"]
    assert (own["author"], own["wings"], own["endsAt"]) == (str(actor("officer")), ["MDI-A"], "2026-11-23T12:15:00Z")
    assert (own["startsAt"], own["band"]) == ("2026-11-23T10:00:00Z", "AM")
    for name in ("oscar", "safer"):
        items = (await world[name].get("/v1/duty-declarations")).json()["items"]
        assert {i["id"] for i in items} == {own["id"], str(uid("duty"))}
        assert (await world[name].get(f"/v1/duty-declarations/{own['id']}")).json() == own
    assert (await world["second-officer"].get("/v1/duty-declarations")).json()["items"] == []
    assert (await world["second-officer"].get(f"/v1/duty-declarations/{own['id']}")).status_code == 404
    assert (await world["far-safer"].get(f"/v1/duty-declarations/{own['id']}")).status_code == 404
    for name in ("governor", "coordinator", "staff"):
        assert (await world[name].get("/v1/duty-declarations")).status_code == 403
    assert (await world.arthur.get("/v1/duty-declarations")).status_code == 404
    assert len(await world.records(Duty, author=actor("officer"))) == 1


async def test_only_officers_of_a_wing_declare(world: World) -> None:
    """Nobody else makes himself one by saying so."""
    for name in ("staff", "oscar", "coordinator", "governor", "samaritan", "integrator"):
        answer = await world[name].post("/v1/duty-declarations", {"prison": "MDI", "wings": ["MDI-A"]})
        assert answer.status_code == 403
    assert world.seen.kept == []


async def test_a_request_of_an_unknown_wing_is_seen_by_the_night_manager(world: World) -> None:
    """Nobody declares a wing that is not there, so it would be lost; whoever runs the prison has it on his board."""
    path = await tale.asked(world, "staff", wing="MDI-ZZ")
    assert (await world.oscar.get(path)).status_code == 200
    assert len([r for r in await world.records(Request) if r.wing == "MDI-ZZ"]) == 1

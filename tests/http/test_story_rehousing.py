"""Another wing of the same prison: what is going on with somebody is found there from then on, and the wing that he
left has no more to do with it (F47; rule 24)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from domain.care.roster import RosterEntry
from domain.kernel.whereabouts import InOut
from domain.people.record import Person
from domain.sessions.arrivals import Arrival
from domain.sessions.follow_ups import FollowUp
from domain.sessions.record import Enrolment, EnrolmentState, Session, SessionState
from domain.sessions.request import Request
from domain.supporters.record import Supporter
from tests.http import tale
from tests.http.cast import CAST, START, person, uid
from tests.http.prison_events import SEARCH, Systems, located, notification, told
from tests.http.test_story_hand_over import LEARNING, SCHEME
from tests.http.world import World, observed

NEVER = f"/v1/enrolments/{uid('never-existed')}"


async def moves(world: World, name: str, wing: str, **more: Any) -> None:
    """The systems tell that he has another cell, and say where."""
    number = str(CAST[name].number)
    cell = notification(f"{SEARCH}updated", world.now, of=number, categoriesChanged=["LOCATION"])
    await told(world, cell, where=Systems({number: located("MDI", wing=wing, **more)}))


async def test_a_learner_is_found_on_the_other_wing(world: World) -> None:
    """His enrolment, what is planned and what is due go along; what has been stays where it was. The officer of the
    wing that he left reads of him no longer."""
    his = {"person": person("arthur")}
    await tale.on_duty(world)
    assert (await world.officer.get(LEARNING)).status_code == 200
    been = [s for s in await world.records(Session, **his) if s.state is not SessionState.PLANNED]
    ended = [e for e in await world.records(Enrolment, **his) if e.ended_on is not None]
    await moves(world, "arthur", "MDI-C")
    assert {s.wing for s in await world.records(Session, **his, state=SessionState.PLANNED)} == {"MDI-C"}
    assert [s for s in await world.records(Session, **his) if s.state is not SessionState.PLANNED] == been
    assert {e.wing for e in await world.records(Enrolment, **his, state=EnrolmentState.STARTED)} == {"MDI-C"}
    assert [e for e in await world.records(Enrolment, **his) if e.ended_on is not None] == ended
    assert {f.wing for f in await world.records(FollowUp, **his, outcome=None)} == {"MDI-C"}
    assert observed(await world.officer.get(LEARNING)) == observed(await world.officer.get(NEVER))
    assert (await world.coordinator.get(LEARNING)).json()["wing"] == "MDI-C"


async def test_what_he_waits_for_comes_to_the_other_wing(world: World) -> None:
    """A first meeting that is due and a request under an open policy are looked for where he is; a live request of a
    closed policy names nobody, and stays."""
    (arrival,) = await world.records(Arrival, id=uid("arrival"))
    live = [each for each in await world.records(Request, prison="MDI") if each.ended_at is None]
    asked = next(each for each in live if not each.closed)
    await world.change(replace(arrival, person=person("arthur")))
    await world.change(replace(asked, person=person("arthur")))
    await moves(world, "arthur", "MDI-C")
    assert (await world.record(Arrival, arrival.id)).wing == "MDI-C"
    now = {each.id: each.wing for each in await world.records(Request)}
    assert {id for id, wing in now.items() if wing == "MDI-C"} == {asked.id}
    assert any(each.closed for each in live)


async def test_a_supporter_serves_from_the_other_wing(world: World) -> None:
    """He and what he is rostered for on his own wing go along; a day's absence that is told in the same breath is laid
    over him besides. Told twice, nothing more is done."""
    mentor = uid("supporter:mentor")
    for day, wing in (("2026-11-24", None), ("2026-11-25", "MDI-B")):
        body = {"supporter": str(mentor), "day": day, "band": "PM", "override": None}
        made = await world.coordinator.post(f"{SCHEME}/roster", body | ({"wing": wing} if wing else {}))
        assert made.status_code == 201, made.text
    await moves(world, "mentor", "MDI-C", in_out=InOut.OUT, last_movement="CRT")
    now = await world.record(Supporter, mentor)
    assert now.wing == (await world.record(Person, person("mentor"))).wing == "MDI-C"
    assert any(days.startswith("2026-11-23/") for days in now.away)
    rota = {e.day: e.wing for e in await world.records(RosterEntry, supporter=mentor)}
    assert (rota[date(2026, 11, 24)], rota[date(2026, 11, 25)]) == ("MDI-C", "MDI-B")
    world.later(seconds=timedelta(minutes=5).total_seconds())
    await moves(world, "mentor", "MDI-C", in_out=InOut.OUT, last_movement="CRT")
    assert await world.record(Supporter, mentor) == now


async def test_what_has_been_stays_and_the_night_that_is_on_goes_along(world: World) -> None:
    """A session of this morning that nobody has recorded yet was on the wing that he left; the night for which he is
    rostered is not over at one o'clock."""
    (planned,) = await world.records(Session, id=uid("session"))
    been = replace(planned, id=uid("session:this-morning"), starts_at=START - timedelta(hours=2))
    await world.keep([replace(been, ends_at=START - timedelta(hours=1))])
    await moves(world, "arthur", "MDI-C")
    assert (await world.record(Session, been.id)).wing == "MDI-A"
    listener = uid("supporter:listener")
    for day in ("2026-11-23", "2026-11-25"):
        body = {"supporter": str(listener), "day": day, "band": "NIGHT"}
        made = await world.coordinator.post(f"/v1/schemes/{uid('scheme:listeners')}/roster", body)
        assert made.status_code == 201, made.text
    world.at(datetime(2026, 11, 24, 1, tzinfo=UTC))
    await moves(world, "listener", "MDI-C")
    assert {e.wing for e in await world.records(RosterEntry, supporter=listener)} == {"MDI-C"}
    world.at(datetime(2026, 11, 24, 12, tzinfo=UTC))
    await moves(world, "listener", "MDI-D")
    wings = {e.day: e.wing for e in await world.records(RosterEntry, supporter=listener)}
    assert wings == {date(2026, 11, 23): "MDI-C", date(2026, 11, 25): "MDI-D"}

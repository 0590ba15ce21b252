"""The prison's systems tell who left, came, or is out for the day, and what follows here (F47, F97; rule 24; scenario
5): whatever order it is told in, and however often."""

import itertools
import json
from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from typing import Any

import pytest

from api.messages import consumer as consuming
from domain.act import Begin
from domain.kernel.whereabouts import InOut, Located
from domain.movements import inbox
from domain.movements.event import PrisonEvent
from domain.movements.followed import Followed
from domain.movements.inbox import EventTaken
from domain.people.record import Person
from domain.people.reviews import MovementReview
from domain.sessions.record import Enrolment, EnrolmentState
from domain.supporters.absences import Absence
from domain.supporters.availability import written
from domain.supporters.record import HOLDING, Supporter
from tests.http.cast import CAST, START, person, uid
from tests.http.prison_events import OFFENDER, SEARCH, Line, Systems, consumer, located, notification, told, wrapped
from tests.http.test_story_hand_over import LEARNING, MENTOR, SCHEME, five_learners, of_his
from tests.http.world import World, observed

NUMBER = str(CAST["mentor"].number)
LEARNER = str(CAST["arthur"].number)
LEFT = notification(f"{SEARCH}released", START, of=NUMBER, reason="TRANSFERRED", prisonId="MDI")
CAME = notification(f"{SEARCH}received", START + timedelta(minutes=5), of=NUMBER, reason="TRANSFERRED", prisonId="LEI")
LATER_LEFT = notification(
    f"{OFFENDER}released", START, of=NUMBER, reason="TRANSFERRED", prisonId="MDI", currentLocation="BEING_TRANSFERRED"
)


async def the_end(world: World) -> dict[str, Any]:
    """What there is of the mentor, and of whom he helped."""
    was = await world.record(Supporter, uid("supporter:mentor"))
    learner = (await world.coordinator.get(LEARNING)).json()
    return {
        "standing": (was.standing, was.left_on, was.left_for),
        "learner": (learner["state"], learner["supporter"], learner["manual"]),
        "handOvers": len(await of_his(world)),
        "prison": (await world.record(Person, person("mentor"))).prison,
    }


async def taken(world: World) -> dict[str, str]:
    """What the inbox says of each type of event."""
    return {each.type: each.followed for each in await world.records(EventTaken)}


@pytest.mark.parametrize("order", list(itertools.permutations([LEFT, CAME, LATER_LEFT])))
async def test_he_is_moved_and_it_is_told_in_any_order(world: World, order: tuple[str, ...]) -> None:
    """A mentor with five learners goes from one prison to another: his role ends there, they wait with all that they
    have reached, once, and he is in the other prison."""
    await five_learners(world)
    for message in (*order, *order):
        line = await told(world, message)
        assert (line.waits, line.deleted) == ([], [message])
    assert await the_end(world) == {
        "standing": ("TRANSFERRED_OUT", world.now.date(), "TRANSFERRED"),
        "learner": ("STARTED", None, 3),
        "handOvers": 1,
        "prison": "LEI",
    }
    assert len(await world.records(EventTaken)) == 3


async def test_no_line_has_the_estate_s_own_id_of_what_it_told(world: World) -> None:
    """Whoever keeps the estate's messages finds none of our ids by one of theirs (rule 4)."""
    mark = len(world.seen.entries)
    await told(world, LEFT)
    (line,) = world.seen.entries[mark:]
    assert {"person", "prison-event"} <= {change.kind for change in line.changes}
    (event,) = await world.records(EventTaken)
    assert str(event.id) in LEFT
    assert str(event.id) not in json.dumps(line.as_json())


async def test_nobody_of_the_old_prison_reaches_him_on_the_way(world: World) -> None:
    """From the minute that it is told: to the wing he is as one who never was, and to the new prison nothing of him
    begins by itself (rule 24)."""
    never = f"/v1/supporters/{uid('never-existed')}"
    for message, prison in ((LEFT, "TRN"), (CAME, "LEI")):
        await told(world, message)
        assert observed(await world.officer.get(MENTOR)) == observed(await world.officer.get(never))
        assert (await world["far-coordinator"].get(MENTOR)).status_code == 404
        there = await world["far-coordinator"].get("/v1/supporters?limit=100")
        assert MENTOR.rpartition("/")[2] not in there.text
        assert (await world.record(Person, person("mentor"))).prison == prison


async def test_a_learner_leaves_and_his_enrolment_waits_to_be_gone_on_with(world: World) -> None:
    """A learner is released: his enrolment ends so, of no wing and no mentor's; one who is moved has it as
    transferred."""
    for reason, ending in (("RELEASED", EnrolmentState.RELEASED), ("TRANSFERRED", EnrolmentState.TRANSFERRED)):
        was = await world.record(Enrolment, uid("enrolment"))
        released = notification(f"{SEARCH}released", world.now, of=LEARNER, reason=reason, prisonId="MDI")
        await told(world, released)
        now = await world.record(Enrolment, uid("enrolment"))
        assert (now.state, now.wing, now.supporter) == (ending, None, None)
        assert uid("supporter:mentor") in now.earlier_supporters
        back = notification(f"{SEARCH}received", world.now, of=LEARNER, reason="READMISSION", prisonId="MDI", id=reason)
        world.later(hours=1)
        await told(world, back.replace(START.isoformat(), world.now.isoformat()))
        assert (await world.record(Enrolment, uid("enrolment"))).state is ending, "nothing goes on by itself"
        await world.change(was)


async def test_when_he_left_is_not_when_he_came(world: World) -> None:
    """Five hours on the way: whoever was to answer him there had until he left, and no longer."""
    left = world.now
    await told(world, LEFT)
    world.later(hours=5)
    came = notification(f"{SEARCH}received", world.now, of=NUMBER, reason="TRANSFERRED", prisonId="LEI")
    await told(world, came)
    now = await world.record(Person, person("mentor"))
    assert (now.left_at, now.moved_at, now.prison) == (left, world.now, "LEI")


DAY = [
    ("SENT_TO_COURT", "RETURN_FROM_COURT", "AT_COURT"),
    ("TEMPORARY_ABSENCE_RELEASE", "TEMPORARY_ABSENCE_RETURN", "ON_ROTL"),
]


@pytest.mark.parametrize(("out", "back", "why"), DAY)
async def test_out_for_the_day_is_no_leaving(world: World, out: str, back: str, why: str) -> None:
    """At court or on leave he is not available, and stays what he is; back, he may be asked the same evening."""
    before = await world.record(Supporter, uid("supporter:mentor"))
    earlier = await world.records(Absence, supporter=before.id)
    await told(world, notification(f"{SEARCH}released", world.now, of=NUMBER, reason=out, prisonId="MDI"))
    gone = await world.record(Supporter, uid("supporter:mentor"))
    assert gone.standing == before.standing
    added = [a for a in await world.records(Absence, supporter=before.id) if a not in earlier]
    assert [(a.why, a.first_on, a.last_on, a.told_to_him) for a in added] == [(why, world.now.date(), None, False)]
    assert gone.away != before.away
    world.later(hours=6)
    await told(world, notification(f"{SEARCH}received", world.now, of=NUMBER, reason=back, prisonId="MDI"))
    assert await world.records(Absence, supporter=before.id) == earlier
    assert (await world.record(Supporter, uid("supporter:mentor"))).away == written(earlier)


async def test_from_court_he_is_taken_to_another_prison(world: World) -> None:
    """The day's absence that was open is over with his role: back one day, no night finds him astray for it."""
    await told(world, notification(f"{SEARCH}released", world.now, of=NUMBER, reason="SENT_TO_COURT", prisonId="MDI"))
    world.later(hours=3)
    await told(world, notification(f"{SEARCH}received", world.now, of=NUMBER, reason="TRANSFERRED", prisonId="LEI"))
    left = await world.record(Supporter, uid("supporter:mentor"))
    ended = [a for a in await world.records(Absence, supporter=left.id) if a.why == "AT_COURT"]
    assert ended
    assert {a.last_on for a in ended} == {left.left_on}
    assert left.away == written(await world.records(Absence, supporter=left.id))
    assert not any(each.endswith("/..") for each in left.away)


async def test_he_is_released_by_a_number_that_he_is_told_to_have_in_the_same_batch(world: World) -> None:
    """Of the number nothing was known before that batch, and it is his."""
    new = "A9292QX"
    merged = notification(f"{OFFENDER}merged", START, of=new, reason="MERGE", removedNomsNumber=NUMBER, nomsNumber=new)
    at = START + timedelta(minutes=5)
    released = notification(f"{SEARCH}released", at, of=new, reason="RELEASED", prisonId="MDI")
    line = await told(world, released, merged)
    assert line.waits == []
    assert (await world.record(Supporter, uid("supporter:mentor"))).standing == "RELEASED"


async def test_a_leave_that_was_to_come_ends_where_it_begins(world: World) -> None:
    """He is moved a month before a leave with no end known: it is there to be read, and no night waits for its end."""
    (his,) = await world.records(Absence, supporter=uid("supporter:mentor"), last_on=None)
    assert his.first_on > world.now.date()
    await told(world, LEFT)
    now = await world.record(Absence, his.id)
    assert (now.first_on, now.last_on) == (his.first_on, his.first_on)


async def test_what_staff_entered_of_hospital_stands(world: World) -> None:
    """The systems say that he is in the prison whose cell he keeps: days in hospital end when staff say so."""
    absences = f"{MENTOR}/absences"
    made = await world.coordinator.post(absences, {"why": "HOSPITAL", "firstOn": world.now.date().isoformat()})
    assert made.status_code == 201
    before = await world.records(Absence, supporter=uid("supporter:mentor"))
    moved = notification(f"{SEARCH}updated", world.now, of=NUMBER, categoriesChanged=["LOCATION"])
    await told(world, moved, where=Systems({NUMBER: located("MDI", wing="MDI-C")}))
    assert await world.records(Absence, supporter=uid("supporter:mentor")) == before


async def test_back_before_it_is_told_that_he_went(world: World) -> None:
    """The return is told first: the going, when it comes, is overtaken."""
    before = await world.records(Absence, supporter=uid("supporter:mentor"))
    went = notification(f"{SEARCH}released", world.now, of=NUMBER, reason="SENT_TO_COURT", prisonId="MDI")
    world.later(hours=5)
    await told(
        world, notification(f"{SEARCH}received", world.now, of=NUMBER, reason="RETURN_FROM_COURT", prisonId="MDI")
    )
    await told(world, went)
    assert await world.records(Absence, supporter=uid("supporter:mentor")) == before
    assert (await taken(world))[f"{SEARCH}released"] == Followed.AS_IT_WAS


async def test_two_days_at_court_stand_in_his_absences(world: World) -> None:
    """He comes back on another day: the days until then stand."""
    await told(world, notification(f"{SEARCH}released", world.now, of=NUMBER, reason="SENT_TO_COURT", prisonId="MDI"))
    first = world.now.date()
    world.later(days=2)
    await told(
        world, notification(f"{SEARCH}received", world.now, of=NUMBER, reason="RETURN_FROM_COURT", prisonId="MDI")
    )
    found = await world.records(Absence, supporter=uid("supporter:mentor"), why="AT_COURT")
    assert (first, first + timedelta(days=1)) in [(a.first_on, a.last_on) for a in found]


async def test_the_systems_are_asked_before_anything_is_done(world: World) -> None:
    """Where they can be asked, what they say counts. Told that he left, and he is there: nothing is done. They are
    away: nothing is done yet, and it is not lost. They do not agree with anything: somebody looks."""
    systems = Systems({NUMBER: located("MDI", wing="MDI-B")}, reachable=False)
    line = await told(world, LEFT, where=systems)
    assert (line.waits, line.deleted, line.put_off) == ([LEFT], [], [1])
    assert await world.records(EventTaken) == []
    systems.reachable = True
    await consumer(world, line, systems).once()
    assert (line.waits, line.deleted) == ([], [LEFT])
    assert (await world.record(Supporter, uid("supporter:mentor"))).standing == "ACTIVE"
    systems.at[NUMBER] = located("LEI", wing="LEI-C")
    far = notification(f"{SEARCH}received", world.now, of=NUMBER, reason="TRANSFERRED", prisonId="BXI")
    await told(world, far, where=systems)
    assert (await taken(world))[f"{SEARCH}received"] == Followed.TO_REVIEW
    assert (await world.record(Supporter, uid("supporter:mentor"))).standing == "ACTIVE"
    await told(world, CAME, where=systems)
    there = await world.record(Person, person("mentor"))
    assert (there.prison, there.wing) == ("LEI", "LEI-C")
    assert (await world.record(Supporter, uid("supporter:mentor"))).standing == "TRANSFERRED_OUT"


async def test_he_is_there_already_when_it_is_told_that_he_left(world: World) -> None:
    """Told late that he was released for another prison: he is in it, and the old one has lost him by that word alone.
    Nobody is asked to look into where he is."""
    systems = Systems({NUMBER: located("LEI", wing="LEI-C")})
    await told(world, LEFT, where=systems)
    assert (await taken(world))[f"{SEARCH}released"] == Followed.DONE
    assert (await world.record(Supporter, uid("supporter:mentor"))).standing == "TRANSFERRED_OUT"
    assert (await world.record(Person, person("mentor"))).prison == "LEI"
    await told(world, CAME, where=systems)
    assert (await taken(world))[f"{SEARCH}received"] == Followed.AS_IT_WAS
    reviews = await world.records(MovementReview, person=person("mentor"))
    assert "WHEREABOUTS_DIFFER" not in {each.kind for each in reviews}


async def test_an_answer_that_another_worker_overtook_is_asked_for_again(world: World) -> None:
    """One worker waits for the systems while another does what they say by then: he is not moved back."""
    new = Systems({NUMBER: located("LEI", wing="LEI-C")})
    asked = 0

    async def slowly(identifiers: Collection[str]) -> Mapping[str, Located | None] | None:
        nonlocal asked
        asked += 1
        if asked > 1:
            return await new(identifiers)
        await told(world, CAME, where=new)
        return {number: located("MDI", wing="MDI-B") for number in identifiers}

    moved = notification(f"{SEARCH}updated", world.now, of=NUMBER, categoriesChanged=["LOCATION"])
    line = await told(world, moved, where=slowly)
    there = await world.record(Person, person("mentor"))
    assert (there.prison, there.wing, line.waits, asked) == ("LEI", "LEI-C", [], 2)


async def test_a_change_of_cell_moves_him_to_the_wing(world: World) -> None:
    """An update of his place is asked about; one of his name or sentence is not."""
    systems = Systems({NUMBER: located("MDI", wing="MDI-C")})
    for n, changed in enumerate((["SENTENCE"], ["LOCATION"])):
        at = world.now + timedelta(seconds=n)
        await told(world, notification(f"{SEARCH}updated", at, of=NUMBER, categoriesChanged=changed), where=systems)
        assert systems.asked == [NUMBER] * n
    assert (await world.record(Person, person("mentor"))).wing == "MDI-C"


async def test_a_man_in_hospital_under_section_is_gone_from_the_prison(world: World) -> None:
    """His role ends for his health, in the words for any leaving; with whom he shared it is seen to."""
    hospital = notification(f"{SEARCH}released", world.now, of=NUMBER, reason="RELEASED_TO_HOSPITAL", prisonId="MDI")
    await told(world, hospital)
    was = await world.record(Supporter, uid("supporter:mentor"))
    assert (was.standing, was.left_for) == ("STOOD_DOWN", "HEALTH")


async def test_who_has_died_is_put_before_nobody(world: World) -> None:
    """His role and his support end, and no list says that he left: silence on him, until it is told by hand (rule
    16)."""
    for number in (NUMBER, LEARNER):
        died = notification(f"{SEARCH}updated", world.now, of=number, categoriesChanged=["STATUS"])
        await told(world, died, where=Systems({number: located("MDI", wing="MDI-A", dead=True)}))
    assert (await world.record(Supporter, uid("supporter:mentor"))).standing not in HOLDING
    assert (await world.record(Enrolment, uid("enrolment"))).state is not EnrolmentState.STARTED
    for name in ("mentor", "arthur"):
        assert await world.records(MovementReview, person=person(name)) == []


async def test_of_whom_nobody_knows_nothing_is_kept(world: World) -> None:
    """Nearly every event: its type is written down, and nothing that tells of whom it was."""
    people = await world.records(Person)
    unknown = notification(f"{SEARCH}received", world.now, of="A9999ZZ", reason="NEW_ADMISSION", prisonId="MDI")
    other = notification("incentives.prisoner.next-review-date-changed", world.now, of=NUMBER, nextReviewDate="soon")
    next_year = wrapped("a.type.of.next-year", "not even JSON", world.now)
    line = await told(world, unknown, other, next_year)
    assert line.waits == []
    assert await taken(world) == {
        f"{SEARCH}received": Followed.NOT_KNOWN,
        "incentives.prisoner.next-review-date-changed": Followed.NOTHING_TO_DO,
        "a.type.of.next-year": Followed.NOTHING_TO_DO,
    }
    assert await world.records(Person) == people
    assert "A9999ZZ" not in str((world.seen.kept, world.seen.entries))


async def test_after_a_merge_nobody_has_come(world: World) -> None:
    """An admission that only says that two numbers became one moves nobody."""
    before = await world.record(Supporter, uid("supporter:mentor"))
    merged = notification(f"{SEARCH}received", world.now, of=NUMBER, reason="POST_MERGE_ADMISSION", prisonId="LEI")
    await told(world, merged)
    assert await world.record(Supporter, uid("supporter:mentor")) == before


async def test_what_is_told_late_of_a_number_that_was_merged_is_of_whoever_has_it_now(world: World) -> None:
    """And the systems, which know the old number no more, are asked about the new one."""
    await told(world, notification(f"{OFFENDER}merged", world.now, of=NUMBER, removedNomsNumber="A9090AA"))
    systems = Systems({NUMBER: located(None, InOut.OUT)})
    late = notification(f"{SEARCH}released", world.now, of="A9090AA", reason="RELEASED", prisonId="MDI")
    await told(world, late, where=systems)
    assert (await taken(world))[f"{SEARCH}released"] == Followed.DONE
    assert systems.asked == [NUMBER]
    assert (await world.record(Supporter, uid("supporter:mentor"))).standing == "RELEASED"


BAD = {
    "not JSON": "{",
    "no object": "[]",
    "a body that is not JSON": wrapped(f"{SEARCH}received", "{", START),
    "nobody": notification(f"{SEARCH}received", START, reason="TRANSFERRED", prisonId="MDI"),
    "no number": notification(f"{SEARCH}received", START, of="ROBERT'); --", reason="TRANSFERRED", prisonId="MDI"),
    "no prison": notification(f"{SEARCH}released", START, of=NUMBER, reason="TRANSFERRED"),
    "no time": wrapped(f"{SEARCH}received", '{"additionalInformation": {"nomsNumber": "A1234BC"}}', START).replace(
        START.isoformat(), "yesterday"
    ),
    "one man merged with himself": notification(f"{OFFENDER}merged", START, of=NUMBER, removedNomsNumber=NUMBER),
    "too large": notification(f"{SEARCH}received", START, of=NUMBER, reason="x" * 300_000, prisonId="MDI"),
    "too deep": wrapped(f"{SEARCH}received", "[" * 100_000, START),
}


@pytest.mark.parametrize("what", BAD)
async def test_what_cannot_be_read_is_put_off_and_recorded_and_holds_up_nobody(world: World, what: str) -> None:
    """It changes nothing, has its line, waits ever longer until the queue puts it aside; its neighbour is done."""
    line = Line([BAD[what], LEFT])
    service = consumer(world, line)
    await service.once()
    assert (line.waits, line.deleted) == ([BAD[what]], [LEFT])
    malformed = [e for e in world.seen.entries if e.outcome == "MALFORMED"]
    assert len(malformed) == 1
    for _ in range(4):
        await service.once()
    assert line.put_off == [1, 10, 60, 600, 600]
    assert line.waits == [BAD[what]]


@pytest.mark.parametrize("where", ["read", "take_in"])
async def test_one_that_breaks_us_holds_up_nobody(world: World, monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    """Whatever goes wrong over one message in a way that nobody foresaw, its neighbours are done."""
    odd = notification(f"{SEARCH}updated", world.now, of="A9191AA", categoriesChanged=["LOCATION"])
    breaks = consuming.read(odd).id
    read, take_in = consuming.read, inbox.take_in

    def breaks_as_it_is_read(body: str, id: str) -> PrisonEvent:
        if body == odd:
            raise ZeroDivisionError
        return read(body, id)

    async def breaks_as_it_is_written(begin: Begin, jurisdiction: str, events: Sequence[PrisonEvent]) -> Any:
        if breaks in {event.id for event in events}:
            raise ZeroDivisionError
        return await take_in(begin, jurisdiction, events)

    if where == "read":
        monkeypatch.setattr(consuming, "read", breaks_as_it_is_read)
    else:
        monkeypatch.setattr(inbox, "take_in", breaks_as_it_is_written)
    line = await told(world, odd, LEFT)
    assert (line.waits, line.deleted, line.put_off) == ([odd], [LEFT], [1])


async def test_the_database_is_away_and_nothing_is_lost(world: World) -> None:
    """What could not be written stays in the queue, and is done when the database is back."""
    world.seen.gone = True
    line = await told(world, LEFT, CAME)
    assert (line.waits, line.deleted) == ([LEFT, CAME], [])
    world.seen.gone = False
    await consumer(world, line).once()
    assert line.waits == []
    assert (await world.record(Person, person("mentor"))).prison == "LEI"


async def test_his_band_on_the_rota_is_free(world: World) -> None:
    """What he was rostered for is free from the minute that he left."""
    body = {"supporter": str(uid("supporter:mentor")), "day": "2026-11-24", "band": "PM", "override": None}
    entry = (await world.coordinator.post(f"{SCHEME}/roster", body)).headers["location"]
    await told(world, LEFT)
    assert (await world.coordinator.get(entry)).json()["state"] == "WITHDRAWN"

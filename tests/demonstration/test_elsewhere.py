"""The demonstration's own prison systems: they know where its people are, something can be made to happen there, and
the service hears of it as it would from the estate."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from api.commands import demo
from api.demonstration import cast, queue
from api.demonstration.elsewhere import Elsewhere, Held, place
from api.demonstration.examples import places
from api.demonstration.happening import CannotHappen, Happening, Story, happen, lines
from api.demonstration.people import LEI, MDI, PRISONS, made_up_number
from api.demonstration.queue import TRIES, FolderQueue
from api.messages.consumer import Consumer
from api.messages.reading import read
from api.runtime import Runtime
from api.settings import Settings
from api.wiring.database import CannotStart
from api.wiring.demonstrated import events_of, refuse_real_systems, systems_of
from api.work.bench import service_begin
from domain.care.roster import RosterEntry
from domain.movements.event import What
from domain.movements.inbox import EventTaken
from domain.movements.reconciling import reconcile
from domain.people.record import Person
from domain.people.reviews import MovementReview
from domain.sessions.record import Enrolment
from domain.supporters.record import Supporter
from persistence.memory import MemoryStore
from tests.demonstration.conftest import Played
from tests.demonstration.stage import NOW, copy, counting, records, run_on

TODAY = NOW.date()
LISTENER, MENTOR, PERSON = cast.LISTENER.subject, cast.MENTOR.subject, cast.PERSON.subject


class Prisons:
    """The systems of a demonstration in a folder, and the service over a store of its own, which hears of them."""

    def __init__(self, folder: Path, store: MemoryStore) -> None:
        self.folder = folder
        self.store = store
        self.runtime: Runtime = run_on(store)
        self.systems = systems_of(folder, lambda: TODAY)
        self.queue = FolderQueue(events_of(folder), wait=0)
        self.at = NOW

    async def hear(self, *words: Any, **more: Any) -> list[str]:
        """Something happens, and the consumer takes all that is told of it: what came of each message."""
        held = self.systems.held
        assert held is not None
        before = {each.id for each in records(self.store, EventTaken)}
        self.at += timedelta(minutes=1)
        then, messages = happen(held, Story(*words, **more), self.at)
        self.systems.hold(then)
        queue.put(events_of(self.folder), messages, self.at)
        ports = (self.systems.whereabouts, self.systems.records)
        await Consumer(self.queue, lambda: service_begin(self.runtime), "EW", *ports).once()
        assert list(events_of(self.folder).iterdir()) == []
        taken = [each for each in records(self.store, EventTaken) if each.id not in before]
        return [each.followed.value for each in taken]

    def person(self, number: str) -> Person:
        """Whom the service knows by that number."""
        (found,) = [each for each in records(self.store, Person) if each.identifier == number]
        return found

    def of(self, kind: Any, number: str) -> list[Any]:
        """The records of that kind of this person."""
        id = self.person(number).id
        return [each for each in records(self.store, kind) if each.person == id]


@pytest.fixture
async def prisons(played: Played, tmp_path: Path) -> Prisons:
    """As a demonstration that was just filled has them."""
    found = Prisons(tmp_path, copy(played.store))
    found.systems.hold(await places(found.store, counting(), NOW))
    return found


async def test_they_hold_where_everybody_is_and_as_many_as_live_there(prisons: Prisons) -> None:
    """Each of those whom the service knows, by prison and wing, and so many others that the prison is as full as its
    roll says. So a night's look finds nobody astray."""
    known = records(prisons.store, Person)
    where = await prisons.systems.whereabouts([each.identifier for each in known])
    assert where is not None
    assert {n: (at and at.prison, at and at.wing) for n, at in where.items()} == {
        each.identifier: (each.prison, each.wing) for each in known
    }
    for prison in PRISONS:
        there = await prisons.systems.residents(prison.code)
        assert there is not None
        assert len(there) == prison.held
    runtime = prisons.runtime
    begins: Callable[[], Any] = lambda: service_begin(runtime)  # noqa: E731
    assert await reconcile(begins, "EW", prisons.systems.residents, prisons.systems.whereabouts) == 0
    held = prisons.systems.held
    assert held is not None
    prisons.systems.hold(replace(held, places={**held.places, LISTENER: place(LEI.code, "LEI-A")}))
    assert await reconcile(begins, "EW", prisons.systems.residents, prisons.systems.whereabouts) == 1


async def test_the_listener_is_moved_and_is_off_the_rota(prisons: Prisons) -> None:
    """His role is over, his bands are free, somebody is asked to see to it, and he is in the other prison."""
    (role,) = prisons.of(Supporter, LISTENER)
    rota = [each for each in records(prisons.store, RosterEntry) if each.supporter == role.id]
    assert "PUBLISHED" in {each.state for each in rota if each.day > TODAY}
    assert await prisons.hear(Happening.MOVED, LISTENER, to=LEI.code) == ["DONE", "AS_IT_WAS"]
    (role,) = prisons.of(Supporter, LISTENER)
    assert (role.standing, prisons.person(LISTENER).prison) == ("TRANSFERRED_OUT", "LEI")
    rota = [each for each in records(prisons.store, RosterEntry) if each.supporter == role.id]
    assert {each.state for each in rota if each.day > TODAY} == {"WITHDRAWN"}
    assert [each.asks for each in prisons.of(MovementReview, LISTENER)] == ["PERSON_LEFT"]
    where = await prisons.systems.whereabouts([LISTENER])
    assert where is not None
    assert where[LISTENER] is not None


async def test_learner_and_mentor_are_kept_apart(prisons: Prisons) -> None:
    """From then on both are known to be, and his learning waits for another mentor."""
    assert await prisons.hear(Happening.KEPT_APART, PERSON, other=MENTOR) == ["DONE"]
    assert [each.supporter for each in prisons.of(Enrolment, PERSON) if each.state == "STARTED"] == [None]
    apart = await prisons.systems.apart("NOMS", [MENTOR, PERSON])
    assert apart is not None
    assert (apart[MENTOR].non_associations, apart[PERSON].non_associations) == ({PERSON}, {MENTOR})
    assert apart[MENTOR].whole


async def test_out_for_the_day_and_back(prisons: Prisons) -> None:
    """He stays what he is."""
    before = prisons.of(Supporter, MENTOR)[0]
    assert await prisons.hear(Happening.TO_COURT, MENTOR) == ["DONE"]
    assert prisons.of(Supporter, MENTOR)[0].away != before.away
    assert await prisons.hear(Happening.BACK, MENTOR) == ["DONE"]
    after = prisons.of(Supporter, MENTOR)[0]
    assert (after.standing, after.away) == (before.standing, before.away)


async def test_what_else_may_happen(prisons: Prisons) -> None:
    """To another wing; an alert and a lower level of incentives, for a man of whose role they are a rule; on the way to
    another prison, and released; and two numbers turn out to be one man."""
    assert await prisons.hear(Happening.WING, PERSON, to="MDI-H") == ["DONE"]
    assert prisons.person(PERSON).wing == "MDI-H"
    assert await prisons.hear(Happening.ALERT, LISTENER) == ["TO_REVIEW"]
    roles = records(prisons.store, Supporter)
    insider = next(r.person for r in roles if (r.kind, r.standing, r.prison) == ("INSIDERS", "ACTIVE", MDI.code))
    (his,) = [each.identifier for each in records(prisons.store, Person) if each.id == insider]
    assert await prisons.hear(Happening.BASIC, his) == ["TO_REVIEW"]
    listener, other = [await prisons.systems.records("NOMS", number) for number in (LISTENER, his)]
    assert listener is not None
    assert other is not None
    assert "HA" in (listener.alerts or ())
    assert (listener.incentive == "BAS", other.incentive) == (False, "BAS")
    assert await prisons.hear(Happening.LEFT, MENTOR) == ["DONE"]
    assert prisons.person(MENTOR).prison == "TRN"
    assert await prisons.hear(Happening.RELEASED, LISTENER) == ["DONE"]
    assert prisons.person(LISTENER).prison == "OUT"
    other = made_up_number(150)
    assert await prisons.hear(Happening.MERGED, PERSON, other=other) == ["DONE"]
    where = await prisons.systems.whereabouts([other])
    assert where == {other: None}


@pytest.mark.parametrize(
    ("story", "why"),
    [
        (Story(Happening.MOVED, "A1234BC", to="LEI"), "made-up people alone"),
        (Story(Happening.MOVED, LISTENER), "--to: a prison, one of LEI"),
        (Story(Happening.MOVED, LISTENER, to="MDI"), "--to: a prison, one of LEI"),
        (Story(Happening.WING, LISTENER, to="LEI-A"), "--to: a wing, one of MDI-A"),
        (Story(Happening.RELEASED, made_up_number(9999)), "nobody in these prisons"),
        (Story(Happening.MERGED, LISTENER, other=LISTENER), "--other"),
        (Story(Happening.KEPT_APART, LISTENER), "--other"),
        (Story(Happening.KEPT_APART, LISTENER, other="A1234BC"), "made-up people alone"),
    ],
)
async def test_what_cannot_happen_is_one_line(prisons: Prisons, story: Story, why: str) -> None:
    """And nothing is told."""
    held = prisons.systems.held
    assert held is not None
    with pytest.raises(CannotHappen, match=why):
        happen(held, story, NOW)


async def test_of_real_people_they_know_nothing(prisons: Prisons) -> None:
    """Of a number that is not made up: not where he is, and nothing of him."""
    ask = prisons.systems
    assert await ask.whereabouts(["A1234BC"]) == {"A1234BC": None}
    assert await ask.records("NOMS", "A1234BC") is None
    assert (await ask.releases("MDI", ["A1234BC"]), await ask.apart("NOMS", ["A1234BC"])) == ({}, {})


async def test_before_they_are_filled_they_cannot_be_asked(tmp_path: Path) -> None:
    """Which is not the same as knowing nobody."""
    ask = Elsewhere(tmp_path / "not-there.json", lambda: TODAY)
    assert (await ask.whereabouts([LISTENER]), await ask.residents(MDI.code)) == (None, None)
    assert await ask.records("NOMS", LISTENER) is not None


async def test_who_is_kept_apart_by_number_is_so_from_both_sides(tmp_path: Path) -> None:
    """A few are from the start."""
    ask = Elsewhere(tmp_path / "systems.json", lambda: TODAY)
    apart = await ask.apart("NOMS", [made_up_number(n) for n in range(1, 700)])
    assert apart is not None
    pairs = {(one, other) for one, of in apart.items() for other in of.non_associations or ()}
    assert {(other, one) for one, other in pairs} == pairs
    assert 10 < len(pairs) < 40


async def test_a_message_that_cannot_be_done_comes_again_and_is_put_aside(tmp_path: Path) -> None:
    """First in, first out; a message that came often enough lies aside under another name."""
    folder = events_of(tmp_path)
    line = FolderQueue(folder, wait=0)
    assert await line.take() == []
    queue.put(folder, ["one", "two"], NOW)
    first, second = await line.take()
    assert (first.body, second.body, first.received) == ("one", "two", 1)
    await line.done([first])
    for came in range(2, TRIES + 1):
        await line.later(second, 0)
        (second,) = await line.take()
        assert second.received == came
    await line.later(second, 600)
    assert await line.take() == []
    assert [each.suffix for each in folder.iterdir()] == [".aside"]


async def test_one_that_is_put_off_waits(tmp_path: Path) -> None:
    """So many seconds."""
    line = FolderQueue(events_of(tmp_path), wait=0)
    queue.put(events_of(tmp_path), ["one"], NOW)
    (message,) = await line.take()
    await line.later(message, 60)
    assert await line.take() == []


@pytest.mark.parametrize(
    "name", ["prisoner_search_url", "non_associations_url", "events_queue_url", "domain_events_topic_arn"]
)
def test_it_does_not_start_with_a_real_system(tmp_path: Path, name: str) -> None:
    """Nor is anything made to happen: one line, which names the setting and not its value."""
    both = Settings(**{name: "https://canary.example", "data": tmp_path})  # type: ignore[arg-type]
    for refused in (lambda: refuse_real_systems(both), lambda: demo.event(both, Story(Happening.LEFT, LISTENER))):
        with pytest.raises(CannotStart, match=name.upper()) as told:
            refused()
        assert "canary" not in str(told.value)
    assert list(tmp_path.iterdir()) == []


def test_the_command_needs_a_demonstration_and_writes_what_is_told(tmp_path: Path) -> None:
    """Without one it says so; with one the message lies there for the worker, and the systems hold it."""
    here = Settings(data=tmp_path)
    with pytest.raises(CannotStart, match="run peer-support demo"):
        demo.event(here, Story(Happening.LEFT, LISTENER))
    with pytest.raises(CannotStart, match="one of moved, left"):
        demo.story("exploded", LISTENER, to=None, other=None, code=None)
    at = demo.systems_of(tmp_path, lambda: TODAY)
    at.hold(Held({LISTENER: _there()}))
    demo.event(here, demo.story("left", LISTENER, to=None, other=None, code=None))
    (file,) = events_of(tmp_path).iterdir()
    event = read(file.read_text())
    assert (event.what, event.number, event.prison, event.why) == (What.RELEASED, LISTENER, "MDI", "TRANSFERRED")
    held = at.held
    assert held is not None
    assert held.places[LISTENER] == replace(_there(), prison=None, wing=None, in_out="TRN", last_movement="TRN")


def _there() -> Any:
    return place("MDI", "MDI-C")


def test_the_lines_that_are_printed_can_happen() -> None:
    """Each is words of the command."""
    for _, words in lines(LISTENER, MENTOR, PERSON, LEI.code):
        what, number, *_ = words.split()
        assert Story(Happening(what), number)

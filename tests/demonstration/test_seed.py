"""Seeding: all of the year is in the store, each handful with its line, and a later start finds its way again."""

from collections import Counter
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from api.capacities import SERVICE_ACTOR
from api.demonstration import cast
from api.demonstration.examples import WING, Examples, find_examples
from api.demonstration.seed import HANDFUL, seed
from api.demonstration.year import a_year
from domain.confidentiality.entry import Entry, Family, Outcome
from domain.confidentiality.policy import grants_of
from domain.confidentiality.record import R
from domain.confidentiality.roles import Role
from domain.confidentiality.verbs import Verb
from domain.kernel.errors import Unavailable
from domain.oversight.record import LedgerLine
from domain.ports import KeyUse, Scope
from domain.schemes import charter as charters
from domain.schemes.charter import Charter, CharterState
from domain.schemes.record import Scheme, SchemeState
from domain.sessions.record import Session, SessionState
from domain.sessions.request import Request, RequestState
from domain.sessions.tally import DayOrNight
from domain.supporters.record import Standing, Supporter
from persistence.ledger.line import line_of
from persistence.memory import MemoryStore
from tests.demonstration.conftest import Played
from tests.demonstration.stage import NOW, copy, records


def changes(played: Played) -> list[Entry]:
    """The lines of what was loaded."""
    return [e for e in played.store.entries if e.changes]


def test_all_of_the_year_is_in_the_store(played: Played) -> None:
    """As many of each kind as the year has, each in its first version, and its letters; it says so."""
    year = a_year(uuid4, NOW)
    expected = Counter(r.shape.kind for r in year.records)
    assert Counter(kind for kind, _ in played.store.records) == expected
    assert dict(played.seeded.records) == expected
    assert {r.version for r in played.store.records.values()} == {1}
    assert len(played.store.letters) == len(year.letters) == played.seeded.letters
    assert len(played.told) == len(expected) + 1
    assert f"{expected['session']} reading sessions" in played.told


def test_it_loads_in_handfuls(played: Played) -> None:
    """A few transactions of a few hundred: what makes it quick, and its lines readable."""
    assert len(played.store.entries) <= 110
    assert all(1 <= len(e.changes) <= HANDFUL for e in changes(played))


def test_every_record_is_in_a_line_of_the_ledger(played: Played) -> None:
    """By id and kind, as new; but of what is given anonymously only that it is there."""
    told = Counter((c.kind, c.id) for e in changes(played) for c in e.changes)
    nameless = Counter(kind for kind, id in told.elements() if id is None)
    assert nameless == {"feedback": played.seeded.records["feedback"]}
    named = {key for key in played.store.records if key[0] != "feedback"}
    assert {key for key in told if key[1] is not None} == named
    assert all((c.before, c.after) == (0, 1) and c.fields for e in changes(played) for c in e.changes)


def test_its_lines_are_the_services_own(played: Played) -> None:
    """By the rule that the policy has for it, at the instant of loading; anonymous and closed things as any act's."""
    (grant,) = grants_of(Role.SERVICE, Verb.TICK)
    for e in played.store.entries:
        assert (e.actor, e.role, e.verb, e.family) == (SERVICE_ACTOR, Role.SERVICE, Verb.TICK, Family.TICK)
        assert (e.rule, e.purpose, e.outcome) == (grant.rule, grant.purpose, Outcome.DONE)
        kinds = {c.kind for c in e.changes}
        day = e.at == NOW.replace(hour=0, minute=0)
        assert day is (kinds == {"feedback"} or not (kinds or e.sights))
        assert e.closed or not kinds & {"request"}
        assert (e.jurisdiction is None) is (e.prison is None)
    of_prisons = [line_of(e) for e in played.store.entries if e.prison == "MDI"]
    assert all(isinstance(line, LedgerLine) and line.jurisdiction == "EW" for line in of_prisons)
    assert of_prisons


def test_the_last_to_come_in_is_the_casts_listener(played: Played) -> None:
    """So whoever finds him finds everything: a start that was stopped on the way is told from one that was not."""
    last = changes(played)[-1]
    assert ("supporter", played.seeded.examples.listener) in {(c.kind, c.id) for c in last.changes}
    assert played.store.entries[0].changes == ()


async def test_examples_are_what_they_say(played: Played) -> None:
    """Each id leads to a record of that kind, in the state that the printed line needs."""
    found = played.seeded.examples

    def there(kind: type[R], id: UUID | None) -> R:
        (record,) = (r for r in records(played.store, kind) if r.id == id)
        return record

    listeners, reading, draft = (there(Scheme, id) for id in (found.listeners, found.reading, found.draft))
    assert {s.prison for s in (listeners, reading, draft)} == {"MDI"}
    assert (listeners.kind, listeners.state) == ("LISTENERS", SchemeState.LIVE)
    assert (reading.kind, reading.state) == ("SHANNON_TRUST", SchemeState.LIVE)
    assert draft.state is SchemeState.DRAFT
    (plan,) = (c for c in records(played.store, Charter) if c.scheme == draft.id)
    assert (plan.state, charters.missing(plan)) == (CharterState.PUBLISHED, ()), "there is a plan to say yes to"
    applicant = there(Supporter, found.applicant)
    assert (applicant.standing, applicant.scheme) == (Standing.APPLIED, listeners.id)
    assert there(Supporter, found.listener).name == cast.LISTENER.named
    session = there(Session, found.next_session)
    assert there(Supporter, session.supporter).name == cast.MENTOR.named
    assert session.state is SessionState.PLANNED
    assert NOW < session.ends_at <= NOW + timedelta(days=7)
    request = there(Request, found.request)
    assert (request.wing, request.state, request.closed) == (WING, RequestState.RECEIVED, True)
    assert (found.month, found.part) == ("2026-11", DayOrNight.NIGHT)


async def test_a_later_start_finds_the_same_without_seeding(played: Played) -> None:
    """The same ids from the store alone; what is over by then is None, and the month is the new one."""
    store = copy(played.store)
    assert await find_examples(store, uuid4, NOW) == played.seeded.examples
    later = await find_examples(store, uuid4, NOW + timedelta(days=30))
    assert (later.request, later.next_session) == (None, None)
    assert (later.listeners, later.listener) == (played.seeded.examples.listeners, played.seeded.examples.listener)
    assert (later.month, later.part) == ("2026-12", DayOrNight.NIGHT)


async def test_looking_up_has_its_line(played: Played) -> None:
    """It says which records were looked at, and that ids alone were shown."""
    store = copy(played.store)
    before = len(store.entries)
    found = await find_examples(store, uuid4, NOW)
    (line,) = store.entries[before:]
    assert line.closed
    assert {s.fields for s in line.sights} == {("id",)}
    ids: set[UUID | None] = {id for s in line.sights for id in s.ids}
    assert {found.listeners, found.reading, found.draft, found.applicant, found.listener, found.request} <= ids


async def test_an_empty_store_has_no_examples() -> None:
    """Nothing is there, and nothing is made up on the way."""
    found = await find_examples(MemoryStore(), uuid4, datetime.fromisoformat("2026-06-30T23:30:00+00:00"))
    assert found == Examples(
        listeners=None,
        reading=None,
        draft=None,
        pilot=None,
        applicant=None,
        listener=None,
        next_session=None,
        swap=None,
        proposal=None,
        request=None,
        today=date(2026, 7, 1),
        month="2026-07",
        part=DayOrNight.NIGHT,
    )


class Full(MemoryStore):
    """A store that can keep nothing."""

    async def settle(
        self,
        entry: Entry,
        kept: object,
        scope: Scope,
        key: KeyUse | None = None,
        letters: object = (),
    ) -> None:
        raise Unavailable


async def test_a_store_that_is_away_is_told_of_as_such() -> None:
    """Not as a group of errors: the command line has one line for it. Nothing is said to be in."""
    told: list[str] = []
    with pytest.raises(Unavailable):
        await seed(Full(), uuid4, NOW, told.append)
    assert told == []

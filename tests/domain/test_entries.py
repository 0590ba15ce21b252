"""What the ledger's lines hold: names of fields, never values. (Whom they do not name: `test_nameless_lines`.)"""

import json
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from domain.confidentiality.entry import Entry, Family, Outcome
from domain.confidentiality.principal import PrincipalKind
from domain.confidentiality.record import KINDS, Record
from domain.confidentiality.roles import Role
from domain.confidentiality.verbs import Verb
from domain.feedback import acts as feedback
from domain.kernel.errors import Unacceptable
from domain.kernel.ids import ActorId, EntryId
from domain.notes import turned_away
from domain.oversight import assignments
from domain.people.record import Person
from domain.ports import Query
from domain.schemes import acts as schemes
from domain.sessions import asking, inductions, learning
from domain.sessions.codes import Channel, Need, Urgency
from domain.sessions.record import Enrolment, Goal
from domain.supporters.recruiting import applying
from tests.domain.given import sample
from tests.domain.world import NOW, PRISON, World

CANARY = "canary"
KEEPABLE = [kind for name, kind in KINDS.items() if name != "ledger-line"]
MONDAY = NOW.replace(hour=0, minute=0) - timedelta(days=NOW.weekday())
ASKING: dict[str, Any] = {"need": Need.EMOTIONAL, "channel": Channel.CELL_BELL, "urgency": Urgency.NOW, "wing": "MDI-B"}


def _lines(world: World) -> str:
    return json.dumps([e.as_json() for e in world.store.entries])


@pytest.mark.parametrize("kind", KEEPABLE, ids=lambda k: k.shape.kind)
async def test_no_value_of_any_record_is_in_a_line(world: World, kind: type[Record]) -> None:
    """Made, read, searched for, changed, or failed over: no text of a record of any kind stands in the ledger, but for
    the prison that the line is about."""
    place = {n: v for n, v in {"prison": PRISON, "jurisdiction": "EW"}.items() if n in kind.shape.fields}
    record = sample(kind, CANARY, **place)
    begin = world.begin_anything(world.viewer(Role.GOVERNOR), Verb.READ_SUPPORTER)
    async with begin(Verb.READ_SUPPORTER) as act:
        act.keep(record)
        act.disclose(record)
    async with begin(Verb.READ_SUPPORTER) as act:
        found = await act.fetch(kind, record.id)
        page = await act.search(kind, Query())
        act.disclose(page.items[0])
        act.keep(sample(kind, f"{CANARY} again", **place), was=found)
    with pytest.raises(RuntimeError):
        await _fail_over(world, record)
    assert [e.outcome for e in world.store.entries] == [Outcome.DONE, Outcome.DONE, Outcome.FAILED]
    assert CANARY not in _lines(world)
    texts = {f.name for f in kind.shape.fields.values() if f.type is str} - set(place)
    assert texts <= set(world.store.entries[1].changes[0].fields)


async def _fail_over(world: World, record: Record) -> None:
    begin = world.begin_anything(world.viewer(Role.GOVERNOR), Verb.READ_SUPPORTER)
    async with begin(Verb.READ_SUPPORTER) as act:
        await act.search(type(record), Query(equal={"id": record.id}))
        raise RuntimeError(f"{CANARY} {record}")


async def test_no_word_that_is_typed_is_in_a_line(world: World) -> None:
    """Whatever officers, coordinators and volunteers type, refused or kept, none of it reaches the ledger."""
    listeners, insiders = world.scheme(), world.scheme("INSIDERS")
    reading = world.scheme("SHANNON_TRUST")
    coordinator, officer = world.viewer(Role.COORDINATOR), world.viewer(Role.WING_OFFICER)
    named: dict[str, Any] = {"identifier": "Z9999ZZ", "name": CANARY, "wing": f"MDI-{CANARY}"}
    typed: dict[str, Any] = {**ASKING, "wing": CANARY, "cell": CANARY, "recipient": CANARY, "language": CANARY}
    await world.make(officer, Verb.ASK, asking.ask, prison=PRISON, **typed)
    await world.make(coordinator, Verb.APPLY, applying.apply, scheme=listeners.id, **named)
    plan = {"purpose": None, "how_to_ask": CANARY, "target_group": CANARY}
    await world.make(coordinator, Verb.CREATE_SCHEME, _create, kind="INSIDERS", name=CANARY, prison=PRISON, plan=plan)
    begin = world.begin(coordinator, Verb.ENROL)
    await learning.enrol(begin, scheme=reading.id, goal=Goal.READ_A_LETTER, **named)
    met: dict[str, Any] = {"arrived_at": NOW - timedelta(hours=2), "seen_at": NOW, "checklist": (), "told_policy": True}
    insider = world.supporter(insiders)
    begin = world.begin(coordinator, Verb.RECORD_INDUCTION)
    await inductions.record_induction(begin, scheme=insiders.id, supporter=insider.id, language=CANARY, **met, **named)
    words = f"{CANARY} and Z9999ZZ"
    with pytest.raises(Unacceptable):
        await world.make(coordinator, Verb.GIVE_FEEDBACK, feedback.give, scheme=reading.id, rating=1, words=words)
    await world.make(coordinator, Verb.GIVE_FEEDBACK, feedback.give, scheme=reading.id, rating=1, words=CANARY)
    with pytest.raises(Unacceptable):
        await world.make(officer, Verb.GIVE_FEEDBACK, feedback.give, scheme=listeners.id, rating=1, words=CANARY)
    await world.make(
        world.administrator(),
        Verb.PROPOSE_ASSIGNMENT,
        assignments.propose,
        issuer=CANARY,
        subject=CANARY,
        principal_kind=PrincipalKind.PARTNER,
        role=Role.MONITORING_BOARD,
        organisation=CANARY,
        ends_on=world.today,
        prison=PRISON,
    )
    assert len(world.store.entries) == 9
    assert CANARY not in _lines(world)
    assert "Z9999ZZ" not in _lines(world)


async def _create(begin: Any, *, plan: dict[str, Any], **given: Any) -> Any:
    return await schemes.create(begin, **given, **plan)


# What ended before any act began.


def _turned_away(**given: Any) -> Entry:
    actor = ActorId(UUID(int=5, version=4))
    said: dict[str, Any] = {
        "actor": actor,
        "client": "kiosk",
        "role": None,
        "verb": None,
        "outcome": Outcome.REFUSED,
        "code": "forbidden",
        "prison": PRISON,
        "jurisdiction": "EW",
        "in_custody": False,
        **given,
    }
    return turned_away(EntryId(UUID(int=6, version=4)), NOW, **said)


@pytest.mark.parametrize("in_custody", [True, False])
def test_whoever_is_turned_away_has_his_line(in_custody: bool) -> None:
    """An attempt that reached no act is recorded with its outcome; of a person in custody it names nobody, and shows
    the hour."""
    entry = _turned_away(in_custody=in_custody)
    assert (entry.actor is None) is in_custody
    assert entry.closed is in_custody
    assert entry.at == (NOW.replace(minute=0) if in_custody else NOW)
    assert (entry.assignment, entry.sights, entry.changes, entry.rule) == (None, (), (), None)
    assert (entry.role, entry.verb, entry.outcome) == ("NONE", "NONE", Outcome.REFUSED)
    assert (entry.prison, entry.jurisdiction, entry.code) == (PRISON, "EW", "forbidden")


def test_a_line_says_what_was_tried_where_that_is_known() -> None:
    """The role and the verb of an attempt that reached no act stand in its line when they are known."""
    entry = _turned_away(role=Role.GOVERNOR, verb=Verb.PROPOSE_ASSIGNMENT)
    assert (entry.role, entry.verb, entry.family) == (Role.GOVERNOR, Verb.PROPOSE_ASSIGNMENT, Family.GRANT)


def test_an_attempt_at_a_request_shows_hour_and_family() -> None:
    """A body that could not be read, from an officer who asks at night, tells no more of the minute than the request
    itself; that a role never does it tells nothing of any request."""
    tried = _turned_away(verb=Verb.ASK, outcome=Outcome.MALFORMED, code="unacceptable")
    assert (tried.closed, tried.at, tried.actor is None) == (True, NOW.replace(minute=0), False)
    for verb in (Verb.RAISE_CONCERN, Verb.LOG_SUITE_USE, Verb.NOTE_ESCALATION):
        tried = _turned_away(verb=verb, outcome=Outcome.MALFORMED, code="unacceptable")
        assert (tried.closed, tried.at) == (True, NOW.replace(minute=0)), verb
    never = _turned_away(verb=Verb.ASK, outcome=Outcome.REFUSED)
    assert (never.closed, never.at) == (False, NOW)
    other = _turned_away(verb=Verb.AMEND_SCHEME, outcome=Outcome.MALFORMED, code="unacceptable")
    assert (other.closed, other.at) == (False, NOW)


@pytest.mark.parametrize("code", ["key-reused", "key-in-flight", "capacity-required", "purpose-required"])
def test_a_slip_of_somebody_who_may_is_no_refusal_of_his_role(code: str) -> None:
    """A device that sends a used key again is followed by the same device with a good one: the line of the first tells
    no more than that of the second. Of a tally it names nobody, of a request it shows the hour."""
    asked = _turned_away(verb=Verb.ASK, outcome=Outcome.REFUSED, code=code)
    assert (asked.closed, asked.at) == (True, NOW.replace(minute=0))
    for verb in (Verb.HAND_IN_TALLY, Verb.GIVE_FEEDBACK):
        tried = _turned_away(verb=verb, outcome=Outcome.REFUSED, code=code)
        assert (tried.actor, tried.closed, tried.at) == (None, True, MONDAY)


def test_a_line_says_all_of_itself() -> None:
    """What is hashed and kept has every member of the line: nothing about an act can be changed beside the seal."""
    entry = Entry(
        id=EntryId(UUID(int=6, version=4)),
        at=NOW,
        actor=None,
        client=None,
        role="GOVERNOR",
        assignment=None,
        purpose=None,
        verb="READ_SCHEME",
        family=Family.LOOK,
        rule=None,
        outcome=Outcome.DONE,
        code=None,
        prison=None,
        jurisdiction=None,
        closed=False,
    )
    assert set(entry.as_json()) == set(Entry.__dataclass_fields__)
    assert json.loads(json.dumps(entry.as_json())) == entry.as_json()


async def test_a_person_first_heard_of_is_a_change_by_id(world: World) -> None:
    """Who is enrolled for the first time becomes a row of his own, and the line says so by our own random id alone."""
    reading = world.scheme("SHANNON_TRUST")
    begin = world.begin(world.viewer(Role.COORDINATOR), Verb.ENROL)
    await learning.enrol(
        begin, scheme=reading.id, identifier="a1234bc ", name="Somebody", wing="MDI-B", goal=Goal.READ_A_BOOK
    )
    (person,) = world.records(Person)
    assert {(c.kind, c.id) for c in world.entry.changes} == {
        ("person", person.id),
        ("enrolment", world.records(Enrolment)[0].id),
    }

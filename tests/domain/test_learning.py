"""Inductions, enrolments and sessions of open-policy schemes."""

import dataclasses
from datetime import timedelta
from typing import Any

import pytest

from domain.confidentiality.classification import Classification
from domain.confidentiality.disclosure import View
from domain.confidentiality.roles import Role
from domain.confidentiality.verbs import Verb
from domain.kernel.errors import NotNow, Unacceptable
from domain.people.record import Person
from domain.schemes import kinds
from domain.schemes.record import SERVING, Scheme, SchemeState
from domain.sessions import inductions, learning
from domain.sessions.codes import ChecklistItem, FactMark, Programme
from domain.sessions.record import ENDED_FOR, Enrolment, EnrolmentState, Goal, Induction, Session
from domain.supporters.record import HOLDING, Standing
from tests.domain.world import NOW, WING, World, codes, paths

MET: dict[str, Any] = {
    "wing": WING,
    "arrived_at": NOW - timedelta(hours=5, seconds=59),
    "seen_at": NOW,
    "checklist": (ChecklistItem.MET_IN_RECEPTION, ChecklistItem.TOLD_ABOUT_LISTENERS),
    "told_policy": True,
}
LEARNER: dict[str, Any] = {"identifier": "A1234BC", "name": "A Learner", "wing": WING, "goal": Goal.READ_A_LETTER}
LOOK_ALIKE = "A\uff11\uff12\uff13\uff14BC"


async def _induct(world: World, who: Any, scheme: Scheme, **given: Any) -> View[Induction]:
    told = {**MET, **given}
    return await world.make(who, Verb.RECORD_INDUCTION, inductions.record_induction, scheme=scheme.id, **told)


async def _enrol(world: World, scheme: Scheme, **given: Any) -> View[Enrolment]:
    begin = world.begin(world.viewer(Role.COORDINATOR), Verb.ENROL)
    return await learning.enrol(begin, scheme=scheme.id, **{**LEARNER, **given})


async def _plan(world: World, enrolment: Any, minutes_ahead: int = 60, minutes: int = 20) -> View[Session]:
    starts = world.clock.now + timedelta(minutes=minutes_ahead)
    given: dict[str, Any] = {"starts_at": starts, "ends_at": starts + timedelta(minutes=minutes)}
    coordinator = world.viewer(Role.COORDINATOR)
    return await world.make(coordinator, Verb.PLAN_SESSION, learning.plan, enrolment=enrolment.id, **given)


async def _record(world: World, who: Any, session: Any, **given: Any) -> View[Session]:
    return await world.change(who, Verb.RECORD_SESSION, learning.record_session, session, **given)


# An Insider's first meeting.


async def test_an_insider_records_whom_he_met_without_a_name(world: World) -> None:
    """What was gone through, and how long after arrival; himself by his standing, the newcomer not at all (rule 8)."""
    scheme = world.scheme("INSIDERS")
    insider = world.supporter(scheme)
    view = await _induct(world, world.supporting(insider), scheme, concern_told_to_staff=True)
    kept: Induction = world.kept(view)
    assert (kept.supporter, kept.supporter_person) == (insider.id, insider.person)
    assert (kept.person, kept.name, kept.minutes_after_arrival) == (None, None, 300)
    assert (kept.checklist, kept.told_policy, kept.concern_told_to_staff) == (MET["checklist"], True, True)


@pytest.mark.parametrize("member", ["identifier", "name", "supporter"])
async def test_an_insider_names_nobody(world: World, member: str) -> None:
    """Another's number, name or supporter's id is refused from a prisoner in the words for an unknown member."""
    scheme = world.scheme("INSIDERS")
    insider = world.supporting(world.supporter(scheme))
    value = {"identifier": "A1234BC", "name": "Somebody", "supporter": world.supporter(scheme).id}[member]
    with pytest.raises(Unacceptable) as wrong:
        await _induct(world, insider, scheme, **{member: value})
    assert (codes(wrong.value), paths(wrong.value)) == (["UNKNOWN_FIELD"], [f"/{member}"])


async def test_staff_record_who_was_met_and_by_whom(world: World) -> None:
    """The coordinator may name both; number and name go together."""
    scheme, coordinator = world.scheme("INSIDERS"), world.viewer(Role.COORDINATOR)
    insider = world.supporter(scheme, Standing.PROBATION)
    given: dict[str, Any] = {"supporter": insider.id, "identifier": "A1234BC", "name": "A Newcomer"}
    kept: Induction = world.kept(await _induct(world, coordinator, scheme, **given))
    person = next(p for p in world.records(Person) if p.identifier == "A1234BC")
    assert (kept.person, kept.name, kept.author) == (person.id, "A Newcomer", coordinator.actor)
    assert (kept.concern_told_to_staff, kept.language, kept.follow_up_on) == (False, "en", None)
    for half in ("identifier", "name"):
        with pytest.raises(Unacceptable) as wrong:
            await _induct(world, coordinator, scheme, **{**given, half: None})
        assert codes(wrong.value) == ["NAME_GOES_WITH_IDENTIFIER"]


async def test_nobody_is_met_before_arriving_or_tomorrow(world: World) -> None:
    """Arrival, then the meeting, then now, with five minutes for a device's clock."""
    scheme = world.scheme("INSIDERS")
    insider = world.supporting(world.supporter(scheme))
    await _induct(world, insider, scheme, seen_at=NOW + timedelta(minutes=5))
    for times in (
        {"arrived_at": NOW, "seen_at": NOW - timedelta(seconds=1)},
        {"seen_at": NOW + timedelta(minutes=5, seconds=1)},
    ):
        with pytest.raises(Unacceptable) as wrong:
            await _induct(world, insider, scheme, **times)
        assert (codes(wrong.value), paths(wrong.value)) == (["TIMES_OUT_OF_ORDER"], ["/seenAt"])


async def test_who_is_not_in_the_role_met_nobody(world: World) -> None:
    """Never in role, of another scheme, or unknown: not available, in one word. Who has left since types nothing
    himself; what he did is typed for him (rule 18)."""
    scheme, other = world.scheme("INSIDERS"), world.scheme("INSIDERS")
    coordinator = world.viewer(Role.COORDINATOR)
    absent = [world.supporter(scheme, s).id for s in Standing if s not in HOLDING]
    for supporter in (*absent, world.supporter(other).id, world.ids(), None):
        with pytest.raises(NotNow) as wrong:
            await _induct(world, coordinator, scheme, supporter=supporter)
        assert codes(wrong.value) == ["NOT_AVAILABLE"]
    left = world.supporter(scheme, Standing.STOOD_DOWN)
    with pytest.raises(NotNow):
        await _induct(world, world.supporting(left), scheme)
    served = world.put(dataclasses.replace(left, active_from=NOW.date(), left_on=NOW.date()))
    taken = await _induct(world, coordinator, scheme, supporter=served.id)
    assert world.kept(taken).marks == (FactMark.STOOD_DOWN_AT_TIME,)


async def test_what_a_scheme_may_not_hold_is_not_recorded(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Admission stands before everything that is kept: were the kind's policy to hold no participation, neither an
    induction nor an enrolment would be."""
    closed = {}
    for code, kind in kinds.KINDS.items():
        closed[code] = dataclasses.replace(kind, holds=frozenset({Classification.OPEN}))
    scheme, reading = world.scheme("INSIDERS"), world.scheme("SHANNON_TRUST")
    insider = world.supporting(world.supporter(scheme))
    monkeypatch.setattr(kinds, "KINDS", closed)
    with pytest.raises(Unacceptable) as wrong:
        await _induct(world, insider, scheme)
    assert {f.code for f in wrong.value.failures} == {"MAY_NOT_BE_HELD"}
    with pytest.raises(Unacceptable) as wrong:
        await _enrol(world, reading)
    assert "/person" in paths(wrong.value)
    assert world.records(Induction) == []
    assert world.records(Enrolment) == []


@pytest.mark.parametrize("kind", ["LISTENERS", "SHANNON_TRUST"])
async def test_only_insiders_record_inductions(world: World, kind: str) -> None:
    """A contact of another kind has no such record: for Listeners it would be a name beside a fact of contact."""
    scheme = world.scheme(kind)
    with pytest.raises(NotNow) as wrong:
        await _induct(world, world.supporting(world.supporter(scheme)), scheme)
    assert codes(wrong.value) == ["KIND_DOES_NOT_ALLOW"]
    assert world.records(Induction) == []


# A learner's enrolment.


async def test_a_learner_waits_for_a_mentor_or_starts_with_one(world: World) -> None:
    """With a mentor it starts, without one it waits; the name is the one that we have of the person."""
    scheme = world.scheme("SHANNON_TRUST")
    mentor = world.supporter(scheme)
    waiting: Enrolment = world.kept(await _enrol(world, scheme))
    assert (waiting.state, waiting.supporter, waiting.name) == (EnrolmentState.WAITING, None, "A Learner")
    numbers: dict[str, Any] = {"supporter": mentor.id, "programme": Programme.COUNT_ME_IN}
    started: Enrolment = world.kept(await _enrol(world, scheme, **numbers, name="a  LEARNER"))
    assert (started.state, started.supporter, started.supporter_person) == (
        EnrolmentState.STARTED,
        mentor.id,
        mentor.person,
    )
    assert (started.name, started.enrolled_on, started.sessions_a_week) == ("A Learner", world.today, 5)


async def test_a_mentor_does_not_teach_himself(world: World) -> None:
    """Mentor and learner are two people."""
    scheme = world.scheme("SHANNON_TRUST")
    mentor = world.supporter(scheme)
    own = world.kept_person(mentor)
    with pytest.raises(NotNow) as wrong:
        await _enrol(world, scheme, supporter=mentor.id, identifier=own.identifier, name=own.name)
    assert codes(wrong.value) == ["MENTOR_IS_LEARNER"]


@pytest.mark.parametrize("identifier", ["A123BC", "1234567", "A1234BCD", "", LOOK_ALIKE, "A1234BC\nB"])
async def test_an_identifier_has_its_jurisdiction_s_form(world: World, identifier: str) -> None:
    """What is no prison number of this jurisdiction, look-alike digits included, names nobody."""
    with pytest.raises(Unacceptable) as wrong:
        await _enrol(world, world.scheme("SHANNON_TRUST"), identifier=identifier)
    assert (codes(wrong.value), paths(wrong.value)) == (["IDENTIFIER"], ["/identifier"])
    assert world.records(Person) == []


@pytest.mark.parametrize("state", [s for s in SchemeState if s not in SERVING])
async def test_only_an_open_scheme_enrols(world: World, state: SchemeState) -> None:
    """A draft, a pause and an end take nobody on; and a scheme of another kind has no learners."""
    with pytest.raises(NotNow) as wrong:
        await _enrol(world, world.scheme("SHANNON_TRUST", state=state))
    assert codes(wrong.value) == ["SCHEME_NOT_OPEN"]
    with pytest.raises(NotNow) as wrong:
        await _enrol(world, world.scheme("INSIDERS"))
    assert codes(wrong.value) == ["KIND_DOES_NOT_ALLOW"]
    assert world.records(Enrolment) == []
    assert world.records(Person) == []


@pytest.mark.parametrize("start", [EnrolmentState.WAITING, EnrolmentState.STARTED])
@pytest.mark.parametrize("ending", EnrolmentState)
async def test_an_enrolment_ends_in_an_ending(world: World, start: EnrolmentState, ending: EnrolmentState) -> None:
    """Who waits cannot complete, and neither waiting nor starting is an end: an enrolment cannot be started by ending
    it, without a mentor."""
    scheme = world.scheme("SHANNON_TRUST")
    mentor = world.supporter(scheme).id if start is EnrolmentState.STARTED else None
    view = await _enrol(world, scheme, supporter=mentor)
    because = min(ENDED_FOR.get(ending, ()), default=None)
    how = {"ending": ending, "because": because}
    act = world.change(world.viewer(Role.COORDINATOR), Verb.END_ENROLMENT, learning.end, view, **how)
    if ending in (EnrolmentState.WAITING, EnrolmentState.STARTED):
        with pytest.raises(Unacceptable) as unacceptable:
            await act
        assert (codes(unacceptable.value), paths(unacceptable.value)) == (["NOT_AN_ENDING"], ["/ending"])
    elif (start, ending) == (EnrolmentState.WAITING, EnrolmentState.COMPLETED):
        with pytest.raises(NotNow) as wrong:
            await act
        assert codes(wrong.value) == ["STATE_WAITING"]
    else:
        await act
        assert (world.kept(view).state, world.kept(view).ended_on) == (ending, world.today)
        return
    assert (world.kept(view).state, world.kept(view).ended_on) == (start, None)

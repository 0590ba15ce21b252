"""Sessions of a learner and a mentor: planned, and what came of them."""

import dataclasses
from datetime import timedelta
from typing import Any

import pytest

from domain.confidentiality.disclosure import View
from domain.confidentiality.roles import Role
from domain.confidentiality.verbs import Verb
from domain.kernel.errors import Absent, NotNow, Unacceptable
from domain.ports import Query
from domain.schemes.record import SERVING, Scheme, SchemeState
from domain.sessions import learning
from domain.sessions.codes import NotDelivered
from domain.sessions.record import Enrolment, Goal, Session, SessionState
from domain.supporters.record import Standing, Supporter
from tests.domain.world import WING, World, codes, paths

LEARNER: dict[str, Any] = {"identifier": "A1234BC", "name": "A Learner", "wing": WING, "goal": Goal.READ_A_LETTER}
IN_ROLE = (Standing.ACTIVE, Standing.PROBATION)


async def _enrol(world: World, scheme: Scheme, **given: Any) -> View[Enrolment]:
    begin = world.begin(world.viewer(Role.COORDINATOR), Verb.ENROL)
    return await learning.enrol(begin, scheme=scheme.id, **{**LEARNER, **given})


async def _plan(world: World, enrolment: Any, minutes_ahead: int = 60, minutes: int = 20) -> View[Session]:
    starts = world.clock.now + timedelta(minutes=minutes_ahead)
    given: dict[str, Any] = {"starts_at": starts, "ends_at": starts + timedelta(minutes=minutes)}
    coordinator = world.viewer(Role.COORDINATOR)
    return await world.make(coordinator, Verb.PLAN_SESSION, learning.plan, enrolment=enrolment.id, **given)


async def _record(world: World, who: Any, session: Any, **given: Any) -> View[Session]:
    """What came of it, once its time has come."""
    world.clock.now = max(world.clock.now, world.kept(session).starts_at)
    return await world.change(who, Verb.RECORD_SESSION, learning.record_session, session, **given)


# Sessions.


async def _session(world: World) -> tuple[Supporter, View[Session]]:
    scheme = world.scheme("SHANNON_TRUST")
    mentor = world.supporter(scheme)
    return mentor, await _plan(world, await _enrol(world, scheme, supporter=mentor.id))


async def test_a_session_is_planned_for_learner_and_mentor(world: World) -> None:
    """It belongs to the enrolment, its scheme, its wing and its two people."""
    mentor, view = await _session(world)
    kept: Session = world.kept(view)
    (enrolment,) = world.records(Enrolment)
    assert (kept.enrolment, kept.scheme, kept.person) == (enrolment.id, enrolment.scheme, enrolment.person)
    assert (kept.supporter, kept.supporter_person, kept.state) == (mentor.id, mentor.person, SessionState.PLANNED)
    assert kept.ends_at - kept.starts_at == timedelta(minutes=20)


@pytest.mark.parametrize(
    ("ahead", "length", "code"),
    [
        (60, 0, "LENGTH"),
        (60, -5, "LENGTH"),
        (60, 121, "LENGTH"),
        (60, 120, None),
        (-6, 20, "IN_THE_PAST"),
        (-5, 20, None),
    ],
)
async def test_a_plan_is_for_a_time_to_come(world: World, ahead: int, length: int, code: str | None) -> None:
    """A session to come lasts up to two hours and does not lie in the past."""
    scheme = world.scheme("SHANNON_TRUST")
    enrolment = await _enrol(world, scheme, supporter=world.supporter(scheme).id)
    if code is None:
        await _plan(world, enrolment, ahead, length)
    else:
        with pytest.raises(Unacceptable) as wrong:
            await _plan(world, enrolment, ahead, length)
        assert codes(wrong.value) == [code]


WHY = {Standing.PAUSED: "PAUSED", Standing.SUSPENDED: "SUSPENDED", Standing.LAPSED: "NOT_CERTIFIED"}


async def test_nobody_is_planned_for_who_is_not_there(world: World) -> None:
    """Who waits has nobody to meet; and of a mentor who rests or has left it is told why, to whoever may know (F25)."""
    scheme = world.scheme("SHANNON_TRUST")
    with pytest.raises(NotNow) as wrong:
        await _plan(world, await _enrol(world, scheme))
    assert codes(wrong.value) == ["STATE_WAITING", "NO_MENTOR"]
    mentor = world.supporter(scheme)
    enrolment = await _enrol(world, scheme, supporter=mentor.id, identifier="B1234BC")
    for standing in Standing:
        world.put(dataclasses.replace(mentor, standing=standing))
        if standing in IN_ROLE:
            await _plan(world, enrolment, minutes_ahead=60 + 30 * list(Standing).index(standing))
        else:
            with pytest.raises(NotNow) as wrong:
                await _plan(world, enrolment)
            assert codes(wrong.value) == [WHY.get(standing, "NOT_IN_ROLE")]


async def test_a_session_asks_about_its_own_day(world: World) -> None:
    """The certificate holds and he is here today, and neither on the day of the session: both are told (F25)."""
    scheme = world.scheme("SHANNON_TRUST")
    then = world.today + timedelta(days=3)
    away = (f"{then}/{then}",)
    mentor = world.supporter(scheme, certificate_expires_on=then - timedelta(days=1), away=away)
    enrolment = await _enrol(world, scheme, supporter=mentor.id)
    await _plan(world, enrolment, minutes_ahead=60)
    with pytest.raises(NotNow) as wrong:
        await _plan(world, enrolment, minutes_ahead=3 * 24 * 60)
    assert codes(wrong.value) == ["NOT_CERTIFIED", "AWAY"]


async def test_nobody_is_in_two_places(world: World) -> None:
    """Learner and mentor have one booking at a time, whoever the other is; side by side is no overlap (F37)."""
    scheme = world.scheme("SHANNON_TRUST")
    mentor = world.supporter(scheme)
    one = await _enrol(world, scheme, supporter=mentor.id)
    two = await _enrol(world, scheme, supporter=mentor.id, identifier="B1234BC")
    await _plan(world, one, minutes_ahead=60)
    with pytest.raises(NotNow):
        await _plan(world, two, minutes_ahead=70)
    assert len(world.records(Session)) == 1
    await _plan(world, two, minutes_ahead=80)
    assert len(world.records(Session)) == 2


async def test_what_came_of_a_session(world: World) -> None:
    """The mentor records his own: minutes and progress, or a coded reason why not (F50)."""
    mentor, view = await _session(world)
    himself = world.supporting(mentor)
    done: dict[str, Any] = {"minutes": 20, "manual": 2, "page": 14, "note": "Start again at the top of the page."}
    await _record(world, himself, view, delivered=True, **done)
    kept: Session = world.kept(view)
    assert kept.state is SessionState.DELIVERED
    assert {n: getattr(kept, n) for n in done} == done
    with pytest.raises(NotNow) as wrong:
        await _record(world, himself, view, delivered=False, not_delivered=NotDelivered.NO_SPACE)
    assert codes(wrong.value) == ["STATE_DELIVERED"]


async def test_a_session_that_did_not_happen_has_a_reason(world: World) -> None:
    """Delivered goes with minutes, not delivered with a reason: neither both nor neither."""
    mentor, view = await _session(world)
    himself = world.supporting(mentor)
    why: dict[str, Any] = {"not_delivered": NotDelivered.NOT_UNLOCKED}
    for given in (
        {"delivered": True},
        {"delivered": True, "minutes": 20, **why},
        {"delivered": False},
        {"delivered": False, "minutes": 20, **why},
        {"delivered": False, "minutes": 20},
    ):
        with pytest.raises(Unacceptable) as wrong:
            await _record(world, himself, view, **given)
        assert codes(wrong.value) == ["REASON_OR_MINUTES"]
    await _record(world, himself, view, delivered=False, **why)
    kept: Session = world.kept(view)
    assert (kept.state, kept.not_delivered) == (SessionState.NOT_DELIVERED, NotDelivered.NOT_UNLOCKED)


async def test_progress_moves_the_learner_on(world: World) -> None:
    """The manual that was reached and the check that was passed stand in the enrolment, and never go back."""
    scheme = world.scheme("SHANNON_TRUST")
    mentor = world.supporter(scheme)
    enrolment = await _enrol(world, scheme, supporter=mentor.id)
    himself = world.supporting(mentor)
    steps: list[tuple[dict[str, Any], tuple[int, int]]] = [
        ({"manual": None}, (1, 0)),
        ({"manual": 2}, (2, 0)),
        ({"manual": 2, "check_passed": True}, (2, 1)),
        ({"manual": 2, "check_passed": True}, (2, 1)),
        ({"manual": 1, "check_passed": True}, (2, 2)),
        ({"manual": 3}, (3, 2)),
    ]
    for number, (given, expected) in enumerate(steps):
        session = await _plan(world, enrolment, minutes_ahead=60 + 30 * number)
        await _record(world, himself, session, delivered=True, minutes=20, **given)
        kept: Enrolment = world.kept(enrolment)
        assert (kept.manual, kept.checks_passed) == expected
    session = await _plan(world, enrolment, minutes_ahead=600)
    await _record(world, himself, session, delivered=False, not_delivered=NotDelivered.NO_SPACE, manual=5)
    assert world.kept(enrolment).manual == 3


@pytest.mark.parametrize(
    "given",
    [
        {"delivered": True, "minutes": 20},
        {"delivered": False, "not_delivered": NotDelivered.NO_SPACE, "manual": 2},
    ],
    ids=["of no manual", "in no session"],
)
async def test_a_check_is_of_a_manual_in_a_session(world: World, given: dict[str, Any]) -> None:
    """A check that was passed needs the manual that it was of, and a session that took place."""
    mentor, view = await _session(world)
    with pytest.raises(Unacceptable) as wrong:
        await _record(world, world.supporting(mentor), view, check_passed=True, **given)
    assert (codes(wrong.value), paths(wrong.value)) == (["CHECK_GOES_WITH_MANUAL"], ["/checkPassed"])
    assert world.kept(view).state is SessionState.PLANNED


@pytest.mark.parametrize("state", [s for s in SchemeState if s not in SERVING])
async def test_a_scheme_at_rest_plans_nothing(world: World, state: SchemeState) -> None:
    """Sessions are planned while the scheme is open; what was planned before may still be recorded."""
    scheme = world.scheme("SHANNON_TRUST")
    mentor = world.supporter(scheme)
    enrolment = await _enrol(world, scheme, supporter=mentor.id)
    planned = await _plan(world, enrolment)
    world.put(dataclasses.replace(scheme, state=state, open=False))
    with pytest.raises(NotNow) as wrong:
        await _plan(world, enrolment, minutes_ahead=200)
    assert codes(wrong.value) == ["SCHEME_NOT_OPEN"]
    await _record(world, world.supporting(mentor), planned, delivered=True, minutes=20)


@pytest.mark.parametrize("note", ["Ask A1234BC about it", "a 1234 bc", "see (a1234bc)."])
async def test_a_note_that_names_a_number_is_refused(world: World, note: str) -> None:
    """Free text never holds a prison number, however written; nothing of the same record is kept (F72)."""
    mentor, view = await _session(world)
    before = world.kept(view)
    with pytest.raises(Unacceptable) as wrong:
        await _record(world, world.supporting(mentor), view, delivered=True, minutes=20, note=note)
    assert (codes(wrong.value), paths(wrong.value)) == (["LOOKS_LIKE_A_PRISON_NUMBER"], ["/note"])
    assert world.kept(view) == before


async def test_another_s_session_is_absent(world: World) -> None:
    """A mentor reaches his own sessions, a learner his own and its enrolment, and neither those of others."""
    _, view = await _session(world)
    (enrolment,) = world.records(Enrolment)
    scheme: Scheme = world.records(Scheme)[0]
    stranger = world.supporting(world.supporter(scheme))
    with pytest.raises(Absent):
        await _record(world, stranger, view, delivered=True, minutes=20)
    learner = world.viewer(Role.PERSON_IN_CUSTODY, persons=frozenset({enrolment.person}))
    await world.make(learner, Verb.READ_SESSION, learning.read_session, view.id)
    await world.make(learner, Verb.READ_ENROLMENT, learning.read_enrolment, enrolment.id)
    other = world.prisoner(world.person(identifier="Z1234ZZ"))
    page = await world.make(other, Verb.READ_SESSION, learning.search_sessions, Query())
    assert page.items == []
    with pytest.raises(Absent):
        await world.make(other, Verb.READ_ENROLMENT, learning.read_enrolment, enrolment.id)


async def test_a_note_only_where_the_scheme_holds_one(world: World) -> None:
    """A session under a policy without content keeps its minutes, and no note."""
    mentor, view = await _session(world)
    insiders = world.scheme("INSIDERS")
    world.put(dataclasses.replace(world.kept(view), scheme=insiders.id))
    himself = world.supporting(mentor)
    with pytest.raises(Unacceptable) as wrong:
        await _record(world, himself, view, delivered=True, minutes=20, note="Page 14 again.")
    assert (codes(wrong.value), paths(wrong.value)) == (["MAY_NOT_BE_HELD"], ["/note"])
    await _record(world, himself, view, delivered=True, minutes=20)


async def test_what_a_record_pointed_to_may_be_gone(world: World) -> None:
    """A mentor, scheme or enrolment that was deleted meanwhile is an answer, not a crash: nobody is planned with who is
    gone, nothing is recorded under a scheme that is, and a fact is kept though its enrolment is not."""
    mentor, view = await _session(world)
    (enrolment,) = world.records(Enrolment)
    there = world.store.records
    world.drop(mentor)
    with pytest.raises(NotNow) as wrong:
        await _plan(world, enrolment, minutes_ahead=300)
    assert codes(wrong.value) == ["NO_MENTOR"]
    world.store.records = there
    world.drop(there["scheme", enrolment.scheme])
    with pytest.raises(NotNow) as wrong:
        await _plan(world, enrolment, minutes_ahead=300)
    assert codes(wrong.value) == ["SCHEME_NOT_OPEN"]
    with pytest.raises(Absent):
        await _record(world, world.supporting(mentor), view, delivered=True, minutes=20)
    world.store.records = there
    world.drop(enrolment)
    await _record(world, world.supporting(mentor), view, delivered=True, minutes=20, manual=2)
    assert world.kept(view).state is SessionState.DELIVERED

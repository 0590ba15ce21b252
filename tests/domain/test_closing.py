"""What a closing waits for, and that nobody looks into a closed-policy scheme to know it."""

from datetime import timedelta
from typing import Any

import pytest

from domain.confidentiality.roles import Purpose, Role
from domain.confidentiality.verbs import Verb
from domain.kernel.errors import Absent, NotNow
from domain.life import acts as life
from domain.life import reading
from domain.schemes.charter import Charter, CharterState
from domain.schemes.measures import Unit
from domain.schemes.needs import SupportOutcome
from domain.schemes.record import ClosingReason, Scheme, SchemeState
from domain.schemes.registers import activating
from domain.schemes.registers.contingency import Activation, ActivationState, Why
from domain.sessions import arrivals, concerns, escalations, follow_ups, goals, learning, referrals
from domain.sessions.arrivals import NotMet
from domain.sessions.concerns import Worried
from domain.sessions.escalations import Consent, PassedOnBy, PersonTold, Shared, ToldTo
from domain.sessions.follow_ups import FollowUpBy, FollowUpTask
from domain.sessions.record import Enrolment, EnrolmentState, Goal
from domain.sessions.referrals import ReferredTo
from domain.sessions.request import Request, RequestState
from domain.supporters.record import APPLYING, Standing
from domain.supporters.recruiting import applying
from tests.domain.given import sample
from tests.domain.test_life import do, ready
from tests.domain.world import NOW, World, codes

S = SchemeState
IN_ROLE = (
    Standing.IN_TRAINING,
    Standing.PROBATION,
    Standing.ACTIVE,
    Standing.PAUSED,
    Standing.SUSPENDED,
    Standing.LAPSED,
)
ESCALATION: dict[str, Any] = {
    "told_on": NOW.date(),
    "consent": Consent.NOT_POSSIBLE,
    "shared": (Shared.WHERE_TO_COME,),
    "told_to": ToldTo.PRISON_STAFF,
    "how": PassedOnBy.RADIO,
    "person_told": PersonTold.BEFORE,
}
_OPEN = (RequestState.RECEIVED, RequestState.OFFERED, RequestState.ACCEPTED, RequestState.IN_PROGRESS)


async def missing(world: World, scheme: Scheme) -> list[str]:
    """What the checklist says, which is what a refusal says."""
    told = await world.make(world.viewer(Role.GOVERNOR), Verb.READ_CLOSING, reading.closing, scheme.id)
    (move,) = told.moves
    if move.missing:
        with pytest.raises(NotNow) as wrong:
            await do(world, Verb.CLOSE_SCHEME, scheme)
        assert codes(wrong.value) == list(move.missing)
    else:
        assert (await do(world, Verb.CLOSE_SCHEME, scheme)).state is S.CLOSED
    return list(move.missing)


def requested(world: World, of: Scheme, state: RequestState) -> None:
    """A request of this scheme in that state."""
    world.put(sample(Request, id=world.ids(), scheme=of.id, prison=of.prison, closed=of.closed, state=state))


async def test_a_scheme_that_lacks_nothing_closes(world: World) -> None:
    """No one in role, no learner, no request, the partner told, the review written."""
    assert await missing(world, ready(world, S.LIVE)) == []


async def test_the_charter_in_force_ends_with_its_scheme(world: World) -> None:
    """It is the last that was published still, and holds no more: who looks for what holds now finds nothing. That of
    another scheme, and what was never published, are as they were."""
    scheme, other = ready(world, S.LIVE), ready(world, S.LIVE)
    draft = sample(Charter, id=world.ids(), scheme=scheme.id, state=CharterState.DRAFT, in_force_until=None)
    world.put(draft)
    (of_other,) = (c for c in world.records(Charter) if c.scheme == other.id)
    (held,) = (c for c in world.records(Charter) if c.scheme == scheme.id and c.state is CharterState.PUBLISHED)
    assert held.in_force_until is None or held.in_force_until > world.clock.now
    await do(world, Verb.CLOSE_SCHEME, scheme)
    assert (world.kept(held).state, world.kept(held).in_force_until) == (CharterState.PUBLISHED, world.clock.now)
    assert world.kept(of_other) == of_other
    assert world.kept(draft).in_force_until is None


@pytest.mark.parametrize("standing", Standing)
async def test_it_waits_for_each_supporter(world: World, standing: Standing) -> None:
    """Each is stood down first, with a reason of his own; those of another scheme do not count."""
    scheme = ready(world, S.LIVE)
    world.supporter(scheme, standing)
    world.supporter(ready(world, S.LIVE))
    waits = ["SUPPORTERS_STILL_IN_ROLE"] if standing in IN_ROLE else []
    waits += ["APPLICATIONS_STILL_OPEN"] if standing in (*APPLYING, Standing.ACCEPTED) else []
    assert await missing(world, scheme) == waits


@pytest.mark.parametrize("of", [S.DRAFT, S.LIVE])
@pytest.mark.parametrize("state", ActivationState)
async def test_it_waits_for_a_plan_that_is_on(world: World, of: SchemeState, state: ActivationState) -> None:
    """Of a closed scheme nobody could switch it off any more: it is ended first, opened or not."""
    scheme = ready(world, of)
    world.put(sample(Activation, id=world.ids(), scheme=scheme.id, prison=scheme.prison, state=state))
    assert await missing(world, scheme) == (["CONTINGENCY_PLAN_ON"] if state is ActivationState.ACTIVE else [])


@pytest.mark.parametrize(
    ("verb", "by"),
    [
        (Verb.ENROL, Role.COORDINATOR),
        (Verb.APPLY, Role.PERSON_IN_CUSTODY),
        (Verb.START_CONTINGENCY_PLAN, Role.COORDINATOR),
        (Verb.RAISE_CONCERN, Role.STAFF_MEMBER),
        (Verb.NOTE_ESCALATION, Role.PARTNER_VOLUNTEER),
        (Verb.SET_ENROLMENT_GOAL, Role.COORDINATOR),
        (Verb.KEEP_FOLLOW_UP, Role.COORDINATOR),
        (Verb.MAKE_REFERRAL, Role.COORDINATOR),
        (Verb.CLOSE_ARRIVAL, Role.COORDINATOR),
        (Verb.CLOSE_SCHEME, Role.GOVERNOR),
    ],
)
async def test_what_a_closing_looks_for_does_not_come_about_meanwhile(
    world: World, monkeypatch: pytest.MonkeyPatch, verb: Verb, by: Role
) -> None:
    """Whatever would be left hanging is made in one serial transaction with its look at the scheme, or at what it hangs
    on, as is the closing with its look at all of that: of two that meet, one sees the other."""
    serial: list[Verb] = []
    given_for = Purpose.SUPPORT if by is Role.COORDINATOR and verb is not Verb.START_CONTINGENCY_PLAN else None
    begin = world.begin(world.viewer(by), verb, purpose=given_for)
    serially = type(begin).serially

    def noted(self: Any, asked: Verb) -> Any:
        serial.append(asked)
        return serially(self, asked)

    id = world.ids()
    given: dict[Verb, Any] = {
        Verb.ENROL: lambda b: learning.enrol(
            b, scheme=id, identifier="A1111AA", name="A", wing="MDI-B", goal=Goal.READ_A_LETTER
        ),
        Verb.APPLY: lambda b: applying.apply(b, scheme=id, wing="MDI-B"),
        Verb.START_CONTINGENCY_PLAN: lambda b: activating.start(b, id, seen="x", why=Why.TRIGGER_MET),
        Verb.RAISE_CONCERN: lambda b: concerns.raise_(b, id, who=Worried.FAMILY_CONCERN, whom="A"),
        Verb.NOTE_ESCALATION: lambda b: escalations.note(b, id, **ESCALATION),
        Verb.SET_ENROLMENT_GOAL: lambda b: goals.set_(
            b,
            id,
            outcome=SupportOutcome.READS_BETTER,
            unit=Unit.COUNT,
            baseline=1,
            target=2,
            due_on=world.today,
        ),
        Verb.KEEP_FOLLOW_UP: lambda b: follow_ups.add(
            b, id, what=FollowUpTask.MEET_AGAIN, whose=FollowUpBy.STAFF, due_on=world.today
        ),
        Verb.MAKE_REFERRAL: lambda b: referrals.refer(
            b, enrolment=id, referred_to=ReferredTo.CHAPLAINCY, consent=Consent.GIVEN
        ),
        Verb.CLOSE_ARRIVAL: lambda b: arrivals.close(b, id, seen="x", because=NotMet.MOVED_ON),
        Verb.CLOSE_SCHEME: lambda b: life.close(b, id, seen="x", reason=ClosingReason.REPLACED),
    }
    monkeypatch.setattr(type(begin), "serially", noted)
    with pytest.raises(Absent):
        await given[verb](begin)
    assert serial == [verb]


@pytest.mark.parametrize("state", EnrolmentState)
async def test_it_waits_for_each_learner(world: World, state: EnrolmentState) -> None:
    """Whoever waits or learns is told what becomes of it first; whose enrolment ended is not in the way."""
    scheme = ready(world, S.LIVE)
    world.put(sample(Enrolment, id=world.ids(), scheme=scheme.id, prison=scheme.prison, closed=False, state=state))
    waits = state in (EnrolmentState.WAITING, EnrolmentState.STARTED)
    assert await missing(world, scheme) == (["ENROLMENTS_STILL_OPEN"] if waits else [])


@pytest.mark.parametrize("state", RequestState)
async def test_it_waits_for_each_request_of_an_open_policy(world: World, state: RequestState) -> None:
    """Whoever asked is answered first, or it expires."""
    scheme = ready(world, S.LIVE)
    requested(world, scheme, state)
    assert await missing(world, scheme) == (["REQUESTS_STILL_OPEN"] if state in _OPEN else [])


@pytest.mark.parametrize(
    ("lacks", "code"),
    [
        ({"partner_told_on": None}, "PARTNER_NOT_TOLD"),
        ({"lessons": None}, "LESSONS_MISSING"),
        ({"learners_go": None}, "LEARNERS_NOT_PLACED"),
    ],
)
async def test_it_waits_for_what_is_to_be_written(world: World, lacks: dict[str, Any], code: str) -> None:
    """The partner's day, the lessons, what becomes of the learners. A scheme that the prison runs itself tells nobody
    else; and one that never opened has nothing to tell."""
    assert await missing(world, ready(world, S.LIVE, **lacks)) == [code]
    own = [] if code == "PARTNER_NOT_TOLD" else [code]
    assert await missing(world, ready(world, S.LIVE, organisation="PRISON", **lacks)) == own
    assert await missing(world, ready(world, S.APPROVED, **lacks)) == []


@pytest.mark.parametrize("state", [None, *RequestState])
async def test_of_a_closed_policy_nobody_looks_for_requests(world: World, state: RequestState | None) -> None:
    """Whatever was asked, or nothing: the checklist is the same, and no request is looked for. It waits for a day at
    rest, in which every band ends (rule 2)."""
    early = ready(world, S.LIVE, kind="LISTENERS")
    if state is not None:
        requested(world, early, state)
    looked: list[str] = []
    find = world.store.find

    async def listened(kind: Any, query: Any, look: Any) -> Any:
        looked.append(kind.shape.kind)
        return await find(kind, query, look)

    world.store.find = listened  # type: ignore[method-assign]
    assert await missing(world, early) == ["NOT_SUSPENDED_FOR_A_DAY"]
    assert "request" not in looked
    for hours, waits in ((23, ["NOT_SUSPENDED_FOR_A_DAY"]), (24, [])):
        at = world.clock.now - timedelta(hours=hours)
        rested = ready(world, S.SUSPENDED, kind="LISTENERS", suspended_at=at)
        if state is not None:
            requested(world, rested, state)
        assert await missing(world, rested) == waits
    assert "request" not in looked

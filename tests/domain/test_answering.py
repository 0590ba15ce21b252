"""Answering a request: offered, accepted or declined, unlocked, completed; refused with a code; withdrawn by claim."""

import dataclasses
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from domain.act import UNSEEN
from domain.confidentiality.roles import Role
from domain.confidentiality.verbs import Verb
from domain.kernel.errors import NotNow, TagRequired, Unacceptable
from domain.sessions import answering, asking, expiring
from domain.sessions.codes import (
    GROUND_OF,
    Alternative,
    Band,
    Channel,
    Need,
    Place,
    RefusalCode,
    RefusalGround,
    Urgency,
)
from domain.sessions.request import Request, RequestState, clocked, minutes
from domain.supporters.record import Standing, Supporter
from tests.domain.given import sample
from tests.domain.night import Night
from tests.domain.world import NOW, WING, World, codes, paths

ASKING: dict[str, Any] = {"need": Need.EMOTIONAL, "channel": Channel.CELL_BELL, "urgency": Urgency.NOW, "wing": WING}


def _at(clock: str) -> datetime:
    return datetime.fromisoformat(f"2026-01-14T{clock}:00+00:00")


async def test_the_story_of_ten_past_two(night: Night) -> None:
    """02:10 asked and offered, the first says no, the second accepts at 02:25, the door opens at 03:05, over at 04:40.
    The wait is 15 minutes for an answer and 40 of staff's, 55 in all; and nobody's no has a reason (X5, F51)."""
    clock = night.world.clock
    request = await night.ask()
    first = await night.offer(request)
    assert first.state is RequestState.OFFERED
    no = await night.answer(request, accepted=False)
    assert (no.state, no.offered_to, no.declined_by) == (RequestState.RECEIVED, None, (first.offered_to,))
    clock.now = _at("02:20")
    second = await night.offer(request)
    assert {first.offered_to, second.offered_to} == {s.id for s in night.listeners}
    clock.now = _at("02:25")
    yes = await night.answer(request, accepted=True)
    assert (yes.state, yes.accepted_at) == (RequestState.ACCEPTED, _at("02:25"))
    clock.now = _at("03:05")
    unlocked = await night.unlock(request)
    assert (unlocked.state, unlocked.place) == (RequestState.IN_PROGRESS, Place.LISTENER_SUITE)
    clock.now = _at("04:40")
    done = await night.complete(request)
    parts = (done.minutes_to_offer, done.minutes_to_accept, done.minutes_to_unlock)
    assert parts == (0, 15, 40)
    assert sum(p for p in parts if p is not None) == 55
    assert (done.state, done.ended_at, done.band, done.late) == (
        RequestState.COMPLETED,
        _at("04:40"),
        Band.NIGHT,
        False,
    )
    assert not {n for n in Request.shape.fields if "reason" in n or "note" in n or "words" in n}
    assert all(e.closed for e in night.world.store.entries)


def test_the_parts_of_the_wait_never_run_backwards() -> None:
    """Whole minutes between two instants, none below zero where two clocks disagree, none while either is open."""
    assert minutes(NOW, NOW + timedelta(seconds=119)) == 1
    assert minutes(NOW, NOW - timedelta(hours=1)) == 0
    assert minutes(None, NOW) is minutes(NOW, None) is None
    times = {"asked_at": NOW, "offered_at": NOW + timedelta(minutes=5), "accepted_at": None, "unlocked_at": None}
    request = clocked(sample(Request, **times))
    assert (request.minutes_to_offer, request.minutes_to_accept, request.minutes_to_unlock) == (5, None, None)


async def test_nobody_is_asked_twice_for_one_request(night: Night) -> None:
    """Nobody is passed over without an answer, and who said no is not offered again; then none is available."""
    request = await night.ask()
    one = await night.offer(request)
    with pytest.raises(NotNow) as unanswered:
        await night.offer(request)
    assert codes(unanswered.value) == ["STATE_OFFERED"]
    await night.answer(request, accepted=False)
    two = await night.offer(request)
    assert two.declined_by == (one.offered_to,)
    assert two.offered_to != one.offered_to
    await night.answer(request, accepted=False)
    with pytest.raises(NotNow) as wrong:
        await night.offer(request)
    assert codes(wrong.value) == ["NOT_AVAILABLE"]


async def test_the_order_of_offers_differs_from_request_to_request(world: World) -> None:
    """No supporter is always the first to be woken, and no counter tells who was called."""
    night = Night(world, listeners=4)
    first = set()
    for _ in range(30):
        request = await night.ask()
        first.add((await night.offer(request)).offered_to)
        await night.withdraw(request)
    assert len(first) >= 3


async def _unable(night: Night) -> dict[str, UUID]:
    """A supporter for each reason for which one cannot be asked."""
    world = night.world
    busy, declined = night.listeners
    other = await night.ask()
    await night.offer(other, supporter=busy.id)
    return {
        "never existed": world.ids(),
        "busy with another": busy.id,
        "said no": declined.id,
        "of another scheme": world.supporter(world.scheme("INSIDERS")).id,
        "moved to another prison": world.supporter(night.scheme, prison="LEI").id,
        **{s.value: world.supporter(night.scheme, s).id for s in Standing if s is not Standing.ACTIVE},
    }


async def test_not_available_says_nothing_of_why(night: Night) -> None:
    """A hand-picked supporter who cannot be asked is NOT_AVAILABLE for every reason alike, one that never existed
    included: no reason is told, nothing is kept, and the ledger's lines do not differ (rule 11)."""
    unable = await _unable(night)
    request = await night.ask()
    await night.offer(request, supporter=unable["said no"])
    await night.answer(request, accepted=False)
    before, lines = night.world.kept(request), len(night.world.store.entries)
    for reason, supporter in unable.items():
        with pytest.raises(NotNow) as wrong:
            await night.offer(request, supporter=supporter)
        assert [(f.code, f.path) for f in wrong.value.failures] == [("NOT_AVAILABLE", None)], reason
        assert night.world.kept(request) == before
    entries = [dataclasses.replace(e, id=NIL) for e in night.world.store.entries[lines:]]
    assert len(entries) == len(unable)
    assert all(e == entries[0] for e in entries)


NIL: Any = UUID(int=0)


async def test_the_one_who_is_named_is_the_one_who_is_asked(night: Night) -> None:
    """A hand-picked supporter who can be asked is asked, whoever's turn it would be."""
    for listener in night.listeners:
        request = await night.ask()
        assert (await night.offer(request, supporter=listener.id)).offered_to == listener.id
        await night.withdraw(request)


async def test_nobody_is_offered_to_himself(world: World) -> None:
    """A supporter who asks for support, where he is known, is not asked to give it to himself; another one is."""
    world.clock.forward(hours=8)
    reading = world.scheme("SHANNON_TRUST")
    mentor = world.supporter(reading)
    prisoner = world.prisoner(world.kept_person(mentor))
    view = (await world.make(prisoner, Verb.ASK, asking.ask, **{**ASKING, "need": Need.EDUCATION})).view
    with pytest.raises(NotNow) as wrong:
        await Night(world).offer(view)
    assert codes(wrong.value) == ["NOT_AVAILABLE"]
    other = world.supporter(reading)
    assert (await Night(world).offer(view)).offered_to == other.id


async def test_where_no_scheme_is_known_nobody_is_offered(night: Night) -> None:
    """A request that no scheme answers waits for people, not for a match."""
    request = await night.ask(need=Need.RESETTLEMENT)
    with pytest.raises(NotNow) as wrong:
        await night.offer(request)
    assert codes(wrong.value) == ["NOT_AVAILABLE"]


STATES = {
    "offer": {RequestState.RECEIVED},
    "answer": {RequestState.OFFERED},
    "unlock": {RequestState.ACCEPTED},
    "complete": {RequestState.IN_PROGRESS},
    "refuse": {RequestState.RECEIVED, RequestState.OFFERED, RequestState.ACCEPTED},
    "withdraw": {RequestState.RECEIVED, RequestState.OFFERED, RequestState.ACCEPTED},
}


@pytest.mark.parametrize("state", RequestState)
@pytest.mark.parametrize("move", STATES)
async def test_each_move_from_its_states_only(night: Night, move: str, state: RequestState) -> None:
    """Every move of a request from every state: done where it may be, NotNow with the state where not."""
    view = await night.ask()
    offered = None if state is RequestState.RECEIVED else night.listeners[0].id
    request = night.world.put(dataclasses.replace(night.world.kept(view), state=state, offered_to=offered))
    given: dict[str, Any] = {"accepted": True} if move == "answer" else {}
    act = getattr(night, move)(request, **given)
    if state in STATES[move]:
        assert (await act).state is not RequestState.RECEIVED
    else:
        with pytest.raises(NotNow) as wrong:
            await act
        assert codes(wrong.value) == [f"STATE_{state}"]


async def test_a_yes_is_not_taken_back_by_a_no(night: Night) -> None:
    """Who has accepted does not decline afterwards by the same act: what happens then is told by its own code."""
    request = await night.ask()
    await night.offer(request)
    accepted = await night.answer(request, accepted=True)
    with pytest.raises(NotNow) as wrong:
        await night.answer(request, accepted=False)
    assert codes(wrong.value) == ["STATE_ACCEPTED"]
    assert night.world.kept(request) == accepted


@pytest.mark.parametrize("code", RefusalCode)
async def test_a_refusal_has_a_code_its_ground_and_who_decided(night: Night, code: RefusalCode) -> None:
    """Each code belongs to one ground; who refused, when, and what was offered instead stand in the record."""
    request = await night.ask()
    refused = await night.refuse(request, code)
    assert (refused.state, refused.refusal_code, refused.refusal_ground) == (
        RequestState.REFUSED,
        code,
        GROUND_OF[code],
    )
    assert (refused.refused_by, refused.alternative) == (night.officer.actor, Alternative.SAMARITANS_PHONE)
    assert refused.ended_at == NOW


def test_what_an_officer_says_of_others_is_a_claim_and_what_is_improper_is_named() -> None:
    """Codes about the recipient end in CLAIMED, or are where he went; the improper ones are those that need review."""
    by: dict[RefusalGround, set[str]] = {
        ground: {c.value for c in RefusalCode if GROUND_OF[c] is ground} for ground in RefusalGround
    }
    assert by[RefusalGround.RECIPIENT] == {"WITHDRAWN_CLAIMED", "ASLEEP_CLAIMED", "DECLINED_CLAIMED", "MOVED"}
    assert by[RefusalGround.IMPROPER] == {
        "STAFF_DISCRETION",
        "NOT_PASSED_ON",
        "DENIED_AS_PUNISHMENT",
        "TOLD_TO_WAIT_UNTIL_MORNING",
        "OTHER_ASK_ME",
    }
    assert set(GROUND_OF) == set(RefusalCode)


async def test_a_withdrawal_is_a_claim(night: Night) -> None:
    """That he no longer wants it is what an officer says: a claim with its author, until confirmed (rule 6)."""
    request = await night.ask()
    withdrawn = await night.withdraw(request)
    assert (withdrawn.state, withdrawn.refusal_code, withdrawn.refusal_ground) == (
        RequestState.WITHDRAWN,
        RefusalCode.WITHDRAWN_CLAIMED,
        RefusalGround.RECIPIENT,
    )
    assert (withdrawn.refused_by, withdrawn.ended_at) == (night.officer.actor, NOW)


async def test_each_step_may_be_told_late_and_says_so(night: Night) -> None:
    """The officer types at 06:40 what happened at 02:10: accepted with its own time, and marked late for ever."""
    request = await night.ask()
    night.world.clock.now = _at("06:40")
    offered = await night.offer(request, occurred_at=_at("02:12"))
    assert (offered.offered_at, offered.minutes_to_offer, offered.late) == (_at("02:12"), 2, True)
    accepted = await night.answer(request, accepted=True)
    assert accepted.late


@pytest.mark.parametrize("step", ["offer", "answer", "refuse", "withdraw"])
async def test_nothing_happens_before_what_came_before_it(night: Night, step: str) -> None:
    """A step cannot have happened before the one that it follows, to the minute: who refuses cannot date it back."""
    request = await night.ask()
    begun, given = NOW, {}
    if step == "answer":
        night.world.clock.now = begun = _at("02:20")
        await night.offer(request)
        given = {"accepted": True}
    night.world.clock.now = _at("02:30")
    with pytest.raises(Unacceptable) as wrong:
        await getattr(night, step)(request, occurred_at=begun - timedelta(seconds=1), **given)
    assert (codes(wrong.value), paths(wrong.value)) == (["BEFORE_IT_BEGAN"], ["/occurredAt"])
    await getattr(night, step)(request, occurred_at=begun, **given)


async def test_every_move_needs_the_tag_that_was_read(night: Night) -> None:
    """No step at night without saying which version was read."""
    request = await night.ask()
    for verb, act, given in (
        (Verb.OFFER_REQUEST, night.offering, {}),
        (Verb.ANSWER_OFFER, answering.answer, {"accepted": True}),
        (Verb.UNLOCK_REQUEST, answering.unlock, {"place": Place.LISTENER_SUITE}),
        (Verb.COMPLETE_REQUEST, answering.complete, {}),
        (Verb.REFUSE_REQUEST, answering.refuse, {"code": RefusalCode.MOVED, "alternative": Alternative.NONE}),
        (Verb.WITHDRAW_REQUEST, answering.withdraw, {}),
    ):
        with pytest.raises(TagRequired):
            await act(night.world.begin(night.officer, verb), request.id, seen=UNSEEN, **given)  # type: ignore[operator]


async def test_what_is_open_at_its_hour_expires_and_is_counted(night: Night) -> None:
    """None expires silently and none early: at the hour the open ones are EXPIRED with that instant, the ended ones
    stay as they ended. One of a closed policy is left to the timer that takes it out of the tables: a line here would
    name it, and an instant tie it to what stays of it (rule 2)."""
    received, offered, ended, closed = [await night.ask() for _ in range(4)]
    await night.offer(offered)
    await night.refuse(ended)
    for request in (received, offered, ended):
        night.world.put(dataclasses.replace(night.world.kept(request), closed=False))
    service = night.world.viewer(Role.SERVICE)
    hour = night.world.kept(received).readable_until
    night.world.clock.now = hour - timedelta(seconds=1)
    assert await night.world.make(service, Verb.TICK, expiring.expire) == 0
    night.world.clock.now = hour
    assert await night.world.make(service, Verb.TICK, expiring.expire) == 2
    for request in (received, offered):
        kept = night.world.kept(request)
        assert (kept.state, kept.ended_at) == (RequestState.EXPIRED, hour)
    assert night.world.kept(ended).state is RequestState.REFUSED
    assert night.world.kept(closed).state is RequestState.RECEIVED
    assert await night.world.make(service, Verb.TICK, expiring.expire) == 0


async def test_what_expires_at_one_hour_does_so_in_batches(night: Night, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many end at one hour, none is forgotten and no transaction holds them all."""
    monkeypatch.setattr(expiring, "BATCH", 2)
    requests = [await night.ask() for _ in range(3)]
    await night.offer(requests[0])
    for request in requests:
        night.world.put(dataclasses.replace(night.world.kept(request), closed=False))
    night.world.clock.now = night.world.kept(requests[0]).readable_until
    service = night.world.viewer(Role.SERVICE)
    done = [await night.world.make(service, Verb.TICK, expiring.expire) for _ in range(3)]
    assert done == [2, 1, 0]
    assert {night.world.kept(r).state for r in requests} == {RequestState.EXPIRED}


async def test_what_nobody_completed_holds_a_supporter_until_its_hour_and_no_longer(night: Night) -> None:
    """A forgotten last step would else keep him from everybody for thirty days."""
    forgotten, other = await night.ask(), await night.ask()
    for listener in night.listeners[1:]:
        night.world.drop(listener)
    await night.offer(forgotten)
    await night.answer(forgotten, True)
    await night.unlock(forgotten)
    with pytest.raises(NotNow):
        await night.offer(other)
    ended = night.world.clock.now
    night.world.put(dataclasses.replace(night.world.kept(forgotten), readable_until=ended))
    assert (await night.offer(other)).offered_to == night.listeners[0].id


async def test_a_supporter_is_free_again_when_it_is_over(night: Night) -> None:
    """Busy from the offer to the end, in one request at a time; then he may be asked again."""
    one = night.listeners[0]
    request = await night.ask()
    await night.offer(request, supporter=one.id)
    other = await night.ask()
    for step in (None, "answer", "unlock"):
        if step == "answer":
            await night.answer(request, accepted=True)
        if step == "unlock":
            await night.unlock(request)
        with pytest.raises(NotNow):
            await night.offer(other, supporter=one.id)
    await night.complete(request)
    assert (await night.offer(other, supporter=one.id)).offered_to == one.id
    assert isinstance(night.world.kept(one), Supporter)

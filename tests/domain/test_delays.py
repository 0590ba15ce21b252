"""Why a request is held up, and by which role (domain facts 3.6; F51, X5)."""

import itertools
from datetime import timedelta
from typing import Any

import pytest

from domain.confidentiality.roles import Role
from domain.confidentiality.verbs import Verb
from domain.kernel.errors import NotNow, Unacceptable
from domain.sessions import answering, delays
from domain.sessions.codes import CLAIMS, GROUND_OF, RefusalCode, RefusalGround, to_review
from domain.sessions.delays import BY, MOST, STAFF, DelayCode, HeldUpBy, WaitFor
from domain.sessions.request import Request, RequestState
from tests.domain.night import Night
from tests.domain.world import codes, paths


async def _delay(night: Night, request: Any, code: DelayCode, by: HeldUpBy | None = None, who: Any = None) -> Request:
    given = {"code": code, "by": by}
    await night.world.change(who or night.officer, Verb.DELAY_REQUEST, answering.delay, request, **given)
    return night.world.kept(request)


async def test_each_delay_stands_in_the_part_of_the_wait_that_it_lengthened(night: Night) -> None:
    """One while nobody was asked, one while he thought, one at the door: each with its role, when, and by whom, where
    he told it himself; the state and the three parts of the wait are as they were."""
    clock = night.world.clock
    request = await night.ask()
    clock.now += timedelta(minutes=5)
    await _delay(night, request, DelayCode.NIGHT_STATE, HeldUpBy.NOBODY)
    await night.offer(request)
    clock.now += timedelta(minutes=5)
    await _delay(night, request, DelayCode.NO_PEER_AVAILABLE, HeldUpBy.SUPPORTER)
    await night.answer(request, accepted=True)
    clock.now += timedelta(minutes=20)
    held = await _delay(night, request, DelayCode.TOLD_TO_WAIT_UNTIL_MORNING)
    assert held.state is RequestState.ACCEPTED
    assert held.delay_codes == ("NIGHT_STATE", "NO_PEER_AVAILABLE", "TOLD_TO_WAIT_UNTIL_MORNING")
    assert held.delay_roles == ("NOBODY", "SUPPORTER", "WING_OFFICER")
    assert held.delay_waits == (WaitFor.OFFER, WaitFor.ACCEPTANCE, WaitFor.UNLOCKING)
    assert (held.delay_minutes, held.delay_actors) == ((5, 10, 30), (None, None, night.officer.actor))
    assert (held.minutes_to_offer, held.minutes_to_accept, held.minutes_to_unlock) == (5, 5, None)
    assert (await night.unlock(request)).minutes_to_unlock == 20


def test_the_codes_are_those_of_a_refusal_but_for_what_ends_it_or_is_about_one_supporter() -> None:
    """Rule 11: beside a supporter's id nothing says that he is kept apart from the recipient, or was not fit."""
    assert {c.value for c in RefusalCode} - {c.value for c in DelayCode} == {
        *("WITHDRAWN_CLAIMED", "DECLINED_CLAIMED", "MOVED"),
        *("NON_ASSOCIATION", "PEER_UNSUITABLE"),
    }
    reviewed = {c.value for c in DelayCode if to_review(delays.as_refusal(c))}
    assert reviewed == {c.value for c in DelayCode} & {
        c.value for c in RefusalCode if c in CLAIMS or GROUND_OF[c] is RefusalGround.IMPROPER
    }


@pytest.mark.parametrize("role", Role)
def test_every_role_that_can_tell_a_delay_has_a_name_there(role: Role) -> None:
    """Its own, or that of other staff; nobody is taken for a supporter, the recipient or nobody."""
    assert delays.own_role(role) == (role.value if role.value in STAFF else "OTHER_STAFF")


async def test_nobody_is_named_who_cannot_have_held_it_up_so(night: Night) -> None:
    """For every code and role: what is improper, and what is a risk, is of staff; a claim of the recipient alone. A
    role that does not fit is told by its place, and nothing is kept."""
    request = await night.ask()
    for code, by in itertools.product(DelayCode, HeldUpBy):
        ground = GROUND_OF[delays.as_refusal(code)]
        peer = (code, by) == (DelayCode.NO_PEER_AVAILABLE, HeldUpBy.SUPPORTER)
        assert (peer or by in BY[ground]) is (delays.misplaced(code, by, "/by") == [])
        assert delays.stays(code, by) is (
            ground is RefusalGround.SYSTEM and code != "INFECTION_CONTROL" and by != "SUPPORTER"
        )
        if ground is RefusalGround.IMPROPER:
            assert (by in STAFF) is (by in BY[ground])
    with pytest.raises(Unacceptable) as wrong:
        await _delay(night, request, DelayCode.STAFF_DISCRETION, HeldUpBy.RECIPIENT)
    assert (codes(wrong.value), paths(wrong.value)) == (["ROLE_DOES_NOT_FIT_CODE"], ["/by"])
    assert night.world.kept(request).delay_codes == ()


async def test_that_he_sleeps_is_a_claim_of_whoever_says_so(night: Night) -> None:
    """Of the recipient, by the officer, whoever he names (rule 6)."""
    request = await night.ask()
    held = await _delay(night, request, DelayCode.ASLEEP_CLAIMED)
    held = await _delay(night, request, DelayCode.ASLEEP_CLAIMED, HeldUpBy.RECIPIENT)
    assert (held.delay_roles, held.delay_actors) == (("RECIPIENT",) * 2, (night.officer.actor,) * 2)


async def test_what_was_told_is_never_told_over_and_there_is_an_end_to_it(night: Night) -> None:
    """A proper code after an improper one leaves it where it is; after twenty it is to be ended, or gone on with. Of
    what is to be reviewed there is room then all the same, as often."""
    request = await night.ask()
    await _delay(night, request, DelayCode.NOT_PASSED_ON)
    for code in (DelayCode.NIGHT_STATE, DelayCode.STAFF_DISCRETION):
        for _ in range(MOST - (code is DelayCode.STAFF_DISCRETION)):
            held = await _delay(night, request, code)
        with pytest.raises(NotNow) as wrong:
            await _delay(night, request, code)
        assert codes(wrong.value) == ["TOO_MANY_DELAYS"]
    assert (held.delay_codes[0], len(held.delay_codes)) == ("NOT_PASSED_ON", 2 * MOST)


async def test_what_is_over_is_not_held_up(night: Night) -> None:
    """Nor what goes on, nor what was never queued."""
    request = await night.ask()
    await night.refuse(request)
    with pytest.raises(NotNow) as wrong:
        await _delay(night, request, DelayCode.NIGHT_STATE)
    assert codes(wrong.value) == ["STATE_REFUSED"]


async def test_a_refusal_says_in_which_role_it_was_decided(night: Night) -> None:
    """His own who says so; another's where he names it, and then nobody is named. A supporter refuses nothing."""
    mine = await night.refuse(await night.ask())
    assert (mine.refused_by, mine.refused_by_role) == (night.officer.actor, "WING_OFFICER")
    theirs = await night.refuse(await night.ask(), decided_by=HeldUpBy.HEALTHCARE)
    assert (theirs.refused_by, theirs.refused_by_role) == (None, "HEALTHCARE")
    assert (await night.withdraw(await night.ask())).refused_by_role == "WING_OFFICER"
    request = await night.ask()
    for by in set(HeldUpBy) - STAFF:
        with pytest.raises(Unacceptable) as wrong:
            await night.refuse(request, decided_by=by)
        assert (codes(wrong.value), paths(wrong.value)) == (["ROLE_DOES_NOT_FIT_CODE"], ["/decidedBy"])

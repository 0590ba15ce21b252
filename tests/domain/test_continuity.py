"""Who helped somebody before is asked first, where it is no secret that he was helped (F30)."""

import dataclasses

import pytest

from domain.confidentiality.verbs import Verb
from domain.kernel.errors import NotNow
from domain.sessions import asking
from domain.sessions.codes import Channel, Need, Urgency
from domain.sessions.request import Request
from tests.domain.night import Night
from tests.domain.world import WING, World, codes

SHANNON = "SHANNON_TRUST"


async def _over(night: Night, request: Request) -> None:
    """Offered, and over."""
    await night.answer(request, accepted=True)
    await night.unlock(request)
    await night.complete(request)


async def test_whoever_helped_him_last_is_asked_first_under_an_open_policy_alone(world: World) -> None:
    """Of six mentors the one who helped him last is asked each time; of six Listeners it is not always the same one,
    though it is the same man who calls: of his calls no history is kept, and none is looked for."""
    world.clock.forward(hours=8)  # by day: nobody's mentor is woken at night
    night = Night(world, listeners=6)
    reading = world.scheme(SHANNON)
    mentors = [world.supporter(reading) for _ in range(6)]
    man = world.person(identifier="A7777AA")
    himself = world.prisoner(man)
    asked = {"channel": Channel.KIOSK_OR_LAPTOP, "urgency": Urgency.TODAY, "wing": WING}
    open_: list[object] = []
    closed: list[object] = []
    for _ in range(12):
        for need, of in ((Need.EDUCATION, open_), (Need.EMOTIONAL, closed)):
            request = (await world.make(himself, Verb.ASK, asking.ask, need=need, **asked)).view
            offered = await night.offer(request)
            of.append(offered.offered_to)
            await _over(night, offered)
            world.clock.forward(minutes=1)
    assert set(open_) == {open_[0]}
    assert open_[0] in {m.id for m in mentors}
    assert len(set(closed)) > 2


async def test_a_supporter_who_calls_for_himself_is_not_offered_to_himself_under_a_closed_policy(world: World) -> None:
    """No id of his is kept with such a call; by the number that he gave he is known, and passed over."""
    night = Night(world, listeners=1)
    (one,) = night.listeners
    person = world.kept_person(one)
    world.put(dataclasses.replace(person, identifier="A7778AA"))
    request = await night.ask(recipient="a7778aa")
    with pytest.raises(NotNow) as wrong:
        await night.offer(request)
    assert codes(wrong.value) == ["NOT_AVAILABLE"]

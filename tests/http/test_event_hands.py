"""A worker has several batches of events in work at once, and other workers have theirs: none waits for another's
prison systems, and what was handed out twice is done once."""

import asyncio
from collections import Counter
from collections.abc import Collection, Mapping
from typing import Any

from api.messages.consumer import Message, consume
from domain.kernel.whereabouts import InOut, Located
from domain.movements.inbox import EventTaken
from domain.people.reviews import MovementReview
from domain.sessions.record import Enrolment, EnrolmentState
from domain.supporters.record import Supporter
from tests.http.cast import START, uid
from tests.http.prison_events import SEARCH, Line, Systems, consumer, located, notification
from tests.http.test_story_movements import CAME, LEARNER, LEFT, NUMBER
from tests.http.world import World

UNKNOWN = [notification(f"{SEARCH}received", START, id=str(n), of=f"Z{n:04d}ZZ", prisonId="LEI") for n in range(3)]
RELEASED = notification(f"{SEARCH}released", START, of=LEARNER, reason="RELEASED", prisonId="MDI")
OTHERS = [RELEASED, *UNKNOWN]


class OneByOne(Line):
    """A queue that hands out one message at a time, each once."""

    async def take(self) -> list[Message]:
        """The next that was not handed out."""
        await asyncio.sleep(0.005)
        fresh = [body for body in self.waits if body not in self.came][:1]
        self.came.update(dict.fromkeys(fresh, 1))
        return [Message("m", body, body) for body in fresh]


async def test_one_that_waits_for_the_prison_s_systems_holds_up_no_other(world: World) -> None:
    """They are slow to say where one man is; what is told of others, known or not, is done meanwhile."""
    answered, stop = asyncio.Event(), asyncio.Event()

    async def slow(identifiers: Collection[str]) -> Mapping[str, Located | None]:
        if NUMBER in identifiers:
            await answered.wait()
        return {n: located("LEI", wing="LEI-C") if n == NUMBER else located(None, InOut.OUT) for n in identifiers}

    line: Any = OneByOne([LEFT, *OTHERS])
    working = asyncio.create_task(consume(consumer(world, line, slow), stop, 2))
    async with asyncio.timeout(20):
        while len(line.deleted) < len(OTHERS):  # noqa: ASYNC110  (a queue rings no bell)
            await asyncio.sleep(0.005)
        assert line.waits == [LEFT]
        assert (await world.record(Enrolment, uid("enrolment"))).state is EnrolmentState.RELEASED
        answered.set()
        while line.waits:  # noqa: ASYNC110
            await asyncio.sleep(0.005)
    stop.set()
    await working
    assert (await world.record(Supporter, uid("supporter:mentor"))).standing == "TRANSFERRED_OUT"


async def test_what_two_workers_were_handed_at_once_is_done_once(world: World) -> None:
    """Delivery is at least once: both have the whole batch, and neither leaves anything on the queue."""
    both = [Line([LEFT, CAME, *UNKNOWN]) for _ in range(2)]
    systems = Systems({NUMBER: located("LEI", wing="LEI-C")})
    await asyncio.gather(*(consumer(world, line, systems).once() for line in both))
    for line in both:
        assert (line.waits, line.put_off) == ([], [])
    assert len(await world.records(EventTaken)) == 5
    assert (await world.record(Supporter, uid("supporter:mentor"))).standing == "TRANSFERRED_OUT"
    told = Counter((line.kind, line.id) for each in world.seen.entries for line in each.changes)
    reviews = await world.records(MovementReview, supporter=uid("supporter:mentor"))
    assert [each.kind for each in reviews] == ["TRANSFERRED_OUT"]
    assert told["supporter", uid("supporter:mentor")] == 1, "he was put out of the role once"

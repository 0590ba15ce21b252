"""What the prison's systems tell of somebody that his role may not stand: an alert, another incentive level, somebody
from whom he is to be kept apart. It is never lost, and a person looks (F47; domain facts 2.3, 2.7)."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from domain.kernel.prison import PrisonFacts
from domain.movements.followed import Followed
from domain.movements.inbox import EventTaken
from domain.people.reviews import MovementReview, ReviewKind
from domain.sessions.record import Enrolment
from tests.http.cast import CAST, START, person, uid
from tests.http.prison_events import OFFENDER, Line, consumer, notification, told
from tests.http.world import World
from tests.recruited import FIT

NUMBER = str(CAST["mentor"].number)
CHANGED = f"{OFFENDER}non-association-detail.changed"
ALERT, INCENTIVE = "person.alert.created", "incentives.iep-review.inserted"


async def raised(world: World, kind: ReviewKind) -> int:
    """How many of them are open of the mentor."""
    return len([each for each in await world.records(MovementReview, person=person("mentor")) if each.kind is kind])


async def test_an_alert_is_put_before_a_person_whatever_the_systems_say_yet(world: World) -> None:
    """They hear of it later than we do, or cannot say which alerts he has, or cannot be asked: the event's own word
    counts."""
    for n, facts in enumerate((FIT, replace(FIT, alerts=None), None)):
        world.stage.prison.reachable = facts is not None
        world.stage.prison.know(NUMBER, facts or FIT)
        line = await told(world, notification(ALERT, world.now, of=NUMBER, alertCode="HA", id=str(n)))
        assert line.waits == []
        assert [each.followed for each in await world.records(EventTaken)] == [Followed.TO_REVIEW] * (n + 1)
    assert await raised(world, ReviewKind.ALERT) == 1, "the same is put there once"


async def test_another_incentive_level_waits_until_somebody_can_say_which(world: World) -> None:
    """The event does not say it: while nobody can, it stays in the queue."""
    world.stage.prison.reachable = False
    message = notification(INCENTIVE, world.now, of=NUMBER)
    line = await told(world, message)
    assert (line.waits, line.deleted, await world.records(EventTaken)) == ([message], [], [])


@pytest.mark.parametrize(
    ("expiry", "together"),
    [({"expiryDate": "2021-01-01"}, True), ({"expiryDate": f"{START.date()}"}, True), ({}, False),
     ({"expiryDate": f"{START.date() + timedelta(days=1)}"}, False), ({"expiryDate": None}, False),
     ({"expiryDate": "some day"}, False)],
)  # fmt: skip
async def test_a_non_association_that_has_ended_parts_nobody(
    world: World, expiry: dict[str, str | None], together: bool
) -> None:
    """It is told as changed when it is ended, too: from the day of its end on nothing follows."""
    other = str(CAST["arthur"].number)
    more: dict[str, Any] = {"nonAssociationNomsNumber": other, "effectiveDate": "2020-01-01", **expiry}
    await told(world, notification(CHANGED, START, of=NUMBER, **more))
    mentor = (await world.record(Enrolment, uid("enrolment"))).supporter
    assert (mentor == uid("supporter:mentor")) is together


async def test_nobody_is_asked_about_who_has_no_role(world: World) -> None:
    """Of a learner no system is asked for alerts, plans or work, whatever is told of him: it would be seen there."""
    asked: list[str] = []

    async def records(identifier_kind: str, identifier: str) -> PrisonFacts:
        asked.append(identifier)
        return FIT

    for what in (ALERT, INCENTIVE):
        for number in (str(CAST["arthur"].number), NUMBER):
            line = Line([notification(what, world.now, of=number, alertCode="XA")])
            await replace(consumer(world, line), records=records).once()
            assert line.waits == []
    assert asked == [NUMBER, NUMBER]

"""Making and keeping subscriptions; and what the service notes of them as it sends."""

import dataclasses
from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from domain import looking
from domain.act import Act, Begin
from domain.confidentiality.disclosure import Tag, View
from domain.confidentiality.principal import PrincipalKind
from domain.confidentiality.verbs import Verb
from domain.kernel.days import local_day
from domain.kernel.errors import Absent, Failure, Unacceptable
from domain.kernel.ids import ActorId, AssignmentId, SubscriptionId
from domain.kernel.moves import move, require
from domain.moving import may_move
from domain.oversight.assignments import effective
from domain.oversight.record import Actor, Assignment
from domain.ports import Query
from domain.telling.subscription import (
    BOTH_SIGN,
    MOST,
    STANDS,
    SUBSCRIPTION_MOVES,
    Subscription,
    SubscriptionState,
    acceptable,
    new_secret,
    reaches,
    seen_of,
)
from domain.telling.types import BY_TYPE, EventType

Made = tuple[View[Subscription], str | None]
"""The subscription, and its secret where it is told: as it is made, and never again."""


async def create(begin: Begin, *, address: str, types: tuple[EventType, ...]) -> Made:
    """Be told of these events at this address. Serially: nobody has more than twenty by asking at once."""
    async with begin.serially(Verb.CREATE_SUBSCRIPTION) as act:
        held = None if act.viewer.assignment is None else await act.known_one(Assignment, act.viewer.assignment)
        if held is None:
            raise Absent
        wrong = [] if acceptable(address) else [Failure("ADDRESS_NOT_PUBLIC_HTTPS", "/address")]
        if len(set(types)) < len(types):
            wrong.append(Failure("TWICE", "/types"))
        unseen = [n for n, type in enumerate(types) if not seen_of(BY_TYPE[type])]
        wrong += [Failure("NOT_TOLD_TO_THIS_ROLE", f"/types/{n}") for n in unseen]
        if wrong:
            raise Unacceptable(wrong)
        own = await act.known(Subscription, Query(equal={"author": act.viewer.actor}, limit=1_000))
        require((sum(s.state in STANDS for s in own) < MOST, "TOO_MANY_SUBSCRIPTIONS"))
        made = Subscription(
            id=SubscriptionId(act.new_id()),
            author=ActorId(act.viewer.actor),
            assignment=AssignmentId(held.id),
            jurisdiction=held.jurisdiction,
            prison=held.prison,
            address=address,
            types=types,
            since=act.now,
            secret=new_secret(act),
        )
        act.keep(made)
        return act.disclose(made), made.secret


async def ping(begin: Begin, id: UUID, *, seen: Tag) -> View[Subscription]:
    """Have a test sent: in its turn, after what is on its way already."""
    async with begin(Verb.PING_SUBSCRIPTION) as act:
        was = await act.fetch(Subscription, id, seen=seen)
        require(may_move(act, was))
        return _kept(act, was, dataclasses.replace(was, pinged_at=act.now))


async def rotate(begin: Begin, id: UUID, *, seen: Tag) -> Made:
    """Another secret takes the place of this one; both sign for a day."""
    async with begin(Verb.ROTATE_SUBSCRIPTION) as act:
        was = await act.fetch(Subscription, id, seen=seen)
        require(may_move(act, was))
        now = dataclasses.replace(
            was, secret=new_secret(act), secret_before=was.secret, secret_before_until=act.now + BOTH_SIGN
        )
        return _kept(act, was, now), now.secret


async def shown_again(act: Act, subscription: Subscription) -> Made:
    """A key that comes again: what it made, and no secret."""
    return act.disclose(subscription), None


async def end(begin: Begin, id: UUID, *, seen: Tag) -> View[Subscription]:
    """Nothing more is sent."""
    async with begin(Verb.END_SUBSCRIPTION) as act:
        was = await act.fetch(Subscription, id, seen=seen)
        require(may_move(act, was))
        to = move(SUBSCRIPTION_MOVES, was.state, SubscriptionState.ENDED)
        return _kept(act, was, dataclasses.replace(was, state=to, ended_at=act.now))


def _kept(act: Act, was: Subscription, now: Subscription) -> View[Subscription]:
    act.keep(now, was=was)
    return act.disclose(now)


async def standing(begin: Begin) -> list[Subscription]:
    """For who sends: those that stand, and of which the assignment holds today. One whose assignment is gone ends."""
    async with begin(Verb.TICK) as act:
        found = await looking.all_known(act, Subscription, {"state": STANDS})
        held = await looking.all_known(act, Assignment, {"id": frozenset(s.assignment for s in found)}) if found else []
        by_id = {a.id: a for a in held}
        told: list[Subscription] = []
        for each in found:
            assignment = by_id.get(each.assignment)
            if assignment is None or not reaches(each, assignment) or assignment.ended_at is not None:
                over = dataclasses.replace(each, state=SubscriptionState.ENDED, ended_at=act.now)
                act.keep_beside(over, was=each)
            elif effective(assignment, local_day(assignment, act.now)):
                told.append(each)
        return told


async def noted(begin: Begin, id: UUID, *, failing: bool) -> None:
    """What the service finds as it sends: that an address takes nothing, or takes it again."""
    async with begin(Verb.TICK) as act:
        was = await act.known_one(Subscription, id)
        to = SubscriptionState.FAILING if failing else SubscriptionState.ACTIVE
        if was is None or to not in SUBSCRIPTION_MOVES[was.state]:
            return
        since = act.now if failing else None
        act.keep_beside(dataclasses.replace(was, state=to, failing_since=since), was=was)


async def staff_among(begin: Begin, actors: Collection[UUID]) -> Mapping[UUID, str]:
    """The user names of those of them who are staff."""
    if not actors:
        return {}
    async with begin(Verb.TICK) as act:
        wanted: dict[str, Any] = {"id": frozenset(actors), "kind": PrincipalKind.STAFF}
        return {actor.id: actor.subject for actor in await looking.all_known(act, Actor, wanted)}

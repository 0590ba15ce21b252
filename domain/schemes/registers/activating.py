"""Contingency plans: kept, switched on, logged, ended, reviewed."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from domain.act import Act, Begin
from domain.confidentiality.disclosure import Tag, View
from domain.confidentiality.verbs import Verb
from domain.kernel.days import local_day
from domain.kernel.errors import Failure, Unacceptable
from domain.kernel.ids import ActorId
from domain.kernel.moves import move, require
from domain.moving import may_move
from domain.schemes import belonging
from domain.schemes.belonging import drafted, made, with_
from domain.schemes.registers.contingency import (
    ACTIVATION_MOVES,
    Activation,
    ActivationState,
    ContingencyPlan,
    Cover,
    Learned,
    LogCode,
    LogEntry,
    Tell,
    Trigger,
    Untold,
    Why,
)

REVIEW_WITHIN: Final = timedelta(days=14)
"""How soon after its end an activation is reviewed. A default, until the scheme says otherwise."""
LONGEST_LOG: Final = 500
"""Lines of one activation: a longer log is a file of its own, and not this one."""


async def add(
    begin: Begin,
    scheme: UUID,
    *,
    trigger: Trigger,
    cover: tuple[Cover, ...],
    tell: tuple[Tell, ...],
    review_on: date,
    cover_in_words: str | None = None,
) -> View[ContingencyPlan]:
    """A plan for one trigger. A scheme may have several for one: by night another than by day."""
    given = {"trigger": trigger, "cover": cover, "tell": tell, "review_on": review_on, "cover_in_words": cover_in_words}
    return await belonging.add(begin, Verb.KEEP_CONTINGENCY_PLAN, ContingencyPlan, scheme, **given)


async def amend(begin: Begin, id: UUID, *, seen: Tag, changes: Mapping[str, Any]) -> View[ContingencyPlan]:
    """Change a plan that is not switched on: what is being followed is not changed under the hands of who follows."""

    def into(act: Act, was: ContingencyPlan) -> ContingencyPlan:
        act.admit_writes(changes)
        require((was.activation is None, "PLAN_ACTIVE"))
        return with_(was, **changes)

    return await belonging.change(begin, Verb.KEEP_CONTINGENCY_PLAN, ContingencyPlan, id, seen=seen, into=into)


async def start(begin: Begin, id: UUID, *, seen: Tag, why: Why) -> View[ContingencyPlan]:
    """Switch it on. A plan that is on is not switched on again; two who try at once change one version of it.
    Serially: no plan is left on by a scheme that closes."""
    async with begin.serially(Verb.START_CONTINGENCY_PLAN) as act:
        plan = await act.fetch(ContingencyPlan, id, seen=seen)
        require((plan.activation is None, "PLAN_ACTIVE"), (plan.in_force, "PLAN_NOT_IN_FORCE"))
        activation = drafted(
            act,
            plan,
            Activation,
            plan=plan.id,
            trigger=plan.trigger,
            why=why,
            started_at=act.now,
            started_by=ActorId(act.viewer.actor),
            to_tell=plan.tell,
        )
        view = await belonging.changed(act, plan, with_(plan, activation=activation.id))
        act.keep_beside(activation)
        return view


async def log(
    begin: Begin, id: UUID, *, seen: Tag, code: LogCode, told: Tell | None = None, words: str | None = None
) -> View[Activation]:
    """Add a line to the log of one that is on. TOLD ticks somebody off, once."""
    async with begin(Verb.LOG_ACTIVATION) as act:
        was = await act.fetch(Activation, id, seen=seen)
        said = {"at": act.now, "code": code, "told": told, "words": words, "author": ActorId(act.viewer.actor)}
        line = made(act, was, LogEntry, activation=was.id, **said)
        require(
            may_move(act, was),
            (told is None or told not in was.told, "ALREADY_TOLD"),
            (was.log_entries < LONGEST_LOG, "LOG_FULL"),
        )
        ticked = was.told if told is None else (*was.told, told)
        view = await belonging.changed(act, was, with_(was, told=ticked, log_entries=was.log_entries + 1))
        act.keep_beside(line)
        return view


async def end(begin: Begin, id: UUID, *, seen: Tag, untold_because: Untold | None = None) -> View[Activation]:
    """Switch it off. All who must be told have been, or there is a reason; and a day is set for its review."""
    async with begin(Verb.END_ACTIVATION) as act:
        was = await act.fetch(Activation, id, seen=seen)
        everyone = not was.not_told(act.now)
        if everyone and untold_because is not None:
            raise Unacceptable([Failure("EVERYONE_TOLD", "/untoldBecause")])
        require(
            may_move(act, was),
            (everyone or untold_because is not None, "NOT_EVERYONE_TOLD"),
        )
        now = with_(
            was,
            state=ActivationState.ENDED,
            ended_at=act.now,
            ended_by=ActorId(act.viewer.actor),
            untold_because=untold_because,
            review_on=local_day(was, act.now) + REVIEW_WITHIN,
        )
        plan = await act.known_one(ContingencyPlan, was.plan)
        view = await belonging.changed(act, was, now)
        if plan is not None:
            act.keep_beside(with_(plan, activation=None), was=plan)
        return view


async def review(
    begin: Begin, id: UUID, *, seen: Tag, learned: Learned, learned_in_words: str | None = None
) -> View[Activation]:
    """What was learned of it. Only what has ended is reviewed."""

    def into(act: Act, was: Activation) -> Activation:
        return with_(
            was,
            state=move(ACTIVATION_MOVES, was.state, ActivationState.REVIEWED),
            reviewed_on=local_day(was, act.now),
            learned=learned,
            learned_in_words=learned_in_words,
        )

    return await belonging.change(begin, Verb.REVIEW_ACTIVATION, Activation, id, seen=seen, into=into)

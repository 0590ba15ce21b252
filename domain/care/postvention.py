"""After a death in the prison: every active supporter of the scheme is offered support, whoever was on duty and whoever
knew the man (CONFIDENTIALITY, 'decided here'; rule 16; scenario 13). Whose death it was stands nowhere in here."""

from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID

from domain import looking
from domain.act import Act, Begin
from domain.care.supervision import Supervision
from domain.confidentiality.classification import Classification, Open, Operational, Wellbeing
from domain.confidentiality.disclosure import Tag, View
from domain.confidentiality.record import record
from domain.confidentiality.verbs import Verb
from domain.kernel.days import local_day
from domain.kernel.ids import ActorId, PersonId, PostventionId, PostventionTaskId, SchemeId, SupporterId
from domain.kernel.moves import Life, Moves, move, require
from domain.moving import may_move
from domain.ports import Query
from domain.schemes.belonging import OfScheme, made, scheme_to_write, with_
from domain.schemes.record import Scheme
from domain.supporters.record import Standing, Supporter


@record(kind="postvention", kept="six years; it names nobody in custody")
class Postvention(OfScheme):
    """That support was offered to all active supporters of a scheme after a death."""

    id: Open[PostventionId]
    version: Open[int] = 0
    scheme: Open[SchemeId]
    jurisdiction: Open[str]
    prison: Open[str]
    organisation: Open[str]
    opened_on: Operational[date]
    opened_by: Operational[ActorId]
    supporters: Operational[int]
    """To how many it was offered: all who were active that day."""


class PostventionState(StrEnum):
    """What the supporter says to it. He may say yes later."""

    OFFERED = "OFFERED"
    ACCEPTED = "ACCEPTED"
    DECLINED = "DECLINED"
    GIVEN = "GIVEN"


_S = PostventionState
POSTVENTION_MOVES: Final[Moves[PostventionState]] = {
    _S.OFFERED: frozenset({_S.ACCEPTED, _S.DECLINED, _S.GIVEN}),
    _S.ACCEPTED: frozenset({_S.DECLINED, _S.GIVEN}),
    _S.DECLINED: frozenset({_S.ACCEPTED, _S.GIVEN}),
    _S.GIVEN: frozenset(),
}
POSTVENTION_LIFE: Final = Life(
    "state",
    {
        Verb.ANSWER_POSTVENTION_TASK: frozenset({_S.OFFERED, _S.ACCEPTED, _S.DECLINED}),
        Verb.GIVE_POSTVENTION_TASK: frozenset({_S.OFFERED, _S.ACCEPTED, _S.DECLINED}),
    },
)


@record(
    kind="postvention-task",
    kept="six months after it was made",
    existence=Classification.WELLBEING,
    parties=("person",),
    life=POSTVENTION_LIFE,
)
class PostventionTask(OfScheme):
    """One supporter's offer: for the partner to give, and for him to take or leave."""

    id: Open[PostventionTaskId]
    version: Open[int] = 0
    scheme: Open[SchemeId]
    jurisdiction: Open[str]
    prison: Open[str]
    organisation: Open[str]
    postvention: Wellbeing[PostventionId]
    supporter: Wellbeing[SupporterId]
    person: Wellbeing[PersonId]
    supervisor: Wellbeing[ActorId | None] = None
    """Who hears how he fares, when it was made."""
    offered_on: Wellbeing[date]
    state: Wellbeing[PostventionState] = PostventionState.OFFERED
    answered_on: Wellbeing[date | None] = None
    given_on: Wellbeing[date | None] = None
    outlives = True


async def open_(begin: Begin, scheme: UUID) -> View[Postvention]:
    """Offer support to every active supporter of the scheme. Once a day: a second death on it needs no second offer."""
    async with begin.serially(Verb.OPEN_POSTVENTION) as act:
        of = await scheme_to_write(act, scheme, Postvention)
        require((not await offered_today(act, of), "ALREADY_OPENED"))
        new = await offer_to_all(act, of)
        act.within_reach(new)
        return act.disclose(new)


async def offered_today(act: Act, of: Scheme) -> bool:
    """Whether it was offered on this day already."""
    today = {"scheme": of.id, "opened_on": local_day(of, act.now)}
    return bool(await act.known(Postvention, Query(equal=today, limit=1)))


async def offer_to_all(act: Act, of: Scheme) -> Postvention:
    """Offer it to every active supporter."""
    today = local_day(of, act.now)
    everybody = await looking.all_known(act, Supporter, {"scheme": of.id, "standing": Standing.ACTIVE})
    running = await looking.all_known(act, Supervision, {"scheme": of.id, "ended_on": None})
    hears = {each.supporter: each.supervisor for each in running if each.hears}
    new = made(act, of, Postvention, opened_on=today, opened_by=act.viewer.actor, supporters=len(everybody))
    act.keep_beside(new, subject=True)
    for who in everybody:
        whose = {"supporter": who.id, "person": who.person, "supervisor": hears.get(who.id)}
        act.keep_beside(made(act, of, PostventionTask, postvention=new.id, offered_on=today, **whose))
    return new


async def answer(begin: Begin, id: UUID, *, seen: Tag, accepted: bool) -> View[PostventionTask]:
    """The supporter takes it, or leaves it."""
    async with begin(Verb.ANSWER_POSTVENTION_TASK) as act:
        was = await act.fetch(PostventionTask, id, seen=seen)
        require(may_move(act, was))
        to = PostventionState.ACCEPTED if accepted else PostventionState.DECLINED
        now = with_(was, state=to, answered_on=local_day(was, act.now))
        act.keep(now, was=was)
        return act.disclose(now)


async def give(begin: Begin, id: UUID, *, seen: Tag) -> View[PostventionTask]:
    """It was given."""
    async with begin(Verb.GIVE_POSTVENTION_TASK) as act:
        was = await act.fetch(PostventionTask, id, seen=seen)
        require(may_move(act, was))
        to = move(POSTVENTION_MOVES, was.state, PostventionState.GIVEN)
        now = with_(was, state=to, given_on=local_day(was, act.now))
        act.keep(now, was=was)
        return act.disclose(now)

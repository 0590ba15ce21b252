"""Hand-over when a supporter leaves (F46; scenario 5): whom he helped stays, with all progress, and waits for another
mentor; what he was rostered for is free; what else is open is a list that somebody works through.

A successor is named by staff, one learner at a time: who fits whom is no supporter's to say.
"""

from datetime import date
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from domain import looking
from domain.act import Act, Begin
from domain.care import roster, wishes
from domain.care.roster import RosterEntry, RosterState
from domain.care.supervising import supervised_by
from domain.confidentiality.classification import Open, Operational
from domain.confidentiality.disclosure import Tag, View
from domain.confidentiality.record import record
from domain.confidentiality.verbs import Verb
from domain.kernel.days import local_day
from domain.kernel.ids import ActorId, HandOverId, PersonId, SchemeId, SupporterId
from domain.kernel.moves import Life, Moves, require
from domain.moving import may_move
from domain.ports import KeptApart, nobody_can_say
from domain.schemes.belonging import OfScheme, made, with_
from domain.sessions import appointments, mandates, mentors
from domain.sessions.apart import may_meet
from domain.sessions.codes import MentorChanged, NotDelivered
from domain.sessions.record import Enrolment, EnrolmentState
from domain.supporters.availability import of_scheme, serves
from domain.supporters.record import GONE, HOLDING, Supporter
from domain.supporters.suspension import Suspension, SuspensionState


class Item(StrEnum):
    """What is seen to when somebody leaves."""

    SUCCESSORS = "SUCCESSORS"
    """Every learner of his has another mentor, or knows that he waits for one."""
    SHIRT_OR_BADGE = "SHIRT_OR_BADGE"
    MATERIALS = "MATERIALS"
    CELL_OR_SUITE = "CELL_OR_SUITE"
    MOVEMENT_LIST = "MOVEMENT_LIST"
    """He is no longer on the list of those who may move by themselves."""
    NOTICEBOARD = "NOTICEBOARD"
    FAREWELL_TALK = "FAREWELL_TALK"
    """Somebody of the partner has talked with him."""


class HandOverState(StrEnum):
    """Where it stands."""

    OPEN = "OPEN"
    DONE = "DONE"


_S = HandOverState
HAND_OVER_MOVES: Final[Moves[HandOverState]] = {_S.OPEN: frozenset({_S.DONE}), _S.DONE: frozenset()}
HAND_OVER_LIFE: Final = Life("state", {Verb.SETTLE_HAND_OVER: frozenset({_S.OPEN})})


@record(kind="hand-over", kept="twelve months after it is done", parties=("person",), life=HAND_OVER_LIFE)
class HandOver(OfScheme):
    """What was open when a supporter left, and what of it is still. It names no learner."""

    id: Open[HandOverId]
    version: Open[int] = 0
    scheme: Open[SchemeId]
    jurisdiction: Open[str]
    prison: Open[str]
    organisation: Open[str]
    supporter: Operational[SupporterId]
    person: Operational[PersonId]
    started_on: Operational[date]
    started_by: Operational[ActorId]
    roster_entries: Operational[int]
    """Bands that he was rostered for and that are free."""
    still_open: Operational[tuple[Item, ...]]
    state: Operational[HandOverState] = HandOverState.OPEN
    done_on: Operational[date | None] = None
    outlives = True


_LEAVES: Final = frozenset({*HOLDING, *GONE})


async def start(begin: Begin, supporter: UUID) -> View[HandOver]:
    """He is about to leave: what hangs on him is handed over now, and not only on the day."""
    async with begin.serially(Verb.START_HAND_OVER) as act:
        who = await act.fetch(Supporter, supporter)
        require(
            (who.standing in _LEAVES, f"STATE_{who.standing.value}"), (not await begun(act, who), "ALREADY_STARTED")
        )
        new = _listed(act, who, *await _freed(act, who))
        act.keep(new)
        return act.disclose(new)


async def leave(act: Act, who: Supporter, *, died: bool = False) -> None:
    """He leaves now, whoever decided it. What has come to hang on him since a hand-over began is free too; a list is
    made once."""
    learners, bands = await _freed(act, who)
    if not await begun(act, who):
        act.keep_beside(_listed(act, who, learners, bands, died=died))


async def begun(act: Act, who: Supporter) -> bool:
    """Whether this leaving of his was begun: a hand-over from before he came back on appeal was of another."""
    overturned = {"supporter": who.id, "state": SuspensionState.OVERTURNED}
    heard = await looking.all_known(act, Suspension, overturned)
    back = max((each.appeal_decided_on or date.min for each in heard), default=date.min)
    theirs = await looking.all_known(act, HandOver, {"supporter": who.id})
    return any(each.started_on > back for each in theirs)


async def _freed(act: Act, who: Supporter) -> tuple[int, int]:
    """His learners keep all that they have reached and wait for a mentor, his sessions to come and his place on the
    rota are free, his supervision ends. How many learners, and how many bands."""
    learners = await _vacated(act, who)
    bands = await _off_the_rota(act, who)
    await wishes.leave(act, who)
    await mandates.leave(act, who)
    supervision = await supervised_by(act, who.id)
    if supervision is not None:
        over = with_(supervision, ended_on=local_day(who, act.now), booked_for=None)
        act.keep_beside(over, was=supervision)
    return learners, bands


def _listed(act: Act, who: Supporter, learners: int, bands: int, *, died: bool = False) -> HandOver:
    """What is seen to, by those who stay."""
    nothing = {*(() if learners else (Item.SUCCESSORS,)), *((Item.FAREWELL_TALK,) if died else ())}
    return made(
        act,
        who,
        HandOver,
        supporter=who.id,
        person=who.person,
        started_on=local_day(who, act.now),
        started_by=act.viewer.actor,
        roster_entries=bands,
        still_open=tuple(item for item in Item if item not in nothing),
    )


async def _vacated(act: Act, who: Supporter) -> int:
    """His learners wait for another, and what is still to come with him does not take place; what has been, and nobody
    has recorded yet, may have. How many they are."""
    equal: dict[str, Any] = {"supporter": who.id, "state": EnrolmentState.STARTED}
    his = await looking.all_known(act, Enrolment, equal)
    for each in his:
        free = mentors.vacated(each, MentorChanged.LEFT_THE_ROLE, local_day(each, act.now))
        await mentors.handed_on(act, each, free)
        act.keep_beside(free, was=each)
        await appointments.go_along(act, free)
    await mentors.call_off(act, {"supporter": who.id}, NotDelivered.MENTOR_ABSENT)
    return len(his)


async def _off_the_rota(act: Act, who: Supporter) -> int:
    today, free = local_day(who, act.now), 0
    for state in (RosterState.PUBLISHED, RosterState.WAITING):
        for each in await looking.all_known(act, RosterEntry, {"supporter": who.id, "state": state}):
            if each.day >= today:
                act.keep_beside(await roster.withdrawn(act, each), was=each)
                free += 1
    return free


async def settle(begin: Begin, id: UUID, *, seen: Tag, settled: tuple[Item, ...]) -> View[HandOver]:
    """These are seen to. With the last of them the hand-over is done."""
    async with begin(Verb.SETTLE_HAND_OVER) as act:
        was = await act.fetch(HandOver, id, seen=seen)
        require(may_move(act, was))
        left = tuple(item for item in was.still_open if item not in settled)
        done = {} if left else {"state": HandOverState.DONE, "done_on": local_day(was, act.now)}
        now = with_(was, still_open=left, **done)
        act.keep(now, was=was)
        return act.disclose(now)


async def succeed(
    begin: Begin, enrolment: UUID, *, seen: Tag, supporter: UUID, source: KeptApart = nobody_can_say
) -> View[Enrolment]:
    """Another mentor takes a learner on, if `source` does not keep them apart: where he stands is where they go on
    from."""
    async with begin.serially(Verb.SUCCEED_ENROLMENT) as act:
        was = await act.fetch(Enrolment, enrolment, seen=seen)
        mentor = await of_scheme(act, was.scheme, supporter)
        require(
            may_move(act, was),
            (was.supporter is None, "HAS_A_MENTOR"),
            (mentor.person != was.person, "MENTOR_IS_LEARNER"),
            *serves(act, mentor, local_day(was, act.now)),
            await may_meet(act, source, was.person, mentor.person),
        )
        now = mentors.taken_on(was, mentor, local_day(was, act.now))
        await mentors.handed_on(act, was, now)
        await appointments.go_along(act, now)
        act.keep(now, was=was)
        return act.disclose(now)

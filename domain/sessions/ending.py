"""What ends, for somebody who is helped, when he is in the prison no longer (rule 24): his enrolments, with all that he
has reached; the first meeting that he waited for; a request under an open policy."""

import dataclasses

from domain import looking
from domain.act import Act
from domain.kernel.days import local_day
from domain.kernel.ids import PersonId
from domain.kernel.moves import move
from domain.schemes.belonging import with_
from domain.schemes.charter import Ending
from domain.sessions import mentors, moves
from domain.sessions.arrivals import Arrival, NotMet
from domain.sessions.codes import Alternative, MentorChanged, RefusalCode
from domain.sessions.record import ENROLMENT_MOVES, RUNNING, Enrolment, EnrolmentState
from domain.sessions.request import Request


async def gone(act: Act, was: Enrolment, ending: EnrolmentState, because: Ending | None) -> Enrolment:
    """The enrolment of one who has left the prison: he is of none of its wings, and no mentor's learner."""
    today = local_day(was, act.now)
    state = move(ENROLMENT_MOVES, was.state, ending)
    over = dataclasses.replace(was, state=state, ended_on=today, ended_for=because, review_due_on=None, wing=None)
    now = mentors.vacated(over, MentorChanged.LEARNER_LEFT, today)
    await mentors.handed_on(act, was, now)
    await mentors.off_the_wing(act, was)
    return now


async def leaves(act: Act, person: PersonId, prison: str, *, transferred: bool) -> list[Enrolment]:
    """Whoever was helped in this prison has left it. His enrolments as they ended."""
    here = {"person": person, "prison": prison}
    ended: list[Enrolment] = []
    for state in sorted(RUNNING):
        for was in await looking.all_known(act, Enrolment, {**here, "state": state}):
            how = EnrolmentState.TRANSFERRED if transferred else EnrolmentState.RELEASED
            now = await gone(act, was, how, None if transferred else Ending.RELEASED)
            act.keep_beside(now, was=was)
            ended.append(now)
    for each in await looking.all_known(act, Arrival, {**here, "met_at": None, "closed_for": None}):
        act.keep_beside(with_(each, closed_for=NotMet.MOVED_ON), was=each)
    for waits in moves.WAITS:
        for asked in await looking.all_known(act, Request, {**here, "state": waits}):
            over = moves.refused(asked, None, None, RefusalCode.MOVED, Alternative.NONE, act.now)
            act.keep_beside(over, was=asked)
    return ended

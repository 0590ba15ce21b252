"""Who helps a learner, one after the other: a change of mentor ends nothing, and what was planned with the one who goes
does not take place (S8; domain facts 11.3)."""

import dataclasses
from datetime import date
from typing import Final

from domain import looking
from domain.act import Act
from domain.kernel.moves import move
from domain.schemes.belonging import with_
from domain.sessions.codes import MentorChanged, NotDelivered
from domain.sessions.follow_ups import FollowUp, FollowUpBy
from domain.sessions.goals import EnrolmentGoal, GoalState
from domain.sessions.record import SESSION_MOVES, Enrolment, EnrolmentState, Session, SessionState
from domain.supporters.record import Supporter

SAID: Final = frozenset(MentorChanged) - {MentorChanged.LEARNER_LEFT, MentorChanged.NOT_RECORDED}
"""Why a mentor changes, where somebody says why."""


def vacated(enrolment: Enrolment, because: MentorChanged, today: date) -> Enrolment:
    """The enrolment without its mentor, who stands in its history with his days and why he goes."""
    if enrolment.supporter is None:
        return enrolment
    return dataclasses.replace(
        enrolment,
        supporter=None,
        supporter_person=None,
        mentor_since=None,
        earlier_supporters=(*enrolment.earlier_supporters, enrolment.supporter),
        earlier_since=(*enrolment.earlier_since, enrolment.mentor_since or enrolment.enrolled_on),
        earlier_until=(*enrolment.earlier_until, today),
        earlier_for=(*enrolment.earlier_for, because),
    )


def taken_on(enrolment: Enrolment, mentor: Supporter, today: date) -> Enrolment:
    """The enrolment with this mentor: where the learner stands is where they go on from."""
    return dataclasses.replace(
        enrolment,
        supporter=mentor.id,
        supporter_person=mentor.person,
        mentor_since=today,
        state=EnrolmentState.STARTED,
    )


async def handed_on(act: Act, was: Enrolment, now: Enrolment) -> None:
    """What is open goes along with the learner: his goals, and what his mentor was to see to. They are read by the
    mentor whom he has now; while he has none, by none (rule 24)."""
    to = now.supporter_person
    if to == was.supporter_person:
        return
    for goal in await looking.all_known(act, EnrolmentGoal, {"enrolment": was.id, "state": GoalState.OPEN}):
        act.keep_beside(with_(goal, supporter_person=to), was=goal)
    his = {"scheme": was.scheme, "person": was.person, "supporter_person": was.supporter_person, "outcome": None}
    for each in await looking.all_known(act, FollowUp, his):
        if each.whose is FollowUpBy.SUPPORTER:
            act.keep_beside(with_(each, supporter_person=to), was=each)


async def call_off(act: Act, equal: dict[str, object], why: NotDelivered) -> None:
    """Of the planned sessions that are so, those to come do not take place; what has been, and nobody has recorded yet,
    may have."""
    for session in await looking.all_known(act, Session, {**equal, "state": SessionState.PLANNED}):
        if session.starts_at > act.now:
            to = move(SESSION_MOVES, session.state, SessionState.NOT_DELIVERED)
            act.keep_beside(dataclasses.replace(session, state=to, not_delivered=why, called_off=True), was=session)


async def off_the_wing(act: Act, enrolment: Enrolment) -> None:
    """He has left the prison: nobody of its wing reads of his sessions any more (rule 24)."""
    for session in await looking.all_known(act, Session, {"enrolment": enrolment.id}):
        off = dataclasses.replace(session, wing=None)
        if session.state is SessionState.PLANNED and session.starts_at > act.now:
            to = move(SESSION_MOVES, session.state, SessionState.NOT_DELIVERED)
            off = dataclasses.replace(off, state=to, not_delivered=NotDelivered.TRANSFERRED, called_off=True)
        if off != session:
            act.keep_beside(off, was=session)

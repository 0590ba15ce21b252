"""A year of learning: who learns with whom, when they would meet, and what came of it (domain facts 1.3).

Mentors are followed backwards from today, learner after learner. One who left or paused handed his learner to another
mentor, where one had an hour free, so that the enrolment went on (S8). Planned sessions outnumber delivered ones, and
the reasons say that it is the regime that costs most.
"""

import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Final

from api.demonstration.careers import gone, in_role_on
from api.demonstration.hat import Hat
from api.demonstration.people import Prison
from domain.kernel.ids import EnrolmentId, SessionId, SupporterId
from domain.people.record import Person
from domain.schemes.charter import Ending
from domain.schemes.kinds import SHANNON_TRUST
from domain.schemes.record import Scheme
from domain.sessions import mentors
from domain.sessions.codes import MentorChanged, NotDelivered, Programme
from domain.sessions.learning import HIGHEST_MANUAL
from domain.sessions.record import LEFT_PRISON, Enrolment, EnrolmentState, Goal, Session, SessionState
from domain.supporters.record import LeavingReason, Supporter

YEAR: Final = timedelta(days=364)
AHEAD: Final = timedelta(days=7)
"""How far sessions are planned."""
SHORTEST: Final = timedelta(days=21)
HOURS: Final = (time(9, 0), time(9, 40), time(10, 20), time(14, 0), time(14, 40), time(15, 20))
SPARE: Final = time(18, 10)
"""The hour at which a mentor meets a learner whom he took over; none of `HOURS`, so the two never meet."""
LENGTH: Final = timedelta(minutes=30)
DELIVERED: Final = 0.68
_A_WEEK: Final = ((1, 2), (2, 5), (3, 2), (5, 1))
_NOT: Final = (
    (NotDelivered.NOT_UNLOCKED, 34),
    (NotDelivered.CANCELLED_REGIME, 26),
    (NotDelivered.LEARNER_ABSENT, 20),
    (NotDelivered.MENTOR_ABSENT, 10),
    (NotDelivered.NO_SPACE, 10),
)
_ENDINGS: Final = (
    (EnrolmentState.TRANSFERRED, 40),
    (EnrolmentState.RELEASED, 35),
    (EnrolmentState.WITHDRAWN_LEARNER, 25),
)
_FOR: Final = {
    EnrolmentState.COMPLETED: Ending.GOAL_MET,
    EnrolmentState.RELEASED: Ending.RELEASED,
    EnrolmentState.WITHDRAWN_LEARNER: Ending.OWN_WISH,
}
_LEFT: Final = {
    EnrolmentState.TRANSFERRED: LeavingReason.TRANSFERRED,
    EnrolmentState.RELEASED: LeavingReason.RELEASED,
}
_NOTES: Final = (
    "Start again at the top of the page next time.",
    "Read a whole page without stopping.",
    "Wants to try a story next.",
    "Long vowels are still hard; go back one page.",
    "Check is due: take the short one.",
    "Brought a form from work to read together.",
)


@dataclass(frozen=True, slots=True)
class Lessons:
    """Learners, their enrolments, and every session planned."""

    persons: list[Person] = field(default_factory=list[Person])
    enrolments: list[Enrolment] = field(default_factory=list[Enrolment])
    sessions: list[Session] = field(default_factory=list[Session])


@dataclass(slots=True)
class _Course:
    """One learner's time: from when, until when (None: it goes on), with whom, and who took over on which day."""

    mentor: Supporter
    start: date
    end: date | None
    successor: Supporter | None = None
    change: date = date.max

    def with_whom(self, day: date) -> Supporter:
        return self.successor if self.successor is not None and day >= self.change else self.mentor


def lessons(
    hat: Hat,
    scheme: Scheme,
    prison: Prison,
    mentors: Sequence[Supporter],
    *,
    pupil: Person | None = None,
    waiting: int = 3,
) -> Lessons:
    """The year's lessons. `pupil` learns with the first mentor now; `waiting` learners have nobody yet."""
    made = Lessons()
    courses = list(_courses(hat, mentors))
    _hand_over(hat, courses, mentors)
    for course in courses:
        own = course.mentor is mentors[0] and course.end is None
        learner = pupil if own and pupil is not None else hat.person(prison)
        _followed(hat, scheme, prison, course, learner, made)
    for _ in range(waiting):
        learner = hat.person(prison)
        enrolled = hat.today - hat.days(1, 30)
        made.persons.append(learner)
        made.enrolments.append(_enrolment(hat, scheme, learner, None, enrolled))
    return made


def _courses(hat: Hat, mentors: Sequence[Supporter]) -> Iterator[_Course]:
    for mentor in mentors:
        if mentor.probation_from is None:
            continue
        left = mentor.left_on or mentor.paused_on
        first = max(mentor.probation_from, hat.today - YEAR) + timedelta(days=1)
        until, running = left or hat.today, left is None
        while True:
            start = max(first, until - (hat.days(14, 110) if running else hat.days(56, 150)))
            if until - start < (timedelta(days=3) if running else SHORTEST):
                break
            yield _Course(mentor, start, None if running else until)
            until, running = start - hat.days(10, 40), False


def _hand_over(hat: Hat, courses: list[_Course], mentors: Sequence[Supporter]) -> None:
    """Learners whose mentor left: two of three go on with somebody else."""
    taken: dict[SupporterId, list[tuple[date, date]]] = {}
    for course in courses:
        left = course.mentor.left_on or course.mentor.paused_on
        if left is None or course.end != left or not hat.likely(0.67):
            continue
        end = left + hat.days(20, 80)
        until = end if end < hat.today else date.max
        there = [m for m in mentors if in_role_on(m, left) and in_role_on(m, min(until, hat.today))]
        free = [m for m in there if all(until < a or left > b for a, b in taken.get(m.id, []))]
        if free:
            course.successor, course.change = hat.chance.choice(free), left
            course.end = None if until == date.max else until
            taken.setdefault(course.successor.id, []).append((left, until))


def _followed(hat: Hat, scheme: Scheme, prison: Prison, course: _Course, learner: Person, made: Lessons) -> None:
    """One course: its enrolment, and every session of it."""
    a_week = hat.weighed(_A_WEEK)
    weekdays = set(hat.chance.sample(range(5), a_week))
    hour = hat.chance.choice(HOURS)
    ending = None if course.end is None else hat.weighed(_ENDINGS)
    until = course.end or hat.today + AHEAD
    days = [d for d in _days(course.start, until) if d.weekday() in weekdays]
    # Nobody who goes on has read all five manuals; others may have, and are done that day.
    pace = max(hat.chance.randint(4, 9), 0 if ending else len(days) // HIGHEST_MANUAL + 1)
    base = _enrolment(hat, scheme, learner, course.with_whom(course.start), course.start, a_week)
    reading = _Reading(hat, pace)
    sessions: list[Session] = []
    for day in days:
        mentor = course.with_whom(day)
        starts = hat.at(day, SPARE if mentor is course.successor else hour)
        transferred = ending is EnrolmentState.TRANSFERRED and day == days[-1]
        planned = _session(hat, base, mentor, starts)
        sessions.append(planned if planned.ends_at > hat.now else reading.came_of(planned, transferred))
        if reading.done:
            ending = EnrolmentState.COMPLETED
            break
    last = course.with_whom(sessions[-1].starts_at.date()) if sessions else course.with_whom(course.start)
    ended = None if ending is None else (sessions[-1].starts_at.date() if sessions else course.end)
    if last is not course.mentor:
        base = mentors.taken_on(mentors.vacated(base, MentorChanged.LEFT_THE_ROLE, course.change), last, course.change)
    enrolment = dataclasses.replace(
        base,
        wing=None if ending in LEFT_PRISON else base.wing,
        state=ending or EnrolmentState.STARTED,
        ended_on=ended,
        ended_for=_FOR.get(ending) if ending else None,
        review_due_on=None if ending else _next_review(course.start, hat.today),
        manual=reading.manual,
        manuals_passed=tuple(range(1, reading.checks + 1)),
        checks_passed=reading.checks,
    )
    if enrolment.wing is None:
        sessions = [dataclasses.replace(each, wing=None) for each in sessions]
    made.persons.append(gone(learner, prison, _LEFT.get(ending) if ending else None))
    made.enrolments.append(enrolment)
    made.sessions.extend(sessions)


def _next_review(start: date, today: date) -> date:
    """Every four weeks from the first day on, as the kind has it."""
    every = SHANNON_TRUST.supervision_days
    return start + timedelta(days=every * ((today - start).days // every + 1))


def _days(start: date, until: date) -> Iterator[date]:
    """The days after the first, up to the last, which is left out."""
    return (start + timedelta(days=n) for n in range(1, (until - start).days))


@dataclass(slots=True)
class _Reading:
    """How far a learner has come: a check after every `pace` sessions, and five manuals."""

    hat: Hat
    pace: int
    delivered: int = field(default=0)

    @property
    def checks(self) -> int:
        return self.delivered // self.pace

    @property
    def manual(self) -> int:
        return min(HIGHEST_MANUAL, 1 + self.checks)

    @property
    def done(self) -> bool:
        return self.checks == HIGHEST_MANUAL

    def came_of(self, session: Session, transferred: bool) -> Session:
        if transferred or not self.hat.likely(DELIVERED):
            why = NotDelivered.TRANSFERRED if transferred else self.hat.weighed(_NOT)
            return dataclasses.replace(session, state=SessionState.NOT_DELIVERED, not_delivered=why)
        manual, within = self.manual, self.delivered % self.pace
        self.delivered += 1
        return dataclasses.replace(
            session,
            state=SessionState.DELIVERED,
            minutes=self.hat.chance.randint(12, 28),
            manual=manual,
            page=1 + within * 60 // self.pace + self.hat.chance.randint(0, 4),
            note=self.hat.chance.choice(_NOTES) if self.hat.likely(0.15) else None,
        )


def _enrolment(
    hat: Hat, scheme: Scheme, learner: Person, mentor: Supporter | None, enrolled: date, a_week: int = 5
) -> Enrolment:
    return Enrolment(
        id=EnrolmentId(hat.ids()),
        scheme=scheme.id,
        jurisdiction=scheme.jurisdiction,
        prison=scheme.prison,
        organisation=scheme.organisation,
        wing=learner.wing or "",
        person=learner.id,
        name=learner.name,
        supporter=None if mentor is None else mentor.id,
        supporter_person=None if mentor is None else mentor.person,
        state=EnrolmentState.WAITING if mentor is None else EnrolmentState.STARTED,
        mentor_since=None if mentor is None else enrolled,
        goal=hat.chance.choice(list(Goal)),
        programme=Programme.TURNING_PAGES,
        sessions_a_week=a_week,
        enrolled_on=enrolled,
    )


def _session(hat: Hat, of: Enrolment, mentor: Supporter, starts: datetime) -> Session:
    return Session(
        id=SessionId(hat.ids()),
        enrolment=of.id,
        scheme=of.scheme,
        jurisdiction=of.jurisdiction,
        prison=of.prison,
        organisation=of.organisation,
        wing=of.wing,
        person=of.person,
        supporter=mentor.id,
        supporter_person=mentor.person,
        starts_at=starts,
        ends_at=starts + LENGTH,
    )

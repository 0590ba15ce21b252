"""Enrolments and sessions of learners: recorded under an open information policy, as it says."""

import dataclasses
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from domain import looking
from domain.act import Act, Begin
from domain.confidentiality.admission import admit
from domain.confidentiality.disclosure import Tag, View
from domain.confidentiality.verbs import Verb
from domain.kernel.days import local_day
from domain.kernel.errors import Absent, Failure, Unacceptable
from domain.kernel.ids import EnrolmentId, PersonId, SessionId
from domain.kernel.moves import move, require
from domain.kernel.pages import Page
from domain.kernel.words import names_a_number
from domain.people.acts import person_of
from domain.ports import KeptApart, Query, nobody_can_say
from domain.schemes.acts import scheme_here
from domain.schemes.charter import Ending
from domain.schemes.made import terms_of
from domain.schemes.needs import TargetNeed
from domain.schemes.record import Scheme
from domain.schemes.told import Told, told_of
from domain.schemes.vocabulary import Contact
from domain.sessions import enrolments, mentors, plans, recording
from domain.sessions.apart import may_meet
from domain.sessions.asking import AHEAD
from domain.sessions.codes import FactMark, NotDelivered, Programme, StageOfSentence
from domain.sessions.ending import gone
from domain.sessions.follow_ups import TALK_WITHIN, FollowUpBy, FollowUpTask, following, raised
from domain.sessions.record import (
    ENDED_FOR,
    ENDINGS,
    ENROLMENT_MOVES,
    LEFT_PRISON,
    RUNNING,
    SESSION_MOVES,
    Enrolment,
    EnrolmentState,
    Goal,
    Session,
    SessionState,
)
from domain.supporters.availability import of_scheme, serves
from domain.supporters.record import Supporter

LONGEST: Final = timedelta(hours=2)
HIGHEST_MANUAL: Final = 5
LASTING: Final = frozenset({Contact.ENROLMENT, Contact.CASE, Contact.TASK_LOG})
"""Kinds whose support of one person lasts: he is enrolled (domain facts 3.7)."""


async def enrol(
    begin: Begin,
    *,
    scheme: UUID,
    identifier: str,
    name: str,
    wing: str,
    goal: Goal | None = None,
    supporter: UUID | None = None,
    sessions_a_week: int = 5,
    needs: tuple[TargetNeed, ...] = (),
    stage_of_sentence: StageOfSentence | None = None,
    programme: Programme | None = None,
    source: KeptApart = nobody_can_say,
) -> View[Enrolment]:
    """Somebody joins; with a mentor it starts, without one it waits. What he learns it for, and by which programme, is
    said where the kind teaches. `source` says who is kept apart. Serially: a scheme that closes leaves nobody behind,
    and nobody is enrolled twice."""
    async with begin.serially(Verb.ENROL) as act:
        of = await scheme_here(act, scheme)
        today = local_day(of, act.now)
        enrolment = Enrolment(
            id=EnrolmentId(act.new_id()),
            **recording.place(of),
            wing=wing,
            person=PersonId(act.new_id()),
            name=name,
            goal=goal,
            sessions_a_week=sessions_a_week,
            needs=needs,
            stage_of_sentence=stage_of_sentence,
            enrolled_on=today,
        )
        act.within_reach(enrolment)  # before anybody is looked up: who is known or enrolled here is not to be learned
        if wrong := [*await plans.needs_known(act, of.id, needs), *recording.wing_elsewhere(of, wing)]:
            raise Unacceptable(wrong)
        learner = await person_of(act, of.jurisdiction, of.prison, identifier, name, wing)
        mentor = None if supporter is None else await of_scheme(act, of.id, supporter)
        fit = () if mentor is None else serves(act, mentor, today)
        meet = await may_meet(act, source, learner, mentor.person if mentor else None)
        kind = await terms_of(act, of)
        teaches = kind.contact is Contact.ENROLMENT
        fits = (teaches or kind.contact not in LASTING or (goal is None and programme is None), "KIND_DOES_NOT_ALLOW")
        if teaches and goal is None:
            raise Unacceptable([Failure("NEEDED_HERE", "/goal")])
        himself = mentor is not None and mentor.person == learner.id
        enrolment = dataclasses.replace(
            enrolment,
            person=learner.id,
            name=learner.name,
            programme=(programme or Programme.TURNING_PAGES) if teaches else None,
            review_due_on=today + enrolments.review_after(kind),
        )
        if mentor is not None:
            enrolment = mentors.taken_on(enrolment, mentor, today)
        once = (not await _runs(act, enrolment), "ALREADY_ENROLLED")
        guards = (fits, (not himself, "MENTOR_IS_LEARNER"), once, *fit, meet)
        return await recording.admitted(act, of, LASTING, enrolment, *guards)


async def _runs(act: Act, new: Enrolment) -> bool:
    """Whether he is enrolled in this scheme already, for the same programme where it teaches, and that goes on."""
    his = {"scheme": new.scheme, "person": new.person, "programme": new.programme}
    return any(each.state in RUNNING for each in await looking.all_known(act, Enrolment, his))


async def end(
    begin: Begin, id: UUID, *, seen: Tag, ending: EnrolmentState, because: Ending | None = None
) -> View[Enrolment]:
    """The enrolment ends; how is its state, and why a reason of the plan's own words. Starting is no ending, and a move
    to another prison no reason. Who has left the prison is of none of its wings, and no mentor's learner (rule 24)."""
    async with begin.serially(Verb.END_ENROLMENT) as act:
        if ending not in ENDINGS:
            raise Unacceptable([Failure("NOT_AN_ENDING", "/ending")])
        fitting = ENDED_FOR[ending]
        if (because is None) is bool(fitting) or (because is not None and because not in fitting):
            raise Unacceptable([Failure("REASON_GOES_WITH_ENDING", "/because")])
        enrolment = await act.fetch(Enrolment, id, seen=seen)
        if ending in LEFT_PRISON:
            changed = await gone(act, enrolment, ending, because)
        else:
            to = move(ENROLMENT_MOVES, enrolment.state, ending)
            today = local_day(enrolment, act.now)
            changed = dataclasses.replace(enrolment, state=to, ended_on=today, ended_for=because, review_due_on=None)
            await mentors.call_off(act, {"enrolment": enrolment.id}, NotDelivered.NOT_REQUIRED)
        act.keep(changed, was=enrolment)
        return act.disclose(changed)


async def plan(
    begin: Begin, *, enrolment: UUID, starts_at: datetime, ends_at: datetime, source: KeptApart = nobody_can_say
) -> View[Session]:
    """Book a session. Two bookings of one person that overlap are refused by the database itself (F37), and so are two
    people whom `source` keeps apart: in the same words (rule 11)."""
    async with begin.serially(Verb.PLAN_SESSION) as act:
        of = await act.fetch(Enrolment, enrolment)
        if not timedelta(0) < ends_at - starts_at <= LONGEST:
            raise Unacceptable([Failure("LENGTH", "/endsAt")])
        if starts_at < act.now - AHEAD:
            raise Unacceptable([Failure("IN_THE_PAST", "/startsAt")])
        scheme = await act.known_one(Scheme, of.scheme)
        mentor = None if of.supporter is None else await act.known_one(Supporter, of.supporter)
        require(
            (of.state is EnrolmentState.STARTED, f"STATE_{of.state.value}"),
            (mentor is not None, "NO_MENTOR"),
            (scheme is not None and scheme.open, "SCHEME_NOT_OPEN"),
            *(() if mentor is None else serves(act, mentor, local_day(of, starts_at))),
            await may_meet(act, source, of.person, of.supporter_person),
        )
        if mentor is None:
            raise Absent
        session = Session(
            id=SessionId(act.new_id()),
            enrolment=of.id,
            scheme=of.scheme,
            jurisdiction=of.jurisdiction,
            prison=of.prison,
            organisation=of.organisation,
            wing=of.wing,
            person=of.person,
            supporter=mentor.id,
            supporter_person=mentor.person,
            starts_at=starts_at,
            ends_at=ends_at,
        )
        act.keep(session)
        return act.disclose(session)


async def record_session(
    begin: Begin,
    id: UUID,
    *,
    seen: Tag | None,
    delivered: bool,
    not_delivered: NotDelivered | None = None,
    minutes: int | None = None,
    manual: int | None = None,
    page: int | None = None,
    check_passed: bool = False,
    note: str | None = None,
) -> View[Session]:
    """What came of a planned session: delivered, with minutes and progress, or not, with a coded reason. The progress
    moves the enrolment on: the manual reached, and a check passed (one a manual). `seen` is None where it is typed
    late: it is a fact, whatever has been read since, and though it was called off since; then somebody talks with the
    mentor (rule 18)."""
    async with begin(Verb.RECORD_SESSION) as act:
        session = await act.fetch(Session, id, seen=seen)
        if delivered is (not_delivered is not None) or delivered is (minutes is None):
            raise Unacceptable([Failure("REASON_OR_MINUTES", "/delivered")])
        if note is not None and names_a_number(note, {session.jurisdiction}):
            raise Unacceptable([Failure("LOOKS_LIKE_A_PRISON_NUMBER", "/note")])
        of = await act.known_one(Scheme, session.scheme)
        if of is None:
            raise Absent
        to = SessionState.DELIVERED if delivered else SessionState.NOT_DELIVERED
        marks = await _marks(act, session) if delivered else ()
        was_off = session.called_off and session.state is SessionState.NOT_DELIVERED
        held = was_off and seen is None and delivered
        changed = dataclasses.replace(
            session,
            state=to if held else move(SESSION_MOVES, session.state, to),
            not_delivered=not_delivered,
            minutes=minutes,
            manual=manual,
            page=page,
            note=note,
            words_gone_on=None,
            marks=(),
        )
        if check_passed and (not delivered or manual is None):
            raise Unacceptable([Failure("CHECK_GOES_WITH_MANUAL", "/checkPassed")])
        require((not delivered or session.starts_at <= act.now + AHEAD, "NOT_BEGUN"))
        admit(changed, (await terms_of(act, of)).policy)
        changed = dataclasses.replace(changed, marks=marks)
        act.keep(changed, was=session)
        for each in raised(act, changed):
            act.keep_beside(each)
        if held:
            talk = local_day(session, act.now) + TALK_WITHIN
            act.keep_beside(following(act, session, FollowUpTask.TALK_WITH_SUPPORTER, FollowUpBy.STAFF, talk))
        learner = await act.known_one(Enrolment, session.enrolment)
        if learner is not None and delivered and manual is not None:
            passed = tuple(sorted({*learner.manuals_passed, *((manual,) if check_passed else ())}))
            further = dataclasses.replace(
                learner,
                manual=max(learner.manual, manual),
                page=_furthest(learner, manual, page),
                manuals_passed=passed,
                checks_passed=len(passed),
            )
            if further != learner:
                act.keep_beside(further, was=learner)
        return act.disclose(changed)


def _furthest(learner: Enrolment, manual: int, page: int | None) -> int | None:
    """The page reached in the furthest manual, in whatever order sessions are typed: of an earlier manual none, of the
    same the greater one."""
    if manual > learner.manual:
        return page
    if manual < learner.manual:
        return learner.page
    return max((each for each in (page, learner.page) if each is not None), default=None)


async def _marks(act: Act, session: Session) -> tuple[FactMark, ...]:
    mentor = await act.known_one(Supporter, session.supporter)
    day = local_day(session, session.starts_at)
    return () if mentor is None else await recording.marks_of(act, mentor, day)


async def read_enrolment(begin: Begin, id: UUID) -> Told[Enrolment]:
    """One enrolment, with what the scheme is for: learner and mentor read the same (S6)."""
    async with begin(Verb.READ_ENROLMENT) as act:
        return await told_of(act, await act.fetch(Enrolment, id))


async def search_enrolments(begin: Begin, query: Query) -> Page[View[Enrolment]]:
    """The enrolments in reach."""
    return await looking.many(begin, Verb.READ_ENROLMENT, Enrolment, query)


async def read_session(begin: Begin, id: UUID) -> View[Session]:
    """One session."""
    return await looking.one(begin, Verb.READ_SESSION, Session, id)


async def search_sessions(begin: Begin, query: Query) -> Page[View[Session]]:
    """The sessions in reach."""
    return await looking.many(begin, Verb.READ_SESSION, Session, query)

"""Inductions by Insiders, enrolments and sessions of learners: recorded under an open information policy, as it
says."""

import dataclasses
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from domain import looking
from domain.act import Act, Begin
from domain.care import debriefs
from domain.confidentiality.admission import admit
from domain.confidentiality.disclosure import Tag, View
from domain.confidentiality.roles import IN_CUSTODY
from domain.confidentiality.verbs import Verb
from domain.kernel.days import local_day
from domain.kernel.errors import Absent, Failure, NotNow, Unacceptable
from domain.kernel.ids import ActorId, EnrolmentId, InductionId, SessionId
from domain.kernel.moves import move, require
from domain.kernel.pages import Page
from domain.kernel.words import names_a_number
from domain.people.acts import person_of
from domain.ports import Query
from domain.schemes.acts import scheme_here
from domain.schemes.made import terms_of
from domain.schemes.record import Scheme
from domain.schemes.told import Told, told_of
from domain.schemes.vocabulary import Contact
from domain.sessions.asking import AHEAD
from domain.sessions.codes import ChecklistItem, NotDelivered
from domain.sessions.record import (
    ENDINGS,
    ENROLMENT_MOVES,
    SESSION_MOVES,
    Enrolment,
    EnrolmentState,
    Goal,
    Induction,
    Session,
    SessionState,
)
from domain.supporters.availability import of_scheme, serves
from domain.supporters.record import Standing, Supporter

LONGEST: Final = timedelta(hours=2)
HIGHEST_MANUAL: Final = 5


async def record_induction(
    begin: Begin,
    *,
    scheme: UUID,
    wing: str,
    arrived_at: datetime,
    seen_at: datetime,
    checklist: tuple[ChecklistItem, ...],
    told_policy: bool,
    language: str = "en",
    concern_told_to_staff: bool = False,
    follow_up_on: date | None = None,
    supporter: UUID | None = None,
    identifier: str | None = None,
    name: str | None = None,
) -> View[Induction]:
    """An Insider met a new arrival. Typed by the Insider it names nobody; staff who type it may say who was met."""
    async with begin(Verb.RECORD_INDUCTION) as act:
        of = await scheme_here(act, scheme)
        himself = act.viewer.role in IN_CUSTODY
        named = [n for n, v in (("identifier", identifier), ("name", name), ("supporter", supporter)) if v is not None]
        if himself and named:
            raise Unacceptable([Failure("UNKNOWN_FIELD", "/" + n) for n in named])
        if (identifier is None) is not (name is None):
            raise Unacceptable([Failure("NAME_GOES_WITH_IDENTIFIER", "/name")])
        if not arrived_at <= seen_at <= act.now + AHEAD:
            raise Unacceptable([Failure("TIMES_OUT_OF_ORDER", "/seenAt")])
        insider = await _supporter(act, of, supporter)
        who = None
        if identifier is not None and name is not None:
            who = await person_of(act, of.jurisdiction, of.prison, identifier, name, wing)
        induction = Induction(
            id=InductionId(act.new_id()),
            **_place(of),
            wing=wing,
            person=None if who is None else who.id,
            name=None if who is None else who.name,
            supporter=insider.id,
            supporter_person=insider.person,
            arrived_at=arrived_at,
            seen_at=seen_at,
            minutes_after_arrival=int((seen_at - arrived_at).total_seconds() // 60),
            checklist=checklist,
            language=language,
            told_policy=told_policy,
            concern_told_to_staff=concern_told_to_staff,
            follow_up_on=follow_up_on,
            author=ActorId(act.viewer.actor),
        )
        if concern_told_to_staff:
            await debriefs.after_concern(act, insider, seen_at)
        return await _admitted(act, of, Contact.INDUCTION, induction)


async def enrol(
    begin: Begin,
    *,
    scheme: UUID,
    identifier: str,
    name: str,
    wing: str,
    goal: Goal,
    supporter: UUID | None = None,
    sessions_a_week: int = 5,
) -> View[Enrolment]:
    """A learner joins; with a mentor it starts, without one it waits. Serially: a scheme that closes leaves nobody
    behind."""
    async with begin.serially(Verb.ENROL) as act:
        of = await scheme_here(act, scheme)
        learner = await person_of(act, of.jurisdiction, of.prison, identifier, name, wing)
        mentor = None if supporter is None else await of_scheme(act, of.id, supporter)
        fit = () if mentor is None else serves(act, mentor, local_day(of, act.now))
        himself = mentor is not None and mentor.person == learner.id
        enrolment = Enrolment(
            id=EnrolmentId(act.new_id()),
            **_place(of),
            wing=wing,
            person=learner.id,
            name=learner.name,
            supporter=None if mentor is None else mentor.id,
            supporter_person=None if mentor is None else mentor.person,
            state=EnrolmentState.WAITING if mentor is None else EnrolmentState.STARTED,
            goal=goal,
            sessions_a_week=sessions_a_week,
            enrolled_on=local_day(of, act.now),
        )
        return await _admitted(act, of, Contact.ENROLMENT, enrolment, (not himself, "MENTOR_IS_LEARNER"), *fit)


async def end(begin: Begin, id: UUID, *, seen: Tag, ending: EnrolmentState) -> View[Enrolment]:
    """The enrolment ends; how is its state. Starting is no ending."""
    async with begin(Verb.END_ENROLMENT) as act:
        if ending not in ENDINGS:
            raise Unacceptable([Failure("NOT_AN_ENDING", "/ending")])
        enrolment = await act.fetch(Enrolment, id, seen=seen)
        to = move(ENROLMENT_MOVES, enrolment.state, ending)
        changed = dataclasses.replace(enrolment, state=to, ended_on=local_day(enrolment, act.now))
        act.keep(changed, was=enrolment)
        return act.disclose(changed)


async def plan(begin: Begin, *, enrolment: UUID, starts_at: datetime, ends_at: datetime) -> View[Session]:
    """Book a session. Two bookings of one person that overlap are refused by the database itself (F37)."""
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
    late: it is a fact, whatever has been read since (rule 18)."""
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
        changed = dataclasses.replace(
            session,
            state=move(SESSION_MOVES, session.state, to),
            not_delivered=not_delivered,
            minutes=minutes,
            manual=manual,
            page=page,
            note=note,
        )
        if check_passed and (not delivered or manual is None):
            raise Unacceptable([Failure("CHECK_GOES_WITH_MANUAL", "/checkPassed")])
        admit(changed, (await terms_of(act, of)).policy)
        act.keep(changed, was=session)
        learner = await act.known_one(Enrolment, session.enrolment)
        if learner is not None and delivered and manual is not None:
            passed = max(learner.checks_passed, manual) if check_passed else learner.checks_passed
            further = dataclasses.replace(learner, manual=max(learner.manual, manual), checks_passed=passed)
            if further != learner:
                act.keep_beside(further, was=learner)
        return act.disclose(changed)


async def read_induction(begin: Begin, id: UUID) -> View[Induction]:
    """One induction."""
    return await looking.one(begin, Verb.READ_INDUCTION, Induction, id)


async def search_inductions(begin: Begin, query: Query) -> Page[View[Induction]]:
    """The inductions in reach."""
    return await looking.many(begin, Verb.READ_INDUCTION, Induction, query)


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


def _place(of: Scheme) -> dict[str, Any]:
    return {
        "scheme": of.id,
        "jurisdiction": of.jurisdiction,
        "prison": of.prison,
        "organisation": of.organisation,
        "closed": of.closed,
    }


async def _admitted(act: Act, of: Scheme, contact: Contact, made: Any, *further: tuple[bool, str]) -> Any:
    kind = await terms_of(act, of)
    require((kind.contact is contact, "KIND_DOES_NOT_ALLOW"), (of.open, "SCHEME_NOT_OPEN"), *further)
    admit(made, kind.policy)
    act.keep(made)
    return act.disclose(made)


async def _supporter(act: Act, of: Scheme, id: UUID | None) -> Supporter:
    """The supporter of this scheme who is meant: the one named, or the viewer himself. Whoever is not in the role now
    is not there to be found. What he did is a fact, and no intention: neither a certificate nor an absence of today
    stands before it (rule 18)."""
    if id is not None:
        found = await act.known_one(Supporter, id)
    else:
        own = next(iter(act.viewer.fact("persons") or ()), None)
        query = Query(equal={"scheme": of.id, "person": own}, limit=10)
        mine = [] if own is None else await act.known(Supporter, query)
        found = next((s for s in mine if s.standing in (Standing.ACTIVE, Standing.PROBATION)), None)
    if found is None or found.scheme != of.id or found.standing not in (Standing.ACTIVE, Standing.PROBATION):
        raise NotNow(["NOT_AVAILABLE"])
    return found

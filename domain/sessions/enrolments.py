"""An enrolment goes on for as long as it is needed: it is looked at together, its mentor or wing changes, and a move to
another prison does not begin it anew (S5, S7, S8; rule 24)."""

import dataclasses
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from domain import looking
from domain.act import Act, Begin
from domain.confidentiality.disclosure import Tag, View
from domain.confidentiality.verbs import Verb
from domain.kernel.errors import Absent, Failure, NotNow, Unacceptable
from domain.kernel.ids import EnrolmentId
from domain.kernel.moves import require
from domain.moving import may_move
from domain.people.acts import checked_identifier, known_by, same_name
from domain.people.record import Person
from domain.ports import KeptApart, Query, nobody_can_say
from domain.schemes.belonging import scheme_place
from domain.schemes.charter import Charter, CharterState
from domain.schemes.made import terms_of
from domain.schemes.needs import SupportOutcome, TargetNeed
from domain.schemes.record import Scheme
from domain.schemes.sheet import Kind
from domain.sessions import appointments, mentors
from domain.sessions.apart import may_meet
from domain.sessions.codes import MentorChanged, NotDelivered, ReviewedAs
from domain.sessions.record import RUNNING, Enrolment, EnrolmentState, Session, SessionState
from domain.supporters.availability import NOT_AVAILABLE, of_scheme, serves
from domain.supporters.record import GONE, Supporter

MOST: Final = 100
"""Enrolments of one person."""


def review_after(kind: Kind) -> timedelta:
    """How long an enrolment goes on until it is looked at: as long as the kind lets its supporters go unseen, which is
    what a variant may only shorten."""
    return timedelta(days=kind.supervision_days)


async def plan_of(act: Act, scheme: UUID) -> Charter | None:
    """The plan that holds for a scheme, if one does."""
    published = Query(equal={"scheme": scheme, "state": CharterState.PUBLISHED}, limit=1)
    return next(iter(await act.known(Charter, published)), None)


async def needs_known(act: Act, scheme: UUID, needs: tuple[TargetNeed, ...]) -> list[Failure]:
    """The failures of needs that the scheme's plan is not for (S7)."""
    plan = await plan_of(act, scheme)
    told = () if plan is None else plan.needs
    return [Failure("NEED_NOT_OF_THE_PLAN", f"/needs/{n}") for n, need in enumerate(needs) if need not in told]


async def outcome_chosen(act: Act, scheme: UUID, outcome: SupportOutcome) -> bool:
    """Whether the scheme's plan has chosen it (S9)."""
    plan = await plan_of(act, scheme)
    return plan is not None and outcome in plan.outcomes


async def amend(begin: Begin, id: UUID, *, seen: Tag, changes: Mapping[str, Any]) -> View[Enrolment]:
    """Change the members that were sent. With another wing what is planned goes along: the learner is found there."""
    async with begin.serially(Verb.AMEND_ENROLMENT) as act:
        act.admit_writes(changes)
        was = await act.fetch(Enrolment, id, seen=seen)
        require(may_move(act, was))
        wrong = await needs_known(act, was.scheme, changes.get("needs") or ())
        wing = changes.get("wing")
        if wing is not None and not wing.startswith(f"{was.prison}-"):
            wrong.append(Failure("WING_OF_ANOTHER_PRISON", "/wing"))
        if wrong:
            raise Unacceptable(wrong)
        now = dataclasses.replace(was, **changes)
        act.keep(now, was=was)
        if now.wing != was.wing:
            planned = {"enrolment": was.id, "state": SessionState.PLANNED}
            for each in await looking.all_known(act, Session, planned):
                act.keep_beside(dataclasses.replace(each, wing=now.wing), was=each)
        return act.disclose(now)


async def change_mentor(
    begin: Begin,
    id: UUID,
    *,
    seen: Tag,
    because: MentorChanged,
    supporter: UUID | None = None,
    source: KeptApart = nobody_can_say,
) -> View[Enrolment]:
    """The mentor goes and, where one is named, another comes: the enrolment goes on. Sessions that were planned with
    the one who goes do not take place; they are planned anew with the other, if `source` does not keep him apart."""
    async with begin.serially(Verb.CHANGE_MENTOR) as act:
        was = await act.fetch(Enrolment, id, seen=seen)
        if because is MentorChanged.NOT_RECORDED:
            raise Unacceptable([Failure("UNKNOWN_VALUE", "/because")])
        today = mentors.today_of(act, was)
        mentor = None if supporter is None else await of_scheme(act, was.scheme, supporter)
        require(
            may_move(act, was),
            (was.supporter is not None, "NO_MENTOR"),
            (mentor is None or mentor.person != was.person, "MENTOR_IS_LEARNER"),
            (mentor is None or mentor.id != was.supporter, "HAS_THIS_MENTOR"),
            *(() if mentor is None else serves(act, mentor, today)),
            await may_meet(act, source, was.person, None if mentor is None else mentor.person),
        )
        now = mentors.vacated(was, because, today)
        if mentor is not None:
            now = mentors.taken_on(now, mentor, today)
        await mentors.call_off(act, {"enrolment": was.id}, NotDelivered.MENTOR_ABSENT)
        await appointments.go_along(act, now)
        act.keep(now, was=was)
        return act.disclose(now)


async def review(begin: Begin, id: UUID, *, seen: Tag, found: ReviewedAs, sessions_a_week: int | None = None) -> Any:
    """It was looked at together, and when the next time is. More or less often is said with how often."""
    async with begin(Verb.REVIEW_ENROLMENT) as act:
        was = await act.fetch(Enrolment, id, seen=seen)
        paced = found in (ReviewedAs.GOES_ON_MORE_OFTEN, ReviewedAs.GOES_ON_LESS_OFTEN)
        more = None if sessions_a_week is None else sessions_a_week > was.sessions_a_week
        fits = paced is (more is not None) and (not paced or more is (found is ReviewedAs.GOES_ON_MORE_OFTEN))
        if not fits or sessions_a_week == was.sessions_a_week:
            raise Unacceptable([Failure("PACE_GOES_WITH_FINDING", "/sessionsAWeek")])
        require(may_move(act, was))
        scheme = await act.known_one(Scheme, was.scheme)
        if scheme is None:
            raise Absent
        today = mentors.today_of(act, was)
        due = today + review_after(await terms_of(act, scheme))
        now = dataclasses.replace(
            was,
            reviewed_on=today,
            reviewed_as=found,
            review_due_on=due,
            sessions_a_week=sessions_a_week or was.sessions_a_week,
        )
        act.keep(now, was=was)
        return act.disclose(now)


async def share(begin: Begin, id: UUID, *, seen: Tag, shared: bool) -> View[Enrolment]:
    """The learner's own yes, or no: the prison to which he moves may see how far he has come. He may take it back for
    as long as nobody there has gone on from it (rule 24)."""
    async with begin(Verb.SHARE_ENROLMENT) as act:
        was = await act.fetch(Enrolment, id, seen=seen)
        require(may_move(act, was), (not was.carried_on, "CARRIED_ON_ALREADY"))
        now = dataclasses.replace(was, shared=shared)
        act.keep(now, was=was)
        return act.disclose(now)


async def carry_on(begin: Begin, scheme: UUID, *, identifier: str, name: str, wing: str) -> View[Enrolment]:
    """Somebody who has come from another prison goes on where he stood there: what he said yes to is all that this one
    sees of it. Whoever has not said yes, or of whom his own prison has not told that he left, is as one of whom nobody
    knows (rule 24)."""
    async with begin.serially(Verb.CARRY_ON_ENROLMENT) as act:
        of = await act.known_one(Scheme, scheme)
        if of is None:
            raise Absent
        act.within_reach(of)
        if not wing.startswith(f"{of.prison}-"):
            raise Unacceptable([Failure("WING_OF_ANOTHER_PRISON", "/wing")])
        value = checked_identifier(of.jurisdiction, identifier)
        found = await known_by(act, of.jurisdiction, value)
        person = found if found is not None and same_name(found.name, name) else None
        was = None if person is None else await _left_off(act, of, person)
        if person is None or was is None:
            raise NotNow([NOT_AVAILABLE])
        require((of.open, "SCHEME_NOT_OPEN"))
        today = mentors.today_of(act, was)
        now = Enrolment(
            id=EnrolmentId(act.new_id()),
            **scheme_place(of),
            closed=of.closed,
            wing=wing,
            person=person.id,
            name=person.name,
            goal=was.goal,
            programme=was.programme,
            manual=was.manual,
            page=was.page,
            manuals_passed=was.manuals_passed,
            checks_passed=was.checks_passed,
            sessions_a_week=was.sessions_a_week,
            enrolled_on=today,
            review_due_on=today + review_after(await terms_of(act, of)),
            carries_on=was.id,
        )
        act.keep(now)
        act.keep_beside(dataclasses.replace(was, carried_on=True), was=was)
        if person.prison != of.prison:
            act.keep_beside(dataclasses.replace(person, prison=of.prison, wing=wing), was=person)
        return act.disclose(now)


async def _left_off(act: Act, of: Scheme, person: Person) -> Enrolment | None:
    """His last enrolment of the same kind of scheme elsewhere, from which this one may go on; None where nothing holds
    him here: what still runs in another prison, or a role there of which nobody has told that it is over."""
    his = await looking.all_known(act, Enrolment, {"person": person.id})
    roles = await looking.all_known(act, Supporter, {"person": person.id})
    there = any(each.state in RUNNING and each.prison != of.prison for each in his)
    serves_there = any(each.standing not in GONE and each.prison != of.prison for each in roles)
    if there or serves_there or any(each.scheme == of.id and each.state in RUNNING for each in his):
        return None
    moved = [e for e in his if e.state is EnrolmentState.TRANSFERRED and e.shared and not e.carried_on]
    moved = [e for e in moved if e.prison != of.prison]
    for each in sorted(moved, key=lambda e: (e.ended_on or e.enrolled_on, e.id), reverse=True):
        scheme = await act.known_one(Scheme, each.scheme)
        if scheme is not None and scheme.kind == of.kind:
            return each
    return None

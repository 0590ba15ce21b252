"""An enrolment goes on for as long as it is needed: it is looked at together, its mentor or wing changes, and a move to
another prison does not begin it anew (S5, S7, S8; rule 24)."""

import dataclasses
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from domain import looking
from domain.act import Act, Begin
from domain.confidentiality.disclosure import Tag, View
from domain.confidentiality.verbs import Verb
from domain.kernel.days import local_day
from domain.kernel.errors import Absent, Failure, NotNow, Unacceptable
from domain.kernel.ids import EnrolmentId
from domain.kernel.moves import require
from domain.moving import may_move
from domain.people.acts import checked_identifier, known_by, same_name
from domain.people.record import Person
from domain.ports import KeptApart, nobody_can_say
from domain.schemes.belonging import scheme_place
from domain.schemes.made import terms_of
from domain.schemes.record import Scheme
from domain.schemes.sheet import Kind
from domain.sessions import appointments, mentors, plans, recording
from domain.sessions.apart import may_meet
from domain.sessions.codes import MentorChanged, NotDelivered, ReviewedAs
from domain.sessions.record import RUNNING, Enrolment, EnrolmentState, Session, SessionState
from domain.supporters.availability import NOT_AVAILABLE, of_scheme, serves
from domain.supporters.record import GONE, Supporter


def review_after(kind: Kind) -> timedelta:
    """How long an enrolment goes on until it is looked at: as long as the kind lets its supporters go unseen, which is
    what a variant may only shorten."""
    return timedelta(days=kind.supervision_days)


async def amend(begin: Begin, id: UUID, *, seen: Tag, changes: Mapping[str, Any]) -> View[Enrolment]:
    """Change the members that were sent. With another wing what is planned goes along: the learner is found there."""
    async with begin.serially(Verb.AMEND_ENROLMENT) as act:
        act.admit_writes(changes)
        was = await act.fetch(Enrolment, id, seen=seen)
        require(may_move(act, was))
        wrong = await plans.needs_known(act, was.scheme, changes.get("needs") or ())
        wrong += recording.wing_elsewhere(was, changes.get("wing"))
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
    the one who goes do not take place; they are planned anew with the other, if `source` does not keep him apart.
    Nobody was absent: no reason of the two is told by it."""
    async with begin.serially(Verb.CHANGE_MENTOR) as act:
        was = await act.fetch(Enrolment, id, seen=seen)
        if because not in mentors.SAID:
            raise Unacceptable([Failure("UNKNOWN_VALUE", "/because")])
        today = local_day(was, act.now)
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
        await mentors.call_off(act, {"enrolment": was.id}, NotDelivered.NOT_REQUIRED)
        await mentors.handed_on(act, was, now)
        await appointments.go_along(act, now)
        act.keep(now, was=was)
        return act.disclose(now)


async def review(
    begin: Begin, id: UUID, *, seen: Tag, found: ReviewedAs, sessions_a_week: int | None = None
) -> View[Enrolment]:
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
        today = local_day(was, act.now)
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
    knows (rule 24). Where he is, the prisons' own systems say: no word of the new one moves him."""
    async with begin.serially(Verb.CARRY_ON_ENROLMENT) as act:
        of = await act.known_one(Scheme, scheme)
        if of is None:
            raise Absent
        act.within_reach(of)
        recording.checked_wing(of, wing)
        value = checked_identifier(of.jurisdiction, identifier)
        found = await known_by(act, of.jurisdiction, value)
        person = found if found is not None and same_name(found.name, name) else None
        was = None if person is None else await _left_off(act, of, person)
        if person is None or was is None:
            raise NotNow([NOT_AVAILABLE])
        require((of.open, "SCHEME_NOT_OPEN"))
        today = local_day(was, act.now)
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

"""A non-association is opened between a learner and his mentor (scenario 7): what was planned between them does not
take place, the learner keeps all that he has reached and waits for another mentor, and staff are prompted to find one.

The clock looks, and no act of anybody's; where the prison's systems tell of it at once, that does
(`domain.movements`). Why is written nowhere. Both read what stands there after any staff decision, and after any
other change of mentor.
"""

from collections.abc import Callable
from uuid import UUID

from domain import looking
from domain.act import Act, Begin
from domain.confidentiality.verbs import Verb
from domain.kernel.days import local_day
from domain.people.record import Person
from domain.ports import KeptApart
from domain.sessions import appointments, mentors
from domain.sessions.apart import enemies, may_meet
from domain.sessions.codes import MentorChanged, NotDelivered
from domain.sessions.follow_ups import FollowUpBy, FollowUpTask, following
from domain.sessions.record import Enrolment, EnrolmentState


async def part(begins: Callable[[], Begin], source: KeptApart) -> int:
    """Part all whom something keeps apart now. How many learners wait for another mentor because of it."""
    done = 0
    for each in await _together(begins(), source):
        async with begins().serially(Verb.TICK) as act:
            was = await act.known_one(Enrolment, each)
            if was is None or was.state is not EnrolmentState.STARTED or was.supporter is None:
                continue
            apart, _ = await may_meet(act, source, was.person, was.supporter_person)
            if apart:
                continue
            await parted(act, was)
            done += 1
    return done


async def parted(act: Act, was: Enrolment) -> None:
    """The two are together no longer, as after any staff decision, and staff are prompted to find another mentor."""
    today = local_day(was, act.now)
    prompt = following(act, was, FollowUpTask.FIND_ANOTHER_MENTOR, FollowUpBy.STAFF, today)
    await mentors.call_off(act, {"enrolment": was.id}, NotDelivered.NOT_REQUIRED)
    free = mentors.vacated(was, MentorChanged.STAFF_DECISION, today)
    act.keep_beside(free, was=was)
    await mentors.handed_on(act, was, free)
    await appointments.go_along(act, free)
    act.keep_beside(prompt)


async def _together(begin: Begin, source: KeptApart) -> list[UUID]:
    """The enrolments in which two are together whom something keeps apart. Each mentor is asked about once."""
    async with begin(Verb.TICK) as act:
        his: dict[UUID, frozenset[str]] = {}
        found: list[UUID] = []
        for each in await looking.all_known(act, Enrolment, {"state": EnrolmentState.STARTED}):
            mentor = each.supporter_person
            if mentor is None:
                continue
            if mentor not in his:
                person = await act.known_one(Person, mentor)
                his[mentor] = frozenset() if person is None else frozenset(await enemies(source, person))
            learner = await act.known_one(Person, each.person) if his[mentor] else None
            if learner is not None and learner.identifier in his[mentor]:
                found.append(each.id)
        return found

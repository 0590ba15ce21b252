"""First meetings of Insiders with new arrivals (S2; domain facts 1.2). Open upward: a worry goes to staff, and the
newcomer is told so first."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from typing import Any, Final
from uuid import UUID

from domain import looking
from domain.act import Act, Begin
from domain.care import debriefs
from domain.confidentiality.disclosure import View
from domain.confidentiality.roles import IN_CUSTODY
from domain.confidentiality.verbs import Verb
from domain.kernel.days import local_day
from domain.kernel.errors import Failure, Unacceptable
from domain.kernel.ids import ActorId, InductionId, PersonId, SupporterId
from domain.kernel.pages import Page
from domain.people.acts import person_of
from domain.ports import Query
from domain.schemes.acts import scheme_here
from domain.schemes.made import terms_of
from domain.schemes.sheet import Kind
from domain.schemes.tasks import Task
from domain.schemes.vocabulary import Contact
from domain.sessions import alike, arrivals, recording
from domain.sessions.asking import AHEAD
from domain.sessions.codes import ChecklistItem
from domain.sessions.follow_ups import TALK_WITHIN, FollowUp, FollowUpBy, FollowUpTask, following, raised
from domain.sessions.record import Induction

_I, _T = ChecklistItem, Task
TASK_OF: Final[Mapping[ChecklistItem, frozenset[Task]]] = {
    _I.MET_IN_RECEPTION: frozenset({_T.MEET_AND_GREET}),
    _I.SHOWN_ROUND: frozenset({_T.SHOW_ROUND}),
    _I.PHONE_EXPLAINED: frozenset({_T.EXPLAIN_FORMS}),
    _I.CANTEEN_EXPLAINED: frozenset({_T.EXPLAIN_FORMS}),
    _I.VISITS_EXPLAINED: frozenset({_T.EXPLAIN_FORMS}),
    _I.APPS_EXPLAINED: frozenset({_T.EXPLAIN_FORMS}),
    _I.KIT_RECEIVED: frozenset({_T.MEET_AND_GREET}),
    _I.TOLD_ABOUT_LISTENERS: frozenset({_T.SIGNPOST, _T.TELL_HOW_TO_REACH_SAMARITANS}),
    _I.TOLD_ABOUT_HEALTHCARE: frozenset({_T.SIGNPOST}),
    _I.SECOND_DAY_CHECK_BACK: frozenset({_T.MEET_AND_GREET}),
}
"""Which tasks of a kind's sheet put an item on its checklist: any of them does."""

_SAME: Final = ("scheme", "wing", "supporter")


def checklist_of(kind: Kind) -> tuple[ChecklistItem, ...]:
    """The checklist of a kind: what follows from the tasks that its sheet permits."""
    return tuple(item for item in ChecklistItem if TASK_OF[item] & set(kind.permitted_tasks))


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
    another: bool = False,
) -> View[Induction]:
    """An Insider met a new arrival. Typed by the Insider it names nobody; staff who type it may say who was met, and he
    is among those who wait for it no longer. A worry goes up to staff as something to be seen to the same day: what
    supporters of such a scheme say beforehand is that it does. `another`: it is not the one that is there already and
    looks like it (X25)."""
    async with begin.serially(Verb.RECORD_INDUCTION) as act:
        of = await scheme_here(act, scheme)
        himself = act.viewer.role in IN_CUSTODY
        named = [n for n, v in (("identifier", identifier), ("name", name), ("supporter", supporter)) if v is not None]
        if himself and named:
            raise Unacceptable([Failure("UNKNOWN_FIELD", "/" + n) for n in named])
        if (identifier is None) is not (name is None):
            raise Unacceptable([Failure("NAME_GOES_WITH_IDENTIFIER", "/name")])
        if not arrived_at <= seen_at <= act.now + AHEAD:
            raise Unacceptable([Failure("TIMES_OUT_OF_ORDER", "/seenAt")])
        recording.checked_wing(of, wing)
        kind = await terms_of(act, of)
        if kind.contact is Contact.INDUCTION:
            wrong = [n for n, item in enumerate(checklist) if item not in checklist_of(kind)]
            if wrong:
                raise Unacceptable([Failure("KIND_DOES_NOT_ALLOW", f"/checklist/{n}") for n in wrong])
        said: dict[str, Any] = {
            **recording.place(of),
            "wing": wing,
            "arrived_at": arrived_at,
            "seen_at": seen_at,
            "minutes_after_arrival": int((seen_at - arrived_at).total_seconds() // 60),
            "checklist": checklist,
            "not_gone_through": tuple(item for item in checklist_of(kind) if item not in checklist),
            "language": language,
            "told_policy": told_policy,
            "concern_told_to_staff": concern_told_to_staff,
            "follow_up_on": follow_up_on,
            "author": ActorId(act.viewer.actor),
        }
        if not himself:  # before it is said who serves there
            nobody = {"supporter": SupporterId(act.new_id()), "supporter_person": PersonId(act.new_id())}
            act.within_reach(Induction(id=InductionId(act.new_id()), **nobody, **said))
        insider = await recording.whose(act, of, supporter)
        who = None
        if identifier is not None and name is not None:
            who = await person_of(act, of.jurisdiction, of.prison, identifier, name, wing)
        induction = Induction(
            id=InductionId(act.new_id()),
            person=None if who is None else who.id,
            name=None if who is None else who.name,
            supporter=insider.id,
            supporter_person=insider.person,
            **said,
        )
        marks = await recording.marks_of(act, insider, local_day(of, seen_at))
        view = await recording.admitted(
            act,
            of,
            {Contact.INDUCTION},
            induction,
            first=lambda: alike.offered(act, induction, _SAME, partial(_alike, induction), another, about="seen_at"),
            marks=marks,
        )
        fact = replace(induction, marks=marks)
        for each in (*_following(act, induction), *raised(act, fact)):
            act.keep_beside(each)
        if concern_told_to_staff:
            await debriefs.after_concern(act, insider, seen_at)
        waits = None if who is None else await arrivals.waiting(act, of.id, who.id)
        if waits is not None and waits.arrived_at <= seen_at:
            act.keep_beside(arrivals.met(waits, induction), was=waits)
        return view


def _alike(one: Induction, other: Induction) -> bool:
    """Two meetings of one Insider at about one time, with somebody who came at about one time. Whoever is named in
    both, and is another, makes two: a reception has several. And a worry waits for no question."""
    if one.concern_told_to_staff and not other.concern_told_to_staff:
        return False
    same = one.person is None or other.person is None or one.person == other.person
    return same and abs(one.arrived_at - other.arrived_at) <= alike.NEAR


def _following(act: Act, induction: Induction) -> Iterator[FollowUp]:
    today = local_day(induction, act.now)
    if induction.concern_told_to_staff:
        yield following(act, induction, FollowUpTask.HEAR_OF_A_CONCERN, FollowUpBy.STAFF, today)
        if not induction.told_policy:
            yield following(act, induction, FollowUpTask.TALK_WITH_SUPPORTER, FollowUpBy.STAFF, today + TALK_WITHIN)
    if induction.follow_up_on is not None:
        yield following(act, induction, FollowUpTask.CHECK_BACK, FollowUpBy.SUPPORTER, induction.follow_up_on)


async def read_induction(begin: Begin, id: UUID) -> View[Induction]:
    """One induction."""
    return await looking.one(begin, Verb.READ_INDUCTION, Induction, id)


async def search_inductions(begin: Begin, query: Query) -> Page[View[Induction]]:
    """The inductions in reach."""
    return await looking.many(begin, Verb.READ_INDUCTION, Induction, query)

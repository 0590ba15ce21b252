"""Actions: what somebody is to do by a day, about something in a scheme's registers. A stakeholder is engaged, a risk
made smaller, a check's finding seen to, a meeting's decision carried out, all by actions of one kind; so one list says
what is overdue."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from domain.act import Act, Begin
from domain.confidentiality.classification import Open, Operational
from domain.confidentiality.disclosure import Tag, View
from domain.confidentiality.record import derived, record
from domain.confidentiality.verbs import Verb
from domain.kernel.days import local_day, overdue
from domain.kernel.errors import Failure, Unacceptable
from domain.kernel.ids import ActionId, SchemeId
from domain.kernel.moves import require
from domain.schemes import belonging
from domain.schemes.belonging import OfScheme, changed, made, scheme_to_write, with_
from domain.schemes.registers.answerable import Answerable
from domain.schemes.registers.checks import RoutineCheck
from domain.schemes.registers.contingency import Activation, ContingencyPlan
from domain.schemes.registers.involvement import Meeting, Proposal
from domain.schemes.registers.risks import Risk
from domain.schemes.registers.stakeholders import Stakeholder


class About(StrEnum):
    """What an action is about."""

    RISK = "RISK"
    CONTINGENCY_PLAN = "CONTINGENCY_PLAN"
    ACTIVATION = "ACTIVATION"
    CHECK = "CHECK"
    STAKEHOLDER = "STAKEHOLDER"
    MEETING = "MEETING"
    PROPOSAL = "PROPOSAL"


KIND_OF: Final[Mapping[About, type[OfScheme]]] = {
    About.RISK: Risk,
    About.CONTINGENCY_PLAN: ContingencyPlan,
    About.ACTIVATION: Activation,
    About.CHECK: RoutineCheck,
    About.STAKEHOLDER: Stakeholder,
    About.MEETING: Meeting,
    About.PROPOSAL: Proposal,
}
"""The record that it names."""


class ActionOutcome(StrEnum):
    """What came of an action."""

    DONE = "DONE"
    PARTLY_DONE = "PARTLY_DONE"
    NOT_POSSIBLE = "NOT_POSSIBLE"
    NO_LONGER_NEEDED = "NO_LONGER_NEEDED"


@record(kind="action", kept="six years after its scheme closes; it names nobody in custody")
class Action(OfScheme):
    """Something to be done by a day. `which` is the record that it is about."""

    id: Open[ActionId]
    version: Open[int] = 0
    scheme: Open[SchemeId]
    jurisdiction: Open[str]
    prison: Open[str]
    organisation: Open[str]
    about: Operational[About]
    """The kind of record that it follows from."""
    which: Operational[UUID]
    """The id of that record."""
    what: Operational[str]
    owner: Operational[Answerable]
    """The role that sees to it."""
    due_on: Operational[date]
    done_on: Operational[date | None] = None
    outcome: Operational[ActionOutcome | None] = None
    to_come = ("due_on",)

    @derived
    def overdue(self, now: datetime) -> Operational[bool]:
        """It is not done, and its day has passed."""
        return self.outcome is None and overdue(self.due_on, self, now)


async def add(
    begin: Begin, scheme: UUID, *, about: About, which: UUID, what: str, owner: Answerable, due_on: date
) -> View[Action]:
    """An action about something of the same scheme."""
    async with begin(Verb.KEEP_ACTION) as act:
        where = await scheme_to_write(act, scheme, Action)
        named = await act.known_one(KIND_OF[about], which)
        if named is None or named.scheme != where.id:
            raise Unacceptable([Failure("NOT_OF_THIS_SCHEME", "/which")])
        action = made(act, where, Action, about=about, which=which, what=what, owner=owner, due_on=due_on)
        act.keep(action)
        return act.disclose(action)


async def amend(begin: Begin, id: UUID, *, seen: Tag, changes: Mapping[str, Any]) -> View[Action]:
    """Change the members that were sent, of one that is not finished: what came of it came of what it said."""

    def into(act: Act, was: Action) -> Action:
        act.admit_writes(changes)
        require((was.outcome is None, "ALREADY_FINISHED"))
        return with_(was, **changes)

    return await belonging.change(begin, Verb.KEEP_ACTION, Action, id, seen=seen, into=into)


async def finish(
    begin: Begin, id: UUID, *, seen: Tag, outcome: ActionOutcome, next_on: date | None = None
) -> View[Action]:
    """What came of it. With a next date the same is to be done again by then, as an action of its own."""
    async with begin(Verb.KEEP_ACTION) as act:
        was = await act.fetch(Action, id, seen=seen)
        require((was.outcome is None, "ALREADY_FINISHED"))
        if failures := belonging.in_the_past(act, was, next_on, "/nextOn"):
            raise Unacceptable(failures)
        view = await changed(act, was, with_(was, outcome=outcome, done_on=local_day(was, act.now)))
        if next_on is not None:
            act.keep_beside(with_(was, id=ActionId(act.new_id()), version=0, due_on=next_on))
        return view

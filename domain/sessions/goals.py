"""Goals of an enrolment: an outcome that the scheme's plan has chosen, measured before and after (S9; domain facts 1.5
and 3.8). Whether it was met is worked out of the numbers, and typed by nobody."""

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from domain.act import Act, Begin
from domain.confidentiality.classification import Classification, Open, Participation
from domain.confidentiality.disclosure import Tag, View
from domain.confidentiality.record import derived, record
from domain.confidentiality.verbs import Verb
from domain.kernel.days import local_day, overdue
from domain.kernel.errors import Failure, Unacceptable
from domain.kernel.ids import EnrolmentGoalId, EnrolmentId, PersonId, SchemeId
from domain.kernel.moves import Life, Moves, move, require
from domain.moving import may_move
from domain.schemes.belonging import OfScheme, made, with_
from domain.schemes.measures import Unit
from domain.schemes.needs import SupportOutcome
from domain.sessions import plans
from domain.sessions.record import RUNNING, Enrolment


class GoalState(StrEnum):
    """Where a goal stands."""

    OPEN = "OPEN"
    ACHIEVED = "ACHIEVED"
    PART_ACHIEVED = "PART_ACHIEVED"
    """It is nearer than it was."""
    NOT_ACHIEVED = "NOT_ACHIEVED"


_S = GoalState
GOAL_MOVES: Final[Moves[GoalState]] = {_S.OPEN: frozenset(_S) - {_S.OPEN}} | {
    state: frozenset() for state in _S if state is not _S.OPEN
}
GOAL_LIFE: Final = Life("state", {Verb.JUDGE_ENROLMENT_GOAL: frozenset({_S.OPEN})})


@record(
    kind="enrolment-goal",
    kept="twelve months after its enrolment ends",
    existence=Classification.PARTICIPATION,
    parties=("person", "supporter_person"),
    life=GOAL_LIFE,
)
class EnrolmentGoal(OfScheme):
    """Where somebody stood when he joined, where he wants to be, and where he was in the end."""

    id: Open[EnrolmentGoalId]
    version: Open[int] = 0
    enrolment: Participation[EnrolmentId]
    scheme: Open[SchemeId]
    jurisdiction: Open[str]
    prison: Open[str]
    organisation: Open[str]
    closed: Open[bool] = False
    person: Participation[PersonId]
    supporter_person: Participation[PersonId | None] = None
    """Whoever helps him with it, when it was set."""
    outcome: Participation[SupportOutcome]
    unit: Participation[Unit]
    """In what it is counted."""
    baseline: Participation[int]
    """Where he stands before, in whole units."""
    target: Participation[int]
    """Where he wants to be, in whole units."""
    reached: Participation[int | None] = None
    """Where he was in the end, in whole units; null: it is not measured yet."""
    set_on: Participation[date]
    due_on: Participation[date]
    """By when it is measured again."""
    measured_on: Participation[date | None] = None
    state: Participation[GoalState] = GoalState.OPEN
    to_come = ("due_on",)

    def faults(self) -> Iterable[Failure]:
        """It leads somewhere."""
        if self.baseline == self.target:
            yield Failure("TARGET_IS_BASELINE", "/target")

    @derived
    def change(self, _now: datetime) -> Participation[int | None]:
        """How far it went, in whole units: after less before."""
        return None if self.reached is None else self.reached - self.baseline

    @derived
    def overdue(self, now: datetime) -> Participation[bool]:
        """It should have been measured again by now."""
        return self.state is GoalState.OPEN and overdue(self.due_on, self, now)


def judged(goal: EnrolmentGoal, reached: int) -> GoalState:
    """What came of it, by the numbers alone: there, nearer, or neither."""
    way = 1 if goal.target > goal.baseline else -1
    if (reached - goal.target) * way >= 0:
        return GoalState.ACHIEVED
    return GoalState.PART_ACHIEVED if (reached - goal.baseline) * way > 0 else GoalState.NOT_ACHIEVED


async def set_(
    begin: Begin,
    enrolment: UUID,
    *,
    outcome: SupportOutcome,
    unit: Unit,
    baseline: int,
    target: int,
    due_on: date,
) -> View[EnrolmentGoal]:
    """A goal of an enrolment that runs. Its outcome is one of those that the scheme's plan has chosen."""
    async with begin.serially(Verb.SET_ENROLMENT_GOAL) as act:
        of = await act.fetch(Enrolment, enrolment)
        if not await plans.outcome_chosen(act, of.scheme, outcome):
            raise Unacceptable([Failure("OUTCOME_NOT_OF_THE_PLAN", "/outcome")])
        require((of.state in RUNNING, f"STATE_{of.state.value}"))
        goal = made(
            act,
            of,
            EnrolmentGoal,
            enrolment=of.id,
            person=of.person,
            supporter_person=of.supporter_person,
            outcome=outcome,
            unit=unit,
            baseline=baseline,
            target=target,
            set_on=local_day(of, act.now),
            due_on=due_on,
        )
        act.keep(goal)
        return act.disclose(goal)


async def judge(begin: Begin, id: UUID, *, seen: Tag, reached: int) -> View[EnrolmentGoal]:
    """It was measured again; what came of it follows."""
    async with begin(Verb.JUDGE_ENROLMENT_GOAL) as act:
        was = await act.fetch(EnrolmentGoal, id, seen=seen)
        require(may_move(act, was))
        now = _judged(act, was, reached)
        act.keep(now, was=was)
        return act.disclose(now)


def _judged(act: Act, was: EnrolmentGoal, reached: int) -> EnrolmentGoal:
    to = move(GOAL_MOVES, was.state, judged(was, reached))
    return with_(was, reached=reached, state=to, measured_on=local_day(was, act.now))

"""A finding: what somebody who looked at a scheme found, what he recommends, and which version of the plan answers it.

Findings are adjusted to (S34): a version of the charter cites those that it answers, publishing it answers them, and
each shows which version did. What is left open for long says so.
"""

import dataclasses
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from domain.act import Begin
from domain.confidentiality.classification import Open, Operational
from domain.confidentiality.disclosure import Tag, View
from domain.confidentiality.record import Record, derived, record
from domain.confidentiality.verbs import Verb
from domain.kernel.errors import Failure, Unacceptable
from domain.kernel.ids import ActorId, CharterId, FindingId, SchemeId
from domain.kernel.moves import Moves, move
from domain.schemes.acts import scheme_here
from domain.schemes.charter import EvaluationDesign

ANSWER_WITHIN: Final = timedelta(days=90)
"""How long a finding may stay open before it is overdue: a quarter, as plans are reviewed. A default; owners may choose
otherwise."""


class FindingSource(StrEnum):
    """What found it."""

    EVALUATION = "EVALUATION"
    INSPECTION = "INSPECTION"
    MONITORING_BOARD = "MONITORING_BOARD"
    MANAGEMENT_INFORMATION = "MANAGEMENT_INFORMATION"
    FEEDBACK = "FEEDBACK"
    REVIEW = "REVIEW"
    RESEARCH = "RESEARCH"


class FindingState(StrEnum):
    """What became of it."""

    OPEN = "OPEN"
    ANSWERED = "ANSWERED"
    DECLINED = "DECLINED"


FINDING_MOVES: Final[Moves[FindingState]] = {
    FindingState.OPEN: frozenset({FindingState.ANSWERED, FindingState.DECLINED}),
    FindingState.ANSWERED: frozenset(),
    FindingState.DECLINED: frozenset(),
}


class DecliningReason(StrEnum):
    """Why a governor does not follow a recommendation."""

    NOT_OURS_TO_CHANGE = "NOT_OURS_TO_CHANGE"
    NO_RESOURCES = "NO_RESOURCES"
    WOULD_HARM = "WOULD_HARM"
    ALREADY_SO = "ALREADY_SO"
    EVIDENCE_TOO_WEAK = "EVIDENCE_TOO_WEAK"
    SCHEME_ENDS = "SCHEME_ENDS"


@record(kind="finding", kept="six years after its scheme closes; it names nobody in custody")
class Finding(Record):
    """One finding about a scheme, with the label of how it was found out."""

    id: Open[FindingId]
    version: Open[int] = 0
    scheme: Open[SchemeId]
    jurisdiction: Open[str]
    prison: Open[str]
    organisation: Open[str]
    source: Open[FindingSource]
    design: Open[EvaluationDesign]
    """How it was found out: the label of its evidence."""
    found: Operational[str]
    recommendation: Operational[str | None] = None
    found_on: Open[date]
    answer_by: Open[date]
    """Ninety days after it was recorded: by then it is answered or declined."""
    recorded_by: Operational[ActorId]
    state: Open[FindingState] = FindingState.OPEN
    answered_by: Open[CharterId | None] = None
    """The version of the charter that answered it."""
    answered_in: Open[int | None] = None
    """The number of that version."""
    answered_on: Open[date | None] = None
    declined_for: Operational[DecliningReason | None] = None
    declined_by: Operational[ActorId | None] = None

    @derived
    def overdue(self, now: datetime) -> Open[bool]:
        """Open, and past the day by which it should be answered."""
        return self.state is FindingState.OPEN and self.answer_by < now.date()


async def record_(
    begin: Begin,
    scheme: UUID,
    *,
    source: FindingSource,
    design: EvaluationDesign,
    found: str,
    found_on: date,
    recommendation: str | None = None,
) -> View[Finding]:
    """A new finding, open."""
    async with begin(Verb.RECORD_FINDING) as act:
        of = await scheme_here(act, scheme)
        finding = Finding(
            id=FindingId(act.new_id()),
            scheme=of.id,
            jurisdiction=of.jurisdiction,
            prison=of.prison,
            organisation=of.organisation,
            source=source,
            design=design,
            found=found,
            recommendation=recommendation,
            found_on=found_on,
            answer_by=act.now.date() + ANSWER_WITHIN,
            recorded_by=act.viewer.actor,
        )
        act.within_reach(finding)
        if found_on > act.now.date():
            raise Unacceptable([Failure("DAY_AHEAD", "/foundOn")])
        act.keep(finding)
        return act.disclose(finding)


async def decline(begin: Begin, id: UUID, *, seen: Tag, reason: DecliningReason) -> View[Finding]:
    """The governor's no, with a reason that stays beside what was found."""
    async with begin(Verb.DECLINE_FINDING) as act:
        finding = await act.fetch(Finding, id, seen=seen)
        state = move(FINDING_MOVES, finding.state, FindingState.DECLINED)
        changed = dataclasses.replace(finding, state=state, declined_for=reason, declined_by=act.viewer.actor)
        act.keep(changed, was=finding)
        return act.disclose(changed)

"""A finding: what somebody who looked at a scheme found, what he recommends, and which version of the plan answers it.

Findings are adjusted to (S34): a version of the charter cites those that it answers, publishing it answers them, and
each shows which version did. What is left open for long says so.
"""

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from domain.act import Begin
from domain.confidentiality.classification import Open, Operational
from domain.confidentiality.disclosure import Tag, View
from domain.confidentiality.record import derived, record
from domain.confidentiality.roles import Role
from domain.confidentiality.verbs import Verb
from domain.kernel.days import local_day, overdue
from domain.kernel.errors import Failure
from domain.kernel.ids import ActorId, CharterId, FindingId, SchemeId
from domain.kernel.moves import Life, Moves, require
from domain.moving import may_move
from domain.schemes.belonging import OfScheme, changed, drafted, scheme_to_write, sound, with_
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
FINDING_LIFE: Final = Life("state", {Verb.DECLINE_FINDING: frozenset({FindingState.OPEN})})
"""A person declines it; a version of the charter that cites it answers it."""


class DecliningReason(StrEnum):
    """Why a governor does not follow a recommendation."""

    NOT_OURS_TO_CHANGE = "NOT_OURS_TO_CHANGE"
    NO_RESOURCES = "NO_RESOURCES"
    WOULD_HARM = "WOULD_HARM"
    ALREADY_SO = "ALREADY_SO"
    EVIDENCE_TOO_WEAK = "EVIDENCE_TOO_WEAK"
    SCHEME_ENDS = "SCHEME_ENDS"


_SPOKEN_BY: Final = {FindingSource.INSPECTION: Role.INSPECTORATE, FindingSource.MONITORING_BOARD: Role.MONITORING_BOARD}
"""Whose word it is: nobody else puts it in their mouth. What a scheme's own people carry over from a published report
is their REVIEW of it."""


@record(kind="finding", kept="six years after its scheme closes; it names nobody in custody", life=FINDING_LIFE)
class Finding(OfScheme):
    """One finding about a scheme, with the label of how it was found out. A closing review may find something, and a
    governor say what he thinks of it, after the end."""

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
    been = ("found_on",)
    outlives = True

    @derived
    def overdue(self, now: datetime) -> Open[bool]:
        """Open, and past the day by which it should be answered."""
        return self.state is FindingState.OPEN and overdue(self.answer_by, self, now)


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
        of = await scheme_to_write(act, scheme, Finding)
        role = act.viewer.role
        inspected = design is EvaluationDesign.INSPECTION
        wrong = [
            (_SPOKEN_BY.get(source, role) is not role, "WORD_OF_ANOTHER", "/source"),
            (inspected and role not in _SPOKEN_BY.values(), "WORD_OF_ANOTHER", "/design"),
        ]
        finding = drafted(
            act,
            of,
            Finding,
            source=source,
            design=design,
            found=found,
            recommendation=recommendation,
            found_on=found_on,
            answer_by=local_day(of, act.now) + ANSWER_WITHIN,
            recorded_by=act.viewer.actor,
        )
        act.keep(sound(act, finding, *(Failure(code, path) for is_wrong, code, path in wrong if is_wrong)))
        return act.disclose(finding)


async def decline(begin: Begin, id: UUID, *, seen: Tag, reason: DecliningReason) -> View[Finding]:
    """The governor's no, with a reason that stays beside what was found."""
    async with begin(Verb.DECLINE_FINDING) as act:
        finding = await act.fetch(Finding, id, seen=seen)
        require(may_move(act, finding))
        declined = with_(finding, state=FindingState.DECLINED, declined_for=reason, declined_by=act.viewer.actor)
        return await changed(act, finding, declined)

"""What somebody answered at one point of an evaluation, and the score that follows. Nobody types a score: it is worked
out from the answers by the version of the instrument with which they were given, whenever it is read (F61).

How somebody scores is held as closely as how a supporter fares, and that he was measured tells that he takes part.
Those who run the scheme read it, its partner, and he himself; an evaluator reads counts and means in a report, and no
row.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from domain.act import Act, Begin
from domain.confidentiality.classification import Classification, Measured, Open, Participation
from domain.confidentiality.disclosure import View
from domain.confidentiality.record import derived, record
from domain.confidentiality.verbs import Verb
from domain.evaluation.design import ComparisonDesign
from domain.evaluation.instruments import INSTRUMENTS, Instrument, ScoreBand
from domain.evaluation.plan import Evaluation
from domain.evaluation.planning import staffed, under_way
from domain.evaluation.scoring import UNSCORED, Score, at_risk, faults, scored
from domain.kernel.errors import Failure, Unacceptable
from domain.kernel.ids import ActorId, EnrolmentId, EvaluationId, MeasurementId, PersonId, SchemeId
from domain.kernel.moves import require
from domain.ports import Query
from domain.schemes.belonging import OfScheme, drafted, sound
from domain.sessions.record import Enrolment

BASELINE_WITHIN: Final = timedelta(days=7)
"""A first measurement later than that is told as late: it no longer shows where he stood before (domain facts 5.4)."""
HUNDREDTHS: Final = 100


class MeasuringPoint(StrEnum):
    """When of an evaluation somebody is measured."""

    BASELINE = "BASELINE"
    MIDWAY = "MIDWAY"
    END = "END"
    FOLLOW_UP = "FOLLOW_UP"
    """Three months after the end."""


class CompletionMode(StrEnum):
    """How he answered. Whoever has the questions read to him answers more positively."""

    ON_PAPER = "ON_PAPER"
    ON_SCREEN = "ON_SCREEN"
    READ_OUT_BY_STAFF = "READ_OUT_BY_STAFF"
    READ_OUT_BY_PARTNER = "READ_OUT_BY_PARTNER"
    WITH_INTERPRETER = "WITH_INTERPRETER"


HELPED: Final = frozenset(
    {CompletionMode.READ_OUT_BY_STAFF, CompletionMode.READ_OUT_BY_PARTNER, CompletionMode.WITH_INTERPRETER}
)


class NotMeasured(StrEnum):
    """Why he was not measured at a point."""

    COURT = "COURT"
    REFUSED = "REFUSED"
    LOST = "LOST"
    """Nobody knows, or nobody asked him in time."""


@record(
    kind="measurement",
    kept="until the report of its evaluation is concluded, and three years at most",
    existence=Classification.PARTICIPATION,
    parties=("person",),
)
class Measurement(OfScheme):
    """One instrument, one point, one person: his answers, or why there are none."""

    id: Open[MeasurementId]
    version: Open[int] = 0
    scheme: Open[SchemeId]
    jurisdiction: Open[str]
    prison: Open[str]
    organisation: Open[str]
    closed: Open[bool] = False
    evaluation: Participation[EvaluationId]
    enrolment: Participation[EnrolmentId]
    person: Participation[PersonId]
    instrument: Open[str]
    """The code of an instrument (`/v1/instruments`)."""
    instrument_version: Open[int]
    """The version of it by which the answers are scored."""
    point: Participation[MeasuringPoint]
    taken_on: Participation[date]
    enrolled_on: Participation[date]
    """When he began: a first measurement is due within seven days."""
    compared: Participation[bool] = False
    """Whether he was among those with whom is compared: he waited, or the scheme had not reached his wing."""
    mode: Participation[CompletionMode | None] = None
    """How he answered; null: he did not."""
    consent_version: Participation[int]
    """The version of the words to which he said yes."""
    answers: Measured[tuple[int | None, ...]] = ()
    """One an item, in their order, as the instrument numbers them; null: left out."""
    missed: Participation[NotMeasured | None] = None
    """Why there are no answers."""
    risk_told_on: Measured[date | None] = None
    """When whoever acts on it was told of an answer that tells of a risk to life."""
    author: Participation[ActorId | None] = None
    been = ("taken_on", "risk_told_on")
    outlives = True

    @property
    def by(self) -> Instrument | None:
        """The instrument, in the version that it was."""
        return INSTRUMENTS.get((self.instrument, self.instrument_version))

    @property
    def scored(self) -> Score:
        """The score of his answers; none, where they are none of this instrument."""
        return UNSCORED if self.by is None or any(faults(self.by, self.answers)) else scored(self.by, self.answers)

    @derived
    def raw(self, _now: datetime) -> Measured[int | None]:
        """The raw sum, in hundredths of a point; null: too much was left out."""
        return _hundredths(self.scored.raw)

    @derived
    def score(self, _now: datetime) -> Measured[int | None]:
        """The score that may be analysed, in hundredths of a point: converted where the instrument has a table."""
        return _hundredths(self.scored.value)

    @derived
    def band(self, _now: datetime) -> Measured[ScoreBand | None]:
        """The band of the score, where the instrument has any."""
        return self.scored.band

    @derived
    def late(self, _now: datetime) -> Participation[bool]:
        """A first measurement more than seven days after he began."""
        return late(self.point, self.taken_on, self.enrolled_on)

    def faults(self) -> Iterable[Failure]:
        """Answers that can be answers, or a reason why there are none; a risk is told before it is written down."""
        if bool(self.answers) is (self.missed is not None):
            yield Failure("ANSWERS_OR_REASON", "/answers")
            return
        if bool(self.answers) is (self.mode is None):
            yield Failure("MODE_GOES_WITH_ANSWERS", "/mode")
        if self.answers and self.by is not None:
            wrong = list(faults(self.by, self.answers))
            yield from wrong
            if not wrong and at_risk(self.by, self.answers) and self.risk_told_on is None:
                yield Failure("RISK_NOT_TOLD", "/riskToldOn")


def late(point: MeasuringPoint, taken_on: date, enrolled_on: date) -> bool:
    """Whether a first measurement came too late to be one."""
    return point is MeasuringPoint.BASELINE and taken_on > enrolled_on + BASELINE_WITHIN


def _hundredths(points: float | None) -> int | None:
    return None if points is None else round(points * HUNDREDTHS)


async def take(
    begin: Begin,
    enrolment: UUID,
    *,
    instrument: str,
    point: MeasuringPoint,
    taken_on: date,
    consent_version: int,
    mode: CompletionMode | None = None,
    answers: tuple[int | None, ...] = (),
    missed: NotMeasured | None = None,
    risk_told_on: date | None = None,
) -> View[Measurement]:
    """Measure somebody for the evaluation that is under way. Each point once: a second answer would be chosen among."""
    async with begin.serially(Verb.TAKE_MEASUREMENT) as act:
        of = await act.fetch(Enrolment, enrolment)
        plan = await under_way(act, of.scheme)
        require((plan is not None, "NO_EVALUATION_UNDER_WAY"))
        by = None if plan is None else next((i for i in plan.instruments if i.code == instrument), None)
        if plan is None or by is None:
            raise Unacceptable([Failure("INSTRUMENT_NOT_OF_THE_PLAN", "/instrument")])
        new = drafted(
            act,
            of,
            Measurement,
            evaluation=plan.id,
            enrolment=of.id,
            person=of.person,
            instrument=by.code,
            instrument_version=by.version,
            point=point,
            taken_on=taken_on,
            enrolled_on=of.enrolled_on,
            compared=await _compared(act, plan, of, taken_on),
            mode=mode,
            consent_version=consent_version,
            answers=answers,
            missed=missed,
            risk_told_on=risk_told_on,
            author=act.viewer.actor,
        )
        unknown = [] if consent_version <= plan.consent_version else [Failure("CONSENT_UNKNOWN", "/consentVersion")]
        sound(act, new, *unknown)
        once = {"evaluation": plan.id, "enrolment": of.id, "instrument": by.code, "point": point}
        require(
            (not await act.known(Measurement, Query(equal=once, limit=1)), "ALREADY_MEASURED"),
            (by.risk_item is None or await staffed(act, plan), "RISK_NOT_STAFFED"),
        )
        act.keep(new)
        return act.disclose(new)


async def _compared(act: Act, plan: Evaluation, of: Enrolment, on: date) -> bool:
    """Whether he is on that day among those with whom is compared. Who has left the prison is what he was before."""
    match plan.design:
        case ComparisonDesign.SINGLE_GROUP | ComparisonDesign.BEFORE_AFTER_SERIES:
            return False
        case ComparisonDesign.WAIT_LIST:
            began = min((*of.earlier_since, *(() if of.mentor_since is None else (of.mentor_since,))), default=None)
            return began is None or on < began
        case ComparisonDesign.STEPPED_ROLL_OUT | ComparisonDesign.MATCHED_WING:
            pass
    if of.wing is None:
        before = Query(equal={"evaluation": plan.id, "enrolment": of.id}, limit=1)
        return any(each.compared for each in await act.known(Measurement, before))
    if plan.design is ComparisonDesign.MATCHED_WING:
        return of.wing == plan.compared_with
    reached = dict(zip(plan.reached, plan.reached_on, strict=True)).get(of.wing)
    return reached is None or on < reached

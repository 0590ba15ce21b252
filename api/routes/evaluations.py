"""Evaluations of schemes, the instruments with which people are measured, and what they answered, over HTTP."""

from typing import Annotated, Any, Final
from uuid import UUID

from pydantic import Field
from starlette.responses import Response

from api.described import Shown
from api.guarded import CallDep, operation, router
from api.routes.register import READERS, Register
from api.routes.shapes import Body, Code, Day, Nothing, ShortText, Text, Whole, Wing, amending
from domain.confidentiality.verbs import Verb
from domain.evaluation import measurement, planning
from domain.evaluation.design import ComparisonDesign
from domain.evaluation.instruments import NEWEST, InstrumentOf, ScoreBand
from domain.evaluation.measurement import CompletionMode, Measurement, MeasuringPoint, NotMeasured
from domain.evaluation.plan import AbandonedFor, CollectedBy, Evaluation, EvaluationState, MissingAs
from domain.oversight.looking import nothing_shown
from domain.schemes.measures import Direction
from domain.sessions.record import Enrolment

routes = router("evaluation")
_Many = Annotated[Whole, Field(ge=0, le=1_000_000)]
_Points: Final = Annotated[int | None, Field(ge=-1_000_000, le=1_000_000)]
_RUNS: Final = "Coordinator, evaluator (evaluation)."
_MEASURES: Final = "Coordinator (evaluation), partner (support)."


class PlanEvaluation(Body):
    """What is asked, with which design and outcome, of how many, for how long."""

    title: ShortText
    question: Text
    design: ComparisonDesign
    outcome: Code
    further: Annotated[list[Code], Field(max_length=5)] = []
    wanted: Annotated[Whole, Field(ge=2, le=100_000)]
    starts_on: Day
    running_weeks: Annotated[Whole, Field(ge=1, le=520)]
    analysis_on: Day
    missing_as: MissingAs = MissingAs.LEFT_OUT
    collected_by: CollectedBy = CollectedBy.SCHEME
    consent_version: Annotated[Whole, Field(ge=1, le=1000)] = 1
    compared_with: Wing | None = None
    reached: Annotated[list[Wing], Field(max_length=30)] = []
    reached_on: Annotated[list[Day], Field(max_length=30)] = []
    risk_lead: UUID | None = None


AmendEvaluation = amending(
    "AmendEvaluation",
    "The members to change. Once it is registered only what is told as it goes: who was asked, who refused, harms,"
    " prisoner-days, and who acts on a risk.",
    PlanEvaluation,
    approached=_Many,
    refused=_Many,
    harms=Annotated[Whole | None, Field(ge=0, le=1_000_000)],
    prisoner_days=Annotated[Whole | None, Field(ge=0, le=1_000_000_000)],
)


class ConcludeEvaluation(Body):
    """What it found."""

    conclusion: Text


class AbandonEvaluation(Body):
    """Why it is given up."""

    reason: AbandonedFor


class TakeMeasurement(Body):
    """Answers, or why there are none."""

    instrument: Code
    point: MeasuringPoint
    taken_on: Day
    consent_version: Annotated[Whole, Field(ge=1, le=1000)]
    mode: CompletionMode | None = None
    answers: Annotated[list[Annotated[Whole, Field(ge=0, le=10)] | None], Field(max_length=50)] = []
    missed: NotMeasured | None = None
    risk_told_on: Day | None = None


class BandOfScore(Shown):
    """One band of an instrument's scores."""

    least: Annotated[int, Field(ge=0, le=100)]
    """The score with which it begins."""
    band: ScoreBand


class InstrumentOfCatalogue(Shown):
    """An instrument: how many items, how each is answered and scored. Of the items themselves nothing but the number is
    here: their words are the licence holder's."""

    code: Code
    version: Annotated[int, Field(ge=1, le=1000)]
    """Another table or threshold is another version."""
    title: Annotated[str, Field(max_length=300)]
    of: InstrumentOf
    items: Annotated[int, Field(ge=1, le=50)]
    """How many items it has, numbered from 1."""
    lowest: Annotated[int, Field(ge=0, le=10)]
    """The least that an item may be answered with."""
    highest: Annotated[int, Field(ge=0, le=10)]
    """The most that an item may be answered with."""
    reversed: Annotated[list[Annotated[int, Field(ge=1, le=50)]], Field(max_length=50)]
    """The items that count the other way round."""
    better: Direction
    least: Annotated[int, Field(ge=0, le=10_000)]
    """The least score, in hundredths of a point."""
    most: Annotated[int, Field(ge=0, le=10_000)]
    """The greatest score, in hundredths of a point."""
    converted: bool
    """Whether the raw sum is converted by a table before it is analysed."""
    reliable: Annotated[int, Field(ge=0, le=10_000)] | None
    """From which change of the score on it is more than error of measurement, in hundredths of a point; null: nobody
    has published one."""
    mayMiss: Annotated[int, Field(ge=0, le=50)]
    """How many items may be left out, and stand for the mean of the others."""
    bands: Annotated[list[BandOfScore], Field(max_length=10)]
    asksAboutRisk: bool
    """Whether an item makes a duty to act: it is asked only where somebody acts, and never under a closed policy."""
    licensed: bool
    """Whether its words and its use are the licence holder's to give."""


class Instruments(Shown):
    """The catalogue of instruments."""

    items: Annotated[list[InstrumentOfCatalogue], Field(max_length=50)]


@operation(
    routes,
    "GET",
    "/v1/instruments",
    Verb.READ_KIND,
    name="getInstruments",
    summary="The instruments of evaluations",
    shows=Instruments,
)
async def list_instruments(call: CallDep) -> Response:
    """With what people, and prisons, may be measured: the version that is used now. Every role; purpose:
    operations."""
    await call.run(lambda begin: nothing_shown(begin, Verb.READ_KIND))
    return call.plain({"items": [_told(code) for code in NEWEST]})


def _told(code: str) -> dict[str, Any]:
    of = NEWEST[code]
    least, most = (round(100 * end) for end in of.bounds)
    return {
        "code": of.code,
        "version": of.version,
        "title": of.title,
        "of": of.of,
        "items": of.items,
        "lowest": of.lowest,
        "highest": of.highest,
        "reversed": sorted(of.reversed),
        "better": of.better,
        "least": least,
        "most": most,
        "converted": of.conversion is not None,
        "reliable": None if of.reliable is None else round(100 * of.reliable),
        "mayMiss": of.may_miss,
        "bands": [{"least": least, "band": band} for least, band in of.bands],
        "asksAboutRisk": of.risk_item is not None,
        "licensed": of.licensed,
    }


EVALUATIONS = Register(
    Evaluation,
    "evaluations",
    many="evaluations",
    reads=Verb.READ_EVALUATION,
    writes=Verb.AMEND_EVALUATION,
    tag="evaluation",
)
_STATE = (EvaluationState, "Only in this state.")
EVALUATIONS.lists(
    f"Evaluations of a scheme. {_RUNS} {READERS} Ombudsman (investigation), headquarters (oversight).",
    order="starts_on",
    state=_STATE,
)
EVALUATIONS.lists_all("Evaluations in reach, for the same roles.", order="starts_on", state=_STATE)
EVALUATIONS.adds(
    PlanEvaluation,
    planning.plan,
    "Plan one. A closed policy holds no score of anybody: its schemes are evaluated by a measure, as a series. Where"
    f" nothing is compared, the word 'effect' is refused. {_RUNS}",
    verb=Verb.PLAN_EVALUATION,
    name="planEvaluation",
)
EVALUATIONS.shows("One evaluation.")
EVALUATIONS.amends(AmendEvaluation, f"Change the members sent. {_RUNS} Needs `If-Match`.", planning.amend)
EVALUATIONS.moves(
    "register",
    Nothing,
    planning.register,
    "From now on what is asked, and how, stands. One at a time; with an instrument that asks about risk only where"
    f" somebody acts on it. {_RUNS} Needs `If-Match`.",
    verb=Verb.REGISTER_EVALUATION,
)
EVALUATIONS.moves(
    "conclude",
    ConcludeEvaluation,
    planning.conclude,
    "Say what it found: not before its day, nor before the scheme has run as long as was planned. What follows from it"
    f" is a finding. {_RUNS} Needs `If-Match`.",
    verb=Verb.CONCLUDE_EVALUATION,
)
EVALUATIONS.moves(
    "abandon",
    AbandonEvaluation,
    planning.abandon,
    f"Give it up; it stays to be seen. {_RUNS} Needs `If-Match`.",
    verb=Verb.ABANDON_EVALUATION,
)

MEASUREMENTS = Register(
    Measurement,
    "measurements",
    many="measurements",
    reads=Verb.READ_MEASUREMENT,
    writes=Verb.TAKE_MEASUREMENT,
    tag="evaluation",
    under=Enrolment,
    raw=_Points,
    score=_Points,
    answers=Annotated[list[Annotated[int, Field(ge=0, le=10)] | None], Field(max_length=50)],
)
MEASUREMENTS.lists(
    f"What somebody answered. {_MEASURES} The person himself (support).",
    order="taken_on",
    point=(MeasuringPoint, "Only of this point."),
)
MEASUREMENTS.adds(
    TakeMeasurement,
    measurement.take,
    "Measure somebody for the evaluation that is under way: his answers, or why there are none; the score is worked"
    f" out. {_MEASURES}",
    name="takeMeasurement",
)
MEASUREMENTS.shows("One measurement, scored.")

REGISTERS = (EVALUATIONS, MEASUREMENTS)

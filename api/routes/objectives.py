"""Objectives and findings over HTTP: what a scheme is meant to reach, and what was found of it."""

from typing import Annotated

from pydantic import Field

from api.routes.register import Register
from api.routes.shapes import Body, Code, Day, ShortText, Text, Whole, amending
from domain.confidentiality.verbs import Verb
from domain.schemes import finding, objectives
from domain.schemes.charter import EvaluationDesign
from domain.schemes.finding import DecliningReason, Finding, FindingSource, FindingState
from domain.schemes.needs import TargetNeed
from domain.schemes.objective import ClosingOfObjective, FigureSource, Objective

_Value = Annotated[Whole, Field(ge=0, le=1_000_000_000)]
_Weeks = Annotated[Whole, Field(ge=0, le=520)]


class SetObjective(Body):
    """A new objective. Nothing but title and measure need be known at once: `notSmart` says what is wanting."""

    title: ShortText
    measure: Code
    for_whom: ShortText | None = None
    need: TargetNeed | None = None
    baseline: _Value | None = None
    baseline_source: FigureSource | None = None
    baseline_by: Day | None = None
    target: _Value | None = None
    achievable: Text | None = None
    starts_on: Day | None = None
    due_on: Day | None = None
    running_weeks: _Weeks | None = None


AmendObjective = amending(
    "AmendObjective",
    "The members to change; those that are not sent stay as they are. Once something was measured, only what was not"
    " known before may be filled in.",
    SetObjective,
    without=("measure",),
)


class MeasureObjective(Body):
    """One point: what was measured, of which period (`on` is any day of it: the month, quarter or year of the measure's
    grain; the first is kept), and where the figure comes from."""

    value: _Value
    """In the unit of the measure."""
    on: Day
    source: FigureSource


class CloseObjective(Body):
    """Why it is given up."""

    reason: ClosingOfObjective


class RecordFinding(Body):
    """What was found of a scheme, and how."""

    source: FindingSource
    design: EvaluationDesign
    found: Text
    found_on: Day
    recommendation: Text | None = None


class DeclineFinding(Body):
    """Why it is not followed."""

    reason: DecliningReason


OBJECTIVES = Register(
    Objective, "objectives", many="objectives", reads=Verb.READ_OBJECTIVE, writes=Verb.AMEND_OBJECTIVE, tag="objectives"
)
OBJECTIVES.adds(
    SetObjective,
    objectives.set_,
    "A measure of `/v1/measures`, from where to where until when, for which need of the charter. What contradicts"
    " itself is refused, all of it at once; what is not SMART yet says so in `notSmart`. Coordinator (evaluation).",
    verb=Verb.SET_OBJECTIVE,
    name="setObjective",
)
OBJECTIVES.lists(
    "The scheme's objectives, each with how it stands today. Headquarters is told values as counts leave a prison"
    " (`baselineAbout`, `measuredAbout`), and by those how it stands (`statusAbout`).",
    measure=(Code, "Only with this measure."),
)
OBJECTIVES.lists_all(
    "The objectives in reach, of whatever scheme: one measure laid side by side.",
    measure=(Code, "Only with this measure."),
)
OBJECTIVES.shows(
    "One objective. `status` is worked out from the points and the day: too early to judge until its minimum running"
    " time is over, met or not met only once it was due."
)
OBJECTIVES.amends(
    AmendObjective,
    "Change the members sent. Once something was measured, or a plan that names it was handed in, a goal is not moved:"
    " set another. Coordinator (evaluation), of the own scheme. Needs `If-Match`.",
    objectives.amend,
)
OBJECTIVES.moves(
    "measure",
    MeasureObjective,
    objectives.measure,
    "One point, with its period and source, once the period is over. Coordinator (evaluation), of the own scheme."
    " Needs `If-Match`.",
    verb=Verb.MEASURE_OBJECTIVE,
)
OBJECTIVES.moves(
    "close",
    CloseObjective,
    objectives.close,
    "Give it up, with a reason. It is measured no more, and no further plan is bound to it; one that was due keeps its"
    " verdict. Coordinator (evaluation), of the own scheme. Needs `If-Match`.",
    verb=Verb.CLOSE_OBJECTIVE,
)

FINDINGS = Register(
    Finding, "findings", many="findings", reads=Verb.READ_FINDING, writes=Verb.RECORD_FINDING, tag="objectives"
)
FINDINGS.adds(
    RecordFinding,
    finding.record_,
    "What an evaluation, inspection or review found of the scheme, with the label of its design. Evaluator and"
    " coordinator (evaluation), inspectorate and monitoring board (oversight).",
    name="recordFinding",
)
_STATE = (FindingState, "Only in this state.")
FINDINGS.lists(
    "The scheme's findings, those that have waited longest for an answer first; `overdue` says of an open one that its"
    " quarter is over.",
    order="answer_by",
    state=_STATE,
)
FINDINGS.lists_all(
    "The findings in reach, of whatever scheme: what nobody has answered yet, in a whole prison.",
    order="answer_by",
    state=_STATE,
)
FINDINGS.shows("One finding, and which version of the charter answered it.")
FINDINGS.moves(
    "decline",
    DeclineFinding,
    finding.decline,
    "The governor's no (oversight), with its reason. Needs `If-Match`.",
    verb=Verb.DECLINE_FINDING,
)

REGISTERS = (OBJECTIVES, FINDINGS)

"""An evaluation of each prison's reading scheme, one in draft of another, what the mentor's learner answered, and a
report."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import orjson

from api.wire import to_bytes
from domain.confidentiality.record import Record
from domain.evaluation.design import ComparisonDesign
from domain.evaluation.facts import Facts
from domain.evaluation.measurement import CompletionMode, Measurement, MeasuringPoint
from domain.evaluation.plan import Evaluation, EvaluationState
from domain.evaluation.report import report
from domain.evaluation.reporting import EvaluationReport
from domain.oversight.record import Job, JobKind, JobState
from domain.schemes.kinds import RECOVERY_MENTORS
from tests.http.cast import START, actor, person
from tests.http.places import LONG_AGO, TODAY
from tests.http.registers_furniture import of

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"><rect width="4" height="4"/></svg>'


def evaluations(place: Any) -> Iterator[Record]:
    """All of it, in one prison."""
    asked: dict[str, Any] = {
        "title": "Do learners fare better?",
        "question": "Does wellbeing change while somebody learns to read?",
        "design": ComparisonDesign.SINGLE_GROUP,
        "outcome": "SWEMWBS",
        "wanted": 40,
        "starts_on": LONG_AGO,
        "running_weeks": 1,
        "analysis_on": TODAY,
    }
    begun = Evaluation(
        **of(place, "evaluation"),
        **asked,
        approached=12,
        refused=2,
        state=EvaluationState.REGISTERED,
        registered_on=LONG_AGO,
    )
    yield begun
    recovery = {"scheme": place.id("scheme:recovery"), "organisation": RECOVERY_MENTORS.partner}
    yield Evaluation(**{**of(place, "evaluation:draft"), **recovery}, **asked)
    yield Measurement(
        **of(place, "measurement"),
        evaluation=place.id("evaluation"),
        enrolment=place.id("enrolment"),
        person=person("arthur" if place.prefix == "" else f"{place.prefix}learner"),
        instrument="SWEMWBS",
        instrument_version=1,
        point=MeasuringPoint.BASELINE,
        taken_on=LONG_AGO,
        enrolled_on=LONG_AGO,
        mode=CompletionMode.ON_PAPER,
        consent_version=1,
        answers=(3, 3, 2, 3, 2, 3, 3),
    )
    told: dict[str, Any] = orjson.loads(to_bytes(report(Facts(begun, TODAY))))
    yield EvaluationReport(
        **of(place, "evaluation-report"),
        evaluation=begun.id,
        month=date(2026, 9, 1),
        made_on=date(2026, 10, 2),
        told={name: each for name, each in told.items() if name != "method"},
        kept=json.dumps({"counts": {}, "told": {}, "sums": [], "parts": {}}),
    )
    plot = {"name": "FLOW", "title": "Flow", "alternative": "Flow. None.", "data": [{"step": "A"}], "svg": SVG}
    maker = {"": "coordinator", "far:": "far-coordinator", "irish:": "irish-coordinator"}[place.prefix]
    yield Job(
        id=place.id("job:evaluation"),
        author=actor(maker),
        jurisdiction=place.jurisdiction,
        prison=place.prison,
        kind=JobKind.EVALUATION,
        scheme=place.id("scheme:shannon"),
        state=JobState.DONE,
        progress=100,
        made_at=START - timedelta(hours=1),
        ended_at=START,
        result={"report": told, "plots": [plot]},
    )

"""Whom a scheme reaches: for which needs, and at which stage of a sentence (S5, S7)."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from domain.metrics.metric import Metric, MetricArea, MetricOwner, MetricUnit
from domain.metrics.series import ALL, Series
from domain.schemes.measures import Direction
from domain.schemes.needs import TargetNeed
from domain.sessions.codes import StageOfSentence

_N, _S = TargetNeed, StageOfSentence
_FOR: Final[Mapping[TargetNeed, str]] = MappingProxyType(
    {
        _N.DISTRESS: "who struggle to cope",
        _N.LONELINESS: "who are lonely",
        _N.FIRST_DAYS: "in their first days",
        _N.READING: "who need help with reading",
        _N.NUMBERS: "who need help with numbers",
        _N.LANGUAGE: "who need help with English or Welsh",
        _N.RIGHTS_AND_ADVICE: "who need advice",
        _N.PHYSICAL_HEALTH: "who need support with their health",
        _N.DAILY_LIVING: "who need help with daily living",
        _N.SUBSTANCE_USE: "who need support with drugs or alcohol",
        _N.RELEASE: "who prepare for release",
        _N.BEING_HEARD: "who want to be heard",
        _N.SAFETY: "who feel unsafe",
        _N.IDENTITY: "who need support with their identity",
        _N.END_OF_LIFE: "near the end of life",
    }
)
_AT: Final[Mapping[StageOfSentence, str]] = MappingProxyType(
    {
        _S.INDUCTION: "at induction",
        _S.SETTLED: "by people who are settled",
        _S.TRANSFER: "by people about to be transferred",
        _S.BEFORE_RELEASE: "before release",
        _S.AFTER_RELEASE: "after release",
    }
)
_BEGUN: Final = (
    "Of enrolments by the day on which somebody was enrolled. Who waits for a supporter is in it; what goes on after a"
    " move is not."
)
_LIKE: Final = (MetricArea.COVERAGE, MetricUnit.PER_CENT, None, MetricOwner.COORDINATOR)
REACH: Final = (
    Metric(
        "ENROLMENTS_BEGUN",
        "Enrolments that began",
        f"{_BEGUN} Schemes that enrol nobody have none.",
        *(MetricArea.COVERAGE, MetricUnit.COUNT, Direction.HIGHER, MetricOwner.COORDINATOR, Series.ENROLMENTS, ALL),
    ),
    *(
        Metric(
            f"NEED_{need.value}",
            f"Enrolments of people {words}",
            f"{_BEGUN} Somebody may be in several needs; where none was said he counts as in none. Nought: no enrolment"
            " said it. Where every enrolment said it, it is told as too few, for it would be told of each.",
            *(*_LIKE, Series.ENROLMENTS, need.value, ALL),
        )
        for need, words in _FOR.items()
    ),
    *(
        Metric(
            f"STAGE_{stage.value}",
            f"Enrolments {words}",
            f"{_BEGUN} By the stage of the sentence; where none was said it is none of these. Where every enrolment"
            " began at one stage nothing of that time is told, for it would be told of each.",
            *(*_LIKE, Series.ENROLMENTS, stage.value, ALL),
        )
        for stage, words in _AT.items()
    ),
)

"""Whom a scheme reaches: for which needs, and at which stage of a sentence (S5, S7)."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from domain.metrics.metric import Metric, MetricArea, MetricOwner, MetricUnit
from domain.metrics.series import ALL, Series
from domain.schemes.measures import Direction
from domain.schemes.needs import TargetNeed
from domain.sessions.codes import StageOfSentence

_WORDS: Final[Mapping[TargetNeed | StageOfSentence, str]] = MappingProxyType(
    {
        TargetNeed.DISTRESS: "struggle to cope",
        TargetNeed.LONELINESS: "are lonely",
        TargetNeed.FIRST_DAYS: "are in their first days",
        TargetNeed.READING: "want to read",
        TargetNeed.NUMBERS: "want to reckon",
        TargetNeed.LANGUAGE: "need a language",
        TargetNeed.RIGHTS_AND_ADVICE: "need advice",
        TargetNeed.PHYSICAL_HEALTH: "want to be healthier",
        TargetNeed.DAILY_LIVING: "need help with daily living",
        TargetNeed.SUBSTANCE_USE: "recover from drugs or drink",
        TargetNeed.RELEASE: "prepare for release",
        TargetNeed.BEING_HEARD: "want to be heard",
        TargetNeed.SAFETY: "want to be safe",
        TargetNeed.IDENTITY: "want to be who they are",
        TargetNeed.END_OF_LIFE: "are near the end of life",
        StageOfSentence.INDUCTION: "at induction",
        StageOfSentence.SETTLED: "once settled",
        StageOfSentence.TRANSFER: "about a transfer",
        StageOfSentence.BEFORE_RELEASE: "before release",
        StageOfSentence.AFTER_RELEASE: "after release",
    }
)
_AS: Final = (MetricArea.COVERAGE, MetricUnit.PER_CENT, Direction.HIGHER, MetricOwner.COORDINATOR)
REACH: Final = (
    Metric(
        "ENROLMENTS_BEGUN",
        "Enrolments that began",
        "By the day on which somebody was enrolled. Where all of them are in the same need this is told, and that need"
        " is not: it would be told of each.",
        *(MetricArea.COVERAGE, MetricUnit.COUNT, Direction.HIGHER, MetricOwner.COORDINATOR, Series.NEEDS, ALL),
    ),
    *(
        Metric(
            f"REACHED_{need.value}",
            f"Enrolments of people who {_WORDS[need]}",
            "Of enrolments that began in the month. Somebody may be in need of several things. A need that the scheme's"
            " plan names, and of which this stays at nothing, is one that the scheme does not reach.",
            *(*_AS, Series.NEEDS, need.value, ALL),
        )
        for need in TargetNeed
    ),
    *(
        Metric(
            f"STAGE_{stage.value}",
            f"Those who came {_WORDS[stage]}",
            "By the stage of their sentence: of enrolments that began and requests that were made in the month,"
            " LIFE_AT_RISK and closed policies apart. Where no stage was said it is none of these.",
            *(*_AS, Series.STAGES, stage.value, ALL),
        )
        for stage in StageOfSentence
    ),
)

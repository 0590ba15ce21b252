"""What the people are in need of whom a scheme supports, and what may come of it: closed vocabularies, joined.

Outcomes are defined by needs, as the seed asks: each outcome says which needs it can answer, so that a plan cannot
choose an outcome for which it names no need, nor name a need of which nothing shall come. Sources: domain facts 1, 5.2
and 5.4.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class TargetNeed(StrEnum):
    """A need of the target group."""

    DISTRESS = "DISTRESS"
    """Struggling to cope, or suicidal."""
    LONELINESS = "LONELINESS"
    FIRST_DAYS = "FIRST_DAYS"
    READING = "READING"
    NUMBERS = "NUMBERS"
    LANGUAGE = "LANGUAGE"
    RIGHTS_AND_ADVICE = "RIGHTS_AND_ADVICE"
    PHYSICAL_HEALTH = "PHYSICAL_HEALTH"
    DAILY_LIVING = "DAILY_LIVING"
    """Age, disability, frailty: what social care would otherwise have to do."""
    SUBSTANCE_USE = "SUBSTANCE_USE"
    RELEASE = "RELEASE"
    BEING_HEARD = "BEING_HEARD"
    SAFETY = "SAFETY"
    IDENTITY = "IDENTITY"
    END_OF_LIFE = "END_OF_LIFE"


class EvidenceSource(StrEnum):
    """How a plan knows of the needs that it names."""

    NEEDS_SURVEY = "NEEDS_SURVEY"
    ASKED_PEOPLE_IN_PRISON = "ASKED_PEOPLE_IN_PRISON"
    STAFF_EXPERIENCE = "STAFF_EXPERIENCE"
    SCREENING = "SCREENING"
    SELF_HARM_DATA = "SELF_HARM_DATA"
    INSPECTION = "INSPECTION"
    COMPLAINTS = "COMPLAINTS"
    RESEARCH = "RESEARCH"
    EARLIER_SCHEME = "EARLIER_SCHEME"


class SupportOutcome(StrEnum):
    """What shall be different for the people who are supported."""

    HEARD_WHEN_IN_DISTRESS = "HEARD_WHEN_IN_DISTRESS"
    LESS_ISOLATED = "LESS_ISOLATED"
    KNOWS_HOW_THE_PRISON_WORKS = "KNOWS_HOW_THE_PRISON_WORKS"
    SETTLED_IN_THE_FIRST_DAYS = "SETTLED_IN_THE_FIRST_DAYS"
    READS_BETTER = "READS_BETTER"
    COUNTS_BETTER = "COUNTS_BETTER"
    SPEAKS_ENGLISH_OR_WELSH_BETTER = "SPEAKS_ENGLISH_OR_WELSH_BETTER"
    PROBLEM_SOLVED = "PROBLEM_SOLVED"
    HEALTH_GOAL_MET = "HEALTH_GOAL_MET"
    DAILY_LIFE_MANAGED = "DAILY_LIFE_MANAGED"
    IN_RECOVERY = "IN_RECOVERY"
    READY_FOR_RELEASE = "READY_FOR_RELEASE"
    SUPPORTED_AFTER_RELEASE = "SUPPORTED_AFTER_RELEASE"
    PROPOSALS_ANSWERED = "PROPOSALS_ANSWERED"
    FEELS_SAFER = "FEELS_SAFER"
    ENGAGES_MORE = "ENGAGES_MORE"
    """Takes part in regime, work, education or treatment."""
    FEELS_RESPECTED = "FEELS_RESPECTED"
    NOT_ALONE_AT_THE_END = "NOT_ALONE_AT_THE_END"


_N = TargetNeed
ANSWERS: Final[Mapping[SupportOutcome, frozenset[TargetNeed]]] = MappingProxyType(
    {
        SupportOutcome.HEARD_WHEN_IN_DISTRESS: frozenset({_N.DISTRESS, _N.LONELINESS}),
        SupportOutcome.LESS_ISOLATED: frozenset(
            {_N.LONELINESS, _N.DISTRESS, _N.DAILY_LIVING, _N.IDENTITY, _N.LANGUAGE}
        ),
        SupportOutcome.KNOWS_HOW_THE_PRISON_WORKS: frozenset({_N.FIRST_DAYS, _N.RIGHTS_AND_ADVICE, _N.LANGUAGE}),
        SupportOutcome.SETTLED_IN_THE_FIRST_DAYS: frozenset({_N.FIRST_DAYS}),
        SupportOutcome.READS_BETTER: frozenset({_N.READING}),
        SupportOutcome.COUNTS_BETTER: frozenset({_N.NUMBERS}),
        SupportOutcome.SPEAKS_ENGLISH_OR_WELSH_BETTER: frozenset({_N.LANGUAGE}),
        SupportOutcome.PROBLEM_SOLVED: frozenset({_N.RIGHTS_AND_ADVICE, _N.RELEASE}),
        SupportOutcome.HEALTH_GOAL_MET: frozenset({_N.PHYSICAL_HEALTH}),
        SupportOutcome.DAILY_LIFE_MANAGED: frozenset({_N.DAILY_LIVING}),
        SupportOutcome.IN_RECOVERY: frozenset({_N.SUBSTANCE_USE}),
        SupportOutcome.READY_FOR_RELEASE: frozenset({_N.RELEASE}),
        SupportOutcome.SUPPORTED_AFTER_RELEASE: frozenset({_N.RELEASE}),
        SupportOutcome.PROPOSALS_ANSWERED: frozenset({_N.BEING_HEARD}),
        SupportOutcome.FEELS_SAFER: frozenset({_N.SAFETY, _N.FIRST_DAYS}),
        SupportOutcome.ENGAGES_MORE: frozenset(
            {_N.FIRST_DAYS, _N.READING, _N.NUMBERS, _N.SUBSTANCE_USE, _N.PHYSICAL_HEALTH}
        ),
        SupportOutcome.FEELS_RESPECTED: frozenset({_N.IDENTITY, _N.BEING_HEARD}),
        SupportOutcome.NOT_ALONE_AT_THE_END: frozenset({_N.END_OF_LIFE}),
    }
)
"""The needs that an outcome can answer."""
